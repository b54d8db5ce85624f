//! D4: documents in force equal last year's plus those issued minus those repealed.

use rust_decimal::Decimal;

use super::input::{finding_at, finding_with_severity};
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::parse_value;
use crate::edit::Edit;
use crate::form::{Field, FieldId};

const D4: Rule = Rule {
    id: "D4",
    severity: Severity::Warning,
    description: "现行有效件数 = 上年现行有效 + 本年制发 − 本年废止。",
    basis: "三格的字面意思；失效、纳入统计的口径变化等会使它不等，所以只作提醒",
};

pub(super) const CHECK: Check = Check { rules: &[D4], run: check_documents_in_force };

fn check_documents_in_force(input: &RuleInput) -> Vec<Finding> {
    let cells = input.form.fields().iter().filter(|field| field.id.is_in_column("in_force"));
    cells.filter_map(|field| check_document_kind(input, field)).collect()
}

fn check_document_kind(input: &RuleInput, field: &Field) -> Option<Finding> {
    let id = field.id.as_str();
    let cell = |column: &str| FieldId::new(&format!("{}.{}.{column}", field.id.section(), field.id.row()));
    let before = input.last_year.as_ref()?.number(id)?;
    let (issued_id, repealed_id) = (cell("issued"), cell("repealed"));
    let now = input.number(id);
    let changes = input.number(issued_id.as_str()).zip(input.number(repealed_id.as_str()));
    let Some((issued, repealed)) = changes else {
        // A draft started from last year's has last year's number until it is revised.
        let unread =
            [&issued_id, &repealed_id].iter().any(|id| input.draft.get(id.as_str()).unread().is_some());
        let kept = now? == before && !before.is_zero() && !unread;
        return kept.then(|| {
            let message = format!("{}现行有效 {before} 还是上年的数；填好本年制发、废止后请核对", field.row);
            finding_with_severity(&D4, Severity::Remark, id, message)
        });
    };
    let wanted = before + issued - repealed;
    let sum = format!("上年 {before} + 制发 {issued} − 废止 {repealed} = {wanted}");
    // Which of three cells is wrong is not known, unless one was never edited or is blank.
    let fix = || {
        let value = parse_value(&field.kind, &wanted.to_string());
        (wanted >= Decimal::ZERO).then(|| Edit::set(input.draft, &field.id, value))
    };
    let mut finding = match now {
        Some(now) if now == wanted => return None,
        Some(now) => {
            let message = format!("{}现行有效填了 {now}；{sum}，请核对", field.row);
            let mut finding = finding_at(&D4, id, message);
            finding.found = Some(now.to_string());
            finding.fix = (now == before).then(fix).flatten();
            finding
        }
        None if input.draft.get(id).is_blank() => {
            let message = format!("{}现行有效还空着；{sum}", field.row);
            let mut finding = finding_with_severity(&D4, Severity::Remark, id, message);
            finding.fix = fix();
            finding
        }
        None => return None,
    };
    finding.fields.extend([issued_id, repealed_id]);
    finding.expected = Some(wanted.to_string());
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_beside_last_year, full};
    use super::*;
    use crate::draft::Value;

    const LAST: (&str, &str) = ("disclosure.normative.in_force", "30");

    fn judge(issued: &str, repealed: &str, in_force: &str) -> Option<Finding> {
        let this = [
            ("disclosure.normative.issued", issued),
            ("disclosure.normative.repealed", repealed),
            ("disclosure.normative.in_force", in_force),
        ];
        found_beside_last_year("D4", &[LAST], &this).pop()
    }

    #[test]
    fn a_number_that_does_not_follow_is_a_warning_without_a_fix() {
        let finding = judge("6", "1", "32").unwrap();
        assert_eq!((finding.severity, finding.fix), (Severity::Warning, None));
        assert!(finding.message.contains("上年 30 + 制发 6 − 废止 1 = 35"), "{}", finding.message);
    }

    #[test]
    fn last_years_number_left_unchanged_has_a_fix() {
        let (_, mut draft) = full("2021");
        judge("6", "1", "30").unwrap().fix.unwrap().apply(&mut draft);
        assert_eq!(*draft.get("disclosure.normative.in_force"), Value::Count(35));
        assert_eq!(judge("", "", "30").unwrap().severity, Severity::Remark, "until the others are filled");
    }

    #[test]
    fn a_blank_is_a_remark_that_offers_the_sum() {
        let finding = judge("6", "1", "").unwrap();
        assert_eq!(finding.severity, Severity::Remark);
        assert!(finding.fix.is_some());
    }

    #[test]
    fn numbers_that_follow_or_have_no_year_before_pass() {
        assert_eq!(judge("6", "1", "35"), None);
        assert_eq!(judge("0", "30", "0"), None, "none left");
        assert_eq!(judge("", "", ""), None, "nothing is filled yet");
        let (form, draft) = full("2021");
        assert_eq!(found(&form, &draft, "D4"), vec![]);
    }

    #[test]
    fn a_sum_below_zero_is_shown_but_not_offered() {
        let finding = judge("0", "31", "30").unwrap();
        assert_eq!(finding.fix, None);
    }
}
