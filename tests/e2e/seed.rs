//! A whole report typed through the terminal: the real program in a real pseudo-terminal, real keys,
//! an emulator that reads the screen; then every field of the saved draft compared, and the sums
//! broken and mended.
//!
//! Once with a report of an invented unit, and once with a published one, which is read from
//! `../shared/reports` where that is there.

use crate::pty::Pty;
use crate::skipped::skipped;
use nianbao::draft::{Draft, Value};
use nianbao::form::{Body, Form, Library, Section};
use nianbao::store;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A report on paper: what a clerk has beside the keyboard.
struct Paper {
    unit: String,
    year: u16,
    /// Cells by field name, as they are typed; a blank one is not there.
    cells: BTreeMap<String, String>,
    /// Narratives by section, paragraphs joined by line ends.
    texts: BTreeMap<String, String>,
    /// Lines of the cover by field name, beside unit and year.
    cover: BTreeMap<String, String>,
}

impl Paper {
    fn cell(&self, id: &str) -> &str {
        self.cells.get(id).map_or("", String::as_str)
    }
}

/// How the hand goes through a table.
#[derive(Clone, Copy)]
enum Way {
    /// Along the rows with Tab.
    Across,
    /// Down the columns with Enter.
    Down,
    /// Rows of zeros with F4, blank rows passed over with the arrow, the others along with Tab.
    Zeros,
}

/// The program with an empty draft of the paper's unit and year, totals typed.
fn begin(paper: &Paper, folder: &Path, size: (u16, u16)) -> (Pty, Arc<Form>, PathBuf) {
    let file = folder.join("报告.ron");
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao"))
        .arg(&file)
        .current_dir(folder)
        .env("HOME", folder)
        .env_remove("XDG_STATE_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME");
    let mut pty = Pty::start(command, size.0, size.1);
    pty.until_text("找不到文件")
        .keys("Right Enter")
        .until_text("单位名称")
        .text(&paper.unit)
        .keys("Enter")
        .settle();
    pty.keys("Backspace Backspace Backspace Backspace").text(&paper.year.to_string()).keys("Enter");
    pty.until_text(&paper.unit).until_text("总计：自动计算");
    pty.keys("Alt+=").until_text("总计：手工填写");
    let library = Library::new();
    let form = Draft::new(&paper.unit, paper.year, &library).form(&library).unwrap();
    (pty, form, file)
}

/// Types the lines of the cover and the narratives.
fn type_text(pty: &mut Pty, form: &Form, paper: &Paper) {
    pty.keys("Alt+0 Ctrl+Home");
    let Some(Body::Cover(lines)) = form.sections.first().map(|section| &section.body) else {
        panic!("the cover is first")
    };
    for id in lines {
        match paper.cover.get(id.as_str()) {
            // A choice is taken by its number.
            Some(number) if number.len() == 1 => pty.text(number).keys("Down"),
            Some(words) => pty.text(words).keys("Down"),
            None => pty.keys("Down"),
        };
    }
    for (tab, section) in [("Alt+1", "overview"), ("Alt+5", "problems"), ("Alt+6", "other_matters")] {
        pty.keys(tab).settle();
        pty.paste(&paper.texts[section]);
    }
    if let Some(words) = paper.texts.get("preface") {
        // Down from the last line of the cover.
        pty.keys("Alt+0 Ctrl+End Down").settle();
        pty.paste(words);
    }
    pty.settle();
}

fn type_table(pty: &mut Pty, section: &Section, tab: &str, paper: &Paper, way: Way) {
    pty.keys(tab).keys("Ctrl+Home").settle();
    let rows: Vec<Vec<&str>> = section
        .blocks()
        .iter()
        .flat_map(|block| &block.rows)
        .map(|line| line.cells.iter().map(|id| paper.cell(id.as_str())).collect())
        .collect();
    match way {
        Way::Across => {
            for cell in rows.iter().flatten() {
                pty.text(cell).keys("Tab");
            }
        }
        Way::Down => {
            let most = rows.iter().map(Vec::len).max().unwrap_or(0);
            for column in 0..most {
                for cell in rows.iter().filter_map(|row| row.get(column)) {
                    pty.text(cell).keys("Enter");
                }
                pty.settle();
            }
        }
        Way::Zeros => {
            for row in &rows {
                if row.iter().all(|cell| *cell == "0") {
                    pty.keys("F4 Down");
                } else if row.iter().all(|cell| cell.is_empty()) {
                    pty.keys("Down");
                } else {
                    for cell in row {
                        pty.text(cell).keys("Right");
                    }
                    pty.keys("Home Down");
                }
            }
        }
    }
    pty.settle();
}

