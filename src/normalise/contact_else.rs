//! What a time may stand for instead of a contact: a pause, what is to come, the user's own day.

use super::words::{ContactWords, holds_any, is_planned, without};

/// What the words beside a time that would begin a contact make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    /// A contact, or nothing that speaks against one.
    Contact,
    /// Something else, with words that may tell of a contact.
    Undecided,
    /// Something else and nothing more.
    Nothing,
}

/// Of a time with `label` before it, and `after` between it and the next time.
///
/// 12:00 昼食 and 15:00 終了予定 are no contacts; 12:00 昼休み、様子を聞く may be one.
pub(super) fn tells(label: &str, after: &str, list: &ContactWords) -> Tells {
    let words = after.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '\n');
    let (clause, rest) = words.split_at(words.find(ends_clause).unwrap_or(words.len()));
    let is_all = is_all(clause, rest, list);
    if is_to_come(clause, list) {
        let is_bare = label.is_empty() && is_all && is_but(clause, list);
        return if is_bare {
            Tells::Nothing
        } else {
            Tells::Undecided
        };
    }
    if names_talk(clause, list) || names_talk(label, list) {
        return Tells::Contact;
    }
    // A pause that was advised is told in more words than one that was taken.
    let is_pause = |text: &str| holds_any(text, &list.pauses) && is_but(text, list);
    if is_pause(label) || (label.is_empty() && (is_pause(clause) || is_own(clause, list))) {
        return match is_all && is_but(clause, list) {
            true => Tells::Nothing,
            false => Tells::Undecided,
        };
    }
    match label.is_empty() && ends_planned(clause, list) {
        true => Tells::Undecided,
        false => Tells::Contact,
    }
}

/// 起床7時, 7時に起床: whether what the user did at a time stands right beside it. `before` and
/// `after` lie between it and its neighbours.
pub(super) fn is_of_own_day(before: &str, after: &str, list: &ContactWords) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || "はが：:".contains(c));
    let own = || list.own_day.iter().map(String::as_str);
    if own().any(|word| line.ends_with(word)) {
        return true;
    }
    // What follows a time that opens its line is what was told at it.
    if line.is_empty() {
        return false;
    }
    let after = ["頃", "ごろ", "過ぎ", "すぎ"]
        .iter()
        .fold(after, |text, word| text.strip_prefix(word).unwrap_or(text));
    let tied = after.strip_prefix('に');
    let words = tied.unwrap_or(after);
    let clause = words.split(ends_clause).next().unwrap_or_default();
    own().any(|word| words.starts_with(word)) && (tied.is_some() || !names_talk(clause, list))
}

fn ends_clause(c: char) -> bool {
    c.is_whitespace() || "。、，,（(）)／/｜|；;".contains(c)
}

fn names_talk(text: &str, list: &ContactWords) -> bool {
    holds_any(&text.to_uppercase(), &list.talk)
}

/// 終了予定, 電話する約束: a contact or its end that is still to come.
fn is_to_come(clause: &str, list: &ContactWords) -> bool {
    let clause = without(&clause.to_uppercase(), &list.not_planned);
    let kinds = [&list.start, &list.end, &list.talk];
    kinds.into_iter().flatten().any(|word| {
        clause.match_indices(word.as_str()).any(|(at, _)| {
            let behind = clause.get(at + word.len()..).unwrap_or_default();
            let bare = behind.strip_prefix("する").unwrap_or(behind);
            let bare = bare.strip_prefix('の').unwrap_or(bare);
            // 終了予定を確認した tells of what was said, 終了予定と連絡 of what is to come.
            let ends = |rest: &str| {
                let told = [
                    "だ",
                    "です",
                    "との",
                    "と連絡",
                    "と報告",
                    "と聞",
                    "と言",
                    "と話",
                ];
                rest.is_empty() || told.iter().any(|word| rest.starts_with(word))
            };
            let begins = |text: &str| {
                let plans = list.planned.iter();
                let mut behind = plans.filter_map(|plan| text.strip_prefix(plan.as_str()));
                behind.any(ends)
            };
            begins(behind) || begins(bare)
        })
    })
}

/// Whether hardly more than words of pauses, plans and the user's own day stands in the clause.
fn is_but(clause: &str, list: &ContactWords) -> bool {
    const FEW: usize = 4;
    let known = [
        &list.pauses,
        &list.own_day,
        &list.start,
        &list.end,
        &list.planned,
    ];
    letters_beside(clause, known.into_iter().flatten()) <= FEW
}

