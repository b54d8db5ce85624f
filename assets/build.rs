//! Reads the forms, keys and themes of this folder when the program is built, so that no start has to.
//!
//! RON is for those who write these files; what the program opens at every start is the same as bytes
//! of postcard, which are read several times faster. A shipped file with a mistake stops the build, with
//! its line. A user's own files are read as RON at run time, by the same structures.

#![expect(dead_code, reason = "of the structures of a file only the reading and writing is used here")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use ron::extensions::Extensions;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[path = "../src/form"]
mod form {
    pub mod file;
    mod kind;
}

#[path = "../src/editor"]
mod editor {
    mod command;
    mod key;
    pub mod key_row;
}

#[path = "../src/ui"]
mod ui {
    pub mod theme_file;
}

fn main() -> Result<(), Box<dyn Error>> {
    turn::<form::file::FormFile>("assets/forms", "")?;
    turn::<ui::theme_file::ThemeFile>("assets/themes", "")?;
    turn::<Vec<editor::key_row::KeyBinding>>("assets", "keys")
}

/// Reads the files of a folder whose names begin so, and writes what they say as bytes: `2021.ron` as
/// `2021.bin`.
fn turn<T: DeserializeOwned + Serialize>(folder: &str, start: &str) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={folder}");
    let as_written = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default();
        if path.extension() != Some("ron".as_ref()) || !name.to_string_lossy().starts_with(start) {
            continue;
        }
        let read: T = as_written
            .from_str(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{}:{}: {}", path.display(), error.span.start, error.code))?;
        let to = Path::new(&env::var("OUT_DIR")?).join(name).with_extension("bin");
        fs::write(to, postcard::to_allocvec(&read)?)?;
    }
    Ok(())
}
