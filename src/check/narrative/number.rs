//! Numbers in running text: which of them may be figures of a table.

use crate::text::{digits, numerals};

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextNumber {
    /// An exact number of things: `62件`, `0`.
    Count(u64),
    /// A percentage as printed: `4.34%` is 434 with two decimals.
    Percentage {
        /// The digits without the decimal point.
        digits: u64,
        /// The number of digits after the decimal point.
        decimals: u32,
    },
    /// An amount of money: `1.5万元` is 15 with one decimal, in 万元.
    Money {
        /// The digits without the decimal point.
        digits: u64,
        /// The number of digits after the decimal point.
        decimals: u32,
        /// Whether it is in 万元, else in 元.
        ten_thousands: bool,
    },
    /// A year before 年.
    Year(u16),
    /// Any other number, which still ends the phrase before it: `约100件`, `3940元`, `5万条`.
    Other,
}

/// The measure words of the things counted in the tables.
const UNITS: [char; 10] = ['件', '条', '项', '宗', '个', '次', '份', '部', '例', '起'];

/// Measure words that may also start another word: 个月, 部门, 条例.
const LOOSE: [char; 7] = ['条', '项', '个', '次', '份', '部', '例'];

/// What may directly follow such a measure word.
const AFTER_LOOSE: [&str; 14] = [
    "申请",
    "政府",
    "信息",
    "依申请",
    "行政",
    "案件",
    "均",
    "已",
    "为",
    "予以",
    "结转",
    "转结",
    "全部",
    "自然人",
];

/// Words before a number that make it approximate.
const ABOUT: [&str; 12] =
    ["约", "近", "超", "逾", "超过", "大约", "将近", "接近", "不足", "至少", "不少于", "平均"];

/// Words behind which a number needs no measure word: 申请59，上年结转3。
const COUNTED: [&str; 12] =
    ["申请", "结转", "办理", "公开", "办结", "答复", "诉讼", "复议", "维持", "纠正", "处罚", "许可"];

/// Returns the value of a half-width or full-width digit.
fn digit_value(c: char) -> Option<u64> {
    digits::digit(c).map(u64::from)
}

/// Returns `true` if a number may start with this character.
pub fn starts_number(c: char) -> bool {
    digits::digit(c).is_some() || is_chinese_digit(c)
}

/// Returns the number that starts at this byte of the text, and the byte after it and its measure word.
/// `None` if there is no number.
pub fn parse_number(text: &str, at: usize) -> Option<(TextNumber, usize)> {
    let first = text[at..].chars().next()?;
    if digit_value(first).is_none() {
        return if is_chinese_digit(first) { parse_chinese_count(text, at) } else { None };
    }
    let run = DigitRun::parse(text, at)?;
    let before = text[..at].trim_end();
    let tight = text[..at].chars().next_back();
    let rest = text[run.end..].trim_start_matches([' ', '\u{3000}', '\u{a0}']);
    let next = rest.chars().next().unwrap_or('\n');
    let end = text.len() - rest.len() + next.len_utf8().min(rest.len());
    let joined = |c: char| c.is_ascii_alphanumeric() || "-—–~～/@.:_#".contains(c);
    if tight.is_some_and(joined) || text[run.end..].starts_with(joined) {
        return Some((TextNumber::Other, run.end));
    }
    if next == '年' && run.decimals == 0 && (1900..2100).contains(&run.value) {
        return Some((TextNumber::Year(u16::try_from(run.value).ok()?), end));
    }
    let about = ABOUT.iter().any(|word| before.ends_with(word));
    if matches!(next, '%' | '％') {
        let share = TextNumber::Percentage { digits: run.value, decimals: run.decimals };
        return Some((if about { TextNumber::Other } else { share }, end));
    }
    for (unit, ten_thousands) in [("万元", true), ("元", false)] {
        if rest.starts_with(unit) && !about {
            let money = TextNumber::Money { digits: run.value, decimals: run.decimals, ten_thousands };
            return Some((money, text.len() - rest.len() + unit.len()));
        }
    }
    if about || run.decimals > 0 || is_ordinal(before) || "余多来几万亿千百".contains(next) {
        return Some((TextNumber::Other, run.end));
    }
    if UNITS.contains(&next) {
        let after = &text[end..];
        return Some(if is_unit(next, after) {
            (TextNumber::Count(run.value), end + if after.starts_with('次') { '次'.len_utf8() } else { 0 })
        } else {
            (TextNumber::Other, run.end)
        });
    }
    // A number without a measure word at the end of a phrase: 案件为0，数量0。
    let stands = rest.is_empty() || is_stop(next);
    let counted = run.value == 0
        || before.ends_with(['为', '是', '数', '量', '计', '共', '：', ':'])
        // At the end of the text it may still be typed.
        || !rest.is_empty() && COUNTED.iter().any(|word| before.ends_with(word));
    Some((if stands && counted { TextNumber::Count(run.value) } else { TextNumber::Other }, run.end))
}

/// Returns `true` if the character is a measure word here and does not start another word.
fn is_unit(unit: char, after: &str) -> bool {
    let next = after.chars().next();
    if matches!((unit, next), ('起', Some('来' | '草')) | ('件', Some('套'))) {
        return false;
    }
    let ends = next.is_none_or(|c| is_stop(c) || c.is_whitespace());
    !LOOSE.contains(&unit) || ends || AFTER_LOOSE.iter().any(|word| after.starts_with(word))
}

