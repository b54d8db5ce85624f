//! S10: a legal basis that is out of date or misspelt.

use std::ops::Range;

use super::input::finding_in_text;
use super::{Check, Finding, Rule, RuleInput, Severity};

const S10: Rule = Rule {
    id: "S10",
    severity: Severity::Warning,
    description: "引用的条例、文件是现行的，名称、文号没有写错。",
    basis: "政府信息公开条例已由国务院令第711号修订；2021年度起的格式见国办公开办函〔2021〕30号。写错的见于已公布的报告",
};

pub(super) const CHECK: Check = Check { rules: &[S10], run: check_legal_basis };

/// The regulation by its full name.
const REGULATION: &str = "中华人民共和国政府信息公开条例";

fn check_legal_basis(input: &RuleInput) -> Vec<Finding> {
    let year = input.draft.year();
    input
        .narratives()
        .filter_map(|(id, text)| {
            let (range, message) = first_problem(text, year)?;
            Some(finding_in_text(&S10, id, range, message))
        })
        .collect()
}

/// Returns the first wrong citation of a text and what is wrong with it.
fn first_problem(text: &str, year: Option<u16>) -> Option<(Range<usize>, String)> {
    // Nearly every text has none of these characters.
    if !text.contains(['令', '函', '《']) {
        return None;
    }
    misnamed_regulation(text)
        .or_else(|| {
            let start = text.find("国办公开函")?;
            Some((start..start + "国办公开函".len(), "文号的机关代字应是“国办公开办函”".into()))
        })
        .or_else(|| former_decree(text))
        .or_else(|| former_format(text, year))
}

/// Returns a name in 《》 that is meant for the regulation and is not its name.
fn misnamed_regulation(text: &str) -> Option<(Range<usize>, String)> {
    for (start, _) in text.match_indices('《') {
        let Some(length) = text[start..].find('》') else { break };
        let end = start + length + '》'.len_utf8();
        let name: String =
            text[start + '《'.len_utf8()..start + length].chars().filter(|c| !c.is_whitespace()).collect();
        let name = name.trim_end_matches("（修订）").trim_end_matches("(修订)");
        let is_meant = name.contains("人民共和国")
            && ["信息公开", "政务公开", "政府信息", "信息条"].iter().any(|word| name.contains(word))
            && ["条例", "条列", "条理", "条款"].iter().any(|word| name.ends_with(word));
        if is_meant && name != REGULATION {
            return Some((start..end, format!("条例的名称是《{REGULATION}》，这里写的是《{name}》")));
        }
        let is_misspelt = name.ends_with("政府信息公开条列");
        if is_misspelt {
            return Some((start..end, "“条列”应是“条例”".into()));
        }
    }
    None
}

/// Returns the decree of 2007, cited without the one that revised it.
fn former_decree(text: &str) -> Option<(Range<usize>, String)> {
    let decree = |number: &str| {
        let plain = ["令第", "令 第", "令"].iter().find_map(|lead| {
            let tail = format!("{lead}{number}号");
            text.find(&tail).map(|start| start..start + tail.len())
        });
        plain.filter(|range| text[..range.start].ends_with("国务院"))
    };
    let range = decree("492").filter(|_| !text.contains("711"))?;
    let start = range.start - "国务院".len();
    Some((start..range.end, "国务院令第492号是修订前的条例，现行的是国务院令第711号".into()))
}

/// Returns the notice with the older format, cited in a report of a year with the newer one.
fn former_format(text: &str, year: Option<u16>) -> Option<(Range<usize>, String)> {
    year.filter(|year| *year >= 2021)?;
    let cited = |of: &str, number: &str| {
        text.match_indices(of).find_map(|(at, _)| {
            let after = &text[at + of.len()..];
            let rest = after.trim_start_matches(['〕', '］', ']', '】', '）', ')', ' ', '年']);
            let rest = rest.trim_start_matches('第').strip_prefix(number)?;
            let head = &text[..at];
            let head = head.trim_end_matches(['〔', '［', '[', '【', '（', '(', ' ']);
            let by = ["国办公开办函", "国办公开函"].iter().find(|by| head.ends_with(**by))?;
            Some(head.len() - by.len()..text.len() - rest.len())
        })
    };
    let range = cited("2019", "60号")?;
    if cited("2021", "30号").is_some() {
        return None;
    }
    let message =
        "国办公开办函〔2019〕60号是2019、2020年度的格式；2021年度起的格式见国办公开办函〔2021〕30号";
    Some((range, message.into()))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, full_with, underlined_in};

    fn cited(text: &str) -> Option<String> {
        underlined_in("S10", "preface", text)
    }

    #[test]
    fn a_basis_out_of_date_or_misspelt_is_found_and_underlined() {
        for (text, quoted) in [
            ("根据国办公开办函〔2019〕60号要求编制。", "国办公开办函〔2019〕60号"),
            ("按照《格式》（国办公开办函[2019] 60号）编制。", "国办公开办函[2019] 60号"),
            ("根据《条例》（国务院令第492号）编制。", "国务院令第492号"),
            ("根据国办公开函〔2021〕30号编制。", "国办公开函"),
            ("根据《中华人民共和国信息公开条例》编制。", "《中华人民共和国信息公开条例》"),
            ("根据《中华人民共和国政府信息公开条列》编制。", "《中华人民共和国政府信息公开条列》"),
            ("根据《中华人民共和国政务公开条例》编制。", "《中华人民共和国政务公开条例》"),
            ("根据《政府信息公开条列》编制。", "《政府信息公开条列》"),
        ] {
            assert_eq!(cited(text).as_deref(), Some(quoted), "{text}");
        }
    }

    #[test]
    fn what_is_in_force_and_what_only_looks_alike_pass() {
        for text in [
            "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号编制。",
            "根据《中华人民共和国 政府信息公开条例》（以下简称《条例》）编制。",
            "《条例》由国务院令第492号公布，国务院令第711号修订。",
            "国办公开办函〔2021〕30号代替了国办公开办函〔2019〕60号。",
            "根据省办公开函〔2019〕60号和《示例省政府信息公开条例》编制。",
            "学习《中华人民共和国保守国家秘密法》和《优化营商环境条例》。",
        ] {
            assert_eq!(cited(text), None, "{text}");
        }
    }

    #[test]
    fn the_older_notice_is_the_basis_of_the_older_format() {
        let (form, draft) = full_with("2019", &[("preface", "根据国办公开办函〔2019〕60号编制。")]);
        assert_eq!(found(&form, &draft, "S10"), vec![]);
    }
}
