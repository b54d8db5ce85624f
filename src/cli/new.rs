//! `nianbao new`: a blank draft of a unit and a year.

use std::path::PathBuf;

use super::output::{self, Refusal};
use super::{Desk, Exit, arguments, say};
use crate::draft::{Draft, Forms, Value, read};
use crate::form::{Form, Kind};
use crate::store::atomic;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "单位", help = "单位名称，如 示例市数据局")]
    unit: String,
    #[arg(long, value_name = "年度", value_parser = arguments::year, help = "报告的年度，如 2025；格式随年度而定")]
    year: u16,
    #[arg(long, value_name = "格式", help = "自己的格式的名称；不写就按年度选国家的格式")]
    form: Option<String>,
    #[arg(long, value_name = "类别", help = "机关类别：政府、部门、乡镇街道、其他")]
    kind: Option<String>,
    #[arg(long, value_name = "层级", help = "行政层级：国家、省、设区市、县区、乡镇")]
    level: Option<String>,
    #[arg(short, long, value_name = "文件", help = "草稿写到哪里；不写就是 单位-年度.ron")]
    output: Option<PathBuf>,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let unit = args.unit.trim();
    if unit.is_empty() || unit.contains(char::is_control) {
        return Err(Refusal::new("--unit 后面要写单位名称"));
    }
    let mut draft = Draft::new(unit, args.year, desk.library);
    if let Some(form) = &args.form {
        draft.forms = Forms::same(form);
    }
    let form = draft.form(desk.library).map_err(|name| no_form(&name, desk))?;
    choose(&mut draft, &form, "cover.kind", args.kind.as_deref(), "--kind")?;
    choose(&mut draft, &form, "cover.level", args.level.as_deref(), "--level")?;
    let path = args.output.clone().unwrap_or_else(|| output::name(unit, args.year));
    atomic::sweep(&path);
    output::draft(&path, args.force, &form, &draft, desk)?;
    say(desk, &format!("已新建 {}（{}）", path.display(), form.name));
    Ok(Exit::Done)
}

/// Words for a form that is not at hand, with those that are.
fn no_form(name: &str, desk: &Desk) -> Refusal {
    let known: Vec<String> = desk.library.list().into_iter().map(|(id, ..)| id).collect();
    Refusal::new(format!("没有名为“{name}”的格式，现有：{}", known.join("、")))
}

/// Puts one of a field's words into it; the words are the form's.
fn choose(draft: &mut Draft, form: &Form, id: &str, word: Option<&str>, option: &str) -> Result<(), Refusal> {
    let (Some(word), Some(field)) = (word, form.field(id)) else { return Ok(()) };
    let value = read(&field.kind, word);
    if let (Value::Unreadable(word), Kind::Choice(words)) = (&value, &field.kind) {
        return Err(Refusal::new(format!("{option} 不能是“{word}”，可以用：{}", words.join("、"))));
    }
    draft.set(id, value);
    Ok(())
}
