//! A form file as it is written: plain structures for serde, with names not yet resolved.

use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// A whole form file, `assets/forms/*.ron` or one in the user's config directory.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    pub id: String,
    pub name: String,
    pub instrument: String,
    pub years: Years,
    pub sections: Vec<SectionFile>,
}

/// The report years that a form applies to, both ends included. Without `to` it is still in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// The first year.
    pub from: u16,
    /// The last year; `None` while the format is in force.
    #[serde(default)]
    pub to: Option<u16>,
}

impl Years {
    /// Returns `true` if the format applies to reports of that year.
    pub fn contains(&self, year: u16) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFile {
    pub id: String,
    #[serde(default)]
    pub numeral: String,
    pub title: String,
    #[serde(default)]
    pub tab: String,
    pub body: BodyFile,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub enum BodyFile {
    Cover {
        fields: Vec<NodeFile>,
    },
    Narrative {
        #[serde(default)]
        skeleton: Vec<String>,
    },
    Table {
        blocks: Vec<BlockFile>,
        #[serde(default)]
        relations: Vec<RelationFile>,
    },
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BlockFile {
    #[serde(default)]
    pub caption: String,
    #[serde(default)]
    pub corner: String,
    pub columns: Vec<NodeFile>,
    #[serde(default)]
    pub rows: Vec<NodeFile>,
}

/// A heading or a row label; one with an `id` is a leaf, one without has others under it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NodeFile {
    #[serde(default)]
    pub id: String,
    pub label: String,
    #[serde(default)]
    pub short: String,
    #[serde(default)]
    pub say: String,
    /// A heading that names the row of the fields under it (section 四 prints one row of fifteen).
    #[serde(default)]
    pub row: String,
    #[serde(default)]
    pub kind: Kind,
    #[serde(default, alias = "columns", alias = "rows")]
    pub under: Vec<NodeFile>,
}

/// The direction of a tally relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Per {
    /// The relation holds in each row; its names are columns.
    Row,
    /// The relation holds in each column; its names are rows.
    Column,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub enum RelationFile {
    Balance { id: String, per: Per, left: Vec<String>, right: Vec<String> },
    Total { id: String, per: Per, total: String, parts: Vec<String> },
}
