//! Where pasted cells go: what Excel, WPS and LibreOffice put on the clipboard, and lines of numbers
//! with blanks between them.

use super::document::Document;
use super::table_layout::{LayoutRow, TableLayout};
use super::view::View;
use crate::form::{FieldId, Form};
use crate::text::invisible::strip_line;
use crate::text::{digits, numerals};

/// What a paste would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastePlan {
    /// Which cell gets which text.
    pub cells: Vec<(FieldId, String)>,
    /// Totals that came along and are computed here.
    pub computed: Vec<(FieldId, String)>,
    /// What has no cell, in words.
    pub rejected: Vec<String>,
}

/// Whether a pasted text is more than the content of one cell.
pub fn is_multi_cell(text: &str) -> bool {
    text.trim_end_matches(['\r', '\n']).contains(['\t', '\n', '\r'])
        || text.split_whitespace().count() > 1 && text.split_whitespace().all(|piece| !is_label(piece))
}

/// Plans a paste from the cursor rightwards and down. A row that brings its label goes to the row
/// of that label, its values from the first column on; the others go to the form's rows in order.
pub fn plan_paste(document: &Document, view: &View, text: &str) -> PastePlan {
    let mut plan = PastePlan::default();
    let Some(sheet) = view.table_layout(document, 80) else { return plan };
    let mut row = view.cursor().row;
    let is_stacked = sheet.rows.get(row).is_some_and(|row| is_stacked(document, view, row));
    for line in parse_table(text, is_stacked) {
        let labels = line.iter().rposition(|cell| is_label(cell)).map_or(0, |last| last + 1);
        let (labels, values) = line.split_at(labels);
        if values.iter().all(|value| value.trim().is_empty()) && !labels.is_empty() {
            // A heading, or a group label alone.
            continue;
        }
        let label = labels.iter().rev().find(|cell| !cell.trim().is_empty());
        let named = label.and_then(|label| find_row(&document.form, &sheet, label));
        let at = match (label, named) {
            (Some(label), None) => {
                plan.rejected.push(format!("表里没有“{}”这一行", abbreviate(label)));
                continue;
            }
            (_, Some(named)) => named,
            (None, None) => row,
        };
        row = plan_row(document, view, &sheet, at, values, label.is_some(), &mut plan) + 1;
    }
    plan
}

/// Whether the row stands under those before it on the screen only: in print they are one row.
fn is_stacked(document: &Document, view: &View, row: &LayoutRow) -> bool {
    let block = view.cell_section(document).and_then(|section| section.blocks().get(row.block));
    block.is_some_and(|block| block.is_stacked())
}

/// Plans one row of values, from its first column if it is labelled, else from the cursor's; returns the
/// row of the form that they end in.
fn plan_row(
    document: &Document,
    view: &View,
    sheet: &TableLayout,
    row: usize,
    values: &[String],
    labelled: bool,
    plan: &mut PastePlan,
) -> usize {
    let Some(first) = sheet.rows.get(row) else {
        plan.rejected.push(format!("表的末尾之后还有“{}”", abbreviate(&values.join(" "))));
        return row;
    };
    let from = if labelled { 0 } else { view.cursor().column };
    // A printed row that is several rows here goes on in the next of them.
    let (mut cells, mut last) = (first.cells.clone(), row);
    while let Some(next) = sheet.rows.get(last + 1).filter(|next| next.block == first.block)
        && values.len() > cells.len().saturating_sub(from)
        && is_stacked(document, view, next)
    {
        cells.extend(next.cells.iter().cloned());
        last += 1;
    }
    let mut values = values;
    // Merged label columns come as empty cells before the numbers.
    while labelled
        && values.len() > cells.len()
        && values.first().is_some_and(|value| value.trim().is_empty())
    {
        values = &values[1..];
    }
    for (at, value) in values.iter().enumerate() {
        let value = strip_line(value).trim().to_string();
        match cells.get(from.min(cells.len().saturating_sub(1)) + at) {
            Some(id) if document.is_computed(id) => plan.computed.push((id.clone(), value)),
            Some(id) => plan.cells.push((id.clone(), value)),
            None if value.is_empty() => {}
            None => plan.rejected.push(format!("超出右边界：“{}”", abbreviate(&value))),
        }
    }
    last
}

