//! 参考様式3 在宅における就労達成度評価シート: one workbook for each user and month.

use std::collections::BTreeMap;

use super::book::{Content, Plan, PlannedSheet};
use super::entry::{self, Entries, Entry, Item};
use super::page::Page;
use super::people::FileNames;
use super::template::Forms;
use crate::correct::{method, text};
use crate::model::{Month, MonthlyRecord, Office, PersonId};

const HEADER: &str = "（参考様式３）";
const SHEET: &str = "達成度評価シート";

/// All workbooks of the form; a sheet each record.
pub(super) fn plans<'t>(office: &Office, forms: &'t Forms, names: &FileNames) -> Vec<Plan<'t>> {
    let mut months: BTreeMap<(PersonId, Option<Month>), Vec<&MonthlyRecord>> = BTreeMap::new();
    for record in &office.monthly {
        let month = record.month.get().or(record.date.get().map(Month::of));
        let key = (record.user.person, month);
        months.entry(key).or_default().push(record);
    }
    months
        .into_iter()
        .map(|((person, month), records)| Plan {
            file: names.file("参考様式3", person, month),
            sheets: records
                .into_iter()
                .map(|record| PlannedSheet {
                    name: SHEET.to_owned(),
                    content: Content::Page(page(forms, entries(record, office))),
                })
                .collect(),
        })
        .collect()
}

/// The empty form.
pub(super) fn blank(forms: &Forms) -> Plan<'_> {
    let mut blank = entries(&MonthlyRecord::default(), &Office::default());
    blank.insert(Item::Month, Entry::plain("令和　　年　　月分"));
    Plan {
        file: "参考様式3_在宅における就労達成度評価シート.xlsx".to_owned(),
        sheets: vec![PlannedSheet {
            name: SHEET.to_owned(),
            content: Content::Page(page(forms, blank)),
        }],
    }
}

fn page(forms: &Forms, entries: Entries) -> Page<'_> {
    let mut rest = entries;
    // Each item has one box, so that its note stands once.
    let mut take = |items: &[Item]| -> Entries {
        items
            .iter()
            .filter_map(|item| rest.remove_entry(item))
            .collect()
    };
    let title = take(&[Item::Month]);
    let user = take(&[Item::UserName, Item::CertificateNumber]);
    let closing = take(&[Item::Evaluator, Item::PreviousDate, Item::Signature]);
    Page {
        header: HEADER,
        sections: vec![
            (&forms.title_monthly, title),
            (&forms.user, user),
            (&forms.achievement, rest),
            (&forms.closing, closing),
        ],
    }
}

fn entries(it: &MonthlyRecord, office: &Office) -> Entries {
    let at = &it.source;
    let (start, end) = text::times(&it.start, &it.end);
    let method = method::line(&it.method, &it.method_note, &method::EVALUATION);
    let mut entries = entry::user(it, office);
    entries.extend([
        (
            Item::Month,
            Entry::item(at, &it.month, text::month(&it.month)),
        ),
        (Item::Date, Entry::anchor(at, &it.date, text::of(&it.date))),
        (Item::Start, Entry::item(at, &it.start, start)),
        (Item::End, Entry::item(at, &it.end, end)),
        (Item::Method, Entry::item(at, &it.method, method)),
        (Item::Goal, Entry::free(at, &it.goal)),
        (Item::Effort, Entry::free(at, &it.effort)),
        (Item::Achievement, Entry::free(at, &it.achievement)),
        (Item::Issues, Entry::free(at, &it.issues)),
        (Item::Improvement, Entry::free(at, &it.improvement)),
        (Item::Health, Entry::free(at, &it.health)),
        (Item::Remarks, Entry::free(at, &it.remarks)),
        (Item::Continuation, Entry::free(at, &it.continuation)),
        (Item::Evaluator, Entry::free(at, &it.evaluator)),
        (Item::PreviousDate, Entry::value(at, &it.previous_date)),
        (Item::Signature, Entry::free(at, &it.signature)),
    ]);
    entries
}
