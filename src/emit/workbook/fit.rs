//! How much room a text needs, so that nothing is clipped on paper.

use unicode_width::UnicodeWidthChar;

/// The most UTF-16 units that a cell holds.
const CELL_LIMIT: usize = 32_767;
const LINE_EM: f64 = 1.32;
const PADDING_PT: f64 = 5.0;

/// What the letters of a box take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    /// Their size in points.
    pub points: f64,
    /// The width of figures and other narrow letters in ems.
    pub narrow_em: f64,
    /// Pixels that stay free beside them.
    pub padding_px: f64,
}

/// The text without the control characters that a workbook cannot hold.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n")
        .replace('\t', " ")
        .chars()
        .filter(|&c| c == '\n' || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')))
        .collect()
}

/// The text in parts that each fit in a cell; one part at least.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut units = 0;
    for c in text.chars() {
        if units + c.len_utf16() > CELL_LIMIT {
            parts.push(String::new());
            units = 0;
        }
        units += c.len_utf16();
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

/// The beginning of a text that fits in a cell, with `…` where more was there.
pub(super) fn first_part(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// The height in points of `text` in a box `px` wide.
pub(super) fn height(text: &str, px: u32, letters: Letters) -> f64 {
    let em_px = letters.points * 96.0 / 72.0;
    let ems = (f64::from(px) - letters.padding_px) / em_px;
    let lines = text
        .split('\n')
        .map(|line| wrapped(line, ems, letters.narrow_em));
    lines.sum::<usize>() as f64 * letters.points * LINE_EM + PADDING_PT
}

/// How many lines one paragraph takes; words of narrow letters stay whole.
fn wrapped(paragraph: &str, ems: f64, narrow_em: f64) -> usize {
    let room = ems.max(1.0);
    let (mut lines, mut used, mut word) = (1, 0.0, 0.0);
    for c in paragraph.chars() {
        let width = em(c, narrow_em);
        let in_word = width < 1.0 && !c.is_whitespace();
        word = if in_word { word + width } else { 0.0 };
        if used + width > room {
            lines += 1;
            // The word moves to the next line, unless it is longer than a line.
            used = if in_word && word < room {
                word - width
            } else {
                word = width;
                0.0
            };
        }
        used += width;
    }
    lines
}

fn em(c: char, narrow_em: f64) -> f64 {
    match c.width() {
        Some(0) | None => 0.0,
        Some(1) if c.is_ascii() && !matches!(c, 'M' | 'W' | 'm' | 'w') => narrow_em,
        // Ambiguous signs such as ○ and ① are wide in Japanese fonts.
        Some(_) => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_lines_stay() {
        assert_eq!(clean("a\u{0}b\u{b}\r\nc\td\u{FFFF}"), "ab\nc d");
    }

    #[test]
    fn an_overlong_text_is_parted_without_loss() {
        let text = "𠮷あ".repeat(20_000);
        let parts = parts(&text);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts.concat(), text);
        assert!(parts.iter().all(|p| p.encode_utf16().count() <= CELL_LIMIT));
    }

    #[test]
    fn height_grows_with_lines_and_width() {
        let letters = Letters {
            points: 10.0,
            narrow_em: 0.76,
            padding_px: 9.0,
        };
        let tall = |text: &str, px| height(text, px, letters);
        let one = tall("電話", 600);
        assert!(tall("電話\n電話", 600) > one);
        assert!(tall(&"電話".repeat(40), 600) > one);
        assert!(tall(&"電話".repeat(20), 600) < tall(&"電話".repeat(20), 200));
    }

    #[test]
    fn lines_wrap_by_letters_and_by_words() {
        for (text, lines) in [
            ("", 1),
            ("あいうえお", 1),
            ("あいうえおか", 2),
            ("あいう12345", 2),
            ("123456789012345", 3),
        ] {
            assert_eq!(wrapped(text, 5.0, 0.76), lines, "{text}");
        }
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(first_part("あいうえお", 5), "あいうえお");
        assert_eq!(first_part("あいうえおか", 5), "あいうえ…");
    }
}