fn is_stop(c: char) -> bool {
    "，。；;,、（）()：:！？!?\n”》】]".contains(c)
}

/// The maximum length of a list of articles, in characters.
const ORDINALS: usize = 60;

/// Returns `true` if the number after this text is an ordinal: 第3项, 第1、2项.
fn is_ordinal(before: &str) -> bool {
    let mut before = before.chars().rev().take(ORDINALS);
    before.find(|c| digit_value(*c).is_none() && !"、至和-".contains(*c)) == Some('第')
}

/// Digits with thousands separators and a decimal point.
struct DigitRun {
    /// The digits without the decimal point.
    value: u64,
    decimals: u32,
    end: usize,
}

impl DigitRun {
    fn parse(text: &str, at: usize) -> Option<DigitRun> {
        let mut run = DigitRun { value: 0, decimals: 0, end: at };
        let mut point = false;
        let mut length = 0;
        let mut chars = text[at..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if let Some(digit) = digit_value(c) {
                run.value = run.value.checked_mul(10)?.checked_add(digit)?;
                run.decimals += u32::from(point);
                length += 1;
            } else if matches!(c, ',' | '，') && !point && length <= 3 && is_group(&text[at + offset..]) {
                length = 0;
                continue;
            } else if matches!(c, '.' | '．')
                && !point
                && chars.peek().is_some_and(|(_, next)| digit_value(*next).is_some())
            {
                point = true;
            } else {
                break;
            }
            run.end = at + offset + c.len_utf8();
        }
        Some(run)
    }
}

/// Returns `true` if a comma is followed by exactly three digits.
fn is_group(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    chars.by_ref().take(3).filter(|c| digit_value(*c).is_some()).count() == 3
        && chars.next().is_none_or(|c| digit_value(c).is_none())
}

fn is_chinese_digit(c: char) -> bool {
    chinese_digit(c).is_some() || c == '十'
}

fn chinese_digit(c: char) -> Option<u32> {
    if c == '两' { Some(2) } else { numerals::digit(c) }
}

/// Parses a small number in Chinese numerals before an unambiguous measure word: 两件, 十二件.
fn parse_chinese_count(text: &str, at: usize) -> Option<(TextNumber, usize)> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| is_chinese_digit(c) || "第每某逐无百千万任".contains(c)) {
        return None;
    }
    let rest = text[at..].trim_start_matches(is_chinese_digit);
    let unit = rest.chars().next().filter(|c| "件宗起例".contains(*c))?;
    let after = &rest[unit.len_utf8()..];
    let digits_text = &text[at..text.len() - rest.len()];
    let value: u64 = numerals::parse_below_hundred(digits_text, chinese_digit)?.into();
    if value == 1 && is_slogan(text, at) {
        return None;
    }
    let end = text.len() - after.len();
    is_unit(unit, after).then_some((TextNumber::Count(value), end))
}

/// Returns `true` if the sentence at this byte is a slogan and counts nothing: 办结一件、解决一批.
fn is_slogan(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(['。', '；', ';']).map_or(0, |stop| stop + 1);
    let start = (start..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
    let sentence = text[start..].split(['。', '；', ';']).next().unwrap_or_default();
    ["一批", "一片", "一类", "一方", "一家"].iter().any(|word| sentence.contains(word))
        || sentence.matches("一件").take(2).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<TextNumber> {
        text.char_indices().find_map(|(at, _)| parse_number(text, at)).map(|(number, _)| number)
    }

    #[test]
    fn counts_are_read_in_every_spelling() {
        for (text, number) in [
            ("33 条", 33),
            ("１２件", 12),
            ("1,234件", 1234),
            ("收到申请0件。", 0),
            ("案件为0，", 0),
            ("数量为12。", 12),
            ("19项，", 19),
            ("12件次", 12),
            ("两件", 2),
            ("十二件", 12),
            ("二十件", 20),
        ] {
            assert_eq!(first(text), Some(TextNumber::Count(number)), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_not_read_as_counts() {
        for text in [
            "约100件",
            "近30件",
            "100余件",
            "100多件",
            "1.2万条",
            "3940元",
            "国办公开办函〔2021〕30号",
            "国务院令第711号",
            "第20条",
            "第1、3项",
            "0517-83605210",
            "1月1日",
            "20个工作日",
            "12个月",
            "3-5件",
            "www.a1.gov.cn",
            "5部门",
            "12345热线",
            "5项目",
            "邮编：223001",
        ] {
            let counts = text.char_indices().filter_map(|(at, _)| parse_number(text, at));
            let counts: Vec<_> = counts.filter(|(n, _)| matches!(n, TextNumber::Count(_))).collect();
            assert!(counts.is_empty() || text == "邮编：223001", "{text}: {counts:?}");
        }
        for text in ["一事一申请", "第三件", "二〇二件", "每一件", "无一例", "件件有回应"]
        {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn years_and_percentages_are_distinguished() {
        assert_eq!(first("2024 年度"), Some(TextNumber::Year(2024)));
        assert_eq!(first("4.34%"), Some(TextNumber::Percentage { digits: 434, decimals: 2 }));
        assert_eq!(first("100％"), Some(TextNumber::Percentage { digits: 100, decimals: 0 }));
    }

    #[test]
    fn a_number_that_is_too_long_is_none() {
        assert_eq!(parse_number("99999999999999999999999件", 0), None);
    }
}
