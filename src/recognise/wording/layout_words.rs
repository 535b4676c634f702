//! The words by which tables are told apart: the lists of `templates/layouts.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::recognise::calendar::DateWords;
use crate::recognise::contacts::words::ContactWords;
use crate::recognise::label::office_line::OfficeWords;
use crate::recognise::label::seal_strip::SealWords;
use crate::recognise::section::beside_names::BesideNameWords;
use crate::recognise::section::particulars::ParticularWords;
use crate::recognise::section::parts::ConditionWords;
use crate::recognise::table::choice_columns::PlaceWords;
use crate::recognise::table::halves::HalfWords;
use crate::recognise::table::people::PeopleWords;
use crate::recognise::table::rows::TotalWords;
use crate::recognise::table::spans::SpanWords;
use crate::recognise::wording::answers::AnswerWords;
use crate::recognise::wording::key::Key;
use crate::recognise::wording::signed_by_user::SignedByUser;
use crate::recognise::wording::state_and_advice::StateAndAdvice;
use crate::recognise::wording::ticks::Ticks;
use crate::recognise::wording::whose::WhoseWords;

const LAYOUTS: &str = include_str!("../../../templates/layouts.toml");

/// All lists.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutWords {
    /// What tells the contacts of a day and their parts.
    pub contacts: ContactWords,
    /// What parts a head over two rows of a record.
    pub halves: HalfWords,
    /// How a date names its year.
    pub dates: DateWords,
    /// What tells a person's name.
    pub people: PeopleWords,
    /// What stands below a weekday for the place of work.
    pub places: PlaceWords,
    /// What answers a printed choice.
    pub ticks: Ticks,
    /// What sums up the lines above it.
    pub totals: TotalWords,
    /// What tells the parts of a line about the office apart.
    pub offices: OfficeWords,
    /// What answers whether.
    pub answers: AnswerWords,
    /// What stands beside names and is none.
    pub beside_names: BesideNameWords,
    /// What divides the head of a period.
    pub spans: SpanWords,
    /// Who puts a seal on a form.
    pub seals: SealWords,
    /// What tells the parts of 心身の状況及び助言.
    pub condition: ConditionWords,
    /// What asks for the words behind an answer.
    pub particulars: ParticularWords,
    /// What asks for a name by the office's own word for people.
    pub whose: WhoseWords,
    /// What stands behind a figure and says what it counts.
    pub units: Vec<Key>,
    /// What a label for 心身の状況及び助言 is made of.
    pub state_and_advice: StateAndAdvice,
    /// What a label of the user's signature is made of.
    pub signed_by_user: SignedByUser,
}

/// The lists, read once.
pub fn words() -> &'static LayoutWords {
    static WORDS: OnceLock<LayoutWords> = OnceLock::new();
    // The file is part of the program, and a test parses it: the fallback is never reached.
    WORDS.get_or_init(|| toml::from_str(LAYOUTS).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        let words: LayoutWords = toml::from_str(LAYOUTS).unwrap();
        assert_eq!(format!("{words:?}"), format!("{:?}", super::words()));
    }
}
