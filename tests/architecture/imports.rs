//! What a file of Rust defines, imports and names, read from its tokens.

use std::collections::{BTreeMap, BTreeSet};

/// A path from the root of the crate, by its segments.
pub type Segments = Vec<String>;

/// An import of one name.
pub struct Import {
    pub path: Segments,
    /// Whether other files may use it from here.
    pub is_public: bool,
}

/// What is in a file.
#[derive(Default)]
pub struct Content {
    /// Items that stand in no block.
    pub defines: BTreeSet<String>,
    /// Names brought in by `use`.
    pub imports: BTreeMap<String, Import>,
    /// Modules and enums of which all is brought in.
    pub globs: Vec<Segments>,
    /// Paths with at least two segments outside of `use`.
    pub paths: BTreeSet<Segments>,
    /// All identifiers outside of `use`.
    pub words: BTreeSet<String>,
    children: BTreeSet<String>,
}

const ITEMS: [&str; 8] = ["fn", "struct", "enum", "trait", "type", "const", "static", "union"];

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads the tokens of the file of this module.
pub fn read(tokens: &[&str], module: &[String]) -> Content {
    let mut content = Content::default();
    // Children are known before paths that begin with them.
    for part in tokens.windows(3) {
        if part[0] == "mod" && part[2] == ";" {
            content.children.insert(part[1].into());
        }
    }
    let mut raw = Vec::new();
    let mut inline: Vec<(String, usize)> = Vec::new();
    let (mut depth, mut at) = (0, 0);
    while at < tokens.len() {
        let token = tokens[at];
        let next = tokens.get(at + 1).copied().unwrap_or_default();
        let mut here = module.to_vec();
        here.extend(inline.iter().map(|(name, _)| name.clone()));
        match token {
            "use" if is_name(next) || next == "{" || next == "::" => {
                let end =
                    tokens[at..].iter().position(|token| *token == ";").map_or(tokens.len(), |n| at + n);
                let is_public = at > 0 && (tokens[at - 1] == "pub" || tokens[at - 1] == ")");
                leaves(&tokens[at + 1..end], &[], &mut |path, name| match name {
                    Some(name) => raw.push((here.clone(), path, Some(name), is_public)),
                    None => raw.push((here.clone(), path, None, is_public)),
                });
                at = end;
            }
            "mod" if tokens.get(at + 2) == Some(&"{") => {
                content.defines.insert(next.into());
                inline.push((next.into(), depth));
                at += 1;
            }
            // The name of a child is not a use of it.
            "mod" => at += 1,
            "{" => depth += 1,
            "}" => {
                depth -= usize::from(depth > 0);
                if inline.last().is_some_and(|(_, from)| *from == depth) {
                    inline.pop();
                }
            }
            _ if ITEMS.contains(&token) && depth == inline.len() && is_name(next) && next != "fn" => {
                content.defines.insert(next.into());
            }
            _ if is_name(token) => {
                content.words.insert(token.into());
                let mut path = vec![token.to_string()];
                let follows = at > 0 && ["::", "."].contains(&tokens[at - 1]);
                while !follows
                    && tokens.get(at + 1) == Some(&"::")
                    && tokens.get(at + 2).is_some_and(|t| is_name(t))
                {
                    path.push(tokens[at + 2].into());
                    content.words.insert(tokens[at + 2].into());
                    at += 2;
                }
                if path.len() > 1 {
                    raw.push((here, path, Some(String::new()), false));
                }
            }
            _ => {}
        }
        at += 1;
    }
    // Imports first: a path may begin with an imported name.
    for (here, path, name, is_public) in raw.iter().filter(|(.., name, _)| name.as_deref() != Some("")) {
        let Some(path) = content.absolute(path, here) else { continue };
        match name {
            Some(name) => drop(content.imports.insert(name.clone(), Import { path, is_public: *is_public })),
            None => content.globs.push(path),
        }
    }
    for (here, path, ..) in raw.iter().filter(|(.., name, _)| name.as_deref() == Some("")) {
        if let Some(path) = content.absolute(path, here) {
            content.paths.insert(path);
        }
    }
    content
}

impl Content {
    /// The path from the root of the crate; `None` for another crate's, and for a name of this file.
    fn absolute(&self, path: &[String], here: &[String]) -> Option<Segments> {
        let (first, rest) = path.split_first()?;
        let mut whole = match first.as_str() {
            "crate" => Vec::new(),
            "self" => here.to_vec(),
            "super" => here.split_last()?.1.to_vec(),
            child if self.children.contains(child) => [here, &[child.to_string()]].concat(),
            name => self.imports.get(name)?.path.clone(),
        };
        for segment in rest {
            match segment.as_str() {
                "super" => drop(whole.pop()),
                "self" => {}
                _ => whole.push(segment.clone()),
            }
        }
        Some(whole)
    }
}

/// Calls back with every path of a `use`, and the name that it brings in: none for all of them.
fn leaves(tokens: &[&str], before: &[String], found: &mut dyn FnMut(Segments, Option<String>)) {
    let mut path = before.to_vec();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at] {
            "::" => {}
            "*" => return found(path, None),
            "as" => return found(path, Some(tokens[at + 1].into())),
            "{" => {
                let (mut depth, mut from) = (0, at + 1);
                for (end, token) in tokens.iter().enumerate().skip(at) {
                    depth += usize::from(*token == "{");
                    depth -= usize::from(*token == "}");
                    if depth == 0 || depth == 1 && *token == "," {
                        if from < end {
                            leaves(&tokens[from..end], &path, found);
                        }
                        from = end + 1;
                    }
                }
                return;
            }
            name => path.push(name.into()),
        }
        at += 1;
    }
    if path.last().is_some_and(|name| name == "self") {
        path.pop();
    }
    let name = path.last().cloned();
    found(path, name);
}

#[test]
fn imports_are_read_with_their_names() {
    let code = "mod low; use super::{b::{C, d as e}, f}; pub use low::G; use crate::h::*; use std::fs; \
                fn i() { low::j(); f::k(1); }";
    let content = read(&crate::tokens::tokens(code), &["m".into(), "n".into()]);
    let path = |name: &str| content.imports.get(name).map(|import| import.path.join("::"));
    assert_eq!(path("C").as_deref(), Some("m::b::C"));
    assert_eq!(path("e").as_deref(), Some("m::b::d"));
    assert_eq!(path("G").as_deref(), Some("m::n::low::G"));
    assert_eq!(path("fs"), None);
    assert!(content.imports["G"].is_public && !content.imports["C"].is_public);
    assert_eq!(content.globs, [["h"]]);
    let paths: Vec<String> = content.paths.iter().map(|path| path.join("::")).collect();
    assert_eq!(paths, ["m::f::k", "m::n::low::j"]);
    assert!(content.defines.contains("i"));
}
