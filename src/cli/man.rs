//! `nianbao man`: one manual page for the program and all its commands.

use clap::Command;
use std::fmt::Write as _;

use super::context::{CommandContext, ExitStatus};
use super::examples::SECTIONS;
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

/// The day on which the page was last gone through; it names the edition, no clock is read.
const EDITION: &str = "2026-11-28";

pub(super) fn run_man(mut command: Command, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    command.build();
    let man = clap_mangen::Man::new(command.clone()).title("NIANBAO").date(EDITION);
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
        if let Some(after) = sub.get_after_help() {
            page.extend_from_slice(literal(&after.to_string()).as_bytes());
        }
    }
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for (heading, lines) in SECTIONS {
        // Writing to a String cannot fail.
        let _ = writeln!(page, ".SH {heading}");
        for (term, meaning) in lines {
            let _ = writeln!(page, ".TP\n{}\n{}", escape(term), escape(meaning));
        }
    }
    for (theirs, ours) in HEADINGS {
        for kind in ["SH", "SS"] {
            page = page.replace(&format!(".{kind} {theirs}\n"), &format!(".{kind} {ours}\n"));
        }
    }
    context.out.write_all(page.as_bytes())?;
    Ok(ExitStatus::Done)
}

/// Returns lines as they are, for what stands below the options of a command.
fn literal(text: &str) -> String {
    let lines: String = text.trim().lines().map(|line| format!("{}\n", escape(line))).collect();
    format!(".PP\n.nf\n{lines}.fi\n")
}

/// Returns a line of which the formatter takes nothing for a command of its own.
fn escape(line: &str) -> String {
    let escaped = line.replace('\\', "\\e").replace('-', "\\-");
    if escaped.starts_with(['.', '\'']) { format!("\\&{escaped}") } else { escaped }
}
