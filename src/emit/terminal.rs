//! Findings and the outcome of a run as text for the terminal.
//!
//! Every text carries its colours as ANSI codes; whoever prints it strips them
//! where they are not wanted. Text from workbooks is made harmless first: no
//! control character of theirs reaches the terminal.

mod findings;
mod outputs;
mod wrap;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use clap::builder::styling::{AnsiColor, Style};
use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

use super::manifest::Verification;
use crate::ledger::{Counts, Outcome};
use crate::model::{Assessment, Lang, Skipped, Unreadable, Verdict, Wording};
pub use findings::office_report;
pub use outputs::outputs;

const TITLE: Style = Style::new().bold();
const DEFICIENT: Style = AnsiColor::Red.on_default().bold();
const REVIEW: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().dimmed();

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Words {
    deficient: Wording,
    review: Wording,
    office_wide: Wording,
    no_findings: Wording,
    no_records: Wording,
    deficient_count: Wording,
    review_count: Wording,
    waiting_count: Wording,
    not_judged_count: Wording,
    total: Wording,
    ledger: Wording,
    ledger_count: Wording,
    unreadable_title: Wording,
    skipped_title: Wording,
    skipped_many: Wording,
    unfitted_title: Wording,
    unfitted_here_title: Wording,
    profile_notes_title: Wording,
    outputs_title: Wording,
    outputs_first: Wording,
    outputs_files: Wording,
    outputs_offices: Wording,
    as_recorded: Wording,
    not_as_recorded: Wording,
    changed: Wording,
    missing: Wording,
    extra: Wording,
}

const WORDS_TOML: &str = include_str!("../../templates/wording/terminal.toml");

// The file is part of the program; a test reads it.
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(WORDS_TOML).unwrap_or_default());

/// How many of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// 不適合
    pub deficient: usize,
    /// 要確認
    pub review: usize,
    /// 期限前
    pub waiting: usize,
}

impl Tally {
    /// Counts one office.
    pub fn of(assessment: &Assessment) -> Self {
        let of = |verdict| {
            let findings = assessment.findings.iter();
            findings.filter(|f| f.verdict == verdict).count()
        };
        Self {
            deficient: of(Verdict::Deficient),
            review: of(Verdict::Review),
            waiting: assessment.pending.len(),
        }
    }

    /// Adds the counts of another office.
    pub fn add(&mut self, other: Self) {
        self.deficient += other.deficient;
        self.review += other.review;
        self.waiting += other.waiting;
    }

    fn line(self, lang: Lang) -> String {
        let (strong, soft) = match self.deficient {
            0 => (Style::new(), REVIEW),
            _ => (DEFICIENT, REVIEW),
        };
        let soft = if self.review == 0 { Style::new() } else { soft };
        let deficient = fill(&WORDS.deficient_count, lang, self.deficient, "");
        let review = fill(&WORDS.review_count, lang, self.review, "");
        let mut line = format!("{strong}{deficient}{strong:#}  {soft}{review}{soft:#}");
        if self.waiting > 0 {
            let waiting = fill(&WORDS.waiting_count, lang, self.waiting, "");
            let _ = write!(line, "  {FAINT}{waiting}{FAINT:#}");
        }
        line
    }
}

/// The counts over all offices.
pub fn totals(offices: usize, tally: Tally, lang: Lang) -> String {
    let title = fill(&WORDS.total, lang, offices, "");
    format!("{TITLE}{title}{TITLE:#}  {}\n", tally.line(lang))
}

/// How many sentences of the notices have which outcome, over all offices; no text where
/// nothing was judged.
pub fn ledger(counts: &Counts, lang: Lang) -> String {
    if counts.total() == 0 {
        return String::new();
    }
    let told = Outcome::ALL.map(|outcome| {
        let count = counts.get(outcome);
        let text = fill(
            &WORDS.ledger_count,
            lang,
            count,
            outcome.wording().say(lang),
        );
        let style = match outcome {
            Outcome::Unmet if count > 0 => DEFICIENT,
            Outcome::Review if count > 0 => REVIEW,
            _ => Style::new(),
        };
        format!("{style}{text}{style:#}")
    });
    let title = fill(&WORDS.ledger, lang, counts.total(), "");
    format!("{TITLE}{title}{TITLE:#}  {}\n", told.join("  "))
}

