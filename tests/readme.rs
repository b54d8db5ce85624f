//! The pages that are read beside the code say what is true: the tables of the manual are made from
//! keys, rules and commands, the README's commands are those that are tested, and links lead
//! somewhere. `BLESS=1 cargo test --test readme` writes the tables anew.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use nianbao::check;
use nianbao::cli;
use nianbao::editor::Keymap;
use nianbao::form::Library;
use nianbao::text::markdown::plain_lines;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

/// One table for each scope, with the names that a key file uses.
fn keys() -> String {
    let keys = Keymap::shipped();
    let mut places = Vec::new();
    for row in keys.rows() {
        if !places.contains(&row.scope) {
            places.push(row.scope);
        }
    }
    let mut out = String::new();
    for place in places {
        let name = serde_json::to_string(&place).unwrap();
        let _ = writeln!(out, "### {}（`{}`）\n", place.label(), name.trim_matches('"'));
        let _ = writeln!(out, "| 键 | 做什么 | 名称 |\n|---|---|---|");
        for row in keys.rows().iter().filter(|row| row.scope == place) {
            let shown: Vec<_> = row.on.iter().map(|key| format!("`{key}`")).collect();
            let shown = if shown.is_empty() { "在全部命令里选".into() } else { shown.join("、") };
            let _ = writeln!(out, "| {} | {} | `{}` |", cell(&shown), cell(&row.words), row.id());
        }
        out.push('\n');
    }
    out
}

fn rules() -> String {
    let mut out = String::from("| 编号 | 轻重 | 要求 | 依据 |\n|---|---|---|---|\n");
    for rule in check::rules() {
        let (description, basis) = (cell(rule.description), cell(rule.basis));
        let _ = writeln!(out, "| {} | {} | {description} | {basis} |", rule.id, rule.severity.label());
    }
    out
}

/// What `nianbao --help` says, without the line of the version.
fn commands() -> String {
    let (library, today) = (Library::new(), jiff::civil::date(2026, 1, 12));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut desk = cli::CommandContext {
        library: &library,
        today,
        zone: jiff::tz::TimeZone::UTC,
        dirs: None,
        out: &mut out,
        err: &mut err,
        err_is_terminal: false,
        styles: &std::cell::Cell::new(false),
        quiet: false,
    };
    cli::run_cli(["nianbao", "--help"].map(Into::into), &mut desk);
    let help = String::from_utf8(out).unwrap();
    format!("```text\n{}\n```\n", help.split_once('\n').unwrap().1.trim())
}

#[test]
fn the_tables_of_the_manual_are_those_of_the_program() {
    let mut manual = read("assets/manual.md");
    let committed = manual.clone();
    for (name, table) in [("keys", keys()), ("rules", rules()), ("commands", commands())] {
        let (from, to) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let start = manual.find(&from).unwrap_or_else(|| panic!("no {from}")) + from.len();
        let end = manual.find(&to).unwrap_or_else(|| panic!("no {to}"));
        manual.replace_range(start..end, &format!("\n{}\n\n", table.trim()));
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(root().join("assets/manual.md"), &manual).unwrap();
    } else {
        assert!(committed == manual, "stale: write the tables with BLESS=1 cargo test --test readme");
    }
}

#[test]
fn the_readme_is_short() {
    let readme = read("README.md");
    assert!(readme.len() <= 15 * 1024, "{} bytes", readme.len());
    let pictures = links(&readme).into_iter().filter(|link| link.ends_with(".svg") || link.ends_with(".png"));
    assert_eq!(pictures.count(), 2, "one picture of the screen, one of the Word file");
}

#[test]
fn the_commands_to_run_and_to_test_are_the_ones_that_work() {
    let (readme, gate, manifest) = (read("README.md"), read(".ci/run"), read("Cargo.toml"));
    let has_line = |text: &str, wanted: &str| text.lines().any(|line| line.trim() == wanted);
    let document = "RUSTDOCFLAGS=\"-D warnings\" cargo doc --no-deps";
    for test in ["cargo test", "cargo fmt --check", "cargo clippy --all-targets -- -D warnings", document] {
        assert!(has_line(&gate, test), ".ci/run does not say {test}");
        assert!(has_line(&readme, test), "the README does not say {test}");
    }
    for run in ["cargo run --release", "cargo install --path ."] {
        assert!(has_line(&readme, run), "the README does not say {run}");
    }
    // `cargo run` needs no name as long as there is one program and one package.
    assert!(root().join("src/main.rs").exists() && !root().join("src/bin").exists());
    assert!(!manifest.contains("[[bin]]") && !manifest.contains("[workspace]"), "which program is run?");
}

