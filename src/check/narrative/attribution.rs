//! What a number counts, from the words before it or, failing that, after it.

use super::after_number;
use super::decision;
use super::document;
use super::lexicon::{Applicant, CaseOutcome, RequestOutcome, Review, WordKind};
use super::number::TextNumber;
use super::phrase::{Phrase, Rejection, TopicResult, if_clear, is_of_requests};
use super::state::{ClauseContext, Reader};
use super::subject_unit::is_other_unit;
use super::token::{Delimiter, TextToken, TokenKind};
use super::topic::Topic;

/// How a number was understood.
pub struct Attribution {
    /// What it counts; two topics if the clause names two (受理并答复).
    pub topics: Vec<Topic>,
    /// Whether it applies to each procedure separately.
    pub each: bool,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Returns what the number at `at` counts; `None` if that is not understood. `from` is the first token after
/// the number before it, `lead` the byte from which words may belong to it.
pub fn attribute_number(
    reader: &mut Reader,
    tokens: &[TextToken],
    from: usize,
    at: usize,
    lead: usize,
) -> Option<Attribution> {
    let number = tokens[at];
    let mut before = tokens[from..at].to_vec();
    // 30件予以公开、10件部分公开: the words that were the previous number's.
    before.retain(|token| token.start >= reader.consumed);
    let own = pop_phrase(&mut before, lead);
    let mut piece = own.clone();
    // “收到申请，共计12件”: a phrase of nothing but stop words passes its number to the phrase before, but
    // not beyond the previous number.
    // 公开类30件 are those made public, whatever stands before.
    let passes_on = |start: usize| {
        reader.is_clear(tokens, start, number.start) && !reader.text[start..number.start].contains("公开")
    };
    while !piece.has_topic() && !before.is_empty() && passes_on(piece.start) {
        piece = pop_phrase(&mut before, lead);
        if from > 0 && piece.start == lead {
            piece = own.clone();
            break;
        }
    }
    if piece.contains(WordKind::Unrelated) {
        reader.context = ClauseContext::Unrelated;
    }
    if piece.has_topic() {
        let first =
            piece.tokens.iter().find(|token| token.word().is_some_and(|word| word != WordKind::Whole));
        let start = first.map_or(number.start, |token| token.start);
        let topics = match topics_before(reader, tokens, &piece, at) {
            Ok(topics) => topics,
            Err(Rejection::Unclear) => return None,
            Err(Rejection::Foreign) => {
                reader.context = ClauseContext::Unrelated;
                return None;
            }
            Err(Rejection::OtherUnit) => {
                reader.part = true;
                return None;
            }
        };
        let each = piece.contains(WordKind::Each);
        return reader.is_whole().then_some(Attribution { topics, each, start, end: number.end });
    }
    if !reader.is_clear(tokens, piece.start, number.start) || !reader.is_whole() {
        return None;
    }
    let other = after_number::other_outcome(reader, piece.start, number);
    if let Some(topic) = other.or_else(|| after_number::sum_of_both(reader, tokens, piece.start, number)) {
        return Some(Attribution { topics: vec![topic], each: false, start: number.start, end: number.end });
    }
    let (topic, end) = after_number::topic_after(reader, tokens, at)?;
    reader.consumed = end;
    Some(Attribution { topics: vec![topic], each: false, start: number.start, end })
}

/// Removes the last phrase from the tokens before a number and returns it without words in brackets.
fn pop_phrase(before: &mut Vec<TextToken>, lead: usize) -> Phrase {
    let mut phrase = Vec::new();
    let mut start = lead;
    let mut depth = 0usize;
    while let Some(token) = before.pop() {
        match token.kind {
            TokenKind::Delimiter(Delimiter::Close) => depth += 1,
            TokenKind::Delimiter(Delimiter::Open) if depth > 0 => depth -= 1,
            TokenKind::Delimiter(Delimiter::List) => {}
            TokenKind::Delimiter(_) if depth == 0 => {
                start = token.end;
                break;
            }
            TokenKind::Word(_) if depth == 0 => phrase.push(token),
            _ => {}
        }
    }
    phrase.reverse();
    Phrase { tokens: phrase, start }
}

fn topics_before(reader: &Reader, tokens: &[TextToken], piece: &Phrase, at: usize) -> TopicResult {
    let number = tokens[at];
    if let Some(meaning) = decision::decision_topics(reader, tokens, piece, at) {
        return meaning;
    }
    // Nothing unknown may stand between the last word of the topic and the number.
    let clear_after = |is_topic: fn(WordKind) -> bool| {
        let last = piece.tokens.iter().rfind(|token| token.word().is_some_and(is_topic));
        last.is_some_and(|token| reader.is_clear(tokens, token.end, number.start))
    };
    let blocked = [WordKind::Unrelated, WordKind::Compare, WordKind::PartOfYear]
        .iter()
        .any(|word| piece.contains(*word))
        || piece.contains(WordKind::LastYear) && !piece.contains(WordKind::Carry)
        || piece.contains(WordKind::Channel) && !piece.contains(WordKind::Channels)
        || piece.contains(WordKind::Qualified);
    if blocked {
        return Err(Rejection::Unclear);
    }
    let reviews: Vec<Review> =
        piece.collect_kinds(|word| if let WordKind::Review(kind) = word { Some(kind) } else { None });
    let ended: Vec<CaseOutcome> =
        piece.collect_kinds(|word| if let WordKind::CaseOutcome(kind) = word { Some(kind) } else { None });
    let applications = piece.contains(WordKind::Application);
    if reader.by_disclosure && !is_of_a_request(piece) {
        return Err(Rejection::Foreign);
    }
    let is_case =
        piece.contains(WordKind::Case) && !applications && matches!(reader.context, ClauseContext::Review(_));
    if !reviews.is_empty() || !ended.is_empty() || is_case {
        let kinds = match &reader.context {
            ClauseContext::Review(kinds) => kinds.clone(),
            _ => return Err(Rejection::Unclear),
        };
        let is_topic: fn(WordKind) -> bool =
            |word| matches!(word, WordKind::Review(_) | WordKind::CaseOutcome(_) | WordKind::Case);
        return if_clear(clear_after(is_topic), Topic::Review(kinds, ended.last().copied()));
    }
    if let Some(meaning) = document::document_topics(reader, tokens, piece, at, clear_after) {
        return meaning;
    }
    let results: Vec<RequestOutcome> =
        piece.collect_kinds(|word| if let WordKind::Result(kind) = word { Some(kind) } else { None });
    let applicants = applicants(piece);
    if !results.is_empty() {
        let clear = clear_after(|word| matches!(word, WordKind::Result(_)));
        return if_clear(clear && applicants.is_empty(), Topic::Results(results));
    }
    if piece.contains(WordKind::CarriedIn)
        && (piece.contains(WordKind::Answer) || piece.contains(WordKind::Process))
    {
        return Err(Rejection::Unclear);
    }
    if let Some(carried) = carried_topic(reader, tokens, piece, at) {
        let clear = clear_after(|word| {
            matches!(
                word,
                WordKind::CarriedIn
                    | WordKind::CarriedOut
                    | WordKind::Carry
                    | WordKind::Receive
                    | WordKind::ReceiveNew
            )
        });
        return if_clear(clear, carried);
    }
    if let [kind] = applicants[..] {
        return if_clear(clear_after(|word| matches!(word, WordKind::Applicant(_))), Topic::Applicant(kind));
    }
    verb_topics(reader, tokens, piece, at)
}

/// Returns `true` unless a phrase may be about documents by how they may be disclosed: 依申请公开140件 among
/// 312件政府信息, and not 收到依申请公开12件.
fn is_of_a_request(piece: &Phrase) -> bool {
    let asks = |word| {
        use WordKind::{Answer, Application, Process, Receive, ReceiveNew, Result};
        match word {
            Application | Result(_) => Some(false),
            Receive | ReceiveNew | Answer | Process => Some(true),
            _ => None,
        }
    };
    let asked = piece.collect_kinds(asks);
    asked.is_empty() || asked.contains(&true)
}

/// Returns the kinds of applicants that a phrase limits its number to. 公民、法人和其他组织 is no limit.
fn applicants(piece: &Phrase) -> Vec<Applicant> {
    let kinds: Vec<Applicant> =
        piece.collect_kinds(|word| if let WordKind::Applicant(kind) = word { Some(kind) } else { None });
    let person = kinds.iter().any(|kind| matches!(kind, Applicant::Natural | Applicant::Citizen));
    let everyone = person && kinds.contains(&Applicant::Organisations);
    if everyone { Vec::new() } else { kinds }
}

fn carried_topic(reader: &Reader, tokens: &[TextToken], piece: &Phrase, at: usize) -> Option<Topic> {
    let came = piece.contains(WordKind::Receive) || piece.contains(WordKind::ReceiveNew);
    if piece.contains(WordKind::CarriedIn) {
        return Some(if came { Topic::CarriedInOrAll } else { Topic::CarriedIn });
    }
    if piece.contains(WordKind::CarriedOut) {
        return Some(Topic::CarriedOut);
    }
    if !piece.contains(WordKind::Carry) {
        return None;
    }
    // 2023年结转3件, 结转至2025年3件, 结转3件.
    let years = tokens[..at].iter().rev().take_while(|token| token.start >= piece.start);
    let year = years.into_iter().find_map(|token| match token.kind {
        TokenKind::Number(TextNumber::Year(year)) => Some(year),
        _ => None,
    });
    let own = reader.year.unwrap_or_default();
    Some(match year {
        Some(year) if year < own => Topic::CarriedIn,
        Some(year) if year > own => Topic::CarriedOut,
        _ if piece.contains(WordKind::LastYear) => Topic::CarriedIn,
        _ => Topic::Carried,
    })
}

/// Returns the topics of applications received or answered.
fn verb_topics(reader: &Reader, tokens: &[TextToken], piece: &Phrase, at: usize) -> TopicResult {
    let number = tokens[at];
    let is_verb = |word| {
        matches!(word, WordKind::Receive | WordKind::ReceiveNew | WordKind::Answer | WordKind::Process)
    };
    let object = |token: &&TextToken| token.word() == Some(WordKind::Application);
    let verb = piece.tokens.iter().find(|token| token.word().is_some_and(is_verb));
    let named = piece.tokens.iter().find(object);
    let Some(verb) = verb else {
        // “全市政府信息公开申请95件”: without a verb, received and answered are both possible.
        let clear = |token: &&TextToken| reader.is_clear(tokens, token.end, number.start);
        let named = named.filter(clear).ok_or(Rejection::Unclear)?;
        // 依申请公开受理点3个: of something that only contains the words.
        let harmless =
            |token: &&TextToken| token.word() == Some(WordKind::Harmless) && token.start >= named.end;
        if piece.tokens.iter().any(|token| harmless(&token)) {
            return Err(Rejection::Unclear);
        }
        // 省厅交办的信息公开申请2件: what stands before may limit it.
        let other = decision::judge_head(reader, piece.start, named.start).is_err();
        return if_clear(!other && !piece.contains(WordKind::BareApplication), Topic::Processed);
    };
    let after = tokens[at + 1..].iter().take_while(|token| !token.ends_phrase() && token.count().is_none());
    // 收到59件申请: whatever else is applied for would be named.
    let is_bare = |token: &&TextToken| object(token) || token.word() == Some(WordKind::BareApplication);
    let behind = after.clone().find(is_bare).filter(|token| reader.is_clear(tokens, number.end, token.start));
    let spoken_of = named.is_some()
        || behind.is_some()
        || piece.contains(WordKind::BareApplication)
        || reader.context == ClauseContext::Requests
        || reader.context == ClauseContext::None
            && tokens.iter().any(|token| token.word().is_some_and(is_of_requests));
    let first = named.map_or(verb.end, |token| token.end.min(verb.end));
    if named.is_none() && reader.text[verb.end..number.start].trim_end().ends_with("公开") {
        // 答复公开30件: those made public, not those answered.
        return Err(Rejection::Unclear);
    }
    if let (ClauseContext::Review(kinds), false) = (&reader.context, spoken_of) {
        // 行政复议方面，全年收到10件。
        let is_review = |token: &TextToken| matches!(token.word(), Some(WordKind::Review(_)));
        let just_named = tokens[..at].iter().rev().take_while(|token| token.count().is_none()).any(is_review);
        if just_named && reader.is_clear(tokens, piece.start, number.start) {
            return Ok(vec![Topic::Review(kinds.clone(), None)]);
        }
    }
    if !spoken_of || !reader.is_clear(tokens, first, number.start) {
        // 受理低保申请: what follows is about those too, unless it says otherwise.
        return Err(if named.is_some() { Rejection::Unclear } else { Rejection::Foreign });
    }
    if is_other_unit(&reader.text[piece.start..verb.start], reader.unit) {
        return Err(Rejection::OtherUnit);
    }
    let carried = tokens[at + 1..].iter().any(|token| token.word() == Some(WordKind::CarriedIn));
    let mut topics = Vec::new();
    if piece.contains(WordKind::ReceiveNew) {
        topics.push(Topic::New);
    } else if piece.contains(WordKind::Receive) {
        topics.push(Topic::Received { carried });
    }
    if piece.contains(WordKind::Answer) {
        topics.push(Topic::Handled);
    } else if piece.contains(WordKind::Process) && topics.is_empty() {
        topics.push(if reader.came { Topic::Handled } else { Topic::Processed });
    }
    Ok(topics)
}
