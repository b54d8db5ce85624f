//! Small PDF files of every kind, damaged ones among them.

use encoding_rs::{GB18030, GBK};
use proptest::prelude::*;

use super::super::super::source::{Source, SourcePart};
use super::super::super::{ImportError, read_source};
use super::sample_file::{FONT, named_font, one_page, pdf, stream, table_content, utf16};

/// Rows of tables with a bar between cells, everything else as it is.
fn shown(source: &Source) -> Vec<String> {
    let mut shown = Vec::new();
    for part in &source.parts {
        match part {
            SourcePart::Paragraph { text, .. } => shown.push(text.trim().to_string()),
            SourcePart::Picture { line } => shown.push(format!("[图{line}]")),
            SourcePart::Aside { text, .. } => shown.push(format!("[{text}]")),
            SourcePart::Table(table) => shown.extend(
                table
                    .rows
                    .iter()
                    .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")),
            ),
        }
    }
    shown
}

fn read(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
    let read = read_source("a.pdf", bytes);
    assert!(!matches!(read, Err(ImportError::ReaderFailed)), "a panic");
    read.map(|source| shown(&source))
}

fn page(content: &str) -> Vec<u8> {
    one_page("", FONT, content.as_bytes(), &[named_font("UniGB-UTF16-H")])
}

const ROWS: [&[&str]; 3] =
    [&["信息内容", "本年处理", "说明"], &["行政许可", "412", ""], &["⾏政处罚", "37", "无"]];
const READ: [&str; 4] = ["信息内容|本年处理|说明", "行政许可|412|", "行政处罚|37|无", "做好公开工作。"];

fn sample() -> String {
    table_content(&ROWS, &["做好公开工作。"])
}

#[test]
fn a_table_and_a_line_are_read_where_they_stand() {
    let source = read_source("a.pdf", &page(&sample())).unwrap();
    assert_eq!((source.format.as_str(), shown(&source)), ("pdf", READ.map(String::from).to_vec()));
}

#[test]
fn fonts_that_are_not_in_the_file_are_read_by_their_encoding() {
    let hex =
        |bytes: &[u8]| format!("<{}>", bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>());
    for (encoding, text) in [
        ("UniGB-UCS2-H", utf16("行政许可412件")),
        ("UniGB-UTF16-H", utf16("行政许可412件")),
        ("GBK-EUC-H", hex(&GBK.encode("行政许可412件").0)),
        ("GBKp-EUC-H", hex(&GBK.encode("行政许可412件").0)),
        ("GB-EUC-H", hex(&GBK.encode("行政许可412件").0)),
        ("GBK2K-H", hex(&GB18030.encode("行政许可412件").0)),
    ] {
        let content = format!("BT /F1 10 Tf 60 700 Td {text} Tj ET");
        let file = one_page("", FONT, content.as_bytes(), &[named_font(encoding)]);
        assert_eq!(read(&file).unwrap(), ["行政许可412件"], "{encoding}");
    }
}

/// A font whose codes are glyph numbers, with a map to characters.
fn mapped_font(map: &str) -> Vec<Vec<u8>> {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts\
                [<</Subtype/CIDFontType2/DW 1000/W[1[500 500] 3 4 500]>>]>>";
    vec![font.as_bytes().to_vec(), stream("", map.as_bytes())]
}

#[test]
fn codes_are_read_by_the_map_of_their_font() {
    let map =
        "2 beginbfchar <0001> <0034> <0002> <0031> endbfchar 1 beginbfrange <0005> <0006> <4E00> endbfrange";
    let content = "BT /F1 10 Tf 1 0 0 1 60 700 Tm [<0005> -20 <0001> 20 <0002>] TJ <0006> Tj <0009> Tj ET";
    let file = one_page("", FONT, content.as_bytes(), &mapped_font(map));
    assert_eq!(read(&file).unwrap(), ["一41丁\u{fffd}"], "what nothing names is not guessed");
}

#[test]
fn names_of_glyphs_give_the_digits_of_a_simple_font() {
    let font = b"<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 1/Widths[500 500]/Encoding<</Differences\
                 [1/four/one/g7]>>/FontDescriptor<</Flags 4/FontFile 6 0 R>>>>";
    let content = b"BT /F1 10 Tf 60 700 Td (\\001\\002\\003) Tj ET";
    assert_eq!(read(&one_page("", FONT, content, &[font.to_vec()])).unwrap(), ["41\u{fffd}"]);
}

