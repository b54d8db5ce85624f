//! `nianbao carry`: this year's draft from last year's.

use std::path::{Path, PathBuf};

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::output::{self, CliError};
use crate::edit::carry;
use crate::store::{self, atomic};

#[derive(clap::Args)]
pub(super) struct CarryArgs {
    #[arg(value_name = "上年.ron", help = "上年的草稿")]
    last: PathBuf,
    #[arg(short, long, value_name = "文件", help = "新草稿写到哪里；不写就是 单位-年度.ron")]
    output: Option<PathBuf>,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

pub(super) fn run_carry(args: &CarryArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let loaded = store::load(&args.last, context.library)?;
    let last = &loaded.draft;
    let next = last.year().and_then(|year| year.checked_add(1)).filter(|year| *year <= 2999);
    let Some(year) = next else {
        let message = format!("{} 没有写报告年度，不知道下一年是哪一年；请先填上", args.last.display());
        return Err(CliError::new(message));
    };
    if last.unit().trim().is_empty() {
        let message = format!("{} 没有写单位名称；请先填上", args.last.display());
        return Err(CliError::new(message));
    }
    let mut draft = carry(&loaded.form, last, year, context.library);
    let path = args.output.clone().unwrap_or_else(|| output::draft_file_name(last.unit(), year));
    if path.canonicalize().is_ok_and(|own| args.last.canonicalize().is_ok_and(|last| last == own)) {
        let message = format!("{} 就是上年的草稿，新草稿不能写在它上面；请换一个名字", path.display());
        return Err(CliError::new(message));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    draft.last_year = Some(output::relative_path(folder, &args.last));
    let form = output::draft_form(&draft, context.library)?;
    atomic::remove_leftovers(&path);
    output::write_draft(&path, args.force, &form, &draft, context)?;
    eprint_line(
        context,
        &format!("已新建 {}（{}），上年结转取自 {}", path.display(), form.name, args.last.display()),
    );
    let unread = last.unread_cells(&loaded.form);
    let unread =
        unread.filter(|(field, _)| field.id.row() == "carried_out" || field.id.column() == "in_force");
    let unread = unread.count();
    if unread > 0 {
        let message = format!("注意：上年的草稿里有 {unread} 格导入时没有认准，没有结转过来，空着等填。");
        eprint_line(context, &message);
    }
    eprint_line(context, "现行有效件数先放上年的数，请按本年制发、废止核对；正文留空。");
    Ok(ExitStatus::Done)
}
