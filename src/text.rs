//! Forms of a text for comparing and reading; the caller keeps the text as written.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// The text for comparing: NFKC, all white space and invisible characters removed,
/// every kind of dash as `-`, every kind of wave dash as `~`.
///
/// The long vowel sign ー is a dash only between two digits.
pub fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let add = |c: char| {
        if !c.is_whitespace() && !is_invisible(c) {
            out.push(one_dash(c));
        }
    };
    match text.chars().all(|c| unified_alone(c).is_some()) {
        true => text.chars().filter_map(unified_alone).for_each(add),
        false => text.nfkc().for_each(add),
    }
    vowel_signs_between_digits(out)
}

/// Free text for keeping: ends trimmed, line breaks as `\n`, all else as written.
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .trim()
        .to_owned()
}

/// As [`squash`], but what would join two numbers stays apart: white space between
/// two digits is one space, and ① remains a sign.
pub(crate) fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for (_, c) in unified(text) {
        if c.is_whitespace() {
            gap = true;
        } else if !is_invisible(c) {
            let parts_digits = c.is_ascii_digit() && out.ends_with(|c: char| c.is_ascii_digit());
            if gap && parts_digits {
                out.push(' ');
            }
            gap = false;
            out.push(one_dash(c));
        }
    }
    vowel_signs_between_digits(out)
}

/// The characters of the text in NFKC and small letters, each with the byte
/// at which the character that it came from begins. White space and ① stay.
pub(crate) fn folded(text: &str) -> Vec<(usize, char)> {
    unified(text)
        .into_iter()
        .filter(|(_, c)| !is_invisible(*c))
        .flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, one_dash(c))))
        .collect()
}

/// What is left of `text` within one pair of round brackets around all of it, if there is one.
pub(crate) fn unbracketed(text: &str) -> &str {
    text.strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .filter(|inner| !inner.contains(['(', ')']))
        .unwrap_or(text)
}

/// The names that a misspelt one may stand for: the nearest, if they are near at all.
pub(crate) fn nearest<'a>(names: impl Iterator<Item = &'a str>, name: &str) -> Vec<&'a str> {
    let far = name.len() / 3 + 1;
    let distances = names.map(|known| (distance(known, name), known));
    let distances: Vec<_> = distances.filter(|(distance, _)| *distance < far).collect();
    let least = distances.iter().map(|(distance, _)| *distance).min();
    let near = distances
        .iter()
        .filter(|(distance, _)| Some(*distance) == least);
    near.map(|(_, name)| *name).collect()
}

