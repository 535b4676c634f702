//! How a workbook was read, as text for the terminal; as JSON in [`json`].

pub mod json;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use clap::builder::styling::{AnsiColor, Style};
use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

use super::terminal::{clean, pad};
use crate::inspect::{Content, FormReading, ItemReading, Part, Reading, Totals, Value, Why};
use crate::model::{Cell, Lang, Level, Wording};
use crate::recognise::FormKind;

const TITLE: Style = Style::new().bold();
const UNKNOWN: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().dimmed();

/// Texts of the workbook are shown up to here.
const LONGEST_TEXT: usize = 40;
/// Texts in a list are shown up to here.
const LONGEST_IN_LIST: usize = 16;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Words {
    rest_title: Wording,
    unfilled_form: Wording,
    blank: Wording,
    not_understood: Wording,
    skipped_sheet: Wording,
    totals: Wording,
    used: Wording,
    explained: Wording,
    unknown: Wording,
    all_files: Wording,
    profile_written: Wording,
    day: Wording,
    kinds: BTreeMap<FormKind, Wording>,
    levels: BTreeMap<Level, Wording>,
    parts: BTreeMap<Part, Wording>,
    whys: BTreeMap<Why, Wording>,
    fields: BTreeMap<String, Wording>,
}

const WORDS_TOML: &str = include_str!("../../../templates/wording/inspect.toml");

// The file is part of the program; a test reads it.
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(WORDS_TOML).unwrap_or_default());

/// What a field of `records.json` is called on the forms.
pub fn field_name(field: &str, lang: Lang) -> &str {
    WORDS
        .fields
        .get(field)
        .map_or(field, |wording| wording.say(lang))
}

/// What a kind of form is called.
pub fn kind_name(kind: FormKind, lang: Lang) -> &'static str {
    said(&WORDS.kinds, &kind, lang)
}

/// That the draft of a profile was written to `path`.
pub fn profile_written(path: &str, lang: Lang) -> String {
    let text = WORDS
        .profile_written
        .say(lang)
        .replace("{what}", &clean(path));
    format!("{text}\n")
}

/// How one file was read.
pub fn reading(reading: &Reading, lang: Lang) -> String {
    let mut out = String::new();
    line(
        &mut out,
        format_args!("{TITLE}{}{TITLE:#}", clean(&reading.file)),
    );
    let mut told = Told::new();
    for form in &reading.forms {
        form_lines(&mut out, form, &mut told, lang);
    }
    for skipped in &reading.skipped {
        let title = WORDS.skipped_sheet.say(lang);
        let sheet = clean(skipped.sheet.as_deref().unwrap_or_default());
        let reason = clean(skipped.reason.say(lang));
        line(
            &mut out,
            format_args!("  {FAINT}{title} [{sheet}]  {reason}{FAINT:#}"),
        );
    }
    if !reading.rest.is_empty() {
        let title = WORDS.rest_title.say(lang);
        line(&mut out, format_args!("  {TITLE}{title}{TITLE:#}"));
        rest_lines(&mut out, &reading.rest, lang);
    }
    line(
        &mut out,
        format_args!("  {}", totals_line(&reading.totals, lang)),
    );
    out
}

/// The counts over all files.
pub fn totals(files: usize, totals: &Totals, lang: Lang) -> String {
    let title = numbered(&WORDS.all_files, files, lang);
    let mut out = String::new();
    let counts = totals_line(totals, lang);
    line(&mut out, format_args!("{TITLE}{title}{TITLE:#}  {counts}"));
    let whys = totals.explained.iter().chain(&totals.unknown);
    for (why, n) in whys {
        let name = pad(said(&WORDS.whys, why, lang), 26);
        line(&mut out, format_args!("  {name}  {n}"));
    }
    out
}

