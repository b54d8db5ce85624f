//! Sums typed into a cell: `=5+3` becomes 8. Only plain sums, differences and products are worked out, exactly;
//! anything else is refused in words.

use rust_decimal::Decimal;
use std::str::FromStr;

use crate::form::Kind;
use crate::text::digits::half_width;

/// What becomes of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaResult {
    /// The value, and the whole equation: `5+3=8`.
    Value(String, String),
    /// Why there is no value, in words for the clerk.
    Refused(String),
}

/// Works out what was typed into a cell of a kind; `None` if it is no formula, or the cell takes any text.
pub fn evaluate(kind: &Kind, typed: &str) -> Option<FormulaResult> {
    if !kind.is_number() {
        return None;
    }
    let plain: String = typed.chars().map(plain_character).filter(|c| !c.is_whitespace()).collect();
    let formula = plain.strip_prefix('=')?;
    let shown = formula.replace('*', "×");
    let refused = |why: &str| Some(FormulaResult::Refused(format!("“={shown}”没有计算：{why}")));
    let Some(terms) = parse_terms(formula) else {
        return refused("只能用加、减、乘，如 =5+3");
    };
    let Some(result) = sum_of(&terms) else { return refused("数太大") };
    let number = result.normalize();
    let text = match kind {
        Kind::Count if !number.is_integer() => return refused("结果不是整数"),
        Kind::Count if number.is_sign_negative() && !number.is_zero() => {
            return refused(&format!("结果是 {number}，这一格不能是负数"));
        }
        Kind::Change if !number.is_integer() => return refused("结果不是整数"),
        Kind::Change if number > Decimal::ZERO => format!("+{number}"),
        Kind::Money { .. } => result.to_string(),
        _ => number.to_string(),
    };
    let equation = format!("{shown}={text}");
    Some(FormulaResult::Value(text, equation))
}

/// A character as it is meant: full-width ones and the signs of an input method too.
fn plain_character(c: char) -> char {
    match half_width(c) {
        '×' | '＊' => '*',
        '\u{2212}' | '–' | '—' => '-',
        '。' => '.',
        other => other,
    }
}

/// A product of numbers, to be added or taken away.
struct Term {
    is_negative: bool,
    factors: Vec<Decimal>,
}

fn parse_terms(formula: &str) -> Option<Vec<Term>> {
    let mut terms = Vec::new();
    let mut rest = formula;
    loop {
        let is_negative = rest.starts_with('-');
        // A sign stands between two terms; before the first it may be left out.
        rest = match rest.strip_prefix(['+', '-']) {
            Some(behind) => behind,
            None if terms.is_empty() => rest,
            None => return None,
        };
        let end = rest.find(['+', '-']).unwrap_or(rest.len());
        let factors = rest[..end].split('*').map(parse_number).collect::<Option<Vec<_>>>()?;
        terms.push(Term { is_negative, factors });
        rest = &rest[end..];
        if rest.is_empty() {
            return Some(terms);
        }
    }
}

fn parse_number(text: &str) -> Option<Decimal> {
    let is_plain = text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_plain { Decimal::from_str_exact(text).or_else(|_| Decimal::from_str(text)).ok() } else { None }
}

fn sum_of(terms: &[Term]) -> Option<Decimal> {
    terms.iter().try_fold(Decimal::ZERO, |sum, term| {
        let product =
            term.factors.iter().try_fold(Decimal::ONE, |product, factor| exact_product(product, *factor))?;
        if term.is_negative { sum.checked_sub(product) } else { sum.checked_add(product) }
    })
}

/// The product, unless digits of it would be lost.
fn exact_product(one: Decimal, other: Decimal) -> Option<Decimal> {
    let product = one.checked_mul(other)?;
    (product.scale() == one.scale() + other.scale()).then_some(product)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MONEY: Kind = Kind::Money { unit: None };

    fn equation(kind: &Kind, typed: &str) -> String {
        match evaluate(kind, typed) {
            Some(FormulaResult::Value(_, equation)) => equation,
            Some(FormulaResult::Refused(why)) => why,
            None => "-".into(),
        }
    }

    #[test]
    fn sums_differences_and_products_are_exact() {
        assert_eq!(equation(&Kind::Count, "=5+3"), "5+3=8");
        assert_eq!(equation(&Kind::Count, "＝ 12－２×3 "), "12-2×3=6");
        assert_eq!(equation(&MONEY, "=0.1+0.2"), "0.1+0.2=0.3");
        assert_eq!(equation(&MONEY, "=1.10+1.10"), "1.10+1.10=2.20");
        assert_eq!(equation(&Kind::Change, "=7-3"), "7-3=+4");
        assert_eq!(equation(&Kind::Change, "=3-7"), "3-7=-4");
        assert_eq!(equation(&Kind::Count, "5+3"), "-", "no formula");
        assert_eq!(equation(&Kind::Text, "=5+3"), "-", "text is text");
    }

    #[test]
    fn anything_else_is_refused_in_words() {
        for typed in ["=", "=6/2", "=(1+2)", "=1++2", "=5+", "=1.2.3", "=a", "=10%", "=*3", "=2025年"] {
            assert!(equation(&MONEY, typed).contains("只能用加、减、乘"), "{typed}");
        }
        assert!(equation(&Kind::Count, "=3-7").contains("不能是负数"));
        assert!(equation(&Kind::Count, "=1.5*3").contains("不是整数"));
        let long = "9".repeat(25);
        assert!(equation(&MONEY, &format!("={long}*{long}")).contains("数太大"));
    }

    #[test]
    fn a_formula_becomes_its_value_in_one_step() {
        use crate::editor::tests::{open_editor, press};
        let mut editor = open_editor(2025);
        let cell = "requests.new.natural";
        press(&mut editor, "Alt+3 = 5 + 3 Enter");
        assert_eq!(editor.draft().unwrap().get(cell).typed(), "8");
        assert_eq!(editor.notification, "5+3=8");
        press(&mut editor, "Ctrl+Z");
        assert!(editor.draft().unwrap().get(cell).is_blank(), "one undo");
        press(&mut editor, "= 6 / 2 Tab");
        assert_eq!(editor.draft().unwrap().get(cell).typed(), "=6/2", "what was typed is kept");
        assert!(editor.notification.contains("没有计算"), "{}", editor.notification);
    }

    proptest! {
        #[test]
        fn a_sum_is_what_its_parts_come_to(parts in prop::collection::vec(0u32..100_000, 1..6)) {
            let typed: Vec<String> = parts.iter().map(u32::to_string).collect();
            let sum: u64 = parts.iter().map(|part| u64::from(*part)).sum();
            let Some(FormulaResult::Value(value, _)) = evaluate(&Kind::Count, &format!("={}", typed.join("+"))) else {
                return Err(TestCaseError::fail("refused"));
            };
            prop_assert_eq!(value, sum.to_string());
        }

        #[test]
        fn no_text_breaks_a_cell(text in "[=＝]?.{0,20}") {
            let _ = evaluate(&MONEY, &text);
        }
    }
}
