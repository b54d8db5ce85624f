//! What holds within a group of rich text, and the layout of the row being read.

use crate::import::readers::marked_tables::{Merge, RowLayout};

/// Where text goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextTarget {
    /// Into the main text.
    #[default]
    Main,
    /// Beside it, with the word for what it is.
    Aside(&'static str),
    /// Nowhere, but the fonts that it names are known.
    Fonts,
    /// Nowhere.
    Nowhere,
}

/// What holds up to the end of a group.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Where its text goes.
    pub target: TextTarget,
    /// How many bytes stand for a character in programs that know no Unicode.
    pub substitutes: usize,
    /// The font.
    pub font: i32,
    /// Whether the text is hidden; whether a tracked change deleted it.
    pub hidden: bool,
    pub deleted: bool,
    /// Whether the paragraph is in a table, and in how many.
    pub in_table: bool,
    pub nesting: usize,
    /// Whether it describes the rows of a table inside another.
    pub nested_rows: bool,
    /// Whether nothing but its first word has come: that one says what the group is.
    pub at_start: bool,
    /// Whether a program that does not know that word is to leave the group out.
    pub optional: bool,
}

impl Default for Group {
    fn default() -> Self {
        Group {
            target: TextTarget::Main,
            substitutes: 1,
            font: -1,
            hidden: false,
            deleted: false,
            in_table: false,
            nesting: 1,
            nested_rows: false,
            at_start: true,
            optional: false,
        }
    }
}

impl Group {
    /// Returns how many tables the paragraph is in.
    pub fn depth(&self) -> usize {
        if self.in_table { self.nesting } else { 0 }
    }
}

/// Where the text of a group goes by its first word, or `None` if that says nothing of it.
pub fn target_of(word: &[u8], optional: bool, outside: TextTarget) -> Option<TextTarget> {
    Some(match word {
        b"shptxt" => TextTarget::Aside("文本框"),
        _ if outside == TextTarget::Nowhere => return None,
        b"fonttbl" => TextTarget::Fonts,
        b"header" | b"headerl" | b"headerr" | b"headerf" => TextTarget::Aside("页眉"),
        b"footer" | b"footerl" | b"footerr" | b"footerf" => TextTarget::Aside("页脚"),
        b"footnote" => TextTarget::Aside("脚注"),
        b"colortbl" | b"stylesheet" | b"info" | b"pict" | b"nonshppict" | b"nonesttables" | b"fldinst"
        | b"xe" | b"tc" => TextTarget::Nowhere,
        b"nesttableprops" | b"shppict" => return None,
        _ if optional => TextTarget::Nowhere,
        _ => return None,
    })
}

/// The layout of a row while it is described.
#[derive(Clone, Debug, Default)]
pub struct RowBuilder {
    layout: RowLayout,
    merge: Merge,
}

impl RowBuilder {
    /// Takes a word that describes the row; returns `false` if it is none.
    pub fn apply(&mut self, word: &[u8], number: Option<i32>) -> bool {
        match (word, number) {
            (b"trowd", _) => *self = RowBuilder::default(),
            (b"trleft", Some(left)) => self.left(left),
            (b"clmgf", _) => self.merge.across = 1,
            (b"clmrg", _) => self.merge.across = 2,
            (b"clvmrg", _) => self.merge.continues = true,
            // No row has more cells than are laid out.
            (b"cellx", Some(edge)) if self.layout.merges.len() < crate::import::source::MAX_COLUMNS => {
                if self.layout.edges.is_empty() {
                    self.layout.edges.push(0);
                }
                self.layout.edges.push(edge);
                self.layout.merges.push(std::mem::take(&mut self.merge));
            }
            _ => return false,
        }
        true
    }

    fn left(&mut self, left: i32) {
        match self.layout.edges.first_mut() {
            Some(edge) => *edge = left,
            None => self.layout.edges.push(left),
        }
    }

    /// Returns the layout.
    pub fn layout(&self) -> RowLayout {
        self.layout.clone()
    }
}
