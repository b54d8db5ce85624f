//! `nianbao completions`: what a shell needs to complete our words.

use clap_complete::Shell;

use super::{Desk, Exit, Refusal};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "外壳", help = "bash、zsh、fish、elvish 或 powershell")]
    shell: Shell,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    // Written to memory first: the generator cannot say that a pipe was closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "nianbao", &mut script);
    desk.out.write_all(&script)?;
    Ok(Exit::Done)
}
