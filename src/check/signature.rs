//! S7 and S7b: the date of signature is after the end of the year and before the deadline, by law or of the
//! folder.

use jiff::civil::Date;

use super::input::{finding_at, finding_with_severity};
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::{due_date, format_date, parse_date};

const S7: Rule = Rule {
    id: "S7",
    severity: Severity::Warning,
    description: "有落款日期的，在报告年度结束之后；部门的不晚于1月31日，政府的不晚于3月31日。",
    basis: "政府信息公开条例第四十九条（1月31日前提交，3月31日前公布）；年度未完不落款是统计期限的当然之义。格式没有印落款，所以没有日期的只是留意",
};

const S7B: Rule = Rule {
    id: "S7b",
    severity: Severity::Warning,
    description: "落款日期不晚于文件夹设置（nianbao.ron）里写的报送期限。",
    basis: "本文件夹的 nianbao.ron；有的地方要求得比条例早（如怀化要求1月26日、28日前报，县区2月20日前）",
};

pub(super) const CHECK: Check = Check { rules: &[S7, S7B], run: check_signature };

fn check_signature(input: &RuleInput) -> Vec<Finding> {
    if input.field("cover.date").is_none() {
        return Vec::new();
    }
    let typed = input.draft.text("cover.date").trim();
    let signed = parse_date(typed);
    let law = signature_problem(input, typed, signed);
    law.into_iter().chain(folder_deadline_problem(input, typed, signed)).collect()
}

fn signature_problem(input: &RuleInput, typed: &str, signed: Option<Date>) -> Option<Finding> {
    let at = |message| finding_at(&S7, "cover.date", message);
    // The article sets no day for townships and others.
    let deadline = due_date(input.draft).filter(|_| matches!(input.kind(), "部门" | "政府"));
    if typed.is_empty() {
        let late = deadline.filter(|last| input.context.today.is_some_and(|today| today > *last));
        let message = match late {
            Some(last) => format!("没有填落款日期；条例规定的期限是 {}，已逾期", format_date(last)),
            None => "没有填落款日期".into(),
        };
        return Some(finding_with_severity(&S7, Severity::Remark, "cover.date", message));
    }
    let Some(signed) = signed else {
        return Some(at(format!("落款日期“{typed}”无法识别，请写成 2025年1月20日 的样子")));
    };
    let year = input.draft.year()?;
    if signed.year() <= i16::try_from(year).ok()? {
        let signed = format_date(signed);
        return Some(at(format!("落款日期 {signed} 早于统计期限的终点 {year}年12月31日，请核对")));
    }
    let last = deadline.filter(|last| signed > *last)?;
    let whose = input.kind();
    Some(at(format!("落款日期 {} 晚于 {}：{whose}年度报告的期限", format_date(signed), format_date(last))))
}

/// Returns what is wrong with the date by the deadline of the folder.
fn folder_deadline_problem(input: &RuleInput, typed: &str, signed: Option<Date>) -> Option<Finding> {
    let last = input.context.settings?.deadline?;
    let year = input.draft.year()?;
    // A deadline is for the reports that are collected in its year.
    if i32::from(last.year()) != i32::from(year) + 1 {
        return None;
    }
    let message = match signed {
        Some(signed) if signed > last => {
            format!("落款日期 {} 晚于本文件夹的报送期限 {}", format_date(signed), format_date(last))
        }
        None if typed.is_empty() && input.context.today.is_some_and(|today| today > last) => {
            format!("没有填落款日期，本文件夹的报送期限 {} 已逾期", format_date(last))
        }
        _ => return None,
    };
    Some(finding_at(&S7B, "cover.date", message))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found_with, full_with};
    use crate::check::{Context, RuleSettings, Severity, check};
    use crate::draft::Value;
    use jiff::civil::date;

    fn by_folder(date: &str, deadline: jiff::civil::Date, today: jiff::civil::Date) -> Option<String> {
        let (form, draft) = full_with("2021", &[("cover.date", date)]);
        let settings = RuleSettings { deadline: Some(deadline), ..RuleSettings::default() };
        let context = Context { settings: Some(&settings), today: Some(today), ..Context::default() };
        let findings = check(&form, &draft, context);
        findings.into_iter().find(|finding| finding.rule == "S7b").map(|finding| finding.message)
    }

    #[test]
    fn the_folders_deadline_may_be_earlier_than_the_laws() {
        let (last, today) = (date(2025, 1, 20), date(2025, 1, 20));
        assert!(by_folder("2025年1月21日", last, today).unwrap().contains("2025年1月20日"));
        assert_eq!(by_folder("2025年1月20日", last, today), None, "on the day");
        assert!(by_folder("", last, date(2025, 1, 21)).unwrap().contains("已逾期"));
        assert_eq!(by_folder("", last, today), None);
        assert_eq!(by_folder("2025年1月21日", date(2024, 1, 20), today), None, "of another year");
        assert!(found_with("S7b", &[("cover.date", "2025年6月21日")]).is_empty(), "none is set");
    }

    fn dated(date: &str, kind: &str) -> Option<String> {
        let typed = [("cover.unit", "某单位"), ("cover.date", date), ("cover.kind", kind)];
        found_with("S7", &typed).pop().map(|finding| finding.message)
    }

    #[test]
    fn no_date_is_a_remark_and_an_unreadable_one_a_warning() {
        let severity = |date| found_with("S7", &[("cover.date", date)]).pop().unwrap().severity;
        assert_eq!(severity(""), Severity::Remark, "the form prints no signature");
        assert_eq!(severity("一月二十"), Severity::Warning);
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
        assert!(message(date(2025, 2, 1)).contains("已逾期"));
        assert!(!message(date(2025, 1, 31)).contains("已逾期"));
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
