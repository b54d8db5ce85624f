//! `nianbao history`: the last saved versions of a draft; how one differs from the file; one of them
//! written to a file of its own.

use jiff::Timestamp;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::diff::{self, DiffFormat};
use super::output::{self, CliError};
use crate::merge::{Difference, diff_drafts};
use crate::store::backups::{self, Backup};
use crate::store::{self, Fault, Loaded, atomic};
use crate::units::input::is_standard_stream;
use crate::units::keep_version;
use std::time::SystemTime;

#[derive(clap::Args)]
pub(super) struct HistoryArgs {
    #[arg(value_name = "草稿.ron", help = "哪份草稿；文件已经不在了也可以")]
    draft: PathBuf,
    #[arg(
        long,
        value_name = "序号",
        conflicts_with = "restore",
        help = "逐栏列出第几版和现在的文件有哪些不同"
    )]
    show: Option<usize>,
    #[arg(long, value_name = "序号", requires = "output", help = "把第几版写成 -o 指定的文件")]
    restore: Option<usize>,
    #[arg(short, long, value_name = "文件", requires = "restore", help = "写到哪里，- 为标准输出")]
    output: Option<PathBuf>,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
    #[arg(long, value_name = "格式", default_value = "text", help = "text（默认）或 json")]
    format: DiffFormat,
}

pub(super) fn run_history(args: &HistoryArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let path = store::absolute_path(&args.draft);
    let versions = context.dirs.map_or_else(Vec::new, |dirs| backups::list_backups(&dirs.backups(), &path));
    if versions.is_empty()
        && let Err(error) = store::read_file(&args.draft, store::LARGEST)
    {
        let message = format!("{}：没有这个文件，也没有它以前存过的版本", args.draft.display());
        return Err(if error.fault == Fault::Missing { CliError::new(message) } else { error.into() });
    }
    match (args.show, args.restore, &args.output) {
        (Some(number), ..) => show_version(pick_version(&versions, number)?, args, context),
        (None, Some(number), Some(to)) => {
            restore_version(pick_version(&versions, number)?, to, args.force, context)
        }
        _ => list_versions(&versions, args, context),
    }
}

fn pick_version(versions: &[Backup], number: usize) -> Result<&Backup, CliError> {
    let version = number.checked_sub(1).and_then(|at| versions.get(at));
    version.ok_or_else(|| match versions.len() {
        0 => CliError::new("这份草稿还没有以前存过的版本"),
        count => CliError::new(format!("没有第 {number} 版，只有 1 到 {count}")),
    })
}

/// Lists the versions, the newest first: when each was saved, its size, how much was changed after it.
fn list_versions(
    versions: &[Backup],
    args: &HistoryArgs,
    context: &mut CommandContext,
) -> Result<ExitStatus, CliError> {
    if versions.is_empty() {
        eprint_line(context, &format!("{}：还没有以前存过的版本", args.draft.display()));
    }
    let mut later = store::load(&args.draft, context.library);
    let mut entries = Vec::new();
    for (number, version) in (1..).zip(versions) {
        let this = store::load(&version.path, context.library);
        let changed = match (&this, &later) {
            (Ok(this), Ok(later)) => Some(compare_versions(this, later).len()),
            _ => None,
        };
        let bytes = fs::metadata(&version.path).map_or(0, |about| about.len());
        let saved =
            Timestamp::try_from(version.saved).unwrap_or_default().to_zoned_datetime(context.zone.clone());
        match args.format {
            DiffFormat::Text => {
                let message = match (number, changed) {
                    (_, None) if this.is_err() => "无法读取".into(),
                    (1, None) => "现在的文件无法读取".into(),
                    (_, None) => "后一版无法读取".into(),
                    (1, Some(0)) => "和现在的文件一样".into(),
                    (1, Some(count)) => format!("和现在的文件有 {count} 处不同"),
                    (_, Some(count)) => format!("和后一版有 {count} 处不同"),
                };
                let saved = saved.strftime("%Y-%m-%d %H:%M");
                writeln!(context.out, "{number}  {saved}  {:>6} KB  {message}", bytes.div_ceil(1024))?;
            }
            DiffFormat::Json => entries.push(json!({
                "number": number,
                "saved": saved.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
                "bytes": bytes,
                "changed": changed,
                "path": version.path.display().to_string(),
            })),
        }
        later = this;
    }
    if args.format == DiffFormat::Json {
        writeln!(context.out, "{:#}", serde_json::Value::Array(entries))?;
    }
    Ok(ExitStatus::Done)
}

fn show_version(
    version: &Backup,
    args: &HistoryArgs,
    context: &mut CommandContext,
) -> Result<ExitStatus, CliError> {
    let (this, now) =
        (store::load(&version.path, context.library)?, store::load(&args.draft, context.library)?);
    let differences = compare_versions(&this, &now);
    if differences.is_empty() {
        eprint_line(context, "这一版和现在的文件一样");
    }
    diff::print_differences(context, &differences, args.format)?;
    Ok(ExitStatus::Done)
}

/// Writes the bytes as they were saved, comments included.
fn restore_version(
    version: &Backup,
    to: &Path,
    force: bool,
    context: &mut CommandContext,
) -> Result<ExitStatus, CliError> {
    let bytes = store::read_file(&version.path, store::LARGEST)?;
    if is_standard_stream(to) {
        context.out.write_all(&bytes)?;
    } else {
        atomic::remove_temporary_files(to);
        let known = force.then(|| keep_version(to, context.dirs, SystemTime::now())).flatten();
        output::write_file(to, force, known.as_ref(), &bytes, context)?;
        eprint_line(context, &format!("已写到 {}", to.display()));
    }
    Ok(ExitStatus::Done)
}

fn compare_versions(this: &Loaded, later: &Loaded) -> Vec<Difference> {
    diff_drafts((&this.form, &this.draft), (&later.form, &later.draft))
}
