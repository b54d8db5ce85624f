//! Another unit's report with nearly the same text.

/// A report of another unit of the folder with nearly the same text in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwinText {
    /// The narrative.
    pub section: String,
    /// The other unit.
    pub unit: String,
    /// The path of the other report.
    pub file: String,
    /// How much of the two texts is the same, in percent.
    pub share: usize,
}
