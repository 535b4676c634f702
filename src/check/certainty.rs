//! How sure a verdict can be that rests on values as they were read.
//!
//! A value that was read with doubt shows nothing by itself: a person must look at it first.

use chrono::NaiveDate;

use super::PersonFile;
use crate::model::{
    Confidence, DailyRecord, Doubt, Field, Level, Mark, Source, UserMention, Verdict,
};

/// How sure a verdict against the value of `field` can be.
pub(super) fn verdict_on<T>(field: &Field<T>) -> Verdict {
    let level = field.value().and(field.confidence()).map(Confidence::level);
    match level {
        Some(Level::Doubtful) => Verdict::Review,
        _ => Verdict::Deficient,
    }
}

/// How sure a verdict can be that rests on several records' being of one user and day, at their
/// working times.
pub(super) fn verdict_on_day_of(records: &[&DailyRecord]) -> Verdict {
    let users = records.iter().map(|record| (&record.user, &record.source));
    let told = records.iter().map(|record| {
        let hours = verdict_on(&record.start).max(verdict_on(&record.end));
        verdict_on(&record.date).max(hours)
    });
    told.fold(verdict_on_user(users), Verdict::max)
}

/// How sure a verdict can be that rests on all these being of one user. That each was told by a
/// part of the name or by its file is no matter where they name the user in the same way.
fn verdict_on_user<'a>(mentions: impl Iterator<Item = (&'a UserMention, &'a Source)>) -> Verdict {
    let mut first = None;
    let (mut is_alike, mut is_guessed) = (true, false);
    for (user, source) in mentions {
        let (name, number) = (&user.name, &user.certificate_number);
        if verdict_on(name).max(verdict_on(number)) == Verdict::Review {
            return Verdict::Review;
        }
        let written = (&name.raw, &number.raw, &source.file);
        is_alike &= *first.get_or_insert(written) == written;
        is_guessed |= name.doubts.iter().chain(&number.doubts).any(is_guess);
    }
    match is_guessed && !is_alike {
        true => Verdict::Review,
        false => Verdict::Deficient,
    }
}

/// Whether the user was told by less than name and number.
fn is_guess(doubt: &Doubt) -> bool {
    matches!(
        doubt,
        Doubt::NameInPart | Doubt::UserFromFile | Doubt::NumberDiffers
    )
}

