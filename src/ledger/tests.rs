//! The ledger held against offices that are whole, faulty, or lack a kind of form.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::check::CHECKS;
use crate::check::testing::{
    assessed, blank, date, notice, office, office_in, text, value, with_sheet,
};
use crate::model::{FileName, Location, SelfInspection, Skipped, Source, Unreadable};
use crate::notice::Clause;

/// The end of November 2025.
fn as_of() -> NaiveDate {
    date(2025, 11, 30)
}

fn drawn(office: &Office, notice: &Notice, as_of: NaiveDate) -> Vec<Row> {
    let notices = std::slice::from_ref(notice);
    let assessment = assessed(office, notices, as_of);
    let mut ledgers = ledgers(office, notices, &assessment, as_of);
    let rows = ledgers.remove(0).rows;
    assert!(!rows.is_empty());
    rows
}

fn kitakyushu(office: &Office) -> Vec<Row> {
    drawn(office, &notice("kitakyushu"), as_of())
}

fn row<'r>(rows: &'r [Row], id: &str) -> &'r Row {
    rows.iter().find(|row| row.id.to_string() == id).unwrap()
}

fn outcome(rows: &[Row], id: &str) -> Outcome {
    row(rows, id).outcome
}

/// An office without fault whose forms hold all that any check reads.
fn whole(year: i32, month: u32) -> Office {
    let mut office = with_sheet(office_in(year, month));
    let mut before = None;
    for record in &mut office.weekly {
        if let Some(day) = before {
            record.previous_date = value(day);
        }
        before = record.date.get();
    }
    office
}

/// One sentence a check, each a clause of its own.
fn one_by_one(id: &str) -> Notice {
    let mut notice = notice(id);
    notice.cited.remove(check::SELF_INSPECTION);
    let checks: Vec<String> = notice.cited.keys().cloned().collect();
    notice.clauses = checks
        .iter()
        .map(|check| Clause {
            number: check.clone(),
            text: String::new(),
            sentences: vec![Sentence {
                text: "求め。".to_owned(),
                checks: vec![check.clone()],
                self_inspection: false,
                no_check: None,
                only: None,
                retention: false,
            }],
        })
        .collect();
    notice.cited = checks.iter().map(|c| (c.clone(), c.clone())).collect();
    notice
}

fn answered(mut office: Office, id: &str, answer: Answer) -> Office {
    office.self_inspection.push(SelfInspection {
        sentence: SentenceId::parse(id).unwrap(),
        answer: value(answer),
        inspected_on: value(date(2025, 11, 4)),
        inspector: text("大友"),
        note: blank(),
        source: Source {
            file: "自主点検表.xlsx".into(),
            sheet: id.into(),
            at: None,
            ..Source::default()
        },
    });
    office
}

/// The kinds of form without which a check cannot decide: 1 to 4, w for 2-2, and s for 実績記録票.
fn forms_of(check: &str) -> &'static str {
    match check {
        "certificate-number-invalid"
        | "certificate-number-mismatch"
        | "doubtful-reading"
        | "no-records"
        | "unplaced-record"
        | "struck-or-hidden-text"
        | "media-evidence-missing" => "",
        "report-missing" | "home-visit-missing" => "1",
        "roster-entry-missing"
        | "roster-field-missing"
        | "municipality-not-covered"
        | "consent-after-start"
        | "application-before-consent"
        | "started-before-annotation"
        | "annotation-missing"
        | "grant-period-expired"
        | "plan-without-home-support" => "1",
        "off-plan-day" => "12",
        "overlapping-service"
        | "daily-record-missing"
        | "recorded-day-not-listed"
        | "listing-missing"
        | "listing-user-missing" => "24",
        "listed-day-count-mismatch" | "listing-mark-unread" => "4",
        "listed-evaluation-mismatch" => "3w4",
        "daily-field-missing"
        | "fewer-than-two-contacts"
        | "start-contact-missing"
        | "end-contact-missing"
        | "contact-method-missing"
        | "time-range-invalid"
        | "duplicate-daily-record"
        | "date-outside-month"
        | "date-in-future"
        | "repeated-record-text" => "2",
        "weekly-evaluation-missing" => "2w",
        "weekly-evaluation-text-only"
        | "weekly-evaluation-late"
        | "weekly-evaluation-period-too-long"
        | "weekly-evaluation-unconfirmed"
        | "weekly-field-missing"
        | "previous-date-mismatch" => "w",
        "monthly-evaluation-missing"
        | "monthly-evaluation-not-face-to-face"
        | "monthly-evaluation-unsigned"
        | "monthly-field-missing"
        | "monthly-date-outside-month" => "3",
        "monthly-evaluation-unattended" => "34",
        "service-record-day-missing"
        | "service-record-extra"
        | "service-record-time-mismatch"
        | "service-record-unconfirmed"
        | "service-record-remark-missing" => "2s",
        other => panic!("nothing says which forms {other} reads"),
    }
}

