//! Texts of one line, one cell or one word without end: refused in a sentence where no report is as
//! large, read at the cost of what they hold below that, and nothing left out without a word.

use std::path::{Path, PathBuf};

use nianbao::form::Library;
use nianbao::import::{Import, ImportError, import};

use super::hostile::{word, workbook};
use super::program::{self, LIMIT, MEMORY};

/// How much is written of each kind, in characters: just what is still read, and in a build not made to
/// be fast a part of it. What grows with the square of its input takes minutes at either size.
const CHARS: usize = if cfg!(debug_assertions) { 40_000 } else { 400_000 };

fn read(name: &str, text: &str) -> Result<Import, ImportError> {
    import(name, text.as_bytes(), "2026-01-20", &Library::new())
}

/// The piece again and again, up to so many characters that are no blanks.
fn filled(piece: &str, chars: usize) -> String {
    piece.repeat(chars / piece.chars().filter(|c| !c.is_whitespace()).count().max(1))
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import-bounds");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

const THREE: &str = "三、收到和处理政府信息公开申请情况\n";
const FOUR: &str = "四、政府信息公开行政复议、行政诉讼情况\n";
const NEW: &str = "一、本年新收政府信息公开申请数量 ";

#[test]
fn more_text_than_any_report_is_refused_with_what_to_do() {
    let ten = |piece: &str| piece.repeat((10 << 20) / piece.len());
    let cell = |text: String| format!("甲,{text},乙\n");
    let inline = format!(
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row></sheetData>",
        numbered(600_000)
    );
    let paragraph = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", numbered(600_000));
    let files = [
        ("ones.txt", ten("1 ").into_bytes()),
        ("blanks.txt", format!("甲{}乙", ten(" ")).into_bytes()),
        ("digits.txt", ten("7").into_bytes()),
        ("label.txt", format!("{THREE}{NEW}{}", ten("1 ")).into_bytes()),
        ("cell.csv", cell(ten("公")).into_bytes()),
        ("cells.csv", ten("1,").into_bytes()),
        ("row.md", format!("|甲|乙|\n|--|--|\n|{}\n", ten("1|")).into_bytes()),
        ("tabs.txt", ten("\t").into_bytes()),
        ("tabs.html", format!("<pre>{}</pre>", ten("\t")).into_bytes()),
        ("page.html", format!("<p>{}", ten("1 ")).into_bytes()),
        ("cell.html", format!("<table><tr><td>{}", ten("公")).into_bytes()),
        ("run.docx", word(&paragraph)),
        ("cell.docx", word(&format!("<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"))),
        ("cell.xlsx", workbook(&inline)),
    ];
    for (name, bytes) in files {
        let refused = import(name, &bytes, "2026-01-20", &Library::new()).unwrap_err().to_string();
        assert!(refused.contains("文字超过 50 万字") || refused.contains("太多"), "{name}: {refused}");
        assert!(refused.contains("不像一份年度报告，没有读入。请"), "{name}: {refused}");
    }
}

/// Numbers that packing makes hardly smaller, up to so many digits.
fn numbered(digits: usize) -> String {
    let mut text = String::new();
    let mut state = 1u32;
    while text.len() < digits * 2 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(&format!("{} ", state >> 8));
    }
    text
}

#[test]
fn a_text_without_end_costs_what_it_holds() {
    let blanks = " ".repeat(CHARS);
    let files = [
        ("ones.txt", filled("1 ", CHARS)),
        ("blanks.txt", format!("一{blanks}二{blanks}三")),
        ("fields.txt", format!("{blanks}{}", filled("甲 乙 ", CHARS))),
        ("none.txt", format!("甲 {}", filled("无 ", CHARS))),
        ("slashes.txt", filled("/ ", CHARS)),
        ("years.txt", format!("一、总体情况\n{}", filled("2024年", CHARS))),
        ("digits.txt", format!("六、其他需要报告的事项\n{}", filled("7", CHARS))),
        ("twos.txt", format!("六、其他需要报告的事项\n{}", filled("二", CHARS))),
        ("label-ones.txt", format!("{THREE}{NEW}{}", filled("1 ", CHARS))),
        ("label-digits.txt", format!("{THREE}{NEW}{}", filled("7", CHARS))),
        ("labels.txt", format!("{THREE}{}", filled(NEW, CHARS))),
        ("labelled.txt", format!("{THREE}{}", filled(&format!("{NEW}1 2 0 0 0 0 3 "), CHARS))),
        ("review.txt", format!("{FOUR}{}", filled("结果维持 结果纠正 0 1 ", CHARS))),
        ("headings.txt", filled("三、收到和处理政府信息公开申请情况", CHARS)),
        // Numbers on lines of their own before a label without end.
        ("rows.txt", format!("{THREE}{}{}", "1 2\n".repeat(CHARS / 20), filled("其他", CHARS / 2))),
        ("blank-rows.csv", format!("{THREE}{},\n{}", filled("甲", CHARS / 2), "乙,,\n".repeat(CHARS / 20))),
    ];
    for (name, text) in files {
        let path = folder().join(name);
        std::fs::write(&path, text).unwrap();
        let (code, words, time, memory) = program::import(&path);
        // What has neither a title nor a section nor a table is no report.
        let is_report = !words.contains("没有认出年度报告");
        assert!(words.contains("已读入") || !is_report && code == 2, "{name}: {code} {words}");
        assert!(time < LIMIT, "{name} took {time:?}");
        assert!(memory < MEMORY, "{name} took {memory} kB");
        println!("{name}: {} ms, {} MB", time.as_millis(), memory >> 10);
        if !is_report {
            continue;
        }
        let (code, words, time, memory) = program::check(&path.with_extension("ron"));
        assert!(code < 2, "{name}: {words}");
        assert!(time < LIMIT, "checking {name} took {time:?}");
        assert!(memory < MEMORY, "checking {name} took {memory} kB");
    }
}

const TITLE: &str = "示例县水务局2024年政府信息公开工作年度报告";

#[test]
fn what_stands_beyond_the_columns_read_is_named() {
    let row = |last: &str| format!("{}{last}\n", "1,".repeat(300));
    let found = read("wide.csv", &format!("{TITLE}\n甲,乙\n{}", row("最后一栏"))).unwrap();
    let named: Vec<&str> = found.unplaced.iter().map(|it| it.text.as_str()).collect();
    assert!(named.iter().any(|text| text.starts_with("（第 256 列以后）1 | 1")), "{named:?}");
    let found = read("narrow.csv", &format!("{TITLE}\n{}最后一栏\n", "1,".repeat(255))).unwrap();
    assert!(found.unplaced.iter().all(|it| !it.text.contains("列以后")), "{:?}", found.unplaced);
}

#[test]
fn a_run_of_numbers_without_end_is_shown_in_a_line() {
    let found = read("ones.txt", &format!("{THREE}{NEW}{}", "12 ".repeat(5_000))).unwrap();
    let open = found.open.iter().find(|open| open.field.as_str() == "requests.new.natural").unwrap();
    assert!(open.text.ends_with("……（共 5000 个数）"), "{}", open.text);
    assert!(open.text.chars().count() < 700, "{}", open.text);
}

#[test]
fn more_rows_than_a_table_can_have_are_open_and_named() {
    let found =
        read("rows.txt", &format!("{THREE}{}", format!("{NEW}1 0 0 0 0 0 1\n").repeat(1_200))).unwrap();
    let open = found.open.iter().find(|open| open.field.as_str() == "requests.new.natural").unwrap();
    assert!(open.text.contains("1200 行数字"), "{}", open.text);
    assert_eq!(found.unplaced.len(), 1_200);
}
