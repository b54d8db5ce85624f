//! Figures of the text beside the cells that they quote: what the caret stands in, and which sentences
//! quote a cell. All of it comes from the last check; no text is read again.

use std::ops::Range;

use super::document::Document;
use super::view::View;
use crate::check::{ComparedFigure, Severity, Span, Verdict, compare_narratives};
use crate::draft::Value;
use crate::form::FieldId;
use crate::text::numerals;

/// A passage of a narrative that quotes a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation<'d> {
    /// How it was read, and whether the tables agree.
    pub figure: &'d ComparedFigure,
    /// Where it stands, shortly: `一（二）`, or `一第3段` in a paragraph without a heading of its own.
    pub place: String,
    /// Its words: `予以公开29件`.
    pub excerpt: &'d str,
}

/// Returns the passages that quote a cell, agreeing ones too, in the order of the text.
pub fn quotations<'d>(document: &'d Document, cell: &'d FieldId) -> impl Iterator<Item = Quotation<'d>> {
    document.figures.iter().filter(|figure| figure.fields.contains(cell)).map(|figure| {
        let text = document.draft.text(figure.span.field.as_str());
        let before = text.get(..figure.span.start).unwrap_or_default();
        Quotation {
            figure,
            place: short_place(document, &figure.span.field, before),
            excerpt: text.get(figure.span.start..figure.span.end).unwrap_or_default(),
        }
    })
}

/// Returns the figures that a byte of a narrative is in or touches: several if one passage says several
/// things.
pub fn figures_at<'d>(
    document: &'d Document,
    narrative: &FieldId,
    byte: usize,
) -> impl Iterator<Item = &'d ComparedFigure> {
    let here = |figure: &&ComparedFigure| {
        figure.span.field == *narrative && (figure.span.start..=figure.span.end).contains(&byte)
    };
    // Between two figures it is in the one that begins there.
    let span = document.figures.iter().rfind(here).map(|figure| &figure.span);
    document.figures.iter().filter(move |figure| Some(&figure.span) == span)
}

/// What a mark in a text says about the words under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMarkKind {
    /// A number that the tables agree with.
    Agrees,
    /// A number that the tables disagree with, as a finding of this severity says.
    Differs(Severity),
    /// The words of another finding.
    Finding(Severity),
}

impl TextMarkKind {
    /// Returns how serious the finding behind it is; `None` if there is none.
    pub fn severity(self) -> Option<Severity> {
        match self {
            TextMarkKind::Agrees => None,
            TextMarkKind::Differs(severity) | TextMarkKind::Finding(severity) => Some(severity),
        }
    }
}

/// Marked words of a narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMark {
    /// The bytes of its text.
    pub bytes: Range<usize>,
    /// What the mark says.
    pub kind: TextMarkKind,
}

/// Returns the marks that touch these bytes of a narrative, those of findings first. A number that disagrees
/// is marked as long as its finding is open.
pub fn text_marks(document: &Document, narrative: &str, shown: Range<usize>) -> Vec<TextMark> {
    let is_here =
        |span: &Span| span.field.as_str() == narrative && span.start < shown.end && shown.start < span.end;
    let figures = || document.figures.iter().filter(|figure| is_here(&figure.span));
    let open = document.findings.iter().filter(|finding| finding.is_open());
    let findings = open.filter_map(|finding| {
        let span = finding.span.as_ref().filter(|span| is_here(span))?;
        let figure = figures().find(|figure| figure.rule == finding.rule && figure.span == *span);
        Some(match figure {
            Some(figure) => {
                TextMark { bytes: figure.number.clone(), kind: TextMarkKind::Differs(finding.severity) }
            }
            None => TextMark { bytes: span.start..span.end, kind: TextMarkKind::Finding(finding.severity) },
        })
    });
    let agreeing = figures().filter(|figure| figure.verdict == Verdict::Agrees);
    let agreeing =
        agreeing.map(|figure| TextMark { bytes: figure.number.clone(), kind: TextMarkKind::Agrees });
    findings.chain(agreeing).collect()
}

/// Returns the section's numeral with the heading's or else the number of the paragraph that `before` ends
/// in.
fn short_place(document: &Document, narrative: &FieldId, before: &str) -> String {
    let section = document.form.location(narrative);
    let section = section.split_once(['、', '·']).map_or(section, |(numeral, _)| numeral);
    let paragraph = before.rsplit('\n').next().unwrap_or_default();
    match heading_numeral(paragraph) {
        Some(heading) => format!("{section}{heading}"),
        None => format!("{section}第{}段", before.matches('\n').count() + 1),
    }
}

