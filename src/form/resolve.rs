//! Turns a form file into a [`Form`]: resolves names, lists fields, expands relations.

use std::collections::HashMap;
use std::sync::Arc;

use super::file::{BlockFile, BodyFile, FormFile, NodeFile, Per, RelationFile, SectionFile};
use super::{Block, Body, Column, Field, FieldId, Form, FormRow, Kind, Label, Node, Relation, Section};
use crate::text::numerals;

/// An error in a form file: the name it is about, and the message.
pub type Mistake = (String, String);

/// Returns the form described by a file.
///
/// # Errors
/// Returns an error if a name is malformed, duplicated or does not resolve, if a total depends on itself,
/// or if the form lacks a part that the program needs.
pub fn resolve(written: FormFile) -> Result<Form, Mistake> {
    let mut form = Form {
        id: written.id,
        name: written.name,
        instrument: written.instrument,
        years: written.years,
        disclosure_years: written.years,
        sections: Vec::new(),
        fields: Vec::new(),
        index: HashMap::default(),
        relations: Vec::new(),
    };
    let mut sections = written.sections.into_iter().peekable();
    while let Some(section) = sections.next() {
        let id = section.id.clone();
        if form.section(&id).is_some() {
            let message = format!("部分“{id}”写了两次");
            return Err((id, message));
        }
        add_section(&mut form, section)?;
        // A narrative that shares the table's tab is the table's text already.
        let has_own = sections
            .peek()
            .is_some_and(|next| next.tab.is_empty() && matches!(next.body, BodyFile::Narrative { .. }));
        if !has_own {
            add_table_text(&mut form)?;
        }
    }
    for needed in ["cover.unit", "cover.year"] {
        if form.field(needed).is_none() {
            return Err(("cover".into(), format!("缺少“{needed}”，封面至少要有单位和年度")));
        }
    }
    if let Some(name) = find_cycle(&form) {
        return Err((name.row().into(), format!("总计“{name}”绕了一圈又加到自己")));
    }
    Ok(form)
}

fn add_section(form: &mut Form, written: SectionFile) -> Result<(), Mistake> {
    let first = form.fields.len();
    let SectionFile { id, numeral, title, tab, body } = written;
    check_name(&id)?;
    let location = if numeral.is_empty() { title.clone() } else { numeral.clone() };
    let none: Arc<str> = "".into();
    let body = match body {
        BodyFile::Cover { fields } => {
            let mut ids = Vec::new();
            for node in fields {
                check_name(&node.id)?;
                let label = label(&node);
                let field = FieldId::new(&format!("{id}.{}", node.id));
                let message = format!("{location}·{}", label.text);
                add_field(form, field.clone(), node.kind, message, &label.name, &none)?;
                ids.push(field);
            }
            Body::Cover(ids)
        }
        BodyFile::Narrative { skeleton } => {
            let message = if numeral.is_empty() { title.clone() } else { format!("{numeral}、{title}") };
            add_field(form, FieldId::new(&id), Kind::Prose, message, &title.as_str().into(), &none)?;
            Body::Narrative { skeleton }
        }
        BodyFile::Table { blocks, relations } => {
            let mut built = Vec::new();
            for block in blocks {
                built.push(add_block(form, &id, &location, block)?);
            }
            for relation in relations {
                add_relation(form, &built, relation)?;
            }
            Body::Table(built)
        }
    };
    form.sections.push(Section { id, numeral, title, tab, body, fields: first..form.fields.len() });
    Ok(())
}

/// Adds the text behind the last section, if that is a table.
fn add_table_text(form: &mut Form) -> Result<(), Mistake> {
    let Some(Section { id, numeral, title, body: Body::Table(_), .. }) = form.sections.last() else {
        return Ok(());
    };
    let first = form.fields.len();
    let (id, name) = (id.clone(), format!("{}·表后说明", if numeral.is_empty() { title } else { numeral }));
    add_field(form, FieldId::new(&id), Kind::Prose, name.clone(), &name.into(), &"".into())?;
    form.sections.push(Section {
        id,
        numeral: String::new(),
        title: "表后说明".into(),
        tab: String::new(),
        body: Body::TableText,
        fields: first..form.fields.len(),
    });
    Ok(())
}

