//! D2c: cells that an import could not tell and that nobody has answered.

use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::{Draft, Unread};
use crate::form::{Field, FieldId, Section};
use crate::text::quoted;

const D2C: Rule = Rule {
    id: "D2c",
    severity: Severity::Error,
    description: "导入时未能确认的格（显示为“?”），都要对照原文填上。",
    basis: "原文这几格可能有数，程序不能确认；既不是空白，也不能当作 0。这是程序自己的要求，不是格式的要求",
};

pub(super) const CHECK: Check = Check { rules: &[D2C], run: check_unread_cells };

fn check_unread_cells(input: &RuleInput) -> Vec<Finding> {
    input.form.tables().filter_map(|table| unread_cells(input, table)).collect()
}

/// Returns one finding for all unread cells of a table; `None` if there are none.
fn unread_cells(input: &RuleInput, section: &Section) -> Option<Finding> {
    let all = input.draft.unread_cells(input.form);
    let cells: Vec<(&Field, &Unread)> = all.filter(|(field, _)| field.id.section() == section.id).collect();
    let (first, unread) = cells.first()?;
    let message = format!(
        "“{}”有 {} 格导入时未能确认，请对照原文填上。第一处：{}，{}",
        section.heading(),
        cells.len(),
        input.name(first.id.as_str()),
        describe_unread(input.draft, &first.id, unread, MAX_QUOTED),
    );
    let fields = cells.iter().map(|(field, _)| field.id.clone()).collect();
    Some(Finding::new(D2C.id, D2C.severity, fields, message))
}

/// The most that a finding quotes of a line of the source, in characters.
const MAX_QUOTED: usize = 39;

/// Returns what the source has of an unread cell and what the cell could be. Of the source at most `most`
/// characters are quoted.
pub fn describe_unread(draft: &Draft, id: &FieldId, unread: &Unread, most: usize) -> String {
    let shown = |text: &String| if text.is_empty() { "空白".to_string() } else { quoted(text) };
    let list: Vec<String> = unread.candidates.iter().map(shown).collect();
    let list = if list.is_empty() { String::new() } else { format!("，可能是 {}", list.join(" 或 ")) };
    describe_source(draft, id, unread, most) + &list
}

