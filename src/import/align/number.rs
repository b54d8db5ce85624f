//! Numbers in running text, and digits that ran together.

use crate::text::digits::half_width;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineToken {
    /// Text between numbers, ordinals included.
    Text(String),
    /// A number, or a sign for “not applicable” that stands alone.
    Number(PrintedNumber),
}

/// A number as printed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PrintedNumber {
    /// Its digits with sign, commas and unit.
    pub raw: String,
    /// A remark in brackets after it: `其中修订16件`.
    pub note: String,
}

impl PrintedNumber {
    /// Creates a number without a remark.
    pub fn of(raw: &str) -> PrintedNumber {
        PrintedNumber { raw: raw.into(), note: String::new() }
    }

    /// Returns whether it is digits alone, which can have run together with others.
    pub fn is_digits(&self) -> bool {
        !self.raw.is_empty() && self.raw.bytes().all(|b| b.is_ascii_digit())
    }
}

const NOT_APPLICABLE: [&str; 8] = ["/", "／", "-", "－", "—", "——", "–", "无"];
/// Units after a number that add nothing to the form.
const COUNTERS: [char; 15] =
    ['件', '项', '条', '个', '宗', '份', '次', '部', '起', '例', '笔', '单', '批', '條', '項'];

/// Parses a whole cell: blank, a number with its remark, or “not applicable”. Returns `None` for text.
pub fn parse_cell(cell: &str) -> Option<PrintedNumber> {
    let text: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Some(PrintedNumber::default());
    }
    if NOT_APPLICABLE.contains(&text.as_str()) || text == "--" {
        return Some(PrintedNumber::of(&text));
    }
    match &tokenize(&text)[..] {
        [LineToken::Number(number)] => Some(number.clone()),
        _ => None,
    }
}

/// Returns whether a cell holds words: it is neither blank nor numbers alone.
pub fn holds_text(cell: &str) -> bool {
    parse_cell(cell).is_none() && !tokenize(cell).iter().all(|token| matches!(token, LineToken::Number(_)))
}

/// Splits a line into text and numbers, in order.
pub fn tokenize(line: &str) -> Vec<LineToken> {
    let printed: Vec<char> = line.chars().collect();
    let chars: Vec<char> = printed.iter().copied().map(plain_digit).collect();
    let mut tokens: Vec<LineToken> = Vec::new();
    // The end of the last word of the line.
    let filled = chars.iter().rposition(|c| !c.is_whitespace()).map_or(0, |at| at + 1);
    let mut text = String::new();
    let mut begins = true;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let fresh = at == 0 || chars[at - 1].is_whitespace();
        let end = if c.is_ascii_digit() || fresh { number_end(&chars, at) } else { None };
        let end = end.or_else(|| if fresh { not_applicable(&chars[..filled], at, begins) } else { None });
        begins &= end.is_none() && c.is_whitespace();
        let Some(end) = end else {
            text.push(printed[at]);
            at += 1;
            continue;
        };
        if !text.trim().is_empty() {
            tokens.push(LineToken::Text(text.trim().to_string()));
        }
        text.clear();
        let raw: String = printed[at..end].iter().filter(|c| !c.is_whitespace()).collect();
        let (note, after) = trailing_note(&chars, end);
        let raw = raw.trim_end_matches(COUNTERS).to_string();
        tokens.push(LineToken::Number(PrintedNumber { raw, note }));
        at = after;
    }
    if !text.trim().is_empty() {
        tokens.push(LineToken::Text(text.trim().to_string()));
    }
    tokens
}

/// Full-width digits, signs and stops as plain ones, character for character.
pub fn plain_digit(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '＋' | '－' => half_width(c),
        '\u{2212}' => '-',
        _ => c,
    }
}

/// Returns where the number that begins here ends, or `None` if there is none or it is an ordinal (`2.`).
fn number_end(chars: &[char], start: usize) -> Option<usize> {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut at = start;
    if matches!(chars[at], '+' | '-' | '↑' | '↓' | '增' | '减') {
        at += 1;
        while chars.get(at) == Some(&' ') {
            at += 1;
        }
    }
    if !is_digit(at) {
        return None;
    }
    let first = at;
    while is_digit(at) {
        at += 1;
    }
    let group =
        |at: usize| chars.get(at) == Some(&',') && (1..=3).all(|k| is_digit(at + k)) && !is_digit(at + 4);
    if at - first <= 3 {
        while group(at) {
            at += 4;
        }
    }
    if is_ordinal_stop(chars, at) {
        // The last digit is the ordinal of the label that follows.
        return (at - 1 > first).then_some(at - 1);
    }
    if chars.get(at) == Some(&'.') && is_digit(at + 1) {
        at += 1;
        while is_digit(at) {
            at += 1;
        }
    }
    // Copies put a blank between digits and a Chinese character.
    let blanks = chars[at..].iter().take_while(|c| **c == ' ').count().min(1);
    let behind = at + blanks;
    for unit in ["万元", "亿元", "元"] {
        if unit.chars().enumerate().all(|(k, c)| chars.get(behind + k) == Some(&c)) {
            return Some(behind + unit.chars().count());
        }
    }
    let counted = chars[behind..].iter().take(2).take_while(|c| COUNTERS.contains(c)).count();
    let alone = chars.get(behind + counted).is_none_or(|c| c.is_whitespace() || "（(".contains(*c));
    Some(if counted > 0 && alone { behind + counted } else { at })
}

