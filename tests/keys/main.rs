//! How many keys it takes to enter a report: real scripts of keys (`tests/fixtures/keys/`), run through the
//! real `update` from the opened draft to saved and closed, counted, and written into `tests/bench/README.md`
//! (`BLESS=1 cargo test --test keys`).
//!
//! In a script a number is its characters, anything else is the name of one key; `# ` begins a remark.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod bytes;
mod elsewhere;
#[path = "../e2e/pty.rs"]
mod pty;
#[path = "../e2e/skipped.rs"]
mod skipped;

use elsewhere::{Grid, sc_im, visidata};
use nianbao::draft::{Draft, Ledger, Totals, Value};
use nianbao::editor::event::Event;
use nianbao::editor::key::{Key, KeyCode};
use nianbao::editor::{Editor, Effect, Keymap, Msg, Opened, update};
use nianbao::form::{Form, Library};
use nianbao::store;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is on the paper: the entered cells of the tables as they are typed, zeros too.
type Paper = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The keys of a script.
fn script(name: &str) -> Vec<Key> {
    let text = fs::read_to_string(root().join("tests/fixtures/keys").join(name)).unwrap();
    let words = text.lines().filter(|line| !line.starts_with("# ")).flat_map(str::split_whitespace);
    words
        .flat_map(|word| match word.parse::<Key>() {
            Ok(key) => vec![key],
            Err(_) if word.chars().all(|c| c.is_ascii_digit() || c == '.') => {
                word.chars().map(|c| Key::plain(KeyCode::Char(c))).collect()
            }
            Err(error) => panic!("{name}: {error}"),
        })
        .collect()
}

/// The cells of the tables that a clerk enters where totals are computed.
fn entered(form: &Form, draft: &Draft) -> Vec<String> {
    let ledger = Ledger::new(form, draft);
    let of_table = |id: &str| ["disclosure.", "requests.", "review."].iter().any(|s| id.starts_with(s));
    let ids = form.fields().iter().map(|field| field.id.as_str());
    ids.filter(|id| of_table(id) && !ledger.is_computed(form, id)).map(String::from).collect()
}

/// Presses the keys on an opened draft and returns the draft as it was saved before the end.
fn play(form: &Arc<Form>, draft: Draft, keys: &[Key]) -> Draft {
    let library = Library::new();
    let mut editor = Editor::new(library, Keymap::shipped(), 80, 24, Some(jiff::civil::date(2026, 1, 12)));
    let path = Some(PathBuf::from("草稿.ron"));
    let opened = Opened { path, form: form.clone(), draft, last_year: None, message: String::new() };
    let (mut saved, mut ended) = (None, false);
    let mut waiting = vec![Msg::Opened(Ok(Box::new(opened)))];
    waiting.extend(keys.iter().map(|key| Msg::Event(Event::Key(*key))));
    waiting.reverse();
    while let Some(msg) = waiting.pop() {
        assert!(!ended, "keys after the end");
        for effect in update(&mut editor, msg) {
            match effect {
                Effect::Save { path, draft, .. } => {
                    saved = Some(*draft);
                    waiting.push(Msg::Saved(path, Ok(())));
                }
                Effect::Quit => ended = true,
                _ => {}
            }
        }
    }
    assert!(ended, "the report is still open");
    saved.expect("the report was saved")
}

/// The sample's form, and its entered cells; what its mistakes leave is what stands in it.
fn sample() -> (Arc<Form>, Draft) {
    let text = include_bytes!("../../assets/sample.ron");
    let loaded = store::parse("sample", text, &Library::new()).unwrap();
    let mut draft = loaded.draft;
    let switch = nianbao::edit::Edit::switch_totals(&loaded.form, &draft);
    switch.apply(&mut draft);
    assert_eq!(draft.totals, Totals::Auto);
    (loaded.form, draft)
}

fn paper(form: &Form, draft: &Draft) -> Paper {
    entered(form, draft).into_iter().map(|id| (id.clone(), draft.get(&id).typed().into_owned())).collect()
}

fn new_draft(year: u16) -> (Arc<Form>, Draft) {
    let draft = Draft::new("示例市水务局", year, &Library::new());
    (draft.form(&Library::new()).unwrap(), draft)
}

/// The digits of every cell that is not zero, and one key for each such cell.
fn floor(paper: &Paper) -> usize {
    let cells = paper.values().filter(|text| !matches!(text.as_str(), "" | "0"));
    cells.map(|text| text.chars().filter(char::is_ascii_digit).count() + 1).sum()
}

/// All zeros but 行政复议, which is blank: the shape of a real report of 2020.
fn zeros() -> Paper {
    let (form, draft) = new_draft(2020);
    let value = |id: &str| if id.starts_with("review.reconsideration.") { "" } else { "0" };
    entered(&form, &draft).into_iter().map(|id| (id.clone(), value(&id).into())).collect()
}

