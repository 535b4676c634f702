//! What each contact of a day was for: the start of the work, its progress, its end.

use chrono::{NaiveTime, TimeDelta};

use crate::model::ContactKind;

use super::contacts::Part;
use super::words::{ContactWords, holds_any, without, words};

/// A contact within this of the start (the end) of the work is the one at its start (end).
const NEAR: TimeDelta = TimeDelta::minutes(60);

/// Within this, whatever else is told in it.
const AT: TimeDelta = TimeDelta::minutes(15);

/// The kind of each contact of one day, whose work is from `start` to `end`.
///
/// One contact at most is the start, and one the end: the first that words or time make the
/// start, the last that they make the end. Words count before times, with one exception:
/// 終了 said of a single task is not the end of the day while a contact at its end follows.
pub(super) fn kinds(
    parts: &[Part],
    start: Option<NaiveTime>,
    end: Option<NaiveTime>,
) -> Vec<ContactKind> {
    let list = &words().contacts;
    let clues: Vec<Clue> = parts
        .iter()
        .map(|part| Clue::of(part, start, end, list))
        .collect();
    let first = start_of(&clues, start.is_some());
    let last = end_of(&clues, first);
    clues
        .iter()
        .enumerate()
        .map(|(i, clue)| {
            if Some(i) == first {
                ContactKind::Start
            } else if Some(i) == last {
                ContactKind::End
            } else if clue.says_anything() || clue.is_between || (first < Some(i) && last > Some(i))
            {
                ContactKind::Progress
            } else {
                ContactKind::Other
            }
        })
        .collect()
}

/// Which ends of a day's work words tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndsTold {
    /// 開始
    pub start: bool,
    /// 終了
    pub end: bool,
}

/// Which ends of the day's work a text tells of, as far as its words say.
pub fn ends_told(text: &str) -> EndsTold {
    let list = &words().contacts;
    let told = of_the_day(text, list);
    EndsTold {
        start: holds_any(&without(&told, &list.not_start), &list.start),
        end: holds_any(&without(&told, &list.not_end), &list.end),
    }
}

/// What the words and the time of one contact say.
struct Clue {
    says_start: bool,
    says_end: bool,
    /// 作業終了, 退勤: the day's work is over.
    says_end_of_day: bool,
    says_progress: bool,
    /// Progress is the first thing that it says.
    opens_with_progress: bool,
    is_near_start: bool,
    is_at_start: bool,
    is_near_end: bool,
    is_at_end: bool,
    is_past_end: bool,
    is_between: bool,
}

impl Clue {
    fn of(
        part: &Part,
        start: Option<NaiveTime>,
        end: Option<NaiveTime>,
        list: &ContactWords,
    ) -> Self {
        let told = of_the_day(&part.text, list);
        let ends = ends_told(&part.text);
        let opening = part.text.split(['。', '\n']).next().unwrap_or_default();
        let within = |to: Option<NaiveTime>, most: TimeDelta| {
            part.time
                .zip(to)
                .is_some_and(|(time, to)| (time - to).abs() <= most)
        };
        let near = |to| within(to, NEAR);
        let after = |limit: Option<NaiveTime>| {
            part.time
                .zip(limit)
                .is_some_and(|(time, limit)| time > limit)
        };
        let before = |limit: Option<NaiveTime>| {
            part.time
                .zip(limit)
                .is_some_and(|(time, limit)| time < limit)
        };
        Self {
            says_start: ends.start,
            says_end: ends.end,
            says_end_of_day: holds_any(&without(&told, &list.not_end), &list.end_of_day),
            says_progress: holds_any(&told, &list.progress),
            opens_with_progress: holds_any(opening, &list.progress),
            is_near_start: near(start),
            is_at_start: within(start, AT),
            is_near_end: near(end),
            is_at_end: within(end, AT),
            is_past_end: end.is_some() && near(end) && !before(end),
            is_between: after(start) && before(end),
        }
    }

    fn says_anything(&self) -> bool {
        self.says_start || self.says_end || self.says_progress
    }
}

fn start_of(clues: &[Clue], start_known: bool) -> Option<usize> {
    let says = |clue: &Clue| clue.says_start && (clue.is_near_start || !start_known);
    let opens = |clue: &&Clue| {
        let says_else = clue.opens_with_progress || clue.says_end;
        clue.says_start || clue.is_at_start && !clue.is_at_end || clue.is_near_start && !says_else
    };
    clues
        .iter()
        .position(says)
        .or_else(|| clues.first().filter(opens).map(|_| 0))
        .or_else(|| {
            clues
                .iter()
                .position(|clue| clue.says_start && !clue.says_end)
        })
}

