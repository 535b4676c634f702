//! Words of a sheet that may be names of items: what looks like one, and is neither a title nor
//! a value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::inspect::{Part, Reading, Why};
use crate::model::{Cell, CellRange};
use crate::normalise::is_known_answer;
use crate::read::{Merges, Sheet};
use crate::recognise::{Item, honorifics};
use crate::text::squash;

/// `templates/draft.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    titles: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let text = include_str!("../../templates/draft.toml");
        // Embedded, and read by a test.
        toml::from_str(text).unwrap_or(Words { titles: Vec::new() })
    })
}

/// The words of the sheet that nobody knows and that could name an item.
pub fn unknown_words(reading: &Reading, sheet: &Sheet) -> BTreeSet<String> {
    let around = Around::of(reading, sheet);
    let rest = reading.rest.iter();
    let labels = rest.filter(|c| c.why == Why::UnknownLabel && *c.sheet == *sheet.name);
    labels
        .filter(|content| {
            let word = squash(&content.text);
            let place = around.merges.range_at(content.cell);
            let is_title = around.is_first_row(place) && ends_as_title(&word);
            !is_title
                && !is_of_dates(&word)
                && !is_kana(&word)
                && !is_known_answer(&word)
                && word != squash(&sheet.name)
                && around.names_anything(place)
                && !around.is_in_grid(place)
        })
        .map(|content| plain(&content.text))
        .collect()
}

/// A word on one line, as it is offered.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands for items anywhere in workbooks: names, methods, signs.
#[derive(Debug, Default)]
pub struct Values {
    all: BTreeSet<String>,
    offices: BTreeSet<String>,
}

impl Values {
    /// Adds those of one workbook.
    pub fn add(&mut self, reading: &Reading) {
        const SHORTEST: usize = 3;
        for item in reading.forms.iter().flat_map(|form| &form.items) {
            let text = squash(&item.raw);
            if item.item == Item::OfficeName && text.chars().count() >= SHORTEST {
                self.offices.insert(text.clone());
            }
            self.all.insert(without_honorific(&text).to_owned());
            self.all.insert(text);
        }
    }

    /// Whether the word is one of them, or holds the name of an office.
    pub fn holds(&self, word: &str) -> bool {
        let word = squash(word);
        self.all.contains(&word)
            || self.all.contains(without_honorific(&word))
            || self.offices.iter().any(|name| word.contains(name.as_str()))
    }
}

fn without_honorific(name: &str) -> &str {
    let mut behind = honorifics().iter();
    behind
        .find_map(|honorific| name.strip_suffix(honorific.as_str()))
        .unwrap_or(name)
}

/// What a written cell is to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// The name of an item, or of a part of the form.
    Name,
    /// What looks like one.
    UnknownName,
    /// Something of which nothing is known.
    Unknown,
    /// The value of a known item.
    Value,
}

/// The written cells of a sheet.
struct Around {
    merges: Merges,
    cells: BTreeMap<Cell, Says>,
}

impl Around {
    fn of(reading: &Reading, sheet: &Sheet) -> Self {
        let written = sheet.cells.iter();
        let written = written.filter(|(_, cell)| !cell.shown.trim().is_empty());
        let mut cells: BTreeMap<Cell, Says> = written.map(|(at, _)| (*at, Says::Value)).collect();
        let rest = reading.rest.iter();
        for content in rest.filter(|c| c.part == Part::Cell && *c.sheet == *sheet.name) {
            let says = match content.why {
                Why::Title | Why::Label | Why::Guide | Why::Legend => Says::Name,
                Why::UnknownLabel => Says::UnknownName,
                _ => Says::Unknown,
            };
            cells.insert(content.cell, says);
        }
        Self {
            merges: sheet.merges(),
            cells,
        }
    }

    fn is_first_row(&self, place: CellRange) -> bool {
        let first = self.cells.keys().next();
        first.is_some_and(|first| first.row == place.first.row)
    }

    /// Whether a text of which nothing is known stands right of it or below it, be it one that
    /// looks like a name and names nothing.
    fn names_anything(&self, place: CellRange) -> bool {
        let under = self
            .merges
            .range_at(Cell::new(place.last.row.saturating_add(1), place.first.col));
        let is_lone = |place: CellRange| {
            let row = Cell::new(place.first.row, 0)..=Cell::new(place.first.row, u32::MAX);
            self.cells.range(row).count() == 1
        };
        self.has_unknown(place)
            || self.cells.get(&under.first) == Some(&Says::UnknownName)
                && is_lone(place)
                && is_lone(under)
                && !self.has_unknown(under)
    }

    /// Whether a text of which nothing is known stands right of it or below it.
    fn has_unknown(&self, place: CellRange) -> bool {
        const BELOW: u32 = 3;
        let row = place.first.row;
        let right = Cell::new(row, place.last.col.saturating_add(1))..=Cell::new(row, u32::MAX);
        let right = self.cells.range(right).next().map(|(_, says)| *says);
        let below = place.last.row.saturating_add(1)..=place.last.row.saturating_add(BELOW);
        let mut below = below.filter_map(|row| self.at(Cell::new(row, place.first.col)));
        right == Some(Says::Unknown) || below.next() == Some(Says::Unknown)
    }