/// Letters to be added, dropped or changed to come from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (j, b) in to.chars().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j] = left;
            left = changed.min(left + 1).min(diagonal + 1);
        }
        if let Some(last) = row.last_mut() {
            *last = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// NFKC, character by character, numbers in circles aside.
fn unified(text: &str) -> Vec<(usize, char)> {
    let mut out: Vec<(usize, char)> = Vec::with_capacity(text.len() / 2);
    for (at, written) in text.char_indices() {
        if matches!(written, '\u{2460}'..='\u{24ff}') {
            out.push((at, written));
            continue;
        }
        if let Some(c) = unified_alone(written) {
            out.push((at, c));
            continue;
        }
        for c in std::iter::once(written).nfkc() {
            // Half-width ガ is two characters: カ and a voicing mark.
            let voiced = out
                .last()
                .filter(|_| matches!(c, '\u{3099}' | '\u{309a}'))
                .and_then(|&(_, base)| compose(base, c));
            match (voiced, out.last_mut()) {
                (Some(voiced), Some(last)) => last.1 = voiced,
                _ => out.push((at, c)),
            }
        }
    }
    out
}

/// What NFKC makes of the characters that Japanese texts are nearly all of, whatever stands around
/// them; `None` where the tables of Unicode have to be asked.
fn unified_alone(c: char) -> Option<char> {
    match c {
        ' '..='~' | '\n' | '\r' => Some(c),
        '、'..='〟' | 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='龥' => Some(c),
        '※' | '■'..='◯' | '☐'..='☒' => Some(c),
        '\u{3000}' => Some(' '),
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

fn vowel_signs_between_digits(text: String) -> String {
    if !text.contains('ー') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_between = out.ends_with(|c: char| c.is_ascii_digit())
            && chars.peek().is_some_and(char::is_ascii_digit);
        out.push(if c == 'ー' && is_between { '-' } else { c });
    }
    out
}

fn one_dash(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{fe58}' => '-',
        '\u{301c}' | '\u{223c}' | '\u{3030}' | '\u{ff5e}' => '~',
        '\u{2236}' => ':',
        other => other,
    }
}

/// Zero-width characters that come along when text is copied.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_nearest_name_needs_the_fewest_changes() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
        let names = ["support", "report", "date"];
        assert_eq!(nearest(names.into_iter(), "suport"), ["support"]);
        assert!(nearest(names.into_iter(), "xyz").is_empty());
    }

    #[test]
    fn squashed_texts_compare_as_people_read_them() {
        for (written, compared) in [
            ("実 施 日", "実施日"),
            ("方　　法\r\n", "方法"),
            ("Ｒ７．９．３", "R7.9.3"),
            ("９：００～１０：００", "9:00~10:00"),
            ("9:00〜10:00", "9:00~10:00"),
            ("9:00−10:00", "9:00-10:00"),
            ("9ー10", "9-10"),
            ("9―10", "9-10"),
            ("㋿7年", "令和7年"),
            ("ﾃﾚﾋﾞ", "テレビ"),
            ("\u{feff}氏\u{200b}名", "氏名"),
        ] {
            assert_eq!(squash(written), compared, "{written}");
        }
    }

    #[test]
    fn a_long_vowel_in_a_word_is_no_dash() {
        for word in ["センター", "データ入力", "3センター", "センター3", "メール"]
        {
            assert_eq!(squash(word), word);
        }
    }

    #[test]
    fn clean_text_keeps_what_is_written_inside() {
        assert_eq!(clean("　・9:00　開始\r\n・①㈱　\n"), "・9:00　開始\n・①㈱");
    }

    #[test]
    fn a_gap_between_digits_stays() {
        assert_eq!(compact("2025/9/3  10 : 00"), "2025/9/3 10:00");
        assert_eq!(compact("令和 7 年\n9 月"), "令和7年9月");
        assert_eq!(compact("①9：00"), "①9:00");
    }

    #[test]
    fn folded_characters_know_where_they_came_from() {
        assert_eq!(
            folded("ＡｶﾞB"),
            [(0, 'a'), (3, 'ガ'), (9, 'b')],
            "half-width ガ is two characters of three bytes"
        );
    }

    #[test]
    fn only_one_outer_pair_of_brackets_is_removed() {
        assert_eq!(unbracketed("(月・水)"), "月・水");
        assert_eq!(unbracketed("9/3(水)"), "9/3(水)");
        assert_eq!(unbracketed("(月)水(金)"), "(月)水(金)");
    }

    #[test]
    fn what_is_unified_without_asking_is_what_unicode_makes_of_it() {
        let known = ('\0'..=char::MAX).filter_map(|c| Some((c, unified_alone(c)?)));
        let mut count = 0;
        for (written, unified) in known {
            count += 1;
            // Beside others too: nothing joins with the character before it.
            let text = format!("か{written}ハ{written}");
            let expected = format!("か{unified}ハ{unified}");
            assert_eq!(text.nfkc().collect::<String>(), expected);
        }
        assert!(count > 20_000);
    }

    proptest! {
        #[test]
        fn squashing_holds_no_white_space_and_is_stable(text in any::<String>()) {
            let once = squash(&text);
            prop_assert!(!once.contains(char::is_whitespace));
            // Each place is a character's beginning, in order.
            let places: Vec<usize> = folded(&text).into_iter().map(|(at, _)| at).collect();
            prop_assert!(places.is_sorted() && places.iter().all(|at| text.is_char_boundary(*at)));
            compact(&text);
            clean(&text);
        }
    }
}
