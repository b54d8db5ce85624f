//! Circles of imports between the files of one module.
//!
//! A file imports another where its code names something that the other defines, directly or through
//! a re-export. A module's own page (`mod.rs`) that only passes names on (`pub use`) imports nothing
//! by it. Calls of methods are not seen.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::{Content, Segments, read};
use crate::sources::{Source, sources};
use crate::tokens::{tokens, without_tests};

/// The circles that are still there: a list that may only become shorter.
const ALLOWED: &[&[&str]] = &[];

/// The pages of modules that call what is below them while that uses what they define: a list that may
/// only become shorter. What such a page defines belongs in a file of its own.
const PAGES: &[&str] = &["src/check/mod.rs"];

/// Files by module, and which of them each file imports within its own top-level module.
struct Graph {
    files: BTreeMap<Segments, (String, Content)>,
}

impl Graph {
    /// Reads the files of the program: paths from the root, and texts.
    fn new<'a>(sources: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut files = BTreeMap::new();
        for (path, text) in sources {
            let Some(inner) = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else {
                continue;
            };
            let mut module: Segments = inner.split('/').map(String::from).collect();
            if module.last().is_some_and(|name| name == "mod") {
                module.pop();
            }
            if module != ["main"] && module != ["lib"] {
                let content = read(&without_tests(&tokens(text)), &module);
                files.insert(module, (path.into(), content));
            }
        }
        Graph { files }
    }

    /// The module whose file defines this path; with `None` for an item where a module itself is named.
    fn defining(&self, path: &[String], depth: usize) -> Option<(&Segments, bool)> {
        let (module, (_, content)) =
            (1..=path.len()).rev().find_map(|n| self.files.get_key_value(&path[..n]))?;
        let Some(name) = path.get(module.len()) else { return Some((module, false)) };
        if content.defines.contains(name) || depth > 8 {
            return Some((module, true));
        }
        let rest = &path[module.len() + 1..];
        if let Some(import) = content.imports.get(name) {
            return self.defining(&[&import.path, rest].concat(), depth + 1);
        }
        let glob = content.globs.iter().find(|glob| self.knows(glob, name, depth + 1));
        match glob {
            Some(glob) => self.defining(&[glob, &path[module.len()..]].concat(), depth + 1),
            None => Some((module, true)),
        }
    }

    /// Whether a module defines a name or passes it on.
    fn knows(&self, module: &Segments, name: &str, depth: usize) -> bool {
        self.files.get(module).is_some_and(|(_, content)| {
            content.defines.contains(name)
                || content.imports.contains_key(name)
                || depth < 8 && content.globs.iter().any(|glob| self.knows(glob, name, depth + 1))
        })
    }

    /// The modules of whose files this one's code names something.
    fn imported(&self, module: &Segments) -> BTreeSet<&Segments> {
        let (_, content) = &self.files[module];
        let mut paths: Vec<Segments> = content.paths.iter().cloned().collect();
        for (name, import) in &content.imports {
            if !import.is_public || content.words.contains(name) {
                paths.push(import.path.clone());
            }
        }
        for glob in &content.globs {
            paths.push(glob.clone());
            let known = content.words.iter().filter(|word| self.knows(glob, word, 0));
            paths.extend(known.map(|word| [glob.as_slice(), std::slice::from_ref(word)].concat()));
        }
        let found = paths.iter().filter_map(|path| self.defining(path, 0));
        let found = found.filter(|(other, is_item)| *is_item && other[0] == module[0] && *other != module);
        found.map(|(other, _)| other).collect()
    }

    /// Every circle: its files in their order, and the imports that make it. That a module's own page
    /// calls what is below it makes none: [`Graph::pages`] finds these.
    fn circles(&self) -> Vec<(Vec<&str>, Vec<String>)> {
        let beside = |module: &Segments| {
            let imported = self.imported(module).into_iter();
            imported.filter(|other| !other.starts_with(module)).collect::<BTreeSet<_>>()
        };
        let edges: BTreeMap<_, _> = self.files.keys().map(|module| (module, beside(module))).collect();
        let reach = |from| {
            let (mut seen, mut waiting) = (BTreeSet::new(), vec![from]);
            while let Some(module) = waiting.pop() {
                waiting.extend(edges[module].iter().filter(|next| seen.insert(**next)));
            }
            seen
        };
        let reached: BTreeMap<_, _> = self.files.keys().map(|module| (module, reach(module))).collect();
        let mut circles = BTreeMap::new();
        for module in self.files.keys().filter(|module| reached[module].contains(module)) {
            let both = reached[module].iter().filter(|other| reached[**other].contains(module));
            circles.insert(both.copied().collect::<Vec<_>>(), ());
        }
        let path = |module: &Segments| self.files[module].0.as_str();
        let describe = |circle: Vec<&Segments>| {
            let within =
                |from| edges[from].iter().filter(|to| circle.contains(to)).copied().collect::<Vec<_>>();
            let lines = circle.iter().map(|from| {
                let to: Vec<&str> = within(*from).into_iter().map(path).collect();
                format!("  {} imports {}", path(from), to.join(", "))
            });
            let lines = lines.collect();
            let mut files: Vec<&str> = circle.iter().map(|module| path(module)).collect();
            files.sort();
            (files, lines)
        };
        circles.into_keys().map(describe).collect()
    }

    /// The pages of modules that call what is below them, and define what is used there.
    fn pages(&self) -> BTreeSet<&str> {
        let below = |module: &Segments| {
            let imported = self.imported(module).into_iter();
            imported
                .filter(|other| other.starts_with(module))
                .any(|other| self.imported(other).contains(module))
        };
        self.files.iter().filter(|(module, _)| below(module)).map(|(_, (path, _))| path.as_str()).collect()
    }
}

