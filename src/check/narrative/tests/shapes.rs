//! The sentence patterns of published reports, with the numbers of the test tables.

use super::*;

#[test]
fn each_listed_pattern_is_read() {
    check_all(&[
        ("共受理政府信息公开申请59件,其中自然人申请53件,法人或其他组织申请6件", "59= 53= 6="),
        ("答复57件(含上年度转结申请3件,另有5件申请转结下年度继续办理)", "57= 3= 5="),
        ("政府信息公开申请答复57件(含上年度转结申请3件,另有5件申请转结下年度继续办理)", "57= 3= 5="),
        ("共受理依申请公开62件(其中上年结转3件)", "62= 3="),
        ("收到依申请公开59件，均已登记，已办结57件,5件结转下年办理", "59= 57= 5="),
        ("依申请公开新收59件,加上上年结转的,除去不属于本机关的,共办理57件", "59= 57="),
        ("受理并按时回复依申请公开19项,全部为自然人申请", "19! 19! 0!"),
        ("涉及信息公开的行政复议10件,7件做了复议决定,行政诉讼7件,4件法院做出判决", "10= 7= 7= 4="),
        ("未引起行政复议和行政诉讼情形", "0! 0!"),
        ("本年度行政规范性文件发布6条,废止数量1条,现行有效数量32条", "6= 1= 32="),
        ("收到政府信息公开申请62件，其中上年结转3件", "62= 3="),
        ("全年新收政府信息公开申请数量59件，上年结转政府信息公开申请数量3件。", "59= 3="),
        ("行政复议、行政诉讼案件为0", "0! 0!"),
        ("信息公开类行政复议4件，诉讼3件，均获维持", "4! 3! 4= 3="),
    ]);
}

#[test]
fn a_comparison_names_both_sides_and_the_sum() {
    let readings = read_in(tables(), "全年收到申请62件（其中上年结转3件）。");
    assert_eq!(readings[0].message(), "“收到申请62件”：按 本年新收+上年结转 62 = 59 + 3，相符");
    let readings = read_in(tables(), "全年收到申请63件。");
    assert_eq!(
        readings[0].message(),
        "正文“收到申请63件”，表里 本年新收 59；本年新收+上年结转 62 = 59 + 3，都不相符"
    );
    assert_eq!(readings[0].fields[0].as_str(), "requests.new.total");
}

#[test]
fn a_mismatch_is_a_finding_at_both_positions_without_a_fix() {
    let (form, mut draft) = tables();
    let text = "公开信息120条，全年收到申请63件。";
    type_into(&form, &mut draft, "overview", text);
    let finding = crate::check::sample::found(&form, &draft, "N1").remove(0);
    let span = finding.span.unwrap();
    assert_eq!(&text[span.start..span.end], "收到申请63件");
    let fields: Vec<&str> = finding.fields.iter().map(|id| id.as_str()).collect();
    assert_eq!(fields, ["overview", "requests.new.total"]);
    assert_eq!((finding.expected.as_deref(), finding.found.as_deref()), (Some("59"), Some("63")));
    assert_eq!(finding.fix, None);
}
