//! The checks, one a file, and how they are run.
//!
//! A check sees an office's records through its context, under one notice, and
//! tells the report what it finds. Files, layouts and output must not enter.

#[macro_use]
mod declare;
mod certainty;
mod contact;
mod context;
mod coverage;
mod evidence;
mod form_month;
mod implied;
mod index;
mod items;
mod report;
mod roster_rows;
mod service_sheet;
mod start;
#[cfg(test)]
pub(crate) mod testing;
mod unseen;
mod versions;
mod words;

mod annotation_missing;
mod application_before_consent;
mod certificate_number_invalid;
mod certificate_number_mismatch;
mod consent_after_start;
mod contact_method_missing;
mod daily_field_missing;
mod daily_record_missing;
mod date_in_future;
mod date_outside_month;
mod doubtful_reading;
mod duplicate_daily_record;
mod end_contact_missing;
mod ends_of_day;
mod fewer_than_two_contacts;
mod grant_period_expired;
mod home_visit_missing;
mod listed_day_count_mismatch;
mod listed_evaluation_mismatch;
mod listing_mark_unread;
mod listing_missing;
mod listing_user_missing;
mod media_evidence_missing;
mod monthly_date_outside_month;
mod monthly_evaluation_missing;
mod monthly_evaluation_not_face_to_face;
mod monthly_evaluation_unattended;
mod monthly_evaluation_unsigned;
mod monthly_field_missing;
mod municipality_not_covered;
mod no_records;
mod off_plan_day;
mod overlapping_service;
mod pages;
mod plan_without_home_support;
mod previous_date_mismatch;
mod recorded_day_not_listed;
mod repeated_record_text;
mod report_missing;
mod roster_entry_missing;
mod roster_field_missing;
mod self_inspection_unmet;
mod service_record_day_missing;
mod service_record_extra;
mod service_record_remark_missing;
mod service_record_time_mismatch;
mod service_record_unconfirmed;
mod start_contact_missing;
mod started_before_annotation;
mod struck_or_hidden_text;
mod time_range_invalid;
mod unplaced_record;
mod weekly_evaluation_late;
mod weekly_evaluation_missing;
mod weekly_evaluation_period_too_long;
mod weekly_evaluation_text_only;
mod weekly_evaluation_unconfirmed;
mod weekly_field_missing;

use chrono::NaiveDate;

use crate::model::{Assessment, Finding, NotJudged, Office, Subject};
use crate::notice::Notice;

pub(crate) use context::Context;
pub use declare::{Check, InJapanese};
pub use evidence::{Evidence, Ground, Grounds, HomeDays, Sight};
use index::ListedRow;
pub(crate) use index::{Index, PersonFile};
use report::{Report, Words};

/// The check of 自主点検表: its findings cite the clause of the sentence that was answered.
pub const SELF_INSPECTION: &str = "self-inspection-unmet";

