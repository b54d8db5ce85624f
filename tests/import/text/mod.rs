//! Nothing of a text is lost: every sentence of a source is in the draft or in the list of what was left, once
//! and whole, whatever the source is.

mod document;

use std::collections::BTreeMap;

use document::{DATE, Dice, Document, NARRATIVES, PREFACE, ROW_WORDS, TITLE, UNIT};
use nianbao::check::{Context, check};
use nianbao::draft::Value;
use nianbao::export::Format;
use nianbao::form::{Form, Kind, Library};
use nianbao::import::{Import, import};

fn read(name: &str, bytes: &[u8]) -> Import {
    import(name, bytes, "2026-01-20", &Library::new()).unwrap()
}

/// Everything that an import says of the text of its source: texts of the draft, notes, what was left.
fn texts_of(found: &Import) -> Vec<String> {
    let form = found.draft.form(&Library::new()).unwrap();
    let is_text = |kind: &Kind| matches!(kind, Kind::Prose);
    let mut texts: Vec<String> =
        form.fields().iter().filter(|field| is_text(&field.kind)).map(|field| field.id.to_string()).collect();
    texts.extend(["cover.title", "cover.signed_by", "cover.date"].map(String::from));
    let mut texts: Vec<String> = texts.iter().map(|id| found.draft.text(id).to_string()).collect();
    texts.extend(found.draft.notes.values().cloned());
    for left in &found.unplaced {
        let mut text = left.text.as_str();
        for mark in ["（页眉）", "（页脚）", "（脚注）", "（文本框）"] {
            text = text.strip_prefix(mark).unwrap_or(text);
        }
        texts.push(text.into());
    }
    texts
}

/// How often each Chinese character occurs.
fn characters<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in texts.into_iter().flat_map(str::chars).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// What of the text is lost, or told twice.
fn faults(document: &Document, beside: &[String], found: &Import) -> Vec<String> {
    let texts = texts_of(found);
    let whole = texts.join("\n");
    let sentences = document.sentences.iter().chain(beside);
    let mut faults: Vec<String> = sentences
        .filter(|sentence| whole.matches(sentence.as_str()).count() != 1)
        .map(|sentence| format!("{} times: {sentence}", whole.matches(sentence.as_str()).count()))
        .collect();
    let mut source: Vec<&str> = vec![TITLE, PREFACE, UNIT, DATE];
    source.extend(NARRATIVES.iter().map(|(_, text)| *text));
    source.extend(document.sentences.iter().chain(beside).map(String::as_str));
    source.extend(std::iter::repeat_n(ROW_WORDS, document.rows));
    let (source, texts) = (characters(source), characters(texts.iter().map(String::as_str)));
    let letters: std::collections::BTreeSet<char> = source.keys().chain(texts.keys()).copied().collect();
    faults.extend(letters.into_iter().filter_map(|c| {
        let (had, has) = (source.get(&c).copied().unwrap_or(0), texts.get(&c).copied().unwrap_or(0));
        (had != has).then(|| format!("{c}: {has} of {had}"))
    }));
    faults
}

fn forms() -> [std::sync::Arc<Form>; 3] {
    let library = Library::new();
    [("2021", "2021"), ("2019", "2019"), ("2021", "2019")].map(|(a, b)| library.compose(a, b).unwrap())
}

type Writer = fn(&Document) -> Vec<u8>;

