//! What the screen costs, beside other programs in the same run: start, memory, bytes and time a key.
//!
//! `cargo bench --bench screen` prints the tables of `tests/bench/README.md`. On a machine that does other things the
//! times say little; the bytes are the same everywhere.
#![allow(clippy::unwrap_used, reason = "a measurement stops where it cannot go on")]
#![allow(clippy::print_stdout, reason = "prints what it measures")]

mod peers;
#[path = "../e2e/pty.rs"]
mod pty;
mod report;

use peers::{Installed, PEERS, Peer};
use pty::{Answer, Pty};
use std::collections::BTreeMap;
use std::fs::read_to_string;
use std::time::{Duration, Instant};

/// Rounds, each with every program once, one after the other.
const ROUNDS: usize = 9;
/// A program that says nothing for so long has settled after its start.
const SETTLED: Duration = Duration::from_millis(50);
/// And after a key.
const SILENT: Duration = Duration::from_millis(25);
/// How long the first byte after a key may take; many keys show nothing.
const PATIENCE: Duration = Duration::from_millis(250);
/// How long nothing is done to see whether the program does nothing either.
const IDLE: Duration = Duration::from_secs(5);
const SIZE: (u16, u16) = (100, 30);

/// What was measured, by what it is of; milliseconds, bytes or kilobytes.
type Notes = BTreeMap<&'static str, Vec<f64>>;

fn main() {
    if std::env::var_os(peers::FLOOR).is_some() {
        return peers::play_floor();
    }
    let (here, missing): (Vec<&Peer>, Vec<&Peer>) = PEERS.iter().partition(|peer| peer.is_here());
    let folder = tempfile::tempdir().expect("a folder");
    let here: Vec<Installed> = here.into_iter().map(|peer| peer.install(folder.path())).collect();
    let mut notes: Vec<Notes> = here.iter().map(|_| Notes::new()).collect();
    for _ in 0..ROUNDS {
        for (peer, notes) in here.iter().zip(&mut notes) {
            alike(peer, notes);
            if peer.is_ours() {
                ours(peer, notes);
            }
            if peer.is_ours() || peer.is_bare() {
                large(peer, notes);
            }
        }
    }
    println!("{} rounds at {}x{}, medians; missing: {}", ROUNDS, SIZE.0, SIZE.1, names(&missing));
    compare(&here, &notes);
    let bare = here.iter().position(|peer| peer.is_bare()).map_or(&notes[0], |at| &notes[at]);
    goals(&notes[0], bare);
}

fn names(peers: &[&Peer]) -> String {
    if peers.is_empty() {
        "none".into()
    } else {
        peers.iter().map(|peer| peer.name).collect::<Vec<_>>().join(", ")
    }
}