/// How sure a verdict can be that rests on the person's having been at home on `day`: not where
/// only a date that was read with doubt tells of it.
pub(super) fn verdict_on_day(person: &PersonFile, day: NaiveDate) -> Verdict {
    let records = person.days.get(&day).into_iter().flatten();
    let recorded = records.map(|record| verdict_on(&record.date));
    let starts = person.roster.iter().map(|entry| &entry.home_start);
    let starts = starts.filter(|start| start.get() == Some(day));
    let listed = (person.mark(day) == Some(Mark::Home)).then_some(Verdict::Deficient);
    let told = recorded.chain(starts.map(verdict_on)).chain(listed);
    told.min().unwrap_or(Verdict::Deficient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{
        blank, date, mark, office, on, sheet_day, text, time, told, unclear, value, with_sheet,
    };
    use crate::model::{Ground, Office};

    #[test]
    fn a_doubtful_value_allows_a_review_and_no_more() {
        let with = |doubt| Field {
            doubts: vec![doubt],
            ..value(date(2025, 9, 3))
        };
        for doubt in [
            Doubt::StruckThrough,
            Doubt::SeveralChoices,
            Doubt::WeekdayDiffers,
            Doubt::DrawnText,
        ] {
            assert_eq!(verdict_on(&with(doubt)), Verdict::Review, "{doubt:?}");
        }
        for doubt in [Doubt::YearFromContext, Doubt::Hidden, Doubt::Ditto] {
            assert_eq!(verdict_on(&with(doubt)), Verdict::Deficient, "{doubt:?}");
        }
        for ground in [Ground::Repeated, Ground::UnknownBeside] {
            let mut field = value(date(2025, 9, 3));
            field.grounds.insert(ground);
            assert_eq!(verdict_on(&field), Verdict::Review, "{ground:?}");
        }
        assert_eq!(verdict_on(&blank::<NaiveDate>()), Verdict::Deficient);
        assert_eq!(verdict_on(&unclear::<NaiveDate>("?")), Verdict::Deficient);
    }

    /// A finding, and the value that it rests on put in doubt.
    type Row = (&'static str, fn(&mut Office), fn(&mut Office));

    fn doubt<T>(field: &mut Field<T>) {
        field.doubts.push(Doubt::DrawnText);
    }

    const FOUND: [Row; 13] = [
        (
            "off-plan-day",
            |o| on(o, 3).date = value(date(2025, 9, 4)),
            |o| {
                let stray = |r: &&mut DailyRecord| r.date.get() == Some(date(2025, 9, 4));
                doubt(&mut o.daily.iter_mut().find(stray).unwrap().date);
            },
        ),
        (
            "overlapping-service",
            |o| {
                let mut second = on(o, 5).clone();
                second.start = value(time("14:00"));
                second.end = value(time("16:00"));
                o.daily.push(second);
            },
            |o| doubt(&mut on(o, 5).end),
        ),
        (
            "duplicate-daily-record",
            |o| {
                let mut second = on(o, 5).clone();
                second.work = text("別の作業");
                o.daily.push(second);
            },
            |o| doubt(&mut on(o, 5).start),
        ),
        (
            "duplicate-daily-record",
            |o| {
                let mut second = on(o, 5).clone();
                second.work = text("別の作業");
                second.user.name = text("白石");
                o.daily.push(second);
            },
            |o| {
                o.daily
                    .last_mut()
                    .unwrap()
                    .user
                    .name
                    .doubts
                    .push(Doubt::NameInPart)
            },
        ),
        (
            "grant-period-expired",
            |o| o.roster[0].grant_to = value(date(2025, 9, 26)),
            |o| doubt(&mut o.roster[0].grant_to),
        ),
        (
            "grant-period-expired",
            |o| {
                o.roster[0].grant_to = value(date(2025, 9, 26));
                mark(o, 29, None);
            },
            |o| doubt(&mut on(o, 29).date),
        ),
        (
            "certificate-number-mismatch",
            |o| {
                let number = crate::model::CertificateNumber::new("0123456798").unwrap();
                on(o, 3).user.certificate_number = value(number);
            },
            |o| doubt(&mut on(o, 3).user.certificate_number),
        ),
        (
            "consent-after-start",
            |o| o.roster[0].consented_on = value(date(2025, 6, 3)),
            |o| doubt(&mut o.roster[0].home_start),
        ),
        (
            "started-before-annotation",
            |o| o.roster[0].annotated_on = value(date(2025, 6, 3)),
            |o| doubt(&mut o.roster[0].home_start),
        ),
        (
            "fewer-than-two-contacts",
            |o| {
                on(o, 5).contacts.pop();
            },
            |o| doubt(&mut on(o, 5).support),
        ),
        (
            "end-contact-missing",
            |o| {
                on(o, 5).end = value(time("17:00"));
                on(o, 5).contacts[1].kind = crate::model::ContactKind::Other;
            },
            |o| doubt(&mut on(o, 5).end),
        ),
        (
            "time-range-invalid",
            |o| on(o, 5).end = value(time("9:00")),
            |o| doubt(&mut on(o, 5).end),
        ),
        (
            "service-record-time-mismatch",
            |o| {
                *o = with_sheet(o.clone());
                sheet_day(o, 5).end = value(time("15:30"));
            },
            |o| doubt(&mut sheet_day(o, 5).end),
        ),
    ];

    #[test]
    fn a_deficiency_that_rests_on_a_doubtful_value_is_a_question() {
        for (check, fault, doubted) in FOUND {
            let mut office = office();
            fault(&mut office);
            let of = |office: &Office| -> Vec<String> {
                let told = told(office).into_iter();
                told.filter(|line| line.contains(check)).collect()
            };
            let sure = of(&office);
            assert_eq!(sure.len(), 1, "{check}: {sure:?}");
            assert!(sure[0].starts_with("deficient"), "{sure:?}");
            doubted(&mut office);
            let unsure = of(&office);
            assert_eq!(unsure.len(), 1, "{check}: {unsure:?}");
            assert!(unsure[0].starts_with("review"), "{unsure:?}");
        }
    }

    #[test]
    fn records_that_name_their_user_alike_are_of_one() {
        let mut office = office();
        on(&mut office, 5).user.name.doubts.push(Doubt::NameInPart);
        let mut second = on(&mut office, 5).clone();
        second.work = text("別の作業");
        office.daily.push(second);
        assert_eq!(
            told(&office),
            ["deficient duplicate-daily-record 2025-09-05"]
        );
        office.daily.last_mut().unwrap().source.file = "控え.xlsx".into();
        assert_eq!(told(&office), ["review duplicate-daily-record 2025-09-05"]);
    }
}
