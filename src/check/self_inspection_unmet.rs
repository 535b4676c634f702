//! self-inspection-unmet

use super::words::words;
use super::{Context, Report};
use crate::model::{Answer, Answered, SelfInspection, SentenceId, Subject, When, Wording};
use crate::notice::{Notice, Sentence};

declare_check! {
    /// The office's own inspection sheet (自主点検表) answers 不適.
    ///
    /// An answer without its day or its inspector, one that cannot be read, two that differ,
    /// or one for a sentence that the notice does not have, is for review. What has not been
    /// answered is not found.
    ///
    /// ## Why
    /// What no form shows, such as operating rules and staffing, is asked for all the same;
    /// the office itself says whether it is met.
    ///
    /// ## What to do
    /// Mend what is not met, then answer anew with the day and the name of whoever looked.
    "self-inspection-unmet",
    reads: [],
    title: "自主点検で不適",
    what: "自主点検表の判定が「不適」ではないか、判定に点検日と点検者が添えられているかを見ます。答えていない項目は数えません。",
    why: "運営規程や人員体制など、様式に表れない事項も通知が求めるもので、事業所が自ら確かめることになります。",
    remedy: "不適の事項を改め、改めた後にもう一度点検して、点検日と点検者とともに記入してください。",
}

fn run(context: &Context, report: &mut Report) {
    for (id, sentence) in context.notice.named_sentences() {
        if sentence.self_inspection {
            let mut report = report.citing(&id.clause);
            judge(context, &mut report, &id, sentence);
        }
    }
    for line in &context.index.office.self_inspection {
        if line.sentence.notice == context.notice.id && !is_asked(context.notice, &line.sentence) {
            let message = Wording::new(
                "自主点検表の照合番号に当たる項目が、いまの通知にありません。",
                "The sheet answers a sentence that the notice does not have.",
            );
            let hint = Wording::new(
                "新しく書き出された自主点検表に、改めて記入してください。",
                "Answer on the sheet that was written last.",
            );
            let mut report = report.citing(&line.sentence.clause);
            let location = line.source.locate(line.answer.cell);
            report.review(
                Subject::Office,
                When::Always,
                words(message, hint),
                Some(location),
            );
        }
    }
}

fn is_asked(notice: &Notice, sentence: &SentenceId) -> bool {
    notice
        .named_sentences()
        .any(|(id, asked)| id == *sentence && asked.self_inspection)
}

fn judge(context: &Context, report: &mut Report, id: &SentenceId, sentence: &Sentence) {
    let asked = sentence.text.trim_end_matches('。');
    let (line, what) = match context.index.office.answer(id) {
        Answered::Nothing(_) => return,
        Answered::As(Answer::Unmet, line) => return unmet(report, line, asked),
        Answered::As(_, line) => match lacking(context, line) {
            Some(what) => (line, what),
            None => return,
        },
        Answered::Unclear(line) => (
            line,
            Wording::new("判定を読み取れません", "the answer cannot be read"),
        ),
        Answered::Contradictory(line) => (
            line,
            Wording::new("異なる判定が2つあります", "two answers differ"),
        ),
    };
    let message = Wording::new(
        format!("自主点検の項目「{asked}」の{}。", what.ja),
        format!("Self-inspection of “{asked}”: {}.", what.en),
    );
    let hint = Wording::new(
        "実際に点検した人が、適・不適・非該当のいずれか1つと、点検日、点検者を記入してください。",
        "Whoever inspected it answers 適, 不適 or 非該当, with the day and the name.",
    );
    let location = line.source.locate(line.answer.cell);
    report.review(
        Subject::Office,
        When::Always,
        words(message, hint),
        Some(location),
    );
}

fn unmet(report: &mut Report, line: &SelfInspection, asked: &str) {
    let message = Wording::new(
        format!("自主点検で「不適」とされています（{asked}）。"),
        format!("The office's own inspection says that it is not met: {asked}"),
    );
    let hint = Wording::new(
        "何をいつまでに改めるかを決めてください。改めた後にもう一度点検し、自主点検表に書いてください。すでに請求した分の扱いは、市に相談してください。",
        "Decide what is mended by when, inspect it again, and write it on the sheet. Ask the city about what has been claimed.",
    );
    let location = line.source.locate(line.answer.cell);
    report.deficient(
        Subject::Office,
        When::Always,
        words(message, hint),
        Some(location),
    );
}

