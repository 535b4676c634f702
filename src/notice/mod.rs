//! The notices of the cities, as data (`templates/notices/*.toml`).

use chrono::NaiveDate;

/// One city's notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Stable name, such as `kitakyushu`.
    pub id: String,
    /// 通知の件名
    pub title: String,
    /// The city.
    pub city: String,
    /// First day that it judges.
    pub in_force_from: NaiveDate,
    /// In the notice's own order.
    pub clauses: Vec<Clause>,
}

/// One sentence or item of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// By the notice's own numbering, such as `6(3)`.
    pub number: String,
    /// What it asks, in short, in our own words.
    pub text: String,
}

impl Notice {
    /// The clause of that number.
    pub fn clause(&self, number: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.number == number)
    }
}