/// Every check, in the order of the forms.
pub static CHECKS: &[&Check] = &[
    &no_records::CHECK,
    &unplaced_record::CHECK,
    &roster_entry_missing::CHECK,
    &roster_field_missing::CHECK,
    &certificate_number_invalid::CHECK,
    &certificate_number_mismatch::CHECK,
    &municipality_not_covered::CHECK,
    &consent_after_start::CHECK,
    &application_before_consent::CHECK,
    &started_before_annotation::CHECK,
    &annotation_missing::CHECK,
    &grant_period_expired::CHECK,
    &plan_without_home_support::CHECK,
    &off_plan_day::CHECK,
    &overlapping_service::CHECK,
    &daily_record_missing::CHECK,
    &recorded_day_not_listed::CHECK,
    &listing_missing::CHECK,
    &listing_mark_unread::CHECK,
    &listed_day_count_mismatch::CHECK,
    &listed_evaluation_mismatch::CHECK,
    &listing_user_missing::CHECK,
    &daily_field_missing::CHECK,
    &fewer_than_two_contacts::CHECK,
    &start_contact_missing::CHECK,
    &end_contact_missing::CHECK,
    &contact_method_missing::CHECK,
    &time_range_invalid::CHECK,
    &duplicate_daily_record::CHECK,
    &date_outside_month::CHECK,
    &date_in_future::CHECK,
    &struck_or_hidden_text::CHECK,
    &repeated_record_text::CHECK,
    &weekly_evaluation_missing::CHECK,
    &weekly_evaluation_text_only::CHECK,
    &weekly_evaluation_late::CHECK,
    &weekly_evaluation_period_too_long::CHECK,
    &weekly_evaluation_unconfirmed::CHECK,
    &weekly_field_missing::CHECK,
    &monthly_evaluation_missing::CHECK,
    &monthly_evaluation_not_face_to_face::CHECK,
    &monthly_evaluation_unattended::CHECK,
    &monthly_evaluation_unsigned::CHECK,
    &monthly_field_missing::CHECK,
    &monthly_date_outside_month::CHECK,
    &previous_date_mismatch::CHECK,
    &service_record_day_missing::CHECK,
    &service_record_extra::CHECK,
    &service_record_time_mismatch::CHECK,
    &service_record_unconfirmed::CHECK,
    &service_record_remark_missing::CHECK,
    &report_missing::CHECK,
    &media_evidence_missing::CHECK,
    &home_visit_missing::CHECK,
    &self_inspection_unmet::CHECK,
    &doubtful_reading::CHECK,
];

/// The names of all checks, as a notice may use them.
pub fn names() -> Vec<&'static str> {
    CHECKS.iter().map(|check| check.name).collect()
}

/// The check of that name.
pub fn by_name(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}

/// Judges one office by each notice, as things stood on `as_of`.
pub fn assess(office: &Office, notices: &[Notice], as_of: NaiveDate) -> Assessment {
    let index = Index::new(office);
    let mut assessment = Assessment::default();
    for notice in notices {
        let context = Context::new(&index, notice, as_of);
        assessment.not_judged.extend(not_judged(&context));
        if as_of < notice.in_force_from {
            continue;
        }
        let mut found = Vec::new();
        for check in CHECKS {
            if let Some(clause) = notice.cited(check.name) {
                let pending = &mut assessment.pending;
                let mut report = Report::new(check.name, notice, clause, &mut found, pending);
                (check.run)(&context, &mut report);
            }
        }
        let is_asked = notice.cited(roster_field_missing::CHECK.name).is_some();
        roster_rows::give_way(&context, is_asked, &mut found);
        assessment.findings.extend(implied::settled(found));
    }
    assessment.findings.sort_by(|a, b| order(a).cmp(&order(b)));
    assessment
        .pending
        .sort_by(|a, b| (a.subject, a.when, a.check).cmp(&(b.subject, b.when, b.check)));
    assessment
}

/// Worst first, then by user, time and check; the rest only settles ties.
fn order(finding: &Finding) -> impl Ord + '_ {
    (
        (finding.verdict, finding.subject, finding.when.first()),
        (finding.check, finding.notice.as_str(), finding.when),
        (&finding.location, &finding.message),
    )
}

