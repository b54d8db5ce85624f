//! Themes: which style each [`StyleRole`] has. They are data (`assets/themes/`), and the user's own
//! `theme.ron` may change any role. No other file of the program names a colour or an attribute.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};

use super::theme_file::{StyleRole, ThemeColour, ThemeEntry, ThemeFile};
use crate::check::Severity;
use crate::editor::Background;
use crate::form::ron_message;

/// The themes as `assets/build.rs` has read them.
const TERMINAL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/terminal.bin"));
const DARK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dark.bin"));
const LIGHT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/light.bin"));

/// Why a theme file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("配色文件第 {line} 行：{message}")]
pub struct ThemeFileError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// The themes to choose from, by what the terminal has.
#[derive(Clone, Debug)]
pub struct Themes {
    /// On the terminal's own sixteen colours; good on a dark ground and on a light one.
    terminal: Theme,
    dark: Theme,
    light: Theme,
}

impl Themes {
    /// The themes as shipped. A test reads the shipped files, so none is empty.
    pub fn shipped() -> Self {
        let read = |bytes| Theme::default().with(postcard::from_bytes(bytes).unwrap_or_default());
        Themes { terminal: read(TERMINAL), dark: read(DARK), light: read(LIGHT) }
    }

    /// These themes with the roles of a user's own file over each of them.
    ///
    /// # Errors
    /// The line of the first role, colour or attribute that nobody knows.
    pub fn with_overrides(self, source: &str) -> Result<Self, ThemeFileError> {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let as_written =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let own: ThemeFile = as_written.from_str(source).map_err(|error| ThemeFileError {
            line: error.span.start.line,
            message: ron_message(&error.code),
        })?;
        let [terminal, dark, light] =
            [self.terminal, self.dark, self.light].map(|theme| theme.with(own.clone()));
        Ok(Themes { terminal, dark, light })
    }

    /// The theme for a terminal whose background is known because it shows any colour; otherwise the one
    /// on its own palette.
    pub fn on(&self, background: Option<Background>) -> &Theme {
        match background {
            None => &self.terminal,
            Some(Background::Dark) => &self.dark,
            Some(Background::Light) => &self.light,
        }
    }
}

/// The style of each role.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: Vec<Style>,
}

impl Default for Theme {
    /// The theme in which everything is plain.
    fn default() -> Self {
        Theme { styles: vec![Style::new(); StyleRole::ALL.len()] }
    }
}

impl Theme {
    fn with(mut self, file: ThemeFile) -> Self {
        for (role, entry) in file {
            if let Some(style) = self.styles.get_mut(role as usize) {
                *style = style_of(entry);
            }
        }
        self
    }

