//! Published reports compared with their transcriptions.

use std::io::Write as _;
use std::path::PathBuf;

use super::super::{Import, OpenState, import, json};
use crate::draft::{Draft, Value};
use crate::form::{Form, Library};

/// Returns the folder of published reports, if it is available.
fn reports() -> Option<PathBuf> {
    let base = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    ["../shared/reports", "../../shared/reports"].iter().map(|at| base.join(at)).find(|path| path.is_dir())
}

fn is_cell(form: &Form, id: &str) -> bool {
    form.field(id).is_some_and(|field| field.kind.is_number())
}

/// Cells of 二–四 that differ from the transcription, that are missing, and that agree.
fn compare(found: &Import, expected: &Draft, form: &Form) -> (Vec<String>, Vec<String>, usize) {
    let (mut wrong, mut missing, mut right) = (Vec::new(), Vec::new(), 0);
    for field in form.fields().iter().filter(|field| is_cell(form, field.id.as_str())) {
        let id = field.id.as_str();
        let (got, want) = (found.draft.get(id), expected.get(id));
        let open = found.open.iter().find(|open| open.field == field.id);
        match open.map(|open| open.state) {
            Some(OpenState::NotFound | OpenState::Ambiguous) => missing.push(id.to_string()),
            Some(OpenState::Blank) if *want == Value::Blank => right += 1,
            Some(OpenState::Blank) => wrong.push(format!("{id}: blank, should be {}", want.typed())),
            None if got == want => right += 1,
            None => wrong.push(format!("{id}: {} should be {}", got.typed(), want.typed())),
        }
    }
    (wrong, missing, right)
}

#[test]
fn every_published_report_is_read_as_transcribed() {
    let Some(folder) = reports() else {
        let _ = writeln!(std::io::stderr(), "skipped: ../shared/reports is not there");
        return;
    };
    let library = Library::new();
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_string();
        let stem = name.split('.').next().unwrap();
        let expected = folder.join(format!("{stem}.expected.json"));
        if name.ends_with(".json") || name == "README.md" || !expected.exists() {
            continue;
        }
        let transcription = std::fs::read_to_string(&expected).unwrap();
        let expected = json::from_json(&transcription, &library).unwrap().draft;
        let found = import(&name, &std::fs::read(&file).unwrap(), "2026-01-20", &library).unwrap();
        let form = found.draft.form(&library).unwrap();
        let (wrong, missing, right) = compare(&found, &expected, &form);
        println!("{name}: {right} right, {} open, {} wrong", missing.len(), wrong.len());
        if std::env::var("SHOW").is_ok() {
            println!("{:?} {:?}", found.draft.forms, expected.forms);
            for id in [
                "cover.title",
                "cover.unit",
                "cover.year",
                "cover.signed_by",
                "cover.date",
                "preface",
                "overview",
                "problems",
                "other_matters",
            ] {
                println!("  {id} = {}", found.draft.get(id).typed());
            }
            for unplaced in &found.unplaced {
                println!("  unplaced {}: {}", unplaced.line, unplaced.text);
            }
            println!("missing {missing:?}");
            for open in found.open.iter().filter(|open| open.state != OpenState::Blank).take(40) {
                println!("  open {:?}", open);
            }
            println!("wrong {wrong:?}");
        }
        assert_eq!(wrong, [""; 0], "{name}");
    }
}

/// Returns the value of one imported field, or why it is open.
fn open_text(text: &str, field: &str) -> String {
    let found = import("a.txt", text.as_bytes(), "2026-01-20", &Library::new()).unwrap();
    match found.open.iter().find(|open| open.field.as_str() == field) {
        Some(open) => open.state.as_str().to_string(),
        None => found.draft.get(field).typed().into_owned(),
    }
}

const HEAD: &str = "示例市某局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n";

#[test]
fn a_label_mixed_with_others_gets_the_row_that_is_left() {
    let text = format!(
        "{HEAD}  （四   1.本机关不掌握相       7  0  0  0  0  0  7
  ）无 关政府信息
       2.没有现成信息需
  法提                        3  0  0  0  0  0  3
   供 要另行制作
       3.补正后申请内容         1  0  0  0  0  0  1
       仍不明确
  （五 1.信访举报投诉类申请     2  0  0  0  0  0  2
"
    );
    assert_eq!(open_text(&text, "requests.unable_must_create.natural"), "3");
    // One row more than labels: it is unknown which it belongs to.
    let more = text.replace("  法提     ", "  法提     4  0  0  0  0  0  4\n");
    assert_ne!(open_text(&more, "requests.unable_must_create.natural"), "3");
}

