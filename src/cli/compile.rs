//! `nianbao compile`: many units' drafts added up into one.

use rust_decimal::Decimal;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bulk;
use super::files::{self, Listed};
use super::output::{self, Refusal};
use super::progress::Progress;
use super::{Desk, Exit, say};
use crate::draft::{Adjustment, Compiled, Draft, Forms, Totals, Value};
use crate::edit::Edit;
use crate::form::Form;
use crate::rollup::{Contribution, Rollup, Roster, cells};
use crate::store::atomic::{self, Expected};
use crate::store::{self, Fingerprint};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(
        value_name = "单位草稿或文件夹",
        required = true,
        help = "要汇总的各单位草稿；文件夹里的 .ron 都算"
    )]
    units: Vec<PathBuf>,
    #[arg(short, long, value_name = "汇总.ron", help = "汇总写到哪里")]
    output: PathBuf,
    #[arg(long, value_name = "名单", help = "应报单位名单，一行一个；名单上没有报的会写明")]
    roster: Option<PathBuf>,
    #[arg(long, value_name = "单位", help = "汇总报告的单位名称，如 示例县人民政府")]
    unit: Option<String>,
    #[arg(long, value_name = "栏目=增减=理由", value_parser = adjustment, help = "调整一格并写明理由，如 requests.new.natural=-2=联合收到；可写多次")]
    adjust: Vec<Adjustment>,
    #[arg(long, help = "汇总已经存在时重新取数；文字、封面和原有的调整不动")]
    force: bool,
}

/// One unit's file, read.
struct Given {
    path: PathBuf,
    read: Result<(Arc<Form>, Contribution), String>,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let (before, known) = existing(args, desk)?.unzip();
    let roster = args.roster.as_deref().map(roster).transpose()?;
    let (library, out) = (desk.library, fs::canonicalize(&args.output).ok());
    // The compiled draft may stand in the folder of its units: it is none of them.
    let own = |path: &Path| out.is_some() && fs::canonicalize(path).ok() == out;
    let work = files::list(&args.units).filter(|listed| !own(&listed.path));
    let each = |Listed { path, fault }| {
        let read = match fault {
            Some(words) => Err(format!("{}：{words}", path.display())),
            None => store::load(&path, library).map_err(|error| error.to_string()).map(|loaded| {
                let given = Contribution::of(&loaded.form, &loaded.draft);
                (loaded.form, given)
            }),
        };
        Given { path, read }
    };
    let folder = args.output.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut rollup = Rollup::new();
    let mut form = None;
    let (mut unread, mut refused) = (Vec::new(), None);
    let mut progress = Progress::new(desk.live, "汇总", &args.units);
    bulk::in_order(work, each, |Given { path, read }| {
        progress.one_more();
        match read {
            Ok((its_form, given)) => {
                let file = output::relative(&folder, &path);
                let added = rollup.add(&its_form, &file, given);
                form.get_or_insert(its_form);
                refused = added.err().map(|mixed| format!("{} {mixed}；没有汇总", path.display()));
            }
            Err(words) => {
                progress.beside(|| say(desk, &words));
                unread.push(output::relative(&folder, &path));
            }
        }
        refused.is_none()
    });
    progress.done();
    if let Some(words) = refused {
        return Err(Refusal::new(words));
    }
    let (Some(form), Some((year, forms))) = (form, rollup.head()) else {
        return Err(Refusal::new("没有读到一份单位草稿，没有汇总"));
    };
    let mut draft = base(before, args, year, forms)?;
    adjust(&mut draft, &form, &args.adjust)?;
    let names = || rollup.parts().iter().map(|part| part.unit.as_str());
    let missing = match &roster {
        Some(roster) => roster.missing(names()),
        // Without a list, a file that cannot be read is all that is known of a unit: it is named as the
        // files of the others are.
        None => unread.clone(),
    };
    let strangers = roster.as_ref().map_or_else(Vec::new, |roster| roster.strangers(names()));
    let (count, doubtful) = (rollup.parts().len(), doubtful(&rollup, &form));
    take_in(rollup, &form, &mut draft, missing.clone());
    atomic::sweep(&args.output);
    // Adjustments that somebody made while the units were read are not written over.
    output::keep(&args.output, desk.places);
    let expected = known.as_ref().map_or(Expected::Nothing, Expected::Content);
    output::save(&args.output, &form, &draft, expected, desk)?;

