//! Columns of free text that hold nothing but figures and signs: a score from 1 to 5 under
//! 報告・連絡・相談, ○ under 朝食 where 健康チェック stands above. Nobody tells of support in them.

use std::collections::BTreeMap;

use crate::model::Ground;
use crate::recognise::form::Entry;
use crate::recognise::item::Item;
use crate::recognise::table::header::Header;
use crate::recognise::table::lines::Line;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// Takes such columns from the lines of a table: those whose own head is not known, and those
/// beside another column of the same item that holds words. What is left is doubted.
pub fn leave_out(vocabulary: &Vocabulary, header: &Header, lines: &mut [Line]) {
    let mut columns: BTreeMap<(Item, String), Told> = BTreeMap::new();
    for (item, entry) in lines.iter().flat_map(of_free_text) {
        let told = columns.entry((item, entry.label.clone())).or_default();
        told.add(entry);
    }
    let tells = |item: Item| {
        let mut of_item = columns.iter().filter(|((own, _), _)| *own == item);
        of_item.any(|(_, told)| told.in_words)
    };
    let is_known = |label: &str| {
        let column = header.columns.iter().find(|column| column.label == label);
        let own = column.and_then(|column| column.heads.last());
        own.is_some_and(|head| vocabulary.meanings(head).is_some())
    };
    let of_signs = columns
        .iter()
        .filter(|(_, told)| told.in_signs && !told.in_words);
    let (left, doubted): (Vec<_>, Vec<_>) = of_signs
        .map(|(column, _)| column.clone())
        .partition(|(item, label)| tells(*item) || !is_known(label));
    for line in lines {
        for (item, label) in &left {
            if let Some(entries) = line.entries.get_mut(item) {
                entries.retain(|entry| entry.label != *label);
            }
        }
        line.entries.retain(|_, entries| !entries.is_empty());
        for (item, label) in &doubted {
            let entries = line.entries.get_mut(item).into_iter().flatten();
            for entry in entries.filter(|entry| entry.label == *label) {
                if entry.words.iter().any(|word| is_figure(&word.text)) {
                    entry.grounds.insert(Ground::FigureAlone);
                }
            }
        }
    }
}

/// How a column is filled in.
#[derive(Default)]
struct Told {
    in_words: bool,
    in_signs: bool,
}

impl Told {
    fn add(&mut self, entry: &Entry) {
        for word in entry.words.iter().filter(|word| word.stored.is_some()) {
            match is_sign(&word.text) {
                true => self.in_signs = true,
                false => self.in_words = true,
            }
        }
    }
}

fn of_free_text(line: &Line) -> impl Iterator<Item = (Item, &Entry)> {
    let entries = line.entries.iter();
    let free = entries.filter(|(item, _)| is_told(**item));
    free.flat_map(|(item, entries)| entries.iter().map(|entry| (*item, entry)))
}

/// Items that are told in words.
pub fn is_told(item: Item) -> bool {
    item.is_free_text() && !matches!(item, Item::Contact | Item::Notes | Item::Remarks)
}

/// Doubts what a form tells in mere figures, times or signs where words are asked for.
pub fn doubt(own: &mut BTreeMap<Item, Vec<Entry>>) {
    for (item, entries) in own.iter_mut() {
        let tells_nothing: fn(&str) -> bool = match item {
            Item::Method => is_clock_or_figure,
            item if is_told(*item) => |text| is_clock_or_figure(text) || is_mere_sign(text),
            _ => continue,
        };
        for entry in entries {
            let mut words = entry.words.iter().filter(|word| word.tick.is_none());
            let is_told = words.clone().next().is_some();
            if is_told && words.all(|word| tells_nothing(&word.text)) {
                entry.grounds.insert(Ground::FigureAlone);
            }
        }
    }
}

/// `12:30`, `10時～15時`, 3: a time of day, a span of them or a number.
fn is_clock_or_figure(text: &str) -> bool {
    let text = squash(text);
    let is_part = |c: char| c.is_ascii_digit() || ":時分秒頃半~-".contains(c);
    let is_clock = text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(is_part);
    is_clock || is_figure(&text)
}

/// A circle, a cross or a dash.
fn is_mere_sign(text: &str) -> bool {
    let text = squash(text);
    !text.is_empty() && !text.contains(char::is_alphanumeric)
}

/// A number, with its unit or not.
fn is_figure(text: &str) -> bool {
    let text = squash(text);
    text.starts_with(|c: char| c.is_ascii_digit()) && is_sign(&text)
}

