//! 自主点検: what an office answers itself where no record can show it.

use chrono::NaiveDate;

use super::{Field, Office, Source};

/// 判定
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// 適
    Met,
    /// 不適
    Unmet,
    /// 非該当
    NotApplicable,
}

impl Answer {
    /// As the sheet offers them, in order.
    pub const ALL: [Self; 3] = [Self::Met, Self::Unmet, Self::NotApplicable];

    /// The word on the sheet.
    pub fn japanese(self) -> &'static str {
        match self {
            Self::Met => "適",
            Self::Unmet => "不適",
            Self::NotApplicable => "非該当",
        }
    }
}

/// Which sentence of a notice is meant; shown as `kitakyushu/6(1)/1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SentenceId {
    /// Id of the notice.
    pub notice: String,
    /// Number of the clause.
    pub clause: String,
    /// Which sentence of the clause, from 1.
    pub number: usize,
}

impl SentenceId {
    /// Reads `kitakyushu/6(1)/1`.
    pub fn parse(text: &str) -> Option<Self> {
        let (rest, number) = text.trim().rsplit_once('/')?;
        let (notice, clause) = rest.rsplit_once('/')?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        (!notice.is_empty() && !clause.is_empty()).then(|| Self {
            notice: notice.to_owned(),
            clause: clause.to_owned(),
            number,
        })
    }
}

impl std::fmt::Display for SentenceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.notice, self.clause, self.number)
    }
}

/// 自主点検表: one line that the office has written in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SelfInspection {
    /// What it answers.
    pub sentence: SentenceId,
    /// 判定
    pub answer: Field<Answer>,
    /// 点検日
    pub inspected_on: Field<NaiveDate>,
    /// 点検者
    pub inspector: Field<String>,
    /// 根拠・備考
    pub note: Field<String>,
    /// Where it stands.
    pub source: Source,
}

/// What all sheets of an office say of one sentence, taken together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answered<'a> {
    /// No sheet has an answer; the line that something else stands on, if there is one.
    Nothing(Option<&'a SelfInspection>),
    /// One answer.
    As(Answer, &'a SelfInspection),
    /// An answer that could not be understood.
    Unclear(&'a SelfInspection),
    /// Two sheets, or two lines, with different answers.
    Contradictory(&'a SelfInspection),
}

impl SelfInspection {
    /// Whether day and name stand beside the answer.
    fn is_signed(&self) -> bool {
        self.inspected_on.value().is_some() && self.inspector.value().is_some()
    }
}

impl Office {
    /// The lines of all sheets for a sentence.
    pub fn self_inspections(&self, sentence: &SentenceId) -> impl Iterator<Item = &SelfInspection> {
        let lines = self.self_inspection.iter();
        lines.filter(move |line| line.sentence == *sentence)
    }

    /// What they say together; of several that agree, one with day and name.
    pub fn answer(&self, sentence: &SentenceId) -> Answered<'_> {
        let lines = || self.self_inspections(sentence);
        if let Some(unclear) = lines().find(|line| line.answer.is_unclear()) {
            return Answered::Unclear(unclear);
        }
        let answers = || lines().filter_map(|line| Some((line.answer.get()?, line)));
        let Some((answer, first)) = answers().next() else {
            return Answered::Nothing(lines().next());
        };
        if let Some((_, other)) = answers().find(|(other, _)| *other != answer) {
            return Answered::Contradictory(other);
        }
        let signed = answers().find(|(_, line)| line.is_signed());
        Answered::As(answer, signed.map_or(first, |(_, line)| line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> SentenceId {
        SentenceId::parse("kitakyushu/4(3)イ①/2").unwrap()
    }

    fn line(answer: Answer, inspector: &str) -> SelfInspection {
        let inspector = match inspector {
            "" => Field::blank(None),
            name => Field::read(name, name.to_owned(), None),
        };
        SelfInspection {
            sentence: id(),
            answer: Field::read(answer.japanese(), answer, None),
            inspected_on: Field::read("", NaiveDate::MIN, None),
            inspector,
            ..SelfInspection::default()
        }
    }

    fn office(lines: &[SelfInspection]) -> Office {
        Office {
            self_inspection: lines.to_vec(),
            ..Office::default()
        }
    }

    #[test]
    fn an_id_goes_both_ways() {
        assert_eq!(id().to_string(), "kitakyushu/4(3)イ①/2");
        assert_eq!((id().clause.as_str(), id().number), ("4(3)イ①", 2));
        for wrong in ["", "6(1)/1", "a/6(1)/0", "a/6(1)/x", "//1", "a//1"] {
            assert_eq!(SentenceId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn answers_that_agree_are_one() {
        let (bare, signed) = (line(Answer::Met, ""), line(Answer::Met, "大友"));
        let office = office(&[bare, signed.clone()]);
        assert_eq!(office.answer(&id()), Answered::As(Answer::Met, &signed));
        let elsewhere = SentenceId { number: 1, ..id() };
        assert_eq!(office.answer(&elsewhere), Answered::Nothing(None));
    }

    #[test]
    fn answers_that_differ_are_none() {
        let (met, unmet) = (line(Answer::Met, "大友"), line(Answer::Unmet, "大友"));
        let office = office(&[met, unmet.clone()]);
        assert_eq!(office.answer(&id()), Answered::Contradictory(&unmet));
    }
}
