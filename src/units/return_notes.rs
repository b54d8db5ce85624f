//! A note for each unit whose report has to be corrected.

use std::collections::HashSet;
use std::path::PathBuf;

use jiff::civil::Date;

use super::file_checker::FileChecker;
use super::file_checker::name_cells;
use super::file_rules::UNREADABLE;
use super::files::FoundFile;
use crate::check::{Finding, Severity};
use crate::draft::{Draft, format_date};
use crate::edit::Change;
use crate::export::{Format, NOTES_NAME, RIGHT_ALIGNED};
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

/// How many cells of a finding are named one by one.
const NAMED_CELLS: usize = 4;

/// What stands for a sender who is not known: to be written by hand.
const BLANK_SENDER: &str = "＿＿＿＿＿＿＿＿";

/// Returns the notes for the drafts among these files that have errors of the unit, each under a name of its own
/// for files of that format. They are signed by `sender`, if it is not empty, on the day `today`.
pub fn return_notes(
    files: &[PathBuf],
    format: Format,
    sender: &str,
    library: &Library,
    today: Date,
) -> Vec<ReturnNote> {
    let checker = FileChecker::new(library, None, today);
    let mut names = HashSet::new();
    let note = |path: &PathBuf| {
        let read = checker.load_file(&FoundFile { path: path.clone(), error: None }).ok()?;
        let findings = checker.findings_in(path, &read);
        let (form, draft) = (&read.loaded.form, &read.loaded.draft);
        let errors: Vec<&Finding> = findings.iter().filter(is_for_unit).collect();
        let unit = if draft.unit().is_empty() { "填报单位" } else { draft.unit() };
        let year = draft.year().map_or(String::new(), |year| format!("{year}年度"));
        let mut text = note_text(unit, &year, form, &corrections(form, draft, &errors));
        let sender = if sender.is_empty() { BLANK_SENDER } else { sender };
        text.push_str(&format!("\n{RIGHT_ALIGNED}{sender}\n{RIGHT_ALIGNED}{}\n", format_date(today)));
        let mut name = safe_file_name(unit, &format!("-{NOTES_NAME}.{}", format.extension()));
        for number in 2.. {
            if names.insert(name.clone()) {
                break;
            }
            name = safe_file_name(unit, &format!("-{NOTES_NAME}{number}.{}", format.extension()));
        }
        (!errors.is_empty()).then_some(ReturnNote { name, text })
    };
    files.iter().filter_map(note).collect()
}

/// Whether a finding is an error that the unit has to correct. What this side has not read of its report, or of
/// the settings of the folder, is none of its errors.
fn is_for_unit(finding: &&Finding) -> bool {
    let is_own = ["D2c", UNREADABLE.id].contains(&finding.rule.as_str());
    finding.is_open() && finding.severity == Severity::Error && !is_own
}

/// What has to be corrected at one place.
struct Correction<'a> {
    /// The cell, or the first of several; `None` if it is none.
    cell: Option<&'a FieldId>,
    /// The cells in words, where there are several and none is the likely one.
    several: Option<String>,
    /// What stands in the one cell; empty where there are several: numbers of a finding about them are sums.
    found: String,
    expected: String,
    /// What is said of it: several sentences where one slip breaks several sums.
    messages: Vec<&'a str>,
}

