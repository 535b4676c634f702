//! The notices of the cities, as data (`templates/notices/*.toml`).
//!
//! A notice says what is asked, from when, with which limits, and which checks
//! decide each of its sentences. How a check decides must not enter here.

mod error;
mod load;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::model::{Method, SentenceId, Wording};

pub use error::{NoticeError, NoticeProblem};

/// One city's notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Stable name, such as `kitakyushu`.
    pub id: String,
    /// 通知の件名
    pub title: String,
    /// The city.
    pub city: String,
    /// The day that it was issued, or its page last changed.
    pub dated: NaiveDate,
    /// First day that it judges.
    pub in_force_from: NaiveDate,
    /// Why earlier days are not judged.
    pub not_judged_before: Wording,
    /// 移行期間 for users who were at home before the first day.
    pub transition: Option<Transition>,
    /// Its limits.
    pub rules: Rules,
    /// Check → number of the clause that its findings cite, or [`Notice::EACH_CLAUSE`].
    /// Only these checks are run.
    pub cited: BTreeMap<String, String>,
    /// In the notice's own order.
    pub clauses: Vec<Clause>,
}

/// One numbered clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// By the notice's own numbering, such as `6(3)`.
    pub number: String,
    /// What it asks, in short, in our own words: its sentences run together.
    pub text: String,
    /// One a sentence of the notice: the rows of the ledger.
    pub sentences: Vec<Sentence>,
}

/// One sentence of a clause, and what decides whether it is met.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// What it asks, in short, in our own words.
    pub text: String,
    /// The checks that decide it, wholly or in part.
    #[serde(default)]
    pub checks: Vec<String>,
    /// 自主点検: the office answers for it, wholly or in part.
    #[serde(default)]
    pub self_inspection: bool,
    /// Why no check decides it.
    pub no_check: Option<String>,
    /// The users that it speaks of, where it is not all of them.
    pub only: Option<Only>,
    /// 保存: it asks to keep the records for [`Rules::years_kept`].
    #[serde(default)]
    pub retention: bool,
}

/// Users that a sentence speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Only {
    /// Those who were at home before the notice was in force.
    UsersFromBefore,
}

/// 移行期間
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// Last day on which a missing annotation is allowed, unless the grant is renewed before.
    pub until: NaiveDate,
}

/// The limits of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Contacts on a day at home, at least.
    pub contacts_a_day: usize,
    /// A contact this many minutes before or after the start (end) counts as the start (end) contact.
    pub start_end_minutes: u32,
    /// Days that one weekly evaluation covers, at most.
    pub evaluation_days: u32,
    /// Days after the period's last day within which it is evaluated.
    pub evaluation_late_days: u32,
    /// Days back from the day of the check that may still wait for their weekly evaluation.
    pub waiting_days: u32,
    /// Whether the month in which support at home starts needs no monthly evaluation.
    pub first_month_exempt: bool,
    /// Methods that bring staff and user together.
    pub face_to_face: Vec<Method>,
    /// Methods that pass nothing but text, and so do not make a weekly evaluation.
    pub text_only: Vec<Method>,
    /// Words that tell of a disability for which text alone is allowed.
    pub text_only_reasons: Vec<String>,
    /// Methods by which a weekly evaluation also stands for the monthly one.
    pub weekly_counts_as_monthly: Vec<Method>,
    /// What a day's record holds.
    pub daily_fields: Vec<DailyField>,
    /// 保存期間, where the notice names one.
    pub years_kept: Option<u32>,
    /// Words of the places whose users it covers; empty when it does not say.
    pub covered_municipalities: Vec<String>,
    /// Words in 備考 of the service record sheet that tell of a day at home.
    #[serde(default)]
    pub home_remarks: Vec<String>,
}

/// An item of a day's record (参考様式2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DailyField {
    /// 実施日
    Date,
    /// 実施時間の開始
    Start,
    /// 実施時間の終了
    End,
    /// 作業・訓練内容
    Work,
    /// 支援内容
    Support,
    /// 対象者の心身の状況及びそれに対する助言の内容
    ConditionAndAdvice,
    /// 対応・記録者
    Recorder,
}

impl Notice {
    /// Stands in `[cited]` for the clause of the very sentence that a finding is about.
    pub const EACH_CLAUSE: &str = "各条項";

    /// The clause of that number.
    pub fn clause(&self, number: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.number == number)
    }

    /// The clause that findings of a check cite; `None` when the notice does not ask for it.
    pub fn cited(&self, check: &str) -> Option<&str> {
        self.cited.get(check).map(String::as_str)
    }

    /// Every sentence with its clause, in order.
    pub fn sentences(&self) -> impl Iterator<Item = (&Clause, &Sentence)> {
        self.clauses.iter().flat_map(|clause| {
            clause
                .sentences
                .iter()
                .map(move |sentence| (clause, sentence))
        })
    }

    /// Every sentence with what names it, in order.
    pub fn named_sentences(&self) -> impl Iterator<Item = (SentenceId, &Sentence)> {
        self.clauses.iter().flat_map(|clause| {
            (1..).zip(&clause.sentences).map(|(number, sentence)| {
                let id = SentenceId {
                    notice: self.id.clone(),
                    clause: clause.number.clone(),
                    number,
                };
                (id, sentence)
            })
        })
    }
}
