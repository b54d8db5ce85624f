//! S2 and S2b: unit, year and title are filled in; the title names the report year once, and the report.

use super::input::{finding_at, finding_with_severity};
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::{Draft, Value};
use crate::edit::Edit;
use crate::form::FieldId;
use crate::text::{digits, numerals};

const S2: Rule = Rule {
    id: "S2",
    severity: Severity::Error,
    description: "单位、年度、标题都填；标题里写一次年份，与报告年度一致，“年度”不重复。",
    basis: "单位、年度、标题用来认出一份报告；“2020年度……年度报告”一类重复见于已公布的报告，是文字毛病。格式没有写明标题怎样写",
};

const S2B: Rule = Rule {
    id: "S2b",
    severity: Severity::Warning,
    description: "标题说明这是政府信息公开年度报告。",
    basis: "政府信息公开条例第四十九条所称“政府信息公开工作年度报告”；写成工作总结、政务公开报告的见于已公布的报告",
};

pub(super) const CHECK: Check = Check { rules: &[S2, S2B], run: check_cover };

fn check_cover(input: &RuleInput) -> Vec<Finding> {
    let draft = input.draft;
    let mut findings = Vec::new();
    if draft.unit().trim().is_empty() {
        findings.push(finding_at(&S2, "cover.unit", "没有填单位名称".into()));
    }
    match (draft.get("cover.year"), draft.year()) {
        (_, Some(_)) => {}
        (Value::Blank, _) => findings.push(finding_at(&S2, "cover.year", "没有填报告年度".into())),
        (value, _) => {
            let message = format!("报告年度“{}”无法识别，请填四位数的年份，如 2024", value.typed());
            findings.push(finding_at(&S2, "cover.year", message));
        }
    }
    if draft.text("cover.title").trim().is_empty() {
        let mut finding = finding_at(&S2, "cover.title", "没有填标题".into());
        finding.fix = standard_title(draft);
        findings.push(finding);
    } else {
        findings.extend(check_title(draft));
        findings.extend(other_report(draft));
    }
    findings
}

fn standard_title(draft: &Draft) -> Option<Edit> {
    let (unit, year) = (draft.unit(), draft.year()?);
    let title = format!("{unit}{year}年政府信息公开工作年度报告");
    (!unit.is_empty()).then(|| Edit::set(draft, &FieldId::new("cover.title"), Value::Text(title)))
}

/// Returns what is wrong with a title that is filled in.
fn check_title(draft: &Draft) -> Vec<Finding> {
    let title = draft.text("cover.title");
    let years = title_years(title);
    let mut findings = Vec::new();
    match (&years[..], draft.year()) {
        ([], Some(year)) => {
            let message = format!("标题里没有年份，报告年度是 {year} 年");
            findings.push(finding_with_severity(&S2, Severity::Warning, "cover.title", message));
        }
        ([first, rest @ ..], Some(year)) => {
            if let Some(other) = years.iter().find(|found| found.number != year) {
                let message = format!("标题写的是 {} 年，报告年度是 {year} 年，请核对", other.number);
                let mut finding = finding_at(&S2, "cover.title", message);
                finding.expected = Some(year.to_string());
                finding.found = Some(other.number.to_string());
                findings.push(finding);
            } else if !rest.is_empty() {
                let message = format!("标题里 {} 年写了 {} 次，写一次即可", first.number, years.len());
                findings.push(finding_with_severity(&S2, Severity::Warning, "cover.title", message));
            }
        }
        (_, None) => {}
    }
    if let [only] = &years[..]
        && let Some(mended) = without_doubled(title, only.end)
    {
        let message = "标题里“年度”写了两次，写成“××年政府信息公开工作年度报告”即可".to_string();
        let mut finding = finding_with_severity(&S2, Severity::Warning, "cover.title", message);
        finding.expected = Some(mended.clone());
        finding.found = Some(title.into());
        finding.fix = Some(Edit::set(draft, &FieldId::new("cover.title"), Value::Text(mended)));
        findings.push(finding);
    }
    findings
}

/// Returns the finding that the title is not that of a yearly report on information disclosure.
fn other_report(draft: &Draft) -> Option<Finding> {
    let title = draft.text("cover.title");
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let is_report = plain.contains("年报") || plain.contains("年度") && plain.contains("报告");
    if plain.contains("政府信息公开") && is_report {
        return None;
    }
    let message = "标题里没有“政府信息公开……年度报告”，请核对是不是这份报告的标题".to_string();
    let mut finding = finding_at(&S2B, "cover.title", message);
    finding.found = Some(title.into());
    finding.fix = standard_title(draft);
    Some(finding)
}

/// A year in a title, and the byte after its digits.
struct TitleYear {
    number: u16,
    end: usize,
}

