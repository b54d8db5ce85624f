//! Where pasted cells go: what Excel, WPS and LibreOffice put on the clipboard, and lines of numbers
//! with blanks between them.

use super::document::Document;
use super::pasted_headings::{HeadingError, PastedHeadings, normalize_label};
use super::table_layout::{LayoutRow, TableLayout};
use super::view::View;
use crate::form::{FieldId, Form};
use crate::text::invisible::strip_line;

/// What a paste would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastePlan {
    /// Which cell gets which text.
    pub cells: Vec<(FieldId, String)>,
    /// Totals that came along and are computed here.
    pub computed: Vec<(FieldId, String)>,
    /// What has no cell, in words.
    pub rejected: Vec<String>,
    /// Why nothing is filled in: the headings are not those of these cells.
    pub refused: Option<HeadingError>,
}

/// One pasted row of numbers.
struct PastedRow<'a> {
    /// What is said of it: its label, else its numbers.
    name: String,
    values: &'a [String],
    /// Whether it has brought its label.
    labelled: bool,
    /// The columns that its headings name.
    columns: Option<Vec<usize>>,
    /// Whether blanks stood between its numbers: an empty cell leaves no trace then.
    by_blanks: bool,
}

/// Whether a pasted text is more than the content of one cell: several lines or cells, a row of numbers with
/// blanks between them, with or without its label.
pub fn is_multi_cell(text: &str) -> bool {
    let mut pieces = text.split_whitespace().skip_while(|piece| is_label(piece)).peekable();
    text.trim_end_matches(['\r', '\n']).contains(['\t', '\n', '\r'])
        || text.split_whitespace().count() > 1
            && pieces.peek().is_some()
            && pieces.all(|piece| !is_label(piece))
}

/// Plans a paste from the cursor rightwards and down. A row that brings its label goes to the row
/// of that label, its values from the first column on; the others go to the form's rows in order.
/// Headings that come along say the columns; those of another table, that nothing is to be filled in.
pub fn plan_paste(document: &Document, view: &View, text: &str) -> PastePlan {
    let mut plan = PastePlan::default();
    let sheet = view.table_layout(document, 80).zip(view.cell_section(document));
    let Some((sheet, section)) = sheet else { return plan };
    let mut row = view.cursor().row;
    let is_stacked = sheet.rows.get(row).is_some_and(|row| is_stacked(document, view, row));
    let mut headings = PastedHeadings::new(&document.form, section);
    for line in parse_table(text, is_stacked) {
        let labels = line.iter().rposition(|cell| is_label(cell)).map_or(0, |last| last + 1);
        let (labels, values) = line.split_at(labels);
        let label = labels.iter().rev().find(|cell| !cell.trim().is_empty());
        if let Some(label) = label
            && values.iter().all(|value| value.trim().is_empty())
        {
            // A heading, or a group label alone; a number before the words would be lost.
            match labels.iter().find(|cell| !cell.trim().is_empty() && !is_label(cell)) {
                Some(number) => {
                    plan.rejected.push(format!("“{}”在“{}”之前", number.trim(), abbreviate(label)))
                }
                None => headings.push(labels),
            }
            continue;
        }
        let named = label.and_then(|label| find_row(&document.form, &sheet, label));
        let at = match (label, named) {
            (Some(label), None) => {
                plan.rejected.push(format!("表里没有“{}”这一行", abbreviate(label)));
                continue;
            }
            (Some(label), _) if label.trim().ends_with(|c: char| c.is_ascii_digit()) => {
                plan.rejected.push(format!("“{}”的栏目名和数连在一起", abbreviate(label)));
                continue;
            }
            (_, Some(named)) => named,
            (None, None) => row,
        };
        let columns = match headings.columns(sheet.rows.get(at).map_or(0, |row| row.block)) {
            Ok(columns) => columns,
            Err(refused) => return PastePlan { refused: Some(refused), ..PastePlan::default() },
        };
        let name = abbreviate(label.unwrap_or(&values.join(" ")));
        let by_blanks = !text.contains('\t');
        let pasted = PastedRow { name, values, labelled: label.is_some(), columns, by_blanks };
        row = plan_row(document, view, &sheet, at, &pasted, &mut plan) + 1;
    }
    plan
}

/// Whether the row stands under those before it on the screen only: in print they are one row.
fn is_stacked(document: &Document, view: &View, row: &LayoutRow) -> bool {
    let block = view.cell_section(document).and_then(|section| section.blocks().get(row.block));
    block.is_some_and(|block| block.is_stacked())
}

