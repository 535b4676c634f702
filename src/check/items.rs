//! Items of a form that ought to be filled: which are blank, unclear, or not on the form.

use std::collections::BTreeMap;

use super::unseen::{Unseen, blank_throughout, unread_within};
use super::words::{look_at_the_text, supplement_openly, words};
use super::{PersonFile, Report};
use crate::model::{Cell, Content, Field, Location, Source, When, Wording};

/// One item of a record, whatever its kind.
pub struct Item<'a> {
    name: (&'static str, &'static str),
    state: State<'a>,
    cell: Option<Cell>,
}

enum State<'a> {
    Filled,
    Blank,
    Absent,
    Unclear { raw: &'a str, reason: &'a Wording },
}

/// A record's items, with when it is and how it is called in a message.
pub struct Inspected<'a> {
    /// When.
    pub when: When,
    /// Such as 9月5日（金）の支援記録.
    pub title: Wording,
    /// Where it stands.
    pub source: &'a Source,
    /// In the order of the form.
    pub items: Vec<Item<'a>>,
}

impl<'a> Item<'a> {
    /// The item called `ja` on the form.
    pub fn new<T>(ja: &'static str, en: &'static str, field: &'a Field<T>) -> Self {
        let state = match &field.content {
            Content::Value(_) => State::Filled,
            Content::Blank => State::Blank,
            Content::Absent => State::Absent,
            Content::Unclear(problem) => State::Unclear {
                raw: &field.raw,
                reason: &problem.reason,
            },
        };
        Self {
            name: (ja, en),
            state,
            cell: field.cell,
        }
    }

    /// Whether the form has no such item.
    pub fn is_absent(&self) -> bool {
        matches!(self.state, State::Absent)
    }

    /// Whether something is written that was not understood.
    pub fn is_unclear(&self) -> bool {
        matches!(self.state, State::Unclear { .. })
    }

    /// What the form calls it, in Japanese and English.
    pub fn name(&self) -> (&'static str, &'static str) {
        self.name
    }
}

/// The same as [`report_gaps`] for each person, where the records of the whole office may show
/// that an item was never found: a blank is a question then, for its box may have been misread.
pub fn report_gaps_of_all<'a>(report: &mut Report, people: Vec<(&PersonFile, Vec<Inspected<'a>>)>) {
    let all = people.iter().flat_map(|(_, records)| records);
    let never = never_filled(all);
    for (person, records) in people {
        gaps(report, person, records, &never);
    }
}

/// Reports blank items, one finding a record; unclear ones for review; and once for all
/// records of the person the items that the form does not have.
pub fn report_gaps<'a>(
    report: &mut Report,
    person: &PersonFile,
    records: impl IntoIterator<Item = Inspected<'a>>,
) {
    gaps(report, person, records, &BTreeMap::new());
}

/// The items that are blank in every record, with their number, where there are several records.
fn never_filled<'r, 'a: 'r>(
    records: impl Iterator<Item = &'r Inspected<'a>>,
) -> BTreeMap<&'static str, usize> {
    const SEVERAL: usize = 3;
    let mut blank: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for item in records.flat_map(|record| &record.items) {
        let count = blank.entry(item.name.0).or_insert(Some(0));
        *count = match item.state {
            State::Blank => count.map(|count| count + 1),
            State::Absent => *count,
            State::Filled | State::Unclear { .. } => None,
        };
    }
    let counted = blank.into_iter().filter_map(|(name, n)| Some((name, n?)));
    counted.filter(|(_, count)| *count >= SEVERAL).collect()
}

fn gaps<'a>(
    report: &mut Report,
    person: &PersonFile,
    records: impl IntoIterator<Item = Inspected<'a>>,
    never: &BTreeMap<&'static str, usize>,
) {
    let mut lacking: BTreeMap<&str, (&str, Location)> = BTreeMap::new();
    for record in records {
        for item in &record.items {
            if item.is_absent() {
                let at = || (item.name.1, record.source.locate(None));
                lacking.entry(item.name.0).or_insert_with(at);
            }
        }
        report_record(report, person, &record, never);
    }
    if let Some((_, (_, location))) = lacking.first_key_value() {
        let ja: Vec<&str> = lacking.keys().copied().collect();
        let en: Vec<&str> = lacking.values().map(|(en, _)| *en).collect();
        let location = location.clone();
        report.review(person, When::Always, no_such_item(&ja, &en), Some(location));
    }
}

/// What to say of items that a form does not have.
pub fn no_such_item(ja: &[&str], en: &[&str]) -> super::Words {
    words(
        Wording::new(
            format!(
                "この様式には{}の欄がなく、記録からは確かめられません。",
                quoted(ja)
            ),
            format!(
                "The form has no item for {}, so the records cannot show it.",
                en.join(", ")
            ),
        ),
        Wording::new(
            "別の書類で記録している場合は、その書類で確かめてください。様式には同じ内容の欄を設けてください。",
            "If it is kept elsewhere, look there; give the form an item for it.",
        ),
    )
}

/// The beginning of a text, as much of it as a message shows.
pub fn shown(text: &str) -> String {
    const LETTERS: usize = 20;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(&line)),
        None => line,
    }
}

fn report_record(
    report: &mut Report,
    person: &PersonFile,
    record: &Inspected,
    never: &BTreeMap<&'static str, usize>,
) {
    let blank = record
        .items
        .iter()
        .filter(|item| matches!(item.state, State::Blank));
    let (never_found, blank): (Vec<&Item>, Vec<&Item>) =
        blank.partition(|item| never.contains_key(item.name.0));
    report_blank(report, person, record, &blank, unread_within(record.source));
    let counts = never_found.iter().filter_map(|item| never.get(item.name.0));
    let unseen = counts.max().map(|count| blank_throughout(*count));
    report_blank(report, person, record, &never_found, unseen);
    for item in &record.items {
        if let State::Unclear { raw, reason } = item.state {
            let (ja, en) = item.name;
            let written = shown(raw);
            let message = Wording::new(
                format!(
                    "{}の「{ja}」に「{written}」とあり、読み取れません（{}）。",
                    record.title.ja,
                    reason.ja.trim_end_matches('。')
                ),
                format!(
                    "{}: {en} says \"{written}\" and cannot be read ({}).",
                    record.title.en,
                    reason.en.trim_end_matches('.')
                ),
            );
            let location = record.source.locate(item.cell);
            let said = words(message, look_at_the_text());
            report.review(person, record.when, said, Some(location));
        }
    }
}

fn report_blank(
    report: &mut Report,
    person: &PersonFile,
    record: &Inspected,
    blank: &[&Item],
    unseen: Option<Unseen>,
) {
    let Some(first) = blank.first() else {
        return;
    };
    let ja: Vec<&str> = blank.iter().map(|item| item.name.0).collect();
    let en: Vec<&str> = blank.iter().map(|item| item.name.1).collect();
    let message = Wording::new(
        format!("{}の{}が空欄です。", record.title.ja, quoted(&ja)),
        format!("{}: {} is blank.", record.title.en, en.join(", ")),
    );
    let location = record.source.locate(first.cell);
    let said = words(message, supplement_openly());
    report.missing(unseen, person, record.when, said, Some(location));
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("「{name}」")).collect()
}
