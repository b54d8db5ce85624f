//! The report as one web page, or as the part of a page that is pasted into a site's editor.
//!
//! Conforming HTML without script: tables with `caption`, `thead`, `th scope` and every merged cell,
//! so that a screen reader and a program can read them.

use super::escape::markup;
use super::layout::{Level, Paragraph, Piece, Report, Table};
use crate::draft::{Draft, read_date};
use crate::form::{Form, GridCell, Role};

/// The looks of the page: black on white, tables that scroll sideways on a telephone, A4 in print.
const STYLE: &str = include_str!("page.css");

/// Where the looks come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// From the page's own style sheet.
    Page,
    /// From attributes, for editors that throw style sheets away.
    Inline,
}

/// The report as one self-contained page.
pub fn html(form: &Form, draft: &Draft) -> String {
    let report = Report::new(form, draft);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        markup(&report.name),
        article(&report, Looks::Page)
    )
}

/// The report as the part of a page: no head, no style sheet, the tables' lines as attributes.
pub fn fragment(form: &Form, draft: &Draft) -> String {
    article(&Report::new(form, draft), Looks::Inline)
}

fn article(report: &Report, looks: Looks) -> String {
    let mut out = String::from("<article>\n");
    for piece in &report.pieces {
        match piece {
            // A table's heading is its caption.
            Piece::Text(text) if text.level == Level::Section && text.fields.is_empty() => {}
            Piece::Text(text) => paragraph(&mut out, text, looks),
            Piece::Table(it) => table(&mut out, it, looks),
        }
    }
    out.push_str("</article>\n");
    out
}

fn paragraph(out: &mut String, it: &Paragraph, looks: Looks) {
    let text = markup(&it.text);
    let line = match it.level {
        Level::Title => format!("<h1{}>{text}</h1>", style(looks, "text-align:center")),
        Level::Under => format!("<p class=\"under\"{}>{text}</p>", style(looks, "text-align:center")),
        Level::Section => format!("<h2>{text}</h2>"),
        Level::Body => format!("<p{}>{text}</p>", style(looks, "text-indent:2em")),
        Level::Sub if it.lead == it.text.len() => {
            format!("<h3{}>{text}</h3>", style(looks, "text-indent:2em"))
        }
        Level::Sub => {
            let (lead, rest) = it.text.split_at(it.lead);
            let indent = style(looks, "text-indent:2em");
            format!("<p{indent}><strong>{}</strong>{}</p>", markup(lead), markup(rest))
        }
        Level::Signed => format!("<p class=\"signed\"{}>{text}</p>", style(looks, "text-align:right")),
        Level::Dated => {
            let day = read_date(&it.text);
            let text = day.map_or(text.clone(), |day| format!("<time datetime=\"{day}\">{text}</time>"));
            format!("<p class=\"signed\"{}>{text}</p>", style(looks, "text-align:right"))
        }
    };
    out.push_str(&line);
    out.push('\n');
}

fn table(out: &mut String, table: &Table, looks: Looks) {
    let around = style(looks, "overflow-x:auto");
    let collapse = style(looks, "border-collapse:collapse;width:100%");
    let left = style(looks, "text-align:left");
    let heading = markup(&table.heading);
    // Narrow columns, whose headings are to break in the middle.
    let wide = if table.grid.columns > 12 { " class=\"wide\"" } else { "" };
    out.push_str(&format!(
        "<div class=\"table\" role=\"region\" aria-label=\"{heading}\" tabindex=\"0\"{around}>\n<table{wide}{collapse}>\n\
         <caption{left}><h2>{heading}</h2></caption>\n"
    ));
    let head = table.grid.head_rows;
    if head > 0 {
        out.push_str("<thead>\n");
        rows(out, table, 0..head, looks);
        out.push_str("</thead>\n");
    }
    for block in table.blocks() {
        out.push_str("<tbody>\n");
        rows(out, table, block.start.max(head)..block.end, looks);
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</div>\n");
}

fn rows(out: &mut String, table: &Table, rows: std::ops::Range<usize>, looks: Looks) {
    for row in rows {
        out.push_str("<tr>");
        table.row(row).for_each(|it| cell(out, it, looks));
        out.push_str("</tr>\n");
    }
}

fn cell(out: &mut String, cell: &GridCell, looks: Looks) {
    let (tag, scope) = match cell.role {
        Role::Caption => ("th", " scope=\"rowgroup\""),
        Role::Heading => ("th", " scope=\"col\""),
        Role::Stub => ("th", " scope=\"row\""),
        Role::Value(_) => ("td", ""),
    };
    let rows = if cell.rows > 1 { format!(" rowspan=\"{}\"", cell.rows) } else { String::new() };
    let columns = if cell.columns > 1 { format!(" colspan=\"{}\"", cell.columns) } else { String::new() };
    let align = if cell.role == Role::Stub { "left" } else { "center" };
    let looks = style(looks, &format!("border:1px solid #000;padding:4px;text-align:{align}"));
    let text = markup(&cell.text);
    out.push_str(&format!("<{tag}{scope}{rows}{columns}{looks}>{text}</{tag}>"));
}

fn style(looks: Looks, rules: &str) -> String {
    if looks == Looks::Inline { format!(" style=\"{rules}\"") } else { String::new() }
}
