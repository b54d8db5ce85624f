//! `nianbao status`: of the units that have to report, who has, who has not, and who with errors.

use clap::ValueEnum;
use serde_json::json;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments;
use super::check::csv;
use super::context::{CommandContext, ExitStatus, eprint_line};
use super::escape::escape_line;
use super::output::CliError;
use super::progress::progress_bar;
use super::style::{Painter, Part};
use crate::check::Severity;
use crate::compile::{Roster, UnitFile, UnitStatus};
use crate::draft::ReportState;
use crate::units::file_checker::FileChecker;
use crate::units::files::{self, FoundFile};
use crate::units::{FolderIndex, FolderSettings, check_unit_file, find_roster, map_in_order};

#[derive(clap::Args)]
pub(super) struct StatusArgs {
    #[arg(value_name = "文件夹", required = true, help = "放各单位草稿的文件夹或草稿")]
    paths: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "名单",
        help = "应报单位名单，一行一个；不写就用文件夹里的 名单.txt，没有名单就只看报了的"
    )]
    roster: Option<PathBuf>,
    #[arg(long, value_name = "年度", value_parser = arguments::parse_year, help = "看哪一年度的报告，如 2025")]
    year: u16,
    #[arg(long, value_name = "格式", default_value = "text", help = "text（默认）、json 或 csv")]
    format: StatusFormat,
}

