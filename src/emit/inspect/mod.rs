//! How a workbook was read, as text for the terminal; as JSON in [`json`].

pub mod json;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use clap::builder::styling::{AnsiColor, Style};
use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

use super::terminal::{clean, pad};
use crate::inspect::{Content, FormReading, ItemReading, Part, Reading, Totals, Value, Why};
use crate::model::{Lang, Level, Wording};
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
    for form in &reading.forms {
        form_lines(&mut out, form, lang);
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

fn form_lines(out: &mut String, form: &FormReading, lang: Lang) {
    let (sheet, kind) = (clean(&form.sheet), kind_name(form.kind, lang));
    let unfilled = match form.items.is_empty() {
        true => format!("  {FAINT}{}{FAINT:#}", WORDS.unfilled_form.say(lang)),
        false => String::new(),
    };
    line(
        out,
        format_args!("  [{sheet}] {}  {TITLE}{kind}{TITLE:#}{unfilled}", form.at),
    );
    let names: Vec<String> = form.items.iter().map(|item| name(item, lang)).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (item, name) in form.items.iter().zip(&names) {
        let cell = item.cell.map(|cell| cell.to_string()).unwrap_or_default();
        let (name, cell) = (pad(name, widest), pad(&cell, 5));
        let told = told(item, lang);
        let why = reasons(item, lang);
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
        line(out, format_args!("    {name}  {cell}  {told}{level}{why}"));
    }
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
