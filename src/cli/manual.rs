//! `nianbao manual`: the manual as plain text.

use super::{CliError, CommandContext, ExitStatus, sanitize};
use crate::text::markdown::plain_lines;

pub(super) fn run(context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    for line in plain_lines(crate::MANUAL) {
        writeln!(context.out, "{}", sanitize::sanitize_text(&line))?;
    }
    Ok(ExitStatus::Done)
}
