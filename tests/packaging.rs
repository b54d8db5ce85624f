//! What is handed on: the files of the packages are there or are written by the program, and every crate
//! in the program may be handed on under our licence.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
#![allow(clippy::print_stdout, reason = "what was skipped is said")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than their own words beside the program.
const SHIPPED: [&str; 10] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "BSL-1.0",
    "Unicode-3.0",
    "Unlicense",
];
/// A crate in the program whose licence asks that its own files stay open: they are used unchanged, as
/// anybody can fetch them. (`directories` needs it.)
const UNCHANGED: [&str; 1] = ["option-ext"];
/// What may help in tests besides: it is not part of the program.
const IN_TESTS: [&str; 1] = ["MPL-2.0"];

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Whether an SPDX expression can be met with these licences: `AND` binds closer than `OR`, old
/// manifests write `/` for `OR`.
fn is_met(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (met, rest) = any_of(&words, allowed);
    met && rest.is_empty()
}

fn any_of<'a>(words: &'a [&'a str], allowed: &[&str]) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = all_of(words, allowed);
    while let ["OR", more @ ..] = rest {
        let (other, after) = all_of(more, allowed);
        (met, rest) = (met || other, after);
    }
    (met, rest)
}

fn all_of<'a>(words: &'a [&'a str], allowed: &[&str]) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = one(words, allowed);
    while let ["AND", more @ ..] = rest {
        let (other, after) = one(more, allowed);
        (met, rest) = (met && other, after);
    }
    (met, rest)
}

fn one<'a>(words: &'a [&'a str], allowed: &[&str]) -> (bool, &'a [&'a str]) {
    match words {
        ["(", inner @ ..] => {
            let (met, rest) = any_of(inner, allowed);
            (met, rest.strip_prefix(&[")"]).unwrap_or(rest))
        }
        // An exception gives leave, and takes none away.
        [name, "WITH", _, rest @ ..] | [name, rest @ ..] => (allowed.contains(name), rest),
        [] => (false, words),
    }
}

#[test]
fn licence_expressions_are_read_as_they_are_meant() {
    let allowed = ["MIT", "ISC"];
    for yes in
        ["MIT", "X OR MIT", "MIT/X", "MIT AND ISC", "(X OR MIT) AND ISC", "MIT WITH E", "X AND Y OR MIT"]
    {
        assert!(is_met(yes, &allowed), "{yes}");
    }
    for no in ["X", "", "MIT AND X", "(MIT OR ISC) AND X", "MIT ISC", "X OR Y"] {
        assert!(!is_met(no, &allowed), "{no}");
    }
}

/// This machine, as rustc calls it.
fn host() -> Option<String> {
    let said = Command::new("rustc").arg("-vV").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    said.lines().find_map(|line| line.strip_prefix("host: ")).map(String::from)
}

/// What cargo knows of the crates of a machine's build, from the files at hand alone.
fn metadata(machine: &str) -> Option<Value> {
    let asked = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", machine];
    let told = Command::new(env!("CARGO")).args(asked).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    serde_json::from_slice(&told.ok()?.stdout).ok()
}

/// The crates that are built into the program, or (`all`) the tests' too: their ids.
fn reached(metadata: &Value, all: bool) -> BTreeSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let (mut waiting, mut found) = (vec![root], BTreeSet::new());
    while let Some(id) = waiting.pop() {
        if !found.insert(id) {
            continue;
        }
        let node = nodes.iter().find(|node| node["id"] == id).unwrap();
        for needed in node["deps"].as_array().unwrap() {
            let shipped = needed["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev");
            if all || shipped {
                waiting.push(needed["pkg"].as_str().unwrap());
            }
        }
    }
    found
}

#[test]
fn every_crate_has_a_licence_that_goes_with_ours() {
    for machine in host().iter().map(String::as_str).chain(["x86_64-pc-windows-gnu"]) {
        match metadata(machine) {
            Some(metadata) => check_licences(machine, &metadata),
            None => println!("{machine}: not all crates are at hand, licences are not checked"),
        }
    }
}

fn check_licences(machine: &str, metadata: &Value) {
    let shipped = reached(metadata, false);
    let all = reached(metadata, true);
    assert!(shipped.len() > 50 && shipped.is_subset(&all), "{} crates", shipped.len());
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let id = package["id"].as_str().unwrap();
        let name = package["name"].as_str().unwrap_or_default();
        let in_program = shipped.contains(id) && !UNCHANGED.contains(&name);
        let allowed = if in_program { SHIPPED.to_vec() } else { [&SHIPPED[..], &IN_TESTS].concat() };
        let licence = package["license"].as_str().unwrap_or("none");
        if all.contains(id) && !is_met(licence, &allowed) {
            wrong.push(format!("{name} {licence}"));
        }
    }
    println!("{machine}: {} crates in the program, {} with the tests", shipped.len() - 1, all.len() - 1);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_packaged_file_is_there_or_written_by_the_program() {
    let script = read("assets/package");
    let is_there = |path: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists();
    let installed = script.lines().filter_map(|line| line.trim().strip_prefix("install -D -m 644 -t "));
    let files: Vec<&str> =
        installed.flat_map(|line| line.split(' ').skip(1)).filter(|path| !path.contains('*')).collect();
    for page in ["README.md", "LICENSE", "assets/manual.md", "assets/CHANGELOG.md"] {
        assert!(files.contains(&page) && is_there(page), "{page} is not in the package");
    }
    assert!(is_there("assets/forms/2021.ron") && script.contains(" assets/forms/*.ron\n"));
    for page in ["assets/windows/start.cmd", "assets/windows/readme.txt", "assets/windows/zip.py"] {
        assert!(is_there(page), "{page}");
    }
    // The console reads a command file in a code page of its own.
    assert!(read("assets/windows/start.cmd").is_ascii());
    // Each line that writes a page runs a command that there is.
    let commands = script.lines().filter(|line| line.contains("cargo run"));
    let commands = commands.filter_map(|line| line.split_once(" -- ")?.1.split_once(" > "));
    let mut written = 0;
    for (command, _) in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_nianbao")).args(command.split(' ')).output().unwrap();
        assert!(output.status.success() && !output.stdout.is_empty(), "{command}");
        written += 1;
    }
    assert_eq!(written, 4);
}
