//! 条項台帳: every sentence of the notices, with what can be said of it.

use super::EmitError;
use super::book::Book;
use super::entry::Entry;
use super::findings::Input;
use super::list_sheet::{ListSheet, columns};
use super::marks::notice_name;
use super::style::{Look, Tone};
use super::table::Table;
use super::template::LedgerWords;
use crate::emit::numbers::{and_others, numbers};
use crate::ledger::{Ledger, Outcome, Row};
use crate::model::{Finding, Verdict};

/// The sheet's name in any language, so that it is never read as a form.
const SHEET: &str = "条項台帳";
const SIZE: f64 = 8.5;
/// The least width of each column in pixels and its look.
const LIST: [(u32, Look); 9] = [
    (58, Look::Cell),
    (66, Look::Figure),
    (230, Look::Cell),
    (58, Look::Figure),
    (44, Look::Figure),
    (44, Look::Figure),
    (90, Look::Figure),
    (200, Look::Cell),
    (160, Look::Cell),
];

/// Writes the sheet.
pub(super) fn add(
    book: &mut Book,
    input: Input,
    ledgers: &[Ledger],
    words: &LedgerWords,
) -> Result<(), EmitError> {
    let rows = ledgers.iter().flat_map(|ledger| &ledger.rows);
    let list = ListSheet {
        title: words.title.say(input.lang),
        remark: words.remark.say(input.lang),
        table: Table {
            columns: columns(&words.columns, &LIST, input.lang),
            rows: rows.map(|row| line(row, input)).collect(),
            size: SIZE,
        },
        none: words.none.say(input.lang),
    };
    list.draw(book.sheet(SHEET)?)?;
    Ok(())
}

fn line(row: &Row, input: Input) -> Vec<Entry> {
    let lang = input.lang;
    let tone = match row.outcome {
        Outcome::Unmet => Some(Tone::Deficient),
        Outcome::Review => Some(Tone::Review),
        _ => None,
    };
    let found = || row.findings.iter().filter_map(|at| input.findings.get(*at));
    let count = |verdict| match found().filter(|one| one.verdict == verdict).count() {
        0 => Entry::default(),
        count => Entry::count(count),
    };
    vec![
        Entry::plain(notice_name(&row.id.notice, input.notices)),
        Entry::plain(&row.id.clause),
        Entry::plain(&row.text),
        Entry::colored(row.outcome.wording().say(lang), tone),
        count(Verdict::Deficient),
        count(Verdict::Review),
        Entry::plain(numbers(&row.findings, lang)),
        Entry::plain(row.reason.say(lang)),
        Entry::plain(places(found(), input)),
    ]
}

/// The first place that the findings point at, and how many more there are.
fn places<'a>(findings: impl Iterator<Item = &'a Finding>, input: Input) -> String {
    let mut places: Vec<_> = findings.filter_map(|it| it.location.as_ref()).collect();
    places.dedup();
    let Some(first) = places.first() else {
        return String::new();
    };
    let cell = first.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let told = format!("{} [{}] {cell}", first.file, first.sheet);
    match places.len() - 1 {
        0 => told,
        rest => format!("{told}{}", and_others(rest).say(input.lang)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader, Xlsx};

    use super::SHEET;
    use crate::check::testing::{assessed, date, notice, office};
    use crate::emit::workbook::findings_book;
    use crate::ledger::ledgers;
    use crate::model::Lang;

    #[test]
    fn each_sentence_is_a_line_and_names_its_findings() {
        let mut faulty = office();
        faulty.daily[0].contacts.pop();
        let notices = [notice("kitakyushu")];
        let as_of = date(2025, 11, 30);
        let assessment = assessed(&faulty, &notices, as_of);
        let ledgers = ledgers(&faulty, &notices, &assessment, as_of);
        let findings = &assessment.findings;
        let file = findings_book(&faulty, findings, &ledgers, &notices, as_of, Lang::Ja);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.unwrap().bytes)).unwrap();
        let range = book.worksheet_range(SHEET).unwrap();
        let rows: Vec<Vec<String>> = range
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        let heading = rows.iter().position(|row| row[3] == "結果").unwrap();
        assert_eq!(rows.len() - heading - 1, notices[0].sentences().count());
        let unmet: Vec<&Vec<String>> = rows.iter().filter(|row| row[3] == "不適合").collect();
        assert!(!unmet.is_empty());
        for row in unmet {
            assert_eq!(row[1], "6(3)", "{row:?}");
            assert_ne!(row[4], "", "{row:?}");
            assert!(!row[6].is_empty() && row[8].contains("支援記録"), "{row:?}");
        }
        let met = rows.iter().find(|row| row[3] == "適合").unwrap();
        assert!(met[4..].iter().all(String::is_empty), "{met:?}");
    }
}