fn without(office: &Office, form: char) -> Office {
    let mut office = office.clone();
    match form {
        '1' => office.roster.clear(),
        '2' => office.daily.clear(),
        'w' => office.weekly.clear(),
        '3' => office.monthly.clear(),
        '4' => office.listing.clear(),
        's' => office.service_records.clear(),
        _ => panic!("no such form"),
    }
    office
}

#[test]
fn no_check_is_called_met_without_a_form_that_it_reads() {
    for (id, year, month, day) in [
        ("kitakyushu", 2025, 9, as_of()),
        ("hitachi", 2026, 3, date(2026, 5, 31)),
    ] {
        let notice = one_by_one(id);
        let whole = whole(year, month);
        for row in drawn(&whole, &notice, day) {
            assert_eq!(row.outcome, Outcome::Met, "{row:?}");
        }
        for form in "12w34s".chars() {
            for row in drawn(&without(&whole, form), &notice, day) {
                let is_needed = forms_of(&row.id.clause).contains(form);
                assert!(!is_needed || row.outcome != Outcome::Met, "{form} {row:?}");
            }
        }
    }
}

#[test]
fn every_check_is_held_to_its_forms() {
    for check in CHECKS.iter().filter(|c| c.name != check::SELF_INSPECTION) {
        forms_of(check.name);
    }
}

#[test]
fn every_sentence_has_one_row_in_order() {
    for id in Notice::builtin_ids() {
        let notice = notice(id);
        let rows = drawn(&office(), &notice, date(2026, 3, 1));
        let named: Vec<SentenceId> = notice.named_sentences().map(|(id, _)| id).collect();
        assert_eq!(
            rows.into_iter().map(|row| row.id).collect::<Vec<_>>(),
            named
        );
        assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len());
    }
}

#[test]
fn a_clean_office_meets_what_its_records_show() {
    let notice = notice("kitakyushu");
    let rows = kitakyushu(&whole(2025, 9));
    for ((_, sentence), row) in notice.named_sentences().zip(&rows) {
        let decided = !sentence.checks.is_empty();
        let expected = match (decided, sentence.self_inspection) {
            _ if sentence.only.is_some() => Outcome::NotApplicable,
            (false, false) => Outcome::NotApplicable,
            _ if sentence.retention => Outcome::Review,
            (_, true) => Outcome::SelfInspection,
            (true, false) => Outcome::Met,
        };
        assert_eq!(row.outcome, expected, "{row:?}");
        assert_eq!(
            row.reason.ja.is_empty(),
            expected == Outcome::Met,
            "{row:?}"
        );
    }
}

