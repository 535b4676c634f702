//! From a notice's TOML to a [`Notice`] whose parts agree with each other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{Clause, Notice, NoticeError, NoticeProblem, Rules, Sentence, Transition};
use crate::model::Wording;

const BUILTIN: [(&str, &str); 2] = [
    (
        "kitakyushu",
        include_str!("../../templates/notices/kitakyushu.toml"),
    ),
    (
        "hitachi",
        include_str!("../../templates/notices/hitachi.toml"),
    ),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNotice {
    id: String,
    city: String,
    title: String,
    dated: Spanned<Datetime>,
    in_force_from: Option<Spanned<Datetime>>,
    not_judged_before: Wording,
    transition: Option<RawTransition>,
    rules: Rules,
    cited: BTreeMap<Spanned<String>, Spanned<String>>,
    clauses: Vec<RawClause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTransition {
    until: Spanned<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    number: Spanned<String>,
    sentences: Vec<Spanned<Sentence>>,
}

impl Notice {
    /// Ids of the notices that the program brings along.
    pub fn builtin_ids() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(id, _)| *id)
    }

    /// A notice that the program brings along; `None` when there is none of that id.
    /// `checks` are the names of the checks that exist.
    pub fn builtin(id: &str, checks: &[&str]) -> Option<Result<Self, NoticeError>> {
        BUILTIN
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(id, text)| Self::parse(text, &format!("{id}.toml"), checks))
    }

    /// Reads a notice from a file. `checks` are the names of the checks that exist.
    pub fn from_path(path: &Path, checks: &[&str]) -> Result<Self, NoticeError> {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, &name, checks),
            Err(cause) => Err(NoticeError {
                name,
                line: None,
                problem: NoticeProblem::Unreadable(cause.to_string()),
            }),
        }
    }

    /// Reads a notice from TOML; `name` stands for it in messages.
    /// `checks` are the names of the checks that exist.
    pub fn parse(text: &str, name: &str, checks: &[&str]) -> Result<Self, NoticeError> {
        let reader = Reader { text, name, checks };
        let raw: RawNotice = toml::from_str(text).map_err(|error| reader.refused(&error))?;
        reader.notice(raw)
    }
}

struct Reader<'a> {
    text: &'a str,
    name: &'a str,
    checks: &'a [&'a str],
}

