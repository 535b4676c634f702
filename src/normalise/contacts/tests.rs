//! Contacts as offices write them, and texts that are none.

use proptest::prelude::*;

use super::*;
use crate::model::ContactKind::{End, Progress, Start, Unanswered};

fn at(hm: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(hm, "%H:%M").ok()
}

fn times(text: &str) -> Vec<String> {
    contacts(text, at("9:00"), at("15:00"))
        .into_iter()
        .map(|contact| {
            contact
                .time
                .map_or(String::new(), |time| time.format("%-H:%M").to_string())
        })
        .collect()
}

fn read(text: &str) -> Vec<(String, ContactKind)> {
    let contacts = contacts(text, at("9:00"), at("15:00"));
    contacts
        .into_iter()
        .map(|c| {
            (
                c.time
                    .map_or(String::new(), |time| time.format("%-H:%M").to_string()),
                c.kind,
            )
        })
        .collect()
}

#[test]
fn a_box_with_a_long_head_is_a_contact_of_its_own() {
    let boxed =
        "【開始時の連絡】9:00 体調を確認。\n【その他の支援（途中の連絡等）】12:30 ここまで12件。";
    assert_eq!(times(boxed), ["9:00", "12:30"]);
    let prose = "9:00 開始の電話。\n本人が途中で連絡してきた用件は昨日の12:30の件";
    assert_eq!(times(prose), ["9:00"]);
}

#[test]
fn an_attempt_that_nobody_answered_is_told_apart() {
    let kinds =
        |text: &str| -> Vec<ContactKind> { read(text).into_iter().map(|(_, kind)| kind).collect() };
    for (text, expected) in [
        (
            "9:00 電話したが不在、応答なし。\n15:00 電話したが応答なし。",
            [Unanswered; 2],
        ),
        (
            "9:00 開始の電話、つながらず\n15:00 終了の電話",
            [Unanswered, End],
        ),
        (
            "9:00 開始の電話。\n15:00 終了の連絡なし。",
            [Start, Unanswered],
        ),
        (
            "9:00 開始の電話。\n15:00 電話したが終了を確認できず。",
            [Start, Unanswered],
        ),
        (
            "9:00 電話に出ず、9時10分に折り返しあり\n15:00 終了報告",
            [Start, End],
        ),
        (
            "9:00 開始連絡。担当者が不在のため別の職員が対応\n15:00 終了連絡",
            [Start, End],
        ),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
    }
}

#[test]
fn two_contacts_of_one_line_are_two() {
    for text in [
        "10:00開始℡。15:00終了℡。",
        "10時の始業電話。15時の終業電話。",
        "午前10時の始業電話。午後3時の終業電話。",
    ] {
        let kinds: Vec<ContactKind> = read(text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [Start, End], "{text}");
    }
    assert_eq!(read("9:00 開始の電話。13時の予定を確認").len(), 1);
}

#[test]
fn contacts_of_one_sentence_are_told_apart() {
    for text in [
        "朝10:00電話、夕15:00電話",
        "朝（10:00）電話で体調を聞く、夕方（15:00）電話で成果を聞く",
        "朝は10:00、夕は15:00に電話した",
        "開始時10:00と終了時15:00に電話",
        "10:00と15:00の2回電話",
        "10:00 15:00 電話",
        "10:00電話 15:00電話",
        "10:00電話15:00電話",
        "10時に始業の連絡、15時に終業の連絡",
        "10:00始業、15:00終業",
        "10:00「おはようございます」と投稿あり。15:00「お疲れさまでした」と投稿あり。",
        "10:00「おはようございます」15:00「お疲れさまでした」",
        "10:00に電話を受け作業開始。その後も順調で15:00に電話で成果を聞く",
    ] {
        assert_eq!(
            read(text),
            [("10:00".into(), Start), ("15:00".into(), End)],
            "{text}"
        );
    }
    for text in [
        "10:00開始、15:00終了の予定と連絡を受けた。",
        "10:00 電話。昨日は15:00に電話があった",
        "10:00 電話。15:00に再度連絡するよう伝えた",
        "10:00 電話。「15:00に連絡します」とのこと",
        "10:00開始の電話、10:30から封入作業、12:00昼休み",
    ] {
        assert_eq!(times(text), ["10:00"], "{text}");
    }
}

