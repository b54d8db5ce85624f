//! The scale run, outside CI: `cargo run --release --example scale -- 1000 10000 100000`.
//!
//! For each number of units it writes that many drafts, then measures in one run: reading the files
//! and walking their RON, loading them as drafts, what the screen over a folder reads,
//! `check --summary`, and `compile`; wall time and the largest memory of each. The program measured is the one beside this one. `write FOLDER 1000` only
//! writes drafts, to look at them.
#![allow(clippy::unwrap_used, reason = "a measurement stops where it cannot go on")]
#![allow(clippy::print_stdout, reason = "prints what it measures")]

mod generator;

use nianbao::form::Library;
use nianbao::store;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, folder] = arguments.as_slice() {
        match mode.as_str() {
            "walk" => {
                return read_all(Path::new(folder), |bytes| {
                    ron::Options::default()
                        .from_str::<serde::de::IgnoredAny>(&String::from_utf8_lossy(bytes))
                        .expect("RON");
                });
            }
            "survey" => {
                let today = jiff::civil::date(2025, 1, 12);
                let mut filed = Vec::new();
                return nianbao::units::scan_folder(Path::new(folder), &Library::new(), today, |one| {
                    filed.push(one);
                    true
                });
            }
            "load" => {
                let library = Library::new();
                return read_all(Path::new(folder), |bytes| {
                    store::parse("x.ron", bytes, &library).expect("a draft");
                });
            }
            _ => {}
        }
    }
    if let [mode, folder, size] = arguments.as_slice()
        && mode == "write"
    {
        return write_all(Path::new(folder), size.parse().expect("how many drafts"));
    }
    let sizes: Vec<u64> = arguments.iter().filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000, 100_000] } else { sizes };
    println!(
        "{:>8} {:>22} {:>9} {:>8} {:>9} {:>7}",
        "units", "what", "seconds", "µs/unit", "memory", "×walk"
    );
    for size in sizes {
        measure(size);
    }
}

fn measure(size: u64) {
    let folder = std::env::temp_dir().join(format!("nianbao-scale-{size}"));
    let _ = fs::remove_dir_all(&folder);
    write_all(&folder, size);
    let own = std::env::current_exe().expect("this program");
    let program = own.parent().and_then(Path::parent).expect("the target folder").join("nianbao");
    let total = folder.join("total.out");
    let text = |path: &Path| path.display().to_string();
    let drafts = text(&folder.join("drafts"));
    let mut walk = None;
    for (what, program, arguments) in [
        // Once unmeasured, so that the files are as warm for the first as for the last.
        ("", &own, vec!["walk".into(), drafts.clone()]),
        ("read and walk RON", &own, vec!["walk".into(), drafts.clone()]),
        ("read and load", &own, vec!["load".into(), drafts.clone()]),
        ("the screen's units", &own, vec!["survey".into(), drafts.clone()]),
        ("check --summary", &program, vec!["check".into(), drafts.clone(), "--summary".into()]),
        ("compile", &program, vec!["compile".into(), drafts.clone(), "-o".into(), text(&total)]),
    ] {
        let (time, memory) = run(program, &arguments);
        if what.is_empty() {
            continue;
        }
        let base: &mut Duration = walk.get_or_insert(time);
        let each = time.as_micros() as u64 / size.max(1);
        let times = time.as_secs_f64() / base.as_secs_f64();
        println!(
            "{size:>8} {what:>22} {:>9.2} {each:>8} {:>6} MB {times:>7.2}",
            time.as_secs_f64(),
            memory / 1024
        );
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Runs a program to its end: wall time, and the largest memory seen in KB.
fn run(program: &Path, arguments: &[String]) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program; build it with cargo build --release");
    let mut largest = 0;
    while child.try_wait().expect("its end").is_none() {
        largest = largest.max(memory(&child));
        thread::sleep(Duration::from_millis(5));
    }
    (start.elapsed(), largest)
}

/// The largest memory of a running program in KB; it only grows.
fn memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}

fn write_all(folder: &Path, size: u64) {
    let library = Library::new();
    for number in 0..size {
        let part = folder.join(format!("drafts/{:03}", number / 1000));
        if number % 1000 == 0 {
            fs::create_dir_all(&part).expect("a folder");
        }
        let (form, draft) = generator::draft(number, 2024, &library);
        fs::write(part.join(format!("{number:06}.ron")), store::to_ron(&form, &draft)).expect("a draft");
    }
}

/// Does something with the bytes of every file, on all cores.
fn read_all(folder: &Path, each: impl Fn(&[u8]) + Sync) {
    let mut files: Vec<PathBuf> = Vec::new();
    for part in fs::read_dir(folder).expect("the folder") {
        for file in fs::read_dir(part.expect("a part").path()).expect("a part") {
            files.push(file.expect("a file").path());
        }
    }
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    each(&fs::read(file).expect("its bytes"));
                }
            });
        }
    });
}
