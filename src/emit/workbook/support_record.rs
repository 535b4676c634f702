//! 参考様式2 在宅における就労支援記録: one workbook for each user and month.
//!
//! As on the city's form, 2-1 holds two days, and 2-2 the last day of a period with
//! the evaluation of the period.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::book::{Content, Plan, PlannedSheet};
use super::entry::{self, Entries, Entry, Item};
use super::page::Page;
use super::people::FileNames;
use super::template::Forms;
use crate::correct::{method, text};
use crate::model::{DailyRecord, Month, Office, PersonId, WeeklyRecord};

const DAYS_HEADER: &str = "（参考様式２－１）";
const EVALUATION_HEADER: &str = "（参考様式２－２）";
/// A week, as far as the notice counts one (K6(4)).
const WEEK: Days = Days::new(7);

/// The records of one user and month.
#[derive(Default)]
struct Records<'a> {
    days: Vec<&'a DailyRecord>,
    evaluations: Vec<&'a WeeklyRecord>,
}

/// What one sheet holds.
enum Leaf<'a> {
    /// 2-1: one day or two.
    Days(Vec<&'a DailyRecord>),
    /// 2-2: an evaluation, with the last day of its period where there is a record of it.
    Evaluation(Option<&'a DailyRecord>, &'a WeeklyRecord),
}

/// All workbooks of the form, by user and month; records without a date have their own.
pub(super) fn plans<'t>(office: &Office, forms: &'t Forms, names: &FileNames) -> Vec<Plan<'t>> {
    let mut months: BTreeMap<(PersonId, Option<Month>), Records> = BTreeMap::new();
    for record in &office.daily {
        let key = (record.user.person, record.date.get().map(Month::of));
        months.entry(key).or_default().days.push(record);
    }
    for record in &office.weekly {
        let last_day = record.period_to.get().or(record.date.get());
        let key = (record.user.person, last_day.map(Month::of));
        months.entry(key).or_default().evaluations.push(record);
    }
    months
        .into_iter()
        .map(|((person, month), records)| Plan {
            file: names.file("参考様式2", person, month),
            sheets: leaves(records, office, forms)
                .iter()
                .map(|leaf| sheet(leaf, office, forms))
                .collect(),
        })
        .collect()
}

/// The empty form: 2-1 and 2-2.
pub(super) fn blank(forms: &Forms) -> Plan<'_> {
    let DailyRecord { source, user, .. } = &DailyRecord::default();
    let user = entry::user(source, user, &Office::default());
    let day = day_entries(&DailyRecord::default());
    let evaluation = evaluation_entries(&WeeklyRecord::default());
    Plan {
        file: "参考様式2_在宅における就労支援記録.xlsx".to_owned(),
        sheets: vec![
            PlannedSheet {
                name: "支援記録".to_owned(),
                content: Content::Page(Page {
                    header: DAYS_HEADER,
                    sections: vec![
                        (&forms.title_daily, Entries::new()),
                        (&forms.user, user.clone()),
                        (&forms.day, day.clone()),
                        (&forms.day, day.clone()),
                    ],
                }),
            },
            PlannedSheet {
                name: "支援記録（評価）".to_owned(),
                content: Content::Page(Page {
                    header: EVALUATION_HEADER,
                    sections: vec![
                        (&forms.title_weekly, Entries::new()),
                        (&forms.user, user),
                        (&forms.day, day),
                        (&forms.evaluation, evaluation),
                    ],
                }),
            },
        ],
    }
}

fn leaves<'a>(records: Records<'a>, office: &Office, forms: &Forms) -> Vec<Leaf<'a>> {
    let Records {
        mut days,
        mut evaluations,
    } = records;
    let by_time = |date: Option<NaiveDate>| (date.is_none(), date);
    days.sort_by_key(|day| (by_time(day.date.get()), day.start.get()));
    evaluations.sort_by_key(|it| by_time(it.date.get()));
    let mut evaluated: BTreeMap<usize, &WeeklyRecord> = BTreeMap::new();
    let mut leaves: Vec<Leaf> = Vec::new();
    for evaluation in evaluations {
        match last_day_of(evaluation, &days, &evaluated, office) {
            Some(day) => {
                evaluated.insert(day, evaluation);
            }
            None => leaves.push(Leaf::Evaluation(None, evaluation)),
        }
    }
    let mut open: Option<&DailyRecord> = None;
    for (i, &day) in days.iter().enumerate() {
        let previous = open.take();
        match (evaluated.get(&i), previous) {
            (Some(evaluation), previous) => {
                leaves.extend(previous.map(|day| Leaf::Days(vec![day])));
                leaves.push(Leaf::Evaluation(Some(day), evaluation));
            }
            (None, Some(first)) if share_a_sheet(first, day, office, forms) => {
                leaves.push(Leaf::Days(vec![first, day]));
            }
            (None, previous) => {
                leaves.extend(previous.map(|day| Leaf::Days(vec![day])));
                open = Some(day);
            }
        }
    }
    leaves.extend(open.map(|day| Leaf::Days(vec![day])));
    leaves.sort_by_key(|leaf| by_time(leaf.date()));
    leaves
}

