//! Many units' drafts added up into one.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::files::{self, FoundFile};
use super::input::is_standard_stream;
use super::{keep_version, parallel, scan};
use crate::compile::{CompileError, Contribution, UnitSums, summed_cells};
use crate::draft::{Adjustment, Compiled, Draft, FormIds, Totals, Value};
use crate::edit::Edit;
use crate::form::{FieldId, Form, Library};
use crate::store::atomic::{self, Expected, Written};
use crate::store::{self, AppDirs, Fingerprint};

/// What is to be added up, and into what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompileJob {
    /// The units' drafts, and folders of them.
    pub units: Vec<PathBuf>,
    /// The file of the sum; it is never one of the units.
    pub output: PathBuf,
    /// The list of the units that have to report.
    pub roster: Option<PathBuf>,
    /// The name of the unit that the sum is reported by.
    pub unit: Option<String>,
    /// Adjustments, after those that a sum that is there has.
    pub adjust: Vec<Adjustment>,
    /// Whether a sum that is there takes the numbers anew; its texts, cover and adjustments stay.
    pub again: bool,
}

/// What came of adding up.
#[derive(Debug)]
pub enum CompileOutcome {
    /// The sum, not saved yet.
    Sum(Box<CompiledSum>),
    /// No unit could be counted: each of these, with its file, has blank tables. A total of nothing would only
    /// look like one, and must not take the place of an earlier one.
    Nothing(Vec<String>),
}

/// A sum of units that is to be saved.
#[derive(Debug)]
pub struct CompiledSum {
    /// Its form.
    pub form: Arc<Form>,
    /// The sum.
    pub draft: Draft,
    /// What the file held before the units were read.
    before: Option<Fingerprint>,
    /// How many units were counted.
    pub count: usize,
    /// The files that could not be read.
    pub unreadable: Vec<String>,
    /// The units that have filed nothing.
    pub not_filed: Vec<String>,
    /// The units whose reports have blank tables, with their files.
    pub unfinished: Vec<String>,
    /// The units that are not on the list.
    pub unlisted: Vec<String>,
    /// The cells that could not be added up, and why.
    pub doubtful: Vec<String>,
    /// The units with blank cells in their tables, each with their number.
    pub with_blanks: Vec<String>,
}

/// One unit's file, read.
struct UnitDraft {
    path: PathBuf,
    read: Result<(Arc<Form>, Contribution), String>,
}

