//! The command line as a whole: everything that it says of itself is Chinese.

use clap::error::ErrorKind;

use super::*;

/// Words that clap would say in English.
const ENGLISH: [&str; 8] =
    ["Usage", "Options", "Commands", "Arguments", "OPTIONS", "Print", "possible", "default"];

fn every_command() -> Vec<clap::Command> {
    let root = command();
    let subs: Vec<_> = root.get_subcommands().cloned().collect();
    [vec![root], subs].concat()
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_help_page_is_in_chinese() {
    for mut command in every_command() {
        let help = command.render_help().to_string();
        for word in ENGLISH {
            assert!(!help.contains(word), "{word} in\n{help}");
        }
        for arg in command.get_arguments() {
            let words = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(has_chinese(&words), "{}: {}", command.get_name(), arg.get_id());
        }
        assert!(has_chinese(&command.get_about().map(ToString::to_string).unwrap_or_default()));
    }
}

#[test]
fn the_definition_is_sound() {
    command().debug_assert();
}

#[test]
fn every_kind_of_mistake_has_chinese_words() {
    let kinds = [
        ErrorKind::InvalidValue,
        ErrorKind::UnknownArgument,
        ErrorKind::InvalidSubcommand,
        ErrorKind::NoEquals,
        ErrorKind::ValueValidation,
        ErrorKind::TooManyValues,
        ErrorKind::TooFewValues,
        ErrorKind::WrongNumberOfValues,
        ErrorKind::ArgumentConflict,
        ErrorKind::MissingRequiredArgument,
        ErrorKind::MissingSubcommand,
        ErrorKind::InvalidUtf8,
        ErrorKind::Io,
        ErrorKind::Format,
    ];
    for kind in kinds {
        let words = refuse::words(&clap::Error::new(kind), &["nianbao".into(), "check".into()]);
        assert!(has_chinese(&words) && words.ends_with("详细说明：nianbao check --help"), "{words}");
    }
}

/// What comes of a line, with what was written to the output and to the error stream.
fn told(line: &str) -> (Next, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let library = Library::new();
    let today = jiff::civil::date(2026, 1, 20);
    let mut desk = Desk {
        library: &library,
        today,
        zone: jiff::tz::TimeZone::UTC,
        places: None,
        out: &mut out,
        err: &mut err,
        live: false,
    };
    let next = run(line.split(' ').map(OsString::from), &mut desk);
    (next, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn the_editor_opens_with_the_keys_and_signs_asked_for() {
    let (next, ..) = told("nianbao --keys vim --ascii 草稿.ron");
    let keys = Some("vim".into());
    let wanted = Sitting { draft: Some("草稿.ron".into()), keys, roster: None, ascii: true };
    assert_eq!(next, Next::Edit(wanted));
    let (next, ..) = told("nianbao 各单位 --roster 名单.txt");
    let (draft, roster) = (Some("各单位".into()), Some("名单.txt".into()));
    assert_eq!(next, Next::Edit(Sitting { draft, roster, ..Sitting::default() }));
    assert_eq!(told("nianbao").0, Next::Edit(Sitting::default()));
    let (next, _, words) = told("nianbao --keys nano");
    assert_eq!(next, Next::Exit(Exit::Failed));
    assert!(words.contains("emacs") && words.contains("vim") && has_chinese(&words), "{words}");
    assert_eq!(told("nianbao --ascii check a.ron").0, Next::Exit(Exit::Failed));
}

#[test]
fn every_set_of_keys_that_may_be_asked_for_is_there() {
    let command = command();
    let keys = command.get_arguments().find(|argument| argument.get_id() == "keys").unwrap();
    for name in keys.get_possible_values() {
        assert!(crate::editor::Keymap::set(name.get_name()).is_some());
    }
}

#[test]
fn the_manual_page_has_chinese_headings_and_every_command() {
    let (next, page, _) = told("nianbao man");
    assert_eq!(next, Next::Exit(Exit::Done));
    for command in command().get_subcommands() {
        assert!(page.contains(&format!(".SH nianbao {}\n", command.get_name())));
    }
    for line in page.lines().filter(|line| line.starts_with(".SH") || line.starts_with(".SS")) {
        assert!(has_chinese(line) || line.starts_with(".SH nianbao "), "{line}");
    }
}

#[test]
fn what_a_file_holds_cannot_speak_to_the_terminal() {
    assert_eq!(plain::shown("a\u{1b}[2J\u{202e}b\nc"), "a\\u{1b}[2J\\u{202e}b\nc");
    assert_eq!(plain::line("a\nb"), "a⏎b");
}
