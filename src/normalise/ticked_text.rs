//! Printed answers in a box for free text: `□達成　☑一部達成　□未達成`.
//!
//! What was chosen is the text. What the answers mean must not enter.

use super::words::words;
use crate::model::{Field, Wording};

/// The text of a box, or of its printed answers the chosen ones; unclear where none is.
pub fn told(field: Field<String>) -> Field<String> {
    match field.text().and_then(answers) {
        None => field,
        Some(chosen) if chosen.is_empty() => Field {
            doubts: field.doubts,
            grounds: field.grounds,
            ..Field::unclear(
                field.raw,
                Wording::new(
                    "印刷された選択肢のどれにも印がありません",
                    "none of the printed answers is ticked",
                ),
                field.cell,
            )
        },
        Some(chosen) => Field {
            doubts: field.doubts,
            grounds: field.grounds,
            ..Field::read(field.raw, chosen.join("・"), field.cell)
        },
    }
}

/// The chosen ones of the answers that a text offers, each behind its box; `None` where it does
/// not begin with a box or offers no two.
fn answers(text: &str) -> Option<Vec<String>> {
    let signs = &words().ticks;
    let is_box = |c: char| signs.chosen.contains(c) || signs.open.contains(c);
    let text = text.trim();
    let offered = text.matches(is_box).count();
    let is_offer =
        text.starts_with(is_box) && offered >= 2 && text.contains(|c| signs.open.contains(c));
    if !is_offer {
        return None;
    }
    let mut chosen = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let behind = rest.get(sign.len_utf8()..).unwrap_or_default();
        let end = behind.find(is_box).unwrap_or(behind.len());
        let (answer, next) = behind.split_at_checked(end)?;
        if signs.chosen.contains(sign) {
            chosen.push(answer.trim().to_owned());
        }
        rest = next;
    }
    Some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let field = told(Field::read(text, text.to_owned(), None));
        field.text().map(str::to_owned)
    }

    #[test]
    fn the_chosen_answers_are_the_text() {
        let cases = [
            ("□達成　☑一部達成　□未達成", "一部達成"),
            ("■○できた　□△一部できた", "○できた"),
            (
                "☑継続が妥当 □見直し ☑その他（月末に話し合う）",
                "継続が妥当・その他（月末に話し合う）",
            ),
        ];
        for (text, chosen) in cases {
            assert_eq!(read(text).as_deref(), Some(chosen), "{text}");
        }
        assert_eq!(read("□達成　□一部達成　□未達成"), None);
    }

    #[test]
    fn signs_within_a_text_of_its_own_are_left() {
        for text in [
            "■午前：入力　■午後：検品",
            "□",
            "目標を達成した。",
            "書類は□型の箱に、☑を付けて入れた。",
        ] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
    }
}
