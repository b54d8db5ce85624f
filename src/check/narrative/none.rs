//! “None” said in words: 未收到申请, 未发生行政复议、行政诉讼, 行政复议：无.
//!
//! Its object must be beside it with nothing unknown between: 没有逾期答复的申请
//! does not say how many there were.

use super::claim::{Assertion, Claim};
use super::lexicon::{Review, WordKind};
use super::state::{ClauseContext, Reader};
use super::token::{TextToken, TokenKind};
use super::topic::{Sum, Topic, review_sum};

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
    let open = reader.text[mark.start..mark.end].contains(['收', '接', '受', '办']);
    if let Some(sums) = negated_objects(reader, &after, open) {
        if let Some(last) = after.last() {
            push_zero_claims(reader, mark.start, last.end, sums);
        }
        return;
    }
    // The object first: 行政复议、行政诉讼均未发生.
    let before = &tokens[piece..at];
    let objects_before = after
        .iter()
        .all(|token| token.word() == Some(WordKind::Case))
        .then(|| negated_objects(reader, before, false));
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

/// Returns the sums named by these tokens; `None` if they name nothing in the tables or limit it.
fn negated_objects(reader: &Reader, tokens: &[TextToken], open: bool) -> Option<Vec<Sum>> {
    let mut procedures: Vec<Review> = Vec::new();
    let (mut applications, mut bare) = (false, false);
    let mut carried = Vec::new();
    for token in tokens {
        match token.kind {
            TokenKind::Word(WordKind::Review(kind)) => procedures.push(kind),
            TokenKind::Word(WordKind::Application) => applications = true,
            TokenKind::Word(WordKind::BareApplication) => bare = true,
            TokenKind::Word(WordKind::CarriedIn) => carried.extend(Topic::CarriedIn.sums()),
            TokenKind::Word(WordKind::CarriedOut) => carried.extend(Topic::CarriedOut.sums()),
            TokenKind::Word(
                WordKind::Case
                | WordKind::Receive
                | WordKind::Applicant(_)
                | WordKind::Whole
                | WordKind::All
                | WordKind::Process
                | WordKind::Carry,
            )
            | TokenKind::Delimiter(_) => {}
            _ => return None,
        }
    }
    // The last noun is the one that is negated: 因信息公开申请引起的行政复议.
    if !procedures.is_empty() {
        procedures.dedup();
        return Some(procedures.iter().map(|kind| review_sum(&[*kind], None)).collect());
    }
    if !carried.is_empty() {
        return Some(carried);
    }
    let applicants: Vec<_> =
        tokens.iter().filter(|token| matches!(token.word(), Some(WordKind::Applicant(_)))).collect();
    let is_named = applications || bare && (open || reader.context == ClauseContext::Requests);
    (is_named && applicants.len() != 1).then(|| vec![Topic::New.sums().swap_remove(0)])
}