/// Returns the years named in a title: four digits before 年, half-width, full-width or Chinese.
fn title_years(title: &str) -> Vec<TitleYear> {
    let signs: Vec<(usize, char)> = title.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let mut found = Vec::new();
    for (at, window) in signs.windows(5).enumerate() {
        let [.., (last, digit), (_, mark)] = *window else { continue };
        let is_digit = |c: char| digits::digit(c).or(numerals::digit(c)).is_some();
        let four: Vec<char> = window.iter().take(4).map(|(_, c)| *c).collect();
        let longer = at.checked_sub(1).and_then(|at| signs.get(at)).is_some_and(|(_, c)| is_digit(*c));
        if let Some(number @ 1000..=2999) = numerals::parse_year(&four)
            && mark == '年'
            && !longer
        {
            found.push(TitleYear { number, end: last + digit.len_utf8() });
        }
    }
    found
}

/// Returns the title without the first 度 of “2020年度…年度报告”; `None` if it is not doubled.
fn without_doubled(title: &str, year_end: usize) -> Option<String> {
    let (head, tail) = title.split_at_checked(year_end)?;
    let at = tail.find('年')?;
    let rest = tail.get(at + '年'.len_utf8()..)?;
    let rest = rest.trim_start().strip_prefix('度')?;
    let plain: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    plain.contains("年度").then(|| format!("{head}{}年{rest}", &tail[..at]))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full, type_into};
    use super::*;

    #[test]
    fn unit_year_and_title_are_required() {
        let findings = found_with("S2", &[("cover.unit", ""), ("cover.year", ""), ("cover.title", "")]);
        let at: Vec<_> = findings.iter().map(|f| f.fields[0].as_str()).collect();
        assert_eq!(at, ["cover.unit", "cover.year", "cover.title"]);
        assert!(findings.iter().all(|f| f.severity == Severity::Error));
    }

    #[test]
    fn a_missing_title_has_a_fix() {
        let (form, mut draft) = full("2021");
        let whole = draft.clone();
        type_into(&form, &mut draft, "cover.title", "");
        found(&form, &draft, "S2")[0].fix.clone().unwrap().apply(&mut draft);
        assert_eq!(draft, whole);
    }

    #[test]
    fn a_repeated_term_is_fixed_and_spaces_are_kept() {
        let (form, mut draft) = full("2021");
        type_into(&form, &mut draft, "cover.title", "示例市某局 2024 年度政府信息公开工作年度报告");
        let finding = found(&form, &draft, "S2").remove(0);
        assert_eq!(finding.severity, Severity::Warning);
        finding.fix.unwrap().apply(&mut draft);
        assert_eq!(draft.text("cover.title"), "示例市某局 2024 年政府信息公开工作年度报告");
        assert_eq!(found(&form, &draft, "S2"), vec![]);
    }

    #[test]
    fn the_title_must_name_the_report_year() {
        for (title, severity) in [
            ("示例市某局2023年政府信息公开工作年度报告", Severity::Error),
            ("示例市某局二〇二三年政府信息公开工作年度报告", Severity::Error),
            ("示例市某局二O二三年政府信息公开工作年度报告", Severity::Error),
            ("示例市某局政府信息公开工作年度报告", Severity::Warning),
            ("示例市某局12024年政府信息公开工作年度报告", Severity::Warning),
            ("2024年示例市某局2024年政府信息公开工作年报", Severity::Warning),
        ] {
            let findings = found_with("S2", &[("cover.title", title)]);
            assert_eq!(findings.iter().map(|f| f.severity).collect::<Vec<_>>(), [severity], "{title}");
        }
    }

    #[test]
    fn other_spellings_of_a_correct_title_pass() {
        for title in [
            "示例市某局二〇二四年政府信息公开工作年度报告",
            "示例市某局二O二四年政府信息公开工作年度报告",
            "示例市某局APP2024年政府信息公开工作年度报告",
            "示例市某局２０２４年政府信息公开工作年度报告",
            "2024 年度示例市某局政府信息公开工作报告",
            "示例市某局2024年\n政府信息公开工作年度报告",
        ] {
            assert_eq!(found_with("S2", &[("cover.title", title)]), vec![], "{title}");
        }
    }

    #[test]
    fn a_title_of_another_document_is_questioned() {
        for title in [
            "2024年政务公开工作总结",
            "示例市某局2024年信息公开工作年度报告",
            "示例市某局2024年政府信息公开工作总结",
        ] {
            assert_eq!(found_with("S2b", &[("cover.title", title)]).len(), 1, "{title}");
        }
        for title in [
            "示例市某局2024年政府信息公开工作年度报告",
            "示例市某局2024年政府\n信息公开年报",
            "示例市某局2024年度政府信息公开工作报告",
            "",
        ] {
            assert_eq!(found_with("S2b", &[("cover.title", title)]), vec![], "{title}");
        }
    }

    #[test]
    fn an_unreadable_year_is_not_compared_with_the_title() {
        let findings = found_with("S2", &[("cover.year", "24")]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("无法识别"));
    }
}
