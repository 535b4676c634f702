//! A finding as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::UserEntry;
use crate::model::{Applicability, Finding, Fix, Lang, Location, Office, Subject, Verdict, When};

/// One entry of `findings`.
#[derive(Serialize)]
pub struct Entry<'a> {
    check: &'a str,
    notice: &'a str,
    clause: &'a str,
    verdict: Verdict,
    office: &'a str,
    user: Option<UserEntry<'a>>,
    #[serde(flatten)]
    when: Option<WhenEntry>,
    message: &'a str,
    hint: &'a str,
    location: Option<LocationEntry<'a>>,
    fix: Option<FixEntry<'a>>,
}

impl<'a> Entry<'a> {
    /// The entry for `finding`, which is about `office`.
    pub fn of(office: &'a Office, finding: &'a Finding, lang: Lang) -> Self {
        Self {
            check: finding.check,
            notice: &finding.notice,
            clause: &finding.clause,
            verdict: finding.verdict,
            office: &office.name,
            user: match finding.subject {
                Subject::Person(id) => Some(UserEntry::of(office, id)),
                Subject::Office => None,
            },
            when: WhenEntry::of(finding.when),
            message: finding.message.say(lang),
            hint: finding.hint.say(lang),
            location: finding.location.as_ref().map(LocationEntry::of),
            fix: finding.fix.as_ref().map(FixEntry::of),
        }
    }
}

/// `"date"`, `"month"` or `"period"`; no key where the finding is about the user as a whole.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum WhenEntry {
    Date(NaiveDate),
    Month(String),
    Period { from: NaiveDate, to: NaiveDate },
}

impl WhenEntry {
    fn of(when: When) -> Option<Self> {
        match when {
            When::Always => None,
            When::Date(date) => Some(Self::Date(date)),
            When::Month(month) => Some(Self::Month(month.to_string())),
            When::Period(from, to) => Some(Self::Period { from, to }),
        }
    }
}

#[derive(Serialize)]
struct LocationEntry<'a> {
    file: &'a str,
    sheet: &'a str,
    cell: Option<String>,
}

impl<'a> LocationEntry<'a> {
    fn of(location: &'a Location) -> Self {
        Self {
            file: &location.file,
            sheet: &location.sheet,
            cell: location.cell.map(|cell| cell.to_string()),
        }
    }
}

#[derive(Serialize)]
struct FixEntry<'a> {
    applicability: Applicability,
    from: &'a str,
    to: &'a str,
}

impl<'a> FixEntry<'a> {
    fn of(fix: &'a Fix) -> Self {
        Self {
            applicability: fix.applicability,
            from: &fix.from,
            to: &fix.to,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::emit::sample;

    fn entry(finding: &Finding) -> Value {
        serde_json::to_value(Entry::of(&sample::office(), finding, Lang::Ja)).unwrap()
    }

    #[test]
    fn a_finding_names_user_day_clause_and_cell() {
        assert_eq!(
            entry(&sample::assessment().findings[0]),
            json!({
                "check": "fewer-than-two-contacts",
                "notice": "kitakyushu",
                "clause": "6(3)",
                "verdict": "deficient",
                "office": "みなと就労センター",
                "user": {"name": "青葉 ひかり", "certificate_number": "0100000001"},
                "date": "2025-09-03",
                "message": "連絡が1回しかありません。",
                "hint": "1日に2回以上連絡してください。",
                "location": {"file": "記録.xlsx", "sheet": "9月", "cell": "D8"},
                "fix": null,
            })
        );
    }

    #[test]
    fn month_and_period_take_the_place_of_the_day() {
        let mut finding = sample::assessment().findings[0].clone();
        finding.when = When::Month(crate::model::Month::new(2025, 9).unwrap());
        let month = entry(&finding);
        assert_eq!(month["month"], "2025-09");
        assert_eq!(month.get("date"), None);
        finding.when = When::Period(sample::day(2025, 9, 1), sample::day(2025, 9, 7));
        assert_eq!(
            entry(&finding)["period"],
            json!({"from": "2025-09-01", "to": "2025-09-07"})
        );
    }

    #[test]
    fn what_is_not_known_is_null_and_no_time_is_no_key() {
        let mut finding = sample::assessment().findings[0].clone();
        finding.subject = Subject::Office;
        finding.when = When::Always;
        finding.location = None;
        finding.fix = Some(Fix {
            applicability: Applicability::Suggested,
            from: "7.9.3".into(),
            to: "令和7年9月3日".into(),
        });
        let entry = entry(&finding);
        assert_eq!(entry["user"], Value::Null);
        assert_eq!(entry["location"], Value::Null);
        assert_eq!(entry["fix"]["applicability"], "suggested");
        for key in ["date", "month", "period"] {
            assert_eq!(entry.get(key), None, "{key}");
        }
    }
}
