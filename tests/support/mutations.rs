//! Mutations: one fault at a time put into a clean office, written, read and checked.
//!
//! A fault in a notation is one mutation, tried on several users. Two mutations whose
//! files are the same count once: a fault of the roster is the same in every notation
//! of the records.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use rayon::prelude::*;
use tenken::check;
use tenken::model::Verdict;

use super::findings::{builtin, day_of_the_check, findings};
use super::reading::{Layout, Written, media};
use crate::generator::faults::{Fault, faults, within_the_notice};
use crate::generator::story::Story;
use crate::generator::truth::Expected;
use crate::generator::{Notation, Result, Tables};

/// Every notation, with either layout of the tables.
const LAYOUTS: [Layout; 4] = [
    (Notation::City, Tables::Plain),
    (Notation::Stacked, Tables::TwoLevels),
    (Notation::DaySheets, Tables::Plain),
    (Notation::Weeks, Tables::TwoLevels),
];
const SEED: u64 = 20_251_007;
/// Each is tried: their weeks are planned differently, and all were there from the start.
const USERS: usize = 3;
/// What the changes that meet the notice are counted under.
const MET: &str = "–";

/// What came of one fault in one layout.
struct Mutation {
    name: &'static str,
    counted_as: &'static str,
    layout: Layout,
    /// The files that it altered.
    altered: Vec<(String, Vec<u8>)>,
    missed: Vec<Expected>,
    alarms: Vec<Expected>,
    reviews: Vec<Expected>,
}

/// The mutations of one check.
#[derive(Default)]
struct Row {
    faults: BTreeSet<&'static str>,
    mutations: usize,
    found: usize,
    alarms: usize,
    reviews: usize,
}