fn end_of(clues: &[Clue], first: Option<usize>) -> Option<usize> {
    let last_where = |wanted: &dyn Fn(&Clue) -> bool| {
        let found = clues
            .iter()
            .enumerate()
            .rev()
            .find(|(_, clue)| wanted(clue));
        found
            .map(|(i, _)| i)
            .filter(|i| first.is_none_or(|first| *i > first))
    };
    // What comes after the end was told is not the end.
    let told = clues.iter().enumerate().position(|(i, clue)| {
        clue.is_past_end && clue.says_end && first.is_none_or(|first| i > first)
    });
    told.or_else(|| {
        let says_else = |clue: &Clue| clue.opens_with_progress && !clue.says_end && !clue.is_at_end;
        last_where(&|clue| clue.is_near_end && !says_else(clue))
    })
    .or_else(|| last_where(&|clue| clue.says_end_of_day))
    .or_else(|| {
        let last = clues.len().checked_sub(1)?;
        (clues.get(last)?.says_end && first != Some(last)).then_some(last)
    })
}

/// The clauses of `text` that tell of this day: 次回の開始 is none of it.
fn of_the_day(text: &str, list: &ContactWords) -> String {
    text.split_inclusive(['。', '、', '，', ',', '\n'])
        .filter(|clause| !holds_any(clause, &list.elsewhen))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ContactKind::{End, Other, Progress, Start};

    fn at(hm: &str) -> Option<NaiveTime> {
        NaiveTime::parse_from_str(hm, "%H:%M").ok()
    }

    fn read(day: &str, contacts: &[(&str, &str)]) -> Vec<ContactKind> {
        let (start, end) = day.split_once('-').unwrap_or_default();
        let parts: Vec<Part> = contacts
            .iter()
            .map(|(time, text)| Part {
                time: at(time),
                text: (*text).to_owned(),
                ..Part::default()
            })
            .collect();
        kinds(&parts, at(start), at(end))
    }

    #[test]
    fn words_say_what_a_contact_was_for() {
        let day = [
            ("9:00", "開始連絡。30分ごとに休憩をとるよう助言。"),
            ("11:30", "進捗を確認。"),
            ("12:00", "終了連絡。次回の開始時刻を確認。"),
        ];
        assert_eq!(read("9:00-12:00", &day), [Start, Progress, End]);
        assert_eq!(read("", &day), [Start, Progress, End]);
        // Hours that were written the wrong way round do not turn the day around.
        assert_eq!(read("12:00-9:00", &day), [Start, Progress, End]);
    }

    #[test]
    fn times_decide_where_words_do_not() {
        let day = [
            ("9:10", "電話。体調良好。"),
            ("12:00", "電話。"),
            ("15:10", "電話。成果を確認。"),
        ];
        assert_eq!(read("9:00-15:00", &day), [Start, Progress, End]);
        assert_eq!(read("", &day), [Other, Other, Other]);
        assert_eq!(read("9:00-18:00", &day), [Start, Progress, Progress]);
        assert_eq!(read("6:00-18:00", &day[..1]), [Progress]);
        assert_eq!(read("12:00-13:00", &[("15:00", "電話。")]), [Other]);
    }

    #[test]
    fn one_task_done_is_not_the_end_of_the_day() {
        let day = [
            ("10:00", "作業開始の連絡"),
            ("15:20", "10個の作成が終了したとの報告。"),
            ("16:00", "電話。次回の作業を確認。"),
        ];
        assert_eq!(read("10:00-16:00", &day), [Start, Progress, End]);
        assert_eq!(read("10:00-16:00", &day[..2]), [Start, End]);
    }

    #[test]
    fn the_end_may_come_early_or_be_followed_by_a_call() {
        let early = [
            ("9:00", "開始"),
            ("11:00", "体調不良のため作業終了"),
            ("14:00", "電話。体調を確認。"),
        ];
        assert_eq!(read("9:00-16:00", &early), [Start, End, Progress]);
        let late = [
            ("9:00", "開始"),
            ("15:00", "終了連絡"),
            ("15:30", "電話。予定を伝えた。"),
        ];
        assert_eq!(read("9:00-15:00", &late), [Start, End, Other]);
    }

    #[test]
    fn a_day_has_one_start_and_one_end() {
        let day = [
            ("9:00", "開始"),
            ("12:00", "午前の作業終了"),
            ("13:00", "午後の作業開始"),
            ("15:00", "終了"),
        ];
        assert_eq!(read("9:00-15:00", &day), [Start, Progress, Progress, End]);
        assert_eq!(read("9:00-15:00", &day[..3]), [Start, Progress, Progress]);
        let late = [("9:00", "電話。体調を確認。"), ("13:00", "次の作業を開始")];
        assert_eq!(read("9:00-17:00", &late), [Start, Progress]);
    }

    #[test]
    fn other_days_and_things_undone_do_not_count() {
        assert_eq!(
            read(
                "9:00-15:00",
                &[("12:00", "次回の開始を確認。作業は終了していない。")]
            ),
            [Progress]
        );
        assert_eq!(
            read(
                "9:00-15:00",
                &[("11:00", "開始から2時間。終了予定を聞く。")]
            ),
            [Progress]
        );
        assert_eq!(
            read(
                "9:00-9:40",
                &[("9:00", "開始連絡。15時に終了するよう伝えた。")]
            ),
            [Start]
        );
        assert_eq!(read("9:00-9:40", &[("9:40", "終了連絡")]), [End]);
    }
}
