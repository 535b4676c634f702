use crate::profile::Profile;
use crate::read::{Book, Sheet};
use crate::recognise::{Form, FormKind, Item, Recognised};

fn read(profile: &str, cells: &[(&str, &str)]) -> Recognised {
    let book = Book {
        file: "記録.xlsx".into(),
        sheets: vec![Sheet::of_texts("9月", cells)],
    };
    Profile::parse(profile, "office.toml")
        .unwrap()
        .recognise(&book)
}

fn said(form: &Form, item: Item) -> Option<String> {
    let words = form
        .entries
        .get(&item)?
        .iter()
        .flat_map(|entry| &entry.words);
    Some(
        words
            .map(|word| word.text.as_str())
            .collect::<Vec<_>>()
            .join("/"),
    )
}

fn of_kind(found: &Recognised, kind: FormKind) -> Vec<&Form> {
    let forms = found.forms.iter();
    forms.filter(|form| form.kind == kind).collect()
}

/// A week whose evaluation has its period above the days and its words below them.
const WEEK: [(&str, &str); 18] = [
    ("A1", "だれ"),
    ("B1", "石田　陽子"),
    ("C1", "いつからいつまで"),
    ("D1", "9/1～9/5"),
    ("A3", "支援記録"),
    ("A4", "実施日"),
    ("B4", "2025/9/1"),
    ("A5", "作業内容"),
    ("B5", "検品"),
    ("A6", "支援内容"),
    ("B6", "9:00 開始 12:00 終了"),
    ("A7", "記録者"),
    ("B7", "原"),
    ("A9", "ふりかえり"),
    ("B9", "予定どおり"),
    ("A10", "みた人"),
    ("B10", "津田"),
    ("A11", "おわり"),
];

#[test]
fn records_between_the_first_and_the_last_cell_of_a_mapped_one_stay() {
    let week = "[[form]]\nkind = \"weekly\"\nsheet = \"9月\"\npage = { name = \"B1\" }\n\
        cells = { period = \"D1\", content = \"B9\", confirmer = \"B10\" }\n";
    let found = read(week, &WEEK);
    let days = of_kind(&found, FormKind::Daily);
    assert_eq!(days.len(), 1);
    assert_eq!(said(days[0], Item::Work).unwrap(), "検品");
    // It is about the user of the page.
    assert_eq!(said(days[0], Item::Name).unwrap(), "石田　陽子");
    assert_eq!(of_kind(&found, FormKind::Weekly).len(), 1);
    assert!(found.heeded.passed.is_empty());
    // One whose cells are mapped is not read twice.
    let day = "[[form]]\nkind = \"weekly\"\nsheet = \"9月\"\n\
        cells = { date = \"B4\", content = \"B6\", recorder = \"B7\" }\n";
    let found = read(day, &WEEK);
    assert!(of_kind(&found, FormKind::Daily).is_empty());
    let passed: Vec<_> = found
        .heeded
        .passed
        .values()
        .flat_map(|items| items.keys())
        .collect();
    assert_eq!(passed, [&Item::Work]);
}

const MONTH: [(&str, &str); 17] = [
    ("A1", "達成度評価シート"),
    ("A2", "対象者名"),
    ("B2", "石田　陽子"),
    ("A3", "実施日"),
    ("B3", "2025/9/29"),
    ("A4", "訓練目標"),
    ("B4", "毎日続ける"),
    ("A5", "めあて"),
    ("B5", "週4日"),
    ("A6", "達成度"),
    ("B6", "続けられた"),
    ("A7", "課題"),
    ("B7", "朝が苦手"),
    ("A8", "評価者"),
    ("B8", "津田"),
    ("A9", "しるし"),
    ("B9", "石田"),
];

#[test]
fn a_few_items_correct_the_record_that_is_recognised_there() {
    let goal = "[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\ncells = { goal = \"B5\" }\n";
    let found = read(goal, &MONTH);
    let [form] = of_kind(&found, FormKind::Monthly)[..] else {
        panic!("{:?}", found.forms)
    };
    for (item, text) in [
        (Item::Goal, "週4日"),
        (Item::Achievement, "続けられた"),
        (Item::Evaluator, "津田"),
        (Item::Name, "石田　陽子"),
        (Item::Date, "2025/9/29"),
    ] {
        assert_eq!(said(form, item).as_deref(), Some(text), "{item:?}");
    }
    // Below all that was recognised, it is an item of the only form of its kind.
    let signed = "[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\ncells = { signature = \"B9\" }\n";
    let found = read(signed, &MONTH);
    let [form] = of_kind(&found, FormKind::Monthly)[..] else {
        panic!("{:?}", found.forms)
    };
    assert_eq!(said(form, Item::Signature).unwrap(), "石田");
    assert_eq!(said(form, Item::Goal).unwrap(), "毎日続ける");
    assert!(found.heeded.passed.is_empty());
}

