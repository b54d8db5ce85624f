//! `nianbao explain`: what a rule requires and its basis.

use std::collections::BTreeSet;

use super::context::{CommandContext, ExitStatus};
use super::escape::escape_line;
use super::listed::Listed;
use super::output::CliError;
use crate::check::Severity;
use crate::form::FieldId;
use crate::units::file_rules::{all_rules, find_rule, own_relations, rule_ids, unknown_rule};

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
            return Err(CliError::new(unknown_rule(id, &ids.into_iter().collect::<Vec<_>>())));
        }
        for (at, (form, relation)) in named.enumerate() {
            if at == 0 {
                writeln!(context.out, "{}（{}）", relation.id, Severity::Error.label())?;
            }
            let side =
                |ids: &[FieldId]| ids.iter().map(|id| form.location(id)).collect::<Vec<_>>().join(" + ");
            let (left, right) = (side(&relation.left), side(&relation.right));
            writeln!(context.out, "{}", escape_line(&format!("要求：{}：{left} = {right}", relation.name)))?;
            writeln!(context.out, "{}", escape_line(&format!("依据：格式“{}”自己写的关系", form.name)))?;
        }
        return Ok(ExitStatus::Done);
    };
    let (id, severity) = (rule.id, rule.severity.label());
    writeln!(context.out, "{id}（{severity}）\n要求：{}\n依据：{}", rule.description, rule.basis)?;
    Ok(ExitStatus::Done)
}
