//! struck-or-hidden-text

use std::collections::{BTreeMap, BTreeSet};

use super::words::{look_at_the_text, words};
use super::{Context, Report};
use crate::model::{
    Cell, DailyRecord, Doubt, Field, FileName, ListingRow, Location, MonthlyRecord, PersonId,
    RosterEntry, Source, Subject, UserMention, WeeklyRecord, When, Wording,
};

declare_check! {
    /// Text of a record is struck through or hidden: one finding a kind of form and file.
    ///
    /// Such text is read and judged like any other, since nobody can tell from it whether it
    /// is meant to stand.
    ///
    /// ## Why
    /// A text that was struck out, or that nobody sees on paper, may prove nothing.
    ///
    /// ## What to do
    /// See whether the text is to stand. Erase it or write it anew, so that the change can be
    /// followed.
    "struck-or-hidden-text",
    reads: [HomeDays],
    title: "取消線や非表示の記載",
    what: "記録の文字に取消線が引かれていないか、行・列・シートが非表示になっていないかを見ます（様式とファイルごとに1件、要確認）。",
    why: "取り消された記載や、印刷しても見えない記載は、支援を行ったことを示せないおそれがあります。",
    remedy: "その記載を残すのかを確かめ、取り消すものと残すものが分かるように直してください。",
}

/// A kind of form, by its name.
type Kind = (&'static str, &'static str);

const ROSTER: Kind = ("対象者リスト", "roster");
const DAILY: Kind = ("支援記録", "record");
const WEEKLY: Kind = ("週の評価", "weekly evaluation");
const MONTHLY: Kind = ("達成度評価シート", "monthly evaluation");
const LISTING: Kind = ("一覧表", "listing");

/// What is doubtful of one kind of form in one file.
#[derive(Default)]
struct Doubtful {
    people: BTreeSet<PersonId>,
    places: BTreeSet<Location>,
    struck: bool,
    hidden: bool,
}

fn run(context: &Context, report: &mut Report) {
    let mut all: BTreeMap<(FileName, Kind), Doubtful> = BTreeMap::new();
    for person in context.people() {
        let mut note = |kind: Kind, source: &Source, fields: Vec<Seen>| {
            let odd = fields.into_iter().filter(Seen::is_odd);
            for field in odd {
                let doubtful = all.entry((source.file.clone(), kind)).or_default();
                doubtful.people.insert(person.id);
                doubtful.places.insert(source.locate(field.cell));
                doubtful.struck |= field.struck;
                doubtful.hidden |= field.hidden;
            }
        };
        for entry in &person.roster {
            note(ROSTER, &entry.source, of_roster(entry));
        }
        let days = context
            .recorded_days(person)
            .flat_map(|(_, records)| records);
        let strays = context.strays(person).map(|stray| &stray.record);
        for record in days.chain(&person.undated_days).chain(strays) {
            note(DAILY, &record.source, of_daily(record));
        }
        for evaluation in context.weekly(person) {
            let record = evaluation.record;
            note(WEEKLY, &record.source, of_weekly(record));
        }
        for (_, record) in context.monthly(person) {
            note(MONTHLY, &record.source, of_monthly(record));
        }
        let months = person.rows.iter();
        for (_, rows) in months.filter(|(month, _)| context.judges_month(**month)) {
            for listed in rows {
                note(LISTING, &listed.row.source, of_row(listed.row));
            }
        }
    }
    for ((_, (ja, en)), doubtful) in all {
        let subject = match doubtful.people.first() {
            Some(only) if doubtful.people.len() == 1 => Subject::Person(*only),
            _ => Subject::Office,
        };
        let count = doubtful.places.len();
        let (how_ja, how_en) = match (doubtful.struck, doubtful.hidden) {
            (true, true) => ("取消線が引かれているか、非表示", "struck through or hidden"),
            (true, false) => ("取消線が引かれた状態", "struck through"),
            _ => ("非表示", "hidden"),
        };
        let message = Wording::new(
            format!(
                "{ja}の{count}か所の記載が{how_ja}になっています。残っている記載として点検しました。"
            ),
            format!("{count} item(s) of the {en} are {how_en}; they were judged as if they stood."),
        );
        let location = doubtful.places.into_iter().next();
        let said = words(message, look_at_the_text());
        report.review(subject, When::Always, said, location);
    }
}

