//! What the import of a page of a megabyte costs: well under a fifth of a second.
//!
//! `cargo bench --bench import`

use nianbao::form::Library;
use nianbao::import::import;

fn main() {
    divan::main();
}

/// A megabyte, as sites print it: a report with merged cells, and paragraphs in many spans around it.
fn page() -> String {
    let row = |label: &str| {
        let cells = "<td style=\"width:38px;\"><p align=\"center\">&nbsp;12</p></td>".repeat(7);
        format!("<tr><td colspan=\"3\" nowrap><p>{label}</p></td>{cells}</tr>\n")
    };
    let labels = ["一、本年新收政府信息公开申请数量", "（一）予以公开", "8.属于行政查询事项", "（七）总计"];
    let table: String = labels.iter().map(|label| row(label)).collect();
    let span = "<span style=\"font-family:仿宋_GB2312;font-size:16pt\">全年公开各类信息5500条，</span>";
    let paragraph = format!("<p class=\"MsoNormal\">{}</p>\n", span.repeat(8));
    let head = "<h1>示例县人民政府2024年政府信息公开工作年度报告</h1>\n<p>一、总体情况</p>\n";
    let mut page = format!("<html><body>{head}");
    while page.len() < 1 << 20 {
        page.push_str(&paragraph);
    }
    format!("{page}<p>三、收到和处理政府信息公开申请情况</p><table>{table}</table></body></html>")
}

#[divan::bench]
fn page_of_a_megabyte(bencher: divan::Bencher) {
    let (library, page) = (Library::new(), page());
    bencher.bench(|| import("a.html", divan::black_box(page.as_bytes()), "2026-01-20", &library));
}

/// Nothing but small cells, which cost the most.
#[divan::bench]
fn tables_of_a_megabyte(bencher: divan::Bencher) {
    let library = Library::new();
    let row = "<tr><td>（一）予以公开</td><td>1</td><td></td><td>3</td></tr>\n";
    let table = row.repeat((1 << 20) / row.len());
    let page = format!("<p>三、收到和处理政府信息公开申请情况</p><table>{table}</table>");
    bencher.bench(|| import("a.html", divan::black_box(page.as_bytes()), "2026-01-20", &library));
}
