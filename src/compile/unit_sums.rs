//! The sums, unit by unit: exact, and unknown if a part is.

use std::collections::HashMap;

use super::contribution::{Contribution, summed_cells};
use crate::draft::{Adjustment, Amount, Compiled, CompiledUnit, Draft, FormIds, Value, parse_value};
use crate::edit::{Change, Edit};
use crate::form::{FieldId, Form};

/// The reason why a unit's draft cannot be added to those before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// It has no report year.
    #[error("没有写明报告年度，请先在封面填好")]
    NoYear,
    /// Its report year differs from the first unit's.
    #[error("是 {found} 年的，前面的是 {first} 年的；一份汇总只能是同一年度的报告")]
    Year {
        /// The year of the units before.
        first: u16,
        /// The year of this unit.
        found: u16,
    },
    /// The formats of its tables differ from the first unit's.
    #[error("表格格式是 {found}，前面的是 {first}；格式不同的表不能相加，请先统一格式")]
    Forms {
        /// The formats of the units before.
        first: String,
        /// The formats of this unit.
        found: String,
    },
    /// It has tables without a single value: it is not finished, and would count as 0.
    #[error("没有填完：{}整张空白", tables.join("、"))]
    BlankTables {
        /// The numerals of the tables.
        tables: Vec<String>,
    },
    /// A unit of that name has been added already.
    #[error("单位“{unit}”已经有一份（{file}），同一单位只能计一次")]
    DuplicateUnit {
        /// The unit.
        unit: String,
        /// The file of the unit added before.
        file: String,
    },
}

#[derive(Clone, Debug)]
struct CellTotal {
    amount: Amount,
    /// The unit of money as typed, once an amount has been added.
    money: Option<String>,
}

/// The sums of the units' drafts added so far.
#[derive(Clone, Debug, Default)]
pub struct UnitSums {
    year_and_forms: Option<(u16, FormIds)>,
    units: Vec<CompiledUnit>,
    names: HashMap<String, usize>,
    cells: Vec<CellTotal>,
    unknown_cells: Vec<(usize, String)>,
    /// The units with blank cells, by their place among the units, and how many.
    blank_cells: Vec<(usize, usize)>,
}

impl UnitSums {
    /// Creates sums over no units.
    pub fn new() -> Self {
        UnitSums::default()
    }

    /// Adds one unit. A unit without a name is named after its file.
    ///
    /// # Errors
    /// Returns the reason why it cannot be added; the sums stay unchanged.
    pub fn add(&mut self, form: &Form, file: &str, given: Contribution) -> Result<(), CompileError> {
        if !given.blank_tables.is_empty() {
            return Err(CompileError::BlankTables { tables: given.blank_tables });
        }
        let year = given.year.ok_or(CompileError::NoYear)?;
        let (first, forms) = self.year_and_forms.get_or_insert_with(|| (year, given.forms.clone()));
        if *first != year {
            return Err(CompileError::Year { first: *first, found: year });
        }
        if *forms != given.forms {
            return Err(CompileError::Forms {
                first: format_names(forms),
                found: format_names(&given.forms),
            });
        }
        let blank = given.count_blank_cells(form);
        let unit = if given.unit.is_empty() { file.to_string() } else { given.unit };
        if let Some(before) = self.names.get(&unit).and_then(|at| self.units.get(*at)) {
            return Err(CompileError::DuplicateUnit { unit, file: before.file.clone() });
        }
        self.cells.resize(form.fields().len(), CellTotal { amount: Amount::Blank, money: None });
        for (at, value) in given.cells {
            let Some(cell) = self.cells.get_mut(at) else { continue };
            let amount = value.number().map_or(Amount::Unknown, Amount::Known);
            if amount == Amount::Unknown {
                let reason = match value.unread() {
                    Some(_) => format!("{unit} 导入时未能确认，还没有填"),
                    None => format!("{unit} 写的是“{}”", value.typed()),
                };
                self.unknown_cells.push((at, reason));
            }
            cell.amount = cell.amount.plus(amount);
            if let Value::Money(money) = &value
                && !money.amount.is_zero()
            {
                let before = cell.money.get_or_insert_with(|| money.unit.clone());
                // 251000元 and 52.15 cannot be added without guessing a unit.
                if *before != money.unit {
                    self.unknown_cells.push((at, format!("{unit} 的单位与前面的不同（{}）", money.typed)));
                    cell.amount = Amount::Unknown;
                }
            }
        }
        for total in given.orphan_totals {
            let parts = form.fields().get(total).and_then(|field| form.relations().get(field.sum?));
            for part in parts.into_iter().flat_map(|relation| &relation.right) {
                if let Some(cell) = form.position(part.as_str()).and_then(|at| self.cells.get_mut(at)) {
                    cell.amount = Amount::Unknown;
                }
            }
            self.unknown_cells.push((total, format!("{unit} 只填了总计，没有填各项")));
        }
        if blank > 0 {
            self.blank_cells.push((self.units.len(), blank));
        }
        self.names.insert(unit.clone(), self.units.len());
        self.units.push(CompiledUnit { unit, file: file.into(), print: given.fingerprint });
        Ok(())
    }

