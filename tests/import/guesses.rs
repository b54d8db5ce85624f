//! What looks like a number of the report and is not said to be one stays open.

use std::io::{Cursor, Write};

use nianbao::form::{FieldId, Library};
use nianbao::import::{Import, OpenState, import};
use zip::write::{SimpleFileOptions, ZipWriter};

pub const TITLE: &str = "示例县农业局2023年政府信息公开工作年度报告\n";
pub const TWO: &str = "二、主动公开政府信息情况\n";
const THREE: &str = "三、收到和处理政府信息公开申请情况\n";
pub const FOUR: &str = "四、政府信息公开行政复议、行政诉讼情况\n";
const NEW: &str = "一、本年新收政府信息公开申请数量";
const LAST: &str = "二、上年结转政府信息公开申请数量";
const GRANTED: &str = "（一）予以公开";

pub fn read(name: &str, bytes: &[u8]) -> Import {
    import(name, bytes, "2024-01-20", &Library::new()).unwrap()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    import(name, bytes, "2024-01-20", &Library::new()).unwrap_err().to_string()
}

/// The value of a field as typed, or why it is open, with its candidates.
pub fn field(found: &Import, id: &str) -> String {
    match found.open.iter().find(|open| open.field.as_str() == id) {
        Some(open) if open.candidates.is_empty() => open.state.as_str().into(),
        Some(open) => format!("{} {}", open.state.as_str(), open.candidates.join(" ")),
        None => found.draft.get(id).typed().into_owned(),
    }
}

fn text_field(text: &str, id: &str) -> String {
    field(&read("a.txt", text.as_bytes()), id)
}

#[test]
fn digits_between_which_blanks_were_left_out_are_not_cut() {
    // 52, 13, 14, blank, blank, 16, 95: cut into seven numbers one way adds up as well.
    let run = "5213141695";
    let text = format!("{TITLE}{THREE}{NEW}{run}{LAST}三、本年度办理结果{GRANTED}{run}");
    assert!(text_field(&text, "requests.new.natural").starts_with("ambiguous"));
    assert!(text_field(&text, "requests.new.total").starts_with("ambiguous"));
    // Where zeros are written there is one way.
    let text = format!("{TITLE}{THREE}{NEW}230000023{LAST}0000000{GRANTED}230000023");
    assert_eq!(text_field(&text, "requests.granted.total"), "23");
    assert_eq!(text_field(&text, "requests.carried_in.natural"), "0");
}

#[test]
fn a_cut_that_other_sums_of_the_table_contradict_is_open() {
    let text = |total: &str| {
        let rows = format!("{NEW}230000023{LAST}0000000三、本年度办理结果{GRANTED}{total}（七）总计{total}");
        format!("{TITLE}{THREE}{rows}四、结转下年度继续办理0000000")
    };
    let found = read("a.txt", text("230000023").as_bytes());
    assert_eq!(field(&found, "requests.new.natural"), "23");
    let decided: Vec<&str> = found.decided_by_sums.iter().map(FieldId::as_str).collect();
    assert_eq!(decided, ["requests.new.natural", "requests.granted.natural", "requests.handled.natural"]);
    // 23 were asked and 24 answered: one of the rows may have been cut in the wrong place.
    let found = read("a.txt", text("240000024").as_bytes());
    assert_eq!(field(&found, "requests.new.natural"), "ambiguous 23");
    assert_eq!(field(&found, "requests.handled.natural"), "ambiguous 24");
    assert_eq!(field(&found, "requests.carried_in.natural"), "0");
    let decided: Vec<&str> = found.decided_by_sums.iter().map(FieldId::as_str).collect();
    assert_eq!(decided, ["requests.granted.natural"]);
}

#[test]
fn rows_in_another_order_keep_their_own_labels() {
    let text = format!(
        "{TITLE}{THREE}{LAST} 23 17 21 27 4 2 94\n{NEW} 1 10 29 28 2 14 84\n{GRANTED} 1 0 0 0 0 0 1\n"
    );
    assert_ne!(text_field(&text, "requests.new.natural"), "23");
    assert_ne!(text_field(&text, "requests.carried_in.natural"), "1");
}

#[test]
fn a_label_above_rows_that_may_be_others_is_open_below_too() {
    let rows = "1.信访举报投诉类申请\n2.重复申请\n5 0 0 0 0 0 5\n6 0 0 0 0 6\n";
    let text =
        format!("{TITLE}{THREE}（五）不予处理 {rows}2.重复申请\n7 0 0 0 0 0 7\n（七）总计\n9 0 0 0 0 0 9\n");
    assert!(text_field(&text, "requests.declined_repeat.natural").starts_with("ambiguous"));
}

