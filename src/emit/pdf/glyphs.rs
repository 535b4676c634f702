//! Which characters can be printed, and what stands in for the others.
//!
//! [`Printable`] can only be made here, so no text reaches a page without its
//! characters having been looked up in the embedded fonts.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Serialize;
use unicode_normalization::char::compose;

use super::world::Fonts;

/// 〓 (geta), the printer's mark for a character that is not in the type case.
const GETA: char = '〓';

/// A break is allowed here though nothing is printed.
const BREAK: char = '\u{200b}';

/// The longest run of letters that is not broken, in characters.
const LONGEST_RUN: usize = 16;

/// A character that no embedded font has; 〓 stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// The text that it belongs to, for people: a file and sheet, or a name.
    pub place: String,
}

/// Text whose characters can all be printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Printable(String);

impl Printable {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Makes text printable and remembers what could not be.
#[derive(Debug, Default)]
pub(super) struct Ink {
    missing: BTreeSet<MissingGlyph>,
}

impl Ink {
    /// The text as it can be printed; `place` says whose text it is.
    pub(super) fn text(&mut self, text: &str, place: &str) -> Printable {
        self.set(text, place, false)
    }

    /// A path or sheet name, which may also break after each of its parts.
    pub(super) fn path(&mut self, text: &str, place: &str) -> Printable {
        self.set(text, place, true)
    }

    /// What was replaced, by character and place.
    pub(super) fn into_missing(self) -> Vec<MissingGlyph> {
        self.missing.into_iter().collect()
    }

    /// What was replaced so far.
    pub(super) fn missing(&self) -> impl Iterator<Item = &MissingGlyph> {
        self.missing.iter()
    }

    fn set(&mut self, text: &str, place: &str, is_path: bool) -> Printable {
        let mut out = String::with_capacity(text.len());
        let mut run = 0;
        let text = text.replace("\r\n", "\n");
        let mut chars = text.trim_end().chars().peekable();
        while let Some(mut c) = chars.next() {
            // が is stored as two characters in names from macOS.
            if let Some(composed) = chars.peek().and_then(|&next| voiced(c, next)) {
                c = composed;
                chars.next();
            }
            let Some(c) = self.glyph(c, place) else {
                continue;
            };
            out.push(c);
            // 葛 and its like: a name keeps its own shape where the fonts have it.
            out.extend(chars.next_if(|&shape| has_shape(c, shape)));
            let joins = c.is_ascii_graphic();
            run = if joins { run + 1 } else { 0 };
            let part_ends = is_path && ends_part(c, chars.peek().copied());
            if part_ends || run >= LONGEST_RUN {
                out.push(BREAK);
                run = 0;
            }
        }
        Printable(out)
    }

    /// The character to print for `c`; `None` when it prints nothing.
    fn glyph(&mut self, c: char, place: &str) -> Option<char> {
        match c {
            '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Some(' '),
            c if is_invisible(c) => None,
            c if has_glyph(c) => Some(c),
            c => Some(look_alike(c).unwrap_or_else(|| {
                self.missing.insert(MissingGlyph {
                    character: c,
                    place: place.to_owned(),
                });
                GETA
            })),
        }
    }
}

/// Whether a path may be broken after `c`: between words, never in a date or before an
/// extension.
fn ends_part(c: char, next: Option<char>) -> bool {
    match c {
        '/' | '_' => true,
        '-' => next.is_some_and(|next| !next.is_ascii_digit()),
        _ => false,
    }
}

/// `か` and the combining sound mark as `が`.
fn voiced(base: char, mark: char) -> Option<char> {
    matches!(mark, '\u{3099}' | '\u{309a}')
        .then(|| compose(base, mark))
        .flatten()
}

/// Whether both weights draw `base` in the shape that the selector after it asks for.
fn has_shape(base: char, selector: char) -> bool {
    let instances = &Fonts::embedded().instances;
    matches!(selector, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        && instances.iter().all(|instance| {
            let shape = instance.ttf().glyph_variation_index(base, selector);
            shape.is_some()
        })
}

/// Controls, joiners, marks of direction (which could turn a text round) and shapes that
/// the fonts do not have.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Another drawing of the same sign.
fn look_alike(c: char) -> Option<char> {
    let other = match c {
        '☐' | '▢' | '⬜' => '□',
        '☑' | '☒' | '⬛' => '■',
        '✔' | '✅' => '✓',
        '⚪' | '⭕' => '○',
        '⚫' => '●',
        '❌' | '✕' | '✖' => '×',
        '‐' | '‑' | '⁃' => '-',
        _ => return None,
    };
    has_glyph(other).then_some(other)
}

/// Whether both weights have it, so that bold text is safe too.
fn has_glyph(c: char) -> bool {
    static COVERED: OnceLock<Vec<bool>> = OnceLock::new();
    let covered = COVERED.get_or_init(|| {
        let mut counts: Vec<usize> = Vec::new();
        let faces = &Fonts::embedded().faces;
        for face in faces {
            for code in face.info().coverage.iter() {
                let code = code as usize;
                if counts.len() <= code {
                    counts.resize(code + 1, 0);
                }
                counts[code] += 1;
            }
        }
        counts
            .into_iter()
            .map(|count| count > 0 && count == faces.len())
            .collect()
    });
    covered.get(c as usize).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> (String, Vec<char>) {
        let mut ink = Ink::default();
        let out = ink.text(text, "place").0;
        (
            out,
            ink.into_missing().iter().map(|m| m.character).collect(),
        )
    }

    #[test]
    fn a_character_of_no_font_becomes_geta_and_is_told() {
        assert_eq!(set("𓀀田"), ("〓田".to_owned(), vec!['𓀀']));
        assert_eq!(set("👍👍"), ("〓〓".to_owned(), vec!['👍']));
    }

    #[test]
    fn ordinary_names_and_signs_are_printed_as_written() {
        for text in ["髙﨑 邉", "①㈱℡", "9:00～16:00", "ｱｲｳ", "a\nb"] {
            assert_eq!(set(text), (text.to_owned(), vec![]));
        }
    }

    #[test]
    fn signs_with_a_look_alike_are_not_missing() {
        assert_eq!(set("☐通所 ☑訪問"), ("□通所 ■訪問".to_owned(), vec![]));
    }

    #[test]
    fn split_kana_are_joined_and_controls_are_dropped() {
        assert_eq!(set("か\u{3099}\u{0}\u{202e}b"), ("がb".to_owned(), vec![]));
        assert_eq!(set("a\r\nb\rc\t"), ("a\nb\nc".to_owned(), vec![]));
    }

    #[test]
    fn the_shape_of_a_name_is_kept_where_the_fonts_have_it() {
        assert_eq!(set("侮\u{e0101}").0, "侮\u{e0101}");
        assert_eq!(set("侮\u{e01ee}a\u{e0101}").0, "侮a");
    }

    #[test]
    fn long_runs_and_paths_may_break() {
        let long = "x".repeat(40);
        assert_eq!(set(&long).0.matches(BREAK).count(), 2);
        assert_eq!(set(&"あ".repeat(40)).0.matches(BREAK).count(), 0);
        let mut ink = Ink::default();
        assert_eq!(ink.path("a/b_c", "").0, "a/\u{200b}b_\u{200b}c");
        let dated = ink.path("記録-甲_2025-09.xlsx", "").0;
        assert_eq!(dated, "記録-\u{200b}甲_\u{200b}2025-09.xlsx");
    }
}
