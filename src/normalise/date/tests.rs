//! Dates as offices write them, and texts that are none.

use proptest::prelude::*;

use super::*;
use crate::model::date_in_japanese;

const SEPTEMBER: &str = "2025-09";

fn read(text: &str, month: &str) -> Option<(String, Vec<Doubt>)> {
    date(text, Month::parse(month))
        .ok()
        .map(|reading| (reading.value.to_string(), reading.doubts))
}

#[test]
fn a_day_is_written_in_many_ways() {
    for text in [
        "2025年9月3日",
        "２０２５年９月３日",
        "西暦2025年9月3日",
        "2025/9/3",
        "2025/09/03",
        "2025-09-03",
        "2025.9.3",
        "2025. 9. 3",
        "20250903",
        "2025-09-03T00:00:00",
        "2025-09-03 10:00:00",
        "2025/9/3 0:00",
        "令和7年9月3日",
        "令和 7 年 9 月 3 日",
        "令和７年９月３日",
        "令和07年09月03日",
        "令7.9.3",
        "R7.9.3",
        "R.7.9.3",
        "R7/9/3",
        "r07-09-03",
        "Ｒ７．９．３",
        "R070903",
        "㋿7年9月3日",
        "7年9月3日",
        "7/9/3",
        "7.9.3",
        "07.09.03",
        "令和7年9月3日（水）",
        "令和7年9月3日水曜日",
        "令和7年9月3日（電話）",
        "R7.9.3(水)",
        "2025/9/3 (Wed)",
        "2025年9月3日付",
        "令和7年9月3日時点",
        "令和7年9月3日分",
        "（R7.9.3）",
        "令和\n7年9月3日",
        "令和7年9月3日 10時",
        "25/9/3",
        "R7,9,3",
        "R7、9、3",
        "R7 9 3",
        "2025,9,3",
        "2025・9・3",
        "2025.9.3.",
        "R7.9.3.",
        "令和7年9月3日。",
        "令和7年9月3日㈬",
        "令和7年9月3日午前",
        "R7.9.3 10:00",
    ] {
        assert_eq!(
            read(text, SEPTEMBER),
            Some(("2025-09-03".into(), vec![])),
            "{text}"
        );
    }
}

