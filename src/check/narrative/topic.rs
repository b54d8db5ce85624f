//! What a figure may count: sums over cells of the tables, each with its name.

use super::lexicon::{
    Applicant, CaseOutcome, DecisionKind, DocumentAction, DocumentKind, RequestOutcome, Review,
};
use crate::form::FieldId;

/// One way to read a figure: the sum over these cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Its name: `本年新收+上年结转`.
    pub label: String,
    /// The cells that are added up; cells that the form does not have are left out.
    pub fields: Vec<FieldId>,
}

/// What a figure of a text counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Applications received.
    Received {
        /// Whether the same clause also names those carried in.
        carried: bool,
    },
    /// New applications alone.
    New,
    /// Applications answered.
    Handled,
    /// Applications received or answered: the text does not say which.
    Processed,
    /// Carried in from last year.
    CarriedIn,
    /// Carried over to the next year.
    CarriedOut,
    /// 结转 alone: carried out or carried in.
    Carried,
    /// 受理上年结转: carried in, or all including them.
    CarriedInOrAll,
    /// Results of one or several kinds, added up.
    Results(Vec<RequestOutcome>),
    /// Applications of one kind of applicant.
    Applicant(Applicant),
    /// Cases of these procedures, added up: all of them, or those with this outcome.
    Review(Vec<Review>, Option<CaseOutcome>),
    /// Documents of these kinds that were issued, repealed or in force.
    Documents(Vec<DocumentKind>, DocumentAction),
    /// Decisions of these kinds, added up.
    Decisions(Vec<DecisionKind>),
}

const NEW: &[&str] = &["new"];
const CARRIED_IN: &[&str] = &["carried_in"];
const CARRIED_OUT: &[&str] = &["carried_out"];
const HANDLED: &[&str] = &["handled"];
const IN_ALL: &[&str] = &["new", "carried_in"];
const ORGANISATIONS: &[&str] = &["business", "research", "welfare", "legal", "other_org"];

impl RequestOutcome {
    /// Returns the rows of section 三, in either format.
    pub fn rows(self) -> &'static [&'static str] {
        match self {
            RequestOutcome::Granted => &["granted"],
            RequestOutcome::Partial => &["partial"],
            RequestOutcome::Refused => &[
                "refused_secret",
                "refused_law",
                "refused_safety",
                "refused_third_party",
                "refused_internal",
                "refused_process",
                "refused_enforcement",
                "refused_query",
            ],
            RequestOutcome::Unable => &["unable_not_held", "unable_must_create", "unable_unclear"],
            RequestOutcome::Declined => &[
                "declined_petition",
                "declined_repeat",
                "declined_publication",
                "declined_excessive",
                "declined_reissue",
            ],
            RequestOutcome::Other => &["other", "other_no_correction", "other_fee_unpaid", "other_misc"],
        }
    }

    fn label(self) -> &'static str {
        match self {
            RequestOutcome::Granted => "予以公开",
            RequestOutcome::Partial => "部分公开",
            RequestOutcome::Refused => "不予公开各项",
            RequestOutcome::Unable => "无法提供各项",
            RequestOutcome::Declined => "不予处理各项",
            RequestOutcome::Other => "其他处理",
        }
    }
}

impl Applicant {
    fn columns(self) -> &'static [&'static str] {
        match self {
            Applicant::Natural | Applicant::Citizen => &["natural"],
            Applicant::Organisations => ORGANISATIONS,
            Applicant::Business => &["business"],
            Applicant::Research => &["research"],
            Applicant::Welfare => &["welfare"],
            Applicant::Legal => &["legal"],
        }
    }

    fn label(self) -> &'static str {
        match self {
            Applicant::Natural | Applicant::Citizen => "自然人",
            Applicant::Organisations => "法人或其他组织",
            Applicant::Business => "商业企业",
            Applicant::Research => "科研机构",
            Applicant::Welfare => "社会公益组织",
            Applicant::Legal => "法律服务机构",
        }
    }
}

impl Review {
    fn rows(self) -> &'static [&'static str] {
        match self {
            Review::Reconsideration => &["reconsideration"],
            Review::Suit => &["direct_suit", "later_suit"],
            Review::Direct => &["direct_suit"],
            Review::Later => &["later_suit"],
        }
    }

    fn label(self) -> &'static str {
        match self {
            Review::Reconsideration => "行政复议",
            Review::Suit => "行政诉讼（两类相加）",
            Review::Direct => "未经复议直接起诉",
            Review::Later => "复议后起诉",
        }
    }
}

impl CaseOutcome {
    fn columns(self) -> &'static [&'static str] {
        match self {
            CaseOutcome::Upheld => &["upheld"],
            CaseOutcome::Corrected => &["corrected"],
            CaseOutcome::Other => &["other"],
            CaseOutcome::Pending => &["pending"],
            CaseOutcome::Decided => &["upheld", "corrected", "other"],
        }
    }

    fn label(self) -> &'static str {
        match self {
            CaseOutcome::Upheld => "结果维持",
            CaseOutcome::Corrected => "结果纠正",
            CaseOutcome::Other => "其他结果",
            CaseOutcome::Pending => "尚未审结",
            CaseOutcome::Decided => "已审结（维持、纠正、其他相加）",
        }
    }
}

