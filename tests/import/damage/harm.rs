//! What happens to a report on its way: cells, rows, labels and headings deleted, doubled, exchanged,
//! joined and cut; paragraphs put in or lost; lines of a copy lost, joined and cut.

use super::report::{Cell, Dice, Kind, Part, Report, Row};

/// Damages the report once, and returns what was done.
pub fn harm(report: &mut Report, dice: &mut Dice) -> String {
    match dice.roll(12) {
        0 => return around(report, dice),
        1 => return split(report, dice),
        _ => {}
    }
    let tables: Vec<usize> = (0..report.len()).filter(|at| matches!(report[*at], Part::Table(_))).collect();
    if tables.is_empty() {
        return "no table".into();
    }
    // The largest of them is hit most often.
    let at = tables[[0, 1, 1, 2][dice.roll(4)].min(tables.len() - 1)];
    let Part::Table(rows) = &mut report[at] else { return String::new() };
    let filled: Vec<usize> = (0..rows.len()).filter(|row| !rows[*row].fields.is_empty()).collect();
    if filled.is_empty() {
        return "no row".into();
    }
    let row = filled[dice.roll(filled.len())];
    let done = match dice.roll(18) {
        0..=7 => value(&mut rows[row], dice),
        8 => delete_row(rows, row),
        9 => {
            let (to, copy) = (filled[dice.roll(filled.len())], rows[row].clone());
            let copy = Row { cells: copy.cells.into_iter().filter(|cell| cell.rows == 1).collect(), ..copy };
            rows.insert(if dice.roll(2) == 0 { row } else { to }, copy);
            "row doubled"
        }
        10 => exchange_rows(rows, row, filled[dice.roll(filled.len())]),
        11..=13 => label(rows, row, &filled, dice),
        14 | 15 => heading(rows, row, dice),
        16 => {
            let text = dice.one_of(&["合计（不含下级）", "其中：网上申请", "", "附：上年同期", "4"]);
            let count = rows[row].fields.len() + dice.roll(3) - 1;
            let mut cells = vec![Cell::new(Kind::Heading, text)];
            cells.extend(
                (0..count).map(|_| Cell::new(Kind::Heading, &(70_000 + dice.roll(9_999)).to_string())),
            );
            rows.insert(row, Row { cells, fields: Vec::new() });
            "foreign row"
        }
        _ => {
            rows[row].cells.iter_mut().filter(|cell| cell.kind == Kind::Value).for_each(blank);
            "row blanked"
        }
    };
    format!("part {at}, row {row}: {done}")
}

fn blank(cell: &mut Cell) {
    cell.text.clear();
    cell.parts.iter_mut().for_each(|(_, text)| text.clear());
}

fn value(row: &mut Row, dice: &mut Dice) -> &'static str {
    let positions = row.positions(Kind::Value);
    let Some(&at) = positions.get(dice.roll(positions.len())) else { return "no value" };
    let next = positions.iter().copied().find(|place| *place > at);
    match (dice.roll(9), next) {
        (0, _) => {
            row.cells.remove(at);
            "cell deleted"
        }
        (1, _) => {
            blank(&mut row.cells[at]);
            "cell blanked"
        }
        (2, _) => {
            row.cells.insert(at, row.cells[at].clone());
            "cell doubled"
        }
        (3, _) => {
            row.cells.insert(at, Cell::new(Kind::Value, ""));
            "blank cell put in"
        }
        (4, Some(next)) => {
            let (one, other) = (row.cells[at].clone(), row.cells[next].clone());
            let (Some((a, _)), Some((b, _))) = (one.parts.first(), other.parts.first()) else {
                return "nothing";
            };
            (row.cells[at].parts, row.cells[next].parts) =
                (vec![(*a, other.text.clone())], vec![(*b, one.text.clone())]);
            (row.cells[at].text, row.cells[next].text) = (other.text, one.text);
            "cells exchanged"
        }
        (5 | 6, Some(next)) => {
            let wide = dice.roll(2) == 0;
            let second = row.cells.remove(next);
            let cell = &mut row.cells[at];
            cell.text = [&cell.text[..], dice.one_of(&["", " ", "\n"]), &second.text].concat();
            cell.parts.extend(second.parts);
            if wide {
                cell.columns += second.columns;
                cell.holds += second.holds;
            }
            "cells joined"
        }
        (7, _) if row.cells[at].text.len() > 1 => {
            let cut = 1 + dice.roll(row.cells[at].text.len() - 1);
            row.cells[at].text.insert_str(cut, dice.one_of(&[" ", "\n"]));
            "blank inside a number"
        }
        (8, _) if row.cells[at].text.len() > 1 => {
            let rest = row.cells[at].text.split_off(1);
            row.cells.insert(at + 1, Cell::new(Kind::Value, &rest));
            "number cut in two cells"
        }
        _ => "nothing",
    }
}

