//! Whether what stands in a mapped cell can be what the mapping says it is.

use std::collections::BTreeSet;

use crate::model::Cell;
use crate::recognise::{Entry, Explained, Item, Role, Slip, Vocabulary};
use crate::text::squash;

/// The cells of a sheet that hold the printed name of an item.
#[derive(Debug, Default)]
pub struct Printed(BTreeSet<Cell>);

impl Printed {
    /// Of what recognition knows of the sheet's cells.
    pub fn of(explained: &[Explained]) -> Self {
        let labels = explained.iter().filter(|known| known.role == Role::Label);
        Self(labels.map(|known| known.range.first).collect())
    }

    /// What speaks against the boxes being those of the item, with the cell.
    pub fn slip(
        &self,
        item: Item,
        entries: &[Entry],
        vocabulary: &Vocabulary,
    ) -> Option<(Slip, Cell)> {
        let words = || entries.iter().flat_map(|entry| &entry.words);
        // 電話 and 在宅 are labels and answers; a contact may be headed in its own box.
        let may_be_label = item.offers_choices() || matches!(item, Item::Contact | Item::Ignored);
        let is_label = |text: &str, cell: Cell| {
            !may_be_label && self.0.contains(&cell) && vocabulary.is_whole_label(text)
        };
        let mut all = words().filter(|word| word.tick.is_none()).peekable();
        let first = all.peek()?.cell;
        if all.all(|word| is_label(&word.text, word.cell)) {
            return Some((Slip::Label, first));
        }
        let text: String = words().map(|word| squash(&word.text)).collect();
        (!can_be(item, &text)).then_some((Slip::Unlikely, first))
    }
}

/// Whether a text, without white space, may be a value of the item at all.
fn can_be(item: Item, text: &str) -> bool {
    const WORD: usize = 8;
    const LINE: usize = 60;
    const NAME: usize = 30;
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    // 102P is no name; 津田 9/5 is one with a day.
    if item.is_signed() && item != Item::Signature && has_digit && text.is_ascii() {
        return false;
    }
    let is_prose = |longest: usize| text.contains('。') || text.chars().count() > longest;
    if item.is_signed() || matches!(item, Item::Name | Item::OfficeName) {
        return !is_prose(NAME);
    }
    if !is_figure(item) {
        return true;
    }
    let has_figure =
        text.contains(|c: char| c.is_ascii_digit() || "〇一二三四五六七八九十元".contains(c));
    // 令和　年　月　日（　）, printed and not yet filled in.
    let is_open = text
        .chars()
        .all(|c| "令和年月火水木金土日祝曜時分自至から~-():./・".contains(c));
    // なし, 初回, 別紙のとおり stand where there is no date; a record has one of its own.
    let is_ditto = matches!(text, "〃" | "々" | "同上" | "なし");
    let is_answer = is_ditto || !is_own(item) && text.chars().count() < WORD;
    is_open || !is_prose(LINE) && (has_figure || is_answer)
}

/// Items that say which record it is.
fn is_own(item: Item) -> bool {
    matches!(
        item,
        Item::Date | Item::DateTime | Item::Month | Item::CertificateNumber | Item::OfficeNumber
    )
}

/// Items that are dates, times or numbers.
fn is_figure(item: Item) -> bool {
    matches!(
        item,
        Item::CertificateNumber
            | Item::OfficeNumber
            | Item::Month
            | Item::Date
            | Item::DateTime
            | Item::Time
            | Item::Start
            | Item::End
            | Item::PreviousDate
            | Item::Period
            | Item::PeriodFrom
            | Item::PeriodTo
            | Item::Grant
            | Item::GrantFrom
            | Item::GrantTo
            | Item::HomeDays
            | Item::MonthlyDate
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_no_date_and_no_name() {
        let goal = "休憩を自分で入れながら最後まで作業する。";
        for item in [
            Item::Month,
            Item::Date,
            Item::Name,
            Item::Evaluator,
            Item::HomeDays,
        ] {
            assert!(!can_be(item, goal), "{item:?}");
        }
        assert!(can_be(Item::Goal, goal) && can_be(Item::Confirmation, goal));
        for (item, text) in [
            (Item::Date, "令和元年九月三日"),
            (Item::PreviousDate, "初回"),
            (Item::Month, "2025年9月分"),
            (Item::Name, "ウォーカー・エリザベス"),
            (Item::Time, "９:00～12:00"),
            (Item::Date, "令和　年　月　日（　）"),
            (Item::Period, "月　日（月）～　月　日（金）"),
            (Item::Date, "〃"),
        ] {
            assert!(can_be(item, &squash(text)), "{text}");
        }
        assert!(!can_be(Item::Evaluator, "102P") && can_be(Item::Evaluator, "津田9/5"));
        assert!(can_be(Item::Recorder, "J.Smith") && can_be(Item::Signature, "9/5"));
        assert!(!can_be(Item::PreviousDate, "訓練目標と取組内容"));
        assert!(!can_be(Item::Date, "Zoom") && !can_be(Item::CertificateNumber, "石田陽子"));
    }
}
