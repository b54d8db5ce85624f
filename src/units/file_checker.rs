//! One file: read, with last year's beside it, and checked.

use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

use super::current_units::read_units;
use super::file_rules::UNREADABLE;
use super::files::FoundFile;
use super::folder_index::FolderIndex;
use super::folder_settings::{FolderSettings, Settings, SettingsCache};
use super::input::load_input;
use crate::check::{Context, Finding, LastYear, Severity, Units, check};
use crate::draft::TwinText;
use crate::form::{FieldId, Form, Library};
use crate::store::{self, Loaded, Positions, StoreError};

/// Checks files, all with the same forms and day.
pub struct FileChecker<'a> {
    library: &'a Library,
    /// Last year's draft as given on the command line; else the one that the draft names.
    last: Option<&'a LastYear>,
    today: Date,
    /// What the reports of the folder say of each other, where a folder is checked.
    index: Option<&'a FolderIndex>,
    settings: SettingsCache,
    /// Whether the findings are to say where in the file they are.
    locates: bool,
}

/// What was found in one file.
pub struct CheckedFile {
    /// The file as the clerk knows it.
    pub file: String,
    /// The unit, if the file could be read and names one.
    pub unit: String,
    /// The year, if the file could be read and names one.
    pub year: Option<u16>,
    /// The form, if the file could be read.
    pub form: Option<Arc<Form>>,
    /// The findings, in the order of the form.
    pub findings: Vec<Finding>,
    /// Messages for the clerk beside them.
    pub messages: Vec<String>,
    /// The settings of its folder that are in force.
    pub settings: Option<Arc<FolderSettings>>,
    /// Whether it could be read at all.
    pub readable: bool,
    /// Where its fields stand in it; `None` if nobody asked, or if it cannot be told.
    pub positions: Option<Positions>,
}

/// One file read, with last year's beside it.
pub struct LoadedFile {
    /// The draft itself.
    pub loaded: Loaded,
    /// Last year's, where the draft names one that could be read.
    pub last_year: Option<LastYear>,
    /// Why the one it names could not be.
    pub last_year_error: Option<StoreError>,
}

impl<'a> FileChecker<'a> {
    /// Creates a checker; `last` is last year's draft for all files, instead of the one that each names.
    pub fn new(library: &'a Library, last: Option<&'a LastYear>, today: Date) -> Self {
        FileChecker { library, last, today, index: None, settings: SettingsCache::default(), locates: false }
    }

    /// Compares each report with the others of its folder too.
    pub fn beside(self, index: &'a FolderIndex) -> Self {
        FileChecker { index: Some(index), ..self }
    }

    /// Returns the reports of other units that have nearly the same text as a file.
    pub fn twins_of(&self, path: &Path) -> Vec<TwinText> {
        self.index.map_or(Vec::new(), |index| index.twins_of(path).to_vec())
    }

    /// Also finds the line and the column of each finding, if that is wanted.
    pub fn locating(self, locates: bool) -> Self {
        FileChecker { locates, ..self }
    }

    /// Returns the settings that are in force for a file.
    pub fn settings_of(&self, path: &Path) -> Settings {
        self.settings.get(path, self.library)
    }

    /// Reads and checks a file. One that cannot be read has that as its only finding.
    pub fn check_file(&self, found: &FoundFile) -> CheckedFile {
        let file = found.path.display().to_string();
        match self.load_file(found) {
            Ok(read) => {
                let findings = self.findings_in(&found.path, &read);
                let Loaded { draft, form, ignored_totals: remarks, .. } = read.loaded;
                let messages = remarks.iter().map(|remark| format!("{file}：{remark}")).collect();
                let (unit, year) = (draft.unit().into(), draft.year());
                let settings = self.settings_of(&found.path).ok().flatten();
                let form = Some(form);
                // Only who asks for lines pays for a second look at the file.
                let text = (self.locates && !findings.is_empty())
                    .then(|| store::read_file(&found.path, store::LARGEST).ok())
                    .flatten();
                let positions = text.map(|bytes| Positions::find(&String::from_utf8_lossy(&bytes)));
                CheckedFile {
                    file,
                    unit,
                    year,
                    form,
                    findings,
                    messages,
                    settings,
                    readable: true,
                    positions,
                }
            }
            Err(message) => {
                let finding = Finding::new(UNREADABLE.id, Severity::Error, Vec::new(), message);
                let (unit, findings, messages) = (String::new(), vec![finding], Vec::new());
                CheckedFile {
                    file,
                    unit,
                    year: None,
                    form: None,
                    findings,
                    messages,
                    settings: None,
                    readable: false,
                    positions: None,
                }
            }
        }
    }