/// Deletes a row; cells that reach over it become shorter.
fn delete_row(rows: &mut Vec<Row>, row: usize) -> &'static str {
    for (above, cells) in rows[..row].iter_mut().enumerate() {
        for cell in cells.cells.iter_mut().filter(|cell| above + cell.rows > row) {
            cell.rows -= 1;
        }
    }
    let gone = rows.remove(row);
    if let Some(next) = rows.get_mut(row) {
        let long = gone.cells.into_iter().filter(|cell| cell.rows > 1);
        next.cells.splice(0..0, long.map(|cell| Cell { rows: cell.rows - 1, ..cell }));
    }
    "row deleted"
}

/// Exchanges the own labels and values of two rows.
fn exchange_rows(rows: &mut [Row], one: usize, other: usize) -> &'static str {
    let whole = |row: &Row| row.cells.iter().all(|cell| cell.rows == 1);
    if one == other || !whole(&rows[one]) || !whole(&rows[other]) {
        return "nothing";
    }
    rows.swap(one, other);
    "rows exchanged"
}

fn label(rows: &mut [Row], row: usize, filled: &[usize], dice: &mut Dice) -> &'static str {
    let own = |row: &Row| row.positions(Kind::Label).last().copied();
    let other = filled[dice.roll(filled.len())];
    let (Some(a), Some(b)) = (own(&rows[row]), own(&rows[other])) else { return "no label" };
    match dice.roll(5) {
        0 => {
            rows[row].cells[a].text.clear();
            "label blanked"
        }
        1 => {
            rows[row].cells.remove(a);
            "label deleted"
        }
        2 if rows[row].fields.len() == rows[other].fields.len() && row != other => {
            let (one, two) = (rows[row].clone(), rows[other].clone());
            (rows[row].cells[a].text, rows[other].cells[b].text) =
                (two.cells[b].text.clone(), one.cells[a].text.clone());
            (rows[row].fields, rows[other].fields) = (two.fields, one.fields);
            "labels exchanged"
        }
        3 if rows[row].fields.len() == rows[other].fields.len() && row != other => {
            rows[row].cells[a].text = rows[other].cells[b].text.clone();
            rows[row].fields = rows[other].fields.clone();
            "label doubled"
        }
        4 => {
            // The label of the row below moves up into this one: label beside label.
            let Some(below) = filled.iter().copied().find(|at| *at == row + 1) else { return "nothing" };
            let Some(b) = own(&rows[below]) else { return "nothing" };
            let text = std::mem::take(&mut rows[below].cells[b].text);
            let joined = [&rows[row].cells[a].text[..], dice.one_of(&["", " ", "\n"]), &text].concat();
            rows[row].cells[a].text = joined;
            // Which of the two rows of numbers is whose is not said.
            "labels joined"
        }
        _ => "nothing",
    }
}

