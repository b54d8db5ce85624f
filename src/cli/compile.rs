//! `nianbao compile`: many units' drafts added up into one.

use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::files::{self, DraftFile};
use super::output::{self, CliError};
use super::parallel;
use super::progress::progress_bar;
use crate::compile::{CompileError, Contribution, Roster, UnitSums, summed_cells};
use crate::draft::{Adjustment, Compiled, Draft, FormIds, Totals, Value};
use crate::edit::Edit;
use crate::form::{FieldId, Form};
use crate::store::atomic::{self, Expected};
use crate::store::{self, Fingerprint};

#[derive(clap::Args)]
pub(super) struct CompileArgs {
    #[arg(
        value_name = "单位草稿或文件夹",
        required = true,
        help = "要汇总的各单位草稿；文件夹里的 .ron 都算"
    )]
    pub units: Vec<PathBuf>,
    #[arg(short, long, value_name = "汇总.ron", help = "汇总写到哪里，- 为标准输出")]
    pub output: PathBuf,
    #[arg(long, value_name = "名单", help = "应报单位名单，一行一个；名单上未报送的会写明")]
    pub roster: Option<PathBuf>,
    #[arg(long, value_name = "单位", help = "汇总报告的单位名称，如 示例县人民政府")]
    pub unit: Option<String>,
    #[arg(long, value_name = "栏目=增减=理由", value_parser = parse_adjustment, help = "调整一格并写明理由，如 requests.new.natural=-2=联合收到；可写多次")]
    pub adjust: Vec<Adjustment>,
    #[arg(long, help = "汇总已经存在时重新取数；文字、封面和原有的调整不动")]
    pub force: bool,
}

/// One unit's file, read.
struct UnitDraft {
    path: PathBuf,
    read: Result<(Arc<Form>, Contribution), String>,
}

pub(super) fn run_compile(args: &CompileArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let (before, known) = existing_draft(args, context)?.unzip();
    let roster = args.roster.as_deref().map(read_roster).transpose()?;
    let (library, out) = (context.library, fs::canonicalize(&args.output).ok());
    // The compiled draft may be in the folder of its units, but is not one of them.
    let own = |path: &Path| out.is_some() && fs::canonicalize(path).ok() == out;
    let work = files::list_drafts(&args.units).filter(|draft_file| !own(&draft_file.path));
    let each = |DraftFile { path, error: fault }| {
        let read = match fault {
            Some(message) => Err(format!("{}：{message}", path.display())),
            None => store::load(&path, library).map_err(|error| error.to_string()).map(|loaded| {
                let given = Contribution::of(&loaded.form, &loaded.draft);
                (loaded.form, given)
            }),
        };
        UnitDraft { path, read }
    };
    let folder = args.output.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut sums = UnitSums::new();
    let mut form = None;
    let (mut unread, mut unfinished, mut refused) = (Vec::new(), Vec::new(), None);
    let progress = progress_bar(context.err_is_terminal, "汇总", &args.units);
    parallel::map_in_order(work, each, |UnitDraft { path, read }| {
        progress.inc(1);
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
            Err(message) => {
                progress.suspend(|| eprint_line(context, &message));
                unread.push(store::stored_path(&folder, &path));
            }
        }
        refused.is_none()
    });
    progress.finish_and_clear();
    if let Some(message) = refused {
        return Err(CliError::new(message));
    }
    let (mut unfinished, unfinished_files): (BTreeSet<String>, Vec<String>) = unfinished.into_iter().unzip();
    let (Some(form), Some((year, forms))) = (form, sums.year_and_forms()) else {
        eprint_list(context, "没有填完，没有计入", &unfinished_files);
        if unread.is_empty() && !unfinished.is_empty() {
            // All that there is was read, and every unit is missing. A total of nothing would only look like
            // one, and must not take the place of an earlier one.
            let message =
                format!("没有一个单位可以计入，没有汇总，没有写 {}", output::output_name(&args.output));
            eprint_line(context, &message);
            return Ok(ExitStatus::Findings);
        }
        return Err(CliError::new("没有读到一份单位草稿，没有汇总"));
    };
    let mut draft = base_draft(before, args, year, forms)?;
    apply_adjustments(&mut draft, &form, &args.adjust)?;
    let names = || sums.units().iter().map(|part| part.unit.as_str());
    // Without a list, a file that cannot be read is all that is known of a unit: it is named as the files of
    // the others are.
    let mut not_filed = roster.as_ref().map_or_else(|| unread.clone(), |roster| roster.missing(names()));
    not_filed.retain(|unit| !unfinished.contains(unit));
    let counted: HashSet<&str> = names().collect();
    // A unit may have a finished draft beside one that is not.
    unfinished.retain(|unit| !counted.contains(unit.as_str()));
    let missing: Vec<String> = not_filed.iter().cloned().chain(unfinished).collect();
    let unlisted = roster.as_ref().map_or_else(Vec::new, |roster| roster.unlisted(names()));
    let (count, doubtful) = (sums.units().len(), uncertain_cells(&sums, &form));
    set_sums(sums, &form, &mut draft, missing.clone());
    atomic::remove_leftovers(&args.output);
    // Adjustments that somebody made while the units were read are not overwritten.
    output::back_up(&args.output, context.dirs);
    let expected = known.as_ref().map_or(Expected::Nothing, Expected::Content);
    output::save_draft(&args.output, &form, &draft, expected, context)?;

    eprint_line(context, &format!("已汇总 {count} 个单位，写到 {}", output::output_name(&args.output)));
    eprint_list(context, "缺报，没有计入", &not_filed);
    eprint_list(context, "没有填完，没有计入", &unfinished_files);
    eprint_list(context, "不在名单上，已经计入", &unlisted);
    eprint_list(context, "无法识别或不能相加，汇总里写作 ?", &doubtful);
    Ok(if !unread.is_empty() {
        ExitStatus::Failed
    } else if !missing.is_empty() || !doubtful.is_empty() {
        ExitStatus::Findings
    } else {
        ExitStatus::Done
    })
}