fn add_block(form: &mut Form, section: &str, location: &str, written: BlockFile) -> Result<Block, Mistake> {
    let mut columns: Vec<Column> = Vec::new();
    let mut rows: Vec<(String, Label, Vec<Label>)> = Vec::new();
    if written.rows.is_empty() {
        stacked(&written.columns, &mut Vec::new(), &mut rows, &mut columns)?;
    } else {
        leaves(&written.columns, &mut Vec::new(), &mut |node, _| {
            columns.push(Column { id: node.id.clone(), label: label(node), kind: node.kind.clone() });
        })?;
        leaves(&written.rows, &mut Vec::new(), &mut |node, above| {
            rows.push((node.id.clone(), label(node), above.to_vec()));
        })?;
    }
    let mut lines = Vec::new();
    for (id, label, above) in rows {
        // "1.属于国家秘密" needs the （三） above it; "一、…" and "规章" are clear by themselves.
        let numbered = label.text.starts_with(|c: char| c.is_ascii_digit());
        let outer = above.last().filter(|_| numbered).map_or(String::new(), |l| format!("{} ", l.text));
        let mut cells = Vec::new();
        for column in &columns {
            let field = FieldId::new(&[section, &id, &column.id].join("."));
            let message = [location, "·", &outer, &label.text, "·", &column.label.text].concat();
            add_field(form, field.clone(), column.kind.clone(), message, &label.name, &column.label.name)?;
            cells.push(field);
        }
        lines.push(FormRow { id, label, parents: above, cells });
    }
    Ok(Block {
        caption: written.caption,
        corner: written.corner,
        column_headings: written.columns.iter().map(node).collect(),
        row_labels: written.rows.iter().map(node).collect(),
        columns,
        rows: lines,
    })
}

/// Calls `found` for each leaf with the labels above it.
fn leaves(
    nodes: &[NodeFile],
    above: &mut Vec<Label>,
    found: &mut impl FnMut(&NodeFile, &[Label]),
) -> Result<(), Mistake> {
    for node in nodes {
        if node.under.is_empty() {
            check_name(&node.id)?;
            found(node, above);
        } else {
            above.push(label(node));
            leaves(&node.under, above, found)?;
            above.pop();
        }
    }
    Ok(())
}

/// Returns a block that is printed as one row and entered as one row per heading.
fn stacked(
    nodes: &[NodeFile],
    above: &mut Vec<Label>,
    rows: &mut Vec<(String, Label, Vec<Label>)>,
    columns: &mut Vec<Column>,
) -> Result<(), Mistake> {
    for node in nodes {
        if node.row.is_empty() {
            if node.under.is_empty() {
                return Err((node.id.clone(), format!("“{}”不在任何写了 row 的标题下面", node.label)));
            }
            above.push(label(node));
            stacked(&node.under, above, rows, columns)?;
            above.pop();
            continue;
        }
        check_name(&node.row)?;
        let mut here = Vec::new();
        leaves(&node.under, &mut Vec::new(), &mut |leaf, _| {
            here.push(Column { id: leaf.id.clone(), label: label(leaf), kind: leaf.kind.clone() });
        })?;
        if !columns.is_empty() && columns.iter().map(|c| &c.id).ne(here.iter().map(|c| &c.id)) {
            return Err((node.row.clone(), format!("“{}”下面的栏目与前面的不一样", node.label)));
        }
        *columns = here;
        rows.push((node.row.clone(), label(node), above.clone()));
    }
    Ok(())
}

fn add_field(
    form: &mut Form,
    id: FieldId,
    kind: Kind,
    location: String,
    row: &Arc<str>,
    column: &Arc<str>,
) -> Result<(), Mistake> {
    if form.index.insert(id.clone(), form.fields.len()).is_some() {
        let name = if id.column().is_empty() { id.row() } else { id.column() };
        return Err((name.into(), format!("栏目“{id}”写了两次")));
    }
    form.fields.push(Field { id, kind, location, row: row.clone(), column: column.clone(), sum: None });
    Ok(())
}

