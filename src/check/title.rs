//! The title of a report: its year, and that it is the title of this report.

use super::input::{finding_at, finding_with_severity};
use super::title_years::{title_years, without_doubled};
use super::{Finding, Rule, Severity};
use crate::draft::{Draft, Value};
use crate::edit::Edit;
use crate::form::FieldId;

pub(super) const S2: Rule = Rule {
    id: "S2",
    severity: Severity::Error,
    description: "单位、年度、标题都填；标题里写一次年份，与报告年度一致，“年度”不重复。",
    basis: "单位、年度、标题用来认出一份报告；“2020年度……年度报告”一类重复见于已公布的报告，是文字毛病。格式没有写明标题怎样写",
};

pub(super) const S2B: Rule = Rule {
    id: "S2b",
    severity: Severity::Warning,
    description: "标题说明这是政府信息公开年度报告。",
    basis: "政府信息公开条例第四十九条所称“政府信息公开工作年度报告”；写成工作总结、政务公开报告的见于已公布的报告",
};

pub(super) fn standard_title(draft: &Draft) -> Option<Edit> {
    let (unit, year) = (draft.unit(), draft.year()?);
    let title = format!("{unit}{year}年政府信息公开工作年度报告");
    (!unit.is_empty()).then(|| Edit::set(draft, &FieldId::new("cover.title"), Value::Text(title)))
}

/// Returns what is wrong with a title that is filled in.
pub(super) fn check_title(draft: &Draft) -> Vec<Finding> {
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
pub(super) fn other_report(draft: &Draft) -> Option<Finding> {
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
