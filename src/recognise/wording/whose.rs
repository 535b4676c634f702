//! Whom a heading with a word of the office's own asks for: スタッフ氏名 is the user's in an office
//! that employs its users, and in another one the name of who supported them.
//!
//! Told by what stands around the heading, and only where no heading that is known asks for the
//! user. What no list has stays a guess.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::recognise::form::Word;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::part_of;
use crate::recognise::label::spaced::is_person;
use crate::recognise::wording::key::{Key, label_key};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::recognise::wording::wordings::MoreWords;

/// The words of such headings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoseWords {
    /// What such a heading ends in.
    ends: Vec<Key>,
    /// Words that users and staff may both be called by.
    either: Vec<Key>,
    /// What a heading has of words that asks for somebody else.
    others: Vec<Key>,
}

/// The wordings of a sheet that are added for it; `None` where there is nothing to add.
pub fn vocabulary(grid: &Grid, vocabulary: &Vocabulary) -> Option<Vocabulary> {
    // A list of people may hold any number of them; the first tell what they are.
    const MOST: usize = 64;
    let words = &layout_words::words().whose;
    let mut seen = 0;
    let mut found: BTreeMap<String, Vec<Heading>> = BTreeMap::new();
    let mut is_known = false;
    for (at, block) in grid.blocks().iter().enumerate() {
        let Some((label, value)) = parted(block) else {
            continue;
        };
        let meanings = vocabulary.meanings(label);
        is_known |= meanings.is_some_and(|all| all.contains(&(None, Item::Name)));
        if meanings.is_none() && seen < MOST && words.may_ask(&label_key(label)) {
            seen += 1;
            let heading = Heading { at, value };
            found
                .entry(label.trim().to_owned())
                .or_default()
                .push(heading);
        }
    }
    let labels: Vec<_> = found
        .iter()
        .flat_map(|(label, headings)| {
            let is_user = || {
                headings
                    .iter()
                    .any(|heading| heading.is_of_user(grid, vocabulary))
            };
            match (is_known, words.is_either(&label_key(label))) {
                (false, _) if is_user() => vec![(None, Item::Name, label.clone())],
                (true, true) => SUPPORTERS
                    .map(|(kind, item)| (Some(kind), item, label.clone()))
                    .to_vec(),
                _ => Vec::new(),
            }
        })
        .collect();
    (!labels.is_empty()).then(|| {
        vocabulary.with(&MoreWords {
            labels,
            ..MoreWords::default()
        })
    })
}

/// What the name of who supported the user is on each form.
const SUPPORTERS: [(FormKind, Item); 3] = [
    (FormKind::Daily, Item::Recorder),
    (FormKind::Weekly, Item::Recorder),
    (FormKind::Monthly, Item::Evaluator),
];

/// One place where such a heading stands.
struct Heading {
    at: usize,
    /// What stands behind it in its cell.
    value: Option<Word>,
}

impl Heading {
    /// Whether a certificate's number is asked for beside it, a name with 様 or さん stands there,
    /// or it is a line above the records with a name and nothing that a record has.
    fn is_of_user(&self, grid: &Grid, vocabulary: &Vocabulary) -> bool {
        let block = grid.block(self.at);
        let row = block.range.first.row;
        let right = block.range.last.col.saturating_add(1);
        let mut beside = grid.row_over(row, right, right).map(|i| grid.block(i));
        let value = match &self.value {
            Some(word) => Some(word.text.as_str()),
            None => beside.next().map(|block| block.text.as_str()),
        };
        let people = &layout_words::words().people;
        if value.is_some_and(|text| people.addressed(text).is_some()) {
            return true;
        }
        let near = grid.rows_between(row.saturating_sub(1), row.saturating_add(1));
        let items: Vec<(u32, Item)> = near
            .flat_map(|row| grid.row(row).iter().map(move |i| (row, *i)))
            .filter_map(|(row, i)| Some((row, parted(grid.block(i))?.0)))
            .filter_map(|(row, label)| Some((row, vocabulary.meanings(label)?)))
            .flat_map(|(row, all)| all.iter().map(move |(_, item)| (row, *item)))
            .collect();
        if items
            .iter()
            .any(|(_, item)| *item == Item::CertificateNumber)
        {
            return true;
        }
        let mut here = items.iter().filter(|(own, _)| *own == row);
        let is_line = here.all(|(_, item)| item.is_heading() || *item == Item::Ignored);
        is_line && value.is_some_and(is_person) && self.is_above_all(grid, vocabulary)
    }

