//! Signs that answer a printed choice.

use serde::Deserialize;

use crate::recognise::wording::layout_words;
use crate::text::squash;

/// The signs; each field is a set of characters.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticks {
    /// A choice that was made.
    pub chosen: String,
    /// A choice that was left open.
    pub open: String,
    /// Chosen, unless a sign of `chosen` stands in the same text.
    pub circles: String,
    /// Letters written as a tick, right at a choice.
    pub letters: String,
    /// Chosen, where nothing else stands in the cell.
    alone: String,
}

impl Ticks {
    /// Whether a choice may be made with the character.
    pub fn chooses(&self, c: char) -> bool {
        let lists = [&self.chosen, &self.circles, &self.letters];
        lists.iter().any(|list| list.contains(c))
    }
}

/// The signs, as data.
pub fn ticks() -> &'static Ticks {
    &layout_words::words().ticks
}

/// Whether the whole text is a sign that chooses.
pub fn is_sign(text: &str) -> bool {
    let text = squash(text);
    let mut chars = text.chars();
    let first = chars.next();
    let chooses = |c| ticks().chooses(c) || ticks().alone.contains(c);
    chars.next().is_none() && first.is_some_and(chooses)
}
