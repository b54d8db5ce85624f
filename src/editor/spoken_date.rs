//! Days and times as the clerk says them, seen from today.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// Returns when something was: `今天 11:02`, `昨天 16:20`, `11月20日`, or with its year if that is another one.
pub fn spoken_time(time: DateTime, today: Option<Date>) -> String {
    let (day, clock) = (time.date(), format!("{:02}:{:02}", time.hour(), time.minute()));
    match today {
        Some(today) if day == today => format!("今天 {clock}"),
        Some(today) if today.checked_sub(1.day()).is_ok_and(|yesterday| day == yesterday) => {
            format!("昨天 {clock}")
        }
        Some(today) if day.year() == today.year() => format!("{}月{}日", day.month(), day.day()),
        _ => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// Returns the days from `today` to the last day for handing in as a sentence, and whether that is close or
/// past.
pub fn days_left(due: Date, today: Date) -> (String, bool) {
    match (due - today).get_days() {
        0 => ("今天是报送期限".into(), true),
        left if left > 0 => (format!("距报送期限还有 {left} 天"), left <= DAYS_TO_HURRY),
        left if left >= -DAYS_TO_COUNT => (format!("已逾期 {} 天", -left), true),
        _ => ("报送期限已过".into(), false),
    }
}

/// Returns the year whose report is being written: until October it is last year's, then this year's is begun.
pub fn reporting_year(today: Date) -> i16 {
    if today.month() > 10 { today.year() } else { today.year() - 1 }
}

/// For so many days after the last one they are counted; an older report is looked up, not overdue.
const DAYS_TO_COUNT: i32 = 60;
/// From so many days before the last one on, the clerk is asked to look.
const DAYS_TO_HURRY: i32 = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_time_is_said_as_seen_from_today() {
        let today = Some(date(2026, 1, 12));
        let said = |day: Date| spoken_time(day.at(9, 5, 0, 0), today);
        assert_eq!(said(date(2026, 1, 12)), "今天 09:05");
        assert_eq!(said(date(2026, 1, 11)), "昨天 09:05");
        assert_eq!(said(date(2026, 1, 2)), "1月2日");
        assert_eq!(said(date(2025, 11, 20)), "2025年11月20日");
        assert_eq!(spoken_time(date(2026, 1, 12).at(9, 5, 0, 0), None), "2026年1月12日");
    }

    #[test]
    fn the_days_left_hurry_only_near_the_end() {
        let left = |today| days_left(date(2026, 1, 31), today);
        assert_eq!(left(date(2026, 1, 12)), ("距报送期限还有 19 天".into(), true));
        assert_eq!(left(date(2025, 10, 1)), ("距报送期限还有 122 天".into(), false));
        assert_eq!(left(date(2026, 1, 31)), ("今天是报送期限".into(), true));
        assert_eq!(left(date(2026, 2, 2)), ("已逾期 2 天".into(), true));
        assert_eq!(left(date(2026, 11, 2)), ("报送期限已过".into(), false));
    }

    #[test]
    fn this_years_report_is_begun_in_november() {
        assert_eq!(reporting_year(date(2026, 1, 20)), 2025);
        assert_eq!(reporting_year(date(2026, 10, 31)), 2025);
        assert_eq!(reporting_year(date(2026, 11, 1)), 2026);
    }
}
