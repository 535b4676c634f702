//! Marks of the listing (参考様式4): what one day's cell says, by itself or in a line of its own.

use crate::model::{Mark, Wording};
use crate::recognise::DayLine;

use super::choices::{Choice, choices, single};
use super::legend::{FIGURES, Legend, is_sign};
use super::words::words;
use crate::read::Stored;
use crate::recognise::{Word, ticks};
use crate::text::{squash, unbracketed};

/// What one day's cell says; the default is a day without support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marked {
    /// The support of the day.
    pub support: Option<Mark>,
    /// 週評価 was made on the day.
    pub weekly: bool,
    /// 月評価（達成度評価）was made on the day.
    pub monthly: bool,
}

impl Marked {
    /// A day with support and nothing more.
    pub fn of(support: Mark) -> Self {
        Self {
            support: Some(support),
            ..Self::default()
        }
    }

    /// Both together; `None` where they contradict each other.
    pub fn and(self, other: Self) -> Option<Self> {
        let support = match (self.support, other.support) {
            (Some(one), Some(two)) if one != two => return None,
            (one, two) => one.or(two),
        };
        Some(Self {
            support,
            weekly: self.weekly || other.weekly,
            monthly: self.monthly || other.monthly,
        })
    }

    /// Whether it says anything but that there was no support.
    pub fn says_something(self) -> bool {
        self != Self::default()
    }
}

/// What a day's cell marks. A sign of the form's own `legend` counts before the usual ones;
/// several signs may stand together, `○★`.
///
/// A blank, 欠, × or 休 is a day without support. A sign that is not known is an error.
pub fn mark(text: &str, legend: &Legend) -> Result<Marked, Wording> {
    let not_a_mark = || words().reasons.not_a_mark.clone();
    let text = squash(text).to_lowercase();
    let sign = unbracketed(&text);
    if sign.is_empty() {
        return Ok(Marked::default());
    }
    // 在(午前): the part of the day is not asked for.
    let (whole, behind) = match sign.split_once('(') {
        Some((whole, behind)) => (whole, behind.trim_end_matches(')')),
        None => (sign, ""),
    };
    let marked = known(whole, legend)
        .or_else(|| together(whole, legend))
        .ok_or_else(not_a_mark)?;
    let noted = known(behind, legend).or_else(|| together(behind, legend));
    match noted {
        Some(noted) => marked.and(noted).ok_or_else(not_a_mark),
        None => Ok(marked),
    }
}

/// Whether a few words say that there was no support: 祝日のため休み.
pub fn says_no_support(text: &str) -> bool {
    const LONGEST: usize = 16;
    let text = squash(text);
    let said = text.trim_end_matches("です").trim_end_matches("でした");
    let mut words = words().listing.legend_none.iter();
    said.chars().count() <= LONGEST && words.any(|word| said.ends_with(word.as_str()))
}

/// Whether a day's cell holds a circle, as most listings mark a day at home.
pub fn is_circle(text: &str) -> bool {
    let text = squash(text);
    words().listing.circles.contains(&text)
}

/// Whether it holds a letter, or a digit written as text, that looks like one: O, ０.
pub fn is_circle_like(word: &Word) -> bool {
    let text = squash(&word.text).to_lowercase();
    let is_number = matches!(word.stored, Some(Stored::Number(_) | Stored::Moment(_)));
    !is_number && words().listing.circle_like.contains(&text)
}

/// Whether the legend says of a circle that it marks a day at home.
pub fn explains_circle(legend: &Legend) -> bool {
    let mut circles = words().listing.circles.iter();
    circles.any(|circle| legend.get(circle) == Some(&Some(Marked::of(Mark::Home))))
}

/// Whether the legend says of a circle that it marks something else.
pub fn gives_circle_away(legend: &Legend) -> bool {
    let mut circles = words().listing.circles.iter();
    circles.any(|circle| {
        legend
            .get(circle)
            .is_some_and(|marked| *marked != Some(Marked::of(Mark::Home)))
    })
}

