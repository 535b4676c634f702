//! The findings of one office, by user.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use super::{DEFICIENT, FAINT, REVIEW, TITLE, Tally, WORDS, clean, fill, hang, line, pad};
use crate::emit::person::called;
use crate::emit::when::when;
use crate::model::{Assessment, Finding, Lang, Location, Office, Subject, Verdict, Wording};
use clap::builder::styling::Style;

/// All findings of one office, by user, worst first; for a terminal that many columns wide.
pub fn office_report(
    office: &Office,
    assessment: &Assessment,
    lang: Lang,
    columns: Option<usize>,
) -> String {
    let mut out = String::new();
    let (title, tally) = (office_title(office, lang), Tally::of(assessment).line(lang));
    let width = title.width() + 2 + anstream::adapter::strip_str(&tally).to_string().width();
    // On a narrow terminal the counts go below.
    let gap = match columns.is_some_and(|columns| columns < width) {
        true => "\n",
        false => "",
    };
    line(
        &mut out,
        format_args!("{TITLE}{title}{TITLE:#}{gap}  {tally}"),
    );
    if assessment.findings.is_empty() {
        let told = match office.has_records() {
            true => &WORDS.no_findings,
            false => &WORDS.no_records,
        };
        line(&mut out, format_args!("  {}", told.say(lang)));
    }
    let columns = Columns::of(&assessment.findings, lang, columns);
    let mut hinted = BTreeSet::new();
    for (subject, findings) in by_subject(&assessment.findings) {
        let title = subject_title(office, subject, lang);
        line(&mut out, format_args!("  {TITLE}{title}{TITLE:#}"));
        for finding in findings {
            columns.write(&mut out, finding, lang);
            // The same advice once an office is enough.
            let hint = clean(finding.hint.say(lang));
            if !hint.is_empty() && hinted.insert(hint.clone()) {
                columns.hang(&mut out, Style::new(), &format!("→ {hint}"));
            }
        }
    }
    let mut days: BTreeMap<&Wording, usize> = BTreeMap::new();
    for entry in &assessment.not_judged {
        *days.entry(&entry.reason).or_default() += entry.days;
    }
    for (reason, days) in days {
        let text = fill(
            &WORDS.not_judged_count,
            lang,
            days,
            &clean(reason.say(lang)),
        );
        hang(&mut out, 2, FAINT, &text, columns.of_terminal);
    }
    out
}

/// Findings by whom they are about, in the order in which each is first met.
fn by_subject(findings: &[Finding]) -> Vec<(Subject, Vec<&Finding>)> {
    let mut groups: Vec<(Subject, Vec<&Finding>)> = Vec::new();
    let mut at = BTreeMap::new();
    for finding in findings {
        let next = groups.len();
        let at = *at.entry(finding.subject).or_insert(next);
        if at == next {
            groups.push((finding.subject, Vec::new()));
        }
        groups[at].1.push(finding);
    }
    groups
}

fn office_title(office: &Office, lang: Lang) -> String {
    let service = office.service.map(|service| service.name(lang).to_owned());
    let more: Vec<_> = office.number.clone().into_iter().chain(service).collect();
    named(&office.name, &more.join("・"), lang)
}

fn subject_title(office: &Office, subject: Subject, lang: Lang) -> String {
    let Subject::Person(id) = subject else {
        return WORDS.office_wide.say(lang).to_owned();
    };
    let person = office.person(id);
    let number = person.certificate_number.as_ref();
    named(
        called(person, lang),
        number.map_or("", |n| n.as_str()),
        lang,
    )
}

/// `name（more）`
fn named(name: &str, more: &str, lang: Lang) -> String {
    match (more, lang) {
        ("", _) => clean(name),
        (more, Lang::Ja) => clean(&format!("{name}（{more}）")),
        (more, Lang::En) => clean(&format!("{name} ({more})")),
    }
}

/// A message with less room than this stands below what goes before it.
const LEAST_MESSAGE: usize = 40;

/// The columns before the message, as wide as their widest entry.
struct Columns {
    several_notices: bool,
    verdict: usize,
    when: usize,
    clause: usize,
    /// Blanks up to the message.
    indent: usize,
    /// Whether the message stands below the others, since there is no room beside them.
    is_below: bool,
    of_terminal: Option<usize>,
}

impl Columns {
    fn of(findings: &[Finding], lang: Lang, of_terminal: Option<usize>) -> Self {
        let notices: BTreeSet<_> = findings.iter().map(|f| &f.notice).collect();
        let widest = |text: &dyn Fn(&Finding) -> String| {
            let widths = findings.iter().map(|f| text(f).width());
            widths.max().unwrap_or(0)
        };
        let mut columns = Self {
            several_notices: notices.len() > 1,
            verdict: widest(&|f| verdict_word(f.verdict, lang).to_owned()),
            when: widest(&|f| when(f.when, lang)),
            clause: 0,
            indent: 0,
            is_below: false,
            of_terminal,
        };
        columns.clause = widest(&|f| columns.clause_of(f));
        columns.indent = columns.verdict + columns.when + columns.clause + 10;
        columns.is_below = of_terminal.is_some_and(|all| all < columns.indent + LEAST_MESSAGE);
        if columns.is_below {
            columns.indent = 6;
        }
        columns
    }

    fn clause_of(&self, finding: &Finding) -> String {
        let clause = clean(&finding.clause);
        match self.several_notices {
            true => format!("{} {clause}", clean(&finding.notice)),
            false => clause,
        }
    }

