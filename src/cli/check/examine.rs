//! One file: read, with last year's beside it, and checked.

use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

use super::super::explain::UNREADABLE;
use super::super::files::Listed;
use super::super::gather::gather;
use crate::check::{Context, Finding, Past, Units, Weight, check};
use crate::form::{Form, Library};
use crate::store::{self, Loaded, StoreError};

/// What all files are examined with.
pub(in super::super) struct Examiner<'a> {
    library: &'a Library,
    /// Last year's draft as given on the command line; else the one that the draft names.
    last: Option<&'a Past>,
    today: Date,
}

/// What was found in one file.
pub(in super::super) struct Examined {
    /// The file as the clerk knows it.
    pub file: String,
    /// The unit, where the file could be read and says so.
    pub unit: String,
    /// The year, where the file could be read and says so.
    pub year: Option<u16>,
    /// The form, where the file could be read.
    pub form: Option<Arc<Form>>,
    /// The findings, in the order of the form.
    pub findings: Vec<Finding>,
    /// What the clerk should be told beside them.
    pub words: Vec<String>,
    /// Whether it could be read at all.
    pub readable: bool,
}

/// One file read, with last year's beside it.
pub(in super::super) struct Read {
    /// The draft itself.
    pub loaded: Loaded,
    /// Last year's, where the draft names one that could be read.
    pub named: Option<Past>,
    /// Why the one it names could not be.
    pub unread: Option<StoreError>,
}

impl<'a> Examiner<'a> {
    pub fn new(library: &'a Library, last: Option<&'a Past>, today: Date) -> Self {
        Examiner { library, last, today }
    }

    pub fn examine(&self, listed: &Listed) -> Examined {
        let file = listed.path.display().to_string();
        match self.read(listed) {
            Ok(read) => {
                let findings = self.judge(&listed.path, &read);
                let Loaded { draft, form, remarks, .. } = read.loaded;
                let words = remarks.iter().map(|remark| format!("{file}：{remark}")).collect();
                let (unit, year) = (draft.unit().into(), draft.year());
                Examined { file, unit, year, form: Some(form), findings, words, readable: true }
            }
            Err(words) => {
                let finding = Finding::new(UNREADABLE.id, Weight::Error, Vec::new(), words);
                let (unit, findings, words) = (String::new(), vec![finding], Vec::new());
                Examined { file, unit, year: None, form: None, findings, words, readable: false }
            }
        }
    }

    /// Reads a file, and last year's draft where it names one and none was given; or says why not.
    pub fn read(&self, listed: &Listed) -> Result<Read, String> {
        if let Some(words) = &listed.fault {
            return Err(format!("{}：{words}", listed.path.display()));
        }
        let loaded = store::load(&listed.path, self.library).map_err(|error| error.to_string())?;
        let mut unread = None;
        let named = match (self.last, &loaded.draft.last) {
            (None, Some(last)) => {
                let beside = listed.path.parent().unwrap_or(Path::new("")).join(last);
                let loaded = store::load(&beside, self.library).map_err(|error| unread = Some(error)).ok();
                loaded.map(|last| Past::new(last.form, last.draft))
            }
            _ => None,
        };
        Ok(Read { loaded, named, unread })
    }

    /// Everything that is found in a file that was read.
    pub fn judge(&self, path: &Path, read: &Read) -> Vec<Finding> {
        let Read { loaded: Loaded { draft, form, .. }, named, unread } = read;
        let last = self.last.or(named.as_ref());
        let mut findings = Vec::new();
        if let Some(error) = unread {
            let words = format!("上年的草稿读不出来，与上年有关的各条没有核对：{error}");
            findings.push(Finding::new(UNREADABLE.id, Weight::Warning, Vec::new(), words));
        }
        let now = gather(path, form, draft, self.library, false);
        let units = now.as_ref().map(|now| Units {
            sums: &now.sums,
            changed: &now.news.changed,
            unread: &now.news.unread,
            filed: &now.news.filed,
            doubled: &now.news.doubled,
        });
        let context = Context { last, today: Some(self.today), units };
        findings.extend(check(form, draft, context));
        findings
    }
}

impl Examined {
    /// Unit and year for a heading: `示例县水利局 2024年`.
    pub fn title(&self) -> String {
        let year = self.year.map_or(String::new(), |year| format!(" {year}年"));
        format!("{}{year}", self.unit).trim().into()
    }
}

/// Where a finding is: the likely cell, or the cells it names, in the form's own words.
pub(super) fn place(form: &Form, finding: &Finding) -> String {
    if let Some(suspect) = &finding.suspect {
        return format!("可能在：{}", form.place(suspect));
    }
    match finding.fields.as_slice() {
        [] => String::new(),
        [one] => format!("位置：{}", form.place(one)),
        [one, .., last] if finding.fields.len() > 2 => {
            format!("位置：{} 到 {}，共 {} 栏", form.place(one), form.place(last), finding.fields.len())
        }
        [one, rest @ ..] => {
            let rest: Vec<_> = rest.iter().map(|id| form.place(id)).collect();
            format!("位置：{}；{}", form.place(one), rest.join("；"))
        }
    }
}
