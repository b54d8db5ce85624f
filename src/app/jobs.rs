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

use super::waker::{WakePipe, Waker};
use crate::cli;
use crate::compile::UnitFile;
use crate::draft::Draft;
use crate::editor::Msg;
use crate::form::{Form, Library};

/// How long files are gathered before they are told: often enough to look alive.
const REPORT_EVERY: Duration = Duration::from_millis(50);
/// Of so many files read at least one part has to be new before they are told, or a second has passed:
/// the rows are arranged anew each time.
const REPORT_FRACTION: usize = 16;
const REPORT_AT_LEAST_EVERY: Duration = Duration::from_secs(1);

/// The numbers of so many units at the most are kept, to be asked for cell by cell: some 10 KB each.
const UNITS_KEPT: usize = 20_000;

/// What is being read beside the sitting, one of each sort at a time.
#[derive(Debug, Default)]
pub struct BackgroundJobs {
    wake_pipe: Option<WakePipe>,
    folder: Option<Receiver<Msg>>,
    units: Option<Receiver<Msg>>,
}

impl BackgroundJobs {
    /// Starts reading all drafts of a folder. What an earlier start still reads is told no more, and
    /// its thread ends at the next file.
    ///
    /// # Errors
    /// When the process may have no more open files or threads.
    pub fn read_folder(&mut self, path: PathBuf, library: &Library, today: Date) -> io::Result<()> {
        let library = library.clone();
        let work = move |speaker: &JobSender| {
            let mut batch = Batch::new();
            cli::scan_folder(&path, &library, today, |filed| match batch.push(filed) {
                Some(filed) => speaker.send(Msg::FolderFiles { filed, ended: false }),
                None => true,
            });
            speaker.send(Msg::FolderFiles { filed: batch.waiting, ended: true });
        };
        self.folder = Some(self.start(work)?);
        Ok(())
    }

    /// Starts reading the units of a compiled draft that stands at `path`.
    ///
    /// # Errors
    /// When the process may have no more open files or threads.
    pub fn read_units(
        &mut self,
        path: PathBuf,
        form: Arc<Form>,
        draft: Draft,
        library: &Library,
    ) -> io::Result<()> {
        let library = library.clone();
        let work = move |speaker: &JobSender| {
            let units = draft.compiled.as_ref().map_or(0, |compiled| compiled.units.len());
            if let Some(gathered) = cli::read_units(&path, &form, &draft, &library, units <= UNITS_KEPT) {
                speaker.send(Msg::UnitsRead(path, Box::new(gathered)));
            }
        };
        self.units = Some(self.start(work)?);
        Ok(())
    }

    fn start(&mut self, work: impl FnOnce(&JobSender) + Send + 'static) -> io::Result<Receiver<Msg>> {
        let rope = match &self.wake_pipe {
            Some(bell) => bell.waker(),
            None => self.wake_pipe.insert(WakePipe::new()?).waker(),
        };
        let (sender, receiver) = channel();
        thread::Builder::new().spawn(move || work(&JobSender { sender, rope }))?;
        Ok(receiver)
    }

    /// The ear to wait at, once something was started.
    pub fn wake_fd(&self) -> Option<BorrowedFd<'_>> {
        self.wake_pipe.as_ref().map(WakePipe::as_fd)
    }

    /// Everything that was told since the last time.
    pub fn take_messages(&mut self) -> Vec<Msg> {
        if let Some(bell) = &mut self.wake_pipe {
            bell.drain();
        }
        self.folder.iter().chain(&self.units).flat_map(Receiver::try_iter).collect()
    }
}

/// What a thread speaks to the sitting with.
struct JobSender {
    sender: Sender<Msg>,
    rope: Waker,
}

impl JobSender {
    /// Tells something; false when nobody listens any more.
    fn send(&self, msg: Msg) -> bool {
        let heard = self.sender.send(msg).is_ok();
        self.rope.wake();
        heard
    }
}

/// Files that were read and not told yet.
struct Batch {
    waiting: Vec<UnitFile>,
    told: usize,
    since: Instant,
}

impl Batch {
    fn new() -> Self {
        Batch { waiting: Vec::new(), told: 0, since: Instant::now() }
    }

    /// Takes one in; all that wait, when it is time to tell them.
    fn push(&mut self, filed: UnitFile) -> Option<Vec<UnitFile>> {
        self.waiting.push(filed);
        let time = self.since.elapsed();
        let enough = self.waiting.len() >= self.told / REPORT_FRACTION;
        if time < REPORT_EVERY || !enough && time < REPORT_AT_LEAST_EVERY {
            return None;
        }
        self.told += self.waiting.len();
        self.since = Instant::now();
        Some(std::mem::take(&mut self.waiting))
    }
}
