//! S9: placeholders, and sentences without their number or their end.

use std::borrow::Cow;

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity, Span};
use crate::form::FieldId;

const S9: Rule = Rule {
    id: "S9",
    severity: Severity::Warning,
    description: "正文没有“××”“＿＿”一类待填的空，没有缺数字、没写完的句子。",
    basis: "审核惯例：套用模板而漏填",
};

pub(super) const CHECK: Check = Check { rules: &[S9], run: check_placeholders };

/// The cover fields that are checked.
const COVER: [&str; 4] = ["cover.unit", "cover.title", "cover.signed_by", "cover.date"];

/// The characters that end a clause.
const STOPS: [char; 10] = ['。', '，', '；', ';', ',', '\n', '、', '：', '（', '）'];

/// The characters before which a single cross is a placeholder.
const UNITS: [char; 16] =
    ['件', '条', '项', '宗', '个', '次', '份', '部', '例', '起', '年', '月', '日', '元', '篇', '期'];

/// Ends of clauses in which a number is missing.
const WITHOUT_NUMBER: [&str; 12] = [
    "共件",
    "申请件",
    "申请共件",
    "受理件",
    "答复件",
    "办结件",
    "信息条",
    "公开条",
    "文件件",
    "共条",
    "结转件",
    "办理件",
];

/// Words of a clause that is about to give a number of 件.
const COUNTING: [&str; 12] =
    ["共", "全年", "本年", "年度", "累计", "收到", "新收", "受理了", "总计", "合计", "截至", "发布"];

/// Words with which a clause needs no number: none, all or each of them, or how they are treated.
const NUMBERLESS: [&str; 25] = [
    "未",
    "无",
    "没有",
    "零",
    "全部",
    "所有",
    "均",
    "都",
    "每",
    "各",
    "对",
    "收到的",
    "及时",
    "认真",
    "规范办理",
    "规范处理",
    "妥善",
    "积极",
    "严格",
    "按时",
    "按期",
    "依法",
    "做好",
    "针对",
    "属",
];

/// The maximum length of a quotation, in characters.
const QUOTED: usize = 80;

fn check_placeholders(input: &RuleInput) -> Vec<Finding> {
    let cover = COVER.into_iter().filter_map(|id| Some((&input.field(id)?.id, input.text(id))));
    input.narratives().chain(cover).filter_map(|(id, text)| check_text(input, id, text)).collect()
}

fn check_text(input: &RuleInput, id: &FieldId, text: &str) -> Option<Finding> {
    let name = input.name(id.as_str());
    let (start, end, message) = if let Some((start, end)) = blank_to_fill(text) {
        (start, end, format!("“{name}”里有待填的“{}”，请填上", shorten(&text[start..end])))
    } else if let Some((start, end)) = missing_number(text) {
        (start, end, format!("“{name}”里“{}”缺少数字，请补上", shorten(&text[start..end])))
    } else {
        // The preface leads over to what follows it, and a paragraph beside a table to the table.
        let leads_over = id.as_str() == "preface" || input.form.is_table_text(id.as_str());
        let (start, end) = cut_off(text, leads_over)?;
        (start, end, format!("“{name}”的最后一句似乎没有写完：“{}”", shorten(&text[start..end])))
    };
    let mut finding = finding_at(&S9, id.as_str(), message);
    finding.span = Some(Span { field: id.clone(), start, end });
    Some(finding)
}

/// Shortens a quotation: of a long one only the start and the end are left.
fn shorten(quoted: &str) -> Cow<'_, str> {
    let from = quoted.char_indices().nth(QUOTED / 2).map(|(at, _)| at);
    let to = quoted.char_indices().nth_back(QUOTED / 2 - 1).map(|(at, _)| at);
    match (from, to) {
        (Some(from), Some(to)) if quoted.chars().nth(QUOTED).is_some() => {
            format!("{}……{}", &quoted[..from], &quoted[to..]).into()
        }
        _ => quoted.into(),
    }
}

