//! File names from text that was typed or read from a document.

use super::invisible::is_invisible;

/// The maximum length of a name, in characters.
const LONGEST: usize = 60;
/// The maximum length in bytes: file systems allow 255, and `.NAME.lock` must fit beside a draft.
const BYTES: usize = 255 - ".".len() - ".lock".len();
/// The name if nothing of the text can be used.
const UNNAMED: &str = "未命名";

/// Returns a file name that begins with this text and ends with `ending`. Whatever the text, it is a single
/// path component, not hidden, not mistaken for a command's option, at most 249 bytes long, and valid on
/// Windows too. The ending (`.ron`, `-2025.ron`) is kept whole.
///
/// Separators, control characters and what Windows refuses become `_`; what is invisible is left out.
pub fn safe_file_name(text: &str, ending: &str) -> String {
    let fit = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        // Line and paragraph separators are replaced like control characters.
        '\u{2028}' | '\u{2029}' => '_',
        c if c.is_control() => '_',
        c => c,
    };
    let seen: String = text.chars().map(fit).filter(|c| !is_invisible(*c)).collect();
    let start = seen.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-'));
    let mut name = String::new();
    for c in start.chars().take(LONGEST) {
        if name.len() + c.len_utf8() + ending.len() + "_".len() > BYTES {
            break;
        }
        name.push(c);
    }
    name.truncate(name.trim_end_matches(|c: char| c.is_whitespace() || c == '.').len());
    if name.is_empty() {
        name.push_str(UNNAMED);
    }
    name.push_str(ending);
    if is_windows_device(&name) { format!("_{name}") } else { name }
}

/// Returns `true` if Windows reserves the name for a device, whatever follows its first dot.
fn is_windows_device(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = base.strip_prefix("COM").or_else(|| base.strip_prefix("LPT"));
    match port {
        Some(number) => {
            matches!(number, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        }
        None => matches!(&*base, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::{Component, Path};

    #[test]
    fn a_units_name_becomes_its_file_name() {
        for unit in ["示例市水务局", "某县（区）数据局", "A市 B局", "第1街道办事处", "某局-二处", "甲·乙"]
        {
            assert_eq!(safe_file_name(unit, "-2025.ron"), format!("{unit}-2025.ron"));
        }
    }

    #[test]
    fn characters_no_file_name_may_hold_are_replaced() {
        for (text, name) in [
            ("..", "未命名-2025.ron"),
            (".", "未命名-2025.ron"),
            ("", "未命名-2025.ron"),
            (" \u{3000}\u{202e}", "未命名-2025.ron"),
            ("/etc/passwd", "_etc_passwd-2025.ron"),
            ("../../甲", "_.._甲-2025.ron"),
            ("a/b", "a_b-2025.ron"),
            ("C:\\甲", "C__甲-2025.ron"),
            ("甲\0乙\n丙\u{2028}丁", "甲_乙_丙_丁-2025.ron"),
            ("甲\u{202e}乙\u{200b}\u{feff}", "甲乙-2025.ron"),
            ("甲. . ", "甲-2025.ron"),
            (".甲", "甲-2025.ron"),
            ("-rf", "rf-2025.ron"),
            (". -甲", "甲-2025.ron"),
            ("CON", "CON-2025.ron"),
            ("aux.txt", "_aux.txt-2025.ron"),
            ("Com1 .x", "_Com1 .x-2025.ron"),
        ] {
            assert_eq!(safe_file_name(text, "-2025.ron"), name, "{text:?}");
        }
        assert_eq!(safe_file_name("nul", ".ron"), "_nul.ron");
        assert_eq!(safe_file_name("com10", ".ron"), "com10.ron");
    }

    #[test]
    fn a_long_name_is_cut_and_keeps_its_ending() {
        assert_eq!(safe_file_name(&"局".repeat(300), "-2025.ron"), format!("{}-2025.ron", "局".repeat(60)));
        let wide = safe_file_name(&"𠀀".repeat(300), "-2025.ron");
        assert!(wide.ends_with("𠀀-2025.ron") && wide.len() <= BYTES, "{}", wide.len());
    }

    proptest! {
        #[test]
        fn every_text_makes_a_name_valid_on_every_system(
            text in prop_oneof![
                any::<String>(),
                "[./\\\\ \u{0}-\u{1f}\u{7f}-\u{9f}~\u{3000}\u{200b}-\u{202e}\u{feff}\u{20000}局-]{0,200}",
                "(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt1|conin\\$)[ .]{0,2}[a-z]{0,2}",
            ],
            ending in prop_oneof![Just("-2025.ron"), Just(".ron"), Just(".csv"), Just("-2.csv")],
        ) {
            let name = safe_file_name(&text, ending);
            let parts: Vec<_> = Path::new(&name).components().collect();
            prop_assert_eq!(parts, [Component::Normal(name.as_ref())]);
            prop_assert!(name.len() <= BYTES && name.len() > ending.len() && name.ends_with(ending));
            prop_assert!(!name.starts_with(['.', '-', ' ']), "{}", name);
            prop_assert!(!name.chars().any(|c| c.is_control() || "/\\:*?\"<>|".contains(c) || is_invisible(c)));
            prop_assert!(!is_windows_device(&name), "{}", name);
        }
    }
}
