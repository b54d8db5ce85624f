//! Starting this year's draft from last year's.

use crate::draft::{Amount, Draft, Ledger, Value};
use crate::form::{Form, Library};

/// The cover fields that stay the same from year to year.
const COVER: [&str; 4] = ["cover.signed_by", "cover.scope", "cover.kind", "cover.level"];

/// Returns a draft for `year` that starts where last year's ended.
///
/// The form follows the year. The unit, the cover's choices and the signature are kept; 结转下年度 becomes
/// 上年结转 in each column. 现行有效 starts with last year's number, which rule D4 reports until 制发 and
/// 废止 are filled in. Numbers that last year's report lacks or that cannot be read or told stay blank, and so do
/// the narratives. The caller sets the path of last year's draft ([`Draft::last_year`]).
pub fn carry(form: &Form, last: &Draft, year: u16, library: &Library) -> Draft {
    let mut draft = Draft::new(last.unit(), year, library);
    for id in COVER {
        let value = last.get(id);
        if !value.is_blank() {
            draft.set(id, value.clone());
        }
    }
    let Ok(own) = draft.form(library) else { return draft };
    let ledger = Ledger::new(form, last);
    for field in own.fields().iter().filter(|field| field.sum.is_none()) {
        let source = match (field.id.section(), field.id.row(), field.id.column()) {
            ("requests", "carried_in", column) => format!("requests.carried_out.{column}"),
            ("disclosure", _, "in_force") => field.id.as_str().to_string(),
            _ => continue,
        };
        let Amount::Known(number) = ledger.amount(form, &source) else { continue };
        if let Ok(count) = u64::try_from(number) {
            draft.set(field.id.clone(), Value::Count(count));
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{FormIds, Totals, parse_value};
    use std::sync::Arc;

    /// Returns a bureau's draft of last year.
    fn last(id: &str, year: u16) -> (Arc<Form>, Draft, Library) {
        let library = Library::new();
        let mut draft = Draft::new("示例市某局", year, &library);
        draft.forms = FormIds::same(id);
        let form = draft.form(&library).unwrap();
        for (name, text) in [
            ("cover.kind", "部门"),
            ("cover.level", "县区"),
            ("cover.date", "2025年1月20日"),
            ("overview", "去年的话。"),
            ("requests.carried_out.natural", "3"),
            ("requests.carried_out.business", "/"),
            ("requests.carried_out.legal", "二"),
            ("requests.new.natural", "12"),
        ] {
            draft.set(name, parse_value(&form.field(name).unwrap().kind, text));
        }
        draft.set("requests.carried_out.welfare", Value::Unread(Box::default()));
        (form, draft, library)
    }

    #[test]
    fn only_what_follows_from_last_year_is_carried() {
        let (form, mut before, library) = last("2021", 2024);
        before.set("disclosure.normative.in_force", Value::Count(32));
        let draft = carry(&form, &before, 2025, &library);
        let names: Vec<&str> = draft.values().map(|(id, _)| id.as_str()).collect();
        assert_eq!(
            names,
            [
                "cover.kind",
                "cover.level",
                "cover.scope",
                "cover.signed_by",
                "cover.title",
                "cover.unit",
                "cover.year",
                "disclosure.normative.in_force",
                "requests.carried_in.business",
                "requests.carried_in.natural",
            ]
        );
        assert_eq!(*draft.get("requests.carried_in.natural"), Value::Count(3));
        assert_eq!(*draft.get("requests.carried_in.business"), Value::Count(0), "not applicable counts as 0");
        assert_eq!(*draft.get("requests.carried_in.legal"), Value::Blank, "it could not be read");
        assert_eq!(draft.text("cover.title"), "示例市某局2025年政府信息公开工作年度报告");
        assert_eq!(draft.totals, Totals::Auto);
    }

    #[test]
    fn the_format_is_that_of_the_new_year() {
        let (form, mut before, library) = last("2019", 2020);
        before.set("disclosure.normative.total", Value::Count(368));
        let draft = carry(&form, &before, 2021, &library);
        assert_eq!(draft.forms, FormIds::same("2021"));
        assert_eq!(*draft.get("requests.carried_in.natural"), Value::Count(3));
        assert_eq!(
            *draft.get("disclosure.normative.in_force"),
            Value::Blank,
            "对外公开总数量 is another number"
        );
    }

    #[test]
    fn a_draft_with_nothing_to_carry_gives_an_empty_one() {
        let library = Library::new();
        let before = Draft::new("示例市某局", 2024, &library);
        let form = before.form(&library).unwrap();
        assert_eq!(carry(&form, &before, 2025, &library), Draft::new("示例市某局", 2025, &library));
    }
}
