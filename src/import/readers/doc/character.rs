//! What the properties of characters say of whether they are printed.

use super::bytes::{slice, word};
use super::pieces::PieceProperties;
use super::runs::properties;

/// What a run of characters is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CharacterState {
    /// A tracked change deleted it.
    pub deleted: bool,
    /// It is hidden.
    pub hidden: bool,
    /// Its character stands for something else, such as a picture.
    pub special: bool,
}

impl CharacterState {
    /// Applies the properties of a run. `hidden_styles` says which styles hide their text.
    pub fn apply(&mut self, list: &[u8], hidden_styles: &[bool]) {
        let base = self.hidden;
        for (number, value) in properties(list) {
            match number {
                0x4a30 => {
                    let style = word(value, 0).map_or(0, usize::from);
                    self.hidden |= hidden_styles.get(style) == Some(&true);
                }
                0x0800 => self.deleted = value == [1],
                0x0855 => self.special = value == [1],
                0x083c => self.hidden = toggled(value, base),
                _ => {}
            }
        }
    }

    /// Applies the properties that a piece has besides those of its characters.
    pub fn apply_piece(&mut self, piece: PieceProperties, hidden_styles: &[bool]) {
        match piece {
            PieceProperties::List(list) => self.apply(list, hidden_styles),
            PieceProperties::Single(0x41, value) => self.deleted = value == 1,
            PieceProperties::Single(0x5c, value) => self.hidden = toggled(&[value], self.hidden),
            PieceProperties::Single(..) => {}
        }
    }
}

/// Returns a switch: on, off, as the style has it, or the opposite.
fn toggled(value: &[u8], base: bool) -> bool {
    match value {
        [1] => true,
        [0x80] => base,
        [0x81] => !base,
        _ => false,
    }
}

/// Returns for each style whether its text is hidden, by itself or by a style it is based on. What comes
/// after a damaged style is not read.
pub fn hidden_styles(sheet: &[u8]) -> Vec<bool> {
    let styles = read_styles(sheet);
    let is_hidden = |start: usize| {
        let mut at = start;
        // A chain of styles can be a ring.
        for _ in 0..styles.len().min(64) {
            match styles.get(at) {
                Some((Some(hidden), _)) => return *hidden,
                Some((None, base)) => at = *base,
                None => return false,
            }
        }
        false
    };
    (0..styles.len()).map(is_hidden).collect()
}

/// The most styles that a file can have.
const STYLES: usize = 4_096;

/// Returns each style's own word on the matter, and what it is based on.
fn read_styles(sheet: &[u8]) -> Vec<(Option<bool>, usize)> {
    let mut styles = Vec::new();
    let header = word(sheet, 0).map_or(0, usize::from);
    let fixed = word(sheet, 4).map_or(10, usize::from);
    let mut rest = sheet.get(2 + header..).unwrap_or_default();
    while let Some(length) = word(rest, 0).map(usize::from).filter(|_| styles.len() < STYLES) {
        let Some(style) = slice(rest, 2, length) else { break };
        styles.push(read_style(style, fixed).unwrap_or((None, usize::MAX)));
        rest = rest.get(2 + length + length % 2..).unwrap_or_default();
    }
    styles
}

fn read_style(style: &[u8], fixed: usize) -> Option<(Option<bool>, usize)> {
    let kind = word(style, 2)?;
    let name = usize::from(word(style, fixed)?);
    let mut rest = style.get(fixed + 2 + 2 * (name + 1)..)?;
    let list = |rest: &mut &'_ [u8]| -> Option<Vec<u8>> {
        let length = usize::from(word(rest, 0)?);
        let list = slice(rest, 2, length)?.to_vec();
        *rest = rest.get(2 + length + length % 2..).unwrap_or_default();
        Some(list)
    };
    // A style of paragraphs has their properties before those of its characters.
    if kind & 15 == 1 {
        list(&mut rest)?;
    }
    let mut own = None;
    for (number, value) in properties(&list(&mut rest)?) {
        if number == 0x083c {
            own = Some(toggled(value, false));
        }
    }
    Some((own, usize::from(kind >> 4)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_hidden_by_itself_or_by_its_style() {
        let state = |list: &[u8]| {
            let mut state = CharacterState::default();
            state.apply(list, &[false, true]);
            state
        };
        assert!(state(&[0x3c, 0x08, 1]).hidden && state(&[0x30, 0x4a, 1, 0]).hidden);
        assert!(!state(&[0x30, 0x4a, 0, 0]).hidden && !state(&[0x30, 0x4a, 1, 0, 0x3c, 0x08, 0]).hidden);
        assert!(state(&[0x00, 0x08, 1]).deleted && state(&[0x55, 0x08, 1]).special);
        let mut piece = CharacterState::default();
        piece.apply_piece(PieceProperties::Single(0x41, 1), &[]);
        assert!(piece.deleted);
    }

    #[test]
    fn a_style_hides_what_the_style_it_is_based_on_hides() {
        let style = |kind: u16, lists: &[&[u8]]| {
            let mut style = vec![0, 0];
            style.extend(kind.to_le_bytes());
            style.extend([0; 6]);
            style.extend([1, 0, b'A', 0, 0, 0]);
            for list in lists {
                style.extend((list.len() as u16).to_le_bytes());
                style.extend(*list);
                style.extend(&[0][..list.len() % 2]);
            }
            let mut whole = (style.len() as u16).to_le_bytes().to_vec();
            whole.extend(style);
            whole
        };
        let mut sheet = vec![4, 0, 3, 0, 10, 0];
        sheet.extend(style(0xfff1, &[&[0, 0], &[]]));
        sheet.extend(style(0xfff2, &[&[0x3c, 0x08, 1]]));
        sheet.extend(style(0x0012, &[&[]]));
        sheet.extend(style(0x0022, &[&[]]));
        sheet.extend(style(0x0041, &[&[0, 0], &[]]));
        assert_eq!(hidden_styles(&sheet), [false, true, true, true, false], "the last is based on itself");
    }
}
