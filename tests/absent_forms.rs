//! Where a form that a check reads is not there, something is said: never silence that
//! could be taken for "all met".

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use crate::generator::calendar::monday;
use crate::generator::story::Story;
use crate::generator::truth::Expected;
use crate::generator::{self, File, Notation, Tables, invent};
use crate::support::{findings, reading};
use tenken::check;
use tenken::model::{Month, Office};

use Form::{Daily, Listing, Monthly, Roster, ServiceSheet, Weekly};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Roster,
    Daily,
    Weekly,
    Monthly,
    Listing,
    ServiceSheet,
}

/// Whose form is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Everyones,
    /// The first user's.
    Ones,
}

/// The forms without which a check cannot see what it looks for.
const READS: [(&str, &[Form]); 56] = [
    ("no-records", &[Roster, Daily, Weekly, Monthly, Listing]),
    ("unplaced-record", &[Daily]),
    ("roster-entry-missing", &[Roster]),
    ("roster-field-missing", &[Roster]),
    ("certificate-number-invalid", &[Roster]),
    ("certificate-number-mismatch", &[Roster, Daily]),
    ("municipality-not-covered", &[Roster]),
    ("consent-after-start", &[Roster, Daily]),
    ("application-before-consent", &[Roster]),
    ("started-before-annotation", &[Roster, Daily]),
    ("annotation-missing", &[Roster, Daily]),
    ("grant-period-expired", &[Roster, Daily]),
    ("plan-without-home-support", &[Roster, Daily]),
    ("off-plan-day", &[Roster, Daily]),
    ("overlapping-service", &[Daily, Listing]),
    ("daily-record-missing", &[Daily, Listing]),
    ("recorded-day-not-listed", &[Daily, Listing]),
    ("listing-missing", &[Listing]),
    ("listing-mark-unread", &[Listing]),
    ("listed-day-count-mismatch", &[Listing]),
    ("listed-evaluation-mismatch", &[Weekly, Listing]),
    ("listing-user-missing", &[Listing]),
    ("daily-field-missing", &[Daily]),
    ("fewer-than-two-contacts", &[Daily]),
    ("start-contact-missing", &[Daily]),
    ("end-contact-missing", &[Daily]),
    ("contact-method-missing", &[Daily]),
    ("time-range-invalid", &[Daily]),
    ("duplicate-daily-record", &[Daily]),
    ("date-outside-month", &[Daily]),
    ("date-in-future", &[Daily]),
    ("struck-or-hidden-text", &[Daily]),
    ("repeated-record-text", &[Daily]),
    ("weekly-evaluation-missing", &[Daily, Weekly]),
    ("weekly-evaluation-text-only", &[Weekly]),
    ("weekly-evaluation-late", &[Weekly]),
    ("weekly-evaluation-period-too-long", &[Weekly]),
    ("weekly-evaluation-unconfirmed", &[Weekly]),
    ("weekly-field-missing", &[Weekly]),
    ("monthly-evaluation-missing", &[Daily, Monthly]),
    ("monthly-evaluation-not-face-to-face", &[Monthly]),
    ("monthly-evaluation-unattended", &[Monthly, Listing]),
    ("monthly-evaluation-unsigned", &[Monthly]),
    ("monthly-field-missing", &[Monthly]),
    ("monthly-date-outside-month", &[Monthly]),
    ("previous-date-mismatch", &[Weekly, Monthly]),
    ("service-record-day-missing", &[Daily, ServiceSheet]),
    ("service-record-extra", &[Daily, ServiceSheet]),
    ("service-record-time-mismatch", &[Daily, ServiceSheet]),
    ("service-record-unconfirmed", &[ServiceSheet]),
    ("service-record-remark-missing", &[ServiceSheet]),
    // Under the notice of Hitachi, which has a test of its own here.
    ("report-missing", &[]),
    ("media-evidence-missing", &[]),
    ("home-visit-missing", &[]),
    // What the office answers itself is asked for in the ledger.
    ("self-inspection-unmet", &[]),
    ("doubtful-reading", &[Daily]),
];

#[test]
fn every_check_is_in_the_table() {
    let named: Vec<&str> = READS.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, check::names());
}

