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
"#;

#[test]
fn a_wrong_profile_is_refused_with_line_and_hint() {
    let daily = "[[form]]\nkind = \"daily\"\nsheet = \"*\"";
    let cases: Vec<&str> = FAULTY.lines().filter(|case| !case.is_empty()).collect();
    assert_eq!(cases.len(), 29);
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
    assert!(matches!(error.problem, ProfileProblem::Unreadable(_)));
    assert!(error.message().en.contains("nowhere.toml"));
}