/// Adds units up. `progress` is called after each file, with a message for the clerk if it could not be read.
///
/// # Errors
/// Returns a message for the clerk if there is nothing to add up, if the drafts are of different years or forms,
/// or if the output is there already and is not to be taken anew, or is no sum.
pub fn compile_units(
    job: &CompileJob,
    library: &Library,
    mut progress: impl FnMut(Option<&str>),
) -> Result<CompileOutcome, String> {
    let (before, known) = existing_draft(job, library)?.unzip();
    let roster = job.roster.as_deref().map(scan::read_roster).transpose()?;
    let out = fs::canonicalize(&job.output).ok();
    // The compiled draft may be in the folder of its units, but is not one of them.
    let own = |path: &Path| out.is_some() && fs::canonicalize(path).ok() == out;
    let work = files::list_drafts(&job.units).filter(|found| !own(&found.path));
    let each = |FoundFile { path, error: fault }| {
        let read = match fault {
            Some(message) => Err(format!("{}：{message}", path.display())),
            None => store::load(&path, library).map_err(|error| error.to_string()).map(|loaded| {
                let given = Contribution::of(&loaded.form, &loaded.draft);
                (loaded.form, given)
            }),
        };
        UnitDraft { path, read }
    };
    let folder = job.output.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut sums = UnitSums::new();
    let mut form = None;
    let (mut unread, mut unfinished, mut refused) = (Vec::new(), Vec::new(), None);
    parallel::map_in_order(work, each, |UnitDraft { path, read }| {
        progress(read.as_ref().err().map(String::as_str));
        match read {
            Ok((its_form, given)) => {
                let file = store::stored_path(&folder, &path);
                let unit = if given.unit.is_empty() { file.clone() } else { given.unit.clone() };
                match sums.add(&its_form, &file, given) {
                    Ok(()) => {
                        form.get_or_insert(its_form);
                    }
                    Err(CompileError::BlankTables { tables }) => {
                        let blank = format!("{unit}（{}）：{}整张空白", path.display(), tables.join("、"));
                        unfinished.push((unit, blank));
                    }
                    Err(mixed) => refused = Some(format!("{} {mixed}；没有汇总", path.display())),
                }
            }
            Err(_) => unread.push(store::stored_path(&folder, &path)),
        }
        refused.is_none()
    });
    if let Some(message) = refused {
        return Err(message);
    }
    let (mut unfinished, unfinished_files): (BTreeSet<String>, Vec<String>) = unfinished.into_iter().unzip();
    let (Some(form), Some((year, forms))) = (form, sums.year_and_forms()) else {
        if unread.is_empty() && !unfinished.is_empty() {
            return Ok(CompileOutcome::Nothing(unfinished_files));
        }
        return Err("没有读到一份单位草稿，没有汇总".into());
    };
    let mut draft = base_draft(before, job, year, forms)?;
    apply_adjustments(&mut draft, &form, &job.adjust)?;
    let names = || sums.units().iter().map(|part| part.unit.as_str());
    let mut not_filed = roster.as_ref().map_or_else(Vec::new, |roster| roster.missing(names()));
    not_filed.retain(|unit| !unfinished.contains(unit));
    let counted: HashSet<&str> = names().collect();
    // A unit may have a finished draft beside one that is not.
    unfinished.retain(|unit| !counted.contains(unit.as_str()));
    // Without a list, a file that cannot be read is all that is known of a unit: it is missing by that name.
    let unknown = unread.iter().filter(|_| roster.is_none()).cloned();
    let missing: Vec<String> = not_filed.iter().cloned().chain(unknown).chain(unfinished).collect();
    let unlisted = roster.as_ref().map_or_else(Vec::new, |roster| roster.unlisted(names()));
    let (count, doubtful) = (sums.units().len(), uncertain_cells(&sums, &form));
    let with_blanks = sums.describe_blank_cells();
    set_sums(sums, &form, &mut draft, missing);
    Ok(CompileOutcome::Sum(Box::new(CompiledSum {
        form,
        draft,
        before: known,
        count,
        unreadable: unread,
        not_filed,
        unfinished: unfinished_files,
        unlisted,
        doubtful,
        with_blanks,
    })))
}

impl CompiledSum {
    /// Saves the sum. What the file held is kept as a version.
    ///
    /// # Errors
    /// Returns a message for the clerk if it cannot be written, or if somebody has changed the file while the units
    /// were read.
    pub fn save(&self, path: &Path, dirs: Option<&AppDirs>) -> Result<Written, String> {
        atomic::remove_temporary_files(path);
        keep_version(path, dirs, SystemTime::now());
        let expected = self.before.as_ref().map_or(Expected::Nothing, Expected::Content);
        let saved = store::save_expected(path, &self.form, &self.draft, expected);
        saved.map(|saved| saved.written).map_err(|error| error.to_string())
    }

    /// Returns whether units or numbers are missing.
    pub fn is_partial(&self) -> bool {
        let missing = self.draft.compiled.as_ref().is_some_and(|compiled| !compiled.missing.is_empty());
        missing || !self.doubtful.is_empty() || !self.with_blanks.is_empty()
    }

    /// Returns what was counted and what was not, a text for each; `output` is where the sum went.
    pub fn describe(&self, output: &str) -> Vec<String> {
        let lists = self.lists().into_iter().filter_map(|(heading, list)| describe_list(heading, list));
        std::iter::once(self.headline(output)).chain(lists).collect()
    }

    /// Returns the same in a line each, with the first names of every list.
    pub fn describe_briefly(&self, output: &str) -> Vec<String> {
        let lists = self.lists().into_iter().filter(|(_, list)| !list.is_empty());
        let lists = lists.map(|(heading, list)| {
            let more = if list.len() > NAMED { " 等" } else { "" };
            let names: Vec<&str> = list.iter().take(NAMED).map(String::as_str).collect();
            format!("{heading}（{}）：{}{more}", list.len(), names.join("、"))
        });
        std::iter::once(self.headline(output)).chain(lists).collect()
    }

