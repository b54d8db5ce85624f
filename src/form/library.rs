//! All forms at hand: the official ones that are built in, and the user's own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::file::FormFile;
use super::{Form, FormError, Years, resolve};

/// The official forms, newest last: name, and the file as `assets/build.rs` has read it.
const OFFICIAL: [(&str, &[u8]); 2] = [
    ("2019", include_bytes!(concat!(env!("OUT_DIR"), "/2019.bin"))),
    ("2021", include_bytes!(concat!(env!("OUT_DIR"), "/2021.bin"))),
];

type Composed = HashMap<(String, String), Arc<Form>>;

/// The forms that can be named by a draft. An official one is read when it is first asked for.
#[derive(Clone, Debug, Default)]
pub struct Library {
    own: Vec<FormFile>,
    /// Forms that were composed before, by the names of section 二's form and of the rest: thousands
    /// of drafts name the same two. Clones share it, as long as neither is given a form of its own.
    composed: Arc<Mutex<Composed>>,
}

impl Library {
    /// The official forms alone.
    pub fn new() -> Self {
        Library::default()
    }

    /// Adds a form file of the user's own. One with the name of a built-in form takes its place.
    ///
    /// # Errors
    /// The file's first mistake, with its place, when it is not a whole and consistent form.
    pub fn add(&mut self, file: &str, source: &str) -> Result<String, FormError> {
        let written = parse_form_file(file, source)?;
        let id = written.id.clone();
        resolve::resolve(written.clone())
            .map_err(|(name, message)| FormError::at_name(file, source, &name, message))?;
        self.own.push(written);
        self.composed = Arc::default();
        Ok(id)
    }

    fn find_file(&self, id: &str) -> Option<FormFile> {
        let own = self.own.iter().rev().find(|form| form.id == id).cloned();
        own.or_else(|| OFFICIAL.iter().find(|form| form.0 == id).and_then(read_official))
    }

    /// Every form: id, name, the years it is for; the user's own first.
    pub fn list(&self) -> Vec<(String, String, Years)> {
        let own = self.own.iter().rev().cloned();
        own.chain(OFFICIAL.iter().rev().filter_map(read_official))
            .map(|form| (form.id, form.name, form.years))
            .collect()
    }

    /// The official form for a report of that year (国办公开办函〔2019〕60号 for 2019 and 2020,
    /// 〔2021〕30号 from 2021 on). Years before 2019 get the oldest.
    pub fn for_year(&self, year: u16) -> &'static str {
        if year <= 2020 { "2019" } else { "2021" }
    }

    /// The form of that name.
    pub fn get(&self, id: &str) -> Option<Arc<Form>> {
        self.compose(id, id)
    }

    /// The form of a draft whose tables may follow two formats: `requests` gives everything but
    /// section 二, `disclosure` gives section 二. None where one of them is not at hand.
    pub fn compose(&self, disclosure: &str, requests: &str) -> Option<Arc<Form>> {
        let names = (disclosure.to_string(), requests.to_string());
        // A thread that panicked in here left a whole map behind: forms only ever go in.
        let known = self.composed.lock().unwrap_or_else(PoisonError::into_inner).get(&names).cloned();
        if known.is_some() {
            return known;
        }
        let form = self.build(disclosure, requests)?;
        self.composed.lock().unwrap_or_else(PoisonError::into_inner).insert(names, form.clone());
        Some(form)
    }

    fn build(&self, disclosure: &str, requests: &str) -> Option<Arc<Form>> {
        let mut form = self.find_file(requests)?;
        let mut years = form.years;
        if disclosure != requests {
            let other = self.find_file(disclosure)?;
            years = other.years;
            let table = other.sections.into_iter().find(|section| section.id == "disclosure")?;
            let place = form.sections.iter_mut().find(|section| section.id == "disclosure")?;
            *place = table;
        }
        let form = resolve::resolve(form).ok()?;
        Some(Arc::new(Form { disclosure_years: years, ..form }))
    }
}

/// A form file of the user's own, as a person writes it.
fn parse_form_file(file: &str, source: &str) -> Result<FormFile, FormError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(source.strip_prefix('\u{feff}').unwrap_or(source))
        .map_err(|error| FormError::from_ron(file, error))
}

fn read_official((_, bytes): &(&str, &[u8])) -> Option<FormFile> {
    postcard::from_bytes(bytes).ok()
}
