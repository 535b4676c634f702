//! Labels that hold their value in the same cell, behind a colon or in brackets: 氏名：山田,
//! 【訓練目標】毎日出る.

use crate::recognise::grid::Block;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::label::spaced;
use crate::recognise::label::{Label, part_of};
use crate::recognise::wording::vocabulary::{Meanings, Vocabulary};

/// `事業所名：あおぞら　　事業所番号：4010100001`: labels with their values in one cell.
pub fn labels(index: usize, block: &Block, vocabulary: &Vocabulary) -> Vec<Label> {
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
                c.is_whitespace()
                    || matches!(c, '(' | '（' | '【' | '［' | '[' | '、' | '】' | '）')
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
    let opening = starts
        .first()
        .and_then(|(start, ..)| opening(&text[..*start]));
    let mut before = opening.map(|opening| part_of(block, opening));
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
                inline,
                before: before.take(),
                ..Label::new(index, block.range, meanings)
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

/// What a text says before its first label, without the bracket around that.
fn opening(text: &str) -> Option<&str> {
    let is_joint = |c: char| c.is_whitespace() || "（(【［[、".contains(c);
    let opening = text.trim_end_matches(is_joint).trim_start();
    (!opening.is_empty()).then_some(opening)
}

/// `【訓練目標】` with its value behind it in the same cell.
pub fn bracketed(index: usize, block: &Block, vocabulary: &Vocabulary) -> Option<Label> {
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
        inline: Some(vec![part_of(block, value)]),
        ..Label::new(index, block.range, meanings)
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

/// Without the bracket at its end that was opened before the label: `（氏名：山田）`.
fn unclosed(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '【' | '［' | '[' => depth += 1,
            ')' | '）' | '】' | '］' | ']' if depth == 0 && at + c.len_utf8() == text.len() => {
                return &text[..at];
            }
            ')' | '）' | '】' | '］' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text
}

/// An ASCII digit or a full-width one.
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::labels_of as told;

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
        for (text, item) in [
            ("支援内容\n（上段：開始時　下段：終了時）", Item::Support),
            ("実施日（例：9月5日）", Item::Date),
        ] {
            assert_eq!(told(text), [(item, String::new())]);
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
    fn a_label_in_brackets_may_have_its_value_behind_it() {
        assert_eq!(
            told("【訓練目標】\n毎日続ける。"),
            [(Item::Goal, "毎日続ける。".to_owned())]
        );
        for (text, item) in [
            ("【支援内容】（１日２回以上）", Item::Support),
            ("【訓練目標】", Item::Goal),
        ] {
            assert_eq!(told(text), [(item, String::new())]);
        }
        assert!(told("【お知らせ】休みます").is_empty());
        assert_eq!(told("記録者　野口"), [(Item::Recorder, "野口".to_owned())]);
        assert!(told("記録者　10:00に電話").is_empty());
        assert_eq!(told("方法　電話"), [(Item::Method, "電話".to_owned())]);
        assert!(told("方法　10:00に電話").is_empty());
    }

    #[test]
    fn only_what_no_label_has_stands_before_one() {
        let before = |text: &str| opening(text).map(str::to_owned);
        assert_eq!(
            before("令和7年9月5日　（").as_deref(),
            Some("令和7年9月5日")
        );
        assert_eq!(before("（"), None);
        assert_eq!(before(""), None);
    }

    #[test]
    fn weekdays_behind_a_place_are_no_count_of_days() {
        assert_eq!(told("在宅：8日"), [(Item::HomeDays, "8日".to_owned())]);
        assert!(told("在宅：月・水　通所：金").is_empty());
    }
}
