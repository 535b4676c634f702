//! From the lines of 自主点検表 to the office's answers.

use std::sync::OnceLock;

use super::choices::{choices, single};
use super::fields::{self, Entries};
use super::words::words;
use crate::model::{
    Answer, Content, Field, FileName, Problem, SelfInspection, SentenceId, Skipped, Source, Wording,
};
use crate::recognise::{Form, Item};
use crate::text::squash;

/// One line; `None` where nothing is written in it. An error where something is, and nothing
/// tells what it answers.
pub fn inspection(form: &Form, file: &FileName) -> Result<Option<SelfInspection>, Skipped> {
    let entry = |item: Item| form.entries.get(&item);
    let line = SelfInspection {
        sentence: SentenceId::default(),
        answer: answer(entry(Item::Answer)),
        inspected_on: fields::date(entry(Item::InspectedOn), None),
        inspector: fields::text(entry(Item::Inspector)),
        note: fields::text(entry(Item::Notes)),
        source: Source {
            file: file.clone(),
            sheet: form.sheet.clone(),
            at: Some(form.at),
            unread: form.unread,
        },
    };
    if !is_written(&line) {
        return Ok(None);
    }
    let id = fields::text(entry(Item::Sentence));
    match id.text().and_then(SentenceId::parse) {
        Some(sentence) => Ok(Some(SelfInspection { sentence, ..line })),
        None => Err(Skipped {
            file: file.clone(),
            sheet: Some(form.sheet.to_string()),
            reason: Wording::new(
                "自主点検表に、照合番号を読み取れない行があります",
                "lines of the self-inspection sheet whose number cannot be read",
            ),
        }),
    }
}

fn is_written(line: &SelfInspection) -> bool {
    fn has<T>(field: &Field<T>) -> bool {
        field.value().is_some() || field.is_unclear()
    }
    has(&line.answer) || has(&line.inspected_on) || has(&line.inspector) || has(&line.note)
}

/// 判定
fn answer(entries: Entries) -> Field<Answer> {
    let text = fields::text(entries);
    let content = match text.content {
        Content::Absent => Content::Absent,
        Content::Blank => Content::Blank,
        Content::Unclear(problem) => Content::Unclear(problem),
        Content::Value(written) => match single(&choices(&written, vocabulary())) {
            Some(answer) => Content::Value(answer),
            None => Content::Unclear(Problem {
                reason: Wording::new(
                    "適・不適・非該当のどれか1つとして読み取れません",
                    "this is not one of 適, 不適 and 非該当",
                ),
            }),
        },
    };
    Field {
        raw: text.raw,
        content,
        cell: text.cell,
        doubts: text.doubts,
        grounds: text.grounds,
    }
}

fn vocabulary() -> &'static [(String, Answer)] {
    static VOCABULARY: OnceLock<Vec<(String, Answer)>> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let answers = words().answers.iter();
        let known = answers.flat_map(|one| one.words.iter().map(|word| (word, one.answer)));
        known
            .map(|(word, answer)| (squash(word).to_lowercase(), answer))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Cell, Grounds};
    use crate::recognise::{Entry, FormKind, Word};

    fn read(items: &[(Item, &str)]) -> Result<Option<SelfInspection>, Skipped> {
        let entry = |text: &str| Entry {
            home: Cell::new(4, 2),
            label: String::new(),
            grounds: Grounds::default(),
            words: (!text.is_empty())
                .then(|| Word {
                    cell: Cell::new(4, 2),
                    text: text.to_owned(),
                    ..Word::default()
                })
                .into_iter()
                .collect(),
        };
        let items = items.iter().map(|(item, text)| (*item, vec![entry(text)]));
        let form = Form {
            kind: FormKind::SelfInspection,
            sheet: "自主点検表".into(),
            at: Cell::new(4, 0),
            entries: items.collect::<BTreeMap<_, _>>(),
            days: Vec::new(),
            title: String::new(),
            legend: "".into(),
            unread: None,
            table: Some(0),
        };
        inspection(&form, &"自主点検表.xlsx".into())
    }

    const ID: (Item, &str) = (Item::Sentence, "kitakyushu/6(1)/1");

    #[test]
    fn a_filled_line_is_an_answer() {
        let day = (Item::InspectedOn, "令和7年11月4日");
        let line = read(&[ID, (Item::Answer, "非該当"), day]).unwrap().unwrap();
        assert_eq!(line.answer.get(), Some(Answer::NotApplicable));
        assert_eq!(line.inspected_on.get().unwrap().to_string(), "2025-11-04");
        assert_eq!(line.sentence.to_string(), ID.1);
        assert!(line.inspector.is_absent());
    }

    #[test]
    fn answers_are_told_apart() {
        for (text, expected) in [
            ("適", Some(Answer::Met)),
            ("適合", Some(Answer::Met)),
            ("不適", Some(Answer::Unmet)),
            ("不 適 合", Some(Answer::Unmet)),
            ("該当なし", Some(Answer::NotApplicable)),
            ("□適　☑不適　□非該当", Some(Answer::Unmet)),
            ("適・不適", None),
            ("だいたい", None),
        ] {
            let line = read(&[ID, (Item::Answer, text)]).unwrap().unwrap();
            assert_eq!(line.answer.get(), expected, "{text}");
            assert_eq!(line.answer.is_unclear(), expected.is_none(), "{text}");
        }
    }

    #[test]
    fn an_unfilled_line_is_none_and_a_nameless_one_is_told() {
        assert_eq!(read(&[ID, (Item::Answer, ""), (Item::Notes, "")]), Ok(None));
        assert_eq!(
            read(&[(Item::Sentence, "合計"), (Item::Answer, "")]),
            Ok(None)
        );
        let nameless = read(&[(Item::Sentence, "6の1"), (Item::Answer, "適")]);
        assert!(nameless.is_err());
    }
}