/// Days at home that the notice does not judge, a person at a time.
fn not_judged(context: &Context) -> Vec<NotJudged> {
    let count = |subject, days: usize, reason| {
        (days > 0).then(|| NotJudged {
            notice: context.notice.id.clone(),
            subject,
            days,
            reason,
        })
    };
    let mut all = Vec::new();
    for person in &context.index.people {
        let first = context.notice.in_force_from;
        let before = person.home_days.range(..first).count();
        let reason = context.notice.not_judged_before.clone();
        all.extend(count(Subject::Person(person.id), before, reason));
        if !context.covers(person) {
            let days = person.home_days.range(first..).count();
            let reason = words::not_covered(&context.notice.city);
            all.extend(count(Subject::Person(person.id), days, reason));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::check::testing::{assessed, date, notice, office, told, told_by, value};
    use crate::model::Lang;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let unique: BTreeSet<&str> = names().into_iter().collect();
        assert_eq!(unique.len(), CHECKS.len());
        for name in unique {
            let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            assert!(
                plain && !name.starts_with('-') && !name.ends_with('-'),
                "{name}"
            );
            assert!(by_name(name).is_some());
        }
        assert!(by_name("no-such-check").is_none());
        assert!(by_name(SELF_INSPECTION).is_some());
    }

    #[test]
    fn every_check_explains_itself_in_both_languages() {
        for check in CHECKS {
            for heading in ["## Why", "## What to do"] {
                assert!(
                    check.markdown().contains(heading),
                    "{}: {heading}",
                    check.name
                );
            }
            let doc = check.markdown();
            let summary = doc.split("\n\n").next().unwrap();
            assert!(
                summary.trim_end().ends_with('.'),
                "{}: {summary}",
                check.name
            );
            assert_eq!(check.title(Lang::En), summary.replace('\n', " "));
            assert_eq!(check.title(Lang::Ja), check.ja.title);
            let InJapanese {
                title,
                what,
                why,
                remedy,
            } = &check.ja;
            for text in [title, what, why, remedy] {
                assert!(!text.is_ascii(), "{}: {text}", check.name);
            }
        }
    }

    #[test]
    fn every_check_decides_a_sentence_of_a_notice() {
        let notices: Vec<Notice> = Notice::builtin_ids().map(notice).collect();
        assert_eq!(notices.len(), 2);
        for check in CHECKS {
            let asked = |notice: &Notice| {
                notice.cited(check.name) == Some(Notice::EACH_CLAUSE)
                    || notice
                        .sentences()
                        .any(|(_, sentence)| sentence.checks.iter().any(|name| name == check.name))
            };
            assert!(notices.iter().any(asked), "{}", check.name);
        }
    }

    #[test]
    fn a_clean_office_has_no_findings() {
        let assessment = assessed(&office(), &[notice("kitakyushu")], date(2025, 11, 30));
        assert_eq!(assessment, Assessment::default());
    }

    #[test]
    fn days_before_a_notice_are_counted_and_not_judged() {
        let mut early = office();
        for record in &mut early.daily {
            record.contacts.clear();
        }
        let assessment = assessed(&early, &[notice("hitachi")], date(2026, 3, 1));
        assert!(assessment.findings.is_empty());
        assert_eq!(assessment.not_judged.len(), 1);
        assert_eq!(assessment.not_judged[0].days, early.daily.len());
        assert!(!told(&early).is_empty());
    }

    #[test]
    fn days_at_the_ends_of_time_are_judged_without_a_panic() {
        for extreme in [NaiveDate::MIN, NaiveDate::MAX] {
            let mut odd = office();
            let entry = &mut odd.roster[0];
            for field in [
                &mut entry.grant_from,
                &mut entry.grant_to,
                &mut entry.home_start,
            ] {
                *field = value(extreme);
            }
            odd.daily[0].date = value(extreme);
            odd.weekly[0].date = value(extreme);
            odd.weekly[1].period_from = value(extreme);
            odd.weekly[2].period_to = value(extreme);
            odd.monthly[0].date = value(extreme);
            odd.listing[0].month = value(crate::model::Month::of(extreme));
            for as_of in [NaiveDate::MIN, date(2025, 11, 30), NaiveDate::MAX] {
                assessed(&odd, &[notice("kitakyushu"), notice("hitachi")], as_of);
            }
        }
    }

    #[test]
    fn each_finding_names_its_notice() {
        let mut faulty = testing::office_in(2026, 3);
        faulty.daily[0].contacts.pop();
        let both = [notice("kitakyushu"), notice("hitachi")];
        let assessment = assessed(&faulty, &both, date(2026, 5, 31));
        let cited: Vec<(&str, &str)> = assessment
            .findings
            .iter()
            .filter(|finding| finding.check == "fewer-than-two-contacts")
            .map(|finding| (finding.notice.as_str(), finding.clause.as_str()))
            .collect();
        assert_eq!(cited, [("hitachi", "2(3)"), ("kitakyushu", "6(3)")]);
        assert_eq!(
            told_by(&faulty, "hitachi", date(2026, 5, 31)),
            ["deficient fewer-than-two-contacts 2026-03-02"]
        );
    }
}
