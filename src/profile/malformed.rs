//! What the TOML reader says of a profile, as a problem that people can be told of.

use super::ProfileProblem;
use crate::text::nearest;

/// The problem that the reader's message is about; `line` is what is written there.
pub fn problem(cause: &str, line: &str) -> ProfileProblem {
    if let Some(problem) = unknown_word(cause).or_else(|| missing_key(cause)) {
        return problem;
    }
    // A duplicate and a value name their key before the sign.
    let key = line.split('=').next().unwrap_or_default().trim();
    let is_value = line.contains('=') && !cause.starts_with("duplicate");
    match key {
        "year" if is_value => return ProfileProblem::NotAYear,
        "first_row" | "header_row" if is_value => return ProfileProblem::NotARow,
        _ => {}
    }
    wrong_value(cause)
        .or_else(|| {
            let is_said_twice = cause.starts_with("duplicate");
            is_said_twice.then_some(ProfileProblem::SaidTwice)
        })
        .or_else(|| full_width(line))
        .unwrap_or_else(|| ProfileProblem::Malformed(cause.to_owned()))
}

/// A sign of full width where TOML has one of half width, the first one outside quotes.
fn full_width(line: &str) -> Option<ProfileProblem> {
    let mut is_quoted = false;
    for c in line.chars() {
        let half = match c {
            '"' => {
                is_quoted = !is_quoted;
                continue;
            }
            '#' if !is_quoted => return None,
            _ if is_quoted => continue,
            '“' | '”' | '„' | '＂' | '「' | '」' => '"',
            '＝' => '=',
            '［' | '【' => '[',
            '］' | '】' => ']',
            '｛' => '{',
            '｝' => '}',
            '、' | '，' => ',',
            '＃' => '#',
            '．' => '.',
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32)?,
            _ => continue,
        };
        return Some(ProfileProblem::FullWidth { found: c, half });
    }
    None
}

/// ``unknown field `suport`, expected one of `date`, `support` ``
fn unknown_word(cause: &str) -> Option<ProfileProblem> {
    let rest = cause
        .strip_prefix("unknown field ")
        .or_else(|| cause.strip_prefix("unknown variant "))?;
    let mut words = rest.split('`').skip(1).step_by(2).map(str::to_owned);
    let word = words.next()?;
    let known: Vec<String> = words.collect();
    let near = nearest(known.iter().map(String::as_str), &word);
    Some(ProfileProblem::UnknownWord {
        near: near.into_iter().map(str::to_owned).collect(),
        word,
        known,
    })
}

/// ``missing field `kind` ``
fn missing_key(cause: &str) -> Option<ProfileProblem> {
    let key = cause.strip_prefix("missing field ")?;
    Some(ProfileProblem::MissingKey(key.trim_matches('`').to_owned()))
}

/// `invalid type: string "x", expected a sequence`
fn wrong_value(cause: &str) -> Option<ProfileProblem> {
    let rest = cause
        .strip_prefix("invalid type: ")
        .or_else(|| cause.strip_prefix("invalid value: "))
        .or_else(|| cause.strip_prefix("wanted "))?;
    let expected = rest.rsplit_once("expected ").map_or(rest, |(_, what)| what);
    // As people write it.
    let example = match expected {
        "string or table" => "\"home\" (marks), \"video\" (methods)",
        "a sequence" => "[\"…\"]",
        "a string" => "\"…\"",
        "a place" => "\"C3\"",
        "a boolean" => "true",
        "i32" | "u32" => "5",
        _ => "{ … = \"…\" }",
    };
    Some(ProfileProblem::WrongValue(example))
}
