//! The lines about folders: where drafts and the journal are written, and the user's settings.

use std::path::Path;

use super::line::DoctorLine;
use super::line::Level::{Bad, Good, Notice};
use crate::editor::Keymap;
use crate::store::{AppDirs, probe_folder};
use crate::ui::Themes;

/// Less free space than this is reported, in bytes; a report and its journal take under one megabyte.
const LOW_SPACE: u64 = 50 * 1024 * 1024;

/// Returns the lines about the current folder and the user's own.
pub fn lines(dirs: Option<&AppDirs>) -> Vec<DoctorLine> {
    let mut lines = vec![current_folder(Path::new("."))];
    let Some(dirs) = dirs else {
        lines.push(
            DoctorLine::new(Bad, "日志", "没有主目录，断线时没有保存的改动恢复不了")
                .remedy("设置 HOME，如 export HOME=/home/用户名"),
        );
        return lines;
    };
    let journals = dirs.journals();
    let state = probe_folder(&journals);
    lines.push(match &state.writable {
        Err(why) => DoctorLine::new(Bad, "日志", format!("{} 写不进：{why}", state.folder.display()))
            .remedy("写不进就没有恢复记录：请管理员放开权限，或另设 XDG_STATE_HOME"),
        Ok(()) => free_space("日志", &format!("写得进 {}", journals.display()), state.free_bytes),
    });
    lines.push(settings(dirs));
    lines
}

fn current_folder(folder: &Path) -> DoctorLine {
    let state = probe_folder(folder);
    match state.writable {
        Err(why) => DoctorLine::new(Notice, "本目录", format!("写不进：{why}"))
            .remedy("草稿请放在写得进的地方，比如主目录"),
        Ok(()) if !state.locks => DoctorLine::new(
            Notice,
            "本目录",
            "写得进；这里的磁盘不支持文件锁，别人同时打开一份草稿时可能不提示",
        )
        .remedy("多人共用的草稿，请约好谁在改"),
        Ok(()) => free_space("本目录", "写得进；两人同时打开一份草稿会提示", state.free_bytes),
    }
}

fn free_space(subject: &'static str, text: &str, free: Option<u64>) -> DoctorLine {
    match free {
        Some(free) if free < LOW_SPACE => {
            DoctorLine::new(Bad, subject, format!("{text}，但只剩 {}", size(free))).remedy("请清出一些空间")
        }
        Some(free) => DoctorLine::new(Good, subject, format!("{text}，还有 {}", size(free))),
        None => DoctorLine::new(Good, subject, text),
    }
}

fn size(bytes: u64) -> String {
    match bytes / (1024 * 1024) {
        megabytes @ ..10_240 => format!("{megabytes} MB"),
        megabytes => format!("{} GB", megabytes / 1024),
    }
}

/// The user's own keys, theme and forms.
fn settings(dirs: &AppDirs) -> DoctorLine {
    let (library, mut mistakes) = dirs.library();
    let mut found = Vec::new();
    match dirs.read_keys() {
        Ok(None) => {}
        Ok(Some(text)) => match Keymap::shipped().with_overrides(&text) {
            Ok(_) => found.push("按键".to_string()),
            Err(error) => {
                let file = dirs.keys();
                return DoctorLine::new(Bad, "设置", format!("{}：{error}", file.display()))
                    .remedy("改好这一行；改好以前用原来的按键");
            }
        },
        Err(error) => mistakes.push(error),
    }
    match dirs.read_theme() {
        Ok(None) => {}
        Ok(Some(text)) => match Themes::shipped().with_overrides(&text) {
            Ok(_) => found.push("配色".to_string()),
            Err(error) => {
                let file = dirs.theme();
                return DoctorLine::new(Bad, "设置", format!("{}：{error}", file.display()))
                    .remedy("改好这一行；改好以前用原来的配色");
            }
        },
        Err(error) => mistakes.push(error),
    }
    if let Some(mistake) = mistakes.first() {
        return DoctorLine::new(Bad, "设置", mistake.to_string()).remedy("改好这个文件；改好以前不用它");
    }
    let own = library.list().len().saturating_sub(2);
    if own > 0 {
        found.push(format!("格式 {own} 个"));
    }
    let text =
        if found.is_empty() { "没有自己的按键、配色和格式".into() } else { found.join("、") };
    DoctorLine::new(Good, "设置", text)
}