#[test]
fn forms_and_turned_pages_are_read_upright() {
    let form =
        stream("/Subtype/Form/Matrix[1 0 0 1 0 -40]/Resources<</Font<</F1 5 0 R>>>>", sample().as_bytes());
    let font = named_font("UniGB-UTF16-H");
    let resources = "/XObject<</X 6 0 R>>";
    let file = one_page("", resources, b"q 1 0 0 1 0 20 cm /X Do Q", &[font.clone(), form.clone()]);
    assert_eq!(read(&file).unwrap(), READ);
    // The page lies on its side, and is shown turned or not turned.
    for (rotate, place) in [
        (0, "0 1 -1 0 842 0"),
        (90, "0 1 -1 0 842 0"),
        (270, "0 -1 1 0 -250 842"),
        (180, "-1 0 0 -1 595 842"),
    ] {
        let content = format!("q {place} cm /X Do Q");
        let page = format!("/Rotate {rotate}/MediaBox[0 0 842 842]");
        let file = one_page(&page, resources, content.as_bytes(), &[font.clone(), form.clone()]);
        assert_eq!(read(&file).unwrap(), READ, "{rotate}");
    }
}

#[test]
fn what_is_drawn_twice_or_hidden_is_read_once_or_not() {
    let twice = format!("{0}\nq 1 0 0 1 0.3 0 cm {0} Q", sample());
    assert_eq!(read(&page(&twice)).unwrap(), READ);
    let invisible = format!("{}\nBT 3 Tr /F1 10 Tf 66 740 Td {} Tj ET", sample(), utf16("999"));
    assert_eq!(read(&page(&invisible)).unwrap(), READ);
    let layer = format!("{}\n/OC /L BDC BT /F1 10 Tf 300 740 Td {} Tj ET EMC", sample(), utf16("999"));
    let resources = "/Font<</F1 5 0 R>>/Properties<</L 6 0 R>>";
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</D<</OFF[6 0 R]>>>>>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>").into_bytes(),
        stream("", layer.as_bytes()),
        named_font("UniGB-UTF16-H"),
        b"<</Type/OCG/Name(L)>>".to_vec(),
    ];
    assert_eq!(read(&pdf(&objects, "")).unwrap(), READ);
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    assert!(read(&pdf(&objects, "")).unwrap()[1].contains("999"), "a layer that is on is read");
}

#[test]
fn a_scan_is_named_and_recognised_text_comes_with_a_warning() {
    let image = stream("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"\0");
    let others = [named_font("UniGB-UTF16-H"), image];
    let resources = "/Font<</F1 5 0 R>>/XObject<</I 6 0 R>>";
    let picture = "q 595 0 0 842 0 0 cm /I Do Q";
    let scan = one_page("", resources, picture.as_bytes(), &others);
    let error = read(&scan).unwrap_err().to_string();
    assert!(error.starts_with("这份 PDF 是扫描的图片，里面没有文字，读不出数字。"), "{error}");
    for content in [format!("{picture} 3 Tr {}", sample()), format!("{} {picture}", sample())] {
        let found = read(&one_page("", resources, content.as_bytes(), &others)).unwrap();
        assert_eq!(found[..4], READ);
        assert_eq!(found[4], "[第 1 页的文字是软件从图片识别的，请逐格核对。]");
    }
    let outlines = "0 0 m 1 2 3 4 5 6 c f\n".repeat(300);
    assert!(read(&page(&outlines)).unwrap_err().to_string().contains("扫描的图片"));
}

#[test]
fn a_page_that_is_a_picture_among_others_is_named() {
    let image = stream("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"\0");
    let page = |content: usize| {
        format!(
            "<</Type/Page/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<</Font<</F1 7 0 R>>/XObject<</I 8 0 R>>>>>>"
        )
        .into_bytes()
    };
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>".to_vec(),
        page(5),
        page(6),
        stream("", sample().as_bytes()),
        stream("", b"q 595 0 0 842 0 0 cm /I Do Q"),
        named_font("UniGB-UTF16-H"),
        image,
    ];
    let found = read(&pdf(&objects, "")).unwrap();
    assert_eq!(found[..4], READ);
    assert_eq!(found[4..], ["[图2]", "[第 2 页是图片，没有读入。]"]);
}

#[test]
fn what_is_damaged_is_never_a_shorter_report() {
    let whole = page(&sample());
    let text = String::from_utf8_lossy(&whole).into_owned();
    let replaced = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let mut bytes = whole.clone();
        let at = whole.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
        bytes.splice(at..at + from.len(), to.bytes());
        bytes
    };
    for (what, bytes) in [
        ("a page is missing", replaced("/Kids[3 0 R]", "/Kids[9 0 R]")),
        ("a page is lost", replaced("/Count 1", "/Count 2")),
        ("the content is missing", replaced("/Contents 4 0 R", "/Contents 9 0 R")),
        ("the font is missing", replaced("/F1 5 0 R", "/F1 9 0 R")),
        ("a string is cut", page("BT /F1 10 Tf 60 700 Td <4E004E")),
        ("an operator is cut", page("BT /F1 10 Tf 60 700")),
        ("a form is missing", page("/X Do")),
        ("the tree is a ring", replaced("/Kids[3 0 R]", "/Kids[2 0 R]")),
        ("nothing is there", b"%PDF-1.4\n".to_vec()),
    ] {
        let error = read(&bytes).unwrap_err();
        assert_eq!(error, ImportError::Broken("这个 PDF 文件"), "{what}");
    }
    let packed = zip_bytes(sample().as_bytes());
    for (length, is_whole) in [(packed.len(), true), (packed.len() - 8, false), (packed.len() / 2, false)] {
        let objects = [
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            b"<</Type/Page/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec(),
            stream("/Filter/FlateDecode", &packed[..length]),
            named_font("UniGB-UTF16-H"),
        ];
        assert_eq!(read(&pdf(&objects, "")).is_ok(), is_whole, "{length}");
    }
}

