//! A layout as it stands in the file.

use std::fmt::Write;

use super::Layout;
use crate::model::{Cell, CellRange};
use crate::profile::key;
use crate::recognise::{Columns, Places, Shape};

impl Layout<'_> {
    /// The layout as an entry of the file.
    pub fn write(&self, out: &mut String) {
        let sheet = comment(&self.sheet.name);
        let title = comment(&self.title);
        let mapping = &self.mapping;
        let head = format!("# シート「{sheet}」 {title}");
        let _ = writeln!(out, "{}\n[[form]]", head.trim_end());
        let _ = writeln!(out, "kind = {}", quoted(&key(&mapping.kind)));
        let words = self.landmarks.words();
        let words = words.map(|(cell, word)| format!("{cell} = {}", quoted(&comment(word))));
        let words: Vec<String> = words.collect();
        let _ = match words.is_empty() {
            true => writeln!(out, "sheet = {}", quoted(&self.sheet.name)),
            false => writeln!(out, "words = {{ {} }}", words.join(", ")),
        };
        if mapping.repeat {
            out.push_str("repeat = true  # 下に同じ項目名が並ぶ間、くり返し読みます\n");
        }
        places(out, "page", &mapping.page);
        match &mapping.shape {
            Shape::Cells(cells) => places(out, "cells", cells),
            Shape::Lines(columns) => write_columns(out, columns),
        }
    }
}

fn write_columns(out: &mut String, columns: &Columns) {
    let sideways = columns.sideways;
    let line = |n: u32| match sideways {
        true => quoted(&letter(n)),
        false => (n + 1).to_string(),
    };
    let span = |(first, last): &(u32, u32)| {
        let name = |n: u32| match sideways {
            true => (n + 1).to_string(),
            false => letter(n),
        };
        match first == last {
            true => name(*first),
            false => format!("{}:{}", name(*first), name(*last)),
        }
    };
    let (head, first, table) = match sideways {
        true => ("header_column", "first_column", "rows"),
        false => ("header_row", "first_row", "columns"),
    };
    if columns.header.saturating_add(1) != columns.first {
        let _ = writeln!(out, "{head} = {}  # 見出し", line(columns.header));
    }
    let _ = writeln!(out, "{first} = {}  # 最初の記録", line(columns.first));
    if let Some(days) = &columns.days {
        let from = match days.from {
            1 => String::new(),
            day => format!("{day}="),
        };
        let text = quoted(&format!("{from}{}", span(&days.span)));
        let _ = writeln!(out, "days = {text}  # {}日から順に", days.from);
    }
    let rows = columns.columns.iter().map(|(item, spans)| {
        let spans: Vec<String> = spans.iter().map(span).collect();
        (key(item), spans.join(", "))
    });
    write_table(out, table, rows);
}

fn places(out: &mut String, name: &str, places: &Places) {
    let rows = places.iter().map(|(item, ranges)| {
        let ranges: Vec<String> = ranges.iter().map(CellRange::to_string).collect();
        (key(item), ranges.join(", "))
    });
    write_table(out, name, rows);
}

fn write_table(
    out: &mut String,
    name: &str,
    rows: impl ExactSizeIterator<Item = (String, String)>,
) {
    if rows.len() == 0 {
        return;
    }
    let rows = rows.map(|(item, place)| format!("{item} = {}", quoted(&place)));
    let rows: Vec<String> = rows.collect();
    let _ = writeln!(out, "{name} = {{ {} }}", rows.join(", "));
}

/// `F`
fn letter(col: u32) -> String {
    let cell = Cell::new(0, col).to_string();
    cell.trim_end_matches('1').to_owned()
}

/// On one line, with nothing in it that TOML does not take.
pub fn quoted(text: &str) -> String {
    let line = serde_json::Value::String(text.to_owned()).to_string();
    line.replace('\u{7f}', "\\u007f")
}

/// On one line, without what nobody sees.
pub fn comment(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = text.chars().map(plain).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_any_kind_is_a_value_on_one_line() {
        for text in ["支援の\n実施日", "a\"b\\c", "\u{7f}\u{1}\t\r\n"] {
            let line = format!("x = {}", quoted(text));
            assert_eq!(line.lines().count(), 1, "{line}");
            let read: toml::Table = toml::from_str(&line).unwrap();
            assert_eq!(read["x"].as_str(), Some(text));
        }
        assert_eq!(comment("支援の\n 実施日\u{1}"), "支援の 実施日");
    }
}
