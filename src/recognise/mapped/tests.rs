use super::*;
use crate::recognise::{DayColumns, testing};

fn sheet(cells: &[(&str, &str)]) -> Sheet {
    Sheet::of_texts("日誌", cells)
}

fn ranges(items: &[(Item, &str)]) -> Places {
    let range = |(item, text): &(Item, &str)| (*item, vec![CellRange::parse(text).unwrap()]);
    items.iter().map(range).collect()
}

fn texts(forms: &[Form], item: Item) -> Vec<String> {
    let each = forms.iter().map(|form| testing::texts(form, item));
    each.map(|texts| texts.join("/")).collect()
}

fn read(sheet: &Sheet, mapping: &Mapping) -> Vec<Form> {
    mapped(sheet, &[mapping], Vocabulary::builtin()).forms
}

fn pages(repeat: bool) -> Mapping {
    Mapping {
        kind: FormKind::Daily,
        page: ranges(&[(Item::Name, "B1")]),
        shape: Shape::Cells(ranges(&[(Item::Date, "B2"), (Item::Support, "B3:C3")])),
        repeat,
        only_if: None,
        contacts_in_parts: false,
    }
}

const TWO_DAYS: [(&str, &str); 12] = [
    ("A1", "だれ"),
    ("B1", "石田"),
    ("A2", "いつ"),
    ("B2", "9/1"),
    ("A3", "なに"),
    ("B3", "開始"),
    ("C3", "終了"),
    ("A6", "いつ"),
    ("B6", "9/2"),
    ("A7", "なに"),
    ("B7", "再び"),
    ("A9", "いつか"),
];

#[test]
fn cells_are_read_where_they_are_said_to_be() {
    let forms = read(&sheet(&TWO_DAYS), &pages(false));
    assert_eq!(texts(&forms, Item::Date), ["9/1"]);
    assert_eq!(texts(&forms, Item::Support), ["開始/終了"]);
    assert_eq!(texts(&forms, Item::Name), ["石田"]);
    assert!(
        forms[0].entries[&Item::Date][0]
            .grounds
            .contains(Ground::Mapped)
    );
}

#[test]
fn a_record_repeats_where_its_labels_do_and_nowhere_else() {
    let forms = read(&sheet(&TWO_DAYS), &pages(true));
    assert_eq!(texts(&forms, Item::Date), ["9/1", "9/2"]);
    assert_eq!(texts(&forms, Item::Name), ["石田", "石田"]);
}

#[test]
fn a_label_in_the_cell_itself_is_no_part_of_the_value() {
    let mapping = Mapping {
        kind: FormKind::Daily,
        page: BTreeMap::new(),
        shape: Shape::Cells(ranges(&[(Item::Name, "A1"), (Item::Recorder, "A2")])),
        repeat: false,
        only_if: None,
        contacts_in_parts: false,
    };
    let sheet = sheet(&[("A1", "氏名：石田　陽子"), ("A2", "10:00 原")]);
    let forms = read(&sheet, &mapping);
    assert_eq!(texts(&forms, Item::Name), ["石田　陽子"]);
    assert_eq!(texts(&forms, Item::Recorder), ["10:00 原"]);
}

#[test]
fn the_marks_of_a_listing_are_explained_by_its_title() {
    let mapping = Mapping {
        kind: FormKind::Listing,
        page: BTreeMap::new(),
        shape: Shape::Lines(Columns {
            columns: [(Item::Name, vec![(0, 0)])].into(),
            days: Some(DayColumns {
                from: 1,
                span: (1, 2),
            }),
            header: 1,
            first: 2,
            sideways: false,
        }),
        repeat: false,
        only_if: None,
        contacts_in_parts: false,
    };
    let sheet = sheet(&[
        ("A1", "実績（9月）　◯…在宅　△…通所"),
        ("A2", "だれ"),
        ("A3", "石田"),
        ("B3", "△"),
        ("C3", "○：在宅"),
    ]);
    let forms = read(&sheet, &mapping);
    assert!(forms[0].legend.contains("△…通所"), "{}", forms[0].legend);
    assert!(!forms[0].legend.contains("○："), "{}", forms[0].legend);
}

