//! The program: arguments to the command line or to the editor.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use jiff::tz::TimeZone;
use nianbao::cli::{Desk, Exit, Marks, Next, run};
use nianbao::store::Places;
use screen::Home;

fn main() -> ExitCode {
    let places = Places::of_user();
    // A form file of the user's own that cannot be used is told and left out.
    let (library, mistakes) = places.as_ref().map_or_else(Default::default, Places::library);
    let live = io::stderr().is_terminal();
    let mut err = Marks::new(io::stderr(), live);
    for mistake in &mistakes {
        let _ = writeln!(err, "nianbao：自己的格式文件不能用：{mistake}");
    }
    let mut out = io::BufWriter::new(Marks::new(io::stdout().lock(), io::stdout().is_terminal()));
    let today = jiff::ZonedDateTime::now().date();
    let (home, zone) = (places.as_ref(), TimeZone::system());
    let mut desk = Desk { library: &library, today, zone, places: home, out: &mut out, err: &mut err, live };
    let next = run(std::env::args_os(), &mut desk);
    drop(out);
    match next {
        Next::Exit(exit) => {
            if exit == Exit::Failed && live {
                screen::perhaps_unreadable();
            }
            ExitCode::from(exit as u8)
        }
        Next::Edit(sitting) => {
            let words = mistakes.iter().map(ToString::to_string).collect();
            screen::edit(&sitting, today, Home { places, library, words })
        }
        Next::Doctor { keys } => screen::doctor(keys),
    }
}

/// The terminal of a Unix system, taken and used.
#[cfg(unix)]
mod screen {
    use std::io::{self, IsTerminal, Write};
    use std::process::ExitCode;

    use jiff::civil::Date;
    use nianbao::app::abilities::Abilities;
    use nianbao::app::glyph::Ambiguous;
    use nianbao::app::locale::{ILLEGIBLE, Locale, PERHAPS};
    pub use nianbao::app::seat::Home;
    use nianbao::app::seat::Seat;
    use nianbao::app::{self, End};
    use nianbao::cli::{Marks, Sitting};

    /// A line in ASCII after words that may not have been read.
    pub fn perhaps_unreadable() {
        if !Locale::of(variable).is_utf8 {
            let _ = writeln!(io::stderr(), "{PERHAPS}");
        }
    }

    /// Says what the terminal can do.
    pub fn doctor(keys: bool) -> ExitCode {
        let mut out = Marks::new(io::stdout(), io::stdout().is_terminal());
        match app::doctor::run(keys, &mut out) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(_) => ExitCode::from(2),
        }
    }

    fn variable(name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    /// Opens the editor: on a draft, or with the first screen where none is named.
    pub fn edit(sitting: &Sitting, today: Date, home: Home) -> ExitCode {
        let abilities = Abilities::of(variable, sitting.ascii);
        let mut err = io::stderr();
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() || !abilities.full_screen {
            let _ = writeln!(err, "nianbao：这里不是终端，打不开编辑界面。看命令请用 nianbao --help");
            return ExitCode::from(2);
        }
        // Terminals that are not asked how they draw may be unable to show any Chinese.
        let is_console = variable("TERM").is_some_and(|term| term == "linux");
        let is_asked = abilities.ambiguous == Ambiguous::Unknown;
        let doubtful = is_console || !is_asked && !Locale::of(variable).is_utf8;
        let mut seat = Seat::new(sitting, today, home, abilities, doubtful);
        match app::run(&mut seat, abilities, true) {
            Ok(End::Quit) => ExitCode::SUCCESS,
            Ok(End::Illegible) => {
                let _ = writeln!(err, "{ILLEGIBLE}");
                ExitCode::from(2)
            }
            Ok(End::HungUp | End::Terminated) => ExitCode::FAILURE,
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
    use nianbao::cli::Sitting;
    use nianbao::form::Library;
    use nianbao::store::Places;

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

    pub fn edit(_: &Sitting, _: Date, _: Home) -> ExitCode {
        refuse()
    }

    #[expect(clippy::print_stderr, reason = "what it says is all that it does")]
    fn refuse() -> ExitCode {
        eprintln!("nianbao：这个系统上还没有编辑界面，请在 WSL 里打开；命令都能用，见 nianbao --help");
        ExitCode::from(2)
    }
}
