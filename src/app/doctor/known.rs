//! Terminals that are known: the keys that they keep for themselves, and their clipboard.

use super::Facts;

/// What becomes of text that a program puts on the clipboard (OSC 52).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipboardSupport {
    /// It gets there.
    Works,
    /// It does not, or not in most versions.
    Lacking,
    /// It does after this has been set.
    AfterSetting(&'static str),
}

/// A terminal, or a program between it and us.
#[derive(Debug)]
pub struct KnownTerminal {
    /// Its name.
    pub name: &'static str,
    /// The keys that it may keep; empty where it keeps none that we use.
    pub keeps: &'static str,
    /// What to set so that they come.
    pub remedy: &'static str,
    /// Its clipboard.
    pub clipboard: ClipboardSupport,
    /// A variable that it sets, and what its value begins with.
    sign: (&'static str, &'static str),
}

use ClipboardSupport::{AfterSetting, Lacking, Works};

/// The programs in between first: they decide.
const KNOWN: [KnownTerminal; 13] = [
    KnownTerminal {
        name: "tmux",
        keeps: "",
        remedy: "",
        clipboard: AfterSetting("在 ~/.tmux.conf 里写 set -g set-clipboard on"),
        sign: ("TMUX", ""),
    },
    KnownTerminal {
        name: "GNU screen",
        keeps: "Ctrl+S、Ctrl+Q（开着流控时）",
        remedy: "在 ~/.screenrc 里写 defflow off",
        clipboard: Lacking,
        sign: ("STY", ""),
    },
    KnownTerminal {
        name: "VS Code 的终端",
        keeps: "F1、Ctrl+P、Ctrl+F、F10",
        remedy: "在设置里打开 terminal.integrated.sendKeybindingsToShell",
        clipboard: Works,
        sign: ("TERM_PROGRAM", "vscode"),
    },
    KnownTerminal {
        name: "macOS 终端",
        keeps: "Alt 组合键（Option）；F1～F12 要按住 fn",
        remedy: "设置 → 描述文件 → 键盘：勾选“将 Option 键用作 Meta 键”",
        clipboard: Lacking,
        sign: ("TERM_PROGRAM", "Apple_Terminal"),
    },
    KnownTerminal {
        name: "iTerm2",
        keeps: "Alt 组合键（Option）",
        remedy: "Profiles → Keys：Left Option key 选 Esc+",
        clipboard: AfterSetting("Settings → General → Selection：允许程序访问剪贴板"),
        sign: ("TERM_PROGRAM", "iTerm"),
    },
    KnownTerminal {
        name: "WezTerm",
        keeps: "",
        remedy: "",
        clipboard: Works,
        sign: ("TERM_PROGRAM", "WezTerm"),
    },
    KnownTerminal {
        name: "Windows Terminal",
        keeps: "Ctrl+V（它自己粘贴，一样能用）",
        remedy: "",
        clipboard: Works,
        sign: ("WT_SESSION", ""),
    },
    KnownTerminal {
        name: "GNOME 终端一类",
        keeps: "F10（菜单）、F1（它的帮助）、Alt+数字（换标签页）",
        remedy: "首选项 → 快捷键：去掉菜单栏快捷键（F10）、帮助和切换标签页的键",
        clipboard: Lacking,
        sign: ("VTE_VERSION", ""),
    },
    KnownTerminal {
        name: "xterm",
        keeps: "Alt 组合键（有的设置下变成带音符的字母）",
        remedy: "在 ~/.Xresources 里写 XTerm*metaSendsEscape: true",
        clipboard: AfterSetting("在 ~/.Xresources 里写 XTerm*disallowedWindowOps: 20,21,SetXprop"),
        sign: ("XTERM_VERSION", ""),
    },
    KnownTerminal { name: "kitty", keeps: "", remedy: "", clipboard: Works, sign: ("TERM", "xterm-kitty") },
    KnownTerminal { name: "Alacritty", keeps: "", remedy: "", clipboard: Works, sign: ("TERM", "alacritty") },
    KnownTerminal { name: "foot", keeps: "", remedy: "", clipboard: Works, sign: ("TERM", "foot") },
    KnownTerminal {
        name: "Linux 控制台",
        keeps: "Alt+F1～F12、Alt+左右（换控制台）",
        remedy: "",
        clipboard: Lacking,
        sign: ("TERM", "linux"),
    },
];

/// PuTTY names itself nowhere; only it and the Linux console answer as a bare VT102.
const PUTTY: KnownTerminal =
    KnownTerminal {
        name: "PuTTY 一类", keeps: "", remedy: "", clipboard: Lacking, sign: ("TERM", "putty")
    };

/// What is known of this terminal.
pub fn known(facts: &Facts) -> Option<&'static KnownTerminal> {
    let is =
        |known: &&KnownTerminal| (facts.variable)(known.sign.0).is_some_and(|v| v.starts_with(known.sign.1));
    let bare = || facts.answers.as_ref().is_some_and(|answers| answers.kind == [6]);
    KNOWN.iter().find(is).or_else(|| (bare() || is(&&PUTTY)).then_some(&PUTTY))
}
