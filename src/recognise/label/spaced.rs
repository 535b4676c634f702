//! A label and its value in one cell, parted by nothing but white space: `利用者　山田　花子`,
//! `実施日　９月5日`.

use crate::recognise::grid::Block;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::{Label, part_of};
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// The labels that a block holds, where what follows each can only be its value: whom the form is
/// about, a date, a time, a person or one word. `実施日 9/5　方法 電話` holds two.
pub fn labels(index: usize, block: &Block, vocabulary: &Vocabulary) -> Vec<Label> {
    const LONGEST: usize = 60;
    let text = block.text.trim();
    if text.chars().count() > LONGEST {
        return Vec::new();
    }
    several(index, block, vocabulary, text).unwrap_or_else(|| {
        let only = one(index, block, vocabulary, text);
        only.into_iter().collect()
    })
}

/// The labels of a text with more than one, each with its value.
fn several(index: usize, block: &Block, vocabulary: &Vocabulary, text: &str) -> Option<Vec<Label>> {
    let is_label = |part: &str| vocabulary.is_whole_label(part.trim());
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        if is_label(part) {
            starts.push(at);
        }
        at += part.len();
    }
    if starts.len() < 2 || starts.first() != Some(&0) {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends);
    let parts = parts.map(|(from, to)| text.get(*from..to).unwrap_or_default().trim());
    parts
        .map(|part| one(index, block, vocabulary, part))
        .collect()
}

/// The label that a text begins with, the rest being its value.
fn one(index: usize, block: &Block, vocabulary: &Vocabulary, text: &str) -> Option<Label> {
    let (label, value) = text.split_once(char::is_whitespace)?;
    let value = value.trim();
    let known = vocabulary.meanings(label)?;
    if value.is_empty() || vocabulary.meanings(value).is_some() {
        return None;
    }
    let is_whole = vocabulary.is_whole_label(label);
    let fits = |item: Item| match item {
        Item::Ignored => false,
        // 利用者　日報 is a title.
        Item::Name if is_wording(vocabulary, value) => false,
        item if item.is_heading() => !text.contains('\n'),
        // A name may follow any words; a date or a time follows its label.
        item => (is_whole || !item.is_signed()) && could_be(item, value),
    };
    // What the value cannot be is not meant: 実施日 is a row of marks in another form.
    let meant = known
        .iter()
        .filter(|(_, item)| *item == Item::Ignored || fits(*item));
    let meanings: Vec<(Option<FormKind>, Item)> = meant.cloned().collect();
    let is_asked = meanings.iter().any(|(_, item)| *item != Item::Ignored);
    // 管理者　野口 is nobody's value, and no part of the box beside it.
    let is_name = is_whole && !meanings.is_empty() && is_person(value);
    let is_value = is_asked || is_name;
    is_value.then(|| Label {
        inline: Some(vec![part_of(block, value)]),
        ..Label::new(index, block.range, meanings)
    })
}

/// Whether a text is what forms say of themselves.
fn is_wording(vocabulary: &Vocabulary, text: &str) -> bool {
    vocabulary.title(text).is_some()
        || vocabulary.heading(text).is_some()
        || !vocabulary.guesses(text).is_empty()
}

/// Whether a text could answer the item and nothing else.
fn could_be(item: Item, value: &str) -> bool {
    let folded = squash(value);
    let begins =
        |signs: &str| folded.starts_with(|c: char| c.is_ascii_digit() || signs.contains(c));
    match item {
        Item::Date
        | Item::PreviousDate
        | Item::Period
        | Item::PeriodFrom
        | Item::PeriodTo
        | Item::Grant
        | Item::ConsentedOn
        | Item::AppliedOn
        | Item::PlanCreatedOn
        | Item::AnnotatedOn
        | Item::HomeStart
        | Item::HomeEnd
        | Item::WeeklyDate
        | Item::MonthlyDate => begins("令平R"),
        Item::Time | Item::Start | Item::End => begins("") && folded.contains([':', '時']),
        Item::Recorder | Item::Confirmer | Item::Evaluator | Item::Signature => is_person(value),
        Item::Method => {
            const LONGEST_WORD: usize = 8;
            value.chars().count() <= LONGEST_WORD && value.chars().all(char::is_alphabetic)
        }
        _ => false,
    }
}

/// Nothing but letters, and no more than a name has.
pub fn is_person(value: &str) -> bool {
    const LONGEST_NAME: usize = 12;
    value.chars().count() <= LONGEST_NAME
        && value
            .chars()
            .all(|c| c.is_alphabetic() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::grid::Grid;

    /// The items with the value that the only cell of a sheet holds.
    fn told(text: &str) -> Option<(Vec<Item>, String)> {
        let grid = Grid::of(&Sheet::of_rows(&[&[text]]));
        let found = labels(0, grid.block(0), Vocabulary::builtin());
        let found = found.into_iter().next()?;
        let value = found.inline?.first()?.text.clone();
        let mut items: Vec<Item> = found.meanings.iter().map(|(_, item)| *item).collect();
        items.sort_unstable();
        items.dedup();
        Some((items, value))
    }

    fn value(text: &str) -> Option<String> {
        told(text).map(|(_, value)| value)
    }

    #[test]
    fn white_space_parts_a_value_from_its_label() {
        for (text, item, value) in [
            ("利用者　山田　花子 様", Item::Name, "山田　花子 様"),
            (
                "受給者証番号　0123456789",
                Item::CertificateNumber,
                "0123456789",
            ),
            ("評価日\n9月5日", Item::Date, "9月5日"),
            ("実施日　９月5日", Item::Date, "９月5日"),
            ("対象期間　9/1～9/5", Item::Period, "9/1～9/5"),
            ("実施時間　15:30～16:00", Item::Time, "15:30～16:00"),
            ("面談した日　令和7年9月26日", Item::Date, "令和7年9月26日"),
            ("記録者　野口", Item::Recorder, "野口"),
            ("評価方法　電話", Item::Method, "電話"),
        ] {
            let (items, told) = told(text).expect(text);
            assert!(items.contains(&item), "{text} {items:?}");
            assert_eq!(told, value, "{text}");
        }
    }

    #[test]
    fn a_cell_may_hold_several_labels() {
        let block = |text: &str| {
            let grid = Grid::of(&Sheet::of_rows(&[&[text]]));
            let found = labels(0, grid.block(0), Vocabulary::builtin());
            let value = |label: &Label| {
                label
                    .inline
                    .iter()
                    .flatten()
                    .map(|w| w.text.clone())
                    .collect()
            };
            found.iter().map(value).collect::<Vec<String>>()
        };
        assert_eq!(
            block("実施日 9/5　方法 電話　評価者 野口"),
            ["9/5", "電話", "野口"]
        );
        assert!(block("開始 終了 方法").is_empty());
    }

    #[test]
    fn one_who_signs_one_form_is_not_asked_for_in_another() {
        let (items, name) = told("サービス管理責任者　今村　聡").unwrap();
        assert_eq!(items, [Item::Confirmer, Item::Ignored]);
        assert_eq!(name, "今村　聡");
    }

    #[test]
    fn labels_and_sentences_are_no_label_with_a_value() {
        for text in [
            "利用者　氏名",
            "利用者　日報",
            "利用者　週ごとの評価",
            "作業　終了の連絡",
            "氏　名",
            "利用者",
            "記録者　10:00に電話",
            "方法　訪問・電話",
            "方法　訪問　電話　その他",
            "開始　電話で確認",
            "評価日　未定",
            "体調　良好",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
