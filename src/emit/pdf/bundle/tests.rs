//! The bundle as it is printed: what stands on its pages.

use super::*;
use crate::emit::pdf::proof;
use crate::emit::pdf::sample::Sample;
use crate::model::{
    Cell, Field, PersonId, ServiceDay, ServiceRecordSheet, Subject, Verdict, When, Wording,
};

fn pages(sample: &Sample) -> Vec<String> {
    let input = sample.bundle_input();
    let pins = Pins::of(&sample.office, &sample.assessment.findings);
    let data = data(&input, &pins, &mut Ink::default());
    proof::pages(TEMPLATE, &data, sample.as_of)
}

#[test]
fn every_finding_is_marked_on_the_page_that_is_told() {
    let sample = Sample::new(3, 1);
    let done = bundle(&sample.bundle_input()).unwrap();
    let pages = pages(&sample);
    assert_eq!(done.pdf.pages, pages.len());
    let findings = &sample.assessment.findings;
    assert!(done.finding_pages.keys().copied().eq(0..findings.len()) && findings.len() > 3);
    for (index, page) in &done.finding_pages {
        let letter = match findings[*index].verdict {
            Verdict::Deficient => "不",
            Verdict::Review => "要",
        };
        let mark = format!("{letter}{}", index + 1);
        assert!(pages[page - 1].contains(&mark), "{mark} on page {page}");
    }
}

#[test]
fn every_record_is_printed_with_its_source() {
    let sample = Sample::new(2, 1);
    let text = pages(&sample).concat();
    let Office { daily, weekly, .. } = &sample.office;
    assert!(!daily.is_empty() && !weekly.is_empty());
    let records = daily.iter().map(|r| &r.source);
    for source in records.chain(weekly.iter().map(|r| &r.source)) {
        let at = source.at.unwrap();
        let origin = format!("出典：{}　シート「{}」{at}", source.file, source.sheet);
        assert!(text.contains(&origin), "{origin}");
    }
}

#[test]
fn a_record_longer_than_a_page_is_printed_to_its_end() {
    let mut sample = Sample::new(1, 1);
    for (i, lines) in [(0, 20), (1, 30), (2, 45), (3, 300)] {
        let body = "・連絡をした。長い一日の記録である。\n".repeat(lines);
        sample.office.daily[i].support.raw = format!("{body}終わり{i}");
    }
    sample.office.daily[4].support.raw = "W".repeat(4000) + "終わり4";
    sample.office.daily[5].recorder.raw = "記録者".repeat(2000) + "終わり5";
    sample.office.monthly[0].health.raw = "健康".repeat(3000) + "終わり6";
    sample.office.roster[0].reason.raw = "理由".repeat(3000) + "終わり7";
    let text = pages(&sample).concat();
    for i in 0..8 {
        assert!(text.contains(&format!("終わり{i}")), "{i}");
    }
}

#[test]
fn every_page_of_records_says_whose_of_when_and_on_which_form() {
    let sample = Sample::new(2, 2);
    let pages = pages(&sample);
    let boxes: Vec<&String> = (pages.iter())
        .filter(|page| page.contains("作業・訓練内容"))
        .collect();
    assert!(boxes.len() > 10);
    for page in boxes {
        let head: String = page.chars().take(80).collect();
        let form = head.contains("就労支援記録（参考様式2）")
            || head.contains("対象者リスト（参考様式1）")
            || head.contains("実施一覧表（本人の行）");
        assert!(form && head.contains("証拠書類綴り　"), "{head}");
        assert!(
            sample
                .office
                .people
                .iter()
                .any(|it| head.contains(&it.name))
        );
    }
    let evaluations: Vec<&String> = (pages.iter())
        .filter(|page| page.contains("評価内容") && !page.contains("作業・訓練内容"))
        .collect();
    assert!(!evaluations.is_empty());
    for page in evaluations {
        let head: String = page.chars().take(80).collect();
        assert!(head.contains("（評価）（参考様式2-2）"), "{head}");
    }
}

#[test]
fn a_record_that_goes_on_says_its_day_again() {
    let date = "令和7年9月1日";
    let days_on = |lines: usize| {
        let mut sample = Sample::new(1, 1);
        let office = &mut sample.office;
        office.daily.truncate(1);
        office.weekly.clear();
        let record = &mut office.daily[0];
        record.date = Field::read("", NaiveDate::from_ymd_opt(2025, 9, 1).unwrap(), None);
        record.support.raw = "・連絡をした。\n".repeat(10);
        record.condition_and_advice.raw = "よく眠れたとのこと。\n".repeat(lines);
        let pages = pages(&sample);
        pages
            .iter()
            .filter(|page| page.contains(date) && page.contains("実施日"))
            .count()
    };
    let (whole, parted) = (days_on(1), days_on(29));
    assert_eq!(parted, whole + 1);
}

