//! 支援方法・方法・実施方法: the line of choices that the forms print.

use super::Reason;
use super::notation::{Rewrite, squeezed};
use crate::model::{Content, Doubt, Field, Method};

/// The choices of 支援方法 (参考様式2) before その他.
pub const SUPPORT: [Method; 2] = Method::OF_SUPPORT;
/// The choices of 方法 (参考様式2-2) and 実施方法 (参考様式3) before その他.
pub const EVALUATION: [Method; 2] = Method::OF_EVALUATION;

const EMPTY_BOXES: [char; 2] = ['□', '☐'];
const TICKED_BOXES: [char; 6] = ['☑', '☒', '■', '✓', '✔', 'レ'];
const OTHER: &str = "その他";

/// The choices with the right ones ticked: `□訪問　☑電話　□その他（　　　）`.
pub fn line(field: &Field<Method>, note: &Field<String>, choices: &[Method]) -> String {
    match answer(field, note, choices) {
        Answer::AsWritten => field.raw.clone(),
        Answer::Ticked(ticks) => ticks.line(note, choices),
    }
}

/// The rewriting that the field wants, in words: `その他（Zoom）` for `zoom`.
pub fn rewrite(field: &Field<Method>, note: &Field<String>, choices: &[Method]) -> Option<Rewrite> {
    field.value()?;
    let raw = bracketed(&squeezed(&field.raw));
    let Answer::Ticked(ticks) = answer(field, note, choices) else {
        return None;
    };
    let after = ticks.words();
    // その他 may have its words in the next box.
    let is_fine = raw.is_empty()
        || is_choice_line(&raw)
        || raw == squeezed(&after)
        || raw.trim_end_matches("（）") == OTHER;
    if is_fine {
        return None;
    }
    Rewrite::by_doubts(after, Reason::Method, &field.doubts)
}

/// What the line of choices shall show.
enum Answer {
    /// The text as it stands, since it cannot be told in ticks.
    AsWritten,
    Ticked(Ticks),
}

struct Ticks {
    chosen: Vec<Method>,
    /// The words in その他（…）, where その他 is ticked.
    other: Option<String>,
}

impl Ticks {
    fn line(&self, note: &Field<String>, choices: &[Method]) -> String {
        let tick = |ticked: bool| if ticked { '☑' } else { '□' };
        let mut line = String::new();
        for choice in choices {
            let ticked = self.chosen.contains(choice);
            line.push_str(&format!("{}{}　", tick(ticked), choice.japanese()));
        }
        let words = self.other.clone().unwrap_or_else(|| note.raw.clone());
        let words = match words.trim() {
            "" => "　".repeat(12),
            words => words.to_owned(),
        };
        line.push_str(&format!("{}{OTHER}（{words}）", tick(self.other.is_some())));
        line
    }

    fn words(&self) -> String {
        let chosen = self.chosen.iter().map(|m| m.japanese().to_owned());
        let other = self.other.iter().map(|words| match words.as_str() {
            "" => OTHER.to_owned(),
            words => format!("{OTHER}（{words}）"),
        });
        chosen.chain(other).collect::<Vec<_>>().join("・")
    }
}

fn answer(field: &Field<Method>, note: &Field<String>, choices: &[Method]) -> Answer {
    let method = match &field.content {
        Content::Unclear(_) => return Answer::AsWritten,
        _ if field.doubts.contains(&Doubt::StruckThrough) => return Answer::AsWritten,
        Content::Blank | Content::Absent => {
            return Answer::Ticked(Ticks {
                chosen: Vec::new(),
                other: None,
            });
        }
        Content::Value(method) => *method,
    };
    let raw = bracketed(&squeezed(&field.raw));
    let says_other = is_named(&raw, OTHER);
    if field.doubts.contains(&Doubt::SeveralChoices) {
        let chosen: Vec<Method> = choices
            .iter()
            .copied()
            .filter(|choice| is_named(&raw, choice.japanese()))
            .collect();
        if chosen.is_empty() {
            return Answer::AsWritten;
        }
        let other = says_other.then(|| words_for_other(method, &raw, note));
        return Answer::Ticked(Ticks { chosen, other });
    }
    Answer::Ticked(if says_other || !choices.contains(&method) {
        Ticks {
            chosen: Vec::new(),
            other: Some(words_for_other(method, &raw, note)),
        }
    } else {
        Ticks {
            chosen: vec![method],
            other: None,
        }
    })
}