/// Figures, letters and marks, with the unit of a figure. A time of day tells of a contact.
pub fn is_sign(text: &str) -> bool {
    const LONGEST: usize = 8;
    const UNITS: &str = "点度°C分回時間hkg%";
    let text = squash(text);
    if text.contains(':') || text.contains('時') && !text.contains("時間") {
        return false;
    }
    let is_mark = |c: char| !c.is_alphanumeric() && !"。、".contains(c);
    let is_part = |c: char| c.is_ascii_digit() || UNITS.contains(c) || is_mark(c);
    let is_letter = text.chars().count() == 1 && text.chars().all(|c| c.is_ascii_alphabetic());
    text.chars().count() <= LONGEST && (is_letter || text.chars().all(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;
    use crate::recognise::testing::{lines, word};

    /// What the lines of a table hold for an item.
    fn told(heads: &[&str], rows: &[&[&str]], item: Item) -> Vec<String> {
        let all: Vec<&[&str]> = std::iter::once(heads).chain(rows.iter().copied()).collect();
        let lines = lines(&all, &[]);
        let text = |line: &Line| {
            let entries = line.entries.get(&item).into_iter().flatten();
            let words = entries.flat_map(|entry| &entry.words);
            words
                .map(|word| word.text.as_str())
                .collect::<Vec<_>>()
                .join("/")
        };
        lines.iter().map(text).collect()
    }

    const HEADS: [&str; 5] = [
        "日付",
        "作業内容",
        "記録者",
        "連絡・相談ができた",
        "体調の点数",
    ];

    #[test]
    fn scores_under_heads_that_hold_a_known_word_are_no_text() {
        let rows: [&[&str]; 2] = [
            &["9/1", "検品", "大友", "4", "○"],
            &["9/2", "入力", "津田", "3", "△"],
        ];
        assert_eq!(told(&HEADS, &rows, Item::Support), ["", ""]);
        assert_eq!(told(&HEADS, &rows, Item::Condition), ["", ""]);
        assert_eq!(told(&HEADS, &rows, Item::Work), ["検品", "入力"]);
    }

    #[test]
    fn words_in_one_line_make_all_lines_of_a_column_text() {
        let rows: [&[&str]; 2] = [
            &["9/1", "検品", "大友", "4", "○"],
            &["9/2", "入力", "津田", "10時に電話で確認した", "良好"],
        ];
        assert_eq!(
            told(&HEADS, &rows, Item::Support),
            ["4", "10時に電話で確認した"]
        );
        assert_eq!(told(&HEADS, &rows, Item::Condition), ["○", "良好"]);
    }

    #[test]
    fn a_column_that_is_known_keeps_its_figures_and_is_doubted() {
        let heads = ["日付", "作業内容", "支援内容", "記録者"];
        let rows: [&[&str]; 1] = [&["9/1", "検品", "4", "大友"]];
        assert_eq!(told(&heads, &rows, Item::Support), ["4"]);
        let all: Vec<&[&str]> = vec![&heads, rows[0]];
        let lines = lines(&all, &[]);
        let entry = &lines[0].entries[&Item::Support][0];
        assert!(
            entry
                .grounds
                .iter()
                .any(|ground| ground == Ground::FigureAlone)
        );
        let work = &lines[0].entries[&Item::Work][0];
        assert!(
            !work
                .grounds
                .iter()
                .any(|ground| ground == Ground::FigureAlone)
        );
    }

    /// Whether what a form tells of an item is doubted.
    fn is_doubted(item: Item, texts: &[&str]) -> bool {
        let words = texts.iter().map(|text| word("B2", text));
        let entry = Entry::new(String::new(), Cell::default(), words.collect());
        let mut own = BTreeMap::from([(item, vec![entry])]);
        doubt(&mut own);
        own[&item][0].grounds.contains(Ground::FigureAlone)
    }

    #[test]
    fn times_numbers_and_signs_alone_are_no_certain_words() {
        for text in [
            "12:30",
            "10:00～15:00",
            "9時半",
            "3",
            "36.5",
            "○",
            "―",
            "１２：３０",
        ] {
            assert!(is_doubted(Item::Condition, &[text]), "{text}");
        }
        assert!(is_doubted(Item::Work, &["9:55", "15:00"]));
        assert!(is_doubted(Item::Method, &["12:30"]));
    }

    #[test]
    fn words_and_what_is_no_text_are_not_doubted() {
        for text in ["良好", "12:30 電話。", "なし", "疲れ", "A社の検品", ""] {
            assert!(!is_doubted(Item::Condition, &[text]), "{text}");
        }
        assert!(!is_doubted(Item::Work, &["3", "検品"]));
        assert!(!is_doubted(Item::Work, &[]));
        assert!(!is_doubted(Item::Method, &["○"]) && !is_doubted(Item::Method, &["電話"]));
        assert!(!is_doubted(Item::Time, &["12:30"]) && !is_doubted(Item::Contact, &["12:30"]));
    }

    #[test]
    fn figures_and_signs_are_told_from_words() {
        for sign in ["4", "36.5℃", "○", "◎", "7.0h", "3/5", "A", "4点", "80%"] {
            assert!(is_sign(sign), "{sign}");
        }
        for words in [
            "良好",
            "検品",
            "OK",
            "特になし",
            "○ 良好",
            "電話",
            "9:30",
            "10時",
        ] {
            assert!(!is_sign(words), "{words}");
        }
    }
}
