//! What stands before an operator.

use super::lexer::PdfToken;

/// Returns the last operand if it is a number.
pub fn number(operands: &[PdfToken]) -> f32 {
    if let Some(PdfToken::Number(number)) = operands.last() { *number } else { 0.0 }
}

/// Returns the operands if they are as many numbers.
pub fn numbers<const N: usize>(operands: &[PdfToken]) -> Option<[f32; N]> {
    let mut found = [0.0; N];
    let start = operands.len().checked_sub(N)?;
    for (number, operand) in found.iter_mut().zip(&operands[start..]) {
        let PdfToken::Number(own) = operand else { return None };
        *number = *own;
    }
    Some(found)
}

/// Returns whether a colour is white.
pub fn is_white(operator: &[u8], operands: &[PdfToken]) -> bool {
    let parts: Vec<f32> = operands
        .iter()
        .filter_map(|own| if let PdfToken::Number(own) = own { Some(*own) } else { None })
        .collect();
    match parts.len() {
        // One part may be an ink, of which 1 is the most.
        1 => operator.eq_ignore_ascii_case(b"g") && parts[0] >= 0.99,
        3 => parts.iter().all(|part| *part >= 0.99),
        4 => parts.iter().all(|part| *part <= 0.01),
        _ => false,
    }
}
