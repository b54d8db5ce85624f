//! The place chosen in a list: where keys lead it, and which items are shown around it.

use super::command::Command;

/// The place in a list of `count` items after a key; the first one where the list is empty.
pub fn moved(at: usize, command: Command, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    match command {
        Command::Up => at.saturating_sub(1),
        Command::Down => at.saturating_add(1),
        Command::PageUp => at.saturating_sub(page),
        Command::PageDown => at.saturating_add(page),
        Command::RowStart | Command::Start => 0,
        Command::RowEnd | Command::End => last,
        _ => at,
    }
    .min(last)
}

/// The first item shown, nearest to the one shown first so far, so that the one chosen is among
/// `height` items.
pub fn scrolled(first: usize, at: usize, height: usize) -> usize {
    first.clamp((at + 1).saturating_sub(height.max(1)), at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEYS: [Command; 8] = [
        Command::Up,
        Command::Down,
        Command::PageUp,
        Command::PageDown,
        Command::RowStart,
        Command::RowEnd,
        Command::Start,
        Command::End,
    ];

    #[test]
    fn keys_lead_along_the_list_and_stop_at_its_ends() {
        let all = |at| KEYS.map(|key| moved(at, key, 10, 4));
        assert_eq!(all(5), [4, 6, 1, 9, 0, 9, 0, 9]);
        assert_eq!(all(0), [0, 1, 0, 4, 0, 9, 0, 9]);
        assert_eq!(all(9), [8, 9, 5, 9, 0, 9, 0, 9]);
        assert_eq!(KEYS.map(|key| moved(0, key, 0, 4)), [0; 8]);
        assert_eq!(moved(5, Command::Save, 10, 4), 5);
    }

    #[test]
    fn the_list_scrolls_no_further_than_it_must() {
        assert_eq!(scrolled(3, 3, 4), 3);
        assert_eq!(scrolled(3, 6, 4), 3);
        assert_eq!(scrolled(3, 7, 4), 4);
        assert_eq!(scrolled(3, 2, 4), 2);
        assert_eq!(scrolled(3, 2, 0), 2);
    }

    proptest! {
        #[test]
        fn what_is_chosen_is_in_the_list_and_is_shown(
            keys in prop::collection::vec(0usize..8, 0..40), count in 1usize..30, height in 1usize..12
        ) {
            let (mut at, mut first) = (0, 0);
            for key in keys {
                at = moved(at, KEYS[key], count, height);
                first = scrolled(first, at, height);
                prop_assert!(at < count);
                prop_assert!(first <= at && at < first + height);
            }
        }
    }
}
