//! Reads many files in the background, so that keys are answered meanwhile. A thread sends its results
//! as messages and wakes the event loop.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::{file_scan, recent_summary};
use crate::draft::Draft;
use crate::editor::folder::{FolderImport, ImportedDocument};
use crate::editor::{ListedKind, Msg, SaveError};
use crate::form::{Form, Library};
use crate::store::{self, AppDirs, Fault};
use crate::terminal::{WakeReceiver, Waker};
use crate::units::import::{BatchFile, import_new_files};
use crate::units::{self, CompileJob, CompileOutcome, compile_units, describe_list};

/// How long files are collected before they are reported: short enough to show progress.
const REPORT_EVERY: Duration = Duration::from_millis(50);
/// Each report sorts all rows again. So files wait until they are one part in so many of those already
/// reported, or a second has passed.
const REPORT_FRACTION: usize = 16;
const REPORT_AT_LEAST_EVERY: Duration = Duration::from_secs(1);

/// The values of at most so many units are kept to be shown cell by cell: some 10 KB each.
const UNITS_KEPT: usize = 20_000;

/// So many drafts of the folder opened last are read for the home screen.
const KNOWN_AT_MOST: usize = 500;

/// The thread that reads what is shown of files: where it is asked, and what it answers.
#[derive(Debug)]
struct PreviewReader {
    asks: Sender<(PathBuf, ListedKind)>,
    answers: Receiver<Msg>,
}

/// What is being read in the background, at most one job of each kind.
#[derive(Debug, Default)]
pub struct BackgroundJobs {
    wake_receiver: Option<WakeReceiver>,
    folder: Option<Receiver<Msg>>,
    units: Option<Receiver<Msg>>,
    recent: Option<Receiver<Msg>>,
    files: Option<Receiver<Msg>>,
    previews: Option<PreviewReader>,
    compile: Option<Receiver<Msg>>,
    import: Option<Receiver<Msg>>,
}

impl BackgroundJobs {
    /// Starts reading all drafts of a folder. An earlier job of this kind is cancelled: its thread ends at
    /// its next report.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files or start more threads.
    pub fn read_folder(&mut self, path: PathBuf, library: &Library, today: Date) -> Result<(), String> {
        let library = library.clone();
        let work = move |sender: &JobSender| {
            let mut batch = Batch::new();
            units::scan_folder(&path, &library, today, |file| match batch.push(file) {
                Some(files) => sender.send(Msg::FolderFiles { filed: files, ended: false }),
                None => true,
            });
            sender.send(Msg::FolderFiles { filed: batch.waiting, ended: true });
        };
        self.folder = Some(self.start(work)?);
        Ok(())
    }

    /// Starts reading the folder that was opened in an earlier session, for the home screen. Reading any
    /// folder cancels it, and a folder with very many drafts is read in part.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files or start more threads.
    pub fn read_known_folder(&mut self, path: PathBuf, library: &Library, today: Date) -> Result<(), String> {
        let library = library.clone();
        let work = move |sender: &JobSender| {
            let roster = match units::find_roster(None, &path) {
                Ok(roster) if path.is_dir() => roster,
                // It is offered to be opened only as far as it can be read.
                _ => return,
            };
            let mut files = Vec::new();
            units::scan_folder(&path, &library, today, |file| {
                files.push(file);
                files.len() < KNOWN_AT_MOST
            });
            let ended = files.len() < KNOWN_AT_MOST;
            if sender.send(Msg::FolderKnown(path, roster)) {
                sender.send(Msg::FolderFiles { filed: files, ended });
            }
        };
        self.folder = Some(self.start(work)?);
        Ok(())
    }

