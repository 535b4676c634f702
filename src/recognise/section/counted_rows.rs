//! Boxes below each other under one label, each beside the number of its row: 1限, 2限 and 3限 under
//! 時限 beside what was done in each of them under 実施した訓練.

use crate::recognise::form::Word;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, inline};
use crate::text::squash;

/// Halves of a day that follow each other.
const HALVES: [(&str, &str); 3] = [("午前", "午後"), ("AM", "PM"), ("前半", "後半")];

/// Whether what heads the row of a box is the next after what heads the row of the box above it,
/// both in the same columns and left of the boxes.
pub fn are_next(grid: &Grid, above: usize, below: usize) -> bool {
    let (above, below) = (grid.block(above), grid.block(below));
    let is_same = |one: &Block, other: &Block| {
        let columns = |block: &Block| (block.range.first.col, block.range.last.col);
        columns(one) == columns(other)
    };
    let heads = head(grid, above).zip(head(grid, below));
    is_same(above, below)
        && heads.is_some_and(|(one, next)| is_same(one, next) && follows(&one.text, &next.text))
}

/// The first thing that is written in the row of a box, left of it.
fn head<'a>(grid: &'a Grid, block: &Block) -> Option<&'a Block> {
    let first = block.range.first;
    let before = grid.row_within(first.row, 0, first.col.checked_sub(1)?);
    let mut before = before.iter().map(|&i| grid.block(i));
    before.find(|block| block.stored.is_some())
}

/// Whether times follow each other in two boxes below a label that asks when the work was.
pub fn are_lessons(grid: &Grid, label: &Label, above: usize, below: usize) -> bool {
    let span = |i: usize| span(&squash(&grid.block(i).text));
    let asks_when = label.item(FormKind::Daily) == Some(Item::Time) && is_first(grid, label);
    asks_when && matches!((span(above), span(below)), (Some(one), Some(two)) if one.1 <= two.0)
}

/// Leaves of such times the first and the last, which tell when the work began and ended.
pub fn leave_ends(label: &Label, words: &mut Vec<Word>) {
    let asks_when = label.item(FormKind::Daily) == Some(Item::Time);
    let is_span = |word: &Word| span(&squash(&word.text)).is_some();
    let is_column = words
        .windows(2)
        .all(|pair| pair[0].cell.row < pair[1].cell.row);
    if asks_when
        && label.inline.is_none()
        && words.len() > 2
        && is_column
        && words.iter().all(is_span)
    {
        words.drain(1..words.len() - 1);
    }
}

/// Lets labels over such times ask for nothing, where another label asks when the work was: 時間 over
/// the lessons of a day.
pub fn mark(grid: &Grid, labels: &mut [Label]) {
    let asks_when = |label: &Label| {
        let item = label.item(FormKind::Daily);
        matches!(item, Some(Item::Time | Item::Start | Item::DateTime))
    };
    let (lessons, others): (Vec<usize>, Vec<usize>) = (0..labels.len())
        .filter(|&i| asks_when(&labels[i]))
        .partition(|&i| heads_lessons(grid, &labels[i]));
    if others.is_empty() {
        return;
    }
    for i in lessons {
        labels[i].meanings = vec![(None, Item::Ignored)];
    }
}

/// Whether times follow each other in the rows below a label, two of them at least and no other
/// among them.
fn heads_lessons(grid: &Grid, label: &Label) -> bool {
    const FEWEST: usize = 2;
    let columns = (label.range.first.col, label.range.last.col);
    let mut row = label.range.last.row;
    let spans = std::iter::from_fn(|| {
        row = row.checked_add(1)?;
        let mut here = grid.row_within(row, columns.0, columns.1).iter();
        let block = here.next().map(|&i| grid.block(i))?;
        row = block.range.last.row;
        span(&squash(&block.text))
    });
    let is_asked = label.inline.is_none() && is_first(grid, label);
    let spans: Vec<(u32, u32)> = spans.take_while(|_| is_asked).collect();
    let in_order = spans
        .windows(2)
        .all(|pair| matches!(pair, [one, two] if one.1 <= two.0));
    spans.len() >= FEWEST && in_order
}

/// Whether nothing is written left of a label: beside days, times are theirs.
fn is_first(grid: &Grid, label: &Label) -> bool {
    let first = label.range.first;
    let before = first.col.checked_sub(1);
    let before = before.map_or(&[][..], |col| grid.row_within(first.row, 0, col));
    let is_here = |i: &usize| {
        let block = grid.block(*i);
        block.stored.is_some() && block.range.first.row == first.row
    };
    !before.iter().any(is_here)
}

/// `1限` and `2限`, `午前` and `午後`, `10:00～11:00` and `11:00～12:00`.
fn follows(one: &str, next: &str) -> bool {
    const LONGEST: usize = 6;
    if is_number(one) || is_number(next) {
        return false;
    }
    let (one, next) = (squash(one), squash(next));
    if let Some((one, next)) = span(&one).zip(span(&next)) {
        return one.1 <= next.0;
    }
    if one.chars().count() > LONGEST || next.chars().count() > LONGEST {
        return false;
    }
    let of_day = |(first, second): &(&str, &str)| {
        let rest = one.strip_prefix(first);
        rest.is_some() && rest == next.strip_prefix(second)
    };
    let counted = counted(&one).zip(counted(&next));
    HALVES.iter().any(of_day)
        || counted.is_some_and(|((before, n, behind), (other, m, rest))| {
            before == other && behind == rest && n.checked_add(1) == Some(m)
        })
}

