//! How far a draft is, and when it has to be handed in.

use jiff::civil::{Date, date};

use super::{Draft, Ledger};
use crate::form::{Field, Form};

/// How many of the numbers to enter are filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilledCells {
    /// Those that are neither blank nor unread.
    pub filled: usize,
    /// All of them. Totals that are computed are not among them.
    pub all: usize,
}

impl FilledCells {
    /// Counts the numbers of a draft; `ledger` is the draft's.
    pub fn count(form: &Form, draft: &Draft, ledger: &Ledger) -> Self {
        let numbers = form.fields().iter().filter(|field| field.kind.is_number());
        FilledCells::of_fields(numbers.filter(|field| !ledger.is_computed(form, field.id.as_str())), draft)
    }

    /// Counts these fields of a draft.
    pub fn of_fields<'f>(fields: impl Iterator<Item = &'f Field>, draft: &Draft) -> Self {
        fields.fold(FilledCells::default(), |count, field| {
            let value = draft.get(field.id.as_str());
            let is_filled = !value.is_blank() && value.unread().is_none();
            FilledCells { filled: count.filled + usize::from(is_filled), all: count.all + 1 }
        })
    }

    /// Returns the part that is filled, as a number of `steps`. It is `steps` only if all are filled.
    pub fn of_steps(self, steps: usize) -> usize {
        self.filled.saturating_mul(steps) / self.all.max(1)
    }
}

/// Returns the day by which a draft's report has to be handed in or published; `None` if its year or the kind
/// of organ is not known.
pub fn due_date(draft: &Draft) -> Option<Date> {
    match draft.organ_kind().value {
        "" => None,
        kind => due_date_of(draft.year()?, kind == "政府"),
    }
}

/// Returns the day by which reports of a year have to be handed in (departments, by 31 January) or published
/// (a government's own report, by 31 March): 条例 article 49.
pub fn due_date_of(year: u16, government: bool) -> Option<Date> {
    let next = i16::try_from(year).ok()?.checked_add(1).filter(|year| *year <= 9999)?;
    Some(if government { date(next, 3, 31) } else { date(next, 1, 31) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Value;
    use crate::form::Library;

    #[test]
    fn departments_hand_in_by_january_and_governments_by_march() {
        let mut draft = Draft::new("示例市某单位", 2025, &Library::new());
        assert_eq!(due_date(&draft), None, "the kind of organ is not known");
        draft.set("cover.kind", Value::Text("部门".into()));
        assert_eq!(due_date(&draft), Some(date(2026, 1, 31)));
        draft.set("cover.kind", Value::Text("政府".into()));
        assert_eq!(due_date(&draft), Some(date(2026, 3, 31)));
        assert_eq!(due_date_of(u16::MAX, false), None);
    }

    #[test]
    fn computed_totals_are_not_among_the_cells_to_fill() {
        let library = Library::new();
        let mut draft = Draft::new("示例市某局", 2025, &library);
        let form = draft.form(&library).unwrap();
        let filled = |draft: &Draft| FilledCells::count(&form, draft, &Ledger::new(&form, draft));
        assert_eq!(filled(&draft), FilledCells { filled: 0, all: 166 });
        draft.set("requests.new.natural", Value::Count(0));
        let count = filled(&draft);
        assert_eq!(count.filled, 1, "a zero is filled in");
        assert_eq!((count.of_steps(166), count.of_steps(10)), (1, 0));
    }
}
