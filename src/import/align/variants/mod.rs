//! Invented reports in every layout that copies and pages come in: nothing is ever read into the
//! wrong cell, and everything is read where the layout says it.

mod layouts;

use super::super::{OpenState, import};
use crate::form::{FieldId, Form, Library, Section};
use layouts::{
    aligned, before_labels, by_column, markdown, one_cell_a_line, one_row_a_line, page_of, run_together,
    tabbed,
};

/// A small generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % sides) as usize
    }
}

/// A row as printed: the labels above it, its own label, its fields and their text.
#[derive(Clone)]
struct PrintedRow {
    above: Vec<String>,
    label: String,
    fields: Vec<FieldId>,
    values: Vec<String>,
}

struct InventedReport {
    disclosure: Vec<(String, Vec<PrintedRow>)>,
    requests: Vec<PrintedRow>,
    review: Vec<PrintedRow>,
}

fn forms(disclosure: &str, requests: &str) -> std::sync::Arc<Form> {
    Library::new().compose(disclosure, requests).unwrap()
}

fn rows(section: &Section, dice: &mut Dice, zeros: u64) -> Vec<(String, Vec<PrintedRow>)> {
    let mut blocks = Vec::new();
    for block in section.blocks() {
        let heads: Vec<String> = block.columns.iter().map(|column| column.label.text.to_string()).collect();
        let mut list = Vec::new();
        for line in &block.rows {
            let mut sum = 0;
            let count = line.cells.len();
            let values = (0..count)
                .map(|at| {
                    let total = count > 3 && at + 1 == count;
                    let number = if dice.roll(100) as u64 >= zeros { dice.roll(500) } else { 0 };
                    let number = if total { sum } else { number };
                    sum += number;
                    number.to_string()
                })
                .collect();
            list.push(PrintedRow {
                above: line.parents.iter().map(|label| label.text.to_string()).collect(),
                label: line.label.text.to_string(),
                fields: line.cells.clone(),
                values,
            });
        }
        blocks.push((format!("{} 信息内容 {}", block.caption, heads.join(" ")), list));
    }
    blocks
}

fn report(form: &Form, dice: &mut Dice, zeros: u64) -> InventedReport {
    let mut section = |id: &str| rows(form.section(id).unwrap(), dice, zeros);
    let disclosure = section("disclosure");
    let requests = section("requests").remove(0).1;
    let review = section("review").remove(0).1;
    InventedReport { disclosure, requests, review }
}

struct ReadOutcome {
    wrong: Vec<String>,
    right: usize,
    open: Vec<String>,
}

fn outcome(name: &str, text: &str, report: &InventedReport, form: &Form) -> ReadOutcome {
    let library = Library::new();
    let found = import(name, text.as_bytes(), "2025-01-20", &library).unwrap();
    let mut outcome = ReadOutcome { wrong: Vec::new(), right: 0, open: Vec::new() };
    let rows =
        report.disclosure.iter().flat_map(|(_, rows)| rows).chain(&report.requests).chain(&report.review);
    for (field, want) in rows.flat_map(|row| row.fields.iter().zip(&row.values)) {
        let open = found.open.iter().find(|open| open.field == *field);
        let got = found.draft.get(field.as_str());
        match open.map(|open| open.state) {
            Some(OpenState::Blank) if want == "0" => outcome.right += 1,
            Some(OpenState::Ambiguous) if got.unread().is_none() => {
                outcome.wrong.push(format!("{field}: {:?}, not unread", got.typed()));
            }
            Some(OpenState::NotFound | OpenState::Ambiguous) if got.number().is_none() => {
                outcome.open.push(field.to_string());
            }
            None if got.typed() == *want => outcome.right += 1,
            None if form.field(field.as_str()).is_some() && got.is_blank() => {
                outcome.open.push(field.to_string())
            }
            state => outcome.wrong.push(format!("{field}: {:?} {state:?}, not {want}", got.typed())),
        }
    }
    outcome
}

type LayoutWriter = fn(&InventedReport, &mut Dice) -> String;

#[test]
fn no_cell_is_wrong_in_any_layout_and_readable_ones_are_read() {
    // Layout, file name, the share of cells that must be read, in hundredths.
    let layouts: [(&str, &str, LayoutWriter, usize); 9] = [
        ("one row a line", "a.txt", one_row_a_line, 99),
        ("one cell a line", "a.txt", one_cell_a_line, 99),
        ("aligned", "a.txt", aligned, 99),
        ("tabbed", "a.txt", tabbed, 99),
        ("markdown", "a.md", markdown, 99),
        ("page", "a.html", page_of, 99),
        ("run together", "a.txt", run_together, 0),
        ("by column", "a.txt", by_column, 0),
        ("before labels", "a.txt", before_labels, 0),
    ];
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for (layout, file, write, share) in layouts {
        let (mut right, mut all) = (0, 0);
        for round in 0..rounds {
            {
                let (disclosure, requests) =
                    [("2019", "2019"), ("2021", "2021"), ("2021", "2019")][round as usize % 3];
                let form = forms(disclosure, requests);
                let mut dice = Dice(round * 77 + 5);
                let report = report(&form, &mut dice, [0, 60, 95, 100][round as usize % 4]);
                let text = write(&report, &mut dice);
                let ReadOutcome { wrong, right: read, open } = outcome(file, &text, &report, &form);
                right += read;
                all += read + open.len();
                if std::env::var("SHOW").is_ok() && (!wrong.is_empty() || share > 0 && !open.is_empty()) {
                    println!("{layout} round {round} {requests}: wrong {wrong:?} open {open:?}\n{text}");
                }
                assert!(wrong.is_empty(), "{layout}, round {round}: {wrong:?}\n{text}");
            }
        }
        println!("{layout}: {right} of {all}");
        assert!(right * 100 >= share * all, "{layout}: only {right} of {all} cells were read");
    }
}

#[test]
fn a_damaged_copy_never_puts_a_number_into_the_wrong_cell() {
    let layouts: [(&str, &str, LayoutWriter); 6] = [
        ("one row a line", "a.txt", one_row_a_line),
        ("one cell a line", "a.txt", one_cell_a_line),
        ("aligned", "a.txt", aligned),
        ("tabbed", "a.txt", tabbed),
        ("markdown", "a.md", markdown),
        ("page", "a.html", page_of),
    ];
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(2);
    for (layout, file, write) in layouts {
        for round in 0..rounds {
            let form = forms("2021", if round % 2 == 0 { "2021" } else { "2019" });
            let mut dice = Dice(round * 131 + 17);
            let report = report(&form, &mut dice, [0, 50][round as usize % 2]);
            let text = write(&report, &mut dice);
            let mut lines: Vec<&str> = text.split('\n').collect();
            for _ in 0..=dice.roll(4) {
                lines.remove(dice.roll(lines.len() as u64));
            }
            let text = lines.join("\n");
            let ReadOutcome { wrong, .. } = outcome(file, &text, &report, &form);
            assert!(wrong.is_empty(), "{layout}, round {round}: {wrong:?}");
        }
    }
}
