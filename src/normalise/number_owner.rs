//! Whose a 受給者証番号 is that is not on the roster: another user's, or one miswritten.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::CertificateNumber;

/// A whole number, with what stands beside it.
#[derive(Default)]
pub struct Seat {
    /// Keys of the names.
    pub names: BTreeSet<String>,
    /// How often it is written.
    pub mentions: usize,
    /// Whether the roster has it.
    pub on_roster: bool,
}

/// All whole numbers of an office.
pub type Seats = BTreeMap<CertificateNumber, Seat>;

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
    let Some(seat) = seats.get(number).filter(|seat| !seat.on_roster) else {
        return Owner::Itself;
    };
    let others = || seats.iter().filter(|(other, _)| *other != number);
    let namesakes: Vec<(&CertificateNumber, &Seat)> = others()
        .filter(|(_, other)| !other.names.is_disjoint(&seat.names))
        .collect();
    let rostered: Vec<&CertificateNumber> = namesakes
        .iter()
        .filter(|(_, other)| other.on_roster)
        .map(|(other, _)| *other)
        .collect();
    // Without a roster, what most forms say is right.
    let usual = namesakes
        .iter()
        .filter(|(_, other)| other.mentions > seat.mentions)
        .map(|(other, _)| *other);
    let candidates = match (seat.names.is_empty(), rostered.is_empty()) {
        (true, _) => others()
            .filter(|(_, other)| other.on_roster)
            .map(|(other, _)| other)
            .collect(),
        (false, true) => usual.collect(),
        (false, false) => rostered.clone(),
    };
    let slips: Vec<&CertificateNumber> = candidates
        .into_iter()
        .filter(|other| is_one_slip(other.as_str(), number.as_str()))
        .collect();
    match slips.as_slice() {
        [only] => Owner::SlipOf((*only).clone()),
        _ if rostered.is_empty() => Owner::Itself,
        _ => Owner::Unclear(rostered.into_iter().cloned().collect()),
    }
}

/// Whether one digit is another, or two neighbours changed places.
fn is_one_slip(right: &str, wrong: &str) -> bool {
    let pairs = right.bytes().zip(wrong.bytes()).enumerate();
    let unlike: Vec<(usize, (u8, u8))> = pairs.filter(|(_, (a, b))| a != b).collect();
    match unlike.as_slice() {
        [_] => true,
        [(i, (a, b)), (j, (c, d))] => i + 1 == *j && a == d && b == c,
        _ => false,
    }
}
