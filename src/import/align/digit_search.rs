//! Digits that ran together, and numbers that were broken in two: put right only where the sums
//! leave exactly one way.

/// How many ways are listed for the clerk.
pub const MAX_LISTED: usize = 6;
/// The longest number, in digits.
const MAX_DIGITS: usize = 12;
/// How many steps are spent on one row before it counts as undecided.
const MAX_STEPS: usize = 60_000;

/// Returns every way to cut the pieces into numbers so that in each group the last number is the sum of
/// those before it. `groups` are the sizes. A number never begins with a 0 unless it is 0, and never
/// reaches over the gap between two pieces. At most [`MAX_LISTED`] + 1 ways.
pub fn split_by_sums(pieces: &[&str], groups: &[usize]) -> Vec<Vec<String>> {
    search(pieces, groups, false)
}

/// Returns whether the pieces can also be cut into fewer numbers with the same rule, as if blank cells had
/// been left out. So it is taken to be if it takes too long to find out.
pub fn splits_shorter(pieces: &[&str], groups: &[usize]) -> bool {
    let shorter = Shorter::Allowed { full: groups.iter().sum() };
    let mut search = DigitSearch { pieces, groups, found: Vec::new(), steps: 0, joining: false, shorter };
    search.search_sums(SearchPosition::default(), &mut Vec::new());
    search.steps > MAX_STEPS || !search.found.is_empty()
}

/// Returns every way to join neighbouring pieces into numbers with the same rule.
pub fn join_by_sums(pieces: &[&str], groups: &[usize]) -> Vec<Vec<String>> {
    search(pieces, groups, true)
}

fn search(pieces: &[&str], groups: &[usize], joining: bool) -> Vec<Vec<String>> {
    if pieces.iter().any(|piece| piece.is_empty() || !piece.bytes().all(|b| b.is_ascii_digit())) {
        return Vec::new();
    }
    let shorter = Shorter::Never;
    let mut search = DigitSearch { pieces, groups, found: Vec::new(), steps: 0, joining, shorter };
    search.search_sums(SearchPosition::default(), &mut Vec::new());
    search.result()
}

/// Returns every way to split the pieces into `count` numbers if no sum decides, for the clerk to choose
/// from; empty if there are more than can be listed.
pub fn all_splits(pieces: &[&str], count: usize) -> Vec<Vec<String>> {
    if pieces.len() >= count || pieces.iter().any(|piece| !piece.bytes().all(|b| b.is_ascii_digit())) {
        return Vec::new();
    }
    let shorter = Shorter::Never;
    let mut search =
        DigitSearch { pieces, groups: &[], found: Vec::new(), steps: 0, joining: false, shorter };
    search.list_splits(SearchPosition::default(), count, &mut Vec::new());
    if search.found.len() > MAX_LISTED { Vec::new() } else { search.found }
}

#[derive(Clone, Copy, Default)]
struct SearchPosition {
    piece: usize,
    offset: usize,
    group: usize,
    /// How many numbers of the group are there, and their sum.
    count: usize,
    sum: u64,
}

struct DigitSearch<'a> {
    pieces: &'a [&'a str],
    groups: &'a [usize],
    found: Vec<Vec<String>>,
    steps: usize,
    joining: bool,
    shorter: Shorter,
}

/// Whether a group may have fewer numbers than its size.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shorter {
    Never,
    /// It may, and all of them must have fewer than `full`.
    Allowed {
        full: usize,
    },
}

