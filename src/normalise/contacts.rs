//! 連絡: the contacts with the user that a free text tells of (支援内容).
//!
//! Decides where one contact ends and the next begins; what a contact was for
//! is decided next door.

use chrono::NaiveTime;

use crate::model::Contact;

use super::contact_kind::kinds;
use super::text::squash;
use super::time::{Found, scan};
use super::words::{ContactWords, holds_any, words};

/// The contacts of one day, in the order of the text. `start` and `end` are the hours of
/// the day's work; they tell what a contact was for where its words do not.
///
/// A contact begins at a time that opens a line, an item or a sentence. A time within a sentence
/// belongs to the contact that the sentence tells of, and so does a line without a time.
/// In prose, where the first time opens nothing, each sentence with a time and a word such as 電話 is a contact;
/// where there is no time at all, each item headed by 開始, 終了 and the like.
pub fn contacts(support: &str, start: Option<NaiveTime>, end: Option<NaiveTime>) -> Vec<Contact> {
    let list = &words().contacts;
    let times: Vec<Found> = scan(support)
        .into_iter()
        .filter(|found| found.time.is_some())
        .collect();
    let mut parts = opened_by_times(support, &times, list);
    let told = told_in_sentences(support, &times, list);
    if told.len() > parts.len() && parts.first().map(|part| part.time) != times.first().map(|found| found.time) {
        parts = told;
    }
    if times.is_empty() {
        parts = headed_by_words(support, list);
    }
    let kinds = kinds(&parts, start, end);
    parts
        .into_iter()
        .zip(kinds)
        .map(|(part, kind)| Contact {
            time: part.time,
            kind,
            text: part.text,
        })
        .collect()
}

/// One contact's share of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The time that opens it.
    pub time: Option<NaiveTime>,
    /// Its label, if any, and the words after the time.
    pub text: String,
}

/// Where a contact opens.
struct Opening<'a> {
    time: Option<NaiveTime>,
    /// The bullet before it.
    bullet: Option<char>,
    /// Words between bullet and time, such as 【開始】.
    label: &'a str,
    /// First byte of bullet, label or time.
    from: usize,
    /// First byte of the words after the time.
    body: usize,
}

/// The contacts whose times open a line, an item or a sentence.
fn opened_by_times(text: &str, times: &[Found], list: &ContactWords) -> Vec<Part> {
    let mut openings: Vec<Opening> = Vec::new();
    let mut done = 0;
    for (i, found) in times.iter().enumerate() {
        let next = times.get(i + 1).map_or(text.len(), |next| next.start);
        let gap = text.get(done..found.start).unwrap_or_default();
        done = found.end;
        // 9:00～9:10: the second time ends the span that the first one opens.
        if is_span(gap)
            && let Some(last) = openings.last_mut()
            && last.body + gap.len() == found.start
        {
            last.body = found.end;
            continue;
        }
        let after = text.get(found.end..next).unwrap_or_default();
        let second = times.get(i + 1).filter(|_| is_span(after));
        let clause = match second {
            Some(second) => {
                let next = times.get(i + 2).map_or(text.len(), |next| next.start);
                text.get(second.end..next).unwrap_or_default()
            }
            None => after,
        };
        let (line, opens_line) = match gap.rfind('\n') {
            Some(at) => (gap.get(at + 1..).unwrap_or_default(), true),
            None => (gap, i == 0),
        };
        let before = Before {
            line,
            opens_line,
            above: gap.get(..gap.len() - line.len()).unwrap_or_default(),
        };
        if let Some((bullet, label)) =
            before.opening(list, &openings, After::new(after, clause, second.is_some()))
        {
            openings.push(Opening {
                time: found.time,
                bullet,
                label,
                from: found.start - before.belonging(bullet, label),
                body: found.end,
            });
        }
    }
    shares(text, &openings, list)
}

