//! The attributes of OFD elements, and what is said of a file in which they are wrong.

use quick_xml::events::BytesStart;

use crate::import::ImportError;

pub const BROKEN: ImportError = ImportError::Broken("这个 OFD 文件");
pub const TOO_MUCH: ImportError = ImportError::TooLarge("OFD 页面上的内容太多");

/// Returns the attributes of a tag.
pub fn attributes(tag: &BytesStart) -> Vec<(String, String)> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .map(|own| (own.key.local_name().as_ref().to_string(), own.value.to_string()))
        .collect()
}

/// Returns a text that is as many numbers.
pub fn numbers<const N: usize>(text: &str) -> Option<[f32; N]> {
    let mut found = [0.0; N];
    let mut words = text.split_ascii_whitespace();
    for number in &mut found {
        *number = words.next()?.parse().ok().filter(|number: &f32| number.is_finite())?;
    }
    Some(found)
}
