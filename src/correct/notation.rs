//! The reference notation of each kind of value, and how a field is rewritten to it.

use chrono::{NaiveDate, NaiveTime};

use super::Reason;
use crate::model::{
    Applicability, CertificateNumber, Content, Doubt, Field, Month, Service, Weekdays, Wording,
    date_in_japanese, month_in_japanese, time_of_day,
};

/// How one text would be written otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The text in the reference notation.
    pub after: String,
    /// Why.
    pub why: Wording,
    /// `Safe` is written in the corrected workbook; `Suggested` only shown.
    pub applicability: Applicability,
}

/// A kind of value that the reference forms write in one way only.
pub trait Notation {
    /// Why a text in another notation is rewritten.
    const REASON: Reason;

    /// The value as the reference forms write it, given the text that it was read from.
    fn reference(&self, raw: &str) -> String;

    /// Whether `raw` is the reference notation already; white space does not count.
    fn is_reference(raw: &str, reference: &str) -> bool {
        squeezed(raw) == squeezed(reference)
    }
}

/// The rewriting that the field wants. `None` where it is fine as it is, is not
/// understood, or says more than one thing.
pub fn rewrite<T: Notation>(field: &Field<T>) -> Option<Rewrite> {
    let value = field.value()?;
    let reference = value.reference(&field.raw);
    if squeezed(&field.raw).is_empty() || T::is_reference(&field.raw, &reference) {
        return None;
    }
    Rewrite::by_doubts(reference, T::REASON, &field.doubts)
}

/// The text of the field in the corrected workbook.
pub fn corrected<T: Notation>(field: &Field<T>) -> String {
    match (&field.content, rewrite(field)) {
        (_, Some(rewrite)) if rewrite.applicability == Applicability::Safe => rewrite.after,
        (Content::Value(value), None) if is_the_same(field, value) => value.reference(&field.raw),
        // What stands in an unanswered box is the form's own print, such as `年　月　日`.
        (Content::Blank | Content::Absent, _) => String::new(),
        _ => field.raw.clone(),
    }
}

/// Whether nothing is written, or the reference notation but for white space: a date that
/// was spread over several cells is put together, which is no change.
fn is_the_same<T: Notation>(field: &Field<T>, value: &T) -> bool {
    let raw = squeezed(&field.raw);
    raw.is_empty() || raw == value.reference(&field.raw)
}

impl Rewrite {
    /// A rewriting by a reason.
    pub(super) fn new(after: String, reason: Reason, applicability: Applicability) -> Self {
        Self {
            after,
            why: reason.wording(),
            applicability,
        }
    }

    /// As far as the doubts about the value allow one.
    pub(super) fn by_doubts(after: String, reason: Reason, doubts: &[Doubt]) -> Option<Self> {
        // A struck or doubly ticked text loses its doubt when it is written anew.
        if doubts.contains(&Doubt::StruckThrough) || doubts.contains(&Doubt::SeveralChoices) {
            return None;
        }
        let (reason, applicability) = if doubts.contains(&Doubt::YearFromContext) {
            (Reason::YearInferred, Applicability::Suggested)
        } else if doubts.contains(&Doubt::LostZero) {
            (Reason::CertificateNumberShortened, Applicability::Suggested)
        } else {
            (reason, Applicability::Safe)
        };
        Some(Self::new(after, reason, applicability))
    }
}

/// The text without any white space.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Notation for NaiveDate {
    const REASON: Reason = Reason::Date;

    fn reference(&self, raw: &str) -> String {
        let mut date = date_in_japanese(*self);
        // The weekday that somebody wrote may contradict the date: it must stay visible.
        if let Some(weekday) = bracketed_weekday(raw) {
            date.push_str(&format!("（{weekday}）"));
        }
        date
    }

    fn is_reference(raw: &str, reference: &str) -> bool {
        squeezed(raw).replace('(', "（").replace(')', "）") == reference
    }
}

impl Notation for NaiveTime {
    const REASON: Reason = Reason::Time;

    fn reference(&self, _: &str) -> String {
        time_of_day(*self)
    }
}

impl Notation for Month {
    const REASON: Reason = Reason::Month;

    fn reference(&self, _: &str) -> String {
        month_in_japanese(*self)
    }

    // The month may stand within a longer title: 在宅就労支援実施一覧表（令和7年9月分）.
    fn is_reference(raw: &str, reference: &str) -> bool {
        squeezed(raw).contains(reference)
    }
}

impl Notation for Weekdays {
    const REASON: Reason = Reason::Weekdays;

    fn reference(&self, _: &str) -> String {
        self.japanese()
    }
}

impl Notation for Service {
    const REASON: Reason = Reason::Service;

    fn reference(&self, _: &str) -> String {
        self.japanese().to_owned()
    }
}

impl Notation for CertificateNumber {
    const REASON: Reason = Reason::CertificateNumber;

