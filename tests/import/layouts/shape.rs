//! Tables that are cut, turned and put together otherwise than the form's, and pages around them.

use super::vary::{each_cell, each_value, requests, tables};
use crate::damage::report::{Cell, Kind, Part, Report, Row};

fn heading(text: &str, rows: usize, columns: usize) -> Cell {
    Cell { rows, columns, ..Cell::new(Kind::Heading, text) }
}

/// Table 三 with the applicants down the side and its rows along the top.
pub fn transposed(report: &mut Report) {
    let rows = requests(report);
    let names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
    let filled: Vec<&Row> = rows.iter().filter(|row| !row.fields.is_empty()).collect();
    let own = |row: &Row| {
        row.cells
            .iter()
            .rfind(|cell| cell.kind == Kind::Label)
            .map(|cell| cell.text.clone())
            .unwrap_or_default()
    };
    let mut head = vec![heading("申请人情况", 1, 1)];
    head.extend(filled.iter().map(|row| heading(&own(row), 1, 1)));
    let mut turned = vec![Row { cells: head, fields: Vec::new() }];
    for (at, name) in names.into_iter().enumerate() {
        let mut row = Row { cells: vec![Cell::new(Kind::Label, name)], fields: Vec::new() };
        for other in &filled {
            row.cells.extend(other.values().nth(at).cloned());
            row.fields.push(other.fields[at].clone());
        }
        turned.push(row);
    }
    *rows = turned;
}

/// Table 三 in two halves beside each other.
pub fn side_by_side(report: &mut Report) {
    super::vary::groups_missing(report);
    let rows = requests(report);
    let names = ["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
    let mut filled: Vec<Row> = rows.drain(..).filter(|row| !row.fields.is_empty()).collect();
    let second = filled.split_off(filled.len().div_ceil(2));
    let heads: Vec<Cell> = names.iter().chain(&names).map(|name| heading(name, 1, 1)).collect();
    rows.push(Row { cells: heads, fields: Vec::new() });
    let mut second = second.into_iter();
    for mut row in filled {
        match second.next() {
            Some(mut other) => {
                row.cells.append(&mut other.cells);
                row.fields.append(&mut other.fields);
            }
            None => row.cells.extend((0..8).map(|_| heading("", 1, 1))),
        }
        rows.push(row);
    }
}

fn cut(report: &mut Report, at: usize, again: bool, between: Option<&str>) {
    let place =
        report.iter().enumerate().filter(|(_, part)| matches!(part, Part::Table(_))).nth(1).unwrap().0;
    let Part::Table(rows) = &mut report[place] else { return };
    let mut second = rows.split_off(at);
    let mut open: Vec<Cell> = Vec::new();
    for (above, row) in rows.iter_mut().enumerate() {
        for cell in row.cells.iter_mut().filter(|cell| above + cell.rows > at) {
            open.push(Cell { rows: above + cell.rows - at, ..cell.clone() });
            cell.rows = at - above;
        }
    }
    // Word goes on with a merged cell on the next page without its text.
    open.iter_mut().for_each(|cell| cell.text.clear());
    if let Some(row) = second.first_mut() {
        row.cells.splice(0..0, open);
    }
    if again {
        second.splice(0..0, rows.iter().take_while(|row| row.fields.is_empty()).cloned().collect::<Vec<_>>());
    }
    report.insert(place + 1, Part::Table(second));
    if let Some(text) = between {
        report.insert(place + 1, Part::Text(text.into()));
    }
}

pub fn pages(report: &mut Report) {
    cut(report, 12, false, Some("— 4 —"));
}

pub fn pages_headed(report: &mut Report) {
    cut(report, 12, true, Some("（续表）"));
}

pub fn pages_inside(report: &mut Report) {
    cut(report, 15, true, None);
}

/// Each block of 二 is a table of its own.
pub fn blocks_apart(report: &mut Report) {
    let place = report.iter().position(|part| matches!(part, Part::Table(_))).unwrap();
    let Part::Table(rows) = report.remove(place) else { return };
    let mut parts: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        if row.cells.len() == 1 && row.fields.is_empty() {
            parts.push(Vec::new());
        }
        parts.last_mut().unwrap().push(row);
    }
    report.splice(place..place, parts.into_iter().map(Part::Table));
}

/// The captions of 二 are text between its tables.
pub fn captions_outside(report: &mut Report) {
    blocks_apart(report);
    let mut parts = Vec::new();
    for mut part in std::mem::take(report) {
        if let Part::Table(rows) = &mut part
            && rows[0].cells.len() == 1
            && rows[0].fields.is_empty()
        {
            parts.push(Part::Text(rows.remove(0).cells[0].text.clone()));
        }
        parts.push(part);
    }
    *report = parts;
}

/// 二 has no captions and one row of headings for each kind of number.
pub fn captions_gone(report: &mut Report) {
    tables(report)[0].retain(|row| row.cells.len() > 1 || !row.fields.is_empty());
}

/// Each section's heading is the first row of its table.
pub fn headings_inside(report: &mut Report) {
    for at in (1..report.len()).rev() {
        if let Part::Text(text) = report[at - 1].clone()
            && let Part::Table(rows) = &mut report[at]
        {
            let width =
                rows.iter().map(|row| row.cells.iter().map(|cell| cell.columns).sum()).max().unwrap_or(1);
            rows.insert(0, Row { cells: vec![heading(&text, 1, width)], fields: Vec::new() });
            report.remove(at - 1);
        }
    }
}

