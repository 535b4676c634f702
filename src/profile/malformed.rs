//! What the TOML reader says of a profile, as a problem that people can be told of.

use super::ProfileProblem;
use crate::text::nearest;

/// The problem that the reader's message is about.
pub fn problem(cause: &str) -> ProfileProblem {
    unknown_word(cause)
        .or_else(|| missing_key(cause))
        .or_else(|| wrong_value(cause))
        .or_else(|| {
            let is_said_twice = cause.starts_with("duplicate");
            is_said_twice.then_some(ProfileProblem::SaidTwice)
        })
        .unwrap_or_else(|| ProfileProblem::Malformed(cause.to_owned()))
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
    let rest = cause.strip_prefix("invalid type: ")?;
    let (_, expected) = rest.rsplit_once("expected ")?;
    // As people write it.
    let example = match expected {
        "a sequence" => "[\"…\"]",
        "a string" => "\"…\"",
        "a boolean" => "true",
        "i32" | "u32" => "5",
        _ => "{ … = \"…\" }",
    };
    Some(ProfileProblem::WrongValue(example))
}
