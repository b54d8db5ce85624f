//! nianbao (年报): an editor and checker for the 政府信息公开工作年度报告, the yearly report on
//! government information disclosure.
//!
//! The form is data, a draft is values by field name, every change is an invertible
//! [`Edit`](edit::Edit), findings are recomputed from the draft, one [`update`](editor::update) turns
//! keys into edits and effects, and [`draw`](ui::draw) only reads.
//!
//! A draft is checked without any file, terminal or clock:
//!
//! ```
//! use nianbao::{check, draft::{Draft, Value}, form::Library};
//!
//! let library = Library::new();
//! let mut draft = Draft::new("示例市水务局", 2025, &library);
//! for (row, count) in [("new", 12), ("carried_in", 0), ("granted", 13), ("carried_out", 0)] {
//!     draft.set(format!("requests.{row}.natural").as_str(), Value::Count(count));
//! }
//! let form = draft.form(&library).expect("an official form");
//! let findings = check::check(&form, &draft, check::Context::default());
//! let tally = findings.iter().find(|finding| finding.rule == "T1").expect("12 + 0 is not 13 + 0");
//! assert_eq!(tally.severity, check::Severity::Error);
//! assert!(tally.message.contains("相差 1"));
//! ```
//!
//! # The map
//!
//! A module may use only modules of a lower rank. `tests/architecture` checks that, the length of
//! files and other rules. The page of each module says more.
//!
//! | rank | module | what lives there | what always holds |
//! |---|---|---|---|
//! | 0 | [`text`] | what is invisible, digits and numerals, widths, where a line breaks, safe file names | knows no report, reads no file; each job in one place |
//! | 0 | [`form`] | sections, tables with nested headings, narratives, fields, tally relations | read from text, checked once, never changed after; a name that does not resolve is refused with its line |
//! | 1 | [`draft`] | one report's values by field name, exact money, dates, ignored findings, notes | blank is not zero, and unread is not blank; what cannot be read is kept as typed; no arithmetic but in [`Ledger`](draft::Ledger) |
//! | 2 | [`edit`] | a change as a value, its inverse, the history | undoing everything restores the draft as it was opened; a paste is one edit |
//! | 2 | [`merge`] | two drafts that grew from one | conflicts are data; nothing of either side is lost |
//! | 3 | [`check`](mod@check) | the rules: one file for each check, its tests under it | reads nothing but its arguments, cannot fail, findings in the form's order |
//! | 3 | [`compile`] | many units' reports added up | only entered cells are added; missing or unreadable is never 0 |
//! | 3 | [`store`] | drafts on disk, journal, lock, saved versions, the user's own files | at every moment the old file or the new one is there, whole; the same draft gives the same bytes |
//! | 3 | [`export`] | files to hand in, one file per format over one layout | what was typed is what is printed; reads no clock, writes no file |
//! | 3 | [`import`] | published reports read into drafts | a cell that cannot be placed with certainty is stored as unread, never guessed; sizes are bounded first |
//! | 4 | [`editor`] | the state of one session, keys, layers, layout | touches no file and no terminal: it asks for either by returning an [`Effect`](editor::Effect) |
//! | 4 | [`units`] | many units' reports: found, checked, imported, added up | for commands and screen alike: prints nothing, one file that cannot be read stops nothing |
//! | 5 | [`cli`] | the commands, one file each | results to the output, messages to the error stream; streams and the day are arguments |
//! | 5 | [`ui`] | what the clerk sees | writes nothing but the frame; nothing is shown by colour alone |
//! | 6 | [`terminal`] | entering and leaving, input decoding, signals, wake-ups, painting the screen | knows no report; the terminal is restored however the program ends; nothing invisible is written to it |
//! | 7 | [`app`] | the event loop, performing effects, background jobs, recovery, the session, doctor | no platform code: that is in `src/terminal/unix` and `windows` |
//! | 8 | `main` | arguments to [`cli`] or [`app`] | |
//!
//! The modules from [`form`] to [`check`](mod@check), [`compile`], [`editor`] and [`ui`] read no file and
//! no clock and print nothing. Three pairs of one rank are used in one direction: `form` uses `text`, `merge`
//! uses `edit`, and `import` uses the version that `export` writes.
//!
//! # One key press
//!
//! 1. [`terminal::input`] waits in one `poll` for keyboard and signals; [`terminal::decode`] turns bytes into
//!    [`Event`](editor::event::Event)s. All that has come is one batch.
//! 2. [`app::runtime`] passes each to [`editor::update`] as a [`Msg`](editor::Msg).
//! 3. The key map finds the [`Command`](editor::Command) for the scope of the focus: the top layer,
//!    the open cell, a table, a narrative, the list of findings, the home screen.
//! 4. The handler of the command moves the cursor or returns actions, which `update` carries out: an
//!    [`Edit`](edit::Edit) goes through the one [`History`](edit::History). The whole form is checked
//!    again: a few hundred cells and the narratives.
//! 5. `update` returns effects, [`Journal`](editor::Effect::Journal) first. [`app::runtime`] performs them;
//!    an answer comes back as a message.
//! 6. [`ui::draw`] draws the state into a frame; [`terminal::paint`] writes what differs from the screen, in
//!    one write. So a change is in the journal before it is seen.
//!
//! Undo takes the same path with the inverse, and moves the cursor to what it changed. What `update` and
//! `draw` must agree on (areas, rows of a table, tabs, lines of findings) is a pure function in
//! [`editor`] that both call. A layout is kept until something it depends on changes: a held arrow
//! key lays out nothing.
//!
//! # Where to begin
//!
//! | to add | open |
//! |---|---|
//! | a rule | a new file in `src/check/`, and one line in `CHECKS` of `src/check/mod.rs` |
//! | a key | a row of `assets/keys.ron` |
//! | a piece of the screen | a file in `src/ui/` that draws on a `Canvas`; what it says in `src/editor/`, where the mouse finds it too |
//! | a colour | a role in `src/ui/theme_file.rs`, and its style in each file of `assets/themes/` |
//! | a command for keys | a variant in `src/editor/command.rs`, its arm in `src/editor/dispatch.rs` (or `cursor.rs`, `layer_input.rs`), its row in `assets/keys.ron` |
//! | a form | a file like `assets/forms/2021.ron` in the user's `forms` folder, without building; an official one also in `src/form/library.rs` |
//! | what a key or form file may say | `src/editor/key_row.rs`, `src/form/file.rs`; `assets/build.rs` reads the shipped ones with them when the program is built |
//! | a format to write | a file in `src/export/` over its `layout`, and one arm in `src/export/format.rs` |
//! | a format to read | a file in `src/import/readers/` that yields a [`Source`](import::Source), and one arm in `src/import/sniff` |
//! | a command line command | a file in `src/cli/`, and its variant and arm in `src/cli/mod.rs` |
//! | something to read or write | a variant of [`Effect`](editor::Effect), performed in `src/app/runtime/effects.rs` |
//! | a terminal that `doctor` knows | a row of `src/app/doctor/known.rs` |
//! | a test of keys | a folder in `tests/stories/`: draft, keys, screen, draft after |
//!
//! The tables of the manual (`assets/manual.md`) and the pictures of screens are made from the program:
//! `BLESS=1 cargo test --test readme --test pictures` writes them anew. What is measured, and how, is in
//! `tests/bench/README.md`.
//!
//! # Words of the code
//!
//! | word | meaning |
//! |---|---|
//! | document | the open report: form, draft, history, findings, path |
//! | view | what of a document is seen: tab, cursor, selection, scroll |
//! | layer | a popup over the document: a list, a message, a question, a prompt |
//! | command | what a key or the palette asks for, by its id of the key file |
//! | action | what a handler of the editor asks `update` to do |
//! | effect | what `update` asks of the machine: read, save, journal, clipboard |
//! | scope | where keys are pressed; it decides which rows of the key map hold |
//! | role | what a piece of the screen is; a theme gives it a style |
//! | finding | what a rule found; it has a severity, a basis and perhaps a fix |
//! | suspect | the one cell whose change would make a finding's sums hold |
//! | slip | findings that one suspect explains, counted once |
//! | ignored | of a finding: set aside by the clerk, with a reason that the draft keeps |
//! | journal | changes since the last save, recorded as they are made; recovery reads it |
//! | orphan | a journal whose session is gone |
//! | fingerprint | what tells one content of a file from another |
//! | stand-in | the character that stands for one of ambiguous width, while it is laid out as wide |
//!
//! # Words of the form
//!
//! | word | Chinese | meaning |
//! |---|---|---|
//! | form | 格式 | the sections, tables and narratives that a year's notice prescribes |
//! | section | 部分（一至六） | a numbered part of the report, with a table or a narrative |
//! | narrative | 正文 | the text of a section |
//! | field | 栏、格 | one place for a value, named once and for all |
//! | clerk | 填报人 | who fills in the report: the user |
//! | relation | 勾稽关系 | two lists of fields whose sums must be equal |
//! | tally | 核对合计 | checking the relations |
//! | total | 总计、合计 | a field that a relation derives from others |
//! | figure | 数 | a number of a narrative that the tables have too |
//! | twin | 雷同 | a text that two units' reports share |
//! | follow-up | 跟着改 | a total set to its new sum after a cell that it adds up was corrected |
//! | carry | 结转 | requests that one year leaves to the next; also starting a draft from last year's |
//! | unit | 单位 | an organ that reports |
//! | roster | 应报单位名单 | the units that have to report |
//! | compile | 汇总 | adding the units' reports up into one |
//! | adjustment | 调整 | what is added to a compiled sum by hand, with its reason |
//! | unread | 待核对 | of a cell: an import could not tell it, and nobody has answered yet; neither blank nor a number |
//! | provenance | 来源 | the file and the lines that an imported draft was read from |
//!
//! # What is absent on purpose
//!
//! - **No async.** One person types at one terminal; one wait is for all there is (`poll` on Unix, a channel on
//!   Windows). Threads are used
//!   only where many files are read at once (`src/units/parallel.rs`), in the background of the
//!   editor too (`src/app/jobs.rs`): their results are messages, and a waker ends the same wait.
//! - **No network.** Nothing is looked up and nothing is sent; reports are drafts until handed in.
//! - **No floating point for the report's numbers.** Counts are integers, money is an exact decimal kept
//!   as it was typed, unit included.
//! - **No PDF writer.** It would need a layout engine and fonts that may not be shipped; Word, WPS and
//!   browsers print the exported files.
//! - **Not crossterm's event reader.** When the line drops, its poll never returns and uses a whole core;
//!   and it would have to wait for the terminal's answers. [`terminal::decode`] reads the bytes. crossterm
//!   stays for raw mode and the sequences that are written.
//! - **Not ratatui's own terminal.** It keeps two frames and sends their difference, which knows neither
//!   what stands in the columns that stay nor how wide this terminal draws `“`, `—` and `①`. [`ui::draw`] fills a
//!   buffer, and [`terminal::paint`] compares it with the one before.
//! - **Not the text-area crate's rows and undo.** `editor/narrative_editor/mod.rs` uses it for text, caret and selection.
//!   Rows come from our own wrap by UAX #14, because the widget cannot keep punctuation off the start of
//!   a line; and a narrative's changes belong in the one history.
//! - **No derived structures for draft files.** A form knows its fields only when it is read, and maps
//!   let the last of two equal names win; `store` reads entry by entry, so that every mistake has its
//!   place.
//! - **No global state, no `unsafe`, no `Rc<RefCell>`, no widget objects, no order stated twice:** the
//!   stack of layers alone decides how they are drawn and which gets the keys.

/// The clerk's manual as it is shipped, in Markdown; [`text::markdown`] makes plain lines of it.
pub const MANUAL: &str = include_str!("../assets/manual.md");

pub mod text;

pub mod form;

pub mod draft;

pub mod edit;

pub mod merge;

pub mod check;

pub mod compile;

pub mod store;

pub mod export;

pub mod import;

pub mod editor;

pub mod units;

pub mod cli;

pub mod ui;

pub mod terminal;

pub mod app;
