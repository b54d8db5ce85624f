//! Any bytes from a terminal, through the decoder, the editor and the frame of a window of any size:
//! never a panic, and what was made can be saved and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::draft::Draft;
use nianbao::editor::event::Event;
use nianbao::editor::{Editor, Effect, Keymap, MergeOrigin, Msg, Opened, SaveError, SavedVersion, update};
use nianbao::form::Library;
use nianbao::store::{parse, to_ron};
use nianbao::terminal::decode::Decoder;
use nianbao::ui::{Themes, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::OnceLock;

/// What somebody else saves meanwhile; the report that is open most of the time.
const SAMPLE: &str = include_str!("../../../assets/sample.ron");
/// A frame is drawn after each piece of so many bytes.
const PIECE: usize = 12;

/// What is the same in every run, read once.
struct Fixture {
    library: Library,
    keys: Keymap,
    sample: Draft,
}

fn fixture() -> &'static Fixture {
    static FIXTURE: OnceLock<Fixture> = OnceLock::new();
    FIXTURE.get_or_init(|| {
        let library = Library::new();
        let sample = parse("sample", SAMPLE.as_bytes(), &library).expect("the sample is a draft").draft;
        Fixture { library, keys: Keymap::shipped(), sample }
    })
}

fuzz_target!(|bytes: &[u8]| {
    let [start, width, height, rest @ ..] = bytes else { return };
    let Fixture { library, keys, sample } = fixture();
    let today = jiff::civil::date(2026, 1, 12);
    let mut editor = Editor::new(library.clone(), keys.clone(), 80, 24, Some(today));
    match start % 4 {
        0 => {}
        1 => open(&mut editor, Draft::new("示例市某局", 2025, library)),
        _ => open(&mut editor, sample.clone()),
    }
    let size = if start & 4 == 0 { (80, 24) } else { (u16::from(*width), u16::from(*height) % 80) };
    dispatch(&mut editor, Msg::Event(Event::Resize { columns: size.0, rows: size.1 }));
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let mut decoder = Decoder::default();
    let themes = Themes::shipped();
    for piece in rest.chunks(PIECE) {
        // A pause is a byte that no terminal sends in UTF-8.
        let events = if piece.first() == Some(&0xff) { decoder.flush() } else { decoder.feed(piece) };
        for event in events {
            if !matches!(event, Event::Resize { .. }) {
                dispatch(&mut editor, Msg::Event(event));
            }
        }
        frame.reset();
        draw(&editor, &themes, &mut frame);
    }
    if let (Some(form), Some(draft)) = (editor.form(), editor.draft()) {
        let text = to_ron(&form, draft);
        let again = parse("x.ron", text.as_bytes(), library).expect("what was saved is read");
        assert_eq!(&again.draft, draft);
    }
});

fn open(editor: &mut Editor, draft: Draft) {
    let form = draft.form(&fixture().library).expect("an official form");
    let path = Some("草稿.ron".into());
    let opened = Opened { path, form, draft, last_year: None, message: String::new() };
    dispatch(editor, Msg::Opened(Ok(Box::new(opened))));
}

/// The surroundings: a first save of a name finds a file there, one over it finds it changed.
fn dispatch(editor: &mut Editor, msg: Msg) {
    let Fixture { library, sample, .. } = fixture();
    for effect in update(editor, msg) {
        match effect {
            Effect::Save { path, overwrite: false, .. } => {
                dispatch(editor, Msg::Saved(path, Err(SaveError::Exists)));
            }
            Effect::Save { path, draft, .. } => {
                if *draft == *sample || draft.notes.len() > 3 {
                    dispatch(editor, Msg::Saved(path, Ok(())));
                } else {
                    let base = Box::new(Draft::new("示例市某局", 2025, library));
                    dispatch(editor, Msg::Saved(path, Err(SaveError::ChangedOnDisk)));
                    let (theirs, origin) = (Box::new(sample.clone()), MergeOrigin::File);
                    dispatch(editor, Msg::Diverged { base, theirs, origin, then_save: false });
                }
            }
            Effect::Export { format, path, overwrite, .. } => {
                let result = if overwrite { Ok(()) } else { Err(SaveError::Exists) };
                dispatch(editor, Msg::Exported(format, path, result));
            }
            Effect::OpenSample => open(editor, sample.clone()),
            Effect::Open(path) => dispatch(editor, Msg::Missing(path)),
            Effect::ListVersions(_) => {
                let form = sample.form(library).expect("an official form");
                let reports = [Ok(Box::new((form, sample.clone()))), Err("无法读取".into())];
                let version = |report| SavedVersion { saved_at: "2026-01-12 10:22".into(), bytes: 6000, report };
                dispatch(editor, Msg::Versions(reports.map(version).into()));
            }
            _ => {}
        }
    }
}