/// Gives each opening the text up to the next one.
fn shares(text: &str, openings: &[Opening], list: &ContactWords) -> Vec<Part> {
    let ends = openings
        .iter()
        .skip(1)
        .map(|next| next.from)
        .chain([text.len()]);
    openings
        .iter()
        .zip(ends)
        .map(|(opening, end)| {
            let body = text.get(opening.body..end).unwrap_or_default();
            // An item of the same rank without a time is a remark on the day.
            let body = opening
                .bullet
                .and_then(|bullet| remark(body, bullet))
                .map_or(body, |at| body.get(..at).unwrap_or(body));
            let body = body
                .trim_start_matches(|c: char| {
                    c.is_whitespace() || "：:、,～〜~）)】］]頃".contains(c)
                })
                .trim_end_matches(|c: char| {
                    c.is_whitespace()
                        || list.separators.contains(c)
                        || list.bullets.contains(c)
                        || "、,（(【［[".contains(c)
                });
            Part {
                time: opening.time,
                text: if opening.label.is_empty() {
                    body.to_owned()
                } else {
                    format!("{} {body}", opening.label)
                },
            }
        })
        .collect()
}

/// Where in `body` a line begins with `bullet`.
fn remark(body: &str, bullet: char) -> Option<usize> {
    body.match_indices('\n').map(|(at, _)| at).find(|at| {
        body.get(*at..)
            .is_some_and(|rest| rest.trim_start().starts_with(bullet))
    })
}

/// What stands before a time, back to the time before it.
struct Before<'a> {
    /// On its own line.
    line: &'a str,
    /// Whether no other time stands before it on its line.
    opens_line: bool,
    /// On the lines above.
    above: &'a str,
}

impl<'a> Before<'a> {
    /// Bullet and label, if the time opens a contact.
    fn opening(
        &self,
        list: &ContactWords,
        earlier: &[Opening],
        after: After,
    ) -> Option<(Option<char>, &'a str)> {
        if after.is_limit || after.is_pause(list) {
            return None;
        }
        let mut lead = self.line.trim();
        let mut bullet = None;
        if self.opens_line {
            while let Some(c) = lead.chars().next().filter(|c| list.bullets.contains(*c)) {
                bullet = bullet.or(Some(c));
                lead = lead.get(c.len_utf8()..)?.trim_start();
            }
            if let Some(label) = label(lead, list) {
                let follows = bullet.is_some() || earlier.is_empty() || !self.is_mid_sentence();
                let opens = match after.link {
                    Link::None | Link::At => follows || !self.ends_with_comma(),
                    Link::From => follows,
                };
                return opens.then_some((bullet, label));
            }
        }
        let Some(last) = lead.chars().next_back() else {
            // White space alone parts it from the words before.
            return (!self.opens_line && after.tells_of_contact(list)).then_some((None, ""));
        };
        let opens = match last {
            _ if list.bullets.contains(last) || list.separators.contains(last) => {
                after.link != Link::From
            }
            '。' | '．' | '!' | '?' | '！' | '？' | '」' | '）' | ')' => match after.link {
                Link::None => after.is_apart || after.tells_of_contact(list),
                Link::At => after.tells_of_contact(list),
                Link::From => false,
            },
            '、' | '，' | ',' => after.link != Link::From && after.tells_of_contact(list),
            _ if self.line.ends_with(char::is_whitespace) => {
                after.link != Link::From && after.tells_of_contact(list)
            }
            _ => {
                let label = self.label_within_line(list)?;
                return (after.link == Link::None && after.is_past(list)).then_some((None, label));
            }
        };
        opens.then_some((None, ""))
    }

    /// 開始, 終了 or 連絡 as the last word before the time, as in `開始9:00　終了15:00`.
    fn label_within_line(&self, list: &ContactWords) -> Option<&'a str> {
        let word = self
            .line
            .trim_end_matches(|c: char| c.is_whitespace() || "：:（(".contains(c))
            .rsplit(|c: char| {
                c.is_whitespace()
                    || "。、，,.：:（(【）)】".contains(c)
                    || list.separators.contains(c)
            })
            .next()?;
        let is_short = word.chars().count() <= 8;
        let is_kind = [&list.start, &list.end, &list.talk]
            .iter()
            .any(|words| holds_any(word, words));
        (is_short && is_kind && !word.contains(['は', 'を']) && !holds_any(word, &list.planned))
            .then_some(word)
    }

    /// How many bytes before the time belong to its contact.
    fn belonging(&self, bullet: Option<char>, label: &str) -> usize {
        if bullet.is_some() {
            self.line.len()
        } else if label.is_empty() {
            0
        } else {
            self.line.rfind(label).map_or(0, |at| self.line.len() - at)
        }
    }

    /// Whether the line above breaks off within a sentence.
    fn is_mid_sentence(&self) -> bool {
        let above = self.above.trim_end();
        !above.is_empty()
            && !above.ends_with(['。', '．', '）', ')', '」', '】', '!', '?', '！', '？'])
    }

    fn ends_with_comma(&self) -> bool {
        self.above.trim_end().ends_with(['、', '，', ','])
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
struct After<'a> {
    /// まで: the time only limits something.
    is_limit: bool,
    link: Link,
    /// Whether white space or a sign parts the words from the time.
    is_apart: bool,
    /// The words up to the end of the sentence.
    sentence: &'a str,
    is_span: bool,
}

