//! Reads the forms and keys of this folder when the program is built, so that no start has to.
//!
//! RON is for those who write these files; what the program opens at every start is the same as bytes
//! of postcard, which are read ten times faster. A shipped file with a mistake stops the build, with
//! its line.

#![forbid(unsafe_code)]
#![expect(dead_code, reason = "of the structures of a file only the reading and writing is used here")]

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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for form in ["forms/2019.ron", "forms/2021.ron"] {
        turn::<form::file::FormFile>(form)?;
    }
    for keys in ["keys.ron", "keys-emacs.ron", "keys-vim.ron"] {
        turn::<Vec<editor::key_row::Row>>(keys)?;
    }
    Ok(())
}

/// Reads a file of this folder and writes what it says as bytes: `2021.ron` as `2021.bin`.
fn turn<T: DeserializeOwned + Serialize>(file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let path = Path::new("assets").join(file);
    println!("cargo::rerun-if-changed={}", path.display());
    let as_written = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let read: T = as_written
        .from_str(&fs::read_to_string(&path)?)
        .map_err(|error| format!("{}:{}: {}", path.display(), error.span.start, error.code))?;
    let name = Path::new(file).with_extension("bin");
    let to = Path::new(&env::var("OUT_DIR")?).join(name.file_name().unwrap_or_default());
    Ok(fs::write(to, postcard::to_allocvec(&read)?)?)
}
