//! The ledger of the notices in the report: counts, every sentence, and the keeping of records.

use std::collections::BTreeSet;

use serde::Serialize;

use super::ReportInput;
use crate::emit::numbers::{comma, numbers};
use crate::emit::pdf::glyphs::{Ink, Printable};
use crate::emit::person::called;
use crate::emit::when;
use crate::ledger::{Counts, Ledger, Outcome, Retention, Row};
use crate::model::{Month, Verdict};

/// One notice.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct LedgerPart {
    city: Printable,
    counts: Vec<Count>,
    total: usize,
    rows: Vec<Line>,
    retention: Option<RetentionPart>,
}

/// How many sentences have one outcome.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Count {
    outcome: Outcome,
    title: String,
    count: usize,
}

/// One sentence.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    clause: Printable,
    text: Printable,
    outcome: Outcome,
    title: String,
    deficient: usize,
    review: usize,
    /// The numbers of its findings.
    numbers: String,
    /// The pages of the evidence bundle on which they are marked.
    pages: String,
    reason: Printable,
}

/// How long the records are kept.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct RetentionPart {
    years: u32,
    in_force_from: String,
    kept: Vec<[String; 2]>,
    missing: Vec<Missing>,
}

/// One user with the months that the input does not hold.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Missing {
    name: Printable,
    months: String,
}

impl LedgerPart {
    /// One a notice, in order.
    pub(super) fn of(input: &ReportInput<'_>, ink: &mut Ink) -> Vec<Self> {
        let ledgers = input.ledgers.iter();
        ledgers.map(|ledger| part(input, ledger, ink)).collect()
    }
}

fn part(input: &ReportInput<'_>, ledger: &Ledger, ink: &mut Ink) -> LedgerPart {
    let notice = input.notices.iter().find(|n| n.id == ledger.notice);
    let city = notice.map_or(ledger.notice.as_str(), |notice| notice.city.as_str());
    let counts = Counts::of(std::slice::from_ref(ledger));
    let title = |outcome: Outcome| outcome.wording().say(input.lang).to_owned();
    let retention = ledger.retention.as_ref().map(|retention| {
        let first = notice.map(|notice| when::day(notice.in_force_from, input.lang));
        retention_part(input, retention, first.unwrap_or_default(), ink)
    });
    LedgerPart {
        city: ink.text(city, city),
        counts: Outcome::ALL
            .into_iter()
            .map(|outcome| Count {
                outcome,
                title: title(outcome),
                count: counts.get(outcome),
            })
            .collect(),
        total: counts.total(),
        rows: ledger
            .rows
            .iter()
            .map(|row| line(input, row, ink))
            .collect(),
        retention,
    }
}

fn line(input: &ReportInput<'_>, row: &Row, ink: &mut Ink) -> Line {
    let found = |verdict| {
        let findings = row.findings.iter();
        let findings = findings.filter_map(|at| input.assessment.findings.get(*at));
        findings
            .filter(|finding| finding.verdict == verdict)
            .count()
    };
    // Pages are counted from 1, positions from 0.
    let pages = row
        .findings
        .iter()
        .filter_map(|at| input.bundle_pages.get(at));
    let pages: BTreeSet<usize> = pages.filter_map(|page| page.checked_sub(1)).collect();
    let pages: Vec<usize> = pages.into_iter().collect();
    Line {
        clause: ink.text(&row.id.clause, &row.id.notice),
        text: ink.text(&row.text, &row.id.notice),
        outcome: row.outcome,
        title: row.outcome.wording().say(input.lang).to_owned(),
        deficient: found(Verdict::Deficient),
        review: found(Verdict::Review),
        numbers: numbers(&row.findings, input.lang),
        pages: numbers(&pages, input.lang),
        reason: ink.text(row.reason.say(input.lang), &row.id.notice),
    }
}

fn retention_part(
    input: &ReportInput<'_>,
    retention: &Retention,
    in_force_from: String,
    ink: &mut Ink,
) -> RetentionPart {
    let people = retention.missing.iter().filter_map(|missing| {
        let person = input.office.people.get(missing.person.0)?;
        Some((person, &missing.gaps))
    });
    let gap = |(first, last): &(Month, Month)| when::months(*first, *last, input.lang);
    RetentionPart {
        years: retention.years,
        in_force_from,
        kept: retention
            .kept
            .iter()
            .map(|kept| {
                [
                    when::month(kept.month, input.lang),
                    when::day(kept.until, input.lang),
                ]
            })
            .collect(),
        missing: people
            .map(|(person, gaps)| Missing {
                name: ink.text(called(person, input.lang), &person.name),
                months: gaps
                    .iter()
                    .map(gap)
                    .collect::<Vec<_>>()
                    .join(comma(input.lang)),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample::Sample;

    #[test]
    fn each_sentence_has_a_line_and_each_line_its_findings() {
        let mut sample = Sample::new(2, 1);
        sample.bundle_pages = (0..sample.assessment.findings.len())
            .map(|at| (at, 3))
            .collect();
        let parts = LedgerPart::of(&sample.report_input(), &mut Ink::default());
        let sentences: usize = sample.notices.iter().map(|n| n.sentences().count()).sum();
        let lines: Vec<&Line> = parts.iter().flat_map(|part| &part.rows).collect();
        assert_eq!(lines.len(), sentences);
        assert_eq!(
            parts[0].counts.iter().map(|c| c.count).sum::<usize>(),
            parts[0].total
        );
        let unmet = lines.iter().find(|line| line.outcome == Outcome::Unmet);
        let unmet = unmet.unwrap();
        assert!(unmet.deficient > 0 && !unmet.numbers.is_empty());
        assert_eq!(unmet.pages, "3");
    }
}
