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

/// `令和` `7` `年` `9` `月分` over several cells, or all in one: the month that a form is for.
pub fn parted(index: usize, block: &Block, grid: &Grid) -> Option<Label> {
    const MOST_PARTS: usize = 12;
    let text = squash(&block.text);
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

/// `在宅訓練　週間記録（2025年9月）`, above all else on the sheet: the month that it is for.
pub fn named(index: usize, block: &Block) -> Option<Label> {
    const LOWEST: u32 = 4;
    const LONGEST: usize = 40;
    let text = squash(&block.text);
    if block.range.first.row > LOWEST || text.chars().count() > LONGEST {
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

/// `令和7年` by itself above all else on the sheet, where one other text there begins with a month
/// and no day: `9月 第1週`.
pub fn beside_year(index: usize, block: &Block, grid: &Grid) -> Option<Label> {
    const LOWEST: u32 = 4;
    let year = squash(&block.text);
    let digits = year.trim_start_matches(is_of_era);
    let digits = digits.strip_suffix('年')?;
    let is_whole = digits.len() == 4 || digits.len() < year.len() - '年'.len_utf8();
    let is_year = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    if block.range.first.row > LOWEST || !is_year || !is_whole {
        return None;
    }
    let month = |text: &str| {
        let text = squash(text);
        let month: String = text.chars().take_while(char::is_ascii_digit).collect();
        let behind = text.strip_prefix(&month)?.strip_prefix('月')?;
        let is_month = (1..=12).contains(&month.parse::<u32>().ok()?);
        // 9月1週目 is no day, 9月1日 is one.
        let rest = behind.trim_start_matches(is_digit);
        let is_day = rest.len() < behind.len() && !rest.starts_with('週');
        (is_month && !is_day).then_some(month)
    };
    let blocks = grid.blocks().iter();
    let near = blocks.filter(|other| other.range.first.row <= LOWEST);
    let mut months = near.filter_map(|other| Some((other, month(&other.text)?)));
    let (other, month) = months.next().filter(|_| months.next().is_none())?;
    let words = vec![word(block), part_of(other, &format!("{month}月"))];
    Some(of_month(index, block.range, words))
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
    use crate::read::Sheet;
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
