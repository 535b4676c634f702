//! One subject's findings, the same check together.

use serde::Serialize;

use super::ReportInput;
use crate::emit::pdf::glyphs::{Ink, Printable};
use crate::emit::pdf::words::{Badge, cite};
use crate::emit::when;
use crate::model::{Finding, Location, Subject};

/// The findings of one check and clause.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Group {
    title: Printable,
    /// `通知6(3)`
    basis: Printable,
    /// The clause in short; empty when the notice does not have it.
    clause_text: Printable,
    /// What to do, where it is the same for all; else each row has its own.
    hint: Option<Printable>,
    rows: Vec<Row>,
}

/// One finding.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Row {
    badge: Badge,
    /// Parts between which a line may be broken.
    when: Vec<Printable>,
    message: Printable,
    hint: Option<Printable>,
    place: Option<Place>,
    /// The old and the proposed text.
    fix: Option<[Printable; 2]>,
    /// Page of the evidence bundle.
    page: Option<usize>,
}

/// Where a finding points at.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Place {
    file: Printable,
    sheet: Printable,
    cell: Option<String>,
}

impl Group {
    /// In the order of the assessment, which is worst first.
    pub(super) fn of(input: &ReportInput<'_>, subject: Subject, ink: &mut Ink) -> Vec<Self> {
        let mut groups: Vec<Vec<(usize, &Finding)>> = Vec::new();
        for (index, finding) in input.assessment.findings.iter().enumerate() {
            if finding.subject != subject {
                continue;
            }
            let same = groups.iter_mut().find(|group| {
                group.first().is_some_and(|(_, first)| {
                    (first.check, &first.notice, &first.clause)
                        == (finding.check, &finding.notice, &finding.clause)
                })
            });
            match same {
                Some(group) => group.push((index, finding)),
                None => groups.push(vec![(index, finding)]),
            }
        }
        groups
            .iter()
            .filter_map(|group| Self::from_findings(input, group, ink))
            .collect()
    }

    fn from_findings(
        input: &ReportInput<'_>,
        findings: &[(usize, &Finding)],
        ink: &mut Ink,
    ) -> Option<Self> {
        let (_, first) = findings.first()?;
        let clause_text = input
            .notices
            .iter()
            .find(|notice| notice.id == first.notice)
            .and_then(|notice| notice.clause(&first.clause))
            .map_or("", |clause| clause.text.as_str());
        let shared = findings.iter().all(|(_, other)| other.hint == first.hint);
        Some(Self {
            title: ink.text(&(input.check_title)(first.check), first.check),
            basis: ink.text(&cite(first, input.notices, input.lang), &first.notice),
            clause_text: ink.text(clause_text, &first.notice),
            hint: shared.then(|| ink.text(first.hint.say(input.lang), first.check)),
            rows: findings
                .iter()
                .map(|(index, finding)| Row::of(input, *index, finding, shared, ink))
                .collect(),
        })
    }
}

impl Row {
    fn of(
        input: &ReportInput<'_>,
        index: usize,
        finding: &Finding,
        hint_is_shared: bool,
        ink: &mut Ink,
    ) -> Self {
        let place = match (&finding.location, finding.subject) {
            (Some(at), _) => format!("{} {}", at.file, at.sheet),
            (None, Subject::Person(id)) => input.office.person(id).name.clone(),
            (None, Subject::Office) => input.office.name.clone(),
        };
        Self {
            badge: Badge::of(index, finding, input.notices, input.lang, ink),
            when: when::parts(finding.when, input.lang)
                .iter()
                .map(|part| ink.text(part, &place))
                .collect(),
            message: ink.text(finding.message.say(input.lang), &place),
            hint: (!hint_is_shared).then(|| ink.text(finding.hint.say(input.lang), &place)),
            place: finding.location.as_ref().map(|at| Place::of(at, ink)),
            fix: finding
                .fix
                .as_ref()
                .map(|fix| [ink.text(&fix.from, &place), ink.text(&fix.to, &place)]),
            page: input.bundle_pages.get(&index).copied(),
        }
    }
}

impl Place {
    fn of(at: &Location, ink: &mut Ink) -> Self {
        Self {
            file: ink.path(&at.file, &at.file),
            sheet: ink.path(&at.sheet, &at.file),
            cell: at.cell.map(|cell| cell.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample::Sample;
    use crate::model::PersonId;

    #[test]
    fn findings_of_one_check_stand_together_and_keep_their_numbers() {
        let sample = Sample::new(2, 1);
        let groups = Group::of(
            &sample.report_input(),
            Subject::Person(PersonId(0)),
            &mut Ink::default(),
        );
        let of_person = |f: &&Finding| f.subject == Subject::Person(PersonId(0));
        let findings = &sample.assessment.findings;
        let rows: Vec<&Row> = groups.iter().flat_map(|g| &g.rows).collect();
        assert_eq!(rows.len(), findings.iter().filter(of_person).count());
        assert!(rows.len() > 1);
        for row in rows {
            let finding = &findings[row.badge.no - 1];
            assert_eq!(row.message, Ink::default().text(&finding.message.ja, ""));
            assert_eq!(row.badge.verdict, finding.verdict);
        }
        let mut titles: Vec<&Printable> = groups.iter().map(|g| &g.title).collect();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), groups.len());
    }

    #[test]
    fn a_hint_that_differs_stays_with_its_row() {
        let mut sample = Sample::new(1, 1);
        let mut other = sample.assessment.findings[0].clone();
        sample.assessment.findings.truncate(1);
        other.hint.ja = "別の対応".to_owned();
        sample.assessment.findings.push(other);
        let subject = sample.assessment.findings[0].subject;
        let groups = Group::of(&sample.report_input(), subject, &mut Ink::default());
        assert_eq!(groups.len(), 1);
        assert!(groups[0].hint.is_none());
        assert_eq!(groups[0].rows.len(), 2);
        assert!(groups[0].rows.iter().all(|row| row.hint.is_some()));
    }
}
