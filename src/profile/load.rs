//! From a profile's TOML to a [`Profile`] that can be used.

mod consistent;
mod entries;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use super::malformed;
use super::pattern::Pattern;
use super::raw::{Raw, RawForm, RawIgnore, RawPlace, RawPlaces, Sign};
use super::source;
use super::{LeftOut, MappedForm, Profile, ProfileError, ProfileProblem, key};
use crate::model::{Cell, CellRange, Dialect, Mark};
use crate::recognise::{
    Columns, DayColumns, FormKind, Item, Landmarks, Mapping, MoreWords, Shape, Vocabulary,
    label_key,
};
use crate::text::{nearest, squash};

/// Reads a profile from a file.
pub fn from_path(path: &Path) -> Result<Profile, ProfileError> {
    let name = path.display().to_string();
    match source::text(path) {
        Ok(text) => parse(&text, &name),
        Err(problem) => Err(ProfileError {
            name,
            line: None,
            problem,
        }),
    }
}

/// Reads a profile from TOML; `name` stands for it in messages.
pub fn parse(text: &str, name: &str) -> Result<Profile, ProfileError> {
    if text.len() > source::LONGEST {
        return Err(ProfileError {
            name: name.to_owned(),
            line: None,
            problem: ProfileProblem::TooLong,
        });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    let reader = Reader {
        text,
        name,
        breaks: breaks.map(|(at, _)| at).collect(),
    };
    let raw: Raw = toml::from_str(text).map_err(|error| reader.refused(&error))?;
    reader.profile(raw)
}

/// Excel's.
const LAST_ROW: u32 = 1_048_576;
/// Excel's.
const LAST_COLUMN: u32 = 16_384;

struct Reader<'a> {
    text: &'a str,
    name: &'a str,
    /// Where each line ends, in bytes.
    breaks: Vec<usize>,
}

