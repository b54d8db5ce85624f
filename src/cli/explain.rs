//! `nianbao explain`: what a rule requires and its basis.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::context::{CommandContext, ExitStatus};
use super::listed::Listed;
use super::nearest;
use super::output::CliError;
use super::sanitize::sanitize_line;
use crate::check::{Rule, Severity, rules};
use crate::form::{FieldId, Form, Library, Relation};

/// The rule that is not about a draft's content, but about a file.
pub(super) const UNREADABLE: Rule = Rule {
    id: "F0",
    severity: Severity::Error,
    description: "草稿文件要读得出来。",
    basis: "无法读取的文件不算已报，也不会当作 0",
};

/// Says which settings of a folder are in force: not a finding, but listed among them.
pub(super) const SETTINGS: Rule = Rule {
    id: "F1",
    severity: Severity::Remark,
    description: "文件夹里有 nianbao.ron 的，写明按它核对：报送期限、不核对的规则、改了的轻重。",
    basis: "程序自己的要求：少核对了什么、改了什么轻重，要看得见",
};

#[derive(clap::Args)]
pub(super) struct ExplainArgs {
    #[arg(value_name = "规则", value_parser = Listed::new(rule_ids, |id| Ok(id.to_string())), help = "规则的编号，如 T1；不写就列出全部")]
    id: Option<String>,
}

pub(super) fn run_explain(args: &ExplainArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let Some(id) = &args.id else {
        for rule in all_rules() {
            writeln!(context.out, "{:<3} {} {}", rule.id, rule.severity.label(), rule.description)?;
        }
        return Ok(ExitStatus::Done);
    };
    let own = own_relations(context.library);
    let Some(rule) = find_rule(id) else {
        let mut named = own.iter().filter(|(_, relation)| relation.id.eq_ignore_ascii_case(id)).peekable();
        if named.peek().is_none() {
            let ids: BTreeSet<&str> = own.iter().map(|(_, relation)| relation.id.as_str()).collect();
            return Err(unknown_rule(id, &ids.into_iter().collect::<Vec<_>>()));
        }
        for (at, (form, relation)) in named.enumerate() {
            if at == 0 {
                writeln!(context.out, "{}（{}）", relation.id, Severity::Error.label())?;
            }
            let side =
                |ids: &[FieldId]| ids.iter().map(|id| form.location(id)).collect::<Vec<_>>().join(" + ");
            let (left, right) = (side(&relation.left), side(&relation.right));
            writeln!(
                context.out,
                "{}",
                sanitize_line(&format!("要求：{}：{left} = {right}", relation.name))
            )?;
            writeln!(context.out, "{}", sanitize_line(&format!("依据：格式“{}”自己写的关系", form.name)))?;
        }
        return Ok(ExitStatus::Done);
    };
    let (id, severity) = (rule.id, rule.severity.label());
    writeln!(context.out, "{id}（{severity}）\n要求：{}\n依据：{}", rule.description, rule.basis)?;
    Ok(ExitStatus::Done)
}

/// Returns every rule, those about files first.
pub(super) fn all_rules() -> impl Iterator<Item = &'static Rule> {
    [&UNREADABLE, &SETTINGS].into_iter().chain(rules())
}

/// Returns the relations of all forms that are no rule of the official ones, each with its form.
fn own_relations(library: &Library) -> Vec<(Arc<Form>, Relation)> {
    let forms = library.list().into_iter().filter_map(|(id, ..)| library.get(&id));
    forms
        .flat_map(|form| {
            let own = form.relations().iter().filter(|relation| find_rule(&relation.id).is_none()).cloned();
            own.map(|relation| (form.clone(), relation)).collect::<Vec<_>>()
        })
        .collect()
}

/// Returns the ids of all rules.
pub(super) fn rule_ids() -> Vec<&'static str> {
    all_rules().map(|rule| rule.id).collect()
}

/// Returns the rule of an id, in whatever case it is written.
fn find_rule(id: &str) -> Option<&'static Rule> {
    all_rules().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// Returns the ids as they are written in findings. Besides the rules there are the relations that a user's
/// own forms name.
pub(super) fn resolve_ids(ids: &[String], library: &Library) -> Result<Vec<String>, CliError> {
    let own: BTreeSet<String> = own_relations(library).into_iter().map(|(_, relation)| relation.id).collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    ids.iter()
        .map(|id| id.trim())
        .map(|id| {
            let known = find_rule(id).map(|rule| rule.id);
            let known = known.or_else(|| own.iter().copied().find(|own| own.eq_ignore_ascii_case(id)));
            known.map(String::from).ok_or_else(|| unknown_rule(id, &own))
        })
        .collect()
}

/// Says that there is no such rule, and which ones there are.
fn unknown_rule(id: &str, own: &[&str]) -> CliError {
    let known = || all_rules().map(|rule| rule.id).chain(own.iter().copied()).collect::<BTreeSet<_>>();
    let question = nearest::question(id, known());
    let rest = if question.is_empty() {
        format!("，现有：{}", known().into_iter().collect::<Vec<_>>().join("、"))
    } else {
        format!("{question}全部规则：nianbao explain")
    };
    CliError::new(format!("没有编号为“{id}”的规则{rest}"))
}