/// The errors as places to correct: those that one cell explains are one, with what stands in that cell.
fn corrections<'a>(form: &Form, draft: &Draft, errors: &[&'a Finding]) -> Vec<Correction<'a>> {
    let mut all: Vec<Correction> = Vec::new();
    for finding in errors {
        let message = finding.message.as_str();
        let Some(suspect) = &finding.suspect else {
            let is_one = finding.fields.len() < 2;
            let number = |number: &Option<String>| number.clone().filter(|_| is_one).unwrap_or_default();
            all.push(Correction {
                cell: finding.fields.first(),
                several: (!is_one)
                    .then(|| name_cells(&finding.fields, NAMED_CELLS, |id| cell_name(form, id))),
                found: number(&finding.found),
                expected: number(&finding.expected),
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
        all.push(Correction { cell: Some(suspect), several: None, found, expected, messages: vec![message] });
    }
    all
}

/// The place of a cell without its table, which has a line of its own.
fn cell_name<'f>(form: &'f Form, id: &'f FieldId) -> &'f str {
    let place = form.location(id);
    place.split_once('·').map_or(place, |(_, cell)| cell)
}

/// The note in the words of an office: table, cell, what is there and what it should be.
fn note_text(unit: &str, year: &str, form: &Form, corrections: &[Correction]) -> String {
    let mut text = format!(
        "关于修改{year}政府信息公开工作年度报告的意见\n\n{unit}：\n　　你单位报送的{year}政府信息公开工作\
         年度报告经核对，有以下 {} 处需要修改，请改正后重新报送。\n",
        corrections.len()
    );
    for (number, Correction { cell, several, found, expected, messages }) in (1..).zip(corrections) {
        let table = cell.and_then(|id| form.section(id.section())).map(|section| section.heading());
        let one = cell.filter(|_| several.is_none()).map(|id| cell_name(form, id));
        text.push_str(&format!("\n{number}．"));
        let lines = [
            ("表", table.as_deref().unwrap_or_default()),
            ("栏", one.unwrap_or_default()),
            ("位置", several.as_deref().unwrap_or_default()),
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
        let notes = return_notes(&files(&folder), Format::Text, "", &Library::new(), date(2026, 1, 12));
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
        let notes = return_notes(&files(&folder), Format::Text, "", &Library::new(), date(2026, 1, 12));
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
        let notes = return_notes(&twice, Format::Docx, "", &Library::new(), date(2026, 1, 12));
        assert_eq!(notes[1].name, "示例市水务局-退回意见2.docx");
    }

    fn note_of(draft: &str, sender: &str) -> Vec<ReturnNote> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        fs::write(&path, draft).unwrap();
        return_notes(&[path], Format::Text, sender, &Library::new(), date(2026, 1, 12))
    }

    #[test]
    fn no_sum_is_said_to_stand_in_a_cell() {
        // Of the balance any of its four cells may be wrong.
        let draft = SAMPLE.replace("natural: 58", "natural: 50").replace("total: 68", "total: 60");
        let notes = note_of(&draft, "");
        let balance = notes[0].text.split("\n\n").find(|part| part.contains("50 + ")).unwrap();
        assert!(!balance.contains("现为：") && !balance.contains("应为："), "{balance}");
        let cells =
            "位置：一、本年新收政府信息公开申请数量·自然人；二、上年结转政府信息公开申请数量·自然人；";
        assert!(balance.contains(cells), "{balance}");
    }

    #[test]
    fn doubts_of_an_import_are_not_sent_to_the_unit() {
        let cell = r#""disclosure.licensing.decisions": (candidates: ["37"], line: 23, text: "37"),"#;
        let unread = SAMPLE.replace("    licensing: (decisions: 412),\n", "");
        let unread =
            format!("{}  unread: {{\n    {cell}\n  }},\n)\n", unread.trim_end().strip_suffix(')').unwrap());
        let notes = note_of(&unread, "");
        assert!(!notes[0].text.contains("行政许可"), "{}", notes[0].text);
    }

    #[test]
    fn a_note_ends_with_sender_and_day() {
        let signed = |sender| note_of(SAMPLE, sender)[0].text.clone();
        let text = signed("示例市人民政府");
        let end = format!("\n\n{RIGHT_ALIGNED}示例市人民政府\n{RIGHT_ALIGNED}2026年1月12日\n");
        assert!(text.ends_with(&end), "{text}");
        assert!(signed("").contains(&format!("\n{RIGHT_ALIGNED}{BLANK_SENDER}\n")));
    }
}
