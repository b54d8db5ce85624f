//! What stands beside table or text in a wide window: all that is known of the place of the cursor.

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;

use super::command::Command;
use super::cursor::finding_target;
use super::document::Document;
use super::layout::ScreenAreas;
use super::view::{CachedPreview, View};
use super::{Editor, alarm, figures, findings_list, tally_sentence};
use crate::check::{Finding, Severity, Verdict};
use crate::compile::shares;
use crate::export::preview::PreviewLine;
use crate::form::{FieldId, Kind};
use crate::text::line_break;

/// One box of the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBox {
    /// What it is about.
    pub title: &'static str,
    /// Its lines.
    pub lines: Vec<SideLine>,
}

/// One line of a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideLine {
    /// What it is.
    pub kind: SideKind,
    /// Its text, which is cut where it is too long.
    pub text: String,
    /// What stands at its right end.
    pub aside: String,
    /// Where a click on it leads; `None` if nowhere.
    pub target: Option<SideTarget>,
}

/// Where a line of the pane leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SideTarget {
    /// To a field, and to a byte of its text.
    Place(FieldId, Option<usize>),
    /// To the draft of a unit.
    Unit(PathBuf),
    /// To what a key does that is written at its left, and what one does at its right.
    Keys(Command, Command),
}

/// Columns between the body and a box, and those of a box's sides and blanks.
const GAP: u16 = 1;
const SIDES: u16 = 4;

/// The part of an area beside the body that a box can take.
pub fn within_gap(area: Rect) -> Rect {
    Rect { x: area.x + GAP, width: area.width.saturating_sub(GAP), ..area }
}

/// Returns the boxes that there is room for, each with its place.
pub fn placed_boxes(
    editor: &Editor,
    document: &Document,
    view: &View,
    areas: &ScreenAreas,
) -> Vec<(SideBox, Rect)> {
    let side = within_gap(areas.side);
    if side.width <= SIDES {
        return Vec::new();
    }
    let mut y = side.y;
    let boxes = side_boxes(editor, document, view, usize::from(side.width - SIDES));
    let place = |one: SideBox| {
        let height = u16::try_from(one.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let area = Rect { y, height, ..side };
        y = y.saturating_add(height);
        (y <= side.bottom()).then_some((one, area))
    };
    boxes.into_iter().map_while(place).collect()
}

/// Returns the line that stands at a place of the screen, and whether the place is in its right half.
pub fn line_at(
    editor: &Editor,
    document: &Document,
    view: &View,
    areas: &ScreenAreas,
    (column, row): (u16, u16),
) -> Option<(SideLine, bool)> {
    let boxes = placed_boxes(editor, document, view, areas);
    let (one, area) = boxes.into_iter().find(|(_, area)| area.contains((column, row).into()))?;
    let line = one.lines.into_iter().nth(usize::from(row.checked_sub(area.y + 1)?))?;
    Some((line, column >= area.x + area.width / 2))
}

/// What a line of a box is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideKind {
    /// A fact.
    Text,
    /// Something wrong.
    Wrong,
    /// Something to look at.
    Attention,
    /// Something that agrees.
    Agree,
    /// Something that matters less.
    Note,
    /// What can be done, with its key.
    Key,
}

/// The findings elsewhere, the quotes and the units that are listed at the most.
const MOST_FINDINGS: usize = 6;
const MOST_QUOTES: usize = 5;
const MOST_UNITS: usize = 6;
/// The lines of a finding's sentence.
const SENTENCE_LINES: usize = 4;

impl View {
    /// Computes the preview that stands beside, `width` columns wide, unless that was done since the last
    /// change; 0 where none does.
    pub fn ensure_side_preview(&mut self, document: &Document, width: usize) {
        // The terminal may have answered since how it draws lines.
        let key = (width, self.width_mode);
        if width > 0 && self.cached_preview.as_ref().is_none_or(|cache| cache.key != key) {
            self.cached_preview = Some(CachedPreview { key, lines: self.preview_lines(document, width) });
        }
    }

    /// The report as it will be printed, to stand beside; empty before
    /// [`ensure_side_preview`](Self::ensure_side_preview).
    pub fn side_preview(&self) -> &[PreviewLine] {
        self.cached_preview.as_ref().map_or(&[], |cache| &cache.lines)
    }
}

