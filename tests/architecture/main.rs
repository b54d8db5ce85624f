//! The architecture as tests: ranks of modules, lengths of files, what may be used where.
//!
//! `cargo test --test architecture -- --nocapture` prints the median length.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod circles;
mod imports;
mod names;
mod sources;
mod tokens;

use std::fs;

use sources::{Source, root, sources};

/// The modules from the bottom up. A module may use only modules of a lower rank.
const RANKS: [(&str, u8); 17] = [
    ("text", 0),
    ("form", 0),
    ("draft", 1),
    ("edit", 2),
    ("merge", 2),
    ("check", 3),
    ("compile", 3),
    ("store", 3),
    ("export", 3),
    ("import", 3),
    ("editor", 4),
    ("units", 4),
    ("cli", 5),
    ("ui", 5),
    ("terminal", 6),
    ("app", 7),
    ("main", 8),
];

/// Modules of one rank of which the first may use the second all the same, and why.
const BESIDE: [(&str, &str); 3] = [
    // Labels are numbered and measured as any text is.
    ("form", "text"),
    // What ours and theirs did is said in changes, the same as an edit's.
    ("merge", "edit"),
    // The version of the JSON that one writes and the other reads is said once.
    ("import", "export"),
];

fn rank(module: &str) -> Option<u8> {
    RANKS.iter().find(|(name, _)| *name == module).map(|(_, rank)| *rank)
}

/// The modules that a line of code names: `crate::form`, `nianbao::form`, `use crate::{form, draft}`,
/// and `super::super::form` where the file has no such neighbour.
fn named(line: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    let mut modules = Vec::new();
    for start in ["crate::", "nianbao::", "super::super::"] {
        for (at, _) in line.match_indices(start) {
            let rest = &line[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(list) => modules.extend(list.split(',').map(|part| word(part.trim()))),
                None => modules.push(word(rest)),
            }
        }
    }
    modules
}

