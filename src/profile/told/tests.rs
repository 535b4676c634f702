use super::Told;
use crate::profile::Profile;
use crate::read::{Book, Sheet};
use crate::recognise::Heeded;

/// What is told of the profile after books with one sheet each.
fn told(profile: &str, sheets: &[(&str, &[(&str, &str)])]) -> Told {
    let profile = Profile::parse(profile, "office.toml").unwrap();
    let mut heeded = Heeded::default();
    for (name, cells) in sheets {
        let book = Book {
            file: "記録.xlsx".into(),
            sheets: vec![Sheet::of_texts(name, cells)],
        };
        heeded.add(profile.recognise(&book).heeded);
    }
    profile.told(&heeded)
}

fn lines(wordings: &[crate::model::Wording]) -> Vec<&str> {
    let line = |wording: &crate::model::Wording| wording.ja.find(':');
    wordings
        .iter()
        .map(|wording| &wording.ja[..line(wording).unwrap()])
        .collect()
}

const ODD: [(&str, &str); 4] = [
    ("A1", "いつ"),
    ("B1", "9/1"),
    ("A2", "なに"),
    ("B2", "封入"),
];

#[test]
fn what_fits_no_sheet_of_any_book_is_told_with_its_line() {
    let text = "[[form]]\nkind = \"daily\"\nsheet = \"*日\"\ncells = { date = \"B1\" }\n\
        [[form]]\nkind = \"daily\"\nwords = { A1 = \"いつか\" }\ncells = { date = \"B1\" }\n\
        [[ignore]]\nsheet = \"集計\"\n";
    let unused = told(text, &[("9月1日", &ODD)]).unused;
    assert_eq!(lines(&unused), ["office.tomlの5行目", "office.tomlの9行目"]);
    assert!(unused[0].ja.contains("words") && unused[1].ja.contains("[[ignore]]"));
    assert_eq!(
        told(text, &[("9月1日", &ODD), ("集計", &ODD)]).unused.len(),
        1
    );
    assert_eq!(told("", &[("9月1日", &ODD)]), Told::default());
}

#[test]
fn words_that_stand_nowhere_are_told() {
    let text = "[labels.daily]\nsupport = [\"本日のできごと\",\n\"きょうの様子\"]\n\
        [titles]\ndaily = [\"おうちワーク日誌\"]\n[methods]\n\"トコリー\" = \"video\"\n\
        [marks]\n\"◇\" = \"home\"\n";
    let unused = told(text, &[("9月", &ODD)]).unused;
    let all = [2, 3, 5, 7, 9].map(|line| format!("office.tomlの{line}行目"));
    assert_eq!(lines(&unused), all);
    assert!(unused[0].ja.contains("本日のできごと"), "{}", unused[0].ja);
    let with: [(&str, &str); 4] = [
        ("A1", "おうちワーク日誌（9月）"),
        ("A2", "【本日の できごと】"),
        ("B2", "トコリーで話した"),
        ("A3", "きょうの様子（午前）"),
    ];
    // A sign counts where a listing has it only.
    let unused = told(text, &[("9月", &ODD), ("10月", &with)]).unused;
    assert_eq!(lines(&unused), ["office.tomlの9行目"]);
}

#[test]
fn labels_of_a_form_that_is_mapped_are_told() {
    let text = "[labels.daily]\nsupport = [\"なに\"]\n\
        [[form]]\nkind = \"daily\"\nsheet = \"9月\"\ncells = { date = \"B1\", work = \"B2\" }\n";
    let unused = told(text, &[("9月", &ODD)]).unused;
    assert_eq!(lines(&unused), ["office.tomlの2行目"]);
    assert!(unused[0].ja.contains("[[form]]"), "{}", unused[0].ja);
    assert!(
        told(text, &[("9月", &ODD), ("10月", &ODD)])
            .unused
            .is_empty()
    );
}

#[test]
fn a_place_outside_the_sheet_is_told_and_an_empty_box_at_its_edge_is_not() {
    let text = "[[form]]\nkind = \"daily\"\nsheet = \"9月\"\n\
        cells = { date = \"B1\", work = \"B2\", recorder = \"B3\",\u{20}support = \"B200\" }\n";
    let Told { unused, notes } = told(text, &[("9月", &ODD)]);
    assert!(unused.is_empty());
    assert_eq!(lines(&notes), ["office.tomlの4行目"]);
    assert!(notes[0].ja.contains("B200"), "{}", notes[0].ja);
    // Where no sheet fits the form, that alone is told.
    let Told { unused, notes } = told(text, &[("10月", &ODD)]);
    assert_eq!((unused.len(), notes.len()), (1, 0));
}

/// A listing of the days from `first` on.
fn listing(first: u32) -> Vec<(String, String)> {
    let mut cells = vec![
        ("A2".to_owned(), "だれ".to_owned()),
        ("A3".to_owned(), "石田".to_owned()),
        ("C3".to_owned(), "○".to_owned()),
    ];
    for col in 1..=15 {
        let cell = crate::model::Cell::new(1, col);
        cells.push((cell.to_string(), (first + col - 1).to_string()));
    }
    cells
}