/// What is wrong with the day or the name beside an answer.
fn lacking(context: &Context, line: &SelfInspection) -> Option<Wording> {
    let (day, name) = (&line.inspected_on, &line.inspector);
    let (ja, en) = if day.is_unclear() {
        ("点検日を読み取れません", "the day cannot be read")
    } else if day.get().is_some_and(|day| day > context.as_of) {
        (
            "点検日が、点検の基準日より後です",
            "the day is after the day of the check",
        )
    } else {
        match (day.value().is_some(), name.value().is_some()) {
            (true, true) => return None,
            (false, true) => ("点検日がありません", "the day is missing"),
            (true, false) => ("点検者がありません", "the inspector is missing"),
            (false, false) => (
                "点検日と点検者がありません",
                "the day and the inspector are missing",
            ),
        }
    };
    Some(Wording::new(ja, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assessed, blank, date, notice, office, text, unclear, value};
    use crate::model::{Assessment, Cell, Field, Office, Source, Verdict};

    fn line(id: &str, answer: Field<Answer>) -> SelfInspection {
        SelfInspection {
            sentence: SentenceId::parse(id).unwrap(),
            answer,
            inspected_on: value(date(2025, 11, 4)),
            inspector: text("大友"),
            note: blank(),
            source: Source {
                file: "自主点検表.xlsx".into(),
                ..Source::default()
            },
        }
    }

    fn judged(lines: &[SelfInspection]) -> Assessment {
        let office = Office {
            self_inspection: lines.to_vec(),
            ..office()
        };
        assessed(&office, &[notice("kitakyushu")], date(2025, 11, 30))
    }

    fn verdicts(lines: &[SelfInspection]) -> Vec<(Verdict, String)> {
        let findings = judged(lines).findings;
        findings
            .into_iter()
            .map(|f| (f.verdict, f.clause))
            .collect()
    }

    #[test]
    fn an_unmet_answer_is_found_at_its_cell_and_clause() {
        let unmet = [line("kitakyushu/6(6)-2/1", value(Answer::Unmet))];
        let finding = judged(&unmet).findings.remove(0);
        assert_eq!(
            (finding.check, finding.clause.as_str(), finding.verdict),
            ("self-inspection-unmet", "6(6)-2", Verdict::Deficient)
        );
        assert_eq!(finding.location.unwrap().cell, Some(Cell::new(3, 3)));
    }

    #[test]
    fn other_answers_and_none_are_not_found() {
        for answer in [value(Answer::Met), value(Answer::NotApplicable), blank()] {
            assert!(verdicts(&[line("kitakyushu/6(1)/1", answer)]).is_empty());
        }
        let elsewhere = line("hitachi/2(1)/1", value(Answer::Unmet));
        assert!(verdicts(&[elsewhere]).is_empty());
    }

    #[test]
    fn an_answer_without_day_or_name_is_for_review() {
        let whole = line("kitakyushu/6(1)/1", value(Answer::Met));
        let review = [(Verdict::Review, "6(1)".to_owned())];
        let cases = [
            SelfInspection {
                inspected_on: blank(),
                ..whole.clone()
            },
            SelfInspection {
                inspected_on: unclear("先日"),
                ..whole.clone()
            },
            SelfInspection {
                inspected_on: value(date(2026, 11, 4)),
                ..whole.clone()
            },
            SelfInspection {
                inspector: blank(),
                ..whole.clone()
            },
            SelfInspection {
                answer: unclear("適・不適"),
                ..whole.clone()
            },
        ];
        for case in cases {
            assert_eq!(verdicts(&[case]), review);
        }
        let other = SelfInspection {
            answer: value(Answer::NotApplicable),
            ..whole.clone()
        };
        assert_eq!(verdicts(&[whole.clone(), other]), review);
        assert!(verdicts(&[whole.clone(), whole]).is_empty());
    }

    #[test]
    fn an_answer_to_nothing_that_is_asked_is_for_review() {
        let stray = line("kitakyushu/6(1)/9", value(Answer::Met));
        assert_eq!(verdicts(&[stray]), [(Verdict::Review, "6(1)".to_owned())]);
    }
}