/// Starts a program on fresh documents and waits until it has settled.
fn start(peer: &Installed, size: (u16, u16)) -> (tempfile::TempDir, Pty, Duration) {
    let folder = tempfile::tempdir().expect("a folder");
    peers::write_documents(folder.path());
    let begun = Instant::now();
    let mut pty = peer.start(folder.path(), size);
    pty.until_text(peer.ready);
    let shown = begun.elapsed();
    let more = pty.answer(SETTLED, SETTLED);
    let settled = if more.bytes == 0 { shown } else { shown + more.last };
    (folder, pty, settled)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Sends keys one by one, each when the one before is answered.
fn press(pty: &mut Pty, keys: &str) -> Vec<Answer> {
    keys.split_whitespace()
        .map(|key| {
            pty.keys(key);
            pty.answer(PATIENCE, SILENT)
        })
        .collect()
}

fn note(notes: &mut Notes, bytes: &'static str, time: &'static str, answers: &[Answer]) {
    let seen = answers.iter().filter(|answer| answer.bytes > 0);
    notes.entry(bytes).or_default().extend(answers.iter().map(|answer| answer.bytes as f64));
    notes.entry(time).or_default().extend(seen.map(|answer| ms(answer.last)));
}

/// What is measured of every program.
fn alike(peer: &Installed, notes: &mut Notes) {
    let (_folder, mut pty, settled) = start(peer, SIZE);
    notes.entry("start").or_default().push(ms(settled));
    notes.entry("rss").or_default().push(status(&pty, "VmRSS:"));
    press(&mut pty, peer.enter);
    for (key, times) in peer.moves {
        let answers = press(&mut pty, &format!("{key} ").repeat(*times));
        note(notes, "move", "move ms", &answers);
    }
    pty.keys(&"Down ".repeat(200));
    let burst = pty.answer(PATIENCE, SILENT);
    note(notes, "burst", "burst ms", &[burst]);
    press(&mut pty, peer.number.0);
    let digits = press(&mut pty, "4 1 2");
    note(notes, "digit", "digit ms", &digits);
    pty.kill();
}

/// What is promised of ours beside it.
fn ours(peer: &Installed, notes: &mut Notes) {
    let (_folder, mut pty, _) = start(peer, SIZE);
    let before = (status(&pty, "voluntary_ctxt_switches:"), cpu(&pty));
    let idle = pty.answer(IDLE, IDLE);
    notes.entry("idle bytes").or_default().push(idle.bytes as f64);
    let switches = status(&pty, "voluntary_ctxt_switches:") - before.0;
    notes.entry("idle wake-ups").or_default().push(switches);
    notes.entry("idle cpu ms").or_default().push(cpu(&pty) - before.1);
    // The last paragraph of the narrative: its six hundred characters are before the cursor, and after it.
    press(&mut pty, "Alt+1 Ctrl+End");
    note(notes, "text end", "text ms", &written(&mut pty).0);
    for _ in 0..SIZE.1 {
        if pty.row(pty.cursor().expect("a cursor").1).contains(report::LAST_PARAGRAPH) {
            break;
        }
        press(&mut pty, "Up");
    }
    press(&mut pty, "Home");
    let (answers, moved) = written(&mut pty);
    note(notes, "text start", "text ms", &answers);
    let shares = answers.iter().zip(moved).map(|(answer, moved)| answer.bytes as f64 / moved as f64);
    notes.entry("text start share").or_default().extend(shares);
    press(&mut pty, "Alt+3 Ctrl+Home");
    let answers = press(&mut pty, &"Down ".repeat(30));
    // A move inside the window sends little; the window moves with the greater ones.
    let scrolled = answers.iter().filter(|answer| answer.bytes > 120).copied().collect::<Vec<_>>();
    note(notes, "scroll", "scroll ms", &scrolled);
    notes.entry("nothing").or_default().push(press(&mut pty, "Ctrl+End Down Down")[2].bytes as f64);
    let most = answers.iter().map(|answer| answer.pieces).max().unwrap_or_default();
    notes.entry("writes").or_default().push(most as f64);
    // Table 四 stands whole in the window; 三 has to scroll.
    press(&mut pty, "Alt+4");
    pty.keys(&"Down ".repeat(200));
    let burst = pty.answer(PATIENCE, SILENT);
    note(notes, "burst within", "burst within ms", &[burst]);
    pty.kill();
}

/// The same keys in a large window: what grows with it is drawing, not the program.
fn large(peer: &Installed, notes: &mut Notes) {
    let (_folder, mut pty, _) = start(peer, (200, 60));
    press(&mut pty, peer.enter);
    let answers = press(&mut pty, &"Down ".repeat(15));
    note(notes, "large move", "large move ms", &answers);
    press(&mut pty, peer.number.0);
    let digits = press(&mut pty, "4 1 2");
    note(notes, "large digit", "large digit ms", &digits);
    pty.kill();
}

/// Types Chinese characters, one by one; with each answer the bytes of what then stands in the cells that
/// show something else than before.
fn written(pty: &mut Pty) -> (Vec<Answer>, Vec<usize>) {
    let type_one = |c: char| {
        let before = pty.emulated().clone();
        pty.text(&c.to_string());
        let answer = pty.answer(PATIENCE, SILENT);
        (answer, moved(&before, pty.emulated()))
    };
    "年度工作认真".chars().map(type_one).unzip()
}

fn moved(before: &vt100::Screen, after: &vt100::Screen) -> usize {
    let places = (0..SIZE.1).flat_map(|row| (0..SIZE.0).map(move |column| (row, column)));
    let shown = |screen: &vt100::Screen, (row, column)| {
        screen.cell(row, column).map(|cell| cell.contents().to_string()).unwrap_or_default()
    };
    let changed = places.filter(|&place| shown(before, place) != shown(after, place));
    changed.map(|place| shown(after, place).len()).sum()
}

/// A number of the kernel about the program.
fn status(pty: &Pty, name: &str) -> f64 {
    let text = read_to_string(format!("/proc/{}/status", pty.pid())).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(f64::NAN)
}

/// The time on a processor, in milliseconds.
fn cpu(pty: &Pty) -> f64 {
    let text = read_to_string(format!("/proc/{}/schedstat", pty.pid())).unwrap_or_default();
    text.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).map_or(f64::NAN, |ns| ns / 1e6)
}

