//! One box of a printed form: its text, its doubts and the marks of its findings.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::BundleInput;
use super::place::Pin;
use crate::emit::pdf::glyphs::{Ink, Printable};
use crate::emit::pdf::words::Badge;
use crate::model::{
    Cell, Content, Doubt, Field, Method, Source, Wording, date_in_japanese, time_of_day,
};

/// Half-width characters in a line over the whole width of a form.
const LINE: usize = 88;

/// A filled, empty or missing box.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Filled {
    /// As written where it is free text or was not understood.
    pub(super) text: Printable,
    /// The form has no such box.
    pub(super) absent: bool,
    /// Small print under the text.
    pub(super) notes: Vec<Printable>,
    pub(super) badges: Vec<Badge>,
    /// How many lines the text takes over the whole width, roughly.
    pub(super) lines: usize,
}

/// A row of printed choices, one of them ticked, and その他（…）.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Choice {
    options: Vec<ChoiceOption>,
    other: bool,
    other_text: Printable,
    /// Notes and marks; its text is what is written, where no choice could be made of it.
    filled: Filled,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct ChoiceOption {
    label: &'static str,
    ticked: bool,
}

/// A finding about the record as a whole.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Remark {
    badge: Badge,
    message: Printable,
}

/// Where the record was read from.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Origin {
    file: Printable,
    sheet: Printable,
    cell: Option<String>,
}

/// Fills the boxes of one record.
pub(super) struct Pen<'a> {
    input: &'a BundleInput<'a>,
    ink: &'a mut Ink,
    /// Whose text it is, for the list of missing characters.
    place: String,
    pins: Vec<Pin>,
    /// See [`Pen::lines`].
    lines: usize,
}

impl<'a> Pen<'a> {
    pub(super) fn new(
        input: &'a BundleInput<'a>,
        ink: &'a mut Ink,
        source: &Source,
        pins: &[Pin],
    ) -> Self {
        Self {
            input,
            ink,
            place: format!("{} {}", source.file, source.sheet),
            pins: pins.to_vec(),
            lines: pins.len(),
        }
    }

    /// Free text, printed as written.
    pub(super) fn text(&mut self, field: &Field<String>) -> Filled {
        self.fill(field, |value| {
            if field.raw.is_empty() {
                value.clone()
            } else {
                field.raw.clone()
            }
        })
    }

    /// Words as they are written.
    pub(super) fn written(&mut self, text: &str) -> Printable {
        self.ink.text(text, &self.place)
    }

    pub(super) fn date(&mut self, field: &Field<NaiveDate>) -> Filled {
        self.fill(field, |date| date_in_japanese(*date))
    }

    pub(super) fn time(&mut self, field: &Field<NaiveTime>) -> Filled {
        self.fill(field, |time| time_of_day(*time))
    }

    pub(super) fn fill<T>(&mut self, field: &Field<T>, show: impl Fn(&T) -> String) -> Filled {
        let mut notes = Vec::new();
        let text = match &field.content {
            Content::Absent | Content::Blank => String::new(),
            Content::Value(value) => show(value),
            Content::Unclear(problem) => {
                notes.push(self.say(&problem.reason));
                field.raw.clone()
            }
        };
        // How boxes lie in the workbook is nothing that evidence needs to say.
        let told = field
            .doubts
            .iter()
            .filter(|&&doubt| doubt != Doubt::StackedBoxes);
        notes.extend(told.map(|&doubt| self.doubt(doubt)));
        let lines = lines(&text);
        self.lines = self.lines.saturating_add(lines);
        Filled {
            lines,
            text: self.ink.text(&text, &self.place),
            absent: field.is_absent(),
            notes,
            badges: self.badges(field.cell),
        }
    }

    /// The choices that the form prints; any other way of contact is その他.
    pub(super) fn choice(
        &mut self,
        printed: &[Method],
        method: &Field<Method>,
        note: &Field<String>,
    ) -> Choice {
        let chosen = method.get();
        let other = chosen.filter(|chosen| !printed.contains(chosen));
        let mut filled = self.fill(method, |_| String::new());
        let note = self.text(note);
        let named = match other {
            Some(other) if note.text.is_empty() && other != Method::Other => {
                self.ink.text(other.japanese(), &self.place)
            }
            _ => note.text,
        };
        filled.notes.extend(note.notes);
        filled.badges.extend(note.badges);
        Choice {
            options: printed
                .iter()
                .map(|&option| ChoiceOption {
                    label: option.japanese(),
                    ticked: chosen == Some(option),
                })
                .collect(),
            other: other.is_some(),
            other_text: named,
            filled,
        }
    }

