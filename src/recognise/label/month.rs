//! The month that a form is for, where it is its own label: 令和7年9月分, in one cell or several.

use crate::model::CellRange;
use crate::recognise::calendar::is_of_era;
use crate::recognise::form::Word;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::Item;
use crate::recognise::label::inline::is_digit;
use crate::recognise::label::{Label, part_of, word};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// The last of the rows that stand above all else on a sheet.
const TOP: u32 = 4;

/// `令和` `7` `年` `9` `月分` over several cells, or all in one: the month that a form is for.
pub fn parted(index: usize, block: &Block, grid: &Grid) -> Option<Label> {
    const MOST_PARTS: usize = 12;
    let text = squash(&block.text);
    if let Some(words) = in_boxes(block, grid) {
        let first = words.first()?.cell;
        return Some(of_month(
            index,
            CellRange::new(first, block.range.last),
            words,
        ));
    }
    let whole = text.contains('年') && text.ends_with('月');
    if text.chars().count() > 14 || !(whole || text.ends_with("月分") || text.ends_with("月度"))
    {
        return None;
    }
    if whole
        && is_date_part(&text)
        && text.starts_with(|c: char| c.is_ascii_digit() || is_of_era(c))
    {
        let words = vec![word(block)];
        return Some(of_month(index, block.range, words));
    }
    if whole {
        return None;
    }
    let at = block.range.first;
    let before = grid.row_within(at.row, 0, at.col).iter().rev();
    // Only what reads as a part of a date belongs to it.
    let mut words: Vec<Word> = before
        .map(|&i| grid.block(i))
        .filter(|other| other.stored.is_some())
        .enumerate()
        // What names a month too is another month.
        .take_while(|(n, other)| {
            is_date_part(&other.text) && (*n == 0 || !other.text.contains('月'))
        })
        .take(MOST_PARTS)
        .map(|(_, other)| word(other))
        .collect();
    words.reverse();
    let first = words.first()?.cell;
    let range = CellRange::new(first, block.range.last);
    Some(of_month(index, range, words))
}

/// `2025` `年` `10` `月` in boxes beside each other that end with `block`, and no day behind them.
fn in_boxes(block: &Block, grid: &Grid) -> Option<Vec<Word>> {
    const MOST_BOXES: usize = 6;
    let own = squash(&block.text);
    if own.trim_start_matches(|c| is_digit(c) || c == '年') != "月" {
        return None;
    }
    let row = block.range.first.row;
    let mut boxes = vec![block];
    let mut before = grid.row_within(row, 0, block.range.first.col).iter().rev();
    while boxes.len() < MOST_BOXES {
        let left = boxes.last().map_or(0, |block| block.range.first.col);
        let mut others = before.by_ref().map(|&i| grid.block(i));
        let next = others.find(|other| other.range.last.col < left);
        let Some(next) = next.filter(|other| {
            other.range.last.col.checked_add(1) == Some(left)
                && other.stored.is_some()
                && is_date_part(&other.text)
        }) else {
            break;
        };
        boxes.push(next);
    }
    boxes.reverse();
    let right = block.range.last.col.checked_add(1)?;
    let mut behind = grid.row_over(row, right, right);
    let has_day = behind.any(|i| squash(&grid.block(i).text).starts_with(is_digit));
    let text: String = boxes.iter().map(|block| squash(&block.text)).collect();
    let (year, month) = text.strip_suffix('月')?.split_once('年')?;
    let is_number = |text: &str| !text.is_empty() && text.chars().all(is_digit);
    let years = year.trim_start_matches(is_of_era);
    let is_year = is_number(years) && (years.len() == 4 || years.len() < year.len());
    let is_month = is_number(month) && matches!(month.parse(), Ok(1..=12u32));
    (boxes.len() > 1 && is_year && is_month && !has_day)
        .then(|| boxes.into_iter().map(word).collect())
}

