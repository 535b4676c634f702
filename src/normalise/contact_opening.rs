//! Whether a time within a free text begins a contact.
//!
//! Looks at what stands right before and right after the time; the words are data.

use crate::model::Month;

use super::contact_else::{Tells, tells};
use super::date::date;
use super::words::{ContactWords, holds_any, is_planned};
use crate::text::squash;

/// What stands before a time and belongs to its contact.
#[derive(Debug, Default)]
pub(super) struct Lead<'a> {
    /// The sign before an item.
    pub bullet: Option<char>,
    /// Words such as 【開始】 or 1回目.
    pub label: &'a str,
    /// How many bytes before the time all of it has.
    pub length: usize,
}

/// What stands before a time, back to the time before it.
pub(super) struct Before<'a> {
    gap: &'a str,
    /// On the time's own line.
    line: &'a str,
    /// Whether no other time stands before it on its line.
    opens_line: bool,
    /// Whether the contact before has its label before its time.
    is_labelled: bool,
}

impl<'a> Before<'a> {
    /// `gap` lies between the time before and this one; `is_first` where there is none before;
    /// `is_labelled` where the contact before has its label before its time.
    pub fn new(gap: &'a str, is_first: bool, is_labelled: bool) -> Self {
        let line = gap.rsplit('\n').next().unwrap_or(gap);
        Self {
            gap,
            line,
            opens_line: is_first || line.len() < gap.len(),
            is_labelled,
        }
    }

    /// What belongs to a contact at the time, and what the words make of it; `None` where the
    /// time does not stand as that of a contact does. `is_first` where no contact was found so far.
    pub fn opening(
        &self,
        after: &After,
        is_first: bool,
        list: &ContactWords,
    ) -> Option<(Lead<'a>, Tells)> {
        let lead = self.lead(after, is_first, list)?;
        let told = tells(lead.label, after.whole, list);
        Some((lead, told))
    }

