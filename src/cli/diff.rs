//! `nianbao diff`: two drafts field by field, in the form's words; and one draft as lines for git.
//!
//! With `git config diff.nianbao.textconv "nianbao diff --textconv"` and `*.ron diff=nianbao` in
//! `.gitattributes`, `git diff` and `git log -p` speak of the form's cells.

use clap::ValueEnum;
use serde_json::json;
use std::path::PathBuf;

use super::output::Refusal;
use super::{Desk, Exit, plain, say};
use crate::merge::{Difference, Line, compare, lines};
use crate::store;

#[derive(clap::Args)]
pub(super) struct Args {
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
    format: Format,
    #[arg(long, help = "只把一份草稿写成一栏一行，给 git diff 用")]
    textconv: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let before = store::load(&args.before, desk.library)?;
    for remark in &before.remarks {
        say(desk, &format!("{}：{remark}", args.before.display()));
    }
    let Some(after) = &args.after else {
        let lines: String = lines(&before.form, &before.draft).iter().map(one_line).collect();
        write!(desk.out, "{lines}")?;
        return Ok(Exit::Done);
    };
    let loaded = store::load(after, desk.library)?;
    for remark in &loaded.remarks {
        say(desk, &format!("{}：{remark}", after.display()));
    }
    let differences = compare((&before.form, &before.draft), (&loaded.form, &loaded.draft));
    show(desk, &differences, args.format)?;
    Ok(if differences.is_empty() { Exit::Done } else { Exit::Found })
}

/// Writes what differs, for a reader or for a script.
pub(super) fn show(desk: &mut Desk, differences: &[Difference], format: Format) -> Result<(), Refusal> {
    match format {
        Format::Text => {
            for line in differences.iter().flat_map(Difference::words) {
                writeln!(desk.out, "{}", plain::line(&line))?;
            }
        }
        Format::Json => {
            let entries: Vec<_> = differences
                .iter()
                .map(
                    |it| json!({"field": it.name, "place": it.place, "before": it.before, "after": it.after}),
                )
                .collect();
            writeln!(desk.out, "{:#}", serde_json::Value::Array(entries))?;
        }
    }
    Ok(())
}

/// A line for git: a narrative has a line for each paragraph.
fn one_line((_, place, text, prose): &Line) -> String {
    let place = plain::line(place);
    if !prose {
        return format!("{place}：{}\n", plain::line(text));
    }
    let paragraphs: String = text.split('\n').map(|text| format!("  {}\n", plain::line(text))).collect();
    format!("{place}：\n{paragraphs}")
}
