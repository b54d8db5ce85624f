//! Rust code as words and signs: enough to read imports and names from it.

/// The identifiers, numbers and signs of Rust code in their order, without comments, texts and
/// lifetimes. `::` is one sign.
pub fn tokens(code: &str) -> Vec<&str> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        let (length, counts) = match first {
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), false),
            '/' if rest.starts_with("/*") => (rest.find("*/").map_or(rest.len(), |end| end + 2), false),
            '"' => (quoted(rest), false),
            '\'' => (character(rest), false),
            'r' | 'b' | 'c' if prefixed(rest).is_some() => (prefixed(rest).unwrap_or(1), false),
            ':' if rest.starts_with("::") => (2, true),
            _ if is_word(first) => (rest.find(|c| !is_word(c)).unwrap_or(rest.len()), true),
            _ => (first.len_utf8(), !first.is_whitespace()),
        };
        if counts {
            found.push(&rest[..length]);
        }
        at += length;
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a text in quotes, its escapes included.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// The length of a character in quotes, or of the quote before a lifetime's name.
fn character(text: &str) -> usize {
    let mut rest = text.char_indices().skip(1);
    match (rest.next(), rest.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let from = at + escaped.len_utf8();
            text[from..].find('\'').map_or(text.len(), |end| from + end + 1)
        }
        (_, Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// The length of `r"…"`, `r#"…"#`, `b"…"`, `b'…'` and their like, where one begins here.
fn prefixed(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(['r', 'b', 'c']);
    let letters = text.len() - rest.len();
    if letters > 2 {
        return None;
    }
    let inner = rest.trim_start_matches('#');
    let hashes = rest.len() - inner.len();
    if inner.starts_with('\'') && hashes == 0 && text.starts_with("b'") {
        return Some(letters + character(inner));
    }
    if !inner.starts_with('"') {
        return None;
    }
    if !text[..letters].contains('r') {
        return (hashes == 0).then(|| letters + quoted(inner));
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let closed = inner[1..].find(&end).map_or(inner.len(), |at| 1 + at + end.len());
    Some(letters + hashes + closed)
}

/// These tokens without the items behind `#[cfg(test)]`.
pub fn without_tests<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if tokens[at..].starts_with(&MARK) {
            at = after_item(tokens, at + MARK.len());
        } else {
            kept.push(tokens[at]);
            at += 1;
        }
    }
    kept
}

/// Where the item that begins here ends: behind its `;` or its block.
fn after_item(tokens: &[&str], from: usize) -> usize {
    let mut depth = 0usize;
    let is_use = tokens[from..].iter().take(5).any(|token| *token == "use");
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match *token {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && *token == "}" && !is_use {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

#[test]
fn only_code_is_read_as_tokens() {
    let code = "// use a;\nlet x: &'a str = \"use b::c\"; /* d */ r#\"e\"f\"# '\\'' b'g' 'h' crate::i";
    assert_eq!(tokens(code).join(" "), "let x : & a str = ; crate :: i");
    let code = "use a; #[cfg(test)] mod tests { fn b() {} } #[cfg(test)] use c::{d, e}; fn f() {}";
    assert_eq!(without_tests(&tokens(code)).join(" "), "use a ; fn f ( ) { }");
}