impl DigitSearch<'_> {
    /// No way at all is certain once the search was given up: the list is then no answer.
    fn result(self) -> Vec<Vec<String>> {
        if self.steps > MAX_STEPS && self.found.len() < 2 { Vec::new() } else { self.found }
    }

    fn search_sums(&mut self, at: SearchPosition, numbers: &mut Vec<u64>) {
        self.steps += 1;
        let enough = if self.shorter == Shorter::Never { MAX_LISTED + 1 } else { 1 };
        if self.steps > MAX_STEPS || self.found.len() >= enough {
            return;
        }
        let Some(&size) = self.groups.get(at.group) else {
            let full = matches!(self.shorter, Shorter::Allowed { full } if numbers.len() >= full);
            if at.piece == self.pieces.len() && !full {
                self.found.push(numbers.iter().map(u64::to_string).collect());
            }
            return;
        };
        let last = at.count + 1 == size;
        for (number, piece, offset) in self.candidates(at) {
            numbers.push(number);
            if number == at.sum && (last || at.count > 0 && self.shorter != Shorter::Never) {
                let next = SearchPosition { piece, offset, group: at.group + 1, ..SearchPosition::default() };
                self.search_sums(next, numbers);
            }
            if !last {
                let (count, sum) = (at.count + 1, at.sum + number);
                self.search_sums(SearchPosition { piece, offset, count, sum, ..at }, numbers);
            }
            numbers.pop();
        }
    }

    fn list_splits(&mut self, at: SearchPosition, left: usize, numbers: &mut Vec<u64>) {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.found.len() > MAX_LISTED {
            return;
        }
        if left == 0 {
            if at.piece == self.pieces.len() {
                self.found.push(numbers.iter().map(u64::to_string).collect());
            }
            return;
        }
        for (number, piece, offset) in self.candidates(at) {
            numbers.push(number);
            self.list_splits(SearchPosition { piece, offset, ..at }, left - 1, numbers);
            numbers.pop();
        }
    }

    /// Returns the numbers that can come next, and where each ends. None begins with a 0 but 0 itself, so
    /// that its value says how it is written.
    fn candidates(&self, at: SearchPosition) -> Vec<(u64, usize, usize)> {
        let Some(rest) = self.pieces.get(at.piece).and_then(|piece| piece.get(at.offset..)) else {
            return Vec::new();
        };
        let mut list = Vec::with_capacity(MAX_DIGITS);
        let longer = |value: u64, digits: &str| {
            digits.bytes().fold(value, |value, digit| value * 10 + u64::from(digit - b'0'))
        };
        if self.joining {
            let (mut value, mut length) = (0, 0);
            for (count, piece) in self.pieces[at.piece..].iter().take(3).enumerate() {
                length += piece.len();
                if length > MAX_DIGITS || length > 1 && rest.starts_with('0') {
                    break;
                }
                value = longer(value, piece);
                list.push((value, at.piece + count + 1, 0));
            }
            return list;
        }
        let longest = if rest.starts_with('0') { 1 } else { rest.len().min(MAX_DIGITS) };
        let mut value = 0;
        for length in 1..=longest {
            value = longer(value, &rest[length - 1..length]);
            let whole = length == rest.len();
            let (piece, offset) = if whole { (at.piece + 1, 0) } else { (at.piece, at.offset + length) };
            list.push((value, piece, offset));
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(text: &str, groups: &[usize]) -> Vec<String> {
        let pieces: Vec<&str> = text.split(' ').collect();
        split_by_sums(&pieces, groups).into_iter().map(|numbers| numbers.join(" ")).collect()
    }

    #[test]
    fn digits_are_cut_where_the_sum_leaves_one_way() {
        assert_eq!(ways("7000007", &[7]), ["7 0 0 0 0 0 7"]);
        assert_eq!(ways("230 000023", &[7]), ["23 0 0 0 0 0 23"]);
        assert_eq!(ways("23 0 00 0 023", &[7]), ["23 0 0 0 0 0 23"]);
        assert_eq!(ways("000000000000000", &[5, 5, 5]).len(), 1);
    }

    #[test]
    fn where_two_ways_add_up_both_are_listed() {
        assert_eq!(ways("220000325", &[7]), ["2 20 0 0 0 3 25", "22 0 0 0 0 3 25"]);
        assert!(ways("898989", &[7]).is_empty());
        assert_eq!(all_splits(&["000"], 3), [["0", "0", "0"]]);
        assert_eq!(all_splits(&["350"], 2), [["3", "50"], ["35", "0"]]);
        assert!(all_splits(&["123456789"], 3).is_empty(), "more ways than can be listed");
    }

    #[test]
    fn a_number_broken_in_two_is_joined_where_one_way_adds_up() {
        assert_eq!(
            join_by_sums(&["1", "2", "0", "0", "0", "0", "3", "15"], &[7]),
            [["12", "0", "0", "0", "0", "3", "15"]]
        );
        assert!(join_by_sums(&["5", "0", "0", "0", "0", "0", "0", "0"], &[7]).is_empty());
    }

    #[test]
    fn endless_digits_end_at_once() {
        assert!(split_by_sums(&["1".repeat(2_000).as_str()], &[7]).len() != 1);
        assert!(split_by_sums(&["123456789".repeat(9).as_str()], &[5, 5, 5]).len() != 1);
        assert!(split_by_sums(&[""], &[7]).is_empty());
    }
}