/// The pasted text as rows of cells: by tabs where there are any, else by blanks; from a table of a
/// text processor every cell is a line of its own.
fn parse_table(text: &str, is_stacked: bool) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.contains('\t') {
        if let Some(rows) = parse_one_per_line(&text, is_stacked) {
            return rows;
        }
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        return lines.map(|line| line.split_whitespace().map(String::from).collect()).collect();
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.map(|record| record.iter().map(String::from).collect::<Vec<_>>())
        .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty()))
        .collect()
}

/// The rows of a text in which every line is one cell: a label begins a row. Numbers under headings
/// alone are a column, and no such text; but where all is one printed row they are that row.
fn parse_one_per_line(text: &str, is_stacked: bool) -> Option<Vec<Vec<String>>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_number = |line: &str| !line.is_empty() && !is_label(line);
    let begun = lines.windows(2).filter(|two| is_label(two[0]) && is_number(two[1])).count();
    if begun == 0 || !lines.iter().all(|line| line.split_whitespace().skip(1).all(is_label)) {
        return None;
    }
    if begun == 1 {
        let numbers = lines.iter().skip_while(|line| !is_number(line)).map(|line| line.to_string());
        return is_stacked.then(|| vec![numbers.collect()]);
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if !is_label(line) => row.push(line.into()),
            _ => rows.push(vec![line.into()]),
        }
    }
    Some(rows)
}

/// A cell that holds words and no value: a row label, a heading. Spellings of “not applicable”
/// and of signed changes are values.
fn is_label(cell: &str) -> bool {
    let bare = cell.trim();
    let han = bare.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    let number = bare
        .trim_start_matches(['增', '减', '加', '少', '无', '+', '-'])
        .trim_end_matches(['元', '万', '亿']);
    han > 0 && !number.is_empty() && !number.chars().all(|c| c.is_ascii_digit() || ".,，。".contains(c))
}

/// The row whose label has the same words; the longer of two that fit.
fn find_row(form: &Form, sheet: &TableLayout, label: &str) -> Option<usize> {
    let wanted = normalize_label(label);
    if wanted.is_empty() {
        return None;
    }
    let labels = sheet.rows.iter().enumerate().filter_map(|(at, row)| {
        let id = row.cells.first()?;
        let block = form.section(id.section())?.blocks().get(row.block)?;
        let line = block.rows.iter().find(|line| line.id == id.row())?;
        Some((at, normalize_label(&line.label.text)))
    });
    let labels: Vec<(usize, String)> = labels.collect();
    let same = labels.iter().find(|(_, own)| *own == wanted);
    let close = || {
        let fits = labels.iter().filter(|(_, own)| own.contains(&wanted) || wanted.contains(own.as_str()));
        let mut fits: Vec<_> = fits.collect();
        fits.sort_by_key(|(_, own)| std::cmp::Reverse(own.len()));
        // Two rows that fit equally well are no answer.
        match fits[..] {
            [one] => Some(one),
            [first, second, ..] if first.1.len() > second.1.len() && wanted.contains(&first.1) => Some(first),
            _ => None,
        }
    };
    same.or_else(close).map(|(at, _)| *at)
}

/// The Chinese words of a label: no numbering, no brackets, no punctuation.
fn normalize_label(label: &str) -> String {
    let is_numbering = |c: char| {
        digits::digit(c).is_some() || numerals::ordinal_value(c).is_some() || "（）()、.． ".contains(c)
    };
    let bare = label.trim().trim_start_matches(is_numbering);
    bare.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect()
}

fn abbreviate(text: &str) -> String {
    let text = strip_line(text.trim());
    let kept: String = text.chars().take(12).collect();
    if kept.len() < text.len() { format!("{kept}……") } else { kept }
}
