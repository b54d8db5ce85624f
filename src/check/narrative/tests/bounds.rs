//! Numbers that must not be read as figures of the tables: of other things, other years, other units.

use super::*;
use crate::check::narrative::extract_claims;

fn silent(texts: &[&str]) {
    let heard: Vec<String> = texts
        .iter()
        .map(|text| (text, messages(tables(), text)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(text, found)| format!("{text}: {found}"))
        .collect();
    assert!(heard.is_empty(), "{}", heard.join("\n"));
}

#[test]
fn numbers_that_are_no_figures() {
    silent(&[
        "根据国办公开办函〔2021〕30号和国务院令第711号受理申请。",
        "统计期限自2024年1月1日至12月31日，受理电话0517-83605210。",
        "依申请公开受理点见www.example.gov.cn/2024/12.html。",
        "依据《条例》第36条第5项不予公开。",
        "依据第1、3项不予公开。",
        "收到申请约60件，答复50余件。",
        "申请在20个工作日内答复。",
        "组织12个部门办理依申请公开。",
        "收到政府信息公开申请近百件。",
        "坚持一事一申请，每一件申请都答复。",
    ]);
}

#[test]
fn things_that_no_table_counts() {
    silent(&[
        "主动公开信息120条。",
        "发布政策解读21篇，回应咨询30件。",
        "编印政府公报6期，召开新闻发布会12场。",
        "微信公众号发布信息500条，微博发布168条。",
        "办理人大建议、政协提案47件，均已按时答复。",
        "共办理政府12345热线47件，已全部办结。",
        "处理群众留言92条，办结率100%。",
        "收到来信15件，均已回复。",
        "办理不动产登记申请5000件。",
        "受理低保申请120件，办结118件。",
        "全年未收到行政许可申请。",
        "公开行政许可决定信息300条、行政处罚信息20条。",
        "主动公开市政府规章13件（含新制定5件，修改4件，废止4件）。",
        "主动公开市政府及市政府办政策性文件11件。",
        "备案审查规范性文件12件，清理规范性文件40件。",
        "健全规章制度12项。",
        "组织政府信息公开培训3次，检查2次。",
        "收取信息处理费共计380元，其中民政局1件。",
        "化解行政复议应诉难题3个。",
    ]);
}

#[test]
fn none_of_something_else() {
    silent(&[
        "没有出现应公开而不予公开的办件。",
        "没有逾期答复的申请。",
        "行政诉讼无一例败诉。",
        "没有行政复议被纠错案件。",
        "无正当理由大量反复申请的，不予处理。",
        "因没有现成信息无法提供。",
        "建设无障碍网站，无条件受理申请。",
        "对未收到申请材料的，一次告知。",
        "确保不发生行政复议、行政诉讼，力争无行政复议。",
        "未收到书面投诉。",
        "有无行政复议应当说明。",
        "全年未收到法人通过邮政渠道寄来的申请。",
    ]);
}

#[test]
fn a_part_of_the_whole_is_not_judged() {
    silent(&[
        "县本级收到政府信息公开申请17件，答复15件，结转下年度2件。",
        "县公安局收到政府信息公开申请20件，办结18件。",
        "县政府办公室共受理依申请公开17件，予以公开9件。",
        "上半年收到政府信息公开申请30件。",
        "2023年，收到政府信息公开申请30件，办结28件。",
        "通过信函收到申请20件，网上收到申请39件。",
        "收到涉及征地拆迁的申请20件。",
        "收到申请数量比去年增加12件。",
        "较上年减少5件申请。",
        "以县政府名义印发规范性文件3件。",
        "延期答复依申请公开4件，补正申请2件。",
        "县住建局制发规范性文件2件。",
    ]);
    check_all(&[
        ("全县共受理申请59件，其中县本级受理17件，答复15件。", "59="),
        ("县本级受理申请17件。\n2024年，全县受理申请58件。", "58!"),
    ]);
}

#[test]
fn other_percentages_and_rates_are_not_judged() {
    silent(&[
        "主动公开信息120条，占全部信息的30%。",
        "按时办结率100%，满意率99%。",
        "申请数量较去年回落12.3%。",
    ]);
    check_all(&[
        ("予以公开30件，约占50%。", "30="),
        ("予以公开30件，占网上申请的80%。", "30="),
        ("予以公开30件，占52.63%。", "30= 52.63%="),
        ("予以公开30件，占52.7%。", "30= 52.7%!"),
        ("行政复议10件，维持4件，占40%。", "10= 4= 40%="),
    ]);
}

#[test]
fn a_table_that_is_not_filled_yet_is_not_compared() {
    let (form, mut draft) = tables();
    for column in ["natural", "business", "research", "welfare", "legal", "other_org"] {
        type_into(&form, &mut draft, &format!("requests.new.{column}"), "");
        type_into(&form, &mut draft, &format!("requests.carried_in.{column}"), "");
    }
    assert_eq!(messages((form.clone(), draft.clone()), "收到申请12件。"), "");
    type_into(&form, &mut draft, "requests.new.natural", "10");
    assert_eq!(messages((form.clone(), draft.clone()), "收到申请12件。"), "", "two may still come");
    assert_eq!(messages((form.clone(), draft.clone()), "收到申请9件。"), "9!");
    type_into(&form, &mut draft, "requests.new.business", "二");
    assert_eq!(messages((form, draft), "收到申请9件。"), "", "a cell that cannot be read");
}

#[test]
fn an_endless_clause_is_skipped_and_the_rest_is_read() {
    let endless = "收到申请12件，".repeat(1_000);
    assert_eq!(messages(tables(), &endless), "");
    assert_eq!(
        messages(tables(), &format!("{endless}。\n收到申请12件。")),
        messages(tables(), "收到申请12件。")
    );
    assert_eq!(messages(tables(), &format!("{endless}。办结12件。")), "", "of whatever was spoken of before");
    let text = format!("{}收到申请12件。", "市政府".repeat(2_000));
    assert_eq!(messages(tables(), &text), "");
}

#[test]
fn endless_figures_are_read_up_to_a_limit() {
    let read = extract_claims(&"收到申请12件。占50%。".repeat(12_000), Some(2024), "").len();
    assert!((10_000..10_010).contains(&read), "{read}");
}

#[test]
fn no_text_makes_the_extraction_panic() {
    let long = "收到申请99999999999999999999999999件，占0.00000000000000000000000000001%（（（".repeat(50);
    for text in [
        "",
        "。",
        "）（",
        "占%",
        "1",
        "件",
        "无",
        "分别",
        "分别为1件、2件",
        "2024年年",
        "均",
        &long,
        "第",
        "①②③",
        "\u{0}件１",
    ] {
        read_in(tables(), text);
    }
}
