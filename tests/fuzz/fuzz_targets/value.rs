//! Any text typed into a cell of each kind: it stays what it is when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::draft::{parse, read_date};
use nianbao::form::Kind;

fuzz_target!(|text: &str| {
    let choice = Kind::Choice(vec!["单位".into(), "汇总".into()]);
    let money = Kind::Money { unit: Some("万元".into()) };
    for kind in [Kind::Count, Kind::Change, money, Kind::Text, Kind::Year, Kind::Date, choice, Kind::Prose] {
        let value = read(&kind, text);
        assert_eq!(read(&kind, &value.typed()), value, "{kind:?}");
        let _ = value.number();
    }
    let _ = read_date(text);
});
