//! D2: cells left blank in a table that is being filled, and the quiet word on “not applicable”.

use super::subject::{at, lighter};
use super::{Check, Finding, Rule, Subject, Weight, tally};
use crate::draft::{Value, read};
use crate::edit::Edit;
use crate::form::{Field, Kind, Section};

const D2: Rule = Rule {
    id: "D2",
    weight: Weight::Warning,
    wants: "表里不留空格，没有就填 0；“/”“-”“无”按 0 计，也请核对。",
    rests_on: "空白不等于 0；留空是各地审核常退回的原因，格式本身没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[D2], run };

/// How many blank cells are named; the rest is counted.
const NAMED: usize = 3;

fn run(subject: &Subject) -> Vec<Finding> {
    let tables = subject.form.sections.iter().filter(|section| !section.blocks().is_empty());
    let begun = tables.clone().any(|section| is_begun(subject, section));
    let mut findings = Vec::new();
    for section in tables {
        if begun {
            findings.extend(blanks(subject, section));
        }
        findings.extend(not_applicable(subject, section));
    }
    findings
}

fn is_begun(subject: &Subject, section: &Section) -> bool {
    subject.entries_of(section).any(|(_, value)| !value.is_blank())
}

/// The fields of a table in which nothing stands.
fn blank_fields<'a>(subject: &Subject<'a>, section: &Section) -> impl Iterator<Item = &'a Field> {
    subject.entries_of(section).filter(|(_, value)| value.is_blank()).map(|(field, _)| field)
}

/// One finding for all the blank cells of a table. Totals have a rule of their own (D0).
fn blanks(subject: &Subject, section: &Section) -> Option<Finding> {
    let blank: Vec<&Field> = blank_fields(subject, section).filter(|field| field.sum.is_none()).collect();
    let first = blank.first()?;
    let heading = section.heading();
    let message = if is_begun(subject, section) {
        let names: Vec<String> =
            blank.iter().take(NAMED).map(|field| subject.name(field.id.as_str())).collect();
        let more = if blank.len() > NAMED { "等" } else { "" };
        let (names, count) = (names.join("、"), blank.len());
        format!("“{heading}”还有 {count} 格空着（{names}{more}）；没有就填 0")
    } else {
        format!("“{heading}”整张表都没有填")
    };
    let mut finding = at(&D2, first.id.as_str(), message);
    finding.fields = blank.iter().map(|field| field.id.clone()).collect();
    finding.cure = zeros(subject, section, &blank);
    Some(finding)
}

/// The edit that puts 0 into every blank cell of a table: only where no sum still waits for one of
/// them to be something else, and not for a table nobody has begun.
fn zeros(subject: &Subject, section: &Section, blank: &[&Field]) -> Option<Edit> {
    let Subject { form, draft, ledger, .. } = subject;
    let of_section = |id: &crate::form::FieldId| id.section() == section.id;
    let mut relations = form.relations().iter().filter(|relation| relation.fields().any(of_section));
    if !is_begun(subject, section) || relations.any(|r| tally::waits_for_blanks(subject, r)) {
        return None;
    }
    let mut edit = Edit::new();
    for field in blank {
        edit.put(draft, &field.id, read(&field.kind, "0"));
    }
    // A typed total over nothing but these cells is 0 with them.
    for field in blank_fields(subject, section) {
        let parts = field.sum.map(|sum| &form.relations()[sum].right);
        let typed = !ledger.computes(form, field.id.as_str());
        if typed && parts.is_some_and(|parts| ledger.sum(form, parts) == crate::draft::Amount::Blank) {
            edit.put(draft, &field.id, read(&field.kind, "0"));
        }
    }
    Some(edit)
}

/// The quiet remark on cells filled as not applicable: they count as 0.
fn not_applicable(subject: &Subject, section: &Section) -> Option<Finding> {
    // “无” is a right answer where there is no number to give.
    let is_one = |(field, value): &(&Field, &Value)| {
        field.kind != Kind::Prose && matches!(value, Value::NotApplicable(_))
    };
    let fields: Vec<(&Field, &Value)> = subject.entries_of(section).filter(is_one).collect();
    let (first, value) = fields.first()?;
    let typed = value.typed();
    let message = format!(
        "“{}”有 {} 格填了“{typed}”一类的写法，按 0 计；通常直接填 0",
        section.heading(),
        fields.len()
    );
    let mut finding = lighter(&D2, Weight::Remark, first.id.as_str(), message);
    finding.fields = fields.iter().map(|(field, _)| field.id.clone()).collect();
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full, put, with};
    use super::*;
    use crate::draft::Draft;
    use crate::form::Library;

    #[test]
    fn many_blanks_in_a_table_are_one_finding_with_one_cure() {
        let blank = ["upheld", "corrected", "other", "pending"]
            .map(|column| (format!("review.direct_suit.{column}"), String::new()));
        let blank: Vec<(&str, &str)> = blank.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let (form, mut draft) = with("2021", &blank);
        let findings = found(&form, &draft, "D2");
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("4 格空着"), "{}", findings[0].message);
        findings[0].cure.clone().unwrap().apply(&mut draft);
        assert_eq!(draft, full("2021").1);
    }

    #[test]
    fn a_blank_group_is_filled_with_its_typed_total() {
        let (form, mut draft) = full("2021");
        Edit::switch_totals(&form, &draft).apply(&mut draft);
        let whole = draft.clone();
        for column in ["upheld", "corrected", "other", "pending", "total"] {
            put(&form, &mut draft, &format!("review.later_suit.{column}"), "");
        }
        found(&form, &draft, "D2")[0].cure.clone().unwrap().apply(&mut draft);
        assert_eq!(draft, whole);
    }

    #[test]
    fn no_zero_is_offered_while_a_sum_waits_for_something_else() {
        let finding = found_with("D2", &[("requests.granted.natural", "")]).remove(0);
        assert_eq!(finding.cure, None, "the 8 of this cell are missing");
    }

    #[test]
    fn only_a_table_forgotten_beside_others_is_reported() {
        let library = Library::new();
        let form = library.get("2021").unwrap();
        let mut draft = Draft::new("示例市某局", 2024, &library);
        assert_eq!(found(&form, &draft, "D2"), vec![]);
        put(&form, &mut draft, "review.direct_suit.upheld", "0");
        let findings = found(&form, &draft, "D2");
        assert_eq!(findings.len(), 3);
        assert!(findings[0].message.contains("整张表都没有填") && findings[0].cure.is_none());
    }

    #[test]
    fn not_applicable_draws_one_remark_per_table() {
        let typed = [
            ("disclosure.regulations.issued", "/"),
            ("disclosure.regulations.repealed", "—"),
            ("review.direct_suit.upheld", "无"),
        ];
        let findings = found_with("D2", &typed);
        assert_eq!(findings.iter().map(|f| f.weight).collect::<Vec<_>>(), [Weight::Remark; 2]);
        assert!(findings[0].message.contains("2 格"), "{}", findings[0].message);
    }

    #[test]
    fn a_full_table_has_nothing_to_say() {
        assert_eq!(found_with("D2", &[]), vec![]);
    }
}