/// The words that stand in その他（…）: those written, else the method's name.
fn words_for_other(method: Method, raw: &str, note: &Field<String>) -> String {
    let note = note.raw.trim();
    if !note.is_empty() {
        return note.to_owned();
    }
    let inner = raw
        .split_once("その他（")
        .and_then(|(_, rest)| rest.rsplit_once('）'))
        .map(|(inner, _)| inner);
    match inner {
        Some(inner) if !inner.is_empty() => inner.to_owned(),
        None if !raw.is_empty() && !is_choice_line(raw) && !raw.contains(OTHER) => raw.to_owned(),
        _ if method == Method::Other => String::new(),
        _ => method.japanese().to_owned(),
    }
}

fn is_choice_line(raw: &str) -> bool {
    raw.contains(EMPTY_BOXES) || raw.chars().any(|c| c != 'レ' && TICKED_BOXES.contains(&c))
}

/// Whether the text chooses `word`: by a ticked box in front of it, else as a word of its own.
fn is_named(raw: &str, word: &str) -> bool {
    if is_choice_line(raw) {
        return raw.match_indices(word).any(|(at, _)| {
            raw.get(..at)
                .is_some_and(|before| before.ends_with(TICKED_BOXES))
        });
    }
    let outside = raw.split('（').next().unwrap_or(raw);
    outside
        .split(['・', '、', ',', '，', '/', '／'])
        .any(|part| part == word)
}

/// The text with wide brackets.
fn bracketed(text: &str) -> String {
    text.replace('(', "（").replace(')', "）")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Wording;

    fn none() -> Field<String> {
        Field::absent()
    }

    #[test]
    fn a_printed_choice_is_ticked() {
        let phone = Field::read("TEL", Method::Phone, None);
        assert!(line(&phone, &none(), &SUPPORT).starts_with("□訪問　☑電話　□その他（　"));
        assert_eq!(rewrite(&phone, &none(), &SUPPORT).unwrap().after, "電話");
        let phone = Field::read("電 話", Method::Phone, None);
        assert_eq!(rewrite(&phone, &none(), &SUPPORT), None);
    }

    #[test]
    fn another_method_goes_to_other_with_its_own_words() {
        let zoom = Field::read("Zoom", Method::Video, None);
        assert_eq!(
            line(&zoom, &none(), &SUPPORT),
            "□訪問　□電話　☑その他（Zoom）"
        );
        assert_eq!(
            rewrite(&zoom, &none(), &SUPPORT).unwrap().after,
            "その他（Zoom）"
        );
        let noted = Field::read("その他（　　）", Method::Email, None);
        let note = Field::read("メール", "メール".to_owned(), None);
        assert_eq!(
            line(&noted, &note, &EVALUATION),
            "□通所　□訪問　☑その他（メール）"
        );
        assert_eq!(rewrite(&noted, &note, &EVALUATION), None);
    }

    #[test]
    fn other_stays_other_even_where_its_words_are_a_choice() {
        let phone = Field::read("その他(電話)", Method::Phone, None);
        assert_eq!(
            line(&phone, &none(), &SUPPORT),
            "□訪問　□電話　☑その他（電話）"
        );
        assert_eq!(rewrite(&phone, &none(), &SUPPORT), None);
    }

    #[test]
    fn a_line_of_boxes_is_no_change() {
        let visit = Field::read("☑訪問　□電話　□その他（　）", Method::Visit, None);
        assert!(line(&visit, &none(), &SUPPORT).starts_with("☑訪問　□電話"));
        assert_eq!(rewrite(&visit, &none(), &SUPPORT), None);
    }

    #[test]
    fn two_ticks_stay_two() {
        let mut both = Field::read("☑訪問 ☑電話 □その他", Method::Visit, None);
        both.doubts.push(Doubt::SeveralChoices);
        assert!(line(&both, &none(), &SUPPORT).starts_with("☑訪問　☑電話　□その他"));
        assert_eq!(rewrite(&both, &none(), &SUPPORT), None);
    }

    #[test]
    fn what_is_not_understood_stays_and_a_blank_is_unticked() {
        let unclear = Field::unclear("いつもの", Wording::default(), None);
        assert_eq!(line(&unclear, &none(), &SUPPORT), "いつもの");
        let blank = Field::blank(None);
        assert!(!line(&blank, &none(), &SUPPORT).contains('☑'));
    }
}
