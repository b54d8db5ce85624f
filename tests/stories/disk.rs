//! The disk of the stories: what lies in its folders, what was opened lately, what was saved before.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use jiff::civil::{Date, date};
use nianbao::draft::{FilledCells, ReportState};
use nianbao::editor::{
    DraftDetail, DraftProgress, DraftSummary, Imported, ListedFile, ListedKind, Opened, PreviewContent,
    RecentEntry, SavedVersion,
};
use nianbao::export::Format;
use nianbao::form::Library;
use nianbao::import::{FileKind, first_lines, import};
use nianbao::store;
use nianbao::units;

use crate::{SAMPLE, TODAY};

/// The clerk's own folder.
pub const HOME: &str = "/家";
/// The folder in which the program was started.
pub const HERE: &str = "/家/年报/2025";

/// A path as the stories name it: without the folder in which the program was started.
pub fn local(path: &Path) -> &Path {
    path.strip_prefix(HERE).unwrap_or(path)
}

/// What lies in a folder.
pub fn list(folder: &Path) -> Result<Vec<ListedFile>, String> {
    let names: &[&str] = match folder.to_string_lossy().replace(MAIN_SEPARATOR, "/").as_str() {
        "/家" => &["下载/", "年报/"],
        "/家/下载" => &["示例市教育局2025年报.docx", "示例市民政局2025年报.pdf", "通知.html", "统计.xlsx"],
        "/家/年报" => &["2024/", "2025/"],
        "/家/年报/2024" => &["示例市水务局-2024.ron"],
        HERE => &[
            "各单位/",
            "坏的.ron",
            "已有.ron",
            "示例市水务局-2025.ron",
            "示例镇人民政府-2025.ron",
            "草稿.ron",
            "草稿.docx",
        ],
        "/家/年报/2025/各单位" => &["2024/", "教育局.ron", "民政局.ron", "水利局.ron", "示例镇.ron"],
        _ => return Err("文件或它所在的文件夹不存在，请核对位置".into()),
    };
    Ok(names.iter().zip(1..).map(|(name, number)| listed(&folder.join(name), name, number)).collect())
}

fn listed(path: &Path, name: &str, number: i8) -> ListedFile {
    let kind = match name {
        _ if name.ends_with('/') => ListedKind::Folder,
        _ if name.ends_with(".ron") => ListedKind::Draft,
        _ => ListedKind::Report(FileKind::of_name(name).unwrap()),
    };
    let saved_at = Some(date(2026, 1, 13 - number).at(16, 20, 0, 0));
    let path = path.components().collect();
    ListedFile { path, kind, bytes: 3_000 * number.unsigned_abs() as u64, saved_at, summary: None }
}

/// What is read of the drafts among files.
pub fn summaries<'f>(
    files: impl Iterator<Item = &'f ListedFile>,
) -> Vec<(PathBuf, Result<DraftSummary, String>)> {
    let drafts = files.filter(|file| file.kind == ListedKind::Draft);
    drafts.map(|file| (file.path.clone(), summary(&file.name()))).collect()
}

fn summary(name: &str) -> Result<DraftSummary, String> {
    if name == "坏的.ron" {
        return Err("第3行写的不是“auto”或“typed”".into());
    }
    let known = recent_drafts().into_iter().find(|recent| recent.path.ends_with(name));
    let progress = known.and_then(|recent| recent.progress).unwrap_or(DraftProgress {
        cells: FilledCells { filled: 60, all: 166 },
        errors: 0,
        warnings: 0,
        due: None,
        state: ReportState::Filling,
    });
    let stem = name.trim_end_matches(".ron");
    let (unit, year) = stem.split_once('-').unwrap_or((stem, "2025"));
    Ok(DraftSummary { unit: unit.into(), year: year.parse().ok(), progress })
}

/// What is shown of a file that is chosen: each draft is the sample, saved in the morning, with last year's report
/// gone; each report is what the sample would be as a text.
pub fn preview(path: &Path, kind: ListedKind) -> PreviewContent {
    let sample = store::parse("示例", SAMPLE.as_bytes(), &Library::new()).unwrap();
    match kind {
        ListedKind::Folder => match list(path) {
            Ok(files) => {
                PreviewContent::Folder(files.iter().map(|file| (file.kind.label(), file.name())).collect())
            }
            Err(message) => PreviewContent::Nothing(message),
        },
        ListedKind::Draft if path.ends_with("坏的.ron") => {
            PreviewContent::Nothing("第3行写的不是“auto”或“typed”".into())
        }
        ListedKind::Draft => {
            let mut draft = sample.draft;
            draft.last_year = Some("示例市水务局-2024.ron".into());
            let mut detail = DraftDetail::of(&sample.form, &draft);
            detail.saved_at = Some(TODAY.at(10, 5, 0, 0));
            detail.last_year.as_mut().unwrap().1 = false;
            PreviewContent::Draft(Box::new(detail))
        }
        ListedKind::Report(_) => {
            let text = Format::Text.write(&sample.form, &sample.draft).unwrap();
            PreviewContent::Lines(first_lines("报告.txt", &text, 60).unwrap())
        }
    }
}

