//! The words that forms print, to tell them from the text of a report.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::normalize::normalize_letters;
use crate::form::{Form, Grid};
use crate::text::digits;

/// The shortest piece of a longer label that is taken for one, in letters.
const MIN_PIECE: usize = 3;
/// How many letters a text without a stop has beside the form's words, if it is a sentence all the same.
const MIN_UNSTOPPED: usize = 6;
/// How many characters a line has that was broken for its length.
const MIN_LINE: usize = 20;
/// The longest sentence that is joined from lines, in bytes.
const MAX_SENTENCE: usize = 4_000;
/// How many letters beside the form's words are more than another spelling of a label.
const MIN_FOREIGN: usize = 3;
/// How many numbers beside each other or behind labels make a table of a text.
const MIN_NUMBERS: usize = 3;

/// The labels, headings and captions of all forms, and every part of them.
#[derive(Default)]
pub struct Vocabulary {
    /// The next node for a letter at a node; 0 is the start.
    next: HashMap<(usize, char), usize>,
    /// The nodes at which a whole label ends.
    whole: HashSet<usize>,
}

/// A run of digits or of anything else between blanks.
struct Segment {
    start: usize,
    end: usize,
    is_number: bool,
}

impl Vocabulary {
    /// Returns the words of some forms.
    pub fn of(forms: &[Arc<Form>]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for section in forms.iter().flat_map(|form| &form.sections) {
            vocabulary.add(&section.title);
            Grid::of(section).cells.iter().for_each(|cell| vocabulary.add(&cell.text));
        }
        vocabulary
    }

    fn add(&mut self, label: &str) {
        let letters = normalize_letters(label);
        for start in 0..letters.len() {
            let mut node = 0;
            for letter in &letters[start..] {
                let fresh = self.next.len() + 1;
                node = *self.next.entry((node, *letter)).or_insert(fresh);
            }
            if start == 0 {
                self.whole.insert(node);
            }
        }
    }

    /// Returns how many letters at the start are a label, or at least `least` letters of one.
    fn known_length(&self, letters: &[char], least: usize) -> usize {
        let (mut node, mut length, mut whole) = (0, 0, 0);
        for letter in letters {
            let Some(next) = self.next.get(&(node, *letter)) else { break };
            node = *next;
            length += 1;
            if self.whole.contains(&node) {
                whole = length;
            }
        }
        if length >= least { length } else { whole }
    }

    /// Returns how many letters are the form's, and how many are not.
    fn count(&self, letters: &[char], least: usize) -> (usize, usize) {
        let (mut known, mut foreign, mut at) = (0, 0, 0);
        while at < letters.len() {
            let length = self.known_length(&letters[at..], least);
            known += length;
            foreign += usize::from(length == 0);
            at += length.max(1);
        }
        (known, foreign)
    }

    /// Returns how many letters of a text are the form's, and how many are not. Short pieces may be what
    /// a narrow column leaves of a label.
    fn measure(&self, text: &str) -> (usize, usize) {
        text.split_whitespace().fold((0, 0), |(known, foreign), token| {
            let letters = normalize_letters(token);
            let least = letters.len().saturating_sub(2).clamp(1, MIN_PIECE);
            let (own, others) = self.count(&letters, least);
            (known + own, foreign + others)
        })
    }

    /// Returns `true` if a text is more than words of the form.
    pub fn is_foreign(&self, text: &str) -> bool {
        let (known, foreign) = self.measure(text);
        foreign >= MIN_FOREIGN || foreign > 0 && foreign >= known
    }

    /// Returns `true` if a text is a sentence that no form prints.
    pub fn is_prose(&self, text: &str) -> bool {
        if text.contains(is_stop) {
            return !self.is_label(text);
        }
        let (_, foreign) = self.measure(text);
        let ends_in_number = text.trim_end().chars().next_back().is_some_and(|c| digits::digit(c).is_some());
        foreign >= MIN_UNSTOPPED && !ends_in_number
    }

