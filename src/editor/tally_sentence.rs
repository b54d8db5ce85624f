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
        format!("{place}不平衡：{}", both_sides(document, relation, left, right))
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

/// Returns what is still open in an unfinished sum that is no total: both of its sides in words, and what they
/// differ by.
pub fn unfinished_sides(document: &Document, finding: &Finding) -> Option<String> {
    let is_about = |sum: &&Relation| sum.id == finding.rule && sum.left.first() == finding.fields.first();
    let relation = document.form.relations().iter().find(is_about).filter(|sum| !sum.is_total)?;
    let side = |ids: &[FieldId]| match document.ledger.sum(&document.form, ids) {
        Amount::Unknown => None,
        Amount::Known(number) => Some(number),
        Amount::Blank => Some(Decimal::ZERO),
    };
    let (left, right) = (side(&relation.left)?, side(&relation.right)?);
    Some(format!("尚未填完：{}", both_sides(document, relation, left, right)))
}

/// Both sides of a sum by the names of their rows: `本年新收与上年结转共 61，办理结果总计与结转下年共 37，差 24`.
fn both_sides(document: &Document, relation: &Relation, left: Decimal, right: Decimal) -> String {
    let side = |ids: &[FieldId], sum: Decimal| {
        let names = ids.iter().filter_map(|id| document.form.field(id.as_str()));
        let names = names.map(|field| match relation.per {
            Per::Row => field.column.to_string(),
            _ => field.row.to_string(),
        });
        let names: Vec<String> = names.collect();
        format!("{}{}{sum}", names.join("与"), if names.len() > 1 { "共 " } else { " " })
    };
    let (own, other) = (side(&relation.left, left), side(&relation.right, right));
    format!("{own}，{other}，差 {}", (left - right).abs())
}

/// Returns the sum of cells that are known.
fn known(document: &Document, ids: &[FieldId]) -> Option<Decimal> {
    match document.ledger.sum(&document.form, ids) {
        Amount::Known(number) => Some(number),
        Amount::Blank | Amount::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::tests::{open_editor, press};

    #[test]
    fn a_balance_without_a_suspect_says_in_words_what_differs() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 6 1 Enter Ctrl+Home F4 F4");
        let (document, view) = editor.open_report().unwrap();
        let finding = document.findings.iter().find(|finding| finding.rule == "T1").unwrap();
        assert_eq!(finding.severity, Severity::Error);
        let said = sentence(document, view, finding);
        let sides = "本年新收与上年结转共 61，办理结果总计与结转下年共 0，差 61";
        assert!(said.contains(sides), "{said}");
    }

    #[test]
    fn a_finding_that_only_waits_says_why_it_is_shown() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 Right 6 1 Enter Alt+0 Ctrl+Home");
        let mut said = Vec::new();
        for _ in 0..40 {
            press(&mut editor, "F8");
            said.push(editor.notification.clone());
        }
        let wanted = "尚未填完：本年新收与上年结转共 61，办理结果总计与结转下年共 0，差 61";
        assert!(said.iter().any(|text| text == wanted), "{said:?}");
    }
}
