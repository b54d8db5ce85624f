//! A progress line. It says how much there is, and never whether it is right: that is said in words.

use super::canvas::{Canvas, to_u16};
use super::theme_file::StyleRole;
use crate::draft::FilledCells;

/// Draws how much is filled in as a line of so many columns, what is left as a thin one.
pub fn draw_progress(canvas: &mut Canvas, (x, y): (u16, u16), columns: u16, cells: FilledCells) {
    let [full, empty] = canvas.signs().progress;
    let length = to_u16(cells.of_steps(usize::from(columns)));
    // What there is of something is seen.
    let length = if cells.filled > 0 { length.max(1) } else { 0 }.min(columns);
    let x = canvas.text(x, y, &full.repeat(usize::from(length)), StyleRole::Progress);
    canvas.text(x, y, &empty.repeat(usize::from(columns - length)), StyleRole::Rule);
}
