//! Help and usage errors in Japanese. English is what the definitions say themselves.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::LazyLock;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};
use serde::Deserialize;

use super::args::Cli;
use crate::model::Lang;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Help {
    about: String,
    usage_heading: String,
    commands_heading: String,
    arguments_heading: String,
    options_heading: String,
    /// By name of the command.
    commands: BTreeMap<String, String>,
    /// By name of the option or argument.
    args: BTreeMap<String, String>,
    errors: Errors,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Errors {
    invalid_value: String,
    valid_values: String,
    unknown_argument: String,
    unknown_command: String,
    perhaps: String,
    missing: String,
    conflict: String,
    no_value: String,
    other: String,
    hint: String,
}

const HELP_TOML: &str = include_str!("../../templates/wording/help.ja.toml");

// The file is part of the program; a test reads it.
static HELP: LazyLock<Help> = LazyLock::new(|| toml::from_str(HELP_TOML).unwrap_or_default());

/// The command line's definition with its help in `lang`.
pub fn command(lang: Lang) -> Command {
    let mut command = Cli::command();
    if lang == Lang::En {
        return command;
    }
    // Building adds --help to every command, so that it too can be put into Japanese.
    command.build();
    let names: Vec<_> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let mut command = in_japanese(command)
        .about(HELP.about.as_str())
        .subcommand_help_heading(HELP.commands_heading.as_str());
    for name in names {
        let about = HELP.commands.get(&name).cloned().unwrap_or_default();
        command = command.mut_subcommand(name, |sub| in_japanese(sub).about(about));
    }
    command
}

fn in_japanese(command: Command) -> Command {
    command
        .help_template(format!(
            "{{about}}\n\n{} {{usage}}\n\n{{all-args}}",
            HELP.usage_heading
        ))
        .mut_args(|arg| {
            let heading = match arg.is_positional() {
                true => &HELP.arguments_heading,
                false => &HELP.options_heading,
            };
            let text = help_of(&arg).unwrap_or_default().to_owned();
            arg.help(text).help_heading(heading.as_str())
        })
}

fn help_of(arg: &Arg) -> Option<&'static str> {
    HELP.args.get(arg.get_id().as_str()).map(String::as_str)
}

/// The language asked for, found before the rest is understood, so that a usage
/// error can be told in it.
pub fn lang_of(arguments: &[OsString]) -> Lang {
    let words: Vec<_> = arguments.iter().take_while(|word| *word != "--").collect();
    let apart = words.windows(2).any(|pair| pair == ["--lang", "en"]);
    let english = apart || words.iter().any(|word| *word == "--lang=en");
    if english { Lang::En } else { Lang::Ja }
}

/// A usage error in Japanese, with what to do.
pub fn usage_error(error: &clap::Error) -> String {
    let words = &HELP.errors;
    let told = |kind| error.get(kind).map(context_text).unwrap_or_default();
    let arg = told(ContextKind::InvalidArg);
    let value = told(ContextKind::InvalidValue);
    let mut lines = vec![match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => words.no_value.replace("{arg}", &arg),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => words
            .invalid_value
            .replace("{arg}", &arg)
            .replace("{value}", &value),
        ErrorKind::UnknownArgument => words.unknown_argument.replace("{arg}", &arg),
        ErrorKind::InvalidSubcommand => {
            let command = told(ContextKind::InvalidSubcommand);
            words.unknown_command.replace("{command}", &command)
        }
        ErrorKind::MissingRequiredArgument => words.missing.replace("{arg}", &arg),
        ErrorKind::ArgumentConflict => words
            .conflict
            .replace("{arg}", &arg)
            .replace("{other}", &told(ContextKind::PriorArg)),
        _ => words.other.clone(),
    }];
    let values = told(ContextKind::ValidValue);
    if !values.is_empty() {
        lines.push(words.valid_values.replace("{values}", &values));
    }
    for kind in [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ] {
        let suggestion = told(kind);
        if !suggestion.is_empty() {
            lines.push(words.perhaps.replace("{suggestion}", &suggestion));
        }
    }
    lines.push(words.hint.clone());
    lines.join("\n")
}

fn context_text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    fn told(line: &str) -> String {
        let error = command(Lang::Ja).try_get_matches_from(words(line));
        usage_error(&error.unwrap_err())
    }

    #[test]
    fn every_command_and_option_has_its_japanese_and_no_more() {
        let help: Help = toml::from_str(HELP_TOML).unwrap();
        let mut command = Cli::command();
        command.build();
        let mut commands = BTreeSet::new();
        let mut args = BTreeSet::new();
        for part in std::iter::once(&command).chain(command.get_subcommands()) {
            args.extend(part.get_arguments().map(|arg| arg.get_id().to_string()));
            commands.insert(part.get_name().to_owned());
        }
        commands.remove("tenken");
        assert_eq!(help.commands.into_keys().collect::<BTreeSet<_>>(), commands);
        assert_eq!(help.args.into_keys().collect::<BTreeSet<_>>(), args);
    }

    #[test]
    fn help_is_japanese_unless_english_is_asked_for() {
        let japanese = command(Lang::Ja).render_help().to_string();
        for word in ["使い方:", "コマンド:", "オプション:", "読み取りと点検だけ"]
        {
            assert!(japanese.contains(word), "{word}\n{japanese}");
        }
        for word in ["Usage:", "Options:", "Print help"] {
            assert!(!japanese.contains(word), "{word}\n{japanese}");
        }
        let english = command(Lang::En).render_help().to_string();
        assert!(english.contains("Read and check only") && !english.contains("点検"));
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        assert_eq!(lang_of(&words("tenken check x --lang en")), Lang::En);
        assert_eq!(lang_of(&words("tenken --lang=en chekc")), Lang::En);
        assert_eq!(lang_of(&words("tenken check x --lang ja")), Lang::Ja);
        assert_eq!(lang_of(&words("tenken check -- --lang en")), Lang::Ja);
    }

    #[test]
    fn usage_errors_say_what_and_what_to_do() {
        for (line, part) in [
            ("tenken chekc x", "「chekc」というコマンドはありません。"),
            ("tenken chekc x", "もしかして: check"),
            ("tenken check x --fromat json", "もしかして: --format"),
            ("tenken check x --format xml", "に「xml」は指定できません。"),
            ("tenken check x --format xml", "text, json"),
            (
                "tenken check x --as-of 2025-02-30",
                "に「2025-02-30」は指定できません。",
            ),
            ("tenken run x", "指定が足りません: --out <DIR>"),
            ("tenken check x --format", "の後に値を指定してください。"),
            ("tenken run x --out a --out b", "1回だけ"),
        ] {
            let text = told(line);
            assert!(text.contains(part), "{line}\n{text}");
            assert!(
                text.ends_with("「tenken --help」で表示できます。"),
                "{text}"
            );
        }
    }
}
