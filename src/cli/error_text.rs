//! What is wrong with the arguments, in Chinese: clap's own sentences are English.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::ffi::OsString;
use std::path::Path;

/// Returns the message for invalid arguments, with where to find help.
pub(super) fn usage_error_text(error: &clap::Error, arguments: &[OsString], known: &Command) -> String {
    let named = arguments.get(1).and_then(|word| word.to_str());
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
        ErrorKind::InvalidSubcommand => {
            let word = one(ContextKind::InvalidSubcommand);
            format!("没有 {word} 这个命令{}", perhaps(ContextKind::SuggestedSubcommand))
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

/// Returns a message for a draft's name that is probably a mistyped command: a plain word, and no such
/// file.
pub(super) fn mistyped_command_text(draft: &Path) -> Option<String> {
    let word = draft.to_str()?;
    let plain = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !plain || draft.exists() {
        return None;
    }
    Some(format!(
        "没有 {word} 这个命令，也没有这个名字的文件；新建草稿请写 {word}.ron\n全部命令：nianbao --help"
    ))
}
