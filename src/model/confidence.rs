//! How surely a value was read, and what that rests on.
//!
//! What each ground and doubt weighs stands in `templates/confidence.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Content, Doubt, Field, Wording};

/// What the reading of a value rests on, its text aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The label is known word for word.
    LabelExact,
    /// The label is known without its bracketed part or closing number.
    LabelInPart,
    /// The label is not known; a word in it tells what it asks for.
    LabelByWord,
    /// The value stands right of its label.
    Beside,
    /// The value stands below its label.
    Below,
    /// The value goes on in rows below the label's.
    Continued,
    /// The value stands in the label's column.
    Column,
    /// The value stands in the label's own cell.
    WithinLabel,
    /// The office's profile names the cell.
    Mapped,
    /// A title over the form says which form it is.
    Titled,
    /// No title says which form it is.
    Untitled,
    /// No title, and no more than two labels of the form.
    FewItems,
    /// Within the value stands what looks like a label that is not known.
    UnknownBeside,
    /// The form has the item more than once, and the contents differ.
    Repeated,
    /// Nothing but a figure, a time or a sign stands where words are asked for.
    FigureAlone,
}

impl Ground {
    /// All of them, in order.
    pub const ALL: [Self; 15] = [
        Self::LabelExact,
        Self::LabelInPart,
        Self::LabelByWord,
        Self::Beside,
        Self::Below,
        Self::Continued,
        Self::Column,
        Self::WithinLabel,
        Self::Mapped,
        Self::Titled,
        Self::Untitled,
        Self::FewItems,
        Self::UnknownBeside,
        Self::Repeated,
        Self::FigureAlone,
    ];

    /// The ground in words.
    pub fn wording(self) -> Wording {
        let said = WEIGHTS.grounds.get(&self);
        said.map_or_else(Wording::default, |weight| {
            Wording::new(weight.ja.as_str(), weight.en.as_str())
        })
    }

    /// Whether it speaks against the value at all.
    pub fn is_weak(self) -> bool {
        self.off() > 0
    }

    fn off(self) -> u8 {
        WEIGHTS.grounds.get(&self).map_or(0, |weight| weight.off)
    }
}

/// A set of grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Grounds(u16);

impl Grounds {
    /// Adds one.
    pub fn insert(&mut self, ground: Ground) {
        self.0 |= 1 << (ground as u16);
    }

    /// Whether it is among them.
    pub fn contains(self, ground: Ground) -> bool {
        self.0 & (1 << (ground as u16)) != 0
    }

    /// In the order of [`Ground::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Ground> {
        Ground::ALL.into_iter().filter(move |g| self.contains(*g))
    }
}

impl FromIterator<Ground> for Grounds {
    fn from_iter<I: IntoIterator<Item = Ground>>(grounds: I) -> Self {
        let mut set = Self::default();
        for ground in grounds {
            set.insert(ground);
        }
        set
    }
}

/// How surely a value was read: 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Confidence(u8);

/// What a person needs to know of a confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A person should look.
    Doubtful,
    /// Good enough to go by.
    Likely,
    /// Nothing speaks against it.
    Certain,
}

impl Confidence {
    /// Of a value that rests on `grounds`, with `doubts` against it.
    pub fn of<'a>(grounds: Grounds, doubts: impl IntoIterator<Item = &'a Doubt>) -> Self {
        let grounds = grounds.iter().map(Ground::off);
        let doubts = doubts.into_iter();
        let doubts = doubts.map(|d| WEIGHTS.doubts.get(d).copied().unwrap_or(0));
        let off = grounds.chain(doubts).fold(0u8, u8::saturating_add);
        Self(100u8.saturating_sub(off))
    }

    /// From 0 to 100.
    pub fn score(self) -> u8 {
        self.0
    }

    /// What it comes to.
    pub fn level(self) -> Level {
        match self.0 {
            score if score >= WEIGHTS.certain => Level::Certain,
            score if score >= WEIGHTS.doubtful => Level::Likely,
            _ => Level::Doubtful,
        }
    }
}

impl<T> Field<T> {
    /// How surely the value was read: 0 where the text was not understood, `None` where
    /// nothing is written.
    pub fn confidence(&self) -> Option<Confidence> {
        match self.content {
            Content::Absent | Content::Blank => None,
            Content::Unclear(_) => Some(Confidence(0)),
            Content::Value(_) => Some(Confidence::of(self.grounds, &self.doubts)),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    certain: u8,
    doubtful: u8,
    grounds: BTreeMap<Ground, Weight>,
    doubts: BTreeMap<Doubt, u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weight {
    off: u8,
    ja: String,
    en: String,
}

const WEIGHTS_TOML: &str = include_str!("../../templates/confidence.toml");

// The file is part of the program; a test reads it.
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(WEIGHTS_TOML).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    fn field(grounds: &[Ground], doubts: &[Doubt]) -> Field<u32> {
        Field {
            grounds: grounds.iter().copied().collect(),
            doubts: doubts.to_vec(),
            ..Field::read("3", 3, None)
        }
    }

    fn level(grounds: &[Ground], doubts: &[Doubt]) -> Level {
        field(grounds, doubts).confidence().unwrap().level()
    }

    #[test]
    fn every_ground_and_doubt_has_a_weight() {
        let weights: Weights = toml::from_str(WEIGHTS_TOML).unwrap();
        assert!(weights.doubtful < weights.certain && weights.certain < 100);
        for ground in Ground::ALL {
            let weight = &weights.grounds[&ground];
            assert!(!weight.ja.is_empty() && !weight.en.is_empty(), "{ground:?}");
        }
        for doubt in Doubt::ALL {
            assert!(weights.doubts[&doubt] > 0, "{doubt:?}");
        }
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: Grounds = [Ground::Repeated, Ground::LabelExact].into_iter().collect();
        assert!(set.iter().eq([Ground::LabelExact, Ground::Repeated]));
        assert!(!set.contains(Ground::Titled));
    }

    #[test]
    fn small_things_leave_a_value_certain_and_a_large_one_makes_it_doubtful() {
        use Ground::{Below, Continued, FewItems, LabelInPart, UnknownBeside, Untitled};
        assert_eq!(level(&[], &[]), Level::Certain);
        assert_eq!(level(&[LabelInPart, Untitled, Below], &[]), Level::Certain);
        assert_eq!(
            level(&[LabelInPart, Untitled, Continued], &[]),
            Level::Likely
        );
        assert_eq!(level(&[FewItems], &[]), Level::Likely);
        assert_eq!(level(&[UnknownBeside], &[]), Level::Doubtful);
        assert_eq!(level(&[], &[Doubt::StruckThrough]), Level::Doubtful);
        assert_eq!(level(&[], &[Doubt::LostZero]), Level::Certain);
        assert_eq!(level(&[FewItems], &[Doubt::LostZero]), Level::Doubtful);
        let worst = field(&Ground::ALL, &Doubt::ALL).confidence().unwrap();
        assert_eq!(worst.score(), 0);
    }

    #[test]
    fn what_is_not_there_has_no_confidence() {
        assert_eq!(Field::<u32>::absent().confidence(), None);
        assert_eq!(Field::<u32>::blank(None).confidence(), None);
        let unclear = Field::<u32>::unclear("?", Wording::default(), None);
        assert_eq!(unclear.confidence().map(Confidence::score), Some(0));
    }
}
