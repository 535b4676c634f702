//! Delimited text: `.csv` and `.tsv`, in the encodings that offices save them in.
//!
//! All cells are text as written: a leading zero of a number stays.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::limits::{Allowance, Budget, COLS, ROWS};
use super::{Book, ReadError, Sheet, SheetCell, Stored};
use crate::model::{Cell, FileName};

/// What cells may be separated by.
const SEPARATORS: [char; 3] = ['\t', ',', ';'];
/// Characters that are looked at to tell the separator.
const SAMPLE: usize = 64 << 10;

/// The text in its encoding; `None` when it is no text.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| utf_16_without_mark(bytes))
        .unwrap_or(match std::str::from_utf8(bytes) {
            Ok(_) => UTF_8,
            Err(_) => SHIFT_JIS,
        });
    let (text, _, broken) = encoding.decode(bytes);
    let is_text = !broken
        && !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}'));
    is_text.then(|| text.into_owned())
}

/// Whether lines are cut into cells by some separator.
pub(super) fn is_delimited(text: &str) -> bool {
    text.lines().take(20).any(|line| line.contains(SEPARATORS))
}

/// The text as a workbook of one sheet, named as the file is.
pub(super) fn read(text: &str, shown: FileName, allowance: Allowance) -> Result<Book, ReadError> {
    let mut budget = Budget::new(allowance);
    let mut cells = BTreeMap::new();
    let separator = separator(text, &shown);
    for (row, record) in Records::new(text, separator).enumerate() {
        for (col, field) in record {
            let (Some(row), Some(col)) = (within(row, ROWS), within(col, COLS)) else {
                return Err(ReadError::TooLarge);
            };
            let cell = SheetCell {
                shown: field.clone(),
                stored: Stored::Text(field),
                struck: false,
            };
            budget.cell(&cell)?;
            cells.insert(Cell::new(row, col), cell);
        }
    }
    let file_name = shown.rsplit('/').next().unwrap_or_default();
    let name = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem)
        .to_owned();
    Ok(Book {
        file: shown,
        sheets: vec![Sheet {
            name,
            cells,
            ..Sheet::default()
        }],
    })
}

fn within(number: usize, count: u32) -> Option<u32> {
    u32::try_from(number).ok().filter(|number| *number < count)
}

/// UTF-16 of mostly ASCII or kana shows itself by the zero bytes of its line breaks.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let has = |pair: [u8; 2]| bytes.chunks_exact(2).any(|chunk| chunk == pair);
    match (has([b'\n', 0]), has([0, b'\n'])) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// By the file's name, else what is seen most often outside of quotes.
fn separator(text: &str, shown: &str) -> char {
    let mut counts = SEPARATORS.map(|separator| (separator, 0_usize));
    let mut quoted = false;
    for c in text.chars().take(SAMPLE) {
        quoted ^= c == '"';
        for (separator, count) in &mut counts {
            *count += usize::from(!quoted && c == *separator);
        }
    }
    let is_tsv = shown.to_ascii_lowercase().ends_with(".tsv");
    if is_tsv && counts[0].1 > 0 {
        return '\t';
    }
    // Of those seen equally often the first of the list; a comma where none is seen.
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    match counts.iter().find(|(_, count)| *count == most && most > 0) {
        Some((separator, _)) => *separator,
        None => ',',
    }
}

/// The records of a text one by one, as RFC 4180 has them.
struct Records<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        // Old DOS programs end a text with a control character.
        let text = text.trim_end_matches('\u{1a}');
        Self {
            chars: text.chars().peekable(),
            separator,
        }
    }

    /// What stands inside quotes, up to the closing one.
    fn quoted(&mut self, field: &mut String) {
        while let Some(c) = self.chars.next() {
            match c {
                '"' if self.chars.next_if_eq(&'"').is_none() => return,
                '\r' => {
                    self.chars.next_if_eq(&'\n');
                    field.push('\n');
                }
                c => field.push(c),
            }
        }
    }
}

/// Of what lies beyond the last column one field is enough to know.
fn keep(record: &mut Vec<(usize, String)>, col: usize, field: String) {
    let is_beyond = record
        .last()
        .is_some_and(|(last, _)| *last >= COLS as usize);
    if !is_beyond && !field.trim().is_empty() {
        record.push((col, field));
    }
}

impl Iterator for Records<'_> {
    /// The fields that say something, with their column.
    type Item = Vec<(usize, String)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.chars.peek()?;
        let mut record = Vec::new();
        let mut field = String::new();
        // Blank fields are counted, not kept: a line may be nothing but separators.
        let mut col = 0;
        while let Some(c) = self.chars.next() {
            match c {
                '"' if field.is_empty() => self.quoted(&mut field),
                '\r' => {
                    self.chars.next_if_eq(&'\n');
                    break;
                }
                '\n' => break,
                c if c == self.separator => {
                    keep(&mut record, col, std::mem::take(&mut field));
                    col += 1;
                }
                c => field.push(c),
            }
        }
        keep(&mut record, col, field);
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, name: &str) -> Vec<(String, String)> {
        let book = read(text, name.into(), Allowance::Alone).unwrap();
        book.sheets[0]
            .cells
            .iter()
            .map(|(cell, content)| (cell.to_string(), content.shown.clone()))
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected
            .iter()
            .map(|(cell, text)| ((*cell).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn quoted_fields_hold_separators_quotes_and_line_breaks() {
        assert_eq!(
            cells("氏名,\"一行\r\n二行\"\r\n\"a\"\"b,c\",,012\r\n", "名簿.csv"),
            pairs(&[
                ("A1", "氏名"),
                ("B1", "一行\n二行"),
                ("A2", "a\"b,c"),
                ("C2", "012")
            ])
        );
    }

    #[test]
    fn the_separator_is_found_by_name_or_by_number() {
        let by_tab = pairs(&[("A1", "a,b"), ("B1", "c")]);
        assert_eq!(cells("a,b\tc", "x.tsv"), by_tab);
        assert_eq!(cells("a,b\tc\n\t\t", "x.csv")[0].1, "a,b");
        assert_eq!(cells("a;b;c", "x.csv").len(), 3);
        assert_eq!(cells("a,b", "x.tsv").len(), 2);
    }

    #[test]
    fn a_line_of_nothing_but_separators_holds_nothing() {
        let line = ",".repeat(100_000);
        assert_eq!(
            cells(&format!("{line}\n,a"), "x.csv"),
            pairs(&[("B2", "a")])
        );
        let beyond = read(&"a,".repeat(100_000), "x.csv".into(), Allowance::Alone);
        assert_eq!(beyond, Err(ReadError::TooLarge));
    }

    #[test]
    fn encodings_of_offices_are_told_apart() {
        let text = "氏名,髙橋\n";
        let (cp932, ..) = SHIFT_JIS.encode(text);
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes()),
            cp932.into_owned(),
            utf_16.clone(),
            marked(b"\xff\xfe", &utf_16),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some(text));
        }
        for binary in [
            &b"\x89PNG\r\n\x1a\n\0\0"[..],
            b"\0\x01\x02",
            b"\xff\xd8\xff\xe0\0",
        ] {
            assert_eq!(decode(binary), None);
        }
    }
}
