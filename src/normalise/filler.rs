//! Texts that fill a box and say nothing of their own: なし, 別紙参照, 〃, －.
//!
//! Which they are, and which items they answer all the same, is data. What is only printed, such
//! as 午前 over 午後, leaves its box empty.

use crate::model::{Field, Wording};
use crate::recognise::Item;

use super::words::words;
use crate::text::{squash, unbracketed};

/// The text of `item`, or, where it says nothing of its own, why a person must look.
pub fn told(item: Item, field: Field<String>) -> Field<String> {
    if field.text().is_some_and(is_print) {
        return Field {
            doubts: field.doubts,
            grounds: field.grounds,
            ..Field::blank(field.cell)
        };
    }
    let Some(reason) = field.text().and_then(|text| reason(item, text)) else {
        return field;
    };
    Field {
        doubts: field.doubts,
        grounds: field.grounds,
        ..Field::unclear(field.raw, reason, field.cell)
    }
}

/// Whether each line of a text is one of the words that part a box, a colon behind it or none. A
/// single word may be what somebody wrote.
fn is_print(text: &str) -> bool {
    const FEWEST: usize = 2;
    let prints = &words().prints;
    let is_one = |line: &str| {
        let line = squash(line).to_lowercase();
        let line = line.trim_end_matches(':');
        prints.iter().any(|print| print.is(line))
    };
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    lines().count() >= FEWEST && lines().all(is_one)
}

fn reason(item: Item, text: &str) -> Option<Wording> {
    let text = squash(text).to_lowercase();
    let core = unbracketed(&text).trim_matches(['。', '、', '.', ',']);
    let core = if core.is_empty() { &text } else { core };
    // －－－ is one sign, however often it is written.
    let first = core.chars().next()?;
    let one = first.to_string();
    let core = match core.chars().all(|c| c == first) {
        true => &one,
        false => core,
    };
    let mut fillers = words().fillers.iter();
    let filler = fillers.find(|filler| {
        let mut words = filler.words.iter();
        words.any(|word| word.is(core))
    })?;
    (!filler.answers.contains(&item)).then(|| filler.reason.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_told(item: Item, text: &str) -> bool {
        told(item, Field::read(text, text.to_owned(), None))
            .text()
            .is_some()
    }

    #[test]
    fn what_says_nothing_fills_no_box() {
        for text in [
            "なし",
            "別紙参照",
            "〃",
            "同上",
            "（未確認）",
            "-",
            "－",
            "—",
            "／",
            "//",
            "〃〃",
            "…",
            "未",
            "特になし。",
        ] {
            for item in [Item::Work, Item::Condition, Item::Recorder, Item::Signature] {
                assert!(!is_told(item, text), "{text}");
            }
        }
        assert!(!is_told(Item::Signature, "印") && !is_told(Item::Recorder, "㊞"));
        let field = told(Item::Recorder, Field::read("－", "－".to_owned(), None));
        assert!(field.is_unclear() && field.raw == "－");
    }

    #[test]
    fn what_is_printed_to_part_a_box_leaves_it_empty() {
        let told = |text: &str| told(Item::Work, Field::read(text, text.to_owned(), None));
        for print in ["午前\n午後", "ＡＭ：\n\nＰＭ：", "①\n②\n③"] {
            assert!(told(print).is_blank(), "{print}");
        }
        for text in ["午前：封入\n午後", "作業", "①宛名書き\n②"] {
            assert!(!told(text).is_blank(), "{text}");
        }
    }

    #[test]
    fn what_answers_the_item_or_says_more_stays() {
        assert!(is_told(Item::Health, "特になし") && is_told(Item::Issues, "なし"));
        assert!(is_told(Item::Remarks, "－"));
        for text in ["体調は変わりなし", "別紙の部品を袋に詰める", "南"] {
            assert!(is_told(Item::Work, text), "{text}");
        }
        assert!(is_told(Item::Signature, "印南　花子") && is_told(Item::Signature, "押印済"));
    }
}