    fn headline(&self, output: &str) -> String {
        format!("已汇总 {} 个单位，写到 {output}", self.count)
    }

    fn lists(&self) -> [(&'static str, &[String]); 6] {
        [
            ("缺报，没有计入", &self.not_filed),
            ("无法读取，没有计入", &self.unreadable),
            ("没有填完，没有计入", &self.unfinished),
            ("有空白格，没有计入", &self.with_blanks),
            ("不在名单上，已经计入", &self.unlisted),
            ("无法识别或不能相加，汇总里写作 ?", &self.doubtful),
        ]
    }
}

/// Returns a list under its heading; `None` if it is empty.
pub fn describe_list(heading: &str, list: &[String]) -> Option<String> {
    (!list.is_empty()).then(|| format!("{heading}（{}）：\n  {}", list.len(), list.join("\n  ")))
}

/// Returns the compiled draft that is there already: its numbers are taken anew, its texts stay.
fn existing_draft(job: &CompileJob, library: &Library) -> Result<Option<(Draft, Fingerprint)>, String> {
    if is_standard_stream(&job.output) || job.output.symlink_metadata().is_err() {
        return Ok(None);
    }
    if !job.again {
        let message = format!("{} 已经存在，没有动它；要重新取数请加 --force", job.output.display());
        return Err(message);
    }
    let loaded = store::load(&job.output, library).map_err(|error| error.to_string())?;
    if loaded.draft.compiled.is_none() {
        let message = format!("{} 不是汇总报告，没有动它；请用 -o 另写一个名字", job.output.display());
        return Err(message);
    }
    Ok(Some((loaded.draft, loaded.fingerprint)))
}

/// Returns the draft that the sums go into.
fn base_draft(before: Option<Draft>, job: &CompileJob, year: u16, forms: &FormIds) -> Result<Draft, String> {
    let mut draft = match before {
        Some(draft) if draft.year() == Some(year) && draft.forms == *forms => draft,
        Some(draft) => {
            let its = draft.year().map_or("没有年度".into(), |its| format!("{its} 年"));
            let message = format!(
                "{} 是{its}的汇总，各单位是 {year} 年的，或格式不同；请用 -o 另写一个名字",
                job.output.display()
            );
            return Err(message);
        }
        None => {
            let mut draft = Draft::empty(forms.clone());
            draft.set("cover.year", Value::Count(year.into()));
            draft.set("cover.scope", Value::Text("汇总".into()));
            draft.compiled = Some(Compiled::default());
            draft
        }
    };
    if let Some(unit) = job.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty()) {
        draft.set("cover.unit", Value::Text(unit.into()));
        if draft.get("cover.title").is_blank() {
            let title = format!("{unit}{year}年政府信息公开工作年度报告");
            draft.set("cover.title", Value::Text(title));
        }
        if draft.get("cover.signed_by").is_blank() {
            draft.set("cover.signed_by", Value::Text(unit.into()));
        }
    }
    Ok(draft)
}

/// Totals computed, and the adjustments of the command line after those that the draft has.
fn apply_adjustments(draft: &mut Draft, form: &Form, adjustments: &[Adjustment]) -> Result<(), String> {
    if draft.totals == Totals::Typed {
        Edit::switch_totals(form, draft).apply(draft);
    }
    for adjustment in adjustments {
        if !summed_cells(form).any(|(_, field)| field.id == adjustment.field) {
            let message = format!("--adjust：没有“{}”这一格，或它是总计，不能调整", adjustment.field);
            return Err(message);
        }
        let known = &mut draft.compiled.get_or_insert_default().adjustments;
        if !known.contains(adjustment) {
            known.push(adjustment.clone());
        }
    }
    Ok(())
}

/// Puts the sums into the draft, and the units they come from: moved, not copied, for there may be
/// hundreds of thousands of them.
fn set_sums(sums: UnitSums, form: &Form, draft: &mut Draft, missing: Vec<String>) {
    let adjustments = draft.compiled.take().map_or_else(Vec::new, |compiled| compiled.adjustments);
    for (id, value) in sums.sums(form, &adjustments) {
        draft.set(id, value);
    }
    draft.compiled = Some(Compiled { units: sums.into_units(), missing, adjustments });
}

