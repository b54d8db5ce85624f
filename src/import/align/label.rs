//! How well a text matches a label: at its end, broken around the numbers, or cut off by a page.

use super::normalize::{
    Normalized, common_length, contains_run, is_ordinal, is_same_ordinal, normalize, normalize_letters,
};

/// A label is taken to be meant from here on.
pub const MIN_SCORE: f32 = 0.74;
/// How much better than every other label it must be.
pub const MIN_LEAD: f32 = 0.12;
/// A label of at most this many letters must be there in full.
const SHORT_LABEL: usize = 3;
/// What a label without its remark is worth less.
const NO_REMARK_PENALTY: f32 = 0.02;
/// The score of a cell that leaves out words of its label.
const ABRIDGED_SCORE: f32 = 0.85;
/// The fewest letters of a label that is known in another order, or with words behind it.
const MIN_TRANSPOSED: usize = 6;
/// The longest text before numbers that is compared, in letters.
const MAX_TEXT_BEFORE: usize = 64;

/// A label of the form, ready to be compared.
#[derive(Clone, Debug)]
pub struct NormalizedLabel {
    letters: Normalized,
    /// The letters without a remark in brackets, which many reports leave out.
    bare: Option<Normalized>,
    ordinal: Option<char>,
}

impl NormalizedLabel {
    /// Prepares the label that the form prints.
    pub fn new(printed: &str) -> NormalizedLabel {
        let ordinal = normalize(printed).first().copied().filter(|c| is_ordinal(*c));
        let remark = printed.rfind('（').filter(|at| *at > 0);
        NormalizedLabel {
            letters: normalize_letters(printed),
            bare: remark.and_then(|at| printed.get(..at)).map(normalize_letters),
            ordinal,
        }
    }

    /// Returns the letters of the label.
    pub fn letters(&self) -> &[char] {
        &self.letters
    }

    /// Returns how well the text before and after some numbers matches this label, from 0 to 1. The label
    /// is before the numbers; its end may have slipped after them where lines wrap.
    pub fn score(&self, before: &[char], after: &[char]) -> f32 {
        let bare = self.bare.as_ref().map_or(0.0, |letters| {
            NormalizedLabel { letters: letters.clone(), bare: None, ordinal: self.ordinal }
                .match_score(before, after)
        });
        self.match_score(before, after).max(bare - NO_REMARK_PENALTY)
    }

    /// Returns whether it is so short that other words can be the same.
    pub fn is_short(&self) -> bool {
        self.letters.len() <= SHORT_LABEL
    }

    /// Returns whether the text holds this label directly behind its ordinal.
    pub fn is_numbered_in(&self, text: &[char]) -> bool {
        let whole: Normalized = self.ordinal.iter().chain(&self.letters).copied().collect();
        self.ordinal.is_some() && contains_run(text, &whole)
    }

    /// Returns whether a text ends with the beginning of this label, or all of it, directly behind its ordinal or
    /// behind the end of the label `above`.
    pub fn begins_at_end(&self, text: &[char], above: Option<&NormalizedLabel>) -> bool {
        (0..=self.letters.len().min(text.len())).any(|length| {
            let (rest, own) = text.split_at(text.len() - length);
            let follows = || {
                let end = above.and_then(|above| above.letters.get(above.letters.len().saturating_sub(2)..));
                length > 0 && end.is_some_and(|end| end.len() == 2 && rest.ends_with(end))
            };
            let numbered =
                self.ordinal.is_some_and(|own| rest.last().is_some_and(|it| is_same_ordinal(*it, own)));
            self.letters.starts_with(own) && (numbered || follows())
        })
    }

    /// Returns where this label begins if some letters without ordinals end with it.
    pub fn start_at_end(&self, text: &[char]) -> Option<usize> {
        [Some(&self.letters), self.bare.as_ref()].into_iter().flatten().find_map(|letters| {
            if self.is_short() {
                return text.ends_with(letters).then(|| text.len() - letters.len());
            }
            let (wrong, start) = suffix_distance(letters, text, letters.len())?;
            (wrong * 6 < letters.len()).then_some(start)
        })
    }