#[test]
fn a_deficiency_makes_its_sentences_unmet_and_no_others() {
    let mut faulty = whole(2025, 9);
    faulty.daily[0].contacts.pop();
    let rows = kitakyushu(&faulty);
    assert_eq!(outcome(&rows, "kitakyushu/6(3)/1"), Outcome::Unmet);
    assert_eq!(row(&rows, "kitakyushu/6(3)/1").findings.len(), 1);
    assert_eq!(outcome(&rows, "kitakyushu/6(3)/2"), Outcome::Unmet);
    assert_eq!(outcome(&rows, "kitakyushu/6(4)/1"), Outcome::Met);
    assert!(row(&rows, "kitakyushu/6(4)/1").findings.is_empty());
}

#[test]
fn a_question_makes_a_sentence_one_to_review() {
    let mut same = whole(2025, 9);
    for record in &mut same.daily {
        record.support = text("10:00 開始の電話\n15:00 終了の電話");
    }
    let rows = kitakyushu(&same);
    assert_eq!(outcome(&rows, "kitakyushu/4(4)イ/1"), Outcome::Review);
    assert_eq!(row(&rows, "kitakyushu/4(4)イ/1").findings.len(), 1);
}

#[test]
fn without_form_3_nothing_about_it_is_met() {
    let rows = kitakyushu(&without(&whole(2025, 9), '3'));
    for id in [
        "kitakyushu/4(5)/1",
        "kitakyushu/6(5)/1",
        "kitakyushu/参考様式/4",
    ] {
        assert_eq!(outcome(&rows, id), Outcome::Review, "{id}");
    }
    let reason = &row(&rows, "kitakyushu/6(5)/1").reason;
    assert!(reason.ja.contains("参考様式3") && reason.en.contains("form 3"));
    assert_eq!(outcome(&rows, "kitakyushu/6(4)/1"), Outcome::Met);
}

#[test]
fn an_office_without_records_meets_nothing() {
    for office in [Office::default(), without(&without(&office(), '2'), '4')] {
        for row in kitakyushu(&office) {
            assert_ne!(row.outcome, Outcome::Met, "{row:?}");
        }
    }
}

#[test]
fn what_is_not_due_yet_is_not_met() {
    let mut early = whole(2025, 9);
    early.weekly.clear();
    early.monthly.clear();
    early.listing.clear();
    early.daily.truncate(2);
    let notice = notice("kitakyushu");
    let rows = drawn(&early, &notice, date(2025, 9, 6));
    for id in [
        "kitakyushu/6(4)/1",
        "kitakyushu/6(5)/1",
        "kitakyushu/4(5)/3",
    ] {
        let row = row(&rows, id);
        assert_eq!(row.outcome, Outcome::NotApplicable, "{row:?}");
        assert!(row.reason.ja.contains("期限前"), "{row:?}");
    }
    assert_eq!(outcome(&rows, "kitakyushu/6(3)/1"), Outcome::Met);
}

#[test]
fn a_notice_says_nothing_of_days_before_it() {
    let hitachi = notice("hitachi");
    for day in [date(2025, 11, 20), date(2026, 3, 1)] {
        for row in drawn(&whole(2025, 9), &hitachi, day) {
            let open = row.outcome == Outcome::SelfInspection;
            assert!(open || row.outcome == Outcome::NotApplicable, "{row:?}");
            assert!(day >= hitachi.in_force_from || !open, "{row:?}");
        }
    }
    let rows = drawn(&whole(2026, 3), &hitachi, date(2026, 5, 31));
    assert_eq!(outcome(&rows, "hitachi/2(3)/1"), Outcome::Met);
}

#[test]
fn an_unreadable_file_leaves_everything_open() {
    let mut unread = whole(2025, 9);
    unread.unreadable.push(Unreadable {
        file: FileName::from("9月.xlsx"),
        code: "password-protected",
        message: Wording::default(),
    });
    for row in kitakyushu(&unread) {
        assert_ne!(row.outcome, Outcome::Met, "{row:?}");
    }
}

