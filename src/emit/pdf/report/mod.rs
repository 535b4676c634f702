//! 点検報告書.pdf: where the office stands, then a user at a time.
//!
//! The first page is for the manager, the rest for whoever mends the records.

mod calendar;
mod groups;
mod ledger;
mod summary;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::glyphs::{Ink, Printable};
use super::typeset::{Job, print};
use super::words::{Frame, MissingNote, missing_notes};
use super::{Pdf, PdfError};
use crate::emit::person::called;
use crate::ledger::Ledger;
use crate::model::{Assessment, Lang, Office, PersonId, Subject};
use crate::notice::Notice;
use calendar::Calendar;
use groups::Group;
use ledger::LedgerPart;
use summary::Summary;

const TEMPLATE: &str = include_str!("../../../../templates/pdf/report.typ");

/// What the report is made from.
#[derive(Clone, Copy)]
pub struct ReportInput<'a> {
    /// The office with its records.
    pub office: &'a Office,
    /// What the checks said of it. A finding's number is its position here, from 1.
    pub assessment: &'a Assessment,
    /// The ledger of each of the notices.
    pub ledgers: &'a [Ledger],
    /// The notices that were asked for.
    pub notices: &'a [Notice],
    /// 点検基準日
    pub as_of: NaiveDate,
    /// The language of messages; the notices speak Japanese.
    pub lang: Lang,
    /// The short title of a check, in `lang`.
    pub check_title: &'a dyn Fn(&str) -> String,
    /// Page of the evidence bundle (from 1) by position of the finding in the assessment.
    pub bundle_pages: &'a BTreeMap<usize, usize>,
}

/// What `report.typ` reads.
#[derive(Serialize)]
struct Data {
    #[serde(flatten)]
    frame: Frame,
    summary: Summary,
    people: Vec<PersonPart>,
    office_groups: Vec<Group>,
    ledgers: Vec<LedgerPart>,
    missing: Vec<MissingNote>,
}

/// One user's pages.
#[derive(Serialize)]
struct PersonPart {
    name: Printable,
    certificate_number: Option<Printable>,
    calendars: Vec<Calendar>,
    groups: Vec<Group>,
}

/// Sets 点検報告書.pdf.
///
/// # Errors
/// Only when the document itself cannot be made; no content of a record is an error.
pub fn report(input: &ReportInput<'_>) -> Result<Pdf, PdfError> {
    let mut ink = Ink::default();
    let data = data(input, &mut ink);
    let printed = print(&Job {
        template: TEMPLATE,
        data: &data,
        as_of: input.as_of,
        identity: format!(
            "tenken report {} {} {}",
            input.office.name,
            input.office.number.as_deref().unwrap_or_default(),
            input.as_of
        ),
        tagged: true,
        landmark: "none",
    })?;
    Ok(Pdf {
        bytes: printed.bytes,
        pages: printed.pages,
        missing: ink.into_missing(),
    })
}

fn data(input: &ReportInput<'_>, ink: &mut Ink) -> Data {
    let people = (0..input.office.people.len())
        .map(|i| person_part(input, PersonId(i), ink))
        .collect();
    let mut data = Data {
        frame: Frame::of(input.as_of, input.lang, ink),
        summary: Summary::of(input, ink),
        people,
        office_groups: Group::of(input, Subject::Office, ink),
        ledgers: LedgerPart::of(input, ink),
        missing: Vec::new(),
    };
    data.missing = missing_notes(ink);
    data
}