#[test]
fn as_many_digits_as_cells_are_one_each_where_zeros_are_printed() {
    let rows = |last: &str| {
        format!("{TITLE}{TWO}规章000行政规范性文件417行政许可37行政处罚11行政强制2行政事业性收费{last}{FOUR}")
    };
    assert_eq!(text_field(&rows("0"), "disclosure.normative.repealed"), "1");
    // A row without digits: blanks are left out, and 417 may be 41, blank, 7.
    assert!(text_field(&rows(""), "disclosure.normative.repealed").starts_with("ambiguous"));
    // No cut adds up: the total is the report's own mistake.
    let names = "结果维持结果纠正其他结果尚未审结总计";
    let heads = format!("行政复议行政诉讼未经复议直接起诉复议后起诉{names}{names}{names}");
    let four = |digits: &str| format!("{TITLE}{FOUR}{heads}{digits}");
    assert_eq!(text_field(&four("010000000000000"), "review.reconsideration.corrected"), "1");
    assert_eq!(text_field(&four("010000000000000"), "review.reconsideration.total"), "0");
    // Fewer numbers that add up: 10, 0, 0, 0, 10 and two blanks.
    assert!(text_field(&four("100001000000000"), "review.reconsideration.upheld").starts_with("ambiguous"));
}

#[test]
fn a_cell_of_words_between_numbers_leaves_its_row_open() {
    for words in ["减少5项", "无变化", "比上年少5"] {
        let text = format!(
            "{TITLE}{TWO}第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n41\n{words}\n1207\n第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n9\n"
        );
        assert_eq!(text_field(&text, "disclosure.licensing.decisions"), "ambiguous 41", "{words}");
        assert_eq!(text_field(&text, "disclosure.penalties.decisions"), "9", "{words}");
    }
}

/// A row of each table, the second with one cell less.
fn short_row(open: &str, between: &str, close: &str) -> String {
    let row = |cells: &[&str]| format!("{open}{}{close}\n", cells.join(between));
    let heads = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
    [
        row(&heads),
        row(&[NEW, "41", "2", "3", "4", "5", "6", "61"]),
        row(&[LAST, "42", "7", "8", "9", "11", "77"]),
        row(&[GRANTED, "43", "12", "13", "14", "15", "16", "113"]),
    ]
    .concat()
}

#[test]
fn six_numbers_under_seven_headings_are_not_placed() {
    let page = format!(
        "<p>{TITLE}</p><p>{THREE}</p><table>{}</table>",
        short_row("<tr><td>", "</td><td>", "</td></tr>")
    );
    let cell = "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>";
    let rows = short_row("<w:tr><w:tc><w:p><w:r><w:t>", cell, "</w:t></w:r></w:p></w:tc></w:tr>");
    let head = format!("{}{}", paragraph("", TITLE), paragraph("", THREE));
    let word = word(&format!("{head}<w:tbl>{rows}</w:tbl>"), "");
    let lines = |text: String| format!("{TITLE}{THREE}{text}").into_bytes();
    for (name, bytes) in [
        ("a.html", page.into_bytes()),
        ("a.docx", word),
        ("a.csv", lines(short_row("", ",", ""))),
        ("a.md", lines(short_row("| ", " | ", " |"))),
        ("a.txt", lines(short_row("", "\t", ""))),
        ("a.txt", lines(short_row("", "\n", "").replace("\n\n", "\n"))),
        ("a.txt", lines(short_row("", " ", ""))),
    ] {
        let found = read(name, &bytes);
        for column in ["natural", "business", "research", "welfare", "legal", "other_org", "total"] {
            let id = format!("requests.carried_in.{column}");
            assert!(found.draft.get(&id).unread().is_some(), "{name} {id}");
            let state = found.open.iter().find(|open| open.field.as_str() == id).map(|open| open.state);
            assert!(state.is_some_and(|state| state != OpenState::Blank), "{name} {id}");
        }
        assert_eq!(field(&found, "requests.new.other_org"), "6", "{name}");
        assert_eq!(field(&found, "requests.granted.total"), "113", "{name}");
    }
}

