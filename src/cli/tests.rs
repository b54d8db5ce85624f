//! The command line as a whole: everything that it says of itself is Chinese.

use clap::error::ErrorKind;

use super::*;
use crate::form::Library;

/// English words of clap's own messages.
const ENGLISH: [&str; 8] =
    ["Usage", "Options", "Commands", "Arguments", "OPTIONS", "Print", "possible", "default"];

fn every_command() -> Vec<clap::Command> {
    let root = build_command();
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
            let message = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(has_chinese(&message), "{}: {}", command.get_name(), arg.get_id());
        }
        assert!(has_chinese(&command.get_about().map(ToString::to_string).unwrap_or_default()));
    }
}

#[test]
fn the_definition_is_sound() {
    build_command().debug_assert();
}

#[test]
fn every_usage_error_has_a_chinese_message() {
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
        let message = error_text::usage_error_text(
            &clap::Error::new(kind),
            &["nianbao".into(), "check".into()],
            &build_command(),
        );
        assert!(has_chinese(&message) && message.ends_with("详细说明：nianbao check --help"), "{message}");
    }
}

/// Runs a command line, and returns its outcome and what was written to the output and to the error stream.
fn run_line(line: &str) -> (CliOutcome, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let library = Library::new();
    let today = jiff::civil::date(2026, 1, 20);
    let mut context = CommandContext {
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
    let next = run_cli(line.split(' ').map(OsString::from), &mut context);
    (next, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn the_editor_is_opened_with_what_was_asked_for() {
    let (next, ..) = run_line("nianbao --ascii 草稿.ron");
    let wanted = EditorArgs { draft: Some("草稿.ron".into()), roster: None, ascii: true };
    assert_eq!(next, CliOutcome::OpenEditor(wanted));
    let (next, ..) = run_line("nianbao tests/fixtures/各单位 --roster 名单.txt");
    let (draft, roster) = (Some("tests/fixtures/各单位".into()), Some("名单.txt".into()));
    assert_eq!(next, CliOutcome::OpenEditor(EditorArgs { draft, roster, ..EditorArgs::default() }));
    assert_eq!(run_line("nianbao").0, CliOutcome::OpenEditor(EditorArgs::default()));
    assert_eq!(run_line("nianbao --ascii check a.ron").0, CliOutcome::Exit(ExitStatus::Failed));
}

#[test]
fn an_option_that_is_not_there_is_refused_by_its_name() {
    for line in ["nianbao --keys emacs", "nianbao --keys=vim 草稿.ron"] {
        let (next, out, message) = run_line(line);
        assert_eq!((next, out.as_str()), (CliOutcome::Exit(ExitStatus::Failed), ""), "{line}");
        assert!(message.contains("--keys") && has_chinese(&message), "{message}");
    }
}

#[test]
fn the_manual_page_has_chinese_headings_and_every_command() {
    let (next, page, _) = run_line("nianbao man");
    assert_eq!(next, CliOutcome::Exit(ExitStatus::Done));
    for command in build_command().get_subcommands() {
        assert!(page.contains(&format!(".SH nianbao {}\n", command.get_name())));
    }
    for line in page.lines().filter(|line| line.starts_with(".SH") || line.starts_with(".SS")) {
        assert!(has_chinese(line) || line.starts_with(".SH nianbao "), "{line}");
    }
}

#[test]
fn the_manual_is_printed_as_plain_lines() {
    let (next, page, message) = run_line("nianbao manual");
    assert_eq!((next, message.as_str()), (CliOutcome::Exit(ExitStatus::Done), ""));
    assert!(page.starts_with("〔年报 nianbao 使用手册〕\n"), "{page}");
    for command in build_command().get_subcommands() {
        assert!(page.contains(&format!("\n      {} ", command.get_name())), "{}", command.get_name());
    }
    assert!(!page.contains("<!--") && !page.contains("```"));
}

#[test]
fn what_a_file_holds_cannot_speak_to_the_terminal() {
    assert_eq!(super::escape::escape_text("a\u{1b}[2J\u{202e}b\nc"), "a\\u{1b}[2J\\u{202e}b\nc");
    assert_eq!(super::escape::escape_line("a\nb"), "a⏎b");
}

#[test]
fn every_shell_gets_a_script_with_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (next, script, message) = run_line(&format!("nianbao completions {shell}"));
        assert_eq!((next, message.as_str()), (CliOutcome::Exit(ExitStatus::Done), ""), "{shell}");
        for command in build_command().get_subcommands() {
            assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
        }
    }
}
