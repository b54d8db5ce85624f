//! Many reports at a time: a folder of documents becomes a folder of drafts.

use crate::folder::{Folder, shows};

/// A page with all rows of 三 and the heads of a report, for a unit.
fn page(unit: &str) -> String {
    format!(
        "<h1>{unit}2025年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>平稳。</p>\
         <h2>三、收到和处理政府信息公开申请情况</h2><table><tr><td>一、本年新收政府信息公开申请数量</td>\
         <td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td></tr></table>"
    )
}

fn filled(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("来文/甲.html", &page("甲局"));
    folder.write("来文/乙/年报.htm", &page("乙局"));
    folder.write("来文/丙.doc", "没有报告");
    folder.write("来文/~$甲.docx", "");
    folder.write("来文/名单.txt", "甲局\n");
    folder
}

#[test]
fn a_folder_is_imported_a_line_for_each_file() {
    let folder = filled("batch");
    shows(
        &folder.run(&["import", "来文", "-o", "草稿"]),
        "
        来文/乙/年报.htm：读出 7/200 栏，没有找到 195 栏 → 草稿/乙/年报.ron
        来文/甲.html：读出 7/200 栏，没有找到 195 栏 → 草稿/甲.ron
        ! 来文/丙.doc：没有认出年度报告的标题、各部分或表格，没有读入。请确认文件是报告全文；如果是扫描件或图片，请先转成文字。
        ! 已读入 2 份；2 份有空白或待核对的栏，1 份没有读入
        = 2
        ",
    );
    assert!(folder.read("草稿/乙/年报.ron").contains("unit: \"乙局\""));
    // What is there already is left alone.
    folder.write("草稿/甲.ron", "x");
    let again = folder.run(&["import", "来文", "-o", "草稿"]);
    assert!(again.contains("! 来文/甲.html：草稿/甲.ron 已经存在，没有覆盖；要覆盖请加 --force"), "{again}");
    assert_eq!(folder.read("草稿/甲.ron"), "x");
    let forced = folder.run(&["import", "来文", "-o", "草稿", "--force"]);
    assert!(forced.contains("来文/甲.html：读出 7/200 栏"), "{forced}");
}

#[test]
fn a_unit_or_a_name_that_comes_twice_is_said() {
    let folder = filled("batch-twice");
    folder.write("来文/甲.htm", &page("丁局"));
    folder.write("来文/又.html", &page("甲局"));
    let shown = folder.run(&["import", "来文", "-o", "草稿", "--force"]);
    assert!(shown.contains("! 来文/甲.html：草稿的名字 草稿/甲.ron 已用于 来文/甲.htm，没有读入"), "{shown}");
    assert!(folder.read("草稿/甲.ron").contains("丁局"));
    let folder = filled("batch-unit");
    folder.write("又.html", &page("甲局"));
    let shown = folder.run(&["import", "来文/甲.html", "又.html"]);
    let said = "! 注意：“甲局”2025年度有 2 份：来文/甲.html、又.html；请核对后只留一份\n";
    assert!(shown.contains(said) && shown.ends_with("= 1\n"), "{shown}");
    assert!(folder.read("又.ron").contains("甲局") && folder.read("来文/甲.ron").contains("甲局"));
}

#[test]
fn a_folder_without_documents_is_said_and_json_is_for_one() {
    let folder = filled("batch-none");
    folder.write("空/名单.txt", "甲局\n");
    shows(
        &folder.run(&["import", "空"]),
        "
        ! nianbao：空：这个文件夹里没有可以导入的报告（Word、网页、Excel、PDF 等文件）
        = 2
        ",
    );
    assert!(folder.run(&["import", "来文", "--format", "json"]).contains("一次只报告一个文件"));
    let one = folder.run(&["import", "来文/甲.html", "-o", "来文"]);
    assert!(one.contains("草稿写到 来文/甲.ron"), "{one}");
}
