//! Any bytes as a draft file: refused in a sentence, or read and saved without change.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::form::Library;
use nianbao::store::{parse, to_ron};
use std::sync::OnceLock;

fuzz_target!(|bytes: &[u8]| {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    let library = LIBRARY.get_or_init(Library::new);
    match parse("x.ron", bytes, library) {
        Ok(loaded) => {
            let text = to_ron(&loaded.form, &loaded.draft);
            let again = parse("x.ron", text.as_bytes(), library).expect("what was saved is read");
            assert_eq!(again.draft, loaded.draft);
            assert_eq!(to_ron(&again.form, &again.draft), text);
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        }
        Err(error) => assert!(error.message.chars().count() < 1000, "{error}"),
    }
});
