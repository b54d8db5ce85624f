//! What a workbook is made for.

/// What a workbook of one report is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be read.
    Report,
    /// To be filled in.
    Template,
}