    fn write(&self, out: &mut String, finding: &Finding, lang: Lang) {
        let style = match finding.verdict {
            Verdict::Deficient => DEFICIENT,
            Verdict::Review => REVIEW,
        };
        let verdict = pad(verdict_word(finding.verdict, lang), self.verdict);
        let when = pad(&when(finding.when, lang), self.when);
        let clause = pad(&self.clause_of(finding), self.clause);
        let head = format!("    {style}{verdict}{style:#}  {when}  {clause}");
        let mut message = String::new();
        let told = clean(finding.message.say(lang));
        self.hang(&mut message, Style::new(), &told);
        if self.is_below {
            line(out, format_args!("{}", head.trim_end()));
            out.push_str(&message);
        } else {
            line(out, format_args!("{head}  {}", message.trim()));
        }
        if let Some(location) = &finding.location {
            self.hang(out, FAINT, &place(location));
        }
    }

    /// Writes a text where messages stand.
    fn hang(&self, out: &mut String, style: Style, text: &str) {
        hang(out, self.indent, style, text, self.of_terminal);
    }
}

fn verdict_word(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Deficient => WORDS.deficient.say(lang),
        Verdict::Review => WORDS.review.say(lang),
    }
}

/// `記録.xlsx [9月] D8`
fn place(location: &Location) -> String {
    let (file, sheet) = (clean(&location.file), clean(&location.sheet));
    match location.cell {
        Some(cell) => format!("{file} [{sheet}] {cell}"),
        None => format!("{file} [{sheet}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::sample;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn findings_stand_under_their_user() {
        let report = office_report(&sample::office(), &sample::assessment(), Lang::Ja, None);
        insta::assert_snapshot!(plain(&report), @r"
        みなと就労センター（4019900001・就労継続支援B型）  不適合 2件  要確認 1件  期限前 1件
          青葉 ひかり（0100000001）
            不適合  令和7年9月3日        6(3)  連絡が1回しかありません。
                                               記録.xlsx [9月] D8
                                               → 1日に2回以上連絡してください。
            要確認  令和7年9月8日～12日  6(3)  連絡の時刻が読み取れません。
                                               記録.xlsx [9月] D8
          事業所全体
            不適合  令和7年10月分        4(5)  一覧表がありません。
                                               → 一覧表を作成してください。
          点検の対象外 12日（通知の適用前）
        ");
    }

    #[test]
    fn english_is_whole() {
        let report = office_report(&sample::office(), &sample::assessment(), Lang::En, None);
        insta::assert_snapshot!(plain(&report), @r"
        みなと就労センター (4019900001・employment continuation support, type B)  2 deficient  1 to review  1 not due yet
          青葉 ひかり (0100000001)
            deficient  2025-09-03                6(3)  Only one contact.
                                                       記録.xlsx [9月] D8
                                                       → Make two contacts a day.
            review     2025-09-08 to 2025-09-12  6(3)  The times are unclear.
                                                       記録.xlsx [9月] D8
          The office as a whole
            deficient  2025-10                   4(5)  There is no listing.
                                                       → Write the listing.
          12 days not judged (before the notice was in force)
        ");
    }

    #[test]
    fn on_a_narrow_terminal_messages_stand_below() {
        let (office, assessment) = (sample::office(), sample::assessment());
        let report = plain(&office_report(&office, &assessment, Lang::Ja, Some(60)));
        insta::assert_snapshot!(report, @r"
        みなと就労センター（4019900001・就労継続支援B型）
          不適合 2件  要確認 1件  期限前 1件
          青葉 ひかり（0100000001）
            不適合  令和7年9月3日        6(3)
              連絡が1回しかありません。
              記録.xlsx [9月] D8
              → 1日に2回以上連絡してください。
            要確認  令和7年9月8日～12日  6(3)
              連絡の時刻が読み取れません。
              記録.xlsx [9月] D8
          事業所全体
            不適合  令和7年10月分        4(5)
              一覧表がありません。
              → 一覧表を作成してください。
          点検の対象外 12日（通知の適用前）
        ");
        let wide = plain(&office_report(&office, &assessment, Lang::Ja, Some(110)));
        assert_eq!(
            wide,
            plain(&office_report(&office, &assessment, Lang::Ja, None))
        );
    }

    #[test]
    fn an_office_without_findings_says_so() {
        let report = office_report(&sample::office(), &Assessment::default(), Lang::Ja, None);
        assert!(plain(&report).contains("指摘はありません。"));
        let report = office_report(&sample::office(), &sample::assessment(), Lang::Ja, None);
        assert!(!plain(&report).contains("指摘はありません。"));
    }

    #[test]
    fn advice_is_given_once_and_places_every_time() {
        let mut assessment = sample::assessment();
        let again = assessment.findings[0].clone();
        assessment.findings.insert(1, again);
        let report = office_report(&sample::office(), &assessment, Lang::Ja, None);
        assert_eq!(report.matches("2回以上").count(), 1);
        assert_eq!(report.matches("[9月] D8").count(), 3);
    }

    #[test]
    fn a_clause_names_its_notice_where_there_are_several() {
        let mut assessment = sample::assessment();
        let report = office_report(&sample::office(), &assessment, Lang::Ja, None);
        assert!(!report.contains("kitakyushu"));
        assessment.findings[1].notice = "hitachi".into();
        let report = office_report(&sample::office(), &assessment, Lang::Ja, None);
        assert!(report.contains("kitakyushu 6(3)") && report.contains("hitachi 4(5)"));
    }

    #[test]
    fn text_from_a_workbook_cannot_steer_the_terminal() {
        let mut office = sample::office();
        office.people[0].name = "青葉\u{1b}]0;x\u{7}\nひかり".into();
        let report = office_report(&office, &sample::assessment(), Lang::Ja, None);
        assert!(!report.contains("\u{1b}]") && !report.contains('\u{7}'));
        assert!(report.contains(" ひかり（0100000001）"));
    }
}
