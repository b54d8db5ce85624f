//! Text from outside, made fit for a cell or a narrative: nothing invisible gets in by the keyboard.

use ratatui::buffer::CellWidth;

/// Whether a character would act on the terminal or hide in the text: control characters,
/// bidirectional controls, zero-width characters and line separators.
pub fn is_hidden(c: char) -> bool {
    // Nothing hides among what reports are written in: asked first, for every character of a frame.
    !matches!(c, ' '..='~' | '\u{3000}'..='\u{fdff}')
        && (c.is_control()
            || matches!(c,
                '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'))
}

/// The columns that a grapheme takes on the screen; what is hidden is shown as a mark of one.
pub fn columns(piece: &str) -> usize {
    if piece.chars().any(is_hidden) { 1 } else { piece.cell_width().into() }
}

/// One line of text: line breaks and tabs become spaces, what is hidden is left out.
pub fn line(text: &str) -> String {
    text.chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{a0}') { ' ' } else { c })
        .filter(|c| !is_hidden(*c))
        .collect()
}

/// Paragraphs of text: `\n` stays, tabs become spaces, what is hidden is left out.
pub fn paragraphs(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .map(|c| if matches!(c, '\t' | '\u{a0}') { ' ' } else { c })
        .filter(|c| *c == '\n' || !is_hidden(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_hidden_is_left_out_and_the_rest_stays() {
        assert_eq!(super::line("甲\u{1b}[2J\u{202e}乙\t丙\n丁\u{200b}"), "甲[2J乙 丙 丁");
        assert_eq!(super::paragraphs("甲\r\n乙\r丙\u{9b}\u{0}"), "甲\n乙\n丙");
    }
}
