//! A report written in each layout that reaches a clerk.

use super::{Dice, InventedReport};

const HEAD: &str = "示例市某局\n2024年政府信息公开工作年度报告\n根据条例编制本报告。\n一、总体情况\n工作平稳，全年公开信息120条。\n二、主动公开政府信息情况\n";
const TAIL: &str = "五、存在的主要问题及改进情况\n存在不足，将改进。\n六、其他需要报告的事项\n无。\n示例市某局\n2025年1月20日\n";
const THREE: &str = "三、收到和处理政府信息公开申请情况\n（本列数据的勾稽关系为：第一项加第二项之和，\n等于第三项加第四项之和）\n申请人情况\n自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n";
const FOUR: &str = "四、政府信息公开行政复议、行政诉讼情况\n";
const FOUR_HEADS: &str = "行政复议 行政诉讼\n结果\n维持\n结果\n纠正\n其他结\n果\n尚未\n审结\n总计\n未经复议直接起诉 复议后起诉\n结果\n维持\n结果\n纠正\n其他\n结果\n尚未\n审结\n总计\n结果\n维持\n结果\n纠正\n其他\n结果\n尚未审\n结\n总计\n";

/// Splits a label into lines of `width` characters.
fn wrapped(label: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = label.chars().collect();
    chars.chunks(width).map(|chunk| chunk.iter().collect()).collect()
}

/// Another spelling of a label, as real reports have it.
fn spelled(label: &str, dice: &mut Dice) -> String {
    match dice.roll(8) {
        0 => label.replace('（', "(").replace('）', ")"),
        1 => label.replace("1.", "1、").replace("2.", "2、").replace("3.", "3、"),
        2 => label.replace("法律行政法规", "法律法规"),
        3 => label.replace(['“', '”'], "\""),
        4 => label.split_once('.').map_or(label.to_string(), |(_, rest)| rest.to_string()),
        5 => label.replace("其他", "其它"),
        6 => label.chars().flat_map(|c| [c, ' ']).collect::<String>().trim().to_string(),
        _ => label.to_string(),
    }
}

fn page(dice: &mut Dice, text: &mut String, number: &mut usize) {
    if dice.roll(6) == 0 {
        *number += 1;
        text.push_str(&match dice.roll(3) {
            0 => format!("- {number} -\n"),
            1 => format!("—{number}—\n"),
            _ => format!("第 {number} 页\n"),
        });
    }
}

/// `label numbers` on a line; long labels wrap, their numbers stand alone; page numbers between.
pub fn one_row_a_line(report: &InventedReport, dice: &mut Dice) -> String {
    let mut text = HEAD.to_string();
    let mut number = 0;
    for (heads, rows) in &report.disclosure {
        text.push_str(&format!("{heads}\n"));
        for row in rows {
            text.push_str(&format!("{} {}\n", row.label, row.values.join(" ")));
            page(dice, &mut text, &mut number);
        }
    }
    text.push_str(THREE);
    let width = 14 + dice.roll(12);
    let mut above: Vec<String> = Vec::new();
    let mut rest = String::new();
    for row in &report.requests {
        for label in row.above.iter().filter(|label| !above.contains(*label)) {
            let pieces = wrapped(label, 4 + dice.roll(3));
            // The name of a group is beside its rows, its lines anywhere among them.
            text.push_str(&format!("{}\n", pieces[0]));
            rest = pieces[1..].concat();
        }
        above.clone_from(&row.above);
        let pieces = wrapped(&spelled(&row.label, dice), width);
        let numbers = row.values.join(" ");
        let at = dice.roll(pieces.len() as u64);
        if !rest.is_empty() {
            text.push_str(&format!("{rest} "));
            rest.clear();
        }
        match pieces.len() {
            1 => text.push_str(&format!("{} {numbers}\n", pieces[0])),
            2 if at == 0 => text.push_str(&format!("{}\n{numbers}\n{}\n", pieces[0], pieces[1])),
            _ => {
                for piece in &pieces[..pieces.len() - 1] {
                    text.push_str(&format!("{piece}\n"));
                }
                let last = &pieces[pieces.len() - 1];
                text.push_str(&if at.is_multiple_of(2) {
                    format!("{last}\n{numbers}\n")
                } else {
                    format!("{last} {numbers}\n")
                });
            }
        }
        page(dice, &mut text, &mut number);
    }
    text.push_str(FOUR);
    text.push_str(FOUR_HEADS);
    let numbers: Vec<&str> = report.review.iter().flat_map(|row| &row.values).map(String::as_str).collect();
    text + &numbers.join(" ") + "\n" + TAIL
}

