//! Finds rows of a frame that the screen already shows some rows further up or down.
//!
//! Without this a table that scrolls by one row would be written completely. The scroll region and line
//! feeds at its edges come from the VT100: every terminal has them.

/// A move of the rows `top..bottom` of the screen by `rows`: up if positive, down if negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scroll {
    top: usize,
    bottom: usize,
    rows: isize,
}

/// A scroll must save at least this many rows: it takes about as many bytes itself.
const WORTH: usize = 4;
/// The longest scroll that is tried, in rows.
const FURTHEST: usize = 3;

/// Returns the scroll that saves most rows, or `None` if none saves enough.
///
/// Both screens are cells row by row, with `columns` in a row; `changed` says for each row whether they
/// differ in it.
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
            let saved = (from..y).filter(|y| changed.get(*y) == Some(&true)).count();
            // Blank rows count too, though they are cheap to write: no screen consists of them.
            if saved >= WORTH && best.is_none_or(|(most, _)| saved > most) {
                let far = rows.unsigned_abs();
                let (top, bottom) = if rows > 0 { (from, y + far) } else { (from - far, y) };
                best = Some((saved, Scroll { top, bottom, rows }));
            }
            y = y.max(from) + usize::from(y == from);
        }
    }
    best.map(|(_, scroll)| scroll)
}

impl Scroll {
    /// Writes the scroll. The current style must be plain; the cursor is at the top left corner afterwards.
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
        // Resetting the region moves the cursor home; this is for terminals that do not.
        out.extend_from_slice(b"\x1b[r\x1b[H");
    }

    /// Applies the scroll to a screen in memory.
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
