//! 支援方法・実施方法: how the user was reached, by its words.

use std::sync::OnceLock;

use crate::model::Method;

use super::choices::{Choice, choices, single};
use super::words::words;
use crate::text::squash;

/// The methods that `text` holds, in order, each with the sign that answers it and its note.
///
/// その他 with a note is the one method that the note names, such as その他（Zoom）.
fn methods_in(text: &str) -> Vec<Choice<Method>> {
    let mut found = printed_in(text);
    for choice in &mut found {
        if choice.value == Method::Other
            && let Some(note) = &choice.note
            && let Some(method) = single(&unnoted(note))
        {
            choice.value = method;
        }
    }
    found
}

/// The choices that `text` holds, as they are printed: その他 stays what it is.
pub fn printed_in(text: &str) -> Vec<Choice<Method>> {
    choices(text, vocabulary())
}

/// The one method that `text` names or chooses; `None` where it names none,
/// or several of which none is chosen.
pub fn method(text: &str) -> Option<Method> {
    single(&methods_in(text))
}

/// The methods in a note, notes within it aside.
fn unnoted(note: &str) -> Vec<Choice<Method>> {
    let mut found = choices(note, vocabulary());
    found.retain(|choice| choice.value != Method::Other);
    found
}

fn vocabulary() -> &'static [(String, Method)] {
    static VOCABULARY: OnceLock<Vec<(String, Method)>> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let methods = words().methods.iter();
        methods
            .flat_map(|m| {
                m.words
                    .iter()
                    .map(|word| (squash(word).to_lowercase(), m.method))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_method_is_named_in_many_ways() {
        for (text, expected) in [
            ("電話", Method::Phone),
            ("電　話", Method::Phone),
            ("電話による", Method::Phone),
            ("LINE電話", Method::Phone),
            ("訪問", Method::Visit),
            ("通所", Method::Attendance),
            ("テレビ電話", Method::Video),
            ("Ｚｏｏｍ", Method::Video),
            ("ZOOM面談", Method::Video),
            ("Google Meet", Method::Video),
            ("ＬＩＮＥ通話", Method::Video),
            ("LINE ビデオ通話", Method::Video),
            ("（Zoom）", Method::Video),
            ("LINE", Method::Chat),
            ("Slack", Method::Chat),
            ("チャット", Method::Chat),
            ("ﾁｬｯﾄ", Method::Chat),
            ("メール", Method::Email),
            ("E-mail", Method::Email),
            ("その他", Method::Other),
            ("その他（電話）", Method::Phone),
            ("その他（メール）", Method::Email),
            ("その他（ Zoom ）", Method::Video),
            ("その他（LINE）", Method::Chat),
            ("その他（手紙）", Method::Other),
            ("その他（電話・メール）", Method::Other),
            ("☑訪問　□電話　□その他（　　）", Method::Visit),
            ("□訪問　☑電話　□その他（　　）", Method::Phone),
            ("□訪問　■電話", Method::Phone),
            ("訪問□　電話☑", Method::Phone),
            ("訪問　レ電話　その他（　）", Method::Phone),
            ("訪問　電話✓", Method::Phone),
            ("（　）訪問　（○）電話　（　）その他（　）", Method::Phone),
            ("訪問（　）電話（○）", Method::Phone),
            ("[ ]訪問 [v]電話", Method::Phone),
            ("○電話　訪問", Method::Phone),
            ("○訪問　●電話", Method::Phone),
            ("□訪問　□電話　☑その他（Zoom）", Method::Video),
            ("訪問　電話　その他（Zoom）", Method::Video),
            ("□訪問　□電話　□その他（Zoom）", Method::Video),
            ("電話（母親と）", Method::Phone),
        ] {
            assert_eq!(method(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_unanswered_choice_is_no_method() {
        for text in [
            "",
            "　",
            "訪問・電話",
            "□訪問　□電話　□その他（　　）",
            "訪問　電話　その他（　　　）",
            "☑訪問　☑電話",
            "（　）訪問　（　）電話",
            "□電話",
            "在宅",
            "テレワーク",
            "○",
        ] {
            assert_eq!(method(text), None, "{text}");
        }
    }

    #[test]
    fn notes_are_kept_as_written() {
        let found = methods_in("□訪問　□電話　☑その他（ＬＩＮＥ 通話）");
        let ticked: Vec<_> = found.iter().map(|choice| choice.ticked).collect();
        assert_eq!(ticked, [Some(false), Some(false), Some(true)]);
        assert_eq!(found[2].note.as_deref(), Some("ＬＩＮＥ 通話"));
        assert_eq!(found[2].value, Method::Video);
        assert!(methods_in("その他（　　）")[0].note.is_none());
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>(), near in "[訪問電話その他（）()\\[\\]□☑レ○●LINE ]{0,24}") {
            methods_in(&text);
            method(&near);
        }
    }
}
