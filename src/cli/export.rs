//! `nianbao export`: a draft as a file to submit, or as data.

use std::path::{Path, PathBuf};

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::listed::Listed;
use super::output::{self, CliError};
#[cfg(feature = "xlsx")]
use super::unit_export;
use crate::check::{Context, Severity, check};
#[cfg(not(feature = "xlsx"))]
use crate::export::ExportError;
use crate::export::html::to_html_fragment;
use crate::export::layout::Report;
use crate::export::{Format, csv};
use crate::store::{self, atomic};
use crate::text::safe_file_name;

#[derive(clap::Args)]
pub(super) struct ExportArgs {
    #[arg(
        value_name = "草稿.ron",
        help = "要导出的草稿，- 为标准输入；文件夹只能导出 xlsx，一个单位一行，另有一张表列出谁报了什么"
    )]
    draft: PathBuf,
    #[arg(long, value_name = "格式", required_unless_present = "template", value_parser = Listed::new(format_names, parse_format), help = "导出的格式：docx、html、xlsx、md、txt、csv、json")]
    to: Option<Format>,
    #[arg(
        short,
        long,
        value_name = "文件",
        help = "写到哪里，- 为标准输出；csv 写到文件夹（末尾有 /）时封面、正文和每张表各一个文件；不写时 md、txt、csv、json 写到标准输出，其余用草稿的名字"
    )]
    output: Option<PathBuf>,
    #[arg(long, help = "只要网页正文，不带页头和样式表，用来粘贴到网站后台；只用于 html")]
    fragment: bool,
    #[arg(
        long,
        conflicts_with = "fragment",
        help = "导出一份填报表（xlsx），发给没有这个程序的单位填：要填的格有颜色，别的有保护；收回来用 nianbao import 读"
    )]
    template: bool,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

pub(super) fn run_export(args: &ExportArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let to = args.to.unwrap_or(Format::Xlsx);
    if args.template && to != Format::Xlsx {
        return Err(CliError::new("--template 导出的是 xlsx，不能另写别的格式"));
    }
    if args.draft.is_dir() {
        return export_folder(args, to, context);
    }
    let loaded = output::load_draft(&args.draft, context)?;
    let (form, draft) = (&loaded.form, &loaded.draft);
    let bytes = match (args.fragment, args.template, to) {
        (true, _, Format::Html) => Ok(to_html_fragment(form, draft).into_bytes()),
        (true, ..) => return Err(CliError::new("--fragment 只能和 --to html 一起用")),
        (false, true, _) => write_template(form, draft),
        #[cfg(feature = "xlsx")]
        (false, false, Format::Xlsx) if draft.compiled.is_some() => {
            let compiled = draft.compiled.clone().unwrap_or_default();
            Ok(unit_export::compiled_workbook(&args.draft, &loaded, &compiled, context)?)
        }
        (false, false, format) => format.write(form, draft),
    };
    let bytes = bytes.map_err(|error| CliError::new(format!("{}：{error}", args.draft.display())))?;
    let path = match &args.output {
        Some(path) => path.clone(),
        None if args.template => template_name(&args.draft),
        None if to.is_for_stdout() => "-".into(),
        None => args.draft.with_extension(to.extension()),
    };
    if is_folder(&path) {
        if to != Format::Csv {
            return Err(CliError::new(format!(
                "{} 是文件夹；只有 csv 可以写到文件夹，请另写文件名",
                path.display()
            )));
        }
        for path in write_table_files(&path, &loaded, args.force, context)? {
            eprint_line(context, &format!("已写到 {}", path.display()));
        }
    } else {
        write_bytes(&path, args.force, &bytes, context)?;
    }
    let Report { unread_cells, unknown_totals, .. } = Report::new(&loaded.form, &loaded.draft);
    if !unread_cells.is_empty() {
        let message = "格导入时未能确认，还没有填，导出的文件里留空";
        eprint_line(context, &format!("注意：有 {} {message}", unread_cells.len()));
    }
    if !unknown_totals.is_empty() {
        let message = "个总计算不出来（它的某一格读不懂，或未能确认），导出的文件里留空";
        eprint_line(context, &format!("注意：有 {} {message}", unknown_totals.len()));
    }
    let check_context = Context { today: Some(context.today), ..Context::default() };
    let findings = check(&loaded.form, &loaded.draft, check_context);
    let errors = findings.iter().filter(|f| f.is_open() && f.severity == Severity::Error).count();
    if errors > 0 {
        let draft = args.draft.display();
        let see = if is_standard_stream(&args.draft) {
            "请用 nianbao check 查看".to_string()
        } else {
            format!("请用 nianbao check {draft} 查看")
        };
        eprint_line(context, &format!("注意：这份草稿还有 {errors} 处错误，{see}"));
    }
    Ok(ExitStatus::Done)
}

