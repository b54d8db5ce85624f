//! `nianbao diff`: two drafts field by field, in the terms of the form; and one draft as lines for git.
//!
//! With `git config diff.nianbao.textconv "nianbao diff --textconv"` and `*.ron diff=nianbao` in
//! `.gitattributes`, `git diff` and `git log -p` speak of the form's cells.

use clap::ValueEnum;
use serde_json::json;
use std::path::PathBuf;

use super::context::{CommandContext, ExitStatus};
use super::escape::escape_line;
use super::output::{CliError, load_draft};
use super::style::{Painter, Part};
use crate::merge::{DiffLine, Difference, diff_drafts, draft_lines};

#[derive(clap::Args)]
pub(super) struct DiffArgs {
    #[arg(value_name = "甲.ron", help = "先前的草稿")]
    before: PathBuf,
    #[arg(
        value_name = "乙.ron",
        required_unless_present = "textconv",
        conflicts_with = "textconv",
        help = "后来的草稿"
    )]
    after: Option<PathBuf>,
    #[arg(long, value_name = "格式", default_value = "text", help = "text（默认）或 json")]
    format: DiffFormat,
    #[arg(long, help = "只把一份草稿写成一栏一行，给 git diff 用")]
    textconv: bool,
}

impl DiffArgs {
    /// Returns whether its results are lines for people, free of hidden characters and set in colour on a terminal.
    pub(super) fn is_for_people(&self) -> bool {
        matches!(self.format, DiffFormat::Text) && !self.textconv
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    Text,
    Json,
}

pub(super) fn run_diff(args: &DiffArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let before = load_draft(&args.before, context)?;
    let Some(after) = &args.after else {
        let lines: String = draft_lines(&before.form, &before.draft).iter().map(textconv_line).collect();
        write!(context.out, "{lines}")?;
        return Ok(ExitStatus::Done);
    };
    let loaded = load_draft(after, context)?;
    let differences = diff_drafts((&before.form, &before.draft), (&loaded.form, &loaded.draft));
    print_differences(context, &differences, args.format)?;
    Ok(if differences.is_empty() { ExitStatus::Done } else { ExitStatus::Findings })
}

/// Writes what differs, for a reader or for a script.
pub(super) fn print_differences(
    context: &mut CommandContext,
    differences: &[Difference],
    format: DiffFormat,
) -> Result<(), CliError> {
    match format {
        DiffFormat::Text => {
            let painter = context.painter();
            for line in differences.iter().flat_map(Difference::to_lines) {
                let line = match line.get(..4) {
                    Some("  - ") => painter.paint(Part::Before, &line),
                    Some("  + ") => painter.paint(Part::After, &line),
                    _ => paint_place(painter, &line),
                };
                writeln!(context.out, "{line}")?;
            }
        }
        DiffFormat::Json => {
            let entries: Vec<_> = differences
                .iter()
                .map(
                    |it| json!({"field": it.name, "place": it.location, "before": it.before, "after": it.after}),
                )
                .collect();
            writeln!(context.out, "{:#}", serde_json::Value::Array(entries))?;
        }
    }
    Ok(())
}

/// Returns a line with the place that it begins with set apart.
fn paint_place(painter: Painter, line: &str) -> String {
    match line.split_once('：') {
        Some((place, rest)) => format!("{}：{}", painter.paint(Part::Heading, place), escape_line(rest)),
        None => escape_line(line),
    }
}

/// Returns a line for git: a narrative has a line for each paragraph.
fn textconv_line((_, place, text, prose): &DiffLine) -> String {
    let place = escape_line(place);
    if !prose {
        return format!("{place}：{}\n", escape_line(text));
    }
    let paragraphs: String = text.split('\n').map(|text| format!("  {}\n", escape_line(text))).collect();
    format!("{place}：\n{paragraphs}")
}
