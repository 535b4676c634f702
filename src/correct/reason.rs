//! Why a text is rewritten, in the words of `templates/corrections.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Wording;

/// The reasons for a change of notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A date in another notation.
    Date,
    /// A date whose year was not written.
    YearInferred,
    /// A month in another notation.
    Month,
    /// A time in another notation.
    Time,
    /// Two times in one box.
    TimeRange,
    /// Two dates in one box.
    DateRange,
    /// A method in other words than the form's.
    Method,
    /// Weekdays in another notation.
    Weekdays,
    /// A service by a short name.
    Service,
    /// A number with a unit or in wide digits.
    Count,
    /// A certificate number in wide digits or with separators.
    CertificateNumber,
    /// A certificate number that lost digits in the spreadsheet.
    CertificateNumberShortened,
    /// A name with other spaces, widths or titles than on the roster.
    NameSpacing,
    /// A name with another variant of a character than on the roster.
    NameVariant,
    /// A sign that repeats the row above.
    Ditto,
    /// Several contacts on one line.
    Contacts,
}

static WORDINGS: LazyLock<BTreeMap<Reason, Wording>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../templates/corrections.toml")).unwrap_or_default()
});

impl Reason {
    /// The sentence for people.
    pub fn wording(self) -> Wording {
        WORDINGS.get(&self).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_sentence_in_both_languages() {
        let all: BTreeMap<Reason, Wording> =
            toml::from_str(include_str!("../../templates/corrections.toml")).unwrap();
        assert_eq!(all.len(), Reason::Contacts as usize + 1);
        assert!(all.values().all(|w| !w.ja.is_empty() && !w.en.is_empty()));
    }
}
