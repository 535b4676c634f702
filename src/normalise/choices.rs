//! Printed choices within one cell: `□訪問　☑電話　□その他（　　）`.
//!
//! Finds the words and the signs that answer them; knows nothing of what the words mean.

use crate::recognise::ticks;
use crate::text::folded;

/// One choice that a text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// What the word means.
    pub value: T,
    /// Whether a sign answers it; `None` where no sign stands at it.
    pub ticked: Option<bool>,
    /// What is written in the brackets behind it, as written.
    pub note: Option<String>,
}

/// The choices in `text`, in order. `vocabulary` gives each word, squashed and in small letters.
pub(super) fn choices<T: Copy>(text: &str, vocabulary: &[(String, T)]) -> Vec<Choice<T>> {
    let tokens = tokens(text, vocabulary);
    let is_word = |token: &Token<T>| matches!(token, Token::Word(_));
    let first_word = tokens.iter().position(is_word).unwrap_or(tokens.len());
    // Signs stand before their words, or after them, in one text.
    let signs_lead = tokens
        .iter()
        .take(first_word)
        .any(|token| matches!(token, Token::Sign { .. } | Token::EmptyBrackets));

    let mut found: Vec<Choice<T>> = Vec::new();
    let mut leading = None;
    let mut before_is_word = false;
    for token in tokens {
        let follows_word = std::mem::replace(&mut before_is_word, is_word(&token));
        match token {
            Token::Word(value) => found.push(Choice {
                value,
                ticked: leading.take(),
                note: None,
            }),
            Token::Sign { chosen, leads } if signs_lead || leads => leading = Some(chosen),
            Token::Sign { chosen, .. } => answer(found.last_mut(), chosen),
            // Behind a word, brackets are room for a note; elsewhere a box to tick.
            Token::EmptyBrackets if signs_lead && follows_word => {}
            Token::EmptyBrackets if signs_lead => leading = Some(false),
            Token::EmptyBrackets => {}
            Token::Note(note) => {
                if let Some(choice) = found.last_mut().filter(|choice| choice.note.is_none()) {
                    choice.note = Some(note);
                }
            }
        }
    }
    found
}

/// Whether the whole text is one sign that answers a choice, such as `✓` in a cell of its own.
pub(super) fn is_tick(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    chars.next().is_none() && first.is_some_and(|c| ticks().chooses(c))
}

/// The only choice that `text` makes: the one with a sign, else the one with a note, else the only word.
pub(super) fn single<T: Copy + PartialEq>(choices: &[Choice<T>]) -> Option<T> {
    let ticked = only(choices.iter().filter(|choice| choice.ticked == Some(true)));
    if ticked.is_some() || choices.iter().any(|choice| choice.ticked == Some(true)) {
        return ticked;
    }
    let signs = choices.iter().any(|choice| choice.ticked.is_some());
    let any = only(choices.iter()).filter(|_| !signs);
    any.or_else(|| only(choices.iter().filter(|choice| choice.note.is_some())))
}

enum Token<T> {
    Word(T),
    /// Chosen or left open; `leads` where it clearly belongs to the word behind it.
    Sign {
        chosen: bool,
        leads: bool,
    },
    EmptyBrackets,
    /// What brackets hold.
    Note(String),
}

fn answer<T>(choice: Option<&mut Choice<T>>, chosen: bool) {
    if let Some(choice) = choice {
        choice.ticked = Some(choice.ticked.unwrap_or(false) || chosen);
    }
}

fn only<'a, T: Copy + PartialEq + 'a>(
    mut choices: impl Iterator<Item = &'a Choice<T>>,
) -> Option<T> {
    let first = choices.next()?.value;
    choices.all(|choice| choice.value == first).then_some(first)
}

fn tokens<T: Copy>(text: &str, vocabulary: &[(String, T)]) -> Vec<Token<T>> {
    let signs = ticks();
    let chars: Vec<(usize, char)> = folded(text)
        .into_iter()
        .filter(|(_, c)| !c.is_whitespace())
        .collect();
    // Where a filled sign shows what was chosen, an empty circle is open.
    let circle_chosen = !chars.iter().any(|(_, c)| signs.chosen.contains(*c));
    let sign_of = |c: char| {
        if signs.chosen.contains(c) {
            Some(true)
        } else if signs.open.contains(c) {
            Some(false)
        } else {
            signs.circles.contains(c).then_some(circle_chosen)
        }
    };
    let place = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    // Whether no white space stands before the character.
    let joined = |i: usize| {
        let before = text.get(..place(i)).and_then(|t| t.chars().next_back());
        before.is_some_and(|c| !c.is_whitespace())
    };

    let mut tokens = Vec::new();
    let mut behind_word = false;
    let mut i = 0;
    while let Some(&(_, c)) = chars.get(i) {
        let word = word_at(&chars, i, vocabulary);
        let at_word = word.is_some();
        let sign = |chosen, length| Token::Sign {
            chosen,
            leads: (!behind_word || !joined(i))
                && joined(i + length)
                && word_at(&chars, i + length, vocabulary).is_some(),
        };
        if let Some((value, length)) = word {
            tokens.push(Token::Word(value));
            i += length;
        } else if let Some(chosen) = sign_of(c) {
            tokens.push(sign(chosen, 1));
            i += 1;
        } else if matches!(c, '(' | '[')
            && let Some(close) = closing(&chars, i)
            && let inner = &chars[i + 1..close]
            && (behind_word || inner.len() <= 1)
        {
            let ticked = match inner {
                [(_, c)] if signs.letters.contains(*c) && !(behind_word && joined(i)) => Some(true),
                [(_, c)] => sign_of(*c),
                _ => None,
            };
            tokens.push(match ticked {
                Some(chosen) => sign(chosen, close + 1 - i),
                None if inner.is_empty() => Token::EmptyBrackets,
                None => {
                    let note = text.get(place(i + 1)..place(close)).unwrap_or_default();
                    Token::Note(note.trim().to_owned())
                }
            });
            i = close + 1;
        } else {
            let next_is_word = || word_at(&chars, i + 1, vocabulary).is_some();
            if signs.letters.contains(c) && (behind_word || next_is_word()) {
                tokens.push(sign(true, 1));
            }
            i += 1;
        }
        behind_word = at_word;
    }
    tokens
}

/// The longest word that begins at `from`, and how many characters it has.
fn word_at<T: Copy>(
    chars: &[(usize, char)],
    from: usize,
    vocabulary: &[(String, T)],
) -> Option<(T, usize)> {
    vocabulary
        .iter()
        .filter_map(|(word, value)| {
            let mut length = 0;
            for c in word.chars() {
                if chars.get(from + length)?.1 != c {
                    return None;
                }
                length += 1;
            }
            Some((*value, length))
        })
        .max_by_key(|(_, length)| *length)
}

/// The bracket that closes the one at `open`; the text in it may hold no further one.
fn closing(chars: &[(usize, char)], open: usize) -> Option<usize> {
    let rest = chars.get(open + 1..)?;
    let inner = rest.iter().position(|(_, c)| "()[]".contains(*c))?;
    matches!(rest.get(inner), Some((_, ')' | ']'))).then_some(open + 1 + inner)
}
