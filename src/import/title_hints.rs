//! What a report does not say of itself and its file does: the unit and the year in a page's title or in the
//! name of the file. What is taken from there is listed for review.

use super::align::unit_and_year_of;
use super::encoding;
use super::outcome::{Import, Unplaced};
use crate::draft::Value;
use crate::import::SourceFormat;

/// So far into a page its head is looked for.
const HEAD_BYTES: usize = 64 << 10;

/// Fills in unit and year where the text names none and the title of the page, or the name of the file, is the
/// title of such a report.
pub fn apply_title_hints(name: &str, bytes: &[u8], import: &mut Import) {
    let is_missing = |field: &str, import: &Import| import.draft.get(field).is_blank();
    if !is_missing("cover.unit", import) && !is_missing("cover.year", import) {
        return;
    }
    let mut hints = Vec::new();
    if import.draft.provenance.as_ref().is_some_and(|from| from.format == SourceFormat::Html.as_str()) {
        let head = encoding::decode(bytes.get(..HEAD_BYTES).unwrap_or(bytes));
        hints.extend(page_titles(&head).into_iter().map(|title| ("网页标题", title)));
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    hints.push(("文件名", stem.to_string()));
    for (origin, hint) in hints {
        // Without a year it is the name of a site or of a list of reports, and no unit's.
        let Some((unit, Some(year))) = unit_and_year_of(&hint) else { continue };
        let values = [
            ("cover.unit", "单位名称", unit.map(Value::Text)),
            ("cover.year", "报告年度", Some(Value::Count(year.into()))),
        ];
        for (field, label, value) in values {
            let Some(value) = value.filter(|_| is_missing(field, import)) else { continue };
            let text = format!("{label}“{}”取自{origin}“{hint}”，正文没有写明，请核对", value.typed());
            import.unplaced.push(Unplaced { line: 0, text });
            import.draft.set(field, value);
            import.open.retain(|open| open.field.as_str() != field);
        }
    }
}

/// Returns the texts of `<title>` and of `<meta name="ArticleTitle">`, which public sites have to give.
fn page_titles(head: &str) -> Vec<String> {
    let lower = head.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|start| {
        let from = start + lower.get(start..)?.find('>')? + 1;
        let to = from + lower.get(from..)?.find("</title")?;
        head.get(from..to)
    });
    let meta = lower.find("name=\"articletitle\"").and_then(|at| {
        let from = lower.get(..at)?.rfind('<')?;
        let to = at + lower.get(at..)?.find('>')?;
        let content = from + lower.get(from..to)?.find("content=\"")? + "content=\"".len();
        let end = content + lower.get(content..to)?.find('"')?;
        head.get(content..end)
    });
    meta.into_iter()
        .chain(title)
        .map(|text| text.trim().to_string())
        .filter(|text| !text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Library;
    use crate::import::import;

    const BODY: &str = "<h2>一、总体情况</h2><p>收到申请3件。</p><h2>五、存在的主要问题及改进情况</h2><p>问题是公开不够及时。</p>";

    fn read(name: &str, head: &str) -> Import {
        let page = format!("<html><head>{head}</head><body>{BODY}</body></html>");
        import(name, page.as_bytes(), "2026-01-20", &Library::new()).unwrap()
    }

    #[test]
    fn the_title_of_a_page_names_unit_and_year() {
        let found =
            read("content_1.html", "<title>示例市水务局2024年政府信息公开工作年度报告 - 示例市</title>");
        assert_eq!(found.draft.unit(), "示例市水务局");
        assert_eq!(found.draft.year(), Some(2024));
        let told = found.unplaced.iter().filter(|it| it.text.contains("取自网页标题")).count();
        assert_eq!(told, 2, "{:?}", found.unplaced);
        assert!(found.open.iter().all(|open| open.field.as_str() != "cover.year"));
    }

    #[test]
    fn what_a_site_says_of_the_article_comes_before_its_title() {
        let head = "<meta name=\"ArticleTitle\" content=\"示例县教育局2023年政府信息公开工作年度报告\"><title>示例县</title>";
        assert_eq!(read("a.html", head).draft.unit(), "示例县教育局");
    }

    #[test]
    fn the_name_of_a_file_is_a_hint_if_it_is_a_title() {
        let found = read("来文/示例区民政局2024年政府信息公开工作年度报告.html", "");
        assert_eq!((found.draft.unit(), found.draft.year()), ("示例区民政局", Some(2024)));
        let other = read("2024报表.html", "<title>首页</title>");
        assert_eq!((other.draft.unit(), other.draft.year()), ("", None));
        assert!(other.open.iter().any(|open| open.field.as_str() == "cover.year"));
    }

    #[test]
    fn the_name_of_a_site_is_no_unit() {
        let found = read("a.html", "<title>示例市人民政府门户网站 政府信息公开年报</title>");
        assert_eq!((found.draft.unit(), found.draft.year()), ("", None));
    }
}
