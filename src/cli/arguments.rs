//! What the sub-commands share in their arguments: Chinese headings, and values that are read alike.

use clap::{Arg, ArgAction, Command};
use jiff::civil::Date;

use crate::draft::{Value, read, read_date};
use crate::form::Kind;

const HOME: &str = "{name} {version}\n{about}\n\n用法：\n{usage}\n\n命令：\n{subcommands}\n\n\
                    选项：\n{options}{after-help}";
const ONE: &str = "{about}\n\n用法：{usage}\n\n选项：\n{options}{after-help}";
const ONE_WITH_FILES: &str =
    "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}{after-help}";

/// The command line with Chinese headings and usage in place of clap's English ones.
pub(super) fn in_chinese(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().into()).collect();
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_value_name("命令")
        .help_template(HOME)
        .override_usage("  nianbao [草稿.ron]      打开编辑器；不写草稿就进入首页\n  nianbao 文件夹          看文件夹里各单位报了没有，打开其中一份\n  nianbao <命令> [选项]   不开编辑器，直接办一件事")
        .after_help(
            "某个命令的说明：nianbao <命令> --help\n\
             退出码：0 办完，没有错误；1 办完，但有错误、待补的栏或缺报的单位；2 有事没能办成\n\
             Unreadable? Set the terminal to UTF-8; see: nianbao doctor（若是乱码）",
        )
        .arg(help())
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本"));
    for name in names {
        command = command.mut_subcommand(&name, |sub| one_in_chinese(sub, &name));
    }
    command
}

fn one_in_chinese(command: Command, name: &str) -> Command {
    let usage = command.clone().bin_name(format!("nianbao {name}")).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[选项]");
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let template = if command.get_positionals().next().is_some() { ONE_WITH_FILES } else { ONE };
    let mut command =
        command.override_usage(usage).help_template(template).disable_help_flag(true).arg(help());
    for id in ids {
        command = command.mut_arg(id, |arg| {
            let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
            // The values that may stand there are said in the help words, in Chinese.
            arg.hide_possible_values(takes_value).hide_default_value(takes_value)
        });
    }
    command
}

fn help() -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示说明")
}

/// A year of four digits, as the cover takes it.
pub(super) fn year(text: &str) -> Result<u16, String> {
    match read(&Kind::Year, text) {
        Value::Count(year) => u16::try_from(year).map_err(|_| "年度太大".to_string()),
        _ => Err("应是四位数的年度，如 2025".into()),
    }
}

/// A day, in any of the ways that documents write one.
pub(super) fn day(text: &str) -> Result<Date, String> {
    read_date(text).ok_or_else(|| "应是日历上有的一天，如 2026-01-20".into())
}
