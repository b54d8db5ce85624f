//! Colours of results: on a terminal, or where they are asked for.

use crate::folder::{Folder, plain};

/// Returns what a command writes with such settings of the environment.
fn shown(folder: &Folder, arguments: &[&str], variables: &[&str]) -> String {
    let mut command = folder.command(arguments);
    command.envs(variables.iter().map(|name| (name, "1")));
    plain(&command.output().unwrap().stdout)
}

#[test]
fn a_pipe_gets_colours_only_where_they_are_asked_for() {
    let folder = Folder::new("colors");
    folder.write("a.ron", include_str!("../../assets/sample.ron"));
    folder.run(&["new", "--unit", "甲局", "--year", "2024", "-o", "b.ron"]);
    folder.write("名单.txt", "甲局\n乙局\n");
    for arguments in [
        &["check", "a.ron", "--only", "T3"][..],
        &["diff", "a.ron", "b.ron"],
        &["status", ".", "--year", "2024"],
    ] {
        let always = [arguments, &["--color", "always"]].concat();
        let never = [arguments, &["--color", "never"]].concat();
        let is_colored = |arguments, variables| {
            let shown = shown(&folder, arguments, variables);
            assert!(shown.lines().count() > 2, "{arguments:?}: {shown}");
            shown.contains('\u{1b}')
        };
        assert!(!is_colored(arguments, &[]), "{arguments:?}");
        assert!(is_colored(arguments, &["CLICOLOR_FORCE"]), "{arguments:?}");
        assert!(!is_colored(arguments, &["CLICOLOR_FORCE", "NO_COLOR"]), "{arguments:?}");
        assert!(is_colored(&always, &["NO_COLOR"]), "{always:?}");
        assert!(!is_colored(&never, &["CLICOLOR_FORCE"]), "{never:?}");
    }
    for format in ["json", "csv", "github", "sarif"] {
        let shown = shown(&folder, &["check", "a.ron", "--format", format, "--color", "always"], &[]);
        assert!(shown.contains("T3") && !shown.contains('\u{1b}'), "{format}: {shown}");
    }
}

#[test]
fn what_is_in_colour_is_the_same_without() {
    let folder = Folder::new("colors-same");
    folder.write("a.ron", include_str!("../../assets/sample.ron"));
    let colored = shown(&folder, &["check", "a.ron", "--color", "always"], &[]);
    let mut plain = String::new();
    for (at, part) in colored.split('\u{1b}').enumerate() {
        plain += if at == 0 { part } else { part.split_once('m').unwrap().1 };
    }
    assert_eq!(plain, shown(&folder, &["check", "a.ron"], &[]));
}
