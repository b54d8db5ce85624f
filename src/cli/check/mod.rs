//! `nianbao check`: findings of files and folders, in the order given.
//!
//! Many files are read at once and reported in their order; only a window of them is in memory.

mod annotations;
pub(super) mod csv;
pub(super) mod json;
mod summary;
mod text;

use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

use super::arguments;
use super::context::{CommandContext, ExitStatus, eprint_line};
use super::escape::escape_line;
use super::listed::Listed;
use super::output::CliError;
use super::progress::progress_bar;
use super::style::Painter;
use crate::check::{Finding, LastYear, Severity};
use crate::store;
use crate::units::file_checker::{CheckedFile, FileChecker};
use crate::units::file_rules::{UNREADABLE, resolve_ids, rule_ids};
use crate::units::files::{self, FoundFile};
use crate::units::{FolderIndex, FolderSettings, map_in_order};
use summary::Summary;

#[derive(clap::Args)]
pub(super) struct CheckArgs {
    #[arg(
        value_name = "草稿或文件夹",
        required = true,
        help = "要核对的草稿；文件夹里的 .ron 都核对，包括下级文件夹；- 为标准输入"
    )]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "文件", help = "上年的草稿，只在核对一份草稿时用；不写就用草稿里记下的")]
    last: Option<PathBuf>,
    #[arg(long, value_name = "日期", value_parser = arguments::parse_day, help = "按哪一天判断期限，如 2026-01-20；不写就是今天")]
    today: Option<Date>,
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        help = "text（默认）、json、jsonl（一行一条）、csv、github（工作流注释）或 sarif（代码审查）"
    )]
    format: CheckFormat,
    #[arg(long, value_name = "规则", value_delimiter = ',', value_parser = Listed::new(rule_ids, |id| Ok(id.to_string())), help = "只看这些规则，如 T1,D3")]
    only: Vec<String>,
    #[arg(long, value_name = "轻重", value_parser = Listed::new(arguments::severity_names, Severity::parse), default_value = "remark", help = "只看这么重的和更重的：error 错误、warning 提醒、remark 留意")]
    min_weight: Severity,
    #[arg(long, help = "已搁置的问题也列出来")]
    waived: bool,
    #[arg(long, help = "只列合计，不列每一条")]
    summary: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    Text,
    Json,
    Jsonl,
    Csv,
    Github,
    Sarif,
}

impl CheckArgs {
    /// Returns whether its results are lines for people, free of hidden characters and set in colour on a terminal.
    pub(super) fn is_for_people(&self) -> bool {
        matches!(self.format, CheckFormat::Text)
    }
}

impl CheckFormat {
    /// Returns what stands before the first entry, between two, and behind the last.
    fn frame(self) -> [String; 3] {
        let frame = |parts: [&str; 3]| parts.map(String::from);
        match self {
            CheckFormat::Text | CheckFormat::Jsonl | CheckFormat::Github => frame(["", "", ""]),
            CheckFormat::Json => frame(["[\n", ",\n", "\n]\n"]),
            CheckFormat::Csv => frame([csv::HEADER, "", ""]),
            CheckFormat::Sarif => [annotations::sarif_start(), ",\n".into(), annotations::SARIF_END.into()],
        }
    }

    /// Returns whether the entries say where in the file they are.
    fn has_positions(self) -> bool {
        !matches!(self, CheckFormat::Text | CheckFormat::Csv)
    }
}

impl CheckArgs {
    /// Returns whether a finding is among those asked for, of these rules if any are named.
    fn includes(&self, finding: &Finding, only: &[String]) -> bool {
        finding.severity >= self.min_weight
            && (self.waived || finding.is_open())
            && (only.is_empty() || only.contains(&finding.rule))
    }

    /// Returns what is said of settings that are in force, in the shape of the findings.
    fn render_settings(&self, settings: &FolderSettings) -> String {
        let (file, message) = (settings.path.display().to_string(), settings.describe());
        match self.format {
            CheckFormat::Text => format!("{}\n\n", escape_line(&format!("{message}（{file}）"))),
            _ if self.summary => String::new(),
            CheckFormat::Json => format!("  {}", json::settings_entry(&file, &message)),
            CheckFormat::Jsonl => format!("{}\n", json::settings_entry(&file, &message)),
            CheckFormat::Github => annotations::render_github_settings(&file, &message),
            CheckFormat::Sarif => String::new(),
            CheckFormat::Csv => csv::render_settings(&file, &message),
        }
    }

