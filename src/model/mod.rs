//! The nouns that all stages share: places, fields, records, findings.
//!
//! Plain data and the small questions it can answer about itself. Nothing here
//! reads a file, knows a layout, judges a record or writes an output.

mod confidence;
mod correction;
mod dialect;
mod field;
mod finding;
mod inspection;
mod media;
mod month;
mod notation;
mod office;
mod place;
mod record;
mod value;
mod wording;

pub use confidence::{Confidence, Ground, Grounds, Level};
pub use correction::Change;
pub use dialect::Dialect;
pub use field::{Content, Doubt, Field, Problem};
pub use finding::{
    Applicability, Assessment, Finding, Fix, NotJudged, Pending, Subject, Verdict, When,
};
pub use inspection::{Answer, Answered, SelfInspection, SentenceId};
pub use media::Media;
pub use month::Month;
pub(crate) use notation::ERAS;
pub use notation::{date_in_japanese, month_in_japanese, time_of_day};
pub use office::{Office, Person, PersonId, Skipped, Unreadable};
pub use place::{Cell, CellRange, FileName, Location, Source};
pub use record::{
    DailyRecord, DayMark, Listing, ListingRow, MonthlyRecord, Record, RosterEntry, ServiceDay,
    ServiceRecordSheet, UserMention, WeeklyRecord,
};
pub use value::{
    CertificateNumber, Contact, ContactKind, Mark, Method, Service, WEEKDAY_KEYS, Weekdays,
};
pub use wording::{Lang, Wording};
