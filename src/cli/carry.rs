//! `nianbao carry`: this year's draft from last year's.

use std::path::{Path, PathBuf};

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::output::{self, CliError};
use crate::store::{self, atomic};
use crate::units::input::{is_standard_stream, load_input};
use crate::units::{carry_draft, unread_carried};

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
    let loaded = load_input(&args.last, context.library)?;
    let (mut draft, name) = carry_draft(&loaded, Path::new(&output::input_name(&args.last)), context.library)
        .map_err(CliError::new)?;
    let path = args.output.clone().unwrap_or(name);
    if path.canonicalize().is_ok_and(|own| args.last.canonicalize().is_ok_and(|last| last == own)) {
        let message = format!("{} 就是上年的草稿，新草稿不能写在它上面；请换一个名字", path.display());
        return Err(CliError::new(message));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    // What comes through a pipe has no file that this year's draft could name.
    let has_file = !is_standard_stream(&args.last);
    draft.last_year = has_file.then(|| store::stored_path(folder, &args.last));
    let form = output::draft_form(&draft, context.library)?;
    atomic::remove_temporary_files(&path);
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
        let message = format!("注意：上年的草稿里有 {unread} 格导入时未能确认，没有结转过来，空着等填。");
        eprint_line(context, &message);
    }
    eprint_line(context, "现行有效件数先放上年的数，请按本年制发、废止核对；正文留空。");
    Ok(ExitStatus::Done)
}
