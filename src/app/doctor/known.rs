//! Known terminals: which keys they keep for themselves, and whether they support the clipboard.

use super::facts::Facts;

/// Whether programs can copy text to the clipboard (OSC 52).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipboardSupport {
    /// They can.
    Works,
    /// They cannot, or not in most versions.
    Lacking,
    /// They can after this has been set.
    AfterSetting(&'static str),
}

/// A terminal, or a program between it and this one.
#[derive(Debug)]
pub struct KnownTerminal {
    /// Its name.
    pub name: &'static str,
    /// The keys that it may keep; empty if it keeps none that the editor uses.
    pub keeps: &'static str,
    /// What to set so that they arrive.
    pub remedy: &'static str,
    /// Its support of the clipboard.
    pub clipboard: ClipboardSupport,
    /// A variable that it sets, and the beginning of its value.
    sign: (&'static str, &'static str),
}

use ClipboardSupport::{AfterSetting, Lacking, Works};

/// The programs in between come first, because they decide.
const KNOWN: [KnownTerminal; 14] = [
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
        name: "Windows 控制台",
        keeps: "F11（全屏）、Alt+Enter（全屏）",
        remedy: "",
        clipboard: Works,
        sign: ("TERM_PROGRAM", "conhost"),
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

/// PuTTY sets no variable of its own; only it and the Linux console answer as a plain VT102.
const PUTTY: KnownTerminal =
    KnownTerminal {
        name: "PuTTY 一类", keeps: "", remedy: "", clipboard: Lacking, sign: ("TERM", "putty")
    };

/// Returns the entry of this terminal, if it is known.
pub fn known(facts: &Facts) -> Option<&'static KnownTerminal> {
    let is =
        |known: &&KnownTerminal| (facts.variable)(known.sign.0).is_some_and(|v| v.starts_with(known.sign.1));
    let is_vt102 = || facts.answers.as_ref().is_some_and(|answers| answers.kind == [6]);
    KNOWN.iter().find(is).or_else(|| (is_vt102() || is(&&PUTTY)).then_some(&PUTTY))
}