/// Returns what the source has of an unread cell: where it was read, and the last `most` characters of that,
/// for its numbers stand behind its labels.
pub fn describe_source(draft: &Draft, id: &FieldId, unread: &Unread, most: usize) -> String {
    let Unread { line, text, .. } = unread;
    let skipped = text.chars().count().saturating_sub(most);
    let mark = if skipped > 0 { "…" } else { "" };
    let end: String = mark.chars().chain(text.chars().skip(skipped)).collect();
    let place = draft.provenance.as_ref().and_then(|from| from.place_of(id));
    let line = || (*line > 0).then(|| format!("第 {line} 行"));
    match (place.map(String::from).or_else(line), text.is_empty()) {
        (None, true) => "原文里没有找到".to_string(),
        (None, false) => format!("原文里未能确认：{}", quoted(&end)),
        (Some(place), true) => format!("原文{place}起没有找到"),
        (Some(place), false) => format!("原文{place}：{}", quoted(&end)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, full, full_with, type_into};
    use super::super::{Context, LastYear, Severity, check};
    use crate::draft::{Draft, Totals, Unread, Value};
    use crate::edit::Edit;
    use crate::form::Form;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn unread(candidates: &[&str], line: usize, text: &str) -> Value {
        let candidates = candidates.iter().map(|text| (*text).to_string()).collect();
        Value::Unread(Box::new(Unread { candidates, line, text: text.into() }))
    }

    #[test]
    fn unread_cells_are_one_error_a_table_with_all_of_them() {
        let (form, mut draft) = full("2021");
        draft.set("disclosure.licensing.decisions", unread(&["35", "3", ""], 12, "行政许可 35"));
        draft.set("disclosure.penalties.decisions", unread(&[], 0, ""));
        draft.set("review.direct_suit.upheld", unread(&[], 30, ""));
        let findings = found(&form, &draft, "D2c");
        assert_eq!(findings.iter().map(|f| f.fields.len()).collect::<Vec<_>>(), [2, 1]);
        assert!(findings.iter().all(|f| f.severity == Severity::Error && f.fix.is_none()));
        let message = &findings[0].message;
        for part in ["有 2 格", "行政许可·", "原文第 12 行：“行政许可 35”", "可能是 “35” 或 “3” 或 空白"]
        {
            assert!(message.contains(part), "{part} is not in {message}");
        }
        assert!(findings[1].message.contains("原文第 30 行起没有找到"), "{}", findings[1].message);
        let long = format!("{}规章 12\u{1b}[2J", "本年新制作数量".repeat(20));
        draft.set("review.direct_suit.upheld", unread(&[], 30, &long));
        let message = &found(&form, &draft, "D2c")[1].message;
        assert!(message.contains("：“…") && message.contains("规章 12\\u{1b}[2J”"), "{message}");
        assert!(!message.contains(char::is_control));
        draft.set("review.direct_suit.upheld", Value::Count(0));
        assert_eq!(found(&form, &draft, "D2c").len(), 1, "answered");
    }

    #[test]
    fn no_zeros_are_offered_beside_unread_cells() {
        let (form, mut draft) = full_with("2021", &[("disclosure.coercion.decisions", "")]);
        assert!(found(&form, &draft, "D2")[0].fix.is_some());
        draft.set("disclosure.penalties.decisions", unread(&[], 3, "5"));
        let findings = found(&form, &draft, "D2");
        assert_eq!(findings[0].fields.len(), 1, "unread is not blank");
        assert_eq!(findings[0].fix, None);
    }

    /// Full reports with typed or computed totals, some cells of which are blank and some unread.
    fn reports() -> impl Strategy<Value = (Arc<Form>, Draft, Vec<String>)> {
        let form = proptest::sample::select(vec!["2019", "2021"]);
        let cells = proptest::collection::vec((any::<prop::sample::Index>(), 0..3u8), 1..30);
        (form, any::<bool>(), cells).prop_map(|(id, typed, cells)| {
            let (form, mut draft) = full(id);
            if typed {
                Edit::switch_totals(&form, &draft).apply(&mut draft);
            }
            let fields: Vec<_> = form
                .fields()
                .iter()
                .filter(|field| field.kind.is_number() && (typed || field.sum.is_none()))
                .map(|field| field.id.clone())
                .collect();
            for (at, what) in cells {
                let value = match what {
                    0 => Value::Blank,
                    1 => Value::Count(7),
                    _ => unread(&["1", "12"], 3, "1 2"),
                };
                draft.set(at.get(&fields).clone(), value);
            }
            let unread = draft.unread_cells(&form).map(|(field, _)| field.id.to_string()).collect();
            (form, draft, unread)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

        #[test]
        fn no_finding_but_d2c_judges_or_fills_an_unread_cell((form, draft, unread) in reports()) {
            let (_, mut before) = full(&form.id);
            type_into(&form, &mut before, "cover.year", if form.id == "2019" { "2019" } else { "2023" });
            let last = LastYear::new(form.clone(), before);
            let findings = check(&form, &draft, Context { last_year: Some(&last), ..Context::default() });
            let asked: Vec<&str> =
                findings.iter().filter(|f| f.rule == "D2c").flat_map(|f| &f.fields).map(|id| id.as_str()).collect();
            prop_assert_eq!(&asked, &unread);
            for finding in findings.iter().filter(|finding| finding.rule != "D2c") {
                let named = finding.fields.iter().find(|id| asked.contains(&id.as_str()));
                prop_assert!(named.is_none(), "{} names {named:?}: {}", finding.rule, finding.message);
                let filled = finding.fix.iter().flat_map(Edit::fields).find(|id| asked.contains(&id.as_str()));
                prop_assert!(filled.is_none(), "{} fills {filled:?}", finding.rule);
            }
        }

        #[test]
        fn a_sum_over_an_unread_cell_is_never_a_number((form, mut draft, _) in reports()) {
            if draft.totals == Totals::Typed {
                Edit::switch_totals(&form, &draft).apply(&mut draft);
            }
            let ledger = crate::draft::Ledger::new(&form, &draft);
            for relation in form.relations().iter().filter(|relation| relation.is_total) {
                let over = relation.right.iter().any(|id| draft.get(id.as_str()).unread().is_some());
                let shown = ledger.display_text(&form, &draft, relation.left[0].as_str());
                prop_assert!(!over || shown == "?", "{}: {shown}", relation.name);
            }
        }
    }
}
