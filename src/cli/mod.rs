//! The command line: one file per sub-command, its words and its exit code.
//!
//! Results go to the output, words to the error stream; nothing here reads the clock or the
//! process's own streams, so that a test sees exactly what a clerk sees.

mod arguments;
mod bulk;
mod carry;
mod check;
mod compile;
mod completions;
mod diff;
mod doctor;
mod explain;
mod export;
mod files;
mod gather;
mod history;
mod import;
mod man;
mod manual;
mod marks;
mod new;
mod output;
mod plain;
mod progress;
mod refuse;
mod status;
mod survey;
#[cfg(test)]
mod tests;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::form::Library;
use crate::store::Places;
pub use gather::gather;
pub use marks::Marks;
use output::Refusal;
pub use survey::{roster, standing, survey};

/// How a command ended; the number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done, and nothing is open.
    Done = 0,
    /// Done, and there are errors, open cells, units missing or differences.
    Found = 1,
    /// Something could not be done or read; all the rest is done.
    Failed = 2,
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// It is done; leave with this code.
    Exit(Exit),
    /// Open the editor.
    Edit(Sitting),
    /// Look what the terminal and the folders can do.
    Doctor {
        /// Whether the clerk wants to press keys, to see which arrive.
        keys: bool,
    },
}

/// How the editor is to be opened.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sitting {
    /// The draft; without one it is the home screen.
    pub draft: Option<PathBuf>,
    /// The list of units that have to report, where the draft is a folder of theirs.
    pub roster: Option<PathBuf>,
    /// Whether borders are drawn only in characters that every terminal draws alike.
    pub ascii: bool,
}

/// What a command works with.
pub struct Desk<'a> {
    /// The forms at hand.
    pub library: &'a Library,
    /// The day, for deadlines and for the date of an import.
    pub today: Date,
    /// The clerk's time zone, for the time of a saved version.
    pub zone: TimeZone,
    /// Where the program keeps its own files; none for a user without a home.
    pub places: Option<&'a Places>,
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where words go.
    pub err: &'a mut dyn Write,
    /// Whether the error stream is a terminal, where progress may be drawn.
    pub live: bool,
}

#[derive(Parser)]
#[command(
    name = "nianbao",
    version,
    about = "年报：填写、核对、汇总《政府信息公开工作年度报告》",
    args_conflicts_with_subcommands = true
)]
struct Line {
    #[arg(value_name = "草稿.ron", help = "要打开的草稿；不写就进入首页")]
    draft: Option<PathBuf>,
    #[arg(long, value_name = "名单", requires = "draft", help = "打开文件夹时：应报单位名单，一行一个")]
    roster: Option<PathBuf>,
    #[arg(long, help = "边框只用 ASCII 字符（+ - |）")]
    ascii: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    #[command(about = "新建一份空白草稿")]
    New(new::Args),
    #[command(about = "核对草稿，列出问题")]
    Check(check::Args),
    #[command(about = "把草稿写成要交的文件或数据")]
    Export(export::Args),
    #[command(about = "把已有的报告读成草稿")]
    Import(import::Args),
    #[command(about = "从上年的草稿开始写今年的")]
    Carry(carry::Args),
    #[command(about = "看各单位报了没有，有没有错误")]
    Status(status::Args),
    #[command(about = "把各单位的草稿汇总成一份")]
    Compile(compile::Args),
    #[command(
        about = "逐栏比较两份草稿",
        after_help = "\n给 git 用：在仓库里运行\n  \
                      git config diff.nianbao.textconv \"nianbao diff --textconv\"\n\
                      并在 .gitattributes 里写\n  *.ron diff=nianbao\n\
                      以后 git diff、git log -p 就按表里的栏目显示改动。"
    )]
    Diff(diff::Args),
    #[command(
        about = "列出草稿最近存过的几版，看和取回其中一版",
        after_help = "\n取回一版：nianbao history 草稿.ron --restore 2 -o 草稿-第2版.ron\n\
                      也可以打开草稿，按 Ctrl+P 用“历史版本”，在屏幕上看不同、恢复。"
    )]
    History(history::Args),
    #[command(about = "说明一条核对规则")]
    Explain(explain::Args),
    #[command(about = "看这个终端能做什么、要设什么")]
    Doctor(doctor::Args),
    #[command(about = "写出命令行补全脚本")]
    Completions(completions::Args),
    #[command(about = "显示使用手册")]
    Manual,
    #[command(about = "写出手册页（man）")]
    Man,
}

/// Does what the arguments say. The first argument is the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, desk: &mut Desk) -> Next {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let [_, only] = &arguments[..]
        && is_draft(only)
    {
        return Next::Edit(Sitting { draft: Some(only.into()), ..Sitting::default() });
    }
    let parsed = command().try_get_matches_from(&arguments).and_then(|m| Line::from_arg_matches(&m));
    let done = match parsed {
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            write!(desk.out, "{}", error.render()).map(|()| Exit::Done).map_err(Refusal::from)
        }
        Err(error) => Err(Refusal::new(refuse::words(&error, &arguments))),
        Ok(Line { draft, roster, ascii, command: None }) => {
            match draft.as_deref().and_then(refuse::mistyped_command) {
                Some(words) => Err(Refusal::new(words)),
                None => return Next::Edit(Sitting { draft, roster, ascii }),
            }
        }
        // The terminal is not ours to speak with.
        Ok(Line { command: Some(Command::Doctor(args)), .. }) => return Next::Doctor { keys: args.keys },
        Ok(Line { command: Some(command), .. }) => obey(command, desk),
    };
    let done = done.and_then(|exit| desk.out.flush().map(|()| exit).map_err(Refusal::from));
    Next::Exit(done.unwrap_or_else(|refusal| {
        if let Some(words) = refusal.words() {
            // Nobody is left to be told when this fails too.
            let _ = writeln!(desk.err, "nianbao：{}", plain::shown(words));
        }
        Exit::Failed
    }))
}

/// Whether an argument can be nothing but a draft: opening one, the most common call, need not wait
/// for the description of all the others to be put together.
fn is_draft(argument: &OsString) -> bool {
    let bytes = argument.as_encoded_bytes();
    bytes.ends_with(b".ron") && !bytes.starts_with(b"-")
}

fn obey(command: Command, desk: &mut Desk) -> Result<Exit, Refusal> {
    match command {
        Command::New(args) => new::run(&args, desk),
        Command::Check(args) => check::run(&args, desk),
        Command::Export(args) => export::run(&args, desk),
        Command::Import(args) => import::run(&args, desk),
        Command::Carry(args) => carry::run(&args, desk),
        Command::Status(args) => status::run(&args, desk),
        Command::Compile(args) => compile::run(&args, desk),
        Command::Diff(args) => diff::run(&args, desk),
        Command::History(args) => history::run(&args, desk),
        Command::Explain(args) => explain::run(&args, desk),
        // Handed on before: see `run`.
        Command::Doctor(_) => Ok(Exit::Done),
        Command::Completions(args) => completions::run(&args, desk),
        Command::Manual => manual::run(desk),
        Command::Man => man::run(desk),
    }
}

/// The whole command line, in Chinese throughout.
fn command() -> clap::Command {
    arguments::in_chinese(Line::command())
}

/// Writes a line of words; a closed error stream stops nothing.
fn say(desk: &mut Desk, words: &str) {
    let _: io::Result<()> = writeln!(desk.err, "{}", plain::shown(words));
}
