//! Where a long title breaks: at words, after the unit, in lines of a balanced shape (GB/T 9704—2012, 7.3.1:
//! 回行时，要做到词意完整，排列对称，长短适宜).

use crate::text::width::display_width;

/// Words of such titles, after which a line may end.
const WORDS: [&str; 6] = ["年度", "年", "政府信息公开", "工作", "人民政府", "委员会"];
/// What a break costs that does not stand after the unit, against the square of columns that two lines differ.
const NOT_AFTER_UNIT: usize = 2_000;

/// Returns the lines of a title, in as few as have no more than `columns` display columns each; the title as it
/// is if no words let it be broken so.
pub fn title_lines<'a>(title: &'a str, unit: &str, columns: usize) -> Vec<&'a str> {
    if display_width(title) <= columns {
        return vec![title];
    }
    let unit_end = title.find(unit).filter(|_| !unit.is_empty()).map(|at| at + unit.len());
    let mut ends: Vec<usize> = WORDS
        .iter()
        .flat_map(|word| title.match_indices(word).map(|(at, word)| at + word.len()))
        // 年度 is one word, and so is 年度报告.
        .filter(|&at| {
            !title[at..].starts_with("度") && !title[..at].ends_with("工作年度") && at < title.len()
        })
        .chain(unit_end.filter(|&at| at < title.len()))
        .collect();
    ends.sort_unstable();
    ends.dedup();
    for breaks in 1..=3 {
        if let Some((_, lines)) = best(title, 0, &ends, breaks, columns, unit_end) {
            return lines;
        }
    }
    vec![title]
}

/// Returns the best lines of what stands behind byte `from`, in exactly `breaks` breaks, with what they cost.
fn best<'a>(
    title: &'a str,
    from: usize,
    ends: &[usize],
    breaks: usize,
    columns: usize,
    unit_end: Option<usize>,
) -> Option<(usize, Vec<&'a str>)> {
    if breaks == 0 {
        let rest = &title[from..];
        return (display_width(rest) <= columns).then(|| (0, vec![rest]));
    }
    let candidates = ends.iter().filter(|&&end| end > from && display_width(&title[from..end]) <= columns);
    let costed = candidates.filter_map(|&end| {
        let (cost, mut lines) = best(title, end, ends, breaks - 1, columns, unit_end)?;
        let line = &title[from..end];
        let apart = display_width(line).abs_diff(lines.first().map_or(0, |next| display_width(next)));
        lines.insert(0, line);
        let place = if unit_end == Some(end) { 0 } else { NOT_AFTER_UNIT };
        Some((cost + apart * apart + place, lines))
    });
    costed.min_by_key(|(cost, _)| *cost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_title_breaks_after_the_unit() {
        let title = "示例市水务局2025年政府信息公开工作年度报告";
        assert_eq!(
            title_lines(title, "示例市水务局", 40),
            ["示例市水务局", "2025年政府信息公开工作年度报告"]
        );
        let long = "示例省示例市示例高新技术产业开发区管理委员会2025年政府信息公开工作年度报告";
        let unit = "示例省示例市示例高新技术产业开发区管理委员会";
        assert_eq!(title_lines(long, unit, 44), [unit, "2025年政府信息公开工作年度报告"]);
    }

    #[test]
    fn a_title_that_fits_stays_on_one_line() {
        let title = "2025年政府信息公开工作年度报告";
        assert_eq!(title_lines(title, "示例市水务局", 40), [title]);
    }

    #[test]
    fn a_title_without_the_unit_breaks_at_words() {
        let title = "示例市示例区2025年度政府信息公开工作年度报告";
        let lines = title_lines(title, "示例区科技局", 40);
        assert_eq!(lines, ["示例市示例区2025年度", "政府信息公开工作年度报告"]);
    }

    proptest! {
        #[test]
        fn no_character_of_a_title_is_lost_and_no_word_is_cut(
            unit in "[示例省市县区水务局人民政府]{1,24}", year in "20[12][0-9]年度?",
        ) {
            let title = format!("{unit}{year}政府信息公开工作年度报告");
            let lines = title_lines(&title, &unit, 40);
            prop_assert_eq!(lines.concat(), title.clone());
            for line in &lines[..lines.len() - 1] {
                prop_assert!(!line.ends_with("年度报") && !line.ends_with("政府信息") && !line.ends_with('报'));
            }
        }
    }
}
