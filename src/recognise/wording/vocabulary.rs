//! What forms call their items: the wordings of `templates/labels.toml`, ready to look up.
//!
//! Only words. Where a label stands and what lies beside it is decided elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::recognise::inspection::SheetWords;
use crate::recognise::item::{FormKind, Item};
use crate::recognise::wording::key::{
    ends_with_title, is_numbered, label_key, without_advice, without_brackets, without_choices,
};
use crate::recognise::wording::keyword::Keywords;
use crate::recognise::wording::layout_words;
use crate::recognise::wording::phrasing::Phrasing;
use crate::recognise::wording::plainly;
use crate::recognise::wording::related;
use crate::recognise::wording::told_by_user::ToldByUser;
use crate::recognise::wording::wordings::{MoreWords, Words};
use crate::text::squash;

const LABELS: &str = include_str!("../../../templates/labels.toml");

/// What one label may mean, by kind of form. An item under `None` fits every kind.
pub type Meanings = Vec<(Option<FormKind>, Item)>;

/// The wordings, by their comparison key.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    labels: HashMap<String, Meanings>,
    titles: Vec<(String, FormKind)>,
    headings: HashMap<String, FormKind>,
    samples: Vec<String>,
    samples_alone: Vec<String>,
    codes: Vec<String>,
    told_by_user: ToldByUser,
    /// What a code asks for.
    idle: Meanings,
    /// What a label for the state of the user asks for.
    state: Meanings,
    outputs: Vec<String>,
    guides: Vec<String>,
    legends: Vec<String>,
    columns: BTreeMap<FormKind, HashMap<String, Item>>,
    inside: HashMap<String, Meanings>,
    inspection: SheetWords,
    /// By kind, the longer words first.
    keywords: Keywords,
    phrasing: Phrasing,
    /// The labels by their key in plain phrasing.
    rephrased: HashMap<String, Meanings>,
    longest: usize,
    /// The labels, by their key, that only the office has.
    own: BTreeSet<String>,
}

