//! Compares what was read and found of an office with what its workbooks were written from.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// What the forms have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Every item.
    Whole,
    /// No 方法 for the weekly evaluation.
    WithoutWeeklyMethod,
}

/// How much agrees.
#[derive(Debug, Default)]
pub struct Score {
    /// Items compared.
    pub fields: usize,
    /// Items that agree.
    pub right: usize,
    /// Those that do not.
    pub misread: Vec<String>,
    /// Expected findings that were made.
    pub found: usize,
    /// Expected findings that were not.
    pub missed: Vec<String>,
    /// Findings of a deficiency that were not expected.
    pub alarms: Vec<String>,
}

const DAILY: [(&str, &str); 7] = [
    ("date", "date"),
    ("start", "start"),
    ("end", "end"),
    ("work", "work"),
    ("method", "method"),
    ("recorder", "recorder"),
    ("condition", "condition_and_advice"),
];
const WEEKLY: [&str; 7] = [
    "date",
    "method",
    "period_from",
    "period_to",
    "content",
    "recorder",
    "confirmer",
];
const MONTHLY: [&str; 15] = [
    "month",
    "date",
    "start",
    "end",
    "method",
    "goal",
    "effort",
    "achievement",
    "issues",
    "improvement",
    "health",
    "remarks",
    "continuation",
    "evaluator",
    "signed",
];
const ROSTER: [&str; 10] = [
    "grant_from",
    "grant_to",
    "consented_on",
    "plan_created_on",
    "applied_on",
    "annotated_on",
    "home_start",
    "reason",
    "home_weekdays",
    "commute_weekdays",
];
/// Variant kanji that count as the common form.
const VARIANTS: [(char, char); 8] = [
    ('髙', '高'),
    ('濵', '浜'),
    ('﨑', '崎'),
    ('德', '徳'),
    ('邉', '辺'),
    ('邊', '辺'),
    ('齊', '斉'),
    ('齋', '斉'),
];

/// Compares an office's records and findings with its truth.
pub fn score(truth: &Value, records: &Value, findings: &[Value], layout: Layout) -> Score {
    let mut score = Score::default();
    let read = Read::of(records);
    for user in list(&truth["users"]) {
        score.user(user, &read, layout);
    }
    for (month, rows) in truth["listing"].as_object().into_iter().flatten() {
        for row in list(rows) {
            let user = &truth["users"][number(&row["u"])];
            let got = read.line(month, &text(&user["certificate_number"]));
            score.line(month, row, got);
        }
    }
    score.findings(truth, findings, layout);
    score
}

/// The records by user and time; of several, the first.
struct Read<'a> {
    by: BTreeMap<(&'static str, String, String), &'a Value>,
}

impl<'a> Read<'a> {
    fn of(records: &'a Value) -> Self {
        let mut by = BTreeMap::new();
        let mut put = |kind, record: &'a Value, key: &Value| {
            let number = text(&record["user"]["certificate_number"]);
            by.entry((kind, number, text(key))).or_insert(record);
        };
        for kind in ["roster", "daily", "weekly", "monthly"] {
            for record in list(&records[kind]) {
                let key = match kind {
                    "daily" | "weekly" => &record["date"],
                    "monthly" => &record["month"],
                    _ => &Value::Null,
                };
                put(kind, record, key);
            }
        }
        for listing in list(&records["listing"]) {
            for row in list(&listing["rows"]) {
                put("listing", row, &listing["month"]);
            }
        }
        Self { by }
    }

    fn get(&self, kind: &'static str, number: &str, key: &Value) -> &'a Value {
        let found = self.by.get(&(kind, number.to_owned(), text(key)));
        found.copied().unwrap_or(&Value::Null)
    }

    fn line(&self, month: &str, number: &str) -> &'a Value {
        self.get("listing", number, &Value::from(month))
    }
}

impl Score {
    fn user(&mut self, user: &Value, read: &Read, layout: Layout) {
        let number = text(&user["certificate_number"]);
        for day in list(&user["daily"]) {
            let got = read.get("daily", &number, &day["date"]);
            let at = format!("{number} {}", day["date"]);
            self.compare(&at, "name", &user["name"], &got["user"]["name"]);
            for (wanted, field) in DAILY {
                self.compare(&at, field, &day[wanted], &got[field]);
            }
            self.compare(
                &at,
                "contacts",
                &times(&day["contacts"]),
                &times(&got["contacts"]),
            );
        }
        for week in list(&user["weekly"]) {
            let got = read.get("weekly", &number, &week["date"]);
            let at = format!("{number} week {}", week["date"]);
            for field in WEEKLY {
                if field != "method" || layout == Layout::Whole {
                    self.compare(&at, field, &week[field], &got[field]);
                }
            }
        }
        for month in list(&user["monthly"]) {
            let got = read.get("monthly", &number, &month["month"]);
            let at = format!("{number} {}", month["month"]);
            for field in MONTHLY {
                self.compare(&at, field, &month[field], &got[field]);
            }
        }
        if user["on_roster"] == true {
            let got = read.get("roster", &number, &Value::Null);
            self.compare(&number, "name", &user["name"], &got["user"]["name"]);
            for field in ROSTER {
                self.compare(&number, field, &sorted(&user[field]), &sorted(&got[field]));
            }
        }
    }

