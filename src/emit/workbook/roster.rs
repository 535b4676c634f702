//! 参考様式1 在宅就労支援対象者リスト: one workbook for the office.

use super::book::{Content, Plan, PlannedSheet};
use super::entry::{self, Entries, Entry, Item};
use super::list_page::ListPage;
use super::people::corrected_file;
use super::table::{Column, Table};
use super::template::{List, ListColumn};
use crate::correct::text;
use crate::model::{Field, Office, RosterEntry};

/// Letters of the list in points.
const SIZE: f64 = 8.0;
const TITLE: &str = "在宅就労支援対象者リスト";

/// The roster, where the office has one.
pub(super) fn plan<'t>(office: &Office, list: &List) -> Option<Plan<'t>> {
    let rows = office.roster.iter().enumerate();
    let rows: Vec<Entries> = rows.map(|(i, entry)| line(office, i, entry)).collect();
    let columns: Vec<&ListColumn> = list
        .columns
        .iter()
        .filter(|column| !column.optional || is_used(column.item, &office.roster))
        .collect();
    (!rows.is_empty()).then(|| Plan {
        file: corrected_file("参考様式1"),
        sheets: vec![sheet(&columns, rows, office_line(office))],
    })
}

/// The empty form with room for `rows` users.
pub(super) fn blank<'t>(list: &List, rows: usize) -> Plan<'t> {
    let columns: Vec<&ListColumn> = list.columns.iter().collect();
    let mut line = line(&Office::default(), 0, &RosterEntry::default());
    line.remove(&Item::RowNumber);
    Plan {
        file: "参考様式1_在宅就労支援対象者リスト.xlsx".to_owned(),
        sheets: vec![sheet(
            &columns,
            vec![line; rows],
            office_line(&Office::default()),
        )],
    }
}

fn sheet<'t>(columns: &[&ListColumn], rows: Vec<Entries>, office: [Entry; 3]) -> PlannedSheet<'t> {
    let cells = |row: Entries| {
        columns
            .iter()
            .map(|column| row.get(&column.item).cloned().unwrap_or_default())
            .collect()
    };
    let table = Table {
        rows: rows.into_iter().map(cells).collect(),
        columns: columns.iter().map(|column| Column::of(column)).collect(),
        size: SIZE,
    };
    PlannedSheet {
        name: "対象者リスト".to_owned(),
        content: Content::List(Box::new(ListPage {
            header: "（参考様式１）",
            title: Entry::plain(TITLE),
            office,
            table,
        })),
    }
}

fn office_line(office: &Office) -> [Entry; 3] {
    [
        Entry::plain(&office.name),
        Entry::digits(office.number.as_deref().unwrap_or_default()),
        Entry::plain(office.service.map_or("", |service| service.japanese())),
    ]
}

fn line(office: &Office, index: usize, it: &RosterEntry) -> Entries {
    let at = &it.source;
    let (from, to) = text::period(&it.grant_from, &it.grant_to);
    let mut line = entry::user(at, &it.user, office);
    line.extend([
        (Item::RowNumber, Entry::count(index + 1)),
        (Item::Service, Entry::value(at, &it.service)),
        (Item::Municipality, Entry::free(at, &it.municipality)),
        (Item::GrantFrom, Entry::item(at, &it.grant_from, from)),
        (Item::GrantTo, Entry::item(at, &it.grant_to, to)),
        (Item::ConsentedOn, Entry::value(at, &it.consented_on)),
        (Item::PlanCreatedOn, Entry::value(at, &it.plan_created_on)),
        (Item::AppliedOn, Entry::value(at, &it.applied_on)),
        (Item::AnnotatedOn, Entry::value(at, &it.annotated_on)),
        (Item::HomeStart, Entry::value(at, &it.home_start)),
        (Item::HomeEnd, Entry::value(at, &it.home_end)),
        (Item::HomeWeekdays, Entry::value(at, &it.home_weekdays)),
        (
            Item::CommuteWeekdays,
            Entry::value(at, &it.commute_weekdays),
        ),
        (Item::Reason, Entry::free(at, &it.reason)),
        (Item::Notes, Entry::free(at, &it.notes)),
    ]);
    line
}

/// Whether any roster of the office has that column.
fn is_used(item: Item, roster: &[RosterEntry]) -> bool {
    fn has<'r, T: 'r>(mut fields: impl Iterator<Item = &'r Field<T>>) -> bool {
        fields.any(|field| !field.is_absent())
    }
    match item {
        Item::Service => has(roster.iter().map(|it| &it.service)),
        Item::Municipality => has(roster.iter().map(|it| &it.municipality)),
        Item::HomeEnd => has(roster.iter().map(|it| &it.home_end)),
        Item::Notes => has(roster.iter().map(|it| &it.notes)),
        _ => true,
    }
}
