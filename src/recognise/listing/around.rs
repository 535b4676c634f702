//! What is written around the days of one user: the name, the counts, the days of evaluations,
//! and lists of days such as `在宅利用日 2日、4日`.

use std::collections::{BTreeMap, BTreeSet};

use super::month::head;
use super::words;
use crate::model::{Cell, CellRange};
use crate::recognise::calendar::is_weekday;
use crate::recognise::form::{DayLine, DayWord, Entry, Word};
use crate::recognise::grid::{Block, Grid};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{part_of, word};
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// What was found around a month.
#[derive(Debug, Default)]
pub struct Around {
    /// By item.
    pub entries: BTreeMap<Item, Vec<Entry>>,
    /// Days that are listed by their numbers.
    pub days: Vec<DayWord>,
    /// The cells that were used.
    pub cells: Vec<CellRange>,
}

/// Reads the zones, the nearest first.
pub fn around(grid: &Grid, vocabulary: &Vocabulary, zones: &[CellRange]) -> Around {
    let mut found = Around::default();
    for zone in zones {
        let mut blocks: Vec<usize> = grid.within(*zone).collect();
        blocks.sort_unstable();
        blocks.dedup();
        let is_of_another = |&i: &usize| asks_for_another(vocabulary, &grid.block(i).text);
        if blocks.iter().any(is_of_another) {
            continue;
        }
        for i in blocks {
            let block = grid.block(i);
            if block.stored.is_some() {
                found.read(grid, vocabulary, block);
            }
        }
    }
    found
}

/// Whether a label asks for what only other forms have: 面談時間 beside 面談日.
fn asks_for_another(vocabulary: &Vocabulary, text: &str) -> bool {
    let meanings = vocabulary.meanings(text).into_iter().flatten();
    let kinds: BTreeSet<Option<FormKind>> = meanings
        .filter(|(_, item)| *item != Item::Ignored)
        .map(|(kind, _)| *kind)
        .collect();
    let is_shared = kinds.contains(&None) || kinds.contains(&Some(FormKind::Listing));
    kinds.contains(&Some(FormKind::Monthly))
        && !is_shared
        && words::asked(vocabulary, text).is_none()
}

impl Around {
    fn read(&mut self, grid: &Grid, vocabulary: &Vocabulary, block: &Block) {
        const LONGEST: usize = 120;
        if block.text.len() > LONGEST * 4 {
            return;
        }
        for segment in segments(&block.text) {
            let pair = segment.split_once(['：', ':']).or_else(|| {
                let (label, value) = segment.split_once(char::is_whitespace)?;
                Some((label, value.trim_start()))
            });
            if let Some((label, value)) = pair
                && !value.trim().is_empty()
                && asks(vocabulary, label)
            {
                self.put(
                    vocabulary,
                    label,
                    vec![part_of(block, value.trim())],
                    block.range,
                );
                continue;
            }
            if asks(vocabulary, segment) {
                let beside = beside(grid, block).filter(|next| !asks(vocabulary, &next.text));
                if let Some(next) = beside {
                    self.put(vocabulary, segment, vec![word(next)], block.range);
                }
                continue;
            }
            if let Some(name) = words::honoured(segment) {
                let name = name.rsplit(['：', ':', '（', '(']).next().unwrap_or(name);
                self.name("", part_of(block, name.trim()), block.range);
            }
        }
    }

    fn put(&mut self, vocabulary: &Vocabulary, label: &str, words: Vec<Word>, range: CellRange) {
        let text: String = words.iter().map(|word| word.text.as_str()).collect();
        let line = words::about(label);
        let item = words::asked(vocabulary, label);
        let listed = day_list(&text).filter(|_| squash(label).contains('日'));
        // 在宅訓練 may begin a title.
        let counts = text.contains(char::is_numeric);
        let item = item.filter(|item| *item != Item::HomeDays || counts);
        match (item, line, listed) {
            (Some(Item::Name), ..) => {
                if let Some(word) = words.into_iter().next() {
                    self.name(label, word, range);
                }
            }
            (Some(Item::Days | Item::Ignored), Some(line), Some(days)) if is_support(line) => {
                if let Some(word) = words.first() {
                    self.days.extend(as_days(&days, word, line));
                    self.cells.push(range);
                }
            }
            (
                Some(
                    item @ (Item::CertificateNumber
                    | Item::HomeDays
                    | Item::WeeklyDate
                    | Item::MonthlyDate),
                ),
                ..,
            ) => self.entry(item, label, words, range),
            _ => {}
        }
    }

    fn name(&mut self, label: &str, word: Word, range: CellRange) {
        let name = words::honoured(&word.text).unwrap_or(&word.text);
        let is_name = (2..=16).contains(&squash(name).chars().count())
            && !name.contains(|c: char| c.is_numeric());
        if is_name && !self.entries.contains_key(&Item::Name) {
            let text = name.to_owned();
            let word = Word { text, ..word };
            self.entry(Item::Name, label, vec![word], range);
        }
    }

