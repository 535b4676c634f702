//! The labels of a sheet: where a known wording stands.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::by_person;
use super::contact_heads;
use super::form::Word;
use super::grid::{Block, Grid};
use super::item::{FormKind, Item};
use super::office_line;
use super::phase_boxes;
use super::spaced;
use super::vocabulary::{Meanings, Vocabulary};
use super::weekday_boxes;
use crate::model::CellRange;
use crate::text::squash;

/// One place where a known wording stands.
#[derive(Debug, Clone)]
pub struct Label {
    /// The block that holds it.
    pub block: usize,
    /// Its cells.
    pub range: CellRange,
    /// What it may mean.
    pub meanings: Meanings,
    /// The kind of form that it opens, if it is a heading.
    pub heading: Option<FormKind>,
    /// The value, where it stands in the label's own cell (`氏名：山田`) or is the label itself (`令和7年9月分`).
    pub inline: Option<Vec<Word>>,
    /// Whether no list has the wording, and only a word in it or its place tells what it means.
    pub guessed: bool,
}

impl Label {
    /// Whether it may stand beside a box, not only over a column.
    pub fn may_stand_alone(&self) -> bool {
        let alone = |kind: &Option<FormKind>| !kind.is_some_and(FormKind::is_always_a_table);
        self.heading.is_some() || self.meanings.iter().any(|(kind, _)| alone(kind))
    }

    /// The item that it means in a form of `kind`.
    pub fn item(&self, kind: FormKind) -> Option<Item> {
        let of = |wanted: Option<FormKind>| {
            self.meanings
                .iter()
                .find(|(k, _)| *k == wanted)
                .map(|(_, item)| *item)
        };
        of(Some(kind)).or_else(|| of(None))
    }
}

/// The blocks that hold labels, as tables ask for them.
pub struct LabelBlocks {
    /// Labels with a cell of their own.
    pub all: BTreeSet<usize>,
    /// Those of them that ask for nothing, such as 曜日.
    pub idle: BTreeSet<usize>,
    /// Cells that hold a label and its value: the month or the user, no column of a table.
    pub above: BTreeSet<usize>,
}

impl LabelBlocks {
    /// Sorts the labels of a sheet.
    pub fn of(labels: &[Label]) -> Self {
        let is_idle = |l: &Label| l.meanings.iter().all(|(_, item)| *item == Item::Ignored);
        let chosen = |wanted: &dyn Fn(&Label) -> bool| {
            let chosen = labels.iter().filter(|label| wanted(label));
            chosen.map(|label| label.block).collect()
        };
        Self {
            all: chosen(&|l| l.inline.is_none()),
            idle: chosen(&|l| l.inline.is_none() && is_idle(l)),
            above: chosen(&|l| l.inline.is_some()),
        }
    }
}

/// Finds all labels, in reading order.
pub fn labels(grid: &Grid, vocabulary: &Vocabulary) -> Vec<Label> {
    let mut found = Vec::new();
    for (index, block) in grid.blocks().iter().enumerate() {
        if block.stored.is_none() {
            continue;
        }
        let of_office = office_line::labels(index, block, vocabulary);
        if !of_office.is_empty() {
            found.extend(of_office);
            continue;
        }
        let inline = inline_labels(index, block, vocabulary);
        if inline
            .iter()
            .any(|label| label.inline.as_ref().is_some_and(|words| !words.is_empty()))
        {
            found.extend(inline);
            continue;
        }
        if is_title_of_month(&block.text, vocabulary) || closes_a_bracket(&block.text) {
            continue;
        }
        let heading = vocabulary.heading(&block.text);
        let meanings = vocabulary
            .meanings(&block.text)
            .cloned()
            .unwrap_or_default();
        if heading.is_some() || !meanings.is_empty() {
            found.push(Label {
                block: index,
                range: block.range,
                meanings,
                heading,
                inline: None,
                guessed: false,
            });
        } else {
            found.extend(inline);
            found.extend(bracketed_label(index, block, vocabulary));
            found.extend(spaced::labels(index, block, vocabulary));
            let month = month_label(index, block, grid)
                .or_else(|| month_named(index, block))
                .or_else(|| month_beside_year(index, block, grid));
            found.extend(month);
        }
    }
    let taken: HashSet<usize> = found.iter().map(|label| label.block).collect();
    let written = by_person::labels(grid, vocabulary, |i| taken.contains(&i));
    let places = weekday_boxes::labels(grid);
    let of_place = |label: &Label| places.iter().any(|place| place.block == label.block);
    found.retain(|label| !of_place(label));
    let heads = weekday_boxes::heads(grid, &places);
    for label in found
        .iter_mut()
        .filter(|label| heads.contains(&label.block))
    {
        label.meanings = vec![(None, Item::Ignored)];
    }
    let mut guessed = guessed(grid, &found, vocabulary);
    guessed.extend(contact_heads::guessed(grid, &found));
    guessed.retain(|label| !of_place(label));
    guessed.retain(|label| !written.iter().any(|other| other.block == label.block));
    if !(guessed.is_empty() && places.is_empty() && written.is_empty()) {
        found.extend(guessed);
        found.extend(written);
        found.extend(places);
        found.sort_by_key(|label| (label.range.first, label.block));
    }
    phase_boxes::mark(grid, vocabulary, &mut found);
    found
}

