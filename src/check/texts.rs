//! What a rule on words alone looks at: the texts of a report and of last year's, and none of their
//! numbers. As long as they are the same, what such rules find is the same, and they need not run.

use super::Subject;
use crate::form::{Body, Field, FieldId, Form, Kind};

/// The narratives and the lines of the cover, this year's and last year's.
pub struct Texts<'a> {
    form: &'a Form,
    /// The year that is reported on, where it can be read.
    pub year: Option<u16>,
    year_words: String,
    now: Vec<(&'a Field, &'a str)>,
    last: Option<Vec<(&'a Field, &'a str)>>,
}

impl<'a> Texts<'a> {
    /// The texts of what the rules look at.
    pub fn of(subject: &Subject<'a>) -> Self {
        let year = subject.draft.year();
        Texts {
            form: subject.form,
            year,
            year_words: year.map_or(String::new(), |year| year.to_string()),
            now: fields(subject.form).map(|field| (field, subject.draft.text(field.id.as_str()))).collect(),
            last: subject.last.map(|last| {
                fields(&last.form).map(|field| (field, last.draft.text(field.id.as_str()))).collect()
            }),
        }
    }

    /// The name of the form that the narratives follow.
    pub fn form(&self) -> &'a str {
        &self.form.id
    }

    /// The narratives of the form with their texts, empty ones too.
    pub fn narratives(&self) -> impl Iterator<Item = (&'a FieldId, &'a str)> {
        let prose = self.now.iter().filter(|(field, _)| field.kind == Kind::Prose);
        prose.map(|(field, text)| (&field.id, *text))
    }

    /// A narrative or a line of the cover with its text; none where the form has none of that name.
    pub fn find(&self, id: &str) -> Option<(&'a FieldId, &'a str)> {
        found(&self.now, id)
    }

    /// The text of a narrative or of a line of the cover; empty where the form has none of that name.
    pub fn text(&self, id: &str) -> &'a str {
        self.find(id).map_or("", |(_, text)| text)
    }

    /// Last year's text; none where last year's report is not at hand.
    pub fn last(&self, id: &str) -> Option<&'a str> {
        let last = self.last.as_ref()?;
        Some(found(last, id).map_or("", |(_, text)| text))
    }

    /// The name of a narrative or of a line of the cover in a sentence.
    pub fn name(&self, id: &str) -> String {
        let field = self.now.iter().map(|(field, _)| field).find(|field| field.id.as_str() == id);
        field.map_or_else(|| id.into(), |field| field.row.to_string())
    }

    /// Everything that a rule can learn here: what they find is the same where it is. The form is the one
    /// that is looked through, which for a moment may not be the one that the draft names.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let texts = self.now.iter().chain(self.last.iter().flatten());
        let texts = texts.flat_map(|(field, text)| [field.id.as_str(), &*field.row, text]);
        [self.form(), self.year_words.as_str()].into_iter().chain(texts)
    }
}

fn found<'a>(texts: &[(&'a Field, &'a str)], id: &str) -> Option<(&'a FieldId, &'a str)> {
    texts.iter().find(|(field, _)| field.id.as_str() == id).map(|(field, text)| (&field.id, *text))
}

/// The narratives and the lines of the cover of a form.
fn fields(form: &Form) -> impl Iterator<Item = &Field> {
    let sections = form.sections.iter().filter(|section| !matches!(section.body, Body::Table(_)));
    sections.flat_map(|section| form.fields_of(section))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::full;
    use super::super::{Checks, Context, Finding, Past, Recall, check};
    use crate::draft::{Ledger, read};

    /// Something that is done to a report: a field is typed into, this year's or last year's, last year's
    /// report is taken away or put back, or another form is laid over it.
    #[derive(Clone, Debug)]
    enum Deed {
        Type { last: bool, field: usize, text: String },
        Last(bool),
        Form(&'static str),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let words = prop::sample::select(vec![
            "",
            "0",
            "3",
            "无",
            "政府",
            "2023",
            "2024",
            "2023年，我局收到申请××件。\n（二）依申请公开。全年收到申请12件，",
            "2024年，我局收到申请12件，均已办结。",
            "存在的问题：公开不够全面。下一步将加强培训，",
        ]);
        let typed = (any::<bool>(), 0..260usize, words);
        prop_oneof![
            8 => typed.prop_map(|(last, field, text)| Deed::Type { last, field, text: text.into() }),
            1 => any::<bool>().prop_map(Deed::Last),
            1 => prop::sample::select(vec!["2019", "2021"]).prop_map(Deed::Form),
        ]
    }

    proptest! {
        #[test]
        fn a_look_that_remembers_finds_what_a_fresh_one_finds(deeds in prop::collection::vec(deed(), 1..12)) {
            let (mut form, mut draft) = full("2021");
            let mut past = full("2021").1;
            past.set("cover.year", read(&form.field("cover.year").unwrap().kind, "2023"));
            let checks = Checks::new();
            let (mut recall, mut beside) = (Recall::default(), true);
            for deed in deeds {
                match deed {
                    Deed::Last(there) => beside = there,
                    Deed::Form(id) => form = full(id).0,
                    Deed::Type { last, field, text } => {
                        // Half of what is typed goes into the texts.
                        let texts = form.fields().iter().filter(|field| !field.kind.is_number());
                        let all: Vec<_> = texts.chain(form.fields()).collect();
                        let field = all[field % all.len()];
                        let report = if last { &mut past } else { &mut draft };
                        report.set(field.id.clone(), read(&field.kind, &text));
                    }
                }
                let last = beside.then(|| Past::new(form.clone(), past.clone()));
                let context = Context { last: last.as_ref(), ..Context::default() };
                let ledger = Ledger::new(&form, &draft);
                let seen = checks.look(&form, &draft, &ledger, context, recall);
                let fresh: Vec<Finding> = check(&form, &draft, context);
                prop_assert_eq!(&seen.findings, &fresh);
                recall = seen.recall;
            }
        }
    }
}