#[test]
fn a_box_that_is_given_to_one_item_is_that_of_no_other() {
    let issues = "[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\ncells = { issues = \"B6\" }\n";
    let found = read(issues, &MONTH);
    let form = of_kind(&found, FormKind::Monthly)[0];
    assert_eq!(said(form, Item::Issues).unwrap(), "続けられた");
    assert_eq!(said(form, Item::Achievement), None);
    assert_eq!(said(form, Item::Evaluator).unwrap(), "津田");
}

#[test]
fn most_items_are_a_record_of_its_own_and_the_rest_is_told() {
    let most = "[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\n\
        cells = { date = \"B3\", goal = \"B5\", achievement = \"B6\", evaluator = \"B8\" }\n";
    let found = read(most, &MONTH);
    let [form] = of_kind(&found, FormKind::Monthly)[..] else {
        panic!("{:?}", found.forms)
    };
    assert_eq!(said(form, Item::Issues), None);
    // Whose it is stays.
    assert_eq!(said(form, Item::Name).unwrap(), "石田　陽子");
    let passed: Vec<_> = found
        .heeded
        .passed
        .values()
        .flat_map(|items| items.iter())
        .collect();
    let [(Item::Issues, place)] = passed[..] else {
        panic!("{passed:?}")
    };
    assert_eq!(place.cell.unwrap().to_string(), "B7");
}

#[test]
fn a_record_of_few_items_beside_another_is_none_of_that() {
    let mut cells = MONTH.to_vec();
    cells.extend([
        ("A20", "いつ"),
        ("B20", "2025/9/5"),
        ("A21", "どうだった"),
        ("B21", "早起きできた"),
    ]);
    let second = "[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\n\
        cells = { date = \"B20\", achievement = \"B21\" }\n";
    let found = read(second, &cells);
    let forms = of_kind(&found, FormKind::Monthly);
    let said: Vec<_> = forms
        .iter()
        .map(|form| said(form, Item::Achievement))
        .collect();
    assert_eq!(
        said,
        [
            Some("続けられた".to_owned()),
            Some("早起きできた".to_owned())
        ]
    );
}

/// A listing of three working weeks, with the month in its title.
fn listing() -> Vec<(String, String)> {
    let put = |col: u32, row: u32, text: &str| {
        let cell = crate::model::Cell::new(row - 1, col);
        (cell.to_string(), text.to_owned())
    };
    let mut cells = vec![
        put(0, 1, "実施一覧表（令和7年9月）"),
        put(0, 3, "氏名"),
        put(0, 4, "石田　陽子"),
        put(0, 5, "原　健"),
        put(31, 3, "日かず"),
        put(31, 4, "3"),
        put(31, 5, "2"),
    ];
    for day in 1..=30 {
        cells.push(put(day, 3, &day.to_string()));
    }
    for (day, row) in [(1, 4), (3, 4), (5, 4), (2, 5), (4, 5)] {
        cells.push(put(day, row, "○"));
    }
    cells
}

#[test]
fn a_mapped_listing_keeps_the_month_and_the_marks_that_it_does_not_map() {
    let cells = listing();
    let cells: Vec<(&str, &str)> = cells.iter().map(|(at, text)| (&**at, &**text)).collect();
    let sums = "[[form]]\nkind = \"listing\"\nsheet = \"9月\"\nfirst_row = 4\n\
        columns = { name = \"A\", home_days = \"AF\" }\n";
    let found = read(sums, &cells);
    let lines = of_kind(&found, FormKind::Listing);
    assert_eq!(lines.len(), 2);
    assert_eq!(said(lines[0], Item::HomeDays).unwrap(), "3");
    assert_eq!(lines[0].days.len(), 3);
    let month = said(lines[0], Item::Month);
    assert!(month.is_none_or(|month| month.contains("9月")));
    assert!(lines[0].title.contains("令和7年9月"), "{}", lines[0].title);
}
