//! What an office says of its own workbooks, where words and geometry cannot know it.
//!
//! A profile stands before recognition: it adds wordings, leaves contents out, and reads the
//! sheets whose layout it maps. It never gives a value of a record.

mod amend;
mod by_line;
mod doubted;
mod draft;
mod error;
mod load;
mod malformed;
mod pattern;
mod raw;
mod rest;
mod rival;
mod slips;
mod source;
mod taken;
mod told;
mod unknown_words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

pub use draft::Draft;
pub use error::{ProfileError, ProfileProblem};
pub use told::Told;

use pattern::Pattern;
use rest::together;
use told::{Named, What};

use crate::model::{CellRange, Dialect, Ground, Skipped, Wording};
use crate::read::{Book, Sheet};
use crate::recognise::{
    Explained, Form, FormKind, Heeded, Landmarks, Mapping, Recognised, Role, Vocabulary,
    everywhere, is_sample, recognise,
};

/// An office's profile; the default one says nothing.
#[derive(Debug, Default)]
pub struct Profile {
    /// The file, as the caller named it.
    name: String,
    /// The common wordings and the office's; `None` where it adds none.
    vocabulary: Option<Vocabulary>,
    dialect: Dialect,
    left_out: Vec<LeftOut>,
    forms: Vec<MappedForm>,
    /// All that must be for something.
    entries: Vec<Named>,
}

/// `[[ignore]]`: contents that count for nothing.
#[derive(Debug, Default)]
struct LeftOut {
    /// Where it stands in the file, in bytes.
    at: usize,
    sheet: Option<Pattern>,
    range: Option<CellRange>,
    text: Option<Pattern>,
}

/// `[[form]]`: a mapping and the sheets that it is for.
#[derive(Debug)]
struct MappedForm {
    /// Where it stands in the file, in bytes.
    at: usize,
    sheet: Option<Pattern>,
    landmarks: Landmarks,
    mapping: Mapping,
    /// Where the place of each item stands in the file, with its cells.
    places: Vec<(usize, CellRange)>,
}

impl Profile {
    /// Reads a profile from a file.
    pub fn from_path(path: &Path) -> Result<Self, ProfileError> {
        load::from_path(path)
    }

    /// Reads a profile from TOML; `name` stands for it in messages.
    pub fn parse(text: &str, name: &str) -> Result<Self, ProfileError> {
        load::parse(text, name)
    }