fn add_relation(form: &mut Form, blocks: &[Block], written: RelationFile) -> Result<(), Mistake> {
    let (id, per, left, right, is_total) = match written {
        RelationFile::Balance { id, per, left, right } => (id, per, left, right, false),
        RelationFile::Total { id, per, total, parts } => (id, per, vec![total], parts, true),
    };
    let lines = || blocks.iter().flat_map(|block| &block.rows);
    let columns = || blocks.iter().flat_map(|block| &block.columns);
    for name in left.iter().chain(&right) {
        let known = match per {
            Per::Row => columns().any(|column| column.id == *name),
            Per::Column => lines().any(|line| line.id == *name),
        };
        if !known {
            let what = if per == Per::Row { "列" } else { "行" };
            return Err((name.clone(), format!("关系 {id} 里的{what}“{name}”在表中没有")));
        }
    }
    // The name of each row or column, with the cells of both sides.
    let mut across: Vec<(&Label, Vec<FieldId>, Vec<FieldId>)> = Vec::new();
    for block in blocks {
        // A relation holds in those rows (columns) whose block has all its columns (rows).
        let position = |name: &String| match per {
            Per::Row => block.columns.iter().position(|column| column.id == *name),
            Per::Column => block.rows.iter().position(|line| line.id == *name),
        };
        let both: Option<[Vec<usize>; 2]> = left
            .iter()
            .map(position)
            .collect::<Option<_>>()
            .zip(right.iter().map(position).collect())
            .map(Into::into);
        let Some([left, right]) = both else { continue };
        match per {
            Per::Row => across.extend(block.rows.iter().map(|line| {
                let cells = |side: &[usize]| side.iter().map(|&at| line.cells[at].clone()).collect();
                (&line.label, cells(&left), cells(&right))
            })),
            Per::Column => across.extend(block.columns.iter().enumerate().map(|(at, column)| {
                let cells =
                    |side: &[usize]| side.iter().map(|&row| block.rows[row].cells[at].clone()).collect();
                (&column.label, cells(&left), cells(&right))
            })),
        }
    }
    if across.is_empty() {
        let name = left.first().or(right.first()).cloned().unwrap_or_default();
        return Err((name, format!("关系 {id} 的各项不在同一块表里")));
    }
    for (label, left, right) in across {
        let mut relation = Relation {
            id: id.clone(),
            per,
            name: label.name.clone(),
            left,
            right,
            is_total,
            positions: Vec::new(),
        };
        let number = form.relations.len();
        let mut positions = Vec::with_capacity(relation.left.len() + relation.right.len());
        for part in relation.fields() {
            let Some(&position) = form.index.get(part) else {
                return Err((part.column().into(), format!("关系 {id} 里的“{part}”在表中没有")));
            };
            let field = &mut form.fields[position];
            if !field.kind.is_number() {
                return Err((part.column().into(), format!("关系 {id} 里的“{part}”不是数")));
            }
            if is_total && relation.left.contains(part) {
                field.sum.get_or_insert(number);
            }
            positions.push(position);
        }
        relation.positions = positions;
        form.relations.push(relation);
    }
    Ok(())
}

/// Returns a total that is a part of itself through other totals; `None` if there is none.
fn find_cycle(form: &Form) -> Option<FieldId> {
    fn reaches(form: &Form, field: usize, seen: &mut Vec<usize>) -> bool {
        let Some(sum) = form.fields[field].sum else { return false };
        if seen.contains(&field) {
            return true;
        }
        seen.push(field);
        let round = form.relations[sum].right_positions().iter().any(|part| reaches(form, *part, seen));
        seen.pop();
        round
    }
    let round = (0..form.fields.len()).find(|field| reaches(form, *field, &mut Vec::new()))?;
    Some(form.fields[round].id.clone())
}

fn check_name(name: &str) -> Result<(), Mistake> {
    let mut letters = name.chars();
    let good = letters.next().is_some_and(|c| c.is_ascii_lowercase())
        && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if good {
        Ok(())
    } else {
        Err((name.into(), format!("名称“{name}”不合规定，只用小写字母、数字和下划线")))
    }
}

fn node(written: &NodeFile) -> Node {
    Node { id: written.id.clone(), label: label(written), children: written.under.iter().map(node).collect() }
}

fn label(node: &NodeFile) -> Label {
    let text: Arc<str> = node.label.as_str().into();
    let or_text = |message: &str| if message == &*text { text.clone() } else { message.into() };
    let given = |message: &str, other: &str| or_text(if message.is_empty() { other } else { message });
    let short = given(&node.short, &text);
    let say = given(&node.say, unnumbered(&text));
    Label { text, short, name: say }
}

/// Returns a label without its leading `一、`, `（一）` or `1.`.
fn unnumbered(label: &str) -> &str {
    let numeral = |c: char| numerals::ordinal_value(c).is_some() || c.is_ascii_digit();
    let inner = label.strip_prefix('（').unwrap_or(label);
    let rest = inner.trim_start_matches(numeral);
    if rest.len() == inner.len() {
        return label;
    }
    rest.strip_prefix(['、', '）', '.']).filter(|rest| !rest.is_empty()).unwrap_or(label)
}
