//! The preview on the terminal.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::super::preview::{BorderStyle, LineKind, preview_lines, wrap_text};
use super::plain_files::golden;
use super::{all, sample};
use crate::draft::Ledger;
use crate::text::width;

#[test]
fn the_preview_is_what_it_was() {
    for (format, width) in [("2019", 80), ("2021", 80), ("2021", 40)] {
        let (form, draft) = sample(format);
        let lines = preview_lines(&form, &draft, width, BorderStyle::Lines);
        let text: Vec<String> = lines.into_iter().map(|line| line.text).collect();
        golden(&format!("preview-{format}-{width}.txt"), &(text.join("\n") + "\n"));
    }
}

#[test]
fn no_line_is_too_wide_or_begins_with_a_closing_mark() {
    for (name, form, draft) in all() {
        for width in [0, 33, 81, 132] {
            for rules in [BorderStyle::Lines, BorderStyle::Ascii] {
                for line in preview_lines(&form, &draft, width, rules) {
                    assert!(line.text.width() <= width.max(20), "{name} {width}: {:?}", line.text);
                    assert!(!line.text.contains(char::is_control));
                    let first = line.text.trim_start().chars().next();
                    let text = matches!(line.kind, LineKind::Text(_)) && !name.starts_with("hostile");
                    assert!(!text || first.is_none_or(|c| !"。，、；：）》”".contains(c)), "{}", line.text);
                }
            }
        }
    }
}

/// Returns what is in some columns of a line.
fn columns(line: &str, wanted: std::ops::Range<usize>) -> String {
    let mut at = 0;
    let mut found = String::new();
    for glyph in line.graphemes(true) {
        if wanted.contains(&at) {
            found.push_str(glyph);
        }
        at += glyph.width();
    }
    found.trim().into()
}

#[test]
fn every_line_says_which_fields_it_shows_and_where() {
    for (name, form, draft) in all().into_iter().filter(|(name, ..)| !name.starts_with("hostile")) {
        let ledger = Ledger::new(&form, &draft);
        let lines = preview_lines(&form, &draft, 100, BorderStyle::Lines);
        for field in form.fields().iter().filter(|field| field.kind.is_number()) {
            let id = field.id.as_str();
            let shown: Vec<String> = lines
                .iter()
                .flat_map(|line| line.shown_fields.iter().map(move |show| (line, show)))
                .filter(|(_, show)| show.field == field.id)
                .map(|(line, show)| columns(&line.text, show.columns.clone()))
                .collect();
            assert!(!shown.is_empty(), "{name} {id}");
            assert_eq!(shown.concat(), ledger.display_text(&form, &draft, id), "{name} {id}");
        }
        for (line, show) in
            lines.iter().flat_map(|line| line.shown_fields.iter().map(move |show| (line, show)))
        {
            let Some(bytes) = &show.bytes else { continue };
            let text = &draft.text(show.field.as_str())[bytes.clone()];
            assert_eq!(columns(&line.text, show.columns.clone()), text);
        }
    }
}

#[test]
fn a_heading_that_runs_into_the_text_is_marked() {
    let (form, draft) = sample("2021");
    let lines = preview_lines(&form, &draft, 80, BorderStyle::Lines);
    let lead = |text: &str| {
        let line = lines.iter().find(|line| line.text.contains(text)).unwrap();
        columns(&line.text, line.lead.clone())
    };
    assert_eq!(lead("（一）主动"), "（一）主动公开。");
    assert_eq!(lead("（二）"), "（二）依申请公开");
    assert_eq!(lead("收到申请5件"), "");
}

#[test]
fn lines_break_by_the_rules_of_print() {
    let lines = |text: &str, available| {
        wrap_text(text, available, 0).into_iter().map(|line| line.text).collect::<Vec<_>>()
    };
    assert_eq!(lines("公开信息，按时", 8), ["公开信", "息，按时"]);
    assert_eq!(lines("公开信（息公开）", 8), ["公开信", "（息公", "开）"]);
    assert_eq!(lines("共收到1234件", 8), ["共收到", "1234件"]);
    assert_eq!(lines("公开信息——目录", 8), ["公开信", "息——目录"]);
    assert_eq!(lines("。。。。。。", 4), ["。。", "。。", "。。"]);
    assert_eq!(lines("", 4), [""; 0]);
}

proptest! {
    #[test]
    fn any_text_wraps_without_loss(text in "[一二，。（）“”a1 \\-\u{301}\u{1f600}\u{200d}\u{7}\u{3000}]{0,60}", available in 0usize..30, indent in 0usize..6) {
        let lines = wrap_text(&text, available, indent);
        let mut last = 0;
        for line in &lines {
            prop_assert!(width::display_width(&line.text) <= available.max(2));
            prop_assert!(last <= line.bytes.start && line.bytes.end <= text.len());
            let between = &text[last..line.bytes.start];
            prop_assert!(between.trim().is_empty(), "lost {between:?}");
            last = line.bytes.end;
        }
        prop_assert!(text[last..].trim().is_empty());
    }
}