impl Reader<'_> {
    fn notice(&self, raw: RawNotice) -> Result<Notice, NoticeError> {
        let Some(in_force) = raw.in_force_from else {
            return Err(self.error(None, NoticeProblem::NoInForceDate));
        };
        let dated = self.day(&raw.dated)?;
        let in_force_from = self.day(&in_force)?;
        self.in_order(dated, in_force_from, in_force.span())?;
        let transition = match raw.transition {
            Some(transition) => {
                let until = self.day(&transition.until)?;
                self.in_order(in_force_from, until, transition.until.span())?;
                Some(Transition { until })
            }
            None => None,
        };
        self.agree(&raw.cited, &raw.clauses)?;
        Ok(Notice {
            id: raw.id,
            title: raw.title,
            city: raw.city,
            dated,
            in_force_from,
            not_judged_before: raw.not_judged_before,
            transition,
            rules: raw.rules,
            cited: raw
                .cited
                .into_iter()
                .map(|(check, clause)| (check.into_inner(), clause.into_inner()))
                .collect(),
            clauses: raw.clauses.into_iter().map(clause).collect(),
        })
    }

    /// The clauses are told apart, each sentence is decided, and `[cited]` fits them.
    fn agree(
        &self,
        cited: &BTreeMap<Spanned<String>, Spanned<String>>,
        clauses: &[RawClause],
    ) -> Result<(), NoticeError> {
        let cited_checks: BTreeSet<&str> = cited.keys().map(|c| c.get_ref().as_str()).collect();
        let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for clause in clauses {
            let number = clause.number.get_ref().as_str();
            if named.contains_key(number) {
                let problem = NoticeProblem::ClauseTwice(number.to_owned());
                return Err(self.error(Some(clause.number.span()), problem));
            }
            let checks = named.entry(number).or_default();
            for sentence in &clause.sentences {
                self.decided(sentence, &cited_checks)?;
                checks.extend(sentence.get_ref().checks.iter().map(String::as_str));
            }
        }
        for (check, clause) in cited {
            self.known(check.get_ref(), check.span())?;
            let number = clause.get_ref().as_str();
            let is_asked = if number == Notice::EACH_CLAUSE {
                let mut sentences = clauses.iter().flat_map(|clause| &clause.sentences);
                sentences.any(|sentence| sentence.get_ref().self_inspection)
            } else {
                let checks = named.get(number);
                checks.is_some_and(|checks| checks.contains(check.get_ref().as_str()))
            };
            if !is_asked {
                let problem = NoticeProblem::CitedElsewhere {
                    check: check.get_ref().clone(),
                    clause: number.to_owned(),
                };
                return Err(self.error(Some(clause.span()), problem));
            }
        }
        Ok(())
    }

    fn decided(
        &self,
        sentence: &Spanned<Sentence>,
        cited: &BTreeSet<&str>,
    ) -> Result<(), NoticeError> {
        let Sentence {
            text,
            checks,
            self_inspection,
            no_check,
            ..
        } = sentence.get_ref();
        for check in checks {
            self.known(check, sentence.span())?;
            if !cited.contains(check.as_str()) {
                let problem = NoticeProblem::NotCited(check.clone());
                return Err(self.error(Some(sentence.span()), problem));
            }
        }
        match (checks.is_empty(), no_check) {
            (false, Some(_)) => {
                let problem = NoticeProblem::Contradictory(text.clone());
                Err(self.error(Some(sentence.span()), problem))
            }
            (true, None) if !self_inspection => {
                let problem = NoticeProblem::Undecided(text.clone());
                Err(self.error(Some(sentence.span()), problem))
            }
            _ => Ok(()),
        }
    }

    fn known(&self, check: &str, span: Range<usize>) -> Result<(), NoticeError> {
        if self.checks.contains(&check) {
            return Ok(());
        }
        let problem = NoticeProblem::UnknownCheck(check.to_owned());
        Err(self.error(Some(span), problem))
    }

    fn day(&self, value: &Spanned<Datetime>) -> Result<NaiveDate, NoticeError> {
        let written = value.get_ref();
        written
            .date
            .filter(|_| written.time.is_none())
            .and_then(|date| {
                NaiveDate::from_ymd_opt(
                    i32::from(date.year),
                    u32::from(date.month),
                    u32::from(date.day),
                )
            })
            .ok_or_else(|| {
                self.error(
                    Some(value.span()),
                    NoticeProblem::NotADay(written.to_string()),
                )
            })
    }

    fn in_order(
        &self,
        first: NaiveDate,
        second: NaiveDate,
        span: Range<usize>,
    ) -> Result<(), NoticeError> {
        if first <= second {
            return Ok(());
        }
        Err(self.error(Some(span), NoticeProblem::DatesReversed(first, second)))
    }

    fn refused(&self, error: &toml::de::Error) -> NoticeError {
        let cause = error.message().to_owned();
        let problem = if cause.starts_with("unknown field") {
            NoticeProblem::UnknownKey(cause)
        } else {
            NoticeProblem::Malformed(cause)
        };
        self.error(error.span(), problem)
    }

    fn error(&self, span: Option<Range<usize>>, problem: NoticeProblem) -> NoticeError {
        let line = span.map(|span| {
            let before = self.text.as_bytes().iter().take(span.start);
            before.filter(|byte| **byte == b'\n').count() + 1
        });
        NoticeError {
            name: self.name.to_owned(),
            line,
            problem,
        }
    }
}