    say(desk, &format!("已汇总 {count} 个单位，写到 {}", args.output.display()));
    tell(desk, "缺报，没有计入", &missing);
    tell(desk, "不在名单上，已经计入", &strangers);
    tell(desk, "读不出来或不能相加，汇总里写作 ?", &doubtful);
    Ok(if !unread.is_empty() {
        Exit::Failed
    } else if !missing.is_empty() || !doubtful.is_empty() {
        Exit::Found
    } else {
        Exit::Done
    })
}

/// The compiled draft that is there already: its numbers are taken anew, its texts stay.
fn existing(args: &Args, desk: &Desk) -> Result<Option<(Draft, Fingerprint)>, Refusal> {
    if args.output.symlink_metadata().is_err() {
        return Ok(None);
    }
    if !args.force {
        let words = format!("{} 已经存在，没有动它；要重新取数请加 --force", args.output.display());
        return Err(Refusal::new(words));
    }
    let loaded = store::load(&args.output, desk.library)?;
    if loaded.draft.compiled.is_none() {
        let words = format!("{} 不是汇总报告，没有动它；请用 -o 另写一个名字", args.output.display());
        return Err(Refusal::new(words));
    }
    Ok(Some((loaded.draft, loaded.fingerprint)))
}

/// The draft that the sums go into.
fn base(before: Option<Draft>, args: &Args, year: u16, forms: &Forms) -> Result<Draft, Refusal> {
    let mut draft = match before {
        Some(draft) if draft.year() == Some(year) && draft.forms == *forms => draft,
        Some(draft) => {
            let its = draft.year().map_or("没有年度".into(), |its| format!("{its} 年"));
            let words = format!(
                "{} 是{its}的汇总，各单位是 {year} 年的，或格式不同；请用 -o 另写一个名字",
                args.output.display()
            );
            return Err(Refusal::new(words));
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
fn adjust(draft: &mut Draft, form: &Form, adjustments: &[Adjustment]) -> Result<(), Refusal> {
    if draft.totals == Totals::Typed {
        Edit::switch_totals(form, draft).apply(draft);
    }
    for adjustment in adjustments {
        if !cells(form).any(|(_, field)| field.id == adjustment.field) {
            let words = format!("--adjust：没有“{}”这一格，或它是总计，不能调整", adjustment.field);
            return Err(Refusal::new(words));
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
fn take_in(rollup: Rollup, form: &Form, draft: &mut Draft, missing: Vec<String>) {
    let adjustments = draft.compiled.take().map_or_else(Vec::new, |compiled| compiled.adjustments);
    for (id, value) in rollup.values(form, &adjustments) {
        draft.set(id, value);
    }
    draft.compiled = Some(Compiled { units: rollup.into_parts(), missing, adjustments });
}

/// What could not be added, cell by cell.
fn doubtful(rollup: &Rollup, form: &Form) -> Vec<String> {
    rollup.doubtful(form).map(|(id, words)| format!("{}：{words}", form.place(id))).collect()
}

/// The list of units in a file.
pub(super) fn roster(path: &Path) -> Result<Roster, Refusal> {
    let text = store::read_file(path, store::LARGEST)?;
    let text = String::from_utf8(text)
        .map_err(|_| Refusal::new(format!("{}：不是 UTF-8 的文字，请另存为 UTF-8 再用", path.display())))?;
    Ok(Roster::read(&text))
}

fn tell(desk: &mut Desk, what: &str, list: &[String]) {
    if !list.is_empty() {
        say(desk, &format!("{what}（{}）：\n  {}", list.len(), list.join("\n  ")));
    }
}

fn adjustment(text: &str) -> Result<Adjustment, String> {
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
