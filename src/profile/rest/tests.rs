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

/// What is noted of the items, such as `Label monthly goal A6`.
fn slips_of(found: &Recognised) -> Vec<String> {
    let slips = found.heeded.slips.iter();
    slips
        .flat_map(|((_, slip, kind), items)| {
            items.iter().map(move |(item, place)| {
                let cell = place.cell.unwrap();
                format!("{slip:?} {kind:?} {item:?} {cell}")
            })
        })
        .collect()
}

fn monthly(cells: &str) -> (Recognised, Vec<String>) {
    let text = format!("[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\ncells = {{ {cells} }}\n");
    let found = read(&text, &MONTH);
    let slips = slips_of(&found);
    (found, slips)
}

#[test]
fn a_place_that_cannot_be_the_item_leaves_what_was_recognised() {
    for (cells, slip) in [
        ("goal = \"A6\"", "Label Monthly Goal A6"),
        ("previous_date = \"A2\"", "Label Monthly PreviousDate A2"),
        ("goal = \"B30\"", "Blank Monthly Goal B30"),
        ("goal = \"B4\"", ""),
        ("effort = \"B2\"", "Another Monthly Effort B2"),
    ] {
        let (found, slips) = monthly(cells);
        let [form] = of_kind(&found, FormKind::Monthly)[..] else {
            panic!("{cells}: {:?}", found.forms)
        };
        assert_eq!(said(form, Item::Goal).unwrap(), "毎日続ける", "{cells}");
        assert_eq!(said(form, Item::Evaluator).unwrap(), "津田", "{cells}");
        assert_eq!(slips.join(","), slip, "{cells}");
    }
}

#[test]
fn an_empty_box_against_a_recognised_one_makes_a_question_of_it() {
    let (found, _) = monthly("goal = \"B30\"");
    let form = of_kind(&found, FormKind::Monthly)[0];
    let entry = &form.entries[&Item::Goal][0];
    assert!(entry.grounds.contains(crate::model::Ground::Repeated));
    // So it is in a record that is mapped as a whole: nobody is blamed for the blank.
    let (found, slips) = monthly(
        "date = \"B3\", goal = \"B30\", achievement = \"B6\", issues = \"B7\", evaluator = \"B8\"",
    );
    let form = of_kind(&found, FormKind::Monthly)[0];
    assert_eq!(said(form, Item::Goal).unwrap(), "");
    assert_eq!(form.unread.unwrap().to_string(), "B4");
    assert_eq!(slips, ["Blank Monthly Goal B30"]);
    // A box that is empty in both is blank.
    let mut cells = MONTH.to_vec();
    cells[6].1 = "";
    let whole = "[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\ncells = { goal = \"B4\" }\n";
    assert!(slips_of(&read(whole, &cells)).is_empty());
}

#[test]
fn prose_is_no_month_and_no_name_of_a_record() {
    let mut cells = MONTH.to_vec();
    cells[6].1 = "休まずに毎日続け、終わりまで取り組む。";
    for item in ["month", "name", "previous_date"] {
        let text = format!(
            "[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\ncells = {{ {item} = \"B4\" }}\n"
        );
        let found = read(&text, &cells);
        let [form] = of_kind(&found, FormKind::Monthly)[..] else {
            panic!("{item}: {:?}", found.forms)
        };
        assert_eq!(said(form, Item::Name).unwrap(), "石田　陽子", "{item}");
        assert_eq!(said(form, Item::Goal).unwrap(), cells[6].1, "{item}");
        let slips = slips_of(&found);
        assert!(
            slips.iter().any(|slip| slip.starts_with("Unlikely")),
            "{slips:?}"
        );
    }
}

#[test]
fn what_an_item_costs_another_one_is_noted() {
    let (_, slips) = monthly("issues = \"B6\"");
    assert_eq!(slips, ["Lost Monthly Achievement B6"]);
    assert!(monthly("goal = \"B5\"").1.is_empty());
}

#[test]
fn two_entries_of_one_item_each_correct_one_record() {
    let one = |item: &str, cell: &str| {
        format!(
            "[[form]]\nkind = \"monthly\"\nsheet = \"9月\"\ncells = {{ {item} = \"{cell}\" }}\n"
        )
    };
    let both = one("goal", "B5") + &one("signature", "B9");
    let found = read(&both, &MONTH);
    let [form] = of_kind(&found, FormKind::Monthly)[..] else {
        panic!("{:?}", found.forms)
    };
    assert_eq!(said(form, Item::Goal).unwrap(), "週4日");
    assert_eq!(said(form, Item::Signature).unwrap(), "石田");
    assert_eq!(said(form, Item::Achievement).unwrap(), "続けられた");
}

