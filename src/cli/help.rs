//! `nianbao help`: the help of the program or of one command.

use clap::Command;

use super::context::{CommandContext, ExitStatus};
use super::error_text;
use super::output::CliError;

#[derive(clap::Args)]
pub(super) struct HelpArgs {
    #[arg(value_name = "命令", help = "哪个命令，如 check；不写就说明全部")]
    command: Option<String>,
}

pub(super) fn run_help(
    args: &HelpArgs,
    mut all: Command,
    context: &mut CommandContext,
) -> Result<ExitStatus, CliError> {
    // What holds for every command is handed down to each.
    all.build();
    let help = match &args.command {
        None => all.render_help(),
        Some(name) => match all.find_subcommand_mut(name) {
            Some(command) => command.render_help(),
            None => return Err(CliError::new(error_text::unknown_command_text(name, &all))),
        },
    };
    write!(context.out, "{help}")?;
    Ok(ExitStatus::Done)
}