    /// Whether no label of a record stands above it.
    fn is_above_all(&self, grid: &Grid, vocabulary: &Vocabulary) -> bool {
        let above = grid.blocks().get(..self.at).unwrap_or_default();
        let labels = above.iter().filter_map(parted);
        let mut items = labels
            .filter_map(|(label, _)| vocabulary.meanings(label))
            .flatten();
        items.all(|(_, item)| item.is_heading() || *item == Item::Ignored)
    }
}

/// The label of a cell, with the value behind its colon.
fn parted(block: &Block) -> Option<(&str, Option<Word>)> {
    const LONGEST: usize = 60;
    let text = block.text.as_str();
    if block.stored.is_none() || text.len() > LONGEST * 4 {
        return None;
    }
    match text.split_once(['：', ':']) {
        Some((label, value)) => {
            let value = Some(value.trim()).filter(|value| !value.is_empty());
            Some((label, value.map(|value| part_of(block, value))))
        }
        None => Some((text, None)),
    }
}

impl WhoseWords {
    /// Whether a key could ask for the name of a person whom the office calls by its own word.
    fn may_ask(&self, key: &str) -> bool {
        const LONGEST: usize = 12;
        let mut stems = self
            .ends
            .iter()
            .filter_map(|end| key.strip_suffix(end.as_str()));
        let is_stem = |stem: &str| !stem.is_empty() && key.chars().count() <= LONGEST;
        let is_other = || self.others.iter().any(|word| key.contains(word.as_str()));
        self.is_either(key) || stems.any(is_stem) && !is_other()
    }

    /// Whether a key is of a word that users and staff may both be called by.
    fn is_either(&self, key: &str) -> bool {
        let stems: BTreeSet<&str> = self
            .ends
            .iter()
            .filter_map(|end| key.strip_suffix(end.as_str()))
            .chain(key.strip_suffix('名'))
            .collect();
        let mut words = self.either.iter();
        words.any(|word| stems.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use crate::recognise::{FormKind, Item, testing};

    const DAY: [&[&str]; 4] = [
        &["実施日", "令和7年9月1日"],
        &["実施時間", "10:00～15:00"],
        &["作業内容", "画像の切り抜き"],
        &["支援内容", "10:00 開始の電話　15:00 終了の電話"],
    ];

    /// What the day's form below these rows, or with them at its end, says of an item.
    fn told(above: &[&[&str]], below: &[&[&str]], item: Item) -> Vec<String> {
        let rows = above.iter().chain(&DAY).chain(below).copied();
        testing::told(&rows.collect::<Vec<_>>(), FormKind::Daily, item)
    }

    #[test]
    fn the_office_s_own_word_for_its_users_names_them() {
        let named = ["中島　拓也"];
        for above in [
            &["スタッフ氏名", "中島　拓也", "受給者証番号", "4000821456"][..],
            &["クルー氏名", "中島　拓也"],
            &["在宅ワーカー氏名", "中島　拓也"],
            &["従業員名", "中島　拓也"],
            &["スタッフ名：中島　拓也", "受給者証番号：4000821456"],
        ] {
            assert_eq!(told(&[above], &[], Item::Name), named, "{above:?}");
        }
        let addressed = ["スタッフ氏名：中島　拓也　さん", "契約時間　9:30～14:30"];
        assert_eq!(told(&[&addressed], &[], Item::Name), ["中島　拓也　さん"]);
    }

    #[test]
    fn beside_a_user_it_is_who_supported_them() {
        let user: &[&str] = &["利用者氏名", "中島　拓也"];
        for label in ["スタッフ氏名", "スタッフ名"] {
            let below: [&[&str]; 1] = [&[label, "平川"]];
            assert_eq!(told(&[user], &below, Item::Recorder), ["平川"]);
            assert_eq!(told(&[user], &below, Item::Name), ["中島　拓也"]);
        }
    }

    #[test]
    fn the_names_of_others_are_not_the_user_s() {
        for above in [
            &["支援担当者氏名", "平川　花"][..],
            &["保護者氏名", "中島　春"],
            &["緊急連絡先氏名", "中島　春"],
        ] {
            assert!(told(&[above], &[], Item::Name).is_empty(), "{above:?}");
        }
        // Below the records it is no heading of theirs.
        let below: [&[&str]; 1] = [&["スタッフ氏名", "平川"]];
        assert!(told(&[], &below, Item::Name).is_empty());
    }
}
