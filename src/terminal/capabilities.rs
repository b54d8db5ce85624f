//! What the terminal can do, as far as environment variables show.

use super::glyph::AmbiguousWidth;
use super::sgr::Colours;
use crate::editor::Background;

/// What the terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether a full-screen program can run at all: not if `TERM` is unset or `dumb`.
    pub full_screen: bool,
    /// The colours that it has.
    pub colours: Colours,
    /// Whether grounds may be tinted in any colour, once the background is known.
    pub tints: bool,
    /// The background, where a setting says so; the terminal is asked if it is unknown.
    pub background: Option<Background>,
    /// Whether to draw borders and marks in ASCII.
    pub ascii: bool,
    /// Whether it knows synchronized updates (DEC private mode 2026).
    pub synchronized: bool,
    /// How it draws characters of ambiguous width; the terminal is asked if this is unknown.
    pub ambiguous: AmbiguousWidth,
}

/// Values of `TERM` for terminals that know synchronized updates.
const SYNCHRONIZED: [&str; 8] =
    ["xterm-kitty", "alacritty", "foot", "contour", "wezterm", "xterm-ghostty", "ghostty", "mintty"];
/// Values of `TERM_PROGRAM` for such terminals.
const SYNCHRONIZED_PROGRAMS: [&str; 6] = ["iTerm.app", "WezTerm", "ghostty", "mintty", "contour", "rio"];
/// Values of `TERM` for terminals that always draw ambiguous characters narrow.
const NARROW: [&str; 8] =
    ["linux", "tmux", "screen", "alacritty", "xterm-kitty", "foot", "xterm-ghostty", "ghostty"];

impl Capabilities {
    /// Reads `TERM`, `COLORTERM`, `NO_COLOR`, `TERM_PROGRAM`, `NIANBAO_ASCII`, `NIANBAO_AMBIGUOUS`
    /// (`narrow`, `wide`, anything else: ask) and `NIANBAO_THEME` (`dark`, `light`, `terminal` for its own
    /// colours without tints, anything else: ask). `ascii` is the option `--ascii`.
    pub fn of(variable: impl Fn(&str) -> Option<String>, ascii: bool) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        let is = |names: &[&str]| {
            names.iter().any(|name| {
                term.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']))
            })
        };
        let program = set("TERM_PROGRAM").unwrap_or_default();
        let ambiguous = match set("NIANBAO_AMBIGUOUS").as_deref() {
            Some("narrow") => AmbiguousWidth::Narrow,
            Some("wide") => AmbiguousWidth::Wide,
            _ if is(&NARROW) => AmbiguousWidth::Narrow,
            _ => AmbiguousWidth::Unknown,
        };
        let theme = set("NIANBAO_THEME");
        let colours =
            if set("NO_COLOR").is_some() { Colours::None } else { colours(&term, set("COLORTERM")) };
        let any_colour = matches!(set("COLORTERM").as_deref(), Some("truecolor" | "24bit"));
        Self {
            full_screen: !term.is_empty() && !is(&["dumb"]),
            colours,
            tints: any_colour && colours == Colours::Many && theme.as_deref() != Some("terminal"),
            background: match theme.as_deref() {
                Some("dark") => Some(Background::Dark),
                Some("light") => Some(Background::Light),
                _ => None,
            },
            ascii: ascii || set("NIANBAO_ASCII").is_some(),
            synchronized: is(&SYNCHRONIZED) || SYNCHRONIZED_PROGRAMS.contains(&program.as_str()),
            ambiguous,
        }
    }
}

fn colours(term: &str, colorterm: Option<String>) -> Colours {
    let many = colorterm.is_some_and(|value| matches!(value.as_str(), "truecolor" | "24bit"));
    if many
        || ["256color", "direct", "kitty", "alacritty", "ghostty", "foot"].iter().any(|t| term.contains(t))
    {
        Colours::Many
    } else if term.starts_with("vt") || term.ends_with("-m") || term.ends_with("-mono") {
        Colours::None
    } else if term.starts_with("ansi") || term.ends_with("-color") || term.ends_with("8color") {
        Colours::Eight
    } else {
        Colours::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Capabilities {
        let find = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string());
        Capabilities::of(find, false)
    }

    #[test]
    fn a_full_screen_needs_a_terminal_that_can_move_its_cursor() {
        assert!(!of(&[]).full_screen && !of(&[("TERM", "dumb")]).full_screen);
        assert!(of(&[("TERM", "linux")]).full_screen);
    }

    #[test]
    fn colours_are_those_of_the_terminal_or_none_if_unwanted() {
        for (term, colours) in [
            ("xterm", Colours::Sixteen),
            ("linux", Colours::Sixteen),
            ("screen", Colours::Sixteen),
            ("tmux-256color", Colours::Many),
            ("vt220", Colours::None),
            ("xterm-mono", Colours::None),
            ("ansi", Colours::Eight),
            ("rxvt-8color", Colours::Eight),
        ] {
            assert_eq!(of(&[("TERM", term)]).colours, colours, "{term}");
        }
        assert_eq!(of(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]).colours, Colours::Many);
        assert_eq!(of(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]).colours, Colours::None);
        assert_eq!(of(&[("TERM", "xterm-256color"), ("NO_COLOR", "")]).colours, Colours::Many);
    }

    #[test]
    fn tints_are_for_terminals_of_any_colour_unless_unwanted() {
        let tints = |more: &[(&str, &str)]| {
            of(&[&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], more].concat()).tints
        };
        assert!(tints(&[]) && tints(&[("NIANBAO_THEME", "light")]));
        assert!(!tints(&[("NIANBAO_THEME", "terminal")]) && !tints(&[("NO_COLOR", "1")]));
        assert!(!of(&[("TERM", "xterm-256color")]).tints);
        assert_eq!(of(&[("TERM", "xterm"), ("NIANBAO_THEME", "dark")]).background, Some(Background::Dark));
    }

    #[test]
    fn a_setting_decides_the_width_and_some_are_never_asked() {
        assert_eq!(of(&[("TERM", "screen.xterm-256color")]).ambiguous, AmbiguousWidth::Narrow);
        assert_eq!(of(&[("TERM", "xterm-256color")]).ambiguous, AmbiguousWidth::Unknown);
        assert_eq!(of(&[("TERM", "tmux"), ("NIANBAO_AMBIGUOUS", "wide")]).ambiguous, AmbiguousWidth::Wide);
    }

    #[test]
    fn only_terminals_known_to_have_it_get_synchronized_updates() {
        assert!(of(&[("TERM", "xterm-kitty")]).synchronized && of(&[("TERM", "foot-extra")]).synchronized);
        assert!(of(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")]).synchronized);
        assert!(!of(&[("TERM", "xterm-256color")]).synchronized && !of(&[("TERM", "footer")]).synchronized);
    }
}
