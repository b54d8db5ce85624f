//! `nianbao export`: a draft as a file to submit, or as data.

use std::path::{Path, PathBuf};

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::listed::Listed;
use super::output::{self, CliError};
use crate::check::{Context, Severity, check};
use crate::export::html::to_html_fragment;
use crate::export::layout::Report;
use crate::export::{Format, csv};
use crate::store::{self, atomic};
use crate::text::safe_file_name;

#[derive(clap::Args)]
pub(super) struct ExportArgs {
    #[arg(value_name = "草稿.ron", help = "要导出的草稿")]
    draft: PathBuf,
    #[arg(long, value_name = "格式", value_parser = Listed::new(format_names, parse_format), help = "导出的格式：docx、html、xlsx、md、txt、csv、json")]
    to: Format,
    #[arg(
        short,
        long,
        value_name = "文件",
        help = "写到哪里，- 为标准输出；csv 写到文件夹（末尾有 /）时封面、正文和每张表各一个文件；不写时 md、txt、csv、json 写到标准输出，其余用草稿的名字"
    )]
    output: Option<PathBuf>,
    #[arg(long, help = "只要网页正文，不带页头和样式表，用来粘贴到网站后台；只用于 html")]
    fragment: bool,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

pub(super) fn run_export(args: &ExportArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let loaded = output::load_draft(&args.draft, context)?;
    let bytes = match (args.fragment, args.to) {
        (false, format) => format.write(&loaded.form, &loaded.draft),
        (true, Format::Html) => Ok(to_html_fragment(&loaded.form, &loaded.draft).into_bytes()),
        (true, _) => return Err(CliError::new("--fragment 只能和 --to html 一起用")),
    };
    let bytes = bytes.map_err(|error| CliError::new(format!("{}：{error}", args.draft.display())))?;
    let path = match &args.output {
        Some(path) => path.clone(),
        None if args.to.is_for_stdout() => "-".into(),
        None => args.draft.with_extension(args.to.extension()),
    };
    if is_folder(&path) {
        if args.to != Format::Csv {
            return Err(CliError::new(format!(
                "{} 是文件夹；只有 csv 可以写到文件夹，请另写文件名",
                path.display()
            )));
        }
        for path in write_table_files(&path, &loaded, args.force, context)? {
            eprint_line(context, &format!("已写到 {}", path.display()));
        }
    } else if output::is_standard_stream(&path) {
        context.out.write_all(&bytes)?;
    } else {
        atomic::remove_leftovers(&path);
        output::write_file(&path, args.force, None, &bytes, context)?;
        eprint_line(context, &format!("已写到 {}", path.display()));
    }
    let Report { unread_cells, unknown_totals, .. } = Report::new(&loaded.form, &loaded.draft);
    if !unread_cells.is_empty() {
        let message = "格导入时没有认准，还没有填，导出的文件里留空";
        eprint_line(context, &format!("注意：有 {} {message}", unread_cells.len()));
    }
    if !unknown_totals.is_empty() {
        let message = "个总计算不出来（它的某一格读不懂，或没有认准），导出的文件里留空";
        eprint_line(context, &format!("注意：有 {} {message}", unknown_totals.len()));
    }
    let check_context = Context { today: Some(context.today), ..Context::default() };
    let findings = check(&loaded.form, &loaded.draft, check_context);
    let errors = findings.iter().filter(|f| f.is_open() && f.severity == Severity::Error).count();
    if errors > 0 {
        let draft = args.draft.display();
        eprint_line(context, &format!("注意：这份草稿还有 {errors} 处错误，请用 nianbao check {draft} 查看"));
    }
    Ok(ExitStatus::Done)
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
    files.first().inspect(|(path, _)| atomic::remove_leftovers(path));
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
