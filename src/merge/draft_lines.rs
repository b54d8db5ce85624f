//! A draft as lines that can be compared.

use crate::draft::{Draft, Ledger, ReportState, Totals};
use crate::form::{FieldId, Form, Kind};

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

/// Returns the paragraphs of a text; an empty one has none.
pub(super) fn paragraphs(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { text.split('\n').collect() }
}
