//! The small phrases that both documents share: clauses, marks, missing characters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::glyphs::{Ink, MissingGlyph, Printable};
use crate::model::{Finding, Lang, Verdict, Wording};
use crate::notice::Notice;

/// Places of a missing character that are named before the rest is only counted.
const NAMED_PLACES: usize = 3;

// The file is part of the program; a test reads it.
static WORDS: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../templates/wording/paper.toml")).unwrap_or_default()
});

/// What the templates say of themselves, by name.
pub(super) fn of_templates(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    let words = WORDS.iter();
    words
        .map(|(name, wording)| (name.as_str(), wording.say(lang)))
        .collect()
}

/// The number of a finding in both documents: its position in the assessment, from 1.
pub(super) fn number(index: usize) -> usize {
    index + 1
}

/// Year, month and day for typst.
pub(super) fn ymd(date: NaiveDate) -> [i64; 3] {
    [
        i64::from(date.year()),
        i64::from(date.month()),
        i64::from(date.day()),
    ]
}

/// The mark of a finding as it is printed beside a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Badge {
    /// [`number`]
    pub(super) no: usize,
    pub(super) verdict: Verdict,
    /// The clause, named as by [`cite`].
    pub(super) clause: Printable,
}

impl Badge {
    pub(super) fn of(
        index: usize,
        finding: &Finding,
        notices: &[Notice],
        lang: Lang,
        ink: &mut Ink,
    ) -> Self {
        Self {
            no: number(index),
            verdict: finding.verdict,
            clause: ink.text(&cite(finding, notices, lang), &finding.notice),
        }
    }
}

/// `通知6(3)`; with several notices, the city stands before it.
pub(super) fn cite(finding: &Finding, notices: &[Notice], lang: Lang) -> String {
    let (id, clause) = (finding.notice.as_str(), &finding.clause);
    let city = match notices {
        [] | [_] => "",
        several => several
            .iter()
            .find(|n| n.id == id)
            .map_or(id, |n| n.city.as_str()),
    };
    match lang {
        Lang::Ja => format!("{city}通知{clause}"),
        Lang::En => format!("{city} notice {clause}").trim_start().to_owned(),
    }
}

/// A character that was replaced, and where, for the note in the document itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct MissingNote {
    /// `U+20BB7`
    code: String,
    /// The first of its places.
    places: Vec<Printable>,
    /// How many places are not named.
    more: usize,
}

/// One note a character.
pub(super) fn missing_notes(ink: &Ink) -> Vec<MissingNote> {
    let mut places: BTreeMap<char, BTreeSet<&str>> = BTreeMap::new();
    for MissingGlyph { character, place } in ink.missing() {
        places.entry(*character).or_default().insert(place);
    }
    // A place can hold the same missing characters; they are told already.
    let mut second = Ink::default();
    places
        .into_iter()
        .map(|(character, places)| MissingNote {
            code: format!("U+{:04X}", u32::from(character)),
            more: places.len().saturating_sub(NAMED_PLACES),
            places: places
                .into_iter()
                .take(NAMED_PLACES)
                .map(|place| second.path(place, place))
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample;

    #[test]
    fn the_templates_say_what_there_are_words_for() {
        let templates = concat!(
            include_str!("../../../templates/pdf/common.typ"),
            include_str!("../../../templates/pdf/report.typ"),
            include_str!("../../../templates/pdf/bundle.typ"),
        );
        for (name, wording) in of_templates(Lang::Ja) {
            let quoted = format!("\"{name}\"");
            // Letters and names of marks are put together from the names of the data.
            let stem = name.strip_suffix("-letter").unwrap_or(name);
            let stem = format!("\"{stem}\"");
            assert!(
                templates.contains(&quoted) || templates.contains(&stem),
                "{name}"
            );
            let english = of_templates(Lang::En)[name];
            let blanks = |text: &str| text.matches('{').count();
            assert_eq!(blanks(wording), blanks(english), "{name}");
            assert!(!wording.is_empty() && !english.contains('、'), "{name}");
        }
    }

    #[test]
    fn a_clause_names_its_city_only_among_several() {
        let mut finding = sample::Sample::new(1, 0).assessment.findings[0].clone();
        let mut cited = |notice: &str, notices: &[Notice], lang| {
            finding.notice = notice.to_owned();
            finding.clause = "6(3)".to_owned();
            cite(&finding, notices, lang)
        };
        let one = [sample::notice()];
        let mut other = sample::notice();
        other.id = "other".to_owned();
        other.city = "別市".to_owned();
        let two = [sample::notice(), other];
        assert_eq!(cited(&one[0].id, &one, Lang::Ja), "通知6(3)");
        assert_eq!(cited(&one[0].id, &one, Lang::En), "notice 6(3)");
        assert_eq!(cited("other", &two, Lang::Ja), "別市通知6(3)");
        assert_eq!(cited("unknown", &two, Lang::En), "unknown notice 6(3)");
    }

    #[test]
    fn a_missing_character_is_noted_with_its_first_places() {
        let mut ink = Ink::default();
        for place in ["a", "b", "c", "d", "d"] {
            ink.text("𓀀", place);
        }
        let notes = missing_notes(&ink);
        assert_eq!(notes.len(), 1);
        assert_eq!(
            (notes[0].code.as_str(), notes[0].places.len(), notes[0].more),
            ("U+13000", 3, 1)
        );
    }
}
