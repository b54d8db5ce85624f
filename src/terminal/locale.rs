//! The encoding that the environment asks for, and messages for terminals that do not show Chinese.

use super::platform::IS_UTF8_BY_DEFAULT;

/// The encoding according to `LC_ALL`, `LC_CTYPE` and `LANG`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    /// The setting in effect, such as `LANG=zh_CN.GBK`; empty if there is none.
    pub setting: String,
    /// Whether it is UTF-8.
    pub is_utf8: bool,
}

/// What to set if the terminal does not show Chinese, in ASCII and in Chinese.
pub const NOT_UTF8: &str = "\
nianbao: this terminal does not show UTF-8 text, so Chinese would be unreadable.
  Set its character set to UTF-8 (PuTTY: Window > Translation), then: export LC_ALL=C.UTF-8
  What this terminal can do: nianbao doctor. If Chinese is shown: export NIANBAO_AMBIGUOUS=narrow
nianbao：这个终端不按 UTF-8 显示，汉字会成乱码。请把终端的字符集改成 UTF-8 再打开。";

/// The same in one line, after a message that may have been unreadable.
pub const MAYBE_NOT_UTF8: &str =
    "nianbao: unreadable? Set the terminal to UTF-8 and export LC_ALL=C.UTF-8; see: nianbao doctor";

/// Returns the same for the last row of a screen of 60 columns, with the key that quits, if there is one.
pub fn maybe_not_utf8_notice(quit: Option<&str>) -> String {
    let quit = quit.unwrap_or("Quit");
    format!("Unreadable? {quit}, then: nianbao doctor（若是乱码）")
}

impl Locale {
    /// Reads the variables. The first of the three that is not empty decides, as in the C library. Windows
    /// has none of them, and its terminals accept UTF-8.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
        let found = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, set(&name)?)));
        let Some((name, value)) = found else {
            return Locale { setting: String::new(), is_utf8: IS_UTF8_BY_DEFAULT };
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
        assert_eq!(of(&[]).is_utf8, IS_UTF8_BY_DEFAULT);
    }

    #[test]
    fn an_unreadable_screen_names_the_way_out_in_ascii() {
        for message in [NOT_UTF8, MAYBE_NOT_UTF8, &maybe_not_utf8_notice(Some("Ctrl+Q"))] {
            assert!(message.chars().take(30).all(|c| c.is_ascii()) && message.contains("nianbao doctor"));
        }
        assert!(unicode_width::UnicodeWidthStr::width(&*maybe_not_utf8_notice(Some("Ctrl+Q"))) <= 58);
    }
}
