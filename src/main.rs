//! The program: arguments to the command line or to the editor.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use jiff::tz::TimeZone;
use nianbao::cli::{CliOutcome, CommandContext, ExitStatus, SanitizingWriter, run_cli};
use nianbao::store::AppDirs;
use screen::UserData;

fn main() -> ExitCode {
    let places = AppDirs::for_user();
    // A form file of the user's own that cannot be used is told and left out.
    let (library, mistakes) = places.as_ref().map_or_else(Default::default, AppDirs::library);
    let live = io::stderr().is_terminal();
    let mut err = SanitizingWriter::new(io::stderr(), live);
    for mistake in &mistakes {
        let _ = writeln!(err, "nianbao：自己的格式文件不能用：{mistake}");
    }
    let mut out = io::BufWriter::new(SanitizingWriter::new(io::stdout().lock(), io::stdout().is_terminal()));
    let today = jiff::ZonedDateTime::now().date();
    let (home, zone) = (places.as_ref(), TimeZone::system());
    let mut context = CommandContext {
        library: &library,
        today,
        zone,
        dirs: home,
        out: &mut out,
        err: &mut err,
        err_is_terminal: live,
    };
    let next = run_cli(std::env::args_os(), &mut context);
    drop(out);
    match next {
        CliOutcome::Exit(exit) => {
            if exit == ExitStatus::Failed && live {
                screen::perhaps_unreadable();
            }
            ExitCode::from(exit as u8)
        }
        CliOutcome::OpenEditor(args) => {
            let words = mistakes.iter().map(ToString::to_string).collect();
            screen::edit(&args, today, UserData { places, library, warnings: words })
        }
        CliOutcome::Doctor { keys } => screen::doctor(keys),
    }
}

/// The terminal of a Unix system, taken and used.
#[cfg(unix)]
mod screen {
    use std::io::{self, IsTerminal, Write};
    use std::process::ExitCode;

    use jiff::civil::Date;
    use nianbao::app::capabilities::Capabilities;
    use nianbao::app::glyph::AmbiguousWidth;
    use nianbao::app::locale::{Locale, MAYBE_NOT_UTF8, NOT_UTF8};
    use nianbao::app::runtime::Runtime;
    pub use nianbao::app::runtime::UserData;
    use nianbao::app::{self, ExitReason};
    use nianbao::cli::{EditorArgs, SanitizingWriter};

    /// A line in ASCII after words that may not have been read.
    pub fn perhaps_unreadable() {
        if !Locale::of(variable).is_utf8 {
            let _ = writeln!(io::stderr(), "{MAYBE_NOT_UTF8}");
        }
    }

    /// Says what the terminal can do.
    pub fn doctor(keys: bool) -> ExitCode {
        let mut out = SanitizingWriter::new(io::stdout(), io::stdout().is_terminal());
        match app::doctor::run_doctor(keys, &mut out) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(_) => ExitCode::from(2),
        }
    }

    fn variable(name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    /// Opens the editor: on a draft, or with the first screen where none is named.
    pub fn edit(args: &EditorArgs, today: Date, home: UserData) -> ExitCode {
        let abilities = Capabilities::of(variable, args.ascii);
        let mut err = io::stderr();
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() || !abilities.full_screen {
            let _ = writeln!(err, "nianbao：这里不是终端，打不开编辑界面。看命令请用 nianbao --help");
            return ExitCode::from(2);
        }
        // Terminals that are not asked how they draw may be unable to show any Chinese.
        let is_console = variable("TERM").is_some_and(|term| term == "linux");
        let is_asked = abilities.ambiguous == AmbiguousWidth::Unknown;
        let doubtful = is_console || !is_asked && !Locale::of(variable).is_utf8;
        let mut seat = Runtime::new(args, today, home, abilities, doubtful);
        match app::run_application(&mut seat, abilities, true) {
            Ok(ExitReason::Quit) => ExitCode::SUCCESS,
            Ok(ExitReason::NotUtf8) => {
                let _ = writeln!(err, "{NOT_UTF8}");
                ExitCode::from(2)
            }
            Ok(ExitReason::Hangup | ExitReason::Terminated) => ExitCode::FAILURE,
            Err(error) => {
                let _ = writeln!(err, "nianbao：终端不能用：{error}。请换一个终端再试");
                ExitCode::from(2)
            }
        }
    }
}

/// Elsewhere the commands work; the editor speaks with terminals as Unix has them.
#[cfg(not(unix))]
mod screen {
    use std::process::ExitCode;

    use jiff::civil::Date;
    use nianbao::cli::EditorArgs;
    use nianbao::form::Library;
    use nianbao::store::AppDirs;

    /// What the editor would begin with.
    #[expect(dead_code, reason = "there is no editor here")]
    pub struct Home {
        pub places: Option<Places>,
        pub library: Library,
        pub words: Vec<String>,
    }

    pub fn perhaps_unreadable() {}

    pub fn doctor(_: bool) -> ExitCode {
        refuse()
    }

    pub fn edit(_: &EditorArgs, _: Date, _: UserData) -> ExitCode {
        refuse()
    }

    #[expect(clippy::print_stderr, reason = "what it says is all that it does")]
    fn refuse() -> ExitCode {
        eprintln!("nianbao：这个系统上还没有编辑界面，请在 WSL 里打开；命令都能用，见 nianbao --help");
        ExitCode::from(2)
    }
}
