//! 氏名 as the roster writes it.

use unicode_normalization::UnicodeNormalization;

use super::Reason;
use super::notation::{Rewrite, squeezed};
use crate::model::{Applicability, Content, Doubt, Office, UserMention};
use crate::normalise;

/// The rewriting that the mention's name wants. `None` for a user who is not on the
/// roster, and for a name that is another one altogether.
pub fn rewrite(mention: &UserMention, office: &Office) -> Option<Rewrite> {
    let raw = mention.name.text().map(|_| mention.name.raw.trim())?;
    let is_on_roster = office
        .roster
        .iter()
        .any(|entry| entry.user.person == mention.person);
    let name = &office.people.get(mention.person.0)?.name;
    if !is_on_roster || raw == name || mention.name.doubts.contains(&Doubt::StruckThrough) {
        return None;
    }
    if bare(raw) == bare(name) {
        Some(Rewrite::new(
            name.clone(),
            Reason::NameSpacing,
            Applicability::Safe,
        ))
    } else if normalise::name_key(raw) == normalise::name_key(name) {
        Some(Rewrite::new(
            name.clone(),
            Reason::NameVariant,
            Applicability::Suggested,
        ))
    } else {
        None
    }
}

/// The text of the name in the corrected workbook.
pub fn corrected(mention: &UserMention, office: &Office) -> String {
    match (&mention.name.content, rewrite(mention, office)) {
        (_, Some(rewrite)) if rewrite.applicability == Applicability::Safe => rewrite.after,
        (Content::Value(name), None) if mention.name.raw.trim().is_empty() => name.clone(),
        _ => mention.name.raw.trim().to_owned(),
    }
}

/// Without white space and titles, wide letters narrow; the variants of kanji stay apart.
fn bare(name: &str) -> String {
    let mut folded = String::new();
    for part in squeezed(&normalise::tidy(name)).split_inclusive(is_compatibility_kanji) {
        let rest = part.trim_end_matches(is_compatibility_kanji);
        folded.extend(rest.nfkc());
        folded.extend(part.chars().filter(|&c| is_compatibility_kanji(c)));
    }
    folded
}

/// 﨑, 德 and the like, which Unicode would fold into another character.
fn is_compatibility_kanji(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, Person, PersonId, RosterEntry};

    fn office(name: &str, on_roster: bool) -> Office {
        let entry = RosterEntry::default();
        Office {
            people: vec![Person {
                name: name.to_owned(),
                certificate_number: None,
            }],
            roster: if on_roster { vec![entry] } else { Vec::new() },
            ..Office::default()
        }
    }

    fn mention(raw: &str) -> UserMention {
        UserMention {
            name: Field::read(raw, raw.to_owned(), None),
            person: PersonId(0),
            ..UserMention::default()
        }
    }

    #[test]
    fn spaces_and_titles_follow_the_roster() {
        let office = office("濵﨑　ﾕｷ", true);
        for raw in ["濵﨑 ユキ", "濵﨑ユキ様", "濵﨑　ユキ　さん"] {
            let rewrite = rewrite(&mention(raw), &office).unwrap();
            assert_eq!(rewrite.applicability, Applicability::Safe, "{raw}");
            assert_eq!(corrected(&mention(raw), &office), "濵﨑　ﾕｷ");
        }
        assert_eq!(rewrite(&mention("濵﨑　ﾕｷ"), &office), None);
    }

    #[test]
    fn another_kanji_is_only_suggested() {
        let office = office("濵田　真", true);
        let rewrite = rewrite(&mention("浜田 真"), &office).unwrap();
        assert_eq!(rewrite.applicability, Applicability::Suggested);
        assert_eq!(corrected(&mention("浜田 真"), &office), "浜田 真");
    }

    #[test]
    fn another_name_and_an_unlisted_user_are_left() {
        let listed = office("濵田　真", true);
        assert_eq!(rewrite(&mention("中村 陽子"), &listed), None);
        assert_eq!(rewrite(&mention("濵田 まこと"), &listed), None);
        let unlisted = office("濵田　真", false);
        assert_eq!(rewrite(&mention("濵田 真"), &unlisted), None);
    }
}