impl Reader<'_> {
    fn profile(&self, raw: Raw) -> Result<Profile, ProfileError> {
        self.words_agree(&raw)?;
        self.forms_differ(&raw)?;
        let left_out = raw.ignore.iter().map(|entry| self.left_out(entry));
        let forms = raw.form.iter().map(|entry| self.form(entry));
        let left_out = left_out.collect::<Result<_, _>>()?;
        let forms = forms.collect::<Result<_, _>>()?;
        let dialect = self.dialect(&raw)?;
        let entries = self.entries(&raw);
        let more = self.words(raw)?;
        let adds = !(more.labels.is_empty()
            && more.titles.is_empty()
            && more.headings.is_empty()
            && more.samples.is_empty());
        Ok(Profile {
            name: self.name.to_owned(),
            vocabulary: adds.then(|| Vocabulary::builtin().with(&more)),
            dialect,
            left_out,
            forms,
            entries,
        })
    }

    fn words(&self, raw: Raw) -> Result<MoreWords, ProfileError> {
        let mut more = MoreWords::default();
        for (kind, items) in raw.labels.by_kind() {
            for (item, wordings) in items {
                let item = self.item(kind, item)?;
                for wording in wordings {
                    let wording = self.wording(wording.clone())?;
                    more.labels.push((kind, item, wording));
                }
            }
        }
        for (from, into) in [
            (raw.titles, &mut more.titles),
            (raw.headings, &mut more.headings),
        ] {
            for (kind, wordings) in from {
                for wording in wordings {
                    into.push((kind, self.wording(wording)?));
                }
            }
        }
        for word in raw.samples.words {
            more.samples.push(self.wording(word)?);
        }
        Ok(more)
    }

    fn dialect(&self, raw: &Raw) -> Result<Dialect, ProfileError> {
        let mut dialect = Dialect::default();
        for (sign, meaning) in &raw.marks {
            let meaning = match meaning {
                Sign::Home => Some(Mark::Home),
                Sign::Attendance => Some(Mark::Attendance),
                Sign::Visit => Some(Mark::Visit),
                Sign::None => None,
            };
            dialect.marks.insert(self.key(sign)?, meaning);
        }
        for (word, method) in &raw.methods {
            dialect.methods.insert(self.key(word)?, *method);
        }
        for (word, service) in &raw.services {
            dialect.services.insert(self.key(word)?, *service);
        }
        if let Some(year) = &raw.read.year {
            if !(2000..=2100).contains(year.get_ref()) {
                return Err(self.error(year.span(), ProfileProblem::NotAYear));
            }
            dialect.year = Some(*year.get_ref());
        }
        if let Some(name) = &raw.office.name {
            self.key(name)?;
            dialect.office = Some(name.get_ref().trim().to_owned());
        }
        if let Some(number) = &raw.office.number {
            const DIGITS: usize = 10;
            let digits = squash(number.get_ref());
            if digits.len() != DIGITS || !digits.chars().all(|c| c.is_ascii_digit()) {
                return Err(self.error(number.span(), ProfileProblem::NotANumber));
            }
            dialect.number = Some(digits);
        }
        dialect.service = raw.office.service;
        Ok(dialect)
    }

    fn left_out(&self, entry: &Spanned<RawIgnore>) -> Result<LeftOut, ProfileError> {
        let RawIgnore { sheet, range, text } = entry.get_ref();
        if sheet.is_none() && range.is_none() && text.is_none() {
            return Err(self.error(entry.span(), ProfileProblem::IgnoresAll));
        }
        Ok(LeftOut {
            at: entry.span().start,
            sheet: self.pattern(sheet.as_ref())?,
            range: range.as_ref().map(|range| self.range(range)).transpose()?,
            text: self.pattern(text.as_ref())?,
        })
    }

    fn form(&self, entry: &Spanned<RawForm>) -> Result<MappedForm, ProfileError> {
        let raw = entry.get_ref();
        if raw.kind == FormKind::SelfInspection {
            // It is read by its sentences, which stand in the program.
            let problem = ProfileProblem::UnknownWord {
                word: key(&raw.kind),
                near: Vec::new(),
                known: FormKind::ALL.iter().map(key).collect(),
            };
            return Err(self.error(entry.span(), problem));
        }
        let sheet = self.pattern(raw.sheet.as_ref())?;
        let landmarks = self.landmarks(raw)?;
        if sheet.is_none() && landmarks.is_empty() {
            return Err(self.error(entry.span(), ProfileProblem::FitsAll));
        }
        if let Some(days) = raw.days.as_ref().filter(|_| raw.kind != FormKind::Listing) {
            return Err(self.error(days.span(), ProfileProblem::DaysElsewhere));
        }
        let given = [&raw.cells, &raw.columns, &raw.rows].map(|places| !places.is_empty());
        let shape = match (given, &raw.first_row, &raw.first_column) {
            ([true, false, false], None, None) => {
                Shape::Cells(self.places(raw.kind, &raw.cells, |text| self.range(text))?)
            }
            ([false, true, false], Some(first), None) => {
                let header = raw.header_row.as_ref();
                let header = header.map(|row| self.row(row)).transpose()?;
                let first = (header, self.row(first)?, first.span());
                self.lines(raw, first, &raw.columns, |text| self.columns(text))?
            }
            ([false, false, true], None, Some(first)) => {
                let header = raw.header_column.as_ref();
                let header = header.map(|column| self.column(column)).transpose()?;
                let first = (header, self.column(first)?, first.span());
                self.lines(raw, first, &raw.rows, |text| self.rows(text))?
            }
            _ => {
                let problem = match given.iter().filter(|given| **given).count() {
                    0 if !raw.page.is_empty() => ProfileProblem::PageAlone,
                    0 | 1 => ProfileProblem::NoShape,
                    _ => ProfileProblem::TwoShapes,
                };
                return Err(self.error(entry.span(), problem));
            }
        };
        let page = self.places(raw.kind, &raw.page, |text| self.range(text))?;
        if let Shape::Cells(cells) = &shape {
            self.items_part(&raw.cells, cells, CellRange::overlaps)?;
            self.apart(&raw.cells, (&page, cells), CellRange::overlaps)?;
        }
        self.items_part(&raw.page, &page, CellRange::overlaps)?;
        let mut own = raw.own_places().map(|(_, place)| place.get_ref());
        let contacts_in_parts = own.any(|place| matches!(place, RawPlace::Contacts(_)));
        Ok(MappedForm {
            at: entry.span().start,
            sheet,
            landmarks,
            places: self.places_of(raw)?,
            mapping: Mapping {
                kind: raw.kind,
                only_if: self.only_if(raw)?,
                repeat: raw.repeat,
                page,
                shape,
                contacts_in_parts,
            },
        })
    }

    fn landmarks(&self, raw: &RawForm) -> Result<Landmarks, ProfileError> {
        let mut words = BTreeMap::new();
        for (at, word) in &raw.words {
            let cell = Cell::parse(at.get_ref()).ok_or_else(|| {
                let problem = ProfileProblem::NotACell(at.get_ref().clone());
                self.error(at.span(), problem)
            })?;
            if Landmarks::new([(cell, word.get_ref().clone())].into()).is_none() {
                return Err(self.error(word.span(), ProfileProblem::NotPrinted));
            }
            words.insert(cell, word.get_ref().clone());
        }
        Ok(Landmarks::new(words).unwrap_or_default())
    }

    /// The item that makes a record; it must be one of the mapped ones.
    fn only_if(&self, raw: &RawForm) -> Result<Option<Item>, ProfileError> {
        let Some(name) = &raw.only_if else {
            return Ok(None);
        };
        let item = self.item(Some(raw.kind), name)?;
        let mut mapped = [&raw.cells, &raw.columns, &raw.rows]
            .into_iter()
            .flat_map(BTreeMap::keys);
        match mapped.any(|other| other.get_ref() == name.get_ref()) {
            true => Ok(Some(item)),
            false => {
                let problem = ProfileProblem::NotMapped(name.get_ref().clone());
                Err(self.error(name.span(), problem))
            }
        }
    }

    /// A table with its header and first line, counted from zero.
    fn lines(
        &self,
        raw: &RawForm,
        (header, first, span): (Option<u32>, u32, Range<usize>),
        places: &RawPlaces,
        read: impl Fn(&Spanned<String>) -> Result<(u32, u32), ProfileError>,
    ) -> Result<Shape, ProfileError> {
        let header = header.or(first.checked_sub(1)).filter(|row| *row < first);
        let Some(header) = header else {
            return Err(self.error(span, ProfileProblem::NotARow));
        };
        let days = raw.days.as_ref().map(|days| self.days(days, &read));
        let days = days.transpose()?;
        let columns = self.places(raw.kind, places, read)?;
        self.items_part(places, &columns, |a, b| a.0 <= b.1 && b.0 <= a.1)?;
        if let (Some(text), Some(days)) = (&raw.days, &days) {
            self.days_part(text, days.span, &columns)?;
        }
        Ok(Shape::Lines(Columns {
            days,
            columns,
            header,
            first,
            sideways: !raw.rows.is_empty(),
        }))
    }

    /// `B:AF` from the 1st on, `16=B:Q` from the 16th.
    fn days(
        &self,
        text: &Spanned<String>,
        read: impl Fn(&Spanned<String>) -> Result<(u32, u32), ProfileError>,
    ) -> Result<DayColumns, ProfileError> {
        let written = text.get_ref();
        let (from, places) = written.split_once('=').unwrap_or(("1", written));
        let from = from.trim().parse().ok();
        let Some(from) = from.filter(|day| (1..=31).contains(day)) else {
            let problem = ProfileProblem::NotADay(written.clone());
            return Err(self.error(text.span(), problem));
        };
        let span = read(&Spanned::new(text.span(), places.trim().to_owned()))?;
        Ok(DayColumns { from, span })
    }

    /// What stands for each item, one place or several.
    fn places<T>(
        &self,
        kind: FormKind,
        places: &RawPlaces,
        read: impl Fn(&Spanned<String>) -> Result<T, ProfileError>,
    ) -> Result<BTreeMap<Item, Vec<T>>, ProfileError> {
        let mut found = BTreeMap::new();
        for (name, place) in places {
            let item = self.item(Some(kind), name)?;
            let is_divided = matches!(place.get_ref(), RawPlace::Contacts(_));
            if is_divided && item != Item::Contact {
                let problem = ProfileProblem::NoContact(name.get_ref().clone());
                return Err(self.error(place.span(), problem));
            }
            let parts = place.get_ref().parts().into_iter();
            let parts = parts.map(|part| read(&Spanned::new(place.span(), part.to_owned())));
            let parts: Vec<T> = parts.collect::<Result<_, _>>()?;
            if parts.len() > 1 && !item.may_be_divided() {
                let problem = ProfileProblem::SeveralBoxes(name.get_ref().clone());
                return Err(self.error(place.span(), problem));
            }
            found.insert(item, parts);
        }
        Ok(found)
    }

    /// The item of that name that a form of the kind can have.
    fn item(&self, kind: Option<FormKind>, name: &Spanned<String>) -> Result<Item, ProfileError> {
        let written = name.get_ref();
        let known = Vocabulary::builtin().items(kind);
        if let Some(item) = known.iter().find(|item| key(*item) == *written) {
            return Ok(*item);
        }
        let known: Vec<String> = known.iter().map(key).collect();
        let near = nearest(known.iter().map(String::as_str), written);
        let problem = ProfileProblem::UnknownItem {
            near: near.into_iter().map(str::to_owned).collect(),
            word: written.clone(),
            known,
        };
        Err(self.error(name.span(), problem))
    }

    fn wording(&self, text: Spanned<String>) -> Result<String, ProfileError> {
        match label_key(text.get_ref()).is_empty() {
            true => Err(self.error(text.span(), ProfileProblem::Empty)),
            false => Ok(text.into_inner()),
        }
    }

    fn key(&self, text: &Spanned<String>) -> Result<String, ProfileError> {
        let key = squash(text.get_ref()).to_lowercase();
        match key.is_empty() {
            true => Err(self.error(text.span(), ProfileProblem::Empty)),
            false => Ok(key),
        }
    }

    fn pattern(&self, text: Option<&Spanned<String>>) -> Result<Option<Pattern>, ProfileError> {
        let Some(text) = text else { return Ok(None) };
        let pattern = Pattern::new(text.get_ref());
        match pattern {
            None => Err(self.error(text.span(), ProfileProblem::Empty)),
            some => Ok(some),
        }
    }

    /// Cells of a worksheet, no more than one item can have.
    fn range(&self, text: &Spanned<String>) -> Result<CellRange, ProfileError> {
        const MOST: u64 = 20_000;
        let written = text.get_ref();
        let wrong = |problem: fn(String) -> ProfileProblem| {
            Err(self.error(text.span(), problem(written.clone())))
        };
        let (first, last) = written.split_once(':').unwrap_or((written, written));
        let (Some(first), Some(last)) = (Cell::parse(first), Cell::parse(last)) else {
            return wrong(ProfileProblem::NotACell);
        };
        if [first, last]
            .iter()
            .any(|cell| cell.col >= LAST_COLUMN || cell.row >= LAST_ROW)
        {
            return wrong(ProfileProblem::BeyondExcel);
        }
        if first.row > last.row || first.col > last.col {
            return wrong(ProfileProblem::Reversed);
        }
        let (rows, cols) = (last.row - first.row + 1, last.col - first.col + 1);
        match u64::from(rows) * u64::from(cols) > MOST {
            true => wrong(ProfileProblem::TooWide),
            false => Ok(CellRange::new(first, last)),
        }
    }

    /// The first and last column, from zero.
    fn columns(&self, text: &Spanned<String>) -> Result<(u32, u32), ProfileError> {
        let written = text.get_ref();
        let letters = |column: &str| {
            let is_name = column.chars().all(|c| c.is_ascii_alphabetic());
            let cell = is_name.then(|| Cell::parse(&format!("{column}1")))??;
            Some(cell.col).filter(|col| *col < LAST_COLUMN)
        };
        span(written, letters).ok_or_else(|| {
            let problem = ProfileProblem::NotAColumn(written.clone());
            self.error(text.span(), problem)
        })
    }

    fn column(&self, text: &Spanned<String>) -> Result<u32, ProfileError> {
        self.columns(text).map(|(first, _)| first)
    }

    /// The first and last row, from zero.
    fn rows(&self, text: &Spanned<String>) -> Result<(u32, u32), ProfileError> {
        let number = |row: &str| {
            let row: u32 = row.parse().ok()?;
            (1..=LAST_ROW).contains(&row).then(|| row - 1)
        };
        span(text.get_ref(), number).ok_or_else(|| self.error(text.span(), ProfileProblem::NotARow))
    }

    /// A row that is counted from one, from zero.
    fn row(&self, number: &Spanned<u32>) -> Result<u32, ProfileError> {
        match *number.get_ref() {
            row @ 1..=LAST_ROW => Ok(row - 1),
            _ => Err(self.error(number.span(), ProfileProblem::NotARow)),
        }
    }

    fn refused(&self, error: &toml::de::Error) -> ProfileError {
        let line = error.span().map(|span| self.line(span));
        let written = line.and_then(|line| self.text.lines().nth(line.checked_sub(1)?));
        ProfileError {
            name: self.name.to_owned(),
            line,
            problem: malformed::problem(error.message(), written.unwrap_or_default()),
        }
    }

    fn error(&self, span: Range<usize>, problem: ProfileProblem) -> ProfileError {
        ProfileError {
            name: self.name.to_owned(),
            line: Some(self.line(span)),
            problem,
        }
    }

    fn line(&self, span: Range<usize>) -> usize {
        self.breaks.partition_point(|at| *at < span.start) + 1
    }
}

/// `C` or `F:AJ`.
fn span(text: &str, read: impl Fn(&str) -> Option<u32>) -> Option<(u32, u32)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some((read(first.trim())?, read(last.trim())?)).filter(|(first, last)| first <= last)
}

#[cfg(test)]
mod tests;