fn at(notes: &Notes, name: &str, part: f64) -> f64 {
    let Some(mut all) = notes.get(name).cloned().filter(|all| !all.is_empty()) else { return f64::NAN };
    all.sort_by(f64::total_cmp);
    all[((all.len() - 1) as f64 * part).round() as usize]
}

fn median(notes: &Notes, name: &str) -> f64 {
    at(notes, name, 0.5)
}

/// The table of all programs.
fn compare(peers: &[Installed], notes: &[Notes]) {
    println!(
        "\n| | start to settled, ms | memory, MB | bytes a cursor move | bytes a digit | 200 keys at once: ms / bytes | key to last byte, ms |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (peer, notes) in peers.iter().zip(notes) {
        println!(
            "| {} | {:.1} | {:.1} | {:.0} | {:.0} | {:.1} / {:.0} | {:.2} |",
            peer.name,
            median(notes, "start"),
            median(notes, "rss") / 1024.0,
            median(notes, "move"),
            median(notes, "digit"),
            median(notes, "burst ms"),
            median(notes, "burst"),
            median(notes, "move ms"),
        );
    }
    let of = |name: &str, what| {
        let at = peers.iter().position(|peer| peer.name == name);
        at.map_or(f64::NAN, |at| median(&notes[at], what))
    };
    println!();
    for ours in ["nianbao", peers::STATIC].into_iter().filter(|ours| !of(ours, "start").is_nan()) {
        println!(
            "{ours}: start {:.2} x nano, {:.2} x the bare frame; memory {:.2} x nano",
            of(ours, "start") / of("nano", "start"),
            of(ours, "start") / of("ratatui, bare", "start"),
            of(ours, "rss") / of("nano", "rss")
        );
    }
}

/// The promises, each with what was measured.
fn goals(notes: &Notes, bare: &Notes) {
    println!("\n| goal | measured | a bare frame of ratatui |\n|---|---|---|");
    let say = |goal: &str, measured: String| println!("| {goal} | {measured} | |");
    let beside = |goal: &str, measured: String, floor: String| println!("| {goal} | {measured} | {floor} |");
    say(
        "idle for 5 s: nothing",
        format!(
            "{:.0} bytes, {:.0} wake-ups, {:.2} ms of processor",
            at(notes, "idle bytes", 1.0),
            at(notes, "idle wake-ups", 1.0),
            at(notes, "idle cpu ms", 1.0)
        ),
    );
    say(
        "cursor move: median 80 bytes, p95 300",
        format!("{:.0}, {:.0}", median(notes, "move"), at(notes, "move", 0.95)),
    );
    say("digit that changes no finding: 30 bytes", format!("{:.0}", median(notes, "digit")));
    say("Chinese character at the end of a long text: 60 bytes", format!("{:.0}", median(notes, "text end")));
    say(
        "the same at its start: 1.2 x the characters that moved",
        format!("{:.0}, {:.2} x", median(notes, "text start"), at(notes, "text start share", 1.0)),
    );
    say("scrolling a table by a row: 1,300 bytes", format!("{:.0}", median(notes, "scroll")));
    say("nothing to show: 0 bytes", format!("{:.0}", at(notes, "nothing", 1.0)));
    say("one write a paint", format!("{:.0}", at(notes, "writes", 1.0)));
    let burst =
        |notes: &Notes, bytes, time| format!("{:.0}, {:.1}", median(notes, bytes), median(notes, time));
    beside(
        "200 cursor keys at once: 200 bytes, 2 ms",
        format!(
            "{} within the window; {} where it scrolls",
            burst(notes, "burst within", "burst within ms"),
            burst(notes, "burst", "burst ms")
        ),
        burst(bare, "burst", "burst ms"),
    );
    beside(
        "key to last byte: 0.6 ms",
        format!(
            "move {:.2}, digit {:.2}, text {:.2}",
            median(notes, "move ms"),
            median(notes, "digit ms"),
            median(notes, "text ms")
        ),
        format!("{:.2}", median(bare, "move ms")),
    );
    let grows = |notes: &Notes, large, small| median(notes, large) / median(notes, small);
    beside(
        "the same at 200x60: not more than 1.3 x",
        format!(
            "move {:.2} x, digit {:.2} x",
            grows(notes, "large move ms", "move ms"),
            grows(notes, "large digit ms", "digit ms")
        ),
        format!("{:.2} x", grows(bare, "large move ms", "move ms")),
    );
    let bytes = std::fs::metadata(env!("CARGO_BIN_EXE_nianbao")).map_or(0, |about| about.len());
    say("program: 8 MB", format!("{:.1} MB", bytes as f64 / 1e6));
}
