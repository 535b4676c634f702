//! Cuts a sheet's labels into sections: which run of labels is one record.
//!
//! A record's labels follow each other, none comes twice, and a title or heading begins anew.
//! Of all ways to cut the sequence the cheapest is taken, so that one stray label does not
//! break a form in two.

use std::collections::BTreeSet;

use crate::model::Cell;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::Label;
use crate::recognise::section::places::{Place, places};
use crate::recognise::section::{Section, own_labels, parts};
use crate::recognise::titles::Title;

/// No form has more labels than this; it bounds the work on a sheet full of labels.
const LONGEST_SECTION: usize = 48;

const NEW_SECTION: u32 = 6;
const HEADER_LINE: u32 = 2;
const FOREIGN_LABEL: u32 = 6;
const FOREIGN_GUESS: u32 = 3;
const REPEATED_ITEM: u32 = 14;
const GUESSED_AGAIN: u32 = 2;
const PART_APART: u32 = 3;
const NO_DATE: u32 = 3;
const FEW_ITEMS: u32 = 8;
const TITLE_INSIDE: u32 = 12;
const HEADING_INSIDE: u32 = 9;
const OWN_HEADING: u32 = 4;
const USER_AFTER_RECORD: u32 = 1;
const USER_OF_TABLE: u32 = 6;
const OTHER_TITLE: u32 = 1;
const OTHER_LABEL: u32 = 1;

/// Of several orders of the same labels, the one that is cut into sections most cheaply, and its
/// sections; of several as cheap, the first. `walls` are places that no record reaches over, such as
/// a table; `own` are the blocks of labels that only the office uses.
pub fn cheapest(
    orders: Vec<Vec<Label>>,
    titles: &[Title],
    walls: &[Cell],
    own: &BTreeSet<usize>,
) -> (Vec<Label>, Vec<Section>) {
    let cut = orders.into_iter().map(|labels| {
        let (cost, sections) = sections(&labels, titles, walls, own);
        (cost, labels, sections)
    });
    cut.min_by_key(|(cost, _, _)| *cost)
        .map(|(_, labels, sections)| (labels, sections))
        .unwrap_or_default()
}

/// Cuts `labels`, given in reading order, into sections, and tells what that costs.
fn sections(
    labels: &[Label],
    titles: &[Title],
    walls: &[Cell],
    own: &BTreeSet<usize>,
) -> (u32, Vec<Section>) {
    let n = labels.len();
    let places = places(labels, titles, walls, own);
    // best[i]: cheapest way to cut everything before label i, with the section that ends there.
    let mut best: Vec<(u32, Option<Section>)> = vec![(u32::MAX, None); n + 1];
    best[0].0 = 0;
    for first in 0..n {
        let before = best[first].0;
        if before == u32::MAX {
            continue;
        }
        let mut offer = |end: usize, cost: u32, section: Section| {
            let total = before.saturating_add(cost);
            if total < best[end].0 {
                best[end] = (total, Some(section));
            }
        };
        header_lines(labels, first, &mut offer);
        for kind in FormKind::ALL {
            if kind.is_always_a_table() {
                continue;
            }
            records(labels, &places, first, kind, &mut offer);
        }
    }
    let cost = best[n].0;
    let mut cut = Vec::new();
    let mut at = n;
    while let Some(section) = best[at].1.take() {
        at = section.first;
        cut.push(section);
    }
    cut.reverse();
    (cost, cut)
}

fn header_lines(labels: &[Label], first: usize, offer: &mut impl FnMut(usize, u32, Section)) {
    let mut used = Items::default();
    for (i, label) in labels.iter().enumerate().skip(first).take(LONGEST_SECTION) {
        let Some(item) = label
            .meanings
            .iter()
            .find(|(kind, _)| kind.is_none())
            .map(|(_, item)| *item)
        else {
            return;
        };
        if item != Item::Ignored && !used.insert(item) {
            return;
        }
        offer(
            i + 1,
            HEADER_LINE,
            Section {
                kind: None,
                first,
                end: i + 1,
                items: 0,
            },
        );
    }
}