/// Returns the boxes of the pane for sentences of `width` columns.
fn side_boxes(editor: &Editor, document: &Document, view: &View, width: usize) -> Vec<SideBox> {
    let Some(id) = view.current_field(document) else { return Vec::new() };
    let boxes = [
        SideBox {
            title: if view.in_text() { "当前段落" } else { "这一格" },
            lines: here(editor, document, view, width),
        },
        SideBox { title: "上年", lines: last_year(document, &id) },
        SideBox { title: "正文引用", lines: quotes(document, &id) },
        SideBox { title: "各单位", lines: units(document, &id) },
        SideBox { title: "其他问题", lines: elsewhere(document, view) },
        SideBox { title: "来源", lines: source(document, &id, width) },
    ];
    boxes.into_iter().filter(|it| !it.lines.is_empty()).collect()
}

fn line(kind: SideKind, text: impl Into<String>) -> SideLine {
    SideLine { kind, text: text.into(), aside: String::new(), target: None }
}

/// What is wrong here, and what to do about it.
fn here(editor: &Editor, document: &Document, view: &View, width: usize) -> Vec<SideLine> {
    let found = view.findings_at_cursor(document);
    let Some(finding) = found.first().map(|&at| &document.findings[at]) else {
        let Some(figure) = view.figure_at_caret(document) else {
            return vec![line(SideKind::Note, "没有问题")];
        };
        let figure = format!("{}{}", figure.quoted, figures::figure_line(document, figure));
        let rows = line_break::wrap(&figure, width, editor.width_mode);
        return rows.into_iter().map(|row| line(SideKind::Text, &figure[row])).collect();
    };
    let (kind, mark) =
        if alarm::is_alarm(document, view, finding) { kind_and_mark(finding) } else { (SideKind::Note, " ") };
    let text = format!("{mark} {}", tally_sentence::sentence(document, view, finding));
    let rows = line_break::wrap(&text, width, editor.width_mode);
    let mut lines: Vec<SideLine> =
        rows.into_iter().take(SENTENCE_LINES).map(|row| line(kind, &text[row])).collect();
    let scope = editor.scope_below_layers();
    let label = |command, text: &str| editor.keys.label(scope, command).map(|key| format!("{key} {text}"));
    let fix = findings_list::fix_text(finding).and_then(|text| label(Command::ApplyFix, &text));
    let basis = label(Command::ExplainFinding, "依据").unwrap_or_default();
    let aside = format!("{basis} {}", finding.rule);
    let target = Some(SideTarget::Keys(Command::ApplyFix, Command::ExplainFinding));
    lines.push(SideLine { kind: SideKind::Key, text: fix.unwrap_or_default(), aside, target });
    if found.len() > 1 {
        lines.push(line(SideKind::Note, format!("这里共 {} 条", found.len())));
    }
    lines
}

fn kind_and_mark(finding: &Finding) -> (SideKind, &'static str) {
    match finding.severity {
        Severity::Error => (SideKind::Wrong, "!"),
        Severity::Warning => (SideKind::Attention, "~"),
        Severity::Remark => (SideKind::Text, " "),
    }
}

/// Last year's number of the cell and of the totals that it is part of, and what has changed.
fn last_year(document: &Document, id: &FieldId) -> Vec<SideLine> {
    if !document.field_kind(id).is_some_and(|kind| kind.is_number()) {
        return Vec::new();
    }
    let sums = document.form.relations().iter().filter(|sum| sum.is_total && sum.right.contains(id));
    let totals = sums.filter_map(|sum| {
        let name = if sum.per == crate::form::Per::Row { "本行合计" } else { "本列合计" };
        Some((name, sum.left.first()?))
    });
    let mut lines = Vec::new();
    for (name, id) in [("这一格", id)].into_iter().chain(totals) {
        let Some(last) = document.last_year_text(id) else { continue };
        let now = document.ledger.display_text(&document.form, &document.draft, id.as_str());
        let change = document.change_since_last_year(id).unwrap_or_default();
        let mut it =
            line(SideKind::Text, format!("{name} {last} → {}", if now.is_empty() { "空" } else { &now }));
        it.aside = change;
        lines.push(it);
    }
    lines
}

/// The passages of the text that quote this cell, agreeing ones too.
fn quotes(document: &Document, id: &FieldId) -> Vec<SideLine> {
    let passages = figures::quotations(document, id).take(MOST_QUOTES);
    passages
        .map(|passage| {
            let (table, _) = &passage.figure.table_and_text;
            let (kind, mark, aside) = match passage.figure.verdict {
                Verdict::Agrees => (SideKind::Agree, "=", passage.place),
                Verdict::Differs => (SideKind::Wrong, "!", format!("表中 {table}")),
                Verdict::Open => (SideKind::Note, " ", passage.place),
            };
            let figure = passage.figure;
            let target = Some(SideTarget::Place(figure.span.field.clone(), Some(figure.number.start)));
            SideLine { kind, text: format!("{mark} {}", passage.excerpt), aside, target }
        })
        .collect()
}

