//! The text of page headers and footers, in which Excel mixes formatting codes.

/// Headers and footers that a sheet can have: of odd, even and first pages.
const TEXTS: usize = 6;
/// Characters of one that are looked at; Excel stops at 255.
const LONGEST: usize = 1_024;

/// The lines of all headers and footers, each line once.
pub(super) fn join(texts: &[String]) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in texts.iter().take(TEXTS).flat_map(|text| text.lines()) {
        let line = line.trim();
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// Takes out the codes: `&L` begins a section, `&"font,style"`, `&10` and `&K000000` set the
/// type, `&P` and its like stand for numbers that only the printer knows, `&&` is an ampersand.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().take(LONGEST).peekable();
    while let Some(c) = chars.next() {
        if c != '&' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('&') => plain.push('&'),
            Some('L' | 'C' | 'R' | 'l' | 'c' | 'r') => plain.push('\n'),
            Some('"') => while chars.next().is_some_and(|c| c != '"') {},
            Some('K') => {
                for _ in 0..6 {
                    chars.next_if(|c| c.is_ascii_hexdigit() || matches!(c, '+' | '-'));
                }
            }
            Some(digit) if digit.is_ascii_digit() => {
                while chars.next_if(char::is_ascii_digit).is_some() {}
            }
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_once() {
        let texts = [
            "\n（参考様式３） ".to_owned(),
            "（参考様式３）\n部外秘".to_owned(),
        ];
        assert_eq!(join(&texts), "（参考様式３）\n部外秘");
    }

    #[test]
    fn codes_are_no_text() {
        for (header, text) in [
            ("&L&\"ＭＳ 明朝,標準\"&10（参考様式３）", "\n（参考様式３）"),
            ("&C&P / &N&RA&&B", "\n / \nA&B"),
            ("&K01+000様式4", "様式4"),
            ("様式&", "様式"),
        ] {
            assert_eq!(plain(header), text, "{header}");
        }
    }
}
