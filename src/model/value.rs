//! The kinds of value that a form can hold.

use std::fmt;

use chrono::{NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::Lang;

/// 支援方法・実施方法: how the user was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// 訪問
    Visit,
    /// 通所
    Attendance,
    /// 電話
    Phone,
    /// テレビ電話・Zoom など、顔を見て話す方法
    Video,
    /// LINE・Slack など、文字のやりとり
    Chat,
    /// メール
    Email,
    /// その他
    Other,
}

impl Method {
    /// The choices of 支援方法 (参考様式2) before その他.
    pub const OF_SUPPORT: [Self; 2] = [Self::Visit, Self::Phone];
    /// The choices of 方法 (参考様式2-2) and 実施方法 (参考様式3) before その他.
    pub const OF_EVALUATION: [Self; 2] = [Self::Attendance, Self::Visit];

    /// What it is called in English.
    pub fn english(self) -> &'static str {
        match self {
            Self::Visit => "home visit",
            Self::Attendance => "attendance",
            Self::Phone => "telephone",
            Self::Video => "video call",
            Self::Chat => "chat",
            Self::Email => "e-mail",
            Self::Other => "other means",
        }
    }

    /// The word on the city's forms.
    pub fn japanese(self) -> &'static str {
        match self {
            Self::Visit => "訪問",
            Self::Attendance => "通所",
            Self::Phone => "電話",
            Self::Video => "テレビ電話",
            Self::Chat => "チャット",
            Self::Email => "メール",
            Self::Other => "その他",
        }
    }
}

/// What a contact was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContactKind {
    /// 作業開始の連絡
    Start,
    /// 途中の連絡・進捗確認
    Progress,
    /// 作業終了の連絡
    End,
    /// 応答なし: an attempt that nobody answered, and so no contact.
    Unanswered,
    /// A time beside the words of a contact, or such words alone, of which the text does not say
    /// whether they are one.
    Undecided,
    /// The text does not say.
    Other,
}

/// 連絡: one contact with the user within a day's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The time written, if any.
    pub time: Option<NaiveTime>,
    /// What it was for.
    pub kind: ContactKind,
    /// The words after the time, as written; of what is undecided, the clause with its time, or
    /// the sentence.
    pub text: String,
}

/// 受給者証番号: ten digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateNumber(String);

impl CertificateNumber {
    /// The number, if it is exactly ten ASCII digits.
    pub fn new(digits: &str) -> Option<Self> {
        (digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| Self(digits.to_owned()))
    }

    /// The ten digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// サービス種別
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Service {
    /// 就労移行支援
    #[serde(rename = "就労移行支援")]
    Transition,
    /// 就労継続支援A型
    #[serde(rename = "就労継続支援A型")]
    ContinuationA,
    /// 就労継続支援B型
    #[serde(rename = "就労継続支援B型")]
    ContinuationB,
}

impl Service {
    /// The name in the law.
    pub fn japanese(self) -> &'static str {
        self.name(Lang::Ja)
    }

    /// What people call it.
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Transition, Lang::Ja) => "就労移行支援",
            (Self::Transition, Lang::En) => "employment transition support",
            (Self::ContinuationA, Lang::Ja) => "就労継続支援A型",
            (Self::ContinuationA, Lang::En) => "employment continuation support, type A",
            (Self::ContinuationB, Lang::Ja) => "就労継続支援B型",
            (Self::ContinuationB, Lang::En) => "employment continuation support, type B",
        }
    }
}

/// What the listing marks for a day (参考様式4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// 在宅
    Home,
    /// 通所
    Attendance,
    /// 訪問
    Visit,
}

/// JSON names of the weekdays, Monday first.
pub const WEEKDAY_KEYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// 曜日: a set of weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Adds one.
    pub fn insert(&mut self, day: Weekday) {
        self.0 |= 1 << day.num_days_from_monday();
    }

    /// Whether it is among them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Positions from Monday (0) to Sunday (6), in order.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..7).filter(move |i| self.0 & (1 << i) != 0)
    }

    /// `["mon", "wed"]`
    pub fn keys(self) -> Vec<&'static str> {
        self.positions().map(|i| WEEKDAY_KEYS[i]).collect()
    }

    /// `月・水`
    pub fn japanese(self) -> String {
        const NAMES: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
        self.positions()
            .map(|i| NAMES[i])
            .collect::<Vec<_>>()
            .join("・")
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        let mut set = Self::default();
        for day in days {
            set.insert(day);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_number_has_ten_digits() {
        assert!(CertificateNumber::new("0123456789").is_some());
        for wrong in [
            "123456789",
            "01234567890",
            "012345678x",
            "０１２３４５６７８９",
        ] {
            assert!(CertificateNumber::new(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn weekdays_keep_the_order_of_the_week() {
        let days: Weekdays = [Weekday::Fri, Weekday::Mon].into_iter().collect();
        assert_eq!(days.keys(), ["mon", "fri"]);
        assert_eq!(days.japanese(), "月・金");
        assert!(days.contains(Weekday::Fri) && !days.contains(Weekday::Sun));
    }
}
