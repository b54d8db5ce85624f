//! The program: arguments to the command line or to the editor.
#![forbid(unsafe_code)]

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use nianbao::cli::{Desk, Next, run};
use nianbao::form::Library;

fn main() -> ExitCode {
    let library = Library::new();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut err = io::stderr();
    let live = err.is_terminal();
    let today = jiff::Zoned::now().date();
    let mut desk = Desk { library: &library, today, out: &mut out, err: &mut err, live };
    let next = run(std::env::args_os(), &mut desk);
    match next {
        Next::Exit(exit) => ExitCode::from(exit as u8),
        Next::Edit(draft) => edit(draft, &library),
    }
}

/// Opens the editor: on a draft, or with the home screen where none is named.
fn edit(_draft: Option<PathBuf>, _library: &Library) -> ExitCode {
    let _ = writeln!(io::stderr(), "nianbao：编辑器还没有接上");
    ExitCode::from(2)
}
