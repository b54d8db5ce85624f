//! The position of the terminal's cursor, and the shortest sequence that moves it.

/// What is known of the position of the cursor; columns and rows count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CursorPosition {
    /// The column; `None` after a glyph in the last column, or one of uncertain width.
    pub column: Option<u16>,
    /// The row.
    pub row: Option<u16>,
}

impl CursorPosition {
    /// Creates a known position.
    pub fn at(column: u16, row: u16) -> Self {
        Self { column: Some(column), row: Some(row) }
    }
}

/// Writes the shortest sequence that moves the cursor: absolute, relative, or from the beginning of the
/// row. `\n` only moves down to an existing row, so nothing scrolls, and in raw mode it stays in its
/// column.
pub fn move_cursor(from: CursorPosition, column: u16, row: u16, out: &mut Vec<u8>) {
    if from == CursorPosition::at(column, row) {
        return;
    }
    let mut best = absolute(column, row);
    if let Some(here) = from.row {
        let mut relative = vertical(here, row);
        let across = [
            from.column.map(|c| horizontal(c, column)),
            Some(column_absolute(column)),
            Some(from_first_column(column)),
        ];
        if let Some(shortest) = across.into_iter().flatten().min_by_key(Vec::len) {
            relative.extend(shortest);
        }
        if relative.len() < best.len() {
            best = relative;
        }
    }
    out.append(&mut best);
}

fn csi(number: u16, last: u8) -> Vec<u8> {
    let mut sequence = b"\x1b[".to_vec();
    if number != 1 {
        decimal(number, &mut sequence);
    }
    sequence.push(last);
    sequence
}

fn absolute(column: u16, row: u16) -> Vec<u8> {
    if column == 0 {
        return csi(row + 1, b'H');
    }
    let mut sequence = b"\x1b[".to_vec();
    if row > 0 {
        decimal(row + 1, &mut sequence);
    }
    sequence.push(b';');
    decimal(column + 1, &mut sequence);
    sequence.push(b'H');
    sequence
}

/// Writes a number in decimal digits.
pub fn decimal(number: u16, out: &mut Vec<u8>) {
    if number > 9 {
        decimal(number / 10, out);
    }
    out.extend(b"0123456789".get(usize::from(number % 10)));
}

fn column_absolute(column: u16) -> Vec<u8> {
    csi(column + 1, b'G')
}

fn from_first_column(column: u16) -> Vec<u8> {
    let mut sequence = vec![b'\r'];
    sequence.extend(horizontal(0, column));
    sequence
}

fn horizontal(from: u16, to: u16) -> Vec<u8> {
    match (to.checked_sub(from), from.saturating_sub(to)) {
        (Some(0), _) => Vec::new(),
        (Some(right), _) => csi(right, b'C'),
        (None, left @ 1..=3) => vec![8; usize::from(left)],
        (None, left) => csi(left, b'D'),
    }
}

fn vertical(from: u16, to: u16) -> Vec<u8> {
    match (to.checked_sub(from), from.saturating_sub(to)) {
        (Some(0), _) => Vec::new(),
        (Some(rows @ 1..=3), _) => vec![b'\n'; usize::from(rows)],
        (Some(rows), _) => csi(rows, b'B'),
        (None, rows) => csi(rows, b'A'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn way(from: CursorPosition, column: u16, row: u16) -> String {
        let mut out = Vec::new();
        move_cursor(from, column, row, &mut out);
        String::from_utf8_lossy(&out).replace('\u{1b}', "^")
    }

    #[test]
    fn the_shortest_way_is_taken() {
        assert_eq!(way(CursorPosition::at(3, 4), 3, 4), "");
        assert_eq!(way(CursorPosition::at(3, 4), 4, 4), "^[C");
        assert_eq!(way(CursorPosition::at(13, 4), 3, 4), "^[4G");
        assert_eq!(way(CursorPosition::at(3, 4), 1, 4), "\u{8}\u{8}");
        assert_eq!(way(CursorPosition::at(3, 4), 0, 5), "\n\r");
        assert_eq!(way(CursorPosition::at(3, 4), 3, 5), "\n");
        assert_eq!(way(CursorPosition::at(3, 4), 3, 3), "^[A");
        assert_eq!(way(CursorPosition::at(70, 20), 0, 0), "^[H");
        assert_eq!(way(CursorPosition::default(), 5, 0), "^[;6H");
        assert_eq!(way(CursorPosition { column: None, row: Some(4) }, 5, 4), "^[6G");
    }

    proptest! {
        #[test]
        fn every_way_arrives(fx in 0..99u16, fy in 0..40u16, x in 0..99u16, y in 0..40u16) {
            let size = |n| std::num::NonZeroU16::new(n).unwrap();
            let mut terminal = vt100::Parser::new(size(40), size(99), 0);
            terminal.process(&absolute(fx, fy));
            let mut out = Vec::new();
            move_cursor(CursorPosition::at(fx, fy), x, y, &mut out);
            prop_assert!(out.len() <= absolute(x, y).len());
            terminal.process(&out);
            prop_assert_eq!(terminal.screen().cursor_position(), (y, x));
        }
    }
}