fn records(
    labels: &[Label],
    places: &[Place],
    first: usize,
    kind: FormKind,
    offer: &mut impl FnMut(usize, u32, Section),
) {
    let mut used = Items::default();
    // Those of them that no label says but one that was guessed.
    let mut guessed = Items::default();
    // Those of them that a label of the office's own says, and those that a common one does.
    let (mut owned, mut common) = (Items::default(), Items::default());
    let (mut items, mut cost, mut begun) = (0usize, NEW_SECTION, false);
    let mut opening = Some(());
    if places[first].title.is_some_and(|named| named != kind) {
        cost += OTHER_TITLE;
    }
    if is_of_another(&labels[first], kind) {
        cost += OTHER_LABEL;
    }
    for (i, label) in labels.iter().enumerate().skip(first).take(LONGEST_SECTION) {
        match label.heading {
            Some(heading) if i == first && heading == kind => {
                cost = cost.saturating_sub(OWN_HEADING)
            }
            // A word that is also an item of this kind is an item here.
            Some(heading) if (heading != kind || begun) && label.item(kind).is_none() => {
                cost += HEADING_INSIDE;
            }
            _ => {}
        }
        if begun && i > first && places[i].parted {
            cost += TITLE_INSIDE;
        }
        match label.item(kind) {
            Some(Item::Ignored) => {}
            Some(item) if item.is_heading() => {
                if !used.insert(item) {
                    cost += REPEATED_ITEM;
                } else if begun && places[i].heads_table {
                    cost += USER_OF_TABLE;
                } else if begun {
                    cost += USER_AFTER_RECORD;
                }
            }
            Some(item) => {
                begun = true;
                let is_first_of_its_sort = match places[i].own {
                    true => owned.insert(item),
                    false => common.insert(item),
                };
                if used.insert(item) {
                    items += 1;
                    if label.guessed {
                        guessed.insert(item);
                    }
                } else if label.guessed || guessed.remove(item) {
                    // The label that says it gives way to none that only seems to.
                    cost += GUESSED_AGAIN;
                } else if item.repeats() {
                    // 1回目, 2回目: as many boxes as the form has.
                } else if parts::may_be_divided(item)
                    || is_first_of_its_sort
                    || owned.contains(item) && own_labels::may_be_divided(item)
                {
                    // 心身の状況 and 助言 below each other are one field.
                    let is_next = i > first && labels[i - 1].item(kind) == Some(item);
                    cost += if is_next { 0 } else { PART_APART };
                } else if opens_with(&labels[first..], kind, item) && opening.take().is_some() {
                    // 週の評価 over a form that has 評価内容 was its heading.
                } else {
                    cost += REPEATED_ITEM;
                }
            }
            None if label.meanings.is_empty() => {}
            // A guess that has no place in the form may be no label at all.
            None if label.guessed => cost += FOREIGN_GUESS,
            None => cost += FOREIGN_LABEL,
        }
        if cost > NEW_SECTION + 3 * REPEATED_ITEM {
            return;
        }
        let undated = if [Item::Date, Item::DateTime, Item::Period]
            .into_iter()
            .any(|item| used.contains(item))
        {
            0
        } else {
            NO_DATE
        };
        // A weekly evaluation may be nothing but its words.
        let few = if items < 3 && !used.contains(Item::Content) {
            FEW_ITEMS
        } else {
            0
        };
        if items > 0 {
            offer(
                i + 1,
                cost + undated + few,
                Section {
                    kind: Some(kind),
                    first,
                    end: i + 1,
                    items,
                },
            );
        }
    }
}

/// Whether a label asks for nothing in a form of `kind`, and for something in another one.
fn is_of_another(label: &Label, kind: FormKind) -> bool {
    let mut meanings = label.meanings.iter();
    label.item(kind) == Some(Item::Ignored) && meanings.any(|(_, item)| *item != Item::Ignored)
}

/// Whether a run opens with a word that is both its heading and the label of `item`.
pub fn opens_with(labels: &[Label], kind: FormKind, item: Item) -> bool {
    labels
        .first()
        .is_some_and(|label| label.heading == Some(kind) && label.item(kind) == Some(item))
}

/// A set of items.
#[derive(Default, Clone, Copy)]
struct Items(u64);

impl Items {
    fn insert(&mut self, item: Item) -> bool {
        let bit = 1u64 << (item as u32);
        let new = self.0 & bit == 0;
        self.0 |= bit;
        new
    }

    fn remove(&mut self, item: Item) -> bool {
        let was_in = self.contains(item);
        self.0 &= !(1u64 << (item as u32));
        was_in
    }

