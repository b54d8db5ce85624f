//! What makes a workbook one to fill in: cells that are marked, take only such values as belong there, and are
//! the only ones that can be changed.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, Format, FormatBorder, ProtectionOptions, Shape, Worksheet, XlsxError,
};

use crate::form::Kind;

/// What a workbook is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be read.
    Report,
    /// To be filled in.
    Template,
}

/// The background of a cell to fill in.
const MARK: &str = "FFF6D5";
/// So many paragraphs can be written below those that are there.
const TEXT_ROWS: u32 = 20;
/// What is said beside the cover. It is drawn over the sheet, and so it is no cell that an import would read.
const NOTICE: &str = "填写说明\n\
    1．只填黄色的格，别的格有保护，不用改。\n\
    2．件数填 0 或正整数，没有就填 0，不要空着；金额按表头的单位填。\n\
    3．总计自动计算。对不上的格变成红色，请核对。\n\
    4．正文一段一格，一格里不用换行。\n\
    5．填完保存，把这个文件报给收表的单位。";

/// Marks a cell as one to fill in.
pub fn mark(format: Format) -> Format {
    format.set_background_color(MARK).set_unlocked()
}

/// Marks a cell if it is one to fill in.
pub fn mark_if(is_input: bool, format: Format) -> Format {
    if is_input { mark(format) } else { format }
}

/// Lets a cell take only values of its kind, or none.
pub fn add_validation(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: &Kind,
) -> Result<(), XlsxError> {
    let rule = DataValidation::new();
    let (rule, message) = match kind {
        Kind::Count => (
            rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            "件数是 0 或正整数。没有就填 0。".to_string(),
        ),
        Kind::Change => (
            rule.allow_whole_number(DataValidationRule::Between(i32::MIN, i32::MAX)),
            "增减是整数，减少的写负数，如 -3。".into(),
        ),
        Kind::Money { unit } => (
            rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            format!("金额是 0 或正数{}。", unit.as_ref().map_or("".into(), |unit| format!("，单位是{unit}"))),
        ),
        Kind::Year => (
            rule.allow_whole_number(DataValidationRule::Between(2008, 2999)),
            "年度是四位数，如 2025。".into(),
        ),
        Kind::Choice(options) => {
            (rule.allow_list_strings(options)?, format!("可以填：{}。", options.join("、")))
        }
        Kind::Text | Kind::Date | Kind::Prose => return Ok(()),
    };
    let rule = rule.set_error_title("请核对")?.set_error_message(message)?;
    sheet.add_data_validation(row, column, row, column, &rule)?;
    Ok(())
}

/// Makes room for more paragraphs. A row grows with its text.
pub fn add_text_rows(sheet: &mut Worksheet, first: u32, format: &Format) -> Result<(), XlsxError> {
    let format = mark(format.clone()).set_border(FormatBorder::Hair);
    for row in first..first + TEXT_ROWS {
        sheet.write_blank(row, 0, &format)?;
    }
    Ok(())
}

/// Says beside the cover how the workbook is filled in.
pub fn add_notice(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let notice = Shape::textbox().set_text(NOTICE).set_width(430).set_height(170);
    sheet.insert_shape(0, 3, &notice)?;
    Ok(())
}

/// Protects what is not marked, without a password: it keeps from mistakes, not from anybody.
pub fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
}
