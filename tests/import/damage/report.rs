//! A correct report of an invented unit: paragraphs and tables of cells that know which field they fill.

use std::collections::BTreeMap;

use nianbao::form::{FieldId, Form, Grid, Role};

/// A small generator of numbers, the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d);
        dice.roll(2);
        dice
    }

    /// Returns a number below `sides`, which is at least 1.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }

    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.roll(list.len())]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Heading,
    Label,
    Value,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub text: String,
    pub kind: Kind,
    pub rows: usize,
    pub columns: usize,
    /// What was written into it: which field of its row for, and the whole text.
    pub parts: Vec<(usize, String)>,
    /// How many values it stands for.
    pub holds: usize,
}

impl Cell {
    pub fn new(kind: Kind, text: &str) -> Cell {
        Cell { text: text.into(), kind, rows: 1, columns: 1, parts: Vec::new(), holds: 1 }
    }
}

/// A row, and the fields that its label and the headings above give to its values.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub fields: Vec<FieldId>,
}

impl Row {
    pub fn positions(&self, kind: Kind) -> Vec<usize> {
        (0..self.cells.len()).filter(|at| self.cells[*at].kind == kind).collect()
    }

    pub fn values(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| cell.kind == Kind::Value)
    }
}

#[derive(Clone, Debug)]
pub enum Part {
    Text(String),
    Table(Vec<Row>),
}

pub type Report = Vec<Part>;

/// The numbers of a report: each different from all others, or small and in sums that hold.
pub fn numbers(form: &Form, dice: &mut Dice) -> BTreeMap<FieldId, u64> {
    let fields = form.fields().iter().filter(|field| field.kind.is_number() && field.id.section() != "cover");
    let mut numbers = BTreeMap::new();
    if dice.roll(2) == 0 {
        let digits = dice.one_of(&[100, 1_000, 10_000]);
        for (at, field) in fields.enumerate() {
            // Neighbours share no digits in order, and no number is a piece of another of its length.
            numbers.insert(field.id.clone(), (digits + (at * 37 + dice.roll(37)) % (digits * 9)) as u64);
        }
        return numbers;
    }
    let (zeros, sides) = (dice.one_of(&[0, 50, 80, 95]), dice.one_of(&[10, 30, 900]));
    for field in fields {
        let number = if dice.roll(100) < zeros { 0 } else { dice.roll(sides) };
        numbers.insert(field.id.clone(), number as u64);
    }
    // Parts stand before the totals that they make up; a total of totals is put right in the next round.
    for _ in 0..3 {
        for relation in form.relations().iter().filter(|relation| relation.is_total) {
            let sum = relation.right.iter().filter_map(|field| numbers.get(field)).sum();
            if let [total] = &relation.left[..] {
                numbers.insert(total.clone(), sum);
            }
        }
    }
    numbers
}

const TEXTS: [&str; 3] =
    ["工作平稳有序，全年公开信息120条。", "存在不足，将改进。", "本年度未收取信息处理费。"];

/// Returns the report with its tables as they are printed. `blanks` says that zeros are left blank.
pub fn report(form: &Form, numbers: &BTreeMap<FieldId, u64>, unit: &str, year: u16, blanks: bool) -> Report {
    let mut parts = vec![
        Part::Text(format!("{unit}{year}年政府信息公开工作年度报告")),
        Part::Text("根据《中华人民共和国政府信息公开条例》编制本报告。".into()),
    ];
    let mut texts = TEXTS.iter();
    for section in form.sections.iter().filter(|section| !section.numeral.is_empty()) {
        parts.push(Part::Text(section.heading()));
        if section.is_narrative() {
            parts.push(Part::Text(texts.next().copied().unwrap_or_default().into()));
            continue;
        }
        let grid = Grid::of(section);
        let mut rows = vec![Row::default(); grid.rows];
        for printed in &grid.cells {
            let row = &mut rows[printed.row];
            let mut cell = match &printed.role {
                Role::Value(field) => {
                    row.fields.push(field.clone());
                    let number = numbers.get(field).copied().unwrap_or_default();
                    let text = if blanks && number == 0 { String::new() } else { number.to_string() };
                    let parts = vec![(row.fields.len() - 1, text.clone())];
                    Cell { parts, ..Cell::new(Kind::Value, &text) }
                }
                Role::RowLabel => Cell::new(Kind::Label, &printed.text),
                Role::Caption | Role::Heading => Cell::new(Kind::Heading, &printed.text),
            };
            (cell.rows, cell.columns) = (printed.rows, printed.columns);
            row.cells.push(cell);
        }
        parts.push(Part::Table(rows));
    }
    parts.extend([Part::Text(unit.into()), Part::Text(format!("{}年1月20日", year + 1))]);
    parts
}