/// How many cells with one reason that follow each other are named, of more the first; and how many names of a
/// list in one line.
const NAMED: usize = 3;

/// Returns what could not be added, and why.
fn uncertain_cells(sums: &UnitSums, form: &Form) -> Vec<String> {
    let unknown: Vec<_> = sums.unknown_cells(form).collect();
    let line = |(id, reason): &(&FieldId, &str), more: &str| format!("{}{more}：{reason}", form.location(id));
    let lines = |alike: &[(&FieldId, &str)]| match alike {
        [first, ..] if alike.len() > NAMED => vec![line(first, &format!(" 等 {} 格", alike.len()))],
        few => few.iter().map(|cell| line(cell, "")).collect(),
    };
    unknown.chunk_by(|one, next| one.1 == next.1).flat_map(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../assets/sample.ron");

    #[test]
    fn the_units_of_a_folder_are_added_up_with_its_roster() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("甲.ron"), SAMPLE).unwrap();
        fs::write(folder.path().join("乙.ron"), SAMPLE.replace("示例市水务局", "示例市教育局")).unwrap();
        fs::write(folder.path().join("名单.txt"), "示例市水务局\n示例市教育局\n示例市民政局\n").unwrap();
        let output = folder.path().join("汇总-2025.ron");
        let compile = |again| {
            let job = CompileJob {
                units: vec![folder.path().into()],
                output: output.clone(),
                roster: scan::roster_path(folder.path()),
                unit: Some("示例市人民政府".into()),
                again,
                ..CompileJob::default()
            };
            match compile_units(&job, &Library::new(), |_| ())? {
                CompileOutcome::Sum(sum) => sum.save(&output, None).map(|_| sum.describe("汇总-2025.ron")),
                CompileOutcome::Nothing(unfinished) => Err(unfinished.join("\n")),
            }
        };
        let lines = compile(false).unwrap();
        assert!(lines[0].contains("已汇总 2 个单位"), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("示例市民政局")), "{lines:?}");
        let draft = crate::store::load(&output, &Library::new()).unwrap().draft;
        assert_eq!((draft.unit(), draft.compiled.as_ref().unwrap().units.len()), ("示例市人民政府", 2));
        assert!(compile(false).unwrap_err().contains("已经存在"));
        assert!(compile(true).is_ok());
    }

    #[test]
    fn blank_cells_and_unreadable_files_are_named_after_adding_up() {
        let folder = tempfile::tempdir().unwrap();
        let blank = SAMPLE.replace("licensing: (decisions: 412),\n", "");
        fs::write(folder.path().join("甲.ron"), blank).unwrap();
        fs::write(folder.path().join("乙.ron"), SAMPLE.replace("示例市水务局", "示例市教育局")).unwrap();
        fs::write(folder.path().join("坏的.ron"), "(").unwrap();
        let output = folder.path().join("汇总-2025.ron");
        let job =
            CompileJob { units: vec![folder.path().into()], output: output.clone(), ..CompileJob::default() };
        let Ok(CompileOutcome::Sum(sum)) = compile_units(&job, &Library::new(), |_| ()) else {
            panic!("not added up")
        };
        let lines = sum.describe_briefly("汇总");
        assert_eq!(
            lines,
            [
                "已汇总 2 个单位，写到 汇总",
                "无法读取，没有计入（1）：坏的.ron",
                "有空白格，没有计入（1）：示例市水务局（1 格）",
            ]
        );
        assert!(sum.is_partial());
        sum.save(&output, None).unwrap();
        let checked = crate::units::file_checker::FileChecker::new(
            &Library::new(),
            None,
            jiff::civil::date(2026, 1, 12),
        )
        .check_file(&FoundFile { path: output, error: None });
        let said = |words: &str| checked.findings.iter().any(|finding| finding.message.contains(words));
        assert!(said("有 1 个单位的表里有空白格，没有计入汇总：示例市水务局（1 格）"));
    }
}
