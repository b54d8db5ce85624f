//! The twelve jobs of a clerk's day: the stories `job-…`, with what each costs. `BLESS=1` writes the table of
//! `tests/bench/README.md`; the most keys that a job may take stand in `tests/fixtures/keys/jobs.txt`.
//!
//! A step is *blind* if a text has to be typed that no list, completion or proposal on the screen has shown
//! before, and that is no content of the report itself. A key is *known by heart* if nothing on the screen
//! names it: those that every program has (arrows, Enter, Esc, Tab, Backspace) are not counted.

use super::*;

/// Keys that need no label.
const COMMON: [&str; 14] = [
    "Up",
    "Down",
    "Left",
    "Right",
    "Enter",
    "Esc",
    "Tab",
    "Shift+Tab",
    "Backspace",
    "Delete",
    "PgUp",
    "PgDn",
    "Ctrl+Home",
    "Ctrl+End",
];

/// What a job costs.
struct Cost {
    job: String,
    title: String,
    keys: usize,
    blind: Vec<String>,
    by_heart: Vec<String>,
}

fn jobs() -> Vec<PathBuf> {
    let is_job =
        |folder: &PathBuf| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("job-"));
    story_folders().into_iter().filter(is_job).collect()
}

/// Plays a job in a window of 80×24 and counts.
fn cost(folder: &Path) -> Cost {
    let keys = fs::read_to_string(folder.join("keys")).unwrap();
    let title = keys.lines().find_map(|line| line.strip_prefix("# ")).expect("a remark names the job");
    let mut cost = Cost {
        job: folder.file_name().unwrap().to_string_lossy().into_owned(),
        title: title.into(),
        keys: 0,
        blind: Vec::new(),
        by_heart: Vec::new(),
    };
    let mut stage = Stage::new(folder, 80, 24);
    let mut typed = Vec::new();
    for line in script(&keys).1 {
        let is_text = ["type ", "paste ", "click ", "double ", "drag ", "wheel "];
        let steps: Vec<&str> = if is_text.iter().any(|verb| line.starts_with(verb)) {
            vec![line]
        } else {
            line.split_whitespace().collect()
        };
        for step in steps {
            let shown = stage.screen(80, 24);
            let text =
                step.strip_prefix("type ").or(step.chars().all(|c| c.is_ascii_digit()).then_some(step));
            match text {
                Some(text) => {
                    cost.keys += text.chars().count();
                    typed.push((text.to_string(), shown));
                }
                None => {
                    cost.keys += 1;
                    let is_named = COMMON.contains(&step) || shown.contains(&format!("{step} "));
                    if !is_named && !step.contains(' ') {
                        cost.by_heart.push(step.into());
                    }
                }
            }
            stage.play(step, (80, 24));
        }
    }
    let report = stage.written().unwrap_or_default();
    let is_blind =
        |(text, shown): &(String, String)| !shown.contains(text) && !report.contains(text.as_str());
    cost.blind = typed.into_iter().filter(is_blind).map(|(text, _)| text).collect();
    cost
}

fn table(costs: &[Cost]) -> String {
    let mut table = String::from("| job | keys | blind steps | keys known by heart |\n|---|---|---|---|\n");
    for Cost { title, keys, blind, by_heart, .. } in costs {
        table.push_str(&format!("| {title} | {keys} | {} | {} |\n", blind.len(), by_heart.join(", ")));
    }
    let sum = |of: fn(&Cost) -> usize| costs.iter().map(of).sum::<usize>();
    let (keys, blind) = (sum(|cost| cost.keys), sum(|cost| cost.blind.len()));
    table + &format!("| all | {keys} | {blind} | {} |\n", sum(|cost| cost.by_heart.len()))
}

#[test]
fn the_twelve_jobs_take_no_blind_step() {
    let costs: Vec<Cost> = jobs().iter().map(|folder| cost(folder)).collect();
    println!("{}", table(&costs));
    assert_eq!(costs.len(), 12);
    let blind: Vec<String> = costs
        .iter()
        .filter(|cost| !cost.blind.is_empty())
        .map(|cost| format!("{}: {}", cost.job, cost.blind.join(", ")))
        .collect();
    assert!(blind.is_empty(), "typed although nothing showed it:\n{}", blind.join("\n"));
}

#[test]
fn the_twelve_jobs_take_the_keys_that_are_published() {
    let costs: Vec<Cost> = jobs().iter().map(|folder| cost(folder)).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let most = fs::read_to_string(root.join("tests/fixtures/keys/jobs.txt")).unwrap();
    let counted: String = costs.iter().map(|cost| format!("{} {}\n", cost.job, cost.keys)).collect();
    assert_eq!(counted, most, "a job may take fewer keys, never more: then the number goes down with it");
    let file = root.join("tests/bench/README.md");
    let told = fs::read_to_string(&file).unwrap();
    let (start, end) = ("<!-- jobs -->\n", "<!-- /jobs -->");
    let from = told.find(start).expect("the place of the table") + start.len();
    let to = told.find(end).expect("the end of the table");
    let mut readme = told.clone();
    readme.replace_range(from..to, &format!("\n{}\n", table(&costs)));
    if std::env::var_os("BLESS").is_some() {
        fs::write(file, readme).unwrap();
    } else {
        assert!(told == readme, "stale: write the table with BLESS=1 cargo test --test stories");
    }
}
