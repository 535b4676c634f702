//! Folding of text for comparison. The text itself is never changed by it.

use unicode_normalization::UnicodeNormalization;

/// NFKC without any white space, and one form for each kind of wave dash and colon.
pub fn squash(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}'))
        .map(|c| match c {
            '〜' | '~' | '～' | '∼' => '~',
            '−' | '–' | '—' | '‐' | '‑' => '-',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_width_do_not_matter() {
        assert_eq!(squash("実 施\u{3000}日\n（１）"), "実施日(1)");
        assert_eq!(squash("９：００～１２：００"), "9:00~12:00");
        assert_ne!(squash("センター"), squash("センタ-"));
    }
}