/// Returns section three in columns so narrow that a label has `width` letters a line, its numbers on the first.
fn narrow_columns(width: usize, numbered: bool) -> String {
    let form = Library::new().get("2021").unwrap();
    let section = form.sections.iter().find(|section| section.id == "requests").unwrap();
    let mut text = HEAD.to_string();
    for (at, row) in section.blocks().iter().flat_map(|block| &block.rows).enumerate() {
        let label: Vec<char> = row.label.text.chars().collect();
        let is_plain = |c: &char| c.is_ascii_digit() || *c == '.';
        let from = if numbered { 0 } else { label.iter().take_while(|c| is_plain(c)).count() };
        for (line, piece) in label[from..].chunks(width).enumerate() {
            let piece: String = piece.iter().collect();
            let numbers = format!("{at}  0  0  0  0  0  {at}");
            text.push_str(&format!("    {piece}    {}\n", if line == 0 { numbers.as_str() } else { "" }));
        }
    }
    text
}

#[test]
fn a_label_that_goes_on_below_its_numbers_keeps_them() {
    for (width, numbered) in [(3, true), (4, true), (6, true), (9, true), (2, false), (4, false), (7, false)]
    {
        let found =
            import("a.txt", narrow_columns(width, numbered).as_bytes(), "2026-01-20", &Library::new());
        let found = found.unwrap();
        let form = found.draft.form(&Library::new()).unwrap();
        let section = form.sections.iter().find(|section| section.id == "requests").unwrap();
        let rows: Vec<_> = section.blocks().iter().flat_map(|block| &block.rows).collect();
        let mut read = 0;
        for (at, row) in rows.iter().enumerate() {
            let id = row.cells[0].as_str();
            if found.open.iter().all(|open| open.field != row.cells[0]) {
                assert_eq!(found.draft.get(id).typed(), at.to_string(), "{id}, {width} letters a line");
                read += 1;
            }
        }
        assert!(!numbered || read + 1 >= rows.len(), "{read} rows of {width} letters a line");
    }
}

#[test]
fn numbers_before_their_labels_are_not_those_of_the_label_above() {
    let text = "示例市某局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项\n\
        信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n3\n0\n1\n规章\n16\n7\n200\n行政规范性文件\n\
        第二十条第（六）项\n信息内容\n本年处理决定数量\n7617\n行政处罚\n211\n行政强制\n第二十条第（八）项\n\
        信息内容\n本年收费金额（单位：万元）\n15.6\n行政事业性收费\n三、收到和处理政府信息公开申请情况\n";
    for field in ["disclosure.regulations.issued", "disclosure.penalties.decisions"] {
        assert_eq!(open_text(text, field), "not_found", "{field}");
    }
}

/// Section four as narrow columns leave it: headings broken after three letters.
const NARROW_FOUR: &str = "示例市某局2024年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n\
    行政复议                      行政诉讼\n\
    结果维结果纠其他结尚未审总计  未经复议直接起诉               复议后起诉\n\
    持    正    果    结          结果维结果纠其他结尚未审总计   结果维结果纠其他结尚未审总计\n\
    持    正    果    结           持    正    果    结\n0 0 0 24 24 24 0 0 29 53 0 0 0 ";

#[test]
fn headings_broken_after_three_letters_are_no_sentence() {
    let text = format!("{NARROW_FOUR}19 19\n五、存在的主要问题及改进情况\n");
    for (field, number) in
        [("reconsideration.pending", "24"), ("direct_suit.total", "53"), ("later_suit.total", "19")]
    {
        assert_eq!(open_text(&text, &format!("review.{field}")), number);
    }
}

#[test]
fn the_rest_of_a_wrapped_number_leaves_its_row_open() {
    let text = format!("{NARROW_FOUR}19 1\n9\n五、存在的主要问题及改进情况\n");
    assert_eq!(open_text(&text, "review.later_suit.total"), "ambiguous");
}

