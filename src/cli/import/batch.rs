//! Many reports at once: a line for each; one that cannot be read stops nothing.

use std::collections::BTreeSet;
use std::path::Path;

use super::arguments::{ImportArgs, ImportReportFormat};
use crate::cli::context::{CommandContext, ExitStatus, eprint_line};
use crate::cli::escape::escape_line;
use crate::cli::output::{self, CliError};
use crate::cli::progress::progress_bar_of;
use crate::store::{self, atomic};
use crate::units::import::{BatchDraft, BatchSource, DraftClaims, list_sources, read_report};
use crate::units::map_in_order;

pub(super) fn import_files(args: &ImportArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let output = args.output.as_deref();
    if output.is_some_and(|path| !path.is_dir() && (path.exists() || path.extension().is_some())) {
        return Err(CliError::new("几个文件不能写进同一份草稿；请去掉 -o，或用 -o 写明一个文件夹"));
    }
    if args.format == ImportReportFormat::Json {
        return Err(CliError::new("--format json 一次只报告一个文件"));
    }
    let sources: Vec<BatchSource> = args.files.iter().flat_map(|path| list_sources(path, output)).collect();
    if let ([one], true) = (&sources[..], args.files.len() == 1)
        && let Some(error) = &one.error
    {
        return Err(CliError::new(format!("{}：{error}", one.file.display())));
    }
    let folders: BTreeSet<_> = sources.iter().filter_map(|source| source.draft.parent()).collect();
    for folder in folders {
        atomic::remove_temporary_files(&folder.join("*"));
    }
    let (library, today) = (context.library, context.today);
    let progress = progress_bar_of(context.err_is_terminal, "导入", sources.len());
    let mut claims = DraftClaims::default();
    let (mut worst, mut done, mut open, mut refused) = (ExitStatus::Done, 0, 0, 0);
    let mut failed: Option<CliError> = None;
    let each = |source: BatchSource| (read_report(&source, library, today), source);
    map_in_order(sources.into_iter(), each, |(read, source)| {
        progress.inc(1);
        let outcome: Result<BatchDraft, String> = progress.suspend(|| {
            let (read, form) = read?;
            claims.claim(&source)?;
            make_folder(&source.draft)?;
            output::write_draft(&source.draft, args.force, &form, &read.draft, context)
                .map_err(|error| error.message().to_string())?;
            Ok(BatchDraft::of(source.draft.clone(), &read, &form))
        });
        progress.suspend(|| match outcome {
            Ok(draft) => {
                done += 1;
                open += usize::from(draft.is_open());
                worst = worst.max(if draft.is_open() { ExitStatus::Findings } else { ExitStatus::Done });
                let words =
                    format!("{}：{} → {}", source.file.display(), draft.describe(), draft.path.display());
                claims.note_unit(&source.file, &draft);
                writeln!(context.out, "{}", escape_line(&words))
                    .map_err(|error| failed = Some(error.into()))
                    .is_ok()
            }
            Err(message) => {
                refused += 1;
                worst = ExitStatus::Failed;
                eprint_line(context, &format!("{}：{message}", source.file.display()));
                true
            }
        })
    });
    progress.finish_and_clear();
    if let Some(error) = failed {
        return Err(error);
    }
    for (unit, files) in claims.repeated_units() {
        worst = worst.max(ExitStatus::Findings);
        eprint_line(
            context,
            &format!("注意：{unit}有 {} 份：{files}；请核对后只留一份", files.split('、').count()),
        );
    }
    let part =
        |count: usize, words: &str| if count > 0 { format!("{count} 份{words}") } else { String::new() };
    let parts = [part(open, "有空白或待核对的栏"), part(refused, "没有读入")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let rest = if parts.is_empty() { String::new() } else { format!("；{}", parts.join("，")) };
    eprint_line(context, &format!("已读入 {done} 份{rest}"));
    Ok(worst)
}

fn make_folder(draft: &Path) -> Result<(), String> {
    let folder = draft.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.map_err(|error| format!("文件夹建不了：{}", store::system_message(&error)))
}
