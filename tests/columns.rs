//! Columns of tables whose heads no template lists word for word: two that ask for the same
//! thing, one that asks for two, ends of a period in brackets, contacts in rows beside the
//! working time.

use crate::layouts::{merged, page, told};

#[test]
fn hours_beside_start_and_end_and_contacts_under_their_names() {
    let month = page(
        "9月",
        "
            在宅就労支援 月間記録 令和7年9月分 | | | | 氏名：森下 澪
            日 | 区分 | 作業時間 | | 提供時間数 | 作業内容 | 開始時の連絡 | | | 終了時の連絡 | | | 心身の状況 | 対応者
            | | 開始 | 終了 | | | 時刻 | 手段 | 確認・助言の要点 | 時刻 | 手段 | 確認・助言の要点
            1 | 在宅 | 9:00 | 15:00 | 6.0 | 検品 | 8:55 | Zoom | 手順を確認した | 15:05 | Zoom | 成果を受け取った | 良好 | 大友
            2 | 通所 | 9:30 | 15:00 | 5.5 | （通所にて作業）
            3 | | | | | 祝日のため休み
        ",
    );
    let ranges = [
        "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "G2:I2", "J2:L2", "M2:M3", "N2:N3",
    ];
    insta::assert_snapshot!(told(merged(month, &ranges)));
}

#[test]
fn a_holiday_and_paid_hours_in_a_calendar_are_no_record_and_no_time() {
    let month = |usage: &str| {
        let text = format!(
            "
            在宅勤務日報 | | 令和7年10月分 | | 氏名：森下 澪
            日 | 区分 | 勤務時間 | | 業務内容 | 心身の状況 | 記録者 | 賃金
            | | 始業 | 終業 | | | | 時間
            10 | 在宅 | 9:30 | 14:30 | 入力 | 良好 | 大友 | 4
            13 | {usage} | | | スポーツの日
        "
        );
        let ranges = ["A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "G2:G3"];
        told(merged(page("10月", &text), &ranges))
    };
    let open = month("");
    assert!(open.contains("9:30") || open.contains("09:30"), "{open}");
    assert!(!open.contains("スポーツの日"), "{open}");
    assert!(month("在宅").contains("スポーツの日"));
}

#[test]
fn two_rows_a_day_with_the_contact_named_in_each() {
    let month = page(
        "別紙",
        "
            在宅支援記録
            利用者氏名 | 森下 澪 | | | 令和7年9月分
            日付 | 曜日 | 支援時間 | 訓練内容 | 区分 | 連絡時刻 | 連絡方法 | 連絡・助言・進捗確認の内容 | 心身の状況・助言 | 記録者
            9/1 | 月 | 9:00～15:00 | 検品 | 開始 | 8:55 | 電話 | 手順を確認した | 良好 | 大友
            | | | | 終了 | 15:00 | 電話 | 成果を受け取った
            9/2 | 火 | 9:00～12:00 | 宛名書き | 開始 | 9:00 | 電話 | 体調を確認した | 眠気あり | 大友
            | | | | 終了 | 12:05 | 電話 | 次の予定を伝えた
        ",
    );
    let ranges = [
        "A4:A5", "B4:B5", "C4:C5", "D4:D5", "I4:I5", "J4:J5", "A6:A7", "B6:B7", "C6:C7", "D6:D7",
        "I6:I7", "J6:J7",
    ];
    insta::assert_snapshot!(told(merged(month, &ranges)));
}

#[test]
fn a_head_that_asks_for_two_things_and_one_that_only_sounds_like_an_item() {
    let weeks = page(
        "週評価",
        "
            週間評価記録 令和7年9月分 | | | 氏名：森下 澪
            週 | 対象期間 | 評価日・方法 | 評価区分 | 評価内容 | 実施者 | サビ管
            第1週 | 9/1～9/5 | 9/5（電話） | 週次 | 丁寧に作業できた。 | 大友 | 佐野
            第2週 | 9/8～9/12 | 9/12（予定） | 週次 | 質問が増えた。 | 大友 | 佐野
        ",
    );
    insta::assert_snapshot!(told(weeks));
}

#[test]
fn ends_of_a_period_in_brackets_behind_its_name() {
    let roster = page(
        "名簿",
        "
            在宅支援対象者名簿
            利用者氏名 | 受給者証番号 | 支給決定期間⏎（始期） | 支給決定期間⏎（終期） | 同意日
            森下 澪 | 0100000031 | R7.4.1 | R8.3.31 | R7.4.13
        ",
    );
    insta::assert_snapshot!(told(roster));
}

#[test]
fn days_across_with_heads_of_two_levels_down_the_side() {
    let week = page(
        "9.1～",
        "
            在宅就労支援 週間記録 令和7年9月
            ご利用者 | | 森下 澪 様 | 受給者証番号　0100000031
            日付 | | 9/1（月） | 9/2（火） | 9/3（水）
            利用形態 | | 在宅 | 通所 | 在宅
            就労時間 | 開始 | 9:30 | | 9:30
            | 終了 | 12:30 | | 12:00
            作業内容 | | 検品 | | 宛名書き
            始業時⏎連絡 | 時刻 | 9:30 | | 9:25
            | 内容 | 手順を確認した | | 体調を確認した
            就業中⏎確認 | 時刻
            | 内容
            終業時⏎連絡 | 時刻 | 12:35 | | 12:00
            | 内容 | 成果を受け取った | | 次の予定を伝えた
            記録者 | | 大友 | | 佐野
        ",
    );
    let ranges = [
        "A2:B2", "A3:B3", "A4:B4", "A5:A6", "A7:B7", "A8:A9", "A10:A11", "A12:A13", "A14:B14",
    ];
    insta::assert_snapshot!(told(merged(week, &ranges)));
}
