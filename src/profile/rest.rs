//! The forms of a sheet beside those that a profile maps: they are read as without a profile.

use std::collections::BTreeSet;

use crate::model::CellRange;
use crate::read::{Book, Sheet};
use crate::recognise::{
    Form, FormKind, Item, Mapped, Recognised, Vocabulary, everywhere, recognise,
};

/// What is recognised of the sheet in rows that no mapped record has, of other kinds than are
/// mapped. It is about the user of the mapped record above it where it names none.
pub fn beside(book: &Book, sheet: &Sheet, own: &Mapped, vocabulary: &Vocabulary) -> Recognised {
    let mut found = recognise(
        &Book {
            file: book.file.clone(),
            sheets: vec![sheet.clone()],
        },
        vocabulary,
    );
    let is_mapped = |row: u32| {
        let mut rows = own.rows.iter();
        rows.any(|(first, last)| (*first..=*last).contains(&row))
    };
    let kinds: BTreeSet<FormKind> = own.forms.iter().map(|form| form.kind).collect();
    found.forms.retain_mut(|form| {
        !kinds.contains(&form.kind) && !is_mapped(form.at.row) && keep_rows(form, &is_mapped)
    });
    for form in &mut found.forms {
        let above = own.forms.iter().filter(|mapped| mapped.at <= form.at);
        let above = above.max_by_key(|mapped| mapped.at);
        if let Some(mapped) = above.or(own.forms.first()) {
            share_heading(mapped, form);
        }
        // Numbers of tables go on from the mapped ones.
        form.table = form.table.map(|table| table + own.tables.len());
    }
    for table in &mut found.tables {
        table.table += own.tables.len();
    }
    let is_beside = |range: &CellRange| *range != everywhere() && !is_mapped(range.first.row);
    found.explained.retain(|known| is_beside(&known.range));
    found
}

/// Takes the words of mapped rows out of the form; whether it says anything of its own then.
fn keep_rows(form: &mut Form, is_mapped: &impl Fn(u32) -> bool) -> bool {
    let mut says = !form.days.is_empty();
    for (item, entries) in &mut form.entries {
        for entry in entries {
            let before = entry.words.len();
            entry
                .words
                .retain(|word| item.is_heading() || !is_mapped(word.cell.row));
            says |= before > 0 && !entry.words.is_empty() && !item.is_heading();
        }
    }
    form.unread = form.unread.filter(|cell| !is_mapped(cell.row));
    says
}

/// Gives the form what it does not say of its user, its office and its month.
fn share_heading(mapped: &Form, form: &mut Form) {
    let of_user = |item: &Item| matches!(item, Item::Name | Item::CertificateNumber);
    let names_user = form.entries.keys().any(of_user);
    let heading = mapped.entries.iter().filter(|(item, _)| item.is_heading());
    for (item, entries) in heading.filter(|(item, _)| !(names_user && of_user(item))) {
        let entries = || entries.clone();
        form.entries.entry(*item).or_insert_with(entries);
    }
}