    /// Returns how well a label cell matches this label: such cells leave words out of the middle of long
    /// labels.
    pub fn score_of_cell(&self, own: &[char]) -> f32 {
        let text: Normalized = own.iter().copied().filter(|c| !is_ordinal(*c)).collect();
        let mut rest = self.letters.iter();
        let inside = text.iter().all(|c| rest.any(|letter| letter == c));
        let begins = self.letters.starts_with(&text);
        let agrees = own.first().is_none_or(|c| !is_ordinal(*c) || self.ordinal.is_none_or(|own| own == *c));
        // Its own ordinal before it speaks for a label with a word of its own: 二、上年度结转申请数.
        let numbered = self.ordinal.is_some() && own.first().copied() == self.ordinal;
        let reworded = numbered && common_length(&text, &self.letters) * 5 >= text.len() * 4;
        let is_part = begins || (inside || reworded) && text.len() * 2 >= self.letters.len();
        let abridged = agrees && text.len() >= 4 && is_part;
        // A word or two more behind it: 结转下年度继续办理的申请.
        let length = self.letters.len();
        let goes_on = agrees && length >= MIN_TRANSPOSED && text.len() * 3 <= length * 4;
        let extended = goes_on && text.starts_with(&self.letters);
        self.score(own, &[]).max(if abridged || extended { ABRIDGED_SCORE } else { 0.0 })
    }

    fn match_score(&self, before: &[char], after: &[char]) -> f32 {
        let before = &before[before.len().saturating_sub(MAX_TEXT_BEFORE)..];
        let after = &after[..after.len().min(MAX_TEXT_BEFORE)];
        // Most labels have nothing to do with the text: that is seen without comparing in order.
        let held = |text: &[char]| self.letters.iter().filter(|c| text.contains(c)).count();
        let known = held(before);
        if known == 0 || (known + held(after)) * 2 < self.letters.len() {
            return 0.0;
        }
        let mut best = self.score_at_end(before);
        if best < MIN_SCORE && known == self.letters.len() && self.is_transposed(before) {
            best = ABRIDGED_SCORE;
        }
        if self.letters.len() > SHORT_LABEL {
            best = best.max(self.score_cut_off(before));
            if best < 0.95 {
                best = best.max(self.score_around(before, after));
            }
        }
        best
    }

    /// Returns the score of the label at the end of the text, with an ordinal that has to agree.
    fn score_at_end(&self, before: &[char]) -> f32 {
        let Some((wrong, start)) = suffix_distance(&self.letters, before, self.letters.len()) else {
            return 0.0;
        };
        if self.letters.len() <= SHORT_LABEL && wrong > 0 {
            return 0.0;
        }
        let base = self.score_for_changes(wrong);
        let ordinal = start.checked_sub(1).and_then(|at| before.get(at)).copied().filter(|c| is_ordinal(*c));
        match (ordinal, self.ordinal) {
            (Some(found), Some(printed)) if found != printed => base - 0.3,
            (None, Some(_)) if self.letters.len() <= SHORT_LABEL && start > 0 => base - 0.2,
            _ => base,
        }
    }

    /// Returns whether the text ends with the letters of the label in another order: 信访投诉举报类申请.
    fn is_transposed(&self, before: &[char]) -> bool {
        let mut own = self.letters.clone();
        let mut text: Normalized =
            before.iter().rev().copied().filter(|c| !is_ordinal(*c)).take(own.len()).collect();
        own.sort_unstable();
        text.sort_unstable();
        own.len() >= MIN_TRANSPOSED && own == text
    }

    /// Returns the score of a label of which the text is only a part, its beginning or end cut off by a
    /// page.
    fn score_cut_off(&self, before: &[char]) -> f32 {
        let text: Normalized = before.iter().copied().filter(|c| !is_ordinal(*c)).collect();
        let long_enough = text.len() >= 4 && text.len() * 2 >= self.letters.len();
        let is_part = self.letters.ends_with(&text) || self.letters.starts_with(&text);
        if long_enough && is_part { 0.9 } else { 0.0 }
    }

    /// Returns the score of the label broken in two: a piece before the numbers, the rest after them.
    fn score_around(&self, before: &[char], after: &[char]) -> f32 {
        let after: Normalized = after.iter().copied().filter(|c| !is_ordinal(*c)).collect();
        let length = self.letters.len();
        let heads = prefix_distances(&self.letters, before);
        let backwards: Normalized = self.letters.iter().rev().copied().collect();
        let follows: Normalized = after.iter().take(length + 6).rev().copied().collect();
        let tails = prefix_distances(&backwards, &follows);
        // At least a third of it before the numbers, and a piece worth the name after them. A rest that is
        // not there at all makes the piece before the numbers the whole text.
        ((length / 3).max(3)..length.saturating_sub(1))
            .filter(|split| tails[length - split] * 3 <= length - split)
            .map(|split| self.score_for_changes(heads[split] + tails[length - split]) - 0.02)
            .fold(0.0, f32::max)
    }

    fn score_for_changes(&self, wrong: usize) -> f32 {
        let length = self.letters.len().max(1);
        1.0 - wrong.min(length) as f32 / length as f32
    }
}

