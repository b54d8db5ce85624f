//! Files from the editor's side: opening, saving, leaving, and what is asked on the way.

use std::path::PathBuf;

use super::command::Command;
use super::desk::Desk;
use super::layer::{Answer, Layer, Leave, Purpose};
use super::{Editor, Effect, Opened, Page, Return, SaveFault, cell, home, units};

/// Asks for the unit and the year of a new report.
pub fn new_report(editor: &mut Editor, path: Option<PathBuf>) {
    // The report of a year is written in the January after it.
    let year = editor.today.map_or(String::new(), |today| (today.year() - 1).to_string());
    editor.layers.push(Layer::fields(Purpose::New(path), &[("单位名称", ""), ("报告年度", &year)]));
}

/// Saves where the draft was saved before; asks for a name where it never was.
pub fn save(editor: &mut Editor) -> Vec<Effect> {
    let Some(desk) = editor.desk_mut() else { return Vec::new() };
    cell::commit(desk);
    if desk.read_only {
        editor.notice = "只看不改，没有保存".into();
        return Vec::new();
    }
    match desk.path.clone() {
        Some(path) => save_to(editor, path, false),
        None => {
            save_as(editor);
            Vec::new()
        }
    }
}

/// Asks for a name to save under.
pub fn save_as(editor: &mut Editor) {
    let Some(desk) = editor.desk_mut() else { return };
    cell::commit(desk);
    let name = desk.path.as_ref().map_or(desk.name.clone(), |path| path.to_string_lossy().into_owned());
    editor.layers.push(Layer::fields(Purpose::SaveAs, &[("文件名", &name)]));
}

/// Asks for the draft to be written there.
pub fn save_to(editor: &mut Editor, path: PathBuf, overwrite: bool) -> Vec<Effect> {
    let Some(desk) = editor.desk_mut() else { return Vec::new() };
    desk.history.close_group();
    let (form, draft) = (desk.form.clone(), Box::new(desk.draft.clone()));
    vec![Effect::Save { path, form, draft, overwrite }]
}

/// The draft was written, or was not.
pub fn saved(editor: &mut Editor, path: PathBuf, result: Result<(), SaveFault>) -> Vec<Effect> {
    let leaving = editor.leaving.take();
    let Some(desk) = editor.desk_mut() else { return Vec::new() };
    match result {
        Ok(()) => {
            desk.name =
                path.file_name().map_or(desk.name.clone(), |name| name.to_string_lossy().into_owned());
            desk.path = Some(path);
            desk.history.mark_saved();
            editor.notice = "已保存".into();
            leaving.map_or_else(Vec::new, |leaving| go(editor, leaving))
        }
        Err(SaveFault::Exists) => {
            editor.leaving = leaving;
            editor.layers.push(Layer::Ask {
                words: format!("“{}”已经存在。要覆盖它吗？", path.display()),
                answers: vec![("不覆盖", Answer::Back), ("覆盖", Answer::Overwrite(path))],
                at: 0,
            });
            Vec::new()
        }
        Err(SaveFault::Changed) => {
            editor.leaving = leaving;
            Vec::new()
        }
        Err(SaveFault::Gone) => {
            editor.leaving = leaving;
            editor.layers.push(Layer::Ask {
                words: format!("文件已不在原处（可能被移走、改名或删除）：{}。", path.display()),
                answers: vec![
                    ("仍存到原处", Answer::Overwrite(path)),
                    ("另存为…", Answer::SaveAs),
                    ("取消", Answer::Back),
                ],
                at: 0,
            });
            Vec::new()
        }
        Err(SaveFault::Linked(names)) => {
            editor.leaving = leaving;
            editor.layers.push(Layer::Ask {
                words: format!(
                    "这个文件有 {names} 个名字（硬链接）。保存后只有“{}”是新内容，别的名字还是旧的。",
                    path.display()
                ),
                answers: vec![("照样保存", Answer::Overwrite(path)), ("先不存", Answer::Back)],
                at: 0,
            });
            Vec::new()
        }
        Err(SaveFault::Comments(count)) => {
            editor.leaving = leaving;
            editor.layers.push(Layer::Ask {
                words: format!(
                    "别人在文件里写了 {count} 处批注（//）。草稿里没有放批注的地方，保存后文件里不再有；\
                     那一版会留在“历史版本”里。"
                ),
                answers: vec![("照样保存", Answer::Overwrite(path)), ("先不存", Answer::Back)],
                at: 0,
            });
            Vec::new()
        }
        Err(SaveFault::Failed(words)) => {
            let palette = editor.press_hint(Command::Palette, "用“另存为”存到别处");
            let save_as = format!("内容还在屏幕上，没有丢。可以{palette}。");
            let lines = vec![words, String::new(), save_as];
            editor.layers.push(Layer::Text { title: "没有存上".into(), lines, top: 0 });
            Vec::new()
        }
    }
}

