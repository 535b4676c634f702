//! Why a notice's file was refused, where, and what to do.

use chrono::NaiveDate;
use thiserror::Error;

use crate::model::Wording;

/// A notice's file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.message().en)]
pub struct NoticeError {
    /// The file, as the caller named it.
    pub name: String,
    /// The line that is at fault, from one; `None` when it is the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: NoticeProblem,
}

/// What is wrong with a notice's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeProblem {
    /// The file could not be opened or is not UTF-8.
    Unreadable(String),
    /// Not TOML, or a value of the wrong kind; the reason as the TOML reader gives it.
    Malformed(String),
    /// A key that a notice does not have; the TOML reader's list of the keys there.
    UnknownKey(String),
    /// No `in_force_from`.
    NoInForceDate,
    /// A value that is not a calendar day.
    NotADay(String),
    /// The second lies before the first.
    DatesReversed(NaiveDate, NaiveDate),
    /// Two clauses of one number.
    ClauseTwice(String),
    /// A check of that name does not exist.
    UnknownCheck(String),
    /// A sentence names neither a check, nor self-inspection, nor a reason.
    Undecided(String),
    /// A sentence names checks and says that no check decides it.
    Contradictory(String),
    /// `[cited]` does not say which clause the check cites.
    NotCited(String),
    /// `[cited]` names a clause in which no sentence names the check.
    CitedElsewhere {
        /// The check.
        check: String,
        /// The clause that `[cited]` gives.
        clause: String,
    },
}

impl NoticeError {
    /// What is wrong and where.
    pub fn message(&self) -> Wording {
        let (ja, en) = self.problem.words();
        Wording::new(ja, en).in_file(&self.name, self.line)
    }

    /// What to do about it.
    pub fn hint(&self) -> Wording {
        use NoticeProblem as P;
        let (ja, en) = match &self.problem {
            P::Unreadable(_) => (
                "ファイルの場所と、文字コードがUTF-8であることを確かめてください。",
                "Check that the file is there and is UTF-8.",
            ),
            P::Malformed(_) => (
                "TOMLの書き方と値の種類を、kitakyushu.toml と見比べてください。",
                "Compare the TOML and the kinds of its values with kitakyushu.toml.",
            ),
            P::UnknownKey(_) => (
                "つづりを確かめるか、その行を消してください。",
                "Check its spelling, or delete the line.",
            ),
            P::NoInForceDate => (
                "適用日を in_force_from = 2025-05-01 のように書いてください。",
                "Write the first day in force, such as in_force_from = 2025-05-01.",
            ),
            P::NotADay(_) => (
                "日付は 2025-05-01 のように、実在する日を書いてください。",
                "Write a day that exists, such as 2025-05-01.",
            ),
            P::DatesReversed(..) => (
                "2つの日付の前後を確かめてください。",
                "Check which of the two days comes first.",
            ),
            P::ClauseTwice(_) => (
                "文は1つの条項の sentences にまとめてください。通知に同じ番号が2つあるときは、後のほうを 6(6)-2 のように書きます。",
                "Put the sentences into one clause. Where the notice itself uses a number twice, write the second as 6(6)-2.",
            ),
            P::UnknownCheck(_) => (
                "チェックの名前は「tenken rules」で一覧できます。",
                "`tenken rules` lists the checks.",
            ),
            P::Undecided(_) => (
                "checks、self_inspection = true、no_check = \"理由\" のいずれかを書いてください。",
                "Give it checks, self_inspection = true, or no_check = \"the reason\".",
            ),
            P::Contradictory(_) => (
                "checks と no_check のどちらかを消してください。",
                "Delete either checks or no_check.",
            ),
            P::NotCited(_) => (
                "[cited] に、チェックの名前 = \"条項の番号\" の行を足してください。",
                "Add a line to [cited]: the check = \"the clause's number\".",
            ),
            P::CitedElsewhere { .. } => (
                "その条項の文の checks に加えるか、[cited] の条項を直してください。",
                "Name the check in a sentence of that clause, or mend [cited].",
            ),
        };
        Wording::new(ja, en)
    }
}

impl NoticeProblem {
    fn words(&self) -> (String, String) {
        match self {
            Self::Unreadable(cause) => (
                format!("通知のファイルを読めません（{cause}）。"),
                format!("the notice cannot be read ({cause})."),
            ),
            Self::Malformed(cause) => (
                format!("通知のファイルの書き方に誤りがあります（{cause}）。"),
                format!("the notice is malformed ({cause})."),
            ),
            Self::UnknownKey(cause) => (
                format!("通知にない項目です（{cause}）。"),
                format!("a notice has no such key ({cause})."),
            ),
            Self::NoInForceDate => (
                "適用日（in_force_from）がありません。".to_owned(),
                "the first day in force (in_force_from) is missing.".to_owned(),
            ),
            Self::NotADay(text) => (
                format!("「{text}」は日付ではありません。"),
                format!("`{text}` is not a day."),
            ),
            Self::DatesReversed(first, second) => (
                format!("{second} が {first} より前になっています。"),
                format!("{second} lies before {first}."),
            ),
            Self::ClauseTwice(number) => (
                format!("条項「{number}」が2回あります。"),
                format!("clause `{number}` stands twice."),
            ),
            Self::UnknownCheck(check) => (
                format!("「{check}」というチェックはありません。"),
                format!("there is no check `{check}`."),
            ),
            Self::Undecided(text) => (
                format!("「{text}」を何で確かめるかが書かれていません。"),
                format!("nothing says what decides the sentence `{text}`."),
            ),
            Self::Contradictory(text) => (
                format!("「{text}」に checks と no_check の両方があります。"),
                format!("the sentence `{text}` has both checks and no_check."),
            ),
            Self::NotCited(check) => (
                format!("「{check}」の指摘に示す条項が [cited] にありません。"),
                format!("[cited] does not say which clause `{check}` cites."),
            ),
            Self::CitedElsewhere { check, clause } => (
                format!("条項「{clause}」には「{check}」を挙げる文がありません。"),
                format!("no sentence of clause `{clause}` names `{check}`."),
            ),
        }
    }
}
