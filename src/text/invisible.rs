//! Invisible characters: the one list of them, and the filter for typed and pasted text.
//!
//! The list is Unicode's control characters, line separators and `Default_Ignorable_Code_Point`, with
//! the noncharacters and the remaining format characters that draw nothing. A blank (U+3000, U+00A0)
//! is seen as a gap and is not on it. What happens to a character depends on where it occurs:
//!
//! | where | what becomes of it |
//! |---|---|
//! | typed or pasted | left out ([`strip_line`], [`strip_paragraphs`]); line ends and tabs become a blank, or stay |
//! | on the screen | shown as `?` ([`has_hidden`]), but for a selector behind the character it belongs to |
//! | sent to the terminal | never ([`is_invisible`]) |
//! | in a document | by its kind ([`Invisible`]): joiners and selectors stay, as they shape what is printed |
//! | in a draft, in messages | as `\u{…}` ([`alters_display`]) |

/// Why a character is invisible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invisible {
    /// Control characters and the line separators U+2028 and U+2029: a terminal or a file acts on them.
    Control,
    /// Bidirectional controls: text is displayed in another order than it is stored.
    Direction,
    /// Joiners and other characters that only shape their neighbours.
    Joiner,
    /// Variation selectors: they choose between drawings of the character before them.
    Selector,
    /// Fillers, blanks without width, tags: nothing is drawn for them.
    Empty,
    /// Code points that are no characters, and those that mark up other text.
    Noncharacter,
}

impl Invisible {
    /// Returns why a character is invisible; `None` if it is visible.
    pub fn of(c: char) -> Option<Invisible> {
        use Invisible::*;
        // The fast path for nearly all of a report: printable ASCII, Chinese and its punctuation. This
        // runs for every character of a frame.
        if matches!(c, ' '..='~' | '\u{3000}'..='\u{3163}' | '\u{3165}'..='\u{fdcf}') {
            return None;
        }
        Some(match c {
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Control,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                Direction
            }
            '\u{34f}' | '\u{180e}' | '\u{200c}' | '\u{200d}' | '\u{13430}'..='\u{1343f}' => Joiner,
            '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
                Selector
            }
            '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{200b}' => Empty,
            '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' => Empty,
            '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => Empty,
            '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{fffb}' => Noncharacter,
            _ if u32::from(c) & 0xfffe == 0xfffe => Noncharacter,
            _ => return None,
        })
    }
}

/// Returns `true` if a character is invisible.
pub fn is_invisible(c: char) -> bool {
    Invisible::of(c).is_some()
}

/// Returns `true` if a character is invisible or draws itself around its neighbours (such as U+0600):
/// `cat` of a draft must not pass it on to a terminal.
pub fn alters_display(c: char) -> bool {
    is_invisible(c)
        || matches!(
            c,
            '\u{600}'
                ..='\u{605}'
                    | '\u{6dd}'
                    | '\u{70f}'
                    | '\u{890}'
                    | '\u{891}'
                    | '\u{8e2}'
                    | '\u{110bd}'
                    | '\u{110cd}'
        )
}

/// Returns `true` if a grapheme contains something invisible, so that the screen shows a mark for it. A
/// variation selector after its base character does not count.
pub fn has_hidden(piece: &str) -> bool {
    piece.chars().enumerate().any(|(at, c)| match Invisible::of(c) {
        Some(Invisible::Selector) => at == 0,
        kind => kind.is_some(),
    })
}

/// Returns typed or pasted text as one line: line ends, tabs and fixed blanks become spaces, invisible
/// characters are removed.
pub fn strip_line(text: &str) -> String {
    let blank = |c| matches!(c, '\n' | '\r' | '\t' | '\u{a0}' | '\u{2028}' | '\u{2029}');
    text.chars().map(|c| if blank(c) { ' ' } else { c }).filter(|c| !is_invisible(*c)).collect()
}

/// Returns typed or pasted text as paragraphs: line ends become `\n`, tabs and fixed blanks spaces, invisible
/// characters are removed.
pub fn strip_paragraphs(text: &str) -> String {
    let ended = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let blank = |c| matches!(c, '\t' | '\u{a0}');
    let kept = ended.chars().map(|c| if blank(c) { ' ' } else { c });
    kept.filter(|c| *c == '\n' || !is_invisible(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn invisible_characters_are_removed_and_the_rest_stays() {
        assert_eq!(strip_line("甲\u{1b}[2J\u{202e}乙\t丙\n丁\u{200b}戊\u{2028}己"), "甲[2J乙 丙 丁戊 己");
        assert_eq!(strip_paragraphs("甲\r\n乙\r丙\u{9b}\u{0}\u{2029}丁"), "甲\n乙\n丙\n丁");
        assert_eq!(strip_line("甲\u{3164}乙\u{ffa0}丙\u{fe0f}"), "甲乙丙");
    }

    #[test]
    fn visible_blanks_and_signs_stay() {
        for c in " 　〇·—…“”℃１⺀㍿\u{600}é\u{2009}\u{20dd}".chars() {
            assert!(!is_invisible(c), "{c:?}");
        }
    }

    #[test]
    fn every_code_point_of_the_list_is_filtered() {
        for c in ('\0'..=char::MAX).filter(|c| is_invisible(*c)) {
            let expected = if "\n\r\t\u{2028}\u{2029}".contains(c) { "甲 乙" } else { "甲乙" };
            assert_eq!(strip_line(&format!("甲{c}乙")), expected, "{c:?}");
            let kept = strip_paragraphs(&format!("甲{c}乙"));
            assert!(kept.chars().all(|c| c == '\n' || !is_invisible(c)), "{c:?}");
        }
    }

    proptest! {
        // The regular expressions are generated from Unicode's own tables.
        #[test]
        fn default_ignorable_characters_are_invisible(text in "[\\p{Default_Ignorable_Code_Point}\\p{Cc}\\p{Zl}\\p{Zp}\\p{Bidi_Control}\\p{Noncharacter_Code_Point}]{50}") {
            prop_assert!(text.chars().all(is_invisible), "{:?}", text);
            prop_assert!(text.chars().all(alters_display));
        }

        #[test]
        fn format_characters_alter_the_display(text in "[\\p{Cf}--\\p{Default_Ignorable_Code_Point}]{50}") {
            prop_assert!(text.chars().all(alters_display), "{:?}", text);
        }

        #[test]
        fn nothing_else_is_invisible(text in "[^\\p{Default_Ignorable_Code_Point}\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}]{200}") {
            prop_assert!(!text.chars().any(alters_display), "{:?}", text);
        }
    }
}
