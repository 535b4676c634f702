//! Legends of the listing: what a form itself says of its signs.

use std::collections::BTreeMap;

use super::mark::{Marked, meaning};
use super::words::words;
use crate::model::Mark;
use crate::text::squash;

/// Each sign with what it marks; `None` for one whose explanation is not understood.
pub type Legend = BTreeMap<String, Option<Marked>>;

/// Under what a legend holds what any figure means: 数字＝在宅の時間数.
pub const FIGURES: &str = "数字";

/// The signs that `text` explains: `（在＝在宅、通＝通所、訪＝訪問）`, `○：在宅　△：通所`,
/// `○在宅 △通所`, `在…在宅で利用`. Empty where it explains no mark.
pub fn legend(text: &str) -> Legend {
    let list = &words().listing;
    let entries: Vec<String> = text
        .split(|c: char| {
            c.is_whitespace() || list.legend_breaks.contains(c) || "（）［］，；／".contains(c)
        })
        .map(|entry| squash(entry).to_lowercase().replace("...", ":"))
        .filter(|entry| !entry.is_empty())
        .collect();
    let mut legend = Legend::new();
    for (n, entry) in entries.iter().enumerate() {
        if let Some(marked) = figures(entry) {
            legend.insert(FIGURES.to_owned(), Some(marked));
            continue;
        }
        if let Some((left, right)) = entry.split_once(|c| list.legend_signs.contains(c)) {
            let right = right.trim_start_matches(|c| list.legend_signs.contains(c));
            // 在宅=○ is written the other way round.
            let (sign, explained) = if is_sign(right) && !is_sign(left) {
                (right, left)
            } else {
                (left, right)
            };
            if is_sign(sign) && !explained.is_empty() {
                legend.insert(sign.to_owned(), explanation(explained));
            }
            continue;
        }
        // ○在宅, or ○ 在宅 in two.
        let mut chars = entry.chars();
        let Some(sign) = chars.next() else { continue };
        let (phrase, apart) = match chars.as_str() {
            "" => {
                let next = entries.get(n + 1).filter(|next| !is_sign(next));
                (next.map_or("", String::as_str), true)
            }
            phrase => (phrase, false),
        };
        let stands_for = apart || !sign.is_alphabetic() || sign.is_ascii_alphabetic();
        if let Some(marked) = explanation(phrase).filter(|_| stands_for) {
            legend.entry(sign.to_string()).or_insert(Some(marked));
        }
    }
    let explains = |marked: &Option<Marked>| marked.is_some_and(Marked::says_something);
    if !legend.values().any(explains) {
        legend.clear();
    }
    legend
}

/// What an entry says of figures: `数字＝在宅の時間数`, `数字は在宅`, `在宅＝時間数`.
fn figures(entry: &str) -> Option<Marked> {
    let list = &words().listing;
    let entry = entry.trim_start_matches(['※', '*']);
    let is_figure = |text: &str| list.legend_figures.iter().any(|word| word == text);
    let parts = entry
        .split_once(|c: char| list.legend_signs.contains(c))
        .or_else(|| entry.split_once('は'));
    let (left, right) = parts?;
    let of_hours = || {
        let mut words = list.legend_figures.iter();
        words.any(|word| right.starts_with(word.as_str()))
    };
    let said = match is_figure(left) {
        true => right,
        false => Some(left).filter(|left| !is_sign(left) && of_hours())?,
    };
    explanation(said).filter(|marked| marked.support.is_some())
}

/// A sign is one character; 在宅 is a word.
pub fn is_sign(text: &str) -> bool {
    text.chars().count() == 1
}

