//! The report as one web page, or as the part of a page that is pasted into a site's editor.
//!
//! Conforming HTML without script: tables with `caption`, `thead`, `th scope` and every merged cell,
//! so that a screen reader and a program can read them.

use super::escape::escape_markup;
use super::layout::{Paragraph, ParagraphStyle, PrintedTable, Report, ReportPart};
use super::title::title_lines;
use crate::draft::{Draft, parse_date};
use crate::form::{Form, GridCell, Role};

/// The style of the page: black on white, tables that scroll sideways on a phone, A4 in print.
const STYLE_SHEET: &str = include_str!("page.css");

/// The columns of a title from which on it may break after a word; it does so where the page is narrower.
const TITLE_COLUMNS: usize = 36;

/// Where the style comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StyleSource {
    /// From the page's own style sheet.
    StyleSheet,
    /// From attributes, for editors that remove style sheets.
    Inline,
}

/// Returns the report as one self-contained page.
pub fn to_html(form: &Form, draft: &Draft) -> String {
    let report = Report::new(form, draft);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE_SHEET}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        escape_markup(&report.name),
        render_article(&report, StyleSource::StyleSheet)
    )
}

/// Returns the report as the part of a page: no head, no style sheet, the tables' lines as attributes.
pub fn to_html_fragment(form: &Form, draft: &Draft) -> String {
    render_article(&Report::new(form, draft), StyleSource::Inline)
}

fn render_article(report: &Report, style: StyleSource) -> String {
    let mut out = String::from("<article>\n");
    for piece in &report.parts {
        match piece {
            // A table's heading is its caption.
            ReportPart::Text(text) if text.style == ParagraphStyle::Heading && text.fields.is_empty() => {}
            ReportPart::Text(text) => write_paragraph(&mut out, text, &report.unit, style),
            ReportPart::Table(it) => write_table(&mut out, it, style),
        }
    }
    out.push_str("</article>\n");
    out
}

fn write_paragraph(out: &mut String, it: &Paragraph, unit: &str, style: StyleSource) {
    let text = escape_markup(&it.text);
    let line = match it.style {
        ParagraphStyle::Title => {
            let lines = title_lines(&it.text, unit, TITLE_COLUMNS).into_iter().map(|line| {
                format!(
                    "<span{}>{}</span>",
                    style_attribute(style, "display:inline-block"),
                    escape_markup(line)
                )
            });
            let centred = style_attribute(style, "text-align:center");
            format!("<h1{centred}>{}</h1>", lines.collect::<String>())
        }
        ParagraphStyle::Subtitle => {
            format!("<p class=\"under\"{}>{text}</p>", style_attribute(style, "text-align:center"))
        }
        ParagraphStyle::Heading => format!("<h2>{text}</h2>"),
        ParagraphStyle::Body => format!("<p{}>{text}</p>", style_attribute(style, "text-indent:2em")),
        ParagraphStyle::Subheading if it.lead == it.text.len() => {
            format!("<h3{}>{text}</h3>", style_attribute(style, "text-indent:2em"))
        }
        ParagraphStyle::Subheading => {
            let (lead, rest) = it.text.split_at(it.lead);
            let indent = style_attribute(style, "text-indent:2em");
            format!("<p{indent}><strong>{}</strong>{}</p>", escape_markup(lead), escape_markup(rest))
        }
        ParagraphStyle::Signature => {
            format!("<p class=\"signed\"{}>{text}</p>", style_attribute(style, "text-align:right"))
        }
        ParagraphStyle::Date => {
            let day = parse_date(&it.text);
            let text = day.map_or(text.clone(), |day| format!("<time datetime=\"{day}\">{text}</time>"));
            format!("<p class=\"signed\"{}>{text}</p>", style_attribute(style, "text-align:right"))
        }
    };
    out.push_str(&line);
    out.push('\n');
}

fn write_table(out: &mut String, table: &PrintedTable, style: StyleSource) {
    let around = style_attribute(style, "overflow-x:auto");
    let collapse = style_attribute(style, "border-collapse:collapse;width:100%");
    let left = style_attribute(style, "text-align:left");
    let heading = escape_markup(&table.heading);
    // Narrow columns, whose headings are to break in the middle.
    let wide = if table.grid.columns > 12 { " class=\"wide\"" } else { "" };
    out.push_str(&format!(
        "<div class=\"table\" role=\"region\" aria-label=\"{heading}\" tabindex=\"0\"{around}>\n<table{wide}{collapse}>\n\
         <caption{left}><h2>{heading}</h2></caption>\n"
    ));
    let head = table.grid.heading_rows;
    if head > 0 {
        out.push_str("<thead>\n");
        write_rows(out, table, 0..head, style);
        out.push_str("</thead>\n");
    }
    for block in table.blocks() {
        out.push_str("<tbody>\n");
        write_rows(out, table, block.start.max(head)..block.end, style);
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</div>\n");
}

fn write_rows(out: &mut String, table: &PrintedTable, rows: std::ops::Range<usize>, style: StyleSource) {
    for row in rows {
        out.push_str("<tr>");
        table.row(row).for_each(|it| write_cell(out, it, style));
        out.push_str("</tr>\n");
    }
}

fn write_cell(out: &mut String, cell: &GridCell, style: StyleSource) {
    let (tag, scope) = match cell.role {
        Role::Caption => ("th", " scope=\"rowgroup\""),
        Role::Heading => ("th", " scope=\"col\""),
        Role::RowLabel => ("th", " scope=\"row\""),
        Role::Value(_) => ("td", ""),
    };
    let rows = if cell.rows > 1 { format!(" rowspan=\"{}\"", cell.rows) } else { String::new() };
    let columns = if cell.columns > 1 { format!(" colspan=\"{}\"", cell.columns) } else { String::new() };
    let align = if cell.role == Role::RowLabel { "left" } else { "center" };
    let style = style_attribute(style, &format!("border:1px solid #000;padding:4px;text-align:{align}"));
    let text = escape_markup(&cell.text);
    out.push_str(&format!("<{tag}{scope}{rows}{columns}{style}>{text}</{tag}>"));
}

fn style_attribute(style: StyleSource, rules: &str) -> String {
    if style == StyleSource::Inline { format!(" style=\"{rules}\"") } else { String::new() }
}
