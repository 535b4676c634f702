//! Which of the printed methods is chosen: by check box, by a mark in a cell, or in words.

use super::numbered_choice::{self, Numbered};
use super::{choices, mark, method};
use crate::model::{Cell, Mark, Method};
use crate::recognise::{Entry, Word};
use crate::text::squash;

/// What the words of 支援方法 say.
#[derive(Debug, Default, PartialEq)]
pub struct Choice {
    /// The method; of several, the one in which staff see or hear most of the user.
    pub method: Option<Method>,
    /// The words after その他, where they are told apart.
    pub note: Option<String>,
    /// The chosen words as written.
    pub raw: String,
    /// Where the chosen words stand.
    pub cell: Option<Cell>,
    /// Where the note stands.
    pub note_cell: Option<Cell>,
    /// More than one method is chosen.
    pub several: bool,
    /// Something is written that is no method.
    pub unread: bool,
    /// There are boxes to tick, none is ticked, and その他 has its words all the same.
    pub unticked: bool,
}

/// One printed choice.
struct Offer {
    method: Method,
    other: bool,
    ticked: Option<bool>,
    note: Option<String>,
    raw: String,
    cell: Cell,
    note_cell: Cell,
}

/// Reads the choice of an item by its number or among its words.
pub fn choice(entry: &Entry) -> Choice {
    match numbered_choice::answer(&entry.label, &entry.words) {
        Some(Numbered { method, cell, raw }) => Choice {
            method,
            raw,
            cell: Some(cell),
            unread: method.is_none(),
            ..Choice::default()
        },
        None => choose(&entry.words),
    }
}

/// Reads the choice among the words of one item.
fn choose(words: &[Word]) -> Choice {
    let Offers {
        offers,
        marked,
        rest,
        unclear,
    } = offers(words);
    if unclear {
        let texts: Vec<&str> = words.iter().map(|w| w.text.trim()).collect();
        return Choice {
            unread: true,
            raw: texts.join(" ").trim().to_owned(),
            ..Choice::default()
        };
    }
    let ticked: Vec<&Offer> = offers.iter().filter(|o| o.ticked == Some(true)).collect();
    // その他（Zoom） is an answer where there is no box to tick.
    let noted: Vec<&Offer> = offers
        .iter()
        .filter(|o| o.other && o.note.is_some())
        .collect();
    if ticked.is_empty()
        && marked
        && let Some(other) = noted.first()
    {
        return Choice {
            unticked: true,
            raw: other.raw.clone(),
            cell: Some(other.cell),
            ..Choice::default()
        };
    }
    let chosen: Vec<&Offer> = if !ticked.is_empty() {
        ticked
    } else if !noted.is_empty() {
        noted
    } else if marked || offers.len() > 2 || offers.iter().any(|o| o.other && offers.len() > 1) {
        Vec::new()
    } else {
        offers.iter().collect()
    };
    let Some(best) = chosen.iter().min_by_key(|o| o.method) else {
        let raw = rest.clone().unwrap_or_default();
        return Choice {
            unread: rest.is_some() && offers.is_empty(),
            raw,
            ..Choice::default()
        };
    };
    let note = chosen
        .iter()
        .find(|o| o.note.is_some())
        .or(offers.iter().find(|o| o.other).as_ref())
        .copied();
    Choice {
        method: Some(best.method),
        note: note.and_then(|o| o.note.clone()),
        raw: chosen
            .iter()
            .map(|o| o.raw.as_str())
            .collect::<Vec<_>>()
            .join("・"),
        cell: Some(best.cell),
        note_cell: note.map(|o| o.note_cell),
        several: chosen.iter().any(|o| o.method != best.method),
        unread: false,
        unticked: false,
    }
}

/// 通所　在宅　欠席: which of the printed marks is chosen, `None` where none is.
/// `Some(None)` says that the user was absent.
pub fn usage(words: &[Word]) -> Option<Option<Mark>> {
    mark::chosen(&with_boxes(words))
}

/// Whether more than one of the printed marks is chosen.
pub fn is_usage_chosen_twice(words: &[Word]) -> bool {
    mark::is_chosen_twice(&with_boxes(words))
}