    /// The wordings to go by.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary
            .as_ref()
            .unwrap_or_else(|| Vocabulary::builtin())
    }

    /// Finds the forms of a book as the profile has it.
    pub fn recognise(&self, whole: &Book) -> Recognised {
        let (book, explained) = self.without_left_out(whole);
        let mut found = if self.forms.is_empty() {
            recognise(&book, self.vocabulary())
        } else {
            self.recognise_mapped(&book)
        };
        found.explained.extend(explained);
        found.skipped.extend(self.passed_over(whole));
        found.dialect = self.dialect.clone();
        let heeded = self.heeded(whole, &found.forms);
        found.heeded.add(heeded);
        found
    }

    /// What is to be told of the profile, where over all books this became of its entries.
    pub fn told(&self, heeded: &Heeded) -> Told {
        told::told(&self.name, &self.entries, heeded)
    }

    /// What became of the entries on the sheets of the book.
    fn heeded(&self, book: &Book, forms: &[Form]) -> Heeded {
        let mut heeded = told::words_in(&self.entries, book, forms, &|sheet| {
            let mapped = self.fitting(sheet).into_iter();
            let kinds = mapped.map(|form| form.mapping.kind);
            kinds
                .filter(|kind| !is_recognised(*kind, sheet, forms))
                .collect()
        });
        for sheet in &book.sheets {
            for form in self.fitting(sheet) {
                heeded.used.insert(form.at);
                let places = form.places.iter();
                let there = places.filter(|(_, place)| told::is_on(sheet, *place));
                heeded.used.extend(there.map(|(at, _)| at));
            }
            let left_out = self.left_out.iter().filter(|entry| entry.is_of(sheet));
            heeded.used.extend(left_out.map(|entry| entry.at));
        }
        heeded
    }

    /// The mapped forms that are for the sheet.
    fn fitting(&self, sheet: &Sheet) -> Vec<&MappedForm> {
        if self.forms.is_empty() {
            return Vec::new();
        }
        let is_sample = is_sample(sheet, self.vocabulary());
        let forms = self.forms.iter();
        forms.filter(|form| form.fits(sheet, is_sample)).collect()
    }

    fn recognise_mapped(&self, book: &Book) -> Recognised {
        let (own, others): (Vec<&Sheet>, Vec<&Sheet>) = book
            .sheets
            .iter()
            .partition(|sheet| !self.fitting(sheet).is_empty());
        let others = Book {
            file: book.file.clone(),
            sheets: others.into_iter().cloned().collect(),
        };
        let mut found = recognise(&others, self.vocabulary());
        for sheet in own {
            let fitting = self.fitting(sheet);
            let mappings: Vec<&Mapping> = fitting.iter().map(|form| &form.mapping).collect();
            let whole = together(&book.file, sheet, &mappings, self.vocabulary());
            let at = |number: usize| fitting.get(number).map(|form| form.at);
            let has_days = |form: &Form| form.kind == FormKind::Listing && !form.days.is_empty();
            if whole.forms.iter().any(has_days) {
                let entries = self.entries.iter();
                let lacking = entries.filter(|entry| match entry.what {
                    What::NoDays { form } => fitting.iter().any(|fitting| fitting.at == form),
                    _ => false,
                });
                found.heeded.used.extend(lacking.map(|entry| entry.at));
            }
            let renumbered = whole.renumbered.iter().filter_map(|number| at(*number));
            found.heeded.renumbered.extend(renumbered);
            for number in &whole.made {
                found.heeded.used.extend(at(*number).map(made_at));
            }
            for ((number, slip, kind), items) in whole.slips.into_all() {
                if let Some(form) = at(number) {
                    let slips = &mut found.heeded.slips;
                    let known = slips.entry((form, slip, kind)).or_default();
                    told::locate(known, items, &book.file, sheet);
                }
            }
            for passed in whole.passed {
                if let Some(form) = at(passed.mapping) {
                    told::note(&mut found.heeded, form, passed, &book.file, sheet);
                }
            }
            found.skipped.extend(whole.skipped);
            found.covers.extend(whole.covers);
            found.unrecognised.extend(whole.unrecognised);
            found.forms.extend(whole.forms);
            found.tables.extend(whole.tables);
            found.explained.extend(whole.explained);
        }
        let sheets = book.sheets.iter().map(|sheet| sheet.name.as_str());
        let order: HashMap<&str, usize> = sheets.zip(0..).collect();
        found
            .forms
            .sort_by_key(|form| order.get(&*form.sheet).copied());
        found
    }

    /// The book without what is to be left out, and what that was.
    fn without_left_out<'a>(&self, book: &'a Book) -> (Cow<'a, Book>, Vec<Explained>) {
        let mut explained = Vec::new();
        if self.left_out.is_empty() {
            return (Cow::Borrowed(book), explained);
        }
        let mut rest = book.clone();
        for sheet in &mut rest.sheets {
            for entry in &self.left_out {
                entry.take_from(sheet, &mut explained);
            }
        }
        (Cow::Owned(rest), explained)
    }

    /// Sheets that are left out as a whole, for the list of what was passed over.
    fn passed_over(&self, book: &Book) -> Vec<Skipped> {
        let whole = |sheet: &&Sheet| self.left_out.iter().any(|entry| entry.is_whole(sheet));
        let sheets = book.sheets.iter().filter(whole);
        sheets
            .map(|sheet| Skipped {
                file: book.file.clone(),
                sheet: Some(sheet.name.clone()),
                reason: Wording::new(
                    "プロファイルで読み取らないとしたシート",
                    "a sheet that the profile leaves out",
                ),
            })
            .collect()
    }
}