impl<'a> After<'a> {
    fn new(after: &str, clause: &'a str, is_span: bool) -> Self {
        let after = ["頃", "ごろ", "過ぎ", "すぎ"]
            .iter()
            .fold(after, |text, word| text.strip_prefix(word).unwrap_or(text));
        let begins = |list: &[&str]| list.iter().any(|word| after.starts_with(word));
        let link = if is_span {
            Link::None
        } else if begins(&["から", "より", "の", "は", "を", "が", "と", "も", "で"]) {
            Link::From
        } else if begins(&["に"]) {
            Link::At
        } else {
            Link::None
        };
        Self {
            is_limit: begins(&["まで", "迄", "以降", "以前", "前", "ごと", "毎", "締"]),
            link,
            is_apart: after
                .starts_with(|c: char| c.is_whitespace() || "：:、,～〜~（(【".contains(c)),
            sentence: clause.split(['。', '\n']).next().unwrap_or_default(),
            is_span,
        }
    }

    /// 12:00～13:00 昼休憩 is no contact.
    fn is_pause(&self, list: &ContactWords) -> bool {
        self.is_span
            && holds_any(self.sentence, &list.pauses)
            && !holds_any(self.sentence, &list.talk)
    }

    /// Whether it tells of what was done, not of what is to come.
    fn is_past(&self, list: &ContactWords) -> bool {
        !holds_any(self.sentence, &list.planned)
    }

    fn tells_of_contact(&self, list: &ContactWords) -> bool {
        holds_any(&self.sentence.to_uppercase(), &list.talk) && self.is_past(list)
    }
}

/// A short text before a time that belongs to it: nothing, 【開始】, 開始, 1回目, 電話.
fn label<'a>(lead: &'a str, list: &ContactWords) -> Option<&'a str> {
    let label = lead.trim_end_matches(|c: char| c.is_whitespace() || "：:（(".contains(c));
    if label.is_empty()
        || (label.starts_with(['【', '［', '[', '(', '（', '〔', '＜', '<'])
            && label.chars().count() <= 12)
    {
        return Some(label);
    }
    let is_known = [&list.start, &list.end, &list.progress, &list.labels]
        .iter()
        .any(|words| holds_any(label, words));
    let is_short = label.chars().count() <= 12 && !label.contains(['。', '、', 'は', 'を']);
    (is_short && is_known && !holds_any(label, &list.planned)).then_some(label)
}

/// Whether `gap` makes one span of the times around it.
fn is_span(gap: &str) -> bool {
    matches!(squash(gap).as_str(), "~" | "-" | "ー" | "から" | "→")
}

/// Prose without any opening time: a contact for each time that its sentence tells of.
fn told_in_sentences(text: &str, times: &[Found], list: &ContactWords) -> Vec<Part> {
    let mut openings: Vec<Opening> = Vec::new();
    let mut done = 0;
    for (i, found) in times.iter().enumerate() {
        let next = times.get(i + 1).map_or(text.len(), |next| next.start);
        let before = text.get(done..found.start).unwrap_or_default();
        let after = text.get(found.end..next).unwrap_or_default();
        let clause = before
            .rfind(['。', '、', '\n'])
            .and_then(|at| before.get(at..)?.chars().next().map(|c| at + c.len_utf8()))
            .and_then(|at| before.get(at..))
            .unwrap_or(before);
        let told = After::new(after, after, false);
        let around = format!("{clause}{}", told.sentence).to_uppercase();
        let is_contact = !told.is_limit
            && told.link != Link::From
            && holds_any(&around, &list.talk)
            && !holds_any(&around, &list.planned);
        if is_contact && !is_span(before) {
            openings.push(Opening {
                time: found.time,
                bullet: None,
                label: clause.trim(),
                from: found.start - clause.len(),
                body: found.end,
            });
        }
        done = found.end;
    }
    shares(text, &openings, list)
}

