//! 氏名 as the roster writes it.

use unicode_normalization::UnicodeNormalization;

use super::Reason;
use super::notation::{Rewrite, squeezed};
use crate::model::{Applicability, Content, Doubt, Office, UserMention};

const HONORIFICS: [&str; 5] = ["様", "さん", "さま", "殿", "氏"];

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
    let (written, listed) = (bare(raw), bare(name));
    if written == listed {
        Some(Rewrite::new(
            name.clone(),
            Reason::NameSpacing,
            Applicability::Safe,
        ))
    } else if is_variant(&written, &listed) {
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
    for part in squeezed(name).split_inclusive(is_compatibility_kanji) {
        let kanji = part
            .chars()
            .next_back()
            .filter(|&c| is_compatibility_kanji(c));
        let rest = part.trim_end_matches(is_compatibility_kanji);
        folded.extend(rest.nfkc());
        folded.extend(kanji);
    }
    HONORIFICS
        .iter()
        .find_map(|title| folded.strip_suffix(title))
        .filter(|rest| rest.chars().count() > 1)
        .map_or(folded.clone(), str::to_owned)
}

/// 﨑, 德 and the like, which Unicode would fold into another character.
fn is_compatibility_kanji(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// Whether two names differ in few kanji only, place by place.
fn is_variant(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let differing = a.iter().zip(&b).filter(|(x, y)| x != y);
    let is_kanji = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    a.len() == b.len()
        && differing.clone().count() * 2 <= a.len()
        && differing.clone().all(|(&x, &y)| is_kanji(x) && is_kanji(y))
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