/// Returns whether a stop after a digit makes it an ordinal: a word follows.
fn is_ordinal_stop(chars: &[char], at: usize) -> bool {
    let stop = chars.get(at).is_some_and(|c| ".、)）".contains(*c));
    let next = chars.get(at + 1..).unwrap_or_default().iter().find(|c| !c.is_whitespace());
    stop && next.is_some_and(|c| c.is_alphabetic() || "“\"《（(".contains(*c))
}

/// Returns where a sign for “not applicable” that stands alone ends. `chars` are the line without the
/// blanks at its end; `begins` says that the line begins with the sign.
fn not_applicable(chars: &[char], start: usize, begins: bool) -> Option<usize> {
    let rest = chars.get(start..).unwrap_or_default();
    let (word, rest) = rest.split_at(rest.iter().position(|c| c.is_whitespace()).unwrap_or(rest.len()));
    let end = start + word.len();
    let word: String = word.iter().collect();
    // In narrow columns 无 can be a line of a label, （四）无法提供: text follows it then, or the numbers of the
    // row beside it.
    if word == "无" {
        let alone = rest.is_empty();
        if begins {
            let mut words = rest.split(|c| c.is_whitespace()).filter(|word| !word.is_empty());
            return (!alone && words.all(|other| *other == ['无'])).then_some(end);
        }
        // Only one word is checked, not the whole line: it may hold 无 a hundred thousand times.
        let next = rest.iter().skip_while(|c| c.is_whitespace()).take_while(|c| !c.is_whitespace());
        return (alone || parse_cell(&next.collect::<String>()).is_some()).then_some(end);
    }
    (word == "--" || NOT_APPLICABLE.contains(&word.as_str())).then_some(end)
}

/// Returns the remark in brackets that follows a number, and where it ends.
fn trailing_note(chars: &[char], start: usize) -> (String, usize) {
    let mut open = start;
    while chars.get(open) == Some(&' ') {
        open += 1;
    }
    if !chars.get(open).is_some_and(|c| "（(".contains(*c)) {
        return (String::new(), start);
    }
    let Some(close) = chars[open..].iter().take(60).position(|c| "）)".contains(*c)) else {
        return (String::new(), start);
    };
    let inner: String = chars[open + 1..open + close].iter().collect();
    // `（三）不予公开` after a number is the next label, not a remark.
    let is_ordinal = inner.trim().chars().count() <= 1;
    if is_ordinal { (String::new(), start) } else { (inner.trim().to_string(), open + close + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Vec<String> {
        tokenize(line)
            .into_iter()
            .map(|token| match token {
                LineToken::Text(text) => text,
                LineToken::Number(PrintedNumber { raw, note }) if note.is_empty() => format!("[{raw}]"),
                LineToken::Number(PrintedNumber { raw, note }) => format!("[{raw}|{note}]"),
            })
            .collect()
    }

    #[test]
    fn numbers_are_distinguished_from_ordinals_and_text() {
        assert_eq!(shown("1.属于国家秘密 2 0"), ["1.属于国家秘密", "[2]", "[0]"]);
        assert_eq!(shown("00000002.其他法律"), ["[0000000]", "2.其他法律"]);
        assert_eq!(
            shown("（三）不 3、其他 1,234 ５ 96171.6"),
            ["（三）不 3、其他", "[1,234]", "[５]", "[96171.6]"]
        );
        assert_eq!(shown("政府集中采购6 251000元"), ["政府集中采购", "[6]", "[251000元]"]);
        assert_eq!(shown("政府集中采购 6 件 251000 元"), ["政府集中采购", "[6]", "[251000元]"]);
        assert_eq!(
            shown("行政许可 0 减4 +3 −2 / — 12件 4笔 7 批次"),
            ["行政许可", "[0]", "[减4]", "[+3]", "[−2]", "[/]", "[—]", "[12]", "[4]", "[7]"]
        );
        assert_eq!(shown("规章 无 0 无"), ["规章", "[无]", "[0]", "[无]"]);
        assert_eq!(shown("无 息需要另行制作 2"), ["无 息需要另行制作", "[2]"]);
        assert_eq!(shown(" 无  2 0"), ["无", "[2]", "[0]"]);
        assert_eq!(shown("3.危及“三安全一稳定” 0"), ["3.危及“三安全一稳定”", "[0]"]);
    }

    #[test]
    fn a_remark_stays_with_its_number() {
        assert_eq!(shown("22（其中修订16件） 3"), ["[22|其中修订16件]", "[3]"]);
        assert_eq!(shown("0（四）无法提供"), ["[0]", "（四）无法提供"]);
        assert_eq!(parse_cell(" 22（其中修订16件）").map(|n| n.note), Some("其中修订16件".into()));
        assert_eq!(parse_cell("合计 3"), None);
        assert_eq!(parse_cell("\u{a0}").map(|n| n.raw), Some(String::new()));
    }
}
