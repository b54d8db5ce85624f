//! Title, unit, year and opening paragraph.

use super::outline::OutlineItem;
use super::paragraphs::join_paragraphs;
use super::signature::{date_line, is_unit_name, without_blanks};
use crate::draft::parse_date;
use crate::text::{numerals, simplified};

/// What the source holds around its sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The title in one line, without blanks.
    pub title: Option<String>,
    /// The unit that the title names.
    pub unit: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// The opening paragraphs.
    pub preface: Vec<String>,
    /// Dates that fill a line: line and date.
    pub dates: Vec<(usize, String)>,
    /// Text that is none of these: line and text.
    pub unplaced: Vec<(usize, String)>,
}

/// The longest line that can be a title or a unit, in characters.
const MAX_TITLE: usize = 60;
const SUBJECT: &str = "政府信息公开";

/// Reads what is before the first section.
pub fn read_front_matter(items: &[OutlineItem], wrapped: bool) -> FrontMatter {
    let texts: Vec<(usize, &str)> = items
        .iter()
        .filter_map(|item| Some((item.line(), item.running_text()?)))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect();
    let mut cover = FrontMatter::default();
    let mut rest = 0..0;
    if let Some((from, to, title)) = find_title(&texts) {
        (cover.unit, cover.year) = unit_and_year(&title);
        let named = title.split_once([':', '：']).filter(|(key, _)| key.chars().count() <= 4);
        cover.title = Some(named.map_or(title.clone(), |(_, rest)| rest.to_string()));
        rest = from..to;
    }
    let (before, after) = (&texts[..rest.start], &texts[rest.end..]);
    let before = before.iter().filter(|(_, text)| !super::row_scanner::is_page_number(text));
    cover.unplaced = before.map(|(line, text)| (*line, text.trim().to_string())).collect();
    let mut lines = Vec::new();
    let mut first_line = 0;
    let mut begun = false;
    // A text saved with what a site knows about it repeats its title where it begins.
    let again =
        after.iter().rposition(|(_, text)| text.chars().count() > MAX_TITLE && leading_title(text).is_some());
    let (skipped, after) = after.split_at(again.unwrap_or(0));
    cover.unplaced.extend(skipped.iter().map(|(line, text)| (*line, text.trim().to_string())));
    for (line, text) in after {
        if let Some((unit, year)) = unit_year_line(text).filter(|_| !begun) {
            cover.unit = cover.unit.or(unit.clone());
            cover.year = cover.year.or(Some(year));
            if cover.year == Some(year) && unit.is_none_or(|unit| cover.unit == Some(unit)) {
                continue;
            }
        }
        // Who published it and when is in short lines before the text begins.
        begun |= !is_site_note(text)
            && (is_prose(text)
                || wrapped && is_wrapped_text(text, cover.unit.as_deref()) && furniture_length(text) == 0);
        if begun || cover.title.is_none() && text.chars().count() > MAX_TITLE {
            if lines.is_empty() {
                first_line = *line;
            }
            lines.push(*text);
        } else if let Some(date) = date_line(text) {
            cover.dates.push((*line, date));
        } else if !is_signature(text, cover.unit.as_deref()) && !super::row_scanner::is_page_number(text) {
            cover.unplaced.push((*line, text.trim().to_string()));
        }
    }
    cover.preface = join_paragraphs(lines, wrapped);
    if let Some(first) = cover.preface.first_mut() {
        let mut named = (cover.title.take(), cover.unit.take(), cover.year);
        strip_title(first, &mut named);
        (cover.title, cover.unit, cover.year) = named;
        let rest = first.split_off(furniture_length(first));
        let furniture = std::mem::replace(first, rest.trim_start().to_string());
        if !furniture.is_empty() {
            cover.unplaced.push((first_line, furniture.trim().to_string()));
        }
    }
    cover.preface.retain(|paragraph| !paragraph.is_empty());
    if cover.year.is_none() {
        cover.year = cover.preface.iter().find_map(|paragraph| find_year(&without_blanks(paragraph)));
    }
    let pictures = items.iter().filter(|item| matches!(item, OutlineItem::Picture { .. }));
    if cover.title.is_some() {
        let first = texts.get(rest.start).map_or(0, |(line, _)| *line);
        cover.unplaced.extend(
            pictures.filter(|item| item.line() >= first).map(|item| (item.line(), "（图片）".into())),
        );
    }
    cover
}

/// What a web page prints around its text.
const FURNITURE: [&str; 24] = [
    "当前位置",
    "来源",
    "发布",
    "时间：",
    "日期：",
    "浏览",
    "点击",
    "字号",
    "字体",
    "打印",
    "分享",
    "微信",
    "微博",
    "QQ",
    "首页",
    "下载",
    "链接",
    "-->",
    "索引号",
    "作者",
    "编辑",
    "访问量",
    "扫一扫",
    "收藏",
];

