//! `nianbao diff`: two drafts field by field, in the form's words; and one draft as lines for git.
//!
//! With `git config diff.nianbao.textconv "nianbao diff --textconv"` and `*.ron diff=nianbao` in
//! `.gitattributes`, `git diff` and `git log -p` speak of the form's cells.

use clap::ValueEnum;
use serde_json::json;
use std::fmt::Write;
use std::path::PathBuf;

use super::output::Refusal;
use super::{Desk, Exit, plain, say};
use crate::draft::{Ledger, Totals};
use crate::form::{FieldId, Kind};
use crate::store::{self, Loaded};

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
enum Format {
    Text,
    Json,
}

/// One thing that differs.
struct Difference {
    /// The field's name; for what is no field, the name of the part of the file.
    name: String,
    place: String,
    before: String,
    after: String,
    prose: bool,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let before = store::load(&args.before, desk.library)?;
    for remark in &before.remarks {
        say(desk, &format!("{}：{remark}", args.before.display()));
    }
    let Some(after) = &args.after else {
        let lines: String = lines(&before).iter().map(one_line).collect();
        write!(desk.out, "{lines}")?;
        return Ok(Exit::Done);
    };
    let loaded = store::load(after, desk.library)?;
    for remark in &loaded.remarks {
        say(desk, &format!("{}：{remark}", after.display()));
    }
    let differences = compare(&before, &loaded);
    match args.format {
        Format::Text => {
            let text: String = differences.iter().map(shown).collect();
            write!(desk.out, "{text}")?;
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
    Ok(if differences.is_empty() { Exit::Done } else { Exit::Found })
}

/// A line of a draft: name, place, what stands there, and whether it is a narrative.
type Line = (String, String, String, bool);

/// Everything that a draft says, blanks left out, in the form's order.
fn lines(loaded: &Loaded) -> Vec<Line> {
    let Loaded { draft, form, .. } = loaded;
    let ledger = Ledger::new(form, draft);
    let mut lines: Vec<Line> = Vec::new();
    let mut put = |name: String, place: String, text: String, prose| {
        if !text.is_empty() {
            lines.push((name, place, text, prose));
        }
    };
    put("forms.disclosure".into(), "表二的格式".into(), draft.forms.disclosure.clone(), false);
    put("forms.requests".into(), "其余的格式".into(), draft.forms.requests.clone(), false);
    let totals = if draft.totals == Totals::Auto { "自动计算" } else { "照填" };
    put("totals".into(), "总计".into(), totals.into(), false);
    put("last".into(), "上年的草稿".into(), draft.last.clone().unwrap_or_default(), false);
    for field in form.fields() {
        let text = ledger.shown(form, draft, field.id.as_str());
        put(field.id.to_string(), field.place.clone(), text, field.kind == Kind::Prose);
    }
    for (id, value) in draft.values().filter(|(id, _)| form.field(id.as_str()).is_none()) {
        put(id.to_string(), format!("别的格式的 {id}"), value.typed().into_owned(), false);
    }
    let mut notes: Vec<(&FieldId, &String)> = draft.notes.iter().collect();
    notes.sort_by_key(|(id, _)| form.position(id.as_str()).unwrap_or(usize::MAX));
    for (id, note) in notes {
        put(format!("notes.{id}"), format!("{} 的附注", form.place(id)), note.clone(), false);
    }
    for (finding, reason) in &draft.waivers {
        let fields: Vec<&str> = finding.fields.iter().map(FieldId::as_str).collect();
        let first = finding.fields.first().map_or("", |id| form.place(id));
        let name = format!("waivers.{} {}", finding.rule, fields.join(" "));
        put(name, format!("搁置 {} {first}", finding.rule), reason.clone(), false);
    }
    if let Some(compiled) = &draft.compiled {
        for part in &compiled.units {
            let text = format!("{} {}", part.file, part.print);
            put(format!("units.{}", part.unit), format!("汇总的单位 {}", part.unit), text, false);
        }
        for unit in &compiled.missing {
            put(format!("missing.{unit}"), "缺报的单位".into(), unit.clone(), false);
        }
        for (at, one) in compiled.adjustments.iter().enumerate() {
            let text = format!("{}，{}", one.amount, one.reason);
            put(format!("adjustments.{at}"), format!("{} 的调整", form.place(&one.field)), text, false);
        }
    }
    lines
}

/// What differs, in the order of the first draft, then what only the second has.
fn compare(before: &Loaded, after: &Loaded) -> Vec<Difference> {
    let (one, two) = (lines(before), lines(after));
    let other: std::collections::HashMap<&str, &Line> =
        two.iter().map(|line| (line.0.as_str(), line)).collect();
    let known: std::collections::HashSet<&str> = one.iter().map(|line| line.0.as_str()).collect();
    // A computed total follows its parts: it is told only where a draft has it typed.
    let auto = before.draft.totals == Totals::Auto && after.draft.totals == Totals::Auto;
    let computed = |name: &str| auto && (before.form.is_total(name) || after.form.is_total(name));
    let gone = one.iter().map(|line| {
        let text = other.get(line.0.as_str()).map_or(String::new(), |line| line.2.clone());
        (line, line.2.clone(), text)
    });
    let come = two.iter().filter(|line| !known.contains(line.0.as_str()));
    let come = come.map(|line| (line, String::new(), line.2.clone()));
    gone.chain(come)
        .filter(|(line, before, after)| before != after && !computed(&line.0))
        .map(|(line, before, after)| Difference {
            name: line.0.clone(),
            place: line.1.clone(),
            before,
            after,
            prose: line.3,
        })
        .collect()
}

fn shown(it: &Difference) -> String {
    let place = plain::line(&it.place);
    let words = |text: &str| if text.is_empty() { "空白".into() } else { plain::line(text) };
    if !it.prose {
        return format!("{place}：{} → {}\n", words(&it.before), words(&it.after));
    }
    let (before, after) = (paragraphs(&it.before), paragraphs(&it.after));
    let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - start;
    let end = before.iter().rev().zip(after.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let mut out = format!("{place}：第 {} 段起\n", start + 1);
    // Writing to a String cannot fail.
    for (sign, paragraphs) in [('-', &before), ('+', &after)] {
        for paragraph in paragraphs.iter().take(paragraphs.len() - end).skip(start) {
            let _ = writeln!(out, "  {sign} {}", plain::line(paragraph));
        }
    }
    out
}

/// The paragraphs of a text; none of an empty one.
fn paragraphs(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { text.split('\n').collect() }
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