    fn lead(&self, after: &After, is_first: bool, list: &ContactWords) -> Option<Lead<'a>> {
        if after.is_limit || after.is_pause(list) {
            return None;
        }
        if self.opens_line
            && let Some(lead) = self.opening_of_line(list)
        {
            let follows = lead.bullet.is_some() || is_first || !self.is_mid_sentence();
            let opens = match after.link {
                Link::None | Link::At => follows || !self.above().ends_with(['、', '，', ',']),
                Link::From => follows,
            };
            return opens.then_some(lead);
        }
        self.opening_within_line(after, list)
    }

    /// Bullet, number and label, where nothing else stands before the time on its line.
    fn opening_of_line(&self, list: &ContactWords) -> Option<Lead<'a>> {
        let (bullet, rest) = without_bullets(self.line.trim(), list);
        if let Some(label) = label(without_number(rest), list) {
            let heading = self.heading(list).filter(|_| label.is_empty());
            return Some(Lead {
                bullet,
                label: heading.map_or(label, |(words, _)| words),
                length: heading.map_or(self.line.len(), |(_, length)| length),
            });
        }
        None
    }

    /// A time behind words on its line: it begins a contact where the words before are done with.
    fn opening_within_line(&self, after: &After, list: &ContactWords) -> Option<Lead<'a>> {
        if is_within_quotation(self.gap) || self.is_of_another_day(list) {
            return None;
        }
        let is_tied = after.link == Link::From && !after.names_a_contact(list);
        let tells = !is_tied && after.tells_of_contact(list);
        let opens = match self.line.trim_end().chars().next_back() {
            None => !self.opens_line && tells,
            Some(c) if list.bullets.contains(c) || list.separators.contains(c) => {
                after.link != Link::From
            }
            Some('。' | '．' | '!' | '?' | '！' | '？' | '」' | '）' | ')') => {
                tells || (after.link == Link::None && after.is_apart)
            }
            Some('、' | '，' | ',') => tells || after.is_but_a_kind(list),
            Some(_) if self.line.ends_with(char::is_whitespace) && tells => true,
            Some(_) => match self.label_within_line(list) {
                Some(lead) if is_part_of_day(lead.label, list) => {
                    return tells.then_some(lead);
                }
                Some(lead) => {
                    return (after.link == Link::None && after.is_told(list)).then_some(lead);
                }
                None => {
                    let names = after.link == Link::At && after.names_a_contact_at_once(list);
                    return (tells && names).then(|| self.clause_before());
                }
            },
        };
        opens.then(Lead::default)
    }

    /// 【終了】, or 開始, 終了 or 連絡 as the last word before the time, as in `開始9:00　終了15:00`.
    fn label_within_line(&self, list: &ContactWords) -> Option<Lead<'a>> {
        let line = self.line.trim_end_matches(is_after_label);
        let from = if line.ends_with(['】', '］', ']', '〕']) {
            line.rfind(['【', '［', '[', '〔'])?
        } else {
            let parts_words = |c: char| {
                c.is_whitespace()
                    || "。、，,.：:（(【）)】".contains(c)
                    || list.separators.contains(c)
            };
            let word = line.rsplit(parts_words).next()?;
            let is_kind = [&list.start, &list.end, &list.talk]
                .iter()
                .any(|words| holds_any(word, words));
            let is_sentence = word.contains(['は', 'を']) || is_planned(word, list);
            if !is_part_of_day(word, list) && (!is_kind || is_sentence) {
                return None;
            }
            // 10:00電話15:00電話: the words right after a time are that time's own.
            if word.len() == line.len() && !self.opens_line && !self.is_labelled {
                return Some(Lead::default());
            }
            line.len() - word.len()
        };
        let label = line.get(from..)?;
        (label.chars().count() <= LONGEST_LABEL).then_some(Lead {
            bullet: None,
            label,
            length: self.line.len() - from,
        })
    }

    /// A heading on the line above, such as ■開始連絡 or 【終了】, and how far before the time it begins.
    fn heading(&self, list: &ContactWords) -> Option<(&'a str, usize)> {
        let above = self.above();
        let line = above.rsplit('\n').next()?;
        let (bullet, words) = without_bullets(line.trim(), list);
        let is_bracketed = words.starts_with(['【', '［', '〔', '＜'])
            && words.ends_with(['】', '］', '〕', '＞']);
        let is_kind = holds_any(words, &list.start) || holds_any(words, &list.end);
        let is_heading = is_bracketed || (bullet.is_some() && is_kind);
        let words = label(words, list).filter(|words| is_heading && !words.is_empty())?;
        Some((words, self.gap.len() - (above.len() - line.len())))
    }

    /// 本人より in `本人より15:00に電話`, where it is short.
    fn clause_before(&self) -> Lead<'a> {
        let clause = self.line.rsplit(['。', '、', '，', ',']).next();
        let clause = clause.filter(|clause| clause.chars().count() <= LONGEST_LABEL);
        Lead {
            bullet: None,
            label: clause.unwrap_or_default().trim(),
            length: clause.map_or(0, str::len),
        }
    }

    /// 昨日は15:00: the clause before the time names another day.
    fn is_of_another_day(&self, list: &ContactWords) -> bool {
        let clause = self.line.rsplit(['。', '、', '，', ',', '（', '(']).next();
        clause.is_some_and(|clause| holds_any(clause, &list.elsewhen))
    }

    /// Whether the line above breaks off within a sentence.
    fn is_mid_sentence(&self) -> bool {
        let above = self.above();
        !above.is_empty()
            && !above.ends_with(['。', '．', '）', ')', '」', '】', '!', '?', '！', '？'])
    }

    fn above(&self) -> &'a str {
        let length = self.gap.len() - self.line.len();
        self.gap.get(..length).unwrap_or_default().trim_end()
    }
}

/// How the words after a time are tied to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// 9:00　電話
    None,
    /// 9:00に電話
    At,
    /// 13:00から再開, 13:00の予定
    From,
}

