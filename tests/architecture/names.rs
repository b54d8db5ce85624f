//! Names of types, functions, modules and tests.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, sources};
use crate::tokens::{tokens, without_tests};

/// Words that name nothing here: each has a usual term.
const RETIRED: [&str; 28] = [
    "house", "room", "seat", "sitting", "desk", "spot", "scribe", "bell", "rope", "ear", "hand", "heed",
    "tell", "told", "words", "deed", "look", "travel", "margin", "trail", "trial", "places", "outlook",
    "cure", "waive", "weight", "labour", "obey",
];

/// The names of public types, each with the files that define one.
fn public_types(sources: &[Source]) -> BTreeMap<&str, Vec<&str>> {
    let mut types: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // The terminal of Windows offers what that of Unix does: of the two, only one is ever built.
    let counts = |path: &str| path.starts_with("src/") && path != "src/terminal/windows/mod.rs";
    for source in sources.iter().filter(|source| !source.is_test() && counts(&source.path)) {
        for part in without_tests(&tokens(&source.text)).windows(3) {
            if part[0] == "pub" && ["struct", "enum", "trait", "type", "union"].contains(&part[1]) {
                types.entry(part[2]).or_default().push(&source.path);
            }
        }
    }
    types
}

/// The names that several public types share, each with the files that define one.
fn shared(sources: &[Source]) -> BTreeMap<&str, Vec<&str>> {
    public_types(sources).into_iter().filter(|(_, files)| files.len() > 1).collect()
}

/// The parts of a name: `OpenFile` and `open_file` have two.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c == '-' || c.is_uppercase() {
            parts.push(String::new());
        }
        parts.last_mut().unwrap().extend(c.to_lowercase().filter(|c| c.is_alphabetic()));
    }
    parts
}

/// The names of types, functions and modules with a retired word in them, tests' own names apart.
fn retired(sources: &[Source]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |kind: &str, name: &str| {
        // "Stop words" are a term of the field: what a search leaves out.
        if matches!(name, "stop_words" | "StopWords") {
            return;
        }
        if parts(name).iter().any(|part| RETIRED.contains(&part.as_str())) {
            found.insert(format!("{kind} {name}"));
        }
    };
    for source in sources {
        source.path.trim_end_matches(".rs").split('/').for_each(|part| add("module", part));
        let tokens = tokens(&source.text);
        let tests: BTreeSet<&str> = test_names(&tokens).into_iter().collect();
        for part in tokens.windows(2) {
            match part[0] {
                "fn" if !tests.contains(part[1]) => add("function", part[1]),
                "struct" | "enum" | "trait" | "type" | "union" => add("type", part[1]),
                "mod" => add("module", part[1]),
                _ => {}
            }
        }
    }
    found
}

/// The names of the tests among these tokens.
fn test_names<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    let marks = tokens.windows(4).enumerate().filter(|(_, part)| *part == ["#", "[", "test", "]"]);
    let name = |(at, _)| tokens[at..].windows(2).find(|part| part[0] == "fn").map(|part| part[1]);
    marks.filter_map(name).collect()
}

/// The names of tests that are longer than a line of a report can hold.
fn long_names(sources: &[Source]) -> Vec<String> {
    let of = |source: &Source| {
        let tokens = tokens(&source.text);
        let long = test_names(&tokens).into_iter().filter(|name| name.len() > 60);
        long.map(|name| format!("{}: {name}", source.path)).collect::<Vec<_>>()
    };
    sources.iter().flat_map(of).collect()
}

#[test]
fn no_two_public_types_share_a_name() {
    let sources = sources();
    let shared = shared(&sources);
    assert!(shared.is_empty(), "{shared:#?}");
}

#[test]
fn no_name_is_made_of_a_retired_word() {
    let retired = retired(&sources());
    assert!(retired.is_empty(), "{retired:#?}");
}

#[test]
fn a_test_is_named_in_sixty_characters() {
    let long = long_names(&sources());
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Vec<Source> {
        files.iter().map(|(path, text)| Source::new(path, text)).collect()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn a_type_name_used_twice_is_found() {
        let tree = tree(&[
            ("src/a.rs", "pub struct Line;\npub enum Row {}\nstruct Own;"),
            ("src/b.rs", "pub type Line = u8;\nstruct Own;\n#[cfg(test)]\nmod tests { pub struct Row; }"),
        ]);
        assert_eq!(shared(&tree).into_keys().collect::<Vec<_>>(), ["Line"]);
    }

    #[test]
    fn a_retired_word_is_found_in_any_part_of_a_name() {
        let tree = tree(&[
            ("src/desk.rs", "pub struct TopSeat;\nfn tell_all() {}\nfn handle() {}"),
            ("src/b.rs", "#[test]\nfn what_is_told_is_kept() {}\nfn telling() {}"),
        ]);
        assert_eq!(retired(&tree), set(&["function tell_all", "module desk", "type TopSeat"]));
    }

    #[test]
    fn a_long_name_of_a_test_is_found() {
        let long = "n".repeat(61);
        let text = format!("#[test]\nfn short() {{}}\n#[test]\n#[ignore]\nfn {long}() {{}}");
        assert_eq!(long_names(&tree(&[("tests/a.rs", &text)])), [format!("tests/a.rs: {long}")]);
    }
}
