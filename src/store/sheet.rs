//! The whole of a draft file, entry by entry against the form that it names.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess};
use std::sync::Arc;

use super::cells::{Cell, Paragraphs};
use super::compiled::Compilation;
use super::keyed::{Each, Keyed, Name, Named, Words, twice, unknown};
use super::margin::{Findings, Names, Texts};
use super::trail::Trail;
use super::words::quoted;
use super::{Fault, VERSION};
use crate::draft::{Draft, Forms, Provenance, Totals, read};
use crate::form::{Block, Body, FieldId, Form, Kind, Library, Line, Section};

/// The parts of a file that are not sections of the form, in their order.
pub const PARTS: [&str; 9] =
    ["version", "forms", "totals", "last", "provenance", "kept", "notes", "waivers", "compiled"];

/// A draft while it is read.
pub struct Sheet<'l> {
    library: &'l Library,
    draft: Draft,
    form: Option<Arc<Form>>,
    seen: Vec<String>,
    trail: Trail,
    /// What kind of mistake the reading ended with.
    pub fault: Fault,
}

impl<'l> Sheet<'l> {
    /// A sheet with nothing read.
    pub fn new(library: &'l Library) -> Self {
        let forms = Forms { disclosure: String::new(), requests: String::new() };
        let draft = Draft::empty(forms);
        Sheet { library, draft, form: None, seen: Vec::new(), trail: Trail::default(), fault: Fault::Content }
    }

    /// The place where reading stopped.
    pub fn place(&self) -> Option<String> {
        self.trail.words(self.form.as_deref())
    }

    /// The draft with its form.
    ///
    /// # Errors
    /// A part without which a draft cannot be understood is missing.
    pub fn finish(self) -> Result<(Draft, Arc<Form>), (Fault, String)> {
        let missing = ["version", "forms", "totals"].into_iter().find(|name| !self.has(name));
        match (missing, self.form) {
            (None, Some(form)) => Ok((self.draft, form)),
            (missing, _) => {
                let name = missing.unwrap_or("forms");
                Err((Fault::Content, format!("缺少“{name}”，这不是完整的年报草稿")))
            }
        }
    }

    fn has(&self, name: &str) -> bool {
        self.seen.iter().any(|seen| seen == name)
    }

    /// Finds the form, once its names are read.
    fn choose_form<E: Error>(&mut self) -> Result<(), E> {
        let form = self.draft.form(self.library).map_err(|missing| {
            self.fault = Fault::Form;
            let known = self.library.list().into_iter().map(|(id, _, _)| id).collect::<Vec<_>>();
            E::custom(format!("没有名为{}的格式，现有：{}", quoted(&missing), known.join("、")))
        })?;
        self.form = Some(form);
        Ok(())
    }

    fn part<'de, A: MapAccess<'de>>(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        self.trail.part = Some(name);
        match name {
            "version" => {
                let version: u64 = map.next_value()?;
                if version > VERSION {
                    self.fault = Fault::Newer;
                    let words = format!("文件是更新的版本写的（版本 {version}），请升级 nianbao 再打开");
                    return Err(A::Error::custom(words));
                }
                if version != VERSION {
                    return Err(A::Error::custom(format!("没有版本 {version} 的草稿文件")));
                }
            }
            "forms" => {
                let mut forms = Names::<2>::new(["disclosure", "requests"]);
                map.next_value_seed(Named(&mut forms))?;
                let [disclosure, requests] = forms.all()?;
                self.draft.forms = Forms { disclosure, requests };
                self.choose_form()?;
            }
            "totals" => {
                let word = map.next_value_seed(Name)?;
                let known = [Totals::Auto, Totals::Typed];
                let totals = known.into_iter().find(|totals| totals.word() == word);
                self.draft.totals =
                    totals.ok_or_else(|| unknown(&word, known.iter().map(|totals| totals.word())))?;
            }
            "last" => self.draft.last = Some(map.next_value_seed(Words)?.into_owned()),
            "provenance" => {
                let mut from = Names::<3>::new(["file", "format", "date"]);
                map.next_value_seed(Named(&mut from))?;
                let [file, format, date] = from.all()?;
                self.draft.provenance = Some(Provenance { file, format, date });
            }
            "compiled" => {
                let mut compiled = Compilation::default();
                map.next_value_seed(Named(&mut compiled))?;
                self.draft.compiled = Some(compiled.whole);
            }
            "waivers" => map.next_value_seed(Each(&mut Findings(&mut self.draft.waivers)))?,
            _ => {
                let form = self.form.clone().ok_or_else(|| early(name))?;
                let library = self.library;
                let draft = &mut self.draft;
                let (kept, seen) = (name == "kept", Vec::new());
                let mut texts = Texts { form: &form, library, draft, kept, seen, others: None };
                map.next_value_seed(super::keyed::Mapped(&mut texts))?;
            }
        }
        self.trail.part = None;
        Ok(())
    }

