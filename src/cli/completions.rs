//! `nianbao completions`: the script with which a shell completes our arguments.

use std::fmt::Write as _;

use clap::Command;
use clap_complete::Shell;

use super::context::{CommandContext, ExitStatus};
use super::output::CliError;

#[derive(clap::Args)]
pub(super) struct CompletionsArgs {
    #[arg(value_name = "外壳", help = "bash、zsh、fish、elvish 或 powershell")]
    shell: Shell,
}

pub(super) fn run_completions(
    args: &CompletionsArgs,
    command: Command,
    context: &mut CommandContext,
) -> Result<ExitStatus, CliError> {
    let mut command = without_draft(&command);
    // Written to memory first: the generator cannot report that a pipe was closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "nianbao", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    match args.shell {
        Shell::Zsh => add_files_to_zsh(&mut script),
        Shell::Fish => script.push_str(&fish_values(&command)),
        _ => {}
    }
    context.out.write_all(script.as_bytes())?;
    Ok(ExitStatus::Done)
}

/// Returns the command line without the draft to open: the generators take a word that can be a draft for one
/// even where it is a command, and then complete nothing of that command.
fn without_draft(command: &Command) -> Command {
    Command::new("nianbao")
        .about(command.get_about().cloned().unwrap_or_default())
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(command.get_arguments().filter(|arg| !arg.is_positional()).cloned())
        .subcommands(command.get_subcommands().cloned())
}

/// Offers drafts beside the commands.
fn add_files_to_zsh(script: &mut String) {
    let offered = "_alternative 'commands:命令:_nianbao_commands' 'files:草稿:_files'";
    *script = script.replacen(":_nianbao_commands\"", &format!(":{{{offered}}}\""), 1);
}

/// Returns the values of arguments without an option, which the generator leaves out for fish.
fn fish_values(command: &Command) -> String {
    let mut lines = String::new();
    for sub in command.get_subcommands() {
        let values = sub.get_positionals().flat_map(clap::Arg::get_possible_values);
        let names: Vec<String> = values.map(|value| value.get_name().to_string()).collect();
        if !names.is_empty() {
            let (sub, names) = (sub.get_name(), names.join(" "));
            // Writing to a String cannot fail.
            let _ = writeln!(
                lines,
                "complete -c nianbao -n \"__fish_nianbao_using_subcommand {sub}\" -f -a \"{names}\""
            );
        }
    }
    lines
}
