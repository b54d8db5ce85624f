//! Names of units: who a sentence speaks of, and whether two names mean the same unit.

use super::text_dates::sentences;
use crate::draft::Draft;

/// The narratives in which the reporting unit is the subject.
pub(super) const PLACES: [&str; 2] = ["preface", "overview"];

/// The longest name of a unit that is looked for, in characters.
pub(super) const LONGEST_NAME: usize = 40;

/// The last characters of the names of units.
const UNIT_ENDS: [char; 12] = ['局', '委', '府', '办', '厅', '处', '镇', '乡', '道', '会', '院', '部'];

/// Returns what the sentences of a draft begin with where another unit may be meant, shortened to the longest
/// name that is looked for.
pub fn sentence_subjects(draft: &Draft) -> Vec<String> {
    let texts = PLACES.iter().flat_map(|id| sentences(draft.text(id)));
    let subjects = texts.map(|(_, sentence)| subject_of(sentence).1.chars().take(LONGEST_NAME).collect());
    subjects.filter(|subject: &String| subject.contains(UNIT_ENDS)).collect()
}

/// Returns the subject of a sentence, without the year before it, and the byte at which it begins.
pub(super) fn subject_of(sentence: &str) -> (usize, &str) {
    let subject = sentence.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_ascii_digit() || "年度，,（）()一二三四五、.．0123456789".contains(c)
    });
    (sentence.len() - subject.len(), subject)
}

/// Returns a name without blanks, and without brackets and what is in them.
pub(super) fn plain_name(name: &str) -> Vec<char> {
    let mut depth = 0usize;
    let mut plain = Vec::new();
    for c in name.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// Returns `true` if the characters of a short name stand in the long one in the same order: 发改委 in
/// 发展和改革委员会.
pub(super) fn is_within(short: &[char], long: &[char]) -> bool {
    let mut long = long.iter();
    short.iter().all(|c| long.any(|other| other == c))
}

/// Returns `true` if a name is that of an office or a group for disclosure of the same place.
pub(super) fn is_office_of(name: &[char], unit: &[char]) -> bool {
    let text: String = name.iter().collect();
    let is_office =
        ["办公室", "办公厅", "政务公开办", "领导小组", "政府办"].iter().any(|word| text.contains(word));
    is_office && name.iter().zip(unit).take_while(|(a, b)| a == b).count() >= 2
}

/// Returns how many characters two names of the same length differ in, or by how many one is longer.
pub(super) fn differing_characters(name: &[char], unit: &[char]) -> Option<usize> {
    if name.len() == unit.len() {
        return Some(name.iter().zip(unit).filter(|(a, b)| a != b).count());
    }
    None
}