/// What the units gave to a cell of a compiled report, the largest first.
fn units(document: &Document, id: &FieldId) -> Vec<SideLine> {
    let is_number = document.field_kind(id).is_some_and(|kind| kind.is_number());
    let Some(now) = document.current_units.as_ref().filter(|_| is_number) else { return Vec::new() };
    let folder = document.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let all = shares(&document.form, id, &now.contributions);
    let named = all.iter().filter_map(|share| Some((now.unit_sums.units().get(share.unit)?, share)));
    let given = named.filter(|(_, share)| share.amount.is_some_and(|amount| !amount.is_zero()));
    given
        .take(MOST_UNITS)
        .map(|(unit, share)| SideLine {
            kind: SideKind::Text,
            text: unit.unit.clone(),
            aside: share.typed.clone(),
            target: Some(SideTarget::Unit(folder.join(&unit.file))),
        })
        .collect()
}

/// What is wrong at other places, in the order of the form.
fn elsewhere(document: &Document, view: &View) -> Vec<SideLine> {
    let here = view.findings_at_cursor(document);
    let others = document.findings.iter().enumerate().filter(|(at, finding)| {
        !here.contains(at) && finding.severity > Severity::Remark && alarm::is_alarm(document, view, finding)
    });
    let mut lines = Vec::new();
    let (mut more, mut suspects) = (0, Vec::new());
    for (_, finding) in others {
        // What one cell explains is one slip.
        if finding.suspect.as_ref().is_some_and(|suspect| suspects.contains(&suspect)) {
            continue;
        }
        suspects.extend(&finding.suspect);
        if lines.len() == MOST_FINDINGS {
            more += 1;
            continue;
        }
        let (kind, mark) = kind_and_mark(finding);
        let about = finding.suspect.as_ref().or(finding.fields.first());
        let place = about.map_or(finding.message.as_str(), |id| document.form.location(id));
        let numbers = match (&finding.found, &finding.expected) {
            (Some(found), Some(expected)) if found.len() + expected.len() < 12 => {
                format!("{found} / {expected}")
            }
            _ => String::new(),
        };
        let start = finding.span.as_ref().map(|span| span.start);
        let target = finding_target(finding).map(|field| SideTarget::Place(field.clone(), start));
        // A text has no cell to name: what is wrong says more than the heading of its section.
        let is_number = about.is_some_and(|id| document.field_kind(id).is_some_and(Kind::is_number));
        let is_text = numbers.is_empty() && !is_number;
        let text = match place.split_once('、').filter(|_| is_text) {
            Some((numeral, _)) => format!("{mark} {numeral}：{}", finding.message),
            None if is_number => format!("{mark} {}", short_place(document, about, place)),
            None => format!("{mark} {place}"),
        };
        lines.push(SideLine { kind, text, aside: numbers, target });
    }
    if more > 0 {
        lines.push(line(SideKind::Note, format!("还有 {more} 条")));
    }
    lines
}

/// A cell by its section, its row and its column, without the headings over the row: they would push out what tells
/// it from others.
fn short_place(document: &Document, id: Option<&FieldId>, place: &str) -> String {
    let field = id.and_then(|id| document.form.field(id.as_str()));
    match (field, place.split_once('·')) {
        (Some(field), Some((numeral, _))) if !field.column.is_empty() => {
            format!("{numeral} {} {}", field.row, field.column)
        }
        _ => place.into(),
    }
}

/// Where an imported draft was read from, and what an unread cell could be.
fn source(document: &Document, id: &FieldId, width: usize) -> Vec<SideLine> {
    let mut lines = Vec::new();
    let from = document.draft.provenance.as_ref();
    let row = from.and_then(|from| from.row_of(id));
    let mut quote = |text: String| {
        let rows = line_break::wrap(&text, width, Default::default()).into_iter().take(SENTENCE_LINES);
        lines.extend(rows.map(|row| line(SideKind::Text, &text[row])));
    };
    let unread = document.draft.get(id.as_str()).unread();
    match (unread, row) {
        (Some(unread), _) => {
            let line = || (unread.line > 0).then(|| format!("第{}行", unread.line));
            let place = from.and_then(|from| from.place_of(id)).map(String::from).or_else(line);
            quote(place.map_or(String::new(), |place| format!("{place}：")) + &unread.text);
        }
        (None, Some(row)) => quote(row.to_string()),
        (None, None) => {}
    }
    if let Some(unread) = unread.filter(|unread| !unread.candidates.is_empty()) {
        lines.push(line(SideKind::Attention, format!("可能是 {}", unread.candidates.join("、"))));
    }
    if let Some(from) = from {
        let (text, aside) = (from.file.clone(), from.date.clone());
        lines.push(SideLine { kind: SideKind::Note, text, aside, target: None });
    }
    lines
}
