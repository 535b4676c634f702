//! The command line: what was asked for, done, told, and the exit status.

mod args;
mod help;
mod inspect;
mod rules;
mod screen;
mod work;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use self::args::{Cli, Command, OutArgs, RulesArgs, VerifyArgs};
use self::screen::Screen;
use self::work::Order;
use crate::check;
use crate::discover::DiscoverError;
use crate::emit::folder::{FolderError, OutputFolder};
use crate::emit::manifest::{ManifestError, Options, Run, verify};
use crate::emit::{terminal, workbook};
use crate::guard;
use crate::model::{Lang, Wording};
use crate::notice::NoticeError;
use crate::pipeline::Task;
use crate::profile::ProfileError;
use crate::read::PasswordFileError;

/// The outcome of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Nothing deficient.
    Clean = 0,
    /// Deficiencies found, or an output folder that is not as recorded.
    Deficient = 1,
    /// The command failed, or some input could not be read.
    Failed = 2,
}

/// Why a command came to nothing.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error(transparent)]
    Discover(#[from] DiscoverError),
    #[error(transparent)]
    Passwords(#[from] PasswordFileError),
    #[error(transparent)]
    Notice(#[from] NoticeError),
    #[error(transparent)]
    Profile(#[from] ProfileError),
    #[error("{path}: {1}", path = .0.display())]
    ProfileNotWritten(PathBuf, io::Error),
    #[error(transparent)]
    Workbook(#[from] workbook::EmitError),
    #[error("no check is called {0}")]
    NoSuchCheck(String, Vec<&'static str>),
    #[error("cannot start that many threads: {0}")]
    Threads(String),
    #[error(transparent)]
    Output(#[from] io::Error),
}

impl Failure {
    fn wording(&self) -> Wording {
        match self {
            Self::Folder(error) => error.wording(),
            Self::Manifest(error) => error.wording(),
            Self::Discover(error) => error.wording(),
            Self::Passwords(error) => error.wording(),
            Self::Notice(error) => {
                let (message, hint) = (error.message(), error.hint());
                Wording::new(
                    format!("{}\n{}", message.ja, hint.ja),
                    format!("{}\n{}", message.en, hint.en),
                )
            }
            Self::Profile(error) => {
                let (message, hint) = (error.message(), error.hint());
                Wording::new(
                    format!("{}\n{}", message.ja, hint.ja),
                    format!("{}\n{}", message.en, hint.en),
                )
            }
            Self::ProfileNotWritten(path, error)
                if error.kind() == io::ErrorKind::AlreadyExists =>
            {
                Wording::new(
                    format!(
                        "{} はすでにあります。別の名前を指定してください。",
                        path.display()
                    ),
                    format!("{} is there already. Give another name.", path.display()),
                )
            }
            Self::ProfileNotWritten(path, error) => Wording::new(
                format!("{} を作成できません（{error}）。", path.display()),
                format!("{} cannot be written ({error}).", path.display()),
            ),
            Self::Workbook(error) => Wording::new(
                format!("ブックを作成できません（{error}）。"),
                format!("The workbooks cannot be made ({error})."),
            ),
            Self::NoSuchCheck(name, near) if near.is_empty() => Wording::new(
                format!("「{name}」という点検項目はありません。「tenken rules」で一覧できます。"),
                format!("There is no check called {name}. `tenken rules` lists them."),
            ),
            Self::NoSuchCheck(name, near) => Wording::new(
                format!(
                    "「{name}」という点検項目はありません。もしかして: {}",
                    near.join("、")
                ),
                format!(
                    "There is no check called {name}. Perhaps: {}",
                    near.join(", ")
                ),
            ),
            Self::Threads(error) => Wording::new(
                format!("処理を始められません（{error}）。--jobs の数を減らしてください。"),
                format!("Cannot start the work ({error}). Give --jobs a smaller number."),
            ),
            Self::Output(error) => Wording::new(
                format!("結果を書き出せません（{error}）。"),
                format!("The outcome cannot be written ({error})."),
            ),
        }
    }
}

/// Does what the command line asks for.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    guard::install();
    let arguments: Vec<_> = arguments.into_iter().collect();
    let lang = help::lang_of(&arguments);
    let parsed = help::command(lang)
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return misused(&error, lang),
    };
    let screen = Screen::new(cli.manner, cli.command.format());
    let outcome = guard::attempt(|| dispatch(cli.command, &screen));
    let wording = match outcome {
        Ok(Ok(status)) => return ExitCode::from(status as u8),
        Ok(Err(failure)) => failure.wording(),
        Err(crash) => crash.wording(),
    };
    screen.complain(&wording);
    ExitCode::from(Status::Failed as u8)
}

/// Help and version were asked for, or the command line makes no sense.
fn misused(error: &clap::Error, lang: Lang) -> ExitCode {
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if is_help || lang == Lang::En {
        // A closed terminal is nobody's loss.
        let _ = error.print();
    } else {
        use io::Write;
        let _ = writeln!(io::stderr(), "{}", help::usage_error(error));
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Status::Failed as u8))
}

fn dispatch(command: Command, screen: &Screen) -> Result<Status, Failure> {
    let format = command.format();
    let (task, reading, out) = match command {
        Command::Run(run) => (Task::Run, run.reading, Some(run.out)),
        Command::Check(check) => (Task::Check, check.reading, None),
        Command::Convert(write) => (Task::Convert, write.reading, Some(write.out)),
        Command::Bundle(write) => (Task::Bundle, write.reading, Some(write.out)),
        Command::Inspect(asked) => return inspect::tell(&asked, screen),
        Command::Rules(asked) => return tell_rules(&asked, screen),
        Command::Forms(out) => return write_forms(&out, screen),
        Command::Verify(asked) => return tell_whether_as_recorded(&asked, screen),
    };
    let order = Order {
        task,
        reading,
        out,
        format,
    };
    work::work(&order, screen)
}

fn tell_rules(asked: &RulesArgs, screen: &Screen) -> Result<Status, Failure> {
    let notices = work::notices(&asked.notices)?;
    let text = match &asked.check {
        None => rules::list(check::CHECKS, &notices, screen.lang()),
        Some(name) => {
            let check = check::by_name(name).ok_or_else(|| {
                Failure::NoSuchCheck(name.clone(), rules::nearest(check::CHECKS, name))
            })?;
            rules::explain(check, &notices, screen.lang())
        }
    };
    screen.say(&text);
    Ok(Status::Clean)
}

fn write_forms(out: &OutArgs, screen: &Screen) -> Result<Status, Failure> {
    let mut folder = OutputFolder::open(&out.out, &[], out.force)?;
    for file in workbook::blank_forms()? {
        folder.write("", &file.name, &file.bytes)?;
    }
    let run = Run {
        command: "forms".to_owned(),
        as_of: None,
        options: Options {
            notices: Vec::new(),
            lang: screen.lang(),
            office_per_input: false,
        },
    };
    let manifest = folder.commit(run, Vec::new())?;
    work::written(&manifest, &out.out, screen);
    Ok(Status::Clean)
}

fn tell_whether_as_recorded(asked: &VerifyArgs, screen: &Screen) -> Result<Status, Failure> {
    let result = verify(&asked.path)?;
    screen.say(&terminal::verification(&result, screen.lang()));
    Ok(match result.is_as_recorded() {
        true => Status::Clean,
        false => Status::Deficient,
    })
}