impl LeftOut {
    fn is_whole(&self, sheet: &Sheet) -> bool {
        self.range.is_none() && self.text.is_none() && self.is_of(sheet)
    }

    fn is_of(&self, sheet: &Sheet) -> bool {
        self.sheet.as_ref().is_none_or(|p| p.fits(&sheet.name))
    }

    fn take_from(&self, sheet: &mut Sheet, explained: &mut Vec<Explained>) {
        if !self.is_of(sheet) {
            return;
        }
        let (range, text) = (self.range.unwrap_or(everywhere()), &self.text);
        let name: std::sync::Arc<str> = sheet.name.as_str().into();
        let mut told = |range| {
            explained.push(Explained {
                sheet: name.clone(),
                range,
                role: Role::LeftOut,
            });
        };
        if text.is_none() {
            told(range);
            sheet.check_boxes.retain(|b| !range.contains(b.center));
        }
        sheet.cells.retain(|cell, content| {
            let goes =
                range.contains(*cell) && text.as_ref().is_none_or(|text| text.fits(&content.shown));
            if goes && text.is_some() {
                told(CellRange::single(*cell));
            }
            !goes
        });
    }
}

impl MappedForm {
    /// A sample has the layout of the real form: it is taken for one only by its name.
    fn fits(&self, sheet: &Sheet, is_sample: bool) -> bool {
        self.sheet
            .as_ref()
            .map_or(!is_sample, |pattern| pattern.fits(&sheet.name))
            && self.landmarks.missing_on(sheet).is_none()
    }
}

/// Whether a form of the kind was recognised on the sheet, or part of one.
fn is_recognised(kind: FormKind, sheet: &Sheet, forms: &[Form]) -> bool {
    let of_sheet = forms.iter().filter(|form| *form.sheet == *sheet.name);
    let mut of_kind = of_sheet.filter(|form| form.kind == kind);
    of_kind.any(|form| {
        let own = form.entries.iter().filter(|(item, _)| !item.is_heading());
        let mut entries = own.flat_map(|(_, entries)| entries);
        entries.any(|entry| !entry.grounds.contains(Ground::Mapped))
    })
}

/// Where it is noted that the `[[form]]` at that byte made a record: within its head.
fn made_at(form: usize) -> usize {
    form.saturating_add(2)
}

