//! 指摘一覧: all findings of an office, and their counts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::EmitError;
use super::book::{Book, PAGE_NUMBER};
use super::entry::Entry;
use super::list_sheet::{self, ListSheet, columns};
use super::marks::notice_name;
use super::style::{Look, Tone};
use super::table::Table;
use super::template::{FindingsWords, Words};
use crate::check;
use crate::emit::person::called;
use crate::emit::when::when;
use crate::model::{Finding, Lang, Office, Subject, Verdict};
use crate::notice::Notice;

const SIZE: f64 = 8.5;
/// The least width of each column in pixels and its look.
const LIST: [(u32, Look); 13] = [
    (30, Look::Figure),
    (54, Look::Cell),
    (84, Look::Cell),
    (80, Look::Figure),
    (124, Look::Figure),
    (60, Look::Cell),
    (44, Look::Figure),
    (200, Look::Cell),
    (216, Look::Cell),
    (112, Look::Cell),
    (62, Look::Cell),
    (38, Look::Figure),
    (52, Look::Cell),
];
/// The first five are those of the counts by user too.
const COUNTS: [(u32, Look); 7] = [
    (110, Look::Cell),
    (90, Look::Figure),
    (64, Look::Figure),
    (64, Look::Figure),
    (64, Look::Figure),
    (230, Look::Cell),
    (400, Look::Cell),
];
const HEADING: u32 = 2;

/// What a findings book is made from.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub office: &'a Office,
    pub findings: &'a [Finding],
    pub notices: &'a [Notice],
    pub lang: Lang,
}

/// Writes the sheet of all findings.
pub(super) fn add_list(book: &mut Book, input: Input, words: &Words) -> Result<(), EmitError> {
    let (told, lang) = (&words.findings, input.lang);
    let lines = input.findings.iter().enumerate();
    let rows = lines.map(|(i, it)| line(i, it, input, words)).collect();
    let list = ListSheet::new(&told.list, &LIST, rows, SIZE, lang);
    list.draw(book.sheet("指摘一覧")?)?;
    Ok(())
}

fn line(index: usize, it: &Finding, input: Input, words: &Words) -> Vec<Entry> {
    let lang = input.lang;
    let (tone, verdict) = match it.verdict {
        Verdict::Deficient => (Tone::Deficient, &words.verdict.deficient),
        Verdict::Review => (Tone::Review, &words.verdict.review),
    };
    let (name, number) = whom(it.subject, input.office, &words.findings, lang);
    let cell = it.location.as_ref().and_then(|at| at.cell);
    vec![
        Entry::count(index + 1),
        Entry::colored(verdict.say(lang), Some(tone)),
        Entry::plain(name),
        Entry::digits(number),
        Entry::plain(when(it.when, lang)),
        Entry::plain(notice_name(&it.notice, input.notices)),
        Entry::plain(&it.clause),
        Entry::plain(it.message.say(lang)),
        Entry::plain(what_to_do(it, &words.findings, lang)),
        Entry::plain(it.location.as_ref().map_or("", |at| &at.file)),
        Entry::plain(it.location.as_ref().map_or("", |at| &at.sheet)),
        Entry::plain(cell.map(|cell| cell.to_string()).unwrap_or_default()),
        Entry::default(),
    ]
}

/// The hint, with the change that would mend it.
fn what_to_do(it: &Finding, words: &FindingsWords, lang: Lang) -> String {
    let hint = it.hint.say(lang);
    let Some(fix) = &it.fix else {
        return hint.to_owned();
    };
    let proposal = words.proposal.say(lang);
    let proposal = proposal
        .replace("{old}", &fix.from)
        .replace("{new}", &fix.to);
    format!("{hint}\n{proposal}")
}

/// Deficient and to review.
type Counts = [usize; 2];

/// Writes the sheet with the counts by check and by user.
pub(super) fn add_summary(book: &mut Book, input: Input, words: &Words) -> Result<(), EmitError> {
    let (told, lang) = (&words.summary, input.lang);
    let mut by_check: BTreeMap<(&str, &str, &str), Counts> = BTreeMap::new();
    let mut by_user: BTreeMap<Subject, Counts> = BTreeMap::new();
    for it in input.findings {
        let verdict = usize::from(it.verdict == Verdict::Review);
        let check = (it.notice.as_str(), it.clause.as_str(), it.check);
        by_check.entry(check).or_default()[verdict] += 1;
        by_user.entry(it.subject).or_default()[verdict] += 1;
    }
    let asked = |notice: &str, clause: &str| {
        let notice = input.notices.iter().find(|it| it.id == notice);
        let clause = notice.and_then(|it| it.clause(clause));
        clause.map_or("", |it| it.text.as_str())
    };
    let checks = Table {
        columns: columns(&told.by_check, &COUNTS, lang),
        rows: by_check
            .iter()
            .map(|((notice, clause, check), counts)| {
                let notice_name = notice_name(notice, input.notices);
                let mut row = vec![Entry::plain(notice_name), Entry::plain(clause)];
                row.extend(counted(counts));
                row.extend([
                    Entry::plain(check_title(check, lang)),
                    Entry::plain(asked(notice, clause)),
                ]);
                row
            })
            .collect(),
        size: SIZE,
    };
    let users: Vec<Vec<Entry>> = by_user
        .iter()
        .map(|(subject, counts)| {
            let (name, number) = whom(*subject, input.office, &words.findings, lang);
            let mut row = vec![Entry::plain(name), Entry::digits(number)];
            row.extend(counted(counts));
            row
        })
        .collect();
    let sheet = book.sheet(told.sheet.say(lang))?;
    list_sheet::title(sheet, told.title.say(lang), &checks)?;
    let end = checks.draw(sheet, HEADING)?;
    let users = Table {
        columns: columns(&told.by_user, &COUNTS, lang),
        rows: users,
        size: SIZE,
    };
    let end = users.draw(sheet, end + 1)?;
    sheet.set_landscape();
    sheet.set_print_area(0, 0, end - 1, checks.last_col())?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer(PAGE_NUMBER);
    Ok(())
}

/// What people call a check.
fn check_title(name: &str, lang: Lang) -> Cow<'_, str> {
    check::by_name(name).map_or(name.into(), |check| check.title(lang))
}

fn counted([deficient, review]: &Counts) -> [Entry; 3] {
    [
        Entry::tinted_count(*deficient, Tone::Deficient),
        Entry::tinted_count(*review, Tone::Review),
        Entry::count(deficient + review),
    ]
}

fn whom(subject: Subject, office: &Office, words: &FindingsWords, lang: Lang) -> (String, String) {
    let Subject::Person(id) = subject else {
        return (words.office.say(lang).to_owned(), String::new());
    };
    let Some(person) = office.people.get(id.0) else {
        return Default::default();
    };
    let number = person.certificate_number.as_ref();
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    (called(person, lang).to_owned(), number)
}
