//! Bytes to text: detects UTF-8, UTF-16 and GB18030.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a file is used to detect its encoding, in bytes.
const SAMPLE: usize = 64 << 10;

/// Returns the text of a file. The encoding is that of a byte order mark, else one in which the file is
/// valid, else the one that a web page declares, else a guess from the bytes. Invalid bytes become
/// `U+FFFD`.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let utf16 = detect_utf16(sample);
    if utf16.is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return text.to_string();
    }
    let encoding = utf16.or_else(|| declared_encoding(sample)).unwrap_or_else(|| guess_encoding(sample));
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-16 without a mark: its ASCII characters leave a zero in every other byte.
fn detect_utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    // 一 and a few others end in a zero themselves, so the two halves are compared.
    let encoding = if second > first { UTF_16LE } else { UTF_16BE };
    let even = &sample[..sample.len() & !1];
    (first.max(second) > sample.len() / 50 && !encoding.decode_without_bom_handling(even).1)
        .then_some(encoding)
}

/// Returns the encoding that a page's `charset=` names; GBK and GB2312 are read as GB18030, which holds
/// both.
fn declared_encoding(sample: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&sample[..sample.len().min(4 << 10)]).to_ascii_lowercase();
    let after = head.split_once("charset=").or_else(|| head.split_once("encoding="))?.1;
    let name: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    let encoding = Encoding::for_label(name.as_bytes())?;
    // A page that declares UTF-8 and is not valid UTF-8 is wrong; its bytes decide.
    (encoding != UTF_8).then(|| prefer_gb18030(encoding))
}

fn guess_encoding(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    prefer_gb18030(detector.guess(Some(b"cn"), Utf8Detection::Allow))
}

fn prefer_gb18030(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK { GB18030 } else { encoding }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "示例市某局2024年政府信息公开工作年度报告\n一、总体情况 258 件\n";

    #[test]
    fn each_encoding_of_a_chinese_report_is_read() {
        let utf16 = |big: bool, mark: bool| {
            let mark = if mark { "\u{feff}" } else { "" };
            let text = format!("{mark}{TEXT}");
            text.encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect::<Vec<u8>>()
        };
        let gb = GB18030.encode(TEXT).0.into_owned();
        for bytes in [
            TEXT.as_bytes().to_vec(),
            format!("\u{feff}{TEXT}").into_bytes(),
            utf16(true, true),
            utf16(false, true),
            utf16(true, false),
            utf16(false, false),
            gb,
        ] {
            assert_eq!(decode(&bytes), TEXT);
        }
    }

    #[test]
    fn a_page_that_names_its_charset_is_believed_unless_it_is_wrong() {
        let page = format!("<meta charset=\"gb2312\"><p>{TEXT}</p>");
        assert_eq!(decode(&GB18030.encode(&page).0), page);
        let lying = format!("<meta charset='utf-8'><p>{TEXT}</p>");
        assert_eq!(decode(&GB18030.encode(&lying).0), lying);
    }

    #[test]
    fn bytes_of_no_encoding_do_not_stop_it() {
        for bytes in [&[][..], &[0xff], &[0xfe, 0xff, 0x00], &[0x81, 0x30, 0xff, 0x00, 0x80]] {
            decode(bytes);
        }
    }
}