#[test]
fn a_form_that_is_not_there_is_asked_for() -> Result<(), Box<dyn Error>> {
    let mut tried: BTreeMap<(Form, Whose), Vec<String>> = BTreeMap::new();
    for (name, forms) in READS {
        for &form in forms {
            for whose in [Whose::Everyones, Whose::Ones] {
                if (form, whose) == (ServiceSheet, Whose::Everyones) {
                    assert!(is_answered_for(name)?, "{name}");
                    continue;
                }
                let silent = match tried.get(&(form, whose)) {
                    Some(silent) => silent,
                    None => {
                        let silent = not_asked_for(form, whose)?;
                        tried.entry((form, whose)).or_insert(silent)
                    }
                };
                assert!(
                    silent.is_empty(),
                    "{name} without {whose:?} {form:?}: {}",
                    silent.join("\n")
                );
            }
        }
    }
    Ok(())
}

#[test]
fn all_forms_of_a_check_gone_at_once_are_not_passed_over() -> Result<(), Box<dyn Error>> {
    let of_the_notice = |forms: &&[Form]| !forms.is_empty() && **forms != [ServiceSheet];
    let together = READS.iter().map(|(_, forms)| *forms).filter(of_the_notice);
    let together: BTreeSet<&[Form]> = together.collect();
    assert!(together.len() > 3);
    for forms in together {
        for whose in [Whose::Everyones, Whose::Ones] {
            // Of a user whom no form names, nothing can be known.
            if whose == Whose::Ones && forms.len() == 5 {
                continue;
            }
            for notation in Notation::ALL {
                let (_, told) = without(forms, whose, notation)?;
                assert!(!told.is_empty(), "{whose:?} {forms:?} {notation:?}");
            }
        }
    }
    Ok(())
}

#[test]
fn with_all_forms_nothing_is_asked() -> Result<(), Box<dyn Error>> {
    for notation in Notation::ALL {
        let (_, told) = without(&[], Whose::Everyones, notation)?;
        assert!(told.is_empty(), "{notation:?}: {told:?}");
    }
    Ok(())
}

#[test]
fn a_notice_that_needs_no_roster_asks_for_what_a_roster_would_show() -> Result<(), Box<dyn Error>> {
    let asked = |check| (check, String::new());
    for notation in Notation::ALL {
        assert_eq!(under_hitachi(notation, |_, _| {})?, []);
        let without_roster = under_hitachi(notation, |_, files| {
            files.retain(|file| !file.path.contains("対象者リスト"));
        })?;
        let wanted = [asked("home-visit-missing"), asked("report-missing")];
        assert_eq!(without_roster, wanted, "{notation:?}");
        let mut left_out = String::new();
        let without_one = under_hitachi(notation, |story, files| {
            left_out = story.users[0].certificate_number.clone();
            story.users[0].roster.listed = false;
            *files = generator::office(story, &[notation], Tables::Plain).unwrap_or_default();
        })?;
        let wanted = ["home-visit-missing", "report-missing"].map(|c| (c, left_out.clone()));
        assert_eq!(without_one, wanted, "{notation:?}");
    }
    Ok(())
}

#[test]
fn a_notice_that_asks_for_recordings_asks_where_they_are() -> Result<(), Box<dyn Error>> {
    let (story, files) = reported(Notation::City)?;
    let office = reading::read_office(&story.name, &files)?;
    let told = told_by_hitachi(&story, &office)?;
    assert_eq!(told, [("media-evidence-missing", String::new())]);
    Ok(())
}

/// An office that reported to its city, clean but for what `alter` does to its files: the
/// checks that say something, each with the certificate number that it is about.
fn under_hitachi(
    notation: Notation,
    alter: impl FnOnce(&mut Story, &mut Vec<File>),
) -> Result<Vec<(&'static str, String)>, Box<dyn Error>> {
    let (mut story, mut files) = reported(notation)?;
    let media = reading::media(&story);
    alter(&mut story, &mut files);
    let mut office = reading::read_office(&story.name, &files)?;
    office.media = Some(media);
    told_by_hitachi(&story, &office)
}

fn reported(notation: Notation) -> Result<(Story, Vec<File>), Box<dyn Error>> {
    let march = Month::new(2026, 3).ok_or("a month")?;
    let mut story = invent::clean_from(march, 5, 2);
    invent::report_to_the_city(&mut story);
    let files = generator::office(&story, &[notation], Tables::Plain)?;
    Ok((story, files))
}

fn told_by_hitachi(
    story: &Story,
    office: &Office,
) -> Result<Vec<(&'static str, String)>, Box<dyn Error>> {
    let as_of = findings::day_of_the_check(story);
    let told = findings::findings(office, &findings::builtin("hitachi")?, as_of);
    let mut told: Vec<_> = told
        .into_iter()
        .map(|expected| (expected.check, expected.certificate_number))
        .collect();
    told.sort();
    Ok(told)
}