#[test]
fn other_eras_are_read_too() {
    for (text, iso) in [
        ("令和元年5月1日", "2019-05-01"),
        ("H31.4.30", "2019-04-30"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64年1月7日", "1989-01-07"),
        ("S50.12.1", "1975-12-01"),
        ("7/9/3", "2025-09-03"),
    ] {
        assert_eq!(read(text, ""), Some((iso.into(), vec![])), "{text}");
    }
    assert_eq!(
        read("7.9.3", "2007-09"),
        Some(("2007-09-03".into(), vec![]))
    );
}

#[test]
fn a_day_without_a_year_lies_near_the_form() {
    let guessed = vec![Doubt::YearFromContext];
    for (text, month, iso) in [
        ("9/3", SEPTEMBER, "2025-09-03"),
        ("９月３日", SEPTEMBER, "2025-09-03"),
        ("9.3", SEPTEMBER, "2025-09-03"),
        ("9-3(水)", SEPTEMBER, "2025-09-03"),
        ("3日", SEPTEMBER, "2025-09-03"),
        ("3", SEPTEMBER, "2025-09-03"),
        ("9/3 10:00", SEPTEMBER, "2025-09-03"),
        ("12/29", "2026-01", "2025-12-29"),
        ("1/5", "2025-12", "2026-01-05"),
    ] {
        assert_eq!(
            read(text, month),
            Some((iso.into(), guessed.clone())),
            "{text}"
        );
    }
    for text in ["9/3", "3日", "3"] {
        assert_eq!(date(text, None), Err(words().reasons.year_missing.clone()));
    }
}

#[test]
fn dots_between_the_parts_are_told_from_dots_between_days() {
    assert_eq!(
        read("令7・9・3", SEPTEMBER),
        Some(("2025-09-03".into(), vec![]))
    );
    assert_eq!(
        read("R7・9・3(水)", SEPTEMBER).map(|day| day.0),
        Some("2025-09-03".into())
    );
    for several in ["9/3・9/10・9/17", "3,10,17", "9・3・10", "R7,9,3,10"] {
        assert!(date(several, Month::new(2025, 9)).is_err(), "{several}");
    }
}

#[test]
fn a_weekday_that_differs_is_a_doubt() {
    assert_eq!(
        read("令和7年9月3日（木）", SEPTEMBER),
        Some(("2025-09-03".into(), vec![Doubt::WeekdayDiffers]))
    );
    assert_eq!(
        read("2025/9/15(月・祝)", SEPTEMBER),
        Some(("2025-09-15".into(), vec![]))
    );
}

#[test]
fn what_is_no_day_says_why() {
    let reasons = &words().reasons;
    for (text, reason) in [
        ("2025/2/30", &reasons.no_such_day),
        ("令和7年13月1日", &reasons.no_such_day),
        ("20250231", &reasons.no_such_day),
        ("2/29", &reasons.no_such_day),
        ("31日", &reasons.no_such_day),
        ("31", &reasons.no_such_day),
        ("0/1", &reasons.no_such_day),
        ("令和元年4月30日", &reasons.outside_era),
        ("平成40年1月1日", &reasons.outside_era),
        ("令和0年1月1日", &reasons.outside_era),
        ("99/9/3", &reasons.year_unclear),
        ("令和7年9月", &reasons.incomplete_date),
        ("令和7年 月 日", &reasons.incomplete_date),
        ("R7.9", &reasons.incomplete_date),
        ("3025/9/3", &reasons.not_a_date),
        ("125/9/3", &reasons.not_a_date),
        ("令和2025年9月3日", &reasons.not_a_date),
        ("未定", &reasons.not_a_date),
        ("", &reasons.not_a_date),
        ("9/3頃", &reasons.not_a_date),
        ("9/3（予定）", &reasons.not_a_date),
        ("9/3・9/10", &reasons.not_a_date),
        ("2025/9/3～9/5", &reasons.not_a_date),
        ("123456789012", &reasons.not_a_date),
    ] {
        assert_eq!(
            date(text, Month::parse(SEPTEMBER)),
            Err(reason.clone()),
            "{text}"
        );
    }
}

#[test]
fn a_printed_frame_is_not_filled() {
    for frame in [
        "",
        "　",
        "令和　年　月　日",
        "年月日",
        "　/　",
        "　年　　月　　日（　）",
        "R　.　.　",
        "20　　年　月　日",
        "令和",
        "令和　年　月　日～令和　年　月　日",
        "自　年　月　日　至　年　月　日",
        "令和7年　月　日",
        "～",
        "＿＿年＿＿月＿＿日",
    ] {
        assert!(is_unfilled(frame), "{frame}");
    }
    for filled in [
        "令和7年9月3日",
        "令和7年9月　日",
        "9/3",
        "3",
        "2025",
        "未定",
        "令和　年　月　日～令和8年3月31日",
        "R7.9.3",
    ] {
        assert!(!is_unfilled(filled), "{filled}");
    }
}

#[test]
fn serial_numbers_count_from_1900() {
    for (serial, iso) in [
        (1.0, Some("1900-01-01")),
        (59.0, Some("1900-02-28")),
        (60.0, None),
        (61.0, Some("1900-03-01")),
        (45_903.0, Some("2025-09-03")),
        (45_903.99, Some("2025-09-03")),
        (109_939.0, Some("2200-12-31")),
        (109_940.0, None),
        (0.5, None),
        (-1.0, None),
        (f64::NAN, None),
        (f64::INFINITY, None),
    ] {
        assert_eq!(
            from_serial(serial).map(|day| day.to_string()).as_deref(),
            iso,
            "{serial}"
        );
    }
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in any::<String>()) {
        let _ = date(&text, None);
        let _ = date(&text, Month::parse(SEPTEMBER));
        is_unfilled(&text);
    }

    #[test]
    fn nor_is_anything_like_a_date(text in "[令和平成RHS元0-9０-９年月日/.() 　ー水-]{0,20}") {
        let _ = date(&text, None);
        let _ = date(&text, Month::parse(SEPTEMBER));
        is_unfilled(&text);
    }

    #[test]
    fn a_date_in_japanese_reads_back(days in 0u64..73_000) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(days);
        let reading = date(&date_in_japanese(day), None).unwrap();
        prop_assert_eq!(reading, Reading { value: day, doubts: vec![] });
    }

    #[test]
    fn any_serial_is_a_day_or_none(serial in any::<f64>()) {
        from_serial(serial);
    }
}

#[test]
fn the_bracket_around_a_weekday_may_be_left_open() {
    let third = Some(("2025-09-03".to_owned(), Vec::new()));
    for text in ["令和7年9月3日（水", "2025/9/3 ( 水曜日", "令和7年9月3日（"] {
        assert_eq!(read(text, SEPTEMBER), third, "{text}");
    }
    for text in ["令和7年9月3日（予定", "（令和7年9月"] {
        assert_eq!(read(text, SEPTEMBER), None, "{text}");
    }
}
