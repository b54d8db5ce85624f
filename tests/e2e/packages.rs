//! The packaged programs in a root with nothing else, where `assets/package` has built them: the folder
//! that it wrote to is in `NIANBAO_PACKAGES`. What is another machine's runs in the emulator that
//! `NIANBAO_EMULATOR` names, a static program such as `qemu-aarch64` of version 10; older ones do not know the
//! calls by which a terminal is set.

use std::fs;
use std::path::PathBuf;

use crate::pty::Pty;
use crate::skipped::skipped;

const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// The program for a machine among the packages, or the words that it is not tried.
fn packaged(machine: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("NIANBAO_PACKAGES").map(PathBuf::from);
    let name = format!("nianbao-{}-linux-{machine}", env!("CARGO_PKG_VERSION"));
    let program = folder.map(|folder| folder.join(name)).filter(|program| program.is_file());
    if program.is_none() {
        skipped(&format!("the packaged program for {machine} (assets/package)"));
    }
    program
}

/// Edits, saves and opens again, with the program and perhaps its emulator as the only files there are.
fn use_in_empty_root(program: PathBuf, emulator: Option<PathBuf>) {
    let root = tempfile::tempdir().expect("a folder");
    let at = |name: &str| root.path().join(name);
    fs::copy(program, at("nianbao")).expect("a copy");
    fs::write(at("草稿.ron"), SAMPLE).expect("the sample is written");
    let mut called = vec!["/nianbao", "/草稿.ron"];
    if let Some(emulator) = emulator {
        fs::copy(emulator, at("emulator")).expect("a copy");
        called.insert(0, "/emulator");
    }
    let open = || {
        let command = Pty::command("unshare")
            .args(["--user", "--map-root-user", "chroot"])
            .arg(root.path())
            .args(&called)
            .env("HOME", "/")
            .env("LANG", "zh_CN.UTF-8");
        Pty::start(command, 100, 30)
    };
    let mut pty = open();
    pty.until_text("年度").keys("Alt+3").until_text("本年新收");
    pty.keys("Ctrl+Home").text("77").keys("Enter").until_text("77").keys("Ctrl+S").until_text("已保存");
    pty.keys("Alt+6").settle().keys("Ctrl+End").text("空根里打的汉字𠮷。").until_text("空根里打的汉字");
    pty.keys("Ctrl+S").until_text("已保存").until_gone("*未保存").keys("Ctrl+Q");
    assert!(pty.end().success());
    let text = fs::read_to_string(at("草稿.ron")).expect("the draft");
    assert!(text.contains("natural: 77") && text.contains("空根里打的汉字𠮷。"), "{text}");

    let mut pty = open();
    pty.until_text("年度").keys("Alt+3").until_text("77").keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn the_packaged_program_needs_nothing_but_itself() {
    let Some(program) = packaged(std::env::consts::ARCH) else { return };
    use_in_empty_root(program, None);
}

#[test]
fn the_program_for_arm64_needs_nothing_but_itself() {
    let Some(program) = packaged("aarch64") else { return };
    match std::env::var_os("NIANBAO_EMULATOR") {
        Some(emulator) => use_in_empty_root(program, Some(emulator.into())),
        None => skipped("the packaged program for aarch64: NIANBAO_EMULATOR names no emulator"),
    }
}
