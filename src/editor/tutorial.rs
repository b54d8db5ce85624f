//! The line that leads through the sample report: see the mistakes, jump to one, fix it, save.
//!
//! The step is derived from the open report each time; nothing is counted along the way, so any order of
//! steps works.

use std::collections::BTreeSet;

use super::command::{Command, Scope};
use super::document::Document;
use super::view::View;
use super::{Editor, cursor};
use crate::check::Severity;
use crate::form::FieldId;

/// How far the clerk has come with the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TutorialStep {
    /// The tab shown has no mistakes, this one has; so many places are left.
    See(usize, usize),
    /// The tab shown has mistakes, the cursor is on none; so many places are left.
    Jump(usize),
    /// The cursor is where a mistake is; whether it has a fix.
    Fix(bool),
    /// A cell is being typed.
    Type,
    /// All is mended and not saved.
    Save,
    /// All is mended and saved.
    Done,
}

impl TutorialStep {
    /// The step reached; `None` if the report is not the sample.
    pub fn current(document: &Document, view: &View) -> Option<Self> {
        if !document.is_sample {
            return None;
        }
        let errors = || document.findings.iter().filter(|f| f.is_open() && f.severity == Severity::Error);
        let places: BTreeSet<&FieldId> = errors().filter_map(cursor::finding_target).collect();
        let field = view.current_field(document).filter(|_| !view.is_list());
        let mut here =
            errors().filter(|finding| field.as_ref() == cursor::finding_target(finding)).peekable();
        let with_errors = || (0..view.tabs.len()).find(|&at| view.tabs[at].count_findings(document).0 > 0);
        Some(if view.cell_edit.is_some() {
            TutorialStep::Type
        } else if places.is_empty() && document.path.is_some() && !document.history.is_modified() {
            TutorialStep::Done
        } else if places.is_empty() {
            TutorialStep::Save
        } else if here.peek().is_some() {
            TutorialStep::Fix(here.any(|finding| finding.fix.is_some()))
        } else if view.tabs[view.tab].count_findings(document).0 > 0 {
            TutorialStep::Jump(places.len())
        } else {
            TutorialStep::See(with_errors().unwrap_or(view.tab), places.len())
        })
    }
}

/// What to do in the step, with the keys as they are bound; `None` if no sample is open, or a layer is
/// over it.
pub fn tutorial_hint(editor: &Editor) -> Option<String> {
    let (document, view) = editor.open_report().filter(|_| editor.layers.is_empty())?;
    let here = |command, purpose| editor.keys.press(editor.scope(), command, purpose);
    let typing = |command| editor.keys.press(Scope::Typing, command, "");
    Some(match TutorialStep::current(document, view)? {
        TutorialStep::See(tab, left) => {
            let to =
                here(Command::SECTION_TABS.get(tab).copied().unwrap_or(Command::TabFindings), "转到该页");
            format!("示例 1/4 查看：有 {left} 处错误，页签上标有 !。{to}")
        }
        TutorialStep::Jump(left) => {
            let next = here(Command::NextFinding, "转到该处");
            format!("示例 2/4 定位：标有 ! 处不相符，还有 {left} 处。{next}")
        }
        TutorialStep::Fix(true) => {
            format!("示例 3/4 改正：原因见上方。{}", here(Command::ApplyFix, "改正"))
        }
        TutorialStep::Fix(false) => {
            format!("示例 3/4 改正：原因见上方。输入正确的数，{}", typing(Command::Enter))
        }
        TutorialStep::Type => {
            let (done, given_up) = (typing(Command::Enter), typing(Command::Cancel));
            format!("示例 3/4 改正：输入后{done}，取消修改{given_up}")
        }
        TutorialStep::Save => {
            format!("示例 4/4 保存：已全部相符。{}", here(Command::Save, "，输入文件名保存"))
        }
        TutorialStep::Done => {
            let new = editor.keys.press(Scope::Home, Command::NewReport, "新建");
            format!("示例 完成：已保存。{}；下次打开时{new}", here(Command::Quit, "退出"))
        }
    })
}
