//! One head over records of two rows: 上段：開始 下段：終了, for the upper row and the lower one.

use serde::Deserialize;

use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Column, Holds};
use crate::recognise::table::meaning::item_of;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// How the two rows are called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalfWords {
    upper: Vec<String>,
    lower: Vec<String>,
}

/// What a head says of both rows together, of the upper one and of the lower one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Halves {
    whole: String,
    upper: String,
    lower: String,
}

impl HalfWords {
    /// `支援内容（上段：開始時　下段：終了時）`, or `開始（上段）終了（下段）`.
    fn of(&self, head: &str) -> Option<Halves> {
        let text = squash(head);
        let find = |words: &[String]| {
            let mut words = words.iter();
            words.find_map(|word| Some((text.find(word.as_str())?, word.len())))
        };
        let (upper, lower) = (find(&self.upper)?, find(&self.lower)?);
        let bare = |from: usize, to: usize| {
            let part = text.get(from..to).unwrap_or_default();
            let is_sign = |c: char| "()[]【】:=…/・,、;".contains(c);
            part.trim_matches(is_sign).to_owned()
        };
        let before = bare(0, upper.0);
        let between = bare(upper.0 + upper.1, lower.0);
        let after = bare(lower.0 + lower.1, text.len());
        let found = match after.is_empty() {
            false => Halves {
                whole: before,
                upper: between,
                lower: after,
            },
            true => Halves {
                whole: String::new(),
                upper: before,
                lower: between,
            },
        };
        (!found.upper.is_empty() && !found.lower.is_empty()).then_some(found)
    }
}

/// The columns that a column with two labels in its head is, over records of two rows each of
/// which holds one: 同意日／計画日. `None` for any other.
pub fn slashed(vocabulary: &Vocabulary, column: &Column, kind: FormKind) -> Option<[Column; 2]> {
    let [head] = column.heads.as_slice() else {
        return None;
    };
    let (upper, lower) = head.split_once(['／', '/', '\n'])?;
    let (upper, lower) = (upper.trim(), lower.trim());
    let item = |text: &str| {
        let is_known = vocabulary.is_whole_label(text);
        is_known.then(|| item_of(vocabulary, &[text.to_owned()], kind))?
    };
    let is_one = vocabulary.is_whole_label(head);
    let items = item(upper)
        .zip(item(lower))
        .filter(|(upper, lower)| upper != lower && !is_one)?;
    Some([
        of_row(column, 0, upper, items.0),
        of_row(column, 1, lower, items.1),
    ])
}

/// The columns that a column with such a head is, one for each row; `None` for any other.
pub fn split(vocabulary: &Vocabulary, column: &Column, kind: FormKind) -> Option<[Column; 2]> {
    let words = &layout_words::words().halves;
    let halves = column.heads.iter().rev().find_map(|head| words.of(head))?;
    let item = |text: &str| item_of(vocabulary, &[text.to_owned()], kind);
    let (upper, lower) = match item(&halves.whole) {
        Some(Item::Support | Item::Contact) => (Item::Contact, Item::Contact),
        None | Some(Item::Time) => {
            let (upper, lower) = (item(&halves.upper)?, item(&halves.lower)?);
            (upper != lower).then_some((upper, lower))?
        }
        Some(_) => return None,
    };
    Some([
        of_row(column, 0, &halves.upper, upper),
        of_row(column, 1, &halves.lower, lower),
    ])
}

fn of_row(column: &Column, tier: u32, label: &str, item: Item) -> Column {
    Column {
        tier: Some(tier),
        ..Column::new(column.span, vec![label.to_owned()], Some(Holds::Item(item)))
    }
}

/// The rows of a record from `first` to `last` that are its upper half, and its lower one.
pub fn rows(tier: u32, first: u32, last: u32) -> (u32, u32) {
    let middle = first.saturating_add(last.saturating_sub(first).saturating_add(1).div_ceil(2));
    match tier {
        0 => (first, middle.saturating_sub(1).max(first)),
        _ => (middle, last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::column;

    fn told(head: &str, kind: FormKind) -> Option<[(Option<Holds>, String); 2]> {
        let split = split(Vocabulary::builtin(), &column(&[head]), kind)?;
        Some(split.map(|column| (column.holds, column.label)))
    }

    #[test]
    fn the_upper_row_is_the_start_and_the_lower_one_the_end() {
        for head in [
            "上段：開始\n下段：終了",
            "実施時間（上段：開始、下段：終了）",
            "開始（上段）終了（下段）",
            "上段＝開始／下段＝終了",
        ] {
            let [upper, lower] = told(head, FormKind::Daily).expect(head);
            assert_eq!(upper.0, Some(Holds::Item(Item::Start)), "{head}");
            assert_eq!(lower.0, Some(Holds::Item(Item::End)), "{head}");
        }
    }

    #[test]
    fn each_row_of_what_was_said_is_a_contact() {
        let head = "支援内容\n（上段：開始時　下段：終了時）";
        let contact = Some(Holds::Item(Item::Contact));
        let [upper, lower] = told(head, FormKind::Daily).unwrap();
        assert_eq!(upper, (contact, "開始時".to_owned()));
        assert_eq!(lower, (contact, "終了時".to_owned()));
    }

    #[test]
    fn two_labels_in_one_head_are_for_a_row_each() {
        let slashed = |head: &str| {
            let split = slashed(Vocabulary::builtin(), &column(&[head]), FormKind::Roster)?;
            Some(split.map(|column| column.holds))
        };
        let items = [Item::ConsentedOn, Item::PlanCreatedOn].map(|item| Some(Holds::Item(item)));
        assert_eq!(slashed("同意日／計画日"), Some(items));
        assert_eq!(slashed("同意日\n計画日"), Some(items));
        for head in ["同意日", "同意日／同意年月日", "同意日／その他"] {
            assert_eq!(slashed(head), None, "{head}");
        }
    }

    #[test]
    fn other_heads_are_over_both_rows() {
        for head in [
            "開始",
            "上段",
            "体調（上段：本人　下段：職員）",
            "上段：電話　下段：訪問",
        ] {
            assert_eq!(told(head, FormKind::Daily), None, "{head}");
        }
    }

    #[test]
    fn the_middle_row_belongs_to_the_upper_half() {
        assert_eq!((rows(0, 4, 5), rows(1, 4, 5)), ((4, 4), (5, 5)));
        assert_eq!((rows(0, 4, 6), rows(1, 4, 6)), ((4, 5), (6, 6)));
        let (first, last) = rows(1, 4, 4);
        assert!(first > last);
    }
}
