//! A listing in two tables, the first half of the month above the second: one line a user.

use std::collections::HashMap;

use crate::recognise::form::{Form, Laid};
use crate::recognise::item::{FormKind, Item};
use crate::text::squash;

/// Puts the lines of a user together whose tables have different days of the month.
pub fn joined(forms: Vec<Form>, tables: &[Laid]) -> Vec<Form> {
    let mut found: Vec<Form> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for form in forms {
        let user = match form.kind {
            FormKind::Listing => user_of(&form),
            _ => String::new(),
        };
        let whole = known.get(&user).and_then(|at| found.get_mut(*at));
        match whole.filter(|_| !user.is_empty()) {
            Some(whole) if are_halves(whole, &form, tables) => join(whole, form),
            _ => {
                known.insert(user, found.len());
                found.push(form);
            }
        }
    }
    found
}

fn user_of(form: &Form) -> String {
    let items = [Item::Name, Item::CertificateNumber];
    let entries = items.iter().filter_map(|item| form.entries.get(item));
    let words = entries.flatten().flat_map(|entry| &entry.words);
    words.map(|word| squash(&word.text)).collect()
}

/// Whether no day of the month has a column in both tables.
fn are_halves(one: &Form, other: &Form, tables: &[Laid]) -> bool {
    let days = |form: &Form| {
        let table = tables.get(form.table?)?;
        let days = table.columns.as_ref()?.days?;
        let last = days.from.saturating_add(days.span.1 - days.span.0);
        Some((days.from, last))
    };
    match (days(one), days(other)) {
        (Some(one), Some(other)) => one.1 < other.0 || other.1 < one.0,
        _ => false,
    }
}

/// What the first half does not say is said by the second.
fn join(whole: &mut Form, half: Form) {
    whole.days.extend(half.days);
    whole.days.sort_by_key(|day| day.day);
    for (item, entries) in half.entries {
        let own = whole.entries.entry(item).or_default();
        if own.iter().all(|entry| entry.words.is_empty()) {
            *own = entries;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;
    use crate::recognise::testing::word;
    use crate::recognise::{Columns, DayColumns, DayWord, Entry};

    fn table(from: u32, last: u32) -> Laid {
        Laid {
            sheet: "一覧".into(),
            table: 0,
            columns: Some(Columns {
                columns: [(Item::Name, vec![(0, 0)])].into(),
                days: Some(DayColumns {
                    from,
                    span: (1, 1 + last - from),
                }),
                header: 0,
                first: 1,
                sideways: false,
            }),
        }
    }

    fn line(table: usize, name: &str, day: u32) -> Form {
        let at = Cell::new(1, 0);
        let entry = Entry::new(String::new(), at, vec![word("A2", name)]);
        let entries = [(Item::Name, vec![entry])].into();
        let day = DayWord {
            day,
            word: word("B2", "○"),
            line: None,
        };
        Form {
            days: vec![day],
            table: Some(table),
            ..Form::new(FormKind::Listing, "一覧".into(), at, entries)
        }
    }

    fn days(tables: &[Laid]) -> Vec<Vec<u32>> {
        let lines = [line(0, "石田", 2), line(0, "原", 3), line(1, "石田", 20)];
        let joined = joined(lines.into(), tables);
        let days = joined.iter().map(|form| &form.days);
        days.map(|days| days.iter().map(|day| day.day).collect())
            .collect()
    }

    #[test]
    fn halves_of_a_month_are_one_line_and_two_months_are_not() {
        let halves = [table(1, 15), table(16, 31)];
        assert_eq!(days(&halves), [vec![2, 20], vec![3]]);
        let months = [table(1, 31), table(1, 30)];
        assert_eq!(days(&months), [vec![2], vec![3], vec![20]]);
    }
}