    fn reference(&self, _: &str) -> String {
        self.to_string()
    }

    fn is_reference(raw: &str, reference: &str) -> bool {
        raw.trim() == reference
    }
}

impl Notation for u32 {
    const REASON: Reason = Reason::Count;

    fn reference(&self, _: &str) -> String {
        self.to_string()
    }
}

/// The weekday of `9/3(水)` or `9月3日（水曜日）`.
fn bracketed_weekday(raw: &str) -> Option<char> {
    let raw = squeezed(raw);
    let open = raw.rfind(['(', '（'])?;
    let inner = raw.get(open..)?.trim_matches(['(', ')', '（', '）']);
    let weekday = inner.chars().next()?;
    let known = "月火水木金土日".contains(weekday);
    let rest = inner.strip_prefix(weekday)?;
    (known && matches!(rest, "" | "曜" | "曜日")).then_some(weekday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 9, 3).unwrap()
    }

    #[test]
    fn dates_in_other_notations_are_rewritten() {
        for (raw, after) in [
            ("R7.9.3", Some("令和7年9月3日")),
            ("2025/9/3", Some("令和7年9月3日")),
            ("令和７年９月３日", Some("令和7年9月3日")),
            ("2025/9/3(水)", Some("令和7年9月3日（水）")),
            ("令和7年9月3日", None),
            ("令和7 年 9 月 3 日", None),
            ("令和7年9月3日(水)", None),
        ] {
            let field = Field::read(raw, day(), None);
            assert_eq!(rewrite(&field).map(|r| r.after).as_deref(), after, "{raw}");
            assert!(corrected(&field).starts_with("令和7年9月3日"), "{raw}");
        }
    }

    #[test]
    fn a_year_that_was_not_written_is_only_suggested() {
        let mut field = Field::read("9/3", day(), None);
        assert_eq!(rewrite(&field).unwrap().applicability, Applicability::Safe);
        assert_eq!(corrected(&field), "令和7年9月3日");
        field.doubts.push(Doubt::YearFromContext);
        assert_eq!(
            rewrite(&field).unwrap().applicability,
            Applicability::Suggested
        );
        assert_eq!(corrected(&field), "9/3");
    }

    #[test]
    fn struck_and_unclear_texts_stay() {
        let mut struck = Field::read("R7.9.3", day(), None);
        struck.doubts.push(Doubt::StruckThrough);
        assert_eq!(rewrite(&struck), None);
        assert_eq!(corrected(&struck), "R7.9.3");

        let unclear: Field<NaiveDate> = Field::unclear("9月ごろ", Wording::default(), None);
        assert_eq!(rewrite(&unclear), None);
        assert_eq!(corrected(&unclear), "9月ごろ");
        let unfilled: Field<NaiveDate> = Field {
            raw: "年　月　日".to_owned(),
            ..Field::blank(None)
        };
        assert_eq!(corrected(&unfilled), "");
    }

    #[test]
    fn each_kind_has_one_notation() {
        let time = NaiveTime::from_hms_opt(9, 5, 0).unwrap();
        assert_eq!(corrected(&Field::read("9時05分", time, None)), "9:05");
        assert_eq!(rewrite(&Field::read("9:05", time, None)), None);

        let month = Month::new(2025, 9).unwrap();
        assert_eq!(corrected(&Field::read("R7.9", month, None)), "令和7年9月");
        assert_eq!(rewrite(&Field::read("令和7年9月分", month, None)), None);

        let days: Weekdays = [chrono::Weekday::Mon, chrono::Weekday::Wed]
            .into_iter()
            .collect();
        assert_eq!(corrected(&Field::read("月,水", days, None)), "月・水");
        assert_eq!(rewrite(&Field::read("月・水", days, None)), None);

        let number = CertificateNumber::new("0123456789").unwrap();
        let wide = Field::read("０１２３４５６７８９", number.clone(), None);
        assert_eq!(corrected(&wide), "0123456789");
        assert_eq!(rewrite(&Field::read("0123456789", number, None)), None);

        let mut shortened = Field::read(
            "12345678",
            CertificateNumber::new("0012345678").unwrap(),
            None,
        );
        shortened.doubts.push(Doubt::LostZero);
        assert_eq!(corrected(&shortened), "12345678");
        assert_eq!(rewrite(&shortened).unwrap().after, "0012345678");

        let service = Field::read("B型", Service::ContinuationB, None);
        assert_eq!(corrected(&service), "就労継続支援B型");
        assert_eq!(corrected(&Field::read("２２日", 22, None)), "22");
        assert_eq!(rewrite(&Field::read("22", 22, None)), None);
    }

    #[test]
    fn a_value_without_text_is_written_in_the_reference_notation() {
        assert_eq!(corrected(&Field::read("", day(), None)), "令和7年9月3日");
        assert_eq!(rewrite(&Field::read("", day(), None)), None);
    }
}
