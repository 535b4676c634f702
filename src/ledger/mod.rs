//! 条項台帳: every sentence of a notice, with what can be said of it for one office.
//!
//! Brings together what the checks found, what they had to look at, and what the office
//! answered itself. A sentence is met only where something was looked at and nothing was
//! lacking. Nothing is judged anew here, and nothing printed.

mod retention;
#[cfg(test)]
mod tests;
mod unread;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::check::{self, Check, Evidence, Grounds, HomeDays, Sight};
use crate::model::{
    Answer, Answered, Assessment, Finding, Office, SentenceId, Subject, Verdict, Wording,
    date_in_japanese,
};
use crate::notice::{Notice, Only, Sentence};
pub use retention::{KeptMonth, MissingMonths, Retention};
use unread::unread;

/// What can be said of a sentence; the worst comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 不適合
    Unmet,
    /// 要確認
    Review,
    /// 自主点検: the office has still to answer it.
    SelfInspection,
    /// 対象外: there is nothing to judge, or nothing is asked.
    NotApplicable,
    /// 適合
    Met,
}

impl Outcome {
    /// As they are told: what is settled first.
    pub const ALL: [Self; 5] = [
        Self::Met,
        Self::Unmet,
        Self::Review,
        Self::NotApplicable,
        Self::SelfInspection,
    ];

    /// What people call it.
    pub fn wording(self) -> Wording {
        let (ja, en) = match self {
            Self::Met => ("適合", "met"),
            Self::Unmet => ("不適合", "not met"),
            Self::Review => ("要確認", "to review"),
            Self::NotApplicable => ("対象外", "not applicable"),
            Self::SelfInspection => ("自主点検", "self-inspection"),
        };
        Wording::new(ja, en)
    }
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: SentenceId,
    /// What it asks, in short.
    pub text: String,
    /// What can be said of it.
    pub outcome: Outcome,
    /// Positions in the assessment of the findings about it.
    pub findings: Vec<usize>,
    /// Why, where the findings do not say it; may be empty.
    pub reason: Wording,
}

/// All sentences of one notice, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Id of the notice.
    pub notice: String,
    /// One a sentence.
    pub rows: Vec<Row>,
    /// How long the records are kept, where the notice says so.
    pub retention: Option<Retention>,
}

/// How many sentences have which outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts(BTreeMap<Outcome, usize>);

impl Counts {
    /// Over some ledgers.
    pub fn of(ledgers: &[Ledger]) -> Self {
        let mut counts = Self::default();
        for row in ledgers.iter().flat_map(|ledger| &ledger.rows) {
            *counts.0.entry(row.outcome).or_default() += 1;
        }
        counts
    }

    /// Adds those of another office.
    pub fn add(&mut self, other: &Self) {
        for (outcome, count) in &other.0 {
            *self.0.entry(*outcome).or_default() += count;
        }
    }

    /// Those of one outcome.
    pub fn get(&self, outcome: Outcome) -> usize {
        self.0.get(&outcome).copied().unwrap_or_default()
    }

    /// All.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }
}

/// Draws up the ledger of each notice for `office`, of which the checks said `assessment` as
/// things stood on `as_of`.
pub fn ledgers(
    office: &Office,
    notices: &[Notice],
    assessment: &Assessment,
    as_of: NaiveDate,
) -> Vec<Ledger> {
    let ledger = |notice: &Notice| {
        let drawing = Drawing {
            office,
            notice,
            assessment,
            as_of,
            grounds: Grounds::of(office, notice, as_of),
            retention: Retention::of(office, notice, as_of),
        };
        let sentences = notice.named_sentences();
        Ledger {
            notice: notice.id.clone(),
            rows: sentences
                .map(|(id, asked)| drawing.row(id, asked))
                .collect(),
            retention: drawing.retention,
        }
    };
    notices.iter().map(ledger).collect()
}

/// What one side says of a sentence, and why.
type Told = (Outcome, Wording);

struct Drawing<'a> {
    office: &'a Office,
    notice: &'a Notice,
    assessment: &'a Assessment,
    as_of: NaiveDate,
    grounds: Grounds,
    retention: Option<Retention>,
}

