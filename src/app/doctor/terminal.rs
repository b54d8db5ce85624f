//! The lines about the terminal, as a pure function of what is known of it.

use super::facts::Facts;
use super::known::{ClipboardSupport, known};
use super::line::DoctorLine;
use super::line::Level::{Bad, Good, Notice, Unknown};
use crate::editor::MIN_SIZE;
use crate::editor::key::{Key, KeyCode};
use crate::editor::{Command, Scope};
use crate::terminal::assignment;
use crate::terminal::glyph::AmbiguousWidth;
use crate::terminal::sgr::Colours;

/// Returns all lines, the most important first.
pub fn lines(facts: &Facts) -> Vec<DoctorLine> {
    let mut lines = vec![charset(facts), screen(facts)];
    lines.extend(window(facts));
    lines.extend([colours(facts), width(facts), keys(facts)]);
    lines.extend(flow(facts));
    lines.push(clipboard(facts));
    lines
}

fn charset(facts: &Facts) -> DoctorLine {
    let setting = match facts.locale.setting.as_str() {
        "" if facts.locale.is_utf8 => "不用设置",
        "" => "语言没有设置（LANG 是空的）",
        set => set,
    };
    let answered = facts.answers.as_ref().and_then(|answers| answers.is_utf8());
    let export = "运行 export LC_ALL=C.UTF-8；写进 ~/.profile，以后登录就不用再设";
    match (answered, facts.locale.is_utf8) {
        (Some(true), true) => DoctorLine::new(Good, "编码", format!("{setting}，终端也按 UTF-8 显示")),
        (Some(true), false) => {
            DoctorLine::new(Notice, "编码", format!("终端按 UTF-8 显示；{setting}，别的程序可能显示不了汉字"))
                .remedy(export)
        }
        (Some(false), _) => {
            DoctorLine::new(Bad, "编码", format!("{setting}，但终端不按 UTF-8 显示，汉字会成乱码")).remedy(
                "把终端的字符集改成 UTF-8（PuTTY：Window → Translation），再运行 export LC_ALL=C.UTF-8",
            )
        }
        (None, true) => DoctorLine::new(Good, "编码", format!("{setting}（没有问到终端）")),
        (None, false) => DoctorLine::new(Bad, "编码", format!("{setting}，不是 UTF-8")).remedy(export),
    }
}

fn screen(facts: &Facts) -> DoctorLine {
    let term = (facts.variable)("TERM").unwrap_or_default();
    let said = if term.is_empty() { "TERM 没有设置".into() } else { format!("TERM={term}") };
    let name = known(facts).map_or(String::new(), |known| format!("，{}", known.name));
    if !facts.capabilities.full_screen {
        return DoctorLine::new(Bad, "终端", format!("{said}，打不开编辑界面；命令照样能用"))
            .remedy("换一个终端，或运行 export TERM=xterm-256color");
    }
    if term == "linux" {
        return DoctorLine::new(Notice, "终端", format!("{said}{name}，一般显示不了汉字"))
            .remedy("从别的电脑用 SSH 登录，或用图形界面里的终端，或装 fbterm、kmscon");
    }
    DoctorLine::new(Good, "终端", format!("{said}{name}"))
}

fn window(facts: &Facts) -> Option<DoctorLine> {
    let (columns, rows) = facts.window?;
    let text = format!("{columns} 列 {rows} 行");
    if columns < MIN_SIZE.0 || rows < MIN_SIZE.1 {
        let least = format!("把窗口拉大，或把字号调小，至少 {} 列 {} 行", MIN_SIZE.0, MIN_SIZE.1);
        return Some(DoctorLine::new(Bad, "窗口", text).remedy(least));
    }
    Some(DoctorLine::new(Good, "窗口", text))
}

fn colours(facts: &Facts) -> DoctorLine {
    let without = "没有颜色；问题用符号和反白标出，一样看得见";
    match facts.capabilities.colours {
        Colours::Many => DoctorLine::new(Good, "颜色", "256 色或更多"),
        Colours::Sixteen => DoctorLine::new(Good, "颜色", "16 色"),
        Colours::Eight => DoctorLine::new(Good, "颜色", "8 色"),
        Colours::None if (facts.variable)("NO_COLOR").is_some() => {
            DoctorLine::new(Good, "颜色", format!("按 NO_COLOR 的要求不用；{without}"))
        }
        Colours::None => DoctorLine::new(Notice, "颜色", without),
    }
}

