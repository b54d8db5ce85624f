//! `nianbao history`: the last saved versions of a draft; how one differs from the file; one of them
//! written to a file of its own.

use jiff::Timestamp;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

use super::diff::{self, Format};
use super::output::{self, Refusal};
use super::{Desk, Exit, say};
use crate::form::Library;
use crate::merge::compare;
use crate::store::backups::{self, Version};
use crate::store::{self, Fault, Loaded, StoreError, atomic};

#[derive(clap::Args)]
pub(super) struct Args {
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
    format: Format,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let path = std::path::absolute(&args.draft).unwrap_or_else(|_| args.draft.clone());
    let versions = desk.places.map_or_else(Vec::new, |places| backups::list(&places.backups(), &path));
    if versions.is_empty()
        && let Err(error) = store::read_file(&args.draft, store::LARGEST)
    {
        let words = format!("{}：没有这个文件，也没有它以前存过的版本", args.draft.display());
        return Err(if error.fault == Fault::Missing { Refusal::new(words) } else { error.into() });
    }
    match (args.show, args.restore, &args.output) {
        (Some(number), ..) => show(chosen(&versions, number)?, args, desk),
        (None, Some(number), Some(to)) => restore(chosen(&versions, number)?, to, args.force, desk),
        _ => list(&versions, args, desk),
    }
}

fn chosen(versions: &[Version], number: usize) -> Result<&Version, Refusal> {
    let version = number.checked_sub(1).and_then(|at| versions.get(at));
    version.ok_or_else(|| match versions.len() {
        0 => Refusal::new("这份草稿还没有以前存过的版本"),
        count => Refusal::new(format!("没有第 {number} 版，只有 1 到 {count}")),
    })
}

/// The versions, the newest first: when each was saved, its size, how much was changed after it.
fn list(versions: &[Version], args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    if versions.is_empty() {
        say(desk, &format!("{}：还没有以前存过的版本", args.draft.display()));
    }
    let mut later = store::load(&args.draft, desk.library);
    let mut entries = Vec::new();
    for (number, version) in (1..).zip(versions) {
        let this = load(version, desk.library);
        let changed = match (&this, &later) {
            (Ok(this), Ok(later)) => Some(differences(this, later).len()),
            _ => None,
        };
        let bytes = fs::metadata(&version.path).map_or(0, |about| about.len());
        let saved =
            Timestamp::try_from(version.saved).unwrap_or_default().to_zoned_datetime(desk.zone.clone());
        match args.format {
            Format::Text => {
                let words = match (number, changed) {
                    (_, None) if this.is_err() => "读不出".into(),
                    (1, None) => "现在的文件读不出".into(),
                    (_, None) => "后一版读不出".into(),
                    (1, Some(0)) => "和现在的文件一样".into(),
                    (1, Some(count)) => format!("和现在的文件有 {count} 处不同"),
                    (_, Some(count)) => format!("和后一版有 {count} 处不同"),
                };
                let saved = saved.strftime("%Y-%m-%d %H:%M");
                writeln!(desk.out, "{number}  {saved}  {:>6} KB  {words}", bytes.div_ceil(1024))?;
            }
            Format::Json => entries.push(json!({
                "number": number,
                "saved": saved.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
                "bytes": bytes,
                "changed": changed,
                "path": version.path.display().to_string(),
            })),
        }
        later = this;
    }
    if args.format == Format::Json {
        writeln!(desk.out, "{:#}", serde_json::Value::Array(entries))?;
    }
    Ok(Exit::Done)
}

fn show(version: &Version, args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let (this, now) = (load(version, desk.library)?, store::load(&args.draft, desk.library)?);
    let differences = differences(&this, &now);
    if differences.is_empty() {
        say(desk, "这一版和现在的文件一样");
    }
    diff::show(desk, &differences, args.format)?;
    Ok(Exit::Done)
}

/// The bytes as they were saved, remarks of a hand included.
fn restore(version: &Version, to: &Path, force: bool, desk: &mut Desk) -> Result<Exit, Refusal> {
    let bytes = store::read_file(&version.path, store::LARGEST)?;
    if output::is_stream(to) {
        desk.out.write_all(&bytes)?;
    } else {
        atomic::sweep(to);
        let known = force.then(|| output::keep(to, desk.places)).flatten();
        output::file(to, force, known.as_ref(), &bytes, desk)?;
        say(desk, &format!("已写到 {}", to.display()));
    }
    Ok(Exit::Done)
}

fn load(version: &Version, library: &Library) -> Result<Loaded, StoreError> {
    store::load(&version.path, library)
}

fn differences(this: &Loaded, later: &Loaded) -> Vec<crate::merge::Difference> {
    compare((&this.form, &this.draft), (&later.form, &later.draft))
}
