//! How tables differ in print: group labels, merged cells, headings, columns of a site's own.

use crate::damage::report::{Cell, Kind, Part, Report, Row};

/// Returns the tables of 二, 三 and 四.
pub fn tables(report: &mut Report) -> Vec<&mut Vec<Row>> {
    report
        .iter_mut()
        .filter_map(|part| if let Part::Table(rows) = part { Some(rows) } else { None })
        .collect()
}

pub fn requests(report: &mut Report) -> &mut Vec<Row> {
    tables(report).swap_remove(1)
}

pub fn each_cell(report: &mut Report, change: impl Fn(&mut Cell)) {
    tables(report).into_iter().flatten().flat_map(|row| &mut row.cells).for_each(change);
}

pub fn each_label(report: &mut Report, change: impl Fn(&str) -> String) {
    each_cell(report, |cell| {
        if cell.kind == Kind::Label {
            cell.text = change(&cell.text);
        }
    });
}

pub fn each_value(report: &mut Report, change: impl Fn(&str) -> String) {
    each_cell(report, |cell| {
        if cell.kind == Kind::Value {
            cell.text = change(&cell.text);
        }
    });
}

/// Group labels do not stand there.
pub fn groups_missing(report: &mut Report) {
    for row in requests(report) {
        let wide: usize = row
            .cells
            .iter()
            .filter(|cell| cell.kind == Kind::Label && cell.rows == 1)
            .map(|cell| cell.columns)
            .sum();
        row.cells.retain(|cell| cell.kind != Kind::Label || cell.rows == 1);
        if let Some(own) = row.cells.iter_mut().find(|cell| cell.kind == Kind::Label) {
            own.columns = wide.max(1);
        }
        flatten_labels(row);
    }
}

fn flatten_labels(row: &mut Row) {
    if row.fields.is_empty() {
        for cell in &mut row.cells {
            if cell.kind == Kind::Heading && cell.rows == 3 {
                cell.columns = 1;
            }
        }
    } else if let Some(own) = row.cells.iter_mut().rfind(|cell| cell.kind == Kind::Label) {
        own.columns = 1;
    }
}

/// Calls for each row with the group labels above it, outermost first, and which of them begin at it.
fn with_groups(rows: &mut Vec<Row>, mut change: impl FnMut(&mut Row, &[String], &[String]) -> Vec<Row>) {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut all = Vec::new();
    for mut row in std::mem::take(rows) {
        let fresh: Vec<(String, usize)> = row
            .cells
            .iter()
            .filter(|cell| cell.kind == Kind::Label && cell.rows > 1)
            .map(|cell| (cell.text.clone(), cell.rows))
            .collect();
        let names: Vec<String> = fresh.iter().map(|(name, _)| name.clone()).collect();
        open.extend(fresh);
        let above: Vec<String> = open.iter().map(|(name, _)| name.clone()).collect();
        open.iter_mut().for_each(|(_, rows)| *rows -= 1);
        open.retain(|(_, rows)| *rows > 0);
        row.cells.retain(|cell| cell.kind != Kind::Label || cell.rows == 1);
        flatten_labels(&mut row);
        all.extend(change(&mut row, &above, &names));
        all.push(row);
    }
    *rows = all;
}

/// Each group label is a row of its own, over the whole width.
pub fn groups_as_rows(report: &mut Report) {
    with_groups(requests(report), |_, _, fresh| {
        let row = |name: &String| Row {
            cells: vec![Cell { columns: 8, ..Cell::new(Kind::Label, name) }],
            fields: Vec::new(),
        };
        fresh.iter().map(row).collect()
    });
}

/// Each group label is a row of its own with blank cells behind it.
pub fn groups_as_blank_rows(report: &mut Report) {
    with_groups(requests(report), |_, _, fresh| {
        let row = |name: &String| {
            let mut cells = vec![Cell::new(Kind::Label, name)];
            cells.extend((0..7).map(|_| Cell::new(Kind::Heading, "")));
            Row { cells, fields: Vec::new() }
        };
        fresh.iter().map(row).collect()
    });
}

/// Group labels are repeated in cells of their own in each row.
pub fn groups_repeated(report: &mut Report) {
    with_groups(requests(report), |row, above, _| {
        let at = row.cells.iter().position(|cell| cell.kind == Kind::Label);
        if let Some(at) = at {
            let missing = 2 - above.len();
            row.cells[at].columns += missing;
            row.cells.splice(at..at, above.iter().map(|name| Cell::new(Kind::Label, name)));
        } else if let Some(corner) = row.cells.iter_mut().find(|cell| cell.rows == 3) {
            corner.columns = 3;
        }
        Vec::new()
    });
}

/// Group labels stand in the cell of the row's own label.
pub fn groups_in_labels(report: &mut Report) {
    with_groups(requests(report), |row, above, _| {
        if let Some(own) = row.cells.iter_mut().find(|cell| cell.kind == Kind::Label) {
            own.text = format!("{}{}", above.concat(), own.text);
        }
        Vec::new()
    });
}

