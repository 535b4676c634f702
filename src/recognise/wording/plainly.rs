//! A label in everyday words with the form's own word behind them in brackets:
//! むずかしかったこと（課題）.

/// How everyday words that ask for something end; a value with a remark behind it does not.
const ASKS: [&str; 3] = ["こと", "か", "ところ"];

/// The form's word in the bracket that the text ends in, if what stands before it asks for
/// something in everyday words.
pub fn term(text: &str) -> Option<&str> {
    const SHORTEST: usize = 4;
    let text = text.trim();
    let text = text
        .strip_prefix(['【', '［', '[', '■', '◆', '●'])
        .map_or(text, |rest| rest.trim_end_matches(['】', '］', ']']))
        .trim();
    let (asked, term) = text.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    let asked = asked.trim_end().trim_end_matches(['？', '?']);
    let is_everyday = asked.contains(|c: char| ('ぁ'..='ん').contains(&c));
    let asks = ASKS.iter().any(|end| asked.ends_with(end));
    (is_everyday && asks && asked.chars().count() >= SHORTEST && !asked.contains('。'))
        .then_some(term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::item::{FormKind, Item};
    use crate::recognise::wording::vocabulary::Vocabulary;

    #[test]
    fn the_word_in_brackets_tells_what_everyday_words_ask() {
        let asked = |text: &str| {
            let meanings = Vocabulary::builtin().meanings(text).into_iter().flatten();
            let mut of_month = meanings.filter(|(kind, _)| *kind == Some(FormKind::Monthly));
            of_month.next().map(|(_, item)| *item)
        };
        for (text, item) in [
            ("【目標がどれだけできたか（達成度）】", Item::Achievement),
            ("むずかしかったこと（課題）", Item::Issues),
            (
                "■ これからどうしていくか？（改善の方針）",
                Item::Improvement,
            ),
        ] {
            assert_eq!(asked(text), Some(item), "{text}");
        }
    }

    #[test]
    fn a_value_with_a_remark_behind_it_is_no_label() {
        for text in [
            "原田（支援員）",
            "■ 第1週のまとめ（評価）",
            "できた（課題）",
            "午後に手が止まることがあった。気になること（課題）",
            "良好か（",
            "むずかしかったこと",
        ] {
            assert_eq!(term(text), None, "{text}");
        }
    }
}