    fn line(&mut self, month: &str, row: &Value, got: &Value) {
        let at = format!("{month} line {}", row["u"]);
        let wanted: BTreeMap<u64, &Value> = row["marks"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(day, mark)| (day.parse().unwrap_or_default(), mark))
            .collect();
        let marks: BTreeMap<u64, &Value> = list(&got["days"])
            .map(|day| (day["day"].as_u64().unwrap_or_default(), &day["mark"]))
            .collect();
        self.compare(&at, "marks", &json!(wanted), &json!(marks));
        for field in ["home_days", "weekly_dates", "monthly_date"] {
            self.compare(&at, field, &row[field], &got[field]);
        }
    }

    fn compare(&mut self, at: &str, field: &str, wanted: &Value, got: &Value) {
        self.fields += 1;
        // A list of nothing and nothing at all are one.
        let is_none = |value: &Value| value.is_null() || *value == json!([]);
        if plain(wanted) == plain(got) || is_none(wanted) && is_none(got) {
            self.right += 1;
        } else {
            self.misread
                .push(format!("{at} {field}: {got}, not {wanted}"));
        }
    }

    fn findings(&mut self, truth: &Value, findings: &[Value], layout: Layout) {
        let asked =
            |check: &Value| layout == Layout::Whole || check != "weekly-evaluation-text-only";
        let expected: Vec<&Value> = list(&truth["expected"])
            .filter(|e| asked(&e["check"]))
            .collect();
        let deficient: Vec<&Value> = findings
            .iter()
            .filter(|f| f["verdict"] == "deficient" && asked(&f["check"]))
            .collect();
        for one in &expected {
            if deficient.iter().any(|finding| meets(finding, one)) {
                self.found += 1;
            } else {
                self.missed.push(one.to_string());
            }
        }
        let alarms = deficient
            .iter()
            .filter(|f| !expected.iter().any(|one| meets(f, one)));
        self.alarms
            .extend(alarms.map(|finding| finding.to_string()));
    }
}

/// Whether the finding is the one expected: by check, user and time.
fn meets(finding: &Value, expected: &Value) -> bool {
    let number = text(&finding["user"]["certificate_number"]);
    let (wanted, key) = (text(&expected["key"]), key(finding));
    finding["check"] == expected["check"]
        && number == text(&expected["certificate_number"])
        && (wanted == "roster" || wanted == key || key.get(..7) == Some(wanted.as_str()))
}

/// The day, the Monday of the week, or the month of a finding.
fn key(finding: &Value) -> String {
    if let Some(first) = finding["period"]["from"].as_str() {
        let first: Option<NaiveDate> = first.parse().ok();
        let monday = first.and_then(|day| {
            day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
        });
        return monday.map(|day| day.to_string()).unwrap_or_default();
    }
    text(match &finding["date"] {
        Value::Null => &finding["month"],
        date => date,
    })
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn number(value: &Value) -> usize {
    value
        .as_u64()
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or(usize::MAX)
}

fn text(value: &Value) -> String {
    value.as_str().map(str::to_owned).unwrap_or_default()
}

/// Time and kind of each contact.
fn times(contacts: &Value) -> Value {
    list(contacts)
        .map(|c| json!([c["time"], c["kind"]]))
        .collect()
}

fn sorted(value: &Value) -> Value {
    let Some(items) = value.as_array() else {
        return value.clone();
    };
    let mut items: Vec<String> = items.iter().map(text).collect();
    items.sort();
    json!(items)
}

/// The value for comparing: nothing and blank are one, so are white space and variant kanji.
fn plain(value: &Value) -> String {
    let written = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let folded = written.nfkc().filter(|c| !c.is_whitespace()).map(|c| {
        let common = VARIANTS.iter().find(|(variant, _)| *variant == c);
        common.map_or(c, |(_, common)| *common)
    });
    let folded: String = folded.collect();
    folded.trim_end_matches('様').to_owned()
}
