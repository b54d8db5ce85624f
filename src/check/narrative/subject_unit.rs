//! The subject of a clause: the reporting unit itself, or a department or town that it names.

/// Endings of the names of departments and towns.
const UNITS: [&str; 15] =
    ["局", "委", "办", "厅", "镇", "乡", "街道", "处", "队", "所", "院", "中心", "部门", "公司", "学校"];

/// Adverbs between the subject and its verb.
const ADVERBS: [&str; 26] = [
    "共计",
    "合计",
    "总计",
    "累计",
    "总共",
    "一共",
    "全年",
    "本年度",
    "年度",
    "今年",
    "已经",
    "依法",
    "按时",
    "及时",
    "只",
    "仅",
    "共",
    "已",
    "均",
    "都",
    "新",
    "总",
    "年",
    "度",
    "内",
    "也",
];

/// Removes digits and adverbs from the end of the text before a verb: 我局2024年共.
pub fn strip_adverbs(before: &str) -> &str {
    let mut subject = before.trim();
    loop {
        let shorter =
            subject.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '、');
        let shorter = ADVERBS.iter().find_map(|word| shorter.strip_suffix(word)).unwrap_or(shorter);
        if shorter == subject {
            return subject;
        }
        subject = shorter;
    }
}

/// Returns `true` if the text before a verb names another unit than the reporting one.
pub fn is_other_unit(before: &str, unit: &str) -> bool {
    let subject = strip_adverbs(before);
    let name: String = subject.chars().rev().take_while(|c| c.is_alphabetic()).collect();
    let name: String = name.chars().rev().collect();
    if name.contains(['我', '本', '全', '该', '各']) || unit.is_empty() {
        return false;
    }
    let short = shortened(&name);
    if !UNITS.iter().any(|ending| short.ends_with(ending)) {
        return false;
    }
    let own = shortened(unit);
    !(own.contains(&short) || short.ends_with(&own))
}

/// Returns a unit's name without the parts that everyday names leave out.
fn shortened(name: &str) -> String {
    let mut short = name.to_string();
    for (long, brief) in
        [("人民", ""), ("办公室", "办"), ("办公厅", "办"), ("办事处", "办"), ("委员会", "委")]
    {
        short = short.replace(long, brief);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::is_other_unit;

    #[test]
    fn a_named_department_of_a_government_is_another() {
        for before in ["其中县公安局共", "县政府办公室", "示例镇全年累计", "2024年，市住建委"]
        {
            assert!(is_other_unit(before, "示例县人民政府"), "{before}");
        }
    }

    #[test]
    fn the_unit_itself_by_any_of_its_names_is_not() {
        for (before, unit) in [
            ("2024年我局共", "示例市财政局"),
            ("市财政局2024年", "示例市财政局"),
            ("示例市财政局累计", "示例市财政局"),
            ("区政府办共", "示例区人民政府办公室"),
            ("街道共", "示例街道办事处"),
            ("市政府办公厅代表市政府共", "示例市人民政府办公厅"),
            ("2024年全县", "示例县人民政府"),
            ("共", "示例县人民政府"),
            ("县公安局", ""),
        ] {
            assert!(!is_other_unit(before, unit), "{before} {unit}");
        }
    }
}
