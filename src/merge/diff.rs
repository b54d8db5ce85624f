//! What differs between two drafts, item by item, in the terms of the form.

use std::collections::{HashMap, HashSet};

use crate::draft::{Draft, Ledger, ReportState, Totals};
use crate::form::{FieldId, Form, Kind};

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field's name; for what is not a field, the name of the part of the file.
    pub name: String,
    /// Where it is, in the terms of the form.
    pub location: String,
    /// The value in the first draft; empty if there is none.
    pub before: String,
    /// The value in the second draft.
    pub after: String,
    /// Whether it is a narrative, paragraphs by `\n`.
    pub is_narrative: bool,
}

/// A line of a draft: name, location, value, and whether it is a narrative.
pub type DiffLine = (String, String, String, bool);

/// Returns every value of a draft that is not blank, in the form's order.
pub fn draft_lines(form: &Form, draft: &Draft) -> Vec<DiffLine> {
    let ledger = Ledger::new(form, draft);
    let mut lines: Vec<DiffLine> = Vec::new();
    let mut put = |name: String, place: String, text: String, is_narrative| {
        if !text.is_empty() {
            lines.push((name, place, text, is_narrative));
        }
    };
    put("forms.disclosure".into(), "表二的格式".into(), draft.forms.disclosure.clone(), false);
    put("forms.requests".into(), "其余的格式".into(), draft.forms.requests.clone(), false);
    let totals = if draft.totals == Totals::Auto { "自动计算" } else { "照填" };
    put("totals".into(), "总计".into(), totals.into(), false);
    let state = if draft.state == ReportState::Filling { "" } else { draft.state.label() };
    put("state".into(), "报告状态".into(), state.into(), false);
    put("last".into(), "上年的草稿".into(), draft.last_year.clone().unwrap_or_default(), false);
    for field in form.fields() {
        let text = ledger.display_text(form, draft, field.id.as_str());
        put(field.id.to_string(), field.location.clone(), text, field.kind == Kind::Prose);
    }
    for (id, value) in draft.values().filter(|(id, _)| form.field(id.as_str()).is_none()) {
        put(id.to_string(), format!("别的格式的 {id}"), value.typed().into_owned(), false);
    }
    let mut notes: Vec<(&FieldId, &String)> = draft.notes.iter().collect();
    notes.sort_by_key(|(id, _)| form.position(id.as_str()).unwrap_or(usize::MAX));
    for (id, note) in notes {
        put(format!("notes.{id}"), format!("{} 的附注", form.location(id)), note.clone(), false);
    }
    for (finding, reason) in &draft.ignored_findings {
        let fields: Vec<&str> = finding.fields.iter().map(FieldId::as_str).collect();
        let first = finding.fields.first().map_or("", |id| form.location(id));
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
            put(format!("adjustments.{at}"), format!("{} 的调整", form.location(&one.field)), text, false);
        }
    }
    lines
}

/// Returns the differences, in the order of the first draft, then what only the second has.
pub fn diff_drafts(before: (&Form, &Draft), after: (&Form, &Draft)) -> Vec<Difference> {
    let (one, two) = (draft_lines(before.0, before.1), draft_lines(after.0, after.1));
    let other: HashMap<&str, &DiffLine> = two.iter().map(|line| (line.0.as_str(), line)).collect();
    let known: HashSet<&str> = one.iter().map(|line| line.0.as_str()).collect();
    // A computed total follows its parts: it is reported only if a draft has it typed.
    let auto = before.1.totals == Totals::Auto && after.1.totals == Totals::Auto;
    let computed = |name: &str| auto && (before.0.is_total(name) || after.0.is_total(name));
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
            location: line.1.clone(),
            before,
            after,
            is_narrative: line.3,
        })
        .collect()
}

impl Difference {
    /// Returns the difference as text: the location with both values, `before → after`; for a narrative the
    /// location, and under it the paragraphs that were removed (`-`) and added (`+`). Values are as they
    /// were typed: the caller marks hidden characters.
    pub fn to_lines(&self) -> Vec<String> {
        let Difference { location: place, before, after, .. } = self;
        if !self.is_narrative {
            let shown =
                |text: &str| if text.is_empty() { "空白".into() } else { text.replace('\n', "⏎") };
            return vec![format!("{place}：{} → {}", shown(before), shown(after))];
        }
        let (before, after) = (paragraphs(before), paragraphs(after));
        let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let most = before.len().min(after.len()) - start;
        let same = |(a, b): &(&&str, &&str)| a == b;
        let end = before.iter().rev().zip(after.iter().rev()).take(most).take_while(same).count();
        let mut lines = vec![format!("{place}：第 {} 段起", start + 1)];
        for (sign, paragraphs) in [('-', &before), ('+', &after)] {
            let changed = paragraphs.iter().take(paragraphs.len() - end).skip(start);
            lines.extend(changed.map(|paragraph| format!("  {sign} {paragraph}")));
        }
        lines
    }
}

/// Returns the paragraphs of a text; an empty one has none.
fn paragraphs(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { text.split('\n').collect() }
}
