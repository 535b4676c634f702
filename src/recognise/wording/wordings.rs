//! Wordings as they are written: `templates/labels.toml`, and what an office adds.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::recognise::inspection::SheetWordings;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::wording::phrasing::Phrasing;
use crate::recognise::wording::told_by_user::ToldByUser;

/// Wordings that an office adds to those that the program brings along.
#[derive(Debug, Clone, Default)]
pub struct MoreWords {
    /// Labels, each with its meaning.
    pub labels: Vec<(Option<FormKind>, Item, String)>,
    /// Titles.
    pub titles: Vec<(FormKind, String)>,
    /// Headings.
    pub headings: Vec<(FormKind, String)>,
    /// Words of sample sheets.
    pub samples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub titles: BTreeMap<FormKind, Vec<String>>,
    pub samples: Sheets,
    pub samples_alone: Sheets,
    pub codes: Sheets,
    pub told_by_user: ToldByUser,
    pub outputs: Sheets,
    pub guides: Sheets,
    pub legends: Sheets,
    pub headings: BTreeMap<FormKind, Vec<String>>,
    pub any: BTreeMap<Item, Vec<String>>,
    pub roster: BTreeMap<Item, Vec<String>>,
    pub daily: BTreeMap<Item, Vec<String>>,
    pub weekly: BTreeMap<Item, Vec<String>>,
    pub monthly: BTreeMap<Item, Vec<String>>,
    pub listing: BTreeMap<Item, Vec<String>>,
    pub service_record: BTreeMap<Item, Vec<String>>,
    pub columns: BTreeMap<FormKind, BTreeMap<Item, Vec<String>>>,
    pub inside: BTreeMap<FormKind, BTreeMap<Item, Vec<String>>>,
    pub self_inspection: SheetWordings,
    pub keywords: BTreeMap<FormKind, BTreeMap<Item, Vec<String>>>,
    pub behind_somebody: Sheets,
    pub phrasing: Phrasing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheets {
    pub words: Vec<String>,
}
