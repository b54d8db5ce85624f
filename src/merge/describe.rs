//! A conflict as text, for those who have to choose.

use super::{Conflict, Sides};
use crate::draft::{FormIds, Provenance};
use crate::form::Form;

/// How much of what two long texts share is shown before the place where they part, in characters.
const CONTEXT_CHARS: usize = 8;

/// A conflict as text: where, ours, theirs; of long texts from just before where they part.
pub fn describe_conflict(form: &Form, conflict: &Conflict) -> (String, String, String) {
    let (place, ours, theirs) = conflict_texts(form, conflict);
    let same = ours.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(CONTEXT_CHARS);
    if from <= CONTEXT_CHARS {
        return (place, ours, theirs);
    }
    let cut = |text: String| format!("…{}", text.chars().skip(from).collect::<String>());
    (place, cut(ours), cut(theirs))
}

fn conflict_texts(form: &Form, conflict: &Conflict) -> (String, String, String) {
    let blank =
        |text: String| if text.is_empty() { "（空）".to_string() } else { text.replace('\n', " / ") };
    let option = |sides: &Sides<Option<String>>| {
        (blank(sides.ours.clone().unwrap_or_default()), blank(sides.theirs.clone().unwrap_or_default()))
    };
    let place = conflict.field().map_or(String::new(), |id| form.location(id).to_string());
    match conflict {
        Conflict::Field(_, sides) => {
            (place, blank(sides.ours.typed().into_owned()), blank(sides.theirs.typed().into_owned()))
        }
        Conflict::Paragraphs { sides, .. } => {
            (place, blank(sides.ours.join("\n")), blank(sides.theirs.join("\n")))
        }
        Conflict::Note(_, sides) => {
            let (ours, theirs) = option(sides);
            (format!("{place} 的备注"), ours, theirs)
        }
        Conflict::Ignored(finding, sides) => {
            let (ours, theirs) = option(sides);
            (format!("{} 标为已核实的理由", finding.rule), ours, theirs)
        }
        Conflict::LastYear(sides) => {
            let (ours, theirs) = option(sides);
            ("上年的报告".into(), ours, theirs)
        }
        Conflict::Forms(sides) => {
            let describe = |forms: &FormIds| format!("表二 {}，表三 {}", forms.disclosure, forms.requests);
            ("表格格式".into(), describe(&sides.ours), describe(&sides.theirs))
        }
        Conflict::Unit(file, _) => {
            (format!("汇总用的单位 {file}"), "以本机修改为准".into(), "以对方修改为准".into())
        }
        Conflict::Compiled(_) => {
            ("汇总的单位和调整".into(), "以本机修改为准".into(), "以对方修改为准".into())
        }
        Conflict::Provenance(sides) => {
            let describe =
                |from: &Option<Provenance>| from.as_ref().map_or(String::new(), |from| from.file.clone());
            ("导入来源".into(), blank(describe(&sides.ours)), blank(describe(&sides.theirs)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{FieldId, Library};

    #[test]
    fn of_two_long_texts_the_place_where_they_part_is_shown() {
        let form = Library::new().get("2021").unwrap();
        let start = "全年没有收取信息处理费。其他没有需要报告的事项。".repeat(4);
        let conflict = |ours: String, theirs: String| Conflict::Paragraphs {
            id: FieldId::new("problems"),
            at: 0,
            sides: Sides { base: vec![], ours: vec![ours], theirs: vec![theirs] },
        };
        let (_, ours, theirs) =
            describe_conflict(&form, &conflict(format!("{start}甲"), format!("{start}乙")));
        assert_eq!((&*ours, &*theirs), ("…需要报告的事项。甲", "…需要报告的事项。乙"));
        let (_, ours, theirs) = describe_conflict(&form, &conflict("一样的头甲".into(), "一样的头".into()));
        assert_eq!((&*ours, &*theirs), ("一样的头甲", "一样的头"));
    }
}
