//! From a profile's TOML to a [`Profile`] that can be used.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use super::pattern::Pattern;
use super::raw::{Raw, RawForm, RawIgnore, Sign};
use super::{LeftOut, MappedForm, Profile, ProfileError, ProfileProblem};
use crate::model::{CellRange, Dialect, Mark};
use crate::recognise::{FormKind, Item, Mapping, MoreWords, Shape, Vocabulary, label_key};
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
            "[labels.daily]\nsupport = [\"本日のやりとり\"]\n[marks]\n\"◇\" = \"home\"\n\"休み\" = \"none\"\n[read]\nyear = 2025\n",
            "office.toml",
        )
        .unwrap();
        let meanings = profile.vocabulary().meanings("本日の やりとり").unwrap();
        assert!(meanings.contains(&(Some(FormKind::Daily), Item::Support)));
        assert_eq!(Vocabulary::builtin().meanings("本日のやりとり"), None);
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
