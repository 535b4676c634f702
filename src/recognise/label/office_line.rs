//! A line that says which office's form it is: its number, and its name or service around it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::recognise::grid::Block;
use crate::recognise::item::Item;
use crate::recognise::label::{Label, part_of};
use crate::recognise::wording::key::Key;
use crate::recognise::wording::key::label_key;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::folded;

/// Digits of an office's number.
const DIGITS: usize = 10;
/// What stands between the parts of a line, besides white space.
const STROKES: [char; 5] = ['/', '／', '、', '｜', '|'];

/// The words by which a line's parts are told apart.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeWords {
    /// What the name of a service is made of, the longer words first.
    service: Vec<Key>,
    /// What says before a name that the office made the sheet.
    made_by: Vec<Key>,
    /// What says that telephone, address or mail follow.
    reached_by: Vec<Key>,
    /// What the name of an office has, and the name of nobody.
    named: Vec<Key>,
    /// What the name of a sheet ends in.
    sheets: Vec<Key>,
}

impl OfficeWords {
    fn is_made_by(&self, label: &str) -> bool {
        let key = label_key(label);
        self.made_by.iter().any(|word| word.is(&key))
    }

    /// Whether a part of a line says how the office is reached.
    fn is_of_reach(&self, part: &str) -> bool {
        let key = label_key(part).to_lowercase();
        let mut words = self.reached_by.iter();
        words.any(|word| key.starts_with(&word.as_str().to_lowercase()))
            || !key.contains(|c: char| c.is_alphabetic())
    }

    /// Whether a text has a word that only the name of an office has.
    fn is_name(&self, text: &str) -> bool {
        let key = label_key(text);
        self.named.iter().any(|word| key.contains(word.as_str()))
    }

    /// Whether a text that nothing says it of can only be the name of an office.
    pub fn is_name_alone(&self, text: &str) -> bool {
        const OF_SHEETS: &str = "在宅";
        const OF_WORK: &str = "支援";
        let is_other = text.contains(OF_SHEETS) || text.ends_with(OF_WORK);
        self.is_name(text) && !is_other && !self.is_sheet(text)
    }

    /// Whether a text is the name of a sheet: 在宅で働いている方の名簿.
    fn is_sheet(&self, text: &str) -> bool {
        let key = label_key(text);
        self.sheets.iter().any(|word| key.ends_with(word.as_str()))
    }

    /// Whether a text is the name of a service and nothing more.
    pub fn is_service(&self, text: &str) -> bool {
        let key = label_key(text);
        let without = |rest: String, word: &Key| rest.replace(word.as_str(), "");
        !key.is_empty() && self.service.iter().fold(key, without).is_empty()
    }
}

/// The labels of a line such as `港の作業所　事業所番号4010100001　就労継続支援Ｂ型`: the number right
/// behind its label, the name before it or behind it. None where nothing but the number is told.
/// A number without a label is the office's beside its service and one name of an office.
pub fn labels(index: usize, block: &Block, vocabulary: &Vocabulary) -> Vec<Label> {
    told(&block.text, vocabulary)
        .into_iter()
        .map(|(item, text)| Label {
            inline: Some(vec![part_of(block, &text)]),
            ..Label::new(index, block.range, vec![(None, item)])
        })
        .collect()
}

/// The office's name in a line that is known to hold it beside its service, its number and how it
/// is reached; `None` where it holds nothing else.
pub fn name_alone(text: &str) -> Option<String> {
    const OF_NAME: &str = "事業所";
    let words = &layout_words::words().offices;
    let in_brackets = text.trim_end().strip_suffix([')', '）']);
    let in_brackets = in_brackets.and_then(|text| text.rsplit_once(['(', '（']));
    let (before, behind) = in_brackets.unwrap_or((text, ""));
    let (before, behind) = match words.is_of_reach(behind) {
        true => (before, behind),
        false => (text, ""),
    };
    let parts: Vec<&str> = parts(before).chain(parts(behind)).collect();
    let is_name = |part: &&&str| {
        !words.is_of_reach(part) && (part.contains(OF_NAME) || !words.is_service(part))
    };
    let name: Vec<&str> = parts.iter().filter(is_name).copied().collect();
    let is_less = !name.is_empty() && name.len() < parts.len();
    is_less.then(|| name.join("　"))
}

