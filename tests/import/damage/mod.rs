//! Damaged documents of every kind: no field gets a value that the source does not say at that place.
//!
//! A correct report is damaged, written into one of the layouts and imported. What its tables say then is
//! known from how they were damaged, never from the reader: a value that is read is the one cell of that
//! row and column, or it is wrong. Leaving a field open is always right here; that readable ones are read
//! is for other tests.
//!
//! `NIANBAO_DAMAGED=20000 cargo test --test import damage` hunts longer, `NIANBAO_SEED` says from where;
//! `SHOW=1` prints the document of every seed that fails.

mod harm;
pub mod layouts;
pub mod report;

use std::collections::BTreeMap;

use nianbao::form::{FieldId, Form, Library};
use nianbao::import::import;
use nianbao::units::map_in_order;

use layouts::{LAYOUTS, Layout};
use report::{ANY, Dice, Part, Positions, Report};

/// How many documents are tried in a plain `cargo test`.
const DOCUMENTS: u64 = 200;

/// Documents of longer hunts that were once misread: labels doubled above their numbers, cells of a sheet or between
/// bars moved by one, digits run together whose row does not add up, two rows exchanged, one of two rows of a sheet
/// moved beside its headings, rows with blanks and a cell too many, a page number or a row of last year taken for 四.
const FOUND: [u64; 25] = [
    780, 866, 1306, 1486, 1502, 1532, 1582, 1767, 1930, 2008, 2186, 2258, 2670, 2846, 2885, 3012, 3181,
    40103, 40370, 40549, 41508, 42166, 60238, 60360, 61639,
];

/// A document, what it says, and what was done to it.
struct Damaged {
    layout: &'static Layout,
    form: std::sync::Arc<Form>,
    bytes: Vec<u8>,
    said: BTreeMap<FieldId, Vec<String>>,
    done: Vec<String>,
}

fn damaged(seed: u64, library: &Library) -> Damaged {
    let mut dice = Dice::new(seed);
    let layout = &LAYOUTS[seed as usize % LAYOUTS.len()];
    let (disclosure, requests) = dice.one_of(&[("2021", "2021"), ("2019", "2019"), ("2021", "2019")]);
    let form = library.compose(disclosure, requests).unwrap();
    let numbers = report::numbers(&form, &mut dice);
    let year = if requests == "2021" { 2023 } else { 2020 };
    // Of a column with one number left it is said which row that is beside.
    let blanks = dice.roll(3) == 0 && layout.name != "by column";
    let mut whole: Report = report::report(&form, &numbers, "示例县水务局", year, blanks);
    if dice.roll(10) == 0 {
        let cut = 3 + dice.roll(whole.len() - 3);
        whole.truncate(cut.max(4));
        if dice.roll(2) == 0 {
            whole.retain(|part| matches!(part, Part::Text(_)));
        }
        whole.extend(report::report(&form, &report::numbers(&form, &mut dice), "示例县林业局", year, false));
        let done = vec![format!("a second report behind part {cut}")];
        return Damaged { layout, form, bytes: (layout.write)(&whole), said: BTreeMap::new(), done };
    }
    let is_text =
        layout.positions == Positions::Words || layout.file.ends_with("md") || layout.name == "tabs";
    if is_text && dice.roll(4) == 0 {
        let text = String::from_utf8((layout.write)(&whole)).unwrap();
        let (text, done) = harm::harm_lines(&text, &mut dice);
        return Damaged {
            layout,
            form,
            bytes: text.into_bytes(),
            said: report::said(&whole, layout.positions),
            done: vec![done],
        };
    }
    let done = (0..1 + dice.roll(3)).map(|_| harm::harm(&mut whole, &mut dice)).collect();
    Damaged {
        layout,
        form,
        bytes: (layout.write)(&whole),
        said: report::said(&whole, layout.positions),
        done,
    }
}

/// The values that the document does not say, and how many it has read.
fn wrong(damaged: &Damaged, library: &Library) -> (Vec<String>, usize) {
    let Ok(found) = import(damaged.layout.file, &damaged.bytes, "2024-01-20", library) else {
        return (Vec::new(), 0);
    };
    // A cell has a row and a column; the text that stands beside its table has neither.
    let is_cell = |field: &FieldId| {
        ["disclosure", "requests", "review"].contains(&field.section()) && field.as_str().contains('.')
    };
    let mut read = 0;
    let values = found.draft.values().filter(|(field, value)| is_cell(field) && value.unread().is_none());
    let wrong = values.filter_map(|(field, value)| {
        let typed = value.typed();
        read += 1;
        let said = damaged.said.get(field).map_or(&[][..], Vec::as_slice);
        (said != [typed.clone()] && !said.iter().any(|text| text == ANY))
            .then(|| format!("{field} = {typed}, said {said:?}"))
    });
    let wrong = wrong.collect();
    (wrong, read)
}

#[test]
fn no_damaged_document_gives_a_value_it_does_not_say() {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let first = number("NIANBAO_SEED").unwrap_or(0);
    let library = Library::new();
    let (mut read, mut finds) = (0, Vec::new());
    let seeds = first..first + number("NIANBAO_DAMAGED").unwrap_or(DOCUMENTS);
    let found = FOUND.into_iter().filter(|seed| first == 0 && !seeds.contains(seed));
    let each = |seed: u64| {
        let document = damaged(seed, &library);
        let (wrong, count) = wrong(&document, &library);
        (seed, document, wrong, count)
    };
    map_in_order(seeds.clone().chain(found), each, |(seed, document, wrong, count)| {
        read += count;
        if !wrong.is_empty() {
            let form = &document.form;
            let which = format!("seed {seed}, {}, {:?}: {:?}", document.layout.name, form.id, document.done);
            if std::env::var("SHOW").is_ok() {
                println!("{}", String::from_utf8_lossy(&document.bytes));
            }
            println!("{which}\n  {}", wrong.join("\n  "));
            finds.push(seed);
        }
        true
    });
    println!("{} documents, {read} values read, {} with wrong ones", seeds.count(), finds.len());
    assert!(finds.is_empty(), "seeds {finds:?}");
    assert!(read > 0, "something is read");
}
