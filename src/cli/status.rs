//! `nianbao status`: of the units that have to report, who has, who has not, and who with errors.

use clap::ValueEnum;
use serde_json::json;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::check::csv;
use super::check::examine::Examiner;
use super::compile::roster;
use super::files;
use super::output::Refusal;
use super::progress::Progress;
use super::survey::filed;
use super::{Desk, Exit, arguments, bulk, plain, say};
use crate::rollup::{Filed, Standing};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "文件夹", required = true, help = "放各单位草稿的文件夹或草稿")]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "名单", help = "应报单位名单，一行一个")]
    roster: PathBuf,
    #[arg(long, value_name = "年度", value_parser = arguments::year, help = "看哪一年度的报告，如 2025")]
    year: u16,
    #[arg(long, value_name = "格式", default_value = "text", help = "text（默认）、json 或 csv")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

/// One unit with its files of the year; `other` has those of other years.
struct Row<'a> {
    unit: &'a str,
    listed: bool,
    files: Vec<&'a Filed>,
    other: Vec<&'a Filed>,
}

impl Row<'_> {
    fn state(&self) -> Standing {
        Standing::of(&self.files)
    }

    fn errors(&self) -> usize {
        self.files.iter().map(|filed| filed.errors).sum()
    }

    fn warnings(&self) -> usize {
        self.files.iter().map(|filed| filed.warnings).sum()
    }

    fn names(&self) -> String {
        self.files.iter().map(|filed| shown(filed)).collect::<Vec<_>>().join(" ")
    }
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let roster = roster(&args.roster)?;
    if roster.units.is_empty() {
        return Err(Refusal::new(format!("{}：名单是空的", args.roster.display())));
    }
    let examiner = Examiner::new(desk.library, None, desk.today);
    let mut progress = Progress::new(desk.live, "查看", &args.paths);
    let (mut units, mut unread): (HashMap<String, Vec<Filed>>, Vec<String>) = Default::default();
    let mut order = Vec::new();
    let each = |listed| {
        let filed = filed(&examiner, &listed);
        match filed.fault {
            Some(words) => Err(words),
            None => Ok(filed),
        }
    };
    bulk::in_order(files::list(&args.paths), each, |told| {
        progress.one_more();
        match told {
            Ok(filed) => {
                let files = units.entry(filed.unit.clone()).or_default();
                if files.is_empty() {
                    order.push(filed.unit.clone());
                }
                files.push(filed);
            }
            Err(words) => unread.push(words),
        }
        true
    });
    progress.done();
    let strangers = roster.strangers(order.iter().map(String::as_str));
    let names =
        roster.units.iter().map(|unit| (unit, true)).chain(strangers.iter().map(|unit| (unit, false)));
    let rows: Vec<Row> = names
        .map(|(unit, listed)| {
            let all = units.get(unit).into_iter().flatten();
            let (files, other) = all.partition(|filed| filed.year == Some(args.year));
            Row { unit, listed, files, other }
        })
        .filter(|row| row.listed || !row.files.is_empty())
        .collect();
    for unit in &roster.doubled {
        say(desk, &format!("名单里“{unit}”写了不止一次，按一个单位计"));
    }
    for words in &unread {
        say(desk, words);
    }
    let shown = match args.format {
        Format::Text => text(args.year, &rows, unread.len()),
        Format::Json => json(&rows),
        Format::Csv => table(&rows),
    };
    write!(desk.out, "{shown}")?;
    let open = rows.iter().any(|row| row.state() != Standing::Filed && (row.listed || row.errors() > 0));
    Ok(match (unread.is_empty(), open) {
        (false, _) => Exit::Failed,
        (true, true) => Exit::Found,
        (true, false) => Exit::Done,
    })
}

fn shown(filed: &Filed) -> String {
    filed.file.display().to_string()
}

fn text(year: u16, rows: &[Row], unread: usize) -> String {
    let listed = || rows.iter().filter(|row| row.listed);
    let count = |state| listed().filter(|row| row.state() == state).count();
    let filed = listed().count() - count(Standing::Missing);
    let mut out = format!("{year}年度：应报 {}，已报 {filed}", listed().count());
    // Writing to a String cannot fail.
    for state in Standing::ALL.into_iter().filter(|state| *state != Standing::Filed && count(*state) > 0) {
        let _ = write!(out, "，{} {}", state.say(), count(state));
    }
    if unread > 0 {
        let _ = write!(out, "；另有 {unread} 份文件读不出来");
    }
    out.push('\n');
    for state in Standing::ALL.into_iter().filter(|state| *state != Standing::Filed) {
        group(&mut out, state.say(), rows.iter().filter(|row| row.listed && row.state() == state));
    }
    group(&mut out, "不在名单上", rows.iter().filter(|row| !row.listed));
    out
}

fn group<'a>(out: &mut String, heading: &str, rows: impl Iterator<Item = &'a Row<'a>>) {
    for (at, row) in rows.enumerate() {
        if at == 0 {
            let _ = writeln!(out, "{heading}：");
        }
        let unit = if row.unit.is_empty() { "（没有写单位）" } else { row.unit };
        let _ = write!(out, "  {}", plain::line(unit));
        if !row.files.is_empty() {
            let _ = write!(out, "（{}）", plain::line(&row.names()));
        }
        if row.errors() + row.warnings() > 0 {
            let _ = write!(out, "：错误 {}，提醒 {}", row.errors(), row.warnings());
        }
        if row.files.is_empty() {
            let years: Vec<String> =
                row.other.iter().filter_map(|filed| filed.year).map(|year| format!("{year}年")).collect();
            if !years.is_empty() {
                let _ = write!(out, "（只有 {} 的）", years.join("、"));
            }
        }
        out.push('\n');
    }
}

fn json(rows: &[Row]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "unit": row.unit,
                "listed": row.listed,
                "state": row.state().word(),
                "files": row.files.iter().map(|filed| shown(filed)).collect::<Vec<_>>(),
                "other_years": row.other.iter().filter_map(|filed| filed.year).collect::<Vec<_>>(),
                "errors": row.errors(),
                "warnings": row.warnings(),
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Array(rows))
}

fn table(rows: &[Row]) -> String {
    let mut out = String::from("单位,在名单上,状态,文件,错误,提醒\n");
    for row in rows {
        let listed = if row.listed { "是" } else { "否" };
        let (errors, warnings) = (row.errors().to_string(), row.warnings().to_string());
        out.push_str(&csv::line(&[row.unit, listed, row.state().say(), &row.names(), &errors, &warnings]));
    }
    out
}