/// The drafts opened lately: one under way, one without numbers, one that is done.
pub fn recent_drafts() -> Vec<RecentEntry> {
    let recent = |path: &str, unit: &str, year, opened: Date, progress| RecentEntry {
        path: path.into(),
        unit: unit.into(),
        year: Some(year),
        opened: Some(opened.at(11, 2, 0, 0)),
        progress,
        fault: None,
    };
    let progress = |filled, errors, warnings, due, state| DraftProgress {
        cells: FilledCells { filled, all: 200 },
        errors,
        warnings,
        due,
        state,
    };
    let under_way = Some(progress(188, 2, 1, Some(date(2026, 1, 31)), ReportState::Filling));
    vec![
        recent("/家/年报/2025/示例市水务局-2025.ron", "示例市水务局", 2025, TODAY, under_way),
        recent("/家/年报/2024/示例市水务局-2024.ron", "示例市水务局", 2024, date(2026, 1, 11), None),
        recent(
            "/家/年报/2025/示例镇人民政府-2025.ron",
            "示例镇人民政府",
            2025,
            date(2025, 11, 20),
            Some(progress(200, 0, 0, None, ReportState::Final)),
        ),
    ]
}

/// The versions of a draft that was the sample.
pub fn versions() -> Vec<SavedVersion> {
    let version = |when: &str, text: &str| {
        let report = store::parse("版本", text.as_bytes(), &Library::new());
        let report =
            report.map(|loaded| Box::new((loaded.form, loaded.draft))).map_err(|error| error.message);
        SavedVersion { saved_at: when.into(), bytes: text.len() as u64, report }
    };
    let earlier = SAMPLE
        .replace("natural: 58", "natural: 56")
        .replace("存在的主要问题：一是", "存在的主要问题：一是网站改版后旧链接打不开；二是")
        .replace("全年没有收取信息处理费。", "收取信息处理费120元。")
        .replace("totals: typed", "totals: auto");
    vec![
        version("2026-01-12 10:22", &SAMPLE.replace("version: 1", "version: 9")),
        version("2026-01-12 10:05", SAMPLE),
        version("2026-01-11 16:40", &earlier),
    ]
}

/// The next year's report from one of 2024, whose file is this.
pub fn carried(last: &Path) -> Opened {
    let library = Library::new();
    let loaded = store::parse("上年", SAMPLE.replace("2025", "2024").as_bytes(), &library).unwrap();
    let (draft, name) = units::carry_draft(&loaded, last, &library).unwrap();
    let form = draft.form(&library).unwrap();
    let message = "上年结转、现行有效件数取自上年的草稿，请核对；正文留空".into();
    let last_year = Some((loaded.form, loaded.draft));
    Opened { path: Some(last.with_file_name(name)), form, draft, last_year, message }
}

/// A published report in which three numbers are broken in two.
pub fn imported(path: &Path) -> Imported {
    let library = Library::new();
    let report = SAMPLE
        .replace("示例市水务局", "示例市教育局")
        .replace("natural: 24,", "natural: \"2 4\",")
        .replace("natural: 9, business: 1,", "natural: \"9 1\", business: \"1 0\",");
    let report = store::parse("报告", report.as_bytes(), &library).unwrap();
    let bytes = Format::Docx.write(&report.form, &report.draft).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let found = import(&name, &bytes, "2026-01-12", &library).unwrap();
    let form = found.draft.form(&library).unwrap();
    let opened = Opened { path: None, form, draft: found.draft, last_year: None, message: String::new() };
    let name = path.with_extension("ron").file_name().unwrap().to_string_lossy().into_owned();
    Imported {
        opened,
        name,
        cells_read: found.read_count,
        open_cells: found.open,
        decided_by_sums: found.decided_by_sums,
        unplaced: found.unplaced,
    }
}
