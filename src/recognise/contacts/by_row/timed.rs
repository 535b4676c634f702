//! Contacts that nothing but their times tells apart: 連絡時刻 and 支援内容 in columns, a row each.

use super::{stretches, within};
use crate::recognise::contacts::contact::Contact;
use crate::recognise::form::{Entry, Word};
use crate::recognise::item::{FormKind, Item};
use crate::recognise::table::header::{Header, Holds};
use crate::recognise::table::lines::Line;
use crate::recognise::wording::layout_words;

/// Puts each time of a contact together with what stands beside it, where the times tell nothing
/// but that: beside a column for the time of the work, or several in one record.
pub fn divide(header: &Header, line: &mut Line) {
    if header.kind != FormKind::Daily || line.entries.contains_key(&Item::Contact) {
        return;
    }
    let (Some(times), Some([said])) = (
        line.entries.get(&Item::Time),
        line.entries.get(&Item::Support).map(Vec::as_slice),
    ) else {
        return;
    };
    let of_contacts = |time: &Entry| is_of_contacts(header, &time.label);
    let Some(at) = times.iter().rposition(of_contacts) else {
        return;
    };
    let has = |item: Item| header.has(item);
    let is_beside_work = times.len() > 1 || has(Item::Start) || has(Item::End);
    let fewest = if is_beside_work { 1 } else { 2 };
    let Some(contacts) = contacts(&times[at], said).filter(|all| all.len() >= fewest) else {
        return;
    };
    line.entries.remove(&Item::Support);
    line.entries.insert(Item::Contact, contacts);
    leave_times(line, at, is_beside_work);
}

/// Takes the times of contacts away from beside those of the work; otherwise the first and the
/// last of them tell when it began and ended.
fn leave_times(line: &mut Line, at: usize, is_beside_work: bool) {
    let Some(times) = line.entries.get_mut(&Item::Time) else {
        return;
    };
    if is_beside_work {
        times.remove(at);
    } else if let Some(time) = times.get_mut(at)
        && let [first, .., last] = time.words.as_slice()
    {
        time.words = vec![first.clone(), last.clone()];
    }
    if times.is_empty() {
        line.entries.remove(&Item::Time);
    }
}

/// Whether the times under a head can be those of contacts: it is the head of a column by words
/// that stand over the times of contacts, and not over those of the work.
fn is_of_contacts(header: &Header, label: &str) -> bool {
    let words = &layout_words::words().contacts;
    let column = header
        .columns
        .iter()
        .find(|column| column.holds == Some(Holds::Item(Item::Time)) && column.label == label);
    column.is_some_and(|column| {
        let last = column.heads.last();
        last.is_some_and(|head| words.part(head) == Some(Item::Time))
    })
}

/// A contact for each time, with what stands in its row and below; `None` where the times do not
/// stand below each other, something was said above the first of them or nothing beside one.
fn contacts(time: &Entry, said: &Entry) -> Option<Vec<Entry>> {
    let starts: Vec<u32> = time.words.iter().map(|word| word.cell.row).collect();
    let first = *starts.first()?;
    let is_above = |word: &Word| word.cell.row < first;
    let is_in_order = starts.windows(2).all(|pair| pair[0] < pair[1]);
    if !is_in_order || said.words.iter().any(is_above) {
        return None;
    }
    let rows = stretches(&starts, u32::MAX);
    let contacts = time.words.iter().zip(rows).map(|(moment, rows)| {
        let said_then = within(&said.words, &rows);
        let contact = Contact {
            name: said.label.clone(),
            home: moment.cell,
            time: vec![moment.clone()],
            said: Some(said_then).filter(|words| !words.is_empty())?,
        };
        Some(Entry {
            grounds: said.grounds,
            ..contact.entry()
        })
    });
    contacts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::testing::lines;

    /// What the lines of a table hold for an item, the entries of each line apart.
    fn told(rows: &[&[&str]], merged: &[&str], item: Item) -> Vec<Vec<String>> {
        let text = |entry: &Entry| {
            let words = entry.words.iter().map(|word| word.text.as_str());
            words.collect::<Vec<_>>().join(" ")
        };
        let lines = lines(rows, merged);
        let entries = lines
            .iter()
            .map(|line| line.entries.get(&item).into_iter().flatten());
        entries.map(|entries| entries.map(text).collect()).collect()
    }

    const MERGED: [&str; 3] = ["A2:A3", "B2:B3", "E2:E3"];

    #[test]
    fn each_time_beside_the_work_is_a_contact_with_what_stands_beside_it() {
        let rows: [&[&str]; 3] = [
            &["日付", "勤務時間", "連絡時刻", "支援内容", "作業内容"],
            &["9/1", "9:00～12:00", "9:00", "起床7時。", "検品"],
            &["", "", "12:00", "20個できた。", ""],
        ];
        let told = |item| told(&rows, &MERGED, item);
        assert_eq!(
            told(Item::Contact),
            [["9:00 起床7時。", "12:00 20個できた。"]]
        );
        assert_eq!(told(Item::Time), [["9:00～12:00"]]);
    }

    #[test]
    fn the_only_times_tell_of_the_work_too() {
        let rows: [&[&str]; 3] = [
            &["日付", "体調", "時刻", "支援内容", "作業内容"],
            &["9/1", "良好", "9:00", "体調に変わりない。", "検品"],
            &["", "", "12:00", "20個できた。", ""],
        ];
        let told = |item| told(&rows, &MERGED, item);
        let contacts = ["9:00 体調に変わりない。", "12:00 20個できた。"];
        assert_eq!(told(Item::Contact), [contacts]);
        assert_eq!(told(Item::Time), [["9:00 12:00"]]);
    }

    #[test]
    fn a_text_for_both_times_is_left_whole() {
        let rows: [&[&str]; 3] = [
            &["日付", "勤務時間", "連絡時刻", "支援内容", "作業内容"],
            &["9/1", "9:00～12:00", "9:00", "朝と昼に電話。", "検品"],
            &["", "", "12:00", "", ""],
        ];
        let merged = ["A2:A3", "B2:B3", "D2:D3", "E2:E3"];
        assert_eq!(told(&rows, &merged, Item::Support), [["朝と昼に電話。"]]);
        assert!(told(&rows, &merged, Item::Contact).concat().is_empty());
    }

    #[test]
    fn an_upper_and_a_lower_row_have_heads_of_their_own() {
        let head = "支援内容（上段：開始時　下段：終了時）";
        let rows: [&[&str]; 4] = [
            &["日付", "上段：開始\n下段：終了", head, "作業内容", "記録者"],
            &["9/1", "9:00", "体調に変わりない。", "検品", "野口"],
            &["", "12:00", "20個できた。", "", ""],
            &["9/2", "9:30", "眠い。", "検品", "野口"],
        ];
        let told = |item| told(&rows, &[], item);
        assert_eq!(told(Item::Start), [["9:00"], ["9:30"]]);
        assert_eq!(told(Item::End), [["12:00"], [""]]);
        let contacts = told(Item::Contact);
        assert_eq!(contacts[0], ["体調に変わりない。", "20個できた。"]);
        assert_eq!(contacts[1], ["眠い。", ""]);
    }
}
