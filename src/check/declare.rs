//! What a check is, and how one is written down.

use std::borrow::Cow;

use super::{Context, Evidence, Report};
use crate::model::Lang;

/// One thing that a notice asks and that the records can show.
pub struct Check {
    /// Stable name, in kebab-case.
    pub name: &'static str,
    /// The doc comment that it is declared with.
    pub(super) doc: &'static str,
    /// The same in Japanese.
    pub ja: InJapanese,
    /// What must be there before it can decide anything.
    pub reads: &'static [Evidence],
    /// Looks at one office under one notice.
    pub(super) run: fn(&Context, &mut Report),
}

impl Check {
    /// What it is called, in one line: in English the first paragraph of its doc comment.
    pub fn title(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Ja => self.ja.title.into(),
            Lang::En => {
                let lines = self.doc.lines().map(str::trim);
                let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
                lines.join(" ").into()
            }
        }
    }

    /// What it finds, why a notice asks it and what to do, in English Markdown.
    pub fn markdown(&self) -> String {
        let lines = self.doc.lines();
        let plain = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
        plain.collect::<Vec<_>>().join("\n")
    }
}

/// A check explained in Japanese.
pub struct InJapanese {
    /// 見出し
    pub title: &'static str,
    /// 何を見るか
    pub what: &'static str,
    /// なぜ求められるか
    pub why: &'static str,
    /// どうすればよいか
    pub remedy: &'static str,
}

/// Declares a file's check: its doc comment becomes [`Check::markdown`], its `run` is called.
macro_rules! declare_check {
    (
        $(#[doc = $doc:literal])+
        $name:literal,
        reads: [$($evidence:ident),* $(,)?],
        title: $title:literal,
        what: $what:literal,
        why: $why:literal,
        remedy: $remedy:literal $(,)?
    ) => {
        $(#[doc = $doc])+
        pub(super) static CHECK: $crate::check::Check = $crate::check::Check {
            name: $name,
            doc: concat!($($doc, "\n"),+),
            ja: $crate::check::InJapanese {
                title: $title,
                what: $what,
                why: $why,
                remedy: $remedy,
            },
            reads: &[$($crate::check::Evidence::$evidence),*],
            run,
        };
    };
}