/// Saves, and compares every field of the file with the paper.
fn save_and_compare(pty: &mut Pty, form: &Form, file: &Path, paper: &Paper) {
    pty.keys("Ctrl+S").until("the draft saved", |pty| pty.row(0).contains("已保存"));
    let saved = store::load(file, &Library::new()).expect("the draft is read");
    let mut compared = 0;
    for field in form.fields() {
        let id = field.id.as_str();
        let told = match field.id.section() {
            "cover" => paper.cover.get(id).cloned(),
            _ => paper.cells.get(id).or_else(|| paper.texts.get(id)).cloned(),
        };
        let now = saved.draft.get(id).typed();
        match (id, told) {
            ("cover.unit", _) => assert_eq!(now, paper.unit),
            ("cover.year", _) => assert_eq!(now, paper.year.to_string()),
            // A choice typed by its number; what a new report fills in by itself.
            (_, Some(number)) if field.id.section() == "cover" && number.len() == 1 => {
                assert!(!now.is_empty(), "{id}");
            }
            (_, None) if field.id.section() == "cover" => {}
            (_, told) => assert_eq!(now, told.unwrap_or_default(), "{id}"),
        }
        compared += 1;
    }
    assert_eq!(compared, form.fields().len());
    println!("{compared} fields compared, {} cells typed", paper.cells.len());
}

/// Waits until the words are on the screen, wherever its rows are wrapped.
fn until_said(pty: &mut Pty, words: &str) {
    let joined = |pty: &Pty| pty.screen().lines().map(str::trim_end).collect::<String>();
    pty.until(words, |pty| joined(pty).contains(words));
}

/// Breaks sums in a report whose sums hold, sees each finding on the screen, and mends it.
fn break_and_mend(pty: &mut Pty) {
    // A total of a row: the finding says both numbers, and the cure mends it.
    pty.keys("Alt+3 Ctrl+Home Down Down End").text("97").keys("Enter").settle();
    pty.keys("Up");
    until_said(pty, "“予以公开·总计”刚由 ");
    pty.until_text("第1条，共");
    pty.keys("F9").until_text("已改").until_gone("T3").until_gone("97");
    // One cell: it is named as what was changed, and the totals are offered to follow it after a look at
    // them.
    pty.keys("Ctrl+Home Down Down Right").text("88").keys("Enter").settle();
    pty.keys("Up");
    until_said(pty, "“予以公开·商业企业”刚由 ");
    pty.until_text(" 改为 88");
    pty.keys("Ctrl+Z").until_gone("88");
    // Computed totals: a new request more, and the column no longer tallies.
    pty.keys("Alt+=").until_text("总计改为自动计算");
    pty.keys("Ctrl+Home").text("95").keys("Enter").settle();
    pty.keys("Up");
    until_said(pty, "平衡 本年新收 95");
    pty.until_text("! ").until_text("T1");
    pty.keys("Ctrl+Z").until_gone("T1");
    pty.keys("Alt+=").until_text("手工填写");
}

