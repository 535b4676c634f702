//! Turns of phrase that mean the same in any label: 評価をした日 is 評価日.
//!
//! Only words; the list stands in `templates/labels.toml`.

use serde::Deserialize;

/// What is left out of a label and what is put for what, to compare it with others.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrasing {
    /// Left out wherever they stand.
    particles: Vec<char>,
    /// Put for each other, in this order, once the particles are left out.
    turns: Vec<(String, String)>,
}

impl Phrasing {
    /// The key of a label in plain phrasing. Nothing is made of a label that would be empty.
    pub fn plain(&self, key: &str) -> String {
        let mut plain = self.without_particles(key);
        for (turn, word) in &self.turns {
            let turn = self.without_particles(turn);
            if !turn.is_empty() && plain.contains(&turn) {
                plain = plain.replace(&turn, word);
            }
        }
        match plain.is_empty() {
            true => key.to_owned(),
            false => plain,
        }
    }

    fn without_particles(&self, text: &str) -> String {
        let kept = text.chars().filter(|c| !self.particles.contains(c));
        kept.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrasing() -> Phrasing {
        let pair = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
        let turns = [("をした日", "日"), ("しかた", "方法"), ("本日の", "")];
        Phrasing {
            particles: vec!['の', 'を'],
            turns: turns.map(pair).to_vec(),
        }
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
        assert_eq!(plain("本日の"), "本日の");
        assert_eq!(plain("の"), "の");
    }
}
