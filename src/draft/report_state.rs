//! How far a report is on its way to being published.

use serde::{Deserialize, Serialize};

/// Where a report is in its life. The names in files are the clerk's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum ReportState {
    /// It is being filled in.
    #[default]
    Filling,
    /// It was handed to those who approve it.
    Review,
    /// It is approved: nothing of it changes any more.
    Final,
}

impl ReportState {
    /// All of them, in their order.
    pub const ALL: [ReportState; 3] = [ReportState::Filling, ReportState::Review, ReportState::Final];

    /// Returns its name, in files and on the screen.
    pub fn label(self) -> &'static str {
        match self {
            ReportState::Filling => "填写中",
            ReportState::Review => "送审",
            ReportState::Final => "已定稿",
        }
    }
}

impl From<ReportState> for &'static str {
    fn from(state: ReportState) -> Self {
        state.label()
    }
}

impl TryFrom<String> for ReportState {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let known = ReportState::ALL.into_iter().find(|state| state.label() == name);
        known.ok_or_else(|| {
            let labels = ReportState::ALL.map(ReportState::label);
            format!("“state”应是{}", labels.join("、"))
        })
    }
}
