//! Where in a source each cell was read: told by giving every paragraph and row a number of its own while
//! the source is aligned, and by looking up afterwards what has that number.

use std::collections::BTreeMap;

use super::source::{Source, SourcePart};
use super::{Import, OpenField};
use crate::draft::Value;

/// How much of a row is quoted: so many characters of its beginning, and of its end, where the numbers are.
const QUOTED: (usize, usize) = (10, 22);

/// Where the paragraphs and rows of a source are, by their numbers.
pub struct SourceIndex {
    /// The first has number 1.
    list: Vec<Place>,
    /// Whether a line is shown by its number; else tables and rows are.
    by_line: bool,
    /// Whether lines are pages.
    by_page: bool,
}

#[derive(Clone, Copy)]
struct Place {
    line: usize,
    /// The table and the row in it, each from 1; `None` for a paragraph.
    row: Option<(usize, usize)>,
}

impl SourceIndex {
    /// Numbers the paragraphs and rows of a source anew, in its order, in place of their lines.
    pub fn number(source: &mut Source) -> SourceIndex {
        let mut list: Vec<Place> = Vec::new();
        let mut number = |line: &mut usize, row: Option<(usize, usize)>| {
            list.push(Place { line: *line, row });
            *line = list.len();
        };
        let mut tables = 0;
        for part in &mut source.parts {
            match part {
                // What is beside the text has no line.
                SourcePart::Aside { line: 0, .. } => {}
                SourcePart::Paragraph { line, .. }
                | SourcePart::Picture { line }
                | SourcePart::Aside { line, .. } => number(line, None),
                SourcePart::Table(table) => {
                    tables += 1;
                    for (at, row) in table.rows.iter_mut().enumerate() {
                        number(&mut row.line, Some((tables, at + 1)));
                    }
                    table.line = table.rows.first().map_or(0, |row| row.line);
                }
            }
        }
        let rows = || list.iter().filter(|place| place.row.is_some());
        let shared = rows().zip(rows().skip(1)).filter(|(place, next)| place.line == next.line).count();
        // A page may have many rows on a line.
        let by_line = source.format.has_lines() && shared * 2 < rows().count().max(1);
        let by_page = source.format.is_paged();
        SourceIndex { list, by_line, by_page }
    }

    /// Puts the lines of the source back into what was read of it, and adds where each row of a table was
    /// read.
    pub fn resolve(&self, import: &mut Import) {
        for OpenField { field, line, .. } in &mut import.open {
            if let Some(place) = self.label(*line) {
                import.locations.insert(field.clone(), place);
            }
            *line = self.line(*line);
            if let Value::Unread(unread) = import.draft.get(field.as_str()) {
                let mut unread = unread.clone();
                unread.line = *line;
                import.draft.set(field.clone(), Value::Unread(unread));
            }
        }
        for unplaced in &mut import.unplaced {
            unplaced.line = self.line(unplaced.line);
        }
        let rows: BTreeMap<String, String> = std::mem::take(&mut import.rows)
            .into_iter()
            .filter_map(|(row, (number, text))| {
                Some((row, format!("{}“{}”", self.label(number)?, quoted(&text))))
            })
            .collect();
        if let Some(provenance) = &mut import.draft.provenance {
            provenance.rows = rows;
        }
    }

    fn place(&self, number: usize) -> Option<Place> {
        self.list.get(number.checked_sub(1)?).copied()
    }

    fn line(&self, number: usize) -> usize {
        self.place(number).map_or(0, |place| place.line)
    }

    /// Returns where a paragraph or row is, in words; `None` if that can be said neither by line nor by table.
    fn label(&self, number: usize) -> Option<String> {
        match self.place(number)? {
            Place { line, .. } if self.by_line && line > 0 => Some(format!("第{line}行")),
            Place { row: Some((table, row)), line } if self.by_page => {
                Some(format!("第{line}页表{table}第{row}行"))
            }
            Place { line, .. } if self.by_page => Some(format!("第{line}页")),
            Place { row: Some((table, row)), .. } => Some(format!("表{table}第{row}行")),
            Place { .. } => None,
        }
    }
}

/// Returns the beginning and the end of a row.
fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split(['|', '\n']).flat_map(str::split_whitespace).collect();
    let text: Vec<char> = words.join(" ").chars().collect();
    let (head, tail) = QUOTED;
    if text.len() <= head + tail + 1 {
        return text.into_iter().collect();
    }
    let [head, tail] =
        [&text[..head], &text[text.len() - tail..]].map(|part| part.iter().collect::<String>());
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::super::import;
    use crate::form::Library;

    const PAGE: &str = "<h2>三、收到和处理政府信息公开申请情况</h2><table><tr><td>一、本年新收政府信息公开申请数量\
        <td>5<td>0<td>0<td>0<td>0<td>0<td>5</tr>\n<tr><td>二、上年结转政府信息公开申请数量<td>约1<td>0<td>0<td>0<td>0\
        <td>0<td>1</table>";

    fn read(name: &str, text: &str) -> super::Import {
        import(name, text.as_bytes(), "2026-01-20", &Library::new()).unwrap()
    }

    #[test]
    fn each_row_knows_the_line_it_was_read_from() {
        let found = read("a.html", PAGE);
        let rows = &found.draft.provenance.as_ref().unwrap().rows;
        assert_eq!(rows["requests.new"], "第1行“一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5”");
        assert!(rows["requests.carried_in"].starts_with("第2行“二、上年结转"), "{rows:?}");
        let open =
            found.open.iter().find(|open| open.field.as_str() == "requests.carried_in.natural").unwrap();
        assert_eq!((open.line, &*found.locations[&open.field]), (2, "第2行"));
        assert_eq!(found.draft.get("requests.carried_in.natural").unread().unwrap().line, 2);
    }

    #[test]
    fn a_file_of_one_line_is_shown_by_table_and_row() {
        let found = read("a.html", &PAGE.replace('\n', ""));
        let rows = &found.draft.provenance.as_ref().unwrap().rows;
        assert!(rows["requests.carried_in"].starts_with("表1第2行“"), "{rows:?}");
        let open =
            found.open.iter().find(|open| open.field.as_str() == "requests.carried_in.natural").unwrap();
        assert_eq!((open.line, &*found.locations[&open.field]), (1, "表1第2行"));
    }
}
