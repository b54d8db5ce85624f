//! The rules by their ids: those of the check, those about files, and the relations of a user's own forms.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::{Rule, Severity, rules};
use crate::form::{Form, Library, Relation};
use crate::text::nearest;

/// The rule that is not about a draft's content, but about a file.
pub const UNREADABLE: Rule = Rule {
    id: "F0",
    severity: Severity::Error,
    description: "草稿文件要读得出来。",
    basis: "无法读取的文件不算已报，也不会当作 0",
};

/// Says which settings of a folder are in force: not a finding, but listed among them.
pub const SETTINGS: Rule = Rule {
    id: "F1",
    severity: Severity::Remark,
    description: "文件夹里有 nianbao.ron 的，写明按它核对：报送期限、不核对的规则、改了的轻重。",
    basis: "程序自己的要求：少核对了什么、改了什么轻重，要看得见",
};

/// Returns every rule, those about files first.
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    [&UNREADABLE, &SETTINGS].into_iter().chain(rules())
}

/// Returns the relations of all forms that are no rule of the official ones, each with its form.
pub fn own_relations(library: &Library) -> Vec<(Arc<Form>, Relation)> {
    let forms = library.list().into_iter().filter_map(|(id, ..)| library.get(&id));
    forms
        .flat_map(|form| {
            let own = form.relations().iter().filter(|relation| find_rule(&relation.id).is_none()).cloned();
            own.map(|relation| (form.clone(), relation)).collect::<Vec<_>>()
        })
        .collect()
}

/// Returns the ids of all rules.
pub fn rule_ids() -> Vec<&'static str> {
    all_rules().map(|rule| rule.id).collect()
}

/// Returns the rule of an id, in whatever case it is written.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    all_rules().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// Returns the ids as they are written in findings. Besides the rules there are the relations that a user's
/// own forms name.
///
/// # Errors
/// Returns a message for the clerk if there is no rule of an id.
pub fn resolve_ids(ids: &[String], library: &Library) -> Result<Vec<String>, String> {
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
pub fn unknown_rule(id: &str, own: &[&str]) -> String {
    let known = || all_rules().map(|rule| rule.id).chain(own.iter().copied()).collect::<BTreeSet<_>>();
    let question = nearest::question(id, known());
    let rest = if question.is_empty() {
        format!("，现有：{}", known().into_iter().collect::<Vec<_>>().join("、"))
    } else {
        format!("{question}全部规则：nianbao explain")
    };
    format!("没有编号为“{id}”的规则{rest}")
}
