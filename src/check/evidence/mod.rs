//! What an office's records let the checks decide at all.
//!
//! A check that finds nothing may have had nothing to look at. Here it is counted, for each
//! thing that checks read, how often it was there and for whom it was lacking, so that nothing
//! is called met that nobody saw. What is right or wrong must not enter.

mod records;
mod roster;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Check, Context, Index, PersonFile};
use crate::model::{Office, PersonId, Wording};
use crate::notice::Notice;

/// Something that a check must have before it to decide anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// 在宅の日, by 参考様式2 or 4.
    HomeDays,
    /// 受給者証番号, on any form.
    CertificateNumber,
    /// 参考様式1: the user's line.
    Roster,
    /// 支給決定市町村
    Municipality,
    /// 支給決定期間
    Grant,
    /// 同意日
    Consent,
    /// 申請日
    Application,
    /// 個別支援計画作成日
    Plan,
    /// 受給者証記載日
    Annotation,
    /// 届出の日 and 市の承認日
    Report,
    /// 自宅環境の確認日
    HomeVisit,
    /// 録音・動画・画像, one a day at home.
    Media,
    /// 在宅就労開始日
    Start,
    /// 在宅の曜日
    Weekdays,
    /// 参考様式2, one a day at home.
    Daily,
    /// 実施時間
    WorkingTime,
    /// 支援内容
    Support,
    /// 支援内容 by which a contact at the start can be told.
    StartContact,
    /// 支援内容 by which a contact at the end can be told.
    EndContact,
    /// 参考様式2-2, for the days that no longer wait for it.
    Weekly,
    /// 評価の方法
    WeeklyMethod,
    /// 評価の実施日 and the last day of its period.
    WeeklyDate,
    /// 評価の対象期間
    WeeklyPeriod,
    /// 参考様式3, for the months that ask for it.
    Monthly,
    /// 達成度評価の実施方法
    MonthlyMethod,
    /// 達成度評価の実施日 and month.
    MonthlyDate,
    /// 前回評価日, where there was an evaluation before.
    PreviousDate,
    /// 参考様式4: the user's line of a finished month.
    Listing,
    /// 在宅就労実施日数
    ListedDayCount,
    /// 評価日 as the listing gives them.
    ListedEvaluations,
    /// 実績記録票 of a finished month.
    ServiceRecord,
}

/// How much of one kind of evidence an office gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sight {
    /// Users for whom it was there, at least in part.
    pub seen: BTreeSet<PersonId>,
    /// Users for whom it should have been there and was not, at least in part.
    pub lacking: BTreeSet<PersonId>,
}

/// What one check had before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Users for whom it saw something of all that it reads.
    pub seen: usize,
    /// Whatever was lacking, with what was seen of it.
    pub lacking: Vec<(Evidence, Sight)>,
}

/// Whether the input tells of days at home that the notice judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HomeDays {
    /// It does.
    Judged,
    /// All its days at home lie before the notice, after the day of the check, or outside the city.
    NotJudged,
    /// It tells of no day at home.
    Unknown,
}

/// All evidence of one office under one notice.
pub struct Grounds {
    sights: BTreeMap<Evidence, Sight>,
    /// The days at home.
    pub home_days: HomeDays,
    /// Users who were at home before the notice and still are.
    pub users_from_before: BTreeSet<PersonId>,
    /// Whether it is known of every user at home when that began.
    pub all_starts_known: bool,
    /// Whether the input holds any 実績記録票.
    has_service_records: bool,
}

impl Grounds {
    /// Looks through the records of `office` as they stood on `as_of`.
    pub fn of(office: &Office, notice: &Notice, as_of: NaiveDate) -> Self {
        let index = Index::new(office);
        let context = Context::new(&index, notice, as_of);
        let people: Vec<&PersonFile> = context
            .people()
            .filter(|person| context.home_days(person).next().is_some())
            .collect();
        let home_days = if !people.is_empty() {
            HomeDays::Judged
        } else if index.people.iter().any(|p| !p.home_days.is_empty()) {
            HomeDays::NotJudged
        } else {
            HomeDays::Unknown
        };
        let began =
            |person: &PersonFile| person.roster.iter().any(|e| e.home_start.get().is_some());
        let from_before = people.iter().filter(|person| {
            let first = person.first_home_day();
            first.is_some_and(|first| first < notice.in_force_from)
        });
        Self {
            sights: ALL
                .into_iter()
                .map(|evidence| (evidence, evidence.sight(&context)))
                .collect(),
            home_days,
            users_from_before: from_before.map(|person| person.id).collect(),
            all_starts_known: people.iter().all(|person| began(person)),
            has_service_records: !office.service_records.is_empty(),
        }
    }