pub fn one_cell_a_line(report: &InventedReport, dice: &mut Dice) -> String {
    let gap = if dice.roll(2) == 0 { "\n" } else { "\n\n" };
    let mut text = HEAD.to_string();
    for (heads, rows) in &report.disclosure {
        text.push_str(&format!("{}{gap}", heads.replace(' ', gap)));
        for row in rows {
            text.push_str(&format!("{}{gap}{}{gap}", row.label, row.values.join(gap)));
        }
    }
    text.push_str(THREE);
    let mut above: Vec<String> = Vec::new();
    for row in &report.requests {
        for label in row.above.iter().filter(|label| !above.contains(*label)) {
            text.push_str(&format!("{label}{gap}"));
        }
        above.clone_from(&row.above);
        text.push_str(&format!("{}{gap}{}{gap}", spelled(&row.label, dice), row.values.join(gap)));
    }
    text.push_str(FOUR);
    text.push_str(FOUR_HEADS);
    let numbers: Vec<&str> = report.review.iter().flat_map(|row| &row.values).map(String::as_str).collect();
    text + &numbers.join(gap) + "\n" + TAIL
}

/// Columns aligned by blanks, labels above and below their numbers, names of groups at the left.
pub fn aligned(report: &InventedReport, dice: &mut Dice) -> String {
    let mut text = HEAD.to_string();
    for (heads, rows) in &report.disclosure {
        text.push_str(&format!("{}\n\n", heads.replace(' ', "      ")));
        for row in rows {
            text.push_str(&format!("{}            {}\n\n", row.label, row.values.join("         ")));
        }
    }
    text.push_str(THREE);
    let width = 13 + dice.roll(6);
    let mut above: Vec<String> = Vec::new();
    let mut left: Vec<String> = Vec::new();
    let mut number = 0;
    for row in &report.requests {
        for label in row.above.iter().filter(|label| !above.contains(*label)) {
            left.extend(wrapped(label, if label.starts_with('三') { 1 } else { 4 }));
        }
        above.clone_from(&row.above);
        let numbers: String = row.values.iter().map(|word| format!("{word:>8}")).collect();
        let pieces = wrapped(&spelled(&row.label, dice), width);
        let middle = (pieces.len() - 1) / 2;
        let between = pieces.len().is_multiple_of(2);
        for (at, piece) in pieces.iter().enumerate() {
            let beside = if left.is_empty() { String::new() } else { left.remove(0) };
            let shown = if at == middle && !between { numbers.as_str() } else { "" };
            text.push_str(&format!("   {beside}       {piece}   {shown}\n"));
            if at == middle && between {
                text.push_str(&format!("                             {numbers}\n"));
            }
        }
        page(dice, &mut text, &mut number);
    }
    for piece in left {
        text.push_str(&format!("   {piece}\n"));
    }
    text.push_str(FOUR);
    text.push_str(FOUR_HEADS);
    let numbers: Vec<&str> = report.review.iter().flat_map(|row| &row.values).map(String::as_str).collect();
    text + &numbers.join("    ") + "\n" + TAIL
}