    fn entry(&mut self, item: Item, label: &str, words: Vec<Word>, range: CellRange) {
        // The nearest counts; further ones are of other users.
        if self.entries.contains_key(&item) {
            return;
        }
        self.cells.push(range);
        let home = words.first().map_or(range.first, |word| word.cell);
        let entry = Entry::new(label.to_owned(), home, words);
        self.entries.insert(item, vec![entry]);
    }
}

/// Whether a list under the heading tells of support itself.
pub fn is_support(line: DayLine) -> bool {
    matches!(
        line,
        DayLine::Home | DayLine::Attendance | DayLine::Visit | DayLine::Elsewhere
    )
}

/// Each listed day with the part of the word that names it.
pub fn as_days(days: &[(u32, String)], word: &Word, line: DayLine) -> Vec<DayWord> {
    let of_day = |(day, text): &(u32, String)| DayWord {
        day: *day,
        word: Word {
            text: text.clone(),
            stored: None,
            ..word.clone()
        },
        line: Some(line),
    };
    days.iter().map(of_day).collect()
}

/// The days that a text lists, and how each is written: `2日、4日`, `9/2・9/4(木)`.
/// `None` where it says anything else.
pub fn day_list(text: &str) -> Option<Vec<(u32, String)>> {
    const MOST: usize = 31;
    let mut parts = text.split(|c: char| c.is_whitespace() || "、,，・･．;；/／".contains(c));
    // 9/2 is one day: a slash parts days only where no month stands before it.
    let mut dated = text.split(|c: char| c.is_whitespace() || "、,，・･;；".contains(c));
    let read = |parts: &mut dyn Iterator<Item = &str>| -> Option<Vec<(u32, String)>> {
        let mut days: Vec<(u32, String)> = Vec::new();
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            let said = squash(part);
            let said = said.trim_matches(['(', ')']);
            if is_weekday(said) && !days.is_empty() && said != "日" {
                continue;
            }
            let (day, rest) = head(part)?;
            let counts_up = days.last().is_none_or(|(before, _)| *before < day);
            if !rest.is_empty() || !counts_up || days.len() == MOST {
                return None;
            }
            days.push((day, part.to_owned()));
        }
        (!days.is_empty()).then_some(days)
    };
    read(&mut dated).or_else(|| read(&mut parts))
}

fn asks(vocabulary: &Vocabulary, label: &str) -> bool {
    const LONGEST: usize = 16;
    squash(label).chars().count() <= LONGEST && words::asked(vocabulary, label).is_some()
}

/// Parts of a cell's text that say something each: lines, and what wide gaps divide.
fn segments(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim();
        while let Some((at, end)) = gap(rest) {
            let (before, after) = (rest.get(..at), rest.get(end..));
            found.extend(before.filter(|part| !part.trim().is_empty()));
            rest = after.unwrap_or_default();
        }
        found.extend(Some(rest).filter(|part| !part.trim().is_empty()));
    }
    found
}

/// Two or more white spaces in a row: from which byte to which.
fn gap(text: &str) -> Option<(usize, usize)> {
    let mut from: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), &mut from) {
            (true, Some((_, count))) => *count += 1,
            (true, None) => from = Some((at, 1)),
            (false, Some((start, count))) if *count >= 2 => return Some((*start, at)),
            (false, _) => from = None,
        }
    }
    None
}

/// The next written block right of another one, a few columns away at most.
fn beside<'a>(grid: &'a Grid, block: &Block) -> Option<&'a Block> {
    const FAR: u32 = 3;
    let (row, col) = (block.range.first.row, block.range.last.col.checked_add(1)?);
    let within = grid.row_within(row, col, col.saturating_add(FAR)).iter();
    let mut within = within.map(|&i| grid.block(i));
    within.find(|next| next.stored.is_some())
}

/// Rows above and below a month that may tell of its user, in its columns.
pub fn zones(range: CellRange, columns: (u32, u32), rows: (u32, u32)) -> Vec<CellRange> {
    let mut zones = Vec::new();
    let above = (rows.0..range.first.row).rev();
    let below = range.last.row.saturating_add(1)..=rows.1;
    for row in above.chain(below) {
        let first = Cell::new(row, columns.0);
        zones.push(CellRange::new(first, Cell::new(row, columns.1)));
    }
    zones
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_days_are_read_and_nothing_else() {
        let days = |text| {
            let days = day_list(text)?;
            Some(days.into_iter().map(|(day, _)| day).collect::<Vec<_>>())
        };
        for text in [
            "2日、4日、11日",
            "２、４、１１",
            "2・4・11",
            "9/2\n9/4\n9/11",
            "2日(火) 4日(木) 11日(木)",
            "9月2日、4日、11日",
        ] {
            assert_eq!(days(text), Some(vec![2, 4, 11]), "{text}");
        }
        for other in ["", "火・木", "月～金", "10日間", "4、2", "2日まで", "なし"] {
            assert_eq!(days(other), None, "{other}");
        }
    }

    #[test]
    fn wide_gaps_divide_a_text() {
        assert_eq!(
            segments("10月　利用カレンダー　　原　拓海 様\n計 3日"),
            ["10月　利用カレンダー", "原　拓海 様", "計 3日"]
        );
    }
}
