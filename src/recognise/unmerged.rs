//! Heads that hold for the empty cells right of them though nobody merged them: 開始の連絡 over 時刻
//! and 内容. The same of names down the left side, over several rows.
//!
//! What such a head means with the ones below it is read by those who read merged cells.

use std::collections::BTreeMap;

use crate::model::{Cell, CellRange};
use crate::recognise::contacts::heads::may_be_asked;
use crate::recognise::contacts::words::ContactWords;
use crate::recognise::explain::looks_like_label;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::layout_words::LayoutWords;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Heads below each other at most, less one.
const LEVELS: usize = 3;

/// The same sheet, with each such head as wide, or as tall, as those that it stands over.
pub fn joined(grid: Grid, vocabulary: &Vocabulary) -> Grid {
    let grid = levels(&grid, vocabulary).unwrap_or(grid);
    let sideways = levels(&grid.transposed(), vocabulary);
    // In reading order again.
    let turned = sideways.map(|grid| grid.transposed().reaching(&BTreeMap::new()));
    turned.unwrap_or(grid)
}

/// The sheet with its heads joined, from the lowest level to the highest; `None` where none is
/// to be.
fn levels(grid: &Grid, vocabulary: &Vocabulary) -> Option<Grid> {
    let mut joined: Option<Grid> = None;
    for _ in 0..LEVELS {
        let own = joined.as_ref().unwrap_or(grid);
        let reaches = Heads::new(own, vocabulary).reaches();
        if reaches.is_empty() {
            break;
        }
        joined = Some(own.reaching(&reaches));
    }
    joined
}

/// A head and those right below it, of which the first is in its own column.
struct Group {
    head: usize,
    under: Vec<usize>,
    /// Whether something stands behind the head in its row.
    is_bounded: bool,
    reason: Reason,
}

/// Why a head holds for what is below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// It is the name of a contact over the parts of one.
    Contact,
    /// It asks for a period or for contacts, and they are the ends of the one or the names of the
    /// others.
    Parts,
    /// They are labels; others in the same rows tell that both are heads.
    Labels,
}

/// A sheet whose heads are looked for.
struct Heads<'a> {
    grid: &'a Grid,
    vocabulary: &'a Vocabulary,
    words: &'static LayoutWords,
}

impl<'a> Heads<'a> {
    fn new(grid: &'a Grid, vocabulary: &'a Vocabulary) -> Self {
        let words = layout_words::words();
        Self {
            grid,
            vocabulary,
            words,
        }
    }

    /// The cells of each block that reaches further than its own, by its number.
    fn reaches(&self) -> BTreeMap<usize, CellRange> {
        let mut reaches = BTreeMap::new();
        for row in self.grid.rows_between(0, self.grid.last_row()) {
            let groups = self.groups(row);
            for group in &groups {
                let own = self.range(group.head);
                let last = group.under.last().map(|&i| self.range(i).last.col);
                let last = Cell::new(row, last.unwrap_or(own.last.col));
                reaches.insert(group.head, CellRange::new(own.first, last));
            }
            reaches.extend(self.plain(row, &groups));
        }
        reaches
    }

    fn range(&self, i: usize) -> CellRange {
        self.grid.block(i).range
    }

    fn text(&self, i: usize) -> &str {
        &self.grid.block(i).text
    }

