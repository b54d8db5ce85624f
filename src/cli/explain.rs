//! `nianbao explain`: what a rule requires and its basis.

use std::collections::BTreeSet;

use super::context::{CommandContext, ExitStatus};
use super::nearest;
use super::output::CliError;
use crate::check::{Rule, Severity, rules};
use crate::form::Library;

/// The rule that is not about a draft's content, but about a file.
pub(super) const UNREADABLE: Rule = Rule {
    id: "F0",
    severity: Severity::Error,
    description: "草稿文件要读得出来。",
    basis: "无法读取的文件不算已报，也不会当作 0",
};

#[derive(clap::Args)]
pub(super) struct ExplainArgs {
    #[arg(value_name = "规则", help = "规则的编号，如 T1；不写就列出全部")]
    id: Option<String>,
}

pub(super) fn run_explain(args: &ExplainArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let Some(id) = &args.id else {
        for rule in all_rules() {
            writeln!(context.out, "{:<3} {} {}", rule.id, rule.severity.label(), rule.description)?;
        }
        return Ok(ExitStatus::Done);
    };
    let Some(rule) = find_rule(id) else {
        return Err(unknown_rule(id, &[]));
    };
    let (id, severity) = (rule.id, rule.severity.label());
    writeln!(context.out, "{id}（{severity}）\n要求：{}\n依据：{}", rule.description, rule.basis)?;
    Ok(ExitStatus::Done)
}

/// Returns every rule, the one about files first.
pub(super) fn all_rules() -> impl Iterator<Item = &'static Rule> {
    std::iter::once(&UNREADABLE).chain(rules())
}

/// Returns the rule of an id, in whatever case it is written.
fn find_rule(id: &str) -> Option<&'static Rule> {
    all_rules().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// Returns the ids as they are written in findings. Besides the rules there are the relations that a user's
/// own forms name.
pub(super) fn resolve_ids(ids: &[String], library: &Library) -> Result<Vec<String>, CliError> {
    let forms = library.list().into_iter().filter_map(|(id, ..)| library.get(&id));
    let own: BTreeSet<String> =
        forms.flat_map(|form| form.relations().iter().map(|it| it.id.clone()).collect::<Vec<_>>()).collect();
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
