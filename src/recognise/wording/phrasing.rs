//! Turns of phrase that mean the same in any label: 評価をした日 is 評価日.
//!
//! Only words; the list stands in `templates/labels.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What is left out of a label and what is put for what, to compare it with others.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Written")]
pub struct Phrasing {
    particles: Vec<char>,
    /// Without the particles.
    turns: Vec<(String, String)>,
    /// The places of the turns in their list, by the character that they begin with.
    by_first: BTreeMap<char, Vec<usize>>,
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
        let turns: Vec<(String, String)> = turns.filter(|(turn, _)| !turn.is_empty()).collect();
        let mut by_first: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (place, (turn, _)) in turns.iter().enumerate() {
            if let Some(first) = turn.chars().next() {
                by_first.entry(first).or_default().push(place);
            }
        }
        Self {
            particles,
            turns,
            by_first,
        }
    }
}

impl Phrasing {
    /// The key of a label in plain phrasing. Nothing is made of a label that would be empty.
    pub fn plain(&self, key: &str) -> String {
        let mut plain = without(key, &self.particles);
        let mut from = 0;
        while let Some((place, (turn, word))) = self.turn_in(&plain, from) {
            if !(word.is_empty() && plain == *turn) {
                plain = plain.replace(turn.as_str(), word);
            }
            from = place + 1;
        }
        match plain.is_empty() {
            true => key.to_owned(),
            false => plain,
        }
    }

    /// The first turn in a text, of those from that place of their list on.
    fn turn_in(&self, text: &str, from: usize) -> Option<(usize, &(String, String))> {
        let begin_here = |(at, first): (usize, char)| {
            let rest = text.get(at..)?;
            let places = self.by_first.get(&first)?.iter().copied();
            let known = places.filter_map(|place| Some((place, self.turns.get(place)?)));
            let mut later = known.filter(|(place, _)| *place >= from);
            later.find(|(_, (turn, _))| rest.starts_with(turn.as_str()))
        };
        let found = text.char_indices().filter_map(begin_here);
        found.min_by_key(|(place, _)| *place)
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
    fn turns_are_put_in_their_order() {
        let pair = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
        // What one turn makes is there for those after it, and not for those before.
        let turns = [("記録", "日誌"), ("日報", "記録"), ("日誌名", "名")];
        let phrasing = Phrasing::from(Written {
            particles: Vec::new(),
            turns: turns.map(pair).to_vec(),
        });
        assert_eq!(phrasing.plain("記録名"), "名");
        assert_eq!(phrasing.plain("日報名"), "記録名");
        assert_eq!(phrasing.plain("日報と記録"), "記録と日誌");
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