/// Returns the byte range of the first placeholder: crosses, underscores or hollow squares.
fn blank_to_fill(text: &str) -> Option<(usize, usize)> {
    let mut done = 0;
    // Nearly all characters are Chinese and are ruled out by one comparison.
    let is_mark = |c: char| !('\u{2e80}'..'\u{ff00}').contains(&c) && (is_underscore(c) || is_cross(c));
    for (start, mark) in text.match_indices(is_mark) {
        if start < done {
            continue;
        }
        let c = mark.chars().next().unwrap_or_default();
        let behind = text[start..].trim_start_matches(c);
        let end = text.len() - behind.len();
        done = end;
        let before = text[..start].chars().next_back().unwrap_or(' ');
        let after = behind.chars().next().unwrap_or(' ');
        let many = end - start > mark.len();
        // Letters of an address or a word are no crosses, and 3×4 is a size.
        let in_word = before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric();
        let in_address = c.is_ascii() && ".@/-:_".contains([before, after]);
        let is_part = in_word || is_cross(c) && in_address;
        if !is_part && (many || is_cross(c) && UNITS.contains(&after)) {
            return Some((start, end));
        }
    }
    None
}

fn is_underscore(c: char) -> bool {
    matches!(c, '_' | '＿' | '□' | '▁')
}

fn is_cross(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '✕')
}

/// Returns the byte range of a clause without its number: “现行有效的规范性文件。”, “共收到申请件”.
fn missing_number(text: &str) -> Option<(usize, usize)> {
    // All of them end with one of these characters, so that most clauses are skipped.
    for (at, last) in text.match_indices(['件', '条', '章']) {
        let end = at + last.len();
        let behind = text[end..].trim_start_matches(|c: char| c != '\n' && c.is_whitespace());
        if !behind.is_empty() && !behind.starts_with(STOPS) {
            continue;
        }
        let quoted = text[..end].rsplit(STOPS).next().unwrap_or_default();
        let counts = || last != "件" || COUNTING.iter().any(|lead| quoted.contains(lead));
        let is_lost = || WITHOUT_NUMBER.iter().any(|tail| quoted.ends_with(tail)) && counts();
        if (is_lost() || lost_in_force(quoted)) && !NUMBERLESS.iter().any(|word| quoted.contains(word)) {
            return Some((end - quoted.trim_start().len(), end));
        }
    }
    None
}

/// Returns `true` if a number should follow “现行有效的规范性文件”: if it stands alone or after a phrase that
/// introduces a number. As the object of a verb (清理现行有效的规范性文件) it needs none.
fn lost_in_force(quoted: &str) -> bool {
    let head = ["规范性文件", "规章"].iter().find_map(|tail| quoted.strip_suffix(tail));
    let head = head.map(|head| head.strip_suffix("行政").unwrap_or(head));
    let head = head.and_then(|head| head.trim_end_matches('的').strip_suffix("现行有效"));
    head.map(str::trim).is_some_and(|head| {
        head.is_empty() || ["共有", "现有", "我局有", "底"].iter().any(|lead| head.ends_with(lead))
    })
}