/// Set `ROUNDS` for more documents of each kind.
#[test]
fn every_sentence_of_a_source_is_told_once_and_whole() {
    let kinds: [(&str, Writer, bool); 8] = [
        ("a.txt", document::one_row_a_line, true),
        ("a.txt", document::tabbed, true),
        ("a.txt", document::one_line, false),
        ("a.md", document::markdown, true),
        ("a.csv", document::csv, true),
        ("a.html", document::page, true),
        ("a.xlsx", document::workbook, true),
        ("a.docx", |document| document::word(document, &[]), true),
    ];
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(6);
    let forms = forms();
    let mut lost = Vec::new();
    for (kind, (name, write, paragraphs)) in kinds.into_iter().enumerate() {
        for round in 0..rounds {
            let mut dice = Dice(round * 8 + kind as u64);
            let form = &forms[round as usize % 3];
            let document = document::document(form, &mut dice, [1, 3, 9][dice_of(round)], paragraphs);
            let bytes = write(&document);
            let faults = faults(&document, &[], &read(name, &bytes));
            if !faults.is_empty() {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let shown = if std::env::var("SHOW").is_ok() { text } else { String::new() };
                lost.push(format!("kind {kind} {name}, round {round}: {faults:?}\n{shown}"));
            }
        }
    }
    println!("{} documents", 8 * rounds);
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

fn dice_of(round: u64) -> usize {
    usize::try_from(round / 3 % 3).unwrap()
}

#[test]
fn what_is_beside_the_text_of_a_word_file_is_told_once() {
    let beside: Vec<String> =
        ["文本框里写着此处盖章。", "页眉由文印室加上。", "页脚写有内部电话。", "脚注说明统计口径。"]
            .map(String::from)
            .into();
    let document = document::document(&forms()[0], &mut Dice(5), 3, true);
    let found = read("a.docx", &document::word(&document, &beside));
    assert_eq!(faults(&document, &beside, &found), [""; 0]);
    assert!(beside.iter().all(|text| found.unplaced.iter().any(|left| left.text.contains(text))));
}

#[test]
fn a_field_that_no_form_has_is_told_with_its_text() {
    let json = r#"{"version": 1, "year": 2024, "forms": {"disclosure": "2021", "requests": "2021"},
        "totals": "typed", "fields": {"requests": "表后一句。", "somewhere": "无处安放的一句。"},
        "notes": {"elsewhere": "附注一句。"}}"#;
    let found = read("a.json", json.as_bytes());
    assert_eq!(found.draft.text("requests"), "表后一句。");
    let texts = texts_of(&found).join("\n");
    for text in ["表后一句。", "无处安放的一句。", "附注一句。"] {
        assert_eq!(texts.matches(text).count(), 1, "{text} in {texts}");
    }
}

/// A page of one line, with sentences of the report's own in its sections.
fn one_line(inside: &str) -> String {
    let mut document = document::document(&forms()[0], &mut Dice(1), usize::MAX, false);
    document
        .pieces
        .retain(|piece| !matches!(piece, document::Piece::Text(text) if text == DATE || text == UNIT));
    let text = String::from_utf8(document::one_line(&document)).unwrap();
    text.replacen("第二十条第（一）项", &format!("{inside} 第二十条第（一）项"), 1)
}

#[test]
fn a_sentence_among_the_cells_of_one_line_is_kept_whole() {
    let sentence = "（一）公开的数量。2023年制作信息367条，其中公开43条，占11.7%。";
    let found = read("a.txt", one_line(sentence).as_bytes());
    assert_eq!(found.draft.text("disclosure"), sentence);
    assert_eq!(*found.draft.get("disclosure.regulations.issued"), Value::Count(0));
    assert!(texts_of(&found).join("\n").matches("367条").count() == 1, "{:?}", found.unplaced);
}

#[test]
fn what_a_page_prints_around_its_text_is_named_and_not_read() {
    let page = one_line("");
    let before =
        "标题: 示例县水务局2023年政府信息公开工作年度报告\n发布时间: 2024-01-18 09:30\n栏目: 年度材料\n";
    let furniture = "当前位置： 首页政务公开年报 来源： 时间：2024-01-18 微信 微博 文字版 相关链接：";
    let page = page.replacen(PREFACE, &format!("{furniture} {PREFACE}"), 1);
    let text = format!("{before}{page} {UNIT} {DATE} 附件下载");
    let found = read("a.txt", text.as_bytes());
    assert_eq!(found.draft.text("preface"), PREFACE);
    assert_eq!(found.draft.text("other_matters"), NARRATIVES[2].1);
    assert_eq!((found.draft.text("cover.signed_by"), found.draft.text("cover.date")), (UNIT, DATE));
    let left: Vec<&str> = found.unplaced.iter().map(|left| left.text.as_str()).collect();
    for text in ["发布时间", "年度材料", "当前位置", "微信", "相关链接", "附件下载"] {
        assert_eq!(left.iter().filter(|left| left.contains(text)).count(), 1, "{text}: {left:?}");
    }
}

