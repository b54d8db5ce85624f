//! Invented drafts, and the report that each of them prints.

use std::collections::BTreeMap;
use std::sync::Arc;

use nianbao::draft::{Value, parse_value};
use nianbao::form::{FieldId, Form, Library};

use crate::damage::report::{Dice, Kind, Part, Report, report};

/// A draft: what each cell of its tables holds, as printed.
pub struct Sample {
    pub name: &'static str,
    pub form: Arc<Form>,
    pub year: u16,
    pub printed: BTreeMap<FieldId, String>,
}

/// What kinds of numbers the drafts hold: the share of zeros in hundredths, and below what the others are.
const KINDS: [(&str, usize, u64); 4] =
    [("small", 80, 40), ("many", 10, 900), ("large", 60, 99_999_999), ("zero", 100, 1)];

/// Returns drafts of both forms with small, many, large and no numbers, one with a total that is wrong and
/// one with its zeros left blank.
pub fn samples() -> Vec<Sample> {
    let library = Library::new();
    let mut samples = Vec::new();
    for (disclosure, requests) in [("2021", "2021"), ("2019", "2019"), ("2021", "2019")] {
        let form = library.compose(disclosure, requests).unwrap();
        for (name, zeros, below) in KINDS {
            samples.push(sample(&form, name, zeros, below, samples.len() as u64));
        }
    }
    let form = library.compose("2021", "2021").unwrap();
    let mut broken = sample(&form, "wrong total", 70, 50, 91);
    broken.printed.insert("requests.granted.total".into(), "4711".into());
    broken.printed.insert("review.direct_suit.total".into(), "83".into());
    let mut blanks = sample(&form, "blanks", 70, 50, 92);
    blanks.printed.values_mut().filter(|text| *text == "0").for_each(String::clear);
    samples.extend([broken, blanks]);
    samples
}

fn sample(form: &Arc<Form>, name: &'static str, zeros: usize, below: u64, seed: u64) -> Sample {
    let mut dice = Dice::new(seed + 7_000);
    let mut numbers: BTreeMap<FieldId, u64> = BTreeMap::new();
    let fields =
        || form.fields().iter().filter(|field| field.kind.is_number() && field.id.section() != "cover");
    for field in fields() {
        let zero = dice.roll(100) < zeros;
        let number = 1 + dice.roll(usize::try_from(below).unwrap()) as u64;
        numbers.insert(field.id.clone(), if zero { 0 } else { number });
    }
    for _ in 0..3 {
        for relation in form.relations().iter().filter(|relation| relation.is_total) {
            let sum = relation.right.iter().filter_map(|field| numbers.get(field)).sum();
            if let [total] = &relation.left[..] {
                numbers.insert(total.clone(), sum);
            }
        }
    }
    let mut printed: BTreeMap<FieldId, String> =
        numbers.iter().map(|(field, number)| (field.clone(), number.to_string())).collect();
    for (field, text) in [
        ("disclosure.fees.amount", "128.46"),
        ("disclosure.procurement.amount", "251000元"),
        ("disclosure.penalties.change", "减3"),
    ] {
        if name != "zero" && printed.contains_key(field) {
            printed.insert(field.into(), text.into());
        }
    }
    let year = if form.id.contains("2019") { 2020 } else { 2023 };
    Sample { name, form: Arc::clone(form), year, printed }
}

impl Sample {
    /// Returns the report with its tables as they are printed.
    pub fn report(&self) -> Report {
        let mut whole = report(&self.form, &BTreeMap::new(), "示例县水务局", self.year, false);
        for part in &mut whole {
            let Part::Table(rows) = part else { continue };
            for row in rows {
                let values = row.cells.iter_mut().filter(|cell| cell.kind == Kind::Value);
                for (cell, field) in values.zip(&row.fields) {
                    cell.text.clone_from(&self.printed[field]);
                }
            }
        }
        whole
    }

    /// Returns what the draft holds in a cell.
    pub fn value(&self, field: &FieldId) -> Value {
        let kind = &self.form.field(field.as_str()).unwrap().kind;
        parse_value(kind, &self.printed[field])
    }
}
