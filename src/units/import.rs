//! Many documents imported: each to a draft of its own, on all cores; one that cannot be read stops nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::files::{self, FoundFile};
use super::input::is_standard_stream;
use super::parallel;
use crate::export::NOTES_NAME;
use crate::form::{Form, Library};
use crate::import::{FileKind, Import, LARGEST, OpenState, import};
use crate::store::{self, atomic};

/// One of many files, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchFile {
    /// The document.
    pub file: PathBuf,
    /// Its draft, or why there is none, for the clerk.
    pub outcome: Result<BatchDraft, String>,
}

/// A draft that was made of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchDraft {
    /// Where it is.
    pub path: PathBuf,
    /// The unit; empty if the document names none.
    pub unit: String,
    /// The report year.
    pub year: Option<u16>,
    /// How many cells were read, of how many.
    pub cells: (usize, usize),
    /// How many cells and narratives are blank in the document.
    pub blank: usize,
    /// How many are not in it.
    pub missing: usize,
    /// How many have to be compared with it.
    pub unread: usize,
}

impl BatchDraft {
    /// Counts what was read and what is open.
    pub fn of(path: PathBuf, read: &Import, form: &Form) -> Self {
        let count = |state| read.open.iter().filter(|open| open.state == state).count();
        let cells =
            form.fields().iter().filter(|field| field.kind.is_number() && field.id.section() != "cover");
        BatchDraft {
            path,
            unit: read.draft.unit().into(),
            year: read.draft.year(),
            cells: (read.read_count, cells.count()),
            blank: count(OpenState::Blank),
            missing: count(OpenState::NotFound),
            unread: count(OpenState::Ambiguous),
        }
    }

    /// Returns what was read and what is open, in words.
    pub fn describe(&self) -> String {
        let (read, all) = self.cells;
        let open = [("原文空白", self.blank), ("没有找到", self.missing), ("待核对", self.unread)];
        let open = open.into_iter().filter(|(_, count)| *count > 0);
        let open: String = open.map(|(what, count)| format!("，{what} {count} 栏")).collect();
        format!("读出 {read}/{all} 栏{open}")
    }

    /// Returns whether something is open.
    pub fn is_open(&self) -> bool {
        self.blank + self.missing + self.unread > 0
    }
}

/// A document and where its draft goes, or why it cannot be reached.
#[derive(Debug)]
pub struct BatchSource {
    /// The document.
    pub file: PathBuf,
    /// Where its draft goes.
    pub draft: PathBuf,
    /// Why it cannot be reached, for the clerk.
    pub error: Option<String>,
}

/// Imports the documents in a folder and below it that are not imported yet, each to a draft beside it, and
/// passes how many there are and what came of each to `take`, until it returns `false`.
pub fn import_new_files(
    folder: &Path,
    library: &Library,
    today: Date,
    mut take: impl FnMut(usize, BatchFile) -> bool,
) {
    let known = imported_files(folder, library);
    let is_new = |source: &BatchSource| !known.contains(&source.file) && !source.draft.exists();
    let listed = files::walk_files(folder, usize::MAX, is_document);
    let listed = listed.map(|found| batch_source(found, folder, None)).filter(is_new);
    let sources: Vec<BatchSource> = listed.collect();
    let count = sources.len();
    let mut claims = DraftClaims::default();
    let each = |source: BatchSource| (read_report(&source, library, today), source);
    parallel::map_in_order(sources.into_iter(), each, |(read, source)| {
        let outcome = read.and_then(|(read, form)| {
            claims.claim(&source)?;
            store::save_expected(&source.draft, &form, &read.draft, atomic::Expected::Nothing)
                .map_err(|error| error.to_string())?;
            Ok(BatchDraft::of(source.draft.clone(), &read, &form))
        });
        take(count, BatchFile { file: source.file, outcome })
    });
}

/// Returns the documents that a path stands for; their drafts go into the folder `output`, else beside them.
pub fn list_sources(path: &Path, output: Option<&Path>) -> Vec<BatchSource> {
    if !path.is_dir() {
        let is_stream = is_standard_stream(path);
        let error = is_stream.then(|| "标准输入请单独导入".to_string());
        let folder = path.parent().unwrap_or(Path::new(""));
        return vec![batch_source(FoundFile { path: path.into(), error }, folder, output)];
    }
    let listed = files::walk_files(path, usize::MAX, is_document);
    let mut listed: Vec<BatchSource> = listed.map(|found| batch_source(found, path, output)).collect();
    if listed.is_empty() {
        let error = Some("这个文件夹里没有可以导入的报告（Word、网页、Excel、PDF 等文件）".to_string());
        listed.push(BatchSource { file: path.into(), draft: PathBuf::new(), error });
    }
    listed
}

fn batch_source(found: FoundFile, folder: &Path, output: Option<&Path>) -> BatchSource {
    let FoundFile { path: file, error } = found;
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    let inside = file.strip_prefix(folder).unwrap_or(&file);
    let draft = output.map_or_else(|| file.clone(), |output| output.join(inside)).with_extension("ron");
    BatchSource { file, draft, error }
}

/// Returns whether a file is a document that may be a report. A program keeps a file `~$…` beside each one
/// that it has open.
fn is_document(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    // Texts and tables without words may be lists or anything else; they are read when they are named.
    let is_taken = match FileKind::of_name(&name) {
        None | Some(FileKind::Text | FileKind::Json) => false,
        Some(FileKind::Spreadsheet) => !name.to_ascii_lowercase().ends_with(".csv"),
        Some(_) => true,
    };
    is_taken && !name.starts_with('~') && !is_note(path)
}