fn zip_bytes(content: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_blank_password_opens_and_any_other_is_asked_for() {
    use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions};
    for (user, is_open) in [("", true), ("1234", false)] {
        let mut document = Document::load_mem(&page(&sample())).unwrap();
        let id = Object::string_literal("0123456789abcdef");
        document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password: user,
            key_length: 128,
            permissions: Permissions::default(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        document.encrypt(&state).unwrap();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        match read(&bytes) {
            Ok(found) => assert!(is_open && found == READ),
            Err(error) => assert!(!is_open && error.to_string().contains("打开密码"), "{error}"),
        }
    }
}

#[test]
fn lines_without_walls_keep_their_columns_apart() {
    let mut content = String::new();
    for (at, row) in ROWS.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let (x, y) = (60 + 90 * column, 700 - 24 * at);
            content.push_str(&format!("BT /F1 10 Tf {x} {y} Td {} Tj ET\n", utf16(cell)));
        }
    }
    let source = read_source("a.pdf", &page(&content)).unwrap();
    assert_eq!(source.format.as_str(), "txt", "as the lines of a text");
    let expected = [
        "信息内容          本年处理          说明",
        "行政许可          412",
        "行政处罚          37                无",
    ];
    assert_eq!(shown(&source), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Cut off, or with bytes changed: read as it was, refused, or something of it unread, never a panic.
    #[test]
    fn no_damage_panics(cut in 0..3_000usize, flips in proptest::collection::vec((0..3_000usize, any::<u8>()), 0..6)) {
        let mut bytes = page(&sample());
        for (at, byte) in flips {
            if let Some(own) = bytes.get_mut(at) {
                *own = byte;
            }
        }
        let _ = read(&bytes);
        bytes.truncate(cut);
        let _ = read(&bytes);
    }

    #[test]
    fn no_content_panics(content in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&one_page("", FONT, &content, &[named_font("UniGB-UTF16-H")]));
    }

    #[test]
    fn no_mixture_of_operators_panics(pieces in proptest::collection::vec(0..PIECES.len(), 0..80)) {
        let content: Vec<&str> = pieces.into_iter().map(|at| PIECES[at]).collect();
        let _ = read(&page(&content.join(" ")));
    }
}

const PIECES: [&str; 26] = [
    "q",
    "Q",
    "BT",
    "ET",
    "/F1 10 Tf",
    "/F1 0 Tf",
    "0 0 0 0 0 0 Tm",
    "1e9 60 Td",
    "99999999999999999999 0 Td",
    "<4E00> Tj",
    "[<0031> 9999999 <0032>] TJ",
    "0 0 m 500 0 l S",
    "0 0 m 0 500 l S",
    "10 10 300 0.5 re f",
    "10 10 0.5 300 re f",
    "60 60 200 200 re S",
    "-1 0 0 -1 0 0 cm",
    "0 1 -1 0 300 300 cm",
    "/X Do",
    "n",
    "h",
    "T*",
    "(",
    "BI /W 1 ID x EI",
    "3 Tr",
    "1 1 1 rg",
];
