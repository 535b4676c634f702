//! The entries of a profile with where they stand in its file: what is to be told of each.

use std::ops::Range;

use toml::Spanned;

use super::Reader;
use crate::model::{Cell, CellRange};
use crate::profile::raw::{Raw, RawForm};
use crate::profile::told::{Named, What};
use crate::profile::{ProfileError, made_at};
use crate::recognise::{FormKind, label_key};
use crate::text::squash;

impl Reader<'_> {
    /// All that must be for something, of a profile that is in order.
    pub(super) fn entries(&self, raw: &Raw) -> Vec<Named> {
        let named = |span: Range<usize>, what: What| Named {
            at: span.start,
            line: self.line(span),
            what,
        };
        let word = |text: &Spanned<String>| squash(text.get_ref()).to_lowercase();
        let mut found = Vec::new();
        for (kind, items) in raw.labels.by_kind() {
            for wording in items.values().flatten() {
                let what = What::Label(kind, label_key(wording.get_ref()));
                found.push(named(wording.span(), what));
            }
        }
        for wording in raw.titles.values().chain(raw.headings.values()).flatten() {
            let what = What::Title(label_key(wording.get_ref()));
            found.push(named(wording.span(), what));
        }
        let words = raw.samples.words.iter().chain(raw.methods.keys());
        for text in words.chain(raw.services.keys()) {
            found.push(named(text.span(), What::Word(word(text))));
        }
        for sign in raw.marks.keys() {
            found.push(named(sign.span(), What::Sign(word(sign))));
        }
        if let Some(name) = &raw.office.name {
            found.push(named(name.span(), What::Office(word(name))));
        }
        for entry in &raw.ignore {
            found.push(named(entry.span(), What::LeftOut));
        }
        for entry in &raw.form {
            let (span, raw) = (entry.span(), entry.get_ref());
            let by_words = !raw.words.is_empty();
            found.push(named(span.clone(), What::Form { by_words }));
            let form = span.start;
            for written in raw.places() {
                let (at, written) = (written.span(), written.get_ref().text());
                found.push(named(at, What::Place { form, written }));
            }
            if let Some(days) = raw.days.as_ref().filter(|_| !raw.cells.is_empty()) {
                found.push(named(days.span(), What::DaysBesideCells { form }));
            }
            let is_strict = raw.only_if.is_some();
            found.push(Named {
                at: made_at(form),
                ..named(span.clone(), What::Made { form, is_strict })
            });
            if raw.kind == FormKind::Listing && raw.days.is_none() {
                found.push(Named {
                    at: form.saturating_add(1),
                    ..named(span, What::NoDays { form })
                });
            }
        }
        found
    }

    /// Where each place stands in the file, with its cells; a column begins in the first row of
    /// records.
    pub(super) fn places_of(&self, raw: &RawForm) -> Result<Vec<(usize, CellRange)>, ProfileError> {
        let mut found = Vec::new();
        for written in raw.places() {
            let at = written.span().start;
            let text = written.get_ref().text();
            let is_cells = text.contains(|c: char| c.is_ascii_digit())
                && text.contains(|c: char| c.is_ascii_alphabetic());
            for part in written.get_ref().parts() {
                let part = Spanned::new(written.span(), part.to_owned());
                let place = match (is_cells, &raw.first_row, &raw.first_column) {
                    (false, Some(first), None) => {
                        let row = self.row(first)?;
                        let (col, _) = self.columns(&part)?;
                        CellRange::single(Cell::new(row, col))
                    }
                    (false, None, Some(first)) => {
                        let col = self.column(first)?;
                        let (row, _) = self.rows(&part)?;
                        CellRange::single(Cell::new(row, col))
                    }
                    _ => self.range(&part)?,
                };
                found.push((at, place));
            }
        }
        Ok(found)
    }
}