    /// Whether `check` compares with 実績記録票, which the office may keep apart from its records
    /// of home support: where the input holds none, the office answers for them itself.
    pub fn is_left_to_the_office(&self, check: &Check) -> bool {
        !self.has_service_records && check.reads.contains(&Evidence::ServiceRecord)
    }

    /// What `check` had before it, of all users or of `only` these.
    pub fn for_check(&self, check: &Check, only: Option<&BTreeSet<PersonId>>) -> Ground {
        let of = |users: &BTreeSet<PersonId>| match only {
            Some(only) => users.intersection(only).copied().collect(),
            None => users.clone(),
        };
        let mut everything: Option<BTreeSet<PersonId>> = None;
        let mut lacking = Vec::new();
        for evidence in check.reads {
            let sight = self.sights.get(evidence);
            let sight = sight.map_or_else(Sight::default, |sight| Sight {
                seen: of(&sight.seen),
                lacking: of(&sight.lacking),
            });
            everything = Some(match everything {
                Some(seen) => seen.intersection(&sight.seen).copied().collect(),
                None => sight.seen.clone(),
            });
            if !sight.lacking.is_empty() {
                lacking.push((*evidence, sight));
            }
        }
        Ground {
            seen: everything.map_or(0, |users| users.len()),
            lacking,
        }
    }
}

const ALL: [Evidence; 31] = [
    Evidence::HomeDays,
    Evidence::CertificateNumber,
    Evidence::Roster,
    Evidence::Municipality,
    Evidence::Grant,
    Evidence::Consent,
    Evidence::Application,
    Evidence::Plan,
    Evidence::Annotation,
    Evidence::Report,
    Evidence::HomeVisit,
    Evidence::Media,
    Evidence::Start,
    Evidence::Weekdays,
    Evidence::Daily,
    Evidence::WorkingTime,
    Evidence::Support,
    Evidence::StartContact,
    Evidence::EndContact,
    Evidence::Weekly,
    Evidence::WeeklyMethod,
    Evidence::WeeklyDate,
    Evidence::WeeklyPeriod,
    Evidence::Monthly,
    Evidence::MonthlyMethod,
    Evidence::MonthlyDate,
    Evidence::PreviousDate,
    Evidence::Listing,
    Evidence::ListedDayCount,
    Evidence::ListedEvaluations,
    Evidence::ServiceRecord,
];

impl Evidence {
    fn sight(self, context: &Context) -> Sight {
        let mut sight = Sight::default();
        for person in context.people() {
            for is_there in self.of_person(context, person) {
                let users = match is_there {
                    true => &mut sight.seen,
                    false => &mut sight.lacking,
                };
                users.insert(person.id);
            }
        }
        sight
    }

    /// One a place where it belongs: whether it is there.
    fn of_person(self, context: &Context, person: &PersonFile) -> Vec<bool> {
        match self {
            Self::HomeDays
            | Self::CertificateNumber
            | Self::Roster
            | Self::Municipality
            | Self::Grant
            | Self::Consent
            | Self::Application
            | Self::Plan
            | Self::Annotation
            | Self::Start
            | Self::Report
            | Self::HomeVisit
            | Self::Weekdays => roster::evidence(self, context, person),
            _ => records::evidence(self, context, person),
        }
    }