/// Returns whether a file is a letter that the program has written to a unit: no report.
fn is_note(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_in_folder = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == NOTES_NAME);
    is_in_folder || stem.strip_suffix(NOTES_NAME).is_some_and(|unit| unit.ends_with('-'))
}

/// Returns whether something of the form was found in a document: a cell of a table, read or not, or the text of
/// a section. Without any it is no report, but a letter or anything else.
fn is_report(read: &Import, form: &Form) -> bool {
    let has_cell = read.read_count > 0 || read.open.iter().any(|open| open.state == OpenState::Ambiguous);
    let mut sections = form.sections.iter().filter(|section| !section.numeral.is_empty());
    has_cell || sections.any(|section| !read.draft.text(&section.id).trim().is_empty())
}

/// Returns the documents that the drafts in a folder and below it were imported from, each beside its draft.
fn imported_files(folder: &Path, library: &Library) -> HashSet<PathBuf> {
    let drafts = files::walk_drafts(folder, usize::MAX);
    let source = |found: FoundFile| {
        let loaded = store::load(&found.path, library).ok()?;
        let from = loaded.draft.provenance?;
        Some(found.path.parent().unwrap_or(Path::new("")).join(from.file))
    };
    drafts.filter_map(source).collect()
}

/// Reads one document.
///
/// # Errors
/// Returns a message for the clerk if it cannot be read, or nothing in it is part of a report.
pub fn read_report(
    source: &BatchSource,
    library: &Library,
    today: Date,
) -> Result<(Import, Arc<Form>), String> {
    if let Some(error) = &source.error {
        return Err(error.clone());
    }
    let bytes = store::read_file(&source.file, LARGEST as u64).map_err(|error| error.message)?;
    let name = source.file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let read = import(&name, &bytes, &today.to_string(), library).map_err(|error| error.to_string())?;
    let form = read.draft.form(library).map_err(|name| format!("没有名为“{name}”的格式"))?;
    if !is_report(&read, &form) {
        return Err("没有读出表里的任何一格，也没有读出任何一部分的正文，不像年度报告，没有导入".into());
    }
    Ok((read, form))
}

/// The drafts claims so far, so that none of them is claims over by another document.
#[derive(Debug, Default)]
pub struct DraftClaims {
    /// The document of each draft.
    drafts: HashMap<PathBuf, PathBuf>,
    /// The documents of each unit and year.
    units: BTreeMap<(String, Option<u16>), Vec<String>>,
}

impl DraftClaims {
    /// Reserves the draft's name for a document.
    ///
    /// # Errors
    /// Returns a message if another document has it.
    pub fn claim(&mut self, source: &BatchSource) -> Result<(), String> {
        if let Some(other) = self.drafts.get(&source.draft) {
            let (draft, other) = (source.draft.display(), other.display());
            return Err(format!("草稿的名字 {draft} 已用于 {other}，没有读入；请改名后再导入"));
        }
        self.drafts.insert(source.draft.clone(), source.file.clone());
        Ok(())
    }

    /// Remembers whose report a draft is.
    pub fn note_unit(&mut self, file: &Path, draft: &BatchDraft) {
        if !draft.unit.is_empty() {
            let key = (draft.unit.clone(), draft.year);
            self.units.entry(key).or_default().push(file.display().to_string());
        }
    }

    /// Returns the units with several reports of a year, and their documents.
    pub fn repeated_units(&self) -> impl Iterator<Item = (String, String)> {
        self.units.iter().filter(|(_, files)| files.len() > 1).map(|((unit, year), files)| {
            let year = year.map_or(String::new(), |year| format!("{year}年度"));
            (format!("“{unit}”{year}"), files.join("、"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_imported_into_its_folder_once() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let page = "<h1>甲局2025年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>平稳。</p>";
        std::fs::create_dir(at("乙")).unwrap();
        for name in ["甲.html", "乙/年报.html", "丙.doc", "读我.txt"] {
            std::fs::write(at(name), if name == "丙.doc" { "" } else { page }).unwrap();
        }
        let library = Library::new();
        let imported = || {
            let mut found = Vec::new();
            import_new_files(folder.path(), &library, jiff::civil::date(2026, 1, 20), |count, it| {
                let name =
                    it.file.strip_prefix(folder.path()).unwrap().display().to_string().replace('\\', "/");
                found.push((count, name, it.outcome.is_ok()));
                true
            });
            found
        };
        let document = |count, name: &str, is_ok| (count, name.to_string(), is_ok);
        assert_eq!(
            imported(),
            [document(3, "丙.doc", false), document(3, "乙/年报.html", true), document(3, "甲.html", true)]
        );
        // A draft may have been given another name since.
        std::fs::rename(at("甲.ron"), at("甲局-2025.ron")).unwrap();
        assert_eq!(imported(), [document(1, "丙.doc", false)]);
    }

    #[test]
    fn letters_to_units_are_not_imported_as_reports() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("退回意见")).unwrap();
        let letter = "<h1>关于修改2025年度政府信息公开工作年度报告的意见</h1><p>甲局：</p><p>1．表：三、收到和处理政府信息公开申请情况</p><p>栏：一、本年新收·自然人</p>";
        for name in ["退回意见/甲局.html", "乙局-退回意见2.html", "来信.html"] {
            std::fs::write(at(name), letter).unwrap();
        }
        let mut refused = Vec::new();
        import_new_files(folder.path(), &Library::new(), jiff::civil::date(2026, 1, 20), |_, it| {
            refused.push((it.file.strip_prefix(folder.path()).unwrap().to_path_buf(), it.outcome));
            true
        });
        let [(file, Err(message))] = &refused[..] else { panic!("{refused:?}") };
        assert_eq!(file, Path::new("来信.html"));
        assert!(message.contains("不像年度报告"), "{message}");
        assert!(!at("来信.ron").exists());
    }
}
