//! A profile as it is written down, before anything in it is believed.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, de};
use toml::Spanned;

use crate::model::{Method, Service};
use crate::recognise::FormKind;

/// Wordings by what they stand for.
pub type Wordings<K> = BTreeMap<K, Vec<Spanned<String>>>;

/// The whole of a profile.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Raw {
    pub labels: Labels,
    pub titles: Wordings<FormKind>,
    pub headings: Wordings<FormKind>,
    pub samples: Samples,
    pub marks: BTreeMap<Spanned<String>, Sign>,
    pub methods: BTreeMap<Spanned<String>, Method>,
    pub services: BTreeMap<Spanned<String>, Service>,
    pub office: RawOffice,
    pub read: Read,
    pub ignore: Vec<Spanned<RawIgnore>>,
    pub form: Vec<Spanned<RawForm>>,
}

/// `[labels.*]`, by kind of form.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Labels {
    pub any: Items,
    pub roster: Items,
    pub daily: Items,
    pub weekly: Items,
    pub monthly: Items,
    pub listing: Items,
    pub service_record: Items,
}

impl Labels {
    /// The items of each kind of form, those of any kind first.
    pub fn by_kind(&self) -> [(Option<FormKind>, &Items); 7] {
        [
            (None, &self.any),
            (Some(FormKind::Roster), &self.roster),
            (Some(FormKind::Daily), &self.daily),
            (Some(FormKind::Weekly), &self.weekly),
            (Some(FormKind::Monthly), &self.monthly),
            (Some(FormKind::Listing), &self.listing),
            (Some(FormKind::ServiceRecord), &self.service_record),
        ]
    }
}

/// Wordings by the name of the item; which names there are depends on the kind of form.
pub type Items = BTreeMap<Spanned<String>, Vec<Spanned<String>>>;

/// `[samples]`
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Samples {
    pub words: Vec<Spanned<String>>,
}

/// What a sign of `[marks]` stands for.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    Home,
    Attendance,
    Visit,
    None,
}

/// `[office]`
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct RawOffice {
    pub name: Option<Spanned<String>>,
    pub number: Option<Spanned<String>>,
    pub service: Option<Service>,
}

/// `[read]`
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Read {
    pub year: Option<Spanned<i32>>,
}

/// `[[ignore]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawIgnore {
    pub sheet: Option<Spanned<String>>,
    pub range: Option<Spanned<String>>,
    pub text: Option<Spanned<String>>,
}

/// `[[form]]`: a record a page has `cells`, one a line has `columns` and `first_row`, one a
/// column has `rows` and `first_column`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawForm {
    pub kind: FormKind,
    pub sheet: Option<Spanned<String>>,
    #[serde(default)]
    pub words: BTreeMap<Spanned<String>, Spanned<String>>,
    pub only_if: Option<Spanned<String>>,
    #[serde(default)]
    pub page: RawPlaces,
    #[serde(default)]
    pub cells: RawPlaces,
    #[serde(default)]
    pub repeat: bool,
    #[serde(default)]
    pub columns: RawPlaces,
    pub header_row: Option<Spanned<u32>>,
    pub first_row: Option<Spanned<u32>>,
    #[serde(default)]
    pub rows: RawPlaces,
    pub header_column: Option<Spanned<String>>,
    pub first_column: Option<Spanned<String>>,
    pub days: Option<Spanned<String>>,
}

impl RawForm {
    /// The items of a record with their places, those that records share aside.
    pub fn own_places(&self) -> impl Iterator<Item = (&Spanned<String>, &Spanned<RawPlace>)> {
        let places = [&self.cells, &self.columns, &self.rows];
        places.into_iter().flatten()
    }

    /// All places of items, as written.
    pub fn places(&self) -> impl Iterator<Item = &Spanned<RawPlace>> {
        let places = [&self.page, &self.cells, &self.columns, &self.rows];
        places.into_iter().flat_map(BTreeMap::values)
    }
}

/// Cells, columns or rows of each item.
pub type RawPlaces = BTreeMap<Spanned<String>, Spanned<RawPlace>>;

/// Where one item stands.
#[derive(Clone)]
pub enum RawPlace {
    /// One place, or several divided by commas.
    Boxes(String),
    /// Contacts, each with its time and its text in boxes of their own.
    Contacts(Vec<RawContact>),
}

/// One contact in two boxes.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct RawContact {
    pub time: Spanned<String>,
    pub text: Spanned<String>,
}

impl RawPlace {
    /// Each place as written; time and text of a contact one after the other.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Self::Boxes(text) => text.split(',').map(str::trim).collect(),
            Self::Contacts(contacts) => contacts
                .iter()
                .flat_map(|contact| [&contact.time, &contact.text])
                .map(|text| text.get_ref().trim())
                .collect(),
        }
    }

    /// All places on one line.
    pub fn text(&self) -> String {
        match self {
            Self::Boxes(text) => text.clone(),
            Self::Contacts(_) => self.parts().join(", "),
        }
    }
}

impl<'de> Deserialize<'de> for RawPlace {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Written)
    }
}

/// Reads a place of either kind.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = RawPlace;

    fn expecting(&self, into: &mut fmt::Formatter) -> fmt::Result {
        into.write_str("a place")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<RawPlace, E> {
        Ok(RawPlace::Boxes(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<RawPlace, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(RawPlace::Contacts)
    }
}
