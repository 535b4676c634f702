//! A word in a label that tells what it asks for, though the label itself is not known.
//!
//! Which item a word stands for is data; what a cell says must not enter.

use std::collections::{BTreeMap, BTreeSet};

use crate::recognise::item::{FormKind, Item};
use crate::recognise::wording::key::label_key;

/// The words that tell what a label asks for, by kind of form.
#[derive(Debug, Clone, Default)]
pub struct Keywords {
    words: BTreeMap<FormKind, Vec<(Keyword, Item)>>,
    behind_somebody: BTreeSet<String>,
}

/// One word, or several that follow each other in the label.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Keyword {
    parts: Vec<String>,
}

impl Keywords {
    /// The keywords of each item as listed, and what may follow one for somebody.
    pub fn new(
        listed: &BTreeMap<FormKind, BTreeMap<Item, Vec<String>>>,
        behind_somebody: &[String],
    ) -> Keywords {
        let of_kind = |items: &BTreeMap<Item, Vec<String>>| {
            let words = items
                .iter()
                .flat_map(|(item, words)| words.iter().map(|word| (Keyword::new(word), *item)));
            words.collect()
        };
        let words = listed.iter().map(|(kind, items)| (*kind, of_kind(items)));
        Keywords {
            words: words.collect(),
            behind_somebody: behind_somebody.iter().map(|w| label_key(w)).collect(),
        }
    }

    /// What `text`, of which `key` is what counts, asks for in a form of `kind`; none of `taken`.
    ///
    /// What a name ends in is what it names, 市町村申請日 or 課題の改善方針, unless it names
    /// several; but 前回実施日 is the date before, whatever it is called.
    pub fn told(
        &self,
        kind: FormKind,
        text: &str,
        key: &str,
        taken: &BTreeSet<Item>,
    ) -> Option<Item> {
        let words = self.words.get(&kind)?;
        let is_list = text.contains(['・', '･', '／', '/'])
            || key.contains("及び")
            || self.names_one_a_line(text, words);
        let free = words.iter().filter(|(_, item)| !taken.contains(item));
        let ends = free.filter_map(|(word, item)| {
            let end = self.end_of(word, *item, key)?;
            let end = if is_list { 0 } else { end };
            Some(((*item == Item::PreviousDate, end, word.len()), *item))
        });
        let last = ends.rev().max_by_key(|(rank, _)| *rank);
        last.map(|(_, item)| item)
    }

    /// Whether each line names something of its own: 課題 over 改善方針, but neither 目標達成 over
    /// 状況 nor 目標の over 達成度.
    fn names_one_a_line(&self, text: &str, words: &[(Keyword, Item)]) -> bool {
        let goes_on = |line: &str| line.ends_with(['の', 'を', 'に', 'へ', 'る', 'た', 'と']);
        let names = |line: &str| {
            let key = label_key(line);
            words
                .iter()
                .any(|(word, item)| self.end_of(word, *item, &key).is_some())
        };
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let before_last = lines.split_last().map_or(&[][..], |(_, before)| before);
        lines.len() > 1
            && lines.iter().all(|line| names(line))
            && !before_last.iter().any(|line| goes_on(line))
    }

    /// Where the word ends that tells of `item`: スタッフ is somebody, スタッフコメント what
    /// somebody says.
    fn end_of(&self, word: &Keyword, item: Item, key: &str) -> Option<usize> {
        let end = word.end_in(key)?;
        let behind = key.get(end..)?;
        let is_meant =
            !item.is_signed() || behind.is_empty() || self.behind_somebody.contains(behind);
        is_meant.then_some(end)
    }
}

impl Keyword {
    /// What parts a keyword of which anything may stand in the middle: 今後…取組.
    const GAP: char = '…';

    fn new(written: &str) -> Keyword {
        Keyword {
            parts: written.split(Self::GAP).map(label_key).collect(),
        }
    }

    /// Where in `key` its last occurrence ends, in bytes.
    fn end_in(&self, key: &str) -> Option<usize> {
        let (last, before) = self.parts.split_last()?;
        let at = key.rfind(last.as_str())?;
        let mut rest = key.get(..at)?;
        for part in before.iter().rev() {
            rest = rest.get(..rest.rfind(part.as_str())?)?;
        }
        Some(at + last.len())
    }

    /// How much of a label it is, in bytes.
    fn len(&self) -> usize {
        self.parts.iter().map(String::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::wording::vocabulary::Vocabulary;

    #[test]
    fn who_is_asked_for_ends_the_label() {
        let guess = |text: &str| Vocabulary::builtin().guess(text, FormKind::Daily);
        for text in ["当日のスタッフ", "通所先の支援員氏名", "電話した職員確認欄"]
        {
            assert_eq!(guess(text), Some(Item::Recorder), "{text}");
        }
        for text in ["スタッフコメント", "職員ひとこと", "支援員より"] {
            assert_eq!(guess(text), None, "{text}");
        }
        assert_eq!(
            guess("スタッフコメント\n（心身の状況）"),
            Some(Item::Condition)
        );
    }

    #[test]
    fn a_label_that_nobody_listed_is_told_by_what_it_ends_in() {
        for (kind, text, item) in [
            (FormKind::Daily, "終了時のご報告", Item::Contact),
            (FormKind::Daily, "午後にした活動", Item::Work),
            (FormKind::Weekly, "来週へのめあて", Item::ContentPart),
            (
                FormKind::Monthly,
                "課題に対する次の取組み",
                Item::Improvement,
            ),
            (FormKind::Roster, "在宅を希望する曜日", Item::HomeWeekdays),
            (
                FormKind::Roster,
                "通所を希望する曜日",
                Item::CommuteWeekdays,
            ),
            (FormKind::Listing, "達成度の評価日", Item::MonthlyDate),
        ] {
            assert_eq!(
                Vocabulary::builtin().guess(text, kind),
                Some(item),
                "{text}"
            );
        }
    }

    #[test]
    fn the_parts_of_a_keyword_follow_each_other() {
        let ends = |keyword: &str, key: &str| {
            let end = Keyword::new(keyword).end_in(key)?;
            key.get(end..).map(str::to_owned)
        };
        let rest = |text: &str| Some(text.to_owned());
        assert_eq!(ends("助言", "助言の内容と助言者"), rest("者"));
        assert_eq!(ends("今後…取組", "今後の課題への取組方"), rest("方"));
        assert_eq!(ends("今後…取組", "取組と今後"), None);
        assert_eq!(ends("今後…取組", "今後"), None);
        assert_eq!(ends("対象…対象", "対象者"), None);
    }
}