/// `在宅訓練　週間記録（2025年9月）`, above all else on the sheet: the month that it is for.
pub fn named(index: usize, block: &Block) -> Option<Label> {
    const LONGEST: usize = 40;
    let text = squash(&block.text);
    if block.range.first.row > TOP || text.chars().count() > LONGEST {
        return None;
    }
    let (before, after) = text.split_once('年')?;
    let month: String = after.chars().take_while(|c| c.is_ascii_digit()).collect();
    let behind = after.strip_prefix(&month)?.strip_prefix('月')?;
    // The days of a week stand in brackets behind it; right behind the month it is a day's date.
    let is_of_day = behind.starts_with(|c: char| c.is_ascii_digit())
        || behind
            .split('(')
            .next()
            .is_some_and(|rest| rest.contains('日'));
    let year = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let era = layout_words::words().dates.era_at_end(year);
    let from = year.len() - era.map_or(0, |era| era.len());
    let year = before.get(from..)?;
    let is_whole = era.is_some() || year.len() == 4;
    if year.is_empty() || month.is_empty() || !is_whole || is_of_day || behind.contains('年') {
        return None;
    }
    Some(of_month(
        index,
        block.range,
        vec![part_of(block, &format!("{year}年{month}月"))],
    ))
}

/// `9月 第1週`: the one text at the top of a sheet that begins with a month and no day.
pub struct MonthAlone<'a> {
    block: &'a Block,
    month: String,
}

impl<'a> MonthAlone<'a> {
    /// Finds it, where there is one and no other.
    pub fn of(grid: &'a Grid) -> Option<Self> {
        let top = grid.blocks().iter();
        let top = top.take_while(|block| block.range.first.row <= TOP);
        let mut months = top.filter_map(|block| {
            let month = month_at_head(&block.text)?;
            Some(Self { block, month })
        });
        months.next().filter(|_| months.next().is_none())
    }

    /// `令和7年` by itself above all else on the sheet: its year.
    pub fn beside_year(&self, index: usize, block: &Block) -> Option<Label> {
        let year = squash(&block.text);
        let digits = year.trim_start_matches(is_of_era);
        let digits = digits.strip_suffix('年')?;
        let is_whole = digits.len() == 4 || digits.len() < year.len() - '年'.len_utf8();
        let is_year = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
        if block.range.first.row > TOP || !is_year || !is_whole {
            return None;
        }
        let month = part_of(self.block, &format!("{}月", self.month));
        Some(of_month(index, block.range, vec![word(block), month]))
    }
}

/// The month that a text begins with, unless a day follows.
fn month_at_head(text: &str) -> Option<String> {
    let text = squash(text);
    let month: String = text.chars().take_while(char::is_ascii_digit).collect();
    let behind = text.strip_prefix(&month)?.strip_prefix('月')?;
    let is_month = (1..=12).contains(&month.parse::<u32>().ok()?);
    // 9月1週目 is no day, 9月1日 is one.
    let rest = behind.trim_start_matches(is_digit);
    let is_day = rest.len() < behind.len() && !rest.starts_with('週');
    (is_month && !is_day).then_some(month)
}

/// `達成度評価（令和7年9月分）`: the title of a form, not the label 達成度評価.
pub fn is_title(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = squash(text);
    let names_month = text.contains('年') && text.contains('月') && !text.contains('日');
    names_month && vocabulary.title(&text).is_some()
}

fn of_month(index: usize, range: CellRange, words: Vec<Word>) -> Label {
    Label {
        inline: Some(words),
        ..Label::new(index, range, vec![(None, Item::Month)])
    }
}

