//! The kinds of form and what their cells can be about.

use serde::Deserialize;

/// The kinds of form that are read.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize,
)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// 参考様式1 対象者リスト
    Roster,
    /// 参考様式2 支援記録
    Daily,
    /// 参考様式2-2 評価
    Weekly,
    /// 参考様式3 達成度評価シート
    Monthly,
    /// 参考様式4 実施一覧表
    Listing,
    /// サービス提供実績記録票, one user's month
    ServiceRecord,
    /// 自主点検表
    SelfInspection,
}

impl FormKind {
    /// The kinds that are told by their labels; 自主点検表 has a recogniser of its own.
    pub const ALL: [Self; 6] = [
        Self::Roster,
        Self::Daily,
        Self::Weekly,
        Self::Monthly,
        Self::Listing,
        Self::ServiceRecord,
    ];

    /// Whether the form is always a table, never boxes beside their labels.
    pub fn is_always_a_table(self) -> bool {
        self == Self::ServiceRecord
    }
}

/// What a cell of a form can be about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize,
)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "named as the fields of the records, which are documented"
)]
pub enum Item {
    Name,
    CertificateNumber,
    OfficeName,
    OfficeNumber,
    Service,
    Month,
    Date,
    /// 日時: date and time in one box.
    DateTime,
    Time,
    Start,
    End,
    Method,
    Work,
    Support,
    /// 開始時の連絡 and the like: one contact in a box of its own.
    Contact,
    /// 利用形態: at home, at the office or absent.
    Usage,
    Condition,
    Recorder,
    PreviousDate,
    Period,
    PeriodFrom,
    PeriodTo,
    Content,
    /// 次週に向けて: what the week's evaluation says in a box beside [`Item::Content`].
    ContentPart,
    /// 具体的に: goes on from the box before it.
    Detail,
    Confirmer,
    Goal,
    Effort,
    Achievement,
    Issues,
    Improvement,
    Health,
    Remarks,
    Continuation,
    Evaluator,
    Signature,
    Municipality,
    Grant,
    GrantFrom,
    GrantTo,
    AnnotatedOn,
    ApprovedOn,
    HomeCheckedOn,
    ConsentedOn,
    AppliedOn,
    PlanCreatedOn,
    HomeStart,
    HomeEnd,
    HomeWeekdays,
    CommuteWeekdays,
    Reason,
    Notes,
    Days,
    HomeDays,
    WeeklyDate,
    MonthlyDate,
    Status,
    Confirmation,
    Sentence,
    Answer,
    InspectedOn,
    Inspector,
    /// A label that is known and holds nothing that is asked for.
    Ignored,
}

impl Item {
    /// Items that say whose or which office's form it is, and hold for all that follows them.
    pub fn is_heading(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::CertificateNumber
                | Self::OfficeName
                | Self::OfficeNumber
                | Self::Service
                | Self::Month
        )
    }

    /// Items in which somebody puts the own name or seal.
    pub fn is_signed(self) -> bool {
        matches!(
            self,
            Self::Recorder | Self::Confirmer | Self::Evaluator | Self::Signature
        )
    }

    /// Items that only the record of a day has.
    pub fn is_of_a_day(self) -> bool {
        matches!(
            self,
            Self::Time
                | Self::Start
                | Self::End
                | Self::Method
                | Self::Work
                | Self::Support
                | Self::Contact
                | Self::Condition
                | Self::Recorder
        )
    }

    /// Items that a form may have more than once.
    pub fn repeats(self) -> bool {
        matches!(
            self,
            Self::Contact | Self::WeeklyDate | Self::ContentPart | Self::Detail
        )
    }

    /// Items that may be written over several boxes; of any other, two boxes contradict.
    pub fn may_be_divided(self) -> bool {
        self.repeats()
            || self.is_signed()
            || self.offers_choices()
            || self.is_free_text()
            || matches!(
                self,
                Self::Name | Self::OfficeName | Self::Municipality | Self::Ignored
            )
    }

    /// Items whose box may hold printed choices beside each other.
    pub fn offers_choices(self) -> bool {
        matches!(
            self,
            Self::Method | Self::Usage | Self::Service | Self::HomeWeekdays | Self::CommuteWeekdays
        )
    }

    /// Items whose box may run over several cells below each other.
    pub fn is_free_text(self) -> bool {
        matches!(
            self,
            Self::Work
                | Self::Support
                | Self::Contact
                | Self::Condition
                | Self::Content
                | Self::ContentPart
                | Self::Detail
                | Self::Goal
                | Self::Effort
                | Self::Achievement
                | Self::Issues
                | Self::Improvement
                | Self::Health
                | Self::Remarks
                | Self::Continuation
                | Self::Reason
                | Self::Notes
        )
    }
}
