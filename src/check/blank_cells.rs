//! D2: cells left blank in a table that has been started, and a remark on “not applicable”.

use super::input::{finding_at, finding_with_severity};
use super::{Check, Finding, Rule, RuleInput, Severity, tally};
use crate::draft::{Value, parse_value};
use crate::edit::Edit;
use crate::form::{Field, Kind, Section};

const D2: Rule = Rule {
    id: "D2",
    severity: Severity::Warning,
    description: "表里不留空格，没有就填 0；“/”“-”“无”按 0 计，也请核对。",
    basis: "空白不等于 0；留空是各地审核常退回的原因，格式本身没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[D2], run: check_blank_cells };

/// The number of blank cells that are named; the rest is only counted.
const NAMED: usize = 3;

fn check_blank_cells(input: &RuleInput) -> Vec<Finding> {
    let tables = input.form.tables();
    tables.flat_map(|table| [blank_cells(input, table), not_applicable(input, table)]).flatten().collect()
}

/// Returns the blank fields of a table.
fn blank_fields<'a>(input: &RuleInput<'a>, section: &Section) -> impl Iterator<Item = &'a Field> {
    input.entries_of(section).filter(|(_, value)| value.is_blank()).map(|(field, _)| field)
}

/// Returns one finding for all blank cells of a table; `None` if there are none. Blank totals are found by
/// rule D0, wholly blank tables by rule D2b.
fn blank_cells(input: &RuleInput, section: &Section) -> Option<Finding> {
    if input.draft.is_table_blank(input.form, section) {
        return None;
    }
    let blank: Vec<&Field> = blank_fields(input, section).filter(|field| field.sum.is_none()).collect();
    let first = blank.first()?;
    let names: Vec<String> = blank.iter().take(NAMED).map(|field| input.name(field.id.as_str())).collect();
    let more = if blank.len() > NAMED { "等" } else { "" };
    let (heading, names, count) = (section.heading(), names.join("、"), blank.len());
    let message = format!("“{heading}”还有 {count} 格空着（{names}{more}）；没有就填 0");
    let mut finding = finding_at(&D2, first.id.as_str(), message);
    finding.fields = blank.iter().map(|field| field.id.clone()).collect();
    finding.fix = fill_with_zeros(input, section, &blank);
    Some(finding)
}

/// Returns the edit that sets all blank cells of a table to 0. `None` if a sum still needs one of them to be
/// another number, or if the table has cells that an import could not tell: what the source has there may
/// belong to the cells beside them.
fn fill_with_zeros(input: &RuleInput, section: &Section, blank: &[&Field]) -> Option<Edit> {
    let RuleInput { form, draft, ledger, .. } = input;
    let of_section = |id: &crate::form::FieldId| id.section() == section.id;
    let mut relations = form.relations().iter().filter(|relation| relation.fields().any(of_section));
    let is_unread = input.entries_of(section).any(|(_, value)| value.unread().is_some());
    if is_unread || relations.any(|r| tally::waits_for_blanks(input, r)) {
        return None;
    }
    let mut edit = Edit::new();
    for field in blank {
        edit.push_value(draft, &field.id, parse_value(&field.kind, "0"));
    }
    // A typed total over nothing but these cells becomes 0 too.
    for field in blank_fields(input, section) {
        let parts = field.sum.map(|sum| &form.relations()[sum].right);
        let typed = !ledger.is_computed(form, field.id.as_str());
        if typed && parts.is_some_and(|parts| ledger.sum(form, parts) == crate::draft::Amount::Blank) {
            edit.push_value(draft, &field.id, parse_value(&field.kind, "0"));
        }
    }
    Some(edit)
}

/// Returns the remark on cells filled as not applicable, which count as 0; `None` if there are none.
fn not_applicable(input: &RuleInput, section: &Section) -> Option<Finding> {
    // “无” is a proper answer in a narrative.
    let is_one = |(field, value): &(&Field, &Value)| {
        field.kind != Kind::Prose && matches!(value, Value::NotApplicable(_))
    };
    let fields: Vec<(&Field, &Value)> = input.entries_of(section).filter(is_one).collect();
    let (first, value) = fields.first()?;
    let typed = value.typed();
    let message = format!(
        "“{}”有 {} 格填了“{typed}”一类的写法，按 0 计；通常直接填 0",
        section.heading(),
        fields.len()
    );
    let mut finding = finding_with_severity(&D2, Severity::Remark, first.id.as_str(), message);
    finding.fields = fields.iter().map(|(field, _)| field.id.clone()).collect();
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full, full_with, type_into};
    use super::*;

    #[test]
    fn many_blanks_in_a_table_are_one_finding_with_one_fix() {
        let blank = ["upheld", "corrected", "other", "pending"]
            .map(|column| (format!("review.direct_suit.{column}"), String::new()));
        let blank: Vec<(&str, &str)> = blank.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let (form, mut draft) = full_with("2021", &blank);
        let findings = found(&form, &draft, "D2");
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("4 格空着"), "{}", findings[0].message);
        findings[0].fix.clone().unwrap().apply(&mut draft);
        assert_eq!(draft, full("2021").1);
    }

    #[test]
    fn a_blank_group_is_filled_with_its_typed_total() {
        let (form, mut draft) = full("2021");
        Edit::switch_totals(&form, &draft).apply(&mut draft);
        let whole = draft.clone();
        for column in ["upheld", "corrected", "other", "pending", "total"] {
            type_into(&form, &mut draft, &format!("review.later_suit.{column}"), "");
        }
        found(&form, &draft, "D2")[0].fix.clone().unwrap().apply(&mut draft);
        assert_eq!(draft, whole);
    }

    #[test]
    fn zeros_are_not_offered_if_a_sum_needs_another_number() {
        let finding = found_with("D2", &[("requests.granted.natural", "")]).remove(0);
        assert_eq!(finding.fix, None, "the 8 of this cell are missing");
    }

    #[test]
    fn not_applicable_gives_one_remark_per_table() {
        let typed = [
            ("disclosure.regulations.issued", "/"),
            ("disclosure.regulations.repealed", "—"),
            ("review.direct_suit.upheld", "无"),
        ];
        let findings = found_with("D2", &typed);
        assert_eq!(findings.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Remark; 2]);
        assert!(findings[0].message.contains("2 格"), "{}", findings[0].message);
    }

    #[test]
    fn a_full_table_has_no_finding() {
        assert_eq!(found_with("D2", &[]), vec![]);
    }
}
