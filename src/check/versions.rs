//! How several records of one user and day stand to each other.

use chrono::NaiveTime;

use crate::model::DailyRecord;

/// Records of one day, told apart by their working times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// One record.
    Single,
    /// Times that do not meet, as a morning and an afternoon.
    Sessions,
    /// Different times that overlap.
    Overlapping,
    /// The same times, or times that are not known: versions of one record.
    Rivals,
}

/// How the records of one day stand to each other.
pub fn versions(records: &[&DailyRecord]) -> Versions {
    if records.len() < 2 {
        return Versions::Single;
    }
    let spans: Option<Vec<_>> = records.iter().map(|record| span(record)).collect();
    let Some(mut spans) = spans else {
        return Versions::Rivals;
    };
    spans.sort_unstable();
    let meets = |pair: &[(NaiveTime, NaiveTime)]| pair[1].0 < pair[0].1;
    if !spans.windows(2).any(meets) {
        return Versions::Sessions;
    }
    if spans.windows(2).all(|pair| pair[0] == pair[1]) {
        Versions::Rivals
    } else {
        Versions::Overlapping
    }
}

fn span(record: &DailyRecord) -> Option<(NaiveTime, NaiveTime)> {
    let (start, end) = (record.start.get()?, record.end.get()?);
    (start < end).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{blank, daily, date, time, value};

    #[test]
    fn times_tell_sessions_overlaps_and_rivals() {
        let record = |from: &str, to: &str| {
            let mut record = daily(date(2025, 9, 1));
            record.start = value(time(from));
            record.end = value(time(to));
            record
        };
        let morning = record("9:00", "12:00");
        assert_eq!(versions(&[&morning]), Versions::Single);
        assert_eq!(
            versions(&[&record("12:00", "15:00"), &morning]),
            Versions::Sessions
        );
        assert_eq!(
            versions(&[&record("11:59", "15:00"), &morning]),
            Versions::Overlapping
        );
        assert_eq!(versions(&[&morning, &morning]), Versions::Rivals);
        let mut unknown = morning.clone();
        unknown.end = blank();
        assert_eq!(versions(&[&morning, &unknown]), Versions::Rivals);
    }
}