/// Every file that could not be read, with the reason; empty when there is none.
pub fn unreadable(files: &[Unreadable], lang: Lang, columns: Option<usize>) -> String {
    let mut out = String::new();
    if files.is_empty() {
        return out;
    }
    let title = fill(&WORDS.unreadable_title, lang, files.len(), "");
    line(&mut out, format_args!("{DEFICIENT}{title}{DEFICIENT:#}"));
    for file in files {
        let (name, why) = (clean(&file.file), clean(file.message.say(lang)));
        hang(
            &mut out,
            2,
            Style::new(),
            &format!("{name}  {why}"),
            columns,
        );
    }
    out
}

/// What was passed over, a line a reason; empty when nothing was.
pub fn skipped(entries: &[Skipped], lang: Lang, columns: Option<usize>) -> String {
    let mut out = String::new();
    if entries.is_empty() {
        return out;
    }
    let title = fill(&WORDS.skipped_title, lang, entries.len(), "");
    line(&mut out, format_args!("{FAINT}{title}{FAINT:#}"));
    let mut by_reason: BTreeMap<&Wording, Vec<&Skipped>> = BTreeMap::new();
    for entry in entries {
        by_reason.entry(&entry.reason).or_default().push(entry);
    }
    for (reason, entries) in by_reason {
        let first = entries.first().map(|entry| match &entry.sheet {
            Some(sheet) => format!("{} [{}]", clean(&entry.file), clean(sheet)),
            None => clean(&entry.file),
        });
        let first = first.unwrap_or_default();
        let place = match entries.len() {
            1 => first,
            n => fill(&WORDS.skipped_many, lang, n, &first),
        };
        let reason = clean(reason.say(lang));
        hang(&mut out, 2, FAINT, &format!("{reason}  {place}"), columns);
    }
    out
}

/// What of a profile was for no sheet; empty when all of it was for one.
pub fn unfitted(told: &[Wording], lang: Lang, columns: Option<usize>) -> String {
    of_profile(&WORDS.unfitted_title, REVIEW, told, lang, columns)
}

/// The same where not all books are at hand that the profile is for.
pub fn unfitted_here(told: &[Wording], lang: Lang, columns: Option<usize>) -> String {
    of_profile(&WORDS.unfitted_here_title, FAINT, told, lang, columns)
}

/// What a profile takes away, and where it contradicts the sheet; empty when there is nothing.
pub fn profile_notes(told: &[Wording], lang: Lang, columns: Option<usize>) -> String {
    of_profile(&WORDS.profile_notes_title, REVIEW, told, lang, columns)
}

fn of_profile(
    title: &Wording,
    style: Style,
    told: &[Wording],
    lang: Lang,
    columns: Option<usize>,
) -> String {
    let mut out = String::new();
    if told.is_empty() {
        return out;
    }
    let title = fill(title, lang, told.len(), "");
    line(&mut out, format_args!("{style}{title}{style:#}"));
    for wording in told {
        let text = clean(wording.say(lang));
        hang(&mut out, 2, Style::new(), &text, columns);
    }
    out
}

/// That nothing was read and so nothing checked.
pub fn no_records(lang: Lang) -> String {
    let told = WORDS.no_records.say(lang);
    format!("{DEFICIENT}{told}{DEFICIENT:#}\n")
}

/// The outcome of `verify`, with every file that differs.
pub fn verification(result: &Verification, lang: Lang) -> String {
    let mut out = String::new();
    if result.is_as_recorded() {
        let text = fill(&WORDS.as_recorded, lang, result.recorded, "");
        line(&mut out, format_args!("{text}"));
        return out;
    }
    let text = fill(&WORDS.not_as_recorded, lang, result.recorded, "");
    line(&mut out, format_args!("{DEFICIENT}{text}{DEFICIENT:#}"));
    for (word, files) in [
        (&WORDS.changed, &result.changed),
        (&WORDS.missing, &result.missing),
        (&WORDS.extra, &result.extra),
    ] {
        let word = pad(word.say(lang), 12);
        for file in files {
            line(&mut out, format_args!("  {word}  {}", clean(file)));
        }
    }
    out
}

