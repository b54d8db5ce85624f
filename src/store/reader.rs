//! The whole of a draft file, field by field against the form that it names.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess};
use std::sync::Arc;

use super::cells::CellSeed;
use super::extras::{NamedPart, PartByField, WaiversSeed, refuse_unread};
use super::visitor::{FieldVisitor, FieldsSeed, unknown};
use super::{Fault, VERSION};
use crate::draft::{Draft, FormIds, parse_value};
use crate::form::{Block, Body, FieldId, Form, FormRow, Kind, Library, Section};
use crate::text::quoted;

/// The parts of a file that are not sections of the form, in their order.
pub const PARTS: [&str; 11] = [
    "version",
    "forms",
    "totals",
    "state",
    "last",
    "provenance",
    "kept",
    "unread",
    "notes",
    "waivers",
    "compiled",
];

/// A draft while it is read.
pub struct DraftReader<'l> {
    library: &'l Library,
    draft: Draft,
    form: Option<Arc<Form>>,
    has_version: bool,
    has_totals: bool,
    path: String,
    /// What kind of mistake the reading ended with.
    pub fault: Fault,
}

impl<'l> DraftReader<'l> {
    /// Creates a reader that has read nothing.
    pub fn new(library: &'l Library) -> Self {
        DraftReader {
            library,
            draft: Draft::empty(FormIds::same("")),
            form: None,
            has_version: false,
            has_totals: false,
            path: String::new(),
            fault: Fault::Content,
        }
    }

    /// Returns where reading stopped: the innermost part in the terms of the form, with its name, or `None`
    /// at the top of the file.
    pub fn place(&self) -> Option<String> {
        let mut names = self.path.split('.');
        let (first, second) = (names.next()?, names.next());
        if PARTS.contains(&first) {
            return Some(format!("“{first}”"));
        }
        let form = self.form.as_deref()?;
        let section = form.sections.iter().find(|section| section.id == first)?;
        if let Some(field) = form.field(&self.path).filter(|_| second.is_some()) {
            return Some(format!("“{}”（{}）", field.location, field.id));
        }
        let heading = section.heading();
        Some(match lines(section).find(|line| Some(line.id.as_str()) == second) {
            Some(line) => format!("“{heading}”的“{}”（{first}.{}）", line.label.text, line.id),
            None => format!("“{heading}”（{first}）"),
        })
    }

    /// Returns the draft with its form.
    ///
    /// # Errors
    /// Returns an error if a part is missing without which the draft cannot be understood.
    pub fn finish(self) -> Result<(Draft, Arc<Form>), String> {
        let name = match self.form {
            _ if !self.has_version => "version",
            None => "forms",
            Some(form) if self.has_totals => return Ok((self.draft, form)),
            Some(_) => "totals",
        };
        Err(format!("缺少“{name}”，这不是完整的年报草稿"))
    }

    fn version<E: Error>(&mut self, version: u64) -> Result<(), E> {
        if version > VERSION {
            self.fault = Fault::Newer;
            let message = format!("此文件由新版程序保存（版本 {version}），请升级本程序后再打开");
            return Err(E::custom(message));
        }
        if version != VERSION {
            return Err(E::custom(format!("没有版本 {version} 的草稿文件")));
        }
        self.has_version = true;
        Ok(())
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

    /// Returns the form, for parts that follow the one that names it.
    fn form<E: Error>(&self, name: &str) -> Result<Arc<Form>, E> {
        let early = || E::custom(format!("{}写在“forms”前面了，请把“forms”移到前面", quoted(name)));
        self.form.clone().ok_or_else(early)
    }

    /// Reads a part whose entries are under names of fields.
    fn part<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        part: NamedPart,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let form = self.form(name)?;
        let (library, draft, path) = (self.library, &mut self.draft, &mut self.path);
        map.next_value_seed(FieldsSeed(&mut PartByField {
            form: &form,
            library,
            draft,
            path,
            part,
            others: None,
        }))
    }

