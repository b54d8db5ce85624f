//! What is wrong with the arguments, in Chinese: clap's own sentences are English.

use crate::text::nearest;
use crate::units::{files, find_roster};
use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::ffi::OsString;
use std::path::Path;

/// Returns the message for invalid arguments, with where to find help.
pub(super) fn usage_error_text(error: &clap::Error, arguments: &[OsString], known: &Command) -> String {
    let named = arguments.get(1).and_then(|word| word.to_str());
    // The first word was taken for a draft to open, and the next one is then too much.
    if let Some(word) = named.filter(|word| !word.starts_with('-'))
        && known.find_subcommand(word).is_none()
        && let Some(message) = unopenable_text(Path::new(word), known)
    {
        return message;
    }
    let named = named.filter(|word| known.get_subcommands().any(|sub| sub.get_name() == *word));
    let help = named.map_or("nianbao --help".into(), |name| format!("nianbao {name} --help"));
    format!("{}\n详细说明：{help}", error_sentence(error))
}

fn error_sentence(error: &clap::Error) -> String {
    let one = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let argument = one(ContextKind::InvalidArg);
    let value = one(ContextKind::InvalidValue);
    let perhaps = |kind| match one(kind) {
        word if word.is_empty() => String::new(),
        word => format!("，是不是要用 {word}？"),
    };
    match error.kind() {
        ErrorKind::UnknownArgument => {
            format!("没有 {argument} 这个选项{}", perhaps(ContextKind::SuggestedArg))
        }
        ErrorKind::MissingRequiredArgument => format!("还缺少：{argument}"),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("{argument} 后面缺少内容{}", choices_text(&one(ContextKind::ValidValue)))
        }
        ErrorKind::InvalidValue => {
            format!("{argument} 不能是“{value}”{}", choices_text(&one(ContextKind::ValidValue)))
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map_or(String::new(), |why| format!("，{why}"));
            format!("{argument} 不能是“{value}”{why}")
        }
        ErrorKind::ArgumentConflict => match one(ContextKind::PriorArg) {
            prior if prior == argument => format!("{argument} 写了两次"),
            prior => format!("{argument} 不能和 {prior} 一起用"),
        },
        ErrorKind::TooManyValues => format!("{argument} 后面多写了“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 后面的内容个数不对")
        }
        ErrorKind::NoEquals => format!("{argument} 和内容之间要写等号"),
        ErrorKind::InvalidUtf8 => "参数里有不是 UTF-8 的字节".into(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "还没有说要办什么事".into()
        }
        _ => "命令行看不懂".into(),
    }
}

fn choices_text(list: &str) -> String {
    if list.is_empty() { String::new() } else { format!("，可以用：{list}") }
}

/// Returns the message for a command that does not exist, with the one that was probably meant.
pub(super) fn unknown_command_text(word: &str, known: &Command) -> String {
    let question = nearest::question(word, known.get_subcommands().map(Command::get_name));
    format!("没有 {word} 这个命令{question}\n全部命令：nianbao --help")
}

/// Returns the message for a path that the editor cannot open, or `None` if it can: a draft that is there or,
/// as its name ends in `.ron`, is to be made; a folder with drafts or with the list of its units.
pub(super) fn unopenable_text(path: &Path, known: &Command) -> Option<String> {
    let shown = path.display();
    if path.is_dir() {
        let is_empty = files::walk_drafts(path, usize::MAX).next().is_none();
        let has_roster = || !matches!(find_roster(None, path), Ok(None));
        return (is_empty && !has_roster()).then(|| format!("{shown}：{}", files::NO_DRAFT));
    }
    if path.symlink_metadata().is_ok() || path.extension().is_some_and(|ending| ending == "ron") {
        return None;
    }
    let word = path.to_str().unwrap_or_default();
    let commands = known.get_subcommands().map(Command::get_name);
    if !nearest::nearest(word, commands).is_empty() {
        return Some(unknown_command_text(word, known));
    }
    let is_name = path.extension().is_none() && !word.ends_with(std::path::is_separator);
    let hint = if is_name { format!("；新建草稿请写 {shown}.ron") } else { String::new() };
    Some(format!("找不到“{shown}”：没有这个文件或文件夹，也没有这个命令{hint}\n全部命令：nianbao --help"))
}
