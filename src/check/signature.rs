//! S7: the date of signature is filled in, after the end of the year and before the deadline.

use jiff::civil::Date;

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::{format_date, parse_date};

const S7: Rule = Rule {
    id: "S7",
    severity: Severity::Warning,
    description: "落款有日期，在报告年度结束之后；部门的报告不晚于1月31日，政府的报告不晚于3月31日。",
    basis: "政府信息公开条例第四十九条（1月31日前提交，3月31日前公布）；年度未完不落款是统计期限的当然之义",
};

pub(super) const CHECK: Check = Check { rules: &[S7], run: check_signature };

fn check_signature(input: &RuleInput) -> Vec<Finding> {
    if input.field("cover.date").is_none() {
        return Vec::new();
    }
    signature_problem(input).map(|message| finding_at(&S7, "cover.date", message)).into_iter().collect()
}

fn signature_problem(input: &RuleInput) -> Option<String> {
    let year = input.draft.year();
    let deadline = year.and_then(|year| deadline(input.draft.text("cover.kind"), year));
    let typed = input.draft.text("cover.date").trim();
    if typed.is_empty() {
        let late = input.context.today.zip(deadline).filter(|(today, (last, _))| today > last);
        return Some(match late {
            Some((_, (last, whose))) => {
                format!("没有填落款日期；{whose}应当在 {} 前完成，现在已经过了", format_date(last))
            }
            None => "没有填落款日期".into(),
        });
    }
    let Some(signed) = parse_date(typed) else {
        return Some(format!("落款日期“{typed}”无法识别，请写成 2025年1月20日 的样子"));
    };
    let year = year?;
    if signed.year() <= i16::try_from(year).ok()? {
        return Some(format!("落款日期 {} 早于统计期限的终点 {year}年12月31日，请核对", format_date(signed)));
    }
    let (last, whose) = deadline?;
    (signed > last)
        .then(|| format!("落款日期 {} 晚于 {}：{whose}的期限", format_date(signed), format_date(last)))
}

/// Returns the deadline for units of that kind, and whose report it is for. The article sets none for townships
/// and others.
fn deadline(kind: &str, year: u16) -> Option<(Date, &'static str)> {
    let next = i16::try_from(year).ok()?.checked_add(1)?;
    match kind {
        "部门" => Some((Date::new(next, 1, 31).ok()?, "部门年度报告")),
        "政府" => Some((Date::new(next, 3, 31).ok()?, "政府年度报告")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found_with, full_with};
    use crate::check::{Context, check};
    use crate::draft::Value;
    use jiff::civil::date;

    fn dated(date: &str, kind: &str) -> Option<String> {
        let typed = [("cover.date", date), ("cover.kind", kind)];
        found_with("S7", &typed).pop().map(|finding| finding.message)
    }

    #[test]
    fn missing_and_unreadable_dates_are_warnings() {
        assert!(dated("", "").unwrap().contains("没有填"));
        assert!(dated("一月二十", "").unwrap().contains("无法识别"));
    }

    #[test]
    fn a_date_before_the_end_of_the_year_is_found() {
        assert!(dated("2024年12月31日", "").unwrap().contains("早于"));
        assert!(dated("2023年12月23日", "").unwrap().contains("早于"));
        assert_eq!(dated("2025年1月1日", ""), None);
    }

    #[test]
    fn each_kind_of_unit_has_its_deadline() {
        assert_eq!(dated("2025年1月31日", "部门"), None);
        assert!(dated("2025年2月1日", "部门").unwrap().contains("2025年1月31日"));
        assert_eq!(dated("2025-03-31", "政府"), None);
        assert!(dated("2025-04-01", "政府").unwrap().contains("2025年3月31日"));
    }

    #[test]
    fn a_unit_of_unknown_kind_has_no_deadline() {
        for kind in ["", "乡镇街道", "其他"] {
            assert_eq!(dated("2025年6月1日", kind), None, "{kind}");
        }
    }

    #[test]
    fn an_unsigned_report_after_the_deadline_is_a_finding() {
        let (form, draft) = full_with("2021", &[("cover.date", "")]);
        let message = |day| {
            let findings = check(&form, &draft, Context { today: Some(day), ..Context::default() });
            findings.into_iter().find(|f| f.rule == "S7").unwrap().message
        };
        assert!(message(date(2025, 2, 1)).contains("已经过了"));
        assert!(!message(date(2025, 1, 31)).contains("已经过了"));
    }

    #[test]
    fn a_year_outside_the_calendar_does_not_panic() {
        assert_eq!(found_with("S7", &[("cover.year", "2999")]).len(), 1);
        let (form, mut draft) = full_with("2021", &[]);
        for year in [0, 9999, 12345, u64::MAX] {
            draft.set("cover.year", Value::Count(year));
            check(&form, &draft, Context::default());
        }
    }
}
