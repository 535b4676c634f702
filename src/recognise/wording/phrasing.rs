//! Turns of phrase that mean the same in any label: 評価をした日 is 評価日.
//!
//! Only words; the list stands in `templates/labels.toml`.

use serde::Deserialize;

/// What is left out of a label and what is put for what, to compare it with others.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Written")]
pub struct Phrasing {
    particles: Vec<char>,
    /// Without the particles.
    turns: Vec<(String, String)>,
}

/// The same as it is written down.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// Left out wherever they stand.
    particles: Vec<char>,
    /// Put for each other, in this order, once the particles are left out.
    turns: Vec<(String, String)>,
}

impl From<Written> for Phrasing {
    fn from(written: Written) -> Self {
        let Written { particles, turns } = written;
        let bare = |text: &str| without(text, &particles);
        let turns = turns.into_iter().map(|(turn, word)| (bare(&turn), word));
        Self {
            turns: turns.filter(|(turn, _)| !turn.is_empty()).collect(),
            particles,
        }
    }
}

impl Phrasing {
    /// The key of a label in plain phrasing. Nothing is made of a label that would be empty.
    pub fn plain(&self, key: &str) -> String {
        let mut plain = without(key, &self.particles);
        for (turn, word) in &self.turns {
            if plain.contains(turn.as_str()) && !(word.is_empty() && plain == *turn) {
                plain = plain.replace(turn.as_str(), word);
            }
        }
        match plain.is_empty() {
            true => key.to_owned(),
            false => plain,
        }
    }
}

fn without(text: &str, particles: &[char]) -> String {
    text.chars().filter(|c| !particles.contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrasing() -> Phrasing {
        let pair = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
        let turns = [("をした日", "日"), ("しかた", "方法"), ("本日の", "")];
        Phrasing::from(Written {
            particles: vec!['の', 'を'],
            turns: turns.map(pair).to_vec(),
        })
    }

    #[test]
    fn what_means_the_same_has_one_key() {
        let plain = |key| phrasing().plain(key);
        assert_eq!(plain("評価をした日"), plain("評価の日"));
        assert_eq!(plain("支援のしかた"), "支援方法");
        assert_eq!(plain("本日の作業"), "作業");
    }

    #[test]
    fn other_words_stay_and_nothing_becomes_empty() {
        let plain = |key| phrasing().plain(key);
        assert_eq!(plain("前回の評価日"), "前回評価日");
        assert_ne!(plain("評価者"), plain("評価日"));
        assert_eq!(plain("本日の"), "本日");
        assert_eq!(plain("の"), "の");
    }
}
