//! What of a profile contradicts itself, whatever the workbooks hold.

use std::collections::{BTreeMap, HashMap};

use toml::Spanned;

use super::Reader;
use crate::normalise;
use crate::profile::amend::is_instead;
use crate::profile::raw::{Raw, RawPlaces};
use crate::profile::{ProfileError, ProfileProblem, key};
use crate::recognise::{Item, label_key};

/// The days of a month.
const DAYS: u32 = 31;

impl Reader<'_> {
    /// No word stands for two things, and no known one for another.
    pub(super) fn words_agree(&self, raw: &Raw) -> Result<(), ProfileError> {
        for (_, items) in raw.labels.by_kind() {
            let mut meant: HashMap<String, &str> = HashMap::new();
            for (item, wordings) in items {
                for wording in wordings {
                    let word = label_key(wording.get_ref());
                    let known = meant.insert(word, item.get_ref());
                    if let Some(known) = known.filter(|known| known != item.get_ref()) {
                        let problem = ProfileProblem::TwoMeanings {
                            word: wording.get_ref().clone(),
                            items: [known.to_owned(), item.get_ref().clone()],
                        };
                        return Err(self.error(wording.span(), problem));
                    }
                }
            }
        }
        for (word, method) in &raw.methods {
            let known = normalise::known_method(word.get_ref());
            if let Some(known) = known.filter(|known| known != method) {
                return Err(self.known_word(word, &key(&known)));
            }
        }
        for (word, service) in &raw.services {
            let known = normalise::known_service(word.get_ref());
            if let Some(known) = known.filter(|known| known != service) {
                return Err(self.known_word(word, &key(&known)));
            }
        }
        Ok(())
    }

    fn known_word(&self, word: &Spanned<String>, known: &str) -> ProfileError {
        let problem = ProfileProblem::KnownWord {
            word: word.get_ref().clone(),
            known: known.to_owned(),
        };
        self.error(word.span(), problem)
    }

    /// No record is mapped twice from the same cells.
    pub(super) fn forms_differ(&self, raw: &Raw) -> Result<(), ProfileError> {
        let mut seen: HashMap<_, Item> = HashMap::new();
        for entry in &raw.form {
            let form = entry.get_ref();
            let sheet = form.sheet.as_ref().map(Spanned::get_ref);
            let words: Vec<(&str, &str)> = form
                .words
                .iter()
                .map(|(cell, word)| (cell.get_ref().as_str(), word.get_ref().as_str()))
                .collect();
            let first = (
                form.first_row.as_ref().map(Spanned::get_ref),
                form.first_column.as_ref().map(Spanned::get_ref),
            );
            for (name, place) in form.own_places() {
                let item = self.item(Some(form.kind), name)?;
                let at = (form.kind, sheet, words.clone(), first, place.get_ref());
                let problem = match seen.insert(at, item) {
                    Some(known) if known == item => ProfileProblem::MappedTwice(key(&item)),
                    Some(known) if !may_share(known, item) => {
                        ProfileProblem::SameCells([key(&known.min(item)), key(&known.max(item))])
                    }
                    // One form has been asked for both already.
                    _ => continue,
                };
                return Err(self.error(place.span(), problem));
            }
        }
        Ok(())
    }

    /// No two items of a record have the same cells, columns or rows, unless one box may hold
    /// both. `places` is in the order of `written`.
    pub(super) fn items_part<T>(
        &self,
        written: &RawPlaces,
        places: &BTreeMap<Item, Vec<T>>,
        overlap: impl Fn(&T, &T) -> bool,
    ) -> Result<(), ProfileError> {
        let all = || places.iter();
        for (item, own) in all() {
            let others = all().take_while(|(other, _)| *other < item);
            let mut others = others.filter(|(other, _)| !may_share(*item, **other));
            let meets = |theirs: &[T]| own.iter().any(|a| theirs.iter().any(|b| overlap(a, b)));
            if let Some((other, _)) = others.find(|(_, theirs)| meets(theirs)) {
                let name = key(item);
                let text = written.iter().find(|(known, _)| *known.get_ref() == name);
                if let Some((_, text)) = text {
                    return Err(self.same_cells(text, key(other), name));
                }
            }
        }
        Ok(())
    }

    fn same_cells(&self, text: &Spanned<String>, one: String, other: String) -> ProfileError {
        let problem = ProfileProblem::SameCells([one, other]);
        self.error(text.span(), problem)
    }

    /// The days have a column each, and those of no item.
    pub(super) fn days_part(
        &self,
        text: &Spanned<String>,
        days: (u32, u32),
        items: &BTreeMap<Item, Vec<(u32, u32)>>,
    ) -> Result<(), ProfileError> {
        let count = days.1.saturating_sub(days.0).saturating_add(1);
        if count > DAYS {
            return Err(self.error(text.span(), ProfileProblem::TooManyDays(count)));
        }
        let meets = |span: &(u32, u32)| span.0 <= days.1 && days.0 <= span.1;
        let mut others = items.iter().filter(|(item, _)| **item != Item::Ignored);
        match others.find(|(_, spans)| spans.iter().any(meets)) {
            Some((item, _)) => Err(self.same_cells(text, "days".to_owned(), key(item))),
            None => Ok(()),
        }
    }
}

/// Whether one box may hold both items: a date and who wrote it, but no two texts.
fn may_share(one: Item, other: Item) -> bool {
    let is_text = |item: Item| item.is_free_text() && item != Item::Contact;
    let is_same = is_instead(one, other) || is_instead(other, one);
    !(is_same || is_text(one) && is_text(other))
}