/// Leaves the report, after asking where something is not saved.
pub fn leave(editor: &mut Editor, leave: Leave) -> Vec<Effect> {
    if let Some(desk) = editor.desk_mut() {
        cell::commit(desk);
    }
    if !editor.is_modified() {
        return go(editor, leave);
    }
    editor.layers.push(Layer::Ask {
        words: "有改动还没有保存。".into(),
        answers: vec![
            ("保存后离开", Answer::SaveThenLeave(leave.clone())),
            ("不保存", Answer::Leave(leave)),
            ("接着填", Answer::Back),
        ],
        at: 0,
    });
    Vec::new()
}

/// Leaves without asking.
pub fn go(editor: &mut Editor, leave: Leave) -> Vec<Effect> {
    match leave {
        Leave::Quit => vec![Effect::Close, Effect::Quit],
        Leave::Back => back(editor),
        Leave::Unit(path) => {
            let desk = editor.desk();
            let here = desk.and_then(|desk| Some(Return::Compiled(desk.path.clone()?, desk.field())));
            // What is here stays until the other draft could be read.
            editor.opening = here;
            vec![Effect::Open(path)]
        }
        Leave::Home => {
            editor.folder = None;
            editor.returns.clear();
            editor.page = Page::Home(home::Home::default());
            vec![Effect::Close, Effect::Recent]
        }
    }
}

/// Goes back to where the report was opened from.
fn back(editor: &mut Editor) -> Vec<Effect> {
    match editor.returns.pop() {
        None => go(editor, Leave::Quit),
        Some(Return::Folder) => {
            let path = editor.desk().and_then(|desk| desk.path.clone());
            editor.page = Page::Folder;
            let mut effects = vec![Effect::Close];
            effects.extend(path.map(Effect::Standing));
            effects
        }
        Some(Return::Compiled(path, field)) => {
            editor.landing = field;
            vec![Effect::Open(path)]
        }
    }
}

/// A draft was read; the sample is the one that is read from no file.
pub fn opened(editor: &mut Editor, opened: Opened) -> Vec<Effect> {
    let is_sample = opened.path.is_none();
    let effects = on_desk(editor, opened);
    if let Some(desk) = editor.desk_mut() {
        desk.is_sample = is_sample;
    }
    effects
}

/// Puts a report on the desk.
pub fn on_desk(editor: &mut Editor, opened: Opened) -> Vec<Effect> {
    let mut desk = Desk::new(opened.path, opened.form, opened.draft, opened.last, editor.today);
    let landing = editor.landing.take();
    if let Some(field) = &landing {
        desk.go(field, None);
    }
    let units = units::look(&desk);
    editor.page = Page::Desk(Box::new(desk));
    editor.returns.extend(editor.opening.take());
    editor.layers.clear();
    editor.notice = opened.words;
    let back = match editor.returns.last() {
        Some(Return::Folder) => "各单位一览",
        Some(Return::Compiled(..)) => "汇总",
        None => "",
    };
    if editor.notice.is_empty() && !back.is_empty() {
        editor.notice = format!("看完{}", editor.press_hint(Command::Quit, &format!("回到{back}")));
    }
    units.into_iter().collect()
}

/// A draft could not be read.
pub fn refused(editor: &mut Editor, words: String) -> Vec<Effect> {
    (editor.opening, editor.landing) = (None, None);
    let lines = words.lines().map(String::from).collect();
    editor.layers.push(Layer::Text { title: "打不开".into(), lines, top: 0 });
    Vec::new()
}

/// The draft to open does not exist yet.
pub fn missing(editor: &mut Editor, path: PathBuf) -> Vec<Effect> {
    if editor.opening.is_some() || editor.landing.is_some() {
        return refused(editor, format!("“{}”不在了，可能已经移走或改名", path.display()));
    }
    editor.notice = format!("“{}”还没有，先新建", path.display());
    new_report(editor, Some(path));
    Vec::new()
}
