//! PDF and OFD files that were made to do harm: refused in a sentence, or read at the cost of what they hold.

use std::io::Write as _;
use std::path::Path;

use super::program::{LIMIT, import};

#[path = "../../../src/import/readers/ofd/sample_file.rs"]
#[allow(dead_code, reason = "the tests of the reader use more of it")]
pub mod ofd;
#[path = "../../../src/import/readers/pdf/sample_file.rs"]
#[allow(dead_code, reason = "the tests of the reader use more of it")]
pub mod pdf;

/// How much memory may be taken at once, in kilobytes.
const MEMORY: u64 = 100 << 10;

fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A page whose content is packed.
fn packed_page(filter: &str, content: &[u8]) -> Vec<u8> {
    pages("/Kids[3 0 R]/Count 1", &[pdf::stream(&format!("/Filter{filter}"), content)])
}

/// A file with a page tree of its own: the page is object 3, its content 4, its font 5.
fn pages(tree: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages{tree}>>").into_bytes(),
        format!("<</Type/Page/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{}>>>>", pdf::FONT)
            .into_bytes(),
    ];
    objects.extend(more.iter().cloned());
    if more.len() == 1 {
        objects.push(pdf::named_font("UniGB-UTF16-H"));
    }
    pdf::pdf(&objects, "")
}

fn page(content: &str) -> Vec<u8> {
    pdf::one_page("", pdf::FONT, content.as_bytes(), &[pdf::named_font("UniGB-UTF16-H")])
}

/// Forms of which each draws the next one twice.
fn fan(depth: usize) -> Vec<u8> {
    let form = |at: usize| {
        let own = format!("/Subtype/Form/Resources<</XObject<</X {} 0 R>>>>", at + 6);
        pdf::stream(&own, b"/X Do /X Do")
    };
    let mut forms: Vec<Vec<u8>> = (0..depth).map(form).collect();
    forms.push(pdf::stream("/Subtype/Form", b"0 0 m 100 0 l S"));
    pdf::one_page("", "/XObject<</X 5 0 R>>", b"/X Do /X Do", &forms)
}

/// A font with a map to characters and widths of its own.
fn mapped(map: &str, widths: &str, content: &str) -> Vec<u8> {
    let font = format!(
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</W[{widths}]>>]>>"
    );
    pdf::one_page("", pdf::FONT, content.as_bytes(), &[font.into_bytes(), pdf::stream("", map.as_bytes())])
}

fn hostile_pdfs() -> Vec<(&'static str, Vec<u8>)> {
    let whole = page(&pdf::table_content(&[&["一", "2"], &["三", "4"]], &["五"]));
    let shown = "BT /F1 10 Tf 60 700 Td <00010002> Tj ET";
    let grid = (0..2_400).map(|at| format!("0 {0} m 590 {0} l S {0} 0 m {0} 800 l S\n", f64::from(at) * 0.2));
    let grid: String = grid.collect();
    let table_without_end = whole.windows(4).position(|part| part == b"xref").unwrap();
    let ring = String::from_utf8_lossy(&whole).replace("/Root 1 0 R", "/Root 1 0 R/Prev 9").into_bytes();
    let object_stream = pdf::stream(
        "/Type/ObjStm/N 1000000/First 8000000/Filter/FlateDecode",
        &packed("1 0 ".repeat(5 << 20).as_bytes()),
    );
    vec![
        ("head.pdf", b"%PDF-1.7\n".to_vec()),
        ("half.pdf", whole[..whole.len() / 2].to_vec()),
        ("no-table.pdf", whole[..table_without_end].to_vec()),
        ("table-ring.pdf", ring),
        ("bomb.pdf", packed_page("/FlateDecode", &packed(&vec![b' '; 30 << 20]))),
        ("bombs.pdf", packed_page("[/FlateDecode/FlateDecode]", &packed(&packed(&vec![0; 30 << 20])))),
        ("runs.pdf", packed_page("[/FlateDecode/RunLengthDecode]", &packed(&[0x81, 32].repeat(1 << 20)))),
        ("lzw.pdf", packed_page("[/FlateDecode/LZWDecode]", &packed(&vec![0x55; 3 << 20]))),
        (
            "rows.pdf",
            packed_page("/FlateDecode/DecodeParms<</Predictor 15/Columns 1000000000>>", &packed(&[2; 9_000])),
        ),
        ("filters.pdf", packed_page(&format!("[{}]", "/ASCIIHexDecode".repeat(20_000)), b"20>")),
        ("objects.pdf", pages("/Kids[3 0 R]/Count 1", &[pdf::stream("", b""), object_stream])),
        (
            "form-ring.pdf",
            pdf::one_page(
                "",
                "/XObject<</X 5 0 R>>",
                b"/X Do",
                &[pdf::stream("/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>", b"/X Do /X Do")],
            ),
        ),
        ("fan.pdf", fan(11)),
        ("deep-fan.pdf", fan(60)),
        ("page-ring.pdf", pages("/Kids[2 0 R 2 0 R]/Count 1", &[pdf::stream("", b"")])),
        (
            "pages.pdf",
            pages(&format!("/Kids[{}]/Count 100000", "3 0 R ".repeat(100_000)), &[pdf::stream("", b"")]),
        ),
        (
            "contents.pdf",
            pdf::one_page(
                &format!("/Contents[{}]", "4 0 R ".repeat(200_000)),
                pdf::FONT,
                b"q Q\n",
                &[pdf::named_font("GBK-EUC-H")],
            ),
        ),
        ("states.pdf", page(&"q ".repeat(1_000_000))),
        ("operators.pdf", page(&"n ".repeat(2_000_001))),
        ("operands.pdf", page(&"1 ".repeat(2_000_000))),
        ("characters.pdf", page(&format!("BT /F1 1 Tf <{}> Tj ET", "4E00".repeat(410_000)))),
        ("one-place.pdf", page(&format!("BT /F1 9 Tf {} ET", "1 0 0 1 60 700 Tm <4E00> Tj ".repeat(90_000)))),
        ("lines.pdf", page(&grid)),
        ("strings.pdf", page(&format!("BT {}", "(".repeat(3_000_000)))),
        ("arrays.pdf", page(&"[".repeat(3_000_000))),
        ("deep.pdf", pdf::one_page(&format!("/A {}", "[".repeat(1_000_000)), pdf::FONT, b"n", &[])),
        ("dictionaries.pdf", pdf::one_page(&format!("/A {}", "<</A ".repeat(300_000)), pdf::FONT, b"n", &[])),
        ("numbers.pdf", pdf::one_page(&format!("/A[{}]", "0 ".repeat(20 << 20)), pdf::FONT, b"n", &[])),
        (
            "range.pdf",
            mapped("1 beginbfrange <00000000> <FFFFFFFF> <4E00> endbfrange", "0 4294967295 500", shown),
        ),
        (
            "ranges.pdf",
            mapped(
                &"1 beginbfrange <0000> <FFFF> <4E00> endbfrange ".repeat(60_000),
                &"0 9 500 ".repeat(100_000),
                shown,
            ),
        ),
        (
            "fonts.pdf",
            mapped(
                "1 beginbfchar <0001> <4E00> endbfchar",
                &"0 [1 2 3] ".repeat(50_000),
                &format!("BT {} ET", "/F1 9 Tf <0001> Tj ".repeat(90_000)),
            ),
        ),
        (
            "far.pdf",
            page("1e9 0 0 1e9 1e30 -1e30 cm 0 0 m 1e38 0 l S 0 0 m 0 1e38 l S BT /F1 1e30 Tf <4E00> Tj ET"),
        ),
        ("wide.pdf", pdf::one_page("/MediaBox[0 0 1e30 1e30]", pdf::FONT, b"n", &[])),
    ]
}