#[test]
fn one_or_two_cells_of_another_form_are_no_record_of_their_own() {
    for cells in ["content = \"B4\"", "date = \"B3\", content = \"B4\""] {
        let text = format!("[[form]]\nkind = \"weekly\"\nsheet = \"9月\"\ncells = {{ {cells} }}\n");
        let found = read(&text, &MONTH);
        assert!(of_kind(&found, FormKind::Weekly).is_empty(), "{cells}");
        let form = of_kind(&found, FormKind::Monthly)[0];
        assert_eq!(said(form, Item::Goal).unwrap(), "毎日続ける");
        assert_eq!(said(form, Item::Date).unwrap(), "2025/9/29");
        assert!(
            slips_of(&found)
                .iter()
                .all(|slip| slip.starts_with("Another Weekly"))
        );
    }
    // A record that is mapped with its items has them, and is told nothing of.
    let whole = "[[form]]\nkind = \"weekly\"\nsheet = \"9月\"\n\
        cells = { date = \"B3\", content = \"B4, B5\", confirmer = \"B8\" }\n";
    let found = read(whole, &MONTH);
    assert_eq!(of_kind(&found, FormKind::Weekly).len(), 1);
}

/// A listing of one user over the evaluation of the month, whose day is that of both.
fn sheet_of_a_month() -> Vec<(String, String)> {
    let mut cells: Vec<(String, String)> = listing();
    cells.retain(|(at, _)| crate::model::Cell::parse(at).unwrap().row != 4);
    for (at, text) in MONTH {
        let cell = crate::model::Cell::parse(at).unwrap();
        let lower = crate::model::Cell::new(cell.row + 8, cell.col);
        cells.push((lower.to_string(), text.to_owned()));
    }
    cells
}

#[test]
fn the_day_of_an_evaluation_is_that_of_the_listing_too() {
    let cells = sheet_of_a_month();
    let cells: Vec<(&str, &str)> = cells.iter().map(|(at, text)| (&**at, &**text)).collect();
    let date =
        "[[form]]\nkind = \"listing\"\nsheet = \"9月\"\ncells = { monthly_date = \"B11\" }\n";
    let found = read(date, &cells);
    let lines = of_kind(&found, FormKind::Listing);
    assert_eq!(lines.len(), 1);
    assert_eq!(said(lines[0], Item::MonthlyDate).unwrap(), "2025/9/29");
    assert_eq!(said(lines[0], Item::Name).unwrap(), "石田　陽子");
    assert_eq!(lines[0].days.len(), 3);
    let form = of_kind(&found, FormKind::Monthly)[0];
    assert_eq!(said(form, Item::Date).unwrap(), "2025/9/29");
    assert!(slips_of(&found).is_empty());
}

#[test]
fn columns_that_name_no_record_are_items_of_the_lines_that_are_there() {
    let cells = listing();
    let cells: Vec<(&str, &str)> = cells.iter().map(|(at, text)| (&**at, &**text)).collect();
    let sums = "[[form]]\nkind = \"listing\"\nsheet = \"9月\"\nfirst_row = 4\n\
        columns = { home_days = \"AF\" }\n";
    let found = read(sums, &cells);
    let lines = of_kind(&found, FormKind::Listing);
    let sums: Vec<_> = lines
        .iter()
        .map(|line| said(line, Item::HomeDays).unwrap())
        .collect();
    assert_eq!(sums, ["3", "2"]);
    let names: Vec<_> = lines
        .iter()
        .map(|line| said(line, Item::Name).unwrap())
        .collect();
    assert_eq!(names, ["石田　陽子", "原　健"]);
    assert_eq!((lines[0].days.len(), lines[1].days.len()), (3, 2));
    assert!(found.heeded.passed.is_empty());
    // One cell is that of the line in its row.
    let one = "[[form]]\nkind = \"listing\"\nsheet = \"9月\"\ncells = { home_days = \"AF5\" }\n";
    let found = read(one, &cells);
    let lines = of_kind(&found, FormKind::Listing);
    assert_eq!(said(lines[1], Item::HomeDays).unwrap(), "2");
    assert_eq!((lines.len(), lines[1].days.len()), (2, 2));
}

#[test]
fn columns_on_a_sheet_without_lines_take_nothing_from_it() {
    let none = "[[form]]\nkind = \"listing\"\nsheet = \"9月\"\nfirst_row = 3\n\
        columns = { home_days = \"B\" }\n";
    let found = read(none, &MONTH);
    let form = of_kind(&found, FormKind::Monthly)[0];
    assert_eq!(said(form, Item::Goal).unwrap(), "毎日続ける");
    assert!(of_kind(&found, FormKind::Listing).is_empty());
}