    fn section<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let form = self.form(name)?;
        let Some(section) = form.sections.iter().find(|section| section.id == name) else {
            let known = form.sections.iter().map(|section| section.id.as_str());
            return Err(A::Error::custom(unknown(name, PARTS.into_iter().chain(known))));
        };
        let (draft, path) = (&mut self.draft, &mut self.path);
        match &section.body {
            Body::Cover(_) => {
                let fields = form.fields_of(section).iter();
                let cells = fields.map(|field| (field.id.row(), &field.kind, &field.id)).collect();
                map.next_value_seed(FieldsSeed(&mut Row { cells, draft, path }))
            }
            Body::Narrative { .. } => {
                let paragraphs: Vec<String> = map.next_value()?;
                draft.set(name, parse_value(&Kind::Prose, &paragraphs.join("\n")));
                Ok(())
            }
            // The text behind a table is under `kept`: its name here is the table's.
            Body::Table(_) | Body::TableText => {
                map.next_value_seed(FieldsSeed(&mut Table { section, draft, path }))
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut DraftReader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        FieldsSeed(self).deserialize(from)
    }
}

impl<'de> FieldVisitor<'de> for DraftReader<'_> {
    fn path(&mut self) -> &mut String {
        &mut self.path
    }

    fn visit_field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        if !self.has_version && name != "version" {
            self.path.clear();
            return Err(A::Error::custom("文件开头缺少“version”，这不是年报草稿，或开头被改动了"));
        }
        match name {
            "version" => {
                let version = map.next_value()?;
                self.version(version)?;
            }
            "forms" => {
                self.draft.forms = map.next_value()?;
                self.choose_form()?;
            }
            "totals" => {
                self.draft.totals = map.next_value()?;
                self.has_totals = true;
            }
            "state" => self.draft.state = map.next_value()?,
            "last" => self.draft.last_year = Some(map.next_value()?),
            "provenance" => self.draft.provenance = Some(map.next_value()?),
            "compiled" => self.draft.compiled = Some(map.next_value()?),
            "waivers" => map.next_value_seed(WaiversSeed(&mut self.draft.ignored_findings))?,
            "kept" => self.part(name, NamedPart::Kept, map)?,
            "unread" => self.part(name, NamedPart::Unread, map)?,
            "notes" => self.part(name, NamedPart::Notes, map)?,
            _ => self.section(name, map)?,
        }
        Ok(())
    }
}

/// A table: one field a row.
struct Table<'a> {
    section: &'a Section,
    draft: &'a mut Draft,
    path: &'a mut String,
}

impl<'de> FieldVisitor<'de> for Table<'_> {
    fn path(&mut self) -> &mut String {
        self.path
    }

    fn visit_field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        if !lines(self.section).any(|line| line.id == name) {
            let known = lines(self.section).map(|line| line.id.as_str());
            return Err(A::Error::custom(unknown(name, known)));
        }
        let mut row = Row { cells: cells(self.section, name), draft: self.draft, path: self.path };
        map.next_value_seed(FieldsSeed(&mut row))
    }
}

/// Returns the rows of a section in all its blocks.
fn lines(section: &Section) -> impl Iterator<Item = &FormRow> {
    section.blocks().iter().flat_map(|block| &block.rows)
}

/// A cell: the name it has in its row or on the cover, its kind, its field.
type RowCell<'a> = (&'a str, &'a Kind, &'a FieldId);

/// Returns the cells of a row in all blocks that have it.
fn cells<'a>(section: &'a Section, row: &str) -> Vec<RowCell<'a>> {
    let lines = section.blocks().iter().flat_map(|block| block.rows.iter().map(move |line| (block, line)));
    let lines = lines.filter(|(_, line)| line.id == row);
    let cell = |(block, line): (&'a Block, &'a FormRow)| block.columns.iter().zip(&line.cells);
    lines.flat_map(cell).map(|(column, id)| (column.id.as_str(), &column.kind, id)).collect()
}

/// The cover or a row: one field a cell.
struct Row<'a> {
    cells: Vec<RowCell<'a>>,
    draft: &'a mut Draft,
    path: &'a mut String,
}

impl<'de> FieldVisitor<'de> for Row<'_> {
    fn path(&mut self) -> &mut String {
        self.path
    }

    fn visit_field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let Some((_, kind, id)) = self.cells.iter().find(|(known, ..)| *known == name) else {
            return Err(A::Error::custom(unknown(name, self.cells.iter().map(|(known, ..)| *known))));
        };
        refuse_unread(self.draft, id.as_str())?;
        let value = map.next_value_seed(CellSeed(kind))?;
        self.draft.set((*id).clone(), value);
        Ok(())
    }
}
