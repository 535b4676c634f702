//! What labels, titles and headings mean, and what they do not.

use super::*;

#[test]
fn the_builtin_wordings_parse() {
    let words: Words = toml::from_str(LABELS).unwrap();
    assert!(words.daily.contains_key(&Item::Support));
}

#[test]
fn the_last_of_its_words_tells_what_an_unknown_label_asks_for() {
    let v = Vocabulary::builtin();
    let guess = |text| v.guess(text, FormKind::Monthly);
    assert_eq!(guess("課題に対するこの先の方針"), Some(Item::Improvement));
    assert_eq!(guess("改善すべき課題点"), Some(Item::Issues));
    assert_eq!(guess("目標に向けた取組のようす"), Some(Item::Effort));
    // Two things beside each other are no one thing.
    assert_eq!(guess("課題と目標・方針の一覧"), Some(Item::Goal));
}

#[test]
fn a_label_may_be_broken_anywhere() {
    let v = Vocabulary::builtin();
    let guess = |text| v.guess(text, FormKind::Monthly);
    for label in ["訓練目標の\n達成度", "訓練目標の達\n成度", "目標達成\n状況"]
    {
        assert_eq!(guess(label), Some(Item::Achievement), "{label:?}");
    }
    // Two things below each other are no one thing.
    assert_ne!(guess("訓練目標\n達成度"), Some(Item::Achievement));
}

#[test]
fn the_ends_of_a_period_or_a_time_are_labels_too() {
    let v = Vocabulary::builtin();
    let item = |text| v.meanings(text).map(|meanings| meanings[0].1);
    assert_eq!(item("対象期間（自）"), Some(Item::PeriodFrom));
    assert_eq!(item("支給決定期間（満了日）"), Some(Item::GrantTo));
    assert_eq!(item("作業時間（終了）"), Some(Item::End));
    // A period's own label stays, and what has no ends gets none.
    assert_eq!(item("対象期間"), Some(Item::Period));
    assert_eq!(item("評価日（自）"), Some(Item::Date));
    assert_eq!(item("記録者から"), None);
}

#[test]
fn what_one_form_calls_an_item_another_may_call_so_too() {
    let v = Vocabulary::builtin();
    let of = |text: &str, kind: FormKind| {
        let meanings = v.meanings(text).into_iter().flatten();
        let mut of_kind = meanings.filter(|(other, _)| *other == Some(kind));
        of_kind.next().map(|(_, item)| *item)
    };
    // A list of the weekly form has it; the monthly one has 評価者.
    assert_eq!(of("評価した職員", FormKind::Weekly), Some(Item::Recorder));
    assert_eq!(of("評価した職員", FormKind::Monthly), Some(Item::Evaluator));
    assert_eq!(of("評価した職員", FormKind::Daily), None);
}

#[test]
fn labels_are_found_however_they_are_written() {
    let v = Vocabulary::builtin();
    for (text, kind, item) in [
        ("実 施 日", Some(FormKind::Daily), Item::Date),
        (
            "支援内容\n(1日2回以上)",
            Some(FormKind::Daily),
            Item::Support,
        ),
        (
            "【支援内容】（１日２回以上、時刻を入れること）",
            Some(FormKind::Daily),
            Item::Support,
        ),
        (
            "《作業・訓練内容》※できるだけ詳しく",
            Some(FormKind::Daily),
            Item::Work,
        ),
        ("ご本人署名", Some(FormKind::Monthly), Item::Signature),
        ("（評価内容）", Some(FormKind::Weekly), Item::Content),
        ("評価の方法", Some(FormKind::Monthly), Item::Method),
        ("評価した職員", Some(FormKind::Monthly), Item::Evaluator),
        ("評価した職員", Some(FormKind::Weekly), Item::Recorder),
        (
            "確認者※（サービス管理責任者）",
            Some(FormKind::Weekly),
            Item::Confirmer,
        ),
        ("方\u{3000}\u{3000}法", Some(FormKind::Weekly), Item::Method),
        ("その他\n特記事項", Some(FormKind::Monthly), Item::Remarks),
        ("受給者証番号：", None, Item::CertificateNumber),
        (
            "支給決定期間（開始）",
            Some(FormKind::Roster),
            Item::GrantFrom,
        ),
        ("週評価③", Some(FormKind::Listing), Item::WeeklyDate),
        ("①開始時の連絡", Some(FormKind::Daily), Item::Contact),
    ] {
        let found = v.meanings(text).unwrap_or_else(|| panic!("{text}"));
        assert!(found.contains(&(kind, item)), "{text}: {found:?}");
    }
    for text in [
        "",
        "石田",
        "電話",
        "令和",
        "年",
        "データ入力（名簿 23件）",
        "目標の8割を達成した",
        "受給者証番号：0100000001",
    ] {
        assert_eq!(v.meanings(text), None, "{text}");
    }
}