/// Cells in a column of labels, with something on their right, that are labels by a word in them.
fn guessed(grid: &Grid, known: &[Label], vocabulary: &Vocabulary) -> Vec<Label> {
    const NEAR: u32 = 12;
    const FEWEST: usize = 3;
    let taken: HashSet<usize> = known.iter().map(|l| l.block).collect();
    let mut columns: BTreeMap<u32, Vec<&Label>> = BTreeMap::new();
    for label in known
        .iter()
        .filter(|l| l.inline.is_none() && !l.meanings.is_empty())
    {
        columns
            .entry(label.range.first.col)
            .or_default()
            .push(label);
    }
    let mut found = Vec::new();
    for (index, block) in grid.blocks().iter().enumerate() {
        let at = block.range.first;
        if block.stored.is_none()
            || taken.contains(&index)
            || vocabulary.title(&block.text).is_some()
        {
            continue;
        }
        let Some(column) = columns.get(&at.col) else {
            continue;
        };
        let from = column.partition_point(|l| l.range.first.row + NEAR < at.row);
        let near = column[from..]
            .iter()
            .take_while(|l| l.range.first.row <= at.row + NEAR)
            .filter(|l| l.range.last.col == block.range.last.col);
        // In a column of labels over days side by side, the first day may be without a value.
        let right = block.range.last.col + 1;
        let mut beside = grid.row_within(at.row, right, u32::MAX).iter();
        let is_beside = beside.next().is_some_and(|i| !taken.contains(i));
        if is_beside && near.count() >= FEWEST {
            let meanings = vocabulary.guesses(&block.text);
            if !meanings.is_empty() {
                found.push(Label {
                    block: index,
                    range: block.range,
                    meanings,
                    heading: None,
                    inline: None,
                    guessed: true,
                });
            }
        }
    }
    found
}

