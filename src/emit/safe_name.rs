//! Names for files and folders that every system accepts.
//!
//! Offices and users lend their names to outputs. What comes back from here is
//! one part of a path: no separator, nothing that Windows refuses or reads as a
//! device, short enough for a path of several parts.

use unicode_normalization::UnicodeNormalization;

/// Longest name, in bytes of UTF-8: some 60 Japanese characters.
const LONGEST: usize = 180;

/// Names that Windows reads as devices, whatever extension follows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The nearest name to `text` that is safe. An extension outlives shortening.
pub fn safe_name(text: &str) -> String {
    let written: String = text.nfc().filter_map(safe_char).collect();
    let mut name = trimmed(&written).to_owned();
    if name.len() > LONGEST {
        let (stem, extension) = split_extension(&name);
        let stem = cut(stem, LONGEST.saturating_sub(extension.len()));
        name = format!("{}{extension}", trimmed(stem));
    }
    if name.is_empty() || is_device(&name) {
        name.insert(0, '_');
    }
    name
}

/// Full-width twins keep a name readable where the character itself is refused.
fn safe_char(c: char) -> Option<char> {
    match c {
        '<' => Some('＜'),
        '>' => Some('＞'),
        ':' => Some('：'),
        '"' => Some('”'),
        '/' => Some('／'),
        '\\' => Some('＼'),
        '|' => Some('｜'),
        '?' => Some('？'),
        '*' => Some('＊'),
        '\t' | '\n' | '\r' => Some(' '),
        c if c.is_control() => None,
        // Marks that turn or hide the text around them.
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        c => Some(c),
    }
}

/// Without the blanks and dots that Windows drops from the end, and blanks before.
fn trimmed(name: &str) -> &str {
    name.trim_start()
        .trim_end_matches(|c: char| c.is_whitespace() || c == '.')
}

/// `("report", ".pdf")`; only a short ASCII ending counts as an extension.
fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.').and_then(|at| name.split_at_checked(at)) {
        Some((stem, end)) if !stem.is_empty() && end.len() <= 6 && end.is_ascii() => (stem, end),
        _ => (name, ""),
    }
}

/// The longest beginning of at most `bytes` bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.trim_end().to_lowercase();
    if DEVICES.contains(&stem.as_str()) {
        return true;
    }
    let Some(port) = stem.strip_prefix("com").or(stem.strip_prefix("lpt")) else {
        return false;
    };
    matches!(
        port,
        "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in [
            "みなと就労センター",
            "支援記録 9月.xlsx",
            "a.b",
            "console",
            "com10",
        ] {
            assert_eq!(safe_name(name), name);
        }
    }

    #[test]
    fn what_windows_refuses_is_written_otherwise() {
        for (text, name) in [
            ("A/B型:港", "A／B型：港"),
            ("..", "_"),
            ("", "_"),
            (" 港 . ", "港"),
            ("../../etc", "..／..／etc"),
            ("CON", "_CON"),
            ("nul.xlsx", "_nul.xlsx"),
            ("Lpt1", "_Lpt1"),
            ("港\n東\u{202e}", "港 東"),
            ("か\u{3099}", "が"),
        ] {
            assert_eq!(safe_name(text), name, "{text:?}");
        }
    }

    #[test]
    fn long_names_keep_their_extension() {
        let name = safe_name(&format!("{}.xlsx", "港".repeat(200)));
        assert!(name.len() <= LONGEST && name.ends_with("港.xlsx"), "{name}");
    }

    proptest! {
        #[test]
        fn every_text_becomes_one_part_of_a_path(text in "\\PC*|[./\\\\ a:.]{0,8}|.{0,300}") {
            let name = safe_name(&text);
            let mut parts = std::path::Path::new(&name).components();
            prop_assert!(matches!(parts.next(), Some(std::path::Component::Normal(_))));
            prop_assert!(parts.next().is_none());
            prop_assert!(name.len() <= LONGEST + 1);
            prop_assert_eq!(safe_name(&name), name);
        }
    }
}