fn whole(paper: &Paper, size: (u16, u16), ways: [Way; 3]) {
    let folder = TempDir::new().unwrap();
    let (mut pty, form, file) = begin(paper, folder.path(), size);
    type_text(&mut pty, &form, paper);
    for ((tab, id), way) in
        [("Alt+2", "disclosure"), ("Alt+3", "requests"), ("Alt+4", "review")].iter().zip(ways)
    {
        type_table(&mut pty, form.section(id).expect(id), tab, paper, way);
    }
    save_and_compare(&mut pty, &form, &file, paper);
    let written = fs::read(&file).unwrap();
    break_and_mend(&mut pty);
    // Undone to where it was saved: saving again writes the same bytes.
    pty.keys("Ctrl+S").until("the draft saved", |pty| pty.row(0).contains("已保存"));
    assert_eq!(
        String::from_utf8_lossy(&fs::read(&file).unwrap()),
        String::from_utf8_lossy(&written),
        "mended and undone, yet not the same"
    );
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

/// A report of an invented unit, in the 2021 format, whose sums hold.
fn invented() -> Paper {
    let library = Library::new();
    let form = Draft::new("示例县档案局", 2025, &library).form(&library).unwrap();
    let mut cells: BTreeMap<String, String> = form
        .fields()
        .iter()
        .filter(|field| field.kind.is_number())
        .map(|field| (field.id.to_string(), "0".into()))
        .collect();
    let mut put = |id: &str, typed: &str| {
        assert!(cells.insert(id.into(), typed.into()).is_some(), "{id}");
    };
    for (id, typed) in [
        ("disclosure.normative.issued", "4"),
        ("disclosure.normative.repealed", "1"),
        ("disclosure.normative.in_force", "21"),
        ("disclosure.licensing.decisions", "11398889"),
        ("disclosure.fees.amount", "2.02"),
        ("requests.new.natural", "9"),
        ("requests.new.business", "3"),
        ("requests.new.total", "12"),
        ("requests.carried_in.natural", "2"),
        ("requests.carried_in.total", "2"),
        ("requests.granted.natural", "6"),
        ("requests.granted.business", "2"),
        ("requests.granted.total", "8"),
        ("requests.unable_not_held.natural", "3"),
        ("requests.unable_not_held.total", "3"),
        ("requests.other_misc.business", "1"),
        ("requests.other_misc.total", "1"),
        ("requests.handled.natural", "9"),
        ("requests.handled.business", "3"),
        ("requests.handled.total", "12"),
        ("requests.carried_out.natural", "2"),
        ("requests.carried_out.total", "2"),
        ("review.direct_suit.upheld", "1"),
        ("review.direct_suit.total", "1"),
    ] {
        put(id, typed);
    }
    for id in ["upheld", "corrected", "other", "pending", "total"] {
        cells.remove(&format!("review.reconsideration.{id}"));
    }
    let own =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(id, text)| (id.to_string(), text.to_string())).collect();
    Paper {
        unit: "示例县档案局".into(),
        year: 2025,
        cells,
        texts: own(&[
            (
                "preface",
                "根据《中华人民共和国政府信息公开条例》编制本报告，统计期限为2025年1月1日至12月31日。",
            ),
            (
                "overview",
                "2025年，示例县档案局把“让群众看得懂”放在第一位——公开目录逐条核对。\n（一）主动公开。全年制发行政规范性文件4件，废止1件。\n（二）依申请公开。全年收到申请12件，上年结转2件。",
            ),
            ("problems", "存在问题：个别栏目更新不及时。\n改进情况：每季度检查一次，专人负责。"),
            ("other_matters", "全年没有收取信息处理费。"),
        ]),
        cover: own(&[
            ("cover.title", "示例县档案局2025年政府信息公开工作年度报告"),
            ("cover.date", "2026年1月15日"),
            ("cover.kind", "2"),
            ("cover.level", "4"),
        ]),
    }
}

#[test]
fn an_invented_report_is_typed_saved_broken_and_mended() {
    whole(&invented(), (80, 24), [Way::Across, Way::Zeros, Way::Across]);
    whole(&invented(), (120, 40), [Way::Zeros, Way::Across, Way::Zeros]);
}

/// The folder of published reports, where it lies beside the repository.
fn published() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared/reports", "../../shared/reports"]
        .map(|path| root.join(path))
        .into_iter()
        .find(|path| path.is_dir())
}

/// The paragraphs of the published report between two of its headings.
fn paragraphs(text: &str, from: &str, to: &str) -> String {
    let lines = text.lines().map(str::trim).skip_while(|line| !line.starts_with(from)).skip(1);
    let lines = lines.take_while(|line| !line.starts_with(to)).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_published_report_is_typed_saved_broken_and_mended() {
    let Some(folder) = published() else {
        skipped("../shared/reports is not there");
        return;
    };
    let text = fs::read_to_string(folder.join("seed-2020.txt")).unwrap();
    let told: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.join("seed-2020.expected.json")).unwrap()).unwrap();
    let fields = told["fields"].as_object().unwrap().iter();
    let cells: BTreeMap<String, String> = fields
        .filter(|(_, value)| !value.is_null())
        .map(|(id, value)| (id.clone(), value.as_str().map_or(value.to_string(), String::from)))
        .collect();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let title = format!("{}{}", lines[0], lines[1]).replace(' ', "");
    let date = lines[lines.len() - 1].to_string();
    let paper = Paper {
        unit: told["unit"].as_str().unwrap().into(),
        year: u16::try_from(told["year"].as_u64().unwrap()).unwrap(),
        cells,
        texts: [
            ("overview".to_string(), paragraphs(&text, "一、", "二、")),
            ("problems".to_string(), paragraphs(&text, "五、", "六、")),
            ("other_matters".to_string(), lines[lines.len() - 3].to_string()),
        ]
        .into(),
        cover: [("cover.title".to_string(), title), ("cover.date".to_string(), date)].into(),
    };
    assert_eq!(paper.cells.len(), 161 + 22 + 10, "the cells of the paper");
    whole(&paper, (80, 24), [Way::Across, Way::Down, Way::Zeros]);
    whole(&paper, (120, 40), [Way::Down, Way::Zeros, Way::Across]);
}

#[test]
fn a_value_of_the_draft_is_what_was_typed() {
    // What the comparison above relies on.
    assert_eq!(Value::Count(7).typed(), "7");
    assert_eq!(Value::Blank.typed(), "");
}
