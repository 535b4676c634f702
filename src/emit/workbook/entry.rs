//! One item as it is printed: its text or number, its colour and where it came from.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::figure::{Figure, Kind, Written};
use super::fit;
use super::style::{Look, Style, Tone};
use crate::correct::{Notation, text};
use crate::model::{Field, Location, Office, Source, UserMention};

/// The items that the forms have a place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Item {
    RowNumber,
    UserName,
    CertificateNumber,
    Service,
    Municipality,
    GrantFrom,
    GrantTo,
    ConsentedOn,
    PlanCreatedOn,
    AppliedOn,
    AnnotatedOn,
    HomeStart,
    HomeEnd,
    HomeWeekdays,
    CommuteWeekdays,
    Reason,
    Notes,
    Month,
    Date,
    Start,
    End,
    Method,
    Work,
    Support,
    ConditionAndAdvice,
    Recorder,
    PreviousDate,
    PeriodFrom,
    PeriodTo,
    Content,
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
    Days,
    HomeDays,
    WeeklyDates,
    MonthlyDate,
}

/// The items of one record.
pub(super) type Entries = BTreeMap<Item, Entry>;

/// One item as it is printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entry {
    /// What is printed; without control characters.
    pub text: String,
    /// What its cell is for.
    pub kind: Kind,
    /// The number that is shown as the text.
    pub figure: Option<Figure>,
    /// 二重線・取消線
    pub struck: bool,
    /// The colour, where the item is in question.
    pub tone: Option<Tone>,
    /// What is in question; empty where nothing is.
    pub note: String,
    /// The cells that it was read from.
    pub places: Vec<Location>,
}

impl Entry {
    /// Words that come from no record.
    pub(super) fn plain(text: impl AsRef<str>) -> Self {
        Self {
            text: fit::clean(text.as_ref()),
            ..Self::default()
        }
    }

    /// Words on a colour.
    pub(super) fn colored(text: impl AsRef<str>, tone: Option<Tone>) -> Self {
        Self {
            tone,
            ..Self::plain(text)
        }
    }

    /// How many.
    pub(super) fn count(count: usize) -> Self {
        Self {
            kind: Kind::Count,
            figure: u32::try_from(count).ok().map(Figure::count),
            ..Self::plain(count.to_string())
        }
    }

    /// How many, on a colour unless there is none.
    pub(super) fn tinted_count(count: usize, tone: Tone) -> Self {
        Self {
            tone: (count > 0).then_some(tone),
            ..Self::count(count)
        }
    }

    /// An empty cell, to be written in.
    pub(super) fn blank(kind: Kind) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }

    /// Digits that are no number.
    pub(super) fn digits(digits: impl AsRef<str>) -> Self {
        Self {
            kind: Kind::Digits,
            ..Self::plain(digits)
        }
    }

    /// An item of a record, with the text that is printed for it.
    pub(super) fn item<T: Written>(
        source: &Source,
        field: &Field<T>,
        text: impl AsRef<str>,
    ) -> Self {
        let text = text.as_ref();
        Self {
            kind: T::KIND,
            figure: field.value().and_then(|value| value.figure(text)),
            struck: text::is_struck(field),
            places: field
                .cell
                .iter()
                .map(|&cell| source.locate(Some(cell)))
                .collect(),
            ..Self::plain(text)
        }
    }

    /// An item that stands for its record where a finding names no cell.
    pub(super) fn anchor<T: Written>(
        source: &Source,
        field: &Field<T>,
        text: impl AsRef<str>,
    ) -> Self {
        Self {
            places: vec![source.locate(field.cell)],
            ..Self::item(source, field, text)
        }
    }

    /// A value in the reference notation.
    pub(super) fn value<T: Notation + Written>(source: &Source, field: &Field<T>) -> Self {
        Self::item(source, field, text::of(field))
    }

    /// Free text.
    pub(super) fn free(source: &Source, field: &Field<String>) -> Self {
        Self::item(source, field, text::free(field))
    }

    /// Whether it is shown on one line, however narrow its cell.
    pub(super) fn is_on_one_line(&self) -> bool {
        self.kind.is_moment() && (self.figure.is_some() || self.text.is_empty())
    }

    /// How its cell looks.
    pub(super) fn style(&self, look: Look, size: f64) -> Style {
        Style {
            tone: self.tone,
            struck: self.struck,
            number_format: match self.figure {
                Some(figure) => figure.format,
                None => self.kind.format(),
            },
            is_on_one_line: self.is_on_one_line(),
            ..Style::new(look, size)
        }
    }
}

/// 氏名 and 受給者証番号 of a record.
pub(super) fn user(source: &Source, user: &UserMention, office: &Office) -> Entries {
    let number = text::certificate_number(user, office);
    Entries::from([
        (
            Item::UserName,
            Entry::anchor(source, &user.name, text::name(user, office)),
        ),
        (
            Item::CertificateNumber,
            Entry::item(source, &user.certificate_number, number),
        ),
    ])
}