    /// Starts importing the documents of a folder that are not imported yet. An earlier job of this kind is
    /// cancelled: its thread ends at its next report.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files or start more threads.
    pub fn import_folder(&mut self, folder: PathBuf, library: &Library, today: Date) -> Result<(), String> {
        let library = library.clone();
        let work = move |sender: &JobSender| {
            let mut batch = Batch::new();
            let mut all = 0;
            let report = |documents, total, ended| {
                sender.send(Msg::FolderImport(FolderImport {
                    folder: folder.clone(),
                    total,
                    documents,
                    ended,
                }))
            };
            import_new_files(&folder, &library, today, |total, BatchFile { file, outcome }| {
                all = total;
                let (filed, remark) = match outcome {
                    Err(message) => (None, format!("未能导入。{message}")),
                    Ok(draft) => {
                        let remark = if draft.is_open() { draft.describe() } else { String::new() };
                        (Some(units::read_unit_file(&draft.path, &library, today)), remark)
                    }
                };
                match batch.push(ImportedDocument { file, filed, remark }) {
                    Some(documents) => report(documents, total, false),
                    None => true,
                }
            });
            report(batch.waiting, all, true);
        };
        self.import = Some(self.start(work)?);
        Ok(())
    }

    /// Starts reading how far these drafts are.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files or start more threads.
    pub fn read_progress(&mut self, drafts: Vec<PathBuf>, library: &Library) -> Result<(), String> {
        let library = library.clone();
        let work = move |sender: &JobSender| {
            for path in drafts {
                let progress = match store::load(&path, &library) {
                    Ok(loaded) => Ok(recent_summary::draft_progress(&loaded.form, &loaded.draft)),
                    Err(error) if error.fault == Fault::Missing => Err("找不到文件"),
                    Err(_) => Err("无法读取"),
                };
                if !sender.send(Msg::RecentProgress(path, progress)) {
                    return;
                }
            }
        };
        self.recent = Some(self.start(work)?);
        Ok(())
    }

    /// Starts listing the files of a folder, and reading the drafts among them on all cores.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files or start more threads.
    pub fn list_files(&mut self, folder: PathBuf, library: &Library) -> Result<(), String> {
        let library = library.clone();
        let work = move |sender: &JobSender| {
            let files = file_scan::list_files(&folder);
            let drafts = files.iter().flatten().filter(|file| file.kind == ListedKind::Draft);
            let drafts: Vec<PathBuf> = drafts.map(|file| file.path.clone()).collect();
            if !sender.send(Msg::FilesListed(folder, files)) {
                return;
            }
            let mut batch = Batch::new();
            let read = |path| file_scan::summarize_draft(path, &library);
            units::map_in_order(drafts.into_iter(), read, |summary| match batch.push(summary) {
                Some(summaries) => sender.send(Msg::FilesRead(summaries)),
                None => true,
            });
            sender.send(Msg::FilesRead(batch.waiting));
        };
        self.files = Some(self.start(work)?);
        Ok(())
    }

    /// Starts reading what is shown of a file. One thread does it for all: of those asked for while it reads one,
    /// only the last is read.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files or start more threads.
    pub fn read_preview(&mut self, path: PathBuf, kind: ListedKind, library: &Library) -> Result<(), String> {
        if self.previews.is_none() {
            let library = library.clone();
            let (asks, asked) = channel::<(PathBuf, ListedKind)>();
            let work = move |sender: &JobSender| {
                while let Ok(first) = asked.recv() {
                    let (path, kind) = asked.try_iter().last().unwrap_or(first);
                    let content = file_scan::read_preview(&path, kind, &library);
                    if !sender.send(Msg::PreviewRead(path, content)) {
                        return;
                    }
                }
            };
            self.previews = Some(PreviewReader { asks, answers: self.start(work)? });
        }
        if let Some(reader) = &self.previews {
            let _ = reader.asks.send((path, kind));
        }
        Ok(())
    }

    /// Starts adding units up into a file.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files or start more threads.
    pub fn compile(
        &mut self,
        files: Vec<PathBuf>,
        folder: PathBuf,
        (output, unit, again): (PathBuf, String, bool),
        (library, dirs): (&Library, Option<AppDirs>),
    ) -> Result<(), String> {
        let library = library.clone();
        let work = move |sender: &JobSender| {
            let job = CompileJob {
                units: files,
                roster: units::roster_path(&folder),
                output: output.clone(),
                unit: Some(unit.clone()),
                adjust: Vec::new(),
                again,
            };
            let result = compile_and_save(&job, &library, dirs.as_ref()).map_err(SaveError::Failed);
            sender.send(Msg::Compiled { output, unit, result });
        };
        self.compile = Some(self.start(work)?);
        Ok(())
    }