    /// Reads a file, and last year's draft if it names one and none was given.
    ///
    /// # Errors
    /// Returns a message for the clerk if the file cannot be read.
    pub fn load_file(&self, found: &FoundFile) -> Result<LoadedFile, String> {
        if let Some(message) = &found.error {
            return Err(format!("{}：{message}", found.path.display()));
        }
        let loaded = load_input(&found.path, self.library).map_err(|error| error.to_string())?;
        let mut unread = None;
        let named = match (self.last, &loaded.draft.last_year) {
            (None, Some(last)) => {
                let beside = found.path.parent().unwrap_or(Path::new("")).join(last);
                let loaded = store::load(&beside, self.library).map_err(|error| unread = Some(error)).ok();
                loaded.map(|last| LastYear::new(last.form, last.draft))
            }
            _ => None,
        };
        Ok(LoadedFile { loaded, last_year: named, last_year_error: unread })
    }

    /// Returns everything that is found in a file that was read.
    pub fn findings_in(&self, path: &Path, read: &LoadedFile) -> Vec<Finding> {
        let LoadedFile { loaded: Loaded { draft, form, .. }, last_year: named, last_year_error: unread } =
            read;
        let last = self.last.or(named.as_ref());
        let mut findings = Vec::new();
        if let Some(error) = unread {
            let message = format!("上年的草稿无法读取，与上年有关的各条没有核对：{error}");
            findings.push(Finding::new(UNREADABLE.id, Severity::Warning, Vec::new(), message));
        }
        let now = read_units(path, form, draft, self.library, false);
        let units = now.as_ref().map(|now| Units {
            sums: &now.sums,
            changed: &now.changes.changed,
            unread: &now.changes.unread,
            newly_filed: &now.changes.newly_filed,
            duplicates: &now.changes.duplicates,
            with_blanks: &now.changes.with_blanks,
        });
        let settings = self.settings_of(path);
        if let Err(message) = &settings {
            let message = format!("文件夹的设置无法读取，按没有设置核对：{message}");
            findings.push(Finding::new(UNREADABLE.id, Severity::Error, Vec::new(), message));
        }
        let settings = settings.ok().flatten();
        let context = Context {
            last_year: last,
            today: Some(self.today),
            units,
            history: None,
            settings: settings.as_deref().map(|settings| &settings.rules),
            folder_units: self.index.map(FolderIndex::units),
            twins: self.index.map_or(&[], |index| index.twins_of(path)),
        };
        findings.extend(check(form, draft, context));
        findings
    }
}

impl CheckedFile {
    /// Unit and year for a heading: `示例县水利局 2024年`.
    pub fn title(&self) -> String {
        let year = self.year.map_or(String::new(), |year| format!(" {year}年"));
        format!("{}{year}", self.unit).trim().into()
    }

    /// Returns line and column of what a finding is about, both from 1.
    pub fn position(&self, finding: &Finding) -> Option<(usize, usize)> {
        let span = finding.span.as_ref().map(|span| &span.field);
        let field = span.or(finding.suspect.as_ref()).or(finding.fields.first())?;
        self.positions.as_ref()?.of(field.as_str())
    }
}

/// Returns where a finding is: the likely cell, or the cells it names, in the terms of the form.
pub fn place(form: &Form, finding: &Finding) -> String {
    if let Some(suspect) = &finding.suspect {
        return format!("可能在：{}", form.location(suspect));
    }
    match finding.fields.as_slice() {
        [] => String::new(),
        cells => format!("位置：{}", name_cells(cells, 2, |id| form.location(id))),
    }
}

/// Returns the names of cells: all of at most `listed`, of more the first, the last and their number.
pub(super) fn name_cells<'f>(
    cells: &'f [FieldId],
    listed: usize,
    name: impl Fn(&'f FieldId) -> &'f str,
) -> String {
    match cells {
        [one, .., last] if cells.len() > listed => {
            format!("{} 到 {}，共 {} 栏", name(one), name(last), cells.len())
        }
        few => few.iter().map(name).collect::<Vec<_>>().join("；"),
    }
}