/// Returns `（二）` of a paragraph that begins with it.
fn heading_numeral(paragraph: &str) -> Option<&str> {
    let rest = paragraph.trim_start();
    let inner = rest.strip_prefix('（')?;
    let close = inner.find('）')?;
    let numeral = &inner[..close];
    let is_numeral = !numeral.is_empty() && numeral.chars().all(|c| numerals::ordinal_value(c).is_some());
    is_numeral.then(|| &rest[..'（'.len_utf8() + close + '）'.len_utf8()])
}

/// A number as it may follow the caret, with its unit: of cases, or of money.
const PROBES: [&str; 2] = ["0件", "0万元"];

/// Returns the figure that a number at the caret would be: the words before it are read as if it stood there.
/// `None` if they name no cell, or none that holds something.
pub fn wanted_figure(document: &Document, view: &View) -> Option<ComparedFigure> {
    let narrative = view.current_field(document).filter(|_| view.in_text())?;
    let caret = view.narrative_editor(document)?.caret();
    let before = document.draft.text(narrative.as_str()).get(..caret)?;
    let read = |probe: &&str| {
        let mut draft = document.draft.clone();
        draft.set(narrative.as_str(), Value::Text(format!("{before}{probe}")));
        let figures = compare_narratives(&document.form, &draft);
        figures.into_iter().rfind(|figure| {
            let is_here = figure.span.field == narrative && figure.number.start == caret;
            is_here && figure.verdict != Verdict::Open && !figure.fields.is_empty()
        })
    };
    PROBES.iter().find_map(read)
}

impl View {
    /// Returns the figure that the caret stands in or touches, one that disagrees first; `None` where nothing
    /// was read.
    pub fn figure_at_caret<'d>(&self, document: &'d Document) -> Option<&'d ComparedFigure> {
        let field = self.current_field(document).filter(|_| self.in_text())?;
        let caret = self.narrative_editor(document)?.caret();
        figures_at(document, &field, caret).min_by_key(|figure| figure.verdict != Verdict::Differs)
    }
}

/// Returns what was read in a figure, to stand behind its words: ` → 三 予以公开 总计 29，相符`.
pub fn figure_line(document: &Document, figure: &ComparedFigure) -> String {
    let (table, _) = &figure.table_and_text;
    match figure.verdict {
        Verdict::Agrees => format!(" → {}，相符", read_as(document, figure, table)),
        Verdict::Differs => format!(" → {}，不相符", read_as(document, figure, &format!("表中 {table}"))),
        Verdict::Open => format!(" → {}，表中尚未填完", read_as(document, figure, "")),
    }
}