fn clause(raw: RawClause) -> Clause {
    let sentences: Vec<Sentence> = raw.sentences.into_iter().map(Spanned::into_inner).collect();
    Clause {
        number: raw.number.into_inner(),
        text: sentences.iter().map(|s| s.text.as_str()).collect(),
        sentences,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"id = "sample"
city = "見本市"
title = "見本"
dated = 2025-03-01
in_force_from = 2025-04-01
not_judged_before = { ja = "適用前", en = "before" }

[transition]
until = 2026-03-31

[rules]
contacts_a_day = 2
start_end_minutes = 60
evaluation_days = 7
evaluation_late_days = 7
waiting_days = 8
first_month_exempt = true
face_to_face = ["visit"]
text_only = ["email"]
text_only_reasons = []
weekly_counts_as_monthly = []
daily_fields = ["date", "condition-and-advice"]
covered_municipalities = []

[cited]
some-check = "1(2)"

[[clauses]]
number = "1(2)"
sentences = [
  { text = "一つ目。", checks = ["some-check"] },
  { text = "二つ目。", self_inspection = true },
]
"#;

    fn parse(text: &str) -> Result<Notice, NoticeError> {
        Notice::parse(text, "sample.toml", &["some-check", "other-check"])
    }

    fn refused(from: &str, to: &str) -> (Option<usize>, NoticeProblem) {
        assert!(SMALL.contains(from), "nothing is altered: {from}");
        let error = parse(&SMALL.replacen(from, to, 1)).unwrap_err();
        assert!(!error.hint().ja.is_empty() && error.message().ja.contains("sample.toml"));
        (error.line, error.problem)
    }

    #[test]
    fn a_notice_is_read_as_written() {
        let notice = parse(SMALL).unwrap();
        assert_eq!(notice.in_force_from.to_string(), "2025-04-01");
        assert_eq!(notice.cited("some-check"), Some("1(2)"));
        assert_eq!(notice.cited("other-check"), None);
        assert_eq!(notice.clause("1(2)").unwrap().text, "一つ目。二つ目。");
        assert_eq!(notice.sentences().count(), 2);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let (line, problem) = refused("evaluation_days", "evaluaton_days");
        assert_eq!(line, Some(14));
        assert!(matches!(problem, NoticeProblem::UnknownKey(cause) if cause.contains("evaluaton")));
    }

    #[test]
    fn an_unknown_check_is_named_with_its_line() {
        let unknown = NoticeProblem::UnknownCheck("sme-check".to_owned());
        assert_eq!(
            refused(r#"["some-check"]"#, r#"["sme-check"]"#),
            (Some(31), unknown.clone())
        );
        assert_eq!(
            refused("some-check =", "sme-check =").1,
            NoticeProblem::NotCited("some-check".to_owned())
        );
        let both = SMALL.replace("some-check", "sme-check");
        assert_eq!(parse(&both).unwrap_err().problem, unknown);
    }

    #[test]
    fn a_clause_stands_once() {
        let twice = format!("{SMALL}\n[[clauses]]\nnumber = \"1(2)\"\nsentences = []\n");
        let error = parse(&twice).unwrap_err();
        assert_eq!(error.line, Some(36));
        assert_eq!(error.problem, NoticeProblem::ClauseTwice("1(2)".to_owned()));
    }

    #[test]
    fn dates_stand_in_order() {
        let (line, problem) = refused("until = 2026", "until = 2024");
        assert_eq!(line, Some(9));
        assert!(matches!(problem, NoticeProblem::DatesReversed(..)));
        let (line, problem) = refused("dated = 2025-03", "dated = 2025-05");
        assert_eq!(line, Some(5));
        assert!(matches!(problem, NoticeProblem::DatesReversed(..)));
    }

    #[test]
    fn the_first_day_in_force_must_be_a_day() {
        let missing = refused("in_force_from = 2025-04-01\n", "");
        assert_eq!(missing, (None, NoticeProblem::NoInForceDate));
        let (line, problem) = refused("in_force_from = 2025-04-01", "in_force_from = 07:00:00");
        assert_eq!(line, Some(5));
        assert!(matches!(problem, NoticeProblem::NotADay(_)));
    }

    #[test]
    fn every_sentence_is_decided_in_one_way() {
        let undecided = refused(", self_inspection = true", "");
        assert_eq!(
            undecided,
            (Some(32), NoticeProblem::Undecided("二つ目。".to_owned()))
        );
        let both = refused(
            "[\"some-check\"] }",
            "[\"some-check\"], no_check = \"理由\" }",
        );
        assert!(matches!(both.1, NoticeProblem::Contradictory(_)));
    }

    #[test]
    fn a_check_cites_a_clause_that_names_it() {
        let (line, problem) = refused("= \"1(2)\"", "= \"1(3)\"");
        assert_eq!(line, Some(26));
        assert!(matches!(problem, NoticeProblem::CitedElsewhere { .. }));
    }

    #[test]
    fn each_clause_is_cited_where_the_office_answers() {
        let cited = "some-check = \"1(2)\"";
        let each = format!("{cited}\nother-check = \"{}\"", Notice::EACH_CLAUSE);
        let notice = parse(&SMALL.replace(cited, &each)).unwrap();
        assert_eq!(notice.cited("other-check"), Some(Notice::EACH_CLAUSE));
        let unasked = SMALL
            .replace(cited, &each)
            .replace("self_inspection = true", "no_check = \"例\"");
        let problem = parse(&unasked).unwrap_err().problem;
        assert!(matches!(problem, NoticeProblem::CitedElsewhere { .. }));
    }

    #[test]
    fn sentences_are_named_within_their_clause() {
        let notice = parse(SMALL).unwrap();
        let names: Vec<String> = notice
            .named_sentences()
            .map(|(id, _)| id.to_string())
            .collect();
        assert_eq!(names, ["sample/1(2)/1", "sample/1(2)/2"]);
    }

    #[test]
    fn a_file_that_is_not_there_is_an_error_of_its_own() {
        let error = Notice::from_path(Path::new("no/such/notice.toml"), &[]).unwrap_err();
        assert!(matches!(error.problem, NoticeProblem::Unreadable(_)));
        assert!(Notice::builtin("nowhere", &[]).is_none());
    }
}