#[test]
fn a_sheet_with_a_part_that_was_not_read_leaves_everything_open() {
    let sheets = ["9月分", "10月分", "11月分", "12月分"];
    let mut unread = whole(2025, 9);
    unread.unrecognised.extend(sheets.map(|sheet| Location {
        file: "記録/独自.xlsx".into(),
        sheet: sheet.into(),
        cell: None,
    }));
    let (clean, rows) = (kitakyushu(&whole(2025, 9)), kitakyushu(&unread));
    assert_eq!(clean.len(), rows.len());
    assert!(clean.iter().any(|row| row.outcome == Outcome::Met));
    for (before, row) in clean.iter().zip(&rows) {
        assert_ne!(row.outcome, Outcome::Met, "{row:?}");
        let names_it = row.reason.ja.contains("独自.xlsx「9月分」");
        assert_eq!(names_it, row.reason.ja.contains("ほか1件"), "{row:?}");
        if before.outcome == Outcome::Met {
            assert!(row.outcome == Outcome::Review && names_it, "{row:?}");
        } else if !names_it {
            assert_eq!(row, before);
        }
    }
}

#[test]
fn a_sheet_that_is_nobodys_record_leaves_nothing_open() {
    let mut sample = whole(2025, 9);
    sample.skipped.push(Skipped {
        file: "記録.xlsx".into(),
        sheet: Some("記載例".to_owned()),
        reason: Wording::new("記載例のシート", "a sample"),
    });
    assert_eq!(kitakyushu(&sample), kitakyushu(&whole(2025, 9)));
}

#[test]
fn an_answer_settles_what_no_record_shows() {
    let id = "kitakyushu/6(1)/1";
    for (answer, expected) in [
        (Answer::Met, Outcome::Met),
        (Answer::Unmet, Outcome::Unmet),
        (Answer::NotApplicable, Outcome::NotApplicable),
    ] {
        let rows = kitakyushu(&answered(whole(2025, 9), id, answer));
        assert_eq!(outcome(&rows, id), expected);
        let found = usize::from(answer == Answer::Unmet);
        assert_eq!(row(&rows, id).findings.len(), found);
        assert!(row(&rows, id).reason.ja.contains("令和7年11月4日"));
        assert_eq!(outcome(&rows, "kitakyushu/6(2)/1"), Outcome::SelfInspection);
    }
}

#[test]
fn an_answer_does_not_speak_for_records_that_are_not_there() {
    let id = "kitakyushu/7(1)/1";
    let met = |office| outcome(&kitakyushu(&answered(office, id, Answer::Met)), id);
    assert_eq!(met(whole(2025, 9)), Outcome::Met);
    assert_eq!(met(without(&whole(2025, 9), '1')), Outcome::Review);
    let early = answered(whole(2025, 3), id, Answer::Met);
    assert_eq!(outcome(&kitakyushu(&early), id), Outcome::NotApplicable);
}

#[test]
fn service_record_sheets_that_were_not_given_are_left_to_the_office() {
    let (sheet, remark) = ("kitakyushu/4(4)ウ/1", "kitakyushu/4(4)ウ/2");
    let bare = without(&whole(2025, 9), 's');
    for id in [sheet, remark] {
        assert_eq!(outcome(&kitakyushu(&bare), id), Outcome::SelfInspection);
        let rows = kitakyushu(&answered(bare.clone(), id, Answer::Met));
        assert_eq!(outcome(&rows, id), Outcome::Met);
        assert!(row(&rows, id).reason.ja.contains("実績記録票は入力に"));
    }
    let mut other = whole(2025, 9);
    other.service_records[0].month = value(crate::model::Month::new(2025, 8).unwrap());
    let rows = kitakyushu(&answered(other, remark, Answer::Met));
    assert_eq!(outcome(&rows, remark), Outcome::Review);
}