/// What a phrase says of a day: a mark itself, or a phrase with words of one kind of support.
fn explanation(phrase: &str) -> Option<Marked> {
    let list = &words().listing;
    if let Some(marked) = meaning(phrase) {
        return Some(marked);
    }
    let holds = |words: &[String]| {
        let mut words = words.iter().filter(|word| word.chars().count() > 1);
        words.any(|word| phrase.contains(word.as_str()))
    };
    let kinds = [
        (&list.home, Mark::Home),
        (&list.attendance, Mark::Attendance),
        (&list.visit, Mark::Visit),
    ];
    let mut named = kinds.into_iter().filter(|(words, _)| holds(words));
    let support = named.next().map(|(_, mark)| mark);
    let marked = Marked {
        support,
        weekly: holds(&list.legend_weekly),
        monthly: holds(&list.legend_monthly),
    };
    let is_none = holds(&list.legend_none);
    // 在宅または通所 and 在宅（欠席） say two things at once.
    let is_clear = named.next().is_none() && !(marked.says_something() && is_none);
    (is_clear && (marked.says_something() || is_none)).then_some(marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::mark::mark;

    fn support(text: &str, legend: &Legend) -> Option<Mark> {
        mark(text, legend).ok().and_then(|marked| marked.support)
    }

    #[test]
    fn a_legend_explains_the_signs() {
        let city = legend("実施日（在＝在宅、通＝通所、訪＝訪問）");
        assert_eq!(city.get("在"), Some(&Some(Marked::of(Mark::Home))));
        assert_eq!(city.len(), 3);
        for text in [
            "○：在宅　△：通所　×：欠席",
            "在宅＝○／通所＝△／欠席＝×",
            "【○→在宅】【△→通所】【×→欠席】",
            "事業所　みなと作業所　　○在宅　△通所　×欠席",
            "○…在宅で利用　△…通所で利用　×…利用なし",
            "○ 在宅 △ 通所 × 休み",
            "○＝在、△＝通、×＝欠",
        ] {
            let own = legend(text);
            assert_eq!(support("△", &own), Some(Mark::Attendance), "{text}");
            assert_eq!(mark("×", &own), Ok(Marked::default()), "{text}");
        }
    }

    #[test]
    fn a_legend_counts_before_the_usual_meaning() {
        let own = legend("○：通所　◎：在宅　１＝在宅");
        assert_eq!(support("○", &own), Some(Mark::Attendance));
        assert_eq!(support("◎", &own), Some(Mark::Home));
        assert_eq!(support("訪", &own), Some(Mark::Visit));
        assert_eq!(support("1", &own), Some(Mark::Home));
    }

    #[test]
    fn what_a_legend_says_in_strange_words_is_not_guessed() {
        let own = legend("○：在宅または通所　●：在宅　▲：実習");
        for unclear in ["○", "▲", "●▲"] {
            assert!(mark(unclear, &own).is_err(), "{unclear}");
        }
        assert_eq!(support("●", &own), Some(Mark::Home));
    }

    #[test]
    fn a_legend_may_say_what_figures_mean() {
        for text in [
            "※数字＝在宅の時間数（時間）、通＝通所の日。空欄は利用なし。",
            "数字は在宅の時間、○は通所",
            "在宅：時間数を記入　通所：通",
            "数値…在宅での作業時間",
        ] {
            let own = legend(text);
            for hours in ["5.0", "4", "３.５", "2h", "6時間"] {
                assert_eq!(support(hours, &own), Some(Mark::Home), "{text} {hours}");
            }
            assert_eq!(support("通", &own), Some(Mark::Attendance), "{text}");
            assert!(mark("在宅5日", &own).is_err(), "{text}");
        }
    }

    #[test]
    fn figures_that_no_legend_explains_are_not_guessed() {
        for text in [
            "○＝在宅　△＝通所",
            "※数字＝工賃（円）、通＝通所",
            "1＝在宅　2＝通所",
            "在宅時間は5時間以内",
        ] {
            assert!(mark("5.0", &legend(text)).is_err(), "{text}");
        }
        let own = legend("1＝在宅　2＝通所");
        assert_eq!(support("2", &own), Some(Mark::Attendance));
    }

    #[test]
    fn other_texts_explain_no_mark() {
        for text in [
            "",
            "備考：なし",
            "事業所名：みなと作業所",
            "実施日",
            "9:00",
            "○：良好　△：やや不調",
            "在宅就労支援実施一覧表",
        ] {
            assert!(legend(text).is_empty(), "{text}");
        }
    }
}
