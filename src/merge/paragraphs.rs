//! Narratives merged paragraph by paragraph.

use super::conflict::{Conflict, Merger, Resolution};
use super::paragraph_match::match_paragraphs;
use super::sides::{Sides, merge_three_way};
use crate::draft::Value;
use crate::form::FieldId;

/// More neighbouring paragraphs that both sides changed are one question, not one each.
const MAX_SPLIT: usize = 40;

/// Returns the paragraphs of each side, or `None` if a side is not text.
pub fn split_paragraphs(values: &Sides<Value>) -> Option<Sides<Vec<&str>>> {
    let list = |value| match value {
        &Value::Blank => Some(Vec::new()),
        Value::Text(text) => Some(text.split('\n').collect()),
        _ => None,
    };
    Some(Sides { base: list(&values.base)?, ours: list(&values.ours)?, theirs: list(&values.theirs)? })
}

/// Returns the merged text. Each place that both sides changed is a conflict of its own.
pub fn merge_paragraphs(id: &FieldId, sides: &Sides<Vec<&str>>, found: &mut Merger) -> Value {
    let Sides { base, ours, theirs } = sides;
    let (in_ours, in_theirs) = (match_paragraphs(base, ours), match_paragraphs(base, theirs));
    let mut text: Vec<String> = Vec::new();
    let (mut b, mut o, mut t) = (0, 0, 0);
    while b < base.len() || o < ours.len() || t < theirs.len() {
        // The next paragraph that both sides kept; all before it is one change.
        let kept = (b..base.len()).find_map(|at| Some((at, (*in_ours.get(at)?)?, (*in_theirs.get(at)?)?)));
        let (end_b, end_o, end_t) = kept.unwrap_or((base.len(), ours.len(), theirs.len()));
        let part = |list: &[&str], from: usize, to: usize| -> Vec<String> {
            list.get(from..to).unwrap_or_default().iter().map(|text| (*text).to_string()).collect()
        };
        let change =
            Sides { base: part(base, b, end_b), ours: part(ours, o, end_o), theirs: part(theirs, t, end_t) };
        for change in split_change(change) {
            match merge_three_way(change) {
                Ok(merged) => text.extend(merged),
                Err(sides) => {
                    let at = text.len();
                    let choice = found.next_resolution();
                    if choice != Resolution::Theirs {
                        text.extend(sides.ours.iter().cloned());
                    }
                    if choice != Resolution::Ours {
                        text.extend(sides.theirs.iter().cloned());
                    }
                    found.conflicts.push(Conflict::Paragraphs { id: id.clone(), at, sides });
                }
            }
        }
        text.extend(part(base, end_b, (end_b + 1).min(base.len())));
        (b, o, t) = (end_b + 1, end_o + 1, end_t + 1);
    }
    let text = text.join("\n");
    if text.is_empty() { Value::Blank } else { Value::Text(text) }
}

/// Splits a change of neighbouring paragraphs, if all sides have the same number of them, into a change of
/// each: two clerks who edited two paragraphs in a row are not asked about each other's.
fn split_change(change: Sides<Vec<String>>) -> Vec<Sides<Vec<String>>> {
    let count = change.base.len();
    if change.ours.len() != count || change.theirs.len() != count || count > MAX_SPLIT {
        return vec![change];
    }
    let Sides { base, ours, theirs } = change;
    let each = base.into_iter().zip(ours).zip(theirs);
    each.map(|((base, ours), theirs)| Sides { base: vec![base], ours: vec![ours], theirs: vec![theirs] })
        .collect()
}