/// Returns how many bytes at the start of a paragraph are what a page prints between its title and its text:
/// `当前位置： 首页 来源： 时间：2024-01-17`.
fn furniture_length(text: &str) -> usize {
    // Sentences are text, whatever words are in them.
    let tokens: Vec<&str> =
        text.split_whitespace().take_while(|token| !token.contains(['。', '，', '《'])).collect();
    let is_furniture = |token: &&&str| FURNITURE.iter().any(|word| token.contains(word));
    let Some(last) = tokens.iter().rev().find(is_furniture) else { return 0 };
    let end = last.as_ptr() as usize + last.len() - text.as_ptr() as usize;
    // What is all furniture goes on to its end.
    if text[end..].contains(['。', '，', '《']) { end } else { text.len() }
}

/// Returns where the title is among the lines, and its text. It may run over three lines.
fn find_title(texts: &[(usize, &str)]) -> Option<(usize, usize, String)> {
    let candidates = texts.iter().enumerate().filter(|(_, (_, text))| is_title(text));
    let rated = candidates.map(|(at, (_, text))| {
        let text = without_blanks(text);
        let (unit, year) = unit_and_year(&text);
        (u8::from(year.is_some()) * 2 + u8::from(unit.is_some()), at, text)
    });
    // The best of them, the first among equals.
    let (_, at, mut title) = rated.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))?;
    let mut from = at;
    while from > 0 && at - from < 2 {
        let (unit, year) = unit_and_year(&title);
        let above = without_blanks(texts[from - 1].1);
        let fits =
            above.chars().count() <= 30 && !above.contains(['。', '，', ':', '：', '|', '>', '/', '|']);
        let is_year = self::find_year(&above).is_some();
        // A line above belongs to the title where it brings what the title lacks.
        if !fits || parse_date(&above).is_some() || !(unit.is_none() && !is_year || year.is_none() && is_year)
        {
            break;
        }
        title = format!("{above}{title}");
        from -= 1;
    }
    Some((from, at + 1, title))
}

/// Returns the unit and the year that a text names if it is the title of a report, as on a page or in the name of a
/// file.
pub fn unit_and_year_of(text: &str) -> Option<(Option<String>, Option<u16>)> {
    let text = without_blanks(text);
    is_title(&text).then(|| unit_and_year(&text))
}

fn is_title(text: &str) -> bool {
    // Most lines of a page are not titles: that is seen without a copy. A character takes four bytes at
    // most.
    if !text.contains(['报', '報']) || text.trim().len() > MAX_TITLE * 8 {
        return false;
    }
    let text = simplified_text(&without_blanks(text));
    let ends = ["年度报告", "年报", "报告"].iter().any(|end| text.contains(end));
    ends && text.contains("信息公开")
        && text.chars().count() <= MAX_TITLE
        && !text.contains(['。', '，', '《', '；', '>'])
}

