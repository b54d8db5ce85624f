//! The mouse of the stories: what is done with it, and where a text stands on the screen.

use super::*;
use nianbao::editor::event::{Mouse, MouseKind};

impl Stage {
    /// Does something with the mouse; `None` if the line says nothing of it.
    pub fn use_mouse(&mut self, line: &str, size: (u16, u16)) -> Option<()> {
        use MouseKind::*;
        let (verb, rest) = line.split_once(' ')?;
        let kinds: &[MouseKind] = match verb {
            "click" => &[Press, Release],
            "double" => &[Press, Release, DoublePress, Release],
            "drag" => &[Press, Drag, Release],
            "wheel" if rest.starts_with("down ") => &[WheelDown],
            "wheel" if rest.starts_with("up ") => &[WheelUp],
            _ => return None,
        };
        let rest = if verb == "wheel" { rest.split_once(' ')?.1 } else { rest };
        let (from, to) = rest.split_once(" -> ").unwrap_or((rest, rest));
        let places = [from, to].map(|place| self.place(place, size));
        for (number, kind) in kinds.iter().enumerate() {
            let (column, row) = places[number.min(1)];
            self.dispatch(Msg::Event(Event::Mouse(Mouse { kind: *kind, column, row })));
        }
        Some(())
    }

    /// Where a text stands on the screen.
    fn place(&self, wanted: &str, (width, height): (u16, u16)) -> (u16, u16) {
        if let Some((x, y)) = wanted.split_once(',')
            && let (Ok(x), Ok(y)) = (x.parse(), y.parse())
        {
            return (x, y);
        }
        let (wanted, further) = match wanted.rsplit_once('+') {
            Some((text, columns)) => (text, columns.parse().unwrap()),
            None => (wanted, 0),
        };
        let (text, mut number) = match wanted.rsplit_once('#') {
            Some((text, number)) => (text, number.parse::<usize>().unwrap()),
            None => (wanted, 1),
        };
        let mut frame = Buffer::empty(Rect::new(0, 0, width, height));
        nianbao::ui::draw(&self.editor, &Themes::shipped(), &mut frame);
        for y in 0..height {
            for x in 0..width {
                let mut rest = text;
                let mut at = x;
                while let Some(cell) = (at < width).then(|| &frame[(at, y)])
                    && !rest.is_empty()
                {
                    let symbol: String =
                        cell.symbol().chars().map(|c| ambiguous::from_stand_in(c).unwrap_or(c)).collect();
                    let Some(left) = rest.strip_prefix(symbol.as_str()) else { break };
                    rest = left;
                    at += cell.cell_width().max(1);
                }
                if rest.is_empty() {
                    number -= 1;
                    if number == 0 {
                        return (x + further, y);
                    }
                }
            }
        }
        panic!("“{wanted}” is not on the screen:\n{}", self.screen(width, height))
    }
}