/// What is wrong with the circles beside those allowed: new ones, and files listed for nothing.
fn wrong(circles: &[(Vec<&str>, Vec<String>)], allowed: &[&[&str]]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (files, lines) in circles {
        if !allowed.iter().any(|list| files.iter().all(|file| list.contains(file))) {
            wrong.push(format!("a circle of imports:\n{}", lines.join("\n")));
        }
    }
    for file in allowed.iter().flat_map(|list| list.iter()) {
        if !circles.iter().any(|(files, _)| files.contains(file)) {
            wrong.push(format!("{file} is in no circle any more: take it off the list"));
        }
    }
    wrong
}

#[test]
fn no_files_of_a_module_import_each_other_in_a_circle() {
    let sources = sources();
    let program = sources.iter().filter(|source| !source.is_test());
    let graph = Graph::new(program.map(|Source { path, text, .. }| (path.as_str(), text.as_str())));
    let wrong = wrong(&graph.circles(), ALLOWED);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let pages: Vec<&str> = graph.pages().into_iter().collect();
    assert_eq!(pages, PAGES, "pages of modules that call their children and are used by them");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files of each circle in a made-up tree.
    fn circles(tree: &[(&str, &str)]) -> Vec<String> {
        let graph = Graph::new(tree.iter().copied());
        graph.circles().into_iter().map(|(files, _)| files.join(" ")).collect()
    }

    #[test]
    fn a_circle_of_two_files_is_found() {
        let tree = [
            ("src/a/mod.rs", "mod b;\nmod c;"),
            ("src/a/b.rs", "use super::c::C;\npub struct B;"),
            ("src/a/c.rs", "pub struct C;\nfn c() { super::b::B; }"),
        ];
        assert_eq!(circles(&tree), ["src/a/b.rs src/a/c.rs"]);
        let apart = [tree[0], tree[1], ("src/a/c.rs", "pub struct C;\nuse crate::d::D;")];
        assert_eq!(circles(&apart), Vec::<String>::new());
    }

    #[test]
    fn a_page_that_calls_its_child_which_uses_its_types_is_found() {
        let child = ("src/a/b.rs", "use super::A;\npub fn b(a: A) {}");
        let calls = ("src/a/mod.rs", "mod b;\npub struct A;\nfn a() { b::b(A) }");
        let tree = [calls, child];
        assert_eq!(Graph::new(tree.into_iter()).pages().into_iter().collect::<Vec<_>>(), ["src/a/mod.rs"]);
        assert_eq!(circles(&tree), Vec::<String>::new());
        let only_holds = ("src/a/mod.rs", "mod b;\npub use b::b;\npub struct A;");
        assert!(Graph::new([only_holds, child].into_iter()).pages().is_empty());
    }

    #[test]
    fn a_re_export_counts_for_the_file_that_defines() {
        let tree = [
            ("src/a/mod.rs", "mod b;\nmod c;\npub use b::*;\npub use c::C;"),
            ("src/a/b.rs", "pub struct B;\nuse super::C;"),
            ("src/a/c.rs", "use super::*;\npub struct C(B);"),
        ];
        assert_eq!(circles(&tree), ["src/a/b.rs src/a/c.rs"]);
    }

    #[test]
    fn tests_and_comments_import_nothing() {
        let tree = [
            ("src/a/b.rs", "use super::c::C;\npub struct B;"),
            (
                "src/a/c.rs",
                "// use super::b::B;\npub struct C;\n#[cfg(test)]\nmod tests { use super::super::b::B; }",
            ),
        ];
        assert_eq!(circles(&tree), Vec::<String>::new());
    }

    #[test]
    fn the_list_of_circles_may_only_shrink() {
        let found = [(vec!["b.rs", "c.rs"], vec!["  b.rs imports c.rs".to_string()])];
        assert_eq!(wrong(&found, &[&["b.rs", "c.rs"]]), Vec::<String>::new());
        assert!(wrong(&found, &[])[0].contains("b.rs imports c.rs"));
        assert!(wrong(&found, &[&["b.rs", "c.rs", "d.rs"]])[0].starts_with("d.rs is in no circle"));
    }
}
