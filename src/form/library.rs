//! All forms at hand: the official ones that are built in, and the user's own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::file::FormFile;
use super::{Form, FormError, Years, resolve, syntax};

/// The built-in form files, newest last.
const BUILT_IN: [(&str, &str); 2] = [
    ("2019.ron", include_str!("../../assets/forms/2019.ron")),
    ("2021.ron", include_str!("../../assets/forms/2021.ron")),
];

type Composed = HashMap<(String, String), Arc<Form>>;

/// The forms that can be named by a draft. Files are parsed when they are first asked for.
#[derive(Clone, Debug, Default)]
pub struct Library {
    own: Vec<(String, String)>,
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
        let parsed = parse(file, source)?;
        let id = parsed.id.clone();
        resolve::resolve(file, source, parsed)?;
        self.own.push((file.into(), source.into()));
        self.composed = Arc::default();
        Ok(id)
    }

    fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.own.iter().rev().map(|(f, s)| (f.as_str(), s.as_str())).chain(BUILT_IN.into_iter().rev())
    }

    fn find(&self, id: &str) -> Option<(&str, &str, FormFile)> {
        // A built-in file is named after its form, so that only the one asked for is parsed.
        self.sources()
            .filter(|(file, _)| !BUILT_IN.iter().any(|b| b.0 == *file) || *file == format!("{id}.ron"))
            .filter_map(|(file, source)| Some((file, source, parse(file, source).ok()?)))
            .find(|(_, _, form)| form.id == id)
    }

    /// Every form: id, name, the years it is for; the user's own first.
    pub fn list(&self) -> Vec<(String, String, Years)> {
        self.sources()
            .filter_map(|(file, source)| parse(file, source).ok())
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
        let (file, source, mut form) = self.find(requests)?;
        let mut years = form.years;
        if disclosure != requests {
            let (_, _, other) = self.find(disclosure)?;
            years = other.years;
            let table = other.sections.into_iter().find(|section| section.id == "disclosure")?;
            let place = form.sections.iter_mut().find(|section| section.id == "disclosure")?;
            *place = table;
        }
        let form = resolve::resolve(file, source, form).ok()?;
        Some(Arc::new(Form { disclosure_years: years, ..form }))
    }
}

fn parse(file: &str, source: &str) -> Result<FormFile, FormError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(source.strip_prefix('\u{feff}').unwrap_or(source))
        .map_err(|error| syntax::FormError::from_ron(file, error))
}
