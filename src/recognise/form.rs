//! What recognition gives on: forms, with the words that stand for each item.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Cell, CellRange, Dialect, FileName, Ground, Grounds, Location, Skipped};
use crate::read::Stored;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::columns::Columns;

/// One record's worth of a sheet.
#[derive(Debug, Clone)]
pub struct Form {
    /// Which form it is.
    pub kind: FormKind,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// Its first cell.
    pub at: Cell,
    /// What stands for each item; an item that the form does not have is not in it.
    pub entries: BTreeMap<Item, Vec<Entry>>,
    /// For a listing: the words under each day of the month.
    pub days: Vec<DayWord>,
    /// The title above it, as written.
    pub title: String,
    /// The text that explains the marks of a listing.
    pub legend: Arc<str>,
    /// Number of the table that it is a line of, where it is one.
    pub table: Option<usize>,
    /// A text within it that is none of its items and of which nothing else is known.
    pub unread: Option<Cell>,
}

impl Form {
    /// A form outside any table, of which nothing but its entries is known.
    pub fn new(
        kind: FormKind,
        sheet: Arc<str>,
        at: Cell,
        entries: BTreeMap<Item, Vec<Entry>>,
    ) -> Form {
        Form {
            kind,
            sheet,
            at,
            entries,
            days: Vec::new(),
            title: String::new(),
            legend: "".into(),
            table: None,
            unread: None,
        }
    }
}

/// One label with what belongs to it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The label as written.
    pub label: String,
    /// The first cell of the box that belongs to the label.
    pub home: Cell,
    /// What is written there, in reading order.
    pub words: Vec<Word>,
    /// What the reading rests on.
    pub grounds: Grounds,
}

impl Entry {
    /// What stands for a label, with nothing told yet of what the reading rests on.
    pub fn new(label: String, home: Cell, words: Vec<Word>) -> Entry {
        Entry {
            label,
            home,
            words,
            grounds: Grounds::default(),
        }
    }

    /// What stands for an item without a label of its own, by the words in it.
    pub fn unlabelled(home: Cell, words: Vec<Word>) -> Entry {
        Entry {
            grounds: Grounds::from_iter([Ground::LabelByWord]),
            ..Entry::new(String::new(), home, words)
        }
    }
}

/// One cell's text, or one check box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Word {
    /// Where.
    pub cell: Cell,
    /// As shown; empty for a check box.
    pub text: String,
    /// As stored; `None` for a check box and for a part of a cell's text.
    pub stored: Option<Stored>,
    /// For a check box: whether it is ticked.
    pub tick: Option<bool>,
    /// Struck through, as a whole or in part.
    pub struck: bool,
    /// Not to be seen in the workbook.
    pub hidden: bool,
    /// One of several check boxes on one place.
    pub stacked: bool,
    /// The text of a text box.
    pub drawn: bool,
    /// What is written where the text is that of the row above, such as 〃.
    pub written: Option<String>,
}

/// What stands under one day of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct DayWord {
    /// The day of the month.
    pub day: u32,
    /// What is written there.
    pub word: Word,
    /// What the line is for, where the user has one a kind of day.
    pub line: Option<DayLine>,
}

/// What all marks of one line of a listing are for: 区分 在宅, 通所, 週評価.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayLine {
    /// 在宅
    Home,
    /// 通所
    Attendance,
    /// 訪問
    Visit,
    /// 欠席 and other lines that tell of no support.
    Elsewhere,
    /// 週評価
    Weekly,
    /// 月評価・達成度評価
    Monthly,
}

/// What was recognised in one book.
#[derive(Debug, Clone, Default)]
pub struct Recognised {
    /// The file.
    pub file: FileName,
    /// In the order of the sheets, then of reading.
    pub forms: Vec<Form>,
    /// What each sheet without a record says of the office, such as a cover.
    pub covers: Vec<BTreeMap<Item, Vec<Entry>>>,
    /// Sheets without a record, and why.
    pub skipped: Vec<Skipped>,
    /// Those of them that could hold records all the same.
    pub unrecognised: Vec<Location>,
    /// How the tables are divided whose lines are forms.
    pub tables: Vec<Laid>,
    /// What is known of cells that hold no value of a record.
    pub explained: Vec<Explained>,
    /// What the office alone writes.
    pub dialect: Dialect,
    /// What became of the entries of the profile.
    pub heeded: Heeded,
}

/// What became of the entries of a profile, by where they stand in its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heeded {
    /// Those that are for one of the sheets, or stand on one.
    pub used: BTreeSet<usize>,
    /// Wordings that stand on sheets where a mapping counts before them.
    pub idle: BTreeSet<usize>,
    /// What is filled in, was recognised as a form of the kind, and is not read because the
    /// mapping is: each item with its first cell.
    pub passed: BTreeMap<(usize, FormKind), BTreeMap<Item, Location>>,
    /// Places of items that cannot be what the mapping says, or that it costs another item: each
    /// with its first cell.
    pub slips: BTreeMap<(usize, Slip, FormKind), BTreeMap<Item, Location>>,
    /// Days of the month of which the sheet prints others over the columns.
    pub renumbered: BTreeSet<usize>,
    /// Titles and headings of the profile that stand within the name of an item, with that name.
    pub blurred: BTreeMap<usize, String>,
}

/// What is wrong with the place that a mapping gives to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// The cell holds a printed label.
    Label,
    /// The cell holds a text that the item cannot be.
    Unlikely,
    /// The cell is empty, and without the mapping the item was read from another one.
    Blank,
    /// The cell is that of an item of another kind of form, and stays so.
    Another,
    /// The item was recognised there and is read no more, as the mapping gives its cell to another.
    Lost,
}

impl Heeded {
    /// Adds what became of them on other sheets.
    pub fn add(&mut self, other: Self) {
        self.used.extend(other.used);
        self.idle.extend(other.idle);
        self.renumbered.extend(other.renumbered);
        self.blurred.extend(other.blurred);
        for (entry, items) in other.passed {
            add_places(self.passed.entry(entry).or_default(), items);
        }
        for (entry, items) in other.slips {
            add_places(self.slips.entry(entry).or_default(), items);
        }
    }
}

/// Keeps the first place of each item.
fn add_places(known: &mut BTreeMap<Item, Location>, items: BTreeMap<Item, Location>) {
    for (item, place) in items {
        known.entry(item).or_insert(place);
    }
}

/// How one table is divided.
#[derive(Debug, Clone)]
pub struct Laid {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The number that its lines give as theirs.
    pub table: usize,
    /// Its columns; `None` where no mapping can tell them.
    pub columns: Option<Columns>,
}

/// Cells that are no value, and what they are.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The cells.
    pub range: CellRange,
    /// What they are.
    pub role: Role,
}

/// What a cell is that holds no value of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The title of a form.
    Title,
    /// A word that opens a part of a form.
    Heading,
    /// The name of an item.
    Label,
    /// What explains the marks of a listing.
    Legend,
    /// Printed advice on how to fill in the form.
    Guide,
    /// 合計 and what is summed up beside it.
    Total,
    /// Anything on a sample or guide sheet.
    Sample,
    /// The value of a known item that no check asks for, such as 曜日.
    NotAsked,
    /// Left out because the profile says so.
    LeftOut,
    /// Beside a known label of a record's item.
    Beside,
    /// What looks like a label and is not known.
    UnknownLabel,
}
