//! What of an office was not seen, and so may be what seems to be missing.
//!
//! Every check that finds a form, a day or an item missing asks here first. None is called
//! missing while a file, a sheet, a record or a text of the very record that could be it has not
//! been read.

use super::certificate_number_invalid::may_be_several;
use super::{Context, PersonFile};
use crate::model::{Location, PersonId, Source, UserMention, Wording};

/// Which form seems to be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 参考様式1
    Roster,
    /// 参考様式2
    Daily,
    /// 参考様式2-2
    Weekly,
    /// 参考様式3
    Monthly,
    /// 参考様式4
    Listing,
}

/// Why something that seems to be missing may yet be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// A sentence of its own.
    pub because: Wording,
    /// The values of doubtful records that may be it; none where it may be elsewhere.
    pub rests_on: Vec<Location>,
}

impl Context<'_> {
    /// What of the office as a whole was not seen.
    pub fn unseen(&self) -> Option<Unseen> {
        let office = self.index.office;
        let files: Vec<&str> = office.unreadable.iter().map(|u| base(&u.file)).collect();
        let sheets: Vec<String> = office
            .unrecognised
            .iter()
            .map(|sheet| format!("{}「{}」", base(&sheet.file), sheet.sheet))
            .collect();
        let because = if let Some(first) = files.first() {
            let (ja, en) = and_more(first, files.len());
            Wording::new(
                format!("読み取れなかったファイル（{ja}）にあるかもしれません。"),
                format!("It may be in a file that could not be read ({en})."),
            )
        } else if let Some(first) = sheets.first() {
            let (ja, en) = and_more(first, sheets.len());
            Wording::new(
                format!("読み取れなかった部分のあるシート（{ja}）にあるかもしれません。"),
                format!("It may be in a part of a sheet that was not read ({en})."),
            )
        } else {
            return None;
        };
        Some(Unseen {
            because,
            rests_on: Vec::new(),
        })
    }

    /// What was not seen of the very sheet that a record stands on.
    pub fn unseen_beside(&self, source: &Source) -> Option<Unseen> {
        let mut sheets = self.index.office.unrecognised.iter();
        let sheet = sheets.find(|at| at.file == source.file && at.sheet == source.sheet)?;
        let place = place(sheet);
        Some(Unseen {
            because: Wording::new(
                format!(
                    "同じシート（{place}）に読み取れなかった部分があり、そこにあるかもしれません。"
                ),
                format!("It may be in a part of the same sheet ({place}) that was not read."),
            ),
            rests_on: Vec::new(),
        })
    }

    /// What was not seen that may be the person's `form`.
    pub fn unseen_of(&self, person: &PersonFile, form: Form) -> Option<Unseen> {
        self.unseen()
            .or_else(|| self.unplaced(person, form))
            .or_else(|| undated(person, form))
            .or_else(|| self.joined_rows(form))
    }

    /// A line of the roster that holds the numbers of several users, one of which may be meant.
    fn joined_rows(&self, form: Form) -> Option<Unseen> {
        let mut roster = self.index.office.roster.iter();
        let entry = roster.find(|entry| {
            let number = &entry.user.certificate_number;
            number.is_unclear() && may_be_several(&number.raw)
        });
        let entry = entry.filter(|_| form == Form::Roster)?;
        let at = entry.source.locate(entry.user.certificate_number.cell);
        let place = place(&at);
        Some(Unseen {
            because: Wording::new(
                format!(
                    "対象者リストに何人分かを合わせて読んだ記載（{place}）があり、そこに含まれるかもしれません。"
                ),
                format!("It may be among what was read as one line of the roster ({place})."),
            ),
            rests_on: Vec::new(),
        })
    }

    /// A record of nobody that may be the person's.
    fn unplaced(&self, person: &PersonFile, form: Form) -> Option<Unseen> {
        let office = self.index.office;
        if office.unplaced.is_empty() {
            return None;
        }
        let may_be = |lot: &PersonId| {
            let users = office.unplaced.get(lot);
            users.is_some_and(|users| users.is_empty() || users.contains(&person.id))
        };
        let mentions: Vec<(&UserMention, &Source)> = match form {
            Form::Roster => Vec::new(),
            Form::Daily => office.daily.iter().map(|r| (&r.user, &r.source)).collect(),
            Form::Weekly => office.weekly.iter().map(|r| (&r.user, &r.source)).collect(),
            Form::Monthly => office
                .monthly
                .iter()
                .map(|r| (&r.user, &r.source))
                .collect(),
            Form::Listing => {
                let rows = office.listing.iter().flat_map(|listing| &listing.rows);
                rows.map(|r| (&r.user, &r.source)).collect()
            }
        };
        let mut mentions = mentions.into_iter();
        let (user, source) = mentions.find(|(user, _)| may_be(&user.person))?;
        let at = source.locate(user.name.cell);
        let place = place(&at);
        Some(Unseen {
            because: Wording::new(
                format!("だれのものか分からない記録（{place}）が、それかもしれません。"),
                format!("A record of which the user is not known ({place}) may be it."),
            ),
            rests_on: Vec::new(),
        })
    }
}