/// Returns the line about the width of “—…①, which was asked, set, or is known of this terminal.
fn width(facts: &Facts) -> DoctorLine {
    let setting = format!("如果表格线对不齐，运行 {}，或 narrow", assignment("NIANBAO_AMBIGUOUS", "wide"));
    let answered: Vec<_> = facts.answers.iter().flat_map(|answers| answers.ambiguous()).collect();
    let said = || answered.iter().map(|(text, columns)| format!("{text} {columns} 格")).collect::<Vec<_>>();
    let all = |columns| !answered.is_empty() && answered.iter().all(|(_, answered)| *answered == columns);
    match facts.capabilities.ambiguous {
        AmbiguousWidth::Wide => {
            DoctorLine::new(Good, "字宽", "“ — … ① 算 2 格（按 NIANBAO_AMBIGUOUS 的设置）")
        }
        AmbiguousWidth::Narrow => DoctorLine::new(Good, "字宽", "“ — … ① 算 1 格（按终端的种类或设置）"),
        AmbiguousWidth::Unknown if all(1) => DoctorLine::new(Good, "字宽", "“ — … ① · 都是 1 格（终端答的）"),
        AmbiguousWidth::Unknown if all(2) => DoctorLine::new(Good, "字宽", "“ — … ① · 都是 2 格（终端答的）"),
        AmbiguousWidth::Unknown if answered.is_empty() => {
            let why =
                if facts.answers.is_some() { "终端没有回答" } else { "这里不是终端，问不了" };
            DoctorLine::new(Unknown, "字宽", format!("“ — … ① 占几格：{why}")).remedy(setting)
        }
        AmbiguousWidth::Unknown => {
            DoctorLine::new(Notice, "字宽", format!("宽窄不一：{}；以 — 为准", said().join("，")))
                .remedy(setting)
        }
    }
}

/// Returns the name of the list of all commands, with the key that opens it.
fn palette(facts: &Facts) -> String {
    match facts.keys.label(Scope::Everywhere, Command::Palette) {
        Some(key) => format!(" {key} 的全部命令"),
        None => "全部命令".into(),
    }
}

/// The key that stops the output of a terminal with flow control, whatever the key map says.
const STOP: Key = Key { code: KeyCode::Char('s'), ctrl: true, alt: false, shift: false };

fn keys(facts: &Facts) -> DoctorLine {
    let Some(known) = known(facts) else {
        return DoctorLine::new(Unknown, "按键", "认不出是哪种终端；F 键和 Alt 组合键有的终端会留着自己用")
            .remedy(format!("不到的键，在{}里都有", palette(facts)));
    };
    if known.keeps.is_empty() {
        return DoctorLine::new(Good, "按键", format!("{} 不留用本程序的键", known.name));
    }
    let remedy = if known.remedy.is_empty() { "" } else { "；或者不改，" };
    DoctorLine::new(Notice, "按键", format!("{} 可能留着自己用：{}", known.name, known.keeps))
        .remedy(format!("{}{remedy}在{}里选", known.remedy, palette(facts)))
}

fn flow(facts: &Facts) -> Option<DoctorLine> {
    facts.flow_control.map(|on| {
        let saves = facts.keys.command(Scope::Everywhere, STOP) == Some(Command::Save);
        let text = match on {
            true if saves => {
                format!("{STOP} 现在会停住屏幕；打开编辑界面时本程序把它关掉，{STOP} 就是保存")
            }
            true => format!("{STOP} 现在会停住屏幕；打开编辑界面时本程序把它关掉"),
            false => format!("{STOP} 不会停住屏幕"),
        };
        DoctorLine::new(Good, "流控", text)
    })
}

fn clipboard(facts: &Facts) -> DoctorLine {
    let answers_52 = facts.answers.as_ref().is_some_and(|answers| answers.kind.contains(&52));
    let in_between = ["TMUX", "STY"].iter().any(|name| (facts.variable)(name).is_some());
    let line = |level, text: &str| DoctorLine::new(level, "剪贴板", text);
    let by_mouse = "按住 Shift 用鼠标选中再复制；在本程序里复制、粘贴不受影响";
    if facts.tmux_clipboard.as_deref() == Some("on") {
        return line(Good, "tmux 的 set-clipboard 是 on：复制的内容交给外面的终端");
    }
    match known(facts).map(|known| known.clipboard) {
        _ if answers_52 && !in_between => line(Good, "复制的内容别的程序也能粘贴"),
        Some(ClipboardSupport::Works) => line(Good, "复制的内容别的程序也能粘贴"),
        Some(ClipboardSupport::Lacking) => {
            line(Notice, "复制的内容到不了别的程序（多数版本不支持 OSC 52）").remedy(by_mouse)
        }
        Some(ClipboardSupport::AfterSetting(setting)) => {
            line(Notice, "设置以后，复制的内容别的程序才能粘贴").remedy(setting)
        }
        None => line(Unknown, "复制的内容能不能到别的程序，看终端支不支持 OSC 52").remedy(by_mouse),
    }
}
