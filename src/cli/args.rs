//! What can be asked for on the command line.
//!
//! The doc comments here are the English help; the Japanese stands in
//! `templates/wording/help.ja.toml`, by the same names.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::model::Lang;

/// Checks home-support records of employment-support offices against their city's notice.
#[derive(Debug, Parser)]
#[command(
    name = "tenken",
    version,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to say it.
    #[command(flatten)]
    pub manner: Manner,
}

/// Options of every command.
#[derive(Debug, Clone, Copy, Args)]
pub struct Manner {
    /// Language of messages: ja or en
    #[arg(long, global = true, default_value = "ja", hide_default_value = true,
          hide_possible_values = true, value_parser = lang_parser())]
    pub lang: Lang,
    /// Print no colours
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Print nothing but errors and JSON
    #[arg(long, global = true)]
    pub quiet: bool,
    /// Print the version
    #[arg(long, short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read and check, and write corrected workbooks, reports and the evidence bundle
    Run(RunArgs),
    /// Read and check only; print the findings
    Check(CheckArgs),
    /// Write the records into clean reference forms 1 to 4
    Convert(WriteArgs),
    /// Write the printable evidence bundle only
    Bundle(WriteArgs),
    /// Show how workbooks were read, cell by cell, and what was left unread
    Inspect(InspectArgs),
    /// List the checks, or explain one with its clause
    Rules(RulesArgs),
    /// Write blank reference forms 1 to 4
    Forms(OutArgs),
    /// Compare an output folder with its manifest
    Verify(VerifyArgs),
}

impl Command {
    /// What goes to standard output.
    pub fn format(&self) -> Format {
        match self {
            Self::Run(run) => run.format.format,
            Self::Check(check) => check.format.format,
            Self::Inspect(inspect) => inspect.format.format,
            _ => Format::Text,
        }
    }
}

/// `tenken run`
#[derive(Debug, Args)]
pub struct RunArgs {
    /// What is read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Where to.
    #[command(flatten)]
    pub out: OutArgs,
    /// What goes to standard output.
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `tenken check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// What is read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// What goes to standard output.
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `tenken convert` and `tenken bundle`
#[derive(Debug, Args)]
pub struct WriteArgs {
    /// What is read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Where to.
    #[command(flatten)]
    pub out: OutArgs,
}

/// `tenken inspect`
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Folders or workbooks with the records
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<PathBuf>,
    /// How files are read.
    #[command(flatten)]
    pub files: FileArgs,
    /// Write a draft of a profile for these workbooks into a new file
    #[arg(long, value_name = "PATH")]
    pub write_profile: Option<PathBuf>,
    /// What goes to standard output.
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `tenken rules`
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// Name of a check, such as fewer-than-two-contacts
    pub check: Option<String>,
    /// By which notice.
    #[command(flatten)]
    pub notices: NoticeArgs,
}

/// `tenken verify`
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Output folder of an earlier run, or the manifest.json in it
    pub path: PathBuf,
}

/// What is read, and by which measure it is judged.
#[derive(Debug, Args)]
pub struct ReadingArgs {
    /// Folders or workbooks with the records
    #[arg(required = true, value_name = "IN")]
    pub inputs: Vec<PathBuf>,
    /// By which notice.
    #[command(flatten)]
    pub notices: NoticeArgs,
    /// How files are read.
    #[command(flatten)]
    pub files: FileArgs,
    /// The day that counts as today, as YYYY-MM-DD; today's date where it is left out
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
    /// Folder with the recordings and pictures that are kept, their days in their names
    #[arg(long, value_name = "DIR")]
    pub media: Option<PathBuf>,
    /// Take each input as one office, whatever lies under it
    #[arg(long)]
    pub office_per_input: bool,
    /// Number of offices to work on at the same time
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// By which notices.
#[derive(Debug, Args)]
pub struct NoticeArgs {
    /// Notice to check against: kitakyushu, hitachi or a TOML file; may be repeated
    #[arg(
        long = "notice",
        value_name = "NAME",
        default_value = "kitakyushu",
        hide_default_value = true
    )]
    pub notices: Vec<String>,
}

/// How files are read.
#[derive(Debug, Args)]
pub struct FileArgs {
    /// TOML file that says how the office's own layouts are read
    #[arg(long, value_name = "PATH")]
    pub profile: Option<PathBuf>,
    /// Text file with passwords to try on protected files, one a line
    #[arg(long, value_name = "PATH")]
    pub password_file: Option<PathBuf>,
}

/// Where outputs go.
#[derive(Debug, Args)]
pub struct OutArgs {
    /// Folder for the outputs; created where it is not there
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Replace what an earlier run wrote into the folder
    #[arg(long)]
    pub force: bool,
}

/// What goes to standard output.
#[derive(Debug, Clone, Copy, Args)]
pub struct FormatArgs {
    /// Print findings as text, or as JSON and nothing else: text or json
    #[arg(
        long,
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// `findings.json`
    Json,
}

fn lang_parser() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(["ja", "en"]).map(|name| match name.as_str() {
        "en" => Lang::En,
        _ => Lang::Ja,
    })
}
