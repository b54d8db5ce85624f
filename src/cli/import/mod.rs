//! `nianbao import`: a draft from a report that was published, or from exported data.

mod arguments;
mod batch;
mod report;
mod row_text;

use serde_json::json;
use std::io::Read;
use std::path::Path;

pub(super) use arguments::ImportArgs;
use arguments::ImportReportFormat;

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::output::{self, CliError};
use crate::export::json::to_json;
use crate::import::{LARGEST, import};
use crate::store::{self, atomic};
use crate::units::draft_file_name;
use crate::units::input::is_standard_stream;

pub(super) fn run_import(args: &ImportArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    if let [file] = &args.files[..]
        && !file.is_dir()
    {
        for folder in args.output.iter().chain([file]).filter_map(|path| path.parent()) {
            atomic::remove_temporary_files(&folder.join("*"));
        }
        return import_file(file, args, context);
    }
    batch::import_files(args, context)
}

fn import_file(file: &Path, args: &ImportArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let stream = is_standard_stream(file);
    let name = output::input_name(file);
    let base = file.file_name().filter(|_| !stream).map(|base| base.to_string_lossy().into_owned());
    let to_stdout = args.output.as_deref().is_some_and(is_standard_stream);
    if to_stdout && args.format == ImportReportFormat::Json {
        return Err(CliError::new("--format json 和草稿都要写到标准输出；请用 -o 写明草稿的文件名"));
    }
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
        Some(folder) if folder.is_dir() && !stream => {
            folder.join(file.file_name().unwrap_or_default()).with_extension("ron")
        }
        Some(path) => path.clone(),
        None if stream => match draft.year().filter(|_| !draft.unit().is_empty()) {
            Some(year) => draft_file_name(draft.unit(), year),
            None => return Err(CliError::new("标准输入里没有单位和年度，请用 -o 写明草稿的文件名")),
        },
        None => file.with_extension("ron"),
    };
    output::write_draft(&path, args.force, &form, draft, context)?;
    match args.format {
        ImportReportFormat::Text => {
            let report = report::report_lines(&read, &form);
            let stream = if to_stdout { &mut *context.err } else { &mut *context.out };
            stream.write_all(report.as_bytes())?;
            report::print_counts(&read, context);
        }
        ImportReportFormat::Json => {
            let mut whole = to_json(&form, draft);
            whole["open"] = read.open.iter().map(report::open_field_json).collect();
            whole["decided_by_sums"] = read.decided_by_sums.iter().map(|field| field.as_str()).collect();
            whole["unplaced"] =
                read.unplaced.iter().map(|it| json!({"line": it.line, "text": it.text})).collect();
            writeln!(context.out, "{whole:#}")?;
        }
    }
    eprint_line(context, &format!("已读入 {name}，草稿写到 {}", output::output_name(&path)));
    Ok(if read.open.is_empty() { ExitStatus::Done } else { ExitStatus::Findings })
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
