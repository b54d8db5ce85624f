//! Files read in bulk beside the sitting, so that keys are answered meanwhile. A thread reads, its
//! results come back as messages, and a bell says that there are some.

use std::io;
use std::os::fd::BorrowedFd;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::bell::{Bell, Rope};
use crate::cli;
use crate::draft::Draft;
use crate::editor::Msg;
use crate::form::{Form, Library};
use crate::rollup::Filed;

/// How long files are gathered before they are told: often enough to look alive.
const TOLD_EVERY: Duration = Duration::from_millis(50);
/// Of so many files read at least one part has to be new before they are told, or a second has passed:
/// the rows are arranged anew each time.
const NEW_PART: usize = 16;
const TOLD_AT_LEAST: Duration = Duration::from_secs(1);

/// The numbers of so many units at the most are kept, to be asked for cell by cell: some 10 KB each.
const KEPT: usize = 20_000;

/// What is being read beside the sitting, one of each sort at a time.
#[derive(Debug, Default)]
pub struct Beside {
    bell: Option<Bell>,
    folder: Option<Receiver<Msg>>,
    units: Option<Receiver<Msg>>,
}

impl Beside {
    /// Starts reading all drafts of a folder. What an earlier start still reads is told no more, and
    /// its thread ends at the next file.
    ///
    /// # Errors
    /// When the process may have no more open files or threads.
    pub fn read_folder(&mut self, path: PathBuf, library: &Library, today: Date) -> io::Result<()> {
        let library = library.clone();
        let work = move |speaker: &Speaker| {
            let mut batch = Batch::new();
            cli::survey(&path, &library, today, |filed| match batch.with(filed) {
                Some(filed) => speaker.tell(Msg::Filed { filed, ended: false }),
                None => true,
            });
            speaker.tell(Msg::Filed { filed: batch.waiting, ended: true });
        };
        self.folder = Some(self.start(work)?);
        Ok(())
    }

    /// Starts reading the units of a compiled draft that stands at `path`.
    ///
    /// # Errors
    /// When the process may have no more open files or threads.
    pub fn gather(
        &mut self,
        path: PathBuf,
        form: Arc<Form>,
        draft: Draft,
        library: &Library,
    ) -> io::Result<()> {
        let library = library.clone();
        let work = move |speaker: &Speaker| {
            let units = draft.compiled.as_ref().map_or(0, |compiled| compiled.units.len());
            if let Some(gathered) = cli::gather(&path, &form, &draft, &library, units <= KEPT) {
                speaker.tell(Msg::Gathered(path, Box::new(gathered)));
            }
        };
        self.units = Some(self.start(work)?);
        Ok(())
    }

    fn start(&mut self, work: impl FnOnce(&Speaker) + Send + 'static) -> io::Result<Receiver<Msg>> {
        let rope = match &self.bell {
            Some(bell) => bell.rope(),
            None => self.bell.insert(Bell::hang()?).rope(),
        };
        let (sender, receiver) = channel();
        thread::Builder::new().spawn(move || work(&Speaker { sender, rope }))?;
        Ok(receiver)
    }

    /// The ear to wait at, once something was started.
    pub fn ear(&self) -> Option<BorrowedFd<'_>> {
        self.bell.as_ref().map(Bell::ear)
    }

    /// Everything that was told since the last time.
    pub fn news(&mut self) -> Vec<Msg> {
        if let Some(bell) = &mut self.bell {
            bell.hear();
        }
        self.folder.iter().chain(&self.units).flat_map(Receiver::try_iter).collect()
    }
}

/// What a thread speaks to the sitting with.
struct Speaker {
    sender: Sender<Msg>,
    rope: Rope,
}

impl Speaker {
    /// Tells something; false when nobody listens any more.
    fn tell(&self, msg: Msg) -> bool {
        let heard = self.sender.send(msg).is_ok();
        self.rope.pull();
        heard
    }
}

/// Files that were read and not told yet.
struct Batch {
    waiting: Vec<Filed>,
    told: usize,
    since: Instant,
}

impl Batch {
    fn new() -> Self {
        Batch { waiting: Vec::new(), told: 0, since: Instant::now() }
    }

    /// Takes one in; all that wait, when it is time to tell them.
    fn with(&mut self, filed: Filed) -> Option<Vec<Filed>> {
        self.waiting.push(filed);
        let time = self.since.elapsed();
        let enough = self.waiting.len() >= self.told / NEW_PART;
        if time < TOLD_EVERY || !enough && time < TOLD_AT_LEAST {
            return None;
        }
        self.told += self.waiting.len();
        self.since = Instant::now();
        Some(std::mem::take(&mut self.waiting))
    }
}