fn is_date_part(text: &str) -> bool {
    const LONGEST: usize = 14;
    // More digits than those of a whole date are a number of something else.
    const MOST_DIGITS: usize = 8;
    let text = squash(text);
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    text.chars().count() <= LONGEST
        && runs.all(|digits| digits.len() <= MOST_DIGITS)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || is_of_era(c) || "元年月日分度./-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;
    use crate::read::{Sheet, SheetCell};
    use crate::recognise::label::labels;
    use crate::recognise::testing::labels_of as told;

    #[test]
    fn year_and_month_may_stand_apart() {
        let months = |texts: [&str; 2]| {
            let sheet = Sheet::of_rows(&[&[], &[texts[0], "", "", texts[1]]]);
            let found = labels(&Grid::of(&sheet), Vocabulary::builtin());
            let words = found.iter().flat_map(|label| label.inline.iter().flatten());
            words.map(|word| word.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(months(["9月 第1週", "令和７年"]), ["令和７年", "9月"]);
        assert_eq!(months(["9月1週目", "2025年"]), ["2025年", "9月"]);
        assert!(months(["9月1日", "令和7年"]).is_empty());
        assert!(months(["9月 第1週", "7年"]).is_empty());
    }

    /// Were the sheet searched for its month at each year, this would take minutes.
    #[test]
    fn many_years_at_the_top_are_no_month() {
        const YEARS: u32 = 16_000;
        let mut sheet = Sheet::default();
        for (row, col) in (0..=TOP).flat_map(|row| (0..YEARS).map(move |col| (row, col))) {
            sheet
                .cells
                .insert(Cell::new(row, col), SheetCell::of_text("2025年"));
        }
        let months = |sheet: &Sheet| labels(&Grid::of(sheet), Vocabulary::builtin()).len();
        assert_eq!(months(&sheet), 0);
        sheet
            .cells
            .insert(Cell::new(TOP, 0), SheetCell::of_text("9月 第1週"));
        assert_eq!(months(&sheet), (YEARS * (TOP + 1) - 1) as usize);
        let second = SheetCell::of_text("10月 第1週");
        sheet.cells.insert(Cell::new(TOP, 1), second);
        assert_eq!(months(&sheet), 0);
    }

    #[test]
    fn the_parts_of_a_month_may_have_a_box_each() {
        let months = |texts: &[&str]| {
            let sheet = Sheet::of_rows(&[&["実施一覧表"], texts]);
            let found = labels(&Grid::of(&sheet), Vocabulary::builtin());
            let words = found.iter().flat_map(|label| label.inline.iter().flatten());
            words.map(|word| word.text.clone()).collect::<String>()
        };
        assert_eq!(months(&["2025", "年", "10", "月"]), "2025年10月");
        assert_eq!(months(&["令和", "7", "年", "10", "月"]), "令和7年10月");
        assert_eq!(months(&["2025年", "10", "月"]), "2025年10月");
        assert_eq!(months(&["2025", "年", "10月", "", "港の会"]), "2025年10月");
        for texts in [
            &["2025", "年", "10", "月", "3", "日"][..],
            &["7", "年", "10", "月"],
            &["2025", "年", "13", "月"],
            &["2025", "", "年", "10", "", "月"],
            &["日", "月", "火"],
        ] {
            assert_eq!(months(texts), "", "{texts:?}");
        }
    }

    #[test]
    fn a_heading_names_the_month_of_its_sheet() {
        let month = |text: &str| vec![(Item::Month, text.to_owned())];
        assert_eq!(told("週間のあゆみ（２０２５年９月）"), month("2025年9月"));
        assert_eq!(told("港の会　令和7年10月分　第1週"), month("令和7年10月"));
        assert_eq!(told("日々のあゆみ（令和7年9月）"), month("令和7年9月"));
        assert!(told("達成度評価（令和７年９月分）").is_empty());
        let week = "令和７年９月　第１週（９月１日～９月５日）";
        assert_eq!(told(week), month("令和7年9月"));
        for text in ["2025年9月3日の記録", "5年9月以上の経験", "令和7年度の記録"]
        {
            assert!(told(text).is_empty(), "{text}");
        }
    }
}
