//! Comments in a draft file: `// …` and `/* … */`. A draft cannot hold them, so the clerk is warned before
//! they are lost.

/// Returns the number of comments in a draft file. Quoted text does not count.
pub fn count_comments(text: &str) -> usize {
    // Most files have none, and no text that resembles one.
    if !text.contains("//") && !text.contains("/*") {
        return 0;
    }
    let mut rest = text;
    let mut found = 0;
    while let Some(at) = rest.find(['"', '/', 'r']) {
        let here = rest.get(at..).unwrap_or_default();
        let skipped = if let Some(string) = here.strip_prefix('"') {
            here.len() - after_string(string).len()
        } else if let Some(raw) = here.strip_prefix('r').and_then(after_raw) {
            here.len() - raw.len()
        } else if here.starts_with("//") {
            found += 1;
            here.find('\n').unwrap_or(here.len())
        } else if let Some(block) = here.strip_prefix("/*") {
            found += 1;
            here.len() - after_block(block).len()
        } else {
            1
        };
        rest = here.get(skipped..).unwrap_or_default();
    }
    found
}

/// Returns what follows the end of a quoted string.
fn after_string(text: &str) -> &str {
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => break,
            '\\' => drop(letters.next()),
            _ => {}
        }
    }
    letters.as_str()
}

/// Returns what follows a raw string, `"…"` in any number of `#`, or `None` if it is not a raw string.
fn after_raw(text: &str) -> Option<&str> {
    let inside = text.trim_start_matches('#');
    let end = format!("\"{}", "#".repeat(text.len() - inside.len()));
    let inside = inside.strip_prefix('"')?;
    Some(inside.split_once(end.as_str()).map_or("", |(_, after)| after))
}

/// Returns what follows the end of a block comment; blocks may be nested.
fn after_block(text: &str) -> &str {
    let (mut rest, mut depth) = (text, 1);
    while depth > 0 {
        let Some(at) = rest.find(['*', '/']) else { return "" };
        let here = rest.get(at..).unwrap_or_default();
        let length = match here.get(..2) {
            Some("*/") => {
                depth -= 1;
                2
            }
            Some("/*") => {
                depth += 1;
                2
            }
            _ => 1,
        };
        rest = here.get(length..).unwrap_or_default();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_counted_and_text_in_quotes_is_none() {
        for (text, count) in [
            ("", 0),
            ("(year: 2025)", 0),
            ("// 一\n(year: 2025) // 二", 2),
            ("(a: \"http://例\", b: \"\\\"//\") /* x /* y */ // */ /", 1),
            ("(a: r#\"// \"x\" //\"#, order: 1) // 一", 1),
            ("r // \"", 1),
            ("/* 没有完", 1),
            ("\"没有完 //", 0),
            ("r##\"没有完\"# //", 0),
        ] {
            assert_eq!(count_comments(text), count, "{text}");
        }
        assert_eq!(count_comments(include_str!("../../assets/sample.ron")), 0);
    }

    #[test]
    fn hostile_text_takes_no_longer_than_its_length() {
        for piece in ["/*", "r#", "\"\\", "/", "//\n", "*/", "r\""] {
            count_comments(&piece.repeat(1_000_000));
        }
    }
}
