//! Labels that follow from others: the ends of a period, what another form calls an item, and
//! other turns of phrase.

use std::collections::HashMap;

use crate::recognise::item::{FormKind, Item};
use crate::recognise::wording::layout_words;
use crate::recognise::wording::phrasing::Phrasing;
use crate::recognise::wording::vocabulary::Meanings;

/// Gives each label the meanings that it has on other kinds of form in plain phrasing, and
/// those that other phrasings have of its own item: 評価の方法 is 評価方法 on each of them.
pub fn share(labels: &mut HashMap<String, Meanings>, phrasing: &Phrasing) {
    let mut told: HashMap<String, Meanings> = HashMap::new();
    for (key, meanings) in &*labels {
        let of_plain = told.entry(phrasing.plain(key)).or_default();
        of_plain.extend(meanings.iter().copied());
    }
    let plain: HashMap<String, Meanings> = told
        .keys()
        .filter_map(|key| Some((key.clone(), labels.get(key)?.clone())))
        .collect();
    for (key, meanings) in labels {
        let key = phrasing.plain(key);
        let is_own = |item: &Item| meanings.iter().any(|(_, own)| own == item);
        let others = told.get(&key).into_iter().flatten();
        let others = others.filter(|(_, item)| is_own(item));
        let mut more: Meanings = others
            .chain(plain.get(&key).into_iter().flatten())
            .filter(|(kind, _)| {
                let is_told = |(own, _): &(Option<FormKind>, Item)| own == kind || own.is_none();
                kind.is_some() && !meanings.iter().any(is_told)
            })
            .copied()
            .collect();
        more.sort_unstable();
        more.dedup_by_key(|(kind, _)| *kind);
        meanings.extend(more);
    }
}

/// Adds the ends of the labels that a period or a time has: 対象期間（自）, 作業時間（終了）.
pub fn divide(labels: &mut HashMap<String, Meanings>) {
    let spans = &layout_words::words().spans;
    let mut ends: Vec<(String, Meanings)> = Vec::new();
    for (key, meanings) in &*labels {
        for word in spans.all() {
            let of_end = meanings
                .iter()
                .filter_map(|(kind, item)| Some((*kind, spans.end_of(*item, word.as_str())?)));
            let of_end: Meanings = of_end.collect();
            if !of_end.is_empty() {
                ends.push((format!("{key}{}", word.as_str()), of_end));
            }
        }
    }
    ends.sort();
    for (key, meanings) in ends {
        labels.entry(key).or_insert(meanings);
    }
}

/// Lays out the labels in plain phrasing; what means two things then is none.
pub fn rephrased(
    labels: &HashMap<String, Meanings>,
    phrasing: &Phrasing,
) -> HashMap<String, Meanings> {
    let mut plain: HashMap<String, Option<Meanings>> = HashMap::new();
    for (key, meanings) in labels {
        let key = phrasing.plain(key);
        match plain.get_mut(&key) {
            None => {
                plain.insert(key, Some(meanings.clone()));
            }
            Some(known) => *known = known.take().and_then(|known| agreed(known, meanings)),
        }
    }
    plain
        .into_iter()
        .filter_map(|(key, meanings)| Some((key, meanings?)))
        .collect()
}

/// What both say, where they do not contradict each other.
fn agreed(mut known: Meanings, more: &Meanings) -> Option<Meanings> {
    for (kind, item) in more {
        match known.iter().find(|(other, _)| other == kind) {
            Some((_, same)) if same == item => {}
            Some(_) => return None,
            None => known.push((*kind, *item)),
        }
    }
    Some(known)
}
