//! Two values that stand in one box: `10:00～16:00`, `9/1～9/5`.

use super::Reason;
use super::notation::{self, Notation, Rewrite, squeezed};
use crate::model::{Applicability, Doubt, Field};

const JOINTS: [char; 6] = ['～', '〜', '~', '－', '―', '→'];

/// Whether both fields were read from one text.
pub fn is_one_text<T>(from: &Field<T>, to: &Field<T>) -> bool {
    let is_shared = from.cell.is_some() && from.cell == to.cell;
    let is_unparted = from.is_unclear() && to.is_unclear() && from.raw.contains(JOINTS);
    !from.raw.is_empty() && from.raw == to.raw && (is_shared || is_unparted)
}

/// The rewriting of the one text that both fields were read from.
pub fn rewrite<T: Notation>(from: &Field<T>, to: &Field<T>, reason: Reason) -> Option<Rewrite> {
    let (first, last) = (from.value()?, to.value()?);
    let reference = format!("{}～{}", first.reference(""), last.reference(""));
    if squeezed(&from.raw) == reference {
        return None;
    }
    let doubts: Vec<Doubt> = from.doubts.iter().chain(&to.doubts).copied().collect();
    Rewrite::by_doubts(reference, reason, &doubts)
}

/// The texts of both fields in the corrected workbook, which has a box for each.
pub fn corrected<T: Notation>(from: &Field<T>, to: &Field<T>, reason: Reason) -> (String, String) {
    if !is_one_text(from, to) {
        return (notation::corrected(from), notation::corrected(to));
    }
    let rewritten = rewrite(from, to, reason);
    let as_written = rewritten
        .as_ref()
        .is_some_and(|r| r.applicability == Applicability::Suggested);
    match (from.value(), to.value()) {
        (Some(first), Some(last)) if !as_written && !is_struck(from) && !is_struck(to) => {
            (first.reference(""), last.reference(""))
        }
        _ => halves(&from.raw),
    }
}

fn is_struck<T>(field: &Field<T>) -> bool {
    field.doubts.contains(&Doubt::StruckThrough)
}

/// The text before and after its only joint; all of it in front where there is none.
fn halves(raw: &str) -> (String, String) {
    match raw.split(JOINTS).collect::<Vec<_>>().as_slice() {
        [from, to] => (from.trim().to_owned(), to.trim().to_owned()),
        _ => (raw.to_owned(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::model::{Cell, Wording};

    fn times(raw: &str) -> (Field<NaiveTime>, Field<NaiveTime>) {
        let cell = Some(Cell::new(3, 16));
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        (
            Field::read(raw, at(10), cell),
            Field::read(raw, at(16), cell),
        )
    }

    #[test]
    fn one_text_is_one_change() {
        let (from, to) = times("10時～16時");
        let rewritten = rewrite(&from, &to, Reason::TimeRange).unwrap();
        assert_eq!(rewritten.after, "10:00～16:00");
        assert_eq!(
            corrected(&from, &to, Reason::TimeRange),
            ("10:00".to_owned(), "16:00".to_owned())
        );
        let (from, to) = times("10:00 ～ 16:00");
        assert_eq!(rewrite(&from, &to, Reason::TimeRange), None);
    }

    #[test]
    fn a_text_that_is_left_is_parted_at_its_joint() {
        let cell = Some(Cell::new(3, 16));
        let unclear = |raw: &str| Field::<NaiveTime>::unclear(raw, Wording::default(), cell);
        let part = |raw: &str| corrected(&unclear(raw), &unclear(raw), Reason::TimeRange);
        assert_eq!(part("朝～夕方"), ("朝".to_owned(), "夕方".to_owned()));
        assert_eq!(part("終日"), ("終日".to_owned(), String::new()));
        let elsewhere = Field {
            cell: Some(Cell::new(3, 21)),
            ..unclear("終日")
        };
        assert!(!is_one_text(&unclear("終日"), &elsewhere));
    }
}
