//! Printed answers in a box for free text: `□達成　☑一部達成　□未達成`.
//!
//! What was chosen is the text. What the answers mean must not enter.

use super::fields::{self, Entries};
use super::joined;
use crate::model::{Field, Wording};
use crate::recognise::ticks;

/// The text of a box, with the chosen ones of its printed answers; unclear where none is chosen
/// and nothing else is written.
pub fn text(entries: Entries) -> Field<String> {
    let Some(entry) = fields::first(entries) else {
        return Field::absent();
    };
    let mut is_open = false;
    let mut told = entry.clone();
    told.words.retain_mut(|word| {
        let (offered, more) = parted(&word.text);
        let Some(chosen) = answers(offered).filter(|_| word.tick.is_none()) else {
            return true;
        };
        is_open |= chosen.is_empty() && more.is_empty();
        let chosen = chosen.join("・");
        word.text = match (chosen.is_empty(), more.is_empty()) {
            (false, false) => format!("{chosen}\n{more}"),
            (false, true) => chosen,
            (true, false) => return true,
            (true, true) => return false,
        };
        true
    });
    let field = fields::text(Some(&vec![told]));
    let raw = joined::shown(&entry.words);
    match is_open && field.text().is_none() {
        true => Field::unclear(
            raw,
            Wording::new(
                "印刷された選択肢のどれにも印がありません",
                "none of the printed answers is ticked",
            ),
            entry.words.first().map(|word| word.cell),
        ),
        false => Field { raw, ..field },
    }
}

/// The lines that begin with a box, and those below them.
fn parted(text: &str) -> (&str, &str) {
    let signs = ticks();
    let is_box = |c: char| signs.chosen.contains(c) || signs.open.contains(c);
    let mut lines = text.match_indices('\n');
    let end = lines.find(|(at, _)| {
        let below = text.get(at + 1..).unwrap_or_default();
        !below.trim_start().starts_with(is_box)
    });
    let (offered, more) = text
        .split_at_checked(end.map_or(text.len(), |(at, _)| at))
        .unwrap_or((text, ""));
    (offered, more.trim())
}

/// The chosen ones of the answers that a text offers, each behind its box; `None` where it does
/// not begin with a box or offers no two.
fn answers(text: &str) -> Option<Vec<String>> {
    let signs = ticks();
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
    use crate::model::{Cell, Grounds};
    use crate::recognise::{Entry, Word};

    fn read_all(texts: &[&str]) -> Option<String> {
        let word = |text: &&str| Word {
            text: (*text).to_owned(),
            ..Word::default()
        };
        let entry = Entry {
            label: String::new(),
            home: Cell::new(0, 0),
            words: texts.iter().map(word).collect(),
            grounds: Grounds::default(),
        };
        text(Some(&vec![entry])).text().map(str::to_owned)
    }

    fn read(text: &str) -> Option<String> {
        read_all(&[text])
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
        let both = read_all(&["■達成　□未達成", "8日とも続けた。"]);
        assert_eq!(both.as_deref(), Some("達成 8日とも続けた。"));
        let reason = read_all(&["□達成　□未達成", "8日とも続けた。"]);
        assert_eq!(reason.as_deref(), Some("8日とも続けた。"));
        // What is written out below them is kept, whatever is ticked.
        let detail = "■○達成 □△一部達成 □×未達成\n9日すべてで作業ができた。";
        let told = "○達成\n9日すべてで作業ができた。";
        assert_eq!(read(detail).as_deref(), Some(told));
        let open = "□達成　□未達成\n9日すべてで作業ができた。";
        assert_eq!(read(open).as_deref(), Some(open));
        let lines = "□達成\n☑一部達成\n□未達成";
        assert_eq!(read(lines).as_deref(), Some("一部達成"));
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
