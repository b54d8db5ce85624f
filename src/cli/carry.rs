//! `nianbao carry`: this year's draft from last year's.

use std::path::{Path, PathBuf};

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::output::{self, CliError};
use crate::draft::Draft;
use crate::edit::carry;
use crate::form::Library;
use crate::store::{self, Loaded, atomic};

#[derive(clap::Args)]
pub(super) struct CarryArgs {
    #[arg(value_name = "上年.ron", help = "上年的草稿，- 为标准输入")]
    last: PathBuf,
    #[arg(short, long, value_name = "文件", help = "新草稿写到哪里，- 为标准输出；不写就是 单位-年度.ron")]
    output: Option<PathBuf>,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

pub(super) fn run_carry(args: &CarryArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let loaded = output::load_input(&args.last, context.library)?;
    let (mut draft, name) = carry_draft(&loaded, Path::new(&output::input_name(&args.last)), context.library)
        .map_err(CliError::new)?;
    let path = args.output.clone().unwrap_or(name);
    if path.canonicalize().is_ok_and(|own| args.last.canonicalize().is_ok_and(|last| last == own)) {
        let message = format!("{} 就是上年的草稿，新草稿不能写在它上面；请换一个名字", path.display());
        return Err(CliError::new(message));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    // What comes through a pipe has no file that this year's draft could name.
    let has_file = !output::is_standard_stream(&args.last);
    draft.last_year = has_file.then(|| store::stored_path(folder, &args.last));
    let form = output::draft_form(&draft, context.library)?;
    atomic::remove_leftovers(&path);
    output::write_draft(&path, args.force, &form, &draft, context)?;
    eprint_line(
        context,
        &format!(
            "已新建 {}（{}），上年结转取自 {}",
            output::output_name(&path),
            form.name,
            output::input_name(&args.last)
        ),
    );
    let unread = unread_carried(&loaded);
    if unread > 0 {
        let message = format!("注意：上年的草稿里有 {unread} 格导入时没有认准，没有结转过来，空着等填。");
        eprint_line(context, &message);
    }
    eprint_line(context, "现行有效件数先放上年的数，请按本年制发、废止核对；正文留空。");
    Ok(ExitStatus::Done)
}

/// Returns the next year's draft from last year's, which was read from `path`, and the name of its file. The
/// caller sets the path of last year's draft.
///
/// # Errors
/// Returns a message for the clerk if last year's draft has no year or no unit.
pub fn carry_draft(last: &Loaded, path: &Path, library: &Library) -> Result<(Draft, PathBuf), String> {
    let (form, last) = (&last.form, &last.draft);
    let next = last.year().and_then(|year| year.checked_add(1)).filter(|year| *year <= 2999);
    let Some(year) = next else {
        return Err(format!("{} 没有写报告年度，不知道下一年是哪一年；请先填上", path.display()));
    };
    if last.unit().trim().is_empty() {
        return Err(format!("{} 没有写单位名称；请先填上", path.display()));
    }
    Ok((carry(form, last, year, library), output::draft_file_name(last.unit(), year)))
}

/// Returns how many cells that would be carried over are unread in last year's draft; they stay blank.
pub fn unread_carried(last: &Loaded) -> usize {
    let unread = last.draft.unread_cells(&last.form);
    unread.filter(|(field, _)| field.id.row() == "carried_out" || field.id.column() == "in_force").count()
}