    /// Returns the units added so far, in their order.
    pub fn units(&self) -> &[CompiledUnit] {
        &self.units
    }

    /// Consumes the sums and returns the units added, in their order.
    pub fn into_units(self) -> Vec<CompiledUnit> {
        self.units
    }

    /// Returns the year and forms of all units; `None` before the first is added.
    pub fn year_and_forms(&self) -> Option<(u16, &FormIds)> {
        self.year_and_forms.as_ref().map(|(year, forms)| (*year, forms))
    }

    /// Returns the cells whose sum is unknown, with the reason, in the order of the units.
    pub fn unknown_cells<'a>(&'a self, form: &'a Form) -> impl Iterator<Item = (&'a FieldId, &'a str)> {
        self.unknown_cells
            .iter()
            .filter_map(|(at, reason)| Some((&form.fields().get(*at)?.id, reason.as_str())))
    }

    /// Returns the units whose tables have blank cells, which add nothing to the sums, with their number:
    /// `甲局（3 格）`.
    pub fn describe_blank_cells(&self) -> Vec<String> {
        let unit = |at: &usize| self.units.get(*at).map_or("", |part| part.unit.as_str());
        self.blank_cells.iter().map(|(at, count)| format!("{}（{count} 格）", unit(at))).collect()
    }

    /// Returns the value that each entered cell should have, the sum with its adjustments: blank if it is
    /// blank in all units, unreadable `?` if a part is.
    pub fn sums(&self, form: &Form, adjustments: &[Adjustment]) -> Vec<(FieldId, Value)> {
        summed_cells(form)
            .map(|(at, field)| {
                let cell = self.cells.get(at);
                let mut amount = cell.map_or(Amount::Blank, |cell| cell.amount);
                for adjustment in adjustments.iter().filter(|adjustment| adjustment.field == field.id) {
                    amount = amount.plus(Amount::Known(adjustment.amount));
                }
                let money = cell.and_then(|cell| cell.money.as_deref()).unwrap_or_default();
                let value = match amount {
                    Amount::Blank => Value::Blank,
                    Amount::Known(sum) => parse_value(&field.kind, &format!("{}{money}", sum.normalize())),
                    Amount::Unknown => Value::Unreadable("?".into()),
                };
                (field.id.clone(), value)
            })
            .collect()
    }

    /// Returns the edit that takes the sums and their units into a compiled draft. Texts, adjustments and
    /// everything that is not a number stay as they are; totals become computed.
    pub fn refresh_edit(&self, form: &Form, draft: &Draft, missing: Vec<String>) -> Edit {
        let before = draft.compiled.clone();
        let adjustments = before.as_ref().map_or_else(Vec::new, |compiled| compiled.adjustments.clone());
        let mut edit = Edit::new();
        for (id, value) in self.sums(form, &adjustments) {
            edit.push_value(draft, &id, value);
        }
        let after = Some(Compiled { units: self.units.clone(), missing, adjustments });
        if before != after {
            edit.changes.push(Change::Compiled(before, after));
        }
        edit
    }
}

fn format_names(forms: &FormIds) -> String {
    if forms.disclosure == forms.requests {
        forms.requests.clone()
    } else {
        format!("表二 {}、其余 {}", forms.disclosure, forms.requests)
    }
}
