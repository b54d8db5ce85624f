//! A figure of a narrative beside the tables: what was read, and whether both sides agree.

use std::ops::Range;

use crate::check::Span;
use crate::form::FieldId;

/// Whether the tables say the same as a figure of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They do, in one of the figure's readings.
    Agrees,
    /// They do not, in any reading: this is a finding.
    Differs,
    /// Cells are blank or unreadable, so that they may yet agree.
    Open,
}

/// How a figure of a narrative was read, and whether the tables agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedFigure {
    /// The rule it belongs to: `N1`, `N2`, `N3`, `N5` or `N7`.
    pub rule: &'static str,
    /// Its range in the narrative, with the words that give it its meaning.
    pub span: Span,
    /// The bytes of the number alone; the whole range if it is said in words (未收到, 均获维持).
    pub number: Range<usize>,
    /// The cells it was compared with: of the reading that agrees, else of the likeliest.
    pub fields: Vec<FieldId>,
    /// The range of the narrative in quotation marks, without its middle if it is long.
    pub quoted: String,
    /// What it was compared with, each with the table's number: `本年新收+上年结转 62 = 59 + 3`. All readings
    /// that were tried if none agrees, else one.
    pub readings: Vec<String>,
    /// Whether both sides agree.
    pub verdict: Verdict,
    /// The number in the tables and the number in the text.
    pub table_and_text: (String, String),
}

impl ComparedFigure {
    /// Returns the sentence with both sides and the reading.
    pub fn message(&self) -> String {
        let ComparedFigure { quoted, readings, .. } = self;
        let tried = readings.join("；");
        match self.verdict {
            Verdict::Agrees => format!("{quoted}：按 {tried}，相符"),
            Verdict::Open => format!("{quoted}：按 {tried}，表中尚未填完"),
            Verdict::Differs if self.rule == "N7" => {
                format!("正文{quoted}，后面各项相加是 {}，请核对", self.table_and_text.0)
            }
            Verdict::Differs if matches!(self.rule, "N3" | "N5") => {
                format!("正文{quoted}，按 {tried} 应是 {}，不相符", self.table_and_text.0)
            }
            Verdict::Differs if self.rule == "N2" => format!("正文{quoted}，表里 {tried}，请核对"),
            Verdict::Differs if readings.len() == 1 => format!("正文{quoted}，表里 {tried}，不相符"),
            Verdict::Differs => format!("正文{quoted}，表里 {tried}，都不相符"),
        }
    }
}
