//! The service beside the name of the office, without a label, in a line at the top:
//! `就労移行支援　みなと作業所`.

use std::collections::{BTreeMap, HashSet};

use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::{Label, part_of};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

/// The labels that such lines are. A line beside a label is the label's value.
pub fn labels(grid: &Grid, known: &[Label], vocabulary: &Vocabulary) -> Vec<Label> {
    const LOWEST: u32 = 3;
    let known: HashSet<usize> = known.iter().map(|label| label.block).collect();
    // Of each row, where its first label begins.
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    for row in 0..=LOWEST {
        let mut labels = grid.row(row).iter().filter(|i| known.contains(i));
        first.extend(labels.next().map(|&i| (row, grid.block(i).range.first.col)));
    }
    let blocks = grid.blocks().iter().enumerate();
    let found = blocks.flat_map(|(index, block)| {
        let at = block.range.first;
        if block.stored.is_none() || at.row > LOWEST || known.contains(&index) {
            return Vec::new();
        }
        let is_beside = first.get(&at.row).is_some_and(|first| *first < at.col);
        let told = service(&block.text, vocabulary).filter(|_| !is_beside);
        let label = |(item, text): (Item, &str)| Label {
            inline: Some(vec![part_of(block, text)]),
            ..Label::new(index, block.range, vec![(None, item)])
        };
        let told = told.into_iter().flat_map(|(service, name)| {
            let name = name.map(|name| (Item::OfficeName, name));
            name.into_iter().chain([(Item::Service, service)])
        });
        told.map(label).collect()
    });
    found.collect()
}

/// The part of a short line that is a service and nothing more, where the others name an office,
/// and the name, where it could be nothing else.
fn service<'a>(text: &'a str, vocabulary: &Vocabulary) -> Option<(&'a str, Option<&'a str>)> {
    const LONGEST: usize = 40;
    let offices = &layout_words::words().offices;
    if text.chars().count() > LONGEST || vocabulary.title(text).is_some() {
        return None;
    }
    let parts = text.split(|c: char| c.is_whitespace() || "()（）【】/／".contains(c));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_service = |part: &&&str| offices.is_service(part);
    let mut services = parts.iter().filter(is_service);
    let service = services.next()?;
    let is_name = |part: &str| !part.contains(|c: char| c.is_numeric() || "。、:：".contains(c));
    let others = || parts.iter().filter(|part| !is_service(part)).copied();
    let is_named = others().next().is_some() && others().all(is_name);
    let mut names = others();
    let name = names.next().filter(|_| names.next().is_none());
    let name = name.filter(|name| offices.is_name_alone(name));
    (is_named && services.next().is_none()).then_some((*service, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sheet;

    fn told(row: &[&str]) -> Vec<String> {
        said(row, Item::Service)
    }

    fn said(row: &[&str], item: Item) -> Vec<String> {
        let grid = Grid::of(&Sheet::of_rows(&[row]));
        let vocabulary = Vocabulary::builtin();
        let found = crate::recognise::label::labels(&grid, vocabulary);
        let services = found.iter().filter(|l| l.meanings == [(None, item)]);
        let words = services.flat_map(|label| label.inline.iter().flatten());
        words.map(|word| word.text.clone()).collect()
    }

    #[test]
    fn a_service_stands_before_or_behind_the_name() {
        for line in [
            "就労移行支援　みなと作業所",
            "みなと作業所　就労移行支援",
            "みなと作業所（就労移行支援）",
            "就労移行支援事業所　港の会",
        ] {
            assert_eq!(told(&[line]).len(), 1, "{line}");
        }
    }

    #[test]
    fn the_name_beside_it_is_the_office_s() {
        for (line, name) in [
            ("就労移行支援　みなと作業所", "みなと作業所"),
            ("就労継続支援B型事業所　港の会", "港の会"),
            ("ワークオフィス港（就労継続支援A型）", "ワークオフィス港"),
        ] {
            assert_eq!(said(&[line], Item::OfficeName), [name], "{line}");
        }
        for line in [
            "就労移行支援　森下　澪",
            "就労移行支援　在宅ワーク",
            "就労継続支援B型　個別支援",
            "就労移行支援　利用者一覧",
        ] {
            assert!(said(&[line], Item::OfficeName).is_empty(), "{line}");
        }
    }

    #[test]
    fn other_lines_name_no_service() {
        for row in [
            &["就労移行支援"][..],
            &["就労移行支援　10月分"],
            &["就労移行支援　就労継続支援B型"],
            &["事業所名", "就労移行支援　みなと作業所"],
            &["就労移行支援を利用している。"],
        ] {
            assert!(told(row).is_empty(), "{row:?}");
        }
    }
}