/// Returns the unit and the year that a title names.
fn unit_and_year(title: &str) -> (Option<String>, Option<u16>) {
    let title = title.rsplit_once(['：', ':']).map_or(title, |(_, rest)| rest);
    let year = find_year(title);
    // Every character of the simplified text stands at the same place.
    let plain = simplified_text(title);
    let before = plain.find(SUBJECT).or_else(|| plain.find("信息公开")).map_or("", |at| &title[..at]);
    let mut unit = String::new();
    let mut rest = before;
    // The year and what goes with it is taken out, wherever it is.
    while let Some(c) = rest.chars().next() {
        let digits: Vec<char> = rest.chars().take(4).collect();
        let after = rest.char_indices().nth(4).map_or("", |(at, _)| &rest[at..]);
        if numerals::parse_year(&digits).is_some() && after.starts_with('年') {
            rest = after.strip_prefix("年度").or_else(|| after.strip_prefix('年')).unwrap_or(after);
        } else {
            unit.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    let mut unit = unit.trim_matches(|c: char| "（）()关于的、 ".contains(c)).to_string();
    // 县人民政府信息公开: both names share 政府.
    if unit.ends_with("人民") {
        unit.push_str("政府");
    }
    ((unit.chars().count() >= 2).then_some(unit), year)
}

/// Returns a text in simplified characters, as long as it is.
fn simplified_text(text: &str) -> String {
    text.chars().map(simplified).collect()
}

/// Returns the first year in a text, `2024年` or `二〇二四年`.
fn find_year(text: &str) -> Option<u16> {
    let chars: Vec<char> = text.chars().collect();
    let mut years = chars.windows(5).filter(|window| window[4] == '年');
    years.find_map(|window| numerals::parse_year(&window[..4]).filter(|year| (2000..=2100).contains(year)))
}

/// Returns the title with which a paragraph begins, and where it ends.
fn leading_title(paragraph: &str) -> Option<(String, usize)> {
    let head: String = paragraph.chars().take(MAX_TITLE).collect();
    let end = simplified_text(&head).find("年度报告").map(|at| at + "年度报告".len())?;
    let found = without_blanks(&head[..end]);
    (is_title(&found) && unit_and_year(&found).1.is_some()).then_some((found, end))
}

/// Takes a title off the front of a paragraph that runs on after it.
fn strip_title(paragraph: &mut String, cover: &mut (Option<String>, Option<String>, Option<u16>)) {
    let Some((found, end)) = leading_title(paragraph) else { return };
    let rest = paragraph[end..].trim_start().to_string();
    if cover.0.is_none() {
        (cover.1, cover.2) = unit_and_year(&found);
        cover.0 = Some(found);
    }
    *paragraph = rest;
}

/// Returns the unit and year of a line that holds nothing else, `示例市某局　2024年度`, as is found under a title
/// without them.
fn unit_year_line(text: &str) -> Option<(Option<String>, u16)> {
    let line = without_blanks(text);
    let before = line.strip_suffix("年度")?;
    let at = before.char_indices().rev().nth(3).map(|(at, _)| at)?;
    let (unit, digits) = before.split_at(at);
    let year = find_year(&format!("{digits}年"))?;
    (unit.is_empty() || is_unit_name(unit)).then(|| ((!unit.is_empty()).then(|| unit.to_string()), year))
}

/// Returns whether a line is a remark of the site about the text: `发布时间：2020-01-20`.
fn is_site_note(text: &str) -> bool {
    text.split_once(['：', ':']).is_some_and(|(key, _)| key.trim().chars().count() <= 8)
}

/// Returns whether a short line of a copy is the beginning of running text.
fn is_wrapped_text(text: &str, unit: Option<&str>) -> bool {
    text.trim().chars().count() >= 10
        && !is_signature(text, unit)
        && !super::row_scanner::is_page_number(text)
}

fn is_prose(text: &str) -> bool {
    text.contains('。')
        || text.chars().count() > 25 && text.contains(['，', '《'])
        || text.trim().chars().count() > MAX_TITLE
}

/// Returns whether a line only names the unit or a day, as under a title.
fn is_signature(text: &str, unit: Option<&str>) -> bool {
    let text = without_blanks(text);
    date_line(&text).is_some() || unit.is_some_and(|unit| unit == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(lines: &[&str]) -> Vec<OutlineItem> {
        lines
            .iter()
            .enumerate()
            .map(|(at, text)| OutlineItem::Text { line: at + 1, text: text.to_string() })
            .collect()
    }

    #[test]
    fn a_title_is_read_in_the_layouts_in_print() {
        for (lines, unit, year) in [
            (&["示例市某局", "", "2020 年度政府信息公开工作年度报告"][..], "示例市某局", 2020),
            (&["# 示例县人民政府 2025 年 政府信息公开工作年度报告"], "示例县人民政府", 2025),
            (&["2019年示例市人民政府办公厅政府信息公开工作年度报告"], "示例市人民政府办公厅", 2019),
            (&["首页", "政府信息公开年报", "示例区2019年度政府信息公开工作年度报告"], "示例区", 2019),
            (&["示例县人民政府信息公开工作年度报告（2023年度）"], "示例县人民政府", 2023),
            (&["示例市某局", "二〇二四年", "政府信息公开工作年度报告"], "示例市某局", 2024),
            (&["２０２４年示例市某局政府信息公开工作年度报告"], "示例市某局", 2024),
            (&["示例市某局二O二四年政府信息公开工作年度报告"], "示例市某局", 2024),
            (&["标题: 示例区2019年度政府信息公开工作年度报告"], "示例区", 2019),
            (
                &[
                    "示例区2019年政府信息公开工作年度报告 根据《条例》的规定，编制本报告。本报告由六部分组成。如有疑问，请与我局联系，电话见网站。",
                ],
                "示例区",
                2019,
            ),
        ] {
            let cover = read_front_matter(&items(lines), false);
            assert_eq!((cover.unit.as_deref(), cover.year), (Some(unit), Some(year)), "{lines:?}");
        }
    }

    #[test]
    fn the_opening_paragraph_is_found_among_page_furniture() {
        let cover = read_front_matter(
            &items(&[
                "首页 > 公开",
                "示例局2024年政府信息公开工作年度报告",
                "发布时间：2025-01-20",
                "根据条例编制本报告。",
                "欢迎联系。",
            ]),
            false,
        );
        assert_eq!(cover.preface, ["根据条例编制本报告。", "欢迎联系。"]);
        assert_eq!(cover.unplaced.len(), 2);
    }

    #[test]
    fn unit_and_year_are_read_where_no_title_says_them() {
        for (lines, unit) in [
            (&["示例市某局　2024年度"][..], Some("示例市某局")),
            (&["2024年度", "根据《条例》编制本报告。"], None),
        ] {
            for wrapped in [false, true] {
                let cover = read_front_matter(&items(lines), wrapped);
                assert_eq!((cover.unit.as_deref(), cover.year), (unit, Some(2024)), "{lines:?}");
                assert!(cover.preface.len() < lines.len(), "{:?}", cover.preface);
            }
        }
    }
}
