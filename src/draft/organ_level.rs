//! The administrative level that a unit's name tells.

/// The municipalities that are provinces.
const MUNICIPALITIES: [&str; 4] = ["北京", "上海", "天津", "重庆"];

/// Words in which a character that ends the name of a place does not: 市场监督管理局, 住房和城乡建设局, 高新区.
const NO_PLACES: [&str; 26] = [
    "市场",
    "市政",
    "市容",
    "市民",
    "城市",
    "都市",
    "区域",
    "区划",
    "社区",
    "园区",
    "开发区",
    "高新区",
    "示范区",
    "保税区",
    "工业区",
    "景区",
    "合作区",
    "管理区",
    "保护区",
    "县域",
    "乡村",
    "城乡",
    "乡镇",
    "城镇",
    "全省",
    "全区",
];

/// Returns the level that a name tells; empty if it does not. 某某市 may have districts or be of a county's level.
pub(super) fn infer_level(unit: &str) -> &'static str {
    let mut name = bare_name(unit);
    for vertical in ["国家税务总局", "中国人民银行", "国家统计局"] {
        name = name.strip_prefix(vertical).filter(|rest| !rest.is_empty()).map_or(name.clone(), String::from);
    }
    let whole = name.clone();
    for word in NO_PLACES {
        name = name.replace(word, "");
    }
    let has = |endings: &[&str]| endings.iter().any(|ending| name.contains(ending));
    let township = ["镇人民政府", "乡人民政府", "镇政府", "乡政府", "苏木人民政府"];
    if has(&township) || has(&["街道"]) || name.ends_with(['镇', '乡']) {
        return "乡镇";
    }
    // Names of regions above the county that end as a county's do.
    let counties = name.replace("自治区", "省").replace("地区", "州").replace("自治州", "州");
    if counties.chars().skip(1).any(|c| matches!(c, '县' | '区' | '旗')) {
        return "县区";
    }
    if has(&["自治州", "地区", "盟行政公署"]) {
        return "设区市";
    }
    let municipality = MUNICIPALITIES.iter().find_map(|city| name.strip_prefix(city));
    if municipality.is_some_and(|rest| rest.starts_with('市') && !rest[3..].contains('市')) {
        return "省";
    }
    if name.contains('市') {
        return "";
    }
    if has(&["省", "自治区"]) {
        return "省";
    }
    let is_national = ["国家", "国务院", "中华人民共和国"].iter().any(|head| whole.starts_with(head))
        || ["部", "总局", "总署"].iter().any(|ending| whole.ends_with(ending));
    if is_national { "国家" } else { "" }
}

/// Returns a name without blanks and without what stands in brackets behind it: 某局（某办）.
pub(super) fn bare_name(unit: &str) -> String {
    let plain: String = unit.chars().filter(|c| !c.is_whitespace()).collect();
    let end = plain.find(['（', '(']).filter(|_| plain.ends_with(['）', ')'])).unwrap_or(plain.len());
    plain[..end].into()
}