#[test]
fn a_section_without_its_table_keeps_its_words() {
    let text = format!(
        "{TITLE}\n一、总体情况\n（一）政府信息主动公开情况。公开职能。\n（二）政府信息依申请公开情况。收到31件。\n\
         （三）政府信息管理情况。规范管理。\n二、主动公开政府信息情况\n本年度无。\n\
         四、政府信息公开行政复议、行政诉讼情况\n未发生。\n五、存在的主要问题及改进情况\n人手不足，下一步改进。\n\
         六、其他需要报告的事项\n无\n"
    );
    let found = read("a.txt", text.as_bytes());
    assert!(found.draft.text("overview").contains("收到31件。"));
    for (id, text) in [("disclosure", "本年度无。"), ("review", "未发生。"), ("other_matters", "无")]
    {
        assert_eq!(found.draft.text(id), text, "{id}");
    }
    let heading = "六、其他需要报告的事项 无";
    let found = read("a.txt", text.replace("六、其他需要报告的事项\n无", heading).as_bytes());
    assert_eq!(found.draft.text("other_matters"), "无", "on the line of its heading");
}

#[test]
fn a_row_and_the_next_heading_are_two_on_one_line() {
    let text = one_line("");
    let row = "四、结转下年度继续办理 0 0 0 0 0 0 0 四、";
    for line in [row.replace("0 0 0 0 0 0 0", "2 0 0 0 0 0 2"), row.replace(" 0 0 0 0 0 0 0", "")] {
        let found = read("a.txt", text.replacen(row, &line, 1).as_bytes());
        assert_eq!(*found.draft.get("review.reconsideration.upheld"), Value::Count(0), "{line}");
        if line.contains('2') {
            assert_eq!(*found.draft.get("requests.carried_out.natural"), Value::Count(2));
        }
    }
    let other = "五、存在的主要问题及明年工作计划";
    let found = read("a.txt", text.replacen("五、存在的主要问题及改进情况", other, 1).as_bytes());
    assert_eq!(found.draft.text("problems"), NARRATIVES[1].1);
}

#[test]
fn paragraphs_beside_tables_are_kept_judged_and_printed() {
    let own = [
        ("disclosure", "2022年制作政府信息367条，其中主动公开43条。"),
        ("requests", "2023年，共收到政府信息公开申请5条。"),
        ("review", "2023年，没有政府信息公开行政复议案件。"),
    ];
    let form = &forms()[0];
    let mut document = document::document(form, &mut Dice(1), usize::MAX, true);
    for (id, text) in own {
        let heading = form.section(id).unwrap().heading();
        let is_heading =
            |piece: &document::Piece| matches!(piece, document::Piece::Text(own) if *own == heading);
        let at = document.pieces.iter().position(is_heading).unwrap();
        document.pieces.insert(at + 1, document::Piece::Text(text.into()));
    }
    let page = String::from_utf8(document::page(&document)).unwrap();
    // One 行政复议 was upheld.
    let (head, tail) = page.rsplit_once("<td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td>").unwrap();
    let zeros = "<td>0</td>".repeat(10);
    let one = "<td>1</td><td>0</td><td>0</td><td>0</td><td>1</td>";
    let found = read("a.html", format!("{head}{one}{zeros}{tail}").as_bytes());
    for (id, text) in own {
        assert_eq!(found.draft.text(id), text, "{id}");
    }
    assert_eq!(found.unplaced, []);
    let findings = check(form, &found.draft, Context::default());
    for (rule, id) in [("S3", "disclosure"), ("N1", "requests"), ("N2", "review")] {
        let is_it = |finding: &&nianbao::check::Finding| {
            finding.rule == rule && finding.span.as_ref().is_some_and(|span| span.field.as_str() == id)
        };
        assert!(findings.iter().any(|finding| is_it(&finding)), "{rule} {id}: {findings:?}");
    }
    for format in Format::ALL {
        let Ok(bytes) = format.write(form, &found.draft) else { continue };
        let again = read(&format!("a.{}", format.extension()), &bytes);
        for (id, text) in own {
            assert_eq!(again.draft.text(id), text, "{id} from {}", format.extension());
        }
    }
}
