//! `nianbao manual`: the manual as plain text.

use super::{Desk, Exit, Refusal, plain};
use crate::text::markdown::plain_lines;

pub(super) fn run(desk: &mut Desk) -> Result<Exit, Refusal> {
    for line in plain_lines(crate::MANUAL) {
        writeln!(desk.out, "{}", plain::shown(&line))?;
    }
    Ok(Exit::Done)
}
