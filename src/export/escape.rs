//! Text made safe for the file it goes into. Numbers pass through every function here unchanged.

/// Escapes a text for HTML or XML, attributes included.
pub fn escape_markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// Escapes a cell of a text table for spreadsheets: an apostrophe, which marks text there, is put before
/// one that would be run as a formula. Signed numbers and the dashes that mean “not applicable” stay as
/// they are.
pub fn escape_cell(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.into() }
}

/// Returns whether a spreadsheet may take a text for a formula.
fn is_formula(text: &str) -> bool {
    let signs = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let bare = text.trim_start_matches(signs);
    let dashes = bare.is_empty() && !text.contains(['=', '@', '＝', '＠']);
    let number = text.len() - bare.len() <= 1
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && text.starts_with(['+', '-']);
    text.starts_with(signs) && !dashes && !number
}

/// Escapes a paragraph or table cell for Markdown, so that it is shown as it is.
pub fn escape_markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // `1. ` and `- ` begin a list, at the start of a paragraph only.
        let spaced = text.get(at + 1..).is_some_and(|rest| rest.starts_with([' ', '\t']));
        let marks = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => true,
            '#' => at == 0,
            '.' | ')' => spaced && at > 0 && text[..at].bytes().all(|b| b.is_ascii_digit()),
            '=' | '+' | '-' | '@' => at == 0 && (spaced || is_formula(text)),
            _ => false,
        };
        if marks {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}
