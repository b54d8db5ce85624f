//! Double clicks: terminals report presses alone, so the time between two of them is measured here.

use crate::editor::event::{Event, MouseKind};
use std::time::{Duration, Instant};

/// How long after the first press the second one may come.
const WITHIN: Duration = Duration::from_millis(400);

/// Tells a second press at the same place, soon after the first, from two single ones.
#[derive(Debug, Default)]
pub struct ClickCounter {
    /// When and where the button was pressed; `None` after a double click, so that a third press is a first
    /// one again.
    last: Option<(Instant, u16, u16)>,
}

impl ClickCounter {
    /// Marks the second press of each double click among events that have arrived at this time.
    pub fn mark(&mut self, events: &mut [Event], now: Instant) {
        for event in events {
            let Event::Mouse(mouse) = event else { continue };
            if mouse.kind != MouseKind::Press {
                continue;
            }
            let is_second = self.last.is_some_and(|(at, column, row)| {
                (column, row) == (mouse.column, mouse.row) && now.duration_since(at) <= WITHIN
            });
            if is_second {
                mouse.kind = MouseKind::DoublePress;
            }
            self.last = (!is_second).then_some((now, mouse.column, mouse.row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::event::Mouse;

    fn press(column: u16) -> Event {
        Event::Mouse(Mouse { kind: MouseKind::Press, column, row: 3 })
    }

    fn doubles(presses: &[(u64, u16)]) -> Vec<bool> {
        let (mut counter, start) = (ClickCounter::default(), Instant::now());
        let is_double = |(after, column): &(u64, u16)| {
            let mut events = [press(*column)];
            counter.mark(&mut events, start + Duration::from_millis(*after));
            matches!(&events[0], Event::Mouse(mouse) if mouse.kind == MouseKind::DoublePress)
        };
        presses.iter().map(is_double).collect()
    }

    #[test]
    fn two_presses_soon_at_one_place_are_a_double_click() {
        assert_eq!(doubles(&[(0, 5), (300, 5)]), [false, true]);
        assert_eq!(doubles(&[(0, 5), (300, 6)]), [false, false], "elsewhere");
        assert_eq!(doubles(&[(0, 5), (600, 5)]), [false, false], "too late");
        assert_eq!(doubles(&[(0, 5), (100, 5), (200, 5), (300, 5)]), [false, true, false, true]);
    }
}
