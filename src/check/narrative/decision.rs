//! Decisions and fees of section 二: 作出行政许可处理决定37件, 行政事业性收费1.5万元.
//!
//! They are also published, listed, examined and applied for, each with a number of its own. A number counts
//! decisions only behind a verb that makes them, or behind nothing at all.

use rust_decimal::Decimal;

use super::claim::{Assertion, Claim};
use super::lexicon::{DecisionKind, WordKind};
use super::number::TextNumber;
use super::phrase::{Phrase, Rejection, TopicResult, if_clear};
use super::state::Reader;
use super::subject_unit::{is_other_unit, strip_adverbs};
use super::token::{TextToken, TokenKind};
use super::topic::{Topic, fee_sum};

/// Verbs that make decisions or collect fees.
const MADE: [&str; 14] = [
    "作出", "做出", "实施", "办理", "办结", "开展", "下达", "发生", "收取", "征收", "收缴", "产生", "涉及",
    "了",
];

/// Words behind a decision that make the number one of something else.
const ABOUT_THEM: [&str; 8] = ["信息", "数据", "结果", "文书", "案卷", "公示", "职权", "权力"];

/// Returns the kinds of the decisions that a phrase names; `None` if it names none. `clause` are the tokens
/// before the phrase's number.
pub fn decision_topics(
    reader: &Reader,
    tokens: &[TextToken],
    piece: &Phrase,
    at: usize,
) -> Option<TopicResult> {
    let is_decision = |token: &&TextToken| matches!(token.word(), Some(WordKind::Decision(_)));
    let (first, last) = (piece.tokens.iter().find(is_decision)?, piece.tokens.iter().rfind(is_decision)?);
    let kinds: Vec<DecisionKind> =
        piece.collect_kinds(|word| if let WordKind::Decision(kind) = word { Some(kind) } else { None });
    let number = tokens[at];
    let blocked = |word| {
        use WordKind::{
            Application, BareApplication, Compare, PartOfYear, Qualified, Receive, ReceiveNew, Unrelated,
        };
        matches!(
            word,
            Application
                | BareApplication
                | Compare
                | PartOfYear
                | Qualified
                | Receive
                | ReceiveNew
                | Unrelated
        )
    };
    if piece.tokens.iter().any(|token| token.word().is_some_and(blocked)) {
        return Some(Err(Rejection::Foreign));
    }
    let gap = &reader.text[last.end..number.start];
    // 推送双公示信息：行政许可57条: of what is named before the colon.
    let lead = reader.text[..piece.start].trim_end();
    let named = lead
        .strip_suffix(['：', ':'])
        .and_then(|lead| lead.rsplit(['。', '；', ';', '，', ',', '\n']).next());
    let published = ["信息", "公示", "公开", "推送", "上报", "归集", "数据", "清单"];
    if named.is_some_and(|lead| published.iter().any(|word| lead.contains(word))) {
        return Some(Err(Rejection::Foreign));
    }
    let listed = gap.contains("事项") && reader.text[..number.end].ends_with('项');
    if listed && !is_made(reader, piece.start, first.start)
        || ABOUT_THEM.iter().any(|word| gap.contains(word))
    {
        return Some(Err(Rejection::Foreign));
    }
    // 公示行政许可35件、行政处罚9件: what was not understood of the first is not of the second.
    let named_before = tokens[..at]
        .iter()
        .take_while(|token| token.start < first.start)
        .any(|token| matches!(token.word(), Some(WordKind::Decision(_))));
    let understood = reader.here().any(|figure| matches!(figure.topic, Topic::Decisions(_)));
    if named_before && !understood {
        return Some(Err(Rejection::Foreign));
    }
    if let Err(rejection) = judge_head(reader, piece.start, first.start) {
        return Some(Err(rejection));
    }
    Some(if_clear(reader.is_clear(tokens, last.end, number.start), Topic::Decisions(kinds)))
}

/// Adds the claim of an amount of money at `at`, if the phrase before it names the fees of section 二.
pub fn claim_fee(reader: &mut Reader, tokens: &[TextToken], from: usize, at: usize, lead: usize) {
    let TokenKind::Number(TextNumber::Money { digits, decimals, ten_thousands }) = tokens[at].kind else {
        return;
    };
    let phrase =
        tokens[from..at].iter().rposition(TextToken::ends_phrase).map_or(from, |stop| from + stop + 1);
    let start = if phrase == from { lead } else { tokens[phrase - 1].end };
    let Some(fee) = tokens[phrase..at].iter().rfind(|token| token.word() == Some(WordKind::Fee)) else {
        return;
    };
    let others = tokens[phrase..at].iter().filter(|token| token.start != fee.start);
    let is_other = |token: &TextToken| {
        let harmless =
            matches!(token.word(), Some(WordKind::Whole | WordKind::Harmless | WordKind::All) | None);
        !harmless && reader.text[token.bytes()] != *"收费"
    };
    let gap = &reader.text[fee.end..tokens[at].start];
    if others.clone().any(is_other)
        || judge_head(reader, start, fee.start).is_err()
        || !reader.is_clear(tokens, fee.end, tokens[at].start)
        || gap.contains("收费标准")
        || !reader.is_whole()
    {
        return;
    }
    let Some(typed) = i64::try_from(digits).ok().and_then(|digits| Decimal::try_new(digits, decimals).ok())
    else {
        return;
    };
    let divisor = if ten_thousands { Decimal::ONE } else { Decimal::from(10_000) };
    let Some(amount) = typed.checked_div(divisor) else { return };
    let decimals = if ten_thousands { decimals } else { decimals + 4 };
    let (start, end) = (fee.start, tokens[at].end);
    let assertion = Assertion::Money { amount, decimals };
    reader.claims.push(Claim { start, end, number: tokens[at].bytes(), assertion, sums: vec![fee_sum()] });
}

/// Returns `true` if a verb that makes decisions stands directly before this byte.
fn is_made(reader: &Reader, from: usize, to: usize) -> bool {
    let head = strip_adverbs(&reader.text[from..to]);
    MADE.iter().any(|verb| head.ends_with(verb))
}

/// Judges what stands between the start of a phrase and the first decision of it: verbs that make decisions,
/// and the unit.
pub fn judge_head(reader: &Reader, from: usize, to: usize) -> Result<(), Rejection> {
    let mut head = reader.text[from..to].trim_start_matches(|c: char| !c.is_alphanumeric());
    loop {
        let shorter = strip_adverbs(head).trim_end_matches(['、', '（', '(', '其', '中', '我', '本']);
        let shorter = MADE.iter().find_map(|verb| shorter.strip_suffix(verb)).unwrap_or(shorter);
        if shorter.len() == head.len() {
            break;
        }
        head = shorter;
    }
    let subject: String = head.chars().rev().take_while(|c| c.is_alphabetic()).collect();
    if subject.is_empty() {
        return Ok(());
    }
    if is_other_unit(head, reader.unit) {
        return Err(Rejection::OtherUnit);
    }
    let own = [
        "局", "委", "办", "厅", "镇", "乡", "街道", "处", "政府", "县", "市", "区", "省", "单位", "机关",
        "系统",
    ];
    if own.iter().any(|ending| head.ends_with(ending)) { Ok(()) } else { Err(Rejection::Foreign) }
}