impl StatusArgs {
    /// Returns whether its results are lines for people, free of hidden characters and set in colour on a terminal.
    pub(super) fn is_for_people(&self) -> bool {
        matches!(self.format, StatusFormat::Text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StatusFormat {
    Text,
    Json,
    Csv,
}

/// One unit with its files of the year; `other` has those of other years.
struct UnitRow<'a> {
    unit: &'a str,
    listed: bool,
    files: Vec<&'a UnitFile>,
    other: Vec<&'a UnitFile>,
}

impl UnitRow<'_> {
    fn status(&self) -> UnitStatus {
        UnitStatus::of(&self.files)
    }

    fn errors(&self) -> usize {
        self.files.iter().map(|unit_file| unit_file.errors).sum()
    }

    fn warnings(&self) -> usize {
        self.files.iter().map(|unit_file| unit_file.warnings).sum()
    }

    fn file_names(&self) -> String {
        self.files.iter().map(|unit_file| file_name(unit_file)).collect::<Vec<_>>().join(" ")
    }
}

pub(super) fn run_status(args: &StatusArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let folder = args.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let roster = find_roster(args.roster.as_deref(), folder).map_err(CliError::new)?;
    if roster.as_ref().is_some_and(|roster| roster.units.is_empty()) {
        let named = args.roster.as_deref().unwrap_or(folder).display();
        return Err(CliError::new(format!("{named}：名单是空的")));
    }
    let index = FolderIndex::read(files::list_drafts(&args.paths), context.library);
    let checker = FileChecker::new(context.library, None, context.today).beside(&index);
    let progress = progress_bar(context.err_is_terminal, "查看", &args.paths);
    let (mut units, mut unread): (HashMap<String, Vec<UnitFile>>, Vec<String>) = Default::default();
    let mut order = Vec::new();
    let mut settings: Vec<Arc<FolderSettings>> = Vec::new();
    let each = |listed: FoundFile| {
        let in_force = checker.settings_of(&listed.path).ok().flatten();
        let unit_file = check_unit_file(&checker, &listed);
        match unit_file.error {
            Some(message) => Err(message),
            None => Ok((unit_file, in_force)),
        }
    };
    map_in_order(files::list_drafts(&args.paths), each, |checked| {
        progress.inc(1);
        match checked {
            Ok((unit_file, in_force)) => {
                if let Some(one) = in_force.filter(|one| !settings.iter().any(|known| known.path == one.path))
                {
                    settings.push(one);
                }
                let files = units.entry(unit_file.unit.clone()).or_default();
                if files.is_empty() {
                    order.push(unit_file.unit.clone());
                }
                files.push(unit_file);
            }
            Err(message) => unread.push(message),
        }
        true
    });
    progress.finish_and_clear();
    // Without a list nobody is missing: those who have filed are all there is.
    let roster = roster.unwrap_or_else(|| Roster { units: order.clone(), duplicates: Vec::new() });
    let unlisted = roster.unlisted(order.iter().map(String::as_str));
    let names = roster.units.iter().map(|unit| (unit, true)).chain(unlisted.iter().map(|unit| (unit, false)));
    let rows: Vec<UnitRow> = names
        .map(|(unit, listed)| {
            let all = units.get(unit).into_iter().flatten();
            let (files, other) = all.partition(|unit_file| unit_file.year == Some(args.year));
            UnitRow { unit, listed, files, other }
        })
        .filter(|row| row.listed || !row.files.is_empty())
        .collect();
    for unit in &roster.duplicates {
        eprint_line(context, &format!("名单里“{unit}”写了不止一次，按一个单位计"));
    }
    for message in &unread {
        eprint_line(context, message);
    }
    let shown = match args.format {
        StatusFormat::Text => {
            let said = settings.iter().map(|one| format!("{}\n", escape_line(&describe_settings(one))));
            said.collect::<String>() + &render_text(args.year, &rows, unread.len(), context.painter())
        }
        StatusFormat::Json => render_json(&rows),
        StatusFormat::Csv => render_csv(&rows),
    };
    if args.format != StatusFormat::Text {
        for one in &settings {
            eprint_line(context, &describe_settings(one));
        }
    }
    write!(context.out, "{shown}")?;
    let open = rows.iter().any(|row| row.status() != UnitStatus::Filed && (row.listed || row.errors() > 0));
    Ok(match (unread.is_empty(), open) {
        (false, _) => ExitStatus::Failed,
        (true, true) => ExitStatus::Findings,
        (true, false) => ExitStatus::Done,
    })
}

/// Returns which settings are in force, and where they are written.
fn describe_settings(settings: &FolderSettings) -> String {
    format!("{}（{}）", settings.describe(), settings.path.display())
}

fn file_name(unit_file: &UnitFile) -> String {
    unit_file.file.display().to_string()
}

fn render_text(year: u16, rows: &[UnitRow], unread: usize, painter: Painter) -> String {
    let listed = || rows.iter().filter(|row| row.listed);
    let count = |state| listed().filter(|row| row.status() == state).count();
    let filed_count = listed().filter(|row| row.status().is_filed()).count();
    let mut out = format!("{year}年度：应报 {}，已报 {filed_count}", listed().count());
    // Writing to a String cannot fail.
    for state in UnitStatus::ALL.into_iter().filter(|state| *state != UnitStatus::Filed && count(*state) > 0)
    {
        let _ = write!(out, "，{} {}", state.label(), count(state));
    }
    let is_final = |row: &&UnitRow| row.files.iter().any(|file| file.state == ReportState::Final);
    let final_count = listed().filter(is_final).count();
    if final_count > 0 {
        let _ = write!(out, "；已定稿 {final_count}");
    }
    if unread > 0 {
        let _ = write!(out, "；另有 {unread} 份文件无法读取");
    }
    out.push('\n');
    for state in UnitStatus::ALL.into_iter().filter(|state| *state != UnitStatus::Filed) {
        let heading = painter.paint(Part::Severity(Severity::Error), &format!("{}：", state.label()));
        write_group(&mut out, &heading, rows.iter().filter(|row| row.listed && row.status() == state));
    }
    let heading = painter.paint(Part::Severity(Severity::Warning), "不在名单上：");
    write_group(&mut out, &heading, rows.iter().filter(|row| !row.listed));
    out
}

fn write_group<'a>(out: &mut String, heading: &str, rows: impl Iterator<Item = &'a UnitRow<'a>>) {
    for (at, row) in rows.enumerate() {
        if at == 0 {
            let _ = writeln!(out, "{heading}");
        }
        let unit = if row.unit.is_empty() { "（没有写单位）" } else { row.unit };
        let _ = write!(out, "  {}", escape_line(unit));
        if !row.files.is_empty() {
            let _ = write!(out, "（{}）", escape_line(&row.file_names()));
        }
        if row.errors() + row.warnings() > 0 {
            let _ = write!(out, "：错误 {}，提醒 {}", row.errors(), row.warnings());
        }
        if row.status() == UnitStatus::Unfinished
            && let Some(file) = row.files.first()
        {
            let _ = write!(out, "；{}整张空白", file.blank_tables.join("、"));
        }
        if row.files.is_empty() {
            let years: Vec<String> = row
                .other
                .iter()
                .filter_map(|unit_file| unit_file.year)
                .map(|year| format!("{year}年"))
                .collect();
            if !years.is_empty() {
                let _ = write!(out, "（只有 {} 的）", years.join("、"));
            }
        }
        out.push('\n');
    }
}

fn render_json(rows: &[UnitRow]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "unit": row.unit,
                "listed": row.listed,
                "state": row.status().as_str(),
                "files": row.files.iter().map(|unit_file| file_name(unit_file)).collect::<Vec<_>>(),
                "other_years": row.other.iter().filter_map(|unit_file| unit_file.year).collect::<Vec<_>>(),
                "errors": row.errors(),
                "warnings": row.warnings(),
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Array(rows))
}

fn render_csv(rows: &[UnitRow]) -> String {
    let mut out = String::from("\u{feff}单位,在名单上,状态,文件,错误,提醒\n");
    for row in rows {
        let listed = if row.listed { "是" } else { "否" };
        let (errors, warnings) = (row.errors().to_string(), row.warnings().to_string());
        out.push_str(&csv::csv_line(&[
            row.unit,
            listed,
            row.status().label(),
            &row.file_names(),
            &errors,
            &warnings,
        ]));
    }
    out
}
