//! Labels that ask when, over or beside something that is no time: 時間 beside 服薬, 作業開始 beside
//! a sentence. They may be no labels, and open no record.
//!
//! Which time it is, is not asked here.

use std::collections::BTreeSet;

use crate::recognise::calendar::is_of_era;
use crate::recognise::form::Word;
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::section::boxes;
use crate::text::squash;

/// Takes such labels for guesses, which give way to the label that has an answer. `closed` says
/// which blocks are spoken for.
pub fn doubt(grid: &Grid, labels: &mut [Label], closed: &[bool]) {
    let asks: Vec<bool> = labels.iter().map(asks_when).collect();
    if !asks.contains(&true) {
        return;
    }
    let entries = boxes::entries(grid, labels, closed, &vec![false; labels.len()]);
    let mut doubted: BTreeSet<usize> = BTreeSet::new();
    for (i, (asks, entry)) in asks.into_iter().zip(&entries).enumerate() {
        if asks && is_no_time(&entry.words) {
            doubted.insert(i);
        }
    }
    for (i, label) in labels.iter_mut().enumerate() {
        label.guessed |= doubted.contains(&i);
    }
}

/// Whether a label asks for nothing but a day, a time or a period in any form.
fn asks_when(label: &Label) -> bool {
    let mut items = label.meanings.iter().map(|(_, item)| *item).peekable();
    label.inline.is_none()
        && items.peek().is_some()
        && items.all(|item| {
            use Item::{
                Date, DateTime, End, Period, PeriodFrom, PeriodTo, PreviousDate, Start, Time,
            };
            matches!(
                item,
                Date | DateTime
                    | Time
                    | Start
                    | End
                    | PreviousDate
                    | Period
                    | PeriodFrom
                    | PeriodTo
            )
        })
}

/// Whether words stand for a label and none of them could be a part of a time: neither a figure
/// nor the frame for one.
fn is_no_time(words: &[Word]) -> bool {
    let texts = words.iter().filter(|word| word.tick.is_none());
    let text: String = texts.map(|word| squash(&word.text)).collect();
    let is_figure = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十".contains(c);
    let mut others = text
        .chars()
        .filter(|c| c.is_alphabetic() && !is_of_frame(*c));
    let tells_else = others.next().is_some();
    let is_sentence = text.contains('。') && !has_clock(&text);
    tells_else && (!text.contains(is_figure) || is_sentence)
}

/// Whether the frame of a day or a time is written with the character: 令和　年　月　日, 午前, から.
pub fn is_of_frame(c: char) -> bool {
    "年月日時分曜火水木金土午前後から至自まで頃半".contains(c) || is_of_era(c)
}

/// Whether a figure stands before what parts hours from minutes or a day from the next.
fn has_clock(text: &str) -> bool {
    let behind = text.char_indices().skip(1);
    let mut signs = behind.filter(|(_, c)| ":時/月日.".contains(*c));
    signs.any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_some_and(|c| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use crate::read::Sheet;
    use crate::recognise::testing::{recognised, texts};
    use crate::recognise::{FormKind, Item};

    /// What the days on a sheet say of an item, with two more cells in each of its records.
    fn told(more: [&'static str; 2], item: Item) -> Vec<Vec<String>> {
        let day = |date: &'static str, work: &'static str| -> Vec<Vec<&'static str>> {
            vec![
                vec!["実施日", date, "実施時間", "10:00～15:00"],
                vec!["支援方法", "電話"],
                vec!["体温", "36.1", more[0], more[1]],
                vec!["作業内容", work],
                vec!["支援内容", "10:00 電話で開始を確認した。"],
                vec!["心身の状況及び助言", "落ち着いている。"],
                vec!["記録者", "原"],
            ]
        };
        let rows = [day("令和7年9月1日", "検品"), day("令和7年9月3日", "梱包")].concat();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let forms = recognised(Sheet::of_rows(&rows)).forms;
        let days = forms.iter().filter(|form| form.kind == FormKind::Daily);
        days.map(|form| texts(form, item)).collect()
    }

    #[test]
    fn a_label_with_no_time_beside_it_opens_no_record() {
        for more in [["時間", "服薬済"], ["時刻", "睡眠は十分だった。"]] {
            assert_eq!(told(more, Item::Work), [["検品"], ["梱包"]], "{more:?}");
            let times = told(more, Item::Time);
            assert_eq!(times, vec![vec!["10:00～15:00"]; 2], "{more:?}");
        }
    }

    #[test]
    fn a_second_time_still_contradicts_the_first() {
        let dates = told(["時間", "9:00～12:00"], Item::Date);
        assert!(dates.len() != 2 || told(["時間", "9:00～12:00"], Item::Time).len() == 2);
    }
}
