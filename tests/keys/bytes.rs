//! What a move of the cursor and a digit cost at 80×24, in bytes to the terminal: over a slow line each is to
//! fit into one packet.

use nianbao::check::{Context, Severity, check};
use nianbao::editor::event::Event;
use nianbao::editor::key::Key;
use nianbao::editor::{Background, Editor, Keymap, Msg, Opened, update};
use nianbao::form::Library;
use nianbao::store;
use nianbao::terminal::glyph::AmbiguousWidth;
use nianbao::terminal::screen::Screen;
use nianbao::terminal::sgr::Colours;
use nianbao::ui::{self, Themes};
use ratatui::layout::Size;

/// The sample without its two mistakes: no finding comes and goes with the cursor.
const SAMPLE: &str = include_str!("../../assets/sample.ron");
const MENDED: [(&str, &str); 2] = [
    ("refused_internal: (natural: 4", "refused_internal: (natural: 5"),
    ("legal: 0, other_org: 0, total: 4", "legal: 0, other_org: 0, total: 2"),
];
const MOVES: [(&str, usize); 4] = [("Down", 10), ("Right", 5), ("Up", 8), ("Left", 4)];

/// An editor on table 三, and the screen that it is painted on.
struct Painted {
    editor: Editor,
    themes: Themes,
    screen: Screen,
}

impl Painted {
    fn new(colours: Colours, background: Option<Background>) -> Self {
        let library = Library::new();
        let text = MENDED.iter().fold(SAMPLE.to_string(), |text, (from, to)| text.replacen(from, to, 1));
        let loaded = store::parse("sample", text.as_bytes(), &library).unwrap();
        let findings = check(&loaded.form, &loaded.draft, Context::default());
        assert!(findings.iter().all(|it| it.severity < Severity::Error), "{findings:?}");
        let editor = Editor::new(library, Keymap::shipped(), 80, 24, Some(jiff::civil::date(2026, 1, 12)));
        let screen = Screen::new(Size::new(80, 24), colours, AmbiguousWidth::Narrow, false);
        let mut painted = Painted { editor, themes: Themes::shipped(), screen };
        let opened = Opened {
            path: Some("2025.ron".into()),
            form: loaded.form,
            draft: loaded.draft,
            last_year: None,
            message: String::new(),
        };
        update(&mut painted.editor, Msg::Event(Event::WidthReport { wide: false }));
        background.map(|it| update(&mut painted.editor, Msg::Event(Event::BackgroundReport(it))));
        update(&mut painted.editor, Msg::Opened(Ok(Box::new(opened))));
        painted.press("Alt+3");
        painted
    }

    /// Presses a key and returns the bytes that it costs.
    fn press(&mut self, key: &str) -> usize {
        update(&mut self.editor, Msg::Event(Event::Key(key.parse::<Key>().unwrap())));
        self.screen.paint(|frame| ui::draw(&self.editor, &self.themes, frame)).len()
    }

    /// Moves around and returns the median and the 95th percentile of the bytes.
    fn moves(&mut self) -> (usize, usize) {
        let keys = MOVES.into_iter().flat_map(|(key, times)| std::iter::repeat_n(key, times));
        let mut bytes: Vec<usize> = keys.map(|key| self.press(key)).collect();
        bytes.sort_unstable();
        (bytes[bytes.len() / 2], bytes[bytes.len() * 95 / 100])
    }
}

#[test]
fn a_move_in_16_colours_is_at_most_120_bytes() {
    let (median, most) = Painted::new(Colours::Sixteen, None).moves();
    assert!(median <= 120 && most <= 300, "{median}, {most}");
}

#[test]
fn a_move_with_tints_is_at_most_600_bytes() {
    for background in [Background::Dark, Background::Light] {
        let (median, most) = Painted::new(Colours::Many, Some(background)).moves();
        assert!(median <= 600 && most <= 1200, "{background:?}: {median}, {most}");
    }
}

/// Of these 42 bytes the cell takes 4, the number, its sum and the gap in the balance 6, going to the three and
/// back 22, their styles 10.
#[test]
fn a_digit_with_its_balance_is_at_most_42_bytes() {
    let mut painted = Painted::new(Colours::Sixteen, None);
    painted.press("7");
    let digit = painted.press("8");
    assert!(digit <= 42, "{digit}");
}
