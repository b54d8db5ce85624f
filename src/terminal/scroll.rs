//! Rows of a frame that the screen shows already, some rows further up or down.
//!
//! A table that scrolls by a row would otherwise be written whole. The scroll region and the line
//! feeds at its edges are of the VT100: every terminal has them.

/// Rows `top..bottom` of the screen moved by so many rows: up if positive, down if negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scroll {
    top: usize,
    bottom: usize,
    rows: isize,
}

/// A scroll costs about this many rows' worth of bytes; fewer rows that match are not worth it.
const WORTH: usize = 4;
/// The furthest that is looked for, in rows.
const FURTHEST: usize = 3;

/// The scroll that spares most rows; `None` when none spares enough. Both screens are cells row by
/// row, `columns` to a row; `changed` tells of each row whether the two differ in it.
pub fn find<T: PartialEq>(old: &[T], next: &[T], columns: usize, changed: &[bool]) -> Option<Scroll> {
    let height = changed.len();
    let old_row = |y: usize| old.get(y * columns..(y + 1) * columns);
    let next_row = |y: usize| next.get(y * columns..(y + 1) * columns);
    if changed.iter().filter(|c| **c).count() < WORTH {
        return None;
    }
    let mut best: Option<(usize, Scroll)> = None;
    for rows in (1..=FURTHEST).filter_map(|n| isize::try_from(n).ok()).flat_map(|n| [n, -n]) {
        let source = |y: usize| y.checked_add_signed(rows).filter(|from| *from < height);
        let moved = |y: usize| source(y).is_some_and(|from| old_row(from) == next_row(y));
        let mut y = 0;
        while y < height {
            let from = y;
            while y < height && moved(y) {
                y += 1;
            }
            let spared = (from..y).filter(|y| changed.get(*y) == Some(&true)).count();
            // Blank rows cost nothing to write either, but nobody scrolls a screen of them.
            if spared >= WORTH && best.is_none_or(|(most, _)| spared > most) {
                let far = rows.unsigned_abs();
                let (top, bottom) = if rows > 0 { (from, y + far) } else { (from - far, y) };
                best = Some((spared, Scroll { top, bottom, rows }));
            }
            y = y.max(from) + usize::from(y == from);
        }
    }
    best.map(|(_, scroll)| scroll)
}

impl Scroll {
    /// Adds the scroll; the pen must be plain, and the cursor is at the top left corner after it.
    pub fn write(self, out: &mut Vec<u8>) {
        let far = self.rows.unsigned_abs();
        out.extend_from_slice(format!("\x1b[{};{}r", self.top + 1, self.bottom).as_bytes());
        if self.rows > 0 {
            out.extend_from_slice(format!("\x1b[{}H", self.bottom).as_bytes());
            out.extend(std::iter::repeat_n(b'\n', far));
        } else {
            out.extend_from_slice(format!("\x1b[{}H", self.top + 1).as_bytes());
            out.extend(std::iter::repeat_n(*b"\x1bM", far).flatten());
        }
        // The cursor goes home with the region; said once more for terminals that leave it.
        out.extend_from_slice(b"\x1b[r\x1b[H");
    }

    /// Does the same to a screen in memory.
    pub fn apply<T: Clone>(self, screen: &mut [T], columns: usize, blank: T) {
        let Some(region) = screen.get_mut(self.top * columns..self.bottom * columns) else { return };
        let far = (self.rows.unsigned_abs() * columns).min(region.len());
        if self.rows > 0 {
            region.rotate_left(far);
            let kept = region.len() - far;
            region.iter_mut().skip(kept).for_each(|cell| *cell = blank.clone());
        } else {
            region.rotate_right(far);
            region.iter_mut().take(far).for_each(|cell| *cell = blank.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<T: PartialEq>(old: &[T], next: &[T]) -> Option<Scroll> {
        let changed: Vec<bool> = old.iter().zip(next).map(|(old, next)| old != next).collect();
        super::find(old, next, 1, &changed)
    }

    #[test]
    fn a_block_of_rows_that_moved_is_found_between_rows_that_stayed() {
        let old = ["h", "k", "a", "b", "c", "d", "e", "f", "s"];
        let next = ["h", "k", "b", "c", "d", "e", "f", "g", "s"];
        let found = find(&old, &next);
        assert_eq!(found, Some(Scroll { top: 2, bottom: 8, rows: 1 }));
        let mut screen = old;
        found.iter().for_each(|s| s.apply(&mut screen, 1, " "));
        assert_eq!(screen, ["h", "k", "b", "c", "d", "e", "f", " ", "s"]);
        let back = find(&next, &old);
        assert_eq!(back, Some(Scroll { top: 2, bottom: 8, rows: -1 }));
    }

    #[test]
    fn a_few_changed_rows_are_not_worth_it() {
        assert_eq!(find(&["a", "b", "c", "d"], &["b", "c", "d", "e"]), None);
        assert_eq!(find::<u8>(&[], &[]), None);
        assert_eq!(find(&[1, 2, 3, 4, 5, 6], &[1, 2, 3, 4, 5, 6]), None);
    }
}