/// For each beginning of the label, by its length, the fewest changes that turn an end of the text
/// into it.
fn prefix_distances(label: &[char], text: &[char]) -> Vec<usize> {
    // One column of the table of edit distances for each letter of the text; a match may begin anywhere.
    let mut column: Vec<usize> = (0..=label.len()).collect();
    for b in text {
        let mut diagonal = column[0];
        for (at, a) in label.iter().enumerate() {
            let left = column[at + 1];
            column[at + 1] = if a == b { diagonal } else { 1 + diagonal.min(left).min(column[at]) };
            diagonal = left;
        }
    }
    column
}

/// Returns the fewest changes that turn the end of `text` into `label`, and where that end begins. Returns
/// `None` if it takes more than half the label, or where `text` has nothing.
fn suffix_distance(label: &[char], text: &[char], length: usize) -> Option<(usize, usize)> {
    // The end of the text is fixed, its beginning free: an edit distance from the right.
    let limit = length / 2 + 1;
    let text_len = text.len().min(length + length / 2 + 4);
    let offset = text.len();
    let text = &text[text.len() - text_len..];
    let mut row: Vec<usize> = (0..=text.len()).collect();
    for (done, a) in label.iter().rev().enumerate() {
        let mut diagonal = row[0];
        row[0] = done + 1;
        for (at, b) in text.iter().rev().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal } else { 1 + diagonal.min(above).min(row[at]) };
            diagonal = above;
        }
    }
    let (used, wrong) = row.iter().enumerate().min_by_key(|(used, wrong)| (**wrong, *used))?;
    (*wrong < limit || length <= 1).then_some((*wrong, offset.saturating_sub(used)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(label: &str, before: &str, after: &str) -> f32 {
        NormalizedLabel::new(label).score(&normalize(before), &normalize(after))
    }

    #[test]
    fn a_label_is_known_in_every_spelling_in_print() {
        for (label, text) in [
            ("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开"),
            ("1.信访举报投诉类申请", "不予处理 1.信访投诉举报类申请"),
            ("1.信访举报投诉类申请", "1.信訪舉報投訴類申請"),
            ("2.没有现成信息需要另行制作", "法提供 2.没有现成信息需要另行制作"),
            ("4.无正当理由大量反复申请", "正当理由大量反复申请"),
            ("5.要求行政机关确认或重新出具已获取信息", "求行政机关确认或重新出具 已获取信息"),
            ("（七）总计", "（七）总计"),
            ("（七）总计", "总计"),
            ("（七）总计", "（七）合计"),
            ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        ] {
            assert!(score(label, text, "") >= MIN_SCORE, "{label} {text} {}", score(label, text, ""));
        }
    }

    #[test]
    fn a_cell_that_leaves_out_words_matches_its_label() {
        let score = |label: &str, own: &str| NormalizedLabel::new(label).score_of_cell(&normalize(own));
        let (new, last) = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量");
        for (label, other, own) in [(new, last, "一、本年新收"), (last, new, "上年结转申请数量")]
        {
            assert!(score(label, own) >= MIN_SCORE && score(other, own) < MIN_SCORE, "{own}");
        }
        assert!(score("3.其他", "其他") >= MIN_SCORE);
        assert!(score("四、结转下年度继续办理", "二、上年结转") < MIN_SCORE);
        assert!(
            score(last, "二、上年度结转申请数") >= MIN_SCORE
                && score(new, "二、上年度结转申请数") < MIN_SCORE
        );
    }

    #[test]
    fn a_label_broken_around_its_numbers_is_known() {
        let label = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）";
        assert!(
            score(label, "（二）部分公开（区分处理的，只计这一情", "形，不计其他情形）1.属于国家秘密") > 0.9
        );
        let label = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请";
        let before = "息公开申请（六）其2、申请人逾期未按收费通知要他处理求缴纳费用、行政机关不再处理";
        assert!(score(label, before, "其政府信息公开申请3、其他") > 0.85);
    }

    #[test]
    fn another_label_is_not_taken_for_it() {
        for (label, text) in [
            ("3.其他", "（六）其他处理"),
            ("（六）其他处理", "3.其他"),
            ("（七）总计", "3.总计划"),
            ("2.重复申请", "大量反复申请"),
            ("7.属于行政执法案卷", "8.属于行政查询事项"),
            ("（一）予以公开", "（二）部分公开"),
            ("规章", "规范性文件"),
        ] {
            assert!(score(label, text, "") < 0.8, "{label} {text} {}", score(label, text, ""));
        }
    }
}