/// All three tables are one, each heading a row of it.
pub fn one_table(report: &mut Report) {
    headings_inside(report);
    let mut all: Vec<Row> = Vec::new();
    let first = report.iter().position(|part| matches!(part, Part::Table(_))).unwrap();
    for part in &mut *report {
        if let Part::Table(rows) = part {
            all.append(rows);
        }
    }
    report.retain(|part| !matches!(part, Part::Table(rows) if rows.is_empty()));
    report.insert(first, Part::Table(all));
}

fn review(report: &mut Report) -> &mut Vec<Row> {
    tables(report).swap_remove(2)
}

/// 四 in three rows.
pub fn review_rows(report: &mut Report) {
    let rows = review(report);
    let row = rows.pop().unwrap();
    let mut head = vec![heading("", 1, 1)];
    head.extend(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"].map(|name| heading(name, 1, 1)));
    *rows = vec![Row { cells: head, fields: Vec::new() }];
    for (at, name) in ["行政复议", "未经复议直接起诉", "复议后起诉"].into_iter().enumerate()
    {
        let mut cells = vec![Cell::new(Kind::Label, name)];
        cells.extend(row.cells.iter().filter(|cell| cell.kind == Kind::Value).skip(at * 5).take(5).cloned());
        rows.push(Row { cells, fields: row.fields[at * 5..at * 5 + 5].to_vec() });
    }
}

/// 四 in two tables, 行政复议 and 行政诉讼.
pub fn review_apart(report: &mut Report) {
    let rows = review(report);
    let row = rows.pop().unwrap();
    let names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let heads = |times: usize| Row {
        cells: (0..times).flat_map(|_| names).map(|name| heading(name, 1, 1)).collect(),
        fields: Vec::new(),
    };
    let numbers = |from: usize, count: usize| Row {
        cells: row.cells[from..from + count].to_vec(),
        fields: row.fields[from..from + count].to_vec(),
    };
    *rows = vec![Row { cells: vec![heading("行政复议", 1, 5)], fields: Vec::new() }, heads(1), numbers(0, 5)];
    let second = vec![
        Row { cells: vec![heading("行政诉讼", 1, 10)], fields: Vec::new() },
        Row {
            cells: vec![heading("未经复议直接起诉", 1, 5), heading("复议后起诉", 1, 5)],
            fields: Vec::new(),
        },
        heads(2),
        numbers(5, 10),
    ];
    let place = report.iter().rposition(|part| matches!(part, Part::Table(_))).unwrap();
    report.insert(place + 1, Part::Table(second));
}

pub fn units_in_cells(report: &mut Report) {
    each_value(report, |text| {
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            format!("{text}件")
        } else {
            text.into()
        }
    });
}

pub fn units_spaced(report: &mut Report) {
    each_value(report, |text| {
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            format!("{text} 项")
        } else {
            text.into()
        }
    });
}

pub fn wide_digits(report: &mut Report) {
    each_value(report, |text| {
        text.chars()
            .map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 - 0x30 + 0xff10).unwrap() } else { c })
            .collect()
    });
}

pub fn thousands(report: &mut Report) {
    each_value(report, |text| match text.parse::<u64>() {
        Ok(number) if number > 999 => {
            let digits = number.to_string();
            let head = digits.len() % 3;
            let mut out = digits[..head].to_string();
            for at in (head..digits.len()).step_by(3) {
                if !out.is_empty() {
                    out.push(',');
                }
                out.push_str(&digits[at..at + 3]);
            }
            out
        }
        _ => text.into(),
    });
}

pub fn units_in_headings(report: &mut Report) {
    each_cell(report, |cell| {
        if cell.kind == Kind::Heading {
            for name in ["本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量"]
            {
                cell.text = cell.text.replace(name, &format!("{name}（件）"));
            }
        }
    });
}

pub fn title_two_lines(report: &mut Report) {
    let Part::Text(title) = &report[0] else { return };
    let at = title.find("政府信息公开").unwrap() + "政府信息公开".len();
    let (first, second) = (title[..at].to_string(), title[at..].to_string());
    report.splice(0..1, [Part::Text(first), Part::Text(second)]);
}

pub fn furniture(report: &mut Report) {
    let before = [
        "当前位置：首页 > 政府信息公开 > 政府信息公开年报",
        "索引号：11370000/2024-00012",
        "发布日期：2024-01-18 15:20:11",
        "浏览次数：128次",
        "字体：[大][中][小]",
    ];
    let after = [
        "附件：年度报告.docx",
        "扫一扫在手机打开当前页",
        "主办：示例县人民政府  承办：示例县水务局",
        "网站标识码：0000000000  备案号：示ICP备00000000号",
        "联系电话：0000-0000000",
    ];
    report.splice(1..1, before.map(|text| Part::Text(text.into())));
    report.extend(after.map(|text| Part::Text(text.into())));
}

pub fn signed_on_line(report: &mut Report) {
    let signed: Vec<Part> = report.drain(report.len() - 2..).collect();
    if let Some(Part::Text(last)) = report.last_mut() {
        for part in signed {
            let Part::Text(text) = part else { continue };
            last.push(' ');
            last.push_str(&text);
        }
    }
}

/// 三 stands twice more in pieces of prose with numbers around it.
pub fn prose_inside(report: &mut Report) {
    let at = report.iter().enumerate().filter(|(_, part)| matches!(part, Part::Table(_))).nth(1).unwrap().0;
    report.insert(at + 1, Part::Text("注：本年新收政府信息公开申请含网上申请2件。".into()));
    report.insert(at, Part::Text("2023年，共收到政府信息公开申请5件，答复5件，具体情况如下：".into()));
    report.insert(at - 1, Part::Text("全年办理行政许可37件，行政处罚11件。".into()));
}
