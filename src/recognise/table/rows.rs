//! What a row under the header of a table is: a record, a total, a remark, the form of a week
//! between the days, or the end of the table.

use serde::Deserialize;

use crate::recognise::calendar::{day_number, is_day};
use crate::recognise::contacts;
use crate::recognise::contacts::by_row::ByRow;
use crate::recognise::grid::Grid;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::LabelBlocks;
use crate::recognise::section::{own_labels, week_span};
use crate::recognise::table::header::{Header, Holds};
use crate::recognise::table::next_part;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// The wordings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalWords {
    alone: Vec<String>,
    ends: Vec<String>,
    counters: String,
}

impl TotalWords {
    /// 合計, alone or at the end of other words
    fn sums_up(&self, text: &str) -> bool {
        self.alone.iter().any(|word| word == text) || self.names_sum(text)
    }

    /// 在宅日数, 連絡回数, 在宅の人数, 合計, 平均
    fn names_sum(&self, text: &str) -> bool {
        self.ends.iter().any(|word| text.ends_with(word))
    }

    /// `3日`, `12`
    fn counts(&self, text: &str) -> bool {
        let digits = text.trim_end_matches(|c| self.counters.contains(c));
        digits.parse::<f64>().is_ok()
    }
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A record, or what goes on from the one above.
    Line,
    /// 合計 and what else stands beside records
    Total,
    /// Labels that ask for nothing, such as 曜日 over a row of weekdays.
    Idle,
    /// A remark across the table.
    Note,
    /// The first row of another form; the table goes on after the row given.
    Interlude(u32),
    /// The table ends above it.
    End,
}

/// Items that say which record a row is.
pub fn is_key(item: Item) -> bool {
    matches!(item, Item::Name | Item::CertificateNumber | Item::Date)
}

/// The rows under one header.
pub struct Rows<'a> {
    /// The sheet.
    pub grid: &'a Grid,
    /// Its labels.
    pub labels: &'a LabelBlocks,
    /// The header.
    pub header: &'a Header,
    /// The first and last column of the table.
    pub cols: (u32, u32),
    /// How the rows of a record are told to be contacts.
    pub by_row: ByRow,
    /// The wordings.
    pub vocabulary: &'a Vocabulary,
}