    /// The marks of a cell; each is printed once in a record.
    pub(super) fn badges(&mut self, cell: Option<Cell>) -> Vec<Badge> {
        if cell.is_none() {
            return Vec::new();
        }
        let here: Vec<Pin> = self.pins.extract_if(.., |pin| pin.cell == cell).collect();
        here.iter().filter_map(|pin| self.badge(pin)).collect()
    }

    /// What no box took, to stand over the record.
    pub(super) fn remarks(&mut self) -> Vec<Remark> {
        let rest = std::mem::take(&mut self.pins);
        rest.iter()
            .filter_map(|pin| {
                let finding = self.input.assessment.findings.get(pin.finding)?;
                Some(Remark {
                    badge: self.badge(pin)?,
                    message: self.say(&finding.message),
                })
            })
            .collect()
    }

    /// How many lines all that was written so far takes, roughly, with one for each mark.
    pub(super) fn lines(&self) -> usize {
        self.lines
    }

    pub(super) fn origin(&mut self, source: &Source) -> Origin {
        Origin {
            file: self.ink.path(&source.file, &source.file),
            sheet: self.ink.path(&source.sheet, &source.file),
            cell: source.at.map(|cell| cell.to_string()),
        }
    }

    fn badge(&mut self, pin: &Pin) -> Option<Badge> {
        let finding = self.input.assessment.findings.get(pin.finding)?;
        Some(Badge::of(
            pin.finding,
            finding,
            self.input.notices,
            self.input.lang,
            self.ink,
        ))
    }

    fn say(&mut self, wording: &Wording) -> Printable {
        self.ink.text(wording.say(self.input.lang), &self.place)
    }

    fn doubt(&mut self, doubt: Doubt) -> Printable {
        self.say(&doubt.wording())
    }
}

/// How many lines a text takes over the whole width of a form, roughly.
fn lines(text: &str) -> usize {
    text.lines()
        .map(|line| line.width().div_ceil(LINE).max(1))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::pdf::sample::Sample;

    #[test]
    fn a_value_that_was_not_understood_is_printed_as_written() {
        let sample = Sample::new(1, 1);
        let input = sample.bundle_input();
        let mut ink = Ink::default();
        let mut pen = Pen::new(&input, &mut ink, &Source::default(), &[]);
        let reason = Wording::new("日付ではありません", "not a date");
        let unclear = pen.date(&Field::unclear("九月吉日", reason, None));
        let mut other = Ink::default();
        assert_eq!(unclear.text, other.text("九月吉日", ""));
        assert_eq!(unclear.notes, [other.text("日付ではありません", "")]);
        let blank = pen.date(&Field::blank(None));
        assert!(blank.text.is_empty() && blank.notes.is_empty() && !blank.absent);
        assert!(pen.date(&Field::absent()).absent);
    }

    #[test]
    fn a_way_of_contact_that_is_not_printed_is_another_one() {
        let sample = Sample::new(1, 1);
        let input = sample.bundle_input();
        let mut ink = Ink::default();
        let mut pen = Pen::new(&input, &mut ink, &Source::default(), &[]);
        let printed = [Method::Attendance, Method::Visit];
        let choice = |pen: &mut Pen<'_>, method| {
            pen.choice(
                &printed,
                &Field::read("", method, None),
                &Field::blank(None),
            )
        };
        let phone = choice(&mut pen, Method::Phone);
        assert!(phone.other && phone.options.len() == 2);
        assert!(phone.options.iter().all(|o| !o.ticked));
        assert_eq!(phone.other_text, Ink::default().text("電話", ""));
        let visit = choice(&mut pen, Method::Visit);
        assert!(!visit.other && visit.options[1].ticked && visit.other_text.is_empty());
    }

    #[test]
    fn a_mark_stands_at_its_cell_or_over_the_record() {
        let sample = Sample::new(1, 1);
        let input = sample.bundle_input();
        let mut ink = Ink::default();
        let cell = Cell::new(7, 3);
        let pins = [
            Pin {
                finding: 0,
                cell: Some(cell),
            },
            Pin {
                finding: 1,
                cell: None,
            },
        ];
        let mut pen = Pen::new(&input, &mut ink, &Source::default(), &pins);
        let filled = pen.text(&Field::blank(Some(cell)));
        assert_eq!(filled.badges.iter().map(|b| b.no).collect::<Vec<_>>(), [1]);
        assert!(pen.text(&Field::blank(Some(cell))).badges.is_empty());
        assert_eq!(pen.remarks().len(), 1);
    }
}
