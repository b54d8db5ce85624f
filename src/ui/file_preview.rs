//! What is known of a file that is not open: of a draft how far it is and what is wrong with it, of a report its
//! first lines, of a folder what is in it.

use super::canvas::{Canvas, text_width, to_u16, truncated};
use super::progress::draw_progress;
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::check::Severity;
use crate::draft::ReportState;
use crate::editor::file_detail::{DetailFinding, FilePreview, SectionDetail, SectionFill};
use crate::editor::spoken_date::{days_left, spoken_time};
use crate::editor::{DraftDetail, Editor, PreviewContent};
use crate::text::line_break;
use ratatui::layout::Rect;

/// From so many columns on, findings stand beside what else is known of a draft.
const BESIDE_FROM: u16 = 76;
/// The columns of what stands at their left, at most; those of the progress lines.
const LEFT_WIDTH: u16 = 50;
const BAR_WIDTH: u16 = 12;
/// The rows that the sentence of one finding takes at most.
const SENTENCE_ROWS: usize = 2;

/// Draws what is known of the file chosen; nothing as long as it has not been read.
pub fn draw(editor: &Editor, preview: &FilePreview, canvas: &mut Canvas) {
    match &preview.content {
        None => {}
        Some(PreviewContent::Draft(detail)) => draw_draft(editor, detail, canvas),
        Some(PreviewContent::Lines(lines)) => {
            let columns = usize::from(canvas.width());
            let ruler = canvas.width_mode();
            let rows = lines
                .iter()
                .flat_map(|line| line_break::wrap(line, columns, ruler).into_iter().map(|row| &line[row]));
            for (y, row) in (0..canvas.height()).zip(rows) {
                canvas.text(0, y, row, StyleRole::Note);
            }
            if lines.is_empty() {
                canvas.text(0, 0, "没有读到文字", StyleRole::Note);
            }
        }
        Some(PreviewContent::Folder(files)) => {
            let widest = files.iter().map(|(kind, _)| text_width(kind)).max().unwrap_or(0);
            for (y, (kind, name)) in (0..canvas.height()).zip(files) {
                canvas.text(0, y, kind, StyleRole::Note);
                let columns = usize::from(canvas.width().saturating_sub(widest + 2));
                canvas.text(widest + 2, y, &truncated(name, columns), StyleRole::Text);
            }
            if files.is_empty() {
                canvas.text(0, 0, "里面没有草稿和可以导入的文件", StyleRole::Note);
            }
        }
        Some(PreviewContent::Nothing(why)) => {
            let columns = usize::from(canvas.width());
            for (y, row) in (0..canvas.height()).zip(line_break::wrap(why, columns, canvas.width_mode())) {
                canvas.text(0, y, &why[row], StyleRole::Note);
            }
        }
    }
}

/// Facts and sections; the findings beside or under them.
fn draw_draft(editor: &Editor, detail: &DraftDetail, canvas: &mut Canvas) {
    let Rect { x, y, width, height } = canvas.area();
    if width >= BESIDE_FROM {
        let own = (width / 2 - 2).min(LEFT_WIDTH);
        let below = draw_facts(editor, detail, &mut canvas.within(Rect { x, y, width: own, height }));
        let rest = Rect { x, y: y + below, width: own, height: height.saturating_sub(below) };
        draw_sections(detail, &mut canvas.within(rest));
        let right = Rect { x: x + own + 4, y, width: width - own - 4, height };
        draw_findings(detail, &mut canvas.within(right));
        return;
    }
    let mut used = draw_facts(editor, detail, canvas);
    for draw in [draw_sections, draw_findings] {
        let rest = Rect { x, y: y + used, width, height: height.saturating_sub(used) };
        used += draw(detail, &mut canvas.within(rest)) + 1;
    }
}

/// Draws when it was saved, until when it has to be handed in, last year's report, and how far it is; returns the
/// rows used, with a blank one.
fn draw_facts(editor: &Editor, detail: &DraftDetail, canvas: &mut Canvas) -> u16 {
    let progress = &detail.progress;
    let cells = progress.cells;
    let open = cells.filled < cells.all || progress.errors > 0;
    let left = progress.due.zip(editor.today).map(|(due, today)| {
        let (left, hurry) = days_left(due, today);
        let is_open = open && progress.state != ReportState::Final;
        let day = format!("{}年{}月{}日前", due.year(), due.month(), due.day());
        match is_open {
            true => (format!("{day}，{}", left.replace("距报送期限", "")), hurry),
            false => (day, false),
        }
    });
    let saved = detail.saved_at.map_or(String::new(), |saved| spoken_time(saved, editor.today));
    let last_year = match &detail.last_year {
        None => ("没有接上年的报告".to_string(), StyleRole::Note),
        Some((name, true)) => (name.clone(), StyleRole::Text),
        Some((name, false)) => (format!("{name}（找不到）"), StyleRole::Attention),
    };
    let state = format!("{}，{}", progress.state.label(), detail.form);
    let (due, hurry) = left.unwrap_or_else(|| ("封面填写机关类别后写明".into(), false));
    let due_role = if hurry { StyleRole::Attention } else { StyleRole::Text };
    let facts = [
        ("状态", state, StyleRole::Text),
        ("保存", saved, StyleRole::Text),
        ("期限", due, due_role),
        ("上年", last_year.0, last_year.1),
    ];
    let mut y = 0;
    for (name, text, role) in facts.into_iter().filter(|(_, text, _)| !text.is_empty()) {
        let x = canvas.text(0, y, name, StyleRole::Note) + 2;
        let columns = usize::from(canvas.width().saturating_sub(x));
        canvas.text(x, y, &truncated(&text, columns), role);
        y += 1;
    }
    y + 1
}

