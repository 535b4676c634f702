//! Years as the forms write them: 令和7, R7, 2025, 25, or nothing but a number.
//!
//! Turns a written year into a calendar year; knows no layout of dates.

use chrono::NaiveDate;

use crate::model::{ERAS, Wording};

use super::words::words;

/// A year as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// An era, by its place in [`ERAS`], and the year within it.
    Era(usize, i32),
    /// Four digits.
    Western(i32),
    /// One or two digits that name neither era nor century.
    Short(i32),
}

/// How far a date may lie from the month of the form that it stands on: papers
/// look back over a user's years at the office and ahead to the end of a grant.
const YEARS_BACK: i32 = 10;
const YEARS_AHEAD: i32 = 4;

/// Beyond this, a lone number is as likely a year of 平成 or of a century as one of 令和.
const LAST_PLAIN_REIWA_YEAR: i32 = 20;

impl Year {
    /// The year that `digits` digits without an era say.
    pub fn from_number(number: u32, digits: usize) -> Option<Self> {
        let number = i32::try_from(number).ok()?;
        match digits {
            1 | 2 => Some(Self::Short(number)),
            4 if (1900..=2200).contains(&number) => Some(Self::Western(number)),
            _ => None,
        }
    }

    /// The day of this year. A number alone is read so that it lies near `near_year`.
    pub fn day(self, month: u32, day: u32, near_year: Option<i32>) -> Result<NaiveDate, Wording> {
        let reasons = &words().reasons;
        let on = |year| {
            NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| reasons.no_such_day.clone())
        };
        match self {
            Self::Western(year) => on(year),
            Self::Era(era, n) => {
                let date = on(year_of_era(era, n).ok_or_else(|| reasons.outside_era.clone())?)?;
                if era_of(date) == Some(era) {
                    Ok(date)
                } else {
                    Err(reasons.outside_era.clone())
                }
            }
            Self::Short(n) => {
                on(calendar_year(n, near_year).ok_or_else(|| reasons.year_unclear.clone())?)
            }
        }
    }
}

/// Takes an era's name, its first character or its letter off the front.
pub(super) fn take_era(text: &str) -> Option<(usize, &str)> {
    const LETTERS: [char; ERAS.len()] = ['R', 'H', 'S', 'T'];
    ERAS.iter().enumerate().find_map(|(era, (name, ..))| {
        let first = name.chars().next()?;
        text.strip_prefix(name)
            .or_else(|| text.strip_prefix(first))
            .or_else(|| text.strip_prefix(LETTERS[era]))
            .or_else(|| text.strip_prefix(LETTERS[era].to_ascii_lowercase()))
            .map(|rest| (era, rest))
    })
}

/// The era that a day lies in.
fn era_of(date: NaiveDate) -> Option<usize> {
    ERAS.iter().position(|&(_, year, month, day)| {
        NaiveDate::from_ymd_opt(year, month, day).is_some_and(|first| first <= date)
    })
}

/// The calendar year of an era's `n`th year, 元年 being the first.
pub(super) fn year_of_era(era: usize, n: i32) -> Option<i32> {
    let (_, first, ..) = ERAS.get(era)?;
    (1..=99).contains(&n).then(|| first + n - 1)
}

/// The year that one or two digits mean: of 令和, of this century or of 平成,
/// whichever lies nearest to `near`; of two as near, the first named.
pub(super) fn calendar_year(n: i32, near: Option<i32>) -> Option<i32> {
    let reiwa = year_of_era(0, n);
    let Some(near) = near else {
        return reiwa.filter(|_| n <= LAST_PLAIN_REIWA_YEAR);
    };
    [reiwa, Some(2000 + n), year_of_era(1, n)]
        .into_iter()
        .flatten()
        .filter(|year| (near - YEARS_BACK..=near + YEARS_AHEAD).contains(year))
        .min_by_key(|year| year.abs_diff(near))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_era_goes_by_three_names() {
        for text in ["令和7", "令7", "R7", "r7"] {
            assert_eq!(take_era(text), Some((0, "7")), "{text}");
        }
        assert_eq!(take_era("平成31"), Some((1, "31")));
        for text in ["7", "2025", "月", ""] {
            assert_eq!(take_era(text), None, "{text}");
        }
    }

    #[test]
    fn a_lone_number_is_the_year_near_the_form() {
        for (n, near, year) in [
            (7, Some(2025), Some(2025)),
            (7, Some(2007), Some(2007)),
            (25, Some(2025), Some(2025)),
            (30, Some(2025), Some(2018)),
            (99, Some(2025), None),
            (7, None, Some(2025)),
            (25, None, None),
            (0, None, None),
        ] {
            assert_eq!(calendar_year(n, near), year, "{n} near {near:?}");
        }
    }

    #[test]
    fn an_era_ends_before_the_next_begins() {
        let heisei = Year::Era(1, 31);
        assert!(heisei.day(4, 30, None).is_ok());
        assert!(heisei.day(5, 1, None).is_err());
        assert!(Year::Era(0, 1).day(4, 30, None).is_err());
        assert!(Year::Era(0, 1).day(5, 1, None).is_ok());
        assert!(Year::Era(1, 40).day(1, 1, None).is_err());
    }
}
