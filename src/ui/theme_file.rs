//! What a theme file says: a style for each role. `assets/build.rs` reads the shipped ones with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A theme as it is written: the roles that it gives a style.
pub type ThemeFile = BTreeMap<StyleRole, ThemeEntry>;

macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $role:ident,)+) => {
        /// What a piece of the screen is. Its style is the theme's business.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum StyleRole { $($(#[doc = $doc])+ $role,)+ }

        impl StyleRole {
            /// Every role, in the order of its number.
            pub const ALL: &[StyleRole] = &[$(StyleRole::$role,)+];
        }
    };
}

roles! {
    /// Ordinary text and numbers.
    Text,
    /// Where I am: the mark of the row, a key to press.
    Accent,
    /// The title of a box or a group of rows; the heading of the cursor's column.
    Heading,
    /// The title of a box that the cursor is not in.
    PaneTitle,
    /// The label of the row of the cursor.
    RowLabel,
    /// What is said about the last key.
    Notice,
    /// What matters less: remarks, units, what a key does.
    Note,
    /// A number or a sentence that is wrong.
    Wrong,
    /// The cell of the cursor, if it is wrong.
    WrongCursor,
    /// What to look at, please.
    Attention,
    /// The cell of the cursor, if it is to be looked at.
    AttentionCursor,
    /// The line that says where the cursor is.
    Location,
    /// What stands at the end of that line: last year's number, which row of all it is.
    LocationNote,
    /// What agrees, or is done.
    Agree,
    /// A zero in a table.
    Zero,
    /// The mark of a blank cell.
    Blank,
    /// A total.
    Total,
    /// The ground of a computed total.
    Computed,
    /// The ground of the row that a group of rows begins with.
    Band,
    /// The ground of the cursor's row.
    TintRow,
    /// The ground of the cursor's column.
    TintColumn,
    /// The cell of the cursor.
    Cursor,
    /// A cell or a line that is being typed.
    Edit,
    /// What is selected.
    Selection,
    /// What was searched for.
    Found,
    /// The chosen line of a list.
    Chosen,
    /// The title bar.
    Bar,
    /// What the title bar is about.
    BarTitle,
    /// What matters less in the title bar.
    BarNote,
    /// Something wrong, said in the title bar.
    BarWrong,
    /// Something to look at, said in the title bar.
    BarAttention,
    /// A tab.
    Tab,
    /// The tab shown.
    TabActive,
    /// An answer to choose.
    Button,
    /// The chosen answer.
    ButtonChosen,
    /// Lines: of boxes, under headings, above the footer.
    Rule,
    /// The lines of the box that the cursor is in.
    RuleFocus,
    /// A progress line: how much there is, right or wrong.
    Progress,
    /// The part of a scrollbar that stands for what is seen.
    Scrollbar,
    /// The rest of a scrollbar.
    ScrollbarTrack,
    /// A key in the footer or in a box.
    Key,
    /// A finding set aside.
    Ignored,
    /// A number of the text that agrees with its cell.
    QuoteAgree,
    /// A number of the text that does not agree with its cell.
    QuoteWrong,
}

/// The style of one role; what is left out stays as it is under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThemeEntry {
    /// The colour of the characters.
    pub fg: Option<ThemeColour>,
    /// The colour behind them.
    pub bg: Option<ThemeColour>,
    /// Bold.
    pub bold: bool,
    /// Fainter than the rest.
    pub dim: bool,
    /// Underlined.
    pub underlined: bool,
    /// Both colours exchanged.
    pub reversed: bool,
    /// Struck through.
    pub crossed_out: bool,
}

/// A colour as it is written: one of the terminal's sixteen by name, or `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub enum ThemeColour {
    /// One of the terminal's own palette, 0 to 15.
    Palette(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// The names of the terminal's palette.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright_black",
    "bright_red",
    "bright_green",
    "bright_yellow",
    "bright_blue",
    "bright_magenta",
    "bright_cyan",
    "bright_white",
];

impl TryFrom<String> for ThemeColour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let named = NAMES.iter().zip(0..).find(|(name, _)| **name == text);
        let part = |from: usize| text.get(from..from + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
        match (named, text.len()) {
            (Some((_, number)), _) => Some(ThemeColour::Palette(number)),
            (None, 7) if text.starts_with('#') => {
                part(1).zip(part(3)).zip(part(5)).map(|((r, g), b)| ThemeColour::Rgb(r, g, b))
            }
            _ => None,
        }
        .ok_or_else(|| format!("“{text}”不是颜色，请写 #rrggbb 或 {}", NAMES.join("、")))
    }
}

impl From<ThemeColour> for String {
    fn from(colour: ThemeColour) -> String {
        match colour {
            ThemeColour::Palette(number) => NAMES[usize::from(number % 16)].into(),
            ThemeColour::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        }
    }
}