#[test]
fn days_that_are_printed_otherwise_and_missing_ones_are_told() {
    let with = "[[form]]\nkind = \"listing\"\nsheet = \"9月\"\nfirst_row = 3\n\
        columns = { name = \"A\" }\ndays = \"B:P\"\n";
    for (first, count) in [(1, 0), (16, 1)] {
        let cells = listing(first);
        let cells: Vec<(&str, &str)> = cells.iter().map(|(at, text)| (&**at, &**text)).collect();
        let told = told(with, &[("9月", &cells)]);
        assert_eq!(
            (told.unused.len(), told.notes.len()),
            (0, count),
            "{told:?}"
        );
    }
    let without = with.replace("days = \"B:P\"\n", "");
    let notes = told(&without, &[("9月", &[("A2", "だれ"), ("A3", "石田")])]).notes;
    assert_eq!(lines(&notes), ["office.tomlの1行目"]);
    assert!(notes[0].ja.contains("days"), "{}", notes[0].ja);
}

#[test]
fn entries_that_make_no_record_are_told() {
    let form =
        "[[form]]\nkind = \"daily\"\nsheet = \"9月\"\ncells = { date = \"B1\", work = \"B2\" }\n";
    assert!(told(form, &[("9月", &ODD)]).notes.is_empty());
    let strict = form.replace("work = \"B2\"", "work = \"B3\"") + "only_if = \"work\"\n";
    let notes = told(&strict, &[("9月", &ODD)]).notes;
    assert_eq!(lines(&notes), ["office.tomlの1行目"]);
    assert!(notes[0].ja.contains("only_if"), "{}", notes[0].ja);
    let lines_of = "[[form]]\nkind = \"listing\"\nsheet = \"9月\"\nfirst_row = 2\ncolumns = { home_days = \"B\" }\ndays = \"C:D\"\n";
    let notes = told(lines_of, &[("9月", &ODD)]).notes;
    assert!(
        notes.iter().any(|note| note.ja.contains("1件も")),
        "{notes:?}"
    );
}

#[test]
fn a_title_within_the_name_of_an_item_is_told() {
    let sheet = [("A1", "評価者"), ("B1", "津田")];
    let short = "[titles]\nweekly = [\"評価\"]\n";
    let notes = told(short, &[("9月", &sheet)]).notes;
    assert_eq!(lines(&notes), ["office.tomlの2行目"]);
    assert!(notes[0].ja.contains("評価者"), "{}", notes[0].ja);
    let title = [("A1", "評価"), ("B1", "評価のまとめ")];
    assert!(told(short, &[("9月", &title)]).notes.is_empty());
}

#[test]
fn an_office_s_name_that_stands_nowhere_is_told() {
    let text = "[office]\nname = \"みなも 作業所\"\n";
    let with = [("A1", "みなも作業所（Ｂ型）")];
    assert_eq!(told(text, &[("9月", &with)]), Told::default());
    let unused = told(text, &[("9月", &ODD)]).unused;
    assert_eq!(lines(&unused), ["office.tomlの2行目"]);
}

#[test]
fn places_that_are_given_up_are_told_with_their_line() {
    let sheet = [
        ("A1", "達成度評価シート"),
        ("A2", "実施日"),
        ("B2", "2025/9/29"),
        ("A3", "訓練目標"),
        ("B3", "毎日続ける"),
        ("A4", "取組内容"),
        ("B4", "検品"),
        ("A5", "評価者"),
        ("B5", "津田"),
    ];
    for (cells, word) in [
        ("goal = \"A4\"", "印刷"),
        ("goal = \"B8\"", "空欄"),
        ("goal = \"B4\"", "effort"),
    ] {
        let text =
            format!("\n[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\ncells = {{ {cells} }}\n");
        let notes = told(&text, &[("9月", &sheet)]).notes;
        assert_eq!(lines(&notes), ["office.tomlの2行目"], "{cells} {notes:?}");
        assert!(notes[0].ja.contains(word), "{}", notes[0].ja);
    }
}

#[test]
fn days_beside_cells_are_told_to_count_for_nothing() {
    let cells = listing(1);
    let cells: Vec<(&str, &str)> = cells.iter().map(|(at, text)| (&**at, &**text)).collect();
    let text = "[[form]]\nkind = \"listing\"\nsheet = \"9月\"\ncells = { name = \"A3\" }\ndays = \"B:P\"\n";
    let notes = told(text, &[("9月", &cells)]).notes;
    assert!(lines(&notes).contains(&"office.tomlの5行目"), "{notes:?}");
    let table = text.replace(
        "cells = { name = \"A3\" }",
        "first_row = 3\ncolumns = { name = \"A\" }",
    );
    assert!(told(&table, &[("9月", &cells)]).notes.is_empty());
}
