//! Kinds of faults of published reports, each in a small report of our own: imported, checked, and what is
//! said of it beside what is said of the same report without the fault.

use nianbao::check::{Context, Finding, check};
use nianbao::form::Library;
use nianbao::import::import;

/// A county bureau's report for 2023 as a page of text: 新收 3, 办结 3; 许可 37, 处罚 11, 收费 1.5.
#[derive(Clone)]
struct Page {
    preface: &'static str,
    applications: &'static str,
    supervision: &'static str,
    beside_disclosure: &'static str,
    beside_requests: &'static str,
    beside_review: &'static str,
    problems: &'static str,
    other_matters: &'static str,
    signed_by: &'static str,
    received: u32,
    handled: u32,
    reconsidered: u32,
}

const PAGE: Page = Page {
    preface: "根据《中华人民共和国政府信息公开条例》编制本报告。",
    applications: "收到申请3件，已答复3件。",
    supervision: "开展培训。",
    beside_disclosure: "",
    beside_requests: "",
    beside_review: "",
    problems: "主要问题是公开不够及时，下一步加强培训，改进工作。",
    other_matters: "本年度未收取信息处理费。",
    signed_by: "示例县水务局",
    received: 3,
    handled: 3,
    reconsidered: 0,
};

const ROWS: [&str; 25] = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果\t（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开\t1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（四）无法提供\t1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "（五）不予处理\t1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "（六）其他处理\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理",
];

impl Page {
    fn text(&self) -> String {
        let Page { preface, applications, supervision, problems, other_matters, signed_by, .. } = self;
        let requests: String = ROWS
            .iter()
            .enumerate()
            .map(|(at, label)| {
                let count = match at {
                    0 => self.received,
                    2 | 23 => self.handled,
                    24 => self.received - self.handled,
                    _ => 0,
                };
                format!("{label}\t{count}\t0\t0\t0\t0\t0\t{count}\n")
            })
            .collect();
        let reviews = format!("{0}\t0\t0\t0\t{0}{1}", self.reconsidered, "\t0".repeat(10));
        format!(
            "示例县水务局2023年政府信息公开工作年度报告\n{preface}\n一、总体情况\n\
             （一）主动公开。公开信息12条。（二）依申请公开。{applications}（三）政府信息管理。\
             （四）平台建设。（五）监督保障。{supervision}\n二、主动公开政府信息情况\n{}\
             第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n\
             行政规范性文件\t4\t1\t7\n第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t37\n\
             第二十条第（六）项\n信息内容\t本年处理决定数量\n行政处罚\t11\n行政强制\t2\n\
             第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t1.5\n\
             三、收到和处理政府信息公开申请情况\n{}\
             （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t申请人情况\n\
             自然人\t法人或其他组织\t总计\n商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n{requests}\
             四、政府信息公开行政复议、行政诉讼情况\n{}行政复议\t行政诉讼\n\
             结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉\n\
             结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n\
             {reviews}\n五、存在的主要问题及改进情况\n{problems}\n六、其他需要报告的事项\n{other_matters}\n\
             {signed_by}\n2024年1月17日\n",
            self.beside_disclosure, self.beside_requests, self.beside_review
        )
    }

    fn findings(&self) -> Vec<Finding> {
        let library = Library::new();
        let draft = import("report.txt", self.text().as_bytes(), "2024-01-20", &library).unwrap().draft;
        let form = draft.form(&library).unwrap();
        check(&form, &draft, Context { today: Some(jiff::civil::date(2024, 1, 20)), ..Context::default() })
    }

    /// The rules of its findings, in their order.
    fn rules(&self) -> Vec<String> {
        self.findings().into_iter().map(|finding| finding.rule).collect()
    }
}

#[test]
fn a_report_without_a_fault_draws_nothing() {
    assert_eq!(PAGE.rules(), Vec::<String>::new());
}

#[test]
fn paragraphs_beside_the_tables_are_judged() {
    let page = Page {
        beside_disclosure: "2022年制作政府信息467条，其中主动公开53条。\n",
        beside_requests: "2023年，共收到政府信息公开申请0条。\n",
        beside_review: "2023年，没有政府信息公开行政复议及行政诉讼情况。\n",
        reconsidered: 1,
        ..PAGE
    };
    assert_eq!(page.rules(), ["S3", "N1", "N2"]);
}

#[test]
fn documents_by_how_they_are_disclosed_are_no_requests() {
    let supervision = "全年共制发政府信息312条，其中主动公开120条、依申请公开140条、不予公开52条。";
    assert_eq!(Page { supervision, ..PAGE }.rules(), Vec::<String>::new());
}

#[test]
fn a_preface_that_leads_over_is_not_cut_off() {
    let preface = "根据《中华人民共和国政府信息公开条例》的规定，现将2023年度政府信息公开工作情况报告如下：";
    assert_eq!(Page { preface, ..PAGE }.rules(), Vec::<String>::new());
}

#[test]
fn none_and_all_of_them_need_no_number() {
    let applications = "2023年我局未收到政府信息公开申请件，无结转下年度继续办理件。";
    assert_eq!(Page { applications, received: 0, handled: 0, ..PAGE }.rules(), Vec::<String>::new());
    let applications = "收到申请3件，全部属自然人申请件，已答复3件。";
    assert_eq!(Page { applications, ..PAGE }.rules(), Vec::<String>::new());
}

#[test]
fn none_beside_three_in_the_table_is_found() {
    let applications = "2023年，未收到公民提出的公开政府信息申请。";
    assert_eq!(Page { applications, ..PAGE }.rules(), ["N2"]);
}

#[test]
fn all_answered_beside_some_carried_over_is_found() {
    let applications =
        "累计办理通过网站、邮寄等途径依申请公开信息合计12件，已全部按期限答复办结，办结率100%。";
    assert_eq!(Page { applications, received: 12, handled: 10, ..PAGE }.rules(), ["N2"]);
}

#[test]
fn a_signature_with_a_slip_in_the_units_name_is_found() {
    let findings = Page { signed_by: "示例县水务用", ..PAGE }.findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].rule, "S14");
    assert!(findings[0].message.contains("差 1 个字"), "{}", findings[0].message);
}

#[test]
fn figures_of_decisions_and_fees_are_judged() {
    let supervision = "全年作出行政许可处理决定38件、行政处罚处理决定12件，收取行政事业性收费3万元。";
    assert_eq!(Page { supervision, ..PAGE }.rules(), ["N1", "N1", "N1"]);
}

#[test]
fn a_plan_that_names_the_reported_year_is_found() {
    let problems =
        "（一）存在的问题。2023年，公开不够及时。（二）改进措施。2023年，我局将加强培训，改进工作。";
    assert_eq!(Page { problems, ..PAGE }.rules(), ["S3"]);
}

#[test]
fn words_of_the_form_left_in_are_found() {
    let page = Page {
        problems: "（文字描述）",
        other_matters: "（文字描述，收取信息处理费情况在此处报告。）",
        ..PAGE
    };
    let rules = page.rules();
    assert_eq!(rules.iter().filter(|rule| *rule == "S13").count(), 2, "{rules:?}");
}
