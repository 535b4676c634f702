//! doubtful-reading

use super::pages::{Entry, pages};
use super::report::Words;
use super::words::words;
use super::{Context, Report};
use crate::model::{Confidence, Doubt, Ground, Level, Wording};

declare_check! {
    /// A value of a record was read with doubt: one finding a record, with all such values.
    ///
    /// It is one of several choices, at odds with the weekday beside it, or stands where the form
    /// leaves open what it belongs to. A text that could not be read at all is for the check that
    /// asks for it.
    ///
    /// ## Why
    /// Whatever the other checks say of the record rests on the value.
    ///
    /// ## What to do
    /// See in the workbook whether the value is right. `tenken inspect` shows how the workbook
    /// was read, and a profile tells how an office's own form is to be read.
    "doubtful-reading",
    reads: [HomeDays],
    title: "読み取りに自信がない項目",
    what: "複数の選択肢の印、日付と合わない曜日、どの項目のものか紛らわしい記載がないかを見ます（1つの記録に1件）。",
    why: "ほかの点検項目の結果は、読み取った値をもとにしているためです。",
    remedy: "元のブックで、読み取った値が正しいかを確かめてください。独自の様式の読み方は、プロファイルで指定できます（tenken inspect）。",
}

/// Doubts that `struck-or-hidden-text` asks about, once for a file.
const ASKED_ELSEWHERE: [Doubt; 2] = [Doubt::StruckThrough, Doubt::Hidden];

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for page in pages(context, person) {
            let doubted: Vec<&Entry> = page.items.iter().filter(|e| is_doubted(e)).collect();
            if let Some(first) = doubted.first() {
                let location = page.source.locate(first.cell);
                let said = said(&page.title, &doubted);
                report.review(person, page.when, said, Some(location));
            }
        }
    }
}

fn is_doubted(entry: &Entry) -> bool {
    entry.is_read && Confidence::of(entry.grounds, own(entry)).level() == Level::Doubtful
}

/// The doubts that are for this check to ask about.
fn own<'a>(entry: &Entry<'a>) -> impl Iterator<Item = &'a Doubt> {
    let doubts = entry.doubts.iter();
    doubts.filter(|doubt| !ASKED_ELSEWHERE.contains(doubt))
}

fn said(title: &Wording, doubted: &[&Entry]) -> Words {
    let mut reasons: Vec<Wording> = Vec::new();
    for entry in doubted {
        let grounds = entry.grounds.iter().filter(|ground| ground.is_weak());
        let doubts = own(entry).map(|doubt| doubt.wording());
        for reason in grounds.map(Ground::wording).chain(doubts) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    let names = |name: fn(&Entry) -> &'static str, between: &str| -> String {
        let names: Vec<&str> = doubted.iter().map(|entry| name(entry)).collect();
        names.join(between)
    };
    let because = |reason: fn(&Wording) -> &str, between: &str| -> String {
        let reasons: Vec<&str> = reasons.iter().map(reason).collect();
        reasons.join(between)
    };
    words(
        Wording::new(
            format!(
                "{}の「{}」の読み取りに自信がありません（{}）。",
                title.ja,
                names(|entry| entry.name.0, "」「"),
                because(|reason| &reason.ja, "、")
            ),
            format!(
                "{}: {} was read with doubt ({}).",
                title.en,
                names(|entry| entry.name.1, ", "),
                because(|reason| &reason.en, "; ")
            ),
        ),
        Wording::new(
            "元のブックで、読み取った値が正しいかを確かめてください。",
            "See in the workbook whether the value is right.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{assessed, date, notice, office, on, told, unclear};
    use crate::model::{Doubt, Ground};

    #[test]
    fn doubtful_values_of_a_record_are_one_question() {
        let mut office = office();
        let record = on(&mut office, 3);
        record.recorder.grounds.insert(Ground::UnknownBeside);
        record.method.doubts.push(Doubt::SeveralChoices);
        assert_eq!(told(&office), ["review doubtful-reading 2025-09-03"]);
        let found = assessed(&office, &[notice("kitakyushu")], date(2025, 11, 30)).findings;
        assert_eq!(
            found[0].message.ja,
            "9月3日（水）の支援記録の「方法」「対応・記録者」の読み取りに自信がありません（複数の選択肢に印があります、知らない項目名らしい文字を含む）。"
        );
        assert!(found[0].location.as_ref().unwrap().cell.is_some());
    }

    #[test]
    fn a_cell_that_another_question_points_at_is_not_asked_for_again() {
        let mut office = office();
        on(&mut office, 3).date.doubts.push(Doubt::WeekdayDiffers);
        let review = "review doubtful-reading 2025-09-03".to_owned();
        assert_eq!(told(&office), std::slice::from_ref(&review));
        on(&mut office, 3).contacts.pop();
        assert!(told(&office).contains(&review));
        on(&mut office, 3).contacts.clear();
        assert!(!told(&office).contains(&review));
    }

    #[test]
    fn small_doubts_and_unread_texts_are_no_question_of_this_check() {
        let mut office = office();
        let record = on(&mut office, 3);
        record.recorder.grounds.insert(Ground::Untitled);
        record.recorder.grounds.insert(Ground::LabelInPart);
        record.date.doubts.push(Doubt::YearFromContext);
        record.method.doubts.push(Doubt::StackedBoxes);
        assert!(told(&office).is_empty());
        on(&mut office, 3).recorder = unclear("#REF!");
        assert_eq!(told(&office), ["review daily-field-missing 2025-09-03"]);
    }

    #[test]
    fn struck_and_hidden_text_is_asked_about_elsewhere() {
        let mut office = office();
        let record = on(&mut office, 3);
        record.work.doubts = vec![Doubt::StruckThrough, Doubt::Hidden];
        let told = told(&office);
        assert!(told.iter().any(|one| one.contains("struck-or-hidden-text")));
        assert!(!told.iter().any(|one| one.contains("doubtful-reading")));
    }
}
