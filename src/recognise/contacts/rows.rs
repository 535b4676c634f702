//! The header of a list of contacts within the form of a day: 時刻, 手段 and 内容 over a row each.
//!
//! What the rows hold is read next door.

use crate::recognise::contacts::heads::{holds_sentences, may_be_asked};
use crate::recognise::contacts::told_names;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Header, Holds};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// That the rows under a header are contacts of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfContacts {
    /// The columns that name them, the first and the last.
    pub names: Option<(u32, u32)>,
    /// How many of the rows must have a time; with fewer they are boxes under their labels.
    pub fewest: usize,
    /// Whether one row holds all of them, beside each other, and maybe more of the day.
    pub in_a_row: bool,
}

impl OfContacts {
    /// Whether the rows under a header are such, and what names them.
    pub fn under(grid: &Grid, vocabulary: &Vocabulary, header: &Header) -> Option<Self> {
        const FEWEST: usize = 2;
        if holds_all_in_a_row(header) {
            return Some(Self {
                names: None,
                fewest: 0,
                in_a_row: true,
            });
        }
        if !asks_for_contacts(header) {
            return None;
        }
        let is_of_kind = |column: &&Column| column.holds == Some(Holds::Item(Item::Usage));
        let names = header.columns.iter().find(is_of_kind);
        let names = names.map(|column| column.span);
        let names = names.filter(|span| are_named(grid, vocabulary, header, *span));
        let fewest = if names.is_some() { 0 } else { FEWEST };
        let in_a_row = false;
        Some(Self {
            names,
            fewest,
            in_a_row,
        })
    }
}

/// Whether a header asks for several contacts beside each other and says neither of which day nor
/// of whom: the form around it does.
fn holds_all_in_a_row(header: &Header) -> bool {
    const FEWEST: usize = 2;
    let is_time = |column: &&Column| column.holds == Some(Holds::Part(Item::Time));
    let is_of_day = |column: &Column| match column.holds {
        Some(Holds::Item(item)) => item.is_of_a_day() || may_be_asked(item),
        Some(Holds::Part(_)) | None => true,
        Some(Holds::Day(_) | Holds::Evaluation(_)) => false,
    };
    header.kind == FormKind::Daily
        && header.common.is_empty()
        && header.columns.iter().filter(is_time).count() >= FEWEST
        && header.columns.iter().all(is_of_day)
}

/// Whether a header asks when, and what was said, and for nothing that a record needs beside.
fn asks_for_contacts(header: &Header) -> bool {
    let asks = |item| header.has(item);
    let fits = header.columns.iter().all(fits);
    header.kind == FormKind::Daily && fits && asks(Item::Time) && asks(Item::Support)
}

/// Whether a list of contacts may have the column.
fn fits(column: &Column) -> bool {
    match column.holds {
        None => true,
        Some(Holds::Item(item)) => may_be_asked(item),
        Some(_) => false,
    }
}

/// Finds which columns of a list's header tell what was said, and which contact a row is; the
/// latter may stand before all heads.
pub fn settle(grid: &Grid, vocabulary: &Vocabulary, header: &mut Header) {
    find_told(grid, vocabulary, header);
    if !asks_for_contacts(header) {
        return;
    }
    let head = header.rows.1;
    let unsaid = header.columns.iter().filter(|column| {
        use Item::{Contact, Ignored, Notes, Usage};
        let idle = [Usage, Contact, Ignored, Notes].map(|item| Some(Holds::Item(item)));
        column.holds.is_none() || idle.contains(&column.holds)
    });
    let unsaid: Vec<(u32, u32)> = unsaid.map(|column| column.span).collect();
    let mut unsaid = unsaid.into_iter();
    let named = unsaid.find(|span| are_named(grid, vocabulary, header, *span));
    if let Some(span) = named {
        let mut columns = header.columns.iter_mut();
        if let Some(column) = columns.find(|column| column.span == span) {
            column.holds = Some(Holds::Item(Item::Usage));
        }
        return;
    }
    let before = header.columns.first().and_then(|column| {
        let col = column.span.0.checked_sub(1)?;
        let mut beside = grid.row_over(head.checked_add(1)?, col, col);
        let range = grid.block(beside.next()?).range;
        Some((range.first.col, range.last.col))
    });
    if let Some(span) = before.filter(|span| are_named(grid, vocabulary, header, *span)) {
        let names = Column {
            span,
            label: String::new(),
            heads: Vec::new(),
            holds: Some(Holds::Item(Item::Usage)),
            tier: None,
        };
        header.columns.insert(0, names);
    }
}

