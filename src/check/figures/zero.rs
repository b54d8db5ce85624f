//! “None” in words: 未收到申请, 未发生行政复议、行政诉讼, 行政复议：无.
//!
//! Only with its object beside it and nothing unknown between (FORM.md section 7, rule 6): 没有逾期
//! 答复的申请 says nothing of how many there were.

use super::claim::{Claim, Said};
use super::lexicon::{Review, Word};
use super::scan::{Item, Spot};
use super::state::{Context, Reader};
use super::topic::{Sum, Topic, review};

/// Words before “none” that make a wish or a condition of it.
const WISHES: [&str; 9] = ["确保", "力争", "争取", "避免", "防止", "如果", "若", "对于", "凡"];

/// Takes down what the word of “none” at `at` says; `start` is where its clause begins.
pub fn nothing(reader: &mut Reader, spots: &[Spot], at: usize, start: usize) {
    if !reader.is_whole() {
        return;
    }
    let mark = spots[at];
    let piece = spots[..at].iter().rposition(Spot::is_stop).map_or(0, |stop| stop + 1);
    let piece_start = if piece == 0 { start } else { spots[piece - 1].end };
    if WISHES.iter().any(|wish| reader.text[piece_start..mark.start].contains(wish)) {
        return;
    }
    let ends = |spot: &&Spot| spot.is_stop() || spot.word() == Some(Word::Nothing);
    let after: Vec<Spot> = spots[at + 1..].iter().take_while(|spot| !ends(spot)).copied().collect();
    let stop = spots[at + 1..].iter().find(ends);
    let end = stop.map_or(reader.text.len(), |stop| stop.start);
    if !reader.is_clear(spots, mark.end, end) {
        return;
    }
    let open = reader.text[mark.start..mark.end].contains(['收', '接', '受', '办']);
    if let Some(sums) = objects(reader, &after, open) {
        if let Some(last) = after.last() {
            push(reader, mark.start, last.end, sums);
        }
        return;
    }
    // The object first: 行政复议、行政诉讼均未发生.
    let before = &spots[piece..at];
    let objects_before =
        after.iter().all(|spot| spot.word() == Some(Word::Case)).then(|| objects(reader, before, false));
    let (Some(Some(sums)), Some(first)) = (objects_before, before.first()) else { return };
    if reader.is_clear(spots, first.start, mark.start) {
        push(reader, first.start, mark.end, sums);
    }
}

fn push(reader: &mut Reader, start: usize, end: usize, sums: Vec<Sum>) {
    for sum in sums {
        reader.claims.push(Claim { start, end, said: Said::Zero, sums: vec![sum] });
    }
}

/// What the words are the names of; none where they name nothing of the tables, or one of them limits
/// what is meant.
fn objects(reader: &Reader, words: &[Spot], open: bool) -> Option<Vec<Sum>> {
    let mut procedures: Vec<Review> = Vec::new();
    let (mut applications, mut bare) = (false, false);
    let mut carried = Vec::new();
    for spot in words {
        match spot.item {
            Item::Word(Word::Review(kind)) => procedures.push(kind),
            Item::Word(Word::Application) => applications = true,
            Item::Word(Word::BareApplication) => bare = true,
            Item::Word(Word::CarriedIn) => carried.extend(Topic::CarriedIn.sums()),
            Item::Word(Word::CarriedOut) => carried.extend(Topic::CarriedOut.sums()),
            Item::Word(
                Word::Case
                | Word::Receive
                | Word::Applicant(_)
                | Word::Whole
                | Word::All
                | Word::Treat
                | Word::Carry,
            )
            | Item::Stop(_) => {}
            _ => return None,
        }
    }
    // The last noun is the one that there was none of: 因信息公开申请引起的行政复议.
    if !procedures.is_empty() {
        procedures.dedup();
        return Some(procedures.iter().map(|kind| review(&[*kind], None)).collect());
    }
    if !carried.is_empty() {
        return Some(carried);
    }
    let applicants: Vec<_> =
        words.iter().filter(|spot| matches!(spot.word(), Some(Word::Applicant(_)))).collect();
    let told = applications || bare && (open || reader.context == Context::Requests);
    (told && applicants.len() != 1).then(|| vec![Topic::New.sums().swap_remove(0)])
}