/// What a cell marks in a line that is for one kind of day: any sign that affirms, the day's
/// own number too.
pub fn in_line(text: &str, day: u32, line: DayLine, legend: &Legend) -> Result<Marked, Wording> {
    let sign = squash(text).to_lowercase();
    let of_line = match line {
        DayLine::Home => Marked::of(Mark::Home),
        DayLine::Attendance => Marked::of(Mark::Attendance),
        DayLine::Visit => Marked::of(Mark::Visit),
        DayLine::Elsewhere => Marked::default(),
        DayLine::Weekly => Marked {
            weekly: true,
            ..Marked::default()
        },
        DayLine::Monthly => Marked {
            monthly: true,
            ..Marked::default()
        },
    };
    let is_done = matches!(line, DayLine::Weekly | DayLine::Monthly)
        && !legend.contains_key(&sign)
        && words().listing.done.contains(&sign);
    if is_done || affirms(&sign) || names_day(&sign, day) {
        return Ok(of_line);
    }
    match mark(&sign, legend)? {
        none if none == Marked::default() => Ok(none),
        same if same == of_line || line == DayLine::Elsewhere => Ok(of_line),
        _ => Err(words().reasons.not_a_mark.clone()),
    }
}

/// ○, ✓ or 1: what it affirms is said elsewhere.
fn affirms(sign: &str) -> bool {
    let is_tick = |c: char| c == '1' || ticks().chooses(c);
    is_sign(sign) && sign.chars().all(is_tick)
}

/// `2日`, `9/2` or `2(火)` for the second.
fn names_day(text: &str, day: u32) -> bool {
    let number = text.split('(').next().unwrap_or(text);
    let number = number.strip_suffix('日').unwrap_or(number);
    let number = number.rsplit(['/', '月']).next().unwrap_or(number);
    number.parse() == Ok(day)
}

/// What one sign or word means: by the legend, else as usual. What a legend explains with
/// words that are not understood means nothing.
fn known(sign: &str, legend: &Legend) -> Option<Marked> {
    match legend.get(sign) {
        Some(meant) => *meant,
        None => meaning(sign).or_else(|| figure(sign, legend)),
    }
}

/// What a number of hours means where the legend says it of figures; none of them is no support.
fn figure(sign: &str, legend: &Legend) -> Option<Marked> {
    const HOURS: f64 = 24.0;
    let meant = legend.get(FIGURES).copied().flatten()?;
    let number = sign.trim_end_matches("時間").trim_end_matches('h');
    let is_plain = number.starts_with(|c: char| c.is_ascii_digit());
    let hours: f64 = number.parse().ok().filter(|_| is_plain)?;
    match hours {
        0.0 => Some(Marked::default()),
        _ if hours <= HOURS => Some(meant),
        _ => None,
    }
}

/// What several signs of one day mean together; at most one of them tells of support, and
/// none tells that there was none.
fn together(text: &str, legend: &Legend) -> Option<Marked> {
    // The longest mark is a word of this many characters.
    const LONGEST: usize = 6;
    const MOST: usize = 12;
    let breaks = &words().listing.mark_breaks;
    let chars: Vec<char> = text.chars().filter(|c| !breaks.contains(*c)).collect();
    if chars.is_empty() || chars.len() > MOST {
        return None;
    }
    let mut rest = chars.as_slice();
    let mut all = Marked::default();
    while !rest.is_empty() {
        let longest = LONGEST.min(rest.len());
        let (length, marked) = (1..=longest).rev().find_map(|length| {
            let part: String = rest.get(..length)?.iter().collect();
            let marked = known(&part, legend)?;
            marked.says_something().then_some((length, marked))
        })?;
        let twice = all.support.is_some() && marked.support.is_some();
        all = all.and(marked).filter(|_| !twice)?;
        rest = rest.get(length..)?;
    }
    Some(all)
}

