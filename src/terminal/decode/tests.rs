//! The keys of every terminal, and that no bytes break or stop the decoder.

use super::*;
use crate::editor::event::{Background, Mouse, MouseKind};
use proptest::prelude::*;

fn events(bytes: &[u8]) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let mut events = decoder.feed(bytes);
    while decoder.timeout().is_some() {
        events.extend(decoder.flush());
    }
    events
}

/// The keys as their names, other events as their debug form.
fn names(bytes: &[u8]) -> String {
    let name = |event: &Event| match event {
        Event::Key(key) => key.to_string(),
        other => format!("{other:?}"),
    };
    events(bytes).iter().map(name).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn all(table: &[(&str, &str)]) {
    for (bytes, expected) in table {
        assert_eq!(&names(bytes.as_bytes()), expected, "{bytes:?}");
    }
}

#[test]
fn bytes_that_every_terminal_sends() {
    all(&[
        ("a1，", "a 1 ，"),
        ("A", "A"),
        ("\0\x01\x13\x1a", "Ctrl+Space Ctrl+A Ctrl+S Ctrl+Z"),
        ("\x08\x7f", "Backspace Backspace"),
        ("\t\r\n", "Tab Enter"),
        ("\n\r", "Enter Enter"),
        ("\x1c\x1d\x1e\x1f", "Ctrl+\\ Ctrl+] Ctrl+^ Ctrl+_"),
        ("\x1b", "Esc"),
        ("\x1b\x1b", "Esc Esc"),
        ("\x1b1\x1b=\x1bx", "Alt+1 Alt+= Alt+X"),
        ("\x1b\u{4e2d}", "Alt+中"),
        ("\x1b[Z", "Shift+Tab"),
        ("\x1b\x7f", "Alt+Backspace"),
    ]);
}

#[test]
fn xterm() {
    all(&[
        ("\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "Up Down Right Left Home End"),
        ("\x1bOA\x1bOH\x1bOM\x1bOp\x1bOk", "Up Home Enter 0 +"),
        ("\x1bOP\x1bOQ\x1bOR\x1bOS", "F1 F2 F3 F4"),
        ("\x1b[15~\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b[24~", "F5 F6 F7 F8 F9 F10 F11 F12"),
        ("\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Insert Delete PgUp PgDn"),
        ("\x1b[1;2A\x1b[1;5H\x1b[1;3D\x1b[1;6F", "Shift+Up Ctrl+Home Alt+Left Ctrl+Shift+End"),
        ("\x1b[5;5~\x1b[6;5~\x1b[3;2~", "Ctrl+PgUp Ctrl+PgDn Shift+Delete"),
        ("\x1b[1;2P\x1b[1;2R\x1b[1;5R\x1b[15;2~", "Shift+F1 Shift+F3 Ctrl+F3 Shift+F5"),
        ("\x1b[I\x1b[O", "Focus(true) Focus(false)"),
        ("\x1b[27;5;61~\x1b[97;5u\x1b[13;2u", "Ctrl+= Ctrl+A Shift+Enter"),
    ]);
}

#[test]
fn linux_console() {
    all(&[
        ("\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E", "F1 F2 F3 F4 F5"),
        ("\x1b[1~\x1b[4~\x1b[2~\x1b[3~", "Home End Insert Delete"),
        ("\x1b[17~\x1b[25~\x1b[34~", "F6 F13 F20"),
    ]);
}

#[test]
fn putty_screen_tmux_and_rxvt() {
    all(&[
        ("\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[15~", "F1 F2 F3 F4 F5"),
        ("\x1b[1~\x1b[4~", "Home End"),
        ("\x1b\x1b[A\x1b\x1bOA\x1b\x1b[5~", "Alt+Up Alt+Up Alt+PgUp"),
        ("\x1b[7~\x1b[8~", "Home End"),
        ("\x1b[5^\x1b[6$\x1b[7@", "Ctrl+PgUp Shift+PgDn Ctrl+Shift+Home"),
        ("\x1b[a\x1bOd", "Shift+Up Ctrl+Left"),
        ("\x1b[1;5D", "Ctrl+Left"),
    ]);
}

#[test]
fn the_background_is_heard_and_never_typed() {
    let dark = Event::BackgroundReport(Background::Dark);
    let light = Event::BackgroundReport(Background::Light);
    assert_eq!(events(b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\"), std::slice::from_ref(&dark));
    assert_eq!(events(b"\x1b]11;rgb:ff/ff/e0\x07"), [light]);
    assert_eq!(events(b"\x1b]11;rgba:0000/2b2b/3636/ffff\x07"), [dark]);
    assert_eq!(events(b"\x1b]11;rgb:zz/0/0\x07\x1b]11;blue\x07\x1b]11;rgb:ff/ff\x07"), []);
    all(&[("\x1b]5", "Alt+] 5"), ("\x1b]1", ""), ("\x1b]", "Alt+]")]);
}

#[test]
fn the_width_report_is_no_key_and_a_foreign_report_is_nothing() {
    assert_eq!(events(b"\x1b[2;2R"), [Event::WidthReport { wide: false }]);
    assert_eq!(events(b"\x1b[2;3R"), [Event::WidthReport { wide: true }]);
    assert_eq!(events(b"\x1b[2;54R"), [Event::CharsetReport { utf8: true }]);
    assert_eq!(events(b"\x1b[2;55R"), [Event::CharsetReport { utf8: false }]);
    assert_eq!(events(b"\x1b[2;56R"), [Event::CharsetReport { utf8: false }]);
    all(&[("\x1b[3;56R\x1b[2;60R\x1b[2;52R\x1b[1;1R", "F3")]);
    all(&[("\x1b[24;80R", ""), ("\x1b[?1;2cx", "x"), ("\x1b[>0;276;0cx", "x"), ("\x1b[?2026;2$yx", "x")]);
}

#[test]
fn the_mouse_counts_cells_from_0() {
    let at = |kind, column, row| Event::Mouse(Mouse { kind, column, row });
    assert_eq!(
        events(b"\x1b[<0;5;3M\x1b[<32;6;3M\x1b[<0;6;3m\x1b[<64;1;1M\x1b[<65;1;1M"),
        [
            at(MouseKind::Press, 4, 2),
            at(MouseKind::Drag, 5, 2),
            at(MouseKind::Release, 5, 2),
            at(MouseKind::WheelUp, 0, 0),
            at(MouseKind::WheelDown, 0, 0),
        ]
    );
    assert_eq!(events(b"\x1b[M !!a").first(), Some(&at(MouseKind::Press, 0, 0)));
    assert_eq!(names(b"\x1b[<2;5;3Mx"), "x");
}

#[test]
fn a_paste_is_one_event_with_its_line_ends_made_one_kind() {
    let bytes = b"\x1b[200~\xe7\x94\xb2\r\n\x1b[A\xffb\rc\x1b[201~x";
    let text = "甲\n\u{1b}[A\u{fffd}b\nc".to_string();
    assert_eq!(events(bytes), [Event::Paste(text), Event::Key(Key::plain(KeyCode::Char('x')))]);
    assert_eq!(events(b"\x1b[200~\x1b[201~"), [Event::Paste(String::new())]);
    all(&[("\x1b[201~a", "a")]);
}

fn key_press(name: &str) -> Event {
    Event::Key(name.parse().unwrap())
}

/// Returns a decoder whose paste has paused after these bytes.
fn paused(so_far: &[u8]) -> (Decoder, Vec<Event>) {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(&[PASTE_BEGIN, so_far].concat()), []);
    assert_eq!(decoder.timeout(), Some(Duration::from_millis(300)));
    let events = decoder.flush();
    assert_eq!(decoder.timeout(), None);
    (decoder, events)
}

fn torn(text: &str) -> Vec<Event> {
    vec![Event::Paste(text.into()), Event::PasteIncomplete]
}

#[test]
fn a_paste_without_its_end_is_handed_over_and_keys_are_keys() {
    assert_eq!(paused(b"").1, []);
    for (bytes, key) in [
        (&b"\x13"[..], "Ctrl+S"),
        (b"\r", "Enter"),
        (b"7", "7"),
        (b"\x1b[A", "Up"),
        (b"\x1b", "Esc"),
        ("数".as_bytes(), "数"),
    ] {
        let (mut decoder, events) = paused(b"12\t3\r\n\x11");
        assert_eq!(events, torn("12\t3\n\u{11}"));
        let mut events = decoder.feed(bytes);
        events.extend(decoder.flush());
        assert_eq!(events, [key_press(key)]);
        assert_eq!(decoder.feed(b"\x11"), [key_press("Ctrl+Q")]);
    }
    let held = paused(b"12").0.feed(&b"\x1b[B".repeat(9));
    assert_eq!(held, vec![key_press("Down"); 9], "a held arrow key is no text");
}

#[test]
fn an_end_mark_that_comes_late_is_swallowed_however_it_is_cut() {
    for cut in 0..PASTE_END.len() {
        let (early, late) = PASTE_END.split_at(cut);
        let (mut decoder, events) = paused(&[b"12", early].concat());
        assert_eq!(events, torn("12"), "{cut}");
        assert_eq!(decoder.feed(late), [], "{cut}");
        assert_eq!(decoder.feed(b"3"), [key_press("3")], "{cut}");
    }
    for cut in 1..PASTE_END.len() {
        let (mut decoder, _) = paused(b"12\x1b");
        let (one, two) = PASTE_END[1..].split_at(cut - 1);
        assert_eq!((decoder.feed(one), decoder.feed(two)), (vec![], vec![]), "{cut}");
        assert_eq!(decoder.feed(b"3"), [key_press("3")], "{cut}");
    }
    // After keys too.
    let (mut decoder, _) = paused(b"12");
    assert_eq!(decoder.feed(b"\x1b[A\x1b[201~5"), [key_press("Up"), key_press("5")]);
    // What looked like its beginning was not.
    assert_eq!(paused(b"12\x1b[20").0.feed(b"\x1b[A"), [key_press("Up")]);
}

#[test]
fn the_rest_of_a_paused_paste_is_pasted_and_never_a_command() {
    for rest in ["q?\n", "and the rest\tof it\n"] {
        let (mut decoder, _) = paused(b"half");
        let bytes = [rest.as_bytes(), PASTE_END].concat();
        assert_eq!(decoder.feed(&bytes), torn(rest));
        assert_eq!(decoder.feed(b"7"), [key_press("7")]);
    }
    let (mut decoder, _) = paused(b"half");
    assert_eq!(decoder.feed(b"a part of many bytes"), []);
    assert_eq!(decoder.flush(), torn("a part of many bytes"));
    let (mut decoder, events) = paused(&"甲乙".as_bytes()[..5]);
    assert_eq!(events, torn("甲"));
    assert_eq!(decoder.feed(&["乙".as_bytes()[2..].to_vec(), b"q".to_vec()].concat()), []);
    assert_eq!(decoder.flush(), torn("乙q"), "a character that was cut");
    let (mut decoder, _) = paused(&"甲乙".as_bytes()[..5]);
    let lost = [torn("\u{fffd}"), vec![key_press("7")]].concat();
    assert_eq!(decoder.feed(b"7"), lost, "something came there");
}

#[test]
fn a_paste_after_one_without_end_is_one_of_its_own() {
    let (mut decoder, _) = paused(b"half");
    assert_eq!(decoder.feed(b"\x1b[200~whole\x1b[201~"), [Event::Paste("whole".into())]);
    let mut decoder = Decoder::default();
    let events = decoder.feed(b"\x1b[200~half\x1b[200~whole\x1b[201~");
    assert_eq!(events, [torn("half"), vec![Event::Paste("whole".into())]].concat());
}

#[test]
fn an_escape_byte_alone_is_a_key_after_a_wait() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert_eq!(decoder.timeout(), Some(ESCAPE_WAIT));
    assert_eq!(decoder.feed(b"[A"), [Event::Key(Key::plain(KeyCode::Up))]);
    assert_eq!(decoder.timeout(), None);
    all(&[("\x1b[", "Alt+["), ("\x1bO", "Alt+O"), ("\x1b[1;", ""), ("\x1b[1;\x1b[B", "Down")]);
}

#[test]
fn broken_bytes_show_that_something_came() {
    assert_eq!(names(b"\xb1\xa8a"), "\u{fffd} \u{fffd} a", "a terminal set to GBK");
    assert_eq!(names(b"\xe4\xb8"), "\u{fffd}");
    assert_eq!(names("\u{9b}a".as_bytes()), "a");
}

proptest! {
    #[test]
    fn no_bytes_break_or_stop_the_reading(
        pieces in prop::collection::vec(prop::collection::vec(
            prop_oneof![3 => Just(0x1b), 3 => Just(b'['), 4 => 0x20..0x7fu8, 2 => any::<u8>()], 0..40), 0..6)
    ) {
        let mut decoder = Decoder::default();
        for piece in &pieces {
            decoder.feed(piece);
            prop_assert!(decoder.pending.len() < 4 * 40 * 6);
        }
        decoder.flush();
        decoder.feed(b"\x18");
        prop_assert!(decoder.flush().len() < 3);
        prop_assert_eq!(decoder.feed(b"q"), [Event::Key(Key::plain(KeyCode::Char('q')))]);
    }

    #[test]
    fn text_comes_through_whole_however_it_is_cut(text in "[ -~一-龥，。“”—…１-９]{0,60}", cut in 1..7usize) {
        let mut decoder = Decoder::default();
        let mut typed = String::new();
        for piece in text.as_bytes().chunks(cut) {
            for event in decoder.feed(piece) {
                if let Event::Key(key) = event {
                    typed.extend(key.typed_char());
                }
            }
        }
        prop_assert_eq!(typed, text);
    }

    #[test]
    fn a_paste_comes_through_whole_however_it_is_cut(text in "[ -~一-龥\n]{0,60}", cut in 1..9usize) {
        let mut decoder = Decoder::default();
        let bytes = [PASTE_BEGIN, text.as_bytes(), PASTE_END].concat();
        let got: Vec<Event> = bytes.chunks(cut).flat_map(|piece| decoder.feed(piece)).collect();
        prop_assert_eq!(got, [Event::Paste(text)]);
    }
}

/// Every way in which a terminal reports a key held with modifiers, by their sum.
fn held_keys(modifiers: u32) -> Vec<String> {
    let sum = modifiers + 1;
    let letters = "ABCDEFHPQRSZ".chars().map(|last| format!("\x1b[1;{sum}{last}"));
    let numbered = (1..=34).map(|number| format!("\x1b[{number};{sum}~"));
    let codes = (0x20..0x7f).chain([8, 9, 13, 27, 0x7f, 0x4e2d]).chain(57_344..57_460);
    let by_code = codes.flat_map(|code| [format!("\x1b[{code};{sum}u"), format!("\x1b[27;{sum};{code}~")]);
    let ss3 = (b'A'..=b'z').filter(u8::is_ascii_alphabetic);
    let ss3 = ss3.flat_map(|last| {
        [format!("\x1bO{sum}{}", char::from(last)), format!("\x1bO1;{sum}{}", char::from(last))]
    });
    letters.chain(numbered).chain(by_code).chain(ss3).collect()
}

#[test]
fn no_held_key_leaves_part_of_its_bytes_as_text() {
    for modifiers in 0..=255 {
        for bytes in held_keys(modifiers) {
            let events = events(bytes.as_bytes());
            assert!(events.len() <= 1, "{bytes:?} is {events:?}");
            if let [Event::Key(key)] = events[..]
                && let Some(c) = key.typed_char()
            {
                // Only Shift, and the locks that terminals report beside it, may type.
                assert_eq!(modifiers & 0b11_1110, 0, "{bytes:?} types {c:?}");
                assert!(!('\u{e000}'..='\u{f8ff}').contains(&c), "{bytes:?} types {c:?}");
            }
        }
    }
}

#[test]
fn keys_held_with_super_or_hyper_are_no_keys_of_ours() {
    for modifiers in 0..=255u32 {
        let foreign = modifiers & 0b11_0000 != 0;
        let by_character = modifiers & 0b1000 != 0;
        for bytes in held_keys(modifiers) {
            let coded = bytes.ends_with('u') || bytes.starts_with("\x1b[27;");
            if foreign || by_character && coded && !bytes.contains('O') {
                let keys: Vec<Event> = events(bytes.as_bytes());
                let none = keys.iter().all(|event| !matches!(event, Event::Key(_)));
                assert!(none, "{bytes:?} is {keys:?}");
            }
        }
    }
}

#[test]
fn chords_and_the_number_pad() {
    all(&[
        // Ctrl+Shift with a letter is not Ctrl with it.
        ("\x1b[122;6u\x1b[27;6;88~\x1b[88;6u", ""),
        ("\x1b[43;6u\x1b[9;6u", "Ctrl++ Ctrl+Shift+Tab"),
        ("\x1bO5A\x1bO2P\x1bO5j\x1bO1;3D", "Ctrl+Up Shift+F1 Ctrl+* Alt+Left"),
        ("\x1b[57400u\x1b[57409u\x1b[57414u\x1b[57426u\x1b[57427u\x1b[57441u", "1 . Enter Delete"),
        ("\x1b[57400;5u", "Ctrl+1"),
        ("\x1b[1;9D", "Alt+Left"),
        ("\x1b[[x", ""),
    ]);
}
