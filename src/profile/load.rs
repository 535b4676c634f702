//! From a profile's TOML to a [`Profile`] that can be used.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use super::pattern::Pattern;
use super::raw::{Raw, RawForm, RawIgnore, RawPlaces, Sign};
use super::{LeftOut, MappedForm, Profile, ProfileError, ProfileProblem};
use crate::model::{Cell, CellRange, Dialect, Mark};
use crate::recognise::{Columns, FormKind, Item, Mapping, MoreWords, Shape, Vocabulary, label_key};
use crate::text::{nearest, squash};

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

/// Excel's.
const LAST_ROW: u32 = 1_048_576;

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
            (Some(FormKind::ServiceRecord), raw.labels.service_record),
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
        if let Some(days) = raw.days.as_ref().filter(|_| raw.kind != FormKind::Listing) {
            return Err(self.error(days.span(), ProfileProblem::DaysElsewhere));
        }
        let given = [&raw.cells, &raw.columns, &raw.rows].map(|places| !places.is_empty());
        let shape = match (given, &raw.first_row, &raw.first_column) {
            ([true, false, false], None, None) => Shape::Cells {
                cells: self.places(raw.kind, &raw.cells, |text| self.range(text))?,
                repeat: raw.repeat,
            },
            ([false, true, false], Some(first), None) => {
                let header = raw.header_row.as_ref();
                let header = header.map(|row| self.row(row)).transpose()?;
                let columns = |text: &Spanned<String>| self.columns(text);
                self.lines(
                    raw,
                    (header, self.row(first)?, first.span()),
                    &raw.columns,
                    columns,
                )?
            }
            ([false, false, true], None, Some(first)) => {
                let header = raw.header_column.as_ref();
                let header = header.map(|column| self.column(column)).transpose()?;
                let rows = |text: &Spanned<String>| self.rows(text);
                self.lines(
                    raw,
                    (header, self.column(first)?, first.span()),
                    &raw.rows,
                    rows,
                )?
            }
            _ => return Err(self.error(entry.span(), ProfileProblem::NoShape)),
        };
        Ok(MappedForm {
            sheet,
            fingerprint: raw.fingerprint.clone(),
            mapping: Mapping {
                kind: raw.kind,
                page: self.places(raw.kind, &raw.page, |text| self.range(text))?,
                shape,
            },
        })
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
        Ok(Shape::Lines(Columns {
            days: raw.days.as_ref().map(&read).transpose()?,
            columns: self.places(raw.kind, places, read)?,
            header,
            first,
            sideways: !raw.rows.is_empty(),
        }))
    }

    /// What stands for each item, one place or several.
    fn places<T>(
        &self,
        kind: FormKind,
        places: &RawPlaces,
        read: impl Fn(&Spanned<String>) -> Result<T, ProfileError>,
    ) -> Result<BTreeMap<Item, Vec<T>>, ProfileError> {
        let mut found = BTreeMap::new();
        for (item, text) in places {
            self.belongs(Some(kind), item)?;
            let parts = text.get_ref().split(',');
            let parts = parts.map(|part| read(&Spanned::new(text.span(), part.trim().to_owned())));
            found.insert(*item.get_ref(), parts.collect::<Result<_, _>>()?);
        }
        Ok(found)
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
        let letters = |column: &str| {
            let is_name = column.chars().all(|c| c.is_ascii_alphabetic());
            let cell = is_name.then(|| Cell::parse(&format!("{column}1")))??;
            Some(cell.col)
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

/// `C` or `F:AJ`, whichever way round.
fn span(text: &str, read: impl Fn(&str) -> Option<u32>) -> Option<(u32, u32)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last) = (read(first.trim())?, read(last.trim())?);
    Some((first.min(last), first.max(last)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (usize, String, String) {
        let error = parse(text, "office.toml").unwrap_err();
        let (message, hint) = (error.message(), error.hint());
        assert!(message.ja.starts_with("office.toml"), "{}", message.ja);
        assert!(!message.en.is_empty() && !hint.en.is_empty());
        (error.line.unwrap(), message.ja, hint.ja)
    }

    #[test]
    fn an_empty_profile_says_nothing() {
        let profile = parse("\u{feff}# まだ何もない\n", "office.toml").unwrap();
        assert!(profile.vocabulary.is_none() && profile.forms.is_empty());
        assert_eq!(profile.dialect, Dialect::default());
    }

    #[test]
    fn wordings_and_signs_are_taken() {
        let profile = parse(
            "[labels.daily]\nsupport = [\"本日のできごと\"]\n[marks]\n\"◇\" = \"home\"\n\"休み\" = \"none\"\n[read]\nyear = 2025\n",
            "office.toml",
        )
        .unwrap();
        let meanings = profile.vocabulary().meanings("本日の できごと").unwrap();
        assert!(meanings.contains(&(Some(FormKind::Daily), Item::Support)));
        assert_eq!(Vocabulary::builtin().meanings("本日のできごと"), None);
        assert_eq!(profile.dialect.marks["◇"], Some(Mark::Home));
        assert_eq!(profile.dialect.marks["休み"], None);
        assert_eq!(profile.dialect.year, Some(2025));
    }

    #[test]
    fn an_office_s_own_meaning_counts_before_the_common_one() {
        let profile = parse("[labels.daily]\nsupport = [\"備考\"]\n", "office.toml").unwrap();
        let meanings = profile.vocabulary().meanings("備考").unwrap();
        let daily: Vec<Item> = meanings
            .iter()
            .filter(|(kind, _)| *kind == Some(FormKind::Daily))
            .map(|(_, item)| *item)
            .collect();
        assert_eq!(daily, [Item::Support]);
    }

    #[test]
    fn a_wrong_profile_is_refused_with_line_and_hint() {
        for (text, line, message, hint) in [
            ("\n[label.daily]\n", 2, "「label」", "もしかして: labels"),
            ("[labels.dayly]\n", 1, "「dayly」", "もしかして: daily"),
            (
                "[labels.daily]\nsuport = [\"x\"]\n",
                2,
                "「suport」",
                "もしかして: support",
            ),
            (
                "[marks]\n\"◇\" = \"hom\"\n",
                2,
                "「hom」",
                "もしかして: home",
            ),
            (
                "[methods]\nTocaly = \"zzzzzz\"\n",
                2,
                "「zzzzzz」",
                "書けるのは",
            ),
            (
                "[labels.daily]\ngoal = [\"目標\"]\n",
                2,
                "「goal」という項目はありません",
                "ignored",
            ),
            (
                "[labels.daily]\nsupport = [\" \"]\n",
                2,
                "文字がありません",
                "行を消して",
            ),
            ("[read]\nyear = 7\n", 2, "年に誤り", "西暦"),
            ("[[ignore]]\n", 1, "読み取らない", "sheet"),
            ("[[ignore]]\nrange = \"A0\"\n", 2, "「A0」", "C3:F8"),
            (
                "[[form]]\nkind = \"daily\"\ncells = { date = \"C3\" }\n",
                1,
                "どのシート",
                "fingerprint",
            ),
            (
                "[[form]]\nkind = \"daily\"\nsheet = \"*\"\n",
                1,
                "項目がどこ",
                "first_row",
            ),
            (
                "[[form]]\nkind = \"daily\"\nsheet = \"*\"\ncells = { date = \"3C\" }\n",
                4,
                "「3C」",
                "C3",
            ),
            (
                "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_row = 2\ncolumns = { date = \"A1\" }\n",
                5,
                "「A1」",
                "F:AJ",
            ),
            (
                "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nheader_row = 5\nfirst_row = 5\ncolumns = { date = \"A\" }\n",
                5,
                "行の番号",
                "1から",
            ),
            (
                "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_row = 5\ndays = \"B:AF\"\ncolumns = { date = \"A\" }\n",
                5,
                "listing",
                "listing",
            ),
            (
                "[[form]]\nkind = \"daily\"\nsheet = \"*\"\nfirst_column = \"B\"\nrows = { date = \"0\" }\n",
                5,
                "行の番号",
                "1から",
            ),
            ("[labels\n", 1, "書き方に誤り", "--write-profile"),
        ] {
            let told = refused(text);
            assert_eq!(told.0, line, "{text}\n{told:?}");
            assert!(told.1.contains(message), "{text}\n{told:?}");
            assert!(told.2.contains(hint), "{text}\n{told:?}");
        }
    }

    #[test]
    fn a_profile_that_is_not_there_is_named() {
        let error = from_path(Path::new("nowhere.toml")).unwrap_err();
        assert!(matches!(error.problem, ProfileProblem::Unreadable(_)));
        assert!(error.message().en.contains("nowhere.toml"));
    }
}
