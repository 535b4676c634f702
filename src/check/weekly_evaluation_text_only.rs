//! weekly-evaluation-text-only

use super::certainty::verdict_on;
use super::words::{day_en, day_ja, words};
use super::{Context, Report};
use crate::model::{Method, Verdict, WeeklyRecord, Wording};

declare_check! {
    /// A weekly evaluation by mail or chat alone, with no disability given as the reason.
    ///
    /// Another method that is not named is for review.
    ///
    /// ## Why
    /// The notice allows telephone and computers in place of a visit, but not text alone,
    /// unless the disability leaves no other way.
    ///
    /// ## What to do
    /// If there was a call as well, tick it. If a disability is the reason, write it down.
    "weekly-evaluation-text-only",
    reads: [Weekly, WeeklyMethod],
    title: "文面だけの週の評価",
    what: "週の評価の方法が、メールやチャットなど文面だけになっていないかを見ます。障害特性による理由が書かれていれば数えません。",
    why: "通知は、障害特性により困難な場合を除き、メール等の文面だけの評価を認めていません。",
    remedy: "通話もしている場合は方法に加え、障害特性による場合はその理由を評価の記録に書いてください。",
}

fn run(context: &Context, report: &mut Report) {
    let rules = context.rules();
    for person in context.people() {
        for evaluation in context.weekly(person) {
            let record = evaluation.record;
            let Some(method) = record.method.get() else {
                continue;
            };
            let is_text = rules.text_only.contains(&method);
            let is_unnamed = method == Method::Other && record.method_note.text().is_none();
            if !is_text && !is_unnamed || gives_reason(record, &rules.text_only_reasons) {
                continue;
            }
            let (verdict, said) = if is_text {
                (verdict_on(&record.method), text_only(record, method))
            } else {
                (Verdict::Review, not_named(record))
            };
            let location = record.source.locate(record.method.cell);
            report.find(verdict, person, evaluation.when(), said, Some(location));
        }
    }
}

fn gives_reason(record: &WeeklyRecord, reasons: &[String]) -> bool {
    let written = [record.method_note.text(), record.content.text()];
    let told = |text: &str| reasons.iter().any(|reason| text.contains(reason.as_str()));
    written.into_iter().flatten().any(told)
}

fn title(record: &WeeklyRecord) -> (String, String) {
    match record.date.get() {
        Some(day) => (
            format!("{}の週の評価", day_ja(day)),
            format!("The evaluation of {}", day_en(day)),
        ),
        None => ("週の評価".to_owned(), "A weekly evaluation".to_owned()),
    }
}

fn text_only(record: &WeeklyRecord, method: Method) -> super::Words {
    let (ja, en) = title(record);
    words(
        Wording::new(
            format!("{ja}の方法が、{}だけになっています。", method.japanese()),
            format!("{en} was by text alone ({}).", method.english()),
        ),
        Wording::new(
            "電話などでも評価している場合は、通話履歴などで確かめて方法に加えてください。障害特性により文面でしか行えない場合は、その理由を記録に書いてください。",
            "If there was a call as well, confirm it and add the method. If the disability leaves no other way, write down why.",
        ),
    )
}

fn not_named(record: &WeeklyRecord) -> super::Words {
    let (ja, en) = title(record);
    words(
        Wording::new(
            format!("{ja}の方法が「その他」で、内容が書かれていません。"),
            format!("{en} was by another method that is not named."),
        ),
        Wording::new(
            "文面だけのやりとりではないかを確かめ、方法を書いてください。",
            "See that it was not by text alone, and name the method.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{assessed, date, notice, office, office_in, text, told, value};
    use crate::model::{Doubt, Field, Method};

    #[test]
    fn mail_alone_is_found_and_still_covers_its_days() {
        let mut office = office();
        office.weekly[1].method = value(Method::Email);
        assert_eq!(
            told(&office),
            ["deficient weekly-evaluation-text-only 2025-09-12"]
        );
    }

    #[test]
    fn a_disability_is_a_reason() {
        let mut office = office();
        office.weekly[1].method = value(Method::Chat);
        office.weekly[1].content = text("聴覚障害のため文字で評価した。");
        assert!(told(&office).is_empty());
    }

    #[test]
    fn one_of_several_ticks_shows_nothing() {
        let mut office = office();
        office.weekly[1].method = value(Method::Email);
        office.weekly[1].method.doubts.push(Doubt::SeveralChoices);
        assert_eq!(
            told(&office),
            ["review weekly-evaluation-text-only 2025-09-12"]
        );
    }

    #[test]
    fn another_method_is_asked_for_unless_it_is_named() {
        let mut office = office();
        office.weekly[1].method = value(Method::Other);
        assert_eq!(
            told(&office),
            ["review weekly-evaluation-text-only 2025-09-12"]
        );
        office.weekly[1].method_note = text("近くの公園で面談");
        assert!(told(&office).is_empty());
        office.weekly[1].method = Field::absent();
        assert_eq!(told(&office), ["review weekly-field-missing always"]);
    }

    #[test]
    fn a_notice_that_does_not_forbid_text_finds_nothing() {
        let mut office = office_in(2026, 3);
        office.weekly[1].method = value(Method::Email);
        let found = assessed(&office, &[notice("hitachi")], date(2026, 5, 31)).findings;
        assert!(found.is_empty());
    }
}