/// Cells separated by tabs, merged positions empty, columns shifting from page to page.
pub fn tabbed(report: &InventedReport, dice: &mut Dice) -> String {
    let mut text = HEAD.to_string();
    for (heads, rows) in &report.disclosure {
        text.push_str(&format!("{}\n", heads.replace(' ', "\t")));
        for row in rows {
            text.push_str(&format!("{}\t{}\t\n", row.label, row.values.join("\t")));
        }
    }
    text.push_str(
        "三、收到和处理政府信息公开申请情况\n申请人情况\t\t\t\t\t\t总计\n\t自然人\t法人或其他组织\n",
    );
    let mut above: Vec<String> = Vec::new();
    for row in &report.requests {
        let mut cells: Vec<String> = row
            .above
            .iter()
            .map(|label| if above.contains(label) { String::new() } else { label.clone() })
            .collect();
        above.clone_from(&row.above);
        cells.push(spelled(&row.label, dice));
        cells.extend((0..dice.roll(3)).map(|_| String::new()));
        cells.extend(row.values.clone());
        cells.extend((0..dice.roll(2)).map(|_| String::new()));
        text.push_str(&format!("{}\n", cells.join("\t")));
        if dice.roll(9) == 0 {
            text.push('\n');
        }
    }
    text.push_str(FOUR);
    text.push_str("行政复议\t\t\t\t\t行政诉讼\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\n");
    let numbers: Vec<&str> = report.review.iter().flat_map(|row| &row.values).map(String::as_str).collect();
    text + &numbers.join("\t") + "\n" + TAIL
}