#[test]
fn labels_below_labels_share_their_rows_only_by_equal_counts() {
    let (one, two) = ("41 0 0 0 0 0 41", "7 0 0 0 0 1 8");
    let text = |rows: &[&str]| {
        format!(
            "{TITLE}{THREE}{NEW}\n{LAST}\n{}\n三、本年度办理结果\n{GRANTED} 48 0 0 0 0 1 49\n",
            rows.join("\n")
        )
    };
    let agreed = text(&[one, two]);
    assert_eq!(text_field(&agreed, "requests.new.natural"), "41");
    assert_eq!(text_field(&agreed, "requests.carried_in.total"), "8");
    for rows in [&[one][..], &[two], &[one, two, "9 0 0 0 0 0 9"]] {
        for id in ["requests.new.natural", "requests.carried_in.natural"] {
            assert_eq!(text_field(&text(rows), id), "not_found", "{rows:?}");
        }
        assert_eq!(text_field(&text(rows), "requests.granted.total"), "49");
    }
    let table = format!(
        "{TITLE}{THREE}\n| {NEW}<br>{LAST} | 41 | 0 | 0 | 0 | 0 | 0 | 41 |\n|---|---|---|---|---|---|---|---|\n| | 7 | 0 | 0 | 0 | 0 | 1 | 8 |\n"
    );
    let found = read("a.md", table.as_bytes());
    assert!(
        ["new", "carried_in"].iter().all(|row| found
            .draft
            .get(&format!("requests.{row}.natural"))
            .unread()
            .is_some())
    );
}

#[test]
fn a_label_that_is_there_twice_is_open_however_far_apart() {
    let row = |label: &str, number: &str| {
        format!("<tr><td>{label}</td>{}</tr>", format!("<td>{number}</td>").repeat(7))
    };
    let rows = [row(NEW, "3"), row(LAST, "4"), row(GRANTED, "5"), row("1.属于国家秘密", "6"), row(NEW, "8")];
    let page = format!("<p>{THREE}</p><table>{}</table>", rows.concat());
    let found = read("a.html", page.as_bytes());
    assert_eq!(field(&found, "requests.new.natural"), "ambiguous 3 8");
    assert_eq!(field(&found, "requests.granted.natural"), "5");
    // Blank cells make it no other row.
    let text = format!(
        "{TITLE}{THREE}{NEW},3,,,,,,3\n{LAST},4,,,,,,4\n{GRANTED},5,,,,,,5\n1.属于国家秘密,6,,,,,,6\n{NEW},,,,,,8,8\n"
    );
    let found = read("a.csv", text.as_bytes());
    assert_eq!(field(&found, "requests.new.total"), "ambiguous 3 8");
    assert_eq!(field(&found, "requests.granted.total"), "5");
}

#[test]
fn two_numbers_in_a_cell_are_candidates() {
    for (cell, candidates) in [("6 8", "68 6 8"), ("6<br>8", "68 6 8"), ("1 234", "1234 1 234")] {
        let page = format!(
            "<p>{TWO}</p><table><tr><td>行政许可</td><td>{cell}</td></tr><tr><td>行政处罚</td><td>9</td></tr></table>"
        );
        let found = read("a.html", page.as_bytes());
        assert_eq!(field(&found, "disclosure.licensing.decisions"), format!("ambiguous {candidates}"));
        assert_eq!(field(&found, "disclosure.penalties.decisions"), "9");
    }
}

#[test]
fn digits_that_begin_with_zero_are_not_one_number() {
    let page = format!(
        "<p>{TWO}</p><table><tr><td>行政许可</td><td>00</td></tr><tr><td>行政处罚</td><td>0</td></tr></table>"
    );
    let found = read("a.html", page.as_bytes());
    assert!(field(&found, "disclosure.licensing.decisions").starts_with("ambiguous"));
    assert_eq!(field(&found, "disclosure.penalties.decisions"), "0");
}

#[test]
fn a_table_without_its_heading_is_no_other_section_s() {
    let text = format!(
        "{TITLE}一、总体情况\n收到申请27件。\n{TWO}本年度无。\n{FOUR}未发生。\n五、存在的主要问题及改进情况\n存在不足，改进3项。\n六、其他需要报告的事项\n无\n"
    );
    assert_eq!(read("a.txt", text.as_bytes()).read_count, 0);
}

/// A report of one table and three sections, in a line each.
fn report(unit: &str, number: &str) -> String {
    format!(
        "{unit}2023年政府信息公开工作年度报告\n一、总体情况\n公开信息12条。\n{TWO}行政许可 {number}\n{THREE}{NEW} {number} 0 0 0 0 0 {number}\n五、存在的主要问题及改进情况\n人手不足，将培训。\n六、其他需要报告的事项\n无。\n"
    )
}