#[test]
fn a_module_uses_only_modules_below_it() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(own) = rank(&source.module) else {
            assert!(["tests", "lib"].contains(&&*source.module), "{}: a module without a rank", source.path);
            continue;
        };
        for (number, line) in source.code() {
            for module in named(line) {
                let Some(other) = rank(&module) else { continue };
                let beside = BESIDE.contains(&(&*source.module, &*module));
                if module != source.module && other >= own && !beside {
                    wrong.push(format!("{}:{number}: {} uses {module}", source.path, source.module));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How many lines the middle one of the files of `src` may have: to become 90, and never more.
const MEDIAN: usize = 126;

#[test]
fn files_are_short() {
    let mut lengths: Vec<(usize, String)> =
        sources().into_iter().map(|source| (source.text.lines().count(), source.path)).collect();
    lengths.sort();
    let long: Vec<_> = lengths.iter().filter(|(lines, _)| *lines > 400).collect();
    assert!(long.is_empty(), "over 400 lines: {long:?}");
    lengths.retain(|(_, path)| path.starts_with("src/"));
    let median = lengths[lengths.len() / 2].0;
    println!("{} files in src, median {median} lines, longest {:?}", lengths.len(), lengths.last());
    assert!(median <= MEDIAN, "the median is {median} lines, it may be {MEDIAN}");
}

#[test]
fn every_file_says_first_what_it_is() {
    let silent: Vec<_> =
        sources().into_iter().filter(|s| !s.text.starts_with("//! ")).map(|s| s.path).collect();
    assert!(silent.is_empty(), "no `//!` at the top: {silent:?}");
}

#[test]
fn a_crate_that_may_be_replaced_is_named_in_one_place() {
    let all = sources();
    let places = |words: &str| -> Vec<&str> {
        let has = |source: &&Source| source.code().any(|(_, line)| line.contains(words));
        all.iter().filter(has).map(|source| &*source.path).collect()
    };
    assert_eq!(places("tui_textarea"), ["src/editor/narrative_editor/mod.rs"]);
    assert_eq!(places("unicode_linebreak"), ["src/text/line_break.rs"]);
    let widths = places("unicode_width").into_iter().filter(|path| path.starts_with("src/"));
    let widths: Vec<&str> = widths.filter(|path| !path.contains("tests")).collect();
    assert_eq!(widths, ["src/text/ambiguous.rs", "src/text/width.rs"]);
    let terminal = places("crossterm");
    assert!(terminal.iter().all(|path| path.starts_with("src/terminal/")), "{terminal:?}");
}

/// Where platform code may be: of the screen, of drafts on disk, and the door of the tests from outside,
/// which need a Unix.
fn is_platform_code(path: &str) -> bool {
    let screen = ["src/terminal/mod.rs", "src/terminal/unix/", "src/terminal/windows"];
    screen.iter().any(|start| path.starts_with(start))
        || path.starts_with("src/store/platform/")
        || path.starts_with("tests/e2e/")
}

#[test]
fn platform_code_is_in_its_own_files() {
    const PLATFORM: [&str; 9] = [
        "nix::",
        "rustix",
        "signal_hook",
        "libc",
        "winapi",
        "clipboard_win",
        "std::os::",
        "crossterm::terminal",
        "BorrowedFd",
    ];
    const CONDITIONS: [&str; 4] = ["cfg(unix", "cfg(windows", "not(unix", "target_os"];
    let mut wrong = Vec::new();
    let spared = |path: &str| is_platform_code(path) || path == "tests/architecture/main.rs";
    for source in sources().iter().filter(|source| !spared(&source.path)) {
        // Tests too: they use the same interface.
        for (number, line) in source.lines() {
            let found = PLATFORM.iter().chain(&CONDITIONS).filter(|name| line.contains(*name));
            wrong.extend(found.map(|name| format!("{}:{number} {name}", source.path)));
        }
    }
    assert!(wrong.is_empty(), "platform code has files of its own:\n{}", wrong.join("\n"));
}

#[test]
fn the_core_reads_no_file_and_no_clock_and_prints_nothing() {
    const CORE: [&str; 9] = ["text", "form", "draft", "edit", "merge", "check", "compile", "editor", "ui"];
    const OUTSIDE: [&str; 8] =
        ["fs::", "std::net", "std::process", "std::env", "::now()", "println!", "eprintln!", "std::io"];
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| CORE.contains(&&*source.module)) {
        for (number, line) in source.code() {
            wrong.extend(
                OUTSIDE.iter().filter(|w| line.contains(*w)).map(|w| format!("{}:{number} {w}", source.path)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_unsafe_shared_or_global() {
    const NEVER: [&str; 5] = ["thread_local!", "Rc<RefCell", "static mut", "lazy_static", "OnceLock"];
    let mut wrong = Vec::new();
    // This file names what it looks for. A fuzz target is one function that is called for ever: only
    // a static of its own spares it reading the form each time.
    let spared = |path: &str| path == "tests/architecture/main.rs" || path.starts_with("tests/fuzz/");
    for source in sources().into_iter().filter(|source| !spared(&source.path)) {
        for (number, line) in source.lines() {
            let is_static = ["static ", "pub static ", "pub(crate) static "]
                .iter()
                .any(|word| line.trim_start().starts_with(word));
            if is_static
                || NEVER.iter().any(|word| line.contains(word))
                || line.split_whitespace().any(|word| word == "unsafe")
            {
                wrong.push(format!("{}:{number}: {line}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\nunsafe_code = \"forbid\""), "Cargo.toml lets unsafe code in");
}

#[test]
fn colours_and_attributes_are_named_in_the_theme_alone() {
    let mut wrong = Vec::new();
    let screen = |source: &&Source| ["ui", "editor"].contains(&&*source.module);
    for source in sources().iter().filter(screen).filter(|source| source.path != "src/ui/theme.rs") {
        let names = ["Color::", "Modifier::", ".bold()", ".reversed()", ".dim()", "Stylize"];
        for (number, line) in source.code().filter(|(_, line)| names.iter().any(|name| line.contains(name))) {
            wrong.push(format!("{}:{number}: {}", source.path, line.trim()));
        }
    }
    assert!(wrong.is_empty(), "roles have styles in assets/themes:\n{}", wrong.join("\n"));
}

/// Whether a text names a key as the screen does.
fn names_a_key(text: &str) -> bool {
    const KEYS: [&str; 11] =
        ["Esc", "Enter", "Tab", "Backspace", "Delete", "Insert", "Home", "End", "PgUp", "PgDn", "Space"];
    let is_function = |word: &str| {
        word.strip_prefix('F').and_then(|rest| rest.parse().ok()).is_some_and(|n: u8| (1..=24).contains(&n))
    };
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    ["Ctrl+", "Alt+", "Shift+", "回车", "方向键", "上下键", "左右键", "空格换"]
        .iter()
        .any(|name| text.contains(name))
        || words.any(|word| KEYS.contains(&word) || is_function(word))
}

#[test]
fn no_sentence_of_the_screen_names_a_key_by_itself() {
    // What a key is called; the keys that other programs keep for themselves.
    let may =
        ["src/editor/key.rs", "src/editor/key_label.rs", "src/editor/hint.rs", "src/app/doctor/known.rs"];
    assert!(names_a_key("按 Ctrl+Z 可撤销") && names_a_key("按 F8 到") && names_a_key("打好了按回车"));
    assert!(!names_a_key("看过 12 格，Tabs、FF1"));
    let mut found = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| ["editor", "ui", "terminal", "app"].contains(&source.module.as_str()))
    {
        if source.is_test() || may.contains(&source.path.as_str()) {
            continue;
        }
        for (number, line) in source.code() {
            let line = line.replace("'\"'", "").replace("\\\"", "");
            if line.split('"').skip(1).step_by(2).any(names_a_key) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "take the key from the key map (src/editor/hint.rs):\n{}", found.join("\n"));
}

#[test]
fn no_module_is_named_after_nothing() {
    const NEVER: [&str; 8] = ["utils", "util", "common", "helpers", "helper", "manager", "handler", "types"];
    for source in sources() {
        let parts = source.path.trim_end_matches(".rs").split('/');
        for part in parts {
            assert!(!NEVER.contains(&part), "{}", source.path);
        }
    }
}

#[test]
fn the_top_of_the_repository_holds_what_belongs_there() {
    const TOP: [&str; 7] = ["Cargo.toml", "Cargo.lock", "README.md", "LICENSE", "src", "assets", "tests"];
    let known = ["target", "proptest-regressions"]; // made by tools, ignored by git
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let is_tools = name.starts_with('.') || name.ends_with(".toml") || known.contains(&&*name);
        if !is_tools && !TOP.contains(&&*name) {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "does not belong at the top: {wrong:?}");
    let ignored = fs::read_to_string(root().join(".gitignore")).unwrap();
    assert!(known.iter().all(|name| ignored.contains(name)));
}

#[test]
fn every_crate_has_its_reason_beside_it() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut in_crates = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_crates = line.contains("dependencies");
        } else if in_crates && line.contains('=') && !line.starts_with('#') {
            assert!(line.split_once('#').is_some_and(|(_, why)| why.trim().len() > 10), "no reason: {line}");
        }
    }
}
