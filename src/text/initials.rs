//! Pinyin initials: a name of Chinese characters is found by the first letters of their readings.
//!
//! The 3,755 common characters of GB 2312 stand in the order of their readings, so the first letter follows
//! from the code. Of the others, those are listed that names of places and units often have, and so are
//! second readings.

use encoding_rs::GBK;

/// The first code of the common characters of each letter; no reading begins with i, u or v.
const STARTS: [(u16, char); 23] = [
    (0xb0a1, 'a'),
    (0xb0c5, 'b'),
    (0xb2c1, 'c'),
    (0xb4ee, 'd'),
    (0xb6ea, 'e'),
    (0xb7a2, 'f'),
    (0xb8c1, 'g'),
    (0xb9fe, 'h'),
    (0xbbf7, 'j'),
    (0xbfa6, 'k'),
    (0xc0ac, 'l'),
    (0xc2e8, 'm'),
    (0xc4c3, 'n'),
    (0xc5b6, 'o'),
    (0xc5be, 'p'),
    (0xc6da, 'q'),
    (0xc8bb, 'r'),
    (0xc8f6, 's'),
    (0xcbfa, 't'),
    (0xcdda, 'w'),
    (0xcef4, 'x'),
    (0xd1b9, 'y'),
    (0xd4d1, 'z'),
];

/// The last code of the common characters.
const LAST: u16 = 0xd7f9;

/// Other readings of common characters, and characters of place names that are not among the common ones.
const OTHERS: &str = "重c长z行h乐y厦s单s曾c藏z朝c都d调d会k盛c系j校j省x车j传z参s降x解x仇q区o朴p \
    圳z衢q泸l濮p莒j邳p郯t亳b歙s黟y邕y邯h郸d邢x沅y澧l岷m嵊s嵩s泗s洮t湟h湄m漯l潢h潍w淄z淅x涿z溆x滁c滦l濉s瓯o睢s\
    郓y鄄j汶w沭s洹h珙g邛q筠j綦q滇d酉y彝y侗d瑶y畲s仡g佬l";

/// Returns whether a text holds what was typed: as it is, or by the initials of its characters. Capital and
/// small letters are the same; spaces separate words that are all wanted.
pub fn matches_typed(text: &str, typed: &str) -> bool {
    let text: Vec<char> = text.to_lowercase().chars().collect();
    typed.to_lowercase().split_whitespace().all(|word| {
        let word: Vec<char> = word.chars().collect();
        text.windows(word.len()).any(|part| part.iter().zip(&word).all(|(c, typed)| is_read_as(*c, *typed)))
    })
}

/// Whether a character is what was typed, or a reading of it begins with that letter.
fn is_read_as(c: char, typed: char) -> bool {
    c == typed
        || !c.is_ascii() && typed.is_ascii_lowercase() && (initial(c) == Some(typed) || has_other(c, typed))
}

/// The first letter of a common character's reading.
fn initial(c: char) -> Option<char> {
    let text = c.to_string();
    let (bytes, _, failed) = GBK.encode(&text);
    let code = match *bytes {
        [high, low] if !failed => u16::from_be_bytes([high, low]),
        _ => return None,
    };
    let below = STARTS.iter().rev().find(|(start, _)| *start <= code);
    below.map(|(_, letter)| *letter).filter(|_| code <= LAST && code & 0xff >= 0xa1)
}

fn has_other(c: char, typed: char) -> bool {
    OTHERS.chars().zip(OTHERS.chars().skip(1)).any(|pair| pair == (c, typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_characters_or_their_initials() {
        let name = "示例市水务局-2025.ron";
        for typed in ["水务", "swj", "slsswj", "SWJ-2025", "2025 sl", "水wj", ""] {
            assert!(matches_typed(name, typed), "{typed}");
        }
        for typed in ["教育", "swk", "2024", "swj 2024", "slssswj"] {
            assert!(!matches_typed(name, typed), "{typed}");
        }
    }

    #[test]
    fn every_letter_has_its_common_characters() {
        let all = "啊巴擦搭俄发嘎哈机咖垃妈拿哦趴期然撒他挖西压匝座";
        let letters: String = all.chars().filter_map(initial).collect();
        assert_eq!(letters, "abcdefghjklmnopqrstwxyzz");
        assert_eq!(initial('，'), None);
        assert_eq!(initial('𠮷'), None);
    }

    #[test]
    fn a_second_reading_and_a_rare_place_are_found_too() {
        assert!(matches_typed("重庆市", "cqs") && matches_typed("重点办", "zdb"));
        assert!(matches_typed("深圳市", "szs") && matches_typed("亳州", "bz"));
    }
}