/// Plans one row of values, in the columns of its headings, else from its first column if it is labelled, else
/// from the cursor's; returns the row of the form that they end in.
fn plan_row(
    document: &Document,
    view: &View,
    sheet: &TableLayout,
    row: usize,
    pasted: &PastedRow,
    plan: &mut PastePlan,
) -> usize {
    let Some(first) = sheet.rows.get(row) else {
        plan.rejected.push(format!("表的末尾之后还有“{}”", abbreviate(&pasted.values.join(" "))));
        return row;
    };
    let is_placed = pasted.labelled || pasted.columns.is_some();
    let from = if is_placed { 0 } else { view.cursor().column };
    let mut values = pasted.values;
    let is_all = |columns: &Vec<usize>| columns.iter().copied().eq(0..first.cells.len());
    if let Some(columns) = pasted.columns.as_ref().filter(|columns| !is_all(columns)) {
        values = without_blank_ends(values, columns.len());
        if values.len() != columns.len() {
            let (count, named) = (values.len(), columns.len());
            plan.rejected.push(format!("“{}”有 {count} 格，栏目有 {named} 个", pasted.name));
            return row;
        }
        let cells = columns.iter().filter_map(|&column| first.cells.get(column));
        cells.zip(values).for_each(|(id, value)| plan_cell(document, id, value, plan));
        return row;
    }
    // A printed row that is several rows here goes on in the next of them.
    let (mut cells, mut last) = (first.cells.clone(), row);
    while let Some(next) = sheet.rows.get(last + 1).filter(|next| next.block == first.block)
        && values.len() > cells.len().saturating_sub(from)
        && is_stacked(document, view, next)
    {
        cells.extend(next.cells.iter().cloned());
        last += 1;
    }
    // Merged label columns come as empty cells before the numbers.
    while is_placed
        && values.len() > cells.len()
        && values.first().is_some_and(|value| value.trim().is_empty())
    {
        values = &values[1..];
    }
    let to_fill = cells.iter().filter(|id| !document.is_computed(id)).count();
    if is_placed && pasted.by_blanks && values.len() < to_fill {
        let count = values.len();
        plan.rejected.push(format!("“{}”只有 {count} 个数，不能确定在哪几栏", pasted.name));
        return row;
    }
    for (at, value) in values.iter().enumerate() {
        match cells.get(from.min(cells.len().saturating_sub(1)) + at) {
            Some(id) => plan_cell(document, id, value, plan),
            None if value.trim().is_empty() => {}
            None => plan.rejected.push(format!("超出右边界：“{}”", abbreviate(value))),
        }
    }
    last
}

fn plan_cell(document: &Document, id: &FieldId, value: &str, plan: &mut PastePlan) {
    let value = strip_line(value).trim().to_string();
    let cells = if document.is_computed(id) { &mut plan.computed } else { &mut plan.cells };
    cells.push((id.clone(), value));
}