/// Items that hold for a whole sheet, with their cells, which are told once.
type Told = BTreeSet<(&'static str, Arc<str>, Option<Cell>)>;

fn form_lines(out: &mut String, form: &FormReading, told: &mut Told, lang: Lang) {
    let (sheet, kind) = (clean(&form.sheet), kind_name(form.kind, lang));
    let unfilled = match form.filled {
        false => format!("  {FAINT}{}{FAINT:#}", WORDS.unfilled_form.say(lang)),
        true => String::new(),
    };
    line(
        out,
        format_args!("  [{sheet}] {}  {TITLE}{kind}{TITLE:#}{unfilled}", form.at),
    );
    let is_new = |item: &&ItemReading| {
        // Of a blank form, only what it says all the same.
        if !form.filled && item.confidence.is_none() {
            return false;
        }
        !is_of_sheet(item) || told.insert((item.field, form.sheet.clone(), item.cell))
    };
    let (marks, items): (Vec<&ItemReading>, Vec<&ItemReading>) = form
        .items
        .iter()
        .filter(is_new)
        .partition(|i| is_plain_mark(i));
    let marks = (!marks.is_empty()).then(|| mark_line(&marks, lang));
    let lines = items.iter().map(|item| item_line(item, lang));
    let lines: Vec<[String; 3]> = lines.chain(marks).collect();
    let widest = lines.iter().map(|[name, ..]| name.width()).max();
    for [name, cell, rest] in &lines {
        let name = pad(name, widest.unwrap_or(0));
        line(out, format_args!("    {name}  {}  {rest}", pad(cell, 5)));
    }
}

/// Whether an item holds for all forms of its sheet.
fn is_of_sheet(item: &ItemReading) -> bool {
    item.field.starts_with("office.") || item.field == "month"
}

/// Whether nothing is to be said of a mark but its day.
fn is_plain_mark(item: &ItemReading) -> bool {
    item.day.is_some() && item.confidence.is_some_and(|c| c.level() == Level::Certain)
}

/// The name, cell and reading of one item.
fn item_line(item: &ItemReading, lang: Lang) -> [String; 3] {
    let cell = item.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let level = match item.confidence {
        None => String::new(),
        Some(confidence) => {
            let level = confidence.level();
            let style = if level == Level::Doubtful {
                UNKNOWN
            } else {
                Style::new()
            };
            let word = said(&WORDS.levels, &level, lang);
            format!("  {style}{word} {}{style:#}", confidence.score())
        }
    };
    let (told, why) = (told(item, lang), reasons(item, lang));
    [name(item, lang), cell, format!("{told}{level}{why}")]
}

/// The marks of a listing's line together, by what they say.
fn mark_line(marks: &[&ItemReading], lang: Lang) -> [String; 3] {
    let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mark in marks {
        let value = mark.value.as_ref().map(text_of).unwrap_or_default();
        let raw = short(&mark.raw, LONGEST_IN_LIST);
        let day = mark.day.unwrap_or_default().to_string();
        days.entry(format!("{raw} → {value}"))
            .or_default()
            .push(day);
    }
    let said: Vec<String> = days
        .into_iter()
        .map(|(mark, days)| format!("{mark}: {}", numbered(&WORDS.day, days.join("・"), lang)))
        .collect();
    let cell = marks.first().and_then(|mark| mark.cell);
    let cell = cell.map(|cell| cell.to_string()).unwrap_or_default();
    [field_name("days", lang).to_owned(), cell, said.join("  ")]
}

fn name(item: &ItemReading, lang: Lang) -> String {
    let name = field_name(item.field, lang);
    match item.day {
        Some(day) => format!("{name} {}", numbered(&WORDS.day, day, lang)),
        None => name.to_owned(),
    }
}

/// What is written, and what it was taken for where that looks otherwise.
fn told(item: &ItemReading, lang: Lang) -> String {
    let raw = short(&item.raw, LONGEST_TEXT);
    if let Some(problem) = &item.problem {
        let (no, why) = (WORDS.not_understood.say(lang), clean(problem.say(lang)));
        return format!("{raw}  {UNKNOWN}{no}（{why}）{UNKNOWN:#}");
    }
    match &item.value {
        None => WORDS.blank.say(lang).to_owned(),
        Some(value) => {
            let value = short(&text_of(value), LONGEST_TEXT);
            if value == raw || raw.is_empty() {
                value
            } else {
                format!("{raw} → {value}")
            }
        }
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::List(words) => words.join(","),
    }
}

fn reasons(item: &ItemReading, lang: Lang) -> String {
    let grounds = item.grounds.iter().map(|ground| ground.wording());
    let doubts = item.doubts.iter().map(|doubt| doubt.wording());
    let all: Vec<String> = grounds
        .chain(doubts)
        .map(|wording| wording.say(lang).to_owned())
        .collect();
    let gap = match lang {
        Lang::Ja => "・",
        Lang::En => "; ",
    };
    match all.is_empty() {
        true => String::new(),
        false => format!("  {FAINT}{}{FAINT:#}", all.join(gap)),
    }
}

fn rest_lines(out: &mut String, rest: &[Content], lang: Lang) {
    let mut groups: Vec<(&str, BTreeMap<Why, Vec<&Content>>)> = Vec::new();
    for content in rest {
        if groups
            .last()
            .is_none_or(|(sheet, _)| *sheet != &*content.sheet)
        {
            groups.push((&content.sheet, BTreeMap::new()));
        }
        if let Some((_, whys)) = groups.last_mut() {
            whys.entry(content.why).or_default().push(content);
        }
    }
    for (sheet, whys) in groups {
        line(out, format_args!("  [{}]", clean(sheet)));
        for (why, contents) in whys {
            let style = if why.is_unknown() { UNKNOWN } else { FAINT };
            let name = pad(said(&WORDS.whys, &why, lang), 26);
            let list: Vec<String> = contents.iter().map(|c| content_text(c, lang)).collect();
            let list = list.join("  ");
            line(out, format_args!("    {style}{name}{style:#}  {list}"));
        }
    }
}

fn content_text(content: &Content, lang: Lang) -> String {
    let text = short(&content.text, LONGEST_IN_LIST);
    match (content.part, text.is_empty()) {
        (Part::Cell, _) => format!("{} {text}", content.cell),
        (part, true) => format!("{} {}", content.cell, said(&WORDS.parts, &part, lang)),
        (part, false) => {
            format!(
                "{} {} {text}",
                content.cell,
                said(&WORDS.parts, &part, lang)
            )
        }
    }
}

fn totals_line(totals: &Totals, lang: Lang) -> String {
    let all = numbered(&WORDS.totals, totals.contents, lang);
    let used = numbered(&WORDS.used, totals.used, lang);
    let explained = numbered(&WORDS.explained, totals.explained(), lang);
    let unknown = numbered(&WORDS.unknown, totals.unknown(), lang);
    let style = if totals.unknown() > 0 {
        UNKNOWN
    } else {
        Style::new()
    };
    format!("{all} = {used} + {explained} + {style}{unknown}{style:#}")
}

/// On one line, and no longer than `length` characters.
fn short(text: &str, length: usize) -> String {
    let text = clean(text.trim());
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn numbered(wording: &Wording, n: impl std::fmt::Display, lang: Lang) -> String {
    wording.say(lang).replace("{n}", &n.to_string())
}

fn said<K: Ord>(words: &'static BTreeMap<K, Wording>, key: &K, lang: Lang) -> &'static str {
    words.get(key).map_or("", |wording| wording.say(lang))
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_name_in_both_languages() {
        let words: Words = toml::from_str(WORDS_TOML).unwrap();
        for why in Why::ALL {
            assert!(words.whys.contains_key(&why), "{why:?}");
        }
        for kind in FormKind::ALL {
            assert!(words.kinds.contains_key(&kind), "{kind:?}");
        }
        assert_eq!((words.levels.len(), words.parts.len()), (3, 4));
        assert!(!words.fields.is_empty());
        let named = words.whys.values().chain(words.fields.values());
        for wording in named {
            assert!(!wording.ja.is_empty() && !wording.en.is_empty());
        }
        assert_eq!(field_name("date", Lang::Ja), "実施日");
    }

    #[test]
    fn long_texts_are_cut_and_lines_joined() {
        assert_eq!(short(" 9:00 開始\n12:00 昼 ", 40), "9:00 開始 12:00 昼");
        assert_eq!(short("あいうえお", 3), "あいう…");
    }
}
