//! `nianbao manual`: the manual as plain text.

use super::context::{CommandContext, ExitStatus};
use super::escape::escape_text;
use super::output::CliError;
use crate::text::markdown::plain_lines;

pub(super) fn print_manual(context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    for line in plain_lines(crate::MANUAL) {
        writeln!(context.out, "{}", escape_text(&line))?;
    }
    Ok(ExitStatus::Done)
}
