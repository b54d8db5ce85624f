//! The progress of a draft in one line of the first screen: days left, cells filled, errors.

use jiff::civil::{Date, date};

use crate::check::{Context, Severity, check};
use crate::compile::UnitStatus;
use crate::draft::{Draft, Ledger};
use crate::editor::RecentEntry;
use crate::form::{Form, Library};
use crate::store::{self, AppDirs, recent};

/// How many recent drafts are read for the first screen.
const READ_AT_MOST: usize = 8;
/// The length of the progress bar, in characters.
const STEPS: usize = 8;

/// Returns the recent drafts for the first screen, the first of them with their progress.
pub fn recent_drafts(dirs: &AppDirs, library: &Library) -> Vec<RecentEntry> {
    let today = jiff::ZonedDateTime::now().date();
    let entry = |(at, known): (usize, recent::RecentDraft)| {
        let year = known.year.map_or(String::new(), |year| format!(" {year}"));
        // Those further down are not visible at first, and the screen has to appear at once.
        let loaded = (at < READ_AT_MOST).then(|| store::load(&known.path, library).ok()).flatten();
        let summary =
            loaded.map_or(String::new(), |loaded| progress_text(&loaded.form, &loaded.draft, today));
        RecentEntry { title: format!("{}{year}", known.unit), summary, path: known.path }
    };
    recent::read_list(&dirs.recent()).into_iter().enumerate().map(entry).collect()
}

/// Formats the progress of a draft: `还有 19 天  [######--] 150/175  未填完  错误 2`.
pub fn progress_text(form: &Form, draft: &Draft, today: Date) -> String {
    let ledger = Ledger::new(form, draft);
    let (filled, all) = ledger.progress(form, draft);
    let done = filled * STEPS / all.max(1);
    let bar = format!("[{}{}] {filled}/{all}", "#".repeat(done), "-".repeat(STEPS - done));
    let findings = check(form, draft, Context::default());
    let errors =
        findings.iter().filter(|finding| finding.is_open() && finding.severity == Severity::Error).count();
    let errors = if errors > 0 { format!("  错误 {errors}") } else { String::new() };
    let unfinished = match draft.blank_tables(form).next() {
        Some(_) => format!("  {}", UnitStatus::Unfinished.label()),
        None => String::new(),
    };
    let days = due(draft).map_or(String::new(), |due| match (due - today).get_days() {
        0 => "今天截止  ".into(),
        left if left > 0 => format!("还有 {left} 天  "),
        left => format!("已逾期 {} 天  ", -left),
    });
    format!("{days}{bar}{unfinished}{errors}")
}

/// Returns the day by which the report has to be published: 31 January for departments, 31 March for a
/// government's own report (条例 article 49); `None` if the kind of organ is not filled in.
fn due(draft: &Draft) -> Option<Date> {
    let year = i16::try_from(draft.year()?).ok()?.checked_add(1)?;
    match draft.text("cover.kind") {
        "" => None,
        "政府" => Some(date(year, 3, 31)),
        _ => Some(date(year, 1, 31)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Value;
    use crate::form::Library;

    #[test]
    fn a_new_draft_says_the_days_to_the_end_of_january() {
        let library = Library::new();
        let mut draft = Draft::new("示例市某局", 2025, &library);
        let form = draft.form(&library).unwrap();
        let blank = progress_text(&form, &draft, date(2026, 1, 12));
        assert!(blank.starts_with("[--------] 0/166  未填完  错误"), "no kind, no deadline: {blank}");
        draft.set("cover.kind", Value::Text("部门".into()));
        assert!(progress_text(&form, &draft, date(2026, 1, 12)).starts_with("还有 19 天"));
        assert!(progress_text(&form, &draft, date(2026, 2, 2)).starts_with("已逾期 2 天"));
        draft.set("cover.kind", Value::Text("政府".into()));
        assert!(progress_text(&form, &draft, date(2026, 3, 31)).starts_with("今天截止"));
    }

    #[test]
    fn a_draft_is_unfinished_until_every_table_is_begun() {
        let loaded = store::load("assets/sample.ron".as_ref(), &Library::new()).unwrap();
        let (form, mut draft) = (loaded.form, loaded.draft);
        assert!(!progress_text(&form, &draft, date(2026, 1, 12)).contains("未填完"));
        for field in form.fields().iter().filter(|field| field.id.section() == "review") {
            draft.set(field.id.clone(), Value::Blank);
        }
        assert!(progress_text(&form, &draft, date(2026, 1, 12)).contains("未填完  错误"));
    }

    #[test]
    fn an_unread_cell_is_not_filled_and_is_an_error() {
        let library = Library::new();
        let mut draft = Draft::new("示例市某局", 2025, &library);
        let form = draft.form(&library).unwrap();
        let errors = |text: &str| text.rsplit(' ').next().and_then(|count| count.parse::<u32>().ok());
        let blank = progress_text(&form, &draft, date(2026, 1, 12));
        draft.set("requests.new.natural", Value::Unread(Box::default()));
        let text = progress_text(&form, &draft, date(2026, 1, 12));
        assert!(text.contains(" 0/166"), "{text}");
        // The other two tables have not a single cell.
        assert_eq!(errors(&text), errors(&blank).map(|count| count + 1 + 2), "{text}");
    }
}
