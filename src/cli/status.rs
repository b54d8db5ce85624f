//! `nianbao status`: of the units that have to report, who has, who has not, and who with errors.

use clap::ValueEnum;
use serde_json::json;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::check::csv;
use super::check::examine::{Examined, Examiner};
use super::compile::roster;
use super::files;
use super::output::Refusal;
use super::progress::Progress;
use super::{Desk, Exit, arguments, bulk, plain, say};
use crate::check::Weight;

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

/// How a unit stands, the worst that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing of the year was found.
    Missing,
    /// Two files of the year are there: which one counts, nobody can say.
    Doubled,
    /// The tables are those of another year's format.
    OldFormat,
    /// It is there, with errors.
    Errors,
    /// It is there.
    Filed,
}

impl State {
    const ALL: [State; 5] = [State::Missing, State::Doubled, State::OldFormat, State::Errors, State::Filed];

    fn word(self) -> &'static str {
        match self {
            State::Missing => "missing",
            State::Doubled => "doubled",
            State::OldFormat => "old_format",
            State::Errors => "errors",
            State::Filed => "filed",
        }
    }

    fn say(self) -> &'static str {
        match self {
            State::Missing => "未报",
            State::Doubled => "报了不止一份",
            State::OldFormat => "用了别的年度的格式",
            State::Errors => "有错误",
            State::Filed => "已报",
        }
    }
}

/// One file of a unit.
struct Filed {
    file: String,
    year: Option<u16>,
    errors: u64,
    warnings: u64,
    old_format: bool,
}

impl Filed {
    fn of(examined: &Examined) -> Self {
        let open = || examined.findings.iter().filter(|finding| finding.is_open());
        let count = |weight| open().filter(|finding| finding.weight == weight).count() as u64;
        Filed {
            file: examined.file.clone(),
            year: examined.year,
            errors: count(Weight::Error),
            warnings: count(Weight::Warning),
            old_format: open().any(|finding| finding.rule == "S1"),
        }
    }
}

/// One unit with its files of the year; `other` has those of other years.
struct Row<'a> {
    unit: &'a str,
    listed: bool,
    files: Vec<&'a Filed>,
    other: Vec<&'a Filed>,
}

impl Row<'_> {
    fn state(&self) -> State {
        match self.files.as_slice() {
            [] => State::Missing,
            [one] if one.old_format => State::OldFormat,
            [one] if one.errors > 0 => State::Errors,
            [_] => State::Filed,
            _ => State::Doubled,
        }
    }

    fn errors(&self) -> u64 {
        self.files.iter().map(|filed| filed.errors).sum()
    }

    fn warnings(&self) -> u64 {
        self.files.iter().map(|filed| filed.warnings).sum()
    }

    fn names(&self) -> String {
        self.files.iter().map(|filed| filed.file.as_str()).collect::<Vec<_>>().join(" ")
    }
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let roster = roster(&args.roster)?;
    if roster.units.is_empty() {
        return Err(Refusal::new(format!("{}：名单是空的", args.roster.display())));
    }
    let examiner = Examiner { library: desk.library, last: None, today: desk.today };
    let mut progress = Progress::new(desk.live, "查看", &args.paths);
    let (mut units, mut unread): (HashMap<String, Vec<Filed>>, Vec<String>) = Default::default();
    let mut order = Vec::new();
    let each = |listed| {
        let examined = examiner.examine(&listed);
        let filed = examined.readable.then(|| (examined.unit.clone(), Filed::of(&examined)));
        filed.ok_or_else(|| examined.findings.into_iter().map(|finding| finding.message).collect::<String>())
    };
    bulk::in_order(files::list(&args.paths), each, |told| {
        progress.one_more();
        match told {
            Ok((unit, filed)) => {
                let files = units.entry(unit.clone()).or_default();
                if files.is_empty() {
                    order.push(unit);
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
    let open = rows.iter().any(|row| row.state() != State::Filed && (row.listed || row.errors() > 0));
    Ok(match (unread.is_empty(), open) {
        (false, _) => Exit::Failed,
        (true, true) => Exit::Found,
        (true, false) => Exit::Done,
    })
}

fn text(year: u16, rows: &[Row], unread: usize) -> String {
    let listed = || rows.iter().filter(|row| row.listed);
    let count = |state| listed().filter(|row| row.state() == state).count();
    let filed = listed().count() - count(State::Missing);
    let mut out = format!("{year}年度：应报 {}，已报 {filed}", listed().count());
    // Writing to a String cannot fail.
    for state in State::ALL.into_iter().filter(|state| *state != State::Filed && count(*state) > 0) {
        let _ = write!(out, "，{} {}", state.say(), count(state));
    }
    if unread > 0 {
        let _ = write!(out, "；另有 {unread} 份文件读不出来");
    }
    out.push('\n');
    for state in State::ALL.into_iter().filter(|state| *state != State::Filed) {
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
                "files": row.files.iter().map(|filed| filed.file.as_str()).collect::<Vec<_>>(),
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
