//! D2b: a table left wholly blank in a report that has been started.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::form::Section;

const D2B: Rule = Rule {
    id: "D2b",
    severity: Severity::Error,
    description: "二、三、四各表不能整张空白，没有就逐格填 0；表没有填的报告不算已报，也不计入汇总。",
    basis: "国办公开办函〔2019〕60号、〔2021〕30号的格式，六个部分缺一不可；空白不等于 0",
};

pub(super) const CHECK: Check = Check { rules: &[D2B], run: check_blank_tables };

fn check_blank_tables(input: &RuleInput) -> Vec<Finding> {
    // A draft just created is not a report yet.
    let blank: Vec<&Section> = input.draft.blank_tables(input.form).collect();
    let has_text = || input.narratives().any(|(_, text)| !text.is_empty());
    if blank.len() == input.form.tables().count() && !has_text() {
        return Vec::new();
    }
    blank.into_iter().filter_map(|table| blank_table(input, table)).collect()
}

/// Returns the finding at the first cell of a table: all of them would make a screen of errors.
fn blank_table(input: &RuleInput, table: &Section) -> Option<Finding> {
    let first = input.form.fields_of(table).first()?;
    let message = format!("“{}”整张表都没有填；没有就逐格填 0", table.heading());
    Some(finding_at(&D2B, first.id.as_str(), message))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full, type_into};
    use super::*;
    use crate::draft::{Draft, Value};
    use crate::form::Library;

    fn blank() -> (std::sync::Arc<crate::form::Form>, Draft) {
        let library = Library::new();
        (library.get("2021").unwrap(), Draft::new("示例市某局", 2024, &library))
    }

    fn first_fields(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.fields[0].as_str()).collect()
    }

    #[test]
    fn a_text_without_tables_has_an_error_for_each_table() {
        let (form, mut draft) = blank();
        type_into(&form, &mut draft, "overview", "2024年，我局按要求做好政府信息公开工作。");
        let findings = found(&form, &draft, "D2b");
        assert_eq!(
            first_fields(&findings),
            ["disclosure.regulations.issued", "requests.new.natural", "review.reconsideration.upheld"]
        );
        assert!(findings.iter().all(|f| f.severity == Severity::Error && f.fix.is_none()));
        assert!(findings[0].message.contains("“二、"), "{}", findings[0].message);
        assert_eq!(found(&form, &draft, "D2"), vec![]);
    }

    #[test]
    fn one_table_left_out_is_one_error_and_no_blank_cells() {
        let (form, mut draft) = full("2021");
        for field in form.fields().iter().filter(|field| field.id.section() == "review") {
            draft.set(field.id.clone(), Value::Blank);
        }
        assert_eq!(first_fields(&found(&form, &draft, "D2b")), ["review.reconsideration.upheld"]);
        assert_eq!(found(&form, &draft, "D2"), vec![]);
    }

    #[test]
    fn one_cell_makes_a_table_unfinished_and_not_blank() {
        let (form, mut draft) = blank();
        for typed in ["0", "/", "约3件"] {
            type_into(&form, &mut draft, "review.direct_suit.upheld", typed);
            assert_eq!(
                first_fields(&found(&form, &draft, "D2b")),
                ["disclosure.regulations.issued", "requests.new.natural"],
                "{typed}"
            );
        }
    }

    #[test]
    fn a_draft_just_created_and_a_full_one_have_none() {
        let (form, mut draft) = blank();
        draft.set("cover.date", Value::Text("2025年1月15日".into()));
        assert_eq!(found(&form, &draft, "D2b"), vec![]);
        assert_eq!(draft.blank_tables(&form).count(), 3);
        assert_eq!(found_with("D2b", &[]), vec![]);
    }
}