    /// What people call it.
    pub fn name(self) -> Wording {
        let (ja, en) = match self {
            Self::HomeDays => (
                "参考様式2・4の在宅の日",
                "records of days at home (forms 2 and 4)",
            ),
            Self::CertificateNumber => ("受給者証番号", "the certificate number"),
            Self::Roster => ("参考様式1の対象者の行", "the roster (form 1)"),
            Self::Municipality => (
                "参考様式1の支給決定市町村",
                "the granting municipality on form 1",
            ),
            Self::Grant => ("参考様式1の支給決定期間", "the grant period on form 1"),
            Self::Consent => ("参考様式1の同意日", "the consent on form 1"),
            Self::Application => ("参考様式1の申請日", "the application on form 1"),
            Self::Plan => ("参考様式1の個別支援計画作成日", "the plan on form 1"),
            Self::Annotation => ("参考様式1の受給者証記載日", "the annotation on form 1"),
            Self::Report => (
                "参考様式1の届出の日と市の承認日",
                "the report to the city and its approval on form 1",
            ),
            Self::HomeVisit => (
                "参考様式1の自宅環境の確認日",
                "the check of the home on form 1",
            ),
            Self::Media => ("録音・動画・画像", "recordings and pictures"),
            Self::Start => ("参考様式1の在宅就労開始日", "the start on form 1"),
            Self::Weekdays => ("参考様式1の在宅の曜日", "the weekdays at home on form 1"),
            Self::Daily => ("参考様式2の支援記録", "day records (form 2)"),
            Self::WorkingTime => ("参考様式2の実施時間", "the working time on form 2"),
            Self::Support => ("参考様式2の支援内容", "the support on form 2"),
            Self::StartContact => (
                "参考様式2の開始の連絡と時刻",
                "the times of contacts at the start on form 2",
            ),
            Self::EndContact => (
                "参考様式2の終了の連絡と時刻",
                "the times of contacts at the end on form 2",
            ),
            Self::Weekly => ("参考様式2の週の評価", "weekly evaluations (form 2)"),
            Self::WeeklyMethod => (
                "参考様式2の週の評価の方法",
                "the method of weekly evaluations",
            ),
            Self::WeeklyDate => (
                "参考様式2の週の評価の実施日と対象期間の末日",
                "the date and the period's last day of weekly evaluations",
            ),
            Self::WeeklyPeriod => (
                "参考様式2の週の評価の対象期間",
                "the period of weekly evaluations",
            ),
            Self::Monthly => ("参考様式3の達成度評価", "monthly evaluations (form 3)"),
            Self::MonthlyMethod => ("参考様式3の実施方法", "the method of monthly evaluations"),
            Self::MonthlyDate => (
                "参考様式3の対象の月と実施日",
                "the month and the date of monthly evaluations",
            ),
            Self::PreviousDate => ("参考様式2・3の前回評価日", "the previous evaluation's date"),
            Self::Listing => ("参考様式4の対象者の行", "the listing (form 4)"),
            Self::ListedDayCount => (
                "参考様式4の在宅就労実施日数",
                "the number of days at home on form 4",
            ),
            Self::ListedEvaluations => ("参考様式4の評価日", "the evaluation dates on form 4"),
            Self::ServiceRecord => ("実績記録票", "service record sheets"),
        };
        Wording::new(ja, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::CHECKS;
    use crate::check::testing::{blank, date, notice, office};

    fn grounds(office: &Office) -> Grounds {
        Grounds::of(office, &notice("kitakyushu"), date(2025, 11, 30))
    }

    #[test]
    fn every_check_says_what_it_reads() {
        let by_answers = |check: &Check| check.name == crate::check::SELF_INSPECTION;
        for check in CHECKS {
            assert_eq!(check.reads.is_empty(), by_answers(check), "{}", check.name);
            for evidence in check.reads {
                assert!(ALL.contains(evidence), "{}", check.name);
            }
        }
    }

    #[test]
    fn what_no_check_can_see_is_lacking_for_the_user() {
        let whole = grounds(&office());
        assert!(whole.sights[&Evidence::Consent].lacking.is_empty());
        assert_eq!(whole.sights[&Evidence::Consent].seen.len(), 1);
        let mut without = office();
        without.roster[0].consented_on = blank();
        let sight = &grounds(&without).sights[&Evidence::Consent];
        assert_eq!((sight.seen.len(), sight.lacking.len()), (0, 1));
    }

    #[test]
    fn a_user_without_a_line_on_the_roster_lacks_all_of_it() {
        let mut office = office();
        office.roster.clear();
        let grounds = grounds(&office);
        for evidence in [Evidence::Roster, Evidence::Annotation, Evidence::Weekdays] {
            assert_eq!(grounds.sights[&evidence].lacking.len(), 1, "{evidence:?}");
        }
        assert!(grounds.sights[&Evidence::Daily].lacking.is_empty());
        assert!(!grounds.all_starts_known);
    }

    #[test]
    fn a_check_sees_a_user_by_all_that_it_reads() {
        let check = crate::check::by_name("off-plan-day").unwrap();
        let ground = grounds(&office()).for_check(check, None);
        assert_eq!((ground.seen, ground.lacking.len()), (1, 0));
        let mut unplanned = office();
        unplanned.roster[0].home_weekdays = blank();
        let ground = grounds(&unplanned).for_check(check, None);
        assert_eq!((ground.seen, ground.lacking.len()), (0, 1));
        let nobody = BTreeSet::new();
        let ground = grounds(&office()).for_check(check, Some(&nobody));
        assert_eq!((ground.seen, ground.lacking.len()), (0, 0));
    }

    #[test]
    fn days_before_the_notice_are_no_evidence() {
        let early = Grounds::of(&office(), &notice("hitachi"), date(2026, 3, 1));
        assert_eq!(early.home_days, HomeDays::NotJudged);
        assert!(
            early
                .sights
                .values()
                .all(|sight| *sight == Sight::default())
        );
        assert_eq!(grounds(&office()).home_days, HomeDays::Judged);
        let none = Office::default();
        assert_eq!(grounds(&none).home_days, HomeDays::Unknown);
    }
}