/// Returns the cell's place with a number; of several cells the reading, which names their sum.
fn read_as(document: &Document, figure: &ComparedFigure, number: &str) -> String {
    let section = |id: &FieldId| {
        let place = document.form.location(id);
        place.split_once('·').map_or(place, |(section, _)| section).to_string()
    };
    match &figure.fields[..] {
        [cell] if figure.rule != "N3" => {
            let Some(field) = document.form.field(cell.as_str()) else { return number.to_string() };
            format!("{} {} {} {number}", section(cell), field.row, field.column).trim_end().to_string()
        }
        fields => {
            let reading = figure.readings.first().map_or("", String::as_str);
            fields.first().map_or(reading.to_string(), |cell| format!("{} {reading}", section(cell)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::Editor;
    use crate::editor::tests::{press, with_text};
    use proptest::prelude::*;

    fn quoted(editor: &Editor, cell: &str) -> Vec<String> {
        let of = |it: Quotation| format!("{} {} {:?}", it.place, it.excerpt, it.figure.verdict);
        quotations(editor.document().unwrap(), &FieldId::new(cell)).map(of).collect()
    }

    #[test]
    fn a_cell_names_the_passages_that_quote_it() {
        let editor =
            with_text("总述。收到政府信息公开申请4件。\n（二）依申请公开。收到申请5件，结转下年度0件。");
        let of_total = ["一第1段 收到政府信息公开申请4件 Agrees", "一（二） 收到申请5件 Differs"];
        assert_eq!(quoted(&editor, "requests.new.total"), of_total);
        assert_eq!(quoted(&editor, "requests.carried_out.total"), ["一（二） 结转下年度0件 Agrees"]);
        assert_eq!(quoted(&editor, "requests.new.natural"), Vec::<String>::new());
        assert_eq!(quoted(&editor, "overview"), Vec::<String>::new());
    }

    #[test]
    fn what_is_quoted_follows_the_next_key_in_table_and_text() {
        let mut editor = with_text("收到政府信息公开申请4件");
        assert_eq!(quoted(&editor, "requests.new.total"), ["一第1段 收到政府信息公开申请4件 Agrees"]);
        press(&mut editor, "Alt+3 Ctrl+Home 5");
        assert_eq!(quoted(&editor, "requests.new.total"), ["一第1段 收到政府信息公开申请4件 Differs"]);
        press(&mut editor, "Esc Alt+1 Ctrl+Home 全 年");
        assert_eq!(quoted(&editor, "requests.new.total"), ["一第1段 收到政府信息公开申请4件 Agrees"]);
        press(&mut editor, "Ctrl+End Backspace");
        assert!(quoted(&editor, "requests.new.total").is_empty(), "4 of nothing");
    }

    #[test]
    fn the_line_of_a_figure_says_what_was_read() {
        let line = |text: &str| {
            let editor = with_text(text);
            let (document, view) = editor.open_report().unwrap();
            let figure = view.figure_at_caret(document)?;
            Some(format!("{}{}", figure.quoted, figure_line(document, figure)))
        };
        let some = |text: &str| Some(text.to_string());
        assert_eq!(line("收到申请4件"), some("“收到申请4件” → 三 本年新收 总计 4，相符"));
        assert_eq!(line("收到申请5件"), some("“收到申请5件” → 三 本年新收 总计 表中 4，不相符"));
        assert_eq!(
            line("制发规范性文件2件"),
            some("“制发规范性文件2件” → 二 行政规范性文件 本年制发件数，表中尚未填完")
        );
        assert_eq!(line("开展培训2次"), None);
        assert_eq!(line("收到申请4件。次日"), None, "the caret stands behind it");
    }

    fn marks(editor: &Editor) -> Vec<(String, TextMarkKind)> {
        let document = editor.document().unwrap();
        let text = document.draft.text("overview");
        let marks = text_marks(document, "overview", 0..text.len());
        marks.into_iter().map(|mark| (text[mark.bytes].to_string(), mark.kind)).collect()
    }

    #[test]
    fn only_the_number_is_marked_and_only_as_its_finding_stands() {
        use TextMarkKind::{Agrees, Differs};
        let mut editor = with_text("收到申请4件。上年结转2件。未发生行政复议。培训3次。");
        press(&mut editor, "Left");
        let differs = ("2件".to_string(), Differs(Severity::Warning));
        let agrees = ("4件".to_string(), Agrees);
        assert_eq!(marks(&editor), [differs, agrees.clone()], "四 is blank: that is open");
        press(&mut editor, "Alt+7 Ctrl+Home");
        let at = editor.document().unwrap().findings.iter().position(|finding| finding.rule == "N1").unwrap();
        while editor.open_report().unwrap().1.current_finding != at {
            press(&mut editor, "Down");
        }
        press(&mut editor, "Delete 已 核 Enter");
        assert_eq!(marks(&editor), [agrees], "set aside with a reason");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

        #[test]
        fn marks_lie_on_characters_of_the_text_after_any_key(
            keys in prop::collection::vec((prop::sample::select(vec![
                "Left", "Right", "Home", "Up", "Shift+Left", "Backspace", "Delete", "Enter", "Ctrl+Z", "Ctrl+Y",
                "4", "件", "，", "。", "收 到 申 请 5 件", "Ctrl+X", "Ctrl+V", "Alt+J", "Alt+K",
            ]), 1usize..4), 1..25)
        ) {
            let mut editor = with_text("收到申请4件，结转下年度0件。\n（二）收到申请7件，按照要求，。\n未收到申请");
            for (key, times) in keys {
                for _ in 0..times {
                    press(&mut editor, key);
                    let document = editor.document().unwrap();
                    let text = document.draft.text("overview");
                    let shown = document.findings.iter().filter_map(|finding| finding.span.as_ref());
                    let spans = shown.map(|span| span.start..span.end);
                    let marks = text_marks(document, "overview", 0..text.len());
                    for bytes in marks.into_iter().map(|mark| mark.bytes).chain(spans) {
                        prop_assert!(text.get(bytes.clone()).is_some_and(|it| !it.is_empty()), "{:?} {}", bytes, text);
                    }
                }
            }
        }
    }
}
