//! Lines of the terminal's width, a Japanese character being two columns wide.

use unicode_width::UnicodeWidthChar;

/// Signs that no line begins with.
const NEVER_FIRST: &str = "、。，．・」』）〕］｝】〉》！？ー～…,.:;!?)]}";

/// The text in lines of at most `width` columns, broken at blanks and between Japanese
/// characters; a longer word is broken anywhere.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text) {
        let wide = columns(piece.trim_end());
        if used > 0 && used + wide > width {
            lines.push(String::new());
            used = 0;
        }
        for c in piece.chars() {
            let columns = c.width().unwrap_or(0);
            if used > 0 && used + columns > width && !c.is_whitespace() {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut()
                && !(used == 0 && c.is_whitespace())
            {
                line.push(c);
                used += columns;
            }
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

fn columns(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// The text cut wherever a line may end: behind blanks, and behind a wide character unless a
/// sign follows that no line begins with.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut chars = text.char_indices().peekable();
    let mut start = 0;
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let is_wide = |c: char| c.width() == Some(2) && !"「『（〔［｛【〈《".contains(c);
        let may_end = match next {
            None => true,
            Some(next) if NEVER_FIRST.contains(next) => false,
            Some(next) => c.is_whitespace() && !next.is_whitespace() || is_wide(c),
        };
        if may_end && let Some((piece, after)) = rest.split_at_checked(end - start) {
            pieces.push(piece);
            rest = after;
            start = end;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_a_reader_expects_it() {
        for (text, width, lines) in [
            ("", 10, &[""] as &[&str]),
            ("短い文です。", 20, &["短い文です。"]),
            ("長い文です。次です。", 12, &["長い文です。", "次です。"]),
            ("あいうえお。か", 10, &["あいうえ", "お。か"]),
            ("あいう「えお", 8, &["あいう", "「えお"]),
            ("look for the record", 10, &["look for", "the record"]),
            ("1日に2回以上", 7, &["1日に", "2回以上"]),
            ("abcdefghij/klm", 6, &["abcdef", "ghij/k", "lm"]),
        ] {
            assert_eq!(wrapped(text, width), lines, "{text}");
        }
    }

    #[test]
    fn nothing_is_lost_and_no_line_is_too_long() {
        let text = "9月5日（金）の支援記録の「支援方法」が空欄です。fixtures/在宅日報/a_9月.xlsx [9月5日] B7";
        for width in 4..40 {
            let lines = wrapped(text, width);
            let squeezed = |text: &str| text.replace(' ', "");
            assert_eq!(squeezed(&lines.concat()), squeezed(text));
            // A closing sign may hang over with the character before it.
            assert!(
                lines.iter().all(|line| columns(line) <= width.max(6)),
                "{width} {lines:?}"
            );
        }
    }
}