impl Rows<'_> {
    /// The written blocks that begin in a row.
    pub fn written(&self, row: u32) -> Vec<usize> {
        let blocks = self.grid.row_within(row, self.cols.0, self.cols.1).iter();
        let begins = |i: &usize| {
            let block = self.grid.block(*i);
            block.holds() && block.range.first.row >= row
        };
        blocks.copied().filter(begins).collect()
    }

    /// What the row of these blocks is, behind `known` lines.
    pub fn what(&self, row: u32, here: &[usize], known: usize) -> Row {
        if self.header.beside.contains(&row) {
            return Row::Total;
        }
        let is_total = self.is_total(here) || self.is_summed(row, here);
        let is_idle = here.first().is_some_and(|i| self.labels.idle.contains(i));
        // The first row under contacts beside each other holds their boxes, whatever they say.
        let is_first = known == 0 && self.header.contacts.is_some_and(|own| own.in_a_row);
        let leaves = || {
            let asks_else = || !is_first && self.asks_else(here);
            self.is_labelled(row) || self.is_unnamed(row) || asks_else()
        };
        if self.is_within_a_form() && leaves() {
            return Row::End;
        }
        let at = (self.header.kind, self.cols.0);
        let is_next = known > 0 && next_part::opens(self.grid, self.vocabulary, at, here);
        if is_next || self.is_page_head(row, here) {
            return Row::End;
        }
        let is_other = !is_total && !is_idle && self.is_other_form(here);
        if is_other || self.is_band(here) {
            match self.resumes(row).filter(|_| known > 0) {
                Some(next) => return Row::Interlude(next.saturating_sub(1)),
                None if is_other || known > 0 => return Row::End,
                None => {}
            }
        }
        match (is_total, is_idle) {
            (true, _) => Row::Total,
            (_, true) => Row::Idle,
            _ if is_note(self.grid, here, self.cols.0, self.cols.1) => Row::Note,
            _ => Row::Line,
        }
    }

    /// Whether the rows are a list within the form of a day.
    fn is_within_a_form(&self) -> bool {
        self.header.contacts.is_some()
    }

    /// The columns that name the contacts, in a list of them.
    fn names(&self) -> Option<(u32, u32)> {
        self.header.contacts?.names
    }

    /// Whether something else stands in the row where the contacts have their names.
    fn is_unnamed(&self, row: u32) -> bool {
        let names = self
            .names()
            .map(|span| self.grid.row_within(row, span.0, span.1));
        let block = names
            .and_then(|own| own.first())
            .map(|&i| self.grid.block(i));
        let words = &layout_words::words().contacts;
        block.is_some_and(|block| {
            block.stored.is_some()
                && block.range.first.row == row
                && !words.names_row(self.vocabulary, &block.text)
                && !self.is_timed(row, &block.text)
        })
    }

    /// Whether a text at the head of the row can name a contact, by the time behind it.
    fn is_timed(&self, row: u32, text: &str) -> bool {
        contacts::told_names::is_timed(self.grid, self.vocabulary, self.header, (row, text))
    }

    /// Whether the row begins with a text that asks for what no list of contacts holds:
    /// 本日の心身の様子.
    fn asks_else(&self, here: &[usize]) -> bool {
        let words = &layout_words::words().contacts;
        let first = here.first().map(|&i| self.grid.block(i));
        first.is_some_and(|block| {
            let asked = self.vocabulary.guess(&block.text, FormKind::Daily);
            block.range.first.col == self.cols.0
                && !words.names_row(self.vocabulary, &block.text)
                && asked.is_some_and(|item| !contacts::heads::may_be_asked(item))
        })
    }

    /// Whether a label stands right before the table, at the head of the row.
    fn is_labelled(&self, row: u32) -> bool {
        let Some(last) = self.cols.0.checked_sub(1) else {
            return false;
        };
        let mut before = self.grid.row_over(row, last, last);
        before.any(|i| self.labels.all.contains(&i) && self.grid.block(i).range.first.row == row)
    }

    /// Whether labels of another form stand in the row. A label's word in a record is a value:
    /// 在宅 under a day or 利用形態, 通所日 under 備考.
    fn is_other_form(&self, here: &[usize]) -> bool {
        let key = self.key_col(here);
        let names = self.names();
        let speaks = |i: &&usize| self.labels.all.contains(i) && !self.labels.idle.contains(i);
        here.iter().filter(speaks).any(|&i| {
            let range = self.grid.block(i).range;
            let column = self.header.columns.iter().find(|column| {
                (column.span.0..=column.span.1).contains(&range.first.col)
                    && range.last.col <= column.span.1
            });
            let is_behind_key = key.is_some_and(|key| key < range.first.col);
            let is_value = match column.map(|column| column.holds) {
                _ if own_labels::names_field(self.vocabulary, &self.grid.block(i).text) => false,
                // 終了 under 区分, in a row without the day that it is of.
                _ if self.by_row.names(range, &self.grid.block(i).text) => true,
                _ if names.is_some() && column.map(|column| column.span) == names => true,
                Some(Some(Holds::Day(_))) => true,
                // 作業開始 under 区分 says which contact it is, before its time.
                Some(Some(Holds::Item(Item::Usage))) if self.is_within_a_form() => true,
                // 時刻 and 内容 beside the day whose columns they head.
                Some(Some(Holds::Item(Item::Date))) => {
                    let contacts = &layout_words::words().contacts;
                    is_behind_key && contacts.part(&self.grid.block(i).text).is_some()
                }
                Some(Some(Holds::Item(item))) => {
                    is_behind_key && (item.is_free_text() || item.offers_choices())
                }
                // Under the days of a listing stand marks; beside them, what divides its rows.
                Some(None) if self.header.kind == FormKind::Listing => false,
                Some(Some(Holds::Part(_) | Holds::Evaluation(_)) | None) => is_behind_key,
                None => false,
            };
            !is_value
        })
    }

    /// The column in which the row says which record it is.
    fn key_col(&self, here: &[usize]) -> Option<u32> {
        let is_said = |span: (u32, u32)| {
            here.iter().any(|i| {
                let block = self.grid.block(*i);
                let (first, last) = (block.range.first.col, block.range.last.col);
                block.stored.is_some()
                    && !self.labels.all.contains(i)
                    && first == span.0
                    && last <= span.1
            })
        };
        // A contact within the form of its day begins with its time.
        let is_list = self.is_within_a_form();
        let is_key = |item: Item| is_key(item) || is_list && item == Item::Time;
        let mut columns = self.header.columns.iter();
        let column = columns.find(|column| {
            matches!(column.holds, Some(Holds::Item(item)) if is_key(item)) && is_said(column.span)
        });
        column.map(|column| column.span.0)
    }

    /// The head of a printed page: `9月分（つづき） | 利用者名：森　健太 | 2/2頁` over the header
    /// that stands there again.
    fn is_page_head(&self, row: u32, here: &[usize]) -> bool {
        const FEWEST: usize = 2;
        const REACH: u32 = 2;
        let told = here.iter().filter(|i| self.labels.above.contains(i));
        let day = |i: &usize| {
            let block = self.grid.block(*i);
            let stored = block.stored.as_ref();
            stored.is_some_and(|stored| is_day(&block.text, stored))
        };
        let mut below = self
            .grid
            .rows_between(row.saturating_add(1), row.saturating_add(REACH));
        let told = told.count();
        // 第2週 | 対象期間：9/8～9/12 and nothing more.
        let names_week = |i: &usize| week_span::span(&self.grid.block(*i).text).is_some();
        let heads_week = || here.len() <= FEWEST && (told > 0 || here.iter().any(names_week));
        (told >= FEWEST || self.header.kind == FormKind::Weekly && heads_week())
            && !here.iter().any(day)
            && below.any(|next| self.is_header(&self.written(next)))
    }

    /// Boxes that hold labels with their values, and lie otherwise than the columns.
    fn is_band(&self, here: &[usize]) -> bool {
        const FEWEST: usize = 2;
        let inline = here
            .iter()
            .filter(|i| self.labels.above.contains(i))
            .count();
        let lies_across = |i: &usize| {
            let range = self.grid.block(*i).range;
            let spans = self.header.columns.iter().map(|column| column.span);
            let mut over = spans.filter(|s| s.0 <= range.last.col && range.first.col <= s.1);
            over.nth(1).is_some()
        };
        // 評価日：9月5日　方法：電話 in one box over the whole width.
        let is_alone = || {
            let (left, right) = self.cols;
            let width = |i: &usize| {
                let range = self.grid.block(*i).range;
                range.last.col.saturating_sub(range.first.col)
            };
            here.len() == 1
                && inline == 1
                && here
                    .iter()
                    .all(|i| width(i) * 3 > right.saturating_sub(left) * 2)
        };
        (inline >= FEWEST || is_alone())
            && self.key_col(here).is_none()
            && here.iter().any(lies_across)
    }

    /// The next row near by that goes on with the days of the table.
    fn resumes(&self, row: u32) -> Option<u32> {
        const REACH: u32 = 12;
        let dates = |column: &&crate::recognise::table::header::Column| {
            column.holds == Some(Holds::Item(Item::Date))
        };
        let dates = self.header.columns.iter().find(dates)?.span;
        if !matches!(self.header.kind, FormKind::Daily | FormKind::ServiceRecord) {
            return None;
        }
        let mut rows = self.grid.rows_between(row, row.saturating_add(REACH));
        let next = rows.find_map(|next| {
            let here = self.written(next);
            if self.is_header(&here) {
                return Some(None);
            }
            let dated = here.iter().any(|&i| {
                let block = self.grid.block(i);
                let is_date = match &block.stored {
                    Some(stored) => is_day(&block.text, stored),
                    None => false,
                };
                is_date && block.range.first.col == dates.0 && block.range.last.col <= dates.1
            });
            (dated && next > row && !self.is_other_form(&here)).then_some(Some(next))
        });
        next.flatten()
    }

    /// Whether labels touch each other, as in the header of another table.
    fn is_header(&self, here: &[usize]) -> bool {
        const FEWEST: usize = 3;
        here.windows(FEWEST).any(|few| {
            let touch = few.windows(2).all(|pair| {
                let (left, right) = (self.grid.block(pair[0]), self.grid.block(pair[1]));
                left.range.last.col + 1 == right.range.first.col
            });
            touch && few.iter().all(|i| self.labels.all.contains(i))
        })
    }

    /// Nothing but numbers beside a text before the table that names a sum: 在宅の人数.
    fn is_summed(&self, row: u32, here: &[usize]) -> bool {
        let Some(last) = self.cols.0.checked_sub(1) else {
            return false;
        };
        let before = self.grid.row_within(row, 0, last).iter();
        let mut before = before.map(|&i| self.grid.block(i));
        let words = &layout_words::words().totals;
        let is_headed = before.any(|block| {
            let text = squash(&block.text);
            block.range.first.row == row && words.sums_up(&text)
        });
        is_headed && !here.is_empty() && here.iter().all(|&i| self.is_count(i))
    }

    fn is_count(&self, block: usize) -> bool {
        let words = &layout_words::words().totals;
        let text = squash(&self.grid.block(block).text);
        words.counts(&text) || words.names_sum(&text)
    }

    /// 合計 and the like close a table; 在宅日数 計 with nothing but numbers behind it too.
    fn is_total(&self, here: &[usize]) -> bool {
        let Some((first, others)) = here.split_first() else {
            return false;
        };
        let words = &layout_words::words().totals;
        let text = squash(&self.grid.block(*first).text);
        words.alone.contains(&text)
            || words.names_sum(&text)
                && day_number(&text).is_none()
                && !others.is_empty()
                && others.iter().all(|&i| self.is_count(i))
    }
}

