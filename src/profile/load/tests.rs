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

/// Profiles with a fault, the line that it is told of, and a word of what is told and advised.
/// `⏎` ends a line; `DAILY` is the head of a form that is otherwise right.
const FAULTY: &str = r#"
    ⏎[label.daily] | 2 | 「label」 | もしかして: labels
    [labels.dayly] | 1 | 「dayly」 | もしかして: daily
    [labels.daily]⏎suport = ["x"] | 2 | 「suport」 | もしかして: support
    [marks]⏎"◇" = "hom" | 2 | 「hom」 | もしかして: home
    [methods]⏎Tocaly = "zzzzzz" | 2 | 「zzzzzz」 | 書けるのは
    [labels.daily]⏎goal = ["目標"] | 2 | 「goal」という項目はありません | condition、recorder
    [labels.daily]⏎support = [" "] | 2 | 文字がありません | 行を消して
    [read]⏎year = 7 | 2 | 年に誤り | 西暦
    [office]⏎name = "　" | 2 | 文字がありません | 行を消して
    [[ignore]] | 1 | 読み取らない | sheet
    [[ignore]]⏎range = "A0" | 2 | 「A0」 | C3:F8
    [[form]]⏎kind = "daily"⏎cells = { date = "C3" } | 1 | どのシート | words
    [[form]]⏎kind = "daily"⏎sheet = "*" | 1 | 項目がどこ | first_row
    DAILY⏎cells = { date = "3C" } | 4 | 「3C」 | C3
    DAILY⏎first_row = 2⏎columns = { date = "A1" } | 5 | 「A1」 | F:AJ
    DAILY⏎header_row = 5⏎first_row = 5⏎columns = { date = "A" } | 5 | 行の番号 | 1から
    DAILY⏎first_row = 5⏎days = "B:AF"⏎columns = { date = "A" } | 5 | listing | listing
    DAILY⏎first_column = "B"⏎rows = { date = "0" } | 5 | 行の番号 | 1から
    DAILY⏎cells = { date = "C3, D3" } | 4 | 「date」 | C3:F3
    DAILY⏎cells = { suport = "C3" } | 4 | 「suport」 | もしかして: support
    DAILY⏎only_if = "work"⏎cells = { date = "C3" } | 4 | 「work」 | only_if
    [[form]]⏎kind = "daily"⏎words = { A1 = "9/1" }⏎cells = { date = "C3" } | 3 | 毎月 | 項目名
    [[form]]⏎kind = "daily"⏎words = { "いつ" = "A1" }⏎cells = { date = "C3" } | 3 | 「いつ」 | C3
    [[form]]⏎kind = "listing"⏎sheet = "*"⏎first_row = 5⏎days = "32=B:C"⏎columns = { name = "A" } | 5 | 「32=B:C」 | 16=C:Q
    [[form]]⏎sheet = "*" | 1 | kind | kind =
    [labels.daily]⏎support = "x" | 2 | 書き方 | ["…"]
    [read]⏎year = 2025⏎year = 2024 | 3 | 2回 | 1つ
    [services]⏎"移" = "就労" | 2 | 「就労」 | 就労移行支援
    [labels | 1 | 書き方に誤り | かっこ
    [office]⏎name = “みなも” | 2 | 全角の「“」 | 半角の "
    [office]⏎name ＝ "みなも" | 2 | 全角の「＝」 | 半角の =
    ［office］⏎name = "みなも" | 1 | 全角の「［」 | 半角の [
    [samples]⏎words = ["、"、"書き方"] | 2 | 全角の「、」 | 半角の ,
    [read]⏎year = 2025-13-45 | 2 | 年に誤り | 西暦
    [read]⏎year = "令和7" | 2 | 年に誤り | 西暦
    [marks]⏎"◇" = 1 | 2 | 書き方 | home
    DAILY⏎first_row = -6⏎columns = { date = "A" } | 4 | 行の番号 | first_row = 6
    DAILY⏎cells = { date = "C3" }⏎first_row = 6⏎columns = { date = "A" } | 1 | 2つ以上 | page
    [office]⏎number = "401010" | 2 | 事業所番号 | 10桁
    [[form]]⏎kind = "self_inspection"⏎sheet = "*"⏎cells = { name = "C3" } | 1 | 「self_inspection」 | service_record
    [labels.monthly]⏎goal = ["めあて"]⏎issues = ["こまりごと",⏎"めあて"] | 4 | 「めあて」が「goal」と「issues」 | 1つの項目
    [methods]⏎"電話" = "email" | 2 | phone | 消して
    DAILY⏎page = { name = "C3" } | 1 | page だけ | cells
    DAILY⏎page = { name = "C3", certificate_number = "C4" }⏎cells = { work = "C3" } | 5 | 「name」と「work」 | 1つの欄
    DAILY⏎cells = { work = "E5, E5, E7" } | 4 | 「work」の番地に、同じ | 1つに
    DAILY⏎first_row = 5⏎columns = { date = "A", contact = "C:G, H:I, D:J" } | 5 | 「contact」の番地に、同じ | 1つに
    DAILY⏎cells = { work = [{ time = "C3", text = "D3" }] } | 4 | 「work」は time と text | contact だけ
    DAILY⏎cells = { contact = [{ time = "C3" }] } | 4 | text が書かれて | 書き足し
    DAILY⏎cells = { contact = [{ time = "C3", txt = "D3" }] } | 4 | 「txt」 | もしかして: text
    DAILY⏎cells = { contact = [{ time = "3C", text = "D3" }] } | 4 | 「3C」 | C3
    DAILY⏎cells = { date = 3 } | 4 | 書き方 | "C3"
    [office]⏎service = "移行" | 2 | 「移行」 | 就労移行支援
    [[form]]⏎kind = "listing"⏎sheet = "*"⏎first_row = 6⏎columns = { name = "A" }⏎days = "B:ZZ" | 6 | 701列 | 31日
    [[form]]⏎kind = "listing"⏎sheet = "*"⏎first_row = 6⏎columns = { name = "A", home_days = "AF" }⏎days = "B:AF" | 6 | 「days」と「home_days」 | 1つの欄
"#;

#[test]
fn a_wrong_profile_is_refused_with_line_and_hint() {
    let daily = "[[form]]\nkind = \"daily\"\nsheet = \"*\"";
    let cases: Vec<&str> = FAULTY.lines().filter(|case| !case.is_empty()).collect();
    assert_eq!(cases.len(), 54);
    for case in cases {
        let [text, line, message, hint] = case.split('|').map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("{case}");
        };
        let text = text.replace('⏎', "\n").replace("DAILY", daily) + "\n";
        let told = refused(&text);
        assert_eq!(told.0.to_string(), line, "{text}\n{told:?}");
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

/// The pairs of items that one column of a day's lines may be for.
#[test]
fn few_items_may_share_a_place() {
    let items = "name certificate_number office_name service month date start end time date_time \
        method work support contact condition recorder";
    let items: Vec<&str> = items.split_whitespace().collect();
    let mut shared = Vec::new();
    for (n, one) in items.iter().enumerate() {
        for other in &items[n + 1..] {
            let form = format!(
                "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_row = 5\n\
                columns = {{ {one} = \"C\", {other} = \"C\" }}\n"
            );
            match parse(&form, "office.toml") {
                Ok(_) => shared.push(format!("{one} {other}")),
                Err(error) => {
                    assert_eq!(error.line, Some(5), "{one} {other}");
                    assert!(matches!(error.problem, ProfileProblem::SameCells(_)));
                }
            }
        }
    }
    let headings = 10;
    let others = [
        "month date",
        "month date_time",
        "date method",
        "date recorder",
        "start end",
        "start contact",
        "end contact",
        "time contact",
        "date_time contact",
        "method support",
        "method contact",
        "date_time method",
        "date_time recorder",
    ];
    assert_eq!(shared.len(), headings + others.len(), "{shared:?}");
    assert!(others.iter().all(|pair| shared.iter().any(|s| s == pair)));
}

#[test]
fn a_contact_may_be_written_in_parts() {
    let text = "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_row = 6\ncolumns = { date = \"A\", \
        start = \"C\", contact = [{ time = \"C\", text = \"G\" }, { time = \"H\", text = \"I:J\" }] }\n";
    let profile = parse(text, "office.toml").unwrap();
    let mapping = &profile.forms[0].mapping;
    assert!(mapping.contacts_in_parts);
    let Shape::Lines(columns) = &mapping.shape else {
        panic!("{mapping:?}");
    };
    assert_eq!(
        columns.columns[&Item::Contact],
        [(2, 2), (6, 6), (7, 7), (8, 9)]
    );
    let profile = parse("[office]\nservice = \"就労移行支援\"\n", "office.toml").unwrap();
    assert_eq!(
        profile.dialect.service,
        Some(crate::model::Service::Transition)
    );
}

#[test]
fn as_much_as_no_office_writes_is_refused_unread() {
    let text = "# ".repeat(600_000);
    let error = parse(&text, "office.toml").unwrap_err();
    assert_eq!(error.problem, ProfileProblem::TooLong);
}
