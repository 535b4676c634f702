//! What of a profile contradicts itself, whatever the workbooks hold.

use std::collections::{BTreeMap, HashMap};

use toml::Spanned;

use super::Reader;
use crate::normalise;
use crate::profile::raw::{Raw, RawPlaces};
use crate::profile::{ProfileError, ProfileProblem, key};
use crate::recognise::{Item, label_key};

/// Cells, columns or rows of each item.
type Boxes<T> = BTreeMap<Item, Vec<T>>;

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
                let at = (
                    form.kind,
                    sheet,
                    words.clone(),
                    first,
                    place.get_ref().text(),
                );
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
    /// both, and no item has any twice. `places` are those of `written`.
    pub(super) fn items_part<T>(
        &self,
        written: &RawPlaces,
        places: &Boxes<T>,
        overlap: impl Fn(&T, &T) -> bool,
    ) -> Result<(), ProfileError> {
        for (item, own) in places {
            let mut pairs = (1..).zip(own);
            let is_twice = |(n, a): (usize, &T)| own.iter().skip(n).any(|b| overlap(a, b));
            if pairs.any(is_twice) {
                let problem = |name| ProfileProblem::SameTwice(name);
                return Err(self.at_item(written, *item, problem));
            }
        }
        for item in places.keys() {
            let before = places.iter().take_while(|(other, _)| *other < item);
            self.parted(written, *item, before, places, &overlap)?;
        }
        Ok(())
    }

    /// No item of `places`, which are those of `written`, has the cells of one of `others`.
    pub(super) fn apart<T>(
        &self,
        written: &RawPlaces,
        (others, places): (&Boxes<T>, &Boxes<T>),
        overlap: impl Fn(&T, &T) -> bool,
    ) -> Result<(), ProfileError> {
        for item in places.keys() {
            let others = others.iter().filter(|(other, _)| *other != item);
            self.parted(written, *item, others, places, &overlap)?;
        }
        Ok(())
    }

    fn parted<'a, T: 'a>(
        &self,
        written: &RawPlaces,
        item: Item,
        others: impl Iterator<Item = (&'a Item, &'a Vec<T>)>,
        places: &Boxes<T>,
        overlap: impl Fn(&T, &T) -> bool,
    ) -> Result<(), ProfileError> {
        let own = || places.get(&item).into_iter().flatten();
        let mut others = others.filter(|(other, _)| !may_share(item, **other));
        let meets = |theirs: &[T]| own().any(|a| theirs.iter().any(|b| overlap(a, b)));
        match others.find(|(_, theirs)| meets(theirs)) {
            None => Ok(()),
            Some((other, _)) => {
                let problem = |name| ProfileProblem::SameCells([key(other), name]);
                Err(self.at_item(written, item, problem))
            }
        }
    }

    /// The problem of the item, at its place.
    fn at_item(
        &self,
        written: &RawPlaces,
        item: Item,
        problem: impl FnOnce(String) -> ProfileProblem,
    ) -> ProfileError {
        let name = key(&item);
        let place = written.iter().find(|(known, _)| *known.get_ref() == name);
        let span = place.map_or(0..0, |(_, place)| place.span());
        self.error(span, problem(name))
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

/// Whether one box may hold both items.
fn may_share(one: Item, other: Item) -> bool {
    let both = |is: fn(Item) -> bool| is(one) && is(other);
    let each = |is: fn(Item) -> bool, may: fn(Item) -> bool| {
        is(one) && may(other) || is(other) && may(one)
    };
    both(Item::is_heading)
        || both(|item| matches!(item, Item::Start | Item::End))
        || both(|item| matches!(item, Item::HomeWeekdays | Item::CommuteWeekdays))
        || each(is_time, |item| item == Item::Contact)
        || each(|item| item == Item::Method, is_support)
        // 評価日・方法, and 評価日・評価者.
        || each(is_date, |item| {
            matches!(item, Item::Month | Item::Method) || item.is_signed()
        })
        || each(|item| item == Item::Name, |item| item == Item::Signature)
        || [one, other].contains(&Item::Ignored)
}

/// Items that are a time of day, or hold one.
fn is_time(item: Item) -> bool {
    use Item::{DateTime, End, Start, Time};
    matches!(item, Start | End | Time | DateTime)
}

/// Texts that tell by which means the user was spoken to.
fn is_support(item: Item) -> bool {
    matches!(item, Item::Support | Item::Contact)
}

/// Items that say of which day, week or month a record is.
fn is_date(item: Item) -> bool {
    use Item::{Date, DateTime, Period, PeriodFrom, PeriodTo};
    matches!(item, Date | DateTime | Period | PeriodFrom | PeriodTo)
}
