//! The command line: one file for each sub-command, with its help and its exit code.
//!
//! Results go to the output, messages to the error stream. Streams and day come in [`CommandContext`], so
//! that a test sees exactly what a clerk sees; only a version that is saved takes the time itself.

mod arguments;
mod carry;
mod check;
mod compile;
mod completions;
mod context;
mod diff;
mod doctor;
mod error_text;
mod escape;
mod escaping_writer;
mod examples;
mod explain;
mod export;
mod help;
mod history;
mod import;
mod listed;
mod man;
mod manual;
mod merge;
mod new;
mod output;
mod progress;
mod status;
mod style;
#[cfg(test)]
mod tests;
#[cfg(feature = "xlsx")]
mod unit_export;

use clap::error::ErrorKind;
use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

pub use context::{CommandContext, ExitStatus};
use escape::escape_text;
pub use escaping_writer::EscapingWriter;
use output::CliError;

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum CliOutcome {
    /// It is done; leave with this code.
    Exit(ExitStatus),
    /// Open the editor.
    OpenEditor(EditorArgs),
    /// Report what the terminal and the folders can do.
    Doctor {
        /// Whether the clerk wants to press keys, to see which arrive.
        keys: bool,
    },
}

/// How the editor is to be opened.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EditorArgs {
    /// The draft; without one it is the home screen.
    pub draft: Option<PathBuf>,
    /// The list of units that have to report, where the draft is a folder of theirs.
    pub roster: Option<PathBuf>,
    /// Whether borders are drawn only in characters that every terminal draws alike.
    pub ascii: bool,
}

#[derive(Parser)]
#[command(
    name = "nianbao",
    version,
    about = "年报：填写、核对、汇总《政府信息公开工作年度报告》",
    args_conflicts_with_subcommands = true
)]
struct CommandLine {
    #[arg(value_name = "草稿.ron", help = "要打开的草稿；不写就进入首页")]
    draft: Option<PathBuf>,
    #[arg(long, value_name = "名单", requires = "draft", help = "打开文件夹时：应报单位名单，一行一个")]
    roster: Option<PathBuf>,
    #[arg(long, help = "边框只用 ASCII 字符（+ - |）")]
    ascii: bool,
    #[arg(short, long, global = true, display_order = 900, help = "不写提示和小结，只写结果和出错的原因")]
    quiet: bool,
    #[arg(
        long,
        global = true,
        display_order = 901,
        value_name = "何时",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        help = "结果用不用颜色：auto（默认，在终端上才用）、always 或 never"
    )]
    color: ColorChoice,
    #[command(subcommand)]
    command: Option<CliCommand>,
}

#[derive(Subcommand)]
enum CliCommand {
    #[command(about = "新建一份空白草稿", after_help = examples::NEW)]
    New(new::NewArgs),
    #[command(about = "核对草稿，列出问题", after_help = examples::CHECK)]
    Check(check::CheckArgs),
    #[command(about = "把草稿写成要交的文件或数据", after_help = examples::EXPORT)]
    Export(export::ExportArgs),
    #[command(about = "把已有的报告读成草稿", after_help = examples::IMPORT)]
    Import(import::ImportArgs),
    #[command(about = "从上年的草稿开始写今年的", after_help = examples::CARRY)]
    Carry(carry::CarryArgs),
    #[command(about = "看各单位报了没有，有没有错误", after_help = examples::STATUS)]
    Status(status::StatusArgs),
    #[command(about = "把各单位的草稿汇总成一份", after_help = examples::COMPILE)]
    Compile(compile::CompileArgs),
    #[command(
        about = "逐栏比较两份草稿",
        after_help = "\n给 git 用：在仓库里运行\n  \
                      git config diff.nianbao.textconv \"nianbao diff --textconv\"\n\
                      并在 .gitattributes 里写\n  *.ron diff=nianbao\n\
                      以后 git diff、git log -p 就按表里的栏目显示改动。"
    )]
    Diff(diff::DiffArgs),
    #[command(
        about = "合并两份从同一份改出来的草稿，给 git 用",
        after_help = "\n给 git 用：在仓库里运行\n  \
                      git config merge.nianbao.driver \"nianbao merge %O %A %B\"\n\
                      并在 .gitattributes 里写\n  *.ron merge=nianbao\n\
                      以后 git merge 逐格、逐段合并；两边都改了同一处的，保留本方的并列出来，退出码为 1。"
    )]
    Merge(merge::MergeArgs),
    #[command(
        about = "列出草稿最近存过的几版，看和取回其中一版",
        after_help = "\n取回一版：nianbao history 草稿.ron --restore 2 -o 草稿-第2版.ron\n\
                      也可以打开草稿，按 Ctrl+P 用“历史版本”，在屏幕上看不同、恢复。"
    )]
    History(history::HistoryArgs),
    #[command(about = "说明一条核对规则", after_help = examples::EXPLAIN)]
    Explain(explain::ExplainArgs),
    #[command(about = "看这个终端能做什么、要设什么")]
    Doctor(doctor::DoctorArgs),
    #[command(about = "写出命令行补全脚本", after_help = examples::COMPLETIONS)]
    Completions(completions::CompletionsArgs),
    #[command(about = "显示使用手册")]
    Manual,
    #[command(about = "写出手册页（man）")]
    Man,
    #[command(about = "说明一个命令怎样用")]
    Help(help::HelpArgs),
}

