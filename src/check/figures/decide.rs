//! What a number stands for, by the words before it or else after it.

use super::lexicon::{Applicant, Done, Ended, Outcome, Review, Word};
use super::number::Number;
use super::scan::{Item, Spot, Stop};
use super::scope::is_other_unit;
use super::state::{Context, Reader};
use super::topic::Topic;

/// What a number was understood to say.
pub struct Decision {
    /// What it stands for; two where a clause says it of two (受理并答复).
    pub topics: Vec<Topic>,
    /// Whether it is said of each procedure by itself.
    pub each: bool,
    /// First byte of the words.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// The words of the piece before a number, nearest last, and where the piece begins.
#[derive(Clone)]
struct Piece {
    words: Vec<Spot>,
    start: usize,
}

impl Piece {
    fn has(&self, word: Word) -> bool {
        self.words.iter().any(|spot| spot.word() == Some(word))
    }

    /// Every meaning of one kind, in order.
    fn all<T>(&self, pick: impl Fn(Word) -> Option<T>) -> Vec<T> {
        self.words.iter().filter_map(|spot| pick(spot.word()?)).collect()
    }

    /// Whether a word stands in it that a number could belong to.
    fn speaks(&self) -> bool {
        let silent = |word| {
            use Word::{All, Channels, Each, Harmless, InTurn, Nothing, Part, Share, Whole};
            matches!(word, All | Channels | Each | Harmless | InTurn | Nothing | Part | Share | Whole)
        };
        self.words.iter().any(|spot| spot.word().is_some_and(|word| !silent(word)))
    }
}

/// What the number at `at` stands for; `from` is the first spot after the number before it, and
/// `lead` the byte at which its words may begin.
pub fn topics(reader: &mut Reader, spots: &[Spot], from: usize, at: usize, lead: usize) -> Option<Decision> {
    let number = spots[at];
    let mut before = spots[from..at].to_vec();
    let own = last_piece(&mut before, lead);
    let mut piece = own.clone();
    // “收到申请，共计12件”: a piece of nothing but small words hands its number back; but not to the
    // words behind the number before.
    while !piece.speaks() && !before.is_empty() && reader.is_clear(spots, piece.start, number.start) {
        piece = last_piece(&mut before, lead);
        if from > 0 && piece.start == lead {
            piece = own.clone();
            break;
        }
    }
    if piece.has(Word::Foreign) {
        reader.context = Context::Foreign;
    }
    if piece.speaks() {
        let first = piece.words.iter().find(|spot| spot.word().is_some_and(|word| word != Word::Whole));
        let start = first.map_or(number.start, |spot| spot.start);
        let topics = match leading(reader, spots, &piece, at) {
            Ok(topics) => topics,
            Err(Silence::Unclear) => return None,
            Err(Silence::Foreign) => {
                reader.context = Context::Foreign;
                return None;
            }
            Err(Silence::OtherUnit) => {
                reader.part = true;
                return None;
            }
        };
        let each = piece.has(Word::Each);
        return reader.is_whole().then_some(Decision { topics, each, start, end: number.end });
    }
    if !reader.is_clear(spots, piece.start, number.start) || !reader.is_whole() {
        return None;
    }
    let (topic, end) = trailing(reader, spots, at)?;
    Some(Decision { topics: vec![topic], each: false, start: number.start, end })
}

/// Takes the last piece off the spots before a number. Bracketed words in the middle are passed over.
fn last_piece(before: &mut Vec<Spot>, lead: usize) -> Piece {
    let mut words = Vec::new();
    let mut start = lead;
    let mut depth = 0usize;
    while let Some(spot) = before.pop() {
        match spot.item {
            Item::Stop(Stop::Close) => depth += 1,
            Item::Stop(Stop::Open) if depth > 0 => depth -= 1,
            Item::Stop(Stop::List) => {}
            Item::Stop(_) if depth == 0 => {
                start = spot.end;
                break;
            }
            Item::Word(_) if depth == 0 => words.push(spot),
            _ => {}
        }
    }
    words.reverse();
    Piece { words, start }
}

/// Why nothing is claimed.
enum Silence {
    /// It is not understood, or is of no table.
    Unclear,
    /// It is of something that no table counts, and so is what follows.
    Foreign,
    /// It is of another unit, and so is what follows.
    OtherUnit,
}

type Meaning = Result<Vec<Topic>, Silence>;

/// The topic, where nothing unknown blurs it.
fn if_clear(clear: bool, topic: Topic) -> Meaning {
    if clear { Ok(vec![topic]) } else { Err(Silence::Unclear) }
}

fn leading(reader: &Reader, spots: &[Spot], piece: &Piece, at: usize) -> Meaning {
    let number = spots[at];
    // Nothing unknown may stand between the last word that tells the topic and the number.
    let clear_after = |tells: fn(Word) -> bool| {
        let last = piece.words.iter().rfind(|spot| spot.word().is_some_and(tells));
        last.is_some_and(|spot| reader.is_clear(spots, spot.end, number.start))
    };
    let blocked = [Word::Foreign, Word::Compare, Word::PartOfYear].iter().any(|word| piece.has(*word))
        || piece.has(Word::LastYear) && !piece.has(Word::Carry)
        || piece.has(Word::Channel) && !piece.has(Word::Channels)
        || piece.has(Word::Qualified);
    if blocked {
        return Err(Silence::Unclear);
    }
    let reviews: Vec<Review> =
        piece.all(|word| if let Word::Review(kind) = word { Some(kind) } else { None });
    let ended: Vec<Ended> = piece.all(|word| if let Word::Ended(kind) = word { Some(kind) } else { None });
    let applications = piece.has(Word::Application);
    let is_case = piece.has(Word::Case) && !applications && matches!(reader.context, Context::Review(_));
    if !reviews.is_empty() || !ended.is_empty() || is_case {
        let kinds = match &reader.context {
            Context::Review(kinds) => kinds.clone(),
            _ => return Err(Silence::Unclear),
        };
        let tells: fn(Word) -> bool = |word| matches!(word, Word::Review(_) | Word::Ended(_) | Word::Case);
        return if_clear(clear_after(tells), Topic::Review(kinds, ended.last().copied()));
    }
    if let Some(meaning) = documents(reader, piece, clear_after) {
        return meaning;
    }
    let results: Vec<Outcome> =
        piece.all(|word| if let Word::Result(kind) = word { Some(kind) } else { None });
    let applicants = applicants(piece);
    if !results.is_empty() {
        let clear = clear_after(|word| matches!(word, Word::Result(_)));
        return if_clear(clear && applicants.is_empty(), Topic::Results(results));
    }
    if piece.has(Word::CarriedIn) && (piece.has(Word::Answer) || piece.has(Word::Treat)) {
        return Err(Silence::Unclear);
    }
    if let Some(carried) = carried(reader, spots, piece, at) {
        let clear = clear_after(|word| {
            matches!(
                word,
                Word::CarriedIn | Word::CarriedOut | Word::Carry | Word::Receive | Word::ReceiveNew
            )
        });
        return if_clear(clear, carried);
    }
    if let [kind] = applicants[..] {
        return if_clear(clear_after(|word| matches!(word, Word::Applicant(_))), Topic::Applicant(kind));
    }
    verbs(reader, spots, piece, at)
}

/// Documents that something was done with; None where the piece speaks of none.
fn documents(
    reader: &Reader,
    piece: &Piece,
    clear_after: impl Fn(fn(Word) -> bool) -> bool,
) -> Option<Meaning> {
    let named = piece.words.iter().any(|spot| matches!(spot.word(), Some(Word::Document(_))));
    let done: Vec<Done> = piece.all(|word| if let Word::Done(done) = word { Some(done) } else { None });
    if !named && done.is_empty() {
        return None;
    }
    let kinds = match &reader.context {
        Context::Documents(kinds) => kinds.clone(),
        _ => return Some(Err(Silence::Unclear)),
    };
    // 发布3件 alone may be of anything; 废止 and 现行有效 are said of documents only.
    let done = match done[..] {
        [done] if named || done != Done::Issued => done,
        [first, .., last] if first == last => last,
        _ => return Some(Err(Silence::Unclear)),
    };
    let is_other = |spot: &&Spot| matches!(spot.word(), Some(Word::Done(_) | Word::Document(_)));
    let first = piece.words.iter().find(is_other);
    if first.is_some_and(|spot| is_other_unit(&reader.text[piece.start..spot.start], reader.unit)) {
        return Some(Err(Silence::OtherUnit));
    }
    let clear = clear_after(|word| matches!(word, Word::Document(_) | Word::Done(_)));
    Some(if_clear(clear, Topic::Documents(kinds, done)))
}

/// The kinds of applicants that a piece limits its number to. 公民、法人和其他组织 limits nothing.
fn applicants(piece: &Piece) -> Vec<Applicant> {
    let kinds: Vec<Applicant> =
        piece.all(|word| if let Word::Applicant(kind) = word { Some(kind) } else { None });
    let everyone = kinds.contains(&Applicant::Natural) && kinds.contains(&Applicant::Organisations);
    if everyone { Vec::new() } else { kinds }
}

/// Words that only applications for information have.
fn is_of_requests(word: Word) -> bool {
    matches!(word, Word::Application | Word::CarriedIn | Word::CarriedOut | Word::Result(_))
}

fn carried(reader: &Reader, spots: &[Spot], piece: &Piece, at: usize) -> Option<Topic> {
    let came = piece.has(Word::Receive) || piece.has(Word::ReceiveNew);
    if piece.has(Word::CarriedIn) {
        return Some(if came { Topic::CarriedInOrAll } else { Topic::CarriedIn });
    }
    if piece.has(Word::CarriedOut) {
        return Some(Topic::CarriedOut);
    }
    if !piece.has(Word::Carry) {
        return None;
    }
    // 2023年结转3件, 结转至2025年3件, 结转3件.
    let years = spots[..at].iter().rev().take_while(|spot| spot.start >= piece.start);
    let year = years.into_iter().find_map(|spot| match spot.item {
        Item::Number(Number::Year(year)) => Some(year),
        _ => None,
    });
    let own = reader.year.unwrap_or_default();
    Some(match year {
        Some(year) if year < own => Topic::CarriedIn,
        Some(year) if year > own => Topic::CarriedOut,
        _ if piece.has(Word::LastYear) => Topic::CarriedIn,
        _ => Topic::Carried,
    })
}

/// Applications that came or were answered.
fn verbs(reader: &Reader, spots: &[Spot], piece: &Piece, at: usize) -> Meaning {
    let number = spots[at];
    let is_verb = |word| matches!(word, Word::Receive | Word::ReceiveNew | Word::Answer | Word::Treat);
    let object = |spot: &&Spot| spot.word() == Some(Word::Application);
    let verb = piece.words.iter().find(|spot| spot.word().is_some_and(is_verb));
    let named = piece.words.iter().find(object);
    let Some(verb) = verb else {
        // “全市政府信息公开申请95件”: of an application with no verb it is not said what became of it.
        let clear = |spot: &&Spot| reader.is_clear(spots, spot.end, number.start);
        let named = named.filter(clear).ok_or(Silence::Unclear)?;
        let other = is_other_unit(&reader.text[piece.start..named.start], reader.unit);
        return if_clear(!other && !piece.has(Word::BareApplication), Topic::Treated);
    };
    let after = spots[at + 1..].iter().take_while(|spot| !spot.is_stop() && spot.count().is_none());
    let behind = after.clone().find(object).filter(|spot| reader.is_clear(spots, number.end, spot.start));
    let spoken_of = named.is_some()
        || behind.is_some()
        || piece.has(Word::BareApplication)
        || reader.context == Context::Requests
        || reader.context == Context::None
            && spots.iter().any(|spot| spot.word().is_some_and(is_of_requests));
    let first = named.map_or(verb.end, |spot| spot.end.min(verb.end));
    if !spoken_of || !reader.is_clear(spots, first, number.start) {
        // 受理低保申请: what follows is of those too, unless it says otherwise.
        return Err(if named.is_some() { Silence::Unclear } else { Silence::Foreign });
    }
    if is_other_unit(&reader.text[piece.start..verb.start], reader.unit) {
        return Err(Silence::OtherUnit);
    }
    let carried = spots[at + 1..].iter().any(|spot| spot.word() == Some(Word::CarriedIn));
    let mut topics = Vec::new();
    if piece.has(Word::ReceiveNew) {
        topics.push(Topic::New);
    } else if piece.has(Word::Receive) {
        topics.push(Topic::Received { carried });
    }
    if piece.has(Word::Answer) {
        topics.push(Topic::Handled);
    } else if piece.has(Word::Treat) && topics.is_empty() {
        topics.push(if reader.came { Topic::Handled } else { Topic::Treated });
    }
    Ok(topics)
}

/// What a number stands for by the words after it: 2件结转下年办理.
fn trailing(reader: &Reader, spots: &[Spot], at: usize) -> Option<(Topic, usize)> {
    let number = spots[at];
    let rest: Vec<&Spot> = spots[at + 1..]
        .iter()
        .take_while(|spot| !spot.is_stop() && !matches!(spot.item, Item::Number(_)))
        .collect();
    let blocked = [Word::Foreign, Word::Qualified, Word::Compare];
    if rest.iter().any(|spot| spot.word().is_some_and(|word| blocked.contains(&word))) {
        return None;
    }
    let clear = |spot: &&&Spot| reader.is_clear(spots, number.end, spot.start);
    let find = |pick: fn(Word) -> bool| rest.iter().find(|spot| spot.word().is_some_and(pick)).filter(clear);
    let requests = reader.context == Context::Requests;
    if let Some(spot) = find(|word| word == Word::CarriedOut).filter(|_| requests) {
        return Some((Topic::CarriedOut, spot.end));
    }
    if let Some(spot) = find(|word| word == Word::CarriedIn).filter(|_| requests) {
        return Some((Topic::CarriedIn, spot.end));
    }
    if let Some(spot) = find(|word| matches!(word, Word::Ended(_))) {
        let (Some(Word::Ended(ended)), Context::Review(kinds)) = (spot.word(), &reader.context) else {
            return None;
        };
        return Some((Topic::Review(kinds.clone(), Some(ended)), spot.end));
    }
    let results: Vec<Outcome> = rest
        .iter()
        .filter_map(|spot| if let Some(Word::Result(kind)) = spot.word() { Some(kind) } else { None })
        .collect();
    if let Some(spot) = find(|word| matches!(word, Word::Result(_))).filter(|_| requests) {
        return Some((Topic::Results(results), spot.end));
    }
    if let Some(spot) = find(|word| matches!(word, Word::Applicant(_))).filter(|_| requests) {
        let kind = if let Some(Word::Applicant(kind)) = spot.word() { Some(kind) } else { None };
        return Some((Topic::Applicant(kind?), spot.end));
    }
    let spot = find(|word| word == Word::Answer).filter(|_| requests)?;
    Some((Topic::Handled, spot.end))
}