/// Which of `通所　在宅　欠席` is chosen; `None` where nobody has answered.
pub fn chosen(text: &str) -> Option<Option<Mark>> {
    let found = printed(text);
    if found.is_empty() {
        let sign = squash(text).to_lowercase();
        return if sign.is_empty() { None } else { usual(&sign) };
    }
    single(&found)
}

/// Whether more than one of them is chosen.
pub fn is_chosen_twice(text: &str) -> bool {
    let found = printed(text);
    let mut ticked = found.iter().filter(|choice| choice.ticked == Some(true));
    let first = ticked.next();
    first.is_some_and(|first| ticked.any(|other| other.value != first.value))
}

/// The choices that a text holds.
fn printed(text: &str) -> Vec<Choice<Option<Mark>>> {
    let list = &words().listing;
    let kinds = [
        (&list.home, Some(Mark::Home)),
        (&list.attendance, Some(Mark::Attendance)),
        (&list.visit, Some(Mark::Visit)),
        (&list.none, None),
    ];
    let printed = kinds
        .into_iter()
        .flat_map(|(words, mark)| words.iter().map(move |word| (word, mark)));
    // One letter may be part of any word; only whole words are looked for within a text.
    let vocabulary: Vec<_> = printed
        .filter(|(word, _)| word.chars().count() > 1)
        .map(|(word, mark)| (word.clone(), mark))
        .collect();
    choices(text, &vocabulary)
}

/// What a sign or a word means without a legend.
pub(super) fn meaning(sign: &str) -> Option<Marked> {
    let list = &words().listing;
    let among = |words: &[String]| words.iter().any(|word| word == sign);
    let evaluated = Marked {
        support: None,
        weekly: among(&list.weekly),
        monthly: among(&list.monthly),
    };
    let support = || {
        usual(sign).map(|support| Marked {
            support,
            ..Marked::default()
        })
    };
    Some(evaluated)
        .filter(|evaluated| evaluated.says_something())
        .or_else(support)
}

