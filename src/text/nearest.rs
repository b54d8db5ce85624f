//! What was probably meant by a name that nobody knows.

/// Returns the known names that are nearest to a word, in their order: one slip of the finger for every three
/// letters at most, and none if all are further away.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_ascii_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&word, &name.to_ascii_lowercase());
    let all: Vec<(usize, &str)> = known.into_iter().map(|name| (distance(name), name)).collect();
    let least = all.iter().map(|(distance, _)| *distance).min().unwrap_or(usize::MAX);
    let near = all.into_iter().filter(|(distance, _)| *distance == least);
    near.map(|(_, name)| name).filter(|_| least <= (word.chars().count() / 3).max(1)).collect()
}

/// Returns the question that names them, to stand behind a sentence; empty if there are none.
pub fn question<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(word, known).as_slice() {
        [] => String::new(),
        near => format!("。是不是要用 {}？", near.join("、")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_another_word_is_not() {
        let known = ["check", "carry", "status", "D2", "D2b", "T4"];
        assert_eq!(nearest("chekc", known), ["check"]);
        assert_eq!(nearest("Statsu", known), ["status"]);
        assert_eq!(nearest("d2x", known), ["D2", "D2b"]);
        assert_eq!(nearest("report", known), Vec::<&str>::new());
        assert_eq!(question("示例", known), "");
        assert_eq!(question("chekc", known), "。是不是要用 check？");
    }
}