#[test]
fn the_readmes_example_is_the_one_compiled_with_the_docs() {
    let (readme, source) = (read("README.md"), read("src/check/mod.rs"));
    let example = readme.split_once("```rust\n").unwrap().1.split_once("```").unwrap().0;
    let commented: String =
        example.lines().map(|line| format!("/// {line}").trim_end().to_string() + "\n").collect();
    assert!(source.contains(&commented), "{commented}");
}

#[test]
fn the_oldest_rust_and_the_version_are_those_of_the_manifest() {
    let (readme, manifest) = (read("README.md"), read("Cargo.toml"));
    let value = |name: &str| {
        let line = manifest.lines().find_map(|line| line.strip_prefix(&format!("{name} = \"")));
        line.and_then(|line| line.strip_suffix('"')).unwrap_or_else(|| panic!("{name}")).to_string()
    };
    assert!(readme.contains(&format!("Rust {}", value("rust-version"))), "another oldest Rust");
    assert!(read("assets/manual.md").contains(&format!("Rust（{}", value("rust-version"))));
    let changes = read("assets/CHANGELOG.md");
    assert!(changes.contains(&format!("## [{}]", value("version"))), "this version is not in the change log");
}

/// Every target of `](…)` and `src="…"` that is not a page on the network.
fn links(text: &str) -> Vec<&str> {
    let after = |start: &'static str, end: char| {
        text.match_indices(start).filter_map(move |(at, _)| text[at + start.len()..].split(end).next())
    };
    let own = |link: &&str| !link.contains("://");
    after("](", ')').chain(after("src=\"", '"')).filter(own).collect()
}

#[test]
fn links_lead_to_files_and_files_named_are_there() {
    for page in ["README.md", "assets/manual.md", "assets/CHANGELOG.md", "tests/bench/README.md"] {
        let text = read(page);
        let headings: Vec<String> = text.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
        let folder = root().join(page).parent().unwrap().to_path_buf();
        for link in links(&text) {
            match link.strip_prefix('#') {
                Some(place) => assert!(headings.iter().any(|heading| heading == place), "{page}: no {link}"),
                None => assert!(folder.join(link).exists(), "{page}: {link} is not there"),
            }
        }
        // `src/…`, `tests/…` and `assets/…` in code spans, unless they stand for any name (`…`, `*`, `X`).
        for span in text.split('`').skip(1).step_by(2) {
            let is_path = ["src/", "tests/", "assets/"].iter().any(|start| span.starts_with(start));
            if is_path && !span.contains(['*', ' ', '…', '\n']) {
                assert!(root().join(span).exists(), "{page}: {span} is not there");
            }
        }
    }
}

#[test]
fn every_picture_is_shown_and_the_manual_has_no_links() {
    let (readme, manual) = (read("README.md"), read("assets/manual.md"));
    for entry in fs::read_dir(root().join("assets/pictures")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(readme.contains(&name) || manual.contains(&name), "{name} is shown nowhere");
    }
    // In the program it is plain lines: no link can be followed.
    for line in plain_lines(nianbao::MANUAL) {
        assert!(!line.contains("](") && !line.contains("**"), "{line}");
    }
}

/// The place that a heading is linked by.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = words.chars().filter(|c| c.is_alphanumeric() || " -".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn the_map_names_every_module_and_only_files_that_exist() {
    let map = read("src/lib.rs");
    let modules: Vec<&str> =
        map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(modules.len(), 16, "{modules:?}");
    for module in modules {
        assert!(map.contains(&format!("| [`{module}`]")), "{module} is not on the map");
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for span in map.lines().filter(|line| line.starts_with("//!")).flat_map(|line| line.split('`')) {
        if ["src/", "tests/", "assets/"].iter().any(|start| span.starts_with(start)) {
            files.push(root().join(span));
        }
    }
    assert!(files.len() > 10);
    for file in files {
        assert!(file.exists(), "{} is not there", file.display());
    }
}

#[test]
fn nothing_in_the_program_speaks_to_a_network() {
    let mut waiting = vec![root().join("src")];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for word in ["std::net", "TcpStream", "UdpSocket", "ToSocketAddrs"] {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
        }
    }
    let lock = read("Cargo.lock");
    for name in ["reqwest", "hyper", "ureq", "curl", "tokio", "rustls", "openssl", "native-tls"] {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name} is a crate for networks");
    }
}
