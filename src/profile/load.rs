//! From a profile's TOML to a [`Profile`] that can be used.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::pattern::Pattern;
use super::{LeftOut, MappedForm, Profile, ProfileError, ProfileProblem};
use crate::model::{CellRange, Dialect, Mark, Method};
use crate::recognise::{FormKind, Item, Mapping, MoreWords, Shape, Vocabulary, label_key};
use crate::text::{nearest, squash};

type Wordings<K> = BTreeMap<K, Vec<Spanned<String>>>;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    labels: Labels,
    titles: Wordings<FormKind>,
    headings: Wordings<FormKind>,
    samples: Samples,
    marks: BTreeMap<Spanned<String>, Sign>,
    methods: BTreeMap<Spanned<String>, Method>,
    read: Read,
    ignore: Vec<Spanned<RawIgnore>>,
    form: Vec<Spanned<RawForm>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Labels {
    any: Items,
    roster: Items,
    daily: Items,
    weekly: Items,
    monthly: Items,
    listing: Items,
}

type Items = BTreeMap<Spanned<Item>, Vec<Spanned<String>>>;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Samples {
    words: Vec<Spanned<String>>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Sign {
    Home,
    Attendance,
    Visit,
    None,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Read {
    year: Option<Spanned<i32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIgnore {
    sheet: Option<Spanned<String>>,
    range: Option<Spanned<String>>,
    text: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForm {
    kind: FormKind,
    sheet: Option<Spanned<String>>,
    fingerprint: Option<String>,
    #[serde(default)]
    page: BTreeMap<Spanned<Item>, Spanned<String>>,
    #[serde(default)]
    cells: BTreeMap<Spanned<Item>, Spanned<String>>,
    #[serde(default)]
    repeat: bool,
    #[serde(default)]
    columns: BTreeMap<Spanned<Item>, Spanned<String>>,
    days: Option<Spanned<String>>,
    header_row: Option<Spanned<u32>>,
    first_row: Option<Spanned<u32>>,
}

/// Reads a profile from a file.
pub fn from_path(path: &Path) -> Result<Profile, ProfileError> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text, &name),
        Err(cause) => Err(ProfileError {
            name,
            line: None,
            problem: ProfileProblem::Unreadable(cause.to_string()),
        }),
    }
}

/// Reads a profile from TOML; `name` stands for it in messages.
pub fn parse(text: &str, name: &str) -> Result<Profile, ProfileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = Reader { text, name };
    let raw: Raw = toml::from_str(text).map_err(|error| reader.refused(&error))?;
    reader.profile(raw)
}

struct Reader<'a> {
    text: &'a str,
    name: &'a str,
}

