//! What kind of organ a unit is, and of what level: as the draft says or, failing that, as its name does.

use super::Draft;
use super::organ_level::{bare_name, infer_level};

/// Something about the reporting unit, and whether it was only inferred from its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganFact<'a> {
    /// A choice of the cover field; empty if neither the draft nor the name tells.
    pub value: &'a str,
    /// Whether it was inferred from the name.
    pub is_inferred: bool,
}

impl Draft {
    /// Returns the kind of organ, as on the cover (`cover.kind`) or inferred from the unit's name.
    pub fn organ_kind(&self) -> OrganFact<'_> {
        OrganFact::new(self.text("cover.kind"), || infer_kind(self.unit()))
    }

    /// Returns the administrative level, as on the cover (`cover.level`) or inferred from the unit's name.
    pub fn organ_level(&self) -> OrganFact<'_> {
        OrganFact::new(self.text("cover.level"), || infer_level(self.unit()))
    }

    /// Returns what is inferred for one of the two fields of the cover that may be left blank, while it is.
    pub fn inferred(&self, id: &str) -> Option<&'static str> {
        let inferred = match id {
            "cover.kind" if self.text(id).is_empty() => infer_kind(self.unit()),
            "cover.level" if self.text(id).is_empty() => infer_level(self.unit()),
            _ => "",
        };
        (!inferred.is_empty()).then_some(inferred)
    }
}

impl<'a> OrganFact<'a> {
    fn new(typed: &'a str, infer: impl Fn() -> &'static str) -> Self {
        match typed {
            "" => OrganFact { value: infer(), is_inferred: true },
            value => OrganFact { value, is_inferred: false },
        }
    }
}

/// The endings of the names of departments.
const DEPARTMENTS: [&str; 8] = ["局", "委员会", "委", "厅", "部", "署", "办公室", "办"];

/// Returns the kind of organ that a name tells; empty if it does not. An office of a government (人民政府办公室)
/// publishes its own report and the government's, and a zone's 管理委员会 is neither: their names do not tell.
fn infer_kind(unit: &str) -> &'static str {
    let name = bare_name(unit);
    let government = name.strip_suffix("人民政府").or_else(|| name.strip_suffix("政府"));
    let is_township = |name: &str| ["镇", "乡", "街道", "苏木"].iter().any(|ending| name.ends_with(ending));
    if let Some(place) = government {
        return if is_township(place) { "乡镇街道" } else { "政府" };
    }
    if is_township(name.strip_suffix("办事处").unwrap_or(&name)) {
        return "乡镇街道";
    }
    let is_unclear =
        ["政府办公室", "政府办公厅", "政府办", "管理委员会", "管委会", "街道办", "居民委员会", "村民委员会"];
    if is_unclear.iter().any(|ending| name.ends_with(ending)) {
        return if name.ends_with("街道办") { "乡镇街道" } else { "" };
    }
    if ["公司", "集团", "学校", "学院", "大学", "医院"].iter().any(|ending| name.ends_with(ending))
    {
        return "其他";
    }
    if DEPARTMENTS.iter().any(|ending| name.ends_with(ending)) { "部门" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Value;
    use crate::form::Library;

    #[test]
    fn the_kind_follows_from_the_name() {
        for (unit, kind) in [
            ("示例县人民政府", "政府"),
            ("示例省人民政府", "政府"),
            ("示例市 政府", "政府"),
            ("示例镇人民政府", "乡镇街道"),
            ("示例县示例民族乡人民政府", "乡镇街道"),
            ("示例区示例街道办事处", "乡镇街道"),
            ("示例区示例街道", "乡镇街道"),
            ("示例市水务局", "部门"),
            ("示例市发展和改革委员会", "部门"),
            ("示例省财政厅", "部门"),
            ("示例部", "部门"),
            ("示例县文化和旅游局（示例县文物局）", "部门"),
            ("示例县人民防空办公室", "部门"),
            ("示例大学", "其他"),
            ("示例县人民政府办公室", ""),
            ("示例经济技术开发区管理委员会", ""),
            ("示例县图书馆", ""),
            ("", ""),
        ] {
            assert_eq!(infer_kind(unit), kind, "{unit}");
        }
    }

    #[test]
    fn the_level_follows_from_the_place_in_the_name() {
        for (unit, level) in [
            ("示例省水利厅", "省"),
            ("示例壮族自治区人民政府", "省"),
            ("北京市水务局", "省"),
            ("北京市某某区水务局", "县区"),
            ("示例自治州人民政府", "设区市"),
            ("示例市某某县水务局", "县区"),
            ("示例县市场监督管理局", "县区"),
            ("示例省市场监督管理局", "省"),
            ("示例县住房和城乡建设局", "县区"),
            ("示例旗人民政府", "县区"),
            ("示例镇人民政府", "乡镇"),
            ("示例区示例街道办事处", "乡镇"),
            ("示例部", "国家"),
            ("国家示例局", "国家"),
            ("国家税务总局示例县税务局", "县区"),
            ("示例市水务局", ""),
            ("示例市城市管理局", ""),
            ("示例高新区管委会", ""),
            ("水务局", ""),
        ] {
            assert_eq!(infer_level(unit), level, "{unit}");
        }
    }

    #[test]
    fn what_the_cover_says_counts_before_the_name() {
        let mut draft = Draft::new("示例县水务局", 2025, &Library::new());
        assert_eq!(draft.organ_kind(), OrganFact { value: "部门", is_inferred: true });
        assert_eq!(draft.inferred("cover.level"), Some("县区"));
        draft.set("cover.kind", Value::Text("其他".into()));
        assert_eq!(draft.organ_kind(), OrganFact { value: "其他", is_inferred: false });
        assert_eq!((draft.inferred("cover.kind"), draft.inferred("cover.unit")), (None, None));
    }
}