/// What was not understood within the very record that lacks something.
pub fn unread_within(source: &Source) -> Option<Unseen> {
    let place = place(&source.locate(Some(source.unread?)));
    Some(Unseen {
        because: Wording::new(
            format!("この記録には読み取れなかった記載（{place}）があり、それかもしれません。"),
            format!("A text of this record that was not understood ({place}) may be it."),
        ),
        rests_on: Vec::new(),
    })
}

/// An item that none of the office's `count` records has: its box may have been misread.
pub fn blank_throughout(count: usize) -> Unseen {
    Unseen {
        because: Wording::new(
            format!(
                "この事業所の記録（{count}件）のすべてで空欄のため、欄の場所を読み違えたのかもしれません。"
            ),
            format!(
                "It is blank in all records of the office ({count}), so its box may have been misread."
            ),
        ),
        rests_on: Vec::new(),
    }
}

/// A record of the person's own that does not tell when it is of.
fn undated(person: &PersonFile, form: Form) -> Option<Unseen> {
    let (source, cell) = match form {
        Form::Daily => person
            .undated_days
            .first()
            .map(|r| (&r.source, r.date.cell)),
        Form::Monthly => person
            .unplaced_monthly
            .first()
            .map(|r| (&r.source, r.month.cell)),
        // Whether a weekly evaluation can be placed is a question of its period as well.
        Form::Roster | Form::Weekly | Form::Listing => None,
    }?;
    Some(doubtful(vec![source.locate(cell)]))
}

/// Records whose dates, at `places`, cannot be right or cannot be read: they may be it.
pub fn doubtful(places: Vec<Location>) -> Unseen {
    let first = places.first().map(place).unwrap_or_default();
    let (ja, en) = and_more(&first, places.len());
    Unseen {
        because: Wording::new(
            format!("日付のはっきりしない記録（{ja}）が、それかもしれません。"),
            format!("A record whose date is not clear ({en}) may be it."),
        ),
        rests_on: places,
    }
}

/// A place in a message: the file, the sheet and the cell.
pub fn place(at: &Location) -> String {
    let cell = at.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let place = format!("{}「{}」{cell}", base(&at.file), at.sheet);
    place.replace("「」", "")
}

fn and_more(first: &str, count: usize) -> (String, String) {
    match count.saturating_sub(1) {
        0 => (first.to_owned(), first.to_owned()),
        more => (
            format!("{first}ほか{more}件"),
            format!("{first} and {more} more"),
        ),
    }
}

