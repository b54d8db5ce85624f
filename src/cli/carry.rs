//! `nianbao carry`: this year's draft from last year's.

use std::path::{Path, PathBuf};

use super::output::{self, Refusal};
use super::{Desk, Exit, say};
use crate::edit::carry;
use crate::store::{self, atomic};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "上年.ron", help = "上年的草稿")]
    last: PathBuf,
    #[arg(short, long, value_name = "文件", help = "新草稿写到哪里；不写就是 单位-年度.ron")]
    output: Option<PathBuf>,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let loaded = store::load(&args.last, desk.library)?;
    let last = &loaded.draft;
    let next = last.year().and_then(|year| year.checked_add(1)).filter(|year| *year <= 2999);
    let Some(year) = next else {
        let words = format!("{} 没有写报告年度，不知道下一年是哪一年；请先填上", args.last.display());
        return Err(Refusal::new(words));
    };
    if last.unit().trim().is_empty() {
        let words = format!("{} 没有写单位名称；请先填上", args.last.display());
        return Err(Refusal::new(words));
    }
    let mut draft = carry(&loaded.form, last, year, desk.library);
    let path = args.output.clone().unwrap_or_else(|| output::name(last.unit(), year));
    if path.canonicalize().is_ok_and(|own| args.last.canonicalize().is_ok_and(|last| last == own)) {
        let words = format!("{} 就是上年的草稿，新草稿不能写在它上面；请换一个名字", path.display());
        return Err(Refusal::new(words));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    draft.last = Some(output::relative(folder, &args.last));
    let form = draft.form(desk.library).map_err(|name| Refusal::new(format!("没有名为“{name}”的格式")))?;
    atomic::sweep(&path);
    output::draft(&path, args.force, &form, &draft, desk)?;
    say(desk, &format!("已新建 {}（{}），上年结转取自 {}", path.display(), form.name, args.last.display()));
    say(desk, "现行有效件数先放上年的数，请按本年制发、废止核对；正文留空。");
    Ok(Exit::Done)
}