#[test]
fn a_label_is_known_in_other_turns_of_phrase() {
    let v = Vocabulary::builtin();
    for (text, kind, item) in [
        ("評価をした日", FormKind::Weekly, Item::Date),
        ("前の評価の日", FormKind::Weekly, Item::PreviousDate),
        ("前の評価", FormKind::Monthly, Item::PreviousDate),
        ("先月の評価日", FormKind::Monthly, Item::PreviousDate),
        ("支援のしかた", FormKind::Daily, Item::Method),
        ("こころとからだの様子", FormKind::Daily, Item::Condition),
        (
            "受給者証に在宅の記載がされた日",
            FormKind::Roster,
            Item::AnnotatedOn,
        ),
        ("目標の達成度合い", FormKind::Monthly, Item::Achievement),
        ("（2）取り組んだこと", FormKind::Monthly, Item::Effort),
    ] {
        let found = v.meanings(text).unwrap_or_else(|| panic!("{text}"));
        assert!(found.contains(&(Some(kind), item)), "{text}: {found:?}");
    }
    for text in [
        "在宅就労",
        "作業をした",
        "評価した",
        "目標の8割",
        "その日の様子",
    ] {
        assert_eq!(v.meanings(text), None, "{text}");
    }
}

#[test]
fn a_number_before_a_label_counts_items_and_one_before_a_unit_does_not() {
    let v = Vocabulary::builtin();
    for text in [
        "①開始時の連絡",
        "1. 支援内容",
        "（2）支援内容",
        "３　支援内容",
    ] {
        assert!(v.meanings(text).is_some(), "{text}");
    }
    for text in ["6時間", "3時間", "２課題"] {
        assert!(v.meanings(text).is_none(), "{text}");
    }
}

#[test]
fn an_amount_of_time_is_no_label() {
    let v = Vocabulary::builtin();
    for amount in ["7時間", "６.５時間", "90分", "3日間"] {
        assert!(v.meanings(amount).is_none(), "{amount}");
        assert_eq!(v.guesses(amount), [], "{amount}");
    }
    assert!(v.guess("1日の作業時間", FormKind::Daily).is_some());
}

#[test]
fn codes_ask_for_nothing() {
    let v = Vocabulary::builtin();
    for code in ["サビ管コード", "支給市町村コード", "連絡方法コード"] {
        assert_eq!(
            v.meanings(code),
            Some(&vec![(None, Item::Ignored)]),
            "{code}"
        );
        assert_eq!(v.guesses(code), [], "{code}");
    }
    assert!(v.guess("サビ管氏名", FormKind::Weekly).is_some());
}

#[test]
fn two_words_for_who_signs_are_one_label() {
    let v = Vocabulary::builtin();
    let recorder = (Some(FormKind::Daily), Item::Recorder);
    assert!(v.meanings("連絡者・記録者").unwrap().contains(&recorder));
    for other in ["記録者・確認者", "記録者・備考", "電話・訪問"] {
        let asks = v.meanings(other).is_some_and(|all| all.contains(&recorder));
        assert!(!asks, "{other}");
    }
}

#[test]
fn titles_headings_and_samples() {
    let v = Vocabulary::builtin();
    assert_eq!(v.title("在宅における就労支援記録"), Some(FormKind::Daily));
    assert_eq!(
        v.title("在宅における就労支援記録（評価）"),
        Some(FormKind::Weekly)
    );
    assert_eq!(
        v.title("在宅就労支援実施一覧表（令和7年9月分）"),
        Some(FormKind::Listing)
    );
    assert_eq!(v.title("開始の連絡を受けた"), None);
    for title in [
        "就労継続支援提供実績記録票",
        "令和7年9月分　就労移行支援提供実績記録票",
        "就労継続支援Ｂ型　提供実績記録票（様式19）",
        "実績記録票_R7.9",
    ] {
        assert_eq!(v.title(title), Some(FormKind::ServiceRecord), "{title}");
    }
    assert_eq!(v.title("実績記録票の入力 12件"), None);
    assert_eq!(v.title("終了後、実績記録票に記入した"), None);
    assert_eq!(v.heading("評価※１"), Some(FormKind::Weekly));
    assert_eq!(v.heading("評価内容"), None);
    assert!(v.is_sample("支援記録（見本）") && v.is_sample("見本"));
    assert!(!v.is_sample("作業の見本の写真を送った") && !v.is_sample("見本づくり"));
    assert!(v.is_sample("【記載例】支援記録 (評価)") && !v.is_sample("支援記録"));
    assert!(v.is_output("修正履歴") && !v.is_sample("修正履歴") && !v.is_output("支援記録"));
}
