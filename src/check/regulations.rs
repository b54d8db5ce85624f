//! D9: a county, a township or a department has no 规章 of its own.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};

const D9: Rule = Rule {
    id: "D9",
    severity: Severity::Warning,
    description: "县级、乡级的单位和地方各级部门，“规章”各格一般是 0。",
    basis: "规章由国务院部门、省级和设区的市级人民政府制定，这是对立法法的一般理解，没有逐条核对；格式没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[D9], run: check_regulations };

/// Returns who the unit is, if it makes no 规章.
fn without_regulations(input: &RuleInput) -> Option<String> {
    match (input.kind(), input.level()) {
        (_, level @ ("县区" | "乡镇")) => Some(format!("{level}一级的单位")),
        ("部门", "国家") => None,
        ("部门", "省" | "设区市") => Some("地方的部门".into()),
        // 某某市财政局: of whatever level, it is a local one.
        ("部门", _) if input.draft.unit().contains(['省', '市']) => Some("地方的部门".into()),
        _ => None,
    }
}

fn check_regulations(input: &RuleInput) -> Vec<Finding> {
    let Some(who) = without_regulations(input) else { return Vec::new() };
    let filled = input.form.fields().iter().filter(|field| {
        let rows = field.id.section() == "disclosure" && field.id.row() == "regulations";
        rows && input.number(field.id.as_str()).is_some_and(|number| !number.is_zero())
    });
    let cells: Vec<_> = filled.collect();
    let Some(first) = cells.first() else { return Vec::new() };
    let parts: Vec<String> = cells
        .iter()
        .map(|field| format!("{} {}", field.column, input.draft.get(field.id.as_str()).typed()))
        .collect();
    let message =
        format!("{who}一般不制定规章，而“规章”填了{}，请核对是否应填在规范性文件", parts.join("、"));
    let mut finding = finding_at(&D9, first.id.as_str(), message);
    finding.fields = cells.iter().map(|field| field.id.clone()).collect();
    finding.expected = Some("0".into());
    finding.found = Some(input.draft.get(first.id.as_str()).typed().into_owned());
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full_with};

    #[test]
    fn a_county_with_regulations_gets_one_finding() {
        let typed = [("disclosure.regulations.issued", "1"), ("disclosure.regulations.in_force", "3")];
        let findings = found_with("D9", &typed);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].fields.len(), 2);
        let (form, draft) = full_with("2019", &[("disclosure.regulations.total", "2")]);
        assert_eq!(found(&form, &draft, "D9").len(), 1, "in the older format too");
    }

    #[test]
    fn cities_and_units_of_unknown_level_pass() {
        for (unit, kind, level) in [
            ("示例市人民政府", "", ""),
            ("示例市人民政府", "政府", "设区市"),
            ("示例部", "", ""),
            ("某局", "", ""),
            ("某局", "部门", "国家"),
        ] {
            let issued = ("disclosure.regulations.issued", "1");
            let typed = [issued, ("cover.unit", unit), ("cover.kind", kind), ("cover.level", level)];
            assert_eq!(found_with("D9", &typed), vec![], "{unit}");
        }
    }

    #[test]
    fn a_local_department_of_any_level_is_questioned() {
        for (unit, level) in [("示例市财政局", ""), ("示例市财政局", "设区市"), ("示例省水利厅", "")]
        {
            let issued = ("disclosure.regulations.issued", "1");
            let typed = [issued, ("cover.unit", unit), ("cover.kind", ""), ("cover.level", level)];
            assert_eq!(found_with("D9", &typed).len(), 1, "{unit}");
        }
    }

    #[test]
    fn zero_and_not_applicable_are_no_regulations() {
        for text in ["0", "/", ""] {
            assert_eq!(found_with("D9", &[("disclosure.regulations.issued", text)]), vec![], "{text}");
        }
    }
}
