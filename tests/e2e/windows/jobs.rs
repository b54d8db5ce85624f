//! The same jobs by the program for Linux and the program for Windows: every byte that they write is the
//! same, and so is what they show, but for `\` in paths.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{System, Workplace, windows_program};

/// What a clerk or a script does, in this order: each job may read what those before it wrote.
const JOBS: [&str; 21] = [
    "new --unit 示例县档案局 --year 2025 -o 新.ron",
    "carry 草稿.ron -o 下年.ron",
    "check 草稿.ron 各单位 --format json",
    "check --summary 单位/*.ron",
    "export 草稿.ron --to docx -o a.docx",
    "export 草稿.ron --to xlsx -o a.xlsx",
    "export 草稿.ron --to html -o a.html",
    "export 草稿.ron --to md -o a.md",
    "export 草稿.ron --to txt -o a.txt",
    "export 草稿.ron --to csv -o 各表/",
    "export 草稿.ron --to json -o a.json",
    "import a.docx -o 读回.ron",
    "import a.html a.xlsx a.json -o 读回各件",
    "import sample.doc --format json",
    "compile 各单位 -o 汇总/全县.ron --adjust requests.new.natural=-2=联合收到",
    "export 汇总/全县.ron --to docx",
    "status 各单位 --year 2025 --format json",
    "diff 草稿.ron 新.ron --format json",
    "diff --textconv 下年.ron",
    "merge 基.ron 草稿.ron 对方.ron -o 合并.ron",
    "history 草稿.ron --restore 1 -o 旧版.ron",
];

/// Copies what there is before the first job: units twice, and a merge's other sides.
fn prepare(workplace: &Workplace) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for folder in ["各单位", "单位"] {
        fs::create_dir_all(workplace.at(folder)).expect("a folder");
        for entry in fs::read_dir(fixtures.join("各单位")).expect("the fixtures").flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), workplace.at(folder).join(entry.file_name())).expect("a copy");
            }
        }
    }
    fs::create_dir(workplace.at("汇总")).expect("a folder");
    fs::copy(fixtures.join("files/sample.doc"), workplace.at("sample.doc")).expect("a copy");
    fs::copy(workplace.at("草稿.ron"), workplace.at("基.ron")).expect("a copy");
    let theirs = fs::read_to_string(workplace.at("基.ron")).expect("the sample");
    fs::write(workplace.at("对方.ron"), theirs.replace("natural: 58", "natural: 61")).expect("a draft");
}

/// Fills in a part of the draft in the editor, and saves twice.
fn fill(workplace: &Workplace) {
    let mut pty = workplace.open("草稿.ron");
    pty.until_text("年度").keys("Alt+3").until_text("本年新收");
    pty.keys("Ctrl+Home").text("77").keys("Enter").until_text("77").keys("Ctrl+S").until_text("已保存");
    pty.keys("Alt+6").settle().keys("Ctrl+End").text("窗口里打的汉字𠮷。").until_text("窗口里打的汉字");
    pty.keys("Ctrl+S").until_text("已保存").until_gone("*未保存").keys("Ctrl+Q");
    pty.end();
}

/// What a job shows, and its exit code.
fn perform(workplace: &Workplace, job: &str) -> String {
    let mut command = match workplace.system {
        System::Windows(program) => {
            // A job that hangs is known by its exit code.
            let mut command = Command::new("timeout");
            command.args(["--kill-after=5", "60", "wine"]).arg(program).args(job.split(' '));
            command
        }
        // The shell expands what the program itself does on Windows.
        System::Linux => {
            let mut command = Command::new("sh");
            command.args(["-c", &format!("\"$0\" {job}"), env!("CARGO_BIN_EXE_nianbao")]);
            command
        }
    };
    let output = command
        .current_dir(workplace.home.path())
        .env("HOME", workplace.home.path())
        .env("XDG_STATE_HOME", workplace.at("state"))
        .env("XDG_CONFIG_HOME", workplace.at("config"))
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    // JSON writes a backslash twice.
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8").replace("\\\\", "/").replace('\\', "/");
    format!("{job}\n{}{}= {:?}", text(output.stdout), text(output.stderr), output.status.code())
}

/// All files in a folder and below, but the user's own state: it names this machine and the time.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder").flatten() {
            let path = entry.path();
            if !path.is_dir() {
                let name = path.strip_prefix(folder).expect("below it").display().to_string();
                found.insert(name, fs::read(path).expect("a file"));
            } else if entry.file_name() != "state" {
                folders.push(path);
            }
        }
    }
    found
}

#[test]
fn every_job_writes_the_same_bytes_on_windows() {
    let Some(program) = windows_program() else { return };
    let run = |system| {
        let workplace = Workplace::new(system);
        prepare(&workplace);
        fill(&workplace);
        let shown = JOBS.map(|job| perform(&workplace, job));
        (shown, files(workplace.home.path()))
    };
    let (linux, windows) = (run(System::Linux), run(System::Windows(&program)));
    for (ours, theirs) in linux.0.iter().zip(&windows.0) {
        assert_eq!(ours, theirs);
    }
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&linux.1), names(&windows.1));
    let different: Vec<&String> = linux
        .1
        .iter()
        .filter(|(name, bytes)| windows.1.get(*name) != Some(bytes))
        .map(|(name, _)| name)
        .collect();
    assert!(different.is_empty(), "{different:?} differ");
    assert!(linux.1.len() > 30, "{:?}", names(&linux.1));
}
