//! What the rows and columns of a listing are called (`templates/listing.toml`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::recognise::form::DayLine;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::wording::key::{Key, label_key};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;

const WORDS: &str = include_str!("../../../templates/listing.toml");

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    totals: Vec<Key>,
    marks: Vec<Key>,
    lines: BTreeMap<DayLine, Vec<Key>>,
    within: BTreeMap<DayLine, Vec<String>>,
}

fn words() -> &'static Words {
    static BUILTIN: OnceLock<Words> = OnceLock::new();
    // The file is part of the program; a test reads it.
    BUILTIN.get_or_init(|| toml::from_str(WORDS).unwrap_or_default())
}

/// What all marks of a row or column with this heading are for: 在宅, 週評価.
pub fn line(text: &str) -> Option<DayLine> {
    let key = label_key(text);
    let mut lines = words().lines.iter();
    let named = lines.find(|(_, words)| words.iter().any(|word| word.is(&key)));
    named.map(|(line, _)| *line)
}

/// The same by a word within the heading; of several, what is done there decides, not where.
pub fn about(text: &str) -> Option<DayLine> {
    const LONGEST: usize = 20;
    let key = label_key(text);
    if key.chars().count() > LONGEST {
        return None;
    }
    let holds = |line: &DayLine| {
        let words = words().within.get(line);
        words.is_some_and(|words| words.iter().any(|word| key.contains(word.as_str())))
    };
    let by_worth = [
        DayLine::Weekly,
        DayLine::Monthly,
        DayLine::Elsewhere,
        DayLine::Visit,
        DayLine::Attendance,
        DayLine::Home,
    ];
    line(text).or_else(|| by_worth.into_iter().find(holds))
}

/// Whether a row or column with this heading sums up others: 合計, 利用者数計.
pub fn is_total(text: &str) -> bool {
    const LONGEST: usize = 10;
    let key = label_key(text);
    let short = key.chars().count() <= LONGEST;
    let bare: String = key.chars().filter(|c| *c != 'の').collect();
    let named = |key: &str| words().totals.iter().any(|word| word.is(key));
    let counts = ["計", "者数", "人数", "総数"];
    named(&key) || named(&bare) || short && counts.iter().any(|end| key.ends_with(end))
}

/// Whether it says that marks stand there, and not whose: 実施, 出欠.
pub fn is_of_marks(text: &str) -> bool {
    let key = label_key(text);
    words().marks.iter().any(|word| word.is(&key))
}

/// Whether a heading asks for the office's own name or number.
pub fn is_of_office(vocabulary: &Vocabulary, text: &str) -> bool {
    let mut meanings = vocabulary.meanings(text).into_iter().flatten();
    meanings.any(|(_, item)| matches!(item, Item::OfficeName | Item::OfficeNumber))
}

/// The text before an honorific that ends it.
pub fn honoured(text: &str) -> Option<&str> {
    let text = text.trim();
    let mut honorifics = layout_words::words().people.honorifics.iter();
    let name = honorifics.find_map(|honorific| text.strip_suffix(honorific.as_str()))?;
    Some(name.trim_end()).filter(|name| name.chars().count() >= 2)
}

/// What a heading outside the days asks for; [`Item::Ignored`] where no check asks for it.
pub fn asked(vocabulary: &Vocabulary, text: &str) -> Option<Item> {
    // ▲在宅 over a sum says which marks are counted.
    let unmarked = text.trim_start_matches(|c: char| "▲△▼▽○〇◯●◎☆★◇□■◆".contains(c));
    let text = if unmarked.is_empty() { text } else { unmarked };
    let key = label_key(text);
    let is_count = key.ends_with(['数', '計', '回']);
    let of_line = |line| match line {
        // 在宅日 lists the days that 在宅 counts.
        DayLine::Home if is_count || self::line(text).is_some() && !key.ends_with('日') => {
            Item::HomeDays
        }
        DayLine::Home => Item::Days,
        DayLine::Weekly if !is_count => Item::WeeklyDate,
        DayLine::Monthly if !is_count => Item::MonthlyDate,
        _ => Item::Ignored,
    };
    let known = || {
        let meanings = vocabulary.meanings(text)?;
        let of = |wanted| {
            let mut meanings = meanings.iter();
            meanings
                .find(|(kind, _)| *kind == wanted)
                .map(|(_, item)| *item)
        };
        of(Some(FormKind::Listing)).or_else(|| of(None))
    };
    about(text)
        .map(of_line)
        .or_else(known)
        .or_else(|| vocabulary.column(text, FormKind::Listing))
        .or_else(|| vocabulary.guess(text, FormKind::Listing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_parse() {
        let words: Words = toml::from_str(WORDS).unwrap();
        assert!(words.lines.len() == 6 && words.within.len() == 6);
    }

    #[test]
    fn headings_tell_what_they_are_for() {
        let v = Vocabulary::builtin();
        for (text, item) in [
            ("在宅\n回数", Item::HomeDays),
            ("在宅　計", Item::HomeDays),
            ("在宅利用日数", Item::HomeDays),
            ("通所日数", Item::Ignored),
            ("通所 計", Item::Ignored),
            ("週評価の実施日", Item::WeeklyDate),
            ("一週間のまとめをした日", Item::WeeklyDate),
            ("週評価回数", Item::Ignored),
            ("達成度評価をした日", Item::MonthlyDate),
            ("在宅で利用した日", Item::Days),
            ("在宅利用日", Item::Days),
            ("在宅", Item::HomeDays),
            ("▲在宅", Item::HomeDays),
            ("●通所", Item::Ignored),
            ("利用者名", Item::Name),
            ("計", Item::HomeDays),
        ] {
            assert_eq!(asked(v, text), Some(item), "{text}");
        }
        for unknown in ["山田　花子", "○", "9/5", ""] {
            assert_eq!(asked(v, unknown), None, "{unknown}");
        }
    }

    #[test]
    fn sums_are_told_by_their_heading() {
        for total in [
            "合計",
            "計",
            "利用者数計",
            "在宅 計",
            "人数",
            "在宅利用者数",
            "通所した人数",
        ] {
            assert!(is_total(total), "{total}");
        }
        for other in ["山田　花子", "会計係の長い説明が続くものの計", "在宅", ""]
        {
            assert!(!is_total(other), "{other}");
        }
    }
}
