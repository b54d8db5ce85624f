//! All available forms: the built-in official ones and the user's own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::file::FormFile;
use super::{Form, FormError, Years, resolve};

/// The official forms, newest last: id, and the file as encoded by `assets/build.rs`.
const OFFICIAL: [(&str, &[u8]); 2] = [
    ("2019", include_bytes!(concat!(env!("OUT_DIR"), "/2019.bin"))),
    ("2021", include_bytes!(concat!(env!("OUT_DIR"), "/2021.bin"))),
];

type Composed = HashMap<(String, String), Arc<Form>>;

/// The forms that a draft can name. An official form is decoded on first use.
#[derive(Clone, Debug, Default)]
pub struct Library {
    own: Vec<FormFile>,
    /// A cache of composed forms, by the ids of section 二's form and of the rest, since thousands of
    /// drafts name the same two. Clones share it until a form is added to one of them.
    composed: Arc<Mutex<Composed>>,
}

impl Library {
    /// Creates a library of the official forms.
    pub fn new() -> Self {
        Library::default()
    }

    /// Adds a form file of the user's own and returns its id. It replaces a built-in form of the same id.
    ///
    /// # Errors
    /// Returns the first error of the file, with its position, if it is not a complete and consistent form.
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

    /// Returns the id, name and years of every form, the user's own first.
    pub fn list(&self) -> Vec<(String, String, Years)> {
        let own = self.own.iter().rev().cloned();
        own.chain(OFFICIAL.iter().rev().filter_map(read_official))
            .map(|form| (form.id, form.name, form.years))
            .collect()
    }

    /// Returns the id of the official form for a report of that year (国办公开办函〔2019〕60号 for 2019 and 2020,
    /// 〔2021〕30号 from 2021 on). Earlier years get the oldest form.
    pub fn for_year(&self, year: u16) -> &'static str {
        if year <= 2020 { "2019" } else { "2021" }
    }

    /// Returns the form with this id; `None` if there is none.
    pub fn get(&self, id: &str) -> Option<Arc<Form>> {
        self.compose(id, id)
    }

    /// Returns the form of a draft whose tables may follow two forms: section 二 from `disclosure`,
    /// everything else from `requests`. Returns `None` if one of them is not available.
    pub fn compose(&self, disclosure: &str, requests: &str) -> Option<Arc<Form>> {
        let names = (disclosure.to_string(), requests.to_string());
        // A poisoned map is still valid: forms are only ever inserted.
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
            let old = form.sections.iter_mut().find(|section| section.id == "disclosure")?;
            *old = table;
        }
        let form = resolve::resolve(form).ok()?;
        Some(Arc::new(Form { disclosure_years: years, ..form }))
    }
}

/// Parses the source of a user's form file.
fn parse_form_file(file: &str, source: &str) -> Result<FormFile, FormError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(source.strip_prefix('\u{feff}').unwrap_or(source))
        .map_err(|error| FormError::from_ron(file, error))
}

fn read_official((_, bytes): &(&str, &[u8])) -> Option<FormFile> {
    postcard::from_bytes(bytes).ok()
}