    fn section<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let Some(form) = self.form.clone() else { return Err(early(name)) };
        let Some(at) = form.sections.iter().position(|section| section.id == name) else {
            let known = PARTS.into_iter().chain(form.sections.iter().map(|section| section.id.as_str()));
            return Err(unknown(name, known));
        };
        let Some(section) = form.sections.get(at) else { return Ok(()) };
        self.trail.section = Some(at);
        let (draft, trail) = (&mut self.draft, &mut self.trail);
        match &section.body {
            Body::Cover(_) => {
                let mut cover = Cover { form: &form, section, draft, trail, seen: Vec::new() };
                map.next_value_seed(Named(&mut cover))?;
            }
            Body::Narrative { .. } => {
                let mut paragraphs = Paragraphs::default();
                map.next_value_seed(Each(&mut paragraphs))?;
                draft.set(name, read(&Kind::Prose, &paragraphs.text));
            }
            Body::Table(_) => {
                let mut table = Table { section, draft, trail, seen: Vec::new() };
                map.next_value_seed(Named(&mut table))?;
            }
        }
        self.trail.section = None;
        Ok(())
    }
}

/// The words for something that stands before the form it needs.
fn early<E: Error>(name: &str) -> E {
    E::custom(format!("{}写在“forms”前面了，请把“forms”移到前面", quoted(name)))
}

impl<'de> DeserializeSeed<'de> for &mut Sheet<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        Named(self).deserialize(from)
    }
}

impl<'de> Keyed<'de> for Sheet<'_> {
    const WHAT: &'static str = "圆括号括起的年报草稿";

    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        if self.seen.is_empty() && name != "version" {
            return Err(A::Error::custom("文件开头缺少“version”，这不是年报草稿，或开头被改动了"));
        }
        if self.has(name) {
            return Err(twice(name));
        }
        self.seen.push(name.into());
        match PARTS.into_iter().find(|part| *part == name) {
            Some(part) => self.part(part, map),
            None => self.section(name, map),
        }
    }
}

/// The cover: one entry a field.
struct Cover<'a> {
    form: &'a Form,
    section: &'a Section,
    draft: &'a mut Draft,
    trail: &'a mut Trail,
    seen: Vec<&'a FieldId>,
}

impl<'de> Keyed<'de> for Cover<'_> {
    const WHAT: &'static str = "圆括号括起的各项";

    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let fields = self.form.fields_of(self.section);
        let Some(field) = fields.iter().find(|field| field.id.row() == name) else {
            return Err(unknown(name, fields.iter().map(|field| field.id.row())));
        };
        if self.seen.contains(&&field.id) {
            return Err(twice(name));
        }
        self.seen.push(&field.id);
        self.trail.field = Some(field.id.clone());
        let value = map.next_value_seed(Cell(&field.kind))?;
        self.draft.set(field.id.clone(), value);
        self.trail.field = None;
        Ok(())
    }
}

/// A table: one entry a row.
struct Table<'a> {
    section: &'a Section,
    draft: &'a mut Draft,
    trail: &'a mut Trail,
    seen: Vec<String>,
}

impl<'de> Keyed<'de> for Table<'_> {
    const WHAT: &'static str = "圆括号括起的各行";

    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let lines = || self.section.blocks().iter().flat_map(|block| &block.lines);
        let Some(line) = lines().find(|line| line.id == name) else {
            return Err(unknown(name, lines().map(|line| line.id.as_str())));
        };
        if self.seen.iter().any(|seen| seen == name) {
            return Err(twice(name));
        }
        self.seen.push(name.into());
        self.trail.row = Some((line.id.clone(), line.label.text.clone()));
        let mut row = Row {
            cells: cells(self.section, name),
            draft: self.draft,
            trail: self.trail,
            seen: Vec::with_capacity(8),
        };
        map.next_value_seed(Named(&mut row))?;
        self.trail.row = None;
        Ok(())
    }
}

/// A cell of a row: its column, its kind, its field.
type RowCell<'a> = (&'a str, &'a Kind, &'a FieldId);

/// The cells of a row in all blocks that have it.
fn cells<'a>(section: &'a Section, row: &str) -> Vec<RowCell<'a>> {
    let lines = section.blocks().iter().flat_map(|block| block.lines.iter().map(move |line| (block, line)));
    let lines = lines.filter(|(_, line)| line.id == row);
    let cell = |(block, line): (&'a Block, &'a Line)| block.columns.iter().zip(&line.cells);
    lines.flat_map(cell).map(|(column, id)| (column.id.as_str(), &column.kind, id)).collect()
}

/// A row: one entry a cell, by its column.
struct Row<'a> {
    cells: Vec<RowCell<'a>>,
    draft: &'a mut Draft,
    trail: &'a mut Trail,
    seen: Vec<&'a str>,
}

impl<'de> Keyed<'de> for Row<'_> {
    const WHAT: &'static str = "圆括号括起的一行";

    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let Some(&(column, kind, id)) = self.cells.iter().find(|(column, _, _)| *column == name) else {
            return Err(unknown(name, self.cells.iter().map(|(column, _, _)| *column)));
        };
        if self.seen.contains(&column) {
            return Err(twice(name));
        }
        self.seen.push(column);
        self.trail.field = Some(id.clone());
        let value = map.next_value_seed(Cell(kind))?;
        self.draft.set(id.clone(), value);
        self.trail.field = None;
        Ok(())
    }
}