/// A text without any time: a contact for each line that a word such as 開始 heads.
fn headed_by_words(text: &str, list: &ContactWords) -> Vec<Part> {
    let mut openings = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let item = line
            .trim_start()
            .trim_start_matches(|c: char| list.bullets.contains(c))
            .trim_start();
        let head: String = item
            .trim_start_matches(['【', '［', '[', '（', '(', '〔', '＜'])
            .chars()
            .take(8)
            .collect();
        let opens = |words: &[String]| {
            words.iter().any(|word| {
                head.strip_prefix(word.as_str())
                    .or_else(|| head.strip_prefix("作業")?.strip_prefix(word.as_str()))
                    .is_some_and(|rest| {
                        rest.starts_with(|c: char| {
                            c.is_whitespace() || "時の】］])）〕＞：:・　連電報".contains(c)
                        })
                    })
            })
        };
        if opens(&list.start) || opens(&list.end) || opens(&list.progress) {
            openings.push(Opening {
                time: None,
                bullet: line
                    .trim_start()
                    .chars()
                    .next()
                    .filter(|c| list.bullets.contains(*c)),
                label: "",
                from,
                body: from + (line.len() - item.len()),
            });
        }
        from += line.len();
    }
    shares(text, &openings, list)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::ContactKind::{self, End, Progress, Start};

    fn at(hm: &str) -> Option<NaiveTime> {
        NaiveTime::parse_from_str(hm, "%H:%M").ok()
    }

    fn times(text: &str) -> Vec<String> {
        contacts(text, at("9:00"), at("15:00"))
            .into_iter()
            .map(|contact| {
                contact
                    .time
                    .map_or(String::new(), |time| time.format("%-H:%M").to_string())
            })
            .collect()
    }

    fn read(text: &str) -> Vec<(String, ContactKind)> {
        let contacts = contacts(text, at("9:00"), at("15:00"));
        contacts
            .into_iter()
            .map(|c| {
                (
                    c.time
                        .map_or(String::new(), |time| time.format("%-H:%M").to_string()),
                    c.kind,
                )
            })
            .collect()
    }

    #[test]
    fn contacts_are_written_in_many_ways() {
        for text in [
            "・9:00　利用者から作業開始の電話\n・12:00　進捗を確認\n・15:00　終了連絡",
            "9:00  開始連絡。\n12:00  進捗を確認。\n15:00  終了連絡。",
            "９：００　開始連絡\r\n１２：００　進捗確認\r\n１５：００　終了連絡",
            "①9時 開始\n②12時 進捗確認\n③15時 終了",
            "①9:00開始連絡 ②12:00進捗確認 ③15:00終了連絡",
            "9:00～ 開始の連絡\n12:00～ 進捗の確認\n15:00～ 終了の連絡",
            "9:00～9:10 開始の連絡\n12:00～12:05 進捗の確認\n15:00～15:10 終了の連絡",
            "【開始】9:00 体調確認\n【途中】12:00 進捗確認\n【終了】15:00 成果確認",
            "開始 9:00 体調確認\n中間 12:00 進捗確認\n終了 15:00 成果確認",
            "開始9:00　進捗確認12:00　終了15:00",
            "開始：9:00　途中確認：12:00\n終了：15:00",
            "9:00 開始連絡／12:00 進捗確認／15:00 終了",
            "9:00開始連絡、12:00進捗確認、15:00終了連絡",
            "9:00 開始連絡 12:00 進捗確認 15:00 終了連絡",
            "9:00 開始連絡。12:00 進捗確認。15:00 終了連絡。",
            "9:00に開始の電話。\n12:00に進捗を確認。\n15:00に終了の電話。",
            "9:00に開始の連絡あり。12:00に進捗を電話で確認。15:00に終了の報告あり。",
            "本日は9:00に開始の電話を受け、12:00に進捗を確認した。作業は順調で、15:00に終了の報告を受けた。",
            "開始連絡（9:00）、進捗確認（12:00）、終了連絡（15:00）",
            "・午前9時　開始\n・正午　進捗確認\n・午後3時　終了",
            "・ 9:00 : 開始\n・12:00 : 進捗確認\n・15:00 : 終了",
            "9:00 開始連絡\n12:00～13:00 昼休憩\n12:00 進捗確認\n15:00 終了連絡",
            "1回目 9:00 開始\n2回目 12:00 進捗確認\n3回目 15:00 終了",
        ] {
            assert_eq!(
                read(text),
                [
                    ("9:00".into(), Start),
                    ("12:00".into(), Progress),
                    ("15:00".into(), End)
                ],
                "{text}"
            );
        }
    }

    #[test]
    fn a_time_within_a_sentence_opens_nothing() {
        for text in [
            "・12:00　電話。半分を終えた。13:00まで昼休みを取り、13:00から再開することを確認。",
            "12:00 電話。15:00に報告するよう伝えた。",
            "12:00 電話。13:00再開予定。",
            "12:00 電話。昼休みは13時から14時。",
            "12:00 電話。昼休みを取り、\n13:00に再開する。",
            "12:00 電話。昼休みの後\n13:00から再開する。",
            "12:00 電話。次は14:00の予定。",
            "12:00 電話。6時間眠れた。22:00就寝、7:00起床。",
            "12:00 電話\n15:00まで作業を続ける。",
            "12:00 電話（前回は10:00）。",
        ] {
            assert_eq!(times(text), ["12:00"], "{text}");
        }
    }

    #[test]
    fn lines_without_a_time_belong_to_the_contact_before() {
        let found = contacts(
            "9:00 開始連絡\n・体調は良好\n・作業内容を確認\n15:00 終了",
            None,
            None,
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text, "開始連絡\n・体調は良好\n・作業内容を確認");
        assert_eq!(found[1].text, "終了");
    }

    #[test]
    fn a_remark_without_a_time_is_no_contact() {
        let found = contacts(
            "・9:00　開始\n　体調良好\n・15:00　終了\n・全体をとおして、能率が上がった。",
            None,
            None,
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text, "開始\n　体調良好");
        assert_eq!(found[1].text, "終了");
    }

    #[test]
    fn a_label_stays_with_its_contact() {
        let found = contacts(
            "【開始】9:05 体調を確認\n【終了】15:00 成果を確認",
            None,
            None,
        );
        assert_eq!(found[0].text, "【開始】 体調を確認");
        assert_eq!(found[0].kind, Start);
        assert_eq!(found[1].text, "【終了】 成果を確認");
        let found = contacts("開始：9:00　体調は良好　終了：15:00　成果を確認", None, None);
        assert_eq!(found[0].text, "開始 体調は良好");
        assert_eq!(found[1].text, "終了 成果を確認");
    }

    #[test]
    fn without_times_only_headed_items_are_contacts() {
        let found = contacts(
            "・開始時：電話で体調を確認\n・終了時：電話で成果を確認\n・全体に順調",
            None,
            None,
        );
        let kinds: Vec<_> = found.iter().map(|c| (c.time, c.kind)).collect();
        assert_eq!(kinds, [(None, Start), (None, End)]);
        for text in [
            "",
            "体調は良好。作業を続けた。",
            "電話で開始を確認した。",
            "特になし",
            "10個作成",
        ] {
            assert!(contacts(text, None, None).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_long_day_is_read_whole() {
        let text = "・8:50　利用者から作業開始の電話。昨日は途中で終わったため、適宜休憩をはさむよう提案。\n\
            ・11:30　利用者へ電話。作業の進み具合を確認。半分を作成済み。12:30まで昼休みを取り、12:30から再開することを確認。\n\
            ・12:30　利用者から電話。20個が終わったら別の作業をしたいとの提案。\n\
            ・14:40　20個の作成が終了したとの報告。残りの時間で練習を実施。\n\
            ・15:10　利用者へ電話。成果物を確認。次回の目標を確認する。\n\
            ・全体をとおして、前回より順調であった。";
        let expected = [
            ("8:50", Start),
            ("11:30", Progress),
            ("12:30", Progress),
            ("14:40", Progress),
            ("15:10", End),
        ];
        assert_eq!(
            read(text),
            expected.map(|(time, kind)| (time.to_owned(), kind))
        );
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>(), near in "[0-9:：時分～・／。、（）\n 開始終了電話にからまで【】]{0,60}") {
            for text in [text, near] {
                let found = contacts(&text, at("9:00"), at("15:00"));
                let count = |kind| found.iter().filter(|c| c.kind == kind).count();
                prop_assert!(count(Start) <= 1 && count(End) <= 1);
            }
        }
    }
}
