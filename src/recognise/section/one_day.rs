//! A sheet of one day with a form for each user: the day stands once, at the top.

use std::collections::BTreeSet;

use crate::model::{Cell, Ground};
use crate::recognise::form::{Entry, Form};
use crate::recognise::item::{FormKind, Item};
use crate::text::squash;

/// Gives the day and the recorder at the top of a sheet to the days' forms below that have no room
/// for them, where each of them is of another user and no other date stands among them. A form
/// that names nobody was not filled. `forms` are those of the sheet, in reading order.
pub fn share(forms: &mut [Form]) {
    let is_of_day = |form: &Form| form.kind == FormKind::Daily && form.table.is_none();
    let mut of_day = forms.iter().filter(|form| is_of_day(form));
    let Some((first, others)) = of_day.next().map(|first| (first, of_day)) else {
        return;
    };
    let Some(date) = above_user(first, Item::Date) else {
        return;
    };
    let recorder = above_user(first, Item::Recorder);
    let mut users: BTreeSet<String> = user(first).into_iter().collect();
    let mut count = 1;
    for form in others {
        let has_room = [Item::Date, Item::DateTime]
            .iter()
            .any(|item| form.entries.contains_key(item));
        if has_room {
            return;
        }
        let Some(user) = user(form) else {
            continue;
        };
        users.insert(user);
        count += 1;
    }
    if users.len() < count {
        return;
    }
    let shared = [(Item::Date, Some(date)), (Item::Recorder, recorder)];
    let shared = shared.map(|(item, entry)| {
        let mut entry = entry.cloned();
        if let Some(entry) = &mut entry {
            entry.grounds.insert(Ground::Continued);
        }
        (item, entry)
    });
    let others = forms.iter_mut().filter(|form| is_of_day(form));
    for form in others.filter(|form| user(form).is_some()) {
        for (item, entry) in &shared {
            if let Some(entry) = entry {
                let own = form.entries.entry(*item);
                own.or_insert_with(|| vec![entry.clone()]);
            }
        }
    }
}

/// What a form says of `item`, where it stands above the user whom the form is of.
fn above_user(form: &Form, item: Item) -> Option<&Entry> {
    let written = |item: Item| {
        let entries = form.entries.get(&item).map(Vec::as_slice);
        let mut entries = entries.unwrap_or_default().iter();
        entries
            .next()
            .filter(|entry| !entry.words.is_empty() && entries.next().is_none())
    };
    let place = |entry: &Entry| entry.words.first().map(|word| word.cell);
    let told = written(item)?;
    let user: Option<Cell> = written(Item::Name)
        .or_else(|| written(Item::CertificateNumber))
        .and_then(place);
    (place(told)?.row < user?.row).then_some(told)
}

fn user(form: &Form) -> Option<String> {
    [Item::CertificateNumber, Item::Name]
        .iter()
        .find_map(|item| {
            let words = form
                .entries
                .get(item)?
                .iter()
                .flat_map(|entry| &entry.words);
            let text: String = words.map(|word| squash(&word.text)).collect();
            (!text.is_empty()).then_some(text)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::word;

    fn form(row: u32, items: &[(Item, &str, &str)]) -> Form {
        let entry = |(item, cell, text): &(Item, &str, &str)| {
            let word = word(cell, text);
            let entry = Entry::new(String::new(), word.cell, vec![word]);
            (*item, vec![entry])
        };
        let entries = items.iter().map(entry).collect();
        Form::new(FormKind::Daily, "".into(), Cell::new(row, 0), entries)
    }

    fn dates(forms: &[Form]) -> Vec<Option<String>> {
        let date = |form: &Form| Some(form.entries.get(&Item::Date)?[0].words[0].text.clone());
        forms.iter().map(date).collect()
    }

    #[test]
    fn the_day_at_the_top_is_that_of_every_user() {
        let mut forms = [
            form(
                1,
                &[(Item::Date, "B2", "9/2"), (Item::Name, "B4", "森下　澪")],
            ),
            form(9, &[(Item::Name, "B10", "原　拓海")]),
            form(15, &[(Item::Name, "B16", "石田　陽子")]),
        ];
        share(&mut forms);
        assert_eq!(dates(&forms), vec![Some("9/2".to_owned()); 3]);
    }

    #[test]
    fn the_recorder_at_the_top_is_that_of_every_user_and_a_blank_form_is_of_none() {
        let top = [
            (Item::Date, "B2", "9/2"),
            (Item::Recorder, "D2", "大塚"),
            (Item::Name, "B4", "森下　澪"),
        ];
        let mut forms = [
            form(1, &top),
            form(9, &[(Item::Name, "B10", "原　拓海")]),
            form(
                15,
                &[
                    (Item::Recorder, "D16", "津田"),
                    (Item::Name, "B16", "石田　陽子"),
                ],
            ),
            form(21, &[]),
        ];
        share(&mut forms);
        let recorder =
            |form: &Form| Some(form.entries.get(&Item::Recorder)?[0].words[0].text.clone());
        let told: Vec<Option<String>> = forms.iter().map(recorder).collect();
        let name = |name: &str| Some(name.to_owned());
        assert_eq!(told, [name("大塚"), name("大塚"), name("津田"), None]);
        assert_eq!(dates(&forms)[3], None);
    }

    #[test]
    fn a_date_of_one_user_is_nobody_else_s() {
        let top = [(Item::Date, "B2", "9/2"), (Item::Name, "B4", "森下　澪")];
        let below = [(Item::Date, "B6", "9/2"), (Item::Name, "B4", "森下　澪")];
        for (first, second) in [
            // The date stands within the first user's own form.
            (&below, vec![(Item::Name, "B10", "原　拓海")]),
            // Two forms of one user are two days.
            (&top, vec![(Item::Name, "B10", "森下　澪")]),
        ] {
            let mut forms = [form(1, first), form(9, &second)];
            share(&mut forms);
            assert_eq!(dates(&forms)[1], None);
        }
    }
}