fn hostile_ofds() -> Vec<(&'static str, Vec<u8>)> {
    let whole = ofd::one_page(&ofd::table(&[&["一", "2"], &["三", "4"]]));
    let path = |steps: &str| {
        ofd::one_page(&format!(
            "<ofd:PathObject Boundary=\"0 0 9 9\"><ofd:AbbreviatedData>{steps}</ofd:AbbreviatedData></ofd:PathObject>"
        ))
    };
    let text = |attributes: &str, text: &str| {
        ofd::one_page(&format!(
            "<ofd:TextObject Boundary=\"0 0 9 9\" Size=\"4\"><ofd:TextCode {attributes}>{text}</ofd:TextCode></ofd:TextObject>"
        ))
    };
    let many = "<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>".repeat(100_000);
    let document = ofd::DOCUMENT.replace("<ofd:Pages>", &format!("<ofd:Pages>{many}"));
    let ring = ofd::DOCUMENT.replace("Pages/Page_0/Content.xml", "Document.xml");
    vec![
        ("half.ofd", whole[..whole.len() / 2].to_vec()),
        ("bomb.ofd", ofd::one_page(&" ".repeat(40 << 20))),
        ("deep.ofd", ofd::one_page(&"<ofd:PageBlock>".repeat(100_000))),
        (
            "pages.ofd",
            ofd::zipped(&[
                ("OFD.xml", ofd::ROOT),
                ("Doc_0/Document.xml", &document),
                (ofd::PAGE, &ofd::page("")),
            ]),
        ),
        ("ring.ofd", ofd::zipped(&[("OFD.xml", ofd::ROOT), ("Doc_0/Document.xml", &ring)])),
        ("steps.ofd", path(&"M 0 0 L 9 9 ".repeat(300_000))),
        ("far.ofd", path("M 0 0 L 1e38 0 M 0 0 L 0 1e38 M inf nan L nan inf")),
        ("characters.ofd", text("DeltaX=\"g 99999999999 1\"", &"一".repeat(410_000))),
        ("deltas.ofd", text(&format!("DeltaX=\"{}\"", "g 1000000000 1e30 ".repeat(100_000)), "一二")),
    ]
}

#[test]
fn pages_made_to_do_harm_are_refused_in_a_sentence_in_bounds() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-pages");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in hostile_pdfs().into_iter().chain(hostile_ofds()) {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let (code, words, time, memory) = import(&path);
        println!(
            "{name}: {} ms, {} MB, {}",
            time.as_millis(),
            memory >> 10,
            words.lines().next().unwrap_or("")
        );
        assert!(code == 2 && words.contains('。') && words.lines().count() <= 2, "{name}: {code} {words}");
        assert!(time < LIMIT, "{name} took {time:?}");
        assert!(memory < MEMORY, "{name} took {memory} kB");
    }
}
