//! D9: only the State Council's departments, provinces and cities with districts issue 规章.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};

const D9: Rule = Rule {
    id: "D9",
    severity: Severity::Warning,
    description: "设区的市以下的单位，“规章”各格应当是 0。",
    basis: "立法法：地方政府规章由省、自治区、直辖市和设区的市、自治州的人民政府制定",
};

pub(super) const CHECK: Check = Check { rules: &[D9], run: check_regulations };

fn check_regulations(input: &RuleInput) -> Vec<Finding> {
    let level = input.draft.text("cover.level");
    if !["县区", "乡镇"].contains(&level) {
        return Vec::new();
    }
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
    let message = format!("{level}一级不制定规章，而“规章”填了{}，是否应填在规范性文件", parts.join("、"));
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
        for level in ["设区市", ""] {
            let typed = [("disclosure.regulations.issued", "1"), ("cover.level", level)];
            assert_eq!(found_with("D9", &typed), vec![], "{level}");
        }
    }

    #[test]
    fn zero_and_not_applicable_are_no_regulations() {
        for text in ["0", "/", ""] {
            assert_eq!(found_with("D9", &[("disclosure.regulations.issued", text)]), vec![], "{text}");
        }
    }
}
