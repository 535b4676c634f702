//! From the words of 支援方法 or 実施方法 to the fields of a record.

use super::fields::{Entries, doubts, first};
use super::{chosen, method};
use crate::model::{Doubt, Field, Method, Wording};
use crate::recognise::ticks;
use crate::text::clean;

/// The method of support, and the words for one that is not among those `printed` on the
/// form: they stand after その他, or in its place.
pub fn method_field(entries: Entries, printed: &[Method]) -> (Field<Method>, Field<String>) {
    let Some(entry) = first(entries) else {
        return (Field::absent(), Field::absent());
    };
    let choice = chosen::choice(entry);
    let mut doubts = doubts(&entry.words);
    let cell = choice.cell.or(Some(entry.home));
    let raw = choice.raw;
    let own_words = || {
        let method = choice.method.filter(|method| !printed.contains(method))?;
        let own = ticked_word(&raw)
            .or_else(|| named_in_brackets(&raw))
            .unwrap_or(&raw);
        (method != Method::Other && !choice.several).then(|| clean(own).replace('\n', ""))
    };
    let note = match choice.note.or_else(own_words) {
        Some(note) => Field {
            grounds: entry.grounds,
            ..Field::read(note.clone(), note, choice.note_cell)
        },
        None => Field::blank(choice.note_cell),
    };
    if choice.several {
        doubts.push(Doubt::SeveralChoices);
    }
    let field = match choice.method {
        Some(method) => Field {
            doubts,
            grounds: entry.grounds,
            ..Field::read(raw, method, cell)
        },
        None if choice.unread => Field::unclear(
            raw,
            Wording::new("方法として読み取れません", "the method cannot be read"),
            cell,
        ),
        None if choice.unticked => Field::unclear(
            raw,
            Wording::new(
                "その他の内容は書かれていますが、どの選択肢にも印がありません",
                "words for another method are written, and none of the choices is ticked",
            ),
            cell,
        ),
        None => Field::blank(cell),
    };
    (field, note)
}

/// 電話 of `□訪問　☑電話`, printed choices in one cell.
fn ticked_word(text: &str) -> Option<&str> {
    let ticks = ticks();
    let (_, behind) = text.split_once(|c| ticks.chosen.contains(c))?;
    let ends = |c: char| ticks.open.contains(c) || c.is_whitespace();
    let word = behind.trim_start().split(ends).next()?;
    (!word.is_empty()).then_some(word)
}

/// 電話 of `9/5（電話）`, where only what stands in the brackets names a method.
fn named_in_brackets(text: &str) -> Option<&str> {
    let (before, inner) = text.split_once(['（', '('])?;
    let inner = inner.trim_end().strip_suffix(['）', ')'])?;
    let names = |text: &str| method::method(text).is_some();
    (names(inner) && !names(before)).then_some(inner)
}