/// Both ends of `10:00～11:00`, in minutes.
fn span(text: &str) -> Option<(u32, u32)> {
    let (from, to) = text.split_once(['~', '-'])?;
    let clock = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        let number = |text: &str| text.parse::<u32>().ok().filter(|number| *number < 60);
        Some(number(hour)? * 60 + number(minute)?)
    };
    let (from, to) = (clock(from)?, clock(to)?);
    (from < to).then_some((from, to))
}

/// The only number of a text, with what stands before and behind it.
fn counted(text: &str) -> Option<(&str, u32, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (before, digits) = text.split_at(text.find(is_digit)?);
    let end = digits.find(|c: char| !is_digit(c)).unwrap_or(digits.len());
    let (digits, behind) = digits.split_at(end);
    let number = digits.parse().ok()?;
    let is_day = behind.starts_with(['日', '月']);
    (!is_day && !behind.contains(is_digit)).then_some((before, number, behind))
}

/// Whether a text is a number as a day of the month may be; ① is none.
fn is_number(text: &str) -> bool {
    text.trim().chars().all(inline::is_digit)
}

#[cfg(test)]
mod tests {
    use crate::recognise::{FormKind, Item, testing};

    /// What a day's form says of the work, under its label in rows with these heads.
    fn works(heads: [&str; 3]) -> Vec<String> {
        let rows: [&[&str]; 8] = [
            &["在宅訓練日誌"],
            &["実施日", "令和7年9月1日"],
            &["訓練時間", "10:00～15:00", "連絡手段", "電話"],
            &["時限", "訓練の予定", "実施した訓練"],
            &[heads[0], "入力", "タイピング練習"],
            &[heads[1], "入力", "シートの記入"],
            &[heads[2], "", "写真の整理"],
            &["心身の状況", "良好"],
        ];
        testing::told(&rows, FormKind::Daily, Item::Work)
    }

    #[test]
    fn all_counted_rows_are_of_the_label_over_them() {
        let all = ["タイピング練習", "シートの記入", "写真の整理"];
        for heads in [
            ["1限", "2限", "3限"],
            ["①", "②", "③"],
            ["第１時限", "第２時限", "第３時限"],
            ["10:00～11:00", "11:00～12:00", "13:00-15:00"],
        ] {
            assert_eq!(works(heads), all, "{heads:?}");
        }
        assert_eq!(works(["午前", "午後", "様子"]), all[..2]);
    }

    #[test]
    fn rows_that_are_not_counted_go_no_further() {
        for heads in [
            ["1限", "3限", "5限"],
            ["1限", "備品", "天候"],
            ["1日", "2日", "3日"],
            ["1", "2", "3"],
            ["13:00～15:00", "10:00～11:00", "9:00"],
        ] {
            assert_eq!(works(heads), ["タイピング練習"], "{heads:?}");
        }
    }

    #[test]
    fn when_the_lessons_were_is_no_time_of_the_work() {
        let rows: [&[&str]; 7] = [
            &["在宅訓練日誌"],
            &["実施日", "令和7年9月1日", "訓練時間", "10:00～15:00"],
            &["時間", "訓練内容", "様子"],
            &["10:00～11:00", "タイピング", "集中できた。"],
            &["11:00～12:00", "表計算", "少し疲れた。"],
            &["支援内容", "10:00 開始の電話。15:00 終了の電話。"],
            &["記録者", "大友"],
        ];
        let told = |item| testing::told(&rows, FormKind::Daily, item);
        assert_eq!(told(Item::Time), ["10:00～15:00"]);
        assert_eq!(told(Item::Work), ["タイピング", "表計算"]);
        assert_eq!(told(Item::Condition), ["集中できた。", "少し疲れた。"]);
        assert_eq!(told(Item::Recorder), ["大友"]);
    }

    #[test]
    fn the_times_of_days_are_theirs() {
        let rows: [&[&str]; 5] = [
            &["在宅支援記録"],
            &["氏名", "森 健太", "開始時間", "9:00"],
            &["日付", "時間", "作業内容", "支援内容", "記録者"],
            &["9/1", "9:00～12:00", "検品", "電話で確認。", "大友"],
            &["9/2", "13:00～16:00", "梱包", "電話で確認。", "大友"],
        ];
        let lines = testing::lines(&rows, &[]);
        assert_eq!(testing::said(&lines[0], Item::Time), ["9:00～12:00"]);
        assert_eq!(testing::said(&lines[1], Item::Time), ["13:00～16:00"]);
    }

    #[test]
    fn when_the_only_time_is_that_of_the_lessons_its_ends_are_the_work_s() {
        let rows: [&[&str]; 7] = [
            &["在宅訓練日誌"],
            &["実施日", "令和7年9月1日", "方法", "電話"],
            &["時間", "訓練内容"],
            &["10:00～11:00", "タイピング"],
            &["11:00～12:00", "表計算"],
            &["13:00～15:00", "面接練習"],
            &["支援内容", "10:00 開始の電話。15:00 終了の電話。"],
        ];
        let told = |item| testing::told(&rows, FormKind::Daily, item);
        assert_eq!(told(Item::Time), ["10:00～11:00", "13:00～15:00"]);
        assert_eq!(told(Item::Work), ["タイピング", "表計算", "面接練習"]);
    }
}