#[test]
fn contacts_are_written_in_many_ways() {
    for text in [
        "・9:00　利用者から作業開始の電話\n・12:00　進捗を確認\n・15:00　終了連絡",
        "9:00  開始連絡。\n12:00  進捗を確認。\n15:00  終了連絡。",
        "９：００　開始連絡\r\n１２：００　進捗確認\r\n１５：００　終了連絡",
        "①9時 開始\n②12時 進捗確認\n③15時 終了",
        "①9:00開始連絡 ②12:00進捗確認 ③15:00終了連絡",
        "9:00～ 開始の連絡\n12:00～ 進捗の確認\n15:00～ 終了の連絡",
        "9:00～9:10 開始の連絡\n12:00～12:05 進捗の確認\n15:00～15:10 終了の連絡",
        "【開始】9:00 体調確認\n【途中】12:00 進捗確認\n【終了】15:00 成果確認",
        "開始 9:00 体調確認\n中間 12:00 進捗確認\n終了 15:00 成果確認",
        "開始9:00　進捗確認12:00　終了15:00",
        "開始：9:00　途中確認：12:00\n終了：15:00",
        "9:00 開始連絡／12:00 進捗確認／15:00 終了",
        "9:00開始連絡、12:00進捗確認、15:00終了連絡",
        "9:00 開始連絡 12:00 進捗確認 15:00 終了連絡",
        "9:00 開始連絡。12:00 進捗確認。15:00 終了連絡。",
        "9:00に開始の電話。\n12:00に進捗を確認。\n15:00に終了の電話。",
        "9:00に開始の連絡あり。12:00に進捗を電話で確認。15:00に終了の報告あり。",
        "本日は9:00に開始の電話を受け、12:00に進捗を確認した。作業は順調で、15:00に終了の報告を受けた。",
        "開始連絡（9:00）、進捗確認（12:00）、終了連絡（15:00）",
        "・午前9時　開始\n・正午　進捗確認\n・午後3時　終了",
        "・ 9:00 : 開始\n・12:00 : 進捗確認\n・15:00 : 終了",
        "9:00 開始連絡\n12:00～13:00 昼休憩\n12:00 進捗確認\n15:00 終了連絡",
        "1回目 9:00 開始\n2回目 12:00 進捗確認\n3回目 15:00 終了",
        "1. 9:00 開始\n2. 12:00 進捗確認\n3. 15:00 終了",
        "■開始連絡\n9:00　電話\n■途中\n12:00　電話\n■終了連絡\n15:00　電話",
        "【AM】9:00　開始の電話。【昼】12:00　電話。【PM】15:00　終了の電話。",
        "9:00、12:00、15:00に電話で状況を確認した。",
        "9/3 9:00 開始連絡\n9/3 12:00 進捗確認\n9/3 15:00 終了連絡",
        "9:00開始連絡。\n途中、12時に電話を入れる。\n15:00終了連絡。",
    ] {
        assert_eq!(
            read(text),
            [
                ("9:00".into(), Start),
                ("12:00".into(), Progress),
                ("15:00".into(), End)
            ],
            "{text}"
        );
    }
}

#[test]
fn a_time_within_a_sentence_opens_nothing() {
    for text in [
        "・12:00　電話。半分を終えた。13:00まで昼休みを取り、13:00から再開することを確認。",
        "12:00 電話。15:00に報告するよう伝えた。",
        "12:00 電話。13:00再開予定。",
        "12:00 電話。昼休みは13時から14時。",
        "12:00 電話。昼休みを取り、\n13:00に再開する。",
        "12:00 電話。昼休みの後\n13:00から再開する。",
        "12:00 電話。次は14:00の予定。",
        "12:00 電話。6時間眠れた。22:00就寝、7:00起床。",
        "12:00 電話\n15:00まで作業を続ける。",
        "12:00 電話（前回は10:00）。",
    ] {
        assert_eq!(times(text), ["12:00"], "{text}");
    }
}

#[test]
fn lines_without_a_time_belong_to_the_contact_before() {
    let found = contacts(
        "9:00 開始連絡\n・体調は良好\n・作業内容を確認\n15:00 終了",
        None,
        None,
    );
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].text, "開始連絡\n・体調は良好\n・作業内容を確認");
    assert_eq!(found[1].text, "終了");
}

#[test]
fn what_leads_to_a_time_is_no_part_of_the_contact_before() {
    let texts = |text| -> Vec<String> {
        let found = contacts(text, None, None);
        found.into_iter().map(|contact| contact.text).collect()
    };
    assert_eq!(texts("1）9:00 開始\n2）15:00 終了"), ["開始", "終了"]);
    assert_eq!(
        texts("■開始\n9:00 電話\n■終了\n15:00 電話"),
        ["開始 電話", "終了 電話"]
    );
    assert_eq!(texts("9:00及び15:00に電話連絡"), ["電話連絡", "電話連絡"]);
    assert_eq!(texts("9:00 開始／15:00 終了"), ["開始", "終了"]);
    assert_eq!(texts("9:00開始電話15:00終了電話"), ["開始電話", "終了電話"]);
    assert_eq!(
        texts("本人より9時に電話。体調良好。本人より15時に電話。"),
        ["本人より 電話。体調良好。", "本人より 電話。"]
    );
}

#[test]
fn a_remark_without_a_time_is_no_contact() {
    let found = contacts(
        "・9:00　開始\n　体調良好\n・15:00　終了\n・全体をとおして、能率が上がった。",
        None,
        None,
    );
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].text, "開始\n　体調良好");
    assert_eq!(found[1].text, "終了");
}

