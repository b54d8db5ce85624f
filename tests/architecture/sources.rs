//! The files of Rust in the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its module at the top, its path from the root, its text.
pub struct Source {
    pub module: String,
    pub path: String,
    pub text: String,
    is_behind_tests: bool,
}

impl Source {
    /// A file of this path and text, whether or not it is there.
    pub fn new(path: &str, text: &str) -> Self {
        let module = path.strip_prefix("src/").map_or("tests", |rest| rest.split(['/', '.']).next().unwrap());
        Source { module: module.into(), path: path.into(), text: text.into(), is_behind_tests: false }
    }

    /// Whether all of the file is built for tests only.
    pub fn is_test(&self) -> bool {
        self.is_behind_tests || self.path.starts_with("tests/")
    }

    /// The modules that the file declares for tests only: their paths from the root, without an ending.
    fn test_modules(&self) -> Vec<String> {
        let own = self.path.trim_end_matches(".rs").trim_end_matches("/mod").trim_end_matches("/lib");
        let mut modules = Vec::new();
        for declared in self.text.split("#[cfg(test)]\n").skip(1) {
            let Some(declared) = declared.trim_start_matches("pub(crate) ").strip_prefix("mod ") else {
                continue;
            };
            modules.extend(declared.split_once(';').map(|(name, _)| format!("{own}/{name}")));
        }
        modules
    }

    /// Every line of code, without remarks.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The lines of code that are built into the program: those before the tests of the file.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test = self.is_test();
        self.lines().take_while(move |(_, line)| !is_test && !line.starts_with("mod tests {"))
    }
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of Rust in the repository, in the order of their paths.
pub fn sources() -> Vec<Source> {
    let mut waiting = vec![root().join("src"), root().join("assets"), root().join("tests")];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(source(&path));
            }
        }
    }
    let tests: Vec<String> = found.iter().flat_map(Source::test_modules).collect();
    for source in &mut found {
        let below = |module: &String| {
            source.path.strip_prefix(module).is_some_and(|rest| rest.starts_with(['/', '.']))
        };
        source.is_behind_tests = tests.iter().any(below);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 100, "the files were not found");
    found
}

/// One file of the repository.
pub fn source(path: &PathBuf) -> Source {
    let text = fs::read_to_string(path).unwrap();
    Source::new(&path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"), &text)
}