/// Draws a line for each section: its name, how far it is, what is marked there; returns the rows used.
fn draw_sections(detail: &DraftDetail, canvas: &mut Canvas) -> u16 {
    let name_width = detail.sections.iter().map(|section| text_width(&section.name)).max().unwrap_or(0);
    let said: Vec<String> = detail.sections.iter().map(fill_text).collect();
    let widest = said.iter().map(|text| text_width(text)).max().unwrap_or(0);
    let rows = canvas.height();
    for (y, (section, said)) in (0..rows).zip(detail.sections.iter().zip(&said)) {
        canvas.text(0, y, &section.name, StyleRole::Text);
        let end = name_width + 2 + widest;
        let role = if is_blank(section) { StyleRole::Note } else { StyleRole::Text };
        canvas.text_right(end, y, said, role);
        let mut x = end + 2;
        if x + BAR_WIDTH + 6 <= canvas.width() {
            if let SectionFill::Cells(cells) = section.fill {
                draw_progress(canvas, (x, y), BAR_WIDTH, cells);
            }
            x += BAR_WIDTH + 2;
        }
        let (errors, warnings) = section.marks;
        for (severity, count) in [(Severity::Error, errors), (Severity::Warning, warnings)] {
            if count > 0 {
                let text = format!("{}{count}", severity_mark(severity));
                x = canvas.text(x, y, &text, severity_role(severity)) + 1;
            }
        }
    }
    rows.min(to_u16(said.len()))
}

fn fill_text(section: &SectionDetail) -> String {
    match section.fill {
        SectionFill::Cells(cells) => format!("{}/{}", cells.filled, cells.all),
        SectionFill::Characters(0) => "未写".into(),
        SectionFill::Characters(count) => format!("{count} 字"),
    }
}

fn is_blank(section: &SectionDetail) -> bool {
    match section.fill {
        SectionFill::Cells(cells) => cells.filled == 0,
        SectionFill::Characters(count) => count == 0,
    }
}

/// Draws the findings in whole sentences, as many as fit; returns the rows used.
fn draw_findings(detail: &DraftDetail, canvas: &mut Canvas) -> u16 {
    let height = canvas.height();
    let Some(last) = height.checked_sub(1) else { return 0 };
    if detail.findings.is_empty() {
        let is_whole = detail.progress.cells.filled == detail.progress.cells.all;
        let (text, role) = match is_whole {
            true => ("检查通过", StyleRole::Agree),
            false => ("已填的部分没有发现问题", StyleRole::Note),
        };
        canvas.text(0, 0, text, role);
        return 1;
    }
    let mut y = 0;
    for (number, finding) in detail.findings.iter().enumerate() {
        let rows = finding_rows(finding, canvas);
        let is_last = number + 1 == detail.findings.len();
        // The last row says how many more there are.
        if y + to_u16(rows.len()) > if is_last { height } else { last } {
            let more = format!("另有 {} 条", detail.findings.len() - number);
            canvas.text(2, y.min(last), &more, StyleRole::Note);
            return height.min(y + 1);
        }
        let role = severity_role(finding.severity);
        canvas.text(0, y, severity_mark(finding.severity), role);
        let width = canvas.width();
        canvas.text_right(width, y, &finding.rule, StyleRole::Note);
        for row in rows {
            canvas.text(2, y, &row, role);
            y += 1;
        }
    }
    y
}

/// The sentence of a finding in rows: its rule stands at the end of the first.
fn finding_rows(finding: &DetailFinding, canvas: &Canvas) -> Vec<String> {
    let columns = usize::from(canvas.width().saturating_sub(2 + 2 + text_width(&finding.rule)));
    let wrapped = line_break::wrap(&finding.message, columns, canvas.width_mode());
    let mut rows: Vec<String> =
        wrapped.iter().take(SENTENCE_ROWS).map(|row| finding.message[row.clone()].to_string()).collect();
    if let (Some(start), Some(row)) = (wrapped.get(SENTENCE_ROWS - 1), rows.get_mut(SENTENCE_ROWS - 1)) {
        *row = truncated(&finding.message[start.start..], columns).into_owned();
    }
    rows
}