impl Vocabulary {
    /// The wordings that the program brings along.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Vocabulary> = OnceLock::new();
        // The file is part of the binary, and a test parses it: the fallback is never reached.
        BUILTIN
            .get_or_init(|| toml::from_str(LABELS).map_or_else(|_| Self::empty(), Self::from_words))
    }

    fn empty() -> Self {
        Self {
            labels: HashMap::new(),
            titles: Vec::new(),
            headings: HashMap::new(),
            samples: Vec::new(),
            samples_alone: Vec::new(),
            codes: Vec::new(),
            told_by_user: ToldByUser::default(),
            idle: vec![(None, Item::Ignored)],
            state: vec![(Some(FormKind::Daily), Item::Condition)],
            outputs: Vec::new(),
            guides: Vec::new(),
            legends: Vec::new(),
            columns: BTreeMap::new(),
            inside: HashMap::new(),
            inspection: SheetWords::default(),
            keywords: Keywords::default(),
            phrasing: Phrasing::default(),
            rephrased: HashMap::new(),
            longest: 0,
            own: BTreeSet::new(),
        }
    }

    fn from_words(words: Words) -> Self {
        let mut all = Self::empty();
        let kinds = [
            (None, words.any),
            (Some(FormKind::Roster), words.roster),
            (Some(FormKind::Daily), words.daily),
            (Some(FormKind::Weekly), words.weekly),
            (Some(FormKind::Monthly), words.monthly),
            (Some(FormKind::Listing), words.listing),
            (Some(FormKind::ServiceRecord), words.service_record),
        ];
        for (kind, items) in kinds {
            for (item, wordings) in items {
                for wording in wordings {
                    let key = label_key(&wording);
                    let meanings = all.labels.entry(key).or_default();
                    if !meanings.contains(&(kind, item)) {
                        meanings.push((kind, item));
                    }
                }
            }
        }
        related::divide(&mut all.labels);
        all.phrasing = words.phrasing;
        related::share(&mut all.labels, &all.phrasing);
        all.derive();
        for (kind, wordings) in words.titles {
            all.titles
                .extend(wordings.iter().map(|w| (label_key(w), kind)));
        }
        // The longest title that fits decides: 就労支援記録（評価） before 支援記録.
        all.titles
            .sort_by_key(|(words, _)| std::cmp::Reverse(words.chars().count()));
        for (kind, wordings) in words.headings {
            all.headings
                .extend(wordings.iter().map(|w| (label_key(w), kind)));
        }
        for (kind, items) in words.columns {
            let of_item = |(item, words): (Item, Vec<String>)| {
                words.into_iter().map(move |w| (label_key(&w), item))
            };
            all.columns
                .insert(kind, items.into_iter().flat_map(of_item).collect());
        }
        for (kind, items) in words.inside {
            for (item, wordings) in items {
                for wording in wordings {
                    let meanings = all.inside.entry(label_key(&wording)).or_default();
                    meanings.push((Some(kind), item));
                }
            }
        }
        all.keywords = Keywords::new(&words.keywords, &words.behind_somebody.words);
        all.inspection = words.self_inspection.into();
        all.samples = words.samples.words.iter().map(|w| squash(w)).collect();
        let alone = words.samples_alone.words.iter();
        all.samples_alone = alone.map(|w| squash(w)).collect();
        all.codes = words.codes.words.iter().map(|w| label_key(w)).collect();
        all.told_by_user = words.told_by_user;
        all.outputs = words.outputs.words.iter().map(|w| squash(w)).collect();
        all.legends = words.legends.words.iter().map(|w| label_key(w)).collect();
        all.guides = words.guides.words.iter().map(|w| squash(w)).collect();
        all
    }

    /// These wordings and more; what is added counts before what was there.
    pub fn with(&self, more: &MoreWords) -> Self {
        let mut all = self.clone();
        for (kind, item, wording) in &more.labels {
            let key = label_key(wording);
            all.own.insert(key.clone());
            let meanings = all.labels.entry(key).or_default();
            meanings.retain(|(known, _)| known != kind);
            meanings.insert(0, (*kind, *item));
        }
        all.derive();
        let titles = more.titles.iter().map(|(kind, w)| (label_key(w), *kind));
        all.titles.splice(0..0, titles);
        all.titles
            .sort_by_key(|(words, _)| std::cmp::Reverse(words.chars().count()));
        let headings = more.headings.iter().map(|(kind, w)| (label_key(w), *kind));
        all.headings.extend(headings);
        all.samples.extend(more.samples.iter().map(|w| squash(w)));
        all
    }

    /// What follows from the labels.
    fn derive(&mut self) {
        self.rephrased = related::rephrased(&self.labels, &self.phrasing);
        let lengths = self.labels.keys().map(|key| key.chars().count());
        self.longest = lengths.max().unwrap_or(0);
    }

    /// The items that a form of `kind`, or any form where it is `None`, can have.
    pub fn items(&self, kind: Option<FormKind>) -> BTreeSet<Item> {
        let all = self.labels.values().flatten();
        all.filter(|(known, _)| *known == kind || known.is_none())
            .map(|(_, item)| *item)
            .chain([Item::Ignored])
            .collect()
    }

    /// What a cell's text means as a label: as a whole, without its bracketed part or its number,
    /// or in plain phrasing.
    pub fn meanings(&self, text: &str) -> Option<&Meanings> {
        // A label is short; a page of prose need not be folded to know that it is none.
        if text.len() > 40 * 4 {
            return None;
        }
        let whole = label_key(text);
        if whole.is_empty() || whole.chars().count() > self.longest + 12 {
            return None;
        }
        if is_amount(text) {
            return None;
        }
        if self.is_code(&whole) || self.told_by_user.tells(&whole) {
            return Some(&self.idle);
        }
        // A number behind the words counts boxes of one kind, 週評価③; a longer one is a value.
        let is_counted = |words: &&str| (1..=2).contains(&(whole.len() - words.len()));
        let counted = whole.trim_end_matches(|c: char| c.is_ascii_digit());
        let counted = Some(counted).filter(is_counted);
        let numbered = whole.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = Some(numbered).filter(is_counted);
        let numbered = numbered.filter(|_| is_numbered(text));
        // 【支援内容】（1日2回以上） and 支援内容 ※1日2回以上 are a label with its advice.
        let rest = |rest: &str| (rest != text).then(|| label_key(rest));
        let outside = rest(&without_brackets(text));
        let unadvised = || rest(&without_advice(text));
        self.labels
            .get(&whole)
            .or_else(|| self.labels.get(outside.as_ref()?))
            .or_else(|| self.labels.get(&unadvised()?))
            .or_else(|| self.labels.get(whole.strip_prefix(['ご', '御'])?))
            .or_else(|| self.labels.get(counted?))
            .or_else(|| self.labels.get(numbered?))
            .or_else(|| self.meanings_rephrased(&whole))
            .or_else(|| self.meanings_rephrased(outside.as_ref()?))
            .or_else(|| self.meanings_rephrased(numbered?))
            .or_else(|| self.meanings_of_signers(text))
            .or_else(|| self.meanings_of_signature(&whole))
            .or_else(|| self.meanings(plainly::term(text)?))
            .or_else(|| self.meanings_of_state(&whole))
            .or_else(|| self.meanings(without_choices(text)?))
            .filter(|meanings| !meanings.is_empty())
    }

    /// Whether the key of a label, itself not among the wordings, ends in a word for codes.
    fn is_code(&self, key: &str) -> bool {
        let mut codes = self.codes.iter();
        !self.labels.contains_key(key) && codes.any(|code| key.ends_with(code.as_str()))
    }

    /// What a label asks for that names the user's state and the advice in words of its own.
    fn meanings_of_state(&self, key: &str) -> Option<&Meanings> {
        let words = &layout_words::words().state_and_advice;
        words.is_asked(key).then_some(&self.state)
    }

    /// What a label asks for that names by two words who signs: 連絡者・記録者.
    fn meanings_of_signers(&self, text: &str) -> Option<&Meanings> {
        let parts = text.split(['・', '･', '／', '/', '、', '兼']);
        let signs = |meanings: &&Meanings| meanings.iter().all(|(_, item)| item.is_signed());
        let is_person = |part: &str| part.trim_end().ends_with(['者', '員']);
        let mut found: Option<&Meanings> = None;
        for part in parts {
            if !is_person(part) {
                return None;
            }
            let meanings = self.labels.get(&label_key(part));
            let same = found.is_none() || meanings.is_none() || found == meanings;
            if !same || meanings.is_some_and(|all| !signs(&all)) {
                return None;
            }
            found = found.or(meanings);
        }
        found
    }

    /// What a label of the user's signature asks for, whatever users are called.
    fn meanings_of_signature(&self, key: &str) -> Option<&Meanings> {
        let words = &layout_words::words().signed_by_user;
        self.labels.get(words.same_as(key)?)
    }

    /// What the key of a text means in plain phrasing.
    fn meanings_rephrased(&self, key: &str) -> Option<&Meanings> {
        // A single word is too little to go by: 在宅就労 is a remark too.
        const SHORTEST: usize = 3;
        let plain = self.phrasing.plain(key);
        let meanings = self.rephrased.get(&plain)?;
        (plain != *key && plain.chars().count() >= SHORTEST).then_some(meanings)
    }

    /// Whether the text is a label that the office's profile names.
    pub fn is_own(&self, text: &str) -> bool {
        !self.own.is_empty() && self.own.contains(&label_key(text))
    }

    /// Whether the text is a known label word for word, nothing left out.
    pub fn is_whole_label(&self, text: &str) -> bool {
        self.labels.contains_key(&label_key(text))
    }

    /// What a text means as a label with its value behind it in the same cell.
    pub fn meanings_inside(&self, text: &str) -> Option<&Meanings> {
        self.meanings(text).or_else(|| {
            let short = Some(text).filter(|text| text.len() <= 40 * 4)?;
            self.inside.get(&label_key(short))
        })
    }

    /// What a word means as the header of a column only.
    pub fn column(&self, text: &str, kind: FormKind) -> Option<Item> {
        self.columns.get(&kind)?.get(&label_key(text)).copied()
    }

    /// What a text that stands where labels stand asks for in a form of `kind`, by a word in it.
    pub fn guess(&self, text: &str, kind: FormKind) -> Option<Item> {
        self.guess_but(text, kind, &BTreeSet::new())
    }

    /// The same, none of `taken`.
    pub fn guess_but(&self, text: &str, kind: FormKind, taken: &BTreeSet<Item>) -> Option<Item> {
        const LONGEST_GUESS: usize = 20;
        let key = label_key(text);
        let is_sentence = text.contains(['。', '、']);
        let is_long = key.chars().count() > LONGEST_GUESS;
        if is_long || is_sentence || is_amount(text) {
            return None;
        }
        if self.is_code(&key) || self.told_by_user.tells(&key) {
            return None;
        }
        self.keywords.told(kind, text, &key, taken).or_else(|| {
            self.keywords
                .told(kind, text, &self.phrasing.plain(&key), taken)
        })
    }

    /// What such a text may ask for, by kind of form.
    pub fn guesses(&self, text: &str) -> Meanings {
        FormKind::ALL
            .into_iter()
            .filter_map(|kind| Some((Some(kind), self.guess(text, kind)?)))
            .collect()
    }

    /// The kind of form that a title names.
    pub fn title(&self, text: &str) -> Option<FormKind> {
        // A sentence speaks of a form; it is no title.
        if text.len() > 60 * 4 || text.contains('。') {
            return None;
        }
        let key = label_key(text);
        let bare = label_key(&without_brackets(text));
        self.titles
            .iter()
            .find(|(words, kind)| match kind {
                // Records speak of this sheet too, as in 実績記録票に記入した.
                FormKind::ServiceRecord => {
                    ends_with_title(&key, words) || ends_with_title(&bare, words)
                }
                _ => key.contains(words.as_str()),
            })
            .map(|(_, kind)| *kind)
    }

    /// The kind of form that a heading opens.
    pub fn heading(&self, text: &str) -> Option<FormKind> {
        if text.len() > 40 * 4 {
            return None;
        }
        let key = label_key(text);
        let digits = |c: char| c.is_ascii_digit();
        let counted = key.trim_end_matches(digits);
        // 第1週の評価 is one of several.
        let ordinal = key
            .strip_prefix('第')
            .map(|rest| rest.trim_start_matches(digits));
        self.headings
            .get(&key)
            .or_else(|| self.headings.get(&label_key(&without_brackets(text))))
            .or_else(|| self.headings.get(counted))
            .or_else(|| self.headings.get(ordinal?))
            .copied()
    }

    /// What the inspection sheet calls itself and its columns.
    pub fn inspection(&self) -> &SheetWords {
        &self.inspection
    }

    /// Whether a text is printed for everybody: a sentence that begins as such do.
    pub fn is_guide(&self, text: &str) -> bool {
        const SHORTEST: usize = 8;
        let text = squash(text);
        text.chars().count() >= SHORTEST
            && self
                .guides
                .iter()
                .any(|word| text.starts_with(word.as_str()))
    }

    /// Whether a text heads the explanation of signs.
    pub fn is_legend(&self, text: &str) -> bool {
        text.len() <= 40 * 4 && self.legends.contains(&label_key(text))
    }

    /// Whether a title or a sheet's name marks a sample or a guide.
    pub fn is_sample(&self, text: &str) -> bool {
        let text = squash(text);
        let mut parts =
            text.split(|c: char| c.is_ascii_punctuation() || "【】「」〈〉・".contains(c));
        self.samples.iter().any(|word| text.contains(word.as_str()))
            || parts.any(|part| self.samples_alone.iter().any(|word| word == part))
    }

    /// Whether a title or a sheet's name marks a sheet that this program wrote beside the forms.
    pub fn is_output(&self, text: &str) -> bool {
        let text = squash(text);
        self.outputs.iter().any(|word| text.contains(word.as_str()))
    }
}