    /// Returns `true` if a line of a copy breaks off in a sentence with which the next one goes on.
    pub fn wraps(&self, line: &str, next: &str) -> bool {
        let is_open = line.len() < MAX_SENTENCE
            && line.chars().count() >= MIN_LINE
            && !line.trim_end().ends_with(is_stop);
        is_open
            && self.measure(line).1 >= MIN_UNSTOPPED
            && (next.contains(is_stop) || self.measure(next).1 >= MIN_FOREIGN)
    }

    /// Returns a text cut into its sentences (`true`) and what may be rows of a table.
    pub fn cut<'t>(&self, text: &'t str) -> Vec<(bool, &'t str)> {
        let segments = segments(text);
        let is_row_number = |pair: &[Segment]| {
            pair[1].is_number && (pair[0].is_number || self.is_label(&text[pair[0].start..pair[0].end]))
        };
        if segments.windows(2).filter(|pair| is_row_number(pair)).count() < MIN_NUMBERS {
            return vec![(self.is_prose(text), text)];
        }
        let spaced = segments.windows(2).any(|pair| pair[0].is_number && pair[1].is_number);
        let mut pieces: Vec<(bool, Range<usize>)> = Vec::new();
        let (mut from, mut first) = (0, 0);
        for (at, segment) in segments.iter().enumerate() {
            let Some(end) = self.stop_in(text, segment) else { continue };
            let start = self.sentence_start(text, &segments[first..=at], spaced).max(from);
            if self.is_label(&text[start..end]) {
                first = at + 1;
                continue;
            }
            match pieces.last_mut() {
                Some((_, before)) if text[from..start].trim().is_empty() => before.end = end,
                _ => pieces.extend([(false, from..start), (true, start..end)]),
            }
            (from, first) = (end, at + usize::from(end == segment.end));
        }
        pieces.push((false, from..text.len()));
        let pieces = pieces.into_iter().map(|(is_prose, range)| (is_prose, &text[range]));
        pieces.filter(|(_, piece)| !piece.trim().is_empty()).collect()
    }

    /// Returns where the last stop of a segment is over.
    fn stop_in(&self, text: &str, segment: &Segment) -> Option<usize> {
        let words = &text[segment.start..segment.end];
        let (at, stop) = words.char_indices().rev().find(|(_, c)| is_stop(*c))?;
        let rest = &words[at + stop.len_utf8()..];
        let closed = rest.len() - rest.trim_start_matches(['”', '’', '）', ')', '》', '"']).len();
        Some(segment.start + at + stop.len_utf8() + closed)
    }

    /// Returns where the sentence begins that the last of some segments ends: behind the numbers of a row.
    fn sentence_start(&self, text: &str, segments: &[Segment], spaced: bool) -> usize {
        let Some((last, before)) = segments.split_last() else { return 0 };
        let mut start = last.start;
        let mut rest = before.iter().rev().peekable();
        while let Some(segment) = rest.next() {
            let adjoins = segment.end == start;
            let words = &text[segment.start..segment.end];
            if !segment.is_number {
                if self.is_label(words) && !adjoins {
                    break;
                }
                start = segment.start;
                continue;
            }
            // A number belongs to the words around it, unless it is the last of a row.
            match rest.peek() {
                Some(word) if word.is_number => {
                    if adjoins {
                        start = segment.start;
                    }
                    break;
                }
                Some(word) => {
                    let runs_on = adjoins && word.end == segment.start;
                    let label = self.is_label(&text[word.start..word.end]);
                    if label && !(runs_on && spaced) {
                        if adjoins && word.end < segment.start {
                            start = segment.start;
                        }
                        break;
                    }
                    start = word.start;
                    rest.next();
                }
                None => start = segment.start,
            }
        }
        start
    }

    /// Returns `true` if a text is labels and nothing else.
    fn is_label(&self, text: &str) -> bool {
        let letters = normalize_letters(text);
        self.count(&letters, MIN_PIECE).1 == 0
    }

    /// Returns the words of a text that are not the form's, those beside each other together.
    pub fn foreign_parts<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut is_open = false;
        for token in text.split_whitespace() {
            let start = token.as_ptr() as usize - text.as_ptr() as usize;
            let is_foreign = self.is_foreign(token);
            match parts.last_mut() {
                Some(last) if is_foreign && is_open => last.1 = start + token.len(),
                _ if is_foreign => parts.push((start, start + token.len())),
                _ => {}
            }
            is_open = is_foreign;
        }
        parts.into_iter().filter_map(|(start, end)| text.get(start..end)).collect()
    }
}