/// What came of all mutations.
pub struct Outcome {
    rows: Vec<(&'static str, Row)>,
    /// Each mutation that was not found, or with which something else was, in words.
    pub failures: Vec<String>,
}

/// Tries the faults whose name contains `filter`.
pub fn run(filter: &str) -> Result<Outcome> {
    let chosen: Vec<(&Fault, &'static str)> = faults()
        .map(|fault| (fault, fault.check()))
        .chain(within_the_notice().map(|change| (change, MET)))
        .filter(|(fault, _)| fault.name.contains(filter))
        .collect();
    let mut clean: Vec<(Story, Vec<Written>)> = Vec::new();
    for (fault, _) in &chosen {
        let story = fault.clean_story(SEED, USERS);
        if clean.iter().all(|(known, _)| *known != story) {
            let offices = LAYOUTS.map(|layout| Written::new(story.clone(), layout));
            clean.push((story, offices.into_iter().collect::<Result<_>>()?));
        }
    }
    let tried: Vec<std::result::Result<Vec<Mutation>, String>> = chosen
        .par_iter()
        .map(|(fault, counted_as)| {
            let story = fault.clean_story(SEED, USERS);
            let offices = clean.iter().find(|(known, _)| *known == story);
            let offices = offices.into_iter().flat_map(|(_, offices)| offices);
            let layouts = LAYOUTS.into_iter().zip(offices);
            layouts
                .map(|(layout, office)| try_fault(fault, counted_as, &story, layout, office))
                .collect::<Result<_>>()
                .map_err(|error| format!("{}: {error}", fault.name))
        })
        .collect();
    let mut mutations = Vec::new();
    for of_fault in tried {
        mutations.extend(of_fault?);
    }
    Ok(Outcome::of(&mutations))
}

fn try_fault(
    fault: &'static Fault,
    counted_as: &'static str,
    clean: &Story,
    layout: Layout,
    office: &Written,
) -> Result<Mutation> {
    let notice = builtin(fault.notice)?;
    let mut mutation = Mutation {
        name: fault.name,
        counted_as,
        layout,
        altered: Vec::new(),
        missed: Vec::new(),
        alarms: Vec::new(),
        reviews: Vec::new(),
    };
    for user in 0..USERS {
        let mut story = clean.clone();
        let mut expected = fault.apply(&mut story, user);
        let files = office.files(&story)?;
        let mut altered = office.altered(&files);
        if media(&story) != media(clean) {
            altered.push((format!("{:?}", media(&story)), Vec::new()));
        }
        if altered.is_empty() {
            return Err(format!("user {user}: nothing was altered").into());
        }
        mutation.altered.extend(altered);
        let mut read = office.read(&files)?;
        read.media = Some(media(&story));
        for told in findings(&read, &notice, day_of_the_check(&story)) {
            if let Some(at) = expected.iter().position(|one| *one == told) {
                expected.remove(at);
            } else if told.verdict == Verdict::Deficient {
                mutation.alarms.push(told);
            } else {
                mutation.reviews.push(told);
            }
        }
        mutation.missed.extend(expected);
    }
    Ok(mutation)
}

impl Outcome {
    fn of(mutations: &[Mutation]) -> Self {
        let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
        let mut known: BTreeSet<&[(String, Vec<u8>)]> = BTreeSet::new();
        let mut failures = Vec::new();
        for mutation in mutations {
            failures.extend(mutation.failure());
            let row = rows.entry(mutation.counted_as).or_default();
            row.faults.insert(mutation.name);
            if known.insert(&mutation.altered) {
                row.mutations += 1;
                row.found += usize::from(mutation.missed.is_empty());
                row.alarms += mutation.alarms.len();
                row.reviews += usize::from(!mutation.reviews.is_empty());
            }
        }
        let order = check::names().into_iter().chain([MET]);
        let rows = order.filter_map(|name| Some((name, rows.remove(name)?)));
        Self {
            rows: rows.collect(),
            failures,
        }
    }

    /// The checks for which there is a fault.
    pub fn checks(&self) -> impl Iterator<Item = &'static str> {
        self.rows.iter().map(|(name, _)| *name)
    }

    /// How many mutations put a fault in.
    pub fn faulty(&self) -> usize {
        let faulty = self.rows.iter().filter(|(name, _)| *name != MET);
        faulty.map(|(_, row)| row.mutations).sum()
    }

    /// The counts as a table in Markdown.
    pub fn table(&self) -> String {
        let mut out = String::from(
            "| check | faults | mutations | found | false alarms | with another review |\n\
             |---|--:|--:|--:|--:|--:|\n",
        );
        let mut sum = [0; 5];
        for (name, row) in &self.rows {
            let is_met = *name == MET;
            let counts = [
                row.faults.len(),
                row.mutations,
                row.found,
                row.alarms,
                row.reviews,
            ];
            if !is_met {
                for (sum, count) in sum.iter_mut().zip(counts) {
                    *sum += count;
                }
                out += &line(&format!("`{name}`"), counts, counts[2].to_string());
                continue;
            }
            out += &line("**all checks**", sum, sum[2].to_string());
            out += &line("*within the notice*", counts, MET.to_owned());
        }
        out
    }
}

fn line(name: &str, [faults, mutations, _, alarms, reviews]: [usize; 5], found: String) -> String {
    format!("| {name} | {faults} | {mutations} | {found} | {alarms} | {reviews} |\n")
}

impl Mutation {
    fn failure(&self) -> Option<String> {
        if self.missed.is_empty() && self.alarms.is_empty() {
            return None;
        }
        let mut out = format!("{} in {:?}", self.name, self.layout);
        let told = [
            ("not found", &self.missed),
            ("false alarm", &self.alarms),
            ("review", &self.reviews),
        ];
        for (what, findings) in told {
            for e in findings {
                // Writing to a String cannot fail.
                let _ = write!(
                    out,
                    "\n  {what}: {:?} {} {} {}",
                    e.verdict, e.check, e.certificate_number, e.key
                );
            }
        }
        Some(out)
    }
}
