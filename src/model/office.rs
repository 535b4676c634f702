//! One office with all its records.

use std::collections::BTreeMap;

use super::{
    CertificateNumber, DailyRecord, FileName, Listing, Location, MonthlyRecord, RosterEntry,
    SelfInspection, Service, ServiceRecordSheet, WeeklyRecord, Wording,
};

/// Index of a person in [`Office::people`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PersonId(pub usize);

/// One user, put together from all forms that name them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The name as the roster writes it, else as first met.
    pub name: String,
    /// The number that the forms agree on; `None` when no form gives a whole one.
    pub certificate_number: Option<CertificateNumber>,
}

/// A sheet or file that was passed over, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub file: FileName,
    /// The sheet, where it is one.
    pub sheet: Option<String>,
    /// Why it is nobody's record.
    pub reason: Wording,
}

/// An input that could not be read. The run goes on without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The file.
    pub file: FileName,
    /// Stable name of the cause, such as `password-protected`.
    pub code: &'static str,
    /// The cause and what the person can do.
    pub message: Wording,
}

/// One office: the unit that is read, checked and written together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Office {
    /// 事業所名, from the forms, else the folder's name.
    pub name: String,
    /// 事業所番号
    pub number: Option<String>,
    /// サービス種別
    pub service: Option<Service>,
    /// Every user that any form names; records refer to them by [`PersonId`].
    pub people: Vec<Person>,
    /// Those of `people` that stand for records whose user cannot be told, each with the users
    /// that it may be; with none where it may be anyone.
    pub unplaced: BTreeMap<PersonId, Vec<PersonId>>,
    /// 参考様式1
    pub roster: Vec<RosterEntry>,
    /// 参考様式2, by user and date.
    pub daily: Vec<DailyRecord>,
    /// 参考様式2-2, by user and date.
    pub weekly: Vec<WeeklyRecord>,
    /// 参考様式3, by user and month.
    pub monthly: Vec<MonthlyRecord>,
    /// 参考様式4, by month.
    pub listing: Vec<Listing>,
    /// サービス提供実績記録票, by user and month; often kept elsewhere and not in the input.
    pub service_records: Vec<ServiceRecordSheet>,
    /// 自主点検表, the lines that the office has written in, by sentence.
    pub self_inspection: Vec<SelfInspection>,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Sheets that could hold records and of which no form was recognised.
    pub unrecognised: Vec<Location>,
}

impl Office {
    /// Whether any form was read. Where none was, nothing can be said of the office.
    pub fn has_records(&self) -> bool {
        !(self.roster.is_empty()
            && self.daily.is_empty()
            && self.weekly.is_empty()
            && self.monthly.is_empty()
            && self.listing.is_empty()
            && self.service_records.is_empty())
    }

    /// How many users the forms tell of.
    pub fn user_count(&self) -> usize {
        self.people.len().saturating_sub(self.unplaced.len())
    }

    /// The person behind an id that came from this office.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0]
    }
}