/// The last recorded day of the evaluation's period, unless another evaluation has it.
fn last_day_of(
    evaluation: &WeeklyRecord,
    days: &[&DailyRecord],
    taken: &BTreeMap<usize, &WeeklyRecord>,
    office: &Office,
) -> Option<usize> {
    let last = evaluation.period_to.get().or(evaluation.date.get())?;
    let first = match evaluation.period_from.get() {
        Some(first) => first,
        None => last.checked_sub_days(WEEK)?,
    };
    let is_in_period = |day: &DailyRecord| {
        day.date
            .get()
            .is_some_and(|date| (first..=last).contains(&date))
    };
    let head = head(&evaluation.user, office);
    days.iter()
        .enumerate()
        .rev()
        .find(|(_, day)| is_in_period(day) && self::head(&day.user, office) == head)
        .map(|(i, _)| i)
        .filter(|i| !taken.contains_key(i))
}

/// What the heading of a sheet says; records that say otherwise need a sheet of their own.
fn head(user: &crate::model::UserMention, office: &Office) -> (String, String) {
    (
        text::name(user, office),
        text::certificate_number(user, office),
    )
}

fn share_a_sheet(a: &DailyRecord, b: &DailyRecord, office: &Office, forms: &Forms) -> bool {
    head(&a.user, office) == head(&b.user, office)
        && days_page(&[a, b], office, forms).fits_on_paper()
}

fn sheet<'t>(leaf: &Leaf, office: &Office, forms: &'t Forms) -> PlannedSheet<'t> {
    let page = match leaf {
        Leaf::Days(days) => days_page(days, office, forms),
        Leaf::Evaluation(day, evaluation) => evaluation_page(*day, evaluation, office, forms),
    };
    PlannedSheet {
        name: leaf.name(),
        content: Content::Page(page),
    }
}

fn days_page<'t>(days: &[&DailyRecord], office: &Office, forms: &'t Forms) -> Page<'t> {
    let mut head = Entries::new();
    for day in days {
        merge_places(&mut head, entry::user(&day.source, &day.user, office));
    }
    let mut sections = vec![(&forms.title_daily, Entries::new()), (&forms.user, head)];
    sections.extend(days.iter().map(|day| (&forms.day, day_entries(day))));
    Page {
        header: DAYS_HEADER,
        sections,
    }
}

fn evaluation_page<'t>(
    day: Option<&DailyRecord>,
    evaluation: &WeeklyRecord,
    office: &Office,
    forms: &'t Forms,
) -> Page<'t> {
    let mut head = entry::user(&evaluation.source, &evaluation.user, office);
    if let Some(day) = day {
        merge_places(&mut head, entry::user(&day.source, &day.user, office));
    }
    let mut sections = vec![(&forms.title_weekly, Entries::new()), (&forms.user, head)];
    sections.extend(day.map(|day| (&forms.day, day_entries(day))));
    sections.push((&forms.evaluation, evaluation_entries(evaluation)));
    Page {
        header: EVALUATION_HEADER,
        sections,
    }
}

/// One heading stands for all records of the sheet.
fn merge_places(head: &mut Entries, other: Entries) {
    for (item, entry) in other {
        let own = head.entry(item).or_insert_with(|| Entry {
            places: Vec::new(),
            ..entry.clone()
        });
        own.places.extend(entry.places);
    }
}

fn day_entries(it: &DailyRecord) -> Entries {
    let at = &it.source;
    let (start, end) = text::times(&it.start, &it.end);
    let method = method::line(&it.method, &it.method_note, &method::SUPPORT);
    Entries::from([
        (Item::Date, Entry::anchor(at, &it.date, text::of(&it.date))),
        (Item::Start, Entry::item(at, &it.start, start)),
        (Item::End, Entry::item(at, &it.end, end)),
        (Item::Method, Entry::item(at, &it.method, method)),
        (Item::Work, Entry::free(at, &it.work)),
        (
            Item::Support,
            Entry::item(at, &it.support, text::support(it)),
        ),
        (
            Item::ConditionAndAdvice,
            Entry::free(at, &it.condition_and_advice),
        ),
        (Item::Recorder, Entry::free(at, &it.recorder)),
    ])
}

fn evaluation_entries(it: &WeeklyRecord) -> Entries {
    let at = &it.source;
    let (from, to) = text::period(&it.period_from, &it.period_to);
    let method = method::line(&it.method, &it.method_note, &method::EVALUATION);
    Entries::from([
        (Item::Date, Entry::anchor(at, &it.date, text::of(&it.date))),
        (Item::PreviousDate, Entry::value(at, &it.previous_date)),
        (Item::Method, Entry::item(at, &it.method, method)),
        (Item::PeriodFrom, Entry::item(at, &it.period_from, from)),
        (Item::PeriodTo, Entry::item(at, &it.period_to, to)),
        (Item::Content, Entry::free(at, &it.content)),
        (Item::Recorder, Entry::free(at, &it.recorder)),
        (Item::Confirmer, Entry::free(at, &it.confirmer)),
    ])
}

impl Leaf<'_> {
    fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => days.first().and_then(|day| day.date.get()),
            Self::Evaluation(Some(day), _) => day.date.get(),
            Self::Evaluation(None, evaluation) => evaluation.date.get(),
        }
    }

    /// `9月1日・2日`, `9月5日（評価）`
    fn name(&self) -> String {
        let named = |date: Option<NaiveDate>| {
            date.map_or("日付不明".to_owned(), |date| {
                format!("{}月{}日", date.month(), date.day())
            })
        };
        match self {
            Self::Days(days) => {
                let rest = days.iter().skip(1).filter_map(|day| day.date.get());
                let rest = rest.map(|date| format!("・{}日", date.day()));
                named(self.date()) + &rest.collect::<String>()
            }
            Self::Evaluation(..) => named(self.date()) + "（評価）",
        }
    }
}