/// 起床, 帰宅: the word alone; 睡眠良好 is what the user told of it.
fn is_own(clause: &str, list: &ContactWords) -> bool {
    holds_any(clause, &list.own_day) && letters_beside(clause, list.own_day.iter()) <= 1
}

/// How many letters of `text` belong to none of `words`.
fn letters_beside<'a>(text: &str, words: impl Iterator<Item = &'a String>) -> usize {
    let rest = words.fold(text.to_owned(), |text, word| {
        text.replace(word.as_str(), "")
    });
    rest.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Whether the clause is all that its line says, and nothing up to the next time tells of
/// words with the user.
fn is_all(clause: &str, rest: &str, list: &ContactWords) -> bool {
    let line = rest.split('\n').next().unwrap_or_default();
    let spoken = [&list.talk, &list.spoken, &list.answered];
    let speaks = |text: &str| {
        let text = text.to_uppercase();
        spoken.iter().any(|words| holds_any(&text, words))
    };
    !line.contains(char::is_alphanumeric) && !speaks(clause) && !speaks(rest)
}

/// 本日の作業予定: the clause ends with what is to come.
fn ends_planned(clause: &str, list: &ContactWords) -> bool {
    let clause = clause.trim_end_matches("とのこと").trim_end_matches("です");
    is_planned(clause, list)
        && list
            .planned
            .iter()
            .any(|word| clause.ends_with(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn told(label: &str, after: &str) -> Tells {
        tells(label, after, &words().contacts)
    }

    #[test]
    fn a_pause_a_plan_and_the_users_own_day_are_no_contacts() {
        for after in [
            " 昼食",
            " 昼休憩\n",
            "　お昼休み。",
            " 休憩に入る\n体調は良好",
            "（昼休憩）",
            " 終了予定",
            "終了の予定です",
            " 起床",
            "　帰宅\n",
        ] {
            assert_eq!(told("", after), Tells::Nothing, "{after}");
        }
        assert_eq!(told("【昼休憩】", "\n"), Tells::Nothing);
    }

    #[test]
    fn with_words_of_a_contact_nobody_can_say() {
        for after in [
            " 昼食。午後の作業を電話で確認",
            " 昼休み、様子を聞く",
            " 休憩を勧めた",
            " 終了予定と連絡あり",
            " 電話する約束",
            " 服薬、体調良好",
            " 本日の作業予定",
        ] {
            assert_eq!(told("", after), Tells::Undecided, "{after}");
        }
        assert_eq!(told("終了", " 電話予定"), Tells::Undecided);
    }

    #[test]
    fn what_is_told_of_a_contact_stays_one() {
        for after in [
            " 電話で本日の作業予定を確認",
            " 開始　本日の予定",
            " 昼休憩の電話",
            " 起床の連絡",
            " 予定どおり終了",
            " 体調良好、通院は明日",
            " 作業目標を伝える",
            "　本日の訓練内容と終了予定を確認した",
            " 終了予定と作業内容を確認",
            " 終了予定を伝える",
            " 休憩をとるよう伝える",
            "　疲れが見えたため10分の休憩を勧めた",
            " 起床6時、朝食済みとのこと。",
            " 睡眠良好。朝食摂取。",
            "",
        ] {
            assert_eq!(told("", after), Tells::Contact, "{after}");
        }
        assert_eq!(told("開始", " 昼食済み"), Tells::Contact);
        assert_eq!(told("【休憩時の連絡】", " 体調良好"), Tells::Contact);
    }

    #[test]
    fn the_users_own_day_is_told_on_either_side() {
        let own = |before: &str, after: &str| is_of_own_day(before, after, &words().contacts);
        for (before, after) in [
            ("電話。起床は", "、朝食済み"),
            ("電話。", "に起床したと報告"),
            ("電話（本人", "起床）"),
        ] {
            assert!(own(before, after), "{before} {after}");
        }
        for (before, after) in [
            ("7時間睡眠\n", " 終了の電話"),
            ("", "服薬済み、体調良好"),
            ("電話。", "起床の連絡"),
            ("電話。", " 電話"),
        ] {
            assert!(!own(before, after), "{before} {after}");
        }
    }
}