    /// Starts reading the units of the compiled draft at `path`.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files or start more threads.
    pub fn read_units(
        &mut self,
        path: PathBuf,
        form: Arc<Form>,
        draft: Draft,
        library: &Library,
    ) -> Result<(), String> {
        let library = library.clone();
        let work = move |sender: &JobSender| {
            let count = draft.compiled.as_ref().map_or(0, |compiled| compiled.units.len());
            if let Some(units) = units::read_units(&path, &form, &draft, &library, count <= UNITS_KEPT) {
                sender.send(Msg::UnitsRead(path, Box::new(units)));
            }
        };
        self.units = Some(self.start(work)?);
        Ok(())
    }

    /// Starts work in a thread of its own, or returns a message for the clerk if the system allows none.
    fn start(&mut self, work: impl FnOnce(&JobSender) + Send + 'static) -> Result<Receiver<Msg>, String> {
        self.try_start(work).map_err(|error| store::system_message(&error))
    }

    fn try_start(&mut self, work: impl FnOnce(&JobSender) + Send + 'static) -> io::Result<Receiver<Msg>> {
        let waker = match &self.wake_receiver {
            Some(receiver) => receiver.waker(),
            None => self.wake_receiver.insert(WakeReceiver::new()?).waker(),
        };
        let (sender, receiver) = channel();
        thread::Builder::new().spawn(move || work(&JobSender { sender, waker }))?;
        Ok(receiver)
    }

    /// Returns what the event loop has to wait for, once a job was started.
    pub fn wake_receiver(&self) -> Option<&WakeReceiver> {
        self.wake_receiver.as_ref()
    }

    /// Returns all messages since the last call.
    pub fn take_messages(&mut self) -> Vec<Msg> {
        if let Some(receiver) = &mut self.wake_receiver {
            receiver.drain();
        }
        let all = self.folder.iter().chain(&self.units).chain(&self.recent).chain(&self.import);
        let previews = self.previews.as_ref().map(|reader| &reader.answers);
        let all = all.chain(&self.files).chain(&self.compile).chain(previews);
        all.flat_map(Receiver::try_iter).collect()
    }
}

/// Sends the messages of a background thread.
struct JobSender {
    sender: Sender<Msg>,
    waker: Waker,
}

impl JobSender {
    /// Sends a message; returns `false` if the job was cancelled.
    fn send(&self, msg: Msg) -> bool {
        let is_received = self.sender.send(msg).is_ok();
        self.waker.wake();
        is_received
    }
}

/// Files that were read and not reported yet.
struct Batch<T> {
    waiting: Vec<T>,
    reported: usize,
    since: Instant,
}

impl<T> Batch<T> {
    fn new() -> Self {
        Batch { waiting: Vec::new(), reported: 0, since: Instant::now() }
    }

    /// Adds a file, and returns all that wait if it is time to report them.
    fn push(&mut self, file: T) -> Option<Vec<T>> {
        self.waiting.push(file);
        let elapsed = self.since.elapsed();
        let enough = self.waiting.len() >= self.reported / REPORT_FRACTION;
        if elapsed < REPORT_EVERY || !enough && elapsed < REPORT_AT_LEAST_EVERY {
            return None;
        }
        self.reported += self.waiting.len();
        self.since = Instant::now();
        Some(std::mem::take(&mut self.waiting))
    }
}
/// Adds units up into a file, and returns what was said about it, or why nothing was written.
fn compile_and_save(
    job: &CompileJob,
    library: &Library,
    dirs: Option<&AppDirs>,
) -> Result<Vec<String>, String> {
    match compile_units(job, library, |_| ())? {
        CompileOutcome::Sum(sum) => {
            let written = sum.save(&job.output, dirs)?;
            let said = sum.describe_briefly(&job.output.display().to_string());
            Ok(said.into_iter().chain(written.warning()).collect())
        }
        CompileOutcome::Nothing(unfinished) => {
            let list = describe_list("没有填完，没有计入", &unfinished).unwrap_or_default();
            Err(format!("没有一个单位可以计入，没有汇总。{list}"))
        }
    }
}