/// Returns whether a character ends a sentence. No label of a form has one.
fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

fn segments(text: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let is_digit = digits::digit(c).is_some();
        // A point or comma goes on with the number before it.
        let kind = match before {
            _ if c.is_whitespace() => None,
            Some(true) if matches!(c, '.' | ',') => Some(true),
            _ => Some(is_digit),
        };
        match (kind, segments.last_mut()) {
            (None, _) => {}
            (Some(_), Some(last)) if kind == before => last.end = at + c.len_utf8(),
            (Some(is_number), _) => {
                segments.push(Segment { start: at, end: at + c.len_utf8(), is_number });
            }
        }
        before = kind;
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Library;

    fn vocabulary() -> Vocabulary {
        let library = Library::new();
        Vocabulary::of(&["2019", "2021"].map(|id| library.get(id).unwrap()))
    }

    #[test]
    fn what_a_form_prints_is_no_sentence_in_any_spelling() {
        let vocabulary = vocabulary();
        for text in [
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他",
            "2.其他法律法规禁止公开",
            "正当理由大量反复申请 0 0 0 0 0 0 0",
            "科研 社会公 法律服",
            "供 要另行制作",
            "（二）部分公开（区分处理的,只计这一情形,不计其它情形）",
            "本年收费金额（单位：万元）",
            "织",
            "0 0 0",
        ] {
            assert!(!vocabulary.is_foreign(text) && !vocabulary.is_prose(text), "{text}");
        }
        for text in ["本年度无。", "2022年制作政府信息467条，其中主动公开53条", "未收到政府信息公开申请。"]
        {
            assert!(vocabulary.is_prose(text), "{text}");
        }
        for text in ["填表人：张三", "行政检查次数 12 13"] {
            assert!(vocabulary.is_foreign(text) && !vocabulary.is_prose(text), "{text}");
        }
    }

    #[test]
    fn sentences_are_cut_out_of_a_table_on_one_line() {
        let vocabulary = vocabulary();
        let sentences = |text: &str| -> Vec<String> {
            let pieces = vocabulary.cut(text).into_iter().filter(|(is_prose, _)| *is_prose);
            pieces.map(|(_, text)| text.to_string()).collect()
        };
        let rows = "规章 0 0 0 行政规范性文件 4 1 7";
        for sentence in [
            "2023年制作政府信息467条，其中主动公开53条，占11.3%。",
            "另有2件转办。",
            "本年新收政府信息公开申请3件，同比增长。",
            "全年收到申请 3 件，已办结。",
            "本表由办公室填写。",
        ] {
            for text in [
                format!("{sentence} {rows}"),
                format!("{rows} {sentence}"),
                format!("规章 0 0 0 {sentence} 行政规范性文件 4 1 7"),
            ] {
                assert_eq!(sentences(&text), [sentence], "{text}");
            }
        }
        let packed = "规章000行政规范性文件417行政许可37行政处罚1.5";
        for sentence in ["本表由办公室填写。", "另有2件转办。"] {
            for text in [format!("{sentence}{packed}"), format!("{packed}{sentence}")] {
                assert_eq!(sentences(&text), [sentence], "{text}");
            }
        }
        assert_eq!(sentences("收到申请 3 件，办结 3 件，结转 0 件。").len(), 1, "no table is beside it");
    }

    #[test]
    fn what_is_beside_the_forms_words_is_named_together() {
        let text = "规章 0 0 0 填表人：张三 审核人：李四 行政许可 37 附件下载";
        assert_eq!(vocabulary().foreign_parts(text), ["填表人：张三 审核人：李四", "附件下载"]);
    }
}
