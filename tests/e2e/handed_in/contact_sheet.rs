//! Six drafts printed from Word files: no title is cut, nothing stands alone on a page. The pages to look at
//! are left in `target/tmp/handed-in/contact-sheet`, with `index.html` over them.

use std::fmt::Write as _;
use std::path::Path;

use nianbao::draft::Draft;
use nianbao::export::Format;
use nianbao::form::Form;

use super::{drafts, folder, run};
use crate::import::printed::{chromium, print_page};
use crate::skipped::skipped;

/// A page with less than this many lines has something alone on it.
const FEWEST_LINES: usize = 4;

/// The lines of each page, without the page's number.
fn pages(folder: &Path, file: &str) -> Vec<Vec<String>> {
    let (done, text) = run(folder, "pdftotext", &["-layout", file, "-"]).unwrap();
    assert!(done, "{text}");
    let is_number = |line: &str| line.trim_matches(['—', '-', '–', ' ']).parse::<u16>().is_ok();
    let lines = |page: &str| -> Vec<String> {
        let lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut lines: Vec<String> = lines.map(String::from).collect();
        lines.pop_if(|line| is_number(line));
        lines
    };
    let mut pages: Vec<_> = text.split('\u{c}').map(lines).collect();
    pages.pop_if(|page| page.is_empty());
    pages
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is wrong with the pages of a draft.
fn faults(pages: &[Vec<String>], draft: &Draft, form: &Form) -> Vec<String> {
    let mut faults = Vec::new();
    let title = squeezed(draft.text("cover.title"));
    let first = squeezed(&pages[0].concat());
    if !first.starts_with(&title) {
        faults.push(format!("the title is cut: {first:.60}"));
    }
    let mut of_title = String::new();
    for line in &pages[0] {
        of_title += &squeezed(line);
        if line.chars().count() < 3 || squeezed(line).starts_with(['报', '告']) {
            faults.push(format!("a line of the title is {line}"));
        }
        if of_title.len() >= title.len() {
            break;
        }
    }
    let headings: Vec<String> = form.sections.iter().map(|section| squeezed(&section.heading())).collect();
    for (at, page) in pages.iter().enumerate() {
        let is_last = at + 1 == pages.len();
        if page.len() < FEWEST_LINES {
            faults.push(format!("page {} has only {page:?}", at + 1));
        }
        let foot = page.last().map_or(String::new(), |line| squeezed(line));
        if !is_last && headings.iter().any(|heading| !heading.is_empty() && *heading == foot) {
            faults.push(format!("a heading ends page {}: {foot}", at + 1));
        }
    }
    let last = squeezed(&pages.last().unwrap().concat());
    let (signed, date) = (squeezed(draft.text("cover.signed_by")), squeezed(draft.text("cover.date")));
    if !last.contains(&signed) || !last.ends_with(&date) || last.len() < signed.len() + date.len() + 30 {
        faults.push(format!("the signature is not with the text: {last:.120}"));
    }
    faults
}

/// The pages to look at: the first, those on which a table begins, the last.
fn shown_pages(pages: &[Vec<String>], form: &Form) -> Vec<usize> {
    let mut shown = vec![1, pages.len()];
    for section in form.sections.iter().filter(|it| ["二", "三", "四"].contains(&it.numeral.as_str())) {
        let heading = squeezed(&section.heading());
        shown.extend(
            pages.iter().position(|page| page.iter().any(|line| squeezed(line) == heading)).map(|at| at + 1),
        );
    }
    shown.sort_unstable();
    shown.dedup();
    shown
}

#[test]
fn nothing_is_cut_and_nothing_stands_alone_on_paper() {
    let folder = folder("contact-sheet");
    let has = |tool: &str, option: &str| run(&folder, tool, &[option]).is_some();
    if !has("soffice", "--version") {
        return skipped("no soffice, which prints drafts as PDF");
    }
    if !has("pdftotext", "-v") || !has("pdftoppm", "-v") {
        return skipped("no pdftotext and pdftoppm, which read and draw what is printed");
    }
    let drafts = drafts();
    let names: Vec<String> = (0..drafts.len()).map(|at| format!("{at}.docx")).collect();
    for (name, (draft, form)) in names.iter().zip(&drafts) {
        std::fs::write(folder.join(name), Format::Docx.write(form, draft).unwrap()).unwrap();
    }
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut arguments = vec![profile.as_str(), "--headless", "--convert-to", "pdf"];
    arguments.extend(names.iter().map(String::as_str));
    run(&folder, "soffice", &arguments);
    let mut sheet = String::from("<!DOCTYPE html><meta charset=\"utf-8\"><title>Contact sheet</title>");
    let mut wrong = Vec::new();
    for (at, (draft, form)) in drafts.iter().enumerate() {
        let file = format!("{at}.pdf");
        let pages = pages(&folder, &file);
        println!("{}: {} pages", draft.unit(), pages.len());
        assert!((4..=20).contains(&pages.len()), "{} pages", pages.len());
        wrong.extend(
            faults(&pages, draft, form).into_iter().map(|fault| format!("{}: {fault}", draft.unit())),
        );
        write!(sheet, "<div style=\"white-space: nowrap\">").unwrap();
        for page in shown_pages(&pages, form) {
            let (number, stem) = (page.to_string(), format!("{at}-{page}"));
            let draw = ["-r", "50", "-png", "-f", &number, "-l", &number, "-singlefile", &file, &stem];
            assert!(run(&folder, "pdftoppm", &draw).unwrap().0);
            write!(sheet, "<img src=\"{stem}.png\" style=\"border: 1px solid; margin: 4px\">").unwrap();
        }
        sheet += "</div>";
    }
    std::fs::write(folder.join("index.html"), sheet).unwrap();
    if let Some(chromium) = chromium() {
        let page = folder.join("index.html").display().to_string();
        let options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"];
        let window = ["--window-size=2400,3700", "--screenshot=contact-sheet.png", &page];
        run(&folder, chromium, &[&options[..], &window].concat());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_printed_web_page_keeps_its_title_and_its_tables_whole() {
    let folder = folder("printed-pages");
    let Some(chromium) = chromium() else {
        return skipped("no chromium, which prints web pages");
    };
    if run(&folder, "pdftotext", &["-v"]).is_none() {
        return skipped("no pdftotext, which reads what is printed");
    }
    let mut wrong = Vec::new();
    for (at, (draft, form)) in drafts().iter().enumerate() {
        let page = folder.join(format!("{at}.html"));
        std::fs::write(&page, Format::Html.write(form, draft).unwrap()).unwrap();
        assert!(print_page(chromium, &folder, &page));
        let pages = pages(&folder, &format!("{at}.pdf"));
        println!("{}: {} pages", draft.unit(), pages.len());
        for line in &pages[0] {
            if squeezed(line).starts_with("告") || ["报告", "度报告"].contains(&&*squeezed(line)) {
                wrong.push(format!("{}: a line of the title is {line}", draft.unit()));
            }
        }
        let of = |words: &str| {
            pages.iter().position(|page| squeezed(&page.concat()).contains(words)).unwrap_or(usize::MAX)
        };
        let (first, last) = (of("一、本年新收"), of("四、结转下年度"));
        if first != last || first == usize::MAX {
            wrong.push(format!("{}: table 三 stands on pages {first} to {last}", draft.unit()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