/// Returns the byte range of the last clause if the text breaks off after a comma or a colon. A colon is no
/// break in a text that leads over to what follows it, or behind words that do: 报告如下：
fn cut_off(text: &str, leads_over: bool) -> Option<(usize, usize)> {
    let trimmed = text.trim_end();
    let before_colon = trimmed.strip_suffix(['：', ':']);
    if before_colon.is_some_and(|head| leads_over || head.ends_with("如下") || head.ends_with("下表")) {
        return None;
    }
    let line = trimmed.rfind('\n').map_or(0, |at| at + 1);
    let last = &trimmed[line..];
    if !last.ends_with(['，', ',', '、', '：', ':']) {
        return None;
    }
    let clause = last.trim_end_matches(['，', ',', '、', '：', ':']);
    let start = clause.rfind(['。', '；', '，']).map_or(line, |at| line + at + '。'.len_utf8());
    Some((start, trimmed.len()))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found_with, underlined_in};
    use super::shorten;

    fn underlined(text: &str) -> Option<String> {
        underlined_in("S9", "overview", text)
    }

    #[test]
    fn a_long_passage_is_quoted_by_its_ends() {
        let found = found_with("S9", &[("overview", &format!("{}，", "公开信息".repeat(10_000)))]);
        let message = &found[0].message;
        assert!(
            message.contains("公开信息……")
                && message.contains("公开信息，”")
                && message.chars().count() < 120,
            "{message}"
        );
        assert_eq!(shorten(&"字".repeat(80)), "字".repeat(80));
        assert_eq!(shorten("甲乙"), "甲乙");
    }

    #[test]
    fn placeholders_are_found_and_underlined() {
        for (text, mark) in [
            ("全年收到申请XX件。", "XX"),
            ("全年收到申请×件。", "×"),
            ("联系电话＿＿＿＿。", "＿＿＿＿"),
            ("由____负责。", "____"),
            ("截至 X 月底，X年公开。", "X"),
        ] {
            assert_eq!(underlined(text).as_deref(), Some(mark), "{text}");
        }
    }

    #[test]
    fn letters_of_names_and_addresses_are_no_crosses() {
        for text in [
            "电子邮箱：xxgk_01@example.com，网址www.example.gov.cn/xx/index.html。",
            "用XLSX、XML格式公开，5×8米的展板。",
            "通过X光机和xx_gk栏目公开。",
        ] {
            assert_eq!(underlined(text), None, "{text}");
        }
    }

    #[test]
    fn a_sentence_without_its_number_is_found() {
        for (text, quoted) in [
            ("全年收到申请件，均已答复。", "全年收到申请件"),
            ("现行有效的规范性文件。", "现行有效的规范性文件"),
            ("公开信息条，", "公开信息条"),
        ] {
            assert_eq!(underlined(text).as_deref(), Some(quoted), "{text}");
        }
    }

    #[test]
    fn sentences_that_need_no_number_pass() {
        for text in [
            "现行有效的规范性文件12件。",
            "集中公开现行有效的规范性文件。",
            "学习政府信息条例，规范申请件办理。",
            "没有现行有效的规章。",
            "清理现行有效的规范性文件，公布目录。",
        ] {
            assert_eq!(underlined(text), None, "{text}");
        }
    }

    #[test]
    fn a_missing_final_stop_is_not_a_text_that_breaks_off() {
        assert_eq!(underlined("今后将加强培训。同时，").as_deref(), Some("同时，"));
        assert_eq!(underlined("今后将加强培训"), None, "many reports leave the last stop out");
    }

    #[test]
    fn a_negation_or_all_of_them_needs_no_number() {
        for text in [
            "2024年我局未收到政府信息公开申请件，无结转下年度继续办理件。",
            "收到申请3件，全部属自然人申请件，已答复3件。",
            "没有收到依申请公开申请件。",
            "认真办理每一个信息公开申请件。",
            "规范办理信息公开申请件。",
            "全年未发布规范性文件件。",
        ] {
            assert_eq!(underlined(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_that_leads_over_to_what_follows_is_not_cut_off() {
        let found = |id, text| found_with("S9", &[(id, text)]).len();
        assert_eq!(found("preface", "现将2024年度政府信息公开工作情况报告如下："), 0);
        assert_eq!(found("preface", "根据规定，由以下部分组成："), 0);
        assert_eq!(found("requests", "收到和处理政府信息公开申请情况见表："), 0);
        assert_eq!(found("problems", "一是解读不够，将加强培训。具体措施如下："), 0);
        assert_eq!(found("problems", "存在问题，将加强培训。一是："), 1);
        assert_eq!(found("preface", "根据《条例》要求，"), 1, "a comma leads nowhere");
    }

    #[test]
    fn a_placeholder_on_the_cover_is_found_too() {
        assert_eq!(found_with("S9", &[("cover.date", "2025年X月X日")]).len(), 1);
    }
}
