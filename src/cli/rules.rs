//! `tenken rules`: what is checked, why, and by which clause.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::check::Check;
use crate::emit::terminal::pad;
use crate::model::Lang;
use crate::notice::Notice;
use crate::text;

/// A line for each check that one of the notices asks for.
pub fn list(checks: &[&Check], notices: &[Notice], lang: Lang) -> String {
    let rows: Vec<_> = checks
        .iter()
        .map(|check| {
            (
                check.name,
                citations(check, notices).join(", "),
                check.title(lang),
            )
        })
        .filter(|(_, clauses, _)| !clauses.is_empty())
        .collect();
    let names = rows.iter().map(|row| row.0.width()).max().unwrap_or(0);
    let clauses = rows.iter().map(|row| row.1.width()).max().unwrap_or(0);
    let mut out = String::new();
    for (name, cited, title) in &rows {
        let (name, cited) = (pad(name, names), pad(cited, clauses));
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{name}  {cited}  {title}");
    }
    out
}

/// One check with its clauses.
pub fn explain(check: &Check, notices: &[Notice], lang: Lang) -> String {
    let mut out = match lang {
        Lang::En => format!("{}\n\n{}\n", check.name, check.markdown()),
        Lang::Ja => format!(
            "{}  {}\n\n{}\n\nなぜ求められるか\n  {}\n\nどうすればよいか\n  {}\n",
            check.name, check.ja.title, check.ja.what, check.ja.why, check.ja.remedy
        ),
    };
    out.push('\n');
    for notice in notices {
        let clause = notice.cited(check.name).and_then(|n| notice.clause(n));
        if let Some(clause) = clause {
            let _ = writeln!(out, "{} {}  {}", notice.id, clause.number, clause.text);
        }
    }
    out
}

/// The names that a misspelt one may stand for.
pub fn nearest<'a>(checks: &[&'a Check], name: &str) -> Vec<&'a str> {
    text::nearest(checks.iter().map(|check| check.name), name)
}

fn citations(check: &Check, notices: &[Notice]) -> Vec<String> {
    let cited = notices.iter().filter_map(|notice| {
        let clause = notice.cited(check.name)?;
        Some(match notices.len() {
            1 => clause.to_owned(),
            _ => format!("{} {clause}", notice.id),
        })
    });
    cited.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{CHECKS, by_name, names};

    fn notices(ids: &[&str]) -> Vec<Notice> {
        let read = |id: &&str| Notice::builtin(id, &names()).unwrap().unwrap();
        ids.iter().map(read).collect()
    }

    #[test]
    fn the_list_holds_what_the_notice_asks_for() {
        let kitakyushu = list(CHECKS, &notices(&["kitakyushu"]), Lang::Ja);
        let line = kitakyushu
            .lines()
            .find(|line| line.starts_with("start-contact-missing "));
        assert!(line.unwrap().contains("  6(3)  "), "{kitakyushu}");
        let hitachi = list(CHECKS, &notices(&["hitachi"]), Lang::Ja);
        assert!(!hitachi.contains("start-contact-missing"), "{hitachi}");
        let both = list(CHECKS, &notices(&["kitakyushu", "hitachi"]), Lang::En);
        assert!(both.contains("kitakyushu 6(3), hitachi 2(3)"), "{both}");
    }

    #[test]
    fn a_check_is_explained_with_its_clause() {
        let check = by_name("fewer-than-two-contacts").unwrap();
        let notices = notices(&["kitakyushu"]);
        let clause = notices[0].clause("6(3)").unwrap();
        let japanese = explain(check, &notices, Lang::Ja);
        for part in [check.ja.title, check.ja.why, check.ja.remedy, &clause.text] {
            assert!(japanese.contains(part), "{part}\n{japanese}");
        }
        let english = explain(check, &notices, Lang::En);
        assert!(english.contains("## Why") && !english.contains(check.ja.why));
    }

    #[test]
    fn a_misspelt_name_finds_its_neighbours() {
        for (asked, meant) in [
            ("fewer-than-3-contacts", "fewer-than-two-contacts"),
            ("offplan-day", "off-plan-day"),
            ("weekly-evaluation-misssing", "weekly-evaluation-missing"),
        ] {
            assert_eq!(nearest(CHECKS, asked), [meant]);
        }
        assert!(nearest(CHECKS, "xyz").is_empty());
    }
}
