use super::*;

fn refused(text: &str) -> (usize, String, String) {
    let error = parse(text, "office.toml").unwrap_err();
    let (message, hint) = (error.message(), error.hint());
    assert!(message.ja.starts_with("office.toml"), "{}", message.ja);
    assert!(!message.en.is_empty() && !hint.en.is_empty());
    (error.line.unwrap(), message.ja, hint.ja)
}

#[test]
fn an_empty_profile_says_nothing() {
    let profile = parse("\u{feff}# まだ何もない\n", "office.toml").unwrap();
    assert!(profile.vocabulary.is_none() && profile.forms.is_empty());
    assert_eq!(profile.dialect, Dialect::default());
}

#[test]
fn wordings_and_signs_are_taken() {
    let profile = parse(
        "[labels.daily]\nsupport = [\"本日のできごと\"]\n[marks]\n\"◇\" = \"home\"\n\"休み\" = \"none\"\n[office]\nname = \"みなも\"\n[read]\nyear = 2025\n",
        "office.toml",
    )
    .unwrap();
    let meanings = profile.vocabulary().meanings("本日の できごと").unwrap();
    assert!(meanings.contains(&(Some(FormKind::Daily), Item::Support)));
    assert_eq!(Vocabulary::builtin().meanings("本日のできごと"), None);
    assert_eq!(profile.dialect.marks["◇"], Some(Mark::Home));
    assert_eq!(profile.dialect.marks["休み"], None);
    assert_eq!(profile.dialect.year, Some(2025));
    assert_eq!(profile.dialect.office.as_deref(), Some("みなも"));
}

#[test]
fn an_office_s_own_meaning_counts_before_the_common_one() {
    let profile = parse("[labels.daily]\nsupport = [\"備考\"]\n", "office.toml").unwrap();
    let meanings = profile.vocabulary().meanings("備考").unwrap();
    let daily: Vec<Item> = meanings
        .iter()
        .filter(|(kind, _)| *kind == Some(FormKind::Daily))
        .map(|(_, item)| *item)
        .collect();
    assert_eq!(daily, [Item::Support]);
}

#[test]
fn a_wrong_profile_is_refused_with_line_and_hint() {
    for (text, line, message, hint) in [
        ("\n[label.daily]\n", 2, "「label」", "もしかして: labels"),
        ("[labels.dayly]\n", 1, "「dayly」", "もしかして: daily"),
        (
            "[labels.daily]\nsuport = [\"x\"]\n",
            2,
            "「suport」",
            "もしかして: support",
        ),
        (
            "[marks]\n\"◇\" = \"hom\"\n",
            2,
            "「hom」",
            "もしかして: home",
        ),
        (
            "[methods]\nTocaly = \"zzzzzz\"\n",
            2,
            "「zzzzzz」",
            "書けるのは",
        ),
        (
            "[labels.daily]\ngoal = [\"目標\"]\n",
            2,
            "「goal」という項目はありません",
            "condition、recorder",
        ),
        (
            "[labels.daily]\nsupport = [\" \"]\n",
            2,
            "文字がありません",
            "行を消して",
        ),
        ("[read]\nyear = 7\n", 2, "年に誤り", "西暦"),
        (
            "[office]\nname = \"　\"\n",
            2,
            "文字がありません",
            "行を消して",
        ),
        ("[[ignore]]\n", 1, "読み取らない", "sheet"),
        ("[[ignore]]\nrange = \"A0\"\n", 2, "「A0」", "C3:F8"),
        (
            "[[form]]\nkind = \"daily\"\ncells = { date = \"C3\" }\n",
            1,
            "どのシート",
            "words",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\n",
            1,
            "項目がどこ",
            "first_row",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\ncells = { date = \"3C\" }\n",
            4,
            "「3C」",
            "C3",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_row = 2\ncolumns = { date = \"A1\" }\n",
            5,
            "「A1」",
            "F:AJ",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nheader_row = 5\nfirst_row = 5\ncolumns = { date = \"A\" }\n",
            5,
            "行の番号",
            "1から",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_row = 5\ndays = \"B:AF\"\ncolumns = { date = \"A\" }\n",
            5,
            "listing",
            "listing",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_column = \"B\"\nrows = { date = \"0\" }\n",
            5,
            "行の番号",
            "1から",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\ncells = { date = \"C3, D3\" }\n",
            4,
            "「date」",
            "C3:F3",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\ncells = { suport = \"C3\" }\n",
            4,
            "「suport」",
            "もしかして: support",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nonly_if = \"work\"\ncells = { date = \"C3\" }\n",
            4,
            "「work」",
            "only_if",
        ),
        (
            "[[form]]\nkind = \"daily\"\nwords = { A1 = \"9/1\" }\ncells = { date = \"C3\" }\n",
            3,
            "毎月",
            "項目名",
        ),
        (
            "[[form]]\nkind = \"daily\"\nwords = { \"いつ\" = \"A1\" }\ncells = { date = \"C3\" }\n",
            3,
            "「いつ」",
            "C3",
        ),
        (
            "[[form]]\nkind = \"listing\"\nsheet = \"*\"\nfirst_row = 5\ndays = \"32=B:C\"\ncolumns = { name = \"A\" }\n",
            5,
            "「32=B:C」",
            "16=C:Q",
        ),
        ("[[form]]\nsheet = \"*\"\n", 1, "kind", "kind = "),
        ("[labels.daily]\nsupport = \"x\"\n", 2, "書き方", "[\"…\"]"),
        ("[read]\nyear = 2025\nyear = 2024\n", 3, "2回", "1つ"),
        (
            "[services]\n\"移\" = \"就労\"\n",
            2,
            "「就労」",
            "就労移行支援",
        ),
        ("[labels\n", 1, "書き方に誤り", "かっこ"),
    ] {
        let told = refused(text);
        assert_eq!(told.0, line, "{text}\n{told:?}");
        assert!(told.1.contains(message), "{text}\n{told:?}");
        assert!(told.2.contains(hint), "{text}\n{told:?}");
    }
}

#[test]
fn a_profile_that_is_not_there_is_named() {
    let error = from_path(Path::new("nowhere.toml")).unwrap_err();
    assert!(matches!(error.problem, ProfileProblem::Unreadable(_)));
    assert!(error.message().en.contains("nowhere.toml"));
}