#[test]
fn a_label_stays_with_its_contact() {
    let found = contacts(
        "【開始】9:05 体調を確認\n【終了】15:00 成果を確認",
        None,
        None,
    );
    assert_eq!(found[0].text, "【開始】 体調を確認");
    assert_eq!(found[0].kind, Start);
    assert_eq!(found[1].text, "【終了】 成果を確認");
    let found = contacts(
        "開始：9:00　体調は良好　終了：15:00　成果を確認",
        None,
        None,
    );
    assert_eq!(found[0].text, "開始 体調は良好");
    assert_eq!(found[1].text, "終了 成果を確認");
}

#[test]
fn without_times_only_headed_items_are_contacts() {
    let found = contacts(
        "・開始時：電話で体調を確認\n・終了時：電話で成果を確認\n・全体に順調",
        None,
        None,
    );
    let kinds: Vec<_> = found.iter().map(|c| (c.time, c.kind)).collect();
    assert_eq!(kinds, [(None, Start), (None, End)]);
    for text in [
        "",
        "体調は良好。作業を続けた。",
        "電話で開始を確認した。",
        "特になし",
        "10個作成",
    ] {
        assert!(contacts(text, None, None).is_empty(), "{text}");
    }
}

#[test]
fn a_long_day_is_read_whole() {
    let text = "・8:50　利用者から作業開始の電話。昨日は途中で終わったため、適宜休憩をはさむよう提案。\n\
        ・11:30　利用者へ電話。作業の進み具合を確認。半分を作成済み。12:30まで昼休みを取り、12:30から再開することを確認。\n\
        ・12:30　利用者から電話。20個が終わったら別の作業をしたいとの提案。\n\
        ・14:40　20個の作成が終了したとの報告。残りの時間で練習を実施。\n\
        ・15:10　利用者へ電話。成果物を確認。次回の目標を確認する。\n\
        ・全体をとおして、前回より順調であった。";
    let expected = [
        ("8:50", Start),
        ("11:30", Progress),
        ("12:30", Progress),
        ("14:40", Progress),
        ("15:10", End),
    ];
    assert_eq!(
        read(text),
        expected.map(|(time, kind)| (time.to_owned(), kind))
    );
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in any::<String>(), near in "[0-9:：時分～・／。、（）\n 開始終了電話にからまで【】]{0,60}") {
        for text in [text, near] {
            let found = contacts(&text, at("9:00"), at("15:00"));
            let count = |kind| found.iter().filter(|c| c.kind == kind).count();
            prop_assert!(count(Start) <= 1 && count(End) <= 1);
        }
    }
}

#[test]
fn a_time_of_the_users_own_day_is_no_contact() {
    assert_eq!(times("10:00 起床6時、朝食済みとのこと。"), ["10:00"]);
    assert!(times("起床7時。体調に変わりない。").is_empty());
    assert_eq!(times("7:00 起床の電話"), ["7:00"]);
}

#[test]
fn a_box_of_its_own_is_one_contact_at_its_first_time() {
    let boxes = [
        "【開始時】9:00 電話。7:30に起きたとのこと".to_owned(),
        "途中の連絡はメールで受けた".to_owned(),
        "12:00 成果を確認した。次回は13:00から".to_owned(),
    ];
    let found = each(&boxes, at("9:00"), at("12:00"));
    let told: Vec<_> = found.iter().map(|c| (c.time, c.kind)).collect();
    assert_eq!(
        told,
        [(at("9:00"), Start), (None, Progress), (at("12:00"), End),]
    );
    assert_eq!(found[0].text, "【開始時】電話。7:30に起きたとのこと");
    let order = ["9:00 電話", "12:00 電話", "10:30 電話"].map(str::to_owned);
    let found = each(&order, at("9:00"), at("12:00"));
    assert_eq!((found[1].time, found[1].kind), (at("10:30"), Progress));
    assert!(each(&[], None, None).is_empty());
}

#[test]
fn a_time_that_is_told_twice_is_one_contact() {
    for text in [
        "10:00　10:00開始を確認。手順書を見ながら進める。\n15:00　終了の連絡。",
        "10:00\n１０時に開始の電話。\n15:00\n15:00で終了。",
        "10:00（10:00開始を確認）\n15:00 終了の報告",
    ] {
        assert_eq!(times(text), ["10:00", "15:00"], "{text}");
    }
    // The same time of two contacts, or two times of one line, stay two.
    let apart = "10:00 開始の電話。\n10:00 再度電話し、手順を伝えた。";
    assert_eq!(times(apart), ["10:00", "10:00"]);
    let two = "10:00　10:20開始を確認。\n15:00　終了の連絡。";
    assert_eq!(times(two).first().map(String::as_str), Some("10:00"));
}
