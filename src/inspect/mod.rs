//! How a workbook was read: every item with its cell, and what became of all other contents.
//!
//! Nothing of a file is passed over in silence: each cell, check box, shape and comment is
//! behind a value, explained, or unknown, and the three add up.

mod account;
mod fields;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{Cell, Confidence, Doubt, FileName, Ground, Office, Skipped, Wording};
use crate::read::Book;
use crate::recognise::{FormKind, Item, Recognised, Role};

pub use fields::Value;

/// How one workbook was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The file, as shown.
    pub file: FileName,
    /// In the order of the sheets, then of reading.
    pub forms: Vec<FormReading>,
    /// All contents that are behind no value, in the order of the sheets, then of reading.
    pub rest: Vec<Content>,
    /// Sheets without a record, and why.
    pub skipped: Vec<Skipped>,
    /// The counts.
    pub totals: Totals,
}

/// How one form was read.
#[derive(Debug, Clone)]
pub struct FormReading {
    /// Which form it is.
    pub kind: FormKind,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// Its first cell.
    pub at: Cell,
    /// The title above it, as written.
    pub title: String,
    /// Whether it makes a record: neither blank nor of a day that was not spent at home.
    pub filled: bool,
    /// Its items; where it makes no record, only what it says of the office and the month.
    pub items: Vec<ItemReading>,
}

/// How one item was read.
#[derive(Debug, Clone)]
pub struct ItemReading {
    /// The name of the field in `records.json`.
    pub field: &'static str,
    /// The label's meaning that it was read by.
    pub item: Item,
    /// For a mark of the listing: the day of the month.
    pub day: Option<u32>,
    /// Where.
    pub cell: Option<Cell>,
    /// The text as written.
    pub raw: String,
    /// What it means; `None` where it is blank or was not understood.
    pub value: Option<Value>,
    /// Why it was not understood.
    pub problem: Option<Wording>,
    /// How surely it was read; `None` where nothing is written.
    pub confidence: Option<Confidence>,
    /// What the reading rests on.
    pub grounds: Vec<Ground>,
    /// Why a person should look at it.
    pub doubts: Vec<Doubt>,
}

/// One content of a sheet that is behind no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// Where.
    pub cell: Cell,
    /// What it is.
    pub part: Part,
    /// Its text.
    pub text: String,
    /// Why it is no value.
    pub why: Why,
}

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// A written cell.
    Cell,
    /// A form-control check box.
    CheckBox,
    /// A drawn shape.
    Shape,
    /// A comment or note.
    Comment,
}

/// Why a content is behind no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The title of a form.
    Title,
    /// A word that opens a part of a form.
    Heading,
    /// The name of an item.
    Label,
    /// A printed choice that was not made.
    PrintedChoice,
    /// The printed frame of an empty box, such as 年　月　日.
    PrintedFrame,
    /// What explains the marks of a listing.
    Legend,
    /// Printed advice on how to fill in the form.
    Guide,
    /// 合計 and what is summed up beside it.
    Total,
    /// A sample or guide sheet.
    Sample,
    /// A form that is not filled in.
    Unfilled,
    /// What tells of a day that was not spent at home.
    NotAtHome,
    /// An item that no check asks for.
    NotAsked,
    /// Left out because the profile says so.
    LeftOut,
    /// A comment: kept in the workbook, read by no check.
    Comment,
    /// A shape that says nothing.
    Decoration,
    /// A second box of an item that was read elsewhere in the form.
    Repeated,
    /// Written for a known item, and not understood: the item says why.
    NotUnderstood,
    /// Beside a known label, and behind no record.
    Unread,
    /// What looks like a label and is not known.
    UnknownLabel,
    /// Not understood.
    Unknown,
}

impl Why {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 20] = [
        Self::Title,
        Self::Heading,
        Self::Label,
        Self::PrintedChoice,
        Self::PrintedFrame,
        Self::Legend,
        Self::Guide,
        Self::Total,
        Self::Sample,
        Self::Unfilled,
        Self::NotAtHome,
        Self::NotAsked,
        Self::LeftOut,
        Self::Comment,
        Self::Decoration,
        Self::Repeated,
        Self::NotUnderstood,
        Self::Unread,
        Self::UnknownLabel,
        Self::Unknown,
    ];

    /// Whether nobody knows what the content is for.
    pub fn is_unknown(self) -> bool {
        matches!(self, Self::UnknownLabel | Self::Unknown)
    }
}

impl From<Role> for Why {
    fn from(role: Role) -> Self {
        match role {
            Role::Title => Self::Title,
            Role::Heading => Self::Heading,
            Role::Label => Self::Label,
            Role::Legend => Self::Legend,
            Role::Guide => Self::Guide,
            Role::Total => Self::Total,
            Role::Sample => Self::Sample,
            Role::NotAsked => Self::NotAsked,
            Role::LeftOut => Self::LeftOut,
            Role::Beside => Self::Unread,
            Role::UnknownLabel => Self::UnknownLabel,
        }
    }
}

/// How many contents there are, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// All written cells, check boxes, shapes and comments.
    pub contents: usize,
    /// Those behind a value.
    pub used: usize,
    /// Those that are no value, by what they are.
    pub explained: BTreeMap<Why, usize>,
    /// Those that nobody knows.
    pub unknown: BTreeMap<Why, usize>,
}

impl Totals {
    /// Those that are no value and known for what they are.
    pub fn explained(&self) -> usize {
        self.explained.values().sum()
    }

    /// Those that nobody knows.
    pub fn unknown(&self) -> usize {
        self.unknown.values().sum()
    }

    /// Adds those of another file.
    pub fn add(&mut self, other: &Self) {
        self.contents += other.contents;
        self.used += other.used;
        for (sum, more) in [
            (&mut self.explained, &other.explained),
            (&mut self.unknown, &other.unknown),
        ] {
            for (why, n) in more {
                *sum.entry(*why).or_default() += n;
            }
        }
    }

    fn count(&mut self, why: Option<Why>) {
        self.contents += 1;
        match why {
            None => self.used += 1,
            Some(why) if why.is_unknown() => *self.unknown.entry(why).or_default() += 1,
            Some(why) => *self.explained.entry(why).or_default() += 1,
        }
    }
}

/// Accounts for a book: `found` was recognised in it, and `office` was made of that alone.
pub fn inspect(book: &Book, found: &Recognised, office: &Office) -> Reading {
    let records = fields::by_place(office);
    let forms = fields::forms(found, &records);
    let uses = account::uses(found, &forms);
    let mut rest = Vec::new();
    let mut totals = Totals::default();
    let known = account::known(found);
    let nothing = account::Known::default();
    for sheet in &book.sheets {
        let known = known.get(sheet.name.as_str()).unwrap_or(&nothing);
        account::sheet(sheet, known, &uses, &mut rest, &mut totals);
    }
    Reading {
        file: book.file.clone(),
        forms,
        rest,
        skipped: found.skipped.clone(),
        totals,
    }
}
