//! `nianbao merge`: the merge driver for git, beside `diff --textconv`.
//!
//! With `git config merge.nianbao.driver "nianbao merge %O %A %B"` and `*.ron merge=nianbao` in
//! `.gitattributes`, git merges drafts cell by cell and paragraph by paragraph.

use std::path::PathBuf;

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::output::{self, CliError};
use crate::draft::Draft;
use crate::merge::{describe_conflict, merge};
use crate::store;
use crate::units::input::is_standard_stream;

#[derive(clap::Args)]
pub(super) struct MergeArgs {
    #[arg(value_name = "原来.ron", help = "两边改动之前的草稿（git 的 %O）")]
    base: PathBuf,
    #[arg(value_name = "本方.ron", help = "本方的草稿（%A）；合并的结果写回这个文件")]
    ours: PathBuf,
    #[arg(value_name = "对方.ron", help = "对方的草稿（%B）")]
    theirs: PathBuf,
    #[arg(short, long, value_name = "文件", help = "结果另写到这个文件，- 为标准输出")]
    output: Option<PathBuf>,
}

pub(super) fn run_merge(args: &MergeArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let ours = output::load_draft(&args.ours, context)?;
    let theirs = output::load_draft(&args.theirs, context)?;
    // Of a draft that both sides have added, git hands over an empty base.
    let is_empty = args.base.metadata().is_ok_and(|file| file.len() == 0);
    let base =
        if is_empty { blank_like(&ours.draft) } else { output::load_draft(&args.base, context)?.draft };
    let (draft, conflicts) = merge(&ours.form, &base, &ours.draft, &theirs.draft);
    // Both sides may have changed the forms.
    let form = output::draft_form(&draft, context.library)?;
    let text = store::to_ron(&form, &draft);
    match &args.output {
        Some(path) if is_standard_stream(path) => context.out.write_all(text.as_bytes())?,
        other => {
            let path = other.as_ref().unwrap_or(&args.ours);
            output::write_file(path, true, None, text.as_bytes(), context)?;
        }
    }
    if conflicts.is_empty() {
        return Ok(ExitStatus::Done);
    }
    let count = conflicts.len();
    eprint_line(context, &format!("有 {count} 处两边都改了，先保留本方的，请逐处核对："));
    for conflict in &conflicts {
        let (place, ours, theirs) = describe_conflict(&form, conflict);
        eprint_line(context, &format!("  {place}：本方 {ours}；对方 {theirs}"));
    }
    Ok(ExitStatus::Findings)
}

/// A draft in the same forms with nothing in it.
fn blank_like(draft: &Draft) -> Draft {
    let mut blank = Draft::empty(draft.forms.clone());
    blank.totals = draft.totals;
    blank
}
