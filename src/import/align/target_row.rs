//! The rows that a table of the form has, as what rows of numbers are matched with.

use std::sync::Arc;

use super::label::NormalizedLabel;
use super::normalize::{Normalized, normalize_letters};
use crate::form::{Block, FieldId, Form, Node, Section};

/// A row of the form that takes numbers.
#[derive(Clone, Debug)]
pub struct TargetRow {
    /// Which block of the section it is in: rows of one block have the same columns.
    pub block: usize,
    /// Its label.
    pub label: NormalizedLabel,
    /// Its fields in order.
    pub fields: Vec<FieldId>,
    /// Whether the last field is the sum of the others.
    pub is_sum: bool,
    /// The headings of its columns, leaf by leaf.
    pub column_headings: Vec<Normalized>,
    /// The labels above its own, outermost first.
    pub parents: Vec<Normalized>,
}

impl TargetRow {
    /// Returns the sizes of the groups in which the last number is the sum of the others.
    pub fn sum_groups(&self) -> Option<Vec<usize>> {
        self.is_sum.then(|| vec![self.fields.len()])
    }
}

/// Returns the rows of a section's table.
pub fn target_rows(form: &Form, section: &Section) -> Vec<TargetRow> {
    let mut targets = Vec::new();
    for (number, block) in section.blocks().iter().enumerate() {
        for line in &block.rows {
            targets.push(TargetRow {
                block: number,
                label: NormalizedLabel::new(&line.label.text),
                is_sum: is_sum(form, &line.cells),
                fields: line.cells.clone(),
                column_headings: block
                    .columns
                    .iter()
                    .map(|column| normalize_letters(&column.label.text))
                    .collect(),
                parents: line.parents.iter().map(|label| normalize_letters(&label.text)).collect(),
            });
        }
    }
    targets
}

/// Returns whether a relation of the form makes the last of these fields the sum of the others.
fn is_sum(form: &Form, cells: &[FieldId]) -> bool {
    let Some((total, parts)) = cells.split_last() else { return false };
    form.relations()
        .iter()
        .any(|relation| relation.is_total && relation.left == [total.clone()] && relation.right == parts)
}

/// Returns the headings of the columns of each table of some forms, those of each width once.
pub fn column_headings(forms: &[Arc<Form>]) -> Vec<Vec<Normalized>> {
    let blocks = forms.iter().flat_map(|form| &form.sections).flat_map(Section::blocks);
    let names = blocks.map(|block| {
        let names = block.columns.iter().map(|column| normalize_letters(&column.label.text));
        names.collect::<Vec<_>>()
    });
    let mut all: Vec<Vec<Normalized>> = names.collect();
    all.sort();
    all.dedup();
    all
}

/// Returns whether the section prints its rows side by side in a single row.
pub fn is_stacked(section: &Section) -> bool {
    section.blocks().iter().any(Block::is_stacked)
}

/// Returns every printed label of a section that is long enough to distinguish one format from another.
pub fn distinctive_labels(section: &Section) -> Vec<Normalized> {
    fn walk(nodes: &[Node], list: &mut Vec<Normalized>) {
        for node in nodes {
            list.push(normalize_letters(&node.label.text));
            walk(&node.children, list);
        }
    }
    let mut list = Vec::new();
    for block in section.blocks() {
        walk(&block.column_headings, &mut list);
        walk(&block.row_labels, &mut list);
    }
    list.retain(|label| label.len() >= 4);
    list.sort();
    list.dedup();
    list
}
