//! Six drafts on every path out of the program and back: how many cells come back right, unread, wrong.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nianbao::draft::Draft;
use nianbao::export::Format;
use nianbao::form::{Form, Library};
use nianbao::import::read_source;
use nianbao::store;

use super::ofd_print::print;
use super::printed::{Score, chromium, drafts, folder, print_page, run};
use crate::skipped::skipped;

/// So many cells of a thousand come back right.
const LEAST: usize = 990;

/// What LibreOffice makes of which of our files.
const CONVERSIONS: [(Format, &str); 7] = [
    (Format::Docx, "odt"),
    (Format::Docx, "rtf"),
    (Format::Docx, "doc"),
    (Format::Docx, "pdf"),
    (Format::Xlsx, "ods"),
    (Format::Xlsx, "xls"),
    (Format::Xlsx, "xlsx"),
];

type Drafts = Vec<(Draft, Arc<Form>)>;

/// The table, row by row: the path, and what came back.
#[derive(Default)]
struct RoundTrips(Vec<(String, Score)>);

impl RoundTrips {
    fn add(&mut self, path: &str, score: Score) {
        self.0.push((path.into(), score));
    }

    fn table(&self) -> String {
        let mut table =
            String::from("| path | right | unread | wrong | right in % |\n|---|---|---|---|---|\n");
        for (path, Score { read, unread, wrong }) in &self.0 {
            let all = read + unread + wrong.len();
            let percent = *read as f64 * 100.0 / all.max(1) as f64;
            let wrong = wrong.len();
            writeln!(table, "| {path} | {read} | {unread} | {wrong} | {percent:.2} |").unwrap();
        }
        table
    }

    fn judge(&self) {
        println!("{}", self.table());
        for (path, Score { read, unread, wrong }) in &self.0 {
            assert!(wrong.is_empty(), "{path}: {wrong:#?}");
            assert!(*read * 1_000 >= (read + unread) * LEAST, "{path}: {read} right, {unread} unread");
        }
    }
}

/// Reads one file for each draft, as an importing clerk would.
fn score(
    drafts: &Drafts,
    library: &Library,
    ending: &str,
    bytes: impl Fn(usize) -> Option<Vec<u8>>,
) -> Score {
    let mut score = Score::default();
    for (at, (draft, form)) in drafts.iter().enumerate() {
        let name = format!("{at}.{ending}");
        match bytes(at) {
            Some(bytes) => score.add(&name, &bytes, draft, form, library),
            None => score.wrong.push(format!("{name} was not made")),
        }
    }
    score
}

/// The draft files themselves: what is saved is what is opened.
fn saved(drafts: &Drafts, library: &Library) -> Score {
    let mut score = Score::default();
    for (draft, form) in drafts {
        let text = store::to_ron(form, draft);
        let loaded = store::parse("a.ron", text.as_bytes(), library).unwrap();
        for field in form.fields().iter().filter(|field| field.kind.is_number()) {
            let (got, want) = (loaded.draft.get(field.id.as_str()), draft.get(field.id.as_str()));
            if got == want { score.read += 1 } else { score.wrong.push(format!("ron {}", field.id)) }
        }
    }
    score
}

/// Lets LibreOffice convert files, all at once; returns where it puts them.
fn converted(folder: &Path, files: &[PathBuf], ending: &str) -> PathBuf {
    let to = folder.join(format!("to-{ending}"));
    let _ = std::fs::remove_dir_all(&to);
    let mut arguments = vec![
        format!("-env:UserInstallation=file://{}", folder.join("profile").display()),
        "--headless".into(),
        "--convert-to".into(),
        if ending == "xlsx" { "xlsx:Calc MS Excel 2007 XML".into() } else { ending.to_string() },
        "--outdir".into(),
        to.display().to_string(),
    ];
    arguments.extend(files.iter().map(|file| file.display().to_string()));
    run("soffice", &arguments);
    to
}

#[test]
fn every_path_out_and_back_keeps_the_cells() {
    let library = Library::new();
    let drafts: Drafts = drafts(&library);
    let folder = folder("round-trips");
    let mut trips = RoundTrips::default();
    trips.add("ron", saved(&drafts, &library));
    for format in Format::ALL {
        let ending = format.extension();
        let bytes = |at: usize| {
            let (draft, form): &(Draft, Arc<Form>) = &drafts[at];
            format.write(form, draft).ok()
        };
        trips.add(ending, score(&drafts, &library, ending, bytes));
        for at in 0..drafts.len() {
            std::fs::write(folder.join(format!("{at}.{ending}")), bytes(at).unwrap()).unwrap();
        }
    }
    let files = |ending: &str| -> Vec<PathBuf> {
        (0..drafts.len()).map(|at| folder.join(format!("{at}.{ending}"))).collect()
    };
    if run("soffice", &["--version".into()]) {
        for (from, ending) in CONVERSIONS {
            let to = converted(&folder, &files(from.extension()), ending);
            let path = format!("{} → LibreOffice → {ending}", from.extension());
            let bytes = |at: usize| std::fs::read(to.join(format!("{at}.{ending}"))).ok();
            trips.add(&path, score(&drafts, &library, ending, bytes));
        }
    } else {
        skipped("no soffice, which saves reports in its own formats");
    }
    match chromium() {
        Some(chromium) => {
            files("html").iter().for_each(|file| assert!(print_page(chromium, &folder, file)));
            let bytes = |at: usize| std::fs::read(folder.join(format!("{at}.pdf"))).ok();
            trips.add("html → Chromium → pdf", score(&drafts, &library, "pdf", bytes));
        }
        None => skipped("no chromium, which prints drafts as PDF"),
    }
    let bytes = |at: usize| {
        let page = Format::Html.write(&drafts[at].1, &drafts[at].0).ok()?;
        Some(print(&read_source("a.html", &page).ok()?))
    };
    trips.add("html → ofd", score(&drafts, &library, "ofd", bytes));
    std::fs::write(folder.join("table.md"), trips.table()).unwrap();
    trips.judge();
}