#[test]
fn a_service_record_sheet_is_printed_with_its_marks() {
    let mut sample = Sample::new(1, 1);
    let daily = sample.office.daily[0].clone();
    let confirmed = Field::blank(Cell::parse("I9"));
    let day = ServiceDay {
        date: daily.date.clone(),
        confirmed: confirmed.clone(),
        remarks: Field::read("在宅就労", "在宅就労".to_owned(), None),
        ..ServiceDay::default()
    };
    let mut source = daily.source.clone();
    source.file = "実績記録票.xlsx".into();
    let finding = &mut sample.assessment.findings[0];
    finding.subject = Subject::Person(daily.user.person);
    finding.when = When::Date(daily.date.get().unwrap());
    finding.location = Some(source.locate(confirmed.cell));
    sample.office.service_records.push(ServiceRecordSheet {
        user: daily.user.clone(),
        month: Field::blank(None),
        days: vec![day],
        source,
    });
    let pages = pages(&sample);
    let page = pages
        .iter()
        .find(|page| page.contains("利用者確認"))
        .unwrap();
    assert!(page.contains("在宅就労") && page.contains("実績記録票.xlsx"));
    let done = bundle(&sample.bundle_input()).unwrap();
    assert!(pages[done.finding_pages[&0] - 1].contains("利用者確認"));
}

#[test]
fn a_mark_that_is_not_known_is_printed_as_written() {
    let mut sample = Sample::new(1, 1);
    let row = &mut sample.office.listing[0].rows[0];
    let mark = Field::unclear("半休", Wording::default(), Cell::parse("ZZ9"));
    row.days.remove(0);
    row.unread_days.push((1, mark));
    let location = row.source.locate(Cell::parse("ZZ9"));
    sample.assessment.findings.truncate(1);
    sample.assessment.findings[0].location = Some(location);
    assert!(pages(&sample).concat().contains("半休"));
    let done = bundle(&sample.bundle_input()).unwrap();
    assert!(done.finding_pages.contains_key(&0));
}

#[test]
fn a_record_of_an_unknown_day_is_not_left_out() {
    let mut sample = Sample::new(1, 1);
    let reason = Wording::new("日付として読み取れません", "not a date");
    sample.office.daily[0].date = Field::unclear("九月吉日", reason, None);
    let text = pages(&sample).concat();
    assert!(text.contains("年月の分からない記録"));
    assert!(text.contains("九月吉日") && text.contains("日付として読み取れません"));
}

#[test]
fn the_same_office_gives_the_same_bytes() {
    let sample = Sample::new(2, 1);
    let one = bundle(&sample.bundle_input()).unwrap();
    assert_eq!(one, bundle(&sample.bundle_input()).unwrap());
    assert!(one.pdf.missing.is_empty());
}

#[test]
fn a_character_without_a_glyph_is_told_with_its_file() {
    let mut sample = Sample::new(1, 1);
    sample.office.daily[0].work.raw = "袋詰め𓀀".to_owned();
    let done = bundle(&sample.bundle_input()).unwrap();
    let file = &*sample.office.daily[0].source.file;
    assert_eq!(done.pdf.missing.len(), 1);
    assert!(done.pdf.missing[0].place.starts_with(file));
    assert!(pages(&sample).concat().contains("袋詰め〓"));
}

#[test]
fn an_office_without_anything_has_a_bundle() {
    let mut sample = Sample::new(0, 0);
    sample.office = Office::default();
    sample.assessment = Assessment::default();
    let done = bundle(&sample.bundle_input()).unwrap();
    assert!(done.finding_pages.is_empty());
    assert!(pages(&sample)[0].contains("月の分かる記録がありません"));
}

#[test]
fn users_of_whom_only_the_roster_tells_are_printed() {
    for whose in [0, 1, 2] {
        let mut sample = Sample::new(3, 1);
        let id = PersonId(whose);
        let office = &mut sample.office;
        office.daily.retain(|record| record.user.person != id);
        office.weekly.retain(|record| record.user.person != id);
        office.monthly.retain(|record| record.user.person != id);
        office.listing.clear();
        office.service_records.clear();
        sample.assessment.findings.clear();
        let name = sample.office.people[whose].name.clone();
        let has_form = |sample: &Sample| {
            let pages = pages(sample);
            let mut forms = pages.iter().filter(|page| page.contains("支給決定期間"));
            forms.any(|page| page.contains(&name))
        };
        assert!(has_form(&sample), "{whose}");
        sample.office.roster.retain(|entry| entry.user.person != id);
        assert!(!has_form(&sample), "{whose}");
    }
}

#[test]
fn months_that_are_not_known_come_last() {
    let month = Month::new(2025, 9).unwrap();
    let mut slots = [Slot(None), Slot(Some(month.next())), Slot(Some(month))];
    slots.sort();
    assert_eq!(slots.map(|s| s.0), [Some(month), Some(month.next()), None]);
}
