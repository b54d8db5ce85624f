//! `nianbao explain`: what a rule wants and what it rests on.

use super::{Desk, Exit, Refusal};
use crate::check::{Rule, Weight, rules};

/// The rule that is not about a draft's content, but about a file.
pub(super) const UNREADABLE: Rule = Rule {
    id: "F0",
    weight: Weight::Error,
    wants: "草稿文件要读得出来。",
    rests_on: "读不出来的文件不算已报，也不会当作 0",
};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "规则", help = "规则的编号，如 T1；不写就列出全部")]
    id: Option<String>,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let Some(id) = &args.id else {
        for rule in all() {
            writeln!(desk.out, "{:<3} {} {}", rule.id, rule.weight.say(), rule.wants)?;
        }
        return Ok(Exit::Done);
    };
    let Some(rule) = all().find(|rule| rule.id.eq_ignore_ascii_case(id)) else {
        let ids: Vec<_> = all().map(|rule| rule.id).collect();
        return Err(Refusal::new(format!("没有编号为“{id}”的规则，现有：{}", ids.join("、"))));
    };
    let (id, weight) = (rule.id, rule.weight.say());
    writeln!(desk.out, "{id}（{weight}）\n要求：{}\n依据：{}", rule.wants, rule.rests_on)?;
    Ok(Exit::Done)
}

/// Every rule, the one about files first.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    std::iter::once(&UNREADABLE).chain(rules())
}
