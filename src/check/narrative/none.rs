//! “None” said in words: 未收到申请, 未发生行政复议、行政诉讼, 行政复议：无.
//!
//! Its object must be beside it with nothing unknown between: 没有逾期答复的申请
//! does not say how many there were.

use super::claim::{Assertion, Claim};
use super::lexicon::{Applicant, DecisionKind, DocumentAction, DocumentKind, Review, WordKind};
use super::state::{ClauseContext, Reader};
use super::token::{Delimiter, TextToken, TokenKind};
use super::topic::{Sum, Topic, decision_sum, fee_sum, review_sum};

/// Words that turn a following “none” into a wish or a condition.
const WISHES: [&str; 9] = ["确保", "力争", "争取", "避免", "防止", "如果", "若", "对于", "凡"];

/// Adds the claims of the word of “none” at `at`; `start` is the first byte of its clause.
pub fn claim_none(reader: &mut Reader, tokens: &[TextToken], at: usize, start: usize) {
    if !reader.is_whole() {
        return;
    }
    let mark = tokens[at];
    let piece = tokens[..at].iter().rposition(TextToken::ends_phrase).map_or(0, |stop| stop + 1);
    let piece_start = if piece == 0 { start } else { tokens[piece - 1].end };
    if WISHES.iter().any(|wish| reader.text[piece_start..mark.start].contains(wish)) {
        return;
    }
    let ends = |token: &&TextToken| token.ends_phrase() || token.word() == Some(WordKind::Nothing);
    let after: Vec<TextToken> = tokens[at + 1..].iter().take_while(|token| !ends(token)).copied().collect();
    let stop = tokens[at + 1..].iter().find(ends);
    let end = stop.map_or(reader.text.len(), |stop| stop.start);
    if !reader.is_clear(tokens, mark.end, end) {
        return;
    }
    let open = reader.text[mark.start..mark.end].contains(['收', '接', '受', '办', '零']);
    // 行政复议为零、行政诉讼：无: the object stands before it.
    let last = tokens[..at].iter().rposition(|token| {
        matches!(token.kind, TokenKind::Number(_)) || token.word() == Some(WordKind::Nothing)
    });
    let from = last.map_or(0, |last| last + 1);
    let lead = reader.text[..mark.start].trim_end();
    if lead.ends_with(['为', '是', '：', ':']) && reader.text[mark.start..mark.end].chars().count() == 1 {
        let colon = lead.ends_with(['：', ':']);
        let stops = |token: &TextToken| token.ends_phrase() && !(colon && token.end >= lead.len());
        let from = tokens[from..at].iter().rposition(stops).map_or(from, |stop| from + stop + 1);
        let objects: Vec<TextToken> =
            tokens[from..at].iter().filter(|token| !token.ends_phrase()).copied().collect();
        if let (Some(sums), Some(first)) = (negated_objects(reader, &objects, false, None), objects.first())
            && reader.is_clear(tokens, first.start, mark.start)
        {
            push_zero_claims(reader, first.start, mark.end, sums);
        }
        return;
    }
    let action = negated_action(&reader.text[mark.start..mark.end]);
    if let Some(sums) = negated_objects(reader, &after, open, action) {
        if let Some(last) = after.last() {
            push_zero_claims(reader, mark.start, last.end, sums);
        }
        return;
    }
    // The object first: 行政复议、行政诉讼均未发生.
    let before = &tokens[piece.max(from)..at];
    // 行政复议和行政诉讼方面，全年未发生相关案件。
    let earlier = || {
        tokens[..piece.saturating_sub(1)].iter().rposition(TextToken::ends_phrase).map_or(0, |stop| stop + 1)
    };
    let of_phrase_before = before.is_empty() && piece > from && {
        let lead = reader.text[..piece_start].trim_end().trim_end_matches(['，', ',']);
        lead.ends_with("方面")
    };
    let before = if of_phrase_before { &tokens[earlier().max(from)..piece - 1] } else { before };
    let objects_before = after
        .iter()
        .all(|token| token.word() == Some(WordKind::Case))
        .then(|| negated_objects(reader, before, false, None));
    let (Some(Some(sums)), Some(first)) = (objects_before, before.first()) else { return };
    if reader.is_clear(tokens, first.start, mark.start) {
        push_zero_claims(reader, first.start, mark.end, sums);
    }
}

fn push_zero_claims(reader: &mut Reader, start: usize, end: usize, sums: Vec<Sum>) {
    for sum in sums {
        reader.claims.push(Claim {
            start,
            end,
            number: start..end,
            assertion: Assertion::Zero,
            sums: vec![sum],
        });
    }
}

