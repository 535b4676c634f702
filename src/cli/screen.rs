//! What reaches standard output, standard error and the progress bar.
//!
//! A reader that goes away, as `head` does, ends the printing and nothing else.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Format, Manner};
use crate::model::{Lang, Wording};

/// The terminal of one run.
pub struct Screen {
    lang: Lang,
    /// Whether text for people goes to standard output.
    talkative: bool,
    colours: ColorChoice,
    bar: ProgressBar,
}

impl Screen {
    /// The terminal as the person wants it. JSON on standard output stands alone.
    pub fn new(manner: Manner, format: Format) -> Self {
        Self {
            lang: manner.lang,
            talkative: !manner.quiet && format == Format::Text,
            // NO_COLOR and whether it is a terminal are seen to by `Auto`.
            colours: if manner.no_color {
                ColorChoice::Never
            } else {
                ColorChoice::Auto
            },
            bar: match manner.quiet {
                true => ProgressBar::hidden(),
                false => ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()),
            },
        }
    }

    /// The language that messages are printed in.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// How wide the terminal is; `None` where standard output is none.
    pub fn columns(&self) -> Option<usize> {
        let (_, columns) = console::Term::stdout().size_checked()?;
        Some(usize::from(columns)).filter(|_| io::stdout().is_terminal())
    }

    /// Text for people, on standard output.
    pub fn say(&self, text: &str) {
        if self.talkative {
            self.print(AutoStream::new(io::stdout(), self.colours), text);
        }
    }

    /// What must be known whatever is asked for: on standard output with the
    /// rest, or on standard error where that is kept free.
    pub fn insist(&self, text: &str) {
        if self.talkative {
            self.say(text);
        } else {
            self.print(AutoStream::new(io::stderr(), self.colours), text);
        }
    }

    /// An error, on standard error.
    pub fn complain(&self, wording: &Wording) {
        let text = format!("{}\n", wording.say(self.lang));
        self.print(AutoStream::new(io::stderr(), self.colours), &text);
    }

    /// Shows that `offices` offices are to be worked on; on terminals only.
    pub fn begin(&self, offices: usize) {
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}") {
            self.bar.set_style(style);
        }
        self.bar.set_length(offices as u64);
        self.bar.tick();
    }

    /// One office is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// Takes the progress bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn print(&self, mut stream: impl Write, text: &str) {
        self.bar.suspend(|| {
            // Whoever closed the stream does not want the rest.
            let _ = stream
                .write_all(text.as_bytes())
                .and_then(|()| stream.flush());
        });
    }
}

/// Standard output for a document; goes on in silence once nobody reads it.
pub struct Document {
    out: io::BufWriter<io::Stdout>,
    closed: bool,
}

impl Document {
    /// Standard output.
    pub fn stdout() -> Self {
        Self {
            out: io::BufWriter::new(io::stdout()),
            closed: false,
        }
    }

    fn unless_closed<T>(
        &mut self,
        done: T,
        work: impl FnOnce(&mut io::BufWriter<io::Stdout>) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.closed {
            return Ok(done);
        }
        match work(&mut self.out) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(done)
            }
            outcome => outcome,
        }
    }
}

impl Write for Document {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), Write::flush)
    }
}
