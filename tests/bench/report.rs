//! The reports that are measured: the sample, full and long; and an invented county's, whose text
//! contradicts its tables everywhere.
#![allow(dead_code)]

use nianbao::draft::{Draft, Value, parse_value};
use nianbao::edit::Edit;
use nianbao::form::{Form, Library};
use nianbao::store;
use std::path::Path;
use std::sync::Arc;

/// The year of the sample.
const YEAR: u16 = 2025;

/// How the last paragraph of a sample's narrative begins.
pub const LAST_PARAGRAPH: &str = "（六）问题分析";

/// More of what a report says without a figure, to make a draft of 10 KB.
const MORE: &str = "（六）问题分析与下一步安排。对照年度要点逐项自查，发现个别栏目更新不够及时，\
部分答复书的表述不够严谨，基层站所的人员变动较为频繁。下一步，结合供水、防汛、河湖治理的实际，\
把公开的要求落到每一个环节：拟文时同步确定公开属性，发文时同步配发通俗解读，答复前由办公室、\
业务科室和法规科共同把关；建立台账，按月核对，按季通报；组织新到岗的同志跟班学习，以案说法；\
畅通电话、信函、当面等渠道，方便群众就近获取信息，做到件件有着落、事事有回音。";

/// The sample with its two mistakes mended, 10 KB long, and its report of the year before.
pub fn sample() -> (Arc<Form>, Draft, Draft) {
    let loaded = store::parse("sample", include_bytes!("../../assets/sample.ron"), &Library::new()).unwrap();
    let mut draft = loaded.draft;
    draft.set("requests.refused_internal.natural", Value::Count(5));
    draft.set("requests.declined_repeat.total", Value::Count(2));
    // A last paragraph of some six hundred characters, under the length that is remarked upon.
    for id in ["overview", "problems"] {
        let longer = format!("{}\n{}", draft.text(id), MORE.repeat(3));
        draft.set(id, Value::Text(longer));
    }
    let mut last = draft.clone();
    last.set("cover.year", Value::Count(u64::from(YEAR) - 1));
    for id in ["cover.title", "cover.date", "preface", "other_matters"] {
        let before = draft.text(id).replace("2025", "2024").replace("2026", "2025");
        last.set(id, Value::Text(before));
    }
    last.set(
        "overview",
        Value::Text("上年围绕城乡供水一体化开展公开工作，答复及时，没有纠纷。\n".repeat(20)),
    );
    last.set(
        "problems",
        Value::Text("公开的目录还不够细。以后每季度补充一回，由办公室负责督办。\n".repeat(10)),
    );
    last.set("requests.carried_out.natural", Value::Count(3));
    last.set("requests.carried_out.total", Value::Count(3));
    // Two were issued since and one repealed: nothing is to be found in this draft.
    last.set("disclosure.normative.in_force", Value::Count(10));
    (loaded.form, draft, last)
}

/// Writes the sample as `2025.ron` into a folder, and last year's beside it as `2024.ron`.
pub fn write_sample(folder: &Path) {
    let (form, mut draft, last) = sample();
    draft.last_year = Some("2024.ron".into());
    for (name, draft) in [("2025.ron", &draft), ("2024.ron", &last)] {
        std::fs::write(folder.join(name), store::to_ron(&form, draft)).unwrap();
    }
}

/// Paragraphs of an invented county, with figures that agree and figures that do not.
const PARAGRAPH: &str = "（一）主动公开。2024年，我县通过政府网站公开各类信息5500条，召开新闻发布会12场，\
发布政策解读21篇，政务新媒体推送信息3200条，回应群众留言92条，均在规定时限内办结。\n\
（二）依申请公开。全县共受理政府信息公开申请1240件，答复1235件（含上年度结转申请31件，另有36件顺延到下年度答复）。\
予以公开600件，占48.6%；部分公开120件，占9.7%；不予公开80件；无法提供300件；不予处理60件；其他处理75件。\
政府信息公开行政复议31件，其中结果维持20件，结果纠正4件，其他结果3件，尚未审结4件；行政诉讼12件，均获维持。\n\
（三）政府信息管理。制发行政规范性文件6件，废止1件，现行有效32件，完善规章制度12项，清理过期文件40件。\n";

/// A report for the year whose every cell is filled, and whose every figure is another.
pub fn contradicting(year: u16) -> (Arc<Form>, Draft) {
    let library = Library::new();
    let mut draft = Draft::new("示例县人民政府", year, &library);
    let form = draft.form(&library).unwrap();
    for (at, field) in form.fields().iter().filter(|field| field.kind.is_number()).enumerate() {
        if field.sum.is_none() {
            draft.set(field.id.clone(), parse_value(&field.kind, &(at * 7 % 113).to_string()));
        }
    }
    draft.set("cover.kind", Value::Text("政府".into()));
    draft.set("cover.date", Value::Text(format!("{}年1月20日", year + 1)));
    for id in ["preface", "overview", "problems", "other_matters"] {
        let times = if id == "overview" { 4 } else { 1 };
        draft.set(id, Value::Text(PARAGRAPH.repeat(times)));
    }
    Edit::switch_totals(&form, &draft).apply(&mut draft);
    (form, draft)
}

/// The sample with narratives of twenty thousand characters each, and its report of the year before, as
/// long.
pub fn long() -> (Arc<Form>, Draft, Draft) {
    let (form, mut draft, mut last) = sample();
    for draft in [&mut draft, &mut last] {
        for id in ["overview", "problems"] {
            let text = format!("{}\n", draft.text(id));
            let times = 20_000 / text.chars().count() + 1;
            draft.set(id, Value::Text(text.repeat(times)));
        }
    }
    (form, draft, last)
}