/// 助言の内容 beside time and means, or who answered, is what was said, though the word alone is another item's.
fn find_told(grid: &Grid, vocabulary: &Vocabulary, header: &mut Header) {
    let is_open = header.kind == FormKind::Daily
        && header.has(Item::Time)
        && (header.has(Item::Method) || header.has(Item::Recorder))
        && !header.has(Item::Support);
    if !is_open {
        return;
    }
    let words = &layout_words::words().contacts;
    let tells = |column: &Column| {
        let head = column.heads.last();
        let may_tell = matches!(column.holds, None | Some(Holds::Item(Item::Condition)));
        may_tell && head.is_some_and(|head| words.tells(head) && !vocabulary.is_whole_label(head))
    };
    let is_answered = header.has(Item::Recorder) && !header.has(Item::Method);
    let (head, by_word) = (header.rows.1, header.columns.iter().any(tells));
    let is_told = |column: &Column| match by_word {
        true => tells(column),
        // A head that no list has, over sentences.
        false => {
            let mut heads = column.heads.iter();
            is_answered
                && column.holds.is_none()
                && heads.all(|head| words.may_tell(head))
                && holds_sentences(grid, head, column.span.0)
        }
    };
    let (mut told, others): (Vec<_>, Vec<_>) = header.columns.iter_mut().partition(|c| is_told(c));
    if let [column] = &mut told[..]
        && others.iter().all(|column| fits(column))
    {
        column.holds = Some(Holds::Item(Item::Support));
    }
}

/// Whether the cells under a header name one contact after the other.
fn are_named(grid: &Grid, vocabulary: &Vocabulary, header: &Header, span: (u32, u32)) -> bool {
    const FEWEST: usize = 2;
    let words = &layout_words::words().contacts;
    let mut seen: Vec<String> = Vec::new();
    let mut row = header.rows.1.saturating_add(1);
    while seen.len() < FEWEST {
        let Some(block) = name_at(grid, row, span).map(|i| grid.block(i)) else {
            return false;
        };
        let text = block.text.trim().to_owned();
        let is_timed = || told_names::is_timed(grid, vocabulary, header, (row, &text));
        if !(words.names_row(vocabulary, &text) || is_timed()) || seen.contains(&text) {
            return false;
        }
        seen.push(text);
        row = block.range.last.row.saturating_add(1);
    }
    true
}