    fn render(&self, checked: &CheckedFile, painter: Painter) -> String {
        match self.format {
            _ if self.summary => String::new(),
            CheckFormat::Text => text::render(checked, painter),
            CheckFormat::Json => {
                let entries = json::entries(checked).into_iter().map(|entry| format!("  {entry}"));
                entries.collect::<Vec<_>>().join(",\n")
            }
            CheckFormat::Jsonl => json::entries(checked).into_iter().map(|entry| entry + "\n").collect(),
            CheckFormat::Csv => csv::render(checked),
            CheckFormat::Github => annotations::render_github(checked),
            CheckFormat::Sarif => annotations::render_sarif(checked),
        }
    }
}

/// One file with its findings as text.
struct RenderedFile {
    rendered: String,
    messages: Vec<String>,
    summary: Summary,
    settings: Option<Arc<FolderSettings>>,
}

/// Returns `true` if the paths stand for more than one draft, perhaps.
fn reads_several(paths: &[PathBuf]) -> bool {
    paths.len() > 1 || paths.iter().any(|path| path.is_dir())
}

pub(super) fn run_check(args: &CheckArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let only = resolve_ids(&args.only, context.library).map_err(CliError::new)?;
    let last = match &args.last {
        Some(_) if args.paths.len() > 1 || args.paths.iter().any(|path| path.is_dir()) => {
            return Err(CliError::new(
                "--last 只能在核对一份草稿时用；多份草稿请在各自的草稿里记下上年的文件",
            ));
        }
        Some(path) => {
            let last = store::load(path, context.library)?;
            Some(LastYear::new(last.form, last.draft))
        }
        None => None,
    };
    let today = args.today.unwrap_or(context.today);
    let index = reads_several(&args.paths)
        .then(|| FolderIndex::read(files::list_drafts(&args.paths), context.library));
    let checker =
        FileChecker::new(context.library, last.as_ref(), today).locating(args.format.has_positions());
    let checker = match &index {
        Some(index) => checker.beside(index),
        None => checker,
    };
    let painter = context.painter();
    let each = |found: FoundFile| {
        let mut checked = checker.check_file(&found);
        checked.findings.retain(|finding| args.includes(finding, &only) || finding.rule == UNREADABLE.id);
        let rendered = args.render(&checked, painter);
        let summary = Summary::of(&checked);
        RenderedFile { rendered, summary, messages: checked.messages, settings: checked.settings }
    };
    let progress = progress_bar(context.err_is_terminal, "核对", &args.paths);
    let mut whole = Summary::default();
    let mut failed: Option<CliError> = None;
    let mut said: Vec<PathBuf> = Vec::new();
    let [start, separator, end] = if args.summary { Default::default() } else { args.format.frame() };
    let mut is_first = true;
    map_in_order(files::list_drafts(&args.paths), each, |rendered_file: RenderedFile| {
        progress.inc(1);
        for message in &rendered_file.messages {
            progress.suspend(|| eprint_line(context, message));
        }
        whole.add(&rendered_file.summary);
        // What is in force is said once, before the first report for which it is.
        let new = rendered_file.settings.filter(|settings| !said.contains(&settings.path));
        let statement = new.as_ref().map_or(String::new(), |settings| args.render_settings(settings));
        said.extend(new.map(|settings| settings.path.clone()));
        for part in [statement, rendered_file.rendered].iter().filter(|part| !part.is_empty()) {
            let before = if is_first { &start } else { &separator };
            let written = progress.suspend(|| write!(context.out, "{before}{part}"));
            is_first = false;
            if let Err(error) = written {
                failed = Some(error.into());
                return false;
            }
        }
        true
    });
    progress.finish_and_clear();
    if let Some(error) = failed {
        return Err(error);
    }
    whole.settings = said;
    match (args.summary, args.format) {
        (true, CheckFormat::Json | CheckFormat::Jsonl) => writeln!(context.out, "{:#}", whole.json())?,
        (true, CheckFormat::Csv) => write!(context.out, "{}", whole.csv())?,
        (true, _) => write!(context.out, "{}", whole.text())?,
        // An array without entries is shown as one.
        (false, CheckFormat::Json) if is_first => writeln!(context.out, "[]")?,
        (false, _) => write!(context.out, "{}{end}", if is_first { &start } else { "" })?,
    }
    if !args.summary {
        eprint_line(context, &whole.one_line());
    }
    Ok(whole.exit_status())
}
