//! Boxes beside the name of a person that are no part of it: 請求入力 with 済・未 behind it, or a
//! word to the user.
//!
//! A name may stand in two boxes, and several people in a box each. What nobody is called ends
//! them.

use serde::Deserialize;

use crate::recognise::explain::looks_like_label;
use crate::recognise::form::Word;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::label::spaced::is_person;
use crate::recognise::wording::answers;
use crate::recognise::wording::key::{Key, label_key};
use crate::recognise::wording::layout_words;
use crate::text::squash;

/// What stands beside names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BesideNameWords {
    /// What asks for something else, by its last words.
    asks: Vec<Key>,
    /// How a sentence ends.
    says: Vec<Key>,
}

impl BesideNameWords {
    fn asks(&self, text: &str) -> bool {
        let key = label_key(text);
        self.asks.iter().any(|word| key.ends_with(word.as_str()))
    }

    fn says(&self, text: &str) -> bool {
        // A name may end so too.
        const SHORTEST: usize = 6;
        let key = label_key(text);
        let mut ends = self.says.iter();
        key.chars().count() >= SHORTEST && ends.any(|word| key.ends_with(word.as_str()))
    }
}

/// Ends what stands right of a label that asks for a person where it is no name any more.
pub fn end(label: &Label, words: &mut Vec<Word>) {
    if label.inline.is_some() || !asks_for_person(label) {
        return;
    }
    let is_name = |word: &Word| word.tick.is_none() && is_person(&word.text);
    let Some(name) = words.iter().position(is_name) else {
        return;
    };
    let row = words.get(name).map(|word| word.cell.row);
    let in_row = words.iter().skip(name + 1);
    let behind: Vec<&Word> = in_row
        .take_while(|word| Some(word.cell.row) == row)
        .collect();
    let Some(kept) = kept(&behind) else {
        return;
    };
    words.drain(name + 1 + kept..name + 1 + behind.len());
}

fn asks_for_person(label: &Label) -> bool {
    let mut asked = label
        .meanings
        .iter()
        .map(|(_, item)| *item)
        .filter(|item| *item != Item::Ignored)
        .peekable();
    asked.peek().is_some() && asked.all(|item| item.is_signed() || item == Item::Name)
}

/// How many of the words behind a name are of names too; `None` where all of them may be.
fn kept(behind: &[&Word]) -> Option<usize> {
    let words = &layout_words::words().beside_names;
    let is_box = |word: &Word| word.tick.is_some();
    let ends = behind.iter().position(|word| {
        words.asks(&word.text) || !is_box(word) && could_not_be_name(words, &word.text)
    });
    // 請求入力 ☑ 済: a tick behind what is no tick is of what stands before it.
    let ticked = behind
        .windows(2)
        .position(|pair| !is_box(pair[0]) && is_box(pair[1]) && looks_like_label(&pair[0].text));
    let at = match (ends, ticked) {
        (Some(ends), Some(ticked)) => ends.min(ticked),
        (ends, ticked) => ends.or(ticked)?,
    };
    // What such a word answers stands before it, and ticks stand before what they choose.
    let before = behind.get(..at)?;
    let is_asked = |word: &&&Word| !is_box(word) && looks_like_label(&word.text);
    let is_answer = behind
        .get(at)
        .is_some_and(|word| answers::is_one(&word.text));
    let ticks = before.iter().rev().take_while(|word| is_box(word)).count();
    let kept = at - ticks;
    let asked = before.get(..kept).and_then(|before| before.last());
    match asked.filter(is_asked) {
        Some(_) if is_answer => kept.checked_sub(1),
        _ => Some(kept),
    }
}

/// Whether a text is what nobody is called.
fn could_not_be_name(words: &BesideNameWords, text: &str) -> bool {
    const LONGEST: usize = 12;
    let length = squash(text).chars().count();
    answers::is_one(text) || text.contains('。') || length > LONGEST || words.says(text)
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::Item;
    use crate::recognise::testing::{HEAD, recognised};

    /// What stands for the recorder of a day with this row.
    fn recorder(row: &[&'static str]) -> String {
        let cols = ["A5", "B5", "C5", "D5", "E5", "F5"];
        let row = cols.into_iter().zip(row.iter().copied());
        let row = row.filter(|(_, text)| !text.is_empty());
        let cells: Vec<(&str, &str)> = HEAD.into_iter().chain(row).collect();
        let found = recognised(Sheet::of_texts("記録", &cells));
        let entries = found.forms[0].entries.get(&Item::Recorder);
        let words = entries.into_iter().flatten().flat_map(|entry| &entry.words);
        let texts: Vec<&str> = words.map(|word| word.text.as_str()).collect();
        texts.join("/")
    }

    #[test]
    fn another_box_is_no_part_of_the_name() {
        for beside in [
            &["請求入力", "済　・　未"][..],
            &["請求入力", "済"],
            &["請求", "未"],
            &["請求入力", ""],
            &["送迎", "有"],
            &["家族へ", "有・無"],
            &["次の在宅日もよろしくおねがいします"],
            &["またあした話しましょう"],
            &["済"],
        ] {
            let row = [&["記録者", "森田"][..], beside].concat();
            assert_eq!(recorder(&row), "森田", "{beside:?}");
        }
    }

    #[test]
    fn names_in_several_boxes_stay_together() {
        for names in [&["森田", "高橋"][..], &["森", "健太"]] {
            let row = [&["記録者"][..], names].concat();
            assert_eq!(recorder(&row), names.join("/"));
        }
    }
}
