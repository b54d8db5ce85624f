//! A note for each unit whose report has to be corrected.

use std::collections::HashSet;
use std::path::PathBuf;

use jiff::civil::Date;

use super::file_checker::FileChecker;
use super::files::FoundFile;
use crate::check::{Finding, Severity};
use crate::draft::Draft;
use crate::edit::Change;
use crate::export::Format;
use crate::form::{FieldId, Form, Library};
use crate::text::safe_file_name;

/// A note to a unit: what it has to correct in its report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnNote {
    /// The name of its file.
    pub name: String,
    /// The letter, its title in the first line.
    pub text: String,
}

/// Returns the notes for the drafts among these files that have errors, each under a name of its own for
/// files of that format.
pub fn return_notes(files: &[PathBuf], format: Format, library: &Library, today: Date) -> Vec<ReturnNote> {
    let checker = FileChecker::new(library, None, today);
    let mut names = HashSet::new();
    let note = |path: &PathBuf| {
        let read = checker.load_file(&FoundFile { path: path.clone(), error: None }).ok()?;
        let findings = checker.findings_in(path, &read);
        let (form, draft) = (&read.loaded.form, &read.loaded.draft);
        let is_error = |finding: &&Finding| finding.is_open() && finding.severity == Severity::Error;
        let errors: Vec<&Finding> = findings.iter().filter(is_error).collect();
        let unit = if draft.unit().is_empty() { "填报单位" } else { draft.unit() };
        let year = draft.year().map_or(String::new(), |year| format!("{year}年度"));
        let text = note_text(unit, &year, form, &corrections(draft, &errors));
        let mut name = safe_file_name(unit, &format!("-退回意见.{}", format.extension()));
        for number in 2.. {
            if names.insert(name.clone()) {
                break;
            }
            name = safe_file_name(unit, &format!("-退回意见{number}.{}", format.extension()));
        }
        (!errors.is_empty()).then_some(ReturnNote { name, text })
    };
    files.iter().filter_map(note).collect()
}

/// What has to be corrected at one place.
struct Correction<'a> {
    /// The cell; `None` if it is none.
    cell: Option<&'a FieldId>,
    found: String,
    expected: String,
    /// What is said of it: several sentences where one slip breaks several sums.
    messages: Vec<&'a str>,
}

/// The errors as places to correct: those that one cell explains are one, with what stands in that cell.
fn corrections<'a>(draft: &Draft, errors: &[&'a Finding]) -> Vec<Correction<'a>> {
    let mut all: Vec<Correction> = Vec::new();
    for finding in errors {
        let message = finding.message.as_str();
        let Some(suspect) = &finding.suspect else {
            all.push(Correction {
                cell: finding.fields.first(),
                found: finding.found.clone().unwrap_or_default(),
                expected: finding.expected.clone().unwrap_or_default(),
                messages: vec![message],
            });
            continue;
        };
        if let Some(same) = all.iter_mut().find(|it| it.cell == Some(suspect)) {
            same.messages.push(message);
            continue;
        }
        // The numbers of the finding are those of the sum; the slip is in one of its parts.
        let found = draft.get(suspect.as_str()).typed().into_owned();
        let mut changes = finding.fix.iter().flat_map(|fix| &fix.changes);
        let after = changes.find_map(|change| match change {
            Change::Field { id, after, .. } if id == suspect => Some(after.typed().into_owned()),
            _ => None,
        });
        let expected = after.unwrap_or_default();
        let found = if found.is_empty() { "空白".into() } else { found };
        all.push(Correction { cell: Some(suspect), found, expected, messages: vec![message] });
    }
    all
}

/// The note in the words of an office: table, cell, what is there and what it should be.
fn note_text(unit: &str, year: &str, form: &Form, corrections: &[Correction]) -> String {
    let mut text = format!(
        "关于修改{year}政府信息公开工作年度报告的意见\n\n{unit}：\n　　你单位报送的{year}政府信息公开工作\
         年度报告经核对，有以下 {} 处需要修改，请改正后重新报送。\n",
        corrections.len()
    );
    for (number, Correction { cell, found, expected, messages }) in (1..).zip(corrections) {
        let table = cell.and_then(|id| form.section(id.section())).map(|section| section.heading());
        let place = cell.map(|id| form.location(id));
        // The numeral of the table is in its own line.
        let cell = place.map(|place| place.split_once('·').map_or(place, |(_, cell)| cell));
        text.push_str(&format!("\n{number}．"));
        let lines = [
            ("表", table.as_deref().unwrap_or_default()),
            ("栏", cell.unwrap_or_default()),
            ("现为", found.as_str()),
            ("应为", expected.as_str()),
        ];
        let lines = lines.into_iter().chain(messages.iter().map(|message| ("说明", *message)));
        let known = lines.filter(|(_, text)| !text.is_empty());
        let known: Vec<String> = known.map(|(label, text)| format!("{label}：{text}\n")).collect();
        text.push_str(&known.join("　　"));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use jiff::civil::date;

    const SAMPLE: &str = include_str!("../../assets/sample.ron");

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("甲.ron"), SAMPLE).unwrap();
        fs::write(folder.path().join("乙.ron"), SAMPLE.replace("示例市水务局", "示例市教育局")).unwrap();
        fs::write(folder.path().join("名单.txt"), "示例市水务局\n示例市教育局\n示例市民政局\n").unwrap();
        folder
    }

    fn files(folder: &tempfile::TempDir) -> Vec<PathBuf> {
        ["甲.ron", "乙.ron"].map(|name| folder.path().join(name)).into()
    }

    #[test]
    fn a_note_names_table_cell_and_both_numbers() {
        let folder = folder();
        let notes = return_notes(&files(&folder), Format::Text, &Library::new(), date(2026, 1, 12));
        assert_eq!(notes.len(), 2, "the sample has errors");
        assert_eq!(notes[0].name, "示例市水务局-退回意见.txt");
        for said in [
            "示例市水务局：",
            "表：三、收到和处理政府信息公开申请情况\n",
            "　　栏：",
            "　　现为：",
            "　　应为：",
        ] {
            assert!(notes[0].text.contains(said), "{said} is not in {}", notes[0].text);
        }
    }

    #[test]
    fn a_slip_is_named_once_with_what_stands_in_its_cell() {
        let folder = folder();
        let notes = return_notes(&files(&folder), Format::Text, &Library::new(), date(2026, 1, 12));
        let text = &notes[0].text;
        assert!(text.contains("有以下 2 处需要修改"), "{text}");
        let slip = text.split("\n1．").nth(1).unwrap().split("\n2．").next().unwrap();
        assert!(slip.contains("栏：（三）不予公开 5.属于三类内部事务信息·自然人\n"), "{slip}");
        assert!(slip.contains("现为：4\n　　应为：5\n"), "{slip}");
        assert_eq!(slip.matches("说明：").count(), 2, "{slip}");
    }

    #[test]
    fn two_drafts_of_one_unit_have_notes_of_their_own() {
        let folder = folder();
        let twice = vec![folder.path().join("甲.ron"), folder.path().join("甲.ron")];
        let notes = return_notes(&twice, Format::Docx, &Library::new(), date(2026, 1, 12));
        assert_eq!(notes[1].name, "示例市水务局-退回意见2.docx");
    }
}
