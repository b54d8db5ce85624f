//! A run of text, as Word calls it: the part of a paragraph that has one style.

use super::super::escape::escape_markup;

/// Appends a run. `properties` are the elements of its `w:rPr` besides the hint, which makes “ ” … —
/// Chinese marks and not Latin ones.
pub fn text_run(out: &mut String, properties: &str, text: &str) {
    out.push_str(&format!(
        "<w:r><w:rPr>{properties}<w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape_markup(text)
    ));
}
