//! One life after another, each ended by a kill: what was typed and seen is in the next one, and nothing
//! older comes back.
//!
//! `NIANBAO_KILLS=500 cargo test --test e2e safety::lives` lives as many of them, in chains of twenty.

use std::time::{Duration, Instant};

use nianbao::draft::{Draft, Value};
use nianbao::form::{FieldId, Library};
use nianbao::store::journal::recover;

use super::script::Lot;
use super::session::{SAMPLE, TestSession, read};
use crate::pty::Pty;

/// How many lives there are in a run that does not say, and in one chain.
const LIVES: usize = 12;
const CHAIN: usize = 20;

/// The cells that are typed into, one after another: the first row of the third table.
const CELLS: [&str; 6] = [
    "requests.new.natural",
    "requests.new.business",
    "requests.new.research",
    "requests.new.welfare",
    "requests.new.legal",
    "requests.new.other_org",
];

/// When a life ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// While the clerk is asked.
    Asked,
    /// In the first second after the answer.
    Restored,
    /// After a number was typed and seen.
    Seen,
    /// While a number is typed.
    Typing,
    /// While all that was typed at once, answer and number, is being worked through.
    Burst,
    /// While the draft is being saved.
    Saving,
}

const MOMENTS: [Moment; 6] =
    [Moment::Asked, Moment::Restored, Moment::Seen, Moment::Typing, Moment::Burst, Moment::Saving];

/// One draft through many lives.
struct Chain {
    desk: TestSession,
    /// The draft as it has to be.
    draft: Draft,
    number: usize,
}

impl Chain {
    fn new() -> Self {
        Chain { desk: TestSession::new(), draft: read(SAMPLE).1, number: 0 }
    }

    /// What is in no file yet; none where all is saved.
    fn unsaved(&self) -> Option<Draft> {
        let journals = self.desk.journals();
        let journals: Vec<_> =
            journals.iter().filter(|path| path.extension().is_some_and(|end| end == "journal")).collect();
        assert!(journals.len() <= 1, "{journals:?}");
        let bytes = std::fs::read(journals.first()?).expect("the journal");
        let found = recover("x", &bytes, &Library::new()).expect("a journal that can be read");
        // The last record may be cut short by the kill.
        (!found.is_saved() && found.draft != self.desk.draft()).then_some(found.draft)
    }

    /// Lives until a moment, is killed, and looks at what is left. Returns whether something was offered.
    fn live(&mut self, moment: Moment, lot: &mut Lot) -> bool {
        let offered = self.unsaved().is_some();
        let mut pty = self.desk.open();
        self.number += 1;
        let cell = FieldId::new(CELLS[self.number % CELLS.len()]);
        let number = (700_000 + self.number).to_string();
        let go = format!("Alt+3 Ctrl+Home {}", "Right ".repeat(self.number % CELLS.len()));
        let before = self.draft.get(cell.as_str()).typed().into_owned();
        let mut allowed = vec![before.clone()];
        assert_eq!(pty.screen().contains("没有正常退出"), offered, "{}", pty.screen());
        if moment == Moment::Burst {
            if offered {
                pty.keys("Enter");
            }
            pty.keys(&go).text(&number).keys("Enter");
            allowed.extend((1..=number.len()).map(|end| number[..end].to_string()));
            wait(&mut pty, lot.below(120));
        } else if !(moment == Moment::Asked && offered) {
            if offered {
                pty.keys("Enter");
                if moment == Moment::Restored {
                    wait(&mut pty, lot.below(1000));
                    return self.end(&mut pty, &cell, &allowed, offered, moment);
                }
                pty.until_gone("没有正常退出").until_text("*未保存");
            }
            pty.keys(&go).until_text("本年新收");
            pty.text(&number).keys("Enter");
            if moment == Moment::Typing {
                allowed.extend((1..=number.len()).map(|end| number[..end].to_string()));
                wait(&mut pty, lot.below(40));
            } else {
                pty.until_text(&number).until_text("*未保存");
                allowed = vec![number];
                if moment == Moment::Saving {
                    pty.keys("Ctrl+S");
                }
                wait(&mut pty, lot.below(60));
            }
        }
        self.end(&mut pty, &cell, &allowed, offered, moment)
    }

    /// Kills the program. What is left is the draft as it was, but for the one cell.
    fn end(
        &mut self,
        pty: &mut Pty,
        cell: &FieldId,
        allowed: &[String],
        offered: bool,
        moment: Moment,
    ) -> bool {
        pty.kill();
        let left = self.unsaved().unwrap_or_else(|| self.desk.draft());
        let value = left.get(cell.as_str()).clone();
        let typed = value.typed().into_owned();
        assert!(allowed.contains(&typed), "killed while {moment:?}: {cell} is {typed}, not of {allowed:?}");
        self.draft.set(cell.clone(), value);
        assert_eq!(left, self.draft, "killed while {moment:?}");
        offered
    }

    /// The last life takes up what there is and saves it.
    fn close(self) {
        self.desk.recover();
        assert_eq!(self.desk.draft(), self.draft);
    }
}

/// Lets some milliseconds pass, taking in what the program says.
fn wait(pty: &mut Pty, milliseconds: usize) {
    let end = Instant::now() + Duration::from_millis(milliseconds as u64);
    while let Some(left) = end.checked_duration_since(Instant::now()) {
        pty.answer(left, Duration::ZERO);
    }
}

fn lives() -> usize {
    std::env::var("NIANBAO_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(LIVES)
}

#[test]
fn through_chains_of_kills_nothing_is_lost_or_set_back() {
    let mut lot = Lot::new("lives");
    let (mut left, mut offers, mut seen) = (lives(), 0, [0; MOMENTS.len()]);
    while left > 0 {
        let mut chain = Chain::new();
        for _ in 0..left.min(CHAIN) {
            let at = lot.below(MOMENTS.len());
            seen[at] += 1;
            offers += usize::from(chain.live(MOMENTS[at], &mut lot));
        }
        left = left.saturating_sub(CHAIN);
        chain.close();
    }
    println!("{offers} times offered; {MOMENTS:?}: {seen:?}");
    assert!(offers > 0);
}

#[test]
fn a_kill_right_after_a_recovery_sets_nothing_back() {
    let mut lot = Lot::new("first second");
    let mut left = lives();
    while left > 0 {
        let mut chain = Chain::new();
        for _ in 0..3 {
            chain.live(Moment::Seen, &mut lot);
        }
        for _ in 0..left.min(CHAIN) {
            assert!(chain.live(Moment::Restored, &mut lot), "it is offered until it is saved");
        }
        left = left.saturating_sub(CHAIN);
        chain.close();
    }
}

#[test]
fn the_cells_of_this_test_are_those_of_the_form() {
    let (form, draft) = read(SAMPLE);
    for cell in CELLS {
        assert!(form.field(cell).is_some(), "{cell}");
        assert!(matches!(draft.get(cell), Value::Count(_) | Value::Blank), "{cell}");
    }
}