fn heading(rows: &mut [Row], below: usize, dice: &mut Dice) -> &'static str {
    let Some(row) = (0..below).rev().find(|at| rows[*at].fields.is_empty()) else { return "no heading" };
    let positions = rows[row].positions(Kind::Heading);
    let Some(&at) = positions.get(dice.roll(positions.len())) else { return "no heading" };
    match dice.roll(3) {
        0 => {
            rows[row].cells.remove(at);
            "heading deleted"
        }
        1 => {
            rows[row].cells[at].text.clear();
            "heading blanked"
        }
        _ => {
            rows[row].cells.insert(at, rows[row].cells[at].clone());
            "heading doubled"
        }
    }
}

/// Paragraphs lost, doubled or put in; the end lost.
fn around(report: &mut Report, dice: &mut Dice) -> String {
    let at = 1 + dice.roll(report.len() - 1);
    let is_text = matches!(report[at], Part::Text(_));
    match dice.roll(5) {
        0 if is_text => {
            report.remove(at);
            format!("paragraph {at} lost")
        }
        1 if is_text => {
            let copy = report[at].clone();
            report.insert(at, copy);
            format!("paragraph {at} doubled")
        }
        2 => {
            report.truncate(at + 1);
            format!("end lost after part {at}")
        }
        _ => {
            let text = dice.one_of(&[
                "全年办理其他行政许可83921件，同比增长13.5%。",
                "其中自然人申请89217件，法人或其他组织申请86420件。",
                "81357",
                "— 8 —",
                "注：本年新收政府信息公开申请87654件含网上申请。",
                "续表",
            ]);
            report.insert(at, Part::Text(text.into()));
            format!("“{text}” put in at {at}")
        }
    }
}

/// A table cut in two by a page.
fn split(report: &mut Report, dice: &mut Dice) -> String {
    let tables: Vec<usize> = (0..report.len()).filter(|at| matches!(report[*at], Part::Table(_))).collect();
    let Some(&at) = tables.get(dice.roll(tables.len())) else { return "no table".into() };
    let Part::Table(rows) = &mut report[at] else { return String::new() };
    let cut = 1 + dice.roll(rows.len().saturating_sub(1).max(1));
    let mut second = rows.split_off(cut.min(rows.len()));
    for (above, row) in rows.iter_mut().enumerate() {
        row.cells.iter_mut().for_each(|cell| cell.rows = cell.rows.min(cut - above));
    }
    if dice.roll(2) == 0 {
        let heads: Vec<Row> = rows.iter().take_while(|row| row.fields.is_empty()).cloned().collect();
        second.splice(0..0, heads);
    }
    report.insert(at + 1, Part::Table(second));
    if dice.roll(2) == 0 {
        report.insert(at + 1, Part::Text(dice.one_of(&["- 3 -", "续表", "3", "（本页无正文）"]).into()));
    }
    format!("part {at} cut before row {cut}")
}

/// Damages a text by its lines, and returns what was done.
pub fn harm_lines(text: &str, dice: &mut Dice) -> (String, String) {
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    if lines.len() < 3 {
        return (text.into(), "nothing".into());
    }
    let at = 1 + dice.roll(lines.len() - 2);
    let done = match dice.roll(4) {
        0 => {
            lines.remove(at);
            "lost"
        }
        1 => {
            let next = lines.remove(at + 1);
            lines[at] = [&lines[at][..], dice.one_of(&["", " "]), &next].concat();
            "joined with the next"
        }
        2 => {
            let chars: Vec<char> = lines[at].chars().collect();
            let cut = dice.roll(chars.len().max(1));
            let rest: String = chars[cut.min(chars.len())..].iter().collect();
            lines[at] = chars[..cut.min(chars.len())].iter().collect();
            lines.insert(at + 1, rest);
            "cut"
        }
        _ => {
            let copy = lines[at].clone();
            lines.insert(at, copy);
            "doubled"
        }
    };
    (lines.join("\n"), format!("line {}: {done}", at + 1))
}
