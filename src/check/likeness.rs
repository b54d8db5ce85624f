//! Which of many texts are nearly the same, without comparing each with each.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::BuildHasher;

use super::character_pairs::{CharacterPairs, han_characters};
use super::copied_text::{ALIKE, SHORT};
use super::input::YEARLY_SECTIONS;
use crate::draft::Draft;

/// The length of the passages of a text of which some are kept, in characters.
const PASSAGE: usize = 6;
/// The number of passages that are kept of a text: the same ones of the same text.
const KEPT: usize = 32;
/// The number of kept passages that two texts need in common to be compared as a whole.
const COMMON: u32 = 4;
/// The number of texts with the same passage that a new one is compared with.
const PER_PASSAGE: usize = 8;

/// Some passages of a text, chosen by their hashes.
#[derive(Clone, Debug, Default)]
pub struct TextSketch(Vec<u64>);

impl TextSketch {
    /// Chooses passages of a text; none of one that is too short to be called copied.
    pub fn new(text: &str) -> Self {
        let characters = han_characters(text);
        if characters.len() <= SHORT {
            return TextSketch::default();
        }
        let hasher = FixedState::with_seed(0);
        let mut hashes: Vec<u64> =
            characters.windows(PASSAGE).map(|passage| hasher.hash_one(passage)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(KEPT);
        TextSketch(hashes)
    }

    /// Returns the sketches of the sections of a draft that are not to be copied, with their names.
    pub fn of_draft(draft: &Draft) -> Vec<(&'static str, TextSketch)> {
        YEARLY_SECTIONS.iter().map(|section| (*section, TextSketch::new(draft.text(section)))).collect()
    }
}

/// Returns the pairs of texts that may be nearly the same, by their places, each once.
pub fn find_candidates(sketches: &[TextSketch]) -> Vec<(usize, usize)> {
    let mut with_passage: HashMap<u64, Vec<usize>, FixedState> = HashMap::default();
    let mut candidates = Vec::new();
    let mut common: HashMap<usize, u32> = HashMap::new();
    for (at, TextSketch(hashes)) in sketches.iter().enumerate() {
        common.clear();
        for hash in hashes {
            let texts = with_passage.entry(*hash).or_default();
            for other in texts.iter() {
                *common.entry(*other).or_default() += 1;
            }
            if texts.len() < PER_PASSAGE {
                texts.push(at);
            }
        }
        let mut alike: Vec<usize> =
            common.iter().filter(|(_, count)| **count >= COMMON).map(|(other, _)| *other).collect();
        alike.sort_unstable();
        candidates.extend(alike.into_iter().map(|other| (other, at)));
    }
    candidates
}

/// Returns how much of two texts is the same, in percent of their pairs of characters, if it is nearly all.
pub fn likeness(one: &str, other: &str) -> Option<usize> {
    let before = CharacterPairs::new(one);
    let now = han_characters(other);
    let count = now.len().saturating_sub(1);
    let both = count + before.len();
    if count.min(before.len()) < SHORT {
        return None;
    }
    let common = before.count_common(&now, (ALIKE * both).div_ceil(200))?;
    Some(200 * common / both)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::passages::common_passages;
    use std::ops::Range;

    const TEXT: &str = "一是政策解读形式单一，群众看不懂、不爱看；二是基层工作人员变动频繁，业务不够熟练。\
        下一步，我局将丰富解读形式，开展业务培训，提升公开质量，压实各科室责任。";
    const OTHER: &str = "一是网站栏目设置不够合理，部分信息查找不便；二是公开审查流程较长。\
        针对上述问题，我局已调整栏目十二个，并把审查时限压缩到两个工作日，效果良好。";

    fn candidates(texts: &[&str]) -> Vec<(usize, usize)> {
        find_candidates(&texts.iter().map(|text| TextSketch::new(text)).collect::<Vec<_>>())
    }

    #[test]
    fn texts_with_few_changes_are_candidates_and_others_are_not() {
        let changed = TEXT.replace("我局", "我镇").replace("业务培训", "专题培训");
        assert_eq!(candidates(&[TEXT, OTHER, &changed]), [(0, 2)]);
        assert!(likeness(TEXT, &changed).is_some_and(|share| (90..100).contains(&share)));
        assert_eq!(likeness(TEXT, OTHER), None);
        assert_eq!(likeness(TEXT, TEXT), Some(100));
    }

    #[test]
    fn what_two_texts_have_in_common_is_marked_in_both() {
        let (one, other) = ("一是公开不够及时，二是解读单一。", "一是公开不够及时；三是队伍不稳。");
        let (of_one, of_other) = common_passages(one, other);
        let marked = |text: &str, ranges: &[Range<usize>]| -> Vec<String> {
            ranges.iter().map(|range| text[range.clone()].to_string()).collect()
        };
        assert_eq!(marked(one, &of_one), ["一是公开不够及时"]);
        assert_eq!(marked(other, &of_other), ["一是公开不够及时"]);
        assert_eq!(common_passages("", TEXT), (vec![], vec![]));
    }

    #[test]
    fn short_and_empty_texts_are_never_alike() {
        assert_eq!(candidates(&["解读不够，将加强培训。", "解读不够，将加强培训。", "", ""]), []);
        assert_eq!(likeness("", ""), None);
    }

    #[test]
    fn many_copies_of_one_text_are_each_found_without_all_pairs() {
        let texts = vec![TEXT; 200];
        let pairs = candidates(&texts);
        assert!(pairs.len() <= 200 * PER_PASSAGE, "{}", pairs.len());
        assert!((1..200).all(|at| pairs.iter().any(|(_, later)| *later == at)));
    }
}