#[test]
fn lines_are_read_down_to_the_next_form() {
    let mapping = Mapping {
        kind: FormKind::Listing,
        page: BTreeMap::new(),
        shape: Shape::Lines(Columns {
            columns: [(Item::Name, vec![(0, 0)]), (Item::HomeDays, vec![(4, 4)])].into(),
            days: Some(DayColumns {
                from: 16,
                span: (1, 3),
            }),
            header: 0,
            first: 1,
            sideways: false,
        }),
        repeat: false,
        only_if: None,
        contacts_in_parts: false,
    };
    let sheet = sheet(&[
        ("A1", "だれ"),
        ("A2", "石田"),
        ("B2", "○"),
        ("D2", "×"),
        ("E2", "1"),
        ("A3", "原"),
        ("A4", "合計"),
        ("E4", "1"),
        ("A6", "評価日"),
        ("A7", "9/5"),
    ]);
    let forms = read(&sheet, &mapping);
    assert_eq!(texts(&forms, Item::Name), ["石田", "原"]);
    let marks: Vec<(u32, &str)> = forms[0]
        .days
        .iter()
        .map(|day| (day.day, day.word.text.as_str()))
        .collect();
    assert_eq!(marks, [(16, "○"), (18, "×")]);
}

/// Weeks below each other, whose days stand side by side or below each other.
fn weeks(columns: Columns, repeat: bool) -> Mapping {
    Mapping {
        contacts_in_parts: false,
        kind: FormKind::Daily,
        page: ranges(&[(Item::Name, "B1")]),
        shape: Shape::Lines(columns),
        repeat,
        only_if: Some(Item::Support),
    }
}

#[test]
fn tables_repeat_where_their_heads_do_each_with_its_user() {
    let upright = Columns {
        columns: [(Item::Date, vec![(0, 0)]), (Item::Support, vec![(1, 1)])].into(),
        days: None,
        header: 1,
        first: 2,
        sideways: false,
    };
    let below = sheet(&[
        ("A1", "だれ"),
        ("B1", "石田"),
        ("A2", "いつ"),
        ("B2", "なに"),
        ("A3", "9/1"),
        ("B3", "封入"),
        ("A4", "9/2"),
        ("A5", "だれ"),
        ("B5", "原"),
        ("A6", "いつ"),
        ("B6", "なに"),
        ("A7", "9/3"),
        ("B7", "検品"),
    ]);
    let forms = read(&below, &weeks(upright.clone(), true));
    assert_eq!(texts(&forms, Item::Date), ["9/1", "9/3"]);
    assert_eq!(texts(&forms, Item::Name), ["石田", "原"]);
    assert_ne!(forms[0].table, forms[1].table);
    let sideways = Columns {
        columns: [(Item::Date, vec![(1, 1)]), (Item::Support, vec![(2, 2)])].into(),
        days: None,
        header: 0,
        first: 1,
        sideways: true,
    };
    let beside = sheet(&[
        ("A1", "だれ"),
        ("B1", "石田"),
        ("A2", "いつ"),
        ("B2", "9/1"),
        ("C2", "9/2"),
        ("A3", "なに"),
        ("B3", "封入"),
        ("C3", "検品"),
        ("A5", "だれ"),
        ("B5", "原"),
        ("A6", "いつ"),
        ("B6", "9/3"),
        ("A7", "なに"),
        ("B7", "印字"),
    ]);
    let forms = read(&beside, &weeks(sideways.clone(), true));
    assert_eq!(texts(&forms, Item::Support), ["封入", "検品", "印字"]);
    assert_eq!(texts(&forms, Item::Name), ["石田", "石田", "原"]);
    let once = read(&beside, &weeks(sideways, false));
    assert_eq!(texts(&once, Item::Support), ["封入", "検品"]);
}

#[test]
fn a_name_beside_several_days_is_that_of_each() {
    let columns = Columns {
        columns: [
            (Item::Name, vec![(0, 0)]),
            (Item::Date, vec![(1, 1)]),
            (Item::Support, vec![(2, 2)]),
        ]
        .into(),
        days: None,
        header: 0,
        first: 1,
        sideways: false,
    };
    let mapping = Mapping {
        page: BTreeMap::new(),
        ..weeks(columns, false)
    };
    let mut sheet = sheet(&[
        ("A1", "だれ"),
        ("B1", "いつ"),
        ("C1", "なに"),
        ("A2", "石田"),
        ("B2", "9月1日"),
        ("C2", "封入"),
        ("B3", "（月）"),
        ("C3", "検品"),
        ("B4", "9月12日"),
        ("C4", "印字"),
    ]);
    sheet.merged = vec![CellRange::parse("A2:A4").unwrap()];
    let forms = read(&sheet, &mapping);
    assert_eq!(texts(&forms, Item::Date), ["9月1日", "9月12日"]);
    assert_eq!(texts(&forms, Item::Name), ["石田", "石田"]);
    assert_eq!(texts(&forms, Item::Support), ["封入/検品", "印字"]);
}