/// The support that a sign or a word usually tells of; `None` within for a day without any.
fn usual(sign: &str) -> Option<Option<Mark>> {
    let list = &words().listing;
    let among = |words: &[String]| words.iter().any(|word| word == sign);
    if among(&list.home) {
        Some(Some(Mark::Home))
    } else if among(&list.attendance) {
        Some(Some(Mark::Attendance))
    } else if among(&list.visit) {
        Some(Some(Mark::Visit))
    } else {
        among(&list.none).then_some(None)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normalise::legend::legend;

    #[test]
    fn a_few_words_may_say_that_there_was_no_support() {
        for text in ["祝日のため休み", "年末年始休業", "本日は閉所でした"] {
            assert!(says_no_support(text), "{text}");
        }
        for text in [
            "休み明けの入力作業",
            "昼休みに電話をした",
            "欠席者への連絡",
            "",
        ] {
            assert!(!says_no_support(text), "{text}");
        }
    }

    #[test]
    fn one_of_the_printed_words_is_chosen() {
        for (text, mark) in [
            ("通所　☑在宅　欠席", Some(Some(Mark::Home))),
            ("☑通所　□在宅　□欠席", Some(Some(Mark::Attendance))),
            ("通所 在宅 ■欠席", Some(None)),
            ("在宅", Some(Some(Mark::Home))),
            ("通所　在宅　欠席", None),
            ("", None),
        ] {
            assert_eq!(chosen(text), mark, "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_circle_is_told_from_a_number() {
        let word = |text: &str, stored: Stored| Word {
            cell: crate::model::Cell::new(0, 0),
            text: text.to_owned(),
            stored: Some(stored),
            ..Word::default()
        };
        for text in ["O", "o", "Ｏ", "０", "0"] {
            assert!(
                is_circle_like(&word(text, Stored::Text(text.into()))),
                "{text}"
            );
            assert!(mark(text, &Legend::new()).is_err(), "{text}");
        }
        assert!(!is_circle_like(&word("0", Stored::Number(0.0))));
        assert!(!is_circle_like(&word("半", Stored::Text("半".into()))));
        assert!(is_circle("○") && is_circle("〇") && !is_circle("在"));
        let home = crate::normalise::legend::legend("○＝在宅、通＝通所");
        assert!(explains_circle(&home) && !gives_circle_away(&home));
        let attendance = crate::normalise::legend::legend("○＝通所、在＝在宅");
        assert!(!explains_circle(&attendance) && gives_circle_away(&attendance));
        assert!(!explains_circle(&Legend::new()) && !gives_circle_away(&Legend::new()));
    }

    #[test]
    fn marks_are_known_without_a_legend() {
        let (home, attendance) = (Some(Mark::Home), Some(Mark::Attendance));
        for (text, support) in [
            ("○", home),
            ("〇", home),
            ("◯", home),
            ("●", home),
            ("◎", home),
            ("在", home),
            (" 在 宅 ", home),
            ("在（午前）", home),
            ("（在）", home),
            ("通", attendance),
            ("通所", attendance),
            ("訪", Some(Mark::Visit)),
            ("訪問", Some(Mark::Visit)),
            ("欠", None),
            ("欠席", None),
            ("×", None),
            ("休", None),
            ("－", None),
            ("", None),
            ("　", None),
        ] {
            let marked = Marked {
                support,
                ..Marked::default()
            };
            assert_eq!(mark(text, &Legend::new()), Ok(marked), "{text}");
        }
    }

    #[test]
    fn an_unknown_sign_is_an_error() {
        for text in [
            "△",
            "?",
            "在通",
            "1",
            "通所　在宅　欠席",
            "○★",
            "○×",
            "在（通）",
            "○○",
        ] {
            assert!(mark(text, &Legend::new()).is_err(), "{text}");
        }
    }

    #[test]
    fn signs_of_one_day_are_read_together() {
        let own = legend("○在宅　△通所　★その日に週の評価　◆達成度評価");
        let told = |text: &str| {
            let marked = mark(text, &own).ok()?;
            Some((marked.support, marked.weekly, marked.monthly))
        };
        let (home, attendance) = (Some(Mark::Home), Some(Mark::Attendance));
        assert_eq!(told("○★"), Some((home, true, false)));
        assert_eq!(told("△\n★◆"), Some((attendance, true, true)));
        assert_eq!(told("○（★）"), Some((home, true, false)));
        assert_eq!(told("在・週"), Some((home, true, false)));
        assert_eq!(told("★"), Some((None, true, false)));
        for unclear in ["○△", "○☆", "○×★"] {
            assert_eq!(told(unclear), None, "{unclear}");
        }
    }

    #[test]
    fn in_a_line_of_its_own_a_sign_only_affirms() {
        let told = |text, line| in_line(text, 2, line, &Legend::new());
        for yes in ["○", "✓", "1", "レ", "2日", "9/2(火)", "通"] {
            let attendance = Ok(Marked::of(Mark::Attendance));
            assert_eq!(told(yes, DayLine::Attendance), attendance, "{yes}");
        }
        assert!(told("○", DayLine::Weekly).is_ok_and(|m| m.weekly && m.support.is_none()));
        assert!(told("済", DayLine::Weekly).is_ok_and(|m| m.weekly));
        assert!(told("★", DayLine::Home).is_err());
        assert!(told("○", DayLine::Monthly).is_ok_and(|m| m.monthly));
        assert_eq!(told("○", DayLine::Elsewhere), Ok(Marked::default()));
        assert_eq!(told("×", DayLine::Home), Ok(Marked::default()));
        for no in ["3日", "通", "?", "午後"] {
            assert!(told(no, DayLine::Home).is_err(), "{no}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>(), near in "[○△在通宅所＝：:、（） ]{0,20}") {
            let _ = mark(&text, &legend(&near));
            let _ = mark(&near, &legend(&text));
            let _ = in_line(&text, 3, DayLine::Home, &legend(&near));
        }
    }
}
