//! Whose a 受給者証番号 is that is not on the roster: another user's, or one miswritten.

use std::collections::{BTreeMap, BTreeSet};

use super::known_names::MOST_NAMESAKES;
use crate::model::CertificateNumber;

/// A whole number, with what stands beside it.
#[derive(Default)]
struct Seat {
    /// Keys of the names.
    names: BTreeSet<String>,
    /// How often it is written.
    mentions: usize,
    /// Whether the roster has it.
    on_roster: bool,
}

/// All whole numbers of an office.
#[derive(Default)]
pub struct Seats {
    seats: BTreeMap<CertificateNumber, Seat>,
    /// The roster's numbers by the keys of the names beside them.
    rostered: BTreeMap<String, BTreeSet<CertificateNumber>>,
}

impl Seats {
    /// Notes a number, with the key of the name beside it.
    pub fn add(&mut self, number: &CertificateNumber, name: Option<String>, on_roster: bool) {
        let seat = self.seats.entry(number.clone()).or_default();
        seat.names.extend(name);
        seat.mentions += 1;
        seat.on_roster |= on_roster;
    }

    /// Whether the number was noted.
    pub fn holds(&self, number: &CertificateNumber) -> bool {
        self.seats.contains_key(number)
    }

    /// To be called once all are noted.
    pub fn close(mut self) -> Self {
        for (number, seat) in self.seats.iter().filter(|(_, seat)| seat.on_roster) {
            for name in &seat.names {
                let numbers = self.rostered.entry(name.clone()).or_default();
                numbers.insert(number.clone());
            }
        }
        self
    }
}

/// Whose number another one is, as far as the names tell.
pub enum Owner {
    /// It is nobody else's.
    Itself,
    /// It is a slip of this one.
    SlipOf(CertificateNumber),
    /// The name is that of users with these numbers, which are others altogether.
    Unclear(Vec<CertificateNumber>),
}

/// Whose `number` is.
pub fn owner(number: &CertificateNumber, seats: &Seats) -> Owner {
    let Some(seat) = seats.seats.get(number).filter(|seat| !seat.on_roster) else {
        return Owner::Itself;
    };
    let namesakes = seat
        .names
        .iter()
        .filter_map(|name| seats.rostered.get(name));
    let rostered: Vec<CertificateNumber> = namesakes
        .flatten()
        .take(MOST_NAMESAKES)
        .cloned()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let may_be_meant = |other: &Seat| {
        let is_namesake = share_a_name(seat, other);
        match (seat.names.is_empty(), rostered.is_empty()) {
            (true, _) => other.on_roster,
            // Without a roster, what most forms say is right.
            (false, true) => is_namesake && other.mentions > seat.mentions,
            (false, false) => is_namesake && other.on_roster,
        }
    };
    let slips: Vec<CertificateNumber> = one_slip_away(number)
        .into_iter()
        .filter(|other| seats.seats.get(other).is_some_and(may_be_meant))
        .collect();
    match slips.as_slice() {
        [only] => Owner::SlipOf(only.clone()),
        _ if rostered.is_empty() => Owner::Itself,
        _ => Owner::Unclear(rostered),
    }
}

fn share_a_name(one: &Seat, other: &Seat) -> bool {
    let (few, many) = match one.names.len() < other.names.len() {
        true => (one, other),
        false => (other, one),
    };
    few.names.iter().any(|name| many.names.contains(name))
}

/// All numbers in which one digit is another, or two neighbours changed places.
fn one_slip_away(number: &CertificateNumber) -> BTreeSet<CertificateNumber> {
    let digits: Vec<char> = number.as_str().chars().collect();
    let mut all = BTreeSet::new();
    let mut put =
        |digits: Vec<char>| all.extend(CertificateNumber::new(&String::from_iter(digits)));
    for place in 0..digits.len() {
        for digit in '0'..='9' {
            let mut slipped = digits.clone();
            slipped[place] = digit;
            put(slipped);
        }
        if place > 0 {
            let mut slipped = digits.clone();
            slipped.swap(place - 1, place);
            put(slipped);
        }
    }
    all.remove(number);
    all
}