/// A number with its unit: 7時間 is a value, whatever it stands beside.
fn is_amount(text: &str) -> bool {
    const LONGEST: usize = 40;
    if text.len() > LONGEST || !text.trim_start().starts_with(char::is_numeric) {
        return false;
    }
    let key = squash(text);
    let unit = key.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let units = [
        "時間",
        "時間半",
        "分",
        "分間",
        "日",
        "日間",
        "回",
        "件",
        "個",
        "枚",
    ];
    unit.len() < key.len() && units.contains(&unit)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod temp_leave_out {
    use super::*;
    #[test]
    fn temp_leave_out() {
        let text = include_str!("../../../templates/labels.toml");
        let words: Words = toml::from_str(text).unwrap();
        let v = Vocabulary::builtin();
        let groups = [
            (FormKind::Roster, &words.roster),
            (FormKind::Daily, &words.daily),
            (FormKind::Weekly, &words.weekly),
            (FormKind::Monthly, &words.monthly),
            (FormKind::Listing, &words.listing),
        ];
        for (kind, items) in groups {
            for (item, list) in items {
                for w in list {
                    let g = v.guess(w, kind);
                    let tag = if g == Some(*item) {
                        "OK"
                    } else if g.is_none() {
                        "NONE"
                    } else {
                        "WRONG"
                    };
                    println!("LO\t{tag}\t{kind:?}\t{item:?}\t{w}\t{g:?}");
                }
            }
        }
    }
}
