//! What the sub-commands share in their arguments: Chinese headings, and values that are read alike.

use clap::{Arg, ArgAction, Command};
use jiff::civil::Date;

use super::examples;
use crate::check::Severity;
use crate::draft::{Value, parse_date, parse_value};
use crate::form::Kind;

const ROOT_TEMPLATE: &str = "{name} {version}\n{about}\n\n用法：\n{usage}\n\n命令：\n{subcommands}\n\n\
                    选项：\n{options}{after-help}";
const SUBCOMMAND_TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n选项：\n{options}{after-help}";
const SUBCOMMAND_TEMPLATE_WITH_FILES: &str =
    "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}{after-help}";

/// Returns the command line with Chinese headings and usage in place of clap's English ones.
pub(super) fn localize(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().into()).collect();
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_value_name("命令")
        .help_template(ROOT_TEMPLATE)
        .override_usage("  nianbao [草稿.ron]      打开编辑器；不写草稿就进入首页\n  nianbao 文件夹          看文件夹里各单位报了没有，打开其中一份\n  nianbao <命令> [选项]   不开编辑器，直接办一件事")
        .after_help(format!(
            "\n{}\n某个命令的说明：nianbao <命令> --help；使用手册：nianbao manual\n\
             Unreadable? Set the terminal to UTF-8; see: nianbao doctor（若是乱码）",
            examples::help_sections()
        ))
        .arg(help_arg())
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本"));
    for name in names {
        command = command.mut_subcommand(&name, |sub| localize_subcommand(sub, &name));
    }
    command
}

fn localize_subcommand(command: Command, name: &str) -> Command {
    let usage = command.clone().bin_name(format!("nianbao {name}")).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[选项]");
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let template = if command.get_positionals().next().is_some() {
        SUBCOMMAND_TEMPLATE_WITH_FILES
    } else {
        SUBCOMMAND_TEMPLATE
    };
    let mut command =
        command.override_usage(usage).help_template(template).disable_help_flag(true).arg(help_arg());
    for id in ids {
        command = command.mut_arg(id, |arg| {
            let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
            // The help text names the possible values, in Chinese.
            arg.hide_possible_values(takes_value).hide_default_value(takes_value)
        });
    }
    command
}

fn help_arg() -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示说明")
}

/// Parses a year of four digits, as on the cover.
pub(super) fn parse_year(text: &str) -> Result<u16, String> {
    match parse_value(&Kind::Year, text) {
        Value::Count(year) => u16::try_from(year).map_err(|_| "年度太大".to_string()),
        _ => Err("应是四位数的年度，如 2025".into()),
    }
}

/// Parses a day in any of the usual notations.
pub(super) fn parse_day(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "应是日历上有的一天，如 2026-01-20".into())
}

/// Returns the names of the severities, as they are typed.
pub(super) fn severity_names() -> Vec<&'static str> {
    [Severity::Error, Severity::Warning, Severity::Remark].map(Severity::as_str).into()
}
