//! `nianbao import`: a draft from a report that was published, or from exported data.

use clap::ValueEnum;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::output::{self, CliError};
use super::sanitize::sanitize_line;
use crate::export::json::to_json;
use crate::form::Form;
use crate::import::{Import, LARGEST, OpenField, OpenState, import};
use crate::store::{self, atomic};

#[derive(clap::Args)]
pub(super) struct ImportArgs {
    #[arg(
        value_name = "文件",
        required = true,
        help = "要读的报告（docx、html、pdf、ofd、xlsx、xls、et、csv、md、txt、json），- 为标准输入"
    )]
    files: Vec<PathBuf>,
    #[arg(short, long, value_name = "草稿.ron", help = "草稿写到哪里；不写就是原名加 .ron")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "格式", default_value = "text", help = "怎样报告结果：text（默认）或 json")]
    format: ImportReportFormat,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ImportReportFormat {
    Text,
    Json,
}

pub(super) fn run_import(args: &ImportArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    if args.output.is_some() && args.files.len() > 1 {
        return Err(CliError::new("几个文件不能写进同一份草稿；请去掉 -o，或一次读一个文件"));
    }
    if args.format == ImportReportFormat::Json && args.files.len() > 1 {
        return Err(CliError::new("--format json 一次只报告一个文件"));
    }
    let written = args.output.iter().chain(&args.files);
    for folder in written.filter_map(|path| path.parent()).collect::<BTreeSet<_>>() {
        atomic::remove_leftovers(&folder.join("*"));
    }
    let mut worst = ExitStatus::Done;
    for file in &args.files {
        let exit = import_file(file, args, context).or_else(|error| {
            if args.files.len() == 1 {
                return Err(error);
            }
            // The other files are still read.
            eprint_line(context, error.message());
            Ok(ExitStatus::Failed)
        })?;
        worst = worst.max(exit);
    }
    Ok(worst)
}

fn import_file(file: &Path, args: &ImportArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let stream = output::is_standard_stream(file);
    let name = if stream { "标准输入".into() } else { file.display().to_string() };
    let base = file.file_name().filter(|_| !stream).map(|base| base.to_string_lossy().into_owned());
    let bytes = if stream { read_stdin()? } else { store::read_file(file, LARGEST as u64)? };
    let read = import(&base.unwrap_or_default(), &bytes, &context.today.to_string(), context.library)
        .map_err(|error| {
            // A position in the file follows its name directly.
            let colon = if matches!(error, crate::import::ImportError::Json(_)) { ":" } else { "：" };
            CliError::new(format!("{name}{colon}{error}"))
        })?;
    let draft = &read.draft;
    let form = output::draft_form(draft, context.library)?;
    let path = match &args.output {
        Some(path) => path.clone(),
        None if stream => match draft.year().filter(|_| !draft.unit().is_empty()) {
            Some(year) => output::draft_file_name(draft.unit(), year),
            None => return Err(CliError::new("标准输入里没有单位和年度，请用 -o 写明草稿的文件名")),
        },
        None => file.with_extension("ron"),
    };
    output::write_draft(&path, args.force, &form, draft, context)?;
    match args.format {
        ImportReportFormat::Text => print_report(&read, &form, context)?,
        ImportReportFormat::Json => {
            let mut whole = to_json(&form, draft);
            whole["open"] = read.open.iter().map(open_field_json).collect();
            whole["unplaced"] =
                read.unplaced.iter().map(|it| json!({"line": it.line, "text": it.text})).collect();
            writeln!(context.out, "{whole:#}")?;
        }
    }
    eprint_line(context, &format!("已读入 {name}，草稿写到 {}", path.display()));
    Ok(if read.open.is_empty() { ExitStatus::Done } else { ExitStatus::Findings })
}

fn open_field_json(open: &OpenField) -> serde_json::Value {
    json!({
        "field": open.field.as_str(),
        "state": open.state.as_str(),
        "candidates": open.candidates,
        "line": open.line,
        "text": open.text,
    })
}

/// What is open, row by row, and what found no place.
fn print_report(read: &Import, form: &Form, context: &mut CommandContext) -> Result<(), CliError> {
    let mut rows: Vec<(&OpenField, Vec<&OpenField>)> = Vec::new();
    for open in &read.open {
        match rows.last_mut() {
            Some((first, row)) if is_same_row(first, open) => row.push(open),
            _ => rows.push((open, vec![open])),
        }
    }
    for (first, row) in &rows {
        writeln!(context.out, "{}", sanitize_line(&open_row_text(first, row, form)))?;
    }
    for unplaced in &read.unplaced {
        let text: String = unplaced.text.chars().take(80).collect();
        writeln!(context.out, "第{}行：没有归到哪一栏：{}", unplaced.line, sanitize_line(&text))?;
    }
    let count = |state| read.open.iter().filter(|open| open.state == state).count();
    if !read.open.is_empty() || !read.unplaced.is_empty() {
        let message = format!(
            "读出 {} 栏；原文空白 {} 栏，没有找到 {} 栏，待核对 {} 栏；另有 {} 处没有归到哪一栏",
            read.read_count,
            count(OpenState::Blank),
            count(OpenState::NotFound),
            count(OpenState::Ambiguous),
            read.unplaced.len()
        );
        eprint_line(context, &message);
    }
    Ok(())
}

fn is_same_row(first: &OpenField, other: &OpenField) -> bool {
    let row = |open: &OpenField| (open.field.section().to_string(), open.field.row().to_string());
    row(first) == row(other)
        && first.state == other.state
        && first.line == other.line
        && !first.field.column().is_empty()
        && first.candidates.is_empty()
        && other.candidates.is_empty()
}

/// Returns one line for open cells of a row: where in the source, which cells, and what is open about them.
fn open_row_text(first: &OpenField, row: &[&OpenField], form: &Form) -> String {
    let line = if first.line > 0 { format!("第{}行：", first.line) } else { String::new() };
    let columns: Vec<&str> =
        row.iter().filter_map(|open| form.field(open.field.as_str())).map(|field| &*field.column).collect();
    let place = match form.field(first.field.as_str()) {
        Some(field) if !field.column.is_empty() => {
            let row = field.location.trim_end_matches(&*field.column).trim_end_matches('·');
            let whole = form.fields().iter().filter(|other| other.id.row() == first.field.row());
            let whole = whole.filter(|other| other.id.section() == first.field.section()).count();
            if whole > 2 && whole == columns.len() {
                format!("{row}·整行")
            } else {
                format!("{row}·{}", columns.join("、"))
            }
        }
        _ => form.location(&first.field).to_string(),
    };
    let state = match (first.state, &first.candidates[..]) {
        (OpenState::Blank, _) => "原文空白".to_string(),
        (OpenState::NotFound, _) => "没有找到".to_string(),
        (OpenState::Ambiguous, []) => "待核对".to_string(),
        (OpenState::Ambiguous, candidates) => format!("待核对，可能是 {}", candidates.join("、")),
    };
    let source = if first.state == OpenState::Blank || first.text.is_empty() {
        String::new()
    } else {
        format!("（原文：{}）", first.text)
    };
    format!("{line}{place}：{state}{source}")
}

/// Reads the standard input, at most one byte more than is allowed.
fn read_stdin() -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST as u64 + 1).read_to_end(&mut bytes);
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(CliError::new(format!("标准输入：打开失败：{}", store::system_message(&error)))),
    }
}