/// Every cell for itself: those that a merged one covers are not there, as in many pages.
pub fn spans_lost(report: &mut Report) {
    each_cell(report, |cell| (cell.rows, cell.columns) = (1, 1));
}

/// Every row with all its columns: what a merged cell covers is blank, or says it again.
fn unmerge(report: &mut Report, again: bool) {
    for rows in tables(report) {
        let mut taken: Vec<(usize, usize, usize, String)> = Vec::new();
        for row in rows {
            let mut cells: Vec<Cell> = Vec::new();
            let mut below = Vec::new();
            for mut cell in std::mem::take(&mut row.cells) {
                while let Some((.., text)) =
                    taken.iter().find(|(from, to, ..)| (*from..*to).contains(&cells.len()))
                {
                    cells.push(Cell::new(Kind::Heading, if again { text } else { "" }));
                }
                if cell.rows > 1 {
                    below.push((cells.len(), cells.len() + cell.columns, cell.rows, cell.text.clone()));
                }
                let (more, text) = (cell.columns - 1, cell.text.clone());
                (cell.rows, cell.columns) = (1, 1);
                cells.push(cell);
                cells.extend((0..more).map(|_| Cell::new(Kind::Heading, if again { &text } else { "" })));
            }
            while let Some((.., text)) =
                taken.iter().find(|(from, to, ..)| (*from..*to).contains(&cells.len()))
            {
                cells.push(Cell::new(Kind::Heading, if again { text } else { "" }));
            }
            row.cells = cells;
            taken.extend(below);
            taken.retain_mut(|(_, _, rows, _)| {
                *rows -= 1;
                *rows > 0
            });
        }
    }
}

pub fn spans_blank(report: &mut Report) {
    unmerge(report, false);
}

pub fn spans_filled(report: &mut Report) {
    unmerge(report, true);
}

/// No headings at all: labels and numbers.
pub fn no_headings(report: &mut Report) {
    for rows in tables(report).into_iter().take(2) {
        rows.retain(|row| !row.fields.is_empty());
    }
}

/// One row of headings, corner and seven names.
pub fn flat_headings(report: &mut Report) {
    let names = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
    let rows = requests(report);
    rows.retain(|row| !row.fields.is_empty());
    let cell =
        |name: &str| Cell { columns: if name.is_empty() { 3 } else { 1 }, ..Cell::new(Kind::Heading, name) };
    rows.insert(0, Row { cells: names.map(cell).into(), fields: Vec::new() });
}

/// A web editor lost the spans of the headings, not of the labels.
pub fn heading_spans_lost(report: &mut Report) {
    each_cell(report, |cell| {
        if cell.kind == Kind::Heading {
            (cell.rows, cell.columns) = (1, 1);
        }
    });
}

/// The total stands in front.
pub fn total_first(report: &mut Report) {
    for rows in tables(report).into_iter().skip(1).take(1) {
        for row in rows.iter_mut() {
            let Some(at) = row.cells.iter().position(|cell| cell.text == "总计" || cell.text == "自然人")
            else {
                continue;
            };
            if row.fields.is_empty() {
                let total =
                    row.cells.iter().position(|cell| cell.text == "总计").map(|at| row.cells.remove(at));
                row.cells.splice(at..at, total);
            }
        }
        for row in rows.iter_mut().filter(|row| !row.fields.is_empty()) {
            let first = row.cells.iter().position(|cell| cell.kind == Kind::Value).unwrap();
            let (last, field) = (row.cells.pop().unwrap(), row.fields.pop().unwrap());
            row.cells.insert(first, last);
            row.fields.insert(0, field);
        }
    }
}

/// There is no column of totals in 三.
pub fn total_missing(report: &mut Report) {
    for row in requests(report) {
        if row.fields.is_empty() {
            row.cells.retain(|cell| cell.text != "总计");
            row.cells.iter_mut().filter(|cell| cell.text == "申请人情况").for_each(|cell| cell.columns = 6);
        } else {
            row.cells.pop();
            row.fields.pop();
        }
    }
}

/// A column in front numbers the rows of 三.
pub fn numbered_rows(report: &mut Report) {
    let mut number = 0;
    for row in requests(report) {
        let mut cell = Cell::new(Kind::Heading, "序号");
        if row.fields.is_empty() {
            if row.cells.iter().all(|cell| cell.rows < 3) {
                continue;
            }
            cell.rows = 3;
        } else {
            number += 1;
            cell.text = number.to_string();
        }
        row.cells.insert(0, cell);
    }
}

fn remarks(report: &mut Report, remark: &str) {
    let mut done = 0;
    for row in requests(report) {
        let mut cell = Cell::new(Kind::Heading, "备注");
        if row.fields.is_empty() {
            if row.cells.iter().all(|cell| cell.rows < 3) {
                continue;
            }
            cell.rows = 3;
        } else {
            done += 1;
            cell.text = if done % 9 == 1 { remark.into() } else { String::new() };
        }
        row.cells.push(cell);
    }
}

pub fn remark_column(report: &mut Report) {
    remarks(report, "");
}

pub fn remarks_written(report: &mut Report) {
    remarks(report, "含网上申请");
}