/// How a layout shows where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Positions {
    /// Every cell is there, blank or not, and says how many columns it covers.
    Spans,
    /// Every cell is there, and blank ones for the further columns that a cell covers.
    Cells,
    /// Every cell has its column, and those after the last one are blank.
    Columns,
    /// Blank cells are not there.
    Words,
    /// Nothing is between the cells.
    Digits,
}

/// Stands for any value.
pub const ANY: &str = "any";

/// What the tables say in each field: one value, or several that contradict each other.
pub fn said(report: &Report, positions: Positions) -> BTreeMap<FieldId, Vec<String>> {
    let mut said: BTreeMap<FieldId, Vec<String>> = BTreeMap::new();
    let rows = || report.iter().flat_map(|part| if let Part::Table(rows) = part { &rows[..] } else { &[] });
    let mut above: &[FieldId] = &[];
    let mut is_printed = true;
    for row in rows() {
        let labelled = row.cells.iter().any(|cell| cell.kind == Kind::Label && !cell.text.is_empty());
        let taken_over = positions == Positions::Digits || positions == Positions::Words && !is_printed;
        if taken_over && !labelled {
            // Its digits have become those of the row above, or its numbers those of a row above that has none:
            // what they say then is anybody's guess.
            above.iter().for_each(|field| said.entry(field.clone()).or_default().push(ANY.into()));
        }
        let digits: usize = row.values().map(|cell| cell.text.len()).sum();
        let filled = row.values().filter(|cell| !cell.text.is_empty()).count();
        if positions == Positions::Digits && digits == row.fields.len() && filled < digits {
            // As many digits as cells, and yet a cell is not there: the document does not show it.
            row.fields.iter().for_each(|field| said.entry(field.clone()).or_default().push(ANY.into()));
        }
        above = &row.fields;
        is_printed = filled > 0;
        let mut say = |place: usize, text: &str| {
            let text = text.trim();
            let Some(field) = row.fields.get(place) else { return };
            let list = said.entry(field.clone()).or_default();
            if !list.iter().any(|known| known == text) {
                list.push(text.into());
            }
        };
        let words = matches!(positions, Positions::Words | Positions::Digits);
        let width = |cell: &Cell| if words { cell.text.split_whitespace().count() } else { cell.holds };
        let whole = row.values().map(width).sum::<usize>() == row.fields.len();
        let mut place = 0;
        for cell in row.values() {
            let texts: Vec<&str> = cell.text.split_whitespace().collect();
            match &texts[..] {
                // The only number of a row that has one field is its own, in whatever column.
                [only] if row.fields.len() == 1 && filled == 1 => say(0, only),
                [] if row.fields.len() == 1 && filled == 1 => {}
                // As many as the row has fields: each is said where it stands.
                _ if words && whole => texts.iter().enumerate().for_each(|(at, text)| say(place + at, text)),
                // The pieces of what ran together or was broken may be known from the sum.
                _ if words => cell.parts.iter().for_each(|(origin, text)| say(*origin, text)),
                [_, _, ..] => {}
                _ if positions == Positions::Columns || whole => {
                    if cell.holds == 1 || positions != Positions::Spans {
                        say(place, &cell.text);
                        (1..cell.holds).for_each(|further| say(place + further, ""));
                    }
                }
                _ => cell
                    .parts
                    .iter()
                    .filter(|(_, text)| *text == cell.text)
                    .for_each(|(origin, text)| say(*origin, text)),
            }
            place += width(cell);
        }
    }
    // A row printed once blank and once filled says what it is filled with.
    said.values_mut().filter(|list| list.len() > 1).for_each(|list| list.retain(|text| !text.is_empty()));
    said
}