/// The words as one text, check boxes as the signs that are printed for them.
fn with_boxes(words: &[Word]) -> String {
    let pieces = words.iter().map(|word| match word.tick {
        Some(true) => "☑".to_owned(),
        Some(false) => "□".to_owned(),
        None => word.text.clone() + " ",
    });
    pieces.collect()
}

/// What the words offer to choose from.
struct Offers {
    offers: Vec<Offer>,
    /// Whether there is any mark or box.
    marked: bool,
    /// The last text that is no choice.
    rest: Option<String>,
    /// Whether a mark stands before several choices at once.
    unclear: bool,
}

fn offers(words: &[Word]) -> Offers {
    let mut offers: Vec<Offer> = Vec::new();
    let (mut pending, mut marked, mut rest): (Option<bool>, bool, Option<String>) =
        (None, false, None);
    let mut unclear = false;
    for word in words {
        if let Some(tick) = word.tick {
            pending = Some(pending.unwrap_or(false) || tick);
            marked = true;
            continue;
        }
        let text = squash(&word.text);
        if choices::is_tick(&text) {
            pending = Some(true);
            marked = true;
            continue;
        }
        // The choices of the next contact have boxes of their own.
        let is_choice = |choice: &choices::Choice<Method>| choice.ticked.is_some();
        if let Some(last) = offers.last_mut()
            && last.other
            && pending.is_none()
            && marked
            && !method::printed_in(&word.text).iter().any(is_choice)
        {
            // その他（　　） with its words in the next cell.
            let note = text.trim_matches(['(', ')']).to_owned();
            if !note.is_empty() {
                last.method = method::method(&note).unwrap_or(Method::Other);
                last.note = Some(note);
                last.note_cell = word.cell;
            }
            continue;
        }
        let found = method::printed_in(&word.text);
        if found.is_empty() && !text.is_empty() {
            rest = Some(word.text.clone());
        }
        let is_marked = found.iter().any(|choice| choice.ticked.is_some());
        if found.len() > 1 && pending == Some(true) && !is_marked {
            // Which of several words in one cell is meant cannot be told.
            unclear = true;
        }
        for (n, choice) in found.into_iter().enumerate() {
            marked |= choice.ticked.is_some();
            let ticked = choice.ticked.or(if n == 0 { pending.take() } else { None });
            let other = choice.value == Method::Other;
            let meant = choice
                .note
                .as_deref()
                .filter(|_| other)
                .and_then(method::method);
            offers.push(Offer {
                method: meant.unwrap_or(choice.value),
                other,
                ticked,
                note: choice.note,
                raw: word.text.trim().to_owned(),
                cell: word.cell,
                note_cell: word.cell,
            });
        }
    }
    Offers {
        offers,
        marked,
        rest,
        unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Stored;

    fn words(texts: &[&str]) -> Vec<Word> {
        let word = |(col, text): (usize, &&str)| Word {
            cell: Cell::new(0, col as u32),
            text: if text.starts_with('[') {
                String::new()
            } else {
                (*text).to_owned()
            },
            stored: (!text.starts_with('[')).then(|| Stored::Text((*text).to_owned())),
            tick: match *text {
                "[x]" => Some(true),
                "[ ]" => Some(false),
                _ => None,
            },
            ..Word::default()
        };
        texts.iter().enumerate().map(word).collect()
    }

    #[test]
    fn boxes_marks_and_words_choose() {
        let other = "その他（\u{3000}\u{3000}\u{3000}）";
        for (texts, method, note) in [
            (
                &["[ ]", "訪問", "[x]", "電話", "[ ]", other][..],
                Some(Method::Phone),
                None,
            ),
            (
                &["[ ]", "訪問", "[ ]", "電話", "[x]", "その他（Zoom）"],
                Some(Method::Video),
                Some("Zoom"),
            ),
            (&["訪問", "✓", "電話", other], Some(Method::Phone), None),
            (
                &["訪問", "電話", "✓", other, "（Zoom）"],
                Some(Method::Video),
                Some("Zoom"),
            ),
            (
                &["通所", "訪問", "✓", other, "電話"],
                Some(Method::Phone),
                Some("電話"),
            ),
            (&["[ ]", "訪問", "[ ]", "電話", "[ ]", other], None, None),
            (&["訪問", "電話", other], None, None),
            (&["電話"], Some(Method::Phone), None),
            (
                &["□訪問　☑電話　□その他（　　）"],
                Some(Method::Phone),
                None,
            ),
            (&[], None, None),
        ] {
            let choice = choose(&words(texts));
            assert_eq!(
                (choice.method, choice.note.as_deref()),
                (method, note),
                "{texts:?}"
            );
            assert!(!choice.several && !choice.unread, "{texts:?}");
        }
    }

    #[test]
    fn what_is_circled_or_ticked_is_how_the_day_was() {
        for (texts, mark) in [
            (&["通所　○在宅　欠席"][..], Some(Some(Mark::Home))),
            (&["通所", "[x]", "在宅", "欠席"], Some(Some(Mark::Home))),
            (&["[ ]", "通所", "[ ]", "在宅", "[x]", "欠席"], Some(None)),
            (&["在宅"], Some(Some(Mark::Home))),
            (&["通所　在宅　欠席"], None),
            (&["[ ]", "通所", "[ ]", "在宅"], None),
        ] {
            assert_eq!(usage(&words(texts)), mark, "{texts:?}");
            assert!(!is_usage_chosen_twice(&words(texts)), "{texts:?}");
        }
        for texts in [&["○通所　○在宅　欠席"][..], &["[x]", "通所", "[x]", "在宅"]]
        {
            assert_eq!(usage(&words(texts)), None, "{texts:?}");
            assert!(is_usage_chosen_twice(&words(texts)), "{texts:?}");
        }
    }

    #[test]
    fn the_choices_of_the_next_contact_are_no_words_for_another() {
        let chosen = "□電話　□訪問　☑その他（LINE）";
        let open = "□電話　□訪問　□その他（　　　）";
        let choice = choose(&words(&[chosen, open]));
        assert_eq!(choice.method, Some(Method::Chat));
        assert_eq!(choice.note.as_deref(), Some("LINE"));
        let split = choose(&words(&["□電話　□訪問　☑その他（", "LINE", "）"]));
        assert_eq!(split.note.as_deref(), Some("LINE"));
    }

    #[test]
    fn two_ticks_are_told_and_the_closer_one_counts() {
        let choice = choose(&words(&["[x]", "訪問", "[x]", "電話"]));
        assert_eq!(choice.method, Some(Method::Visit));
        assert!(choice.several && choice.raw == "訪問・電話");
    }

    #[test]
    fn a_mark_over_several_words_in_one_cell_chooses_none() {
        let choice = choose(&words(&["[x]", "訪問 ・ 電話 ・ メール"]));
        assert!(choice.unread && choice.method.is_none());
        assert_eq!(choice.raw, "訪問 ・ 電話 ・ メール");
        assert_eq!(
            usage(&words(&["通所", "[x]", "在宅"])),
            Some(Some(Mark::Home))
        );
    }

    #[test]
    fn words_behind_an_unticked_box_are_told_and_choose_nothing() {
        let other = "その他（Teams）";
        for texts in [
            &["□訪問　□電話　□その他（Teams）"][..],
            &["[ ]", "訪問", "[ ]", "電話", "[ ]", other],
        ] {
            let choice = choose(&words(texts));
            assert!(choice.unticked && choice.method.is_none(), "{texts:?}");
            assert!(choice.raw.contains("Teams"));
        }
        assert_eq!(
            choose(&words(&["訪問", "電話", other])).method,
            Some(Method::Video)
        );
        let printed = choose(&words(&["□訪問　□電話（携帯）　□その他（　　）"]));
        assert!(!printed.unticked && printed.method.is_none());
    }

    #[test]
    fn words_that_are_no_method_are_not_guessed() {
        let choice = choose(&words(&["いつもの通り"]));
        assert!(choice.unread && choice.method.is_none());
    }
}
