//! struck-or-hidden-text

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{Name, pages};
use super::words::{look_at_the_text, words};
use super::{Context, Report};
use crate::model::{Doubt, FileName, Location, PersonId, Subject, When, Wording};

declare_check! {
    /// Text of a record is struck through or hidden: one finding a kind of form and file.
    ///
    /// Such text is read and judged like any other, since nobody can tell from it whether it
    /// is meant to stand.
    ///
    /// ## Why
    /// A text that was struck out, or that nobody sees on paper, may prove nothing.
    ///
    /// ## What to do
    /// See whether the text is to stand. Erase it or write it anew, so that the change can be
    /// followed.
    "struck-or-hidden-text",
    reads: [HomeDays],
    title: "取消線や非表示の記載",
    what: "記録の文字に取消線が引かれていないか、行・列・シートが非表示になっていないかを見ます（様式とファイルごとに1件、要確認）。",
    why: "取り消された記載や、印刷しても見えない記載は、支援を行ったことを示せないおそれがあります。",
    remedy: "その記載を残すのかを確かめ、取り消すものと残すものが分かるように直してください。",
}

/// What is doubtful of one kind of form in one file.
#[derive(Default)]
struct Doubtful {
    people: BTreeSet<PersonId>,
    places: BTreeSet<Location>,
    struck: bool,
    hidden: bool,
}

fn run(context: &Context, report: &mut Report) {
    let mut all: BTreeMap<(FileName, Name), Doubtful> = BTreeMap::new();
    for person in context.people() {
        for page in pages(context, person) {
            for item in page.items {
                let struck = item.doubts.contains(&Doubt::StruckThrough);
                let hidden = item.doubts.contains(&Doubt::Hidden);
                if struck || hidden {
                    let kind = (page.source.file.clone(), page.kind);
                    let doubtful = all.entry(kind).or_default();
                    doubtful.people.insert(person.id);
                    doubtful.places.insert(page.source.locate(item.cell));
                    doubtful.struck |= struck;
                    doubtful.hidden |= hidden;
                }
            }
        }
    }
    for ((_, (ja, en)), doubtful) in all {
        let subject = match doubtful.people.first() {
            Some(only) if doubtful.people.len() == 1 => Subject::Person(*only),
            _ => Subject::Office,
        };
        let count = doubtful.places.len();
        let (how_ja, how_en) = match (doubtful.struck, doubtful.hidden) {
            (true, true) => ("取消線が引かれているか、非表示", "struck through or hidden"),
            (true, false) => ("取消線が引かれた状態", "struck through"),
            _ => ("非表示", "hidden"),
        };
        let message = Wording::new(
            format!(
                "{ja}の{count}か所の記載が{how_ja}になっています。残っている記載として点検しました。"
            ),
            format!("{en}: {count} item(s) are {how_en}; they were judged as if they stood."),
        );
        let location = doubtful.places.into_iter().next();
        let said = words(message, look_at_the_text());
        report.review(subject, When::Always, said, location);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{office, on, told};
    use crate::model::Doubt;

    #[test]
    fn text_that_is_struck_or_hidden_is_one_finding_a_file() {
        let mut office = office();
        let record = on(&mut office, 5);
        record.support.doubts.push(Doubt::StruckThrough);
        record.work.doubts.push(Doubt::Hidden);
        let one = ["review struck-or-hidden-text always"];
        assert_eq!(told(&office), one);
        on(&mut office, 8).support.doubts.push(Doubt::Hidden);
        assert_eq!(told(&office), [one[0]; 2]);
        let file = on(&mut office, 5).source.file.clone();
        on(&mut office, 8).source.file = file;
        assert_eq!(told(&office), one);
        office.weekly[0].content.doubts.push(Doubt::StruckThrough);
        assert_eq!(told(&office), [one[0]; 2]);
    }

    #[test]
    fn other_doubts_and_days_that_are_not_judged_are_none() {
        let mut office = office();
        on(&mut office, 5).date.doubts.push(Doubt::WeekdayDiffers);
        let mut old = on(&mut office, 8).clone();
        old.date = crate::check::testing::value(crate::check::testing::date(2025, 4, 7));
        old.source.file = "支援記録_2025-04.xlsx".into();
        old.support.doubts.push(Doubt::Hidden);
        office.daily.push(old);
        assert!(!told(&office).iter().any(|line| line.contains("struck")));
    }
}