/// A listing in halves below each other, the days of each printed over their columns.
fn halves(second: &[(&str, &str)]) -> Sheet {
    let first = [
        ("A1", "だれ"),
        ("B1", "1"),
        ("C1", "2"),
        ("D1", "3"),
        ("A2", "石田"),
        ("C2", "○"),
        ("A5", "だれ"),
        ("A6", "石田"),
        ("B6", "○"),
    ];
    sheet(&[&first, second].concat())
}

fn days(forms: &[Form]) -> Vec<Vec<u32>> {
    let of_form = |form: &Form| form.days.iter().map(|day| day.day).collect();
    forms.iter().map(of_form).collect()
}

#[test]
fn the_days_of_a_listing_are_those_that_are_printed_over_them() {
    let mapping = Mapping {
        kind: FormKind::Listing,
        page: BTreeMap::new(),
        shape: Shape::Lines(Columns {
            columns: [(Item::Name, vec![(0, 0)])].into(),
            days: Some(DayColumns {
                from: 1,
                span: (1, 3),
            }),
            header: 0,
            first: 1,
            sideways: false,
        }),
        repeat: true,
        only_if: None,
        contacts_in_parts: false,
    };
    let printed = halves(&[("B5", "16日"), ("C5", "17日"), ("D5", "18日")]);
    assert_eq!(days(&read(&printed, &mapping)), [[2, 16]]);
    let found = mapped(&printed, &[&mapping], Vocabulary::builtin());
    assert!(found.renumbered.is_empty());
    // Days of work alone, without the weekend.
    let gaps = halves(&[("B5", "19"), ("C5", "22"), ("D5", "24")]);
    assert_eq!(days(&read(&gaps, &mapping)), [[2, 19]]);
    // Where none are printed, they are counted.
    assert_eq!(days(&read(&halves(&[]), &mapping)), [vec![2], vec![1]]);
    // What the mapping itself says wrongly is noted.
    let mut wrong = mapping.clone();
    if let Shape::Lines(columns) = &mut wrong.shape {
        columns.days = Some(DayColumns {
            from: 5,
            span: (1, 3),
        });
    }
    let found = mapped(&printed, &[&wrong], Vocabulary::builtin());
    assert_eq!(days(&found.forms), [[2, 16]]);
    assert_eq!(found.renumbered.len(), 1);
}

/// A listing whose last row has the number of users of each day.
fn summed(label: (&str, &str)) -> Sheet {
    sheet(&[
        ("A1", "番"),
        ("B1", "だれ"),
        ("C1", "1"),
        ("D1", "2"),
        ("E1", "日かず"),
        ("A2", "1"),
        ("B2", "石田"),
        ("C2", "○"),
        ("E2", "1"),
        ("A3", "2"),
        ("B3", "原"),
        ("C3", "○"),
        ("D3", "○"),
        ("E3", "8"),
        label,
        ("C4", "2"),
        ("D4", "1"),
        ("E4", "27"),
    ])
}

#[test]
fn a_row_of_totals_is_no_record_and_part_of_none() {
    let mapping = Mapping {
        kind: FormKind::Listing,
        page: BTreeMap::new(),
        shape: Shape::Lines(Columns {
            columns: [(Item::Name, vec![(1, 1)]), (Item::HomeDays, vec![(4, 4)])].into(),
            days: Some(DayColumns {
                from: 1,
                span: (2, 3),
            }),
            header: 0,
            first: 1,
            sideways: false,
        }),
        repeat: false,
        only_if: None,
        contacts_in_parts: false,
    };
    for label in [
        ("A4", "在宅の人数"),
        ("A4", "合計"),
        ("B4", "計"),
        ("B4", "在宅の人数"),
        ("F9", "何もない"),
    ] {
        let forms = read(&summed(label), &mapping);
        assert_eq!(texts(&forms, Item::Name), ["石田", "原"], "{label:?}");
        assert_eq!(texts(&forms, Item::HomeDays), ["1", "8"], "{label:?}");
    }
    // The row of a user whose name only sounds like it stays.
    let forms = read(&summed(("B4", "計良　昇")), &mapping);
    assert_eq!(texts(&forms, Item::Name), ["石田", "原", "計良　昇"]);
}