impl CliCommand {
    /// Returns whether its results are in colour. What the others write, and what is for other programs, may be a
    /// file's content, none of which may pass for a colour.
    fn has_styles(&self) -> bool {
        match self {
            CliCommand::Check(args) => args.is_for_people(),
            CliCommand::Diff(args) => args.is_for_people(),
            CliCommand::Status(args) => args.is_for_people(),
            CliCommand::History(_) => true,
            _ => false,
        }
    }
}

/// Runs the command of the arguments. The first argument is the program's own name.
pub fn run_cli(arguments: impl IntoIterator<Item = OsString>, context: &mut CommandContext) -> CliOutcome {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let [_, only] = &arguments[..]
        && is_draft_path(only)
    {
        return CliOutcome::OpenEditor(EditorArgs { draft: Some(only.into()), ..EditorArgs::default() });
    }
    let parsed =
        build_command().try_get_matches_from(&arguments).and_then(|m| CommandLine::from_arg_matches(&m));
    let done = match parsed {
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            write!(context.out, "{}", error.render()).map(|()| ExitStatus::Done).map_err(CliError::from)
        }
        Err(error) => Err(CliError::new(error_text::usage_error_text(&error, &arguments, &build_command()))),
        Ok(CommandLine { draft, roster, ascii, command: None, .. }) => {
            // Whoever names the list of units wants to see who of them has filed nothing.
            let named = draft.as_deref().filter(|path| roster.is_none() || !path.is_dir());
            match named.and_then(|path| error_text::unopenable_text(path, &build_command())) {
                Some(message) => Err(CliError::new(message)),
                None => return CliOutcome::OpenEditor(EditorArgs { draft, roster, ascii }),
            }
        }
        // The caller owns the terminal.
        Ok(CommandLine { command: Some(CliCommand::Doctor(args)), .. }) => {
            return CliOutcome::Doctor { keys: args.keys };
        }
        Ok(CommandLine { command: Some(command), quiet, color, .. }) => {
            context.quiet = quiet;
            let is_wanted = match color {
                ColorChoice::Auto => context.styles.get(),
                ColorChoice::Always => true,
                ColorChoice::Never => false,
            };
            context.styles.set(is_wanted && command.has_styles());
            run_command(command, context)
        }
    };
    let done = done.and_then(|exit| context.out.flush().map(|()| exit).map_err(CliError::from));
    CliOutcome::Exit(done.unwrap_or_else(|error| {
        // If this fails too, there is no way left to report it.
        let _ = writeln!(context.err, "nianbao：{}", escape_text(error.message()));
        ExitStatus::Failed
    }))
}

/// Returns whether an argument can only be a draft: opening one, the most common call, need not wait until
/// the whole command line is built.
fn is_draft_path(argument: &OsString) -> bool {
    let bytes = argument.as_encoded_bytes();
    bytes.ends_with(b".ron") && !bytes.starts_with(b"-")
}

fn run_command(command: CliCommand, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    match command {
        CliCommand::New(args) => new::run_new(&args, context),
        CliCommand::Check(args) => check::run_check(&args, context),
        CliCommand::Export(args) => export::run_export(&args, context),
        CliCommand::Import(args) => import::run_import(&args, context),
        CliCommand::Carry(args) => carry::run_carry(&args, context),
        CliCommand::Status(args) => status::run_status(&args, context),
        CliCommand::Compile(args) => compile::run_compile(args, context),
        CliCommand::Diff(args) => diff::run_diff(&args, context),
        CliCommand::Merge(args) => merge::run_merge(&args, context),
        CliCommand::History(args) => history::run_history(&args, context),
        CliCommand::Explain(args) => explain::run_explain(&args, context),
        // `run_cli` has handed it on already.
        CliCommand::Doctor(_) => Ok(ExitStatus::Done),
        CliCommand::Completions(args) => completions::run_completions(&args, build_command(), context),
        CliCommand::Manual => manual::print_manual(context),
        CliCommand::Man => man::run_man(build_command(), context),
        CliCommand::Help(args) => help::run_help(&args, build_command(), context),
    }
}

/// Returns the whole command line, in Chinese throughout.
fn build_command() -> clap::Command {
    arguments::localize(CommandLine::command())
}
