//! D11: a fee for processing information that section 六 reports and section 二 does not hold.

use rust_decimal::Decimal;

use super::input::finding_in_text;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::Value;
use crate::form::FieldId;

const D11: Rule = Rule {
    id: "D11",
    severity: Severity::Warning,
    description: "第六部分写了收到信息处理费的，表二行政事业性收费的金额不小于它。",
    basis: "信息处理费本身是行政事业性收费（国办函〔2020〕109号；皖财综〔2021〕28号）；填在表二是由此推出的，格式没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[D11], run: check_fees_received };

const CELL: &str = "disclosure.fees.amount";

fn check_fees_received(input: &RuleInput) -> Vec<Finding> {
    let Value::Money(money) = input.draft.get(CELL) else { return Vec::new() };
    if input.form.id == "2019" || !["", "万元"].contains(&money.unit.as_str()) {
        return Vec::new();
    }
    let Some(id) = input.field("other_matters").map(|field| &field.id) else { return Vec::new() };
    let text = input.text("other_matters");
    let Some((range, yuan)) = fee_in(text) else { return Vec::new() };
    let Some(fee) = yuan.checked_div(Decimal::from(10_000)).filter(|fee| *fee > money.amount) else {
        return Vec::new();
    };
    // A cell of two decimals holds nothing below 100 yuan.
    if money.amount > Decimal::ZERO && fee.round_dp(money.amount.scale()) <= money.amount {
        return Vec::new();
    }
    let message = format!(
        "第六部分写收到信息处理费 {yuan} 元（合 {} 万元），表二行政事业性收费填的是 {} 万元，请核对是否漏计",
        fee.normalize(),
        money.typed,
    );
    let mut finding = finding_in_text(&D11, id, range, message);
    finding.fields.push(FieldId::new(CELL));
    finding.found = Some(money.typed.clone());
    vec![finding]
}

/// Returns the amount in 元 of the fee that a text says was received, and where it stands.
fn fee_in(text: &str) -> Option<(std::ops::Range<usize>, Decimal)> {
    let stops = ['。', '；', ';', '\n'];
    let mut at = 0;
    for clause in text.split_inclusive(stops) {
        let start = at;
        at += clause.len();
        let Some(fee) = clause.find("处理费") else { continue };
        if ["减免", "免收", "免除", "应收", "未缴", "退", "未收", "没有收", "不收"]
            .iter()
            .any(|word| clause.contains(word))
        {
            continue;
        }
        for (mark, _) in clause.match_indices('元') {
            let head = clause[..mark].trim_end();
            let (head, times) = match head.strip_suffix('万') {
                Some(head) => (head.trim_end(), 10_000u32),
                None => (head, 1),
            };
            let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
            let number = &head[head.trim_end_matches(is_part).len()..];
            let plain: String = number.chars().filter(|c| *c != ',').collect();
            let Ok(amount) = Decimal::from_str_exact(&plain) else { continue };
            // 每件收取、每页10元 are rates.
            let before = &clause[..mark];
            let is_rate =
                before.rsplit(['，', '、', ',']).next().is_some_and(|part| part.contains(['每', '/']));
            if mark > fee && !is_rate {
                let yuan = amount.checked_mul(times.into())?;
                return Some((start + fee..start + mark + '元'.len_utf8(), yuan));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full_with};

    fn judge(amount: &str, text: &str) -> usize {
        found_with("D11", &[("disclosure.fees.amount", amount), ("other_matters", text)]).len()
    }

    #[test]
    fn a_fee_that_the_table_does_not_hold_is_a_warning() {
        let text = "本年度收取信息处理费380元。";
        assert_eq!(judge("0", text), 1);
        assert_eq!(judge("0.03", text), 1);
        assert_eq!(judge("0.5", "收到信息处理费共计1.2万元。"), 1);
    }

    #[test]
    fn a_table_that_holds_it_passes() {
        for (amount, text) in [
            ("0.038", "本年度收取信息处理费380元。"),
            ("0.04", "本年度收取信息处理费380元。"),
            ("12.5", "本年度收取信息处理费380元。"),
            ("0", "本年度收取信息处理费0元。"),
            ("0", "本年度未收取信息处理费。"),
            ("0", "减免信息处理费380元。"),
            ("0", "信息处理费按件计收的，每件100元。"),
            ("", "本年度收取信息处理费380元。"),
        ] {
            assert_eq!(judge(amount, text), 0, "{amount} {text}");
        }
        let (form, draft) = full_with("2019", &[("other_matters", "本年度收取信息处理费380元。")]);
        assert_eq!(found(&form, &draft, "D11"), vec![], "it has no amount of fees");
    }
}
