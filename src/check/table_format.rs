//! S1: the tables follow the format of the report year.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::edit::{Change, Edit};
use crate::form::{Library, Years};

const S1: Rule = Rule {
    id: "S1",
    severity: Severity::Error,
    description: "表格用报告年度的格式：2019、2020年度用2019年格式，2021年度起用2021年格式。",
    basis: "国办公开办函〔2019〕60号（2019年格式）、〔2021〕30号（2021年格式）",
};

pub(super) const CHECK: Check = Check { rules: &[S1], run: check_table_format };

fn check_table_format(input: &RuleInput) -> Vec<Finding> {
    let Some(year) = input.draft.year() else { return Vec::new() };
    let forms = &input.draft.forms;
    let tables = [
        ("disclosure", "二、主动公开", &forms.disclosure, input.form.disclosure_years),
        ("requests", "三、依申请公开", &forms.requests, input.form.years),
    ];
    let misfits = tables.into_iter().filter(|(.., years)| !years.contains(year));
    misfits.map(|(section, name, id, years)| wrong_format(input, year, section, name, id, years)).collect()
}

fn wrong_format(input: &RuleInput, year: u16, section: &str, name: &str, id: &str, years: Years) -> Finding {
    let wanted = Library::new().for_year(year);
    let for_years = match years.to {
        Some(to) => format!("{}至{to}年度", years.from),
        None => format!("{}年度起", years.from),
    };
    let message = format!("表“{name}”用的是{id}年格式（{for_years}），{year}年度的报告应当用{wanted}年格式");
    let first = input.form.section(section).and_then(|section| input.form.fields_of(section).first());
    let mut finding = finding_at(&S1, first.map_or("cover.year", |field| field.id.as_str()), message);
    finding.expected = Some(wanted.into());
    finding.found = Some(id.into());
    finding.fix = switch_empty_table(input, section, wanted);
    finding
}

/// Returns the edit that switches an empty table to another format; `None` if it has values, since the cells
/// of the formats differ.
fn switch_empty_table(input: &RuleInput, section: &str, wanted: &str) -> Option<Edit> {
    // The format of section 三 includes section 四 and the narratives; only its own rows differ.
    let fields = input.form.fields_of(input.form.section(section)?);
    if fields.iter().any(|field| !input.draft.get(field.id.as_str()).is_blank()) {
        return None;
    }
    let before = input.draft.forms.clone();
    let mut after = before.clone();
    if section == "disclosure" {
        after.disclosure = wanted.into();
    } else {
        after.requests = wanted.into();
    }
    Some(Edit { changes: vec![Change::Forms(before, after)] })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, full, type_into};
    use super::*;
    use crate::draft::{Draft, FormIds};

    #[test]
    fn an_old_format_in_a_new_year_is_an_error_for_each_table() {
        let (form, mut draft) = full("2019");
        type_into(&form, &mut draft, "cover.year", "2024");
        let findings = found(&form, &draft, "S1");
        assert_eq!(findings.len(), 2);
        assert!(findings.iter().all(|f| f.severity == Severity::Error && f.fix.is_none()));
        assert!(findings[0].message.contains("应当用2021年格式"), "{}", findings[0].message);
        let (form, mut draft) = full("2021");
        type_into(&form, &mut draft, "cover.year", "2019");
        assert_eq!(found(&form, &draft, "S1").len(), 2, "the other way round");
    }

    #[test]
    fn the_table_with_the_wrong_format_is_named() {
        let library = Library::new();
        let mut draft = Draft::new("示例市某局", 2024, &library);
        draft.forms = FormIds { disclosure: "2021".into(), requests: "2019".into() };
        let form = draft.form(&library).unwrap();
        let findings = found(&form, &draft, "S1");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].fields[0].section(), "requests");
        findings[0].fix.clone().unwrap().apply(&mut draft);
        assert_eq!(draft.forms, FormIds::same("2021"), "an empty table is changed by one key");
    }

    #[test]
    fn the_years_at_the_change_take_their_own_format() {
        for (id, year) in [("2019", "2019"), ("2019", "2020"), ("2021", "2021"), ("2021", "2030")] {
            let (form, mut draft) = full(id);
            type_into(&form, &mut draft, "cover.year", year);
            assert_eq!(found(&form, &draft, "S1"), vec![], "{id} {year}");
        }
    }
}
