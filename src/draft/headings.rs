//! The headings of the six sections as an imported report has them.

/// The sections: numeral, words of which one stands in the heading, and the field that stands for it.
const SECTIONS: [(char, &[&str], &str); 6] = [
    ('一', &["总体", "基本情况", "概述", "概况"], "overview"),
    ('二', &["主动公开"], "disclosure"),
    ('三', &["申请", "收到和处理"], "requests"),
    ('四', &["复议", "诉讼"], "review"),
    ('五', &["问题", "改进"], "problems"),
    ('六', &["其他", "其它", "需要报告"], "other_matters"),
];

/// The longest heading, in characters.
const LONGEST: usize = 40;

/// The number of sections with a right heading from which a report is known to have each on a line of its
/// own, so that one that is not there is missing.
const KNOWN: usize = 4;

/// Returns `true` if a paragraph may be the heading of a section: 一、总体情况. The rows of table 三 are
/// numbered in the same way.
pub fn is_heading(text: &str) -> bool {
    let text = text.trim().trim_start_matches('#').trim_start();
    let mut chars = text.chars();
    let numbered = chars.next().is_some_and(|c| "一二三四五六七八".contains(c))
        && chars.next().is_some_and(|c| "、.．".contains(c));
    let is_row = ["本年新收", "上年结转", "办理结果", "结转下"].iter().any(|label| text.contains(label));
    numbered && !is_row && text.chars().count() <= LONGEST && !text.contains(['。', '，', '；'])
}

/// Returns what is wrong with the headings of a report, each with the field of its section; nothing if they
/// do not stand on lines of their own.
pub fn heading_problems(headings: &[String]) -> Vec<(&'static str, String)> {
    let plain: Vec<String> = headings
        .iter()
        .map(|text| text.chars().filter(|c| !c.is_whitespace() && *c != '#' && *c != '*').collect())
        .collect();
    let names = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let right: Vec<Option<usize>> = SECTIONS
        .iter()
        .map(|(numeral, words, _)| {
            plain.iter().position(|text| text.starts_with(*numeral) && names(text, words))
        })
        .collect();
    if right.iter().flatten().count() < KNOWN {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut last = 0;
    for ((numeral, words, field), place) in SECTIONS.iter().zip(&right) {
        match place {
            Some(at) if *at < last => problems.push((*field, format!("“{}”的次序不对", plain[*at]))),
            Some(at) => last = *at,
            None => {
                // By its words under another numeral, or under its numeral by other words.
                let taken = |at: usize| right.contains(&Some(at));
                let free = || plain.iter().enumerate().filter(|(at, _)| !taken(*at));
                let misnumbered = free().find(|(_, text)| names(text, words));
                let renamed = free().find(|(at, text)| *at >= last && text.starts_with(*numeral));
                problems.push((
                    *field,
                    match (misnumbered, renamed) {
                        (Some((_, text)), _) => format!("第{numeral}部分的标题写的是“{text}”"),
                        (None, Some((_, text))) => format!("第{numeral}部分的标题“{text}”与格式的名称不同"),
                        (None, None) => format!("没有找到第{numeral}部分的标题"),
                    },
                ));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: [&str; 6] = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ];

    fn judge(change: impl Fn(&mut Vec<String>)) -> Vec<String> {
        let mut headings: Vec<String> = RIGHT.iter().map(ToString::to_string).collect();
        change(&mut headings);
        heading_problems(&headings).into_iter().map(|(_, message)| message).collect()
    }

    #[test]
    fn the_six_in_their_order_pass_whatever_stands_between() {
        assert!(judge(|_| ()).is_empty());
        assert!(judge(|all| all[3] = "四、政府信息公开行政复议及行政诉讼情况".into()).is_empty());
        assert!(judge(|all| all.insert(5, "一、存在的问题".into())).is_empty());
        assert!(judge(|all| all.truncate(3)).is_empty(), "headings do not stand on lines of their own");
    }

    #[test]
    fn misnumbered_renamed_missing_and_disordered_ones_are_named() {
        assert_eq!(
            judge(|all| all[3] = "五、政府信息公开行政复议、行政诉讼情况".into()),
            ["第四部分的标题写的是“五、政府信息公开行政复议、行政诉讼情况”"]
        );
        assert_eq!(judge(|all| all[5] = "六、附件".into()), ["第六部分的标题“六、附件”与格式的名称不同"]);
        assert_eq!(judge(|all| drop(all.remove(2))), ["没有找到第三部分的标题"]);
        assert_eq!(judge(|all| all.swap(1, 2)), ["“三、收到和处理政府信息公开申请情况”的次序不对"]);
    }

    #[test]
    fn rows_of_the_table_and_sentences_are_no_headings() {
        for text in ["一、总体情况", " 六、其他需要报告的事项 ", "## 五、存在的主要问题及改进情况"]
        {
            assert!(is_heading(text), "{text}");
        }
        for text in [
            "一、本年新收政府信息公开申请数量",
            "一是加强领导",
            "四、结转下年度继续办理",
            "一、加强领导，完善机制。",
            "",
        ] {
            assert!(!is_heading(text), "{text}");
        }
    }
}
