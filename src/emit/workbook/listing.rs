//! 参考様式4 在宅就労支援実施一覧表: one workbook for each month.

use std::collections::BTreeMap;

use super::book::{Content, Plan, PlannedSheet};
use super::entry::{self, Entries, Entry, Item};
use super::figure::Kind;
use super::list_page::ListPage;
use super::people::{corrected_file, month_name};
use super::table::{Column, Table};
use super::template::{List, ListColumn};
use crate::correct::text;
use crate::model::{Field, Listing, ListingRow, Mark, Month, Office};

/// Letters of the list in points.
const SIZE: f64 = 8.0;
const DAYS: u32 = 31;
/// Columns for evaluations on the empty form; a listing with more gets more.
const WEEKS: usize = 5;
const HEADER: &str = "（参考様式４）";
const SHEET: &str = "実施一覧表";
const DAYS_TITLE: &str = "実施日（○＝在宅、通＝通所、訪＝訪問）";

/// All workbooks of the form; a sheet each listing.
pub(super) fn plans<'t>(office: &Office, list: &List) -> Vec<Plan<'t>> {
    let mut months: BTreeMap<Option<Month>, Vec<&Listing>> = BTreeMap::new();
    for listing in &office.listing {
        months.entry(listing.month.get()).or_default().push(listing);
    }
    months
        .into_iter()
        .map(|(month, listings)| Plan {
            file: corrected_file(&format!("参考様式4_{}", month_name(month))),
            sheets: listings
                .into_iter()
                .map(|listing| sheet(listing, office, list))
                .collect(),
        })
        .collect()
}

/// The empty form with room for `rows` users.
pub(super) fn blank<'t>(list: &List, rows: usize) -> Plan<'t> {
    let columns = columns(list, WEEKS);
    let mut line = line(0, &ListingRow::default(), &Office::default(), list, WEEKS);
    if let Some(number) = line.first_mut() {
        *number = Entry::default();
    }
    let page = ListPage {
        header: HEADER,
        title: Entry::plain(title("令和　　年　　月分")),
        office: office_line(&Listing::default()),
        table: Table {
            rows: vec![line; rows],
            columns,
            size: SIZE,
        },
    };
    Plan {
        file: "参考様式4_在宅就労支援実施一覧表.xlsx".to_owned(),
        sheets: vec![PlannedSheet {
            name: SHEET.to_owned(),
            content: Content::List(Box::new(page)),
        }],
    }
}

fn title(month: &str) -> String {
    // A month that was left as it is may be the whole title.
    if month.contains("一覧表") {
        return month.to_owned();
    }
    format!("在宅就労支援実施一覧表（{month}）")
}

fn sheet<'t>(it: &Listing, office: &Office, list: &List) -> PlannedSheet<'t> {
    let at = &it.source;
    let weeks = it.rows.iter().map(|row| row.weekly_dates.len());
    let weeks = weeks.max().unwrap_or(0).max(WEEKS);
    let rows = it.rows.iter().enumerate();
    let rows = rows.map(|(i, row)| line(i, row, office, list, weeks));
    let page = ListPage {
        header: HEADER,
        title: Entry::anchor(at, &it.month, title(&text::month(&it.month))),
        office: office_line(it),
        table: Table {
            rows: rows.collect(),
            columns: columns(list, weeks),
            size: SIZE,
        },
    };
    PlannedSheet {
        name: SHEET.to_owned(),
        content: Content::List(Box::new(page)),
    }
}

fn office_line(it: &Listing) -> [Entry; 3] {
    let at = &it.source;
    [
        Entry::free(at, &it.office_name),
        Entry {
            kind: Kind::Digits,
            ..Entry::free(at, &it.office_number)
        },
        Entry::value(at, &it.service),
    ]
}

fn columns(list: &List, weeks: usize) -> Vec<Column> {
    let expand = |column: &ListColumn| -> Vec<Column> {
        let titles: Vec<String> = match column.item {
            Item::Days => (1..=DAYS).map(|day| day.to_string()).collect(),
            Item::WeeklyDates => (0..weeks).map(text::weekly_column).collect(),
            _ => vec![column.title.clone()],
        };
        let named = |title| Column {
            title,
            group: (column.item == Item::Days).then(|| DAYS_TITLE.to_owned()),
            ..Column::of(column)
        };
        titles.into_iter().map(named).collect()
    };
    list.columns.iter().flat_map(expand).collect()
}

fn line(index: usize, it: &ListingRow, office: &Office, list: &List, weeks: usize) -> Vec<Entry> {
    let at = &it.source;
    let mut single: Entries = entry::user(at, &it.user, office);
    single.extend([
        (Item::RowNumber, Entry::count(index + 1)),
        (Item::HomeDays, Entry::value(at, &it.home_days)),
        (Item::MonthlyDate, Entry::value(at, &it.monthly_date)),
    ]);
    let mut line = Vec::new();
    for column in &list.columns {
        match column.item {
            Item::Days => line.extend((1..=DAYS).map(|day| day_entry(it, day))),
            Item::WeeklyDates => line.extend((0..weeks).map(|week| {
                let date = it.weekly_dates.get(week);
                date.map_or(Entry::blank(Kind::Date), |date| Entry::value(at, date))
            })),
            item => line.push(single.remove(&item).unwrap_or_default()),
        }
    }
    line
}

fn day_entry(row: &ListingRow, day: u32) -> Entry {
    let Some(marked) = row.days.iter().find(|marked| marked.day == day) else {
        let unread = row.unread_days.iter().find(|(unread, _)| *unread == day);
        let written = |(_, field): &(u32, Field<Mark>)| Entry::item(&row.source, field, &field.raw);
        return unread.map(written).unwrap_or_default();
    };
    let sign = match marked.mark {
        Mark::Home => "○",
        Mark::Attendance => "通",
        Mark::Visit => "訪",
    };
    Entry {
        places: marked
            .cell
            .iter()
            .map(|&cell| row.source.locate(Some(cell)))
            .collect(),
        ..Entry::plain(sign)
    }
}