/// `事業所名：あおぞら　　事業所番号：4010100001`: labels with their values in one cell.
pub fn inline_labels(index: usize, block: &Block, vocabulary: &Vocabulary) -> Vec<Label> {
    const LONGEST_LABEL: usize = 24;
    // A text with more of them is prose.
    const MOST_LABELS: usize = 32;
    if !block.text.contains(['：', ':']) {
        return Vec::new();
    }
    // Places where `label：` begins: after the start, a line break or white space.
    let text = &block.text;
    let mut starts: Vec<(usize, usize, Meanings)> = Vec::new();
    for (colon, mark) in text.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
        let before = &text[..colon];
        if before.ends_with(is_digit) && text[colon + mark.len_utf8()..].starts_with(is_digit) {
            // 14:30 is a time.
            continue;
        }
        let from = starts.last().map_or(0, |(_, value, _)| *value);
        // No further back than a label is long: a text may hold any number of colons.
        let mut back = before[from..].char_indices().rev();
        let near = back.nth(LONGEST_LABEL).map_or(from, |(i, _)| from + i);
        let candidates = before[near..]
            .char_indices()
            .filter(|(_, c)| {
                c.is_whitespace() || matches!(c, '(' | '（' | '【' | '、' | '】' | '）')
            })
            .map(|(i, c)| near + i + c.len_utf8())
            .chain([near]);
        let found = candidates
            .filter(|&i| before[i..].chars().count() <= LONGEST_LABEL)
            // 支援内容（上段：開始時） is one label with its advice.
            .filter(|&i| !is_open(&before[i..]))
            .filter_map(|i| {
                vocabulary
                    .meanings_inside(&before[i..])
                    .map(|meanings| (i, meanings.clone()))
            })
            .min_by_key(|(i, _)| *i)
            .filter(|(_, meanings)| !is_place_of_days(meanings, &text[colon + mark.len_utf8()..]));
        if let Some((start, meanings)) = found {
            if starts.len() == MOST_LABELS {
                return Vec::new();
            }
            starts.push((start, colon + mark.len_utf8(), meanings));
        }
    }
    // 在宅：月・水 tells no number of days.
    let is_count = |(_, item): &(Option<FormKind>, Item)| *item == Item::HomeDays;
    let is_counted = text.contains(is_digit);
    starts.retain(|(_, _, meanings)| is_counted || !meanings.iter().all(is_count));
    let ends: Vec<usize> = starts
        .iter()
        .skip(1)
        .map(|(start, ..)| *start)
        .chain([text.len()])
        .collect();
    let pairs = starts
        .into_iter()
        .zip(ends)
        .map(|((_, value, meanings), end)| {
            // ほしぞら（事業所番号：… opens a bracket for what follows.
            let value = text[value..end].trim().trim_end_matches(['（', '(', '【']);
            let value = unclosed(value.trim()).trim();
            let words = if value.is_empty() {
                Vec::new()
            } else {
                vec![part_of(block, value)]
            };
            // `氏名：` with the value in the next cell is an ordinary label.
            let inline = (!words.is_empty() || end < text.len()).then_some(words);
            Label {
                block: index,
                range: block.range,
                meanings,
                heading: None,
                inline,
                guessed: false,
            }
        });
    // 記録：本日は… is prose, 記録：野口 names who wrote it.
    let is_meant = |label: &Label| {
        let mut meanings = label.meanings.iter();
        let asks_who = meanings.all(|(_, item)| *item == Item::Recorder);
        let mut words = label.inline.iter().flatten();
        !asks_who || words.all(|word| spaced::is_person(&word.text))
    };
    pairs.filter(is_meant).collect()
}

/// `達成度評価（令和7年9月分）`: the title of a form, not the label 達成度評価.
fn is_title_of_month(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = squash(text);
    let names_month = text.contains('年') && text.contains('月') && !text.contains('日');
    names_month && vocabulary.title(&text).is_some()
}

/// `【訓練目標】` with its value behind it in the same cell.
fn bracketed_label(index: usize, block: &Block, vocabulary: &Vocabulary) -> Option<Label> {
    const BRACKETS: [(char, char); 4] = [('【', '】'), ('［', '］'), ('〔', '〕'), ('＜', '＞')];
    const LONGEST: usize = 40;
    let text = block.text.trim();
    let (open, close) = BRACKETS.iter().find(|(open, _)| text.starts_with(*open))?;
    let (label, value) = text.strip_prefix(*open)?.split_once(*close)?;
    let value = value.trim();
    let meanings = vocabulary.meanings(label)?.clone();
    let is_label = label.chars().count() <= LONGEST && !meanings.is_empty();
    // What only advises how to fill in the box is no value: 【支援内容】（１日２回以上）.
    let is_advice = value.starts_with(['（', '(']) && value.ends_with(['）', ')']);
    (is_label && !value.is_empty() && !is_advice).then(|| Label {
        block: index,
        range: block.range,
        meanings,
        heading: None,
        inline: Some(vec![part_of(block, value)]),
        guessed: false,
    })
}

