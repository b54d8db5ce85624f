//! The rows that a table of the form has, as what records are matched against.

use super::label::Label;
use super::words::{Words, letters};
use crate::form::{Block, FieldId, Form, Node, Section};

/// A row of the form that takes numbers.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its label.
    pub label: Label,
    /// Its fields in order.
    pub fields: Vec<FieldId>,
    /// Whether the last field is the sum of the others.
    pub is_sum: bool,
    /// The headings of its columns, leaf by leaf.
    pub heads: Vec<Words>,
}

impl Target {
    /// The sizes of the groups in which the last number is the sum of the others.
    pub fn groups(&self) -> Option<Vec<usize>> {
        self.is_sum.then(|| vec![self.fields.len()])
    }
}

/// The rows of a section's table.
pub fn targets(form: &Form, section: &Section) -> Vec<Target> {
    let mut targets = Vec::new();
    for block in section.blocks() {
        for line in &block.lines {
            targets.push(Target {
                label: Label::new(&line.label.text),
                is_sum: is_sum(form, &line.cells),
                fields: line.cells.clone(),
                heads: block.columns.iter().map(|column| letters(&column.label.text)).collect(),
            });
        }
    }
    targets
}

/// Whether a relation of the form makes the last of these fields the sum of the others.
fn is_sum(form: &Form, cells: &[FieldId]) -> bool {
    let Some((total, parts)) = cells.split_last() else { return false };
    form.relations()
        .iter()
        .any(|relation| relation.is_total && relation.left == [total.clone()] && relation.right == parts)
}

/// Whether the section prints its rows side by side in one row.
pub fn is_stacked(section: &Section) -> bool {
    section.blocks().iter().any(Block::is_stacked)
}

/// Every printed label of a section that is long enough to tell one format from another.
pub fn vocabulary(section: &Section) -> Vec<Words> {
    fn walk(nodes: &[Node], list: &mut Vec<Words>) {
        for node in nodes {
            list.push(letters(&node.label.text));
            walk(&node.under, list);
        }
    }
    let mut list = Vec::new();
    for block in section.blocks() {
        walk(&block.heads, &mut list);
        walk(&block.stubs, &mut list);
    }
    list.retain(|label| label.len() >= 4);
    list.sort();
    list.dedup();
    list
}
