//! Reports of our own that another office program saved in its formats: what is read is what was printed.

use std::path::Path;
use std::process::{Command, Stdio};

use nianbao::draft::{Draft, FormIds, Totals, Value, parse_value};
use nianbao::export::Format;
use nianbao::form::{Form, Kind, Library};
use nianbao::import::{Import, OpenState, import};

use crate::skipped::skipped;

/// The forms of a report's two tables, its year, and which of its cells are blank: every so many.
const REPORTS: [(&str, &str, u16, usize); 6] = [
    ("2021", "2021", 2025, 0),
    ("2021", "2021", 2024, 3),
    ("2019", "2019", 2020, 0),
    ("2019", "2019", 2020, 2),
    ("2021", "2019", 2021, 0),
    ("2021", "2021", 2023, 1),
];

/// What is made of what: the ending, and the format that it is made from.
const CONVERSIONS: [(&str, Format); 5] = [
    ("rtf", Format::Docx),
    ("odt", Format::Docx),
    ("fodt", Format::Docx),
    ("ods", Format::Xlsx),
    ("doc", Format::Docx),
];

/// Returns an invented report: numbers of up to eight digits, each different from its neighbours.
fn report(at: usize, library: &Library) -> Draft {
    let (disclosure, requests, year, blank) = REPORTS[at];
    let mut draft = Draft::empty(FormIds { disclosure: disclosure.into(), requests: requests.into() });
    draft.totals = Totals::Typed;
    let form = draft.form(library).unwrap();
    for (number, field) in form.fields().iter().enumerate() {
        let seed = number * 7919 + at * 104_729;
        let digits = [0, 9, 100, 4_000, 20_000_000][seed % 5];
        let text = match (&field.kind, field.id.as_str()) {
            (_, "cover.year") => year.to_string(),
            (_, "cover.unit" | "cover.signed_by") => "示例市水务局".into(),
            (_, "cover.title") => format!("示例市水务局{year}年政府信息公开工作年度报告"),
            (_, "cover.date") => format!("{}年1月20日", year + 1),
            (Kind::Count | Kind::Change | Kind::Money { .. }, _)
                if blank > 0 && seed.is_multiple_of(blank + 1) =>
            {
                continue;
            }
            (Kind::Count | Kind::Change, _) => (digits + seed % 97).to_string(),
            (Kind::Money { .. }, _) => format!("{}.50", digits + seed % 97),
            (Kind::Prose, _) => {
                "（一）工作平稳有序。全年公开信息，均已答复。\n（二）存在不足，将改进。".into()
            }
            _ => continue,
        };
        draft.set(field.id.clone(), parse_value(&field.kind, &text));
    }
    draft
}

/// Cells read as printed, open, and read as something else.
#[derive(Default)]
struct Counts {
    read: usize,
    open: Vec<String>,
    wrong: Vec<String>,
}

impl Counts {
    fn add(&mut self, name: &str, found: &Import, draft: &Draft, form: &Form) {
        for field in form.fields().iter().filter(|field| field.kind.is_number()) {
            let (got, want) = (found.draft.get(field.id.as_str()), draft.get(field.id.as_str()));
            let state = found.open.iter().find(|open| open.field == field.id).map(|open| open.state);
            let told = format!("{name} {}: {} {state:?}, not {}", field.id, got.typed(), want.typed());
            match state {
                None if got == want => self.read += 1,
                Some(OpenState::Blank) if *want == Value::Blank => self.read += 1,
                Some(OpenState::NotFound | OpenState::Ambiguous) => self.open.push(told),
                _ => self.wrong.push(told),
            }
        }
    }
}

/// Lets the program convert the files; returns `false` if its part for such files is not installed.
fn convert(folder: &Path, ending: &str, files: &[String]) -> bool {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let made = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", ending, "--outdir", "."])
        .args(files)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    made.unwrap().success() && folder.join(&files[0]).with_extension(ending).exists()
}

#[test]
fn what_an_office_program_saves_is_read_as_printed() {
    if Command::new("soffice").arg("--version").stdout(Stdio::null()).status().is_err() {
        return skipped("no soffice to convert reports");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("office");
    std::fs::create_dir_all(&folder).unwrap();
    let library = Library::new();
    let drafts: Vec<Draft> = (0..REPORTS.len()).map(|at| report(at, &library)).collect();
    for (ending, from) in CONVERSIONS {
        let mut files = Vec::new();
        for (at, draft) in drafts.iter().enumerate() {
            let name = format!("{at}.{}", from.extension());
            let form = draft.form(&library).unwrap();
            std::fs::write(folder.join(&name), from.write(&form, draft).unwrap()).unwrap();
            files.push(name);
        }
        if !convert(&folder, ending, &files) {
            skipped(&format!("no part of soffice that makes .{ending}"));
            continue;
        }
        let mut counts = Counts::default();
        for (at, draft) in drafts.iter().enumerate() {
            let name = format!("{at}.{ending}");
            let bytes = std::fs::read(folder.join(&name)).unwrap();
            let found = import(&name, &bytes, "2026-01-20", &library).unwrap();
            counts.add(&name, &found, draft, &draft.form(&library).unwrap());
            for id in ["cover.unit", "cover.title", "overview", "other_matters"] {
                assert_eq!(found.draft.get(id).typed(), draft.get(id).typed(), "{name} {id}");
            }
        }
        let Counts { read, open, wrong } = counts;
        println!("{ending}: {read} read, {} open, {} wrong", open.len(), wrong.len());
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(open.len() * 200 <= read, "{open:#?}");
    }
}