impl Reader<'_> {
    fn profile(&self, raw: Raw) -> Result<Profile, ProfileError> {
        let left_out = raw.ignore.iter().map(|entry| self.left_out(entry));
        let forms = raw.form.iter().map(|entry| self.form(entry));
        let left_out = left_out.collect::<Result<_, _>>()?;
        let forms = forms.collect::<Result<_, _>>()?;
        let dialect = self.dialect(&raw)?;
        let more = self.words(raw)?;
        let adds = !(more.labels.is_empty()
            && more.titles.is_empty()
            && more.headings.is_empty()
            && more.samples.is_empty());
        Ok(Profile {
            vocabulary: adds.then(|| Vocabulary::builtin().with(&more)),
            dialect,
            left_out,
            forms,
        })
    }

    fn words(&self, raw: Raw) -> Result<MoreWords, ProfileError> {
        let mut more = MoreWords::default();
        for (kind, items) in [
            (None, raw.labels.any),
            (Some(FormKind::Roster), raw.labels.roster),
            (Some(FormKind::Daily), raw.labels.daily),
            (Some(FormKind::Weekly), raw.labels.weekly),
            (Some(FormKind::Monthly), raw.labels.monthly),
            (Some(FormKind::Listing), raw.labels.listing),
        ] {
            for (item, wordings) in items {
                self.belongs(kind, &item)?;
                for wording in wordings {
                    let wording = self.wording(wording)?;
                    more.labels.push((kind, *item.get_ref(), wording));
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
        if let Some(year) = &raw.read.year {
            if !(2000..=2100).contains(year.get_ref()) {
                return Err(self.error(year.span(), ProfileProblem::NotAYear));
            }
            dialect.year = Some(*year.get_ref());
        }
        Ok(dialect)
    }

    fn left_out(&self, entry: &Spanned<RawIgnore>) -> Result<LeftOut, ProfileError> {
        let RawIgnore { sheet, range, text } = entry.get_ref();
        if sheet.is_none() && range.is_none() && text.is_none() {
            return Err(self.error(entry.span(), ProfileProblem::IgnoresAll));
        }
        Ok(LeftOut {
            sheet: self.pattern(sheet.as_ref())?,
            range: range.as_ref().map(|range| self.range(range)).transpose()?,
            text: self.pattern(text.as_ref())?,
        })
    }

    fn form(&self, entry: &Spanned<RawForm>) -> Result<MappedForm, ProfileError> {
        let raw = entry.get_ref();
        let sheet = self.pattern(raw.sheet.as_ref())?;
        if sheet.is_none() && raw.fingerprint.is_none() {
            return Err(self.error(entry.span(), ProfileProblem::FitsAll));
        }
        let kind = Some(raw.kind);
        let ranges = |fields: &BTreeMap<Spanned<Item>, Spanned<String>>| {
            let mut ranges = BTreeMap::new();
            for (item, range) in fields {
                self.belongs(kind, item)?;
                ranges.insert(*item.get_ref(), self.range(range)?);
            }
            Ok(ranges)
        };
        if let Some(days) = raw.days.as_ref().filter(|_| raw.kind != FormKind::Listing) {
            return Err(self.error(days.span(), ProfileProblem::DaysElsewhere));
        }
        let shape = match (&raw.first_row, raw.cells.is_empty(), raw.columns.is_empty()) {
            (None, false, true) => Shape::Cells {
                cells: ranges(&raw.cells)?,
                repeat: raw.repeat,
            },
            (Some(first), true, false) => {
                let first_row = self.row(first)?.saturating_sub(1);
                let header_row = match &raw.header_row {
                    Some(row) => self.row(row)?.saturating_sub(1),
                    None => first_row.saturating_sub(1),
                };
                if header_row >= first_row {
                    return Err(self.error(first.span(), ProfileProblem::NotARow));
                }
                let mut columns = BTreeMap::new();
                for (item, column) in &raw.columns {
                    self.belongs(kind, item)?;
                    columns.insert(*item.get_ref(), self.columns(column)?);
                }
                Shape::Columns {
                    columns,
                    days: raw.days.as_ref().map(|d| self.columns(d)).transpose()?,
                    header_row,
                    first_row,
                }
            }
            _ => return Err(self.error(entry.span(), ProfileProblem::NoShape)),
        };
        Ok(MappedForm {
            sheet,
            fingerprint: raw.fingerprint.clone(),
            mapping: Mapping {
                kind: raw.kind,
                page: ranges(&raw.page)?,
                shape,
            },
        })
    }

    fn belongs(&self, kind: Option<FormKind>, item: &Spanned<Item>) -> Result<(), ProfileError> {
        if Vocabulary::builtin().knows(kind, *item.get_ref()) {
            return Ok(());
        }
        let written = self.text.get(item.span()).unwrap_or_default().to_owned();
        Err(self.error(item.span(), ProfileProblem::ForeignItem(written)))
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

    fn range(&self, text: &Spanned<String>) -> Result<CellRange, ProfileError> {
        CellRange::parse(text.get_ref()).ok_or_else(|| {
            let problem = ProfileProblem::NotACell(text.get_ref().clone());
            self.error(text.span(), problem)
        })
    }

    /// The first and last column, from zero.
    fn columns(&self, text: &Spanned<String>) -> Result<(u32, u32), ProfileError> {
        let written = text.get_ref();
        let in_row_1 = |column: &str| format!("{}1", column.trim());
        let range = match written.split_once(':') {
            Some((first, last)) => format!("{}:{}", in_row_1(first), in_row_1(last)),
            None => in_row_1(written),
        };
        let letters = written
            .chars()
            .all(|c| c.is_ascii_alphabetic() || c == ':' || c == ' ');
        let range = CellRange::parse(&range).filter(|_| letters);
        range
            .map(|range| (range.first.col, range.last.col))
            .ok_or_else(|| {
                let problem = ProfileProblem::NotAColumn(written.clone());
                self.error(text.span(), problem)
            })
    }

    /// A number of rows, or of a row, from one.
    fn row(&self, number: &Spanned<u32>) -> Result<u32, ProfileError> {
        match *number.get_ref() {
            row @ 1..=1_048_576 => Ok(row),
            _ => Err(self.error(number.span(), ProfileProblem::NotARow)),
        }
    }

    fn refused(&self, error: &toml::de::Error) -> ProfileError {
        let cause = error.message();
        let problem =
            unknown_word(cause).unwrap_or_else(|| ProfileProblem::Malformed(cause.to_owned()));
        ProfileError {
            name: self.name.to_owned(),
            line: error.span().map(|span| self.line(span)),
            problem,
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
        let before = self.text.as_bytes().iter().take(span.start);
        before.filter(|byte| **byte == b'\n').count() + 1
    }
}

/// The TOML reader's ``unknown field `suport`, expected one of `date`, `support` ``.
fn unknown_word(cause: &str) -> Option<ProfileProblem> {
    let rest = cause
        .strip_prefix("unknown field ")
        .or_else(|| cause.strip_prefix("unknown variant "))?;
    let mut words = rest.split('`').skip(1).step_by(2).map(str::to_owned);
    let word = words.next()?;
    let known: Vec<String> = words.collect();
    let near = nearest(known.iter().map(String::as_str), &word);
    Some(ProfileProblem::UnknownWord {
        near: near.into_iter().map(str::to_owned).collect(),
        word,
        known,
    })
}
