//! Six drafts printed by other programs: every cell of the PDF is read, blank, or told to be unread.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use nianbao::draft::{Draft, FormIds, Totals, Value, parse_value};
use nianbao::export::Format;
use nianbao::form::{Form, Kind, Library};
use nianbao::import::{OpenState, import, read_source};

use super::super::skipped::skipped;
use super::ofd_print::print;

/// Drafts of an invented unit: both forms and their mixture, blank cells, eight digits, texts of different
/// lengths, so that pages end in different rows.
pub fn drafts(library: &Library) -> Vec<(Draft, Arc<Form>)> {
    let forms = [("2021", "2021"), ("2019", "2019"), ("2021", "2019")];
    let draft = |at: usize| {
        let (disclosure, requests) = forms[at % 3];
        let mut draft = Draft::empty(FormIds { disclosure: disclosure.into(), requests: requests.into() });
        draft.totals = Totals::Typed;
        let form = draft.form(library).unwrap();
        for (nth, field) in form.fields().iter().enumerate() {
            let number = match (nth * 7 + at) % 11 {
                0 => 10_000_000 + nth * 1_234_567 % 89_999_999,
                1..4 => 0,
                _ => nth * 13 % 400 + 1,
            };
            // Three of the drafts leave cells blank.
            let blank = at % 2 == 1 && (nth + at).is_multiple_of(5);
            let text = match (&field.kind, field.id.as_str()) {
                (Kind::Count, _) if blank => String::new(),
                (Kind::Count, _) => number.to_string(),
                (Kind::Change, _) => format!("减{}", number % 100),
                (Kind::Money { .. }, _) => format!("{}.50", number % 10_000),
                (_, "cover.unit" | "cover.signed_by") => "示例市某局".into(),
                (_, "cover.year") => if requests == "2019" { "2020" } else { "2024" }.into(),
                (_, "cover.date") => "2025年1月20日".into(),
                (Kind::Prose, id) => {
                    let line = format!(
                        "（一）为了换页而写的一段。{id}的内容没有别的意思，只是把后面的表格往下推几行，看看一行在两页之间断开时怎样。"
                    );
                    vec![line; 1 + 2 * at].join("\n")
                }
                _ => continue,
            };
            draft.set(field.id.clone(), parse_value(&field.kind, &text));
        }
        (draft, form)
    };
    (0..6).map(draft).collect()
}

/// How many cells of a draft were read, were left unread, and what was read wrong.
#[derive(Default)]
pub struct Score {
    pub read: usize,
    pub unread: usize,
    pub wrong: Vec<String>,
}

impl Score {
    pub fn add(&mut self, name: &str, bytes: &[u8], draft: &Draft, form: &Form, library: &Library) {
        let found = match import(name, bytes, "2025-01-20", library) {
            Ok(found) => found,
            Err(error) => return self.wrong.push(format!("{name}: {error}")),
        };
        let cells = form.fields().iter().filter(|it| it.kind.is_number() && it.id.section() != "cover");
        for field in cells {
            let id = field.id.as_str();
            let (got, want) = (found.draft.get(id), draft.get(id));
            match found.open.iter().find(|open| open.field == field.id).map(|open| open.state) {
                Some(OpenState::NotFound | OpenState::Ambiguous) => {
                    println!("{name} {id}: not read");
                    self.unread += 1;
                }
                Some(OpenState::Blank) if want.is_blank() => self.read += 1,
                None if is_same(got, want) => self.read += 1,
                state => {
                    self.wrong.push(format!("{name} {id}: {} {state:?}, not {}", got.typed(), want.typed()))
                }
            }
        }
        for id in ["cover.unit", "cover.year", "overview", "problems"] {
            if found.draft.get(id).typed() != draft.get(id).typed() {
                println!("{name} {id}: {:?}", found.draft.get(id).typed());
            }
        }
    }

    /// Prints the score, and demands that nothing is wrong and so many in a thousand are read.
    fn judge(&self, maker: &str, least: usize) {
        let all = self.read + self.unread + self.wrong.len();
        println!(
            "{maker}: {all} cells, {} read, {} unread, {} wrong",
            self.read,
            self.unread,
            self.wrong.len()
        );
        assert!(self.wrong.is_empty(), "{maker}: {:#?}", self.wrong);
        assert!(all > 0 && self.read * 1_000 >= all * least, "{maker}: {} of {all} read", self.read);
    }
}

/// Whether a cell has the number that was printed. How it was typed (减4, 12.50) not every format says.
fn is_same(got: &Value, want: &Value) -> bool {
    got == want || got.number().is_some() && got.number() == want.number()
}

pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("printed").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn run(program: &str, arguments: &[String]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Lets rows be cut by the end of a page, which an exported file forbids.
fn with_cut_rows(format: Format, bytes: Vec<u8>) -> Vec<u8> {
    let style = "<style>tr, td, th { break-inside: auto !important } td { padding: 9pt 2pt !important }</style></head>";
    match format {
        Format::Html => String::from_utf8(bytes).unwrap().replace("</head>", style).into_bytes(),
        _ => {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let mut entries = Vec::new();
            for at in 0..archive.len() {
                let mut entry = archive.by_index(at).unwrap();
                let mut content = Vec::new();
                std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
                if let Ok(text) = std::str::from_utf8(&content) {
                    content = text.replace("<w:cantSplit/>", "").into_bytes();
                }
                entries.push((entry.name().unwrap().to_string(), content));
            }
            let entries: Vec<(&str, &[u8])> =
                entries.iter().map(|(name, content)| (name.as_str(), &content[..])).collect();
            super::hostile::zipped(&entries)
        }
    }
}

/// Writes the drafts in a format, every other one with rows that may be cut; returns where.
fn written(folder: &Path, format: Format, drafts: &[(Draft, Arc<Form>)]) -> Option<Vec<PathBuf>> {
    let files = drafts.iter().enumerate().map(|(at, (draft, form))| {
        let bytes = format.write(form, draft).ok()?;
        let bytes = if at % 2 == 0 { with_cut_rows(format, bytes) } else { bytes };
        let path = folder.join(format!("{}-{at}.{}", format.extension(), format.extension()));
        std::fs::write(&path, bytes).unwrap();
        Some(path)
    });
    files.collect()
}

fn judge(
    (maker, least): (&str, usize),
    folder: &Path,
    files: &[PathBuf],
    drafts: &[(Draft, Arc<Form>)],
    library: &Library,
) {
    let mut score = Score::default();
    for (path, (draft, form)) in files.iter().zip(drafts) {
        let name = format!("{}.pdf", path.file_stem().unwrap().to_str().unwrap());
        match std::fs::read(folder.join(&name)) {
            Ok(bytes) => score.add(&name, &bytes, draft, form, library),
            Err(_) => score.wrong.push(format!("{name} was not made")),
        }
    }
    score.judge(maker, least);
}

#[test]
fn what_libreoffice_prints_of_a_draft_is_read_cell_by_cell() {
    let library = Library::new();
    let drafts = drafts(&library);
    if !run("soffice", &["--version".into()]) {
        return skipped("no soffice, which prints drafts as PDF");
    }
    for format in [Format::Docx, Format::Html] {
        let folder = folder("libreoffice");
        let Some(files) = written(&folder, format, &drafts) else { continue };
        let mut arguments: Vec<String> = vec![
            format!("-env:UserInstallation=file://{}/profile", folder.display()),
            "--headless".into(),
            "--convert-to".into(),
            if format == Format::Html { "pdf:writer_web_pdf_Export".into() } else { "pdf".to_string() },
            "--outdir".into(),
            folder.display().to_string(),
        ];
        arguments.extend(files.iter().map(|file| file.display().to_string()));
        assert!(run("soffice", &arguments));
        // Of a web page it prints no walls, and not the columns beyond the page's edge.
        let least = if format == Format::Html { 0 } else { 995 };
        let maker = format!("LibreOffice, {}", format.extension());
        judge((&maker, least), &folder, &files, &drafts, &library);
    }
}

/// Returns the name of Chromium here.
pub fn chromium() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.into_iter().find(|name| run(name, &["--version".into()]))
}

/// Lets Chromium print a page beside itself, as PDF.
pub fn print_page(chromium: &str, folder: &Path, page: &Path) -> bool {
    let arguments = [
        "--headless".into(),
        "--no-sandbox".into(),
        "--disable-gpu".into(),
        format!("--user-data-dir={}/profile", folder.display()),
        format!("--print-to-pdf={}", page.with_extension("pdf").display()),
        page.display().to_string(),
    ];
    run(chromium, &arguments)
}

#[test]
fn what_chromium_prints_of_a_draft_is_read_cell_by_cell() {
    let library = Library::new();
    let drafts = drafts(&library);
    let Some(chromium) = chromium() else {
        return skipped("no chromium, which prints drafts as PDF");
    };
    let folder = folder("chromium");
    let Some(files) = written(&folder, Format::Html, &drafts) else { return };
    files.iter().for_each(|file| assert!(print_page(chromium, &folder, file)));
    judge(("Chromium", 995), &folder, &files, &drafts, &library);
}

#[test]
fn an_ofd_of_a_draft_is_read_cell_by_cell() {
    let library = Library::new();
    let mut score = Score::default();
    for (at, (draft, form)) in drafts(&library).iter().enumerate() {
        let bytes = Format::Html.write(form, draft).unwrap();
        let ofd = print(&read_source("a.html", &bytes).unwrap());
        score.add(&format!("{at}.ofd"), &ofd, draft, form, &library);
    }
    score.judge("OFD", 995);
}

#[test]
fn a_blank_cell_of_a_draft_is_no_value() {
    let library = Library::new();
    let drafts = drafts(&library);
    let blanks = drafts.iter().map(|(draft, form)| {
        form.fields()
            .iter()
            .filter(|field| field.kind == Kind::Count && *draft.get(field.id.as_str()) == Value::Blank)
            .count()
    });
    assert!(blanks.filter(|count| *count > 20).count() >= 3);
}
