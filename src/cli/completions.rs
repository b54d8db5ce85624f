//! `nianbao completions`: the script with which a shell completes our arguments.

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
    mut command: Command,
    context: &mut CommandContext,
) -> Result<ExitStatus, CliError> {
    // Written to memory first: the generator cannot report that a pipe was closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "nianbao", &mut script);
    context.out.write_all(&script)?;
    Ok(ExitStatus::Done)
}
