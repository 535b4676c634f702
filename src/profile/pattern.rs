//! Patterns of names and texts: `*` for any characters, `?` for one.

use crate::text::squash;

/// A pattern; compared without white space, full and half width alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<char>);

impl Pattern {
    /// The pattern as written; `None` when it is empty.
    pub fn new(text: &str) -> Option<Self> {
        let pattern: Vec<char> = squash(text).chars().collect();
        (!pattern.is_empty()).then_some(Self(pattern))
    }

    /// Whether all of `text` fits.
    pub fn fits(&self, text: &str) -> bool {
        let text: Vec<char> = squash(text).chars().collect();
        // Where the last `*` stood, and how far it reached: one step back is enough.
        let (mut at, mut read) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        while read < text.len() {
            match self.0.get(at) {
                Some('*') => {
                    star = Some((at, read));
                    at += 1;
                }
                Some(c) if *c == '?' || *c == text[read] => {
                    at += 1;
                    read += 1;
                }
                _ => {
                    let Some((star_at, reached)) = star else {
                        return false;
                    };
                    star = Some((star_at, reached + 1));
                    at = star_at + 1;
                    read = reached + 1;
                }
            }
        }
        self.0.iter().skip(at).all(|c| *c == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_stand_for_characters() {
        for (pattern, text, fits) in [
            ("9月3日", "９月 ３日", true),
            ("*月*日", "10月12日", true),
            ("*月*日", "10月", false),
            ("集計*", "集計", true),
            ("*集計", "月の集計", true),
            ("?月", "9月", true),
            ("?月", "10月", false),
            ("*a*b", "xaxbxab", true),
            ("*a*b", "xaxbxac", false),
            ("*", "", true),
        ] {
            assert_eq!(
                Pattern::new(pattern).unwrap().fits(text),
                fits,
                "{pattern} {text}"
            );
        }
        assert_eq!(Pattern::new(" "), None);
    }
}
