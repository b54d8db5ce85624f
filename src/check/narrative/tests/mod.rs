//! Sentences compared with tables: each rule, published sentences, and sentences that
//! only look like them.

mod bounds;
mod corpus;
mod sentences;
mod shapes;
mod variants;

use std::sync::Arc;

use super::{ComparedFigure, Verdict, compare_narratives};
use crate::check::sample::{full_with, type_into};
use crate::draft::Draft;
use crate::form::Form;

/// Returns tables with a different number in each cell that a text may mention: 新收 59, 上年结转 3,
/// 办理 57, 结转下年 5; 予以公开 30, 部分公开 10, 不予公开 7, 无法提供 4, 不予处理 1, 其他处理 5; 自然人 53,
/// 法人 6; 复议 10 (维持 4, 纠正 2, 其他 1, 未审结 3), 诉讼 7 (维持 3, 纠正 1, 未审结 3); 规范性文件 6, 1, 32;
/// 行政许可 37, 行政处罚 11, 行政强制 2, 收费 1.5 万元.
fn tables() -> (Arc<Form>, Draft) {
    full_with(
        "2021",
        &[
            ("cover.unit", "示例县人民政府"),
            ("requests.new.natural", "53"),
            ("requests.new.business", "6"),
            ("requests.carried_in.natural", "3"),
            ("requests.granted.natural", "24"),
            ("requests.granted.business", "6"),
            ("requests.partial.natural", "10"),
            ("requests.refused_secret.natural", "2"),
            ("requests.refused_law.natural", "5"),
            ("requests.unable_not_held.natural", "4"),
            ("requests.declined_repeat.natural", "1"),
            ("requests.other_misc.natural", "5"),
            ("requests.carried_out.natural", "5"),
            ("review.reconsideration.upheld", "4"),
            ("review.reconsideration.corrected", "2"),
            ("review.reconsideration.other", "1"),
            ("review.reconsideration.pending", "3"),
            ("review.direct_suit.upheld", "3"),
            ("review.direct_suit.pending", "1"),
            ("review.later_suit.corrected", "1"),
            ("review.later_suit.pending", "2"),
            ("disclosure.normative.issued", "6"),
            ("disclosure.normative.repealed", "1"),
            ("disclosure.normative.in_force", "32"),
            ("disclosure.licensing.decisions", "37"),
            ("disclosure.penalties.decisions", "11"),
            ("disclosure.coercion.decisions", "2"),
            ("disclosure.fees.amount", "1.5"),
        ],
    )
}

/// Returns the same tables with nothing in section 三 and 四.
fn empty_tables() -> (Arc<Form>, Draft) {
    let (form, mut draft) = tables();
    for field in form.fields().iter().filter(|field| field.kind.is_number() && field.sum.is_none()) {
        type_into(&form, &mut draft, field.id.as_str(), "0");
    }
    (form, draft)
}

/// Returns the comparisons of a text with these tables that have a result.
fn read_in(tables: (Arc<Form>, Draft), text: &str) -> Vec<ComparedFigure> {
    let (form, mut draft) = tables;
    type_into(&form, &mut draft, "overview", text);
    let figures = compare_narratives(&form, &draft).into_iter();
    figures.filter(|figure| figure.verdict != Verdict::Open && figure.rule != "N7").collect()
}

/// Returns the figures that were read: the number in the text, and `=` or `!` for whether the tables agree.
fn messages(tables: (Arc<Form>, Draft), text: &str) -> String {
    let mark = |reading: &ComparedFigure| {
        format!("{}{}", reading.table_and_text.1, if reading.verdict == Verdict::Agrees { '=' } else { '!' })
    };
    read_in(tables, text).iter().map(mark).collect::<Vec<_>>().join(" ")
}

fn check_all(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, wanted)| (text, wanted, messages(tables(), text)))
        .filter(|(_, wanted, found)| *wanted != found)
        .map(|(text, wanted, found)| format!("{text}\n    wanted {wanted:?}, found {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
