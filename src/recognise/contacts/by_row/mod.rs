//! Contacts that are a row each in the record of a day. Either a column says which of them a row
//! is, 作業開始, 途中連絡, 作業終了; or nothing but their times tells them apart.
//!
//! What they are called and what their times mean is not asked here.

mod named;
mod timed;

use std::ops::RangeInclusive;

use self::named::Names;
use crate::model::CellRange;
use crate::recognise::form::Word;
use crate::recognise::grid::Grid;
use crate::recognise::table::header::Header;
use crate::recognise::table::lines::Line;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// How the rows of the records under a header are told to be contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByRow {
    /// By the column that says which contact a row is.
    Named(Names),
    /// By their times, where a record has several.
    Timed,
}

impl ByRow {
    /// Finds the column under `header` whose cells tell contacts apart.
    pub fn under(grid: &Grid, vocabulary: &Vocabulary, header: &Header) -> Self {
        named::column(grid, vocabulary, header).map_or(Self::Timed, Self::Named)
    }

    /// Whether a column says which contact a row is. Then the rows of one day need not stand
    /// together.
    pub fn is_named(self) -> bool {
        matches!(self, Self::Named(_))
    }

    /// Whether a text in these cells says which contact its row is.
    pub fn names(self, cells: CellRange, text: &str) -> bool {
        let Self::Named(Names { span, .. }) = self else {
            return false;
        };
        let is_within = span.0 <= cells.first.col && cells.last.col <= span.1;
        is_within && layout_words::words().contacts.is_moment(text)
    }

    /// Divides what stands under 時刻 and 支援内容 among the contacts of the record in `rows`, the
    /// first and the last. Where nothing else tells when the work was, they do.
    pub fn divide(
        self,
        grid: &Grid,
        vocabulary: &Vocabulary,
        header: &Header,
        line: &mut Line,
        rows: (u32, u32),
    ) {
        match self {
            Self::Named(names) => named::divide(grid, vocabulary, names, line, rows),
            Self::Timed => timed::divide(header, line),
        }
    }

    /// The records of these lines: where rows are named, all lines of one user and day are one.
    pub fn records(self, lines: Vec<Line>) -> Vec<Line> {
        match self {
            Self::Named(_) => named::joined(lines),
            Self::Timed => lines,
        }
    }
}

/// The rows of each of those that begin in `starts`, down to where the next one begins.
fn stretches(starts: &[u32], last: u32) -> Vec<RangeInclusive<u32>> {
    let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1));
    let ends = ends.chain([last]);
    let stretches = starts.iter().zip(ends);
    stretches
        .map(|(first, end)| *first..=end.max(*first))
        .collect()
}

/// Those of the words that stand in these rows.
fn within(words: &[Word], rows: &RangeInclusive<u32>) -> Vec<Word> {
    let own = words.iter().filter(|word| rows.contains(&word.cell.row));
    own.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_contact_reaches_down_to_the_next() {
        assert_eq!(stretches(&[3, 4, 7], 9), [3..=3, 4..=6, 7..=9]);
        assert_eq!(stretches(&[3, 3], 3), [3..=3, 3..=3]);
        assert!(stretches(&[], 9).is_empty());
    }
}
