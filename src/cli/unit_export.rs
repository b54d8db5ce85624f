//! `nianbao export` of a folder or of a compiled report: a workbook with a row for each unit, and who gave
//! what.

use std::path::Path;

use super::context::{CommandContext, eprint_line};
use super::output::CliError;
use crate::compile::{Contribution, Roster, UnitStatus};
use crate::draft::Compiled;
use crate::export::ExportError;
use crate::export::xlsx::{UnitNumbers, UnitSheets, to_compiled_xlsx, to_units_xlsx};
use crate::store::{self, Loaded};
use crate::units::file_checker::FileChecker;
use crate::units::files::{self, FoundFile};
use crate::units::{check_unit_file, find_roster};

/// Returns the workbook of a folder: all drafts in it, and whoever is on its roster without one; and whether
/// all were read.
pub(super) fn folder_workbook(
    folder: &Path,
    context: &mut CommandContext,
) -> Result<(Vec<u8>, bool), CliError> {
    let roster = find_roster(None, folder).map_err(CliError::new)?;
    let checker = FileChecker::new(context.library, None, context.today);
    let mut sheets = UnitSheets::default();
    let (mut reported, mut all_read) = (Vec::new(), true);
    for found in files::list_drafts(&[folder.to_path_buf()]) {
        let FoundFile { path, error } = &found;
        let shown = path.strip_prefix(folder).unwrap_or(path).display().to_string();
        let read = match error {
            Some(message) => Err(format!("{}：{message}", path.display())),
            None => store::load(path, context.library).map_err(|error| error.to_string()),
        };
        match read {
            Ok(Loaded { draft, .. }) if draft.compiled.is_some() => {
                eprint_line(context, &format!("{} 是汇总报告，没有列入", path.display()));
            }
            Ok(Loaded { form, draft, .. }) => {
                let unit_file = check_unit_file(&checker, &found);
                let status = match UnitStatus::of(&[&unit_file]) {
                    UnitStatus::Errors => format!("有错误（{}）", unit_file.errors),
                    status => status.label().to_string(),
                };
                reported.push(unit_file.unit);
                sheets.units.push(UnitNumbers::of(&form, &draft, shown, status));
            }
            Err(message) => {
                eprint_line(context, &message);
                all_read = false;
                sheets.units.push(UnitNumbers::missing(String::new(), shown, "无法读取".into()));
            }
        }
    }
    if reported.is_empty() {
        return Err(CliError::new(format!("{}：{}", folder.display(), files::NO_DRAFT)));
    }
    let missing = |roster: Roster| roster.missing(reported.iter().map(String::as_str));
    for unit in roster.map_or_else(Vec::new, missing) {
        sheets.units.push(UnitNumbers::missing(unit, String::new(), UnitStatus::Missing.label().into()));
    }
    let bytes = to_units_xlsx(&sheets).map_err(|error| export_error(folder, &error))?;
    Ok((bytes, all_read))
}

/// Returns the workbook of the compiled report at `path`: the report, and its units as their files are now.
pub(super) fn compiled_workbook(
    path: &Path,
    loaded: &Loaded,
    compiled: &Compiled,
    context: &CommandContext,
) -> Result<Vec<u8>, CliError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut sheets = UnitSheets { units: Vec::new(), adjustments: compiled.adjustments.clone() };
    for part in &compiled.units {
        let (unit, file) = (part.unit.clone(), part.file.clone());
        sheets.units.push(match store::load(&folder.join(&part.file), context.library) {
            Ok(Loaded { form, draft, .. }) => {
                let is_same = Contribution::of(&form, &draft).fingerprint == part.print;
                let status = if is_same { "已计入" } else { "计入以后又改过" };
                UnitNumbers::of(&form, &draft, file, status.into())
            }
            Err(_) => UnitNumbers::missing(unit, file, "已计入，但文件现在读不出来".into()),
        });
    }
    for unit in &compiled.missing {
        sheets.units.push(UnitNumbers::missing(unit.clone(), String::new(), "缺报，没有计入".into()));
    }
    to_compiled_xlsx(&loaded.form, &loaded.draft, &sheets).map_err(|error| export_error(path, &error))
}

fn export_error(path: &Path, error: &ExportError) -> CliError {
    CliError::new(format!("{}：{error}", path.display()))
}
