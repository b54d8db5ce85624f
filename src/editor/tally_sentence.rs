//! A broken sum in one plain sentence, for who stands in it: the place is said already by the line above.

use rust_decimal::Decimal;

use super::document::Document;
use super::unfinished;
use super::view::View;
use crate::check::{Finding, Severity, describe_unread};
use crate::draft::Amount;
use crate::form::{FieldId, Per, Relation};

/// How much of the source is quoted where the cursor is, in characters: what it could be comes after it.
const SOURCE_SHOWN: usize = 20;

/// Returns what a finding says at the cursor: of a broken sum both of its numbers, and the number of the one
/// cell that would put it right; of any other its own sentence.
pub fn sentence(document: &Document, view: &View, finding: &Finding) -> String {
    let own = || of_sum(document, view, finding).or_else(|| of_unread_cell(document, view, finding));
    own().unwrap_or_else(|| finding.message.clone())
}

/// What the source has of the unread cell at the cursor.
fn of_unread_cell(document: &Document, view: &View, finding: &Finding) -> Option<String> {
    let id = view.current_field(document).filter(|_| unfinished::is_about_unread(finding))?;
    let unread = document.draft.get(id.as_str()).unread()?;
    Some(format!(
        "这一格导入时未能确认，请对照原文填上。{}",
        describe_unread(&document.draft, &id, unread, SOURCE_SHOWN)
    ))
}

fn of_sum(document: &Document, view: &View, finding: &Finding) -> Option<String> {
    // What has been corrected has a sentence of its own: its totals are to follow.
    if finding.severity < Severity::Error || finding.changed.is_some() {
        return None;
    }
    let is_about = |sum: &&Relation| sum.id == finding.rule && sum.left.first() == finding.fields.first();
    let relation = document.form.relations().iter().find(is_about)?;
    let (left, right) = (known(document, &relation.left)?, known(document, &relation.right)?);
    let place = if relation.per == Per::Row { "本行" } else { "本列" };
    let mut text = if relation.is_total {
        format!("{place}各项合计 {right}，总计 {left}")
    } else {
        format!("{place}不平衡：{left} 与 {right}")
    };
    if let Some(suspect) = &finding.suspect {
        let gap = if relation.left.contains(suspect) { right - left } else { left - right };
        let better = known(document, std::slice::from_ref(suspect))? + gap;
        if view.current_field(document).as_ref() == Some(suspect) {
            text.push_str(&format!("。改为 {better} 后行、列合计均相符"));
        } else {
            let field = document.form.field(suspect.as_str())?;
            text.push_str(&format!("。{}·{}改为 {better} 后均相符", field.row, field.column));
        }
    }
    Some(text)
}

/// Returns the sum of cells that are known.
fn known(document: &Document, ids: &[FieldId]) -> Option<Decimal> {
    match document.ledger.sum(&document.form, ids) {
        Amount::Known(number) => Some(number),
        Amount::Blank | Amount::Unknown => None,
    }
}