/// A remark under a table: guide text, or one text over most of its width.
pub fn is_note(grid: &Grid, blocks: &[usize], left: u32, right: u32) -> bool {
    blocks.first().is_some_and(|&i| {
        let block = grid.block(i);
        let wide = (block.range.last.col - block.range.first.col) * 3 > (right - left) * 2
            && right > left + 2;
        block
            .text
            .trim_start()
            .starts_with(['※', '＊', '*', '（', '('])
            && blocks.len() == 1
            || wide
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::testing::{lines, recognised};

    /// The rows of the records under the heads of a day.
    fn records(rows: &[[&str; 4]]) -> Vec<u32> {
        let head: &[&str] = &["日付", "開始時間", "作業内容", "支援内容"];
        let rows: Vec<&[&str]> = std::iter::once(head)
            .chain(rows.iter().map(|row| &row[..]))
            .collect();
        let lines = lines(&rows, &[]);
        lines.iter().map(|line| line.at.row).collect()
    }

    const DAY: [&str; 4] = ["9/1", "10:00", "検品", "電話。"];
    const NEXT: [&str; 4] = ["9/2", "10:30", "検品", "電話。"];

    #[test]
    fn totals_and_remarks_are_no_records() {
        assert_eq!(records(&[DAY, ["合計", "1", "", ""], NEXT]), [1, 3]);
        assert_eq!(records(&[DAY, ["※24時間で書く", "", "", ""], NEXT]), [1, 3]);
        assert_eq!(records(&[DAY, NEXT]), [1, 2]);
    }

    #[test]
    fn labels_of_another_form_stand_between_the_days_and_words_of_a_day_in_it() {
        assert_eq!(
            records(&[DAY, ["評価日", "評価方法", "", ""], NEXT]),
            [1, 3]
        );
        let said = ["9/2", "10:30", "検品", "体調"];
        assert_eq!(records(&[DAY, said]), [1, 2]);
    }

    #[test]
    fn a_remark_opens_with_its_sign_or_is_as_wide_as_the_table() {
        let grid = Grid::of(&Sheet::of_rows(&[&["※時刻を書く"], &["検品"]]).merging(&["A3:E3"]));
        let is_note = |row: u32| super::is_note(&grid, grid.row(row), 0, 4);
        assert!(is_note(0) && is_note(2));
        assert!(!is_note(1) && !is_note(9));
    }

    #[test]
    fn a_sum_is_named_by_the_end_of_its_word() {
        let totals = &layout_words::words().totals;
        assert!(totals.names_sum("在宅日数") && totals.names_sum("合計"));
        assert!(!totals.names_sum("計画") && !totals.names_sum(""));
    }

    const HEADS: [&str; 5] = ["日付", "開始", "終了", "作業内容", "記録者"];

    /// Day and user of each record of a table in two pages, the second under `head`.
    fn pages(head: &[&str]) -> Vec<(String, String)> {
        let rows: [&[&str]; 7] = [
            &[
                "在宅支援記録",
                "",
                "利用者名：森 健太",
                "受給者証番号：0100000031",
            ],
            &HEADS,
            &["9/1", "10:00", "15:00", "宛名の入力", "奥村"],
            &["9/2", "10:00", "15:00", "封入", "奥村"],
            head,
            &HEADS,
            &["9/3", "10:00", "15:00", "検品", "奥村"],
        ];
        let found = recognised(Sheet::of_rows(&rows)).forms.into_iter();
        let text = |item, form: &crate::recognise::Form| {
            let words = form.entries.get(&item).into_iter().flatten();
            let words = words.flat_map(|entry| &entry.words);
            words.map(|word| word.text.clone()).collect::<String>()
        };
        found
            .map(|form| (text(Item::Date, &form), text(Item::Name, &form)))
            .collect()
    }

    #[test]
    fn the_head_of_the_next_page_is_no_record_and_names_whose_follow() {
        let told = |day: &str, name: &str| (day.to_owned(), name.to_owned());
        let other = [
            "9月分（つづき）",
            "",
            "利用者名：原 葉子",
            "受給者証番号：0100000049",
            "2/2頁",
        ];
        assert_eq!(
            pages(&other),
            [
                told("9/1", "森 健太"),
                told("9/2", "森 健太"),
                told("9/3", "原 葉子")
            ]
        );
    }

    #[test]
    fn a_record_before_heads_that_stand_again_stays_one() {
        let days: Vec<String> = pages(&["9/8", "10:00", "15:00", "発送", "奥村"])
            .into_iter()
            .map(|(day, _)| day)
            .collect();
        assert_eq!(days, ["9/1", "9/2", "9/8", "9/3"]);
    }
}
