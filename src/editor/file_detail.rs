//! What is known of a file that is not open: of a draft how far it is and what is wrong with it, of a folder what
//! is in it, of a report its first lines.

use std::cmp::Reverse;
use std::path::PathBuf;

use jiff::civil::DateTime;

use super::listed_file::DraftProgress;
use crate::check::{Context, Finding, Severity, check, count_marked, is_marked};
use crate::draft::{Draft, FilledCells, Ledger};
use crate::form::{Body, FieldId, Form, Kind, Section};
use crate::text::character_count;

/// The file chosen, and what is in it once that was read.
#[derive(Clone, Debug)]
pub struct FilePreview {
    /// The file.
    pub path: PathBuf,
    /// What is in it; `None` until it was read.
    pub content: Option<PreviewContent>,
}

/// What is shown of a file.
#[derive(Clone, Debug)]
pub enum PreviewContent {
    /// A draft.
    Draft(Box<DraftDetail>),
    /// The first lines of a report.
    Lines(Vec<String>),
    /// What is in a folder: the kind and the name of each file.
    Folder(Vec<(&'static str, String)>),
    /// Why nothing is shown.
    Nothing(String),
}

/// What is known of a draft that is not open.
#[derive(Clone, Debug)]
pub struct DraftDetail {
    /// The unit; empty if it is not filled in.
    pub unit: String,
    /// The year, where it is filled in.
    pub year: Option<u16>,
    /// The name of its form.
    pub form: String,
    /// How far it is.
    pub progress: DraftProgress,
    /// When it was saved, in local time.
    pub saved_at: Option<DateTime>,
    /// The file of last year's report, where one is named, and whether it is there.
    pub last_year: Option<(String, bool)>,
    /// Its sections, those that share a tab as one.
    pub sections: Vec<SectionDetail>,
    /// What is wrong or to be looked at, errors first; what one cell explains is one.
    pub findings: Vec<DetailFinding>,
}

/// One section of a draft.
#[derive(Clone, Debug)]
pub struct SectionDetail {
    /// Its numeral and the label of its tab.
    pub name: String,
    /// How far it is.
    pub fill: SectionFill,
    /// Its open errors and warnings.
    pub marks: (usize, usize),
}

/// How far a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionFill {
    /// So many of its numbers, or of the lines of the cover, are filled in.
    Cells(FilledCells),
    /// Its text has so many characters.
    Characters(usize),
}

/// A finding in words.
#[derive(Clone, Debug)]
pub struct DetailFinding {
    /// How serious it is.
    pub severity: Severity,
    /// The rule.
    pub rule: String,
    /// The part of the report, and what was found.
    pub message: String,
}

impl DraftDetail {
    /// Looks a draft over, as its title and its tabs will count it.
    pub fn of(form: &Form, draft: &Draft) -> Self {
        let findings = check(form, draft, Context::default());
        let ledger = Ledger::new(form, draft);
        let report = (form, draft, &ledger);
        let mut sections: Vec<SectionDetail> = Vec::new();
        for section in &form.sections {
            let here = findings.iter().filter(|finding| section_of(form, finding) == Some(&section.id));
            let count = |severity| count_marked(here.clone(), severity, report);
            // The text behind a table has the table's id: its findings are counted there.
            let is_own = form.section(&section.id).is_some_and(|first| std::ptr::eq(first, section));
            let marks = if is_own { (count(Severity::Error), count(Severity::Warning)) } else { (0, 0) };
            match sections.last_mut() {
                Some(before) if section.tab.is_empty() => {
                    before.marks = (before.marks.0 + marks.0, before.marks.1 + marks.1);
                }
                _ => sections.push(SectionDetail {
                    name: format!("{} {}", section.numeral, section.tab).trim_start().into(),
                    fill: fill_of(section, report),
                    marks,
                }),
            }
        }
        DraftDetail {
            unit: draft.unit().into(),
            year: draft.year(),
            form: form.name.clone(),
            progress: DraftProgress::of(form, draft, &findings, &ledger),
            saved_at: None,
            last_year: draft.last_year.clone().map(|name| (name, true)),
            sections,
            findings: marked_findings(&findings, report),
        }
    }
}

fn section_of<'f>(form: &'f Form, finding: &Finding) -> Option<&'f String> {
    let first = finding.fields.first().map(FieldId::section)?;
    form.section(first).map(|section| &section.id)
}

fn fill_of(section: &Section, (form, draft, ledger): (&Form, &Draft, &Ledger)) -> SectionFill {
    let fields = form.fields_of(section);
    match section.body {
        Body::Narrative { .. } | Body::TableText => SectionFill::Characters(
            fields.iter().map(|field| character_count(draft.text(field.id.as_str()))).sum(),
        ),
        Body::Cover(_) | Body::Table(_) => SectionFill::Cells(FilledCells::of_fields(
            // What is chosen of a list on the cover is inferred where it is left out.
            fields.iter().filter(|field| {
                !ledger.is_computed(form, field.id.as_str()) && !matches!(field.kind, Kind::Choice(_))
            }),
            draft,
        )),
    }
}

/// The findings that are marked: those that one cell explains as one, errors first.
fn marked_findings(findings: &[Finding], report: (&Form, &Draft, &Ledger)) -> Vec<DetailFinding> {
    let mut suspects: Vec<&FieldId> = Vec::new();
    let mut marked: Vec<&Finding> = Vec::new();
    for finding in findings {
        let is_known = finding.suspect.as_ref().is_some_and(|suspect| suspects.contains(&suspect));
        if finding.severity > Severity::Remark && is_marked(finding, report) && !is_known {
            suspects.extend(&finding.suspect);
            marked.push(finding);
        }
    }
    marked.sort_by_key(|finding| Reverse(finding.severity));
    let in_words = |finding: &&Finding| {
        let place = finding.fields.first().map_or("", |id| report.0.location(id));
        let part = place.split_once('·').map_or("", |(part, _)| part);
        DetailFinding {
            severity: finding.severity,
            rule: finding.rule.clone(),
            message: format!("{part} {}", finding.message).trim_start().to_string(),
        }
    };
    marked.iter().map(in_words).collect()
}