    /// Whether it stands right under another text in a row that no label opens: within a table.
    fn is_in_grid(&self, place: CellRange) -> bool {
        let row = place.first.row;
        let opens = self.cells.range(Cell::new(row, 0)..place.first).next();
        let above = row
            .checked_sub(1)
            .map(|row| Cell::new(row, place.first.col));
        opens.is_some_and(|(_, says)| matches!(says, Says::Unknown | Says::Value))
            && above.is_some_and(|above| self.at(above).is_some())
    }

    fn at(&self, cell: Cell) -> Option<Says> {
        let first = self.merges.range_at(cell).first;
        self.cells.get(&first).copied()
    }
}

/// Whether the word ends as titles do, what stands in brackets behind it aside.
fn ends_as_title(word: &str) -> bool {
    let before = word.split(['(', '【', '[', '<']).next();
    let word = before.filter(|before| !before.is_empty()).unwrap_or(word);
    let mut titles = words().titles.iter();
    titles.any(|title| word.ends_with(title.as_str()))
}

/// `月・水・金`, `（月）`, `時　分`: the signs of dates and times.
fn is_of_dates(word: &str) -> bool {
    word.chars()
        .all(|c| "年月火水木金土日祝曜時分・、,()～~".contains(c))
}

/// ヤマダハナコ, やまだはなこ: how a name is spoken, not that of an item.
fn is_kana(word: &str) -> bool {
    const SHORTEST: usize = 5;
    let is_kana = |c: char| ('ぁ'..='ゖ').contains(&c) || ('ァ'..='ヺ').contains(&c) || c == 'ー';
    word.chars().count() >= SHORTEST && word.chars().all(is_kana)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::inspect;
    use crate::normalise;
    use crate::read::Book;
    use crate::recognise::{Vocabulary, recognise};

    fn reading(sheet: &Sheet) -> Reading {
        let book = Book {
            file: "記録.xlsx".into(),
            sheets: vec![sheet.clone()],
        };
        let found = recognise(&book, Vocabulary::builtin());
        let office = normalise::office("", std::slice::from_ref(&found), Vec::new(), Vec::new());
        inspect(&book, &found, &office)
    }

    fn offered(sheet: &Sheet) -> Vec<String> {
        unknown_words(&reading(sheet), sheet).into_iter().collect()
    }

    #[test]
    fn names_of_items_are_offered_and_titles_values_and_offices_are_not() {
        let sheet = Sheet::of_rows(&[
            &["在宅ワーク日報", "", "", "作業所みなも"],
            &["氏名", "石田　陽子", "実施日", "2025/9/1"],
            &["作業内容", "封入をした", "持ち物", "筆記具"],
            &["支援内容", "9:00 開始の連絡", "途中", "12:00"],
            &["きょうの記録", "よくできた。"],
            &["【その他】"],
            &["作業机を新しくした"],
            &["記録者", "坂本"],
        ]);
        assert_eq!(offered(&sheet), ["【その他】", "きょうの記録", "持ち物"]);
    }

    #[test]
    fn cells_of_a_plan_are_values_and_its_heads_may_be_names() {
        let sheet = Sheet::of_rows(&[
            &["支援記録"],
            &["氏名", "石田　陽子", "実施日", "2025/9/1"],
            &["支援内容", "9:00 開始の連絡"],
            &[],
            &["時限", "きょうの予定", "きょうの結果"],
            &["1限", "報告文の練習", "報告文の練習 2枚"],
            &["2限", "求人票の読み取り", "5件"],
        ]);
        let words = offered(&sheet);
        assert!(words.contains(&"きょうの結果".to_owned()), "{words:?}");
        for value in ["報告文の練習", "求人票の読み取り"] {
            assert!(!words.contains(&value.to_owned()), "{words:?}");
        }
    }

    #[test]
    fn what_is_read_anywhere_is_a_value() {
        let sheet = Sheet::of_rows(&[
            &["支援記録"],
            &["事業所名", "あおば"],
            &["氏名", "石田　陽子"],
            &["実施日", "2025/9/1"],
            &["支援内容", "9:00 開始の連絡"],
        ]);
        let mut values = Values::default();
        values.add(&reading(&sheet));
        for word in ["就労移行支援事業所あおば", "石田陽子さん"] {
            assert!(values.holds(word), "{word}");
        }
        assert!(!values.holds("持ち物"));
    }

    #[test]
    fn the_data_is_in_order() {
        assert!(ends_as_title("在宅勤務日報(月報)") && ends_as_title("週間記録シート"));
        assert!(!ends_as_title("できた数") && !words().titles.is_empty());
    }

    #[test]
    fn weekdays_and_spoken_names_name_no_item() {
        assert!(is_of_dates("月・水・金") && is_of_dates("(火)") && !is_of_dates("出勤曜日"));
        assert!(is_kana("ワタナベチヅル") && is_kana("うぉーかーえり"));
        assert!(!is_kana("フリガナ") && !is_kana("からだとことば様子") && !is_kana("メモ"));
    }
}