/// `在宅：月・水　通所：金` is a value as a whole: 在宅 counts no days where weekdays follow.
fn is_place_of_days(meanings: &Meanings, value: &str) -> bool {
    let first = value.trim_start().chars().next();
    meanings.iter().all(|(_, item)| {
        matches!(
            item,
            Item::HomeDays | Item::HomeWeekdays | Item::CommuteWeekdays
        )
    }) && first.is_some_and(|c| "月火水木金土日毎平".contains(c))
        && value.contains(['：', ':'])
}

/// Whether a bracket is opened and not closed.
fn is_open(text: &str) -> bool {
    let count = |signs: [char; 3]| text.chars().filter(|c| signs.contains(c)).count();
    count(['(', '（', '【']) > count([')', '）', '】'])
}

/// Whether a bracket ends here that began in another cell: `曜日）` is the end of a value.
fn closes_a_bracket(text: &str) -> bool {
    let text = squash(text);
    let count = |bracket: char| text.matches(bracket).count();
    count(')') > count('(')
}

/// Without the bracket at its end that was opened before the label: `（氏名：山田）`.
fn unclosed(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '【' => depth += 1,
            ')' | '）' | '】' if depth == 0 && at + c.len_utf8() == text.len() => {
                return &text[..at];
            }
            ')' | '）' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text
}

