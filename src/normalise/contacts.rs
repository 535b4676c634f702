//! 連絡: the contacts with the user that a free text tells of (支援内容).
//!
//! Cuts the text into contacts. Which times begin one, and what each contact
//! was for, is decided next door.

use chrono::NaiveTime;

use crate::model::{Contact, ContactKind};

use super::contact_kind::kinds;
use super::contact_left::left_open;
use super::contact_opening::{After, Before, Lead, is_span, joined_lead};
use super::time_scan::{Found, scan};
use super::words::{ContactWords, holds_any, is_planned, words};

/// The contacts of one day, in the order of the text. `start` and `end` are the hours of
/// the day's work; they tell what a contact was for where its words do not.
///
/// A contact begins at a time that opens a line, an item or a sentence. A time within a sentence
/// belongs to the contact that the sentence tells of, and so does a line without a time.
/// In prose, where the first time opens nothing, each sentence with a time and a word such as
/// 電話 is a contact; where there is no time at all, each item headed by 開始, 終了 and the like.
/// A time that is left beside the words of a contact is told as undecided.
pub fn contacts(support: &str, start: Option<NaiveTime>, end: Option<NaiveTime>) -> Vec<Contact> {
    let list = &words().contacts;
    let times: Vec<Found> = scan(support)
        .into_iter()
        .filter(|found| found.time.is_some())
        .collect();
    let parts = match times.first() {
        None => headed_by_words(support, list),
        Some(first) => {
            let opened = opened_by_times(support, &times, list);
            if opened.first().is_some_and(|part| part.time == first.time) {
                opened
            } else {
                let told = told_in_sentences(support, &times, list);
                if told.len() > opened.len() {
                    told
                } else {
                    opened
                }
            }
        }
    };
    let reached: Vec<Part> = parts
        .iter()
        .filter(|part| !is_unanswered(part, list))
        .cloned()
        .collect();
    let mut kinds = kinds(&reached, start, end).into_iter();
    let mut kind = |part: &Part| match is_unanswered(part, list) {
        true => ContactKind::Unanswered,
        false => kinds.next().unwrap_or(ContactKind::Other),
    };
    let left = left_open(support, &times, &parts, list);
    let decided = parts.into_iter().map(|part| (kind(&part), part));
    let undecided = left.into_iter().map(|part| (ContactKind::Undecided, part));
    let mut all: Vec<(ContactKind, Part)> = decided.chain(undecided).collect();
    all.sort_by_key(|(_, part)| part.at);
    all.into_iter()
        .map(|(kind, part)| Contact {
            time: part.time,
            kind,
            text: part.text,
        })
        .collect()
}

/// Whether the words tell of an attempt that did not reach the user, and of nothing else.
fn is_unanswered(part: &Part, list: &ContactWords) -> bool {
    let told = part.text.to_uppercase();
    // 確認できず holds 確認, and tells the contrary.
    let without = |told: String, word: &String| told.replace(word.as_str(), "");
    let rest = list.unanswered.iter().fold(told.clone(), without);
    holds_any(&told, &list.unanswered) && !holds_any(&rest, &list.answered)
}

/// One contact's share of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Part {
    /// The first byte of its time, or of its words where it has none.
    pub at: usize,
    /// The time that opens it.
    pub time: Option<NaiveTime>,
    /// Its label, if any, and the words after the time.
    pub text: String,
}

/// Where a contact opens.
struct Opening<'a> {
    time: Option<NaiveTime>,
    lead: Lead<'a>,
    /// Whether it is told of together with the contact before, as in 10:00、16:00に電話.
    joined: bool,
    /// First byte of bullet, label or time.
    from: usize,
    /// First byte of the time, or of the words where there is none.
    at: usize,
    /// First byte of the words after the time.
    body: usize,
}

/// The contacts whose times open a line, an item or a sentence.
fn opened_by_times(text: &str, times: &[Found], list: &ContactWords) -> Vec<Part> {
    let mut openings: Vec<Opening> = Vec::new();
    let mut done = 0;
    for (i, found) in times.iter().enumerate() {
        let gap = text.get(done..found.start).unwrap_or_default();
        let opened_last = openings.last().is_some_and(|last| last.body == done);
        done = found.end;
        // 9:00～9:10: the second time ends the span that the first one opens.
        if opened_last && is_span(gap) {
            if let Some(last) = openings.last_mut() {
                last.body = found.end;
            }
            continue;
        }
        let upto_next = |i: usize| {
            let from = times.get(i).map_or(text.len(), |found| found.end);
            let to = times.get(i + 1).map_or(text.len(), |next| next.start);
            text.get(from..to).unwrap_or_default()
        };
        let after = if is_span(upto_next(i)) {
            After::a_span(upto_next(i + 1))
        } else {
            After::a_time(upto_next(i))
        };
        let joined = joined_lead(gap, list).filter(|_| opened_last);
        let is_joined = joined.is_some();
        let lead = match joined {
            Some(lead) => after.may_open().then_some(lead),
            None => {
                let is_labelled = openings
                    .last()
                    .is_some_and(|last| !last.lead.label.is_empty());
                let before = Before::new(gap, i == 0, is_labelled);
                before.opening(&after, openings.is_empty(), list)
            }
        };
        if let Some(lead) = lead {
            openings.push(Opening {
                time: found.time,
                from: found.start - lead.length,
                lead,
                joined: is_joined,
                at: found.start,
                body: found.end,
            });
        }
    }
    shares(text, &openings, list)
}