impl Drawing<'_> {
    fn row(&self, id: SentenceId, sentence: &Sentence) -> Row {
        let findings = self.findings(&id, sentence);
        let (outcome, reason) = self.told(&id, sentence, &findings);
        Row {
            text: sentence.text.clone(),
            outcome,
            findings: findings.into_iter().map(|(at, _)| at).collect(),
            reason,
            id,
        }
    }

    fn told(&self, id: &SentenceId, sentence: &Sentence, findings: &[(usize, &Finding)]) -> Told {
        if sentence.checks.is_empty() && !sentence.self_inspection {
            let why = sentence.no_check.clone().unwrap_or_default();
            return (Outcome::NotApplicable, Wording::new(why.clone(), why));
        }
        if self.as_of < self.notice.in_force_from {
            let why = self.notice.not_judged_before.clone();
            return (Outcome::NotApplicable, why);
        }
        let found = |verdict| {
            findings
                .iter()
                .any(|(_, finding)| finding.verdict == verdict)
        };
        let (left, kept) = self.checks(sentence);
        let by_records = (!kept.is_empty()).then(|| self.by_records(sentence, &kept));
        let by_office = sentence
            .self_inspection
            .then(|| self.by_office(id, !left.is_empty()));
        let sides: Vec<Told> = [
            found(Verdict::Deficient).then(|| (Outcome::Unmet, Wording::default())),
            found(Verdict::Review).then(|| (Outcome::Review, Wording::default())),
            sentence.retention.then(|| self.by_retention()).flatten(),
            by_records,
            by_office,
        ]
        .into_iter()
        .flatten()
        .collect();
        // What is open on one side is open; else the records speak before the office.
        let open = sides.iter().map(|(outcome, _)| *outcome).min();
        let outcome = match open.filter(|worst| *worst < Outcome::NotApplicable) {
            Some(worst) => worst,
            None => sides
                .first()
                .map_or(Outcome::Review, |(outcome, _)| *outcome),
        };
        (outcome, joined(sides.into_iter().map(|(_, why)| why)))
    }

    /// What was found about a sentence: by its checks of the users that it speaks of, or in
    /// the office's answer to it.
    fn findings(&self, id: &SentenceId, sentence: &Sentence) -> Vec<(usize, &Finding)> {
        let lines: Vec<_> = self
            .office
            .self_inspections(id)
            .map(|line| line.source.locate(line.answer.cell))
            .collect();
        let is_about = |finding: &Finding| {
            if finding.check == check::SELF_INSPECTION {
                finding.clause == id.clause
                    && finding
                        .location
                        .as_ref()
                        .is_some_and(|at| lines.contains(at))
            } else {
                sentence.checks.iter().any(|check| check == finding.check)
                    && self.speaks_of(sentence, finding.subject)
            }
        };
        let all = self.assessment.findings.iter().enumerate();
        all.filter(|(_, finding)| finding.notice == self.notice.id && is_about(finding))
            .collect()
    }

    fn speaks_of(&self, sentence: &Sentence, subject: Subject) -> bool {
        match (sentence.only, subject) {
            (Some(Only::UsersFromBefore), Subject::Person(id)) => {
                self.grounds.users_from_before.contains(&id)
            }
            _ => true,
        }
    }

    /// The sentence's checks: those that are left to the office's own answer, and the others.
    fn checks(&self, sentence: &Sentence) -> (Vec<&'static Check>, Vec<&'static Check>) {
        let names = sentence.checks.iter();
        names
            .filter_map(|name| check::by_name(name))
            .partition(|check| {
                sentence.self_inspection && self.grounds.is_left_to_the_office(check)
            })
    }

    /// What the records allow to say where nothing was found by `checks`.
    fn by_records(&self, sentence: &Sentence, checks: &[&Check]) -> Told {
        let before = &self.grounds.users_from_before;
        let only = sentence.only.map(|Only::UsersFromBefore| before);
        if only.is_some_and(BTreeSet::is_empty) && self.grounds.home_days == HomeDays::Judged {
            return self.without_users_from_before();
        }
        let mut lacking: BTreeMap<Evidence, Sight> = BTreeMap::new();
        let mut saw_all = true;
        for check in checks {
            let ground = self.grounds.for_check(check, only);
            saw_all &= ground.seen > 0;
            lacking.extend(ground.lacking);
        }
        if !lacking.is_empty() {
            return (Outcome::Review, not_given(&lacking));
        }
        if !saw_all {
            return self.nothing_to_judge(sentence);
        }
        match unread(self.office) {
            None => (Outcome::Met, Wording::default()),
            Some(why) => (Outcome::Review, why),
        }
    }

    fn without_users_from_before(&self) -> Told {
        if self.grounds.all_starts_known {
            let why = Wording::new(
                "適用日より前から在宅就労をしている利用者はいません。",
                "No user was at home before the notice was in force.",
            );
            (Outcome::NotApplicable, why)
        } else {
            let why = Wording::new(
                "在宅就労開始日が分からない利用者がいるため、適用日より前からの利用者がいるかを確かめられません。",
                "It is not known of every user when the support at home began.",
            );
            (Outcome::Review, why)
        }
    }

    fn nothing_to_judge(&self, sentence: &Sentence) -> Told {
        match self.grounds.home_days {
            HomeDays::Unknown => {
                let why = Wording::new(
                    "在宅の日の記録（参考様式2・4）が入力にありません。",
                    "The input holds no record of a day at home (forms 2 and 4).",
                );
                return (Outcome::Review, why);
            }
            HomeDays::NotJudged => {
                let told = self.assessment.not_judged.iter();
                let mut told = told.filter(|one| one.notice == self.notice.id);
                let why = told.next().map(|one| one.reason.clone());
                let why = why.unwrap_or_else(|| {
                    Wording::new(
                        "判定の対象となる在宅の日がありません。",
                        "There is no day at home to be judged.",
                    )
                });
                return (Outcome::NotApplicable, why);
            }
            HomeDays::Judged => {}
        }
        let waiting = self.assessment.pending.iter().filter(|one| {
            one.notice == self.notice.id && sentence.checks.iter().any(|check| check == one.check)
        });
        let why = match waiting.count() {
            0 => Wording::new(
                "判定の対象となる日や月がまだありません。",
                "There is no day or month to be judged yet.",
            ),
            count => Wording::new(
                format!("期限前のものだけで、まだ判定できません（{count}件）。"),
                format!("All of it is not due yet ({count})."),
            ),
        };
        (Outcome::NotApplicable, why)
    }

    /// What the office answered, for service record sheets too where they are left to it.
    fn by_office(&self, id: &SentenceId, with_sheets: bool) -> Told {
        let (outcome, why) = self.answered(id);
        let sheets = with_sheets.then(|| {
            Wording::new(
                "実績記録票は入力にありません。",
                "The input holds no service record sheet.",
            )
        });
        (outcome, joined(sheets.into_iter().chain([why])))
    }

    fn answered(&self, id: &SentenceId) -> Told {
        match self.office.answer(id) {
            Answered::Nothing(_) => (
                Outcome::SelfInspection,
                Wording::new(
                    "自主点検表に記入してください。",
                    "To be answered on the self-inspection sheet.",
                ),
            ),
            Answered::Unclear(_) | Answered::Contradictory(_) => {
                (Outcome::Review, Wording::default())
            }
            Answered::As(answer, line) => {
                let outcome = match answer {
                    Answer::Met => Outcome::Met,
                    Answer::Unmet => Outcome::Unmet,
                    Answer::NotApplicable => Outcome::NotApplicable,
                };
                let word = answer.japanese();
                let why = match line.inspected_on.get() {
                    Some(day) => Wording::new(
                        format!("自主点検で「{word}」（{}）。", date_in_japanese(day)),
                        format!("Self-inspection: {word} ({day})."),
                    ),
                    None => Wording::new(
                        format!("自主点検で「{word}」。"),
                        format!("Self-inspection: {word}."),
                    ),
                };
                (outcome, why)
            }
        }
    }

    fn by_retention(&self) -> Option<Told> {
        let missing = &self.retention.as_ref()?.missing;
        (!missing.is_empty()).then(|| {
            let users = missing.len();
            let why = Wording::new(
                format!("入力に記録のない月がある利用者が{users}人います。保存されているかを確かめてください。"),
                format!("{users} users have months of which the input holds no record; see that they are kept."),
            );
            (Outcome::Review, why)
        })
    }
}

fn not_given(lacking: &BTreeMap<Evidence, Sight>) -> Wording {
    let names = lacking.iter().map(|(evidence, sight)| {
        let name = evidence.name();
        let users = sight.lacking.len();
        match sight.seen.is_empty() {
            true => name,
            false => Wording::new(
                format!("{}（{users}人分）", name.ja),
                format!("{} (of {users} users)", name.en),
            ),
        }
    });
    let (ja, en): (Vec<String>, Vec<String>) = names.map(|name| (name.ja, name.en)).unzip();
    Wording::new(
        format!("入力から確かめられないもの：{}。", ja.join("、")),
        format!("The input does not show: {}.", en.join(", ")),
    )
}

fn joined(parts: impl Iterator<Item = Wording>) -> Wording {
    let (ja, en): (Vec<String>, Vec<String>) = parts
        .filter(|part| !part.ja.is_empty())
        .map(|part| (part.ja, part.en))
        .unzip();
    Wording::new(ja.concat(), en.join(" "))
}