/// What stands after a time, up to the next one.
pub(super) struct After<'a> {
    /// The words up to the end of the sentence.
    pub sentence: &'a str,
    /// All of them.
    whole: &'a str,
    link: Link,
    /// まで: the time only limits something.
    is_limit: bool,
    /// Whether white space or a sign parts the words from the time.
    is_apart: bool,
    is_span: bool,
}

impl<'a> After<'a> {
    /// After one time.
    pub fn a_time(after: &'a str) -> Self {
        let words = ["頃", "ごろ", "過ぎ", "すぎ"]
            .iter()
            .fold(after, |text, word| text.strip_prefix(word).unwrap_or(text));
        let begins = |list: &[&str]| list.iter().any(|word| words.starts_with(word));
        let link = if begins(&["の"]) && is_number_of_times(words) {
            Link::At
        } else if begins(&["から", "より", "の", "は", "を", "が", "と", "も", "で"]) {
            Link::From
        } else if begins(&["に"]) {
            Link::At
        } else {
            Link::None
        };
        Self {
            sentence: sentence(after),
            whole: words,
            link,
            is_limit: begins(&["まで", "迄", "以降", "以前", "前", "ごと", "毎", "締"]),
            is_apart: words
                .starts_with(|c: char| c.is_whitespace() || "：:、,～〜~（(【「『".contains(c)),
            is_span: false,
        }
    }

    /// After the second time of a span such as 9:00～9:10.
    pub fn a_span(after: &'a str) -> Self {
        Self {
            sentence: sentence(after),
            whole: after,
            link: Link::None,
            is_limit: false,
            is_apart: true,
            is_span: true,
        }
    }

    /// Whether the time may be one of something told: 15:00の電話, 15:00は終了の連絡.
    pub fn may_be_told(&self) -> bool {
        let is_tied = ["から", "より", "を", "が", "で", "と"]
            .iter()
            .any(|word| self.sentence.starts_with(word));
        !self.is_limit && !is_tied
    }

    /// Whether the words are not such that tie the time to its sentence.
    pub fn may_open(&self) -> bool {
        !self.is_limit && self.link != Link::From
    }

    /// 12:00～13:00 昼休憩 is no contact.
    fn is_pause(&self, list: &ContactWords) -> bool {
        self.is_span
            && holds_any(self.sentence, &list.pauses)
            && !holds_any(self.sentence, &list.talk)
    }

    /// Whether it is told as done, not as to come.
    pub fn is_told(&self, list: &ContactWords) -> bool {
        !is_planned(self.sentence, list)
    }

    /// 15時の終業電話: the words after の are the contact's own name.
    fn names_a_contact(&self, list: &ContactWords) -> bool {
        let name = self.sentence.strip_prefix('の').unwrap_or_default();
        let begins = |words: &Vec<String>| words.iter().any(|word| name.starts_with(word.as_str()));
        begins(&list.start) || begins(&list.end)
    }

    /// 15:00に電話, 15:00に作業終了の連絡: what was done at the time is the contact itself.
    fn names_a_contact_at_once(&self, list: &ContactWords) -> bool {
        let words = self.sentence.strip_prefix('に').unwrap_or(self.sentence);
        let words = words.strip_prefix("作業").unwrap_or(words).to_uppercase();
        [&list.talk, &list.start, &list.end]
            .into_iter()
            .flatten()
            .any(|word| words.starts_with(word.as_str()))
    }

    /// 15:00終業: nothing but the word for a start or an end stands in the clause.
    fn is_but_a_kind(&self, list: &ContactWords) -> bool {
        let clause = self.sentence.split(['、', '，', ',']).next();
        clause.is_some_and(|clause| {
            let words = clause.strip_prefix("作業").unwrap_or(clause).trim();
            list.start.iter().chain(&list.end).any(|kind| kind == words)
        })
    }

    /// Whether it is told as done, and of a contact.
    fn tells_of_contact(&self, list: &ContactWords) -> bool {
        holds_any(&self.sentence.to_uppercase(), &list.talk) && self.is_told(list)
    }
}

/// Whether `gap` makes one span of the times around it.
pub(super) fn is_span(gap: &str) -> bool {
    gap.len() <= LONGEST_GAP && matches!(squash(gap).as_str(), "~" | "-" | "ー" | "から" | "→")
}