    /// The heads of a row that hold for several below them.
    fn groups(&self, row: u32) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let here = self.grid.row(row);
        for (at, &head) in here.iter().enumerate() {
            let block = self.grid.block(head);
            if block.stored.is_none() || block.range != CellRange::single(block.range.first) {
                continue;
            }
            let behind = here.get(at + 1..).unwrap_or_default().iter();
            let mut behind = behind.map(|&i| self.range(i).first.col);
            let next = behind.find(|col| *col > block.range.first.col);
            let Some(under) = self.under(block.range.first, next) else {
                continue;
            };
            groups.extend(self.reason(head, &under).map(|reason| Group {
                head,
                under,
                is_bounded: next.is_some(),
                reason,
            }));
        }
        self.settled(row, groups)
    }

    /// The heads below a cell, and below the empty cells between it and the column `next`; `None`
    /// where they are fewer than two, or where something else stands among them.
    fn under(&self, over: Cell, next: Option<u32>) -> Option<Vec<usize>> {
        let last = next.map_or(u32::MAX, |next| next.saturating_sub(1));
        let below = over.row.checked_add(1)?;
        let mut under = Vec::new();
        let mut col = over.col;
        for &i in self.grid.row_within(below, over.col, last) {
            let block = self.grid.block(i);
            if block.range.first != Cell::new(below, col) {
                break;
            }
            if block.stored.is_none() || block.range.last.col > last || !self.is_head(i) {
                return None;
            }
            under.push(i);
            col = block.range.last.col.checked_add(1)?;
        }
        (under.len() > 1).then_some(under)
    }

    /// Whether a block could be a head: 回 is one character long.
    fn is_head(&self, i: usize) -> bool {
        let text = self.text(i);
        let is_one = || {
            let mut chars = text.trim().chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        };
        looks_like_label(text)
            || is_one()
            || self.vocabulary.meanings(text).is_some()
            || self.contacts().names_row(self.vocabulary, text)
    }

    fn is_label(&self, i: usize) -> bool {
        self.vocabulary.meanings(self.text(i)).is_some()
    }

    fn contacts(&self) -> &ContactWords {
        &self.words.contacts
    }

    /// What a text asks for on the record of a day, or on any.
    fn asks(&self, i: usize, fits: impl Fn(Item) -> bool) -> bool {
        let mut meanings = self.vocabulary.meanings(self.text(i)).into_iter().flatten();
        meanings.any(|(kind, item)| matches!(kind, None | Some(FormKind::Daily)) && fits(*item))
    }

    fn reason(&self, head: usize, under: &[usize]) -> Option<Reason> {
        let text = self.text(head);
        let parts = under.iter().map(|&i| self.contacts().part(self.text(i)));
        let parts: Vec<Item> = parts.flatten().collect();
        let is_contact = self.contacts().names_row(self.vocabulary, text);
        if is_contact
            && [Item::Time, Item::Support]
                .iter()
                .any(|it| parts.contains(it))
        {
            return Some(Reason::Contact);
        }
        if self.parts(head, under) > 1 {
            return Some(Reason::Parts);
        }
        let is_key = |item: Item| item.is_heading() || item.is_signed() || item == Item::Date;
        (under.iter().all(|&i| self.is_label(i)) && !self.asks(head, is_key))
            .then_some(Reason::Labels)
    }

    /// How many of those below a head are the ends of what it asks for, or name its contacts.
    fn parts(&self, head: usize, under: &[usize]) -> usize {
        let asked = self.vocabulary.meanings(self.text(head));
        let mut wholes = asked.into_iter().flatten().map(|(_, item)| *item);
        let is_end = |whole: Item| {
            let ends = |i: &&usize| self.words.spans.end_of(whole, self.text(**i)).is_some();
            under.iter().take_while(ends).count()
        };
        let ends = wholes.find_map(|whole| Some(is_end(whole)).filter(|count| *count > 0));
        let is_of_contacts = self.contacts().is_about_contacts(self.text(head))
            || self.asks(head, |item| matches!(item, Item::Support | Item::Contact));
        let named = || {
            let names = |i: &&usize| {
                let text = self.text(**i);
                self.contacts().names_row(self.vocabulary, text)
            };
            under.iter().take_while(names).count()
        };
        match (ends, is_of_contacts) {
            (Some(ends), _) => ends,
            (None, true) => named(),
            (None, false) => 0,
        }
    }

    /// Those that are meant so, each with nothing more below it than is its own.
    fn settled(&self, row: u32, mut groups: Vec<Group>) -> Vec<Group> {
        let key = |i: &usize| label_key(self.text(*i));
        let contacts = groups.iter().filter(|own| own.reason == Reason::Contact);
        let of_contacts: Vec<Vec<String>> = contacts
            .map(|own| own.under.iter().map(key).collect())
            .collect();
        let is_again = |under: &[usize]| {
            let first = under.first().map(key);
            let same = of_contacts
                .iter()
                .filter(|keys| keys.first() == first.as_ref());
            same.count() > 1
        };
        // 開始 with no time beside it may stand over the heads of a list below it.
        groups.retain(|own| {
            let asks_time = |item| matches!(item, Item::Start | Item::End);
            own.reason != Reason::Contact || is_again(&own.under) || !self.asks(own.head, asks_time)
        });
        for own in &mut groups {
            let keys: Vec<String> = own.under.iter().map(key).collect();
            let length = match own.reason {
                Reason::Parts => self.parts(own.head, &own.under),
                _ if own.is_bounded => own.under.len(),
                Reason::Contact => {
                    let as_before = of_contacts
                        .iter()
                        .filter(|before| before.len() < keys.len() && keys.starts_with(before))
                        .map(Vec::len);
                    let own = own.under.iter().take_while(|i| !self.is_of_day(**i));
                    as_before.max().unwrap_or(own.count())
                }
                Reason::Labels => own.under.iter().take_while(|i| !self.is_key(**i)).count(),
            };
            own.under.truncate(length);
        }
        groups.retain(|own| own.under.len() > 1);
        let is_sure = groups.iter().any(|own| own.reason != Reason::Labels);
        if !is_sure && !self.has_plain_heads(row) {
            groups.clear();
        }
        groups
    }

    /// Whether a head asks for what is no part of a contact.
    fn is_of_day(&self, i: usize) -> bool {
        self.contacts().part_or_told(self.text(i)).is_none()
            && self.asks(i, |item| !may_be_asked(item))
    }

    fn is_key(&self, i: usize) -> bool {
        self.asks(i, |item| {
            item.is_heading() || item.is_signed() || item == Item::Date
        })
    }

    /// Whether labels of the row stand over empty cells with something below them, as heads do
    /// beside others of two levels.
    fn has_plain_heads(&self, row: u32) -> bool {
        const FEWEST: usize = 2;
        let plain = self.grid.row(row).iter().filter(|&&i| {
            let range = self.range(i);
            let holds = |below: u32| {
                let mut under = self.grid.row_over(below, range.first.col, range.last.col);
                under.any(|i| self.grid.block(i).stored.is_some())
            };
            let next = range.last.row.saturating_add(1);
            range.first.row == row
                && !holds(next)
                && holds(next.saturating_add(1))
                && self.is_label(i)
        });
        plain.count() >= FEWEST
    }

    /// The heads beside these groups with nothing below them, which reach down as those do.
    fn plain(&self, row: u32, groups: &[Group]) -> BTreeMap<usize, CellRange> {
        let mut plain = BTreeMap::new();
        let here = self.grid.row(row);
        let is_group = |i: usize| groups.iter().any(|own| own.head == i);
        for (at, _) in here.iter().enumerate().filter(|(_, i)| is_group(**i)) {
            let behind = here.get(at + 1..).unwrap_or_default().iter();
            let before = here.get(..at).unwrap_or_default().iter().rev();
            plain.extend(self.plain_among(row, behind));
            plain.extend(self.plain_among(row, before));
        }
        plain
    }

    /// Those of them next to each other, up to the next head over several or the last of all; none
    /// where the last of them stands over a value.
    fn plain_among<'b>(
        &self,
        row: u32,
        blocks: impl Iterator<Item = &'b usize>,
    ) -> Vec<(usize, CellRange)> {
        let mut plain = Vec::new();
        let below = row.saturating_add(1);
        for &i in blocks {
            let block = self.grid.block(i);
            let own = block.range;
            if block.stored.is_none() || !self.is_head(i) || own.last.row > row {
                break;
            }
            let mut under = self.grid.row_over(below, own.first.col, own.last.col);
            match under.next() {
                Some(i) if self.is_label(i) => break,
                Some(_) => return Vec::new(),
                None => {
                    let last = Cell::new(below, own.last.col);
                    plain.push((i, CellRange::new(own.first, last)));
                }
            }
        }
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::testing::{lines, said};

    /// The cells of the heads that are taller or wider than they are written.
    fn reached(rows: &[&[&str]]) -> Vec<String> {
        let grid = joined(Grid::of(&Sheet::of_rows(rows)), Vocabulary::builtin());
        let ranges = grid.blocks().iter().map(|block| block.range);
        let wide = ranges.filter(|range| range.first != range.last);
        wide.map(|range| range.to_string()).collect()
    }

    const HEADS: [&[&str]; 2] = [
        &[
            "日付",
            "作業内容",
            "開始の連絡",
            "",
            "終了の連絡",
            "",
            "記録者",
        ],
        &["", "", "時刻", "内容", "時刻", "内容"],
    ];

    #[test]
    fn a_head_holds_for_the_empty_cells_right_of_it() {
        let day: &[&str] = &[
            "9/1",
            "検品",
            "9:55",
            "始める。",
            "15:00",
            "終える。",
            "大友",
        ];
        let rows = [&HEADS[..], &[day]].concat();
        let wide = ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"];
        assert_eq!(reached(&rows), wide);
        let lines = lines(&rows, &[]);
        let contacts = ["9:55 始める。", "15:00 終える。"];
        assert_eq!(said(&lines[0], Item::Contact), contacts);
        assert_eq!(said(&lines[0], Item::Start), ["9:55"]);
        assert_eq!(said(&lines[0], Item::Recorder), ["大友"]);
    }

    #[test]
    fn heads_of_three_levels_are_joined_from_below() {
        let rows: [&[&str]; 4] = [
            &["日付", "連絡", "", "", "", "記録者"],
            &["", "開始", "", "終了", "", ""],
            &["", "時刻", "内容", "時刻", "内容", ""],
            &["9/1", "9:55", "始める。", "15:00", "終える。", "大友"],
        ];
        let reached = reached(&rows);
        for head in ["B1:E1", "B2:C2", "D2:E2"] {
            assert!(reached.contains(&head.to_owned()), "{reached:?}");
        }
    }

    #[test]
    fn the_last_head_holds_for_as_many_as_those_before_it() {
        let rows: [&[&str]; 3] = [
            &["", "開始の連絡", "", "終了の連絡", "", "", ""],
            &[
                "日付",
                "時刻",
                "内容",
                "時刻",
                "内容",
                "心身の状況",
                "記録者",
            ],
            &[
                "9/1",
                "9:55",
                "始める。",
                "15:00",
                "終える。",
                "良好",
                "大友",
            ],
        ];
        assert_eq!(reached(&rows), ["B1:C1", "D1:E1"]);
        let lines = lines(&rows, &[]);
        assert_eq!(said(&lines[0], Item::Condition), ["良好"]);
        assert_eq!(said(&lines[0], Item::Contact).len(), 2);
    }

    #[test]
    fn the_ends_of_a_time_and_other_labels_stand_under_one_head() {
        let rows: [&[&str]; 3] = [
            &["日付", "実施時間", "", "作業内容", "健康", "", "記録者"],
            &["", "開始", "終了", "", "心身の状況", "助言", ""],
            &["9/1", "10:00", "15:00", "検品", "良好", "休む。", "大友"],
        ];
        let reached = reached(&rows);
        assert!(reached.contains(&"B1:C1".to_owned()), "{reached:?}");
        assert!(reached.contains(&"E1:F1".to_owned()), "{reached:?}");
        let lines = lines(&rows, &[]);
        assert_eq!(said(&lines[0], Item::Start), ["10:00"]);
        assert_eq!(said(&lines[0], Item::Work), ["検品"]);
    }

    #[test]
    fn a_name_holds_for_the_rows_below_it() {
        let rows: [&[&str]; 6] = [
            &["実施日", "", "9/1", "9/2"],
            &["開始の連絡", "時刻", "9:55", "10:02"],
            &["", "内容", "始める。", "始めた。"],
            &["終了の連絡", "時刻", "15:00", "15:05"],
            &["", "内容", "終える。", "終えた。"],
            &["記録者", "", "大友", "津田"],
        ];
        assert_eq!(reached(&rows), ["A1:B1", "A2:A3", "A4:A5", "A6:B6"]);
    }

    #[test]
    fn labels_with_empty_boxes_over_a_table_stay_as_they_are() {
        let under = |over: &'static [&'static str]| {
            let heads: &[&str] = &["日付", "作業内容", "時刻", "内容"];
            let day: &[&str] = &["9/1", "検品", "9:55", "始める。"];
            reached(&[over, heads, day])
        };
        assert!(under(&["氏名", "", "受給者証番号", ""]).is_empty());
        assert!(under(&["開始", "", "終了", ""]).is_empty());
        assert!(under(&["備考", "", "", ""]).is_empty());
        let blank: [&[&str]; 3] = [
            &["実施日", "", "実施時間", ""],
            &["作業内容", "", "支援方法", ""],
            &["支援内容", "9:55 始める。"],
        ];
        assert!(reached(&blank).is_empty());
    }

    #[test]
    fn an_empty_box_with_its_label_beside_contacts_is_no_part_of_the_label() {
        let rows: [&[&str]; 5] = [
            &["開始の連絡", "時刻", "9:55"],
            &["", "内容", "始める。"],
            &["終了の連絡", "時刻", "15:00"],
            &["", "内容", "終える。"],
            &["備考", ""],
        ];
        let with = |last: &'static [&'static str]| {
            let rows = [&rows[..], &[last]].concat();
            reached(&rows)
        };
        assert_eq!(with(&["記録者", "大友さん"]), ["A1:A2", "A3:A4"]);
    }
}