fn told(text: &str, vocabulary: &Vocabulary) -> Vec<(Item, String)> {
    const LONGEST: usize = 80;
    if text.chars().count() > LONGEST || text.contains('\n') {
        return Vec::new();
    }
    let Some(line) = around_number(text, vocabulary) else {
        return Vec::new();
    };
    let words = &layout_words::words().offices;
    let mut found: BTreeMap<Item, String> = BTreeMap::new();
    let [name, bracket] = beside_title(line.before, words, vocabulary);
    for side in [name, bracket, line.after] {
        let mut name: Vec<&str> = Vec::new();
        // 事業所名：就労継続支援B型事業所　港の会 goes on over a space, not over a stroke.
        let goes_on = !side.contains(STROKES);
        let mut is_named = false;
        for part in parts(side).flat_map(|part| dotted(part, words)) {
            let was_named = std::mem::replace(&mut is_named, false);
            match part.split_once([':', '：']) {
                Some((label, value)) if words.is_made_by(label) => name.push(value.trim()),
                Some((label, value)) => {
                    let Some(item) = item_of(vocabulary, label) else {
                        return Vec::new();
                    };
                    is_named = goes_on && item == Item::OfficeName;
                    found.entry(item).or_insert_with(|| value.trim().to_owned());
                }
                None if words.is_service(part) => {
                    found
                        .entry(Item::Service)
                        .or_insert_with(|| part.to_owned());
                }
                // Another label with its value behind a space: not a line about the office alone.
                None if vocabulary.meanings(part).is_some() => return Vec::new(),
                None if was_named && !part.contains(char::is_numeric) => {
                    is_named = true;
                    if let Some(named) = found.get_mut(&Item::OfficeName) {
                        named.push('　');
                        named.push_str(part);
                    }
                }
                None => name.push(part),
            }
        }
        // Beside a number that nothing names, two words may be the office's and a user's.
        let is_plain = line.is_labelled || matches!(name[..], [one] if words.is_name(one));
        let name = name.join("　");
        let is_name = !name.is_empty()
            && is_plain
            && vocabulary.title(&name).is_none()
            && !words.is_sheet(&name)
            && !name.contains(char::is_numeric);
        if is_name {
            found.entry(Item::OfficeName).or_insert(name);
        } else if !line.is_labelled && !name.is_empty() {
            return Vec::new();
        }
    }
    let told = |item| found.contains_key(&item);
    let is_known = line.is_labelled || told(Item::OfficeName) && told(Item::Service);
    if found.is_empty() || !is_known {
        return Vec::new();
    }
    found.insert(Item::OfficeNumber, line.number.to_owned());
    found.into_iter().collect()
}

/// What stands around the number of an office.
struct Line<'a> {
    before: &'a str,
    number: &'a str,
    after: &'a str,
    /// Whether a label says whose number it is.
    is_labelled: bool,
}

/// What a line says of the office before its number, and in the bracket that is open there. Where
/// the bracket tells a name, that is the office's behind the name of the sheet, and is left out
/// behind another name.
fn beside_title<'a>(before: &'a str, words: &OfficeWords, vocabulary: &Vocabulary) -> [&'a str; 2] {
    let bracket = before.rsplit_once(['(', '（']);
    let Some((outer, inner)) = bracket.filter(|(_, inner)| !inner.contains([')', '）'])) else {
        return [before, ""];
    };
    let tells = |part: &str| !words.is_service(part) && !part.contains([':', '：']);
    let mut inside = parts(inner).flat_map(|part| dotted(part, words));
    let is_sheet = || words.is_sheet(outer) || vocabulary.title(outer).is_some();
    match inside.any(tells) {
        true if is_sheet() => [inner, ""],
        true => [outer, ""],
        false => [outer, inner],
    }
}

/// The parts of a text between dots, where one of them is a service: a name may have a dot too.
fn dotted<'a>(part: &'a str, words: &OfficeWords) -> Vec<&'a str> {
    const DOTS: [char; 2] = ['・', '･'];
    let part = part.trim_matches(DOTS);
    let pieces: Vec<&str> = part.split(DOTS).map(str::trim).collect();
    match pieces.len() > 1 && pieces.iter().any(|piece| words.is_service(piece)) {
        true => pieces,
        false => vec![part],
    }
}

/// What stands before the label of the number, the number, and what stands behind it.
fn around_number<'a>(text: &'a str, vocabulary: &Vocabulary) -> Option<Line<'a>> {
    let chars = folded(text);
    let is_digit = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let begin = (0..chars.len()).find(|&at| is_digit(at))?;
    let end = begin + (begin..chars.len()).take_while(|&at| is_digit(at)).count();
    if end - begin != DIGITS {
        return None;
    }
    let place = |at: usize| chars.get(at).map_or(text.len(), |(place, _)| *place);
    let (lead, number) = (
        text.get(..place(begin))?,
        text.get(place(begin)..place(end))?,
    );
    let after = text.get(place(end)..)?;
    // The longest label right before the number.
    let mut starts = lead.char_indices().map(|(at, _)| at);
    let label = starts.find(|&at| {
        lead.get(at..).is_some_and(|label| {
            !label.starts_with(char::is_whitespace)
                && item_of(vocabulary, label) == Some(Item::OfficeNumber)
        })
    });
    Some(Line {
        before: lead.get(..label.unwrap_or(lead.len()))?,
        number,
        after,
        is_labelled: label.is_some(),
    })
}

fn item_of(vocabulary: &Vocabulary, label: &str) -> Option<Item> {
    let meanings = vocabulary.meanings(label)?;
    let meant = meanings.iter().find(|(kind, _)| kind.is_none());
    meant
        .map(|(_, item)| *item)
        .filter(|_| vocabulary.is_whole_label(label))
}