/// `令和` `7` `年` `9` `月分` over several cells, or all in one: the month that a form is for.
fn month_label(index: usize, block: &Block, grid: &Grid) -> Option<Label> {
    const MOST_PARTS: usize = 12;
    let text = squash(&block.text);
    let whole = text.contains('年') && text.ends_with('月');
    if text.chars().count() > 14 || !(whole || text.ends_with("月分") || text.ends_with("月度"))
    {
        return None;
    }
    if whole
        && is_date_part(&text)
        && text.starts_with(|c: char| c.is_ascii_digit() || "令平RrHh".contains(c))
    {
        let words = vec![word(block)];
        return Some(Label {
            block: index,
            range: block.range,
            meanings: vec![(None, Item::Month)],
            heading: None,
            inline: Some(words),
            guessed: false,
        });
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
    Some(Label {
        block: index,
        range,
        meanings: vec![(None, Item::Month)],
        heading: None,
        inline: Some(words),
        guessed: false,
    })
}

/// `在宅訓練　週間記録（2025年9月）`, above all else on the sheet: the month that it is for.
fn month_named(index: usize, block: &Block) -> Option<Label> {
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
    let era = ["令和", "平成", "R", "H"]
        .iter()
        .find(|era| year.ends_with(**era));
    let from = year.len() - era.map_or(0, |era| era.len());
    let year = before.get(from..)?;
    let is_whole = era.is_some() || year.len() == 4;
    if year.is_empty() || month.is_empty() || !is_whole || is_of_day || behind.contains('年') {
        return None;
    }
    Some(Label {
        block: index,
        range: block.range,
        meanings: vec![(None, Item::Month)],
        heading: None,
        inline: Some(vec![part_of(block, &format!("{year}年{month}月"))]),
        guessed: false,
    })
}

/// `令和7年` by itself above all else on the sheet, where one other text there begins with a month
/// and no day: `9月 第1週`.
fn month_beside_year(index: usize, block: &Block, grid: &Grid) -> Option<Label> {
    const LOWEST: u32 = 4;
    let year = squash(&block.text);
    let digits = year.trim_start_matches(|c: char| "令和平成RrHh".contains(c));
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
    Some(Label {
        block: index,
        range: block.range,
        meanings: vec![(None, Item::Month)],
        heading: None,
        guessed: false,
        inline: Some(words),
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
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
            .all(|c| c.is_ascii_digit() || "令和平成元年月日分度RrHh./-".contains(c))
}

/// The word that a block is.
pub fn word(block: &Block) -> Word {
    Word {
        cell: block.range.first,
        text: block.text.clone(),
        stored: block.stored.clone(),
        tick: block.tick,
        struck: block.struck,
        hidden: block.hidden,
        stacked: block.stacked,
        drawn: false,
        written: None,
    }
}

/// A part of the word that a block is.
pub fn part_of(block: &Block, text: &str) -> Word {
    Word {
        cell: block.range.first,
        text: text.to_owned(),
        stored: None,
        tick: block.tick,
        struck: block.struck,
        hidden: block.hidden,
        stacked: block.stacked,
        drawn: false,
        written: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;
    use crate::read::{Sheet, SheetCell, Stored};

    /// The labels with their values of a sheet with one text.
    fn told(text: &str) -> Vec<(Item, String)> {
        let content = SheetCell {
            stored: Stored::Text(text.to_owned()),
            shown: text.to_owned(),
            struck: false,
        };
        let sheet = Sheet {
            cells: [(Cell::new(0, 0), content)].into(),
            ..Sheet::default()
        };
        let found = labels(&Grid::of(&sheet), Vocabulary::builtin());
        let value = |label: &Label| {
            let words = label.inline.iter().flatten();
            words.map(|word| word.text.as_str()).collect::<String>()
        };
        let told = found
            .iter()
            .map(|label| (label.meanings[0].1, value(label)));
        told.collect()
    }

    #[test]
    fn a_bracket_that_the_value_opened_is_its_own() {
        assert_eq!(
            told("作業内容：名簿の入力（34件）"),
            [(Item::Work, "名簿の入力（34件）".to_owned())]
        );
        assert_eq!(
            told("（氏名：山田　花子）"),
            [(Item::Name, "山田　花子".to_owned())]
        );
    }

    #[test]
    fn a_colon_within_the_advice_of_a_label_parts_no_value() {
        for text in [
            "支援内容\n（上段：開始時　下段：終了時）",
            "実施日（例：9月5日）",
        ] {
            assert!(
                told(text).iter().all(|(_, value)| value.is_empty()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_heading_with_words_behind_it_is_a_label() {
        assert_eq!(
            told("評価：ミスが減った。"),
            [(Item::Content, "ミスが減った。".to_owned())]
        );
        assert_eq!(told("記録：野口")[0].1, "野口");
        assert!(told("記録：10時に電話をした。").is_empty());
    }

    #[test]
    fn the_end_of_a_bracket_is_no_label() {
        assert!(told("曜日）").is_empty());
        assert_eq!(told("（曜日）").len(), 1);
        assert_eq!(told("確認者（管理者").len(), 1);
    }

    #[test]
    fn a_label_in_brackets_may_have_its_value_behind_it() {
        assert_eq!(
            told("【訓練目標】\n毎日続ける。"),
            [(Item::Goal, "毎日続ける。".to_owned())]
        );
        for text in [
            "【支援内容】（１日２回以上）",
            "【訓練目標】",
            "【お知らせ】休みます",
        ] {
            assert!(
                told(text).iter().all(|(_, value)| value.is_empty()),
                "{text}"
            );
        }
        assert!(told("達成度評価（令和７年９月分）").is_empty());
        assert_eq!(told("記録者　野口"), [(Item::Recorder, "野口".to_owned())]);
        assert!(told("記録者　10:00に電話").is_empty());
        assert_eq!(told("方法　電話"), [(Item::Method, "電話".to_owned())]);
        assert!(told("方法　10:00に電話").is_empty());
    }

    #[test]
    fn year_and_month_may_stand_apart() {
        let months = |texts: [&str; 2]| {
            let cells = (0..).zip(texts).map(|(col, text)| {
                let content = SheetCell {
                    stored: Stored::Text(text.to_owned()),
                    shown: text.to_owned(),
                    struck: false,
                };
                (Cell::new(1, col * 3), content)
            });
            let sheet = Sheet {
                cells: cells.collect(),
                ..Sheet::default()
            };
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
        let week = "令和７年９月　第１週（９月１日～９月５日）";
        assert_eq!(told(week), month("令和7年9月"));
        for text in ["2025年9月3日の記録", "5年9月以上の経験", "令和7年度の記録"]
        {
            assert!(told(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn weekdays_behind_a_place_are_no_count_of_days() {
        assert_eq!(told("在宅：8日"), [(Item::HomeDays, "8日".to_owned())]);
        assert!(told("在宅：月・水　通所：金").is_empty());
    }
}
