//! Whether the environment speaks UTF-8, and words for those who could not read Chinese otherwise.

/// What `LC_ALL`, `LC_CTYPE` and `LANG` say about characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    /// The setting in force, `LANG=zh_CN.GBK`; empty where none is set.
    pub setting: String,
    /// Whether it is UTF-8.
    pub is_utf8: bool,
}

/// For a screen on which Chinese may not be seen: what to set, in ASCII, and the same in Chinese.
pub const NOT_UTF8: &str = "\
nianbao: this terminal does not show UTF-8 text, so Chinese would be unreadable.
  Set its character set to UTF-8 (PuTTY: Window > Translation), then: export LC_ALL=C.UTF-8
  What this terminal can do: nianbao doctor. If Chinese is shown: export NIANBAO_AMBIGUOUS=narrow
nianbao：这个终端不按 UTF-8 显示，汉字会成乱码。请把终端的字符集改成 UTF-8 再打开。";

/// The same in a line, after words that may not have been read.
pub const MAYBE_NOT_UTF8: &str =
    "nianbao: unreadable? Set the terminal to UTF-8 and export LC_ALL=C.UTF-8; see: nianbao doctor";

/// The same at the foot of a screen of 60 columns, with the key that leaves it, if there is one.
pub fn at_the_foot(quit: Option<&str>) -> String {
    let quit = quit.unwrap_or("Quit");
    format!("Unreadable? {quit}, then: nianbao doctor（若是乱码）")
}

impl Locale {
    /// The first of the three variables that is not empty decides, as in the C library. Windows has
    /// none of them, and terminals there take UTF-8.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
        let found = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, set(&name)?)));
        let Some((name, value)) = found else {
            return Locale { setting: String::new(), is_utf8: cfg!(windows) };
        };
        let charset = value.split_once('.').map_or("", |(_, rest)| rest.split('@').next().unwrap_or(rest));
        let is_utf8 = ["utf-8", "utf8"].contains(&charset.to_ascii_lowercase().as_str());
        Locale { setting: format!("{name}={value}"), is_utf8 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Locale {
        Locale::of(|name| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string()))
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        for (variables, is_utf8) in [
            (&[("LANG", "zh_CN.UTF-8")][..], true),
            (&[("LANG", "C.utf8")], true),
            (&[("LANG", "de_DE.UTF-8@euro")], true),
            (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], false),
            (&[("LC_ALL", ""), ("LC_CTYPE", "C.UTF-8"), ("LANG", "C")], true),
            (&[("LANG", "zh_CN.GBK")], false),
            (&[("LANG", "zh_CN")], false),
            (&[("LANG", "C")], false),
        ] {
            assert_eq!(of(variables).is_utf8, is_utf8, "{variables:?}");
        }
        assert_eq!(of(&[("LANG", "zh_CN.GBK")]).setting, "LANG=zh_CN.GBK");
        assert_eq!(of(&[]).is_utf8, cfg!(windows));
    }

    #[test]
    fn an_unreadable_screen_names_the_way_out_in_ascii() {
        for words in [NOT_UTF8, MAYBE_NOT_UTF8, &at_the_foot(Some("Ctrl+Q"))] {
            assert!(words.chars().take(30).all(|c| c.is_ascii()) && words.contains("nianbao doctor"));
        }
        assert!(unicode_width::UnicodeWidthStr::width(&*at_the_foot(Some("Ctrl+Q"))) <= 58);
    }
}
