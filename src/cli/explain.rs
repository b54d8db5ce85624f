//! `nianbao explain`: what a rule requires and its basis.

use super::context::{CommandContext, ExitStatus};
use super::output::CliError;
use crate::check::{Rule, Severity, rules};

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
    let Some(rule) = all_rules().find(|rule| rule.id.eq_ignore_ascii_case(id)) else {
        let ids: Vec<_> = all_rules().map(|rule| rule.id).collect();
        return Err(CliError::new(format!("没有编号为“{id}”的规则，现有：{}", ids.join("、"))));
    };
    let (id, severity) = (rule.id, rule.severity.label());
    writeln!(context.out, "{id}（{severity}）\n要求：{}\n依据：{}", rule.description, rule.basis)?;
    Ok(ExitStatus::Done)
}

/// Returns every rule, the one about files first.
pub(super) fn all_rules() -> impl Iterator<Item = &'static Rule> {
    std::iter::once(&UNREADABLE).chain(rules())
}