#[test]
fn a_row_beside_stray_digits_counts_only_if_its_sum_holds() {
    let rows = |total: &str| {
        format!("{HEAD}（一）予以公开 900 0 0 0 0 101 {total}\n1\n（二）部分公开 5 0 0 0 0 0 5\n")
    };
    assert_eq!(open_text(&rows("107"), "requests.granted.total"), "ambiguous");
    assert_eq!(open_text(&rows("100"), "requests.granted.total"), "1001");
    assert_eq!(open_text(&rows("1001"), "requests.granted.total"), "1001");
}

#[test]
fn cells_that_were_written_out_in_another_order_are_not_read() {
    let heads =
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n结果 结果 其他 尚未\n维持 纠正 结果 审结\n总计\n";
    assert_eq!(
        open_text(&format!("{heads}7\n9\n0\n2\n0\n"), "review.reconsideration.corrected"),
        "ambiguous"
    );
    assert_eq!(open_text(&format!("{heads}7\n0\n2\n0\n9\n"), "review.reconsideration.other"), "2");
    // Where the headings are in order so are the cells, and the mistake is the report's own.
    let heads =
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n";
    assert_eq!(open_text(&format!("{heads}7\n0\n2\n0\n8\n"), "review.reconsideration.total"), "8");
}

#[test]
fn a_sum_of_money_keeps_the_unit_that_stands_apart_from_it() {
    let text = "示例市某局2019年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（九）项\n";
    for amount in ["251000 元", "251000\n元", "251000元"] {
        let text = format!("{text}政府集中采购 6 {amount}\n三、收到和处理政府信息公开申请情况\n");
        assert_eq!(open_text(&text, "disclosure.procurement.amount"), "251000元", "{amount}");
    }
}

/// Returns one row of section three with its headings, as a page has them.
fn page(heads: &[&str], rows: &[&[&str]]) -> String {
    let row = |cells: &[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let rows: String = rows.iter().map(|cells| row(cells)).collect();
    let heads = if heads.is_empty() { String::new() } else { row(heads) };
    format!("<p>三、收到和处理政府信息公开申请情况</p><table>{heads}{rows}</table>")
}

#[test]
fn short_labels_and_text_around_a_table_do_not_matter() {
    let rows: [&[&str]; 2] =
        [&["二、上年结转", "3", "", "", "", "", "", "3"], &["（七）合计", "9", "", "", "", "", "", "9"]];
    let page = format!("{}<p>全年上年结转政府信息公开申请 999 件。</p>", page(&[], &rows));
    assert_eq!(open_text(&page, "requests.carried_in.total"), "3");
    assert_eq!(open_text(&page, "requests.handled.natural"), "9");
}

#[test]
fn columns_of_the_report_s_own_are_not_read_as_the_form_s() {
    let label = "一、本年新收政府信息公开申请数量";
    let total_first =
        ["项目", "总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"];
    let page_of = |heads: &[&str], row: &[&str]| open_text(&page(heads, &[row]), "requests.new.natural");
    // Each number is its heading's, if the row adds up so.
    assert_eq!(page_of(&total_first, &[label, "5", "3", "0", "0", "0", "0", "2"]), "3");
    assert_eq!(page_of(&total_first, &[label, "5", "3", "0", "0", "0", "0", "1"]), "ambiguous");
    // A column of sums that the form does not have.
    let wider = [label, "5", "0", "0", "0", "0", "0", "0", "5"];
    assert_eq!(page_of(&[], &wider), "ambiguous");
    let mut ordered = total_first;
    ordered[1..].rotate_left(1);
    assert_eq!(page_of(&ordered, &[label, "5", "0", "0", "0", "0", "0", "5"]), "5");
}

#[test]
fn a_wrapped_row_is_joined_where_its_sum_leaves_one_way() {
    let text =
        format!("{HEAD}（七）总计 976 984 942 915 927\n101\n1 5755\n四、结转下年度继续办理 0 0 0 0 0 0 0\n");
    assert_eq!(open_text(&text, "requests.handled.other_org"), "1011");
    let last = text.replace("927\n101\n1 5755", "927 1011 575\n5");
    assert_eq!(open_text(&last, "requests.handled.total"), "5755");
    assert_eq!(open_text(&text.replace("5755", "5756"), "requests.handled.other_org"), "ambiguous");
}
