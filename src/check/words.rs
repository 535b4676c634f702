//! Turns of phrase that several checks share.

use chrono::{Datelike, NaiveDate};

use super::Words;
use crate::model::Wording;

/// Joins message and hint of a finding, each in Japanese and English.
pub(super) fn words(message: Wording, hint: Wording) -> Words {
    Words {
        message,
        hint,
        about: Vec::new(),
        rests_on: Vec::new(),
    }
}

/// `9月5日（金）`
pub(super) fn day_ja(day: NaiveDate) -> String {
    const NAMES: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
    let weekday = NAMES[day.weekday().num_days_from_monday() as usize];
    format!("{}月{}日（{weekday}）", day.month(), day.day())
}

/// `5 Sep (Fri)`
pub(super) fn day_en(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = MONTHS[day.month0() as usize];
    format!("{} {month} ({})", day.day(), day.weekday())
}

/// `9月1日（月）～9月5日（金）`, or the one day.
pub(super) fn days_ja(first: NaiveDate, last: NaiveDate) -> String {
    if first == last {
        day_ja(first)
    } else {
        format!("{}～{}", day_ja(first), day_ja(last))
    }
}

/// `1 Sep (Mon) to 5 Sep (Fri)`, or the one day.
pub(super) fn days_en(first: NaiveDate, last: NaiveDate) -> String {
    if first == last {
        day_en(first)
    } else {
        format!("{} to {}", day_en(first), day_en(last))
    }
}

/// What to do where a record may have been lost, never filled in as if it were of the day.
pub(super) fn look_for_the_record() -> Wording {
    Wording::new(
        "記録が別のファイルや紙にないかを確かめ、見つかれば入力に加えてください。実施した事実を確かめられない場合は、請求の対象から外すことを検討してください。",
        "Look for the record in other files and on paper and add it to the input. Where nothing shows that it was done, consider leaving it out of the claim.",
    )
}

/// What to do about a gap in a record.
pub(super) fn supplement_openly() -> Wording {
    Wording::new(
        "事実を確かめられる資料がある場合は、追記した日と追記した人を明らかにして補ってください。確かめられない場合は、そのままにして職員で対応を相談してください。",
        "Where other papers show the fact, add it with the day and the name of whoever adds it. Where nothing does, leave it as it is and decide together what to do.",
    )
}

/// What to do about a text that was not understood.
pub(super) fn look_at_the_text() -> Wording {
    Wording::new(
        "元の記録を開き、書かれている内容を目で確かめてください。",
        "Open the record and see for yourself what is written.",
    )
}

/// What to do when a whole kind of form is not in the input.
pub(super) fn add_the_form() -> Wording {
    Wording::new(
        "作成済みの場合は、入力に加えてもう一度点検してください。独自の様式で管理している場合は、その様式を加えてください。",
        "If it was kept, add it to the input and check again; a form of the office's own will do.",
    )
}

/// Why a user granted by another city is not judged.
pub(super) fn not_covered(city: &str) -> Wording {
    Wording::new(
        format!("支給決定が{city}ではないと読めるため、この通知では判定しません。"),
        "Granted by another place, so not judged by this notice.".to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_with_its_weekday() {
        let friday = NaiveDate::from_ymd_opt(2025, 9, 5).unwrap();
        assert_eq!(day_ja(friday), "9月5日（金）");
        assert_eq!(day_en(friday), "5 Sep (Fri)");
        assert_eq!(days_ja(friday, friday), "9月5日（金）");
        let monday = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap();
        assert_eq!(days_ja(monday, friday), "9月1日（月）～9月5日（金）");
    }
}