/// What stands before the second of two times that `gap` names together: 夕方 in
/// `10:00と夕方15:00に電話`. `None` where the gap does not join them.
pub(super) fn joined_lead<'a>(gap: &'a str, list: &ContactWords) -> Option<Lead<'a>> {
    if gap.len() > LONGEST_GAP || gap.contains('\n') {
        return None;
    }
    const JOINTS: [&str; 9] = ["、", "，", ",", "・", "･", "と", "及び", "および", "/"];
    let words = gap.trim_start();
    let label = JOINTS.iter().find_map(|joint| words.strip_prefix(joint));
    let label = label.or(words.is_empty().then_some(words))?.trim_start();
    let word = label.trim_end_matches(is_after_label);
    let is_kind = || {
        let bare = word.strip_suffix('時').unwrap_or(word);
        list.start.iter().chain(&list.end).any(|kind| kind == bare)
    };
    (word.is_empty() || is_part_of_day(word, list) || is_kind()).then_some(Lead {
        bullet: None,
        label: word,
        length: label.len(),
    })
}

/// Whether `gap`, what stands before a time, leaves a quotation open.
pub(super) fn is_within_quotation(gap: &str) -> bool {
    gap.rfind('「') > gap.rfind('」')
}

/// 朝, 夕方; 朝は too.
fn is_part_of_day(word: &str, list: &ContactWords) -> bool {
    let word = word.strip_suffix(['は', 'に', 'の']).unwrap_or(word);
    list.parts_of_day.iter().any(|part| part == word)
}

/// の2回: the times before are told together.
fn is_number_of_times(words: &str) -> bool {
    let words = words.strip_prefix('の').unwrap_or(words);
    let words = words.strip_prefix('計').unwrap_or(words);
    let rest = words.trim_start_matches(|c: char| c.is_numeric() || "二三四五".contains(c));
    rest.len() < words.len() && rest.starts_with('回')
}

/// In characters.
const LONGEST_LABEL: usize = 12;

/// The same of a label in brackets, as the heads of boxes are written.
const LONGEST_BOXED: usize = 32;

/// In bytes.
const LONGEST_GAP: usize = 24;

/// A short text before a time that belongs to it: nothing, 【開始】, 開始, 1回目, 電話, 9/3.
fn label<'a>(lead: &'a str, list: &ContactWords) -> Option<&'a str> {
    let label = lead.trim_end_matches(is_after_label);
    let is_boxed = label.starts_with('【') && label.ends_with('】');
    let longest = match is_boxed {
        true => LONGEST_BOXED,
        false => LONGEST_LABEL,
    };
    if label.chars().count() > longest {
        return None;
    }
    let is_known = [&list.start, &list.end, &list.progress, &list.labels]
        .iter()
        .any(|words| holds_any(label, words));
    let is_phrase = label.contains(['。', '、', 'は', 'を']) || is_planned(label, list);
    let belongs = label.is_empty()
        || label.starts_with(['【', '［', '[', '(', '（', '〔', '＜', '<'])
        || (is_known && !is_phrase)
        || is_part_of_day(label, list)
        || date(label, Month::new(2000, 1)).is_ok();
    belongs.then_some(label)
}

fn is_after_label(c: char) -> bool {
    c.is_whitespace() || "：:（(、".contains(c)
}

/// The first of the bullets at the front, and what follows them.
fn without_bullets<'a>(text: &'a str, list: &ContactWords) -> (Option<char>, &'a str) {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || list.bullets.contains(c));
    let bullet = text.chars().next().filter(|_| rest.len() < text.len());
    (bullet, rest)
}

/// What follows a number such as `1.` or `2）` at the front.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(char::is_numeric);
    match rest.strip_prefix(['.', '．', ')', '）']) {
        Some(after) if rest.len() < text.len() => after.trim_start(),
        _ => text,
    }
}

fn sentence(text: &str) -> &str {
    text.split(['。', '\n']).next().unwrap_or_default()
}
