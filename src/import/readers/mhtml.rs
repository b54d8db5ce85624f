//! Web archives (`.mht`): a page and what belongs to it as the parts of a mail. A browser saves them so, and
//! Word, under the name of `.doc`.

use super::super::encoding;

/// Headers within which the kind of a part is said, in bytes.
const HEAD: usize = 16 << 10;

/// Returns the page in a web archive, or `None` if the bytes are none.
pub fn page(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let first = head.trim_start();
    let is_mail =
        ["mime-version:", "from:", "date:", "content-type: multipart", "subject:", "snapshot-content"]
            .iter()
            .any(|start| first.starts_with(start));
    if !is_mail || !head.contains("content-type:") {
        return None;
    }
    if !head.contains("multipart/") {
        return part_text(bytes);
    }
    let (at, mark) = (head.find("boundary=")? + "boundary=".len(), "\"");
    let raw = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let boundary = raw.get(at..)?.trim_start_matches(mark).split(['"', '\r', '\n', ';']).next()?.trim();
    if boundary.is_empty() {
        return None;
    }
    let line = [b"\n--", boundary.as_bytes()].concat();
    let mut rest = bytes;
    while let Some(at) = find(rest, &line) {
        rest = &rest[at + line.len()..];
        let end = find(rest, &line).unwrap_or(rest.len());
        if let Some(page) = part_text(&rest[..end]) {
            return Some(page);
        }
    }
    None
}

/// Returns the text of a part if it is a page.
fn part_text(part: &[u8]) -> Option<String> {
    let (head, gap) = [&b"\r\n\r\n"[..], b"\n\n"]
        .iter()
        .filter_map(|gap| find(&part[..part.len().min(HEAD)], gap).map(|at| (at, gap.len())))
        .min()?;
    let body = &part[head + gap..];
    let head = String::from_utf8_lossy(&part[..head]).to_ascii_lowercase();
    if !head.contains("text/html") {
        return None;
    }
    let bytes = match () {
        () if head.contains("quoted-printable") => quoted_printable(body),
        () if head.contains("base64") => base64(body),
        () => body.to_vec(),
    };
    let charset = head.split_once("charset=").map(|(_, name)| name.trim_start_matches('"'));
    let name = charset.map(|name| name.split(['"', ';', '\r', '\n']).next().unwrap_or_default().trim());
    let own = name.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    Some(match own {
        Some(own) if own != encoding_rs::UTF_8 && !own.decode_without_bom_handling(&bytes).1 => {
            own.decode(&bytes).0.into_owned()
        }
        _ => encoding::decode(&bytes),
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let digits = text.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let number = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, number) {
            (b'=', Some(number)) => {
                bytes.push(number);
                at += 3;
            }
            // The line goes on in the next.
            (b'=', None) if text.get(at + 1) == Some(&b'\n') => at += 2,
            (b'=', None) if text.get(at + 1..at + 3) == Some(b"\r\n") => at += 3,
            _ => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    bytes
}

fn base64(text: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| {
        Some(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        })
    };
    let digits: Vec<u8> = text.iter().filter_map(digit).collect();
    let group = |four: &[u8]| {
        let number =
            four.iter().fold(0u32, |sum, digit| sum << 6 | u32::from(*digit)) << (6 * (4 - four.len()));
        let [_, bytes @ ..] = number.to_be_bytes();
        bytes.into_iter().take(four.len().saturating_sub(1)).collect::<Vec<u8>>()
    };
    digits.chunks(4).flat_map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_web_archive_is_found_and_decoded() {
        let archive = |encoding: &str, body: &str| {
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--=_A\"\r\n\r\n\
                 ----=_A\r\nContent-Type: image/png\r\n\r\nxyz\r\n----=_A\r\nContent-Type: text/html;\r\n\
                 \tcharset=\"gb2312\"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n----=_A--\r\n"
            )
        };
        for (encoding, body) in
            [("quoted-printable", "<p>=BC=D7=\r\n1=3D</p>"), ("base64", "PHA+vNcxPTwv\r\ncD4=")]
        {
            let found = page(archive(encoding, body).as_bytes()).unwrap();
            assert_eq!(found.trim(), "<p>甲1=</p>", "{encoding}");
        }
        assert_eq!(page(b"<p>Content-Type: text/html</p>"), None);
        assert_eq!(page(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx"), None);
    }
}