    /// Returns the style of a role.
    pub fn style(&self, role: StyleRole) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

fn style_of(entry: ThemeEntry) -> Style {
    let flags = [
        (entry.bold, Modifier::BOLD),
        (entry.dim, Modifier::DIM),
        (entry.underlined, Modifier::UNDERLINED),
        (entry.reversed, Modifier::REVERSED),
        (entry.crossed_out, Modifier::CROSSED_OUT),
    ];
    let modifier = flags.into_iter().filter(|(on, _)| *on).fold(Modifier::empty(), |all, (_, one)| all | one);
    let style = Style { fg: entry.fg.map(colour_of), bg: entry.bg.map(colour_of), ..Style::new() };
    style.add_modifier(modifier)
}

fn colour_of(colour: ThemeColour) -> Color {
    match colour {
        ThemeColour::Palette(number) => Color::Indexed(number),
        ThemeColour::Rgb(r, g, b) => Color::Rgb(r, g, b),
    }
}

/// Takes the style of what stands in a cell away, and leaves the ground that it stands on.
pub fn clear_glyph(cell: &mut Cell) {
    cell.fg = Color::Reset;
    cell.modifier &= Modifier::REVERSED;
}

/// What has a style in a theme: a role, roles one over the other, or a style made of such.
pub trait Paint {
    /// Returns the style.
    fn style_in(self, theme: &Theme) -> Style;
}

impl Paint for StyleRole {
    fn style_in(self, theme: &Theme) -> Style {
        theme.style(self)
    }
}

impl Paint for (StyleRole, StyleRole) {
    fn style_in(self, theme: &Theme) -> Style {
        theme.style(self.0).patch(theme.style(self.1))
    }
}

impl Paint for Style {
    fn style_in(self, _: &Theme) -> Style {
        self
    }
}

/// Returns the role of a finding's sentence, and of what it is about.
pub fn severity_role(severity: Severity) -> StyleRole {
    match severity {
        Severity::Error => StyleRole::Wrong,
        Severity::Warning => StyleRole::Attention,
        Severity::Remark => StyleRole::Text,
    }
}

/// Returns the mark beside a cell or before a finding: nothing is said by colour alone.
pub fn severity_mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "!",
        Severity::Warning => "~",
        Severity::Remark => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str); 3] = [
        ("terminal", include_str!("../../assets/themes/terminal.ron")),
        ("dark", include_str!("../../assets/themes/dark.ron")),
        ("light", include_str!("../../assets/themes/light.ron")),
    ];

    fn read(text: &str) -> ThemeFile {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        options.from_str(text).unwrap()
    }

    #[test]
    fn every_theme_names_every_role() {
        for (name, text) in FILES {
            let file = read(text);
            let missing: Vec<_> = StyleRole::ALL.iter().filter(|role| !file.contains_key(role)).collect();
            assert!(missing.is_empty(), "{name}: {missing:?}");
        }
    }

    #[test]
    fn the_themes_as_built_are_the_files_as_written() {
        let shipped = Themes::shipped();
        for ((name, text), theme) in FILES.iter().zip([&shipped.terminal, &shipped.dark, &shipped.light]) {
            assert_eq!(theme.styles, Theme::default().with(read(text)).styles, "{name}");
        }
    }

    #[test]
    fn the_terminals_theme_has_only_the_terminals_colours() {
        let theme = Themes::shipped().terminal;
        let colours = theme.styles.iter().flat_map(|style| [style.fg, style.bg]).flatten();
        assert!(colours.into_iter().all(|colour| matches!(colour, Color::Indexed(0..=15))));
    }

    #[test]
    fn without_colours_what_is_wrong_or_chosen_still_differs() {
        let theme = Themes::shipped().terminal;
        let modifier = |role| theme.style(role).add_modifier;
        for role in [
            StyleRole::Wrong,
            StyleRole::Cursor,
            StyleRole::Edit,
            StyleRole::TabActive,
            StyleRole::ButtonChosen,
        ] {
            assert_ne!(modifier(role), modifier(StyleRole::Text), "{role:?}");
        }
    }

    #[test]
    fn a_users_role_replaces_that_role_alone() {
        let own = Themes::shipped().with_overrides("{ accent: (fg: \"#010203\", bold: true) }").unwrap();
        let accent = own.dark.style(StyleRole::Accent);
        assert_eq!((accent.fg, accent.add_modifier), (Some(Color::Rgb(1, 2, 3)), Modifier::BOLD));
        assert_eq!(own.dark.style(StyleRole::Wrong), Themes::shipped().dark.style(StyleRole::Wrong));
    }

    #[test]
    fn a_broken_theme_file_is_refused_with_its_line() {
        let refused = |text: &str| Themes::shipped().with_overrides(text).unwrap_err();
        let error = refused("{\n  accent: (fg: \"bleu\"),\n}");
        assert_eq!(error.line, 2);
        assert!(error.message.contains("“bleu”不是颜色"), "{error}");
        assert_eq!(refused("{\n\n  nobody: (fg: \"blue\"),\n}").line, 3);
        assert_eq!(refused("{\n  accent: (colour: \"blue\"),\n}").line, 2);
    }
}
