//! The words of one item joined into one text, as the readers of each notation want it.

use super::{date, time};
use crate::model::Cell;
use crate::read::Stored;
use crate::recognise::Word;
use crate::text::squash;

/// What a person sees, line by line.
pub fn shown(words: &[Word]) -> String {
    join(words, |word| word.text.clone())
}

fn join(words: &[Word], text: impl Fn(&Word) -> String) -> String {
    let mut out = String::new();
    let mut row = None;
    for word in words.iter().filter(|w| w.tick.is_none()) {
        match row {
            Some(before) if before != word.cell.row => out.push('\n'),
            Some(_) => out.push(' '),
            None => {}
        }
        row = Some(word.cell.row);
        out.push_str(&text(word));
    }
    out
}

/// Joined so that dates can be read: serials as dates, and the plain number where 年, 月 or 日
/// stands in the next cell, whatever the number format makes of it.
pub fn dated(words: &[Word]) -> String {
    let unit_follows = |i: usize| {
        words
            .get(i + 1)
            .is_some_and(|next| squash(&next.text).starts_with(['年', '月', '日']))
    };
    let parts: Vec<Word> = words
        .iter()
        .filter(|w| !is_remark(&w.text))
        .cloned()
        .collect();
    let mut out = String::new();
    for (i, word) in parts.iter().enumerate() {
        match word.stored {
            Some(Stored::Moment(n) | Stored::Number(n)) if unit_follows(i) && n.fract() == 0.0 => {
                let number = format!("{n:.0}");
                if squash(&word.text).contains(&number) {
                    out.push_str(&word.text)
                } else {
                    out.push_str(&number)
                }
            }
            Some(Stored::Moment(n)) => match date::from_serial(n) {
                Some(day) => out.push_str(&day.to_string()),
                None => out.push_str(&word.text),
            },
            _ => out.push_str(&word.text),
        }
        out.push(' ');
    }
    out.trim_end().to_owned()
}

/// Joined so that times can be read: serials as times of day.
pub fn timed(words: &[Word]) -> String {
    join(words, |word| match word.stored {
        Some(Stored::Moment(n)) => clock(n).unwrap_or_else(|| word.text.clone()),
        Some(Stored::Number(n)) if (0.0..1.0).contains(&n) => {
            clock(n).unwrap_or_else(|| word.text.clone())
        }
        _ => word.text.clone(),
    })
}

fn clock(serial: f64) -> Option<String> {
    time::from_serial(serial).map(|t| t.format("%H:%M").to_string())
}

/// The words before and after a cell that holds only ～, and where the second half begins.
pub fn around_dash(words: &[Word], home: Cell) -> (Vec<Word>, Option<Vec<Word>>, Cell) {
    let is_dash = |w: &Word| matches!(squash(&w.text).as_str(), "~" | "-" | "から" | "至");
    match words.iter().position(is_dash) {
        Some(i) => {
            let at = words[i].cell;
            let after = words[i + 1..].to_vec();
            (
                words[..i].to_vec(),
                Some(after),
                Cell::new(at.row, at.col.saturating_add(1)),
            )
        }
        None => (words.to_vec(), None, home),
    }
}

/// A printed remark in brackets, such as （評価は１週間ごとに実施）.
pub fn is_remark(text: &str) -> bool {
    let text = squash(text);
    text.starts_with('(')
        && text.ends_with(')')
        && text.chars().count() > 6
        && !text.contains(|c: char| c.is_ascii_digit() && c != '1')
}