#[test]
fn two_reports_in_a_file_are_refused() {
    let (one, other) = (report("示例县农业局", "31"), report("示例县林业局", "57"));
    let bare = one.lines().filter(|line| !line.contains("31")).collect::<Vec<_>>().join("\n");
    let start = format!("{TITLE}一、总体情况\n公开信息12条。\n");
    let page = |text: &str| text.lines().map(|line| format!("<p>{line}</p>")).collect::<String>();
    for text in [format!("{one}{other}"), format!("{bare}\n{other}"), format!("{start}{other}")] {
        assert!(refusal("a.txt", text.as_bytes()).contains("不止一份"), "{text}");
        assert!(refusal("a.html", page(&text).as_bytes()).contains("不止一份"), "{text}");
    }
    // The tables of the first lost, and all of it one line.
    let start = one.split(TWO).next().unwrap_or_default();
    for first in [start.to_string(), format!("{start}{THREE}{FOUR}")] {
        let line = format!("{first}{other}").replacen("一、总体", "按条例编制本报告。一、总体", 2);
        let line = line.replace('\n', "");
        assert!(refusal("a.txt", line.as_bytes()).contains("不止一份"), "{line}");
    }
    // A sentence about such a report begins none.
    let about = "公开信息12条。编制示例县农业局2022年政府信息公开工作年度报告一份。";
    let line = one.replace("公开信息12条。", about).replace('\n', "");
    assert_eq!(text_field(&line, "requests.new.natural"), "31", "{line}");
    // A table of contents, titles on each page and links to other years are no second report.
    let contents =
        one.lines().filter(|line| line.contains('、') && !line.contains(NEW)).collect::<Vec<_>>().join("\n");
    let links =
        "相关链接\n示例县农业局2022年政府信息公开工作年度报告\n示例县农业局2021年政府信息公开工作年度报告\n";
    let paged = one.replace(THREE, &format!("{TITLE}{THREE}"));
    for text in [format!("{TITLE}{contents}\n{one}"), format!("{one}{links}"), paged] {
        assert_eq!(text_field(&text, "requests.new.natural"), "31", "{text}");
    }
}

#[test]
fn what_is_no_report_makes_no_draft() {
    for (name, bytes, said) in [
        ("a.txt", &b"abcde"[..], "没有认出"),
        ("a.docx", &word("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>", ""), "没有认出"),
        ("a.md", "![表](a.png)\n".as_bytes(), "没有认出"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片"),
        ("", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "图片"),
        ("a.html", "<p>通知</p><table><tr><td>车间</td><td>3</td></tr></table>".as_bytes(), "没有认出"),
    ] {
        assert!(refusal(name, bytes).contains(said), "{name}: {}", refusal(name, bytes));
    }
}

fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p>{properties}<w:r><w:t>{}</w:t></w:r></w:p>", text.trim())
}

fn word(body: &str, styles: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\" xmlns:a=\"a\"><w:body>{body}</w:body></w:document>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("word/document.xml", document),
        ("word/styles.xml", format!("<w:styles xmlns:w=\"w\">{styles}</w:styles>")),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn hidden_and_deleted_text_of_a_word_file_is_not_read() {
    let style = |id: &str, inner: &str| format!("<w:style w:styleId=\"{id}\">{inner}</w:style>");
    let styles = [
        style("gone", "<w:rPr><w:vanish/></w:rPr>"),
        style("child", "<w:basedOn w:val=\"gone\"/>"),
        style("shown", "<w:basedOn w:val=\"gone\"/><w:rPr><w:vanish w:val=\"0\"/></w:rPr>"),
    ];
    let run =
        |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let hidden = [
        run("<w:vanish/>", "8"),
        run("<w:rStyle w:val=\"child\"/>", "8"),
        format!("<w:del>{}</w:del>", run("", "8")),
        format!("<w:moveFrom>{}</w:moveFrom>", run("", "8")),
    ];
    for more in hidden {
        let shown = run("<w:vanish w:val=\"false\"/>", "6");
        let row = |label: &str, value: &str| {
            format!("<w:tr><w:tc>{}</w:tc><w:tc><w:p>{value}</w:p></w:tc></w:tr>", paragraph("", label))
        };
        let rows = [
            row("行政许可", &format!("{shown}{more}")),
            row("行政处罚", "").replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>"),
            row("行政强制", &run("", "5")),
        ];
        let styled = |style: &str, text: &str| {
            paragraph(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"), text)
        };
        let body = format!(
            "{}{}{}{}<w:tbl>{}</w:tbl>",
            paragraph("", TITLE),
            styled("child", "一、总体情况"),
            styled("shown", TWO),
            styled("gone", "第三稿"),
            rows.concat()
        );
        let found = read("a.docx", &word(&body, &styles.concat()));
        assert_eq!(field(&found, "disclosure.licensing.decisions"), "6", "{more}");
        assert_eq!(field(&found, "disclosure.coercion.decisions"), "5");
        assert_eq!(field(&found, "disclosure.penalties.decisions"), "not_found");
        assert_eq!(field(&found, "overview"), "not_found");
        assert!(found.unplaced.iter().all(|other| !other.text.contains("第三稿")), "{:?}", found.unplaced);
    }
}