/// Writes a workbook of all drafts in a folder.
fn export_folder(
    args: &ExportArgs,
    to: Format,
    context: &mut CommandContext,
) -> Result<ExitStatus, CliError> {
    let folder = args.draft.display();
    if args.template || to != Format::Xlsx {
        let message = format!("{folder} 是文件夹，只能用 --to xlsx 导出；别的格式请写一份草稿");
        return Err(CliError::new(message));
    }
    let (bytes, all_read) = unit_export::folder_workbook(&args.draft, context)?;
    let named = args.draft.file_name().map(|_| args.draft.with_extension(to.extension()));
    let path = args.output.clone().or(named).unwrap_or_else(|| "各单位.xlsx".into());
    write_bytes(&path, args.force, &bytes, context)?;
    Ok(if all_read { ExitStatus::Done } else { ExitStatus::Failed })
}

fn write_bytes(path: &Path, force: bool, bytes: &[u8], context: &mut CommandContext) -> Result<(), CliError> {
    if is_standard_stream(path) {
        return Ok(context.out.write_all(bytes)?);
    }
    atomic::remove_temporary_files(path);
    output::write_file(path, force, None, bytes, context)?;
    eprint_line(context, &format!("已写到 {}", path.display()));
    Ok(())
}

/// Returns the name of a template beside its draft: the filled one is to have the draft's own.
fn template_name(draft: &Path) -> PathBuf {
    let stem = draft.file_stem().unwrap_or_default().to_string_lossy();
    draft.with_file_name(format!("{stem}-填报表.xlsx").trim_start_matches('-'))
}

#[cfg(feature = "xlsx")]
use crate::export::xlsx::to_template as write_template;
use crate::units::input::is_standard_stream;
/// Without Excel files there are none to fill in, and none of units.
#[cfg(not(feature = "xlsx"))]
fn write_template(_: &crate::form::Form, _: &crate::draft::Draft) -> Result<Vec<u8>, ExportError> {
    Err(ExportError::NotBuilt(Format::Xlsx.name()))
}
#[cfg(not(feature = "xlsx"))]
mod unit_export {
    use super::*;

    pub fn folder_workbook(folder: &Path, _: &mut CommandContext) -> Result<(Vec<u8>, bool), CliError> {
        let error = ExportError::NotBuilt(Format::Xlsx.name());
        Err(CliError::new(format!("{}：{error}", folder.display())))
    }
}

/// Returns whether a path names a folder: one that is there, or one to be made.
fn is_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    path.is_dir() || last.is_some_and(|&byte| std::path::is_separator(char::from(byte)))
}

/// Writes cover, texts and each table into a file of its own, tables named after their headings; none of them if one exists already.
fn write_table_files(
    folder: &Path,
    loaded: &store::Loaded,
    force: bool,
    context: &mut CommandContext,
) -> Result<Vec<PathBuf>, CliError> {
    std::fs::create_dir_all(folder).map_err(|error| {
        let why = store::system_message(&error);
        CliError::new(format!("{}：文件夹建不了：{why}", folder.display()))
    })?;
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for (heading, text) in csv::part_files(&loaded.form, &loaded.draft) {
        // Headings of a form of the user's own may be alike, and hold anything.
        let is_taken = |path: &PathBuf| files.iter().any(|(other, _)| other == path);
        let numbered = (2..).map(|number| format!("-{number}.csv"));
        let endings = std::iter::once(".csv".to_string()).chain(numbered);
        let mut paths = endings.map(|ending| folder.join(safe_file_name(&heading, &ending)));
        files.extend(paths.find(|path| !is_taken(path)).map(|path| (path, text)));
    }
    files.first().inspect(|(path, _)| atomic::remove_temporary_files(path));
    for (path, _) in &files {
        output::ensure_free(path, force)?;
    }
    for (path, text) in &files {
        output::write_file(path, force, None, text.as_bytes(), context)?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

fn format_names() -> Vec<&'static str> {
    Format::ALL.map(Format::extension).into()
}

fn parse_format(word: &str) -> Result<Format, String> {
    let all = format_names().join("、");
    Format::from_name(word).ok_or_else(|| format!("可以用：{all}"))
}