fn fill(wording: &Wording, lang: Lang, n: usize, what: &str) -> String {
    let text = wording.say(lang).replace("{n}", &n.to_string());
    text.replace("{what}", what)
}

/// On one line, and without anything that a terminal would obey.
pub(super) fn clean(text: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(visible).collect()
}

/// Padded with blanks to `width` columns, a Japanese character being two.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Writes `text`, all of its lines `indent` blanks in.
fn hang(out: &mut String, indent: usize, style: Style, text: &str, columns: Option<usize>) {
    const LEAST: usize = 20;
    let lines = match columns {
        Some(columns) => wrap::wrapped(text, columns.saturating_sub(indent).max(LEAST)),
        None => vec![text.to_owned()],
    };
    let indent = " ".repeat(indent);
    for text in lines {
        line(out, format_args!("{indent}{style}{text}{style:#}"));
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::sample;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn the_wordings_are_read() {
        toml::from_str::<Words>(WORDS_TOML).unwrap();
    }

    #[test]
    fn the_outcome_names_what_was_not_read_and_counts_the_rest() {
        let mut tally = Tally::default();
        tally.add(Tally::of(&sample::assessment()));
        let office = sample::office();
        let text = [
            unreadable(&[sample::unreadable()], Lang::Ja, None),
            skipped(
                &[office.skipped.clone(), office.skipped].concat(),
                Lang::Ja,
                None,
            ),
            totals(1, tally, Lang::Ja),
        ]
        .concat();
        insta::assert_snapshot!(plain(&text), @r"
        読み取れなかったファイル 1件
          名簿.xlsx  パスワードで保護されています。
        読み飛ばしたもの 2件
          記載例のシートです。  記録.xlsx [【記載例】] ほか 計2件
        合計 1事業所  不適合 2件  要確認 1件  期限前 1件
        ");
    }

    #[test]
    fn the_ledger_is_counted_by_outcome() {
        use crate::check::testing::{assessed, date, notice, office};
        let (notices, as_of) = ([notice("kitakyushu")], date(2025, 11, 30));
        let assessment = assessed(&office(), &notices, as_of);
        let drawn = crate::ledger::ledgers(&office(), &notices, &assessment, as_of);
        let counts = Counts::of(&drawn);
        let told = plain(&ledger(&counts, Lang::Ja));
        assert!(told.starts_with(&format!("条項台帳 {}文  適合 ", counts.total())));
        assert!(
            told.contains("不適合 0") && told.contains("自主点検 "),
            "{told}"
        );
        assert!(plain(&ledger(&counts, Lang::En)).contains(" to review"));
        assert_eq!(ledger(&Counts::default(), Lang::Ja), "");
    }

    #[test]
    fn nothing_unread_and_nothing_skipped_is_no_text() {
        assert_eq!(unreadable(&[], Lang::Ja, None), "");
        assert_eq!(skipped(&[], Lang::Ja, None), "");
        assert_eq!(unfitted(&[], Lang::Ja, None), "");
        let told = unfitted(&[Wording::new("5行目", "line 5")], Lang::Ja, None);
        assert!(told.contains("1件") && told.contains("  5行目"), "{told}");
    }

    #[test]
    fn a_verification_names_each_difference() {
        let mut result = Verification {
            recorded: 3,
            ..Verification::default()
        };
        assert_eq!(
            plain(&verification(&result, Lang::Ja)),
            "3ファイルすべて、作成時のままです。\n"
        );
        result.changed.push("a.json".into());
        result.extra.push("c.pdf".into());
        assert_eq!(
            plain(&verification(&result, Lang::Ja)),
            "作成時と異なります（記録 3ファイル）。\n  変更あり      a.json\n  記録にない    c.pdf\n"
        );
    }
}
