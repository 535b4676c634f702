//! Which kind of form the lines under a header are: that whose items most of the heads are.

use std::collections::BTreeSet;

use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::Heads;
use crate::recognise::table::header_runs::FEWEST_LABELS;
use crate::recognise::table::meaning::item_of;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The kind with the most items among the heads, that of the title before others; `None` where
/// no kind has enough of them. `counts_days` says that the heads count up the days of a month.
pub fn kind(
    vocabulary: &Vocabulary,
    heads: &Heads,
    counts_days: bool,
    title: Option<FormKind>,
) -> Option<FormKind> {
    const EACH: i32 = 2;
    let worth = |kind: FormKind| {
        let known = heads
            .iter()
            .filter_map(|(_, texts)| item_of(vocabulary, texts, kind));
        let mut items: BTreeSet<Item> = known.filter(|item| *item != Item::Ignored).collect();
        if kind == FormKind::Daily && tells_of_contacts(&items, heads) {
            items.insert(Item::Support);
        }
        items.len() as i32 * EACH + weight(kind, &items, counts_days, title)
    };
    let kinds = FormKind::ALL.into_iter().map(|kind| (worth(kind), kind));
    let best = kinds.max_by_key(|(worth, kind)| (*worth, std::cmp::Reverse(*kind)));
    let enough = EACH * FEWEST_LABELS as i32;
    best.filter(|(worth, _)| *worth >= enough)
        .map(|(_, kind)| kind)
}

/// Whether one of the heads beside 時刻 and 手段 asks by a word in it what was said: 確認した内容.
fn tells_of_contacts(items: &BTreeSet<Item>, heads: &Heads) -> bool {
    let words = &layout_words::words().contacts;
    let asks = [Item::Time, Item::Method];
    asks.iter().all(|item| items.contains(item))
        && heads.iter().any(|(_, texts)| {
            let own = texts.last();
            own.is_some_and(|head| words.tells(head))
        })
}

/// What tells for a kind or against it beside the number of its items.
fn weight(
    kind: FormKind,
    items: &BTreeSet<Item>,
    counts_days: bool,
    title: Option<FormKind>,
) -> i32 {
    let is_titled = title == Some(kind);
    let by_title = if is_titled { 3 } else { 0 };
    by_title
        + match kind {
            FormKind::Listing if counts_days => 20,
            FormKind::Listing => -6,
            // A log of the days at home may have the same columns.
            FormKind::ServiceRecord => {
                let is_plain = [Item::Status, Item::Confirmation];
                let is_plain = is_plain.iter().all(|item| items.contains(item));
                if is_titled || is_plain { 0 } else { -6 }
            }
            FormKind::Roster if title.is_some() && !is_titled => -2,
            _ => 0,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(heads: &[&str], title: Option<FormKind>) -> Option<FormKind> {
        let head = |(n, head): (u32, &&str)| ((n, n), vec![(*head).to_owned()]);
        let heads: Heads = (0..).zip(heads).map(head).collect();
        kind(Vocabulary::builtin(), &heads, false, title)
    }

    #[test]
    fn the_kind_with_the_most_items_is_that_of_the_lines() {
        let daily = ["日付", "開始時間", "作業内容", "支援内容"];
        assert_eq!(told(&daily, None), Some(FormKind::Daily));
        let weekly = ["評価日", "評価方法", "対象期間", "評価内容"];
        assert_eq!(told(&weekly, None), Some(FormKind::Weekly));
        assert_eq!(told(&["品名", "数量", "単価", "納期"], None), None);
        assert_eq!(told(&daily[..2], None), None);
    }

    #[test]
    fn when_how_and_what_was_said_are_heads_of_a_day() {
        let heads = ["確認の別", "時刻", "手段", "確認した内容・行った支援"];
        assert_eq!(told(&heads, None), Some(FormKind::Daily));
        assert_eq!(told(&["品名", "時刻", "手段", "確認者"], None), None);
        assert_eq!(told(&["品名", "手段", "確認した内容"], None), None);
    }

    #[test]
    fn a_title_decides_between_kinds_with_as_many_items() {
        let heads = ["氏名", "受給者証番号", "対象期間", "目標"];
        let monthly = told(&heads, Some(FormKind::Monthly));
        assert_eq!(monthly, Some(FormKind::Monthly));
        let log = ["日付", "開始時間", "終了時間", "備考"];
        assert_ne!(told(&log, None), Some(FormKind::ServiceRecord));
        let titled = told(&log, Some(FormKind::ServiceRecord));
        assert_eq!(titled, Some(FormKind::ServiceRecord));
    }
}
