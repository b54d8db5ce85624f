//! `nianbao man`: one manual page for the program and all its commands.

use clap::Command;

use super::context::{CommandContext, ExitStatus};
use super::output::CliError;

/// The headings of the page generator, and ours.
const HEADINGS: [(&str, &str); 6] = [
    ("NAME", "名称"),
    ("SYNOPSIS", "用法"),
    ("DESCRIPTION", "说明"),
    ("OPTIONS", "选项"),
    ("SUBCOMMANDS", "命令"),
    ("VERSION", "版本"),
];

pub(super) fn run_man(mut command: Command, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    command.build();
    let man = clap_mangen::Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for sub in command.get_subcommands() {
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        page.extend_from_slice(format!(".SH nianbao {}\n{about}\n", sub.get_name()).as_bytes());
        let mut part = Vec::new();
        let man = clap_mangen::Man::new(sub.clone());
        man.render_synopsis_section(&mut part)?;
        man.render_options_section(&mut part)?;
        page.extend_from_slice(String::from_utf8_lossy(&part).replace(".SH ", ".SS ").as_bytes());
    }
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for (theirs, ours) in HEADINGS {
        for kind in ["SH", "SS"] {
            page = page.replace(&format!(".{kind} {theirs}\n"), &format!(".{kind} {ours}\n"));
        }
    }
    context.out.write_all(page.as_bytes())?;
    Ok(ExitStatus::Done)
}
