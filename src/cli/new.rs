//! `nianbao new`: a blank draft of a unit and a year.

use std::path::PathBuf;

use super::arguments;
use super::context::{CommandContext, ExitStatus, eprint_line};
use super::output::{self, CliError};
use crate::draft::{Draft, FormIds, Value, parse_value};
use crate::form::{Form, Kind};
use crate::store::atomic;
use crate::units::draft_file_name;

#[derive(clap::Args)]
pub(super) struct NewArgs {
    #[arg(long, value_name = "单位", help = "单位名称，如 示例市数据局")]
    unit: String,
    #[arg(long, value_name = "年度", value_parser = arguments::parse_year, help = "报告的年度，如 2025；格式随年度而定")]
    year: u16,
    #[arg(long, value_name = "格式", help = "自己的格式的名称；不写就按年度选国家的格式")]
    form: Option<String>,
    #[arg(long, value_name = "类别", help = "机关类别：政府、部门、乡镇街道、其他")]
    kind: Option<String>,
    #[arg(long, value_name = "层级", help = "行政层级：国家、省、设区市、县区、乡镇")]
    level: Option<String>,
    #[arg(short, long, value_name = "文件", help = "草稿写到哪里，- 为标准输出；不写就是 单位-年度.ron")]
    output: Option<PathBuf>,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

pub(super) fn run_new(args: &NewArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let unit = args.unit.trim();
    if unit.is_empty() || unit.contains(char::is_control) {
        return Err(CliError::new("--unit 后面要写单位名称"));
    }
    let mut draft = Draft::new(unit, args.year, context.library);
    if let Some(form) = &args.form {
        draft.forms = FormIds::same(form);
    }
    let form = draft.form(context.library).map_err(|name| unknown_form(&name, context))?;
    set_choice(&mut draft, &form, "cover.kind", args.kind.as_deref(), "--kind")?;
    set_choice(&mut draft, &form, "cover.level", args.level.as_deref(), "--level")?;
    let path = args.output.clone().unwrap_or_else(|| draft_file_name(unit, args.year));
    atomic::remove_temporary_files(&path);
    output::write_draft(&path, args.force, &form, &draft, context)?;
    eprint_line(context, &format!("已新建 {}（{}）", output::output_name(&path), form.name));
    Ok(ExitStatus::Done)
}

/// Returns the error for a form that is not available, with those that are.
fn unknown_form(name: &str, context: &CommandContext) -> CliError {
    let known: Vec<String> = context.library.list().into_iter().map(|(id, ..)| id).collect();
    CliError::new(format!("没有名为“{name}”的格式，现有：{}", known.join("、")))
}

/// Sets a field to one of the choices of the form.
fn set_choice(
    draft: &mut Draft,
    form: &Form,
    id: &str,
    word: Option<&str>,
    option: &str,
) -> Result<(), CliError> {
    let (Some(word), Some(field)) = (word, form.field(id)) else { return Ok(()) };
    let value = parse_value(&field.kind, word);
    if let (Value::Unreadable(word), Kind::Choice(options)) = (&value, &field.kind) {
        return Err(CliError::new(format!("{option} 不能是“{word}”，可以用：{}", options.join("、"))));
    }
    draft.set(id, value);
    Ok(())
}