/// The name of a kind or an item in a profile.
fn key<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(name: &str, cells: &[(&str, &str)]) -> Book {
        let sheet = Sheet::of_texts(name, cells);
        Book {
            file: "記録.xlsx".into(),
            sheets: vec![sheet],
        }
    }

    const ODD: [(&str, &str); 4] = [
        ("A1", "いつ"),
        ("B1", "9/1"),
        ("A2", "なに"),
        ("B2", "封入"),
    ];

    fn found(text: &str, book: &Book) -> Recognised {
        Profile::parse(text, "office.toml").unwrap().recognise(book)
    }

    #[test]
    fn a_mapped_sheet_is_read_by_its_mapping_and_others_are_not() {
        let form = "[[form]]\nkind = \"daily\"\nsheet = \"*日\"\ncells = { date = \"B1\", work = \"B2\" }\n";
        let ours = found(form, &book("9月1日", &ODD));
        assert_eq!(ours.forms.len(), 1);
        assert_eq!(ours.forms[0].kind, FormKind::Daily);
        assert!(found(form, &book("予定", &ODD)).forms.is_empty());
        assert!(found("", &book("9月1日", &ODD)).forms.is_empty());
    }

    #[test]
    fn words_know_the_layout_again_but_no_sample_of_it() {
        let form =
            "[[form]]\nkind = \"daily\"\nwords = { A1 = \"いつ\" }\ncells = { date = \"B1\" }\n";
        let mut next_month = ODD;
        next_month[1].1 = "10/1";
        assert_eq!(found(form, &book("10月", &next_month)).forms.len(), 1);
        assert!(found(form, &book("記載例", &next_month)).forms.is_empty());
        next_month[0].1 = "いつから";
        assert!(found(form, &book("10月", &next_month)).forms.is_empty());
    }

    #[test]
    fn mapping_one_form_leaves_the_others_of_its_sheet_recognised() {
        let sheet = [
            ("A1", "だれ"),
            ("B1", "石田　陽子"),
            ("A2", "いつ"),
            ("B2", "9/1"),
            ("A3", "なに"),
            ("B3", "封入をした"),
            ("A6", "達成度評価シート"),
            ("A7", "実施日"),
            ("B7", "令和7年9月29日"),
            ("A8", "訓練目標"),
            ("B8", "毎日続ける"),
            ("A9", "達成度"),
            ("B9", "続けられた"),
        ];
        let form = "[[form]]\nkind = \"daily\"\nsheet = \"9月\"\npage = { name = \"B1\" }\ncells = { date = \"B2\", work = \"B3\" }\n";
        let both = found(form, &book("9月", &sheet));
        let kinds: Vec<FormKind> = both.forms.iter().map(|form| form.kind).collect();
        assert_eq!(kinds, [FormKind::Daily, FormKind::Monthly]);
        let name = &both.forms[1].entries[&crate::recognise::Item::Name][0].words[0];
        assert_eq!(name.text, "石田　陽子");
        // So is another record of the kind that is mapped.
        let mut daily = sheet;
        daily[6].1 = "支援記録";
        daily[9].1 = "作業内容";
        daily[11].1 = "支援内容";
        let both = found(form, &book("9月", &daily));
        let kinds: Vec<FormKind> = both.forms.iter().map(|form| form.kind).collect();
        assert_eq!(kinds, [FormKind::Daily, FormKind::Daily]);
    }

    #[test]
    fn what_a_cover_says_of_the_office_stays_beside_a_mapping_of_it() {
        let cover = [
            ("B2", "在宅就労支援"),
            ("B6", "事業所名"),
            ("C6", "みなも"),
            ("B7", "事業所番号"),
            ("C7", "4010100001"),
            ("B8", "種別"),
            ("C8", "就労移行支援"),
        ];
        let form = "[[form]]\nkind = \"roster\"\nsheet = \"表紙\"\ncells = { service = \"C8\" }\n";
        for profile in ["", form] {
            let found = found(profile, &book("表紙", &cover));
            let office =
                crate::normalise::office("", std::slice::from_ref(&found), Vec::new(), Vec::new());
            assert_eq!(office.name, "みなも", "{profile}");
            assert_eq!(office.number.as_deref(), Some("4010100001"), "{profile}");
        }
    }

    #[test]
    fn what_is_left_out_is_not_recognised_and_is_told() {
        let daily = [
            ("A1", "支援記録"),
            ("A2", "実施日"),
            ("B2", "2025/9/1"),
            ("A3", "作業内容"),
            ("B3", "社外秘"),
            ("A4", "支援内容"),
            ("B4", "9:00 開始"),
        ];
        let book = book("9月", &daily);
        let whole = found("[[ignore]]\nsheet = \"9月\"\n", &book);
        assert!(whole.forms.is_empty());
        assert_eq!(whole.skipped[0].sheet.as_deref(), Some("9月"));
        let text = found("[[ignore]]\ntext = \"*社外秘*\"\n", &book);
        let left_out: Vec<_> = text
            .explained
            .iter()
            .filter(|e| e.role == Role::LeftOut)
            .collect();
        assert_eq!(left_out.len(), 1);
        assert_eq!(left_out[0].range.to_string(), "B3");
        assert_eq!(text.forms.len(), 1);
        let other = found("[[ignore]]\nsheet = \"10月\"\n", &book);
        assert!(!other.explained.is_empty());
        assert!(other.explained.iter().all(|e| e.role != Role::LeftOut));
    }
}
