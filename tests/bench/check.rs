//! What a whole check costs: it runs at every key, so it must stay under a thousandth of a second.
//!
//! `cargo bench --bench check`

use nianbao::check::{Context, Last, check, readings};
use nianbao::draft::{Draft, Value, read};
use nianbao::edit::Edit;
use nianbao::form::{Form, Library};
use std::sync::Arc;

fn main() {
    divan::main();
}

/// Paragraphs of an invented county, with figures that agree and figures that do not.
const PARAGRAPH: &str = "（一）主动公开。2024年，我县通过政府网站公开各类信息5500条，召开新闻发布会12场，\
发布政策解读21篇，政务新媒体推送信息3200条，回应群众留言92条，均在规定时限内办结。\n\
（二）依申请公开。全县共受理政府信息公开申请1240件，答复1235件（含上年度结转申请31件，另有36件顺延到下年度答复）。\
予以公开600件，占48.6%；部分公开120件，占9.7%；不予公开80件；无法提供300件；不予处理60件；其他处理75件。\
政府信息公开行政复议31件，其中结果维持20件，结果纠正4件，其他结果3件，尚未审结4件；行政诉讼12件，均获维持。\n\
（三）政府信息管理。制发行政规范性文件6件，废止1件，现行有效32件，完善规章制度12项，清理过期文件40件。\n";

/// A full report for the year: every cell filled, 1500 to 2500 characters of text.
fn full(year: u16) -> (Arc<Form>, Draft) {
    let library = Library::new();
    let mut draft = Draft::new("示例县人民政府", year, &library);
    let form = draft.form(&library).unwrap();
    for (at, field) in form.fields().iter().filter(|field| field.kind.is_number()).enumerate() {
        if field.sum.is_none() {
            draft.set(field.id.clone(), read(&field.kind, &(at * 7 % 113).to_string()));
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

#[divan::bench]
fn whole_check_beside_last_year(bencher: divan::Bencher) {
    let (form, draft) = full(2024);
    let (_, before) = full(2023);
    let last = Some(Last { form: &form, draft: &before });
    let context = Context { last, ..Context::default() };
    bencher.bench(|| check(&form, divan::black_box(&draft), context));
}

#[divan::bench]
fn whole_check_alone(bencher: divan::Bencher) {
    let (form, draft) = full(2024);
    bencher.bench(|| check(&form, divan::black_box(&draft), Context::default()));
}

#[divan::bench]
fn figures_of_the_narratives(bencher: divan::Bencher) {
    let (form, draft) = full(2024);
    bencher.bench(|| readings(&form, divan::black_box(&draft)));
}