/// Prose without any opening time: a contact for each time that its sentence tells of.
fn told_in_sentences(text: &str, times: &[Found], list: &ContactWords) -> Vec<Part> {
    let mut openings: Vec<Opening> = Vec::new();
    let mut done = 0;
    for (i, found) in times.iter().enumerate() {
        let next = times.get(i + 1).map_or(text.len(), |next| next.start);
        let before = text.get(done..found.start).unwrap_or_default();
        let after = After::a_time(text.get(found.end..next).unwrap_or_default());
        done = found.end;
        let clause = before
            .split_inclusive(['。', '、', '\n'])
            .next_back()
            .filter(|clause| !clause.ends_with(['。', '、', '\n']))
            .unwrap_or_default();
        let around = format!("{clause}{}", after.sentence).to_uppercase();
        let is_contact = holds_any(&around, &list.talk) && !is_planned(&around, list);
        if is_contact && after.may_open() && !is_span(before) {
            openings.push(Opening {
                time: found.time,
                lead: Lead {
                    bullet: None,
                    label: clause.trim(),
                    length: clause.len(),
                },
                joined: false,
                from: found.start - clause.len(),
                at: found.start,
                body: found.end,
            });
        }
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
        let is_headed = [&list.start, &list.end, &list.progress]
            .into_iter()
            .flatten()
            .any(|word| {
                let head = head.strip_prefix("作業").unwrap_or(&head);
                head.strip_prefix(word.as_str()).is_some_and(|rest| {
                    let ends_word =
                        |c: char| c.is_whitespace() || "時の】］])）〕＞：:・連電報".contains(c);
                    rest.starts_with(ends_word)
                })
            });
        if is_headed {
            openings.push(Opening {
                time: None,
                lead: Lead {
                    bullet: line
                        .trim_start()
                        .chars()
                        .next()
                        .filter(|c| list.bullets.contains(*c)),
                    ..Lead::default()
                },
                joined: false,
                from,
                at: from,
                body: from + (line.len() - item.len()),
            });
        }
        from += line.len();
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
    let mut words: Vec<&str> = openings
        .iter()
        .zip(ends)
        .map(|(opening, end)| {
            let body = text.get(opening.body..end).unwrap_or_default();
            // An item of the same rank without a time is a remark on the day.
            let body = opening
                .lead
                .bullet
                .map_or(body, |bullet| before_item(body, bullet));
            trimmed(body, list)
        })
        .collect();
    for i in (1..words.len()).rev() {
        if openings[i].joined {
            words[i - 1] = words[i];
        }
    }
    let part = |(opening, words): (&Opening, &str)| Part {
        at: opening.at,
        time: opening.time,
        text: [opening.lead.label, words]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    };
    openings.iter().zip(words).map(part).collect()
}

/// `body` up to the first further line that begins with `bullet`.
fn before_item(body: &str, bullet: char) -> &str {
    let mut length = 0;
    for (i, line) in body.split_inclusive('\n').enumerate() {
        if i > 0 && line.trim_start().starts_with(bullet) {
            return body.get(..length).unwrap_or(body);
        }
        length += line.len();
    }
    body
}

/// `body` without what parts it from its time and from the next contact.
fn trimmed<'a>(body: &'a str, list: &ContactWords) -> &'a str {
    let body = body.strip_prefix("頃").unwrap_or(body);
    let body = body.strip_prefix('に').unwrap_or(body);
    body.trim_start_matches(|c: char| c.is_whitespace() || "：:、,～〜~）)】］]".contains(c))
        .trim_end_matches(|c: char| {
            c.is_whitespace()
                || list.separators.contains(c)
                || list.bullets.contains(c)
                || "、,（(【［[".contains(c)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::ContactKind::{End, Progress, Start, Unanswered};

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
    fn an_attempt_that_nobody_answered_is_told_apart() {
        let kinds = |text: &str| -> Vec<ContactKind> {
            read(text).into_iter().map(|(_, kind)| kind).collect()
        };
        for (text, expected) in [
            (
                "9:00 電話したが不在、応答なし。\n15:00 電話したが応答なし。",
                [Unanswered; 2],
            ),
            (
                "9:00 開始の電話、つながらず\n15:00 終了の電話",
                [Unanswered, End],
            ),
            (
                "9:00 開始の電話。\n15:00 終了の連絡なし。",
                [Start, Unanswered],
            ),
            (
                "9:00 開始の電話。\n15:00 電話したが終了を確認できず。",
                [Start, Unanswered],
            ),
            (
                "9:00 電話に出ず、9時10分に折り返しあり\n15:00 終了報告",
                [Start, End],
            ),
            (
                "9:00 開始連絡。担当者が不在のため別の職員が対応\n15:00 終了連絡",
                [Start, End],
            ),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn two_contacts_of_one_line_are_two() {
        for text in [
            "10:00開始℡。15:00終了℡。",
            "10時の始業電話。15時の終業電話。",
            "午前10時の始業電話。午後3時の終業電話。",
        ] {
            let kinds: Vec<ContactKind> = read(text).into_iter().map(|(_, kind)| kind).collect();
            assert_eq!(kinds, [Start, End], "{text}");
        }
        assert_eq!(read("9:00 開始の電話。13時の予定を確認").len(), 1);
    }

    #[test]
    fn contacts_of_one_sentence_are_told_apart() {
        for text in [
            "朝10:00電話、夕15:00電話",
            "朝（10:00）電話で体調を聞く、夕方（15:00）電話で成果を聞く",
            "朝は10:00、夕は15:00に電話した",
            "開始時10:00と終了時15:00に電話",
            "10:00と15:00の2回電話",
            "10:00 15:00 電話",
            "10:00電話 15:00電話",
            "10:00電話15:00電話",
            "10時に始業の連絡、15時に終業の連絡",
            "10:00始業、15:00終業",
            "10:00「おはようございます」と投稿あり。15:00「お疲れさまでした」と投稿あり。",
            "10:00「おはようございます」15:00「お疲れさまでした」",
            "10:00に電話を受け作業開始。その後も順調で15:00に電話で成果を聞く",
        ] {
            assert_eq!(
                read(text),
                [("10:00".into(), Start), ("15:00".into(), End)],
                "{text}"
            );
        }
        for text in [
            "10:00開始、15:00終了の予定と連絡を受けた。",
            "10:00 電話。昨日は15:00に電話があった",
            "10:00 電話。15:00に再度連絡するよう伝えた",
            "10:00 電話。「15:00に連絡します」とのこと",
            "10:00開始の電話、10:30から封入作業、12:00昼休み",
        ] {
            assert_eq!(times(text), ["10:00"], "{text}");
        }
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
            "1. 9:00 開始\n2. 12:00 進捗確認\n3. 15:00 終了",
            "■開始連絡\n9:00　電話\n■途中\n12:00　電話\n■終了連絡\n15:00　電話",
            "【AM】9:00　開始の電話。【昼】12:00　電話。【PM】15:00　終了の電話。",
            "9:00、12:00、15:00に電話で状況を確認した。",
            "9/3 9:00 開始連絡\n9/3 12:00 進捗確認\n9/3 15:00 終了連絡",
            "9:00開始連絡。\n途中、12時に電話を入れる。\n15:00終了連絡。",
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
    fn what_leads_to_a_time_is_no_part_of_the_contact_before() {
        let texts = |text| -> Vec<String> {
            let found = contacts(text, None, None);
            found.into_iter().map(|contact| contact.text).collect()
        };
        assert_eq!(texts("1）9:00 開始\n2）15:00 終了"), ["開始", "終了"]);
        assert_eq!(
            texts("■開始\n9:00 電話\n■終了\n15:00 電話"),
            ["開始 電話", "終了 電話"]
        );
        assert_eq!(texts("9:00及び15:00に電話連絡"), ["電話連絡", "電話連絡"]);
        assert_eq!(texts("9:00 開始／15:00 終了"), ["開始", "終了"]);
        assert_eq!(texts("9:00開始電話15:00終了電話"), ["開始電話", "終了電話"]);
        assert_eq!(
            texts("本人より9時に電話。体調良好。本人より15時に電話。"),
            ["本人より 電話。体調良好。", "本人より 電話。"]
        );
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
        let found = contacts(
            "開始：9:00　体調は良好　終了：15:00　成果を確認",
            None,
            None,
        );
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