/// Returns the compiled draft that is there already: its numbers are taken anew, its texts stay.
fn existing_draft(
    args: &CompileArgs,
    context: &CommandContext,
) -> Result<Option<(Draft, Fingerprint)>, CliError> {
    if output::is_standard_stream(&args.output) || args.output.symlink_metadata().is_err() {
        return Ok(None);
    }
    if !args.force {
        let message = format!("{} 已经存在，没有动它；要重新取数请加 --force", args.output.display());
        return Err(CliError::new(message));
    }
    let loaded = store::load(&args.output, context.library)?;
    if loaded.draft.compiled.is_none() {
        let message = format!("{} 不是汇总报告，没有动它；请用 -o 另写一个名字", args.output.display());
        return Err(CliError::new(message));
    }
    Ok(Some((loaded.draft, loaded.fingerprint)))
}

/// Returns the draft that the sums go into.
fn base_draft(
    before: Option<Draft>,
    args: &CompileArgs,
    year: u16,
    forms: &FormIds,
) -> Result<Draft, CliError> {
    let mut draft = match before {
        Some(draft) if draft.year() == Some(year) && draft.forms == *forms => draft,
        Some(draft) => {
            let its = draft.year().map_or("没有年度".into(), |its| format!("{its} 年"));
            let message = format!(
                "{} 是{its}的汇总，各单位是 {year} 年的，或格式不同；请用 -o 另写一个名字",
                args.output.display()
            );
            return Err(CliError::new(message));
        }
        None => {
            let mut draft = Draft::empty(forms.clone());
            draft.set("cover.year", Value::Count(year.into()));
            draft.set("cover.scope", Value::Text("汇总".into()));
            draft.compiled = Some(Compiled::default());
            draft
        }
    };
    if let Some(unit) = args.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty()) {
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
fn apply_adjustments(draft: &mut Draft, form: &Form, adjustments: &[Adjustment]) -> Result<(), CliError> {
    if draft.totals == Totals::Typed {
        Edit::switch_totals(form, draft).apply(draft);
    }
    for adjustment in adjustments {
        if !summed_cells(form).any(|(_, field)| field.id == adjustment.field) {
            let message = format!("--adjust：没有“{}”这一格，或它是总计，不能调整", adjustment.field);
            return Err(CliError::new(message));
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

/// How many cells with one reason that follow each other are named; of more, the first is.
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

/// Reads the list of units in a file.
pub(super) fn read_roster(path: &Path) -> Result<Roster, CliError> {
    let text = store::read_file(path, store::LARGEST)?;
    let text = String::from_utf8(text)
        .map_err(|_| CliError::new(format!("{}：不是 UTF-8 的文字，请另存为 UTF-8 再用", path.display())))?;
    Ok(Roster::parse(&text))
}

fn eprint_list(context: &mut CommandContext, what: &str, list: &[String]) {
    if !list.is_empty() {
        eprint_line(context, &format!("{what}（{}）：\n  {}", list.len(), list.join("\n  ")));
    }
}

fn parse_adjustment(text: &str) -> Result<Adjustment, String> {
    let mut parts = text.splitn(3, '=').map(str::trim);
    let (Some(field), Some(amount), Some(reason)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("应写成 栏目=增减=理由，如 requests.new.natural=-2=联合收到".into());
    };
    let amount = Decimal::from_str_exact(amount.trim_start_matches('+'))
        .map_err(|_| format!("“{amount}”不是数，应是 -2 这样的增减"))?;
    if reason.is_empty() {
        return Err("要写明调整的理由".into());
    }
    Ok(Adjustment { field: field.into(), amount, reason: reason.into() })
}