/// Whether the office answers in its self-inspection for each sentence that the check decides:
/// an office need not keep the service record sheets as workbooks.
fn is_answered_for(check: &str) -> Result<bool, Box<dyn Error>> {
    let notice = findings::kitakyushu()?;
    let mut sentences = notice.sentences().map(|(_, sentence)| sentence);
    let asks = |checks: &[String]| checks.iter().any(|name| name == check);
    Ok(sentences.all(|sentence| !asks(&sentence.checks) || sentence.self_inspection))
}

/// What ought to be asked for and is not, in any notation.
fn not_asked_for(form: Form, whose: Whose) -> Result<Vec<String>, Box<dyn Error>> {
    let mut silent = Vec::new();
    for notation in Notation::ALL {
        let (clean, told) = without(&[form], whose, notation)?;
        for (check, number, key) in asked_for(&clean, form, whose) {
            let is_it =
                |e: &Expected| e.check == check && e.certificate_number == number && e.key == key;
            if !told.iter().any(is_it) {
                silent.push(format!("{notation:?}: no {check} {number} {key}"));
            }
        }
    }
    Ok(silent)
}

/// What must be said of the form, by check, user and time.
fn asked_for(story: &Story, form: Form, whose: Whose) -> Vec<(&'static str, String, String)> {
    let user = &story.users[0];
    let number = match whose {
        Whose::Everyones => String::new(),
        Whose::Ones => user.certificate_number.clone(),
    };
    let months = || story.months.iter().map(|month| month.to_string()).collect();
    let weeks = || {
        let mondays: BTreeSet<String> = user
            .daily
            .iter()
            .map(|d| monday(d.day).to_string())
            .collect();
        mondays.into_iter().collect()
    };
    let (check, keys): (_, Vec<String>) = match (form, whose) {
        (Roster, _) => ("roster-entry-missing", vec!["roster".to_owned()]),
        (Daily, _) => ("daily-record-missing", months()),
        (Weekly, Whose::Everyones) => ("weekly-evaluation-missing", vec!["roster".to_owned()]),
        (Weekly, Whose::Ones) => ("weekly-evaluation-missing", weeks()),
        (Monthly, Whose::Everyones) => ("monthly-evaluation-missing", vec!["roster".to_owned()]),
        (Monthly, Whose::Ones) => ("monthly-evaluation-missing", months()),
        (Listing, Whose::Everyones) => ("listing-missing", vec!["roster".to_owned()]),
        (Listing, Whose::Ones) => ("listing-user-missing", months()),
        (ServiceSheet, _) => ("service-record-day-missing", months()),
    };
    let keys = keys.into_iter();
    keys.map(|key| (check, number.clone(), key)).collect()
}

/// A clean story, and what is said of it when it is kept without `forms`.
fn without(
    forms: &[Form],
    whose: Whose,
    notation: Notation,
) -> Result<(Story, Vec<Expected>), Box<dyn Error>> {
    let mut clean = invent::clean(5, 2);
    if forms.contains(&ServiceSheet) && whose == Whose::Ones {
        invent::keep_service_sheets(&mut clean);
    }
    let mut story = clean.clone();
    for form in forms {
        leave_out(&mut story, *form, whose);
    }
    let mut files = generator::office(&story, &[notation], Tables::Plain)?;
    if whose == Whose::Everyones && forms.contains(&Roster) {
        files.retain(|file| !file.path.contains("対象者リスト"));
    }
    let office = reading::read_office(&story.name, &files)?;
    let as_of = findings::day_of_the_check(&clean);
    let told = findings::findings(&office, &findings::kitakyushu()?, as_of);
    Ok((clean, told))
}

fn leave_out(story: &mut Story, form: Form, whose: Whose) {
    let users = match whose {
        Whose::Everyones => story.users.len(),
        Whose::Ones => 1,
    };
    for user in &mut story.users[..users] {
        match form {
            Roster => user.roster.listed = false,
            Daily => user.daily.clear(),
            Weekly => user.weekly.clear(),
            Monthly => user.monthly.clear(),
            ServiceSheet | Listing => {}
        }
    }
    match (form, whose) {
        (Listing, Whose::Everyones) => story.listings.clear(),
        (Listing, Whose::Ones) => {
            let listings = story.listings.iter_mut();
            listings.for_each(|listing| listing.rows.retain(|row| row.user != 0));
        }
        (ServiceSheet, _) => story.service_sheets.retain(|sheet| sheet.user >= users),
        _ => {}
    }
}