fn person_part(input: &ReportInput<'_>, id: PersonId, ink: &mut Ink) -> PersonPart {
    let person = input.office.person(id);
    PersonPart {
        name: ink.text(called(person, input.lang), &person.name),
        certificate_number: person
            .certificate_number
            .as_ref()
            .map(|number| ink.text(number.as_str(), &person.name)),
        calendars: Calendar::of(input, id, ink),
        groups: Group::of(input, Subject::Person(id), ink),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::proof;
    use crate::emit::pdf::sample::Sample;
    use crate::model::{Unreadable, Verdict, Wording};

    fn pages(sample: &Sample) -> Vec<String> {
        let input = sample.report_input();
        proof::pages(TEMPLATE, &data(&input, &mut Ink::default()), sample.as_of)
    }

    #[test]
    fn every_finding_is_on_the_pages() {
        let mut sample = Sample::new(3, 1);
        sample.bundle_pages.insert(0, 987);
        let text = pages(&sample).concat();
        let findings = &sample.assessment.findings;
        assert!(findings.len() > 3);
        for (index, finding) in findings.iter().enumerate() {
            let letter = match finding.verdict {
                Verdict::Deficient => "不",
                Verdict::Review => "要",
            };
            assert!(text.contains(&format!("{letter}{}", index + 1)));
            assert!(text.contains(&finding.message.ja));
        }
        assert!(text.contains("綴り p.987"));
    }

    #[test]
    fn every_sentence_of_the_notice_is_on_the_pages() {
        let sample = Sample::new(2, 1);
        let all = pages(&sample);
        assert!(all[0].contains("通知の文（条項台帳）"));
        let text: String = all.concat().split_whitespace().collect();
        assert!(sample.notices[0].sentences().count() > 10);
        for (_, sentence) in sample.notices[0].sentences() {
            let asked: String = sentence.text.split_whitespace().collect();
            assert!(text.contains(&asked), "{asked}");
        }
        assert!(text.contains("保存する最後の日") && text.contains("入力に記録のない月"));
        let mut without = Sample::new(1, 1);
        without.ledgers.clear();
        let text = pages(&without).concat();
        assert!(!text.contains("保存する最後の日") && !text.contains("通知の文（"));
    }

    #[test]
    fn the_first_page_tells_where_the_office_stands() {
        let mut sample = Sample::new(2, 1);
        let all = sample.assessment.findings.len();
        let deficient = |sample: &Sample| {
            let findings = sample.assessment.findings.iter();
            findings.filter(|f| f.verdict == Verdict::Deficient).count()
        };
        let first = pages(&sample).swap_remove(0);
        assert!(first.contains(&sample.office.name));
        assert!(first.contains(&format!("不適合が{}件見つかりました", deficient(&sample))));
        assert!(first.contains(&format!("{}件あります", all - deficient(&sample))));
        assert!(first.contains("読み取れなかったファイルが1件"));

        sample.assessment.findings.clear();
        let first = pages(&sample).swap_remove(0);
        assert!(first.contains("記録から不適合は見つかりませんでした"));
        assert!(first.contains("点検していないもの"));
        assert!(!first.contains("件見つかりました"));
    }

    #[test]
    fn findings_about_the_office_come_before_the_users() {
        let sample = Sample::new(2, 1);
        let pages = pages(&sample);
        let page_of = |words: &str| pages.iter().position(|page| page.contains(words)).unwrap();
        let office = page_of("事業所全体についての指摘");
        let user = page_of("この月についての指摘");
        let not_checked = page_of("この報告書は、読み取れた記録から");
        assert!(office < user && user < not_checked);
    }

    #[test]
    fn the_last_finding_does_not_stand_alone() {
        let mut sample = Sample::new(1, 0);
        let finding = sample.assessment.findings[0].clone();
        let mut page_counts = std::collections::BTreeSet::new();
        for count in 23..29 {
            let one = |i: usize| {
                let mut one = finding.clone();
                one.subject = Subject::Person(PersonId(0));
                one.message.ja = format!("指摘の{i}番目です。");
                // The last two are of two checks, with the heading of the second between them.
                if i + 1 == count {
                    one.check = "daily-record-missing";
                }
                one
            };
            sample.assessment.findings = (0..count).map(one).collect();
            sample.draw_ledgers();
            let pages = pages(&sample);
            page_counts.insert(pages.len());
            let last = format!("指摘の{}番目です。", count - 1);
            let page = pages.iter().find(|page| page.contains(&last)).unwrap();
            assert!(
                page.contains(&format!("指摘の{}番目です。", count - 2)),
                "{count}"
            );
            assert!(page.contains("支援記録がない"), "{count}");
        }
        assert!(page_counts.len() > 1, "no page was ever full");
    }

    #[test]
    fn in_english_only_the_office_and_the_notice_speak_japanese() {
        let mut sample = Sample::new(1, 1);
        sample.lang = Lang::En;
        let text = pages(&sample).concat();
        for words in ["Findings by check", "What was not checked", "2025-09"] {
            assert!(text.contains(words), "{words}");
        }
        for words in ["指摘", "令和7年9月", "点検していない", "見つかりました"]
        {
            assert!(!text.contains(words), "{words}");
        }
    }

    #[test]
    fn the_same_office_gives_the_same_bytes() {
        let sample = Sample::new(2, 1);
        let one = report(&sample.report_input()).unwrap();
        assert_eq!(one, report(&sample.report_input()).unwrap());
        assert!(one.pages > 3 && one.missing.is_empty());
        let mut other = Sample::new(2, 1);
        other.as_of = other.as_of.succ_opt().unwrap();
        assert_ne!(one.bytes, report(&other.report_input()).unwrap().bytes);
    }

    #[test]
    fn a_character_without_a_glyph_is_told_on_paper_and_to_the_caller() {
        let mut sample = Sample::new(1, 1);
        sample.office.people[0].name = "𓀀田".to_owned();
        sample.office.name = "侮\u{e0101}り".to_owned();
        let done = report(&sample.report_input()).unwrap();
        let told: Vec<_> = done.missing.iter().map(|m| m.character).collect();
        assert_eq!(told, ['𓀀']);
        assert_eq!(done.missing[0].place, "𓀀田");
        let text = pages(&sample).concat();
        assert!(text.contains("〓田") && text.contains("U+13000"));
    }

    #[test]
    fn text_of_the_office_is_never_markup() {
        let mut sample = Sample::new(1, 1);
        let name = "#panic() *a* _b_ $c$ @d <e> `f` \\";
        sample.office.name = name.to_owned();
        sample.assessment.findings[0].message.ja = name.to_owned();
        assert!(pages(&sample).concat().matches(name).count() >= 2);
    }

    #[test]
    fn long_texts_stay_on_their_pages() {
        let mut sample = Sample::new(1, 1);
        sample.office.name = "とても長い事業所の名前".repeat(12);
        sample.office.people[0].name = "長い氏名".repeat(20);
        for i in 0..30 {
            sample.office.unreadable.push(Unreadable {
                file: format!("{}{i}.xlsx", "longfilename".repeat(20)).into(),
                code: "broken",
                message: Wording::new("読めません。".repeat(20), ""),
            });
        }
        let mut long = sample.assessment.findings[0].clone();
        long.message.ja = "長い説明です。".repeat(900);
        sample.assessment.findings = vec![long; 30];
        assert!(pages(&sample).len() > 10);
    }

    #[test]
    fn an_office_without_anything_has_a_report() {
        let mut sample = Sample::new(0, 0);
        sample.office = Office::default();
        sample.assessment = Assessment::default();
        sample.notices.clear();
        let first = pages(&sample).swap_remove(0);
        assert!(first.contains("日付のある記録がありません"));
        assert!(first.contains("点検できる記録がありませんでした"));
        assert!(!first.contains("不適合は見つかりませんでした"));
    }
}
