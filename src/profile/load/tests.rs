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
        ("[office]\nname = “みなも”\n", 2, "全角の「“」", "半角の \""),
        (
            "[office]\nname ＝ \"みなも\"\n",
            2,
            "全角の「＝」",
            "半角の =",
        ),
        (
            "［office］\nname = \"みなも\"\n",
            1,
            "全角の「［」",
            "半角の [",
        ),
        (
            "[samples]\nwords = [\"、\"、\"書き方\"]\n",
            2,
            "全角の「、」",
            "半角の ,",
        ),
        ("[read]\nyear = 2025-13-45\n", 2, "年に誤り", "西暦"),
        ("[read]\nyear = \"令和7\"\n", 2, "年に誤り", "西暦"),
        ("[marks]\n\"◇\" = 1\n", 2, "書き方", "home"),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_row = -6\ncolumns = { date = \"A\" }\n",
            4,
            "行の番号",
            "first_row = 6",
        ),
        (
            "[[form]]\nkind = \"daily\"\nsheet = \"*\"\ncells = { date = \"C3\" }\nfirst_row = 6\ncolumns = { date = \"A\" }\n",
            1,
            "2つ以上",
            "page",
        ),
        ("[office]\nnumber = \"401010\"\n", 2, "事業所番号", "10桁"),
        (
            "[[form]]\nkind = \"self_inspection\"\nsheet = \"*\"\ncells = { name = \"C3\" }\n",
            1,
            "「self_inspection」",
            "service_record",
        ),
        (
            "[labels.monthly]\ngoal = [\"めあて\"]\nissues = [\"こまりごと\",\n\"めあて\"]\n",
            4,
            "「めあて」が「goal」と「issues」",
            "1つの項目",
        ),
        ("[methods]\n\"電話\" = \"email\"\n", 2, "phone", "消して"),
        (
            "[[form]]\nkind = \"listing\"\nsheet = \"*\"\nfirst_row = 6\ncolumns = { name = \"A\" }\ndays = \"B:ZZ\"\n",
            6,
            "701列",
            "31日",
        ),
        (
            "[[form]]\nkind = \"listing\"\nsheet = \"*\"\nfirst_row = 6\ncolumns = { name = \"A\", home_days = \"AF\" }\ndays = \"B:AF\"\n",
            6,
            "「days」と「home_days」",
            "1つの欄",
        ),
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
    assert_eq!(error.problem, ProfileProblem::Missing);
    assert!(error.message().en.contains("nowhere.toml"));
}

fn monthly(cells: &str) -> String {
    format!("[[form]]\nkind = \"monthly\"\nsheet = \"*\"\ncells = {{ {cells} }}\n")
}

#[test]
fn cells_that_cannot_be_are_refused() {
    for (cells, message, hint) in [
        ("goal = \"F12:A9\"", "向きが逆", "A9:F12"),
        ("goal = \"XFE1\"", "「XFE1」", "XFD1048576"),
        ("goal = \"A1048577\"", "「A1048577」", "XFD1048576"),
        ("goal = \"F9:ZZ9000\"", "広すぎます", "記入欄"),
        (
            "goal = \"F9\", effort = \"F9\"",
            "「goal」と「effort」",
            "1つの欄",
        ),
        (
            "goal = \"F9:F12\", effort = \"F12\"",
            "「goal」と「effort」",
            "1つの欄",
        ),
        (
            "time = \"R7\", start = \"R7\"",
            "「time」と「start」",
            "time",
        ),
    ] {
        let told = refused(&monthly(cells));
        assert_eq!(told.0, 4, "{cells}");
        assert!(told.1.contains(message), "{told:?}");
        assert!(told.2.contains(hint), "{told:?}");
    }
    let twice = monthly("goal = \"F9\"") + &monthly("goal = \"F9\", effort = \"F12\"");
    let told = refused(&twice);
    assert_eq!(told.0, 8);
    assert!(told.1.contains("「goal」"), "{told:?}");
    let told = refused(&(monthly("goal = \"F9\"") + &monthly("effort = \"F9\"")));
    assert!(told.1.contains("「goal」と「effort」"), "{told:?}");
}

#[test]
fn what_only_looks_like_a_contradiction_is_taken() {
    for text in [
        // Two records of a page, and one cell of two forms.
        monthly("goal = \"F9\"") + &monthly("goal = \"F30\""),
        monthly("goal = \"XFD1048576\""),
        // A date and who wrote it in one box.
        monthly("date = \"B3\", evaluator = \"B3\", start = \"C3\", end = \"C3\""),
        "[labels.daily]\nsupport = [\"記録\"]\n[labels.weekly]\ncontent = [\"記録\"]\n".to_owned(),
        "[methods]\n\"トコリー\" = \"video\"\n\"電話\" = \"phone\"\n".to_owned(),
        "[office]\nnumber = \"４０１０１００００１\"\n".to_owned(),
        "[office]\nname = \"みなも、ひなた“別館”\"\n".to_owned(),
    ] {
        parse(&text, "office.toml").unwrap();
    }
    let profile = parse("[office]\nnumber = \"4010100001\"\n", "office.toml").unwrap();
    assert_eq!(profile.dialect.number.as_deref(), Some("4010100001"));
}

#[test]
fn as_much_as_no_office_writes_is_refused_unread() {
    let text = "# ".repeat(600_000);
    let error = parse(&text, "office.toml").unwrap_err();
    assert_eq!(error.problem, ProfileProblem::TooLong);
}