impl Topic {
    /// Returns the possible readings of a figure of this topic, the likeliest first.
    pub fn sums(&self) -> Vec<Sum> {
        let new = || request_sum("本年新收", NEW, &["total"]);
        let carried_in = || request_sum("上年结转", CARRIED_IN, &["total"]);
        let carried_out = || request_sum("结转下年", CARRIED_OUT, &["total"]);
        let all = || request_sum("本年新收+上年结转", IN_ALL, &["total"]);
        let handled = || request_sum("办理结果总计", HANDLED, &["total"]);
        match self {
            Topic::Received { carried: false } => vec![new(), all()],
            Topic::Received { carried: true } => vec![all(), new()],
            Topic::New => vec![new()],
            Topic::Handled => vec![handled()],
            Topic::Processed => vec![handled(), all(), new()],
            Topic::CarriedIn => vec![carried_in()],
            Topic::CarriedOut => vec![carried_out()],
            Topic::Carried => vec![carried_out(), carried_in()],
            Topic::CarriedInOrAll => vec![carried_in(), all()],
            Topic::Results(kinds) => {
                let rows: Vec<&str> = kinds.iter().flat_map(|kind| kind.rows()).copied().collect();
                let label: Vec<&str> = kinds.iter().map(|kind| kind.label()).collect();
                vec![request_sum(&label.join("+"), &rows, &["total"])]
            }
            Topic::Applicant(kind) => {
                let (label, columns) = (kind.label(), kind.columns());
                let mut sums = vec![
                    request_sum(&format!("本年新收·{label}"), NEW, columns),
                    request_sum(&format!("本年新收+上年结转·{label}"), IN_ALL, columns),
                    request_sum(&format!("办理结果总计·{label}"), HANDLED, columns),
                ];
                if *kind == Applicant::Citizen {
                    sums.extend([new(), all()]);
                }
                sums
            }
            Topic::Review(kinds, ended) => vec![review_sum(kinds, *ended)],
            Topic::Documents(kinds, done) => document_sums(kinds, *done),
            Topic::Decisions(kinds) => vec![decision_sum(kinds)],
        }
    }
}

fn request_sum(label: &str, rows: &[&str], columns: &[&str]) -> Sum {
    cell_sum(label.into(), "requests", rows, columns)
}

/// Returns the cases of several procedures added up.
pub fn review_sum(kinds: &[Review], ended: Option<CaseOutcome>) -> Sum {
    let rows: Vec<&str> = kinds.iter().flat_map(|kind| kind.rows()).copied().collect();
    let mut label: String = kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join("+");
    if let Some(ended) = ended {
        label = format!("{label}·{}", ended.label());
    }
    cell_sum(label, "review", &rows, ended.map_or(&["total"][..], CaseOutcome::columns))
}

/// Returns the decisions of several kinds added up.
pub fn decision_sum(kinds: &[DecisionKind]) -> Sum {
    let named = |kind: &DecisionKind| match kind {
        DecisionKind::Licensing => ("licensing", "行政许可"),
        DecisionKind::Penalties => ("penalties", "行政处罚"),
        DecisionKind::Coercion => ("coercion", "行政强制"),
    };
    let (rows, labels): (Vec<&str>, Vec<&str>) = kinds.iter().map(named).unzip();
    cell_sum(format!("{}·处理决定数量", labels.join("+")), "disclosure", &rows, &["decisions"])
}

/// Returns the fees of section 二.
pub fn fee_sum() -> Sum {
    cell_sum("行政事业性收费·本年收费金额（万元）".into(), "disclosure", &["fees"], &["amount"])
}

fn document_sums(kinds: &[DocumentKind], done: DocumentAction) -> Vec<Sum> {
    let rows: Vec<&str> = kinds
        .iter()
        .map(|kind| match kind {
            DocumentKind::Normative => "normative",
            DocumentKind::Regulations => "regulations",
        })
        .collect();
    let label = kinds.iter().map(|kind| match kind {
        DocumentKind::Normative => "规范性文件",
        DocumentKind::Regulations => "规章",
    });
    let label = label.collect::<Vec<_>>().join("+");
    // The 2019 format has 本年新制作 and 本年新公开 for documents issued, and no other columns.
    let columns: &[(&str, &str)] = match done {
        DocumentAction::Issued => {
            &[("issued", "本年制发"), ("made", "本年新制作"), ("published", "本年新公开")]
        }
        DocumentAction::Repealed => &[("repealed", "本年废止")],
        DocumentAction::InForce => &[("in_force", "现行有效")],
    };
    let one =
        |(column, name): &(&str, &str)| cell_sum(format!("{label}·{name}"), "disclosure", &rows, &[column]);
    columns.iter().map(one).collect()
}

fn cell_sum(label: String, section: &str, rows: &[&str], columns: &[&str]) -> Sum {
    let fields = rows.iter().flat_map(|row| columns.iter().map(move |column| (row, column)));
    Sum {
        label,
        fields: fields.map(|(row, column)| FieldId::new(&format!("{section}.{row}.{column}"))).collect(),
    }
}