#[test]
fn an_unsigned_or_doubled_answer_is_open() {
    let id = "kitakyushu/6(1)/1";
    let mut unsigned = answered(whole(2025, 9), id, Answer::Met);
    unsigned.self_inspection[0].inspector = blank();
    assert_eq!(outcome(&kitakyushu(&unsigned), id), Outcome::Review);
    let doubled = answered(whole(2025, 9), id, Answer::Met);
    let doubled = answered(doubled, id, Answer::NotApplicable);
    assert_eq!(outcome(&kitakyushu(&doubled), id), Outcome::Review);
}

#[test]
fn a_sentence_on_users_from_before_speaks_of_no_others() {
    let id = "kitakyushu/5/1";
    let mut new = whole(2025, 9);
    new.roster[0].annotated_on = blank();
    let rows = kitakyushu(&new);
    assert_eq!(outcome(&rows, id), Outcome::NotApplicable);
    assert_eq!(outcome(&rows, "kitakyushu/4/1"), Outcome::Unmet);
    let mut unknown = new.clone();
    unknown.roster[0].home_start = blank();
    assert_eq!(outcome(&kitakyushu(&unknown), id), Outcome::Review);
    let mut renewed = new;
    renewed.roster[0].home_start = value(date(2024, 10, 1));
    renewed.roster[0].grant_to = value(date(2025, 8, 31));
    assert_eq!(outcome(&kitakyushu(&renewed), id), Outcome::Unmet);
}

#[test]
fn months_that_are_not_in_the_input_leave_the_keeping_open() {
    let id = "kitakyushu/7(4)/1";
    let mut all = whole(2025, 9);
    assert_eq!(outcome(&kitakyushu(&all), id), Outcome::Review);
    all.roster[0].home_start = value(date(2025, 9, 1));
    all.roster[0].home_end = value(date(2025, 9, 30));
    assert_eq!(outcome(&kitakyushu(&all), id), Outcome::SelfInspection);
    let kept = answered(all, id, Answer::Met);
    assert_eq!(outcome(&kitakyushu(&kept), id), Outcome::Met);
    let missing = answered(whole(2025, 9), id, Answer::Met);
    assert_eq!(outcome(&kitakyushu(&missing), id), Outcome::Review);
}

#[test]
fn counts_add_up() {
    let notices = [notice("kitakyushu"), notice("hitachi")];
    let assessment = assessed(&office(), &notices, as_of());
    let drawn = ledgers(&office(), &notices, &assessment, as_of());
    let mut counts = Counts::of(&drawn);
    let rows: usize = drawn.iter().map(|ledger| ledger.rows.len()).sum();
    assert_eq!(counts.total(), rows);
    counts.add(&Counts::of(&drawn[..1]));
    assert_eq!(counts.total(), rows + drawn[0].rows.len());
    let by_outcome = Outcome::ALL.map(|outcome| counts.get(outcome));
    assert_eq!(by_outcome.iter().sum::<usize>(), counts.total());
}

proptest! {
    /// Whatever is taken away, every sentence has a row, and none is met by a check that saw
    /// nothing of a form that it reads.
    #[test]
    fn no_gap_makes_a_sentence_met(
        gone in prop::collection::vec(prop::sample::select(vec!['1', '2', 'w', '3', '4', 's']), 0..4),
        day in 0..400u64,
    ) {
        let as_of = date(2025, 9, 1) + chrono::Days::new(day);
        let notice = notice("kitakyushu");
        let office = gone.iter().fold(whole(2025, 9), |office, form| without(&office, *form));
        let rows = drawn(&office, &notice, as_of);
        prop_assert_eq!(rows.len(), notice.sentences().count());
        for ((_, sentence), row) in notice.named_sentences().zip(&rows) {
            let needs: String = sentence.checks.iter().map(|check| forms_of(check)).collect();
            let lacks = gone.iter().any(|form| needs.contains(*form));
            prop_assert!(!lacks || row.outcome != Outcome::Met, "{:?}", row);
        }
    }
}