/// Small Markdown tables with invented headings.
pub fn markdown(report: &InventedReport, dice: &mut Dice) -> String {
    let mut text = HEAD.replace("二、", "\n## 二、");
    for (heads, rows) in &report.disclosure {
        let heads: Vec<&str> = heads.split(' ').skip(1).collect();
        text.push_str(&format!("\n| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len())));
        for row in rows {
            text.push_str(&format!("| {} | {} |\n", row.label, row.values.join(" | ")));
        }
    }
    text.push_str("\n## 三、收到和处理政府信息公开申请情况\n\n");
    let mut above: Vec<String> = Vec::new();
    let mut open = false;
    for row in &report.requests {
        let fresh: Vec<&String> = row.above.iter().filter(|label| !above.contains(*label)).collect();
        if !open || !fresh.is_empty() || dice.roll(3) == 0 {
            for label in fresh {
                text.push_str(&format!("\n### {label}\n"));
            }
            let wrong = if dice.roll(2) == 0 {
                "本年新收 | 上年结转 | 予以公开 | 部分公开 | 其他 | 结转下年度"
            } else {
                "数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6"
            };
            text.push_str(&format!("\n| 类别 | {wrong} | 总计 |\n|{}\n", "---|".repeat(8)));
            open = true;
        }
        above.clone_from(&row.above);
        text.push_str(&format!("| {} | {} |\n", spelled(&row.label, dice), row.values.join(" | ")));
    }
    text.push_str("\n## 四、政府信息公开行政复议、行政诉讼情况\n");
    for (row, name) in
        report.review.iter().zip(["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"])
    {
        text.push_str(&format!(
            "\n### {name}\n| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|{}\n| {} |\n",
            "---|".repeat(5),
            row.values.join(" | ")
        ));
    }
    text + "\n" + &TAIL.replace('\n', "\n\n")
}

/// Returns a web page whose cells carry the blanks, spans and line breaks of an editor.
pub fn page_of(report: &InventedReport, dice: &mut Dice) -> String {
    let cell = |text: &str, rows: usize, columns: usize| {
        format!("<td rowspan=\"{rows}\" colspan='{columns}'><p><span>{text}</span>&nbsp;</p></td>")
    };
    let mut text = String::from(
        "<html><body><ul><li>首页</li></ul><h1>示例市某局2024年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>平稳。</p><p>二、主动公开政府信息情况</p><table>",
    );
    for (heads, rows) in &report.disclosure {
        text.push_str(&format!("<tr><td colspan=4>{}</td></tr>", heads.replace(' ', "</td><td>")));
        for row in rows {
            let values: String = row.values.iter().map(|word| cell(word, 1, 1 + dice.roll(2))).collect();
            text.push_str(&format!("<tr>{}{values}</tr>", cell(&row.label, 1, 1)));
        }
    }
    text.push_str("</table><p>三、收到和处理政府信息公开申请情况</p><div><table><tr><td><table><tr><td colspan=3></td><td colspan=7>申请人情况</td></tr>");
    let mut above: Vec<String> = Vec::new();
    for row in &report.requests {
        text.push_str("<tr>");
        for (depth, label) in row.above.iter().enumerate() {
            if !above.contains(label) {
                let rows =
                    report.requests.iter().filter(|other| other.above.get(depth) == Some(label)).count();
                text.push_str(&cell(label, rows, 1));
            }
        }
        above.clone_from(&row.above);
        let values: String =
            row.values.iter().map(|word| cell(if word == "0" { "" } else { word }, 1, 1)).collect();
        text.push_str(&format!(
            "{}{values}</tr>\n",
            cell(&spelled(&row.label, dice), 1, 3 - row.above.len())
        ));
    }
    text.push_str("</table></td></tr></table></div><p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr><td colspan=5>行政复议<td colspan=10>行政诉讼<tr><td>结果维持<td>总计<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>");
    text.extend(report.review.iter().flat_map(|row| &row.values).map(|word| format!("<td>{word}")));
    text + "</table><p>五、存在问题及改进情况</p><p>有。</p><p>六、其他需要报告的事项</p><p>无。</p>"
}

/// Returns everything in one line, nothing between the cells.
pub fn run_together(report: &InventedReport, _: &mut Dice) -> String {
    let mut text = HEAD.replace('\n', "");
    for (heads, rows) in &report.disclosure {
        text.push_str(&heads.replace(' ', ""));
        for row in rows {
            text.push_str(&format!("{}{}", row.label, row.values.concat()));
        }
    }
    text.push_str(&THREE.replace('\n', ""));
    let mut above: Vec<String> = Vec::new();
    for row in &report.requests {
        text.extend(row.above.iter().filter(|label| !above.contains(*label)).cloned());
        above.clone_from(&row.above);
        text.push_str(&format!("{}{}", row.label, row.values.concat()));
    }
    text.push_str(&format!("{FOUR}{FOUR_HEADS}").replace(['\n', ' '], ""));
    text.extend(report.review.iter().flat_map(|row| row.values.clone()));
    text + &TAIL.replace('\n', "")
}

/// Returns the numbers dumped column by column after all labels, or in pieces.
pub fn by_column(report: &InventedReport, dice: &mut Dice) -> String {
    let mut text = format!("{HEAD}{THREE}");
    let columns: Vec<String> = (0..7)
        .map(|at| report.requests.iter().map(|row| row.values[at].clone()).collect::<Vec<_>>().join("\n"))
        .collect();
    if dice.roll(2) == 0 {
        for row in &report.requests {
            text.push_str(&format!("{}\n", row.label));
        }
        text.push_str(&columns.join("\n"));
    } else {
        for (at, row) in report.requests.iter().enumerate() {
            // Two labels, then the numbers of both.
            text.push_str(&format!("{}\n", row.label));
            if at % 2 == 1 || at + 1 == report.requests.len() {
                let from = at - at % 2;
                let numbers: Vec<String> =
                    report.requests[from..=at].iter().flat_map(|row| row.values.clone()).collect();
                text.push_str(&format!("{}\n", numbers.join("\n")));
            }
        }
    }
    format!("{text}\n{FOUR}{TAIL}")
}

/// Returns each row of numbers above its label instead of after it.
pub fn before_labels(report: &InventedReport, dice: &mut Dice) -> String {
    let mut text = format!("{HEAD}{THREE}");
    let gap = if dice.roll(2) == 0 { " " } else { "\n" };
    for row in &report.requests {
        text.push_str(&format!("{}\n{}\n", row.values.join(gap), row.label));
    }
    format!("{text}{FOUR}{TAIL}")
}