fn base(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{
        blank, contact, date, office, office_in, on, sheet_day, time, told_by, value, with_sheet,
    };
    use crate::model::ContactKind::{End, Progress, Start};
    use crate::model::{Cell, Office};

    /// A check that finds something blank, its notice, and what makes it find something.
    type Row = (&'static str, &'static str, fn(&mut Office));

    const BLANKS: [Row; 18] = [
        ("roster-field-missing", "kitakyushu", |o| {
            o.roster[0].reason = blank();
        }),
        ("consent-after-start", "kitakyushu", |o| {
            o.roster[0].consented_on = blank();
        }),
        ("annotation-missing", "kitakyushu", |o| {
            o.roster[0].annotated_on = blank();
        }),
        ("plan-without-home-support", "kitakyushu", |o| {
            o.roster[0].plan_created_on = blank();
        }),
        ("plan-without-home-support", "kitakyushu", |o| {
            o.roster[0].home_weekdays = blank();
        }),
        ("report-missing", "hitachi", |o| {
            o.roster[0].applied_on = blank();
        }),
        ("daily-field-missing", "kitakyushu", |o| {
            o.daily[0].recorder = blank();
        }),
        ("contact-method-missing", "kitakyushu", |o| {
            o.daily[0].method = blank();
        }),
        ("fewer-than-two-contacts", "kitakyushu", |o| {
            o.daily[0].contacts.pop();
        }),
        ("start-contact-missing", "kitakyushu", |o| {
            o.daily[0].contacts = vec![contact("12:00", Progress), contact("15:00", End)];
        }),
        ("end-contact-missing", "kitakyushu", |o| {
            o.daily[0].contacts = vec![contact("10:00", Start), contact("12:00", Progress)];
        }),
        ("weekly-field-missing", "kitakyushu", |o| {
            o.weekly[0].content = blank();
        }),
        ("weekly-evaluation-unconfirmed", "kitakyushu", |o| {
            o.weekly[0].confirmer = blank();
        }),
        ("monthly-field-missing", "kitakyushu", |o| {
            o.monthly[0].goal = blank();
        }),
        ("monthly-evaluation-unsigned", "kitakyushu", |o| {
            o.monthly[0].signature = blank();
        }),
        ("service-record-unconfirmed", "kitakyushu", |o| {
            sheet_day(o, 5).confirmed = blank();
        }),
        ("service-record-remark-missing", "kitakyushu", |o| {
            sheet_day(o, 5).remarks = blank();
        }),
        ("service-record-time-mismatch", "kitakyushu", |o| {
            sheet_day(o, 5).start = blank();
        }),
    ];

    /// What the check says of the office, whose every form holds a text that was not understood.
    fn said(row: &Row, has_unread: bool) -> Vec<String> {
        let (check, notice, alter) = row;
        let (mut office, as_of) = match *notice {
            "hitachi" => (office_in(2026, 3), date(2026, 4, 30)),
            _ => (with_sheet(office()), date(2025, 11, 30)),
        };
        alter(&mut office);
        let unread = Cell::parse("P4").filter(|_| has_unread);
        let sources = office.roster.iter_mut().map(|r| &mut r.source);
        let sources = sources.chain(office.daily.iter_mut().map(|r| &mut r.source));
        let sources = sources.chain(office.weekly.iter_mut().map(|r| &mut r.source));
        let sources = sources.chain(office.monthly.iter_mut().map(|r| &mut r.source));
        let sources = sources.chain(office.service_records.iter_mut().map(|r| &mut r.source));
        sources.for_each(|source| source.unread = unread);
        let mut told = told_by(&office, notice, as_of);
        told.retain(|line| line.split(' ').nth(1) == Some(check));
        told
    }

    #[test]
    fn a_blank_beside_a_text_that_nobody_understood_is_a_question() {
        for row in &BLANKS {
            let (sure, unsure) = (said(row, false), said(row, true));
            assert_eq!(sure.len(), 1, "{}: {sure:?}", row.0);
            assert!(sure[0].starts_with("deficient "), "{sure:?}");
            assert_eq!(unsure, [sure[0].replace("deficient", "review")]);
        }
    }

    #[test]
    fn a_text_of_any_record_of_the_day_may_be_its_contact() {
        for second_is_unread in [false, true] {
            let mut office = office();
            let morning = on(&mut office, 5);
            let mut afternoon = morning.clone();
            morning.end = value(time("12:00"));
            morning.contacts.pop();
            afternoon.start = value(time("13:00"));
            afternoon.contacts.clear();
            afternoon.source.unread = Cell::parse("P4").filter(|_| second_is_unread);
            office.daily.push(afternoon);
            let told = told_by(&office, "kitakyushu", date(2025, 11, 30));
            let verdict = if second_is_unread {
                "review"
            } else {
                "deficient"
            };
            let expected = format!("{verdict} fewer-than-two-contacts 2025-09-05");
            assert!(told.contains(&expected), "{told:?}");
        }
    }

    #[test]
    fn a_day_that_the_sheet_lacks_may_be_in_what_was_not_read() {
        let mut office = with_sheet(office());
        office.service_records[0].days.remove(0);
        let told = |office: &Office| told_by(office, "kitakyushu", date(2025, 11, 30));
        let of = |verdict| vec![format!("{verdict} service-record-day-missing 2025-09-01")];
        assert_eq!(told(&office), of("deficient"));
        office.service_records[0].source.unread = Cell::parse("P4");
        assert_eq!(told(&office), of("review"));
    }
}