/// Every cell holds what stands on the paper.
fn same(entered: &Paper, paper: &Paper) {
    let other: Vec<_> = entered.iter().filter(|&(id, text)| paper.get(id) != Some(text)).collect();
    assert!(other.is_empty() && entered.len() == paper.len(), "not as on the paper: {other:?}");
}

/// Plays a script on a new draft of that year and compares every entered cell with the paper.
fn enters(name: &str, year: u16, paper: &Paper) -> usize {
    let keys = script(name);
    let (form, draft) = new_draft(year);
    let after = play(&form, draft, &keys);
    same(&self::paper(&form, &after), paper);
    keys.len()
}

/// One thing to enter.
struct Task {
    what: String,
    /// The keys it takes here.
    keys: usize,
    /// The most that is wanted.
    most: usize,
    floor: usize,
    /// The same work in a spreadsheet.
    grid: Grid,
}

fn tasks() -> [Task; 3] {
    let (form, full) = sample();
    let report = paper(&form, &full);
    let change = script("one-number.keys");
    let after = play(&form, full.clone(), &change);
    let field = "requests.carried_in.natural";
    assert_eq!(*after.get(field), Value::Count(4));
    let mut changed = report.clone();
    changed.insert(field.into(), "4".into());
    same(&paper(&form, &after), &changed);
    let (zeros, filled) = (zeros(), report.values().filter(|text| *text != "0").count());
    let (form_2020, blank) = new_draft(2020);
    [
        Task {
            what: format!("all zeros, reviews left blank (form of 2019, {} cells)", zeros.len()),
            keys: enters("zeros.keys", 2020, &zeros),
            most: 15,
            floor: floor(&zeros),
            grid: Grid::new(&entered(&form_2020, &blank), None, &zeros, ""),
        },
        Task {
            what: format!(
                "a report as they are (form of 2021, {} cells, {filled} of them not 0)",
                report.len()
            ),
            keys: enters("report.keys", 2025, &report),
            most: floor(&report) * 5 / 4,
            floor: floor(&report),
            grid: Grid::new(&entered(&form, &full), None, &report, ""),
        },
        Task {
            what: "one number changed: natural persons carried in".into(),
            keys: change.len(),
            most: 8,
            floor: 2,
            grid: Grid::new(&entered(&form, &full), Some(&report), &changed, "requests."),
        },
    ]
}

#[test]
fn a_report_takes_the_keys_that_are_published() {
    let mut table = String::from(
        "| what is filled in | keys | goal | floor | VisiData | sc-im |\n|---|---|---|---|---|---|\n",
    );
    for Task { what, keys, most, floor, grid } in tasks() {
        assert!(keys <= most, "{what}: {keys} keys, at most {most}");
        let (vd, sc) = (visidata(&grid).len(), sc_im(&grid));
        table.push_str(&format!("| {what} | {keys} | ≤ {most} | {floor} | {vd} | {sc} |\n"));
    }
    let file = root().join("tests/bench/README.md");
    let told = fs::read_to_string(&file).unwrap();
    let (start, end) = ("<!-- counted -->\n", "<!-- /counted -->");
    let from = told.find(start).expect("the place of the table") + start.len();
    let to = told.find(end).expect("the end of the table");
    let mut readme = told.clone();
    readme.replace_range(from..to, &format!("\n{table}\n"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(file, readme).unwrap();
    } else {
        assert!(told == readme, "stale: write the table with BLESS=1 cargo test --test keys");
    }
}

/// The keys counted for VisiData are pressed in VisiData, where it is at hand.
#[test]
#[ignore = "needs VisiData: run by hand"]
fn visidata_does_the_same_work_with_the_keys_that_are_counted() {
    for task in tasks() {
        elsewhere::play(&task.grid);
        println!("{}: {} keys", task.what, visidata(&task.grid).len());
    }
}

/// The same keys give the tables of a published report of zeros, where it is at hand.
#[test]
fn the_zeros_are_those_of_a_published_report() {
    let places = ["../shared/reports", "../../shared/reports"];
    let file = places.iter().map(|place| root().join(place).join("seed-2020.expected.json"));
    let Some(text) = file.filter_map(|file| fs::read_to_string(file).ok()).next() else {
        return skipped::skipped("../shared/reports is not there");
    };
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (form, draft) = new_draft(2020);
    let after = play(&form, draft, &script("zeros.keys"));
    let seen = nianbao::export::json::to_json(&form, &after);
    let tables = told["fields"].as_object().unwrap().iter();
    let mut compared = 0;
    for (id, value) in tables.filter(|(_, value)| value.is_number() || value.is_null()) {
        let money = value.as_i64().map(|number| number.to_string());
        let same = seen["fields"][id] == *value || seen["fields"][id].as_str() == money.as_deref();
        assert!(same, "{id}: {value} is told, {} is entered", seen["fields"][id]);
        compared += 1;
    }
    assert!(compared > 190, "{compared} cells");
    println!("{compared} cells of a published report of zeros");
}
