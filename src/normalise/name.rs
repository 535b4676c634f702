//! Names of people: what makes two writings the same name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::words::words;
use crate::model::{Content, Problem, Wording};
use crate::recognise::honorifics;
use crate::text::squash;

/// The name for comparing: NFKC, without white space, variation selectors and honorifics,
/// variant kanji folded (髙 and 高), small letters. Hiragana and katakana stay apart.
pub fn name_key(name: &str) -> String {
    let key: String = squash(&without_reading(name))
        .chars()
        .filter(|c| !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'))
        .map(|c| variants().get(&c).copied().unwrap_or(c))
        .flat_map(char::to_lowercase)
        .collect();
    without_honorific(&key).to_owned()
}

/// The name for printing: trimmed, without its reading and an honorific, one wide space where
/// white space stands.
pub fn tidy(name: &str) -> String {
    let name = without_reading(name);
    let spaced = name.split_whitespace().collect::<Vec<_>>().join("　");
    without_honorific(&spaced).trim_end().to_owned()
}

/// What is written for a name: nothing but an honorific is blank, and a number is no name.
pub fn content(written: &str) -> Content<String> {
    const MOST_DIGITS: usize = 3;
    let tidy = tidy(written);
    if tidy.is_empty() {
        return Content::Blank;
    }
    match tidy.chars().filter(|c| c.is_numeric()).count() > MOST_DIGITS {
        true => Content::Unclear(Problem {
            reason: Wording::new("氏名ではなく番号です", "a number, not a name"),
        }),
        false => Content::Value(tidy),
    }
}

/// Drops the reading of a name, ふりがな, that stands in brackets behind it or on a line of its own.
fn without_reading(name: &str) -> String {
    let is_kana = |c: char| {
        c.is_whitespace()
            || matches!(c, '・' | 'ー' | '\u{3041}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}')
    };
    let is_reading = |text: &str| !text.trim().is_empty() && text.chars().all(is_kana);
    let lines: Vec<&str> = name
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let written: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|line| !is_reading(line.trim().trim_matches(['(', ')', '（', '）'])))
        .collect();
    let name = match written.is_empty() {
        true => lines.join("\n"),
        false => written.join("\n"),
    };
    let trimmed = name.trim_end();
    let behind = trimmed
        .strip_suffix([')', '）'])
        .and_then(|rest| rest.rsplit_once(['(', '（']));
    match behind {
        Some((before, reading)) if is_reading(reading) && !before.trim().is_empty() => {
            before.to_owned()
        }
        _ => name,
    }
}

/// Drops an honorific, unless it may be the second character of a short name, such as 鵜殿.
fn without_honorific(name: &str) -> &str {
    honorifics()
        .iter()
        .filter_map(|honorific| name.strip_suffix(honorific.as_str()))
        .find(|rest| rest.chars().count() >= 2)
        .unwrap_or(name)
}

/// Each variant with the character that stands for it.
fn variants() -> &'static BTreeMap<char, char> {
    static VARIANTS: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    VARIANTS.get_or_init(|| {
        let mut map = BTreeMap::new();
        for row in &words().names.variants {
            let mut row = row.chars();
            if let Some(standard) = row.next() {
                map.extend(row.map(|variant| (variant, standard)));
            }
        }
        map
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_writings_of_one_name_compare_equal() {
        for (one, other) in [
            ("髙橋　一郎", "高橋一郎"),
            ("山﨑 花子 様", "山崎花子"),
            ("渡邉太郎", "渡邊　太郎"),
            ("渡辺太郎さん", "渡邊太郎"),
            ("濵田", "浜田"),
            ("德永", "徳永"),
            ("齊藤", "斎藤"),
            ("大澤", "大沢"),
            ("中嶋", "中島"),
            ("𠮷田", "吉田"),
            ("塚\u{fa10}", "塚塚"),
            ("辻\u{e0101}", "辻"),
            ("葛\u{e0100}城", "葛城"),
            ("Ｓｍｉｔｈ　Ｊｏｈｎ", "smith john"),
            ("ｻﾄｳ", "サトウ"),
            ("山田　花子\n（やまだ　はなこ）", "山田花子"),
            ("ヤマダ ハナコ\n山田 花子", "山田花子"),
            ("山田花子(ﾔﾏﾀﾞ ﾊﾅｺ)", "山田花子"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one} {other}");
        }
    }

    #[test]
    fn numbers_are_no_name() {
        for text in ["0104630116", "0104630116　0104632298", "〒802-0001"] {
            assert!(matches!(content(text), Content::Unclear(_)), "{text}");
        }
        for text in ["森 健太", "利用者Ａ１", "森 健太 様"] {
            assert!(matches!(content(text), Content::Value(_)), "{text}");
        }
        assert_eq!(content(" "), Content::Blank);
    }

    #[test]
    fn different_names_stay_apart() {
        for (one, other) in [
            ("佐藤", "佐東"),
            ("さとう", "サトウ"),
            ("伊東", "伊藤"),
            ("山田様子", "山田"),
            ("様", ""),
            ("山田（旧姓）", "山田"),
            ("さくら", ""),
        ] {
            assert_ne!(name_key(one), name_key(other), "{one} {other}");
        }
    }

    #[test]
    fn a_tidy_name_keeps_its_characters() {
        assert_eq!(tidy(" 髙橋  一郎 様\n"), "髙橋　一郎");
        assert_eq!(tidy("渡邉　花子"), "渡邉　花子");
        assert_eq!(tidy("渡邉花子氏"), "渡邉花子");
        assert_eq!(tidy("様"), "様");
        assert_eq!(tidy("鵜殿"), "鵜殿");
        assert_eq!(tidy("森　様"), "森");
        assert_eq!(tidy("山田　花子\n（やまだ　はなこ）"), "山田　花子");
        assert_eq!(tidy("さくら\nももか"), "さくら　ももか");
        assert_eq!(tidy("（さくら）"), "（さくら）");
    }

    proptest! {
        #[test]
        fn a_key_holds_no_white_space(name in any::<String>()) {
            prop_assert!(!name_key(&name).contains(char::is_whitespace));
            prop_assert!(!tidy(&name).contains(' '));
        }
    }
}