/// What the look of one item tells.
struct Seen {
    cell: Option<Cell>,
    struck: bool,
    hidden: bool,
}

impl Seen {
    fn of<T>(field: &Field<T>) -> Self {
        Self {
            cell: field.cell,
            struck: field.doubts.contains(&Doubt::StruckThrough),
            hidden: field.doubts.contains(&Doubt::Hidden),
        }
    }

    fn is_odd(&self) -> bool {
        self.struck || self.hidden
    }
}

fn of_user(user: &UserMention) -> [Seen; 2] {
    [Seen::of(&user.name), Seen::of(&user.certificate_number)]
}

fn of_roster(entry: &RosterEntry) -> Vec<Seen> {
    let mut all = vec![
        Seen::of(&entry.grant_from),
        Seen::of(&entry.grant_to),
        Seen::of(&entry.annotated_on),
        Seen::of(&entry.consented_on),
        Seen::of(&entry.applied_on),
        Seen::of(&entry.plan_created_on),
        Seen::of(&entry.home_start),
        Seen::of(&entry.home_end),
        Seen::of(&entry.home_weekdays),
        Seen::of(&entry.reason),
    ];
    all.extend(of_user(&entry.user));
    all
}

fn of_daily(record: &DailyRecord) -> Vec<Seen> {
    let mut all = vec![
        Seen::of(&record.date),
        Seen::of(&record.start),
        Seen::of(&record.end),
        Seen::of(&record.method),
        Seen::of(&record.work),
        Seen::of(&record.support),
        Seen::of(&record.condition_and_advice),
        Seen::of(&record.recorder),
    ];
    all.extend(of_user(&record.user));
    all
}

fn of_weekly(record: &WeeklyRecord) -> Vec<Seen> {
    let mut all = vec![
        Seen::of(&record.date),
        Seen::of(&record.method),
        Seen::of(&record.period_from),
        Seen::of(&record.period_to),
        Seen::of(&record.content),
        Seen::of(&record.recorder),
        Seen::of(&record.confirmer),
    ];
    all.extend(of_user(&record.user));
    all
}

fn of_monthly(record: &MonthlyRecord) -> Vec<Seen> {
    let mut all = vec![
        Seen::of(&record.date),
        Seen::of(&record.method),
        Seen::of(&record.goal),
        Seen::of(&record.effort),
        Seen::of(&record.achievement),
        Seen::of(&record.issues),
        Seen::of(&record.improvement),
        Seen::of(&record.continuation),
        Seen::of(&record.evaluator),
        Seen::of(&record.signature),
    ];
    all.extend(of_user(&record.user));
    all
}

fn of_row(row: &ListingRow) -> Vec<Seen> {
    let mut all = vec![Seen::of(&row.home_days), Seen::of(&row.monthly_date)];
    all.extend(row.weekly_dates.iter().map(Seen::of));
    all.extend(of_user(&row.user));
    all
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{office, on, told};
    use crate::model::Doubt;

    #[test]
    fn text_that_is_struck_or_hidden_is_one_finding_a_file() {
        let mut office = office();
        let record = on(&mut office, 5);
        record.support.doubts.push(Doubt::StruckThrough);
        record.work.doubts.push(Doubt::Hidden);
        let one = ["review struck-or-hidden-text always"];
        assert_eq!(told(&office), one);
        on(&mut office, 8).support.doubts.push(Doubt::Hidden);
        assert_eq!(told(&office), [one[0]; 2]);
        let file = on(&mut office, 5).source.file.clone();
        on(&mut office, 8).source.file = file;
        assert_eq!(told(&office), one);
        office.weekly[0].content.doubts.push(Doubt::StruckThrough);
        assert_eq!(told(&office), [one[0]; 2]);
    }

    #[test]
    fn other_doubts_and_days_that_are_not_judged_are_none() {
        let mut office = office();
        on(&mut office, 5).date.doubts.push(Doubt::WeekdayDiffers);
        let mut old = on(&mut office, 8).clone();
        old.date = crate::check::testing::value(crate::check::testing::date(2025, 4, 7));
        old.source.file = "支援記録_2025-04.xlsx".into();
        old.support.doubts.push(Doubt::Hidden);
        office.daily.push(old);
        assert!(!told(&office).iter().any(|line| line.contains("struck")));
    }
}
