//! The program: hands its arguments to the command line, and from there to the editor.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::{panic, thread};

use anstream::{AutoStream, ColorChoice};
use jiff::tz::TimeZone;
use nianbao::cli::{CliOutcome, CommandContext, EscapingWriter, ExitStatus, run_cli};
use nianbao::import::READER_THREAD;
use nianbao::store::AppDirs;

fn main() -> ExitCode {
    // A reader that fails at a file is an error of that file, said in its own words.
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |message| {
        if thread::current().name() != Some(READER_THREAD) {
            report(message);
        }
    }));
    let dirs = AppDirs::for_user();
    // A broken form file of the user's is reported and left out.
    let (library, mistakes) = dirs.as_ref().map_or_else(Default::default, AppDirs::library);
    let live = io::stderr().is_terminal();
    let mut err = EscapingWriter::new(io::stderr(), live);
    for mistake in &mistakes {
        let _ = writeln!(err, "nianbao：自己的格式文件不能用：{mistake}");
    }
    // `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and `TERM` are looked at there.
    let styles = Cell::new(AutoStream::choice(&io::stdout()) != ColorChoice::Never);
    let out = EscapingWriter::new(io::stdout().lock(), io::stdout().is_terminal());
    let mut out = io::BufWriter::new(out.passing_styles(&styles));
    let today = jiff::ZonedDateTime::now().date();
    let mut context = CommandContext {
        library: &library,
        today,
        zone: TimeZone::system(),
        dirs: dirs.as_ref(),
        out: &mut out,
        err: &mut err,
        err_is_terminal: live,
        styles: &styles,
        quiet: false,
    };
    let outcome = run_cli(wild::args_os(), &mut context);
    drop(out);
    match outcome {
        CliOutcome::Exit(exit) => {
            if exit == ExitStatus::Failed && live {
                interactive::warn_if_unreadable();
            }
            ExitCode::from(exit as u8)
        }
        CliOutcome::OpenEditor(args) => {
            let warnings = mistakes.iter().map(ToString::to_string).collect();
            interactive::open_editor(&args, today, dirs, library, warnings)
        }
        CliOutcome::Doctor { keys } => interactive::run_doctor(keys),
    }
}

/// What needs a terminal: the editor and the doctor.
mod interactive {
    use std::io::{self, IsTerminal, Write};
    use std::process::ExitCode;

    use jiff::civil::Date;
    use nianbao::app::doctor;
    use nianbao::app::event_loop::{ExitReason, run_application};
    use nianbao::app::runtime::{Runtime, UserData};
    use nianbao::cli::{EditorArgs, EscapingWriter};
    use nianbao::form::Library;
    use nianbao::store::AppDirs;
    use nianbao::terminal::capabilities::Capabilities;
    use nianbao::terminal::glyph::AmbiguousWidth;
    use nianbao::terminal::locale::{Locale, MAYBE_NOT_UTF8, NOT_UTF8};
    use nianbao::terminal::{is_terminal, variable};

    /// Writes a hint in ASCII where the Chinese message before it may be unreadable.
    pub fn warn_if_unreadable() {
        if !Locale::of(variable).is_utf8 {
            let _ = writeln!(io::stderr(), "{MAYBE_NOT_UTF8}");
        }
    }

    /// Reports what the terminal can do.
    pub fn run_doctor(keys: bool) -> ExitCode {
        let mut out = EscapingWriter::new(io::stdout(), io::stdout().is_terminal());
        match doctor::run_doctor(keys, &mut out) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(_) => ExitCode::from(2),
        }
    }

    /// Opens the editor on a draft, or on the home screen if none is named.
    pub fn open_editor(
        args: &EditorArgs,
        today: Date,
        dirs: Option<AppDirs>,
        library: Library,
        warnings: Vec<String>,
    ) -> ExitCode {
        let capabilities = Capabilities::of(variable, args.ascii);
        let mut err = io::stderr();
        if !is_terminal() {
            let _ = writeln!(err, "nianbao：这里不是终端，打不开编辑界面。看命令请用 nianbao --help");
            return ExitCode::from(2);
        }
        if !capabilities.full_screen {
            let term = variable("TERM").unwrap_or_default();
            let _ = writeln!(
                err,
                "nianbao：终端类型（TERM={term}）不能显示整屏界面。请换一个终端窗口，或设 TERM=xterm 再试；\
                 看命令请用 nianbao --help"
            );
            return ExitCode::from(2);
        }
        // A terminal that is not asked how wide it draws may be unable to show Chinese at all.
        let is_console = variable("TERM").is_some_and(|term| term == "linux");
        let is_asked = capabilities.ambiguous == AmbiguousWidth::Unknown;
        let maybe_not_utf8 = is_console || !is_asked && !Locale::of(variable).is_utf8;
        let user = UserData { dirs, library, warnings };
        let start = || Runtime::new(args, today, user, capabilities, maybe_not_utf8);
        match run_application(capabilities, start) {
            Ok(ExitReason::Quit) => ExitCode::SUCCESS,
            Ok(ExitReason::NotUtf8) => {
                let _ = writeln!(err, "{NOT_UTF8}");
                ExitCode::from(2)
            }
            Ok(ExitReason::Hangup | ExitReason::Terminated) => ExitCode::FAILURE,
            Err(error) => {
                // What the system says would be in English; by its number an administrator knows it.
                let number = error.raw_os_error().map(|number| format!("（系统报告第 {number} 号错误）"));
                let number = number.unwrap_or_default();
                let _ = writeln!(err, "nianbao：终端不能用{number}。请换一个终端再试");
                ExitCode::from(2)
            }
        }
    }
}