/// What is written in the columns that name the contacts, in a box that begins in `row`.
fn name_at(grid: &Grid, row: u32, (first, last): (u32, u32)) -> Option<usize> {
    let mut here = grid.row_within(row, first, last).iter().copied();
    here.find(|&i| {
        let block = grid.block(i);
        block.stored.is_some() && block.range.first.row == row && block.range.last.col <= last
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::form::{Entry, Form};
    use crate::recognise::testing::{HEAD, recognised};

    fn forms(cells: &[(&str, &str)]) -> Vec<Form> {
        recognised(Sheet::of_texts("記録", cells)).forms
    }

    /// The contacts of a form, each with its name, and the first word of another item.
    fn contacts(form: &Form) -> Vec<String> {
        let entries = form.entries.get(&Item::Contact).into_iter().flatten();
        let text = |entry: &Entry| {
            let words = entry.words.iter().map(|word| word.text.as_str());
            format!("{}:{}", entry.label, words.collect::<Vec<_>>().join(" "))
        };
        entries.map(text).collect()
    }

    fn said(form: &Form, item: Item) -> Option<&str> {
        let entry = form.entries.get(&item)?.first()?;
        entry.words.first().map(|word| word.text.as_str())
    }

    /// A form of a day, with a list in the rows 5 to 8.
    fn day(list: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        let below = [
            ("A9", "心身の状況"),
            ("B9", "良好"),
            ("A10", "記録者"),
            ("B10", "坂本"),
        ];
        [&HEAD[..], list, &below].concat()
    }

    #[test]
    fn what_was_said_may_stand_under_any_head_beside_who_answered() {
        let list = |head: &'static str, said: &'static str| {
            let rows: [&[&str]; 9] = [
                &["在宅就労支援記録"],
                &["氏名", "", "森 健太"],
                &["実施日", "", "令和7年9月1日"],
                &["作業内容", "", "名刺データの入力"],
                &["回", "時刻", "区分", head, "対応職員"],
                &["1", "10:00", "作業開始", said, "坂本"],
                &["2", "15:00", "作業終了", said, "坂本"],
                &["3"],
                &["心身の状況", "", "良好"],
            ];
            let merged = ["A2:B2", "A3:B3", "A4:B4", "A9:B9"];
            recognised(Sheet::of_rows(&rows).merging(&merged)).forms
        };
        for head in ["確認事項・助言の内容", "話したこと", "メモ"] {
            let forms = list(head, "電話で体調を聞いた。");
            assert_eq!(forms.len(), 1, "{head}");
            let told = contacts(&forms[0]);
            assert_eq!(told.len(), 2, "{head}");
            assert!(told[0].ends_with("10:00 電話で体調を聞いた。"), "{told:?}");
        }
        let none = list("送迎", "不要");
        assert!(none.iter().all(|form| contacts(form).is_empty()));
    }

    #[test]
    fn rows_that_begin_with_the_name_of_a_contact_are_contacts_of_one_day() {
        let heads_and_names = [
            (["回", "時刻", "方法", "支援の内容"], ["１回目", "２回目"]),
            (
                ["", "時刻", "方法", "連絡・助言の内容"],
                ["開始時", "終了時"],
            ),
            (["区分", "連絡時刻", "連絡方法", "やりとり"], ["朝", "夕"]),
            (["", "時間", "手段", "内容"], ["①", "②"]),
        ];
        for (heads, names) in heads_and_names {
            let list = [
                ("A5", heads[0]),
                ("B5", heads[1]),
                ("C5", heads[2]),
                ("D5", heads[3]),
                ("A6", names[0]),
                ("B6", "10:00"),
                ("C6", "電話"),
                ("D6", "作業を始める。"),
                ("A7", names[1]),
                ("B7", "15:00"),
                ("C7", "電話"),
                ("D7", "作業を終える。"),
            ];
            let list: Vec<_> = list
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .collect();
            let forms = forms(&day(&list));
            assert_eq!(forms.len(), 1, "{heads:?}: {forms:#?}");
            let told = [
                format!("{}:10:00 作業を始める。", names[0]),
                format!("{}:15:00 作業を終える。", names[1]),
            ];
            assert_eq!(contacts(&forms[0]), told, "{heads:?}");
            assert_eq!(said(&forms[0], Item::Method), Some("電話"));
            assert_eq!(said(&forms[0], Item::Condition), Some("良好"));
            assert_eq!(said(&forms[0], Item::Recorder), Some("坂本"));
        }
    }

    #[test]
    fn a_list_may_stand_right_of_the_form() {
        let cells = [
            ("A1", "在宅就労支援記録"),
            ("A2", "氏名"),
            ("B2", "森 健太"),
            ("A3", "実施日"),
            ("B3", "令和7年9月1日"),
            ("A4", "体調"),
            ("B4", "普通"),
            ("C4", "時刻"),
            ("D4", "手段"),
            ("E4", "やりとりの内容"),
            ("A5", "作業内容"),
            ("B5", "名刺データの入力"),
            ("C5", "10:00"),
            ("D5", "電話"),
            ("E5", "作業を始める。"),
            ("A6", "備考"),
            ("B6", "楽しかった。"),
            ("C6", "15:00"),
            ("D6", "電話"),
            ("E6", "作業を終える。"),
            ("A7", "記録者"),
            ("B7", "坂本"),
        ];
        let forms = forms(&cells);
        assert_eq!(forms.len(), 1, "{forms:#?}");
        assert_eq!(contacts(&forms[0]).len(), 2);
        assert_eq!(said(&forms[0], Item::Work), Some("名刺データの入力"));
        assert_eq!(forms[0].entries[&Item::Work][0].words.len(), 1);
        assert_eq!(said(&forms[0], Item::Condition), Some("普通"));
    }

    #[test]
    fn what_nobody_filled_in_is_blank_and_no_contact() {
        let list = [
            ("A5", "回"),
            ("B5", "時刻"),
            ("C5", "方法"),
            ("D5", "支援の内容"),
            ("A6", "１回目"),
            ("B6", "10"),
            ("A7", "２回目"),
            ("B7", "時　　分"),
            ("C7", "□電話　□訪問"),
        ];
        let forms = forms(&day(&list));
        assert_eq!(forms.len(), 1, "{forms:#?}");
        assert_eq!(contacts(&forms[0]), ["１回目:10", "２回目:"]);
        assert_eq!(said(&forms[0], Item::Method), None);
    }

    #[test]
    fn a_list_ends_where_the_form_goes_on() {
        let list = [
            ("A5", "回"),
            ("B5", "時刻"),
            ("C5", "方法"),
            ("D5", "支援の内容"),
            ("A6", "１回目"),
            ("B6", "10:00"),
            ("D6", "電話。"),
            ("A7", "２回目"),
            ("B7", "15:00"),
            ("D7", "電話。"),
            ("A8", "ひとこと"),
            ("B8", "楽しかった。"),
        ];
        let forms = forms(&day(&list));
        assert_eq!(contacts(&forms[0]).len(), 2, "{forms:#?}");
        assert_eq!(said(&forms[0], Item::Condition), Some("良好"));
    }

    #[test]
    fn a_row_that_asks_for_something_else_is_no_contact() {
        let list = [
            ("A4", "区分"),
            ("B4", "時刻"),
            ("C4", "内容"),
            ("A5", "午前（開始時）"),
            ("B5", "10:00"),
            ("C5", "電話。"),
            ("A6", "午後（再開時）"),
            ("B6", "15:00"),
            ("C6", "電話。"),
            ("A7", "本人の様子（心身）"),
            ("B7", "落ち着いていた。"),
            ("A8", "本人への助言内容"),
            ("B8", "休憩をとる。"),
            ("A9", "記録者"),
            ("B9", "坂本"),
        ];
        let forms = forms(&[&HEAD[..], &list].concat());
        assert_eq!(
            contacts(&forms[0]),
            ["午前（開始時）:10:00 電話。", "午後（再開時）:15:00 電話。"],
            "{forms:#?}"
        );
        let condition = &forms[0].entries[&Item::Condition][0].words;
        let condition: Vec<&str> = condition.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(condition, ["落ち着いていた。", "休憩をとる。"]);
    }

    #[test]
    fn contacts_beside_each_other_in_one_row_are_those_of_the_form_around() {
        let list = [
            ("A5", "開始の連絡"),
            ("C5", "終了の連絡"),
            ("A6", "時刻"),
            ("B6", "内容"),
            ("C6", "時刻"),
            ("D6", "内容"),
            ("A7", "9:55"),
            ("B7", "作業を始める。"),
            ("C7", "15:00"),
            ("D7", "作業を終える。"),
        ];
        let found = forms(&day(&list));
        assert_eq!(found.len(), 1, "{found:#?}");
        let told = [
            "開始の連絡:9:55 作業を始める。",
            "終了の連絡:15:00 作業を終える。",
        ];
        assert_eq!(contacts(&found[0]), told);
        assert_eq!(said(&found[0], Item::Condition), Some("良好"));
        assert_eq!(said(&found[0], Item::Time), Some("10:00～15:00"));
        assert!(!found[0].entries.contains_key(&Item::Start));
        // Rows of several days, none of which says its own, are nobody's.
        let second = [
            ("A8", "9:50"),
            ("B8", "作業を始めた。"),
            ("C8", "15:05"),
            ("D8", "作業を終えた。"),
        ];
        let found = forms(&day(&[&list[..], &second].concat()));
        assert!(contacts(&found[0]).is_empty(), "{found:#?}");
    }

    #[test]
    fn days_below_each_other_are_no_contacts() {
        let cells = [
            ("A1", "在宅就労支援記録"),
            ("A2", "氏名"),
            ("B2", "森 健太"),
            ("A3", "日付"),
            ("B3", "時刻"),
            ("C3", "方法"),
            ("D3", "支援内容"),
            ("A4", "9/1"),
            ("B4", "10:00～15:00"),
            ("C4", "電話"),
            ("D4", "10:00 電話。"),
            ("A5", "9/2"),
            ("B5", "10:00～15:00"),
            ("C5", "電話"),
            ("D5", "10:00 電話。"),
        ];
        let forms = forms(&cells);
        assert_eq!(forms.len(), 2, "{forms:#?}");
        assert!(contacts(&forms[0]).is_empty());
    }
}