/// Returns `true` if a word is an item of a list, with others of its kind: 投诉举报、行政复议.
fn is_listed(tokens: &[TextToken], at: usize) -> bool {
    let next = tokens[at + 1..].iter().find(|token| token.word() != Some(WordKind::Unrelated));
    next.is_some_and(|token| matches!(token.kind, TokenKind::Delimiter(Delimiter::List)))
        || at > 0 && matches!(tokens[at - 1].kind, TokenKind::Delimiter(Delimiter::List)) && next.is_none()
}

/// Returns what is negated of documents by the word of “none” itself: 未制发, 未废止.
fn negated_action(word: &str) -> Option<DocumentAction> {
    if word.contains("废止") {
        return Some(DocumentAction::Repealed);
    }
    ["制", "出台", "发布", "印发"].iter().any(|verb| word.contains(verb)).then_some(DocumentAction::Issued)
}

/// Returns the sums of section 二 that are negated; `None` if it is not said what was not done with documents.
fn disclosure_sums(
    decisions: &[DecisionKind],
    documents: &[DocumentKind],
    action: Option<DocumentAction>,
    fee: bool,
) -> Option<Vec<Sum>> {
    let mut sums: Vec<Sum> = decisions.iter().map(|kind| decision_sum(&[*kind])).collect();
    for kind in documents {
        sums.push(Topic::Documents(vec![*kind], action?).sums().swap_remove(0));
    }
    sums.extend(fee.then(fee_sum));
    Some(sums)
}

/// Returns the sums named by these tokens; `None` if they name nothing in the tables or limit it.
fn negated_objects(
    reader: &Reader,
    tokens: &[TextToken],
    open: bool,
    action: Option<DocumentAction>,
) -> Option<Vec<Sum>> {
    let mut procedures: Vec<Review> = Vec::new();
    let (mut applications, mut bare) = (false, false);
    let mut carried = Vec::new();
    let (mut decisions, mut documents, mut fee, mut bare_carry) = (Vec::new(), Vec::new(), false, false);
    let mut action = action;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            // 投诉、行政复议和行政诉讼: one of several, and not what the rest is about.
            TokenKind::Word(WordKind::Unrelated) if is_listed(tokens, at) => {}
            TokenKind::Word(WordKind::Review(kind)) => procedures.push(kind),
            TokenKind::Word(WordKind::Application) => applications = true,
            TokenKind::Word(WordKind::BareApplication) => bare = true,
            TokenKind::Word(WordKind::CarriedIn) => carried.extend(Topic::CarriedIn.sums()),
            TokenKind::Word(WordKind::CarriedOut) => carried.extend(Topic::CarriedOut.sums()),
            TokenKind::Word(WordKind::Decision(kind)) => decisions.push(kind),
            TokenKind::Word(WordKind::Document(kind)) => documents.push(kind),
            TokenKind::Word(WordKind::DocumentAction(done)) => action = Some(done),
            TokenKind::Word(WordKind::Fee) => fee = true,
            TokenKind::Word(WordKind::Carry) => bare_carry = true,
            TokenKind::Word(
                WordKind::Case
                | WordKind::Receive
                | WordKind::Applicant(_)
                | WordKind::Whole
                | WordKind::All
                | WordKind::Process
                | WordKind::Harmless,
            )
            | TokenKind::Delimiter(_) => {}
            _ => return None,
        }
    }
    let is_disclosure = !decisions.is_empty() || !documents.is_empty() || fee;
    if is_disclosure {
        let alone = procedures.is_empty() && carried.is_empty() && !applications && !bare && !bare_carry;
        return alone.then(|| disclosure_sums(&decisions, &documents, action, fee)).flatten();
    }
    if action.is_some() {
        return None;
    }
    // The last noun is the one that is negated: 因信息公开申请引起的行政复议.
    if !procedures.is_empty() {
        procedures.dedup();
        return Some(procedures.iter().map(|kind| review_sum(&[*kind], None)).collect());
    }
    if !carried.is_empty() {
        return Some(carried);
    }
    if bare_carry {
        let is_theirs = applications || reader.context == ClauseContext::Requests;
        // 无结转: neither in nor out, or only one of them.
        return is_theirs.then(|| vec![Topic::Carried.sums().swap_remove(0)]);
    }
    let applicants: Vec<Applicant> = tokens
        .iter()
        .filter_map(
            |token| if let Some(WordKind::Applicant(kind)) = token.word() { Some(kind) } else { None },
        )
        .collect();
    let is_limited = matches!(applicants[..], [one] if one != Applicant::Citizen);
    let is_named = applications || bare && (open || reader.context == ClauseContext::Requests);
    (is_named && !is_limited).then(|| vec![Topic::New.sums().swap_remove(0)])
}
