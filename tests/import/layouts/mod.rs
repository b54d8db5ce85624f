//! Reports in the layouts in which offices publish them and clerks copy them: what is read of them, and
//! that nothing is read wrong.
//!
//! One of our own drafts is printed in each layout and imported again; with `NIANBAO_LAYOUTS=all` each of them is.
//! `SHOW=name` prints what is open or wrong in some layouts, with the document.

mod list;
mod sample;
mod shape;
mod spelling;
mod vary;
mod write;

use nianbao::draft::Value;
use nianbao::form::Library;
use nianbao::import::{Import, OpenState, import};
use nianbao::units::map_in_order;

use crate::damage::report::Report;
use sample::{Sample, samples};

/// How the report is changed, and how it is written.
pub struct Layout {
    name: &'static str,
    vary: fn(&mut Report),
    file: &'static str,
    write: fn(&Report) -> Vec<u8>,
    /// The share of the cells that is read at least, in thousandths: all where there is one reading.
    floor: usize,
    /// The same where zeros are left blank.
    blank_floor: usize,
}

#[derive(Default)]
struct Outcome {
    read: usize,
    open: Vec<String>,
    wrong: Vec<String>,
}

fn compare(sample: &Sample, found: &Import) -> Outcome {
    let mut outcome = Outcome::default();
    for field in sample.printed.keys() {
        let (got, want) = (found.draft.get(field.as_str()), sample.value(field));
        let state = found.open.iter().find(|open| open.field == *field).map(|open| open.state);
        let same = match (got, &want) {
            (Value::Money(got), Value::Money(want)) => got.amount == want.amount && got.unit == want.unit,
            _ => *got == want,
        };
        match state {
            Some(OpenState::Blank) if want.is_blank() => outcome.read += 1,
            Some(OpenState::NotFound | OpenState::Ambiguous) => outcome.open.push(field.to_string()),
            None if same => outcome.read += 1,
            state => {
                outcome.wrong.push(format!("{field}: {:?} {state:?}, not {}", got.typed(), want.typed()))
            }
        }
    }
    outcome
}

/// What became of one layout.
#[derive(Default)]
struct Judged {
    read: usize,
    all: usize,
    faults: Vec<String>,
    /// What there is to say about it.
    said: String,
}

fn judge(number: usize, layout: &Layout, samples: &[Sample], library: &Library) -> Judged {
    let every = std::env::var("NIANBAO_LAYOUTS").is_ok();
    let shows = std::env::var("SHOW").is_ok();
    let (mut read, mut open, mut wrong, mut least) = (0, 0, 0, [1000; 2]);
    let mut judged = Judged::default();
    let own = |at: usize| every || at == number % samples.len();
    for sample in samples.iter().enumerate().filter(|(at, _)| own(*at)).map(|(_, sample)| sample) {
        let mut report = sample.report();
        (layout.vary)(&mut report);
        let bytes = (layout.write)(&report);
        let blanks = usize::from(sample.name == "blanks");
        let outcome = match import(layout.file, &bytes, "2026-01-20", library) {
            Ok(found) => compare(sample, &found),
            Err(error) => {
                Outcome { open: vec![error.to_string(); sample.printed.len()], ..Outcome::default() }
            }
        };
        read += outcome.read;
        open += outcome.open.len();
        wrong += outcome.wrong.len();
        let told = outcome.read + outcome.open.len();
        least[blanks] = least[blanks].min(outcome.read * 1000 / told.max(1));
        let which = format!("{}, {} {}", layout.name, sample.name, sample.form.id);
        if shows && !(outcome.wrong.is_empty() && outcome.open.is_empty()) {
            let text = String::from_utf8_lossy(&bytes);
            judged.said +=
                &format!("{text}\n-- {which}\nopen {:?}\nwrong {:#?}\n", outcome.open, outcome.wrong);
        }
        if !outcome.wrong.is_empty() {
            let first = &outcome.wrong[..outcome.wrong.len().min(4)];
            judged.faults.push(format!("{which}: {first:?}"));
        }
    }
    judged.said += &format!(
        "{:<38} {read:>5} read {open:>5} open {wrong:>4} wrong; {:>4} of 1000, {:>4} with blanks",
        layout.name, least[0], least[1]
    );
    if least[0] < layout.floor || least[1] < layout.blank_floor {
        judged.faults.push(format!("{}: only {} and {} of 1000 read", layout.name, least[0], least[1]));
    }
    Judged { read, all: read + open + wrong, ..judged }
}

#[test]
fn every_layout_is_read_and_nothing_is_read_wrong() {
    let library = Library::new();
    let samples = samples();
    let shown = std::env::var("SHOW").unwrap_or_default();
    let (mut read, mut all, mut faults) = (0, 0, Vec::new());
    let wanted = list::LAYOUTS.iter().enumerate().filter(|(_, layout)| layout.name.contains(&shown));
    map_in_order(
        wanted,
        |(number, layout)| judge(number, layout, &samples, &library),
        |judged| {
            println!("{}", judged.said);
            read += judged.read;
            all += judged.all;
            faults.extend(judged.faults);
            true
        },
    );
    println!("{read} of {all} cells read");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