/// Leaves out blank cells before and behind as many as are wanted.
fn without_blank_ends(mut values: &[String], wanted: usize) -> &[String] {
    while values.len() > wanted {
        match values {
            [first, rest @ ..] if first.trim().is_empty() => values = rest,
            [rest @ .., last] if last.trim().is_empty() => values = rest,
            _ => break,
        }
    }
    values
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
        let first = lines.iter().position(|line| is_number(line)).unwrap_or(lines.len());
        let cells = |lines: &[&str]| lines.iter().map(|line| line.to_string()).collect::<Vec<_>>();
        return is_stacked.then(|| vec![cells(&lines[..first]), cells(&lines[first..])]);
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

fn abbreviate(text: &str) -> String {
    let text = strip_line(text.trim());
    let kept: String = text.chars().take(12).collect();
    if kept.len() < text.len() { format!("{kept}……") } else { kept }
}

#[cfg(test)]
mod tests {
    use crate::draft::Value;
    use crate::editor::event::Event;
    use crate::editor::layer::Layer;
    use crate::editor::tests::{open_editor, press};
    use crate::editor::{Editor, Msg, update};

    fn pasted(tab: &str, text: &str) -> Editor {
        let mut editor = open_editor(2025);
        press(&mut editor, tab);
        update(&mut editor, Msg::Event(Event::Paste(text.into())));
        editor
    }

    fn counts(editor: &Editor) -> Vec<(String, u64)> {
        let values = editor.draft().unwrap().values();
        let counts = values.filter_map(|(id, value)| match value {
            Value::Count(count) if !id.as_str().starts_with("cover") => Some((id.to_string(), *count)),
            _ => None,
        });
        counts.collect()
    }

    fn asked(editor: &Editor) -> &str {
        match editor.layers.last() {
            Some(Layer::Confirm { message, .. }) => message,
            _ => "",
        }
    }

    #[test]
    fn headings_of_another_table_fill_in_nothing() {
        for (tab, text) in [
            ("Alt+3", "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n2\t0\t1\t0\t3\n"),
            ("Alt+3", "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n2\n0\n1\n0\n3\n"),
            ("Alt+3", "行政复议\n5\n6\n"),
            ("Alt+3", "结果维持 结果纠正\n2 0"),
            ("Alt+4", "自然人\n商业企业\n科研机构\n1\n2\n3\n"),
            ("Alt+2", "自然人\t商业企业\n1\t2\n"),
        ] {
            let editor = pasted(tab, text);
            assert!(counts(&editor).is_empty(), "{text}");
            assert!(editor.notification.starts_with("没有粘贴：“"), "{text}: {}", editor.notification);
        }
        let editor = pasted("Alt+3", "结果维持\t结果纠正\n2\t0\n");
        assert_eq!(editor.notification, "没有粘贴：“结果维持”是表四的栏目，请转到表四再粘贴");
    }

    #[test]
    fn headings_say_the_columns_of_the_numbers_below() {
        let id = |column: &str| format!("requests.new.{column}");
        let editor = pasted("Alt+3", "法律服务机构\t科研机构\n4\t5\n");
        assert_eq!(counts(&editor).len(), 2);
        assert!(
            counts(&editor).contains(&(id("legal"), 4)) && counts(&editor).contains(&(id("research"), 5))
        );
        // The cursor is in another column, and the headings are in two levels.
        let text = "\t自然人\t法人或其他组织\t\t\n\t\t商业企业\t科研机构\t公益组织\n本年新收\t1\t2\t3\t4\n";
        let editor = pasted("Alt+3 Right Right", text);
        let all = ["natural", "business", "research", "welfare"].map(id);
        assert_eq!(counts(&editor).len(), 4);
        assert!(all.iter().zip(1..).all(|(id, count)| counts(&editor).contains(&(id.clone(), count))));
        // More numbers than headings: asked, not guessed.
        let editor = pasted("Alt+3", "科研机构\t其他\n4\t5\t6\n");
        assert!(counts(&editor).is_empty());
        assert!(asked(&editor).contains("“4 5 6”有 3 格，栏目有 2 个"), "{}", asked(&editor));
        // Of another row of the same table.
        let editor = pasted("Alt+2", "本年收费金额（单位：万元）\n128.46\n9.5");
        assert!(counts(&editor).is_empty());
        assert!(editor.notification.contains("不是这一行的栏目"), "{}", editor.notification);
    }

    #[test]
    fn one_line_with_its_label_goes_to_its_row() {
        let editor = pasted("Alt+3 Down Right", "一、本年新收政府信息公开申请数量 12 3 0 0 0 0 15");
        assert_eq!(counts(&editor).len(), 6);
        assert!(counts(&editor).contains(&("requests.new.natural".into(), 12)));
        let editor = pasted("Alt+3", "（一）予以公开 12 3");
        assert!(counts(&editor).is_empty());
        assert!(asked(&editor).contains("只有 2 个数，不能确定在哪几栏"), "{}", asked(&editor));
        let editor = pasted("Alt+3", "一、本年新收政府信息公开申请数量12 3 0 0 0 0 15");
        assert!(counts(&editor).is_empty(), "12 is not dropped");
        assert!(asked(&editor).contains("栏目名和数连在一起"), "{}", asked(&editor));
    }

    #[test]
    fn a_block_without_numbers_fills_in_nothing_and_says_so() {
        for text in ["第一段。\n第二段。", "自然人\t商业企业", "甲\t乙\n丙\t丁"] {
            let editor = pasted("Alt+3", text);
            assert!(counts(&editor).is_empty());
            assert_eq!(editor.notification, "没有粘贴：其中没有可填入的数", "{text}");
        }
        let editor = pasted("Alt+3", "没有这一行\t5");
        assert!(asked(&editor).ends_with("没有可填入的数。"), "{}", asked(&editor));
    }

    #[test]
    fn numbers_before_their_words_are_asked_about() {
        let editor = pasted("Alt+3", "1\t2\t无误\n3\t4\t无误");
        assert!(counts(&editor).is_empty());
        assert!(asked(&editor).contains("“1”在“无误”之前"), "{}", asked(&editor));
    }
}