/// The parts of a text between white space and strokes, without the brackets around them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    const BRACKETS: [char; 6] = ['(', ')', '（', '）', '【', '】'];
    let is_gap = |c: char| c.is_whitespace() || STROKES.contains(&c);
    let parts = text.split(is_gap);
    let parts = parts.map(|part| part.trim_matches(|c| BRACKETS.contains(&c)));
    parts.filter(|part| part.chars().count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Vec<(Item, String)> {
        told(text, Vocabulary::builtin())
    }

    fn all(name: &str, service: Option<&str>) -> Vec<(Item, String)> {
        let number = (Item::OfficeNumber, "4010100001".to_owned());
        let service = service.map(|text| (Item::Service, text.to_owned()));
        let name = (Item::OfficeName, name.to_owned());
        [name, number].into_iter().chain(service).collect()
    }

    #[test]
    fn the_name_stands_before_or_behind_the_number() {
        let (b, harbour) = (Some("就労継続支援Ｂ型"), "港の作業所");
        assert_eq!(
            line("港の作業所　事業所番号4010100001　就労継続支援Ｂ型"),
            all(harbour, b)
        );
        assert_eq!(
            line("事業所番号 4010100001　港の作業所"),
            all(harbour, None)
        );
        assert_eq!(
            line("事業所名：港の作業所 / 事業所番号：4010100001 / 就労継続支援Ｂ型"),
            all(harbour, b)
        );
        assert_eq!(
            line("作成：港の作業所（事業所番号 4010100001）"),
            all(harbour, None)
        );
        assert_eq!(
            line("事業所名：就労継続支援B型事業所　港の会　　事業所番号：4010100001"),
            all("就労継続支援B型事業所　港の会", None)
        );
        assert_eq!(
            line(
                "事業所名：社会福祉法人 浜の会 港の作業所　就労継続支援Ｂ型　事業所番号：4010100001"
            ),
            all("社会福祉法人　浜の会　港の作業所", b)
        );
        assert_eq!(
            line("事業所名：港の作業所 / 浜の会 / 事業所番号：4010100001"),
            all(harbour, None)
        );
        let two_words = "指定事業所番号：4010100001　社会福祉法人　浜の会";
        assert_eq!(line(two_words), all("社会福祉法人　浜の会", None));
    }

    #[test]
    fn the_name_stands_in_a_bracket_behind_the_name_of_the_sheet() {
        let (b, harbour) = (Some("就労継続支援B型"), "港の作業所");
        for text in [
            "在宅で働く方の名簿（港の作業所・事業所番号4010100001・就労継続支援B型）",
            "在宅支援記録（港の作業所　事業所番号4010100001　就労継続支援B型）",
            "港の作業所（浜の会・就労継続支援B型・事業所番号4010100001・就労継続支援B型）",
            "港の作業所（就労継続支援B型・事業所番号4010100001）",
        ] {
            assert_eq!(line(text), all(harbour, b), "{text}");
        }
        assert_eq!(
            line("名簿（事業所番号4010100001　ワーク・港）"),
            all("ワーク・港", None)
        );
    }

    #[test]
    fn a_number_without_a_label_is_the_office_s_beside_its_service_and_its_name() {
        for (text, name, service) in [
            (
                "ワークオフィス港　（就労継続支援Ａ型　4010100001）",
                "ワークオフィス港",
                "就労継続支援Ａ型",
            ),
            (
                "港の作業所　4010100001　就労継続支援Ｂ型",
                "港の作業所",
                "就労継続支援Ｂ型",
            ),
            (
                "就労移行支援　港の作業所　4010100001",
                "港の作業所",
                "就労移行支援",
            ),
        ] {
            assert_eq!(line(text), all(name, Some(service)), "{text}");
        }
        for text in [
            "森下　澪　4010100001　就労継続支援Ｂ型",
            "港の作業所　森下　澪　4010100001　就労継続支援Ｂ型",
            "港の作業所　4010100001",
            "4010100001　就労継続支援Ｂ型",
            "港の作業所　受給者証番号4010100001　就労継続支援Ｂ型",
        ] {
            assert!(line(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_name_is_told_from_what_stands_beside_it() {
        for (text, name) in [
            (
                "就労移行支援　港の作業所　　TEL 093-000-0000",
                Some("港の作業所"),
            ),
            ("港の作業所（電話：093-000-0000）", Some("港の作業所")),
            (
                "社会福祉法人　浜の会　FAX093-000-0000",
                Some("社会福祉法人　浜の会"),
            ),
            ("就労移行支援事業所　港の会", None),
            ("港の作業所", None),
            ("就労移行支援　TEL 093-000-0000", None),
        ] {
            assert_eq!(name_alone(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn other_lines_are_read_as_they_were() {
        for text in [
            "事業所番号：4010100001",
            "受給者証番号 0100000031　森下　澪",
            "氏名　森下　澪　事業所番号4010100001",
            "在宅支援記録　事業所番号4010100001",
            "事業所番号は401010000です",
            "",
        ] {
            assert!(line(text).is_empty(), "{text}");
        }
    }
}
