//! The value in a mapped cell that also holds the item's name: `記録者　野口`, `実施日：9月5日`.

use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::label::office_line;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// Cells longer than this are prose.
const LONGEST: usize = 60;

/// What stands for an item in a cell with other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    /// All of it.
    Whole,
    /// This text.
    Part(String),
    /// The item's name without a value.
    Nothing,
}

/// The share of `item` in a text, in which `labels` were recognised with their values.
pub fn share(
    text: &str,
    labels: &[&Label],
    (kind, item): (FormKind, Item),
    vocabulary: &Vocabulary,
) -> Share {
    let value = |label: &Label| match label.inline.as_deref() {
        Some([word]) => Share::Part(word.text.clone()),
        Some([]) => Share::Nothing,
        _ => Share::Whole,
    };
    if matches!(item, Item::CertificateNumber | Item::OfficeNumber)
        && let Some(number) = only_number(text)
    {
        return Share::Part(number);
    }
    if let Some(own) = labels.iter().find(|label| label.item(kind) == Some(item)) {
        return value(own);
    }
    if item == Item::OfficeName
        && labels.is_empty()
        && let Some(name) = office_line::name_alone(text)
    {
        return Share::Part(name);
    }
    // Prose and choices may begin with a word that is a label elsewhere.
    if item.is_free_text() || item.offers_choices() || text.chars().count() > LONGEST {
        return Share::Whole;
    }
    match labels {
        [other] if other.inline.is_some() && !other.meanings.is_empty() => value(other),
        [] => behind_name(text, (kind, item), vocabulary).map_or(Share::Whole, Share::Part),
        _ => Share::Whole,
    }
}

/// The one number of ten digits in a text that holds more: `みなも（事業所番号4010100001）`.
fn only_number(text: &str) -> Option<String> {
    const DIGITS: usize = 10;
    let text = squash(text);
    let mut runs = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == DIGITS);
    let (number, None) = (runs.next()?, runs.next()) else {
        return None;
    };
    (number != text).then(|| number.to_owned())
}

/// What stands behind the item's name, up to the next name; a known name at the head of the
/// text is taken for the item's.
fn behind_name(text: &str, (kind, item): (FormKind, Item), words: &Vocabulary) -> Option<String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_own = |part: &&str| {
        let mut meanings = words.meanings(part).into_iter().flatten();
        meanings.any(|(of, meant)| *meant == item && of.is_none_or(|of| of == kind))
    };
    let is_name = |part: &&str| words.is_whole_label(part);
    let own = parts.iter().position(is_own);
    let name = own.or_else(|| parts.first().filter(|part| is_name(part)).map(|_| 0))?;
    let behind = parts
        .iter()
        .skip(name + 1)
        .take_while(|part| !is_name(part));
    let value = behind.copied().collect::<Vec<_>>().join("\u{3000}");
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;
    use crate::recognise::grid::Grid;
    use crate::recognise::label::labels;

    fn told(text: &str, item: Item) -> Share {
        let grid = Grid::of(&Sheet::of_texts("", &[("A1", text)]));
        let vocabulary = Vocabulary::builtin();
        let found = labels(&grid, vocabulary);
        let within: Vec<&Label> = found.iter().filter(|l| l.inline.is_some()).collect();
        share(text, &within, (FormKind::Weekly, item), vocabulary)
    }

    #[test]
    fn a_name_in_the_cell_is_no_part_of_its_value() {
        for (text, item, value) in [
            ("サービス管理責任者　今村", Item::Confirmer, "今村"),
            ("サービス管理責任者：今村　聡", Item::Confirmer, "今村　聡"),
            ("実施日　9月5日", Item::Date, "9月5日"),
            ("記録者　野口", Item::Recorder, "野口"),
            (
                "みなも（事業所番号4010100001）Ｂ型",
                Item::OfficeNumber,
                "4010100001",
            ),
            (
                "就労移行支援　みなも　TEL 093-000-0000",
                Item::OfficeName,
                "みなも",
            ),
            ("実施日 9月5日 記録者 野口", Item::Date, "9月5日"),
            ("実施日 9月5日 記録者 野口", Item::Recorder, "野口"),
        ] {
            assert_eq!(told(text, item), Share::Part(value.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_name_stays() {
        for (text, item) in [
            ("今村　聡", Item::Confirmer),
            ("4010100001", Item::OfficeNumber),
            ("4010100001と4010100002", Item::OfficeNumber),
            ("9月5日", Item::Date),
            ("作業：箱折り", Item::Content),
            ("電話　10分", Item::Method),
        ] {
            assert_eq!(told(text, item), Share::Whole, "{text}");
        }
    }
}