    fn contains(self, item: Item) -> bool {
        self.0 & (1u64 << (item as u32)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CellRange;
    use crate::recognise::section::withdrawn::withdrawn;
    use crate::recognise::wording::vocabulary::Vocabulary;

    /// One label a row, in the order given; `#` makes a title, `?` a guess.
    fn cut(words: &[&str]) -> Vec<(Option<FormKind>, Vec<String>)> {
        let v = Vocabulary::builtin();
        let mut labels = Vec::new();
        let mut titles = Vec::new();
        let mut texts = Vec::new();
        for (row, word) in words.iter().enumerate() {
            let range = CellRange::single(Cell::new(row as u32, 0));
            if let Some(title) = word.strip_prefix('#') {
                titles.push(Title {
                    block: row,
                    at: range.first,
                    kind: v.title(title).unwrap(),
                });
                continue;
            }
            let guess = word.strip_prefix('?');
            let meanings = match guess {
                Some(word) => v.guesses(word),
                None => v.meanings(word).cloned().unwrap_or_default(),
            };
            let heading = v.heading(word);
            assert!(!meanings.is_empty() || heading.is_some(), "{word}");
            labels.push(Label {
                heading,
                guessed: guess.is_some(),
                ..Label::new(row, range, meanings)
            });
            texts.push((*word).to_owned());
        }
        let (_, cut) = sections(&labels, &titles, &[], &BTreeSet::new());
        let withdrawn = withdrawn(&cut, &labels, &BTreeSet::new(), |_| false);
        let texts = |s: &Section| {
            let own = (s.first..s.end).filter(|i| !withdrawn.contains(i));
            own.map(|i| texts[i].clone()).collect()
        };
        cut.iter().map(|s| (s.kind, texts(s))).collect()
    }

    const DAY: [&str; 7] = [
        "実施日",
        "実施時間",
        "支援方法",
        "作業・訓練内容",
        "支援内容",
        "心身の状況",
        "対応・記録者",
    ];
    const WEEK: [&str; 8] = [
        "評価※１",
        "実施日",
        "前回評価日",
        "方法",
        "対象期間",
        "（評価内容）",
        "記録者",
        "確認者※（サービス管理責任者）",
    ];

    #[test]
    fn two_days_and_an_evaluation_are_three_sections() {
        let mut words = vec![
            "#在宅における就労支援記録（評価）",
            "対象者名",
            "受給者証番号",
        ];
        words.extend(DAY);
        words.extend(DAY);
        words.extend(WEEK);
        words.push("#在宅における就労支援記録（評価）");
        words.extend(["対象者名", "受給者証番号"]);
        words.extend(DAY);
        let kinds: Vec<_> = cut(&words)
            .into_iter()
            .filter_map(|(kind, labels)| Some((kind?, labels.len())))
            .collect();
        assert_eq!(
            kinds.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
            [
                FormKind::Daily,
                FormKind::Daily,
                FormKind::Weekly,
                FormKind::Daily
            ],
            "{kinds:?}"
        );
    }

    #[test]
    fn a_stray_label_does_not_break_a_form() {
        let mut words = WEEK[..5].to_vec();
        words.push("訓練目標");
        words.extend(&WEEK[5..]);
        let cut = cut(&words);
        assert_eq!(cut.len(), 1, "{cut:?}");
        assert_eq!(cut[0].0, Some(FormKind::Weekly));
    }

    #[test]
    fn guesses_of_another_kind_open_no_record() {
        let roster = ["氏名", "支給決定期間", "同意日", "申請日", "在宅の曜日"];
        let guessed = [
            "?緊急時の連絡",
            "希望理由",
            "?開始時の流れ",
            "?終了時の流れ",
        ];
        let words = [&roster[..], &guessed].concat();
        assert_eq!(cut(&words).len(), 1, "{:?}", cut(&words));
        let day = ["?作業のようす", "実施日", "支援方法", "対応・記録者"];
        let words = [&roster[..], &day].concat();
        let kinds: Vec<_> = cut(&words).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [Some(FormKind::Roster), Some(FormKind::Daily)]);
    }

    #[test]
    fn a_guess_gives_way_to_the_label_that_says_it() {
        let month = ["実施日", "実施方法", "訓練目標", "課題", "健康面", "評価者"];
        for (at, guess) in [(4, "?課題のまとめ"), (3, "?課題のまとめ")] {
            let mut words = month.to_vec();
            words.insert(at, guess);
            let cut = cut(&words);
            assert_eq!(cut.len(), 1, "{cut:?}");
            assert_eq!(cut[0].1, month);
        }
        for alone in [
            ["実施日", "実施方法", "訓練目標", "?課題のまとめ", "評価者"],
            [
                "アセスメント",
                "実施日",
                "対象期間",
                "?評価・アセスメントの内容",
                "評価者",
            ],
        ] {
            assert_eq!(cut(&alone)[0].1, alone);
        }
    }

    #[test]
    fn the_state_at_the_start_and_the_advice_at_the_end_are_of_one_day() {
        let mut words = vec!["体調"];
        words.extend(DAY);
        words.insert(2, "備考");
        assert_eq!(cut(&words).len(), 1, "{:?}", cut(&words));
        let twice = [&DAY[..], &DAY[..]].concat();
        assert_eq!(cut(&twice).len(), 2);
    }

    #[test]
    fn the_user_right_above_a_table_is_not_of_the_week_before() {
        let cut = |wall: u32| {
            let v = Vocabulary::builtin();
            let mut words = WEEK.to_vec();
            words.extend(["対象者名", "受給者証番号"]);
            let labels: Vec<Label> = (0..)
                .zip(&words)
                .map(|(row, word)| {
                    let range = CellRange::single(Cell::new(row, 0));
                    let meanings = v.meanings(word).cloned().unwrap_or_default();
                    Label {
                        heading: v.heading(word),
                        ..Label::new(row as usize, range, meanings)
                    }
                })
                .collect();
            let (_, cut) = sections(&labels, &[], &[Cell::new(wall, 0)], &BTreeSet::new());
            cut.iter()
                .map(|s| (s.kind, s.end - s.first))
                .collect::<Vec<_>>()
        };
        assert_eq!(cut(10), [(Some(FormKind::Weekly), 8), (None, 2)]);
        assert_eq!(cut(40), [(Some(FormKind::Weekly), 10)]);
    }

    #[test]
    fn a_line_about_the_user_alone_is_no_record() {
        assert_eq!(
            cut(&["対象者名", "受給者証番号"])
                .first()
                .and_then(|(kind, _)| *kind),
            None
        );
    }
}
