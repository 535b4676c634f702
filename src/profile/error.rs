//! Why a profile was refused, where, and what to do.

use thiserror::Error;

use crate::model::Wording;

/// A profile that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.message().en)]
pub struct ProfileError {
    /// The file, as the caller named it.
    pub name: String,
    /// The line that is at fault, from one; `None` when it is the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: ProfileProblem,
}

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileProblem {
    /// The file could not be opened or is not UTF-8.
    Unreadable(String),
    /// Not TOML; the reason as the TOML reader gives it.
    Malformed(String),
    /// A word that a profile does not have there.
    UnknownWord {
        /// As written.
        word: String,
        /// The words that it may stand for.
        near: Vec<String>,
        /// All words that could stand there.
        known: Vec<String>,
    },
    /// What is no item of the kind of form.
    UnknownItem {
        /// As written.
        word: String,
        /// The items that it may stand for.
        near: Vec<String>,
        /// All items of the kind.
        known: Vec<String>,
    },
    /// A key that must be there.
    MissingKey(String),
    /// A value of the wrong kind, with the way to write one of the right kind.
    WrongValue(&'static str),
    /// The same key twice.
    SaidTwice,
    /// A wording, sign or pattern without a character.
    Empty,
    /// Not a cell or range such as `C3` or `C3:F8`.
    NotACell(String),
    /// Not a column or columns such as `C` or `F:AJ`.
    NotAColumn(String),
    /// Several boxes of an item that has one.
    SeveralBoxes(String),
    /// `only_if` with an item that is not mapped.
    NotMapped(String),
    /// A word that says nothing but a number: it is another one next month.
    NotPrinted,
    /// Days that do not begin with one of a month.
    NotADay(String),
    /// Rows are counted from 1, and the header stands above the first record.
    NotARow,
    /// Not a year of the records.
    NotAYear,
    /// An `[[ignore]]` without sheet, range and text.
    IgnoresAll,
    /// A `[[form]]` without sheet and words.
    FitsAll,
    /// A `[[form]]` needs `cells`, or `columns` with `first_row`, or `rows` with `first_column`.
    NoShape,
    /// `days` in another form than a listing.
    DaysElsewhere,
}

impl ProfileError {
    /// What is wrong and where.
    pub fn message(&self) -> Wording {
        let (ja, en) = self.problem.words();
        Wording::new(ja, en).in_file(&self.name, self.line)
    }

    /// What to do about it.
    pub fn hint(&self) -> Wording {
        use ProfileProblem as P;
        let (ja, en) = match &self.problem {
            P::UnknownWord { near, known, .. } | P::UnknownItem { near, known, .. } => {
                let (near_ja, near_en) = (near.join("、"), near.join(", "));
                return match (near.is_empty(), known.is_empty()) {
                    (false, _) => Wording::new(
                        format!("もしかして: {near_ja}"),
                        format!("Perhaps: {near_en}"),
                    ),
                    (true, false) => Wording::new(
                        format!("書けるのは次のとおりです: {}", known.join("、")),
                        format!("What can stand there: {}", known.join(", ")),
                    ),
                    (true, true) => Wording::new(
                        "つづりを確かめるか、その行を消してください。",
                        "Check its spelling, or delete the line.",
                    ),
                };
            }
            P::Unreadable(_) => (
                "ファイルの場所と、文字コードがUTF-8であることを確かめてください。",
                "Check that the file is there and is UTF-8.",
            ),
            P::Malformed(_) => (
                "かっこと引用符の閉じ忘れがないか、key = \"値\" の形になっているかを確かめてください。= の左の日本語や記号は \"◇\" のように引用符で囲みます。",
                "Check that brackets and quotes are closed and that it reads key = \"value\"; a key that is no plain ASCII word stands in quotes.",
            ),
            P::MissingKey(key) if key == "kind" => (
                "kind = \"daily\" のように、様式の種類を書いてください。",
                "Say which form it is, such as kind = \"daily\".",
            ),
            P::MissingKey(_) => ("その行を書き足してください。", "Add it."),
            P::WrongValue(example) => {
                return Wording::new(
                    format!("値は {example} の形で書いてください。"),
                    format!("Write the value as {example}."),
                );
            }
            P::SaidTwice => (
                "1つにまとめるか、どちらかの行を消してください。",
                "Put the two together, or delete one.",
            ),
            P::SeveralBoxes(_) => (
                "1つの値が並んだセルに分かれているときは \"C3:F3\" と範囲で書いてください。記録が複数あるときは repeat = true にするか、[[form]] を分けてください。",
                "Where one value is spread over cells, give a range such as \"C3:F3\". Where there are several records, use repeat = true or another [[form]].",
            ),
            P::NotMapped(_) => (
                "only_if には、cells、columns、rows のいずれかに書いた項目を指定してください。",
                "Give only_if an item that stands in cells, columns or rows.",
            ),
            P::NotPrinted => (
                "様式に印刷されている項目名を書いてください。",
                "Write the name of an item that is printed on the form.",
            ),
            P::NotADay(_) => (
                "1日から始まるときは \"C:AG\"、16日から始まるときは \"16=C:Q\" のように書いてください。",
                "Write \"C:AG\" where the 1st comes first, \"16=C:Q\" where the 16th does.",
            ),
            P::Empty => (
                "文字を書くか、その行を消してください。",
                "Write a text, or delete the line.",
            ),
            P::NotACell(_) => (
                "セルは \"C3\"、範囲は \"C3:F8\" のように書いてください。",
                "Write a cell as \"C3\", a range as \"C3:F8\".",
            ),
            P::NotAColumn(_) => (
                "列は \"C\"、複数の列は \"F:AJ\" のように書いてください。",
                "Write a column as \"C\", several as \"F:AJ\".",
            ),
            P::NotARow => (
                "行は1から数えます。最初の記録（first_row、first_column）は見出しより後にしてください。",
                "Rows are counted from 1; the first record (first_row, first_column) comes after the header.",
            ),
            P::NotAYear => (
                "西暦で year = 2025 のように書いてください。",
                "Write the western year, such as year = 2025.",
            ),
            P::IgnoresAll => (
                "sheet、range、text のいずれかを書いてください。",
                "Give it a sheet, a range or a text.",
            ),
            P::FitsAll => (
                "sheet = \"シート名\" か words = { A4 = \"そこにある項目名\" } を書いてください。シート名には * を使えます。",
                "Give it sheet = \"the sheet's name\", where * stands for any characters, or words = { A4 = \"a label there\" }.",
            ),
            P::NoShape => (
                "1枚に1件の様式は cells、1行に1件の表は columns と first_row、1列に1件の表は rows と first_column を書いてください。",
                "Give it cells where a record is a page, columns and first_row where it is a line, rows and first_column where it is a column.",
            ),
            P::DaysElsewhere => (
                "days は kind = \"listing\" の columns とともに使います。",
                "Use days with the columns of kind = \"listing\".",
            ),
        };
        Wording::new(ja, en)
    }
}

impl ProfileProblem {
    fn words(&self) -> (String, String) {
        let said = |ja: &str, en: &str| (ja.to_owned(), en.to_owned());
        match self {
            Self::Unreadable(cause) => (
                format!("プロファイルを読めません（{cause}）。"),
                format!("the profile cannot be read ({cause})."),
            ),
            Self::Malformed(cause) => (
                "プロファイルの書き方に誤りがあります。".to_owned(),
                format!("the profile is malformed ({cause})."),
            ),
            Self::MissingKey(key) => (
                format!("{key} が書かれていません。"),
                format!("`{key}` is missing."),
            ),
            Self::WrongValue(_) => said(
                "値の書き方に誤りがあります。",
                "the value is of the wrong kind.",
            ),
            Self::SaidTwice => said(
                "同じ名前が2回書かれています。",
                "the same name is written twice.",
            ),
            Self::SeveralBoxes(item) => (
                format!("「{item}」は1か所だけに書ける項目です。"),
                format!("`{item}` can stand in one place only."),
            ),
            Self::NotMapped(item) => (
                format!("「{item}」がどこにあるかが書かれていません。"),
                format!("it does not say where `{item}` stands."),
            ),
            Self::NotPrinted => said(
                "数字や記号だけの語は毎月変わるため、様式の目印になりません。",
                "a word of digits and signs changes from month to month.",
            ),
            Self::NotADay(text) => (
                format!("「{text}」は日の列ではありません。"),
                format!("`{text}` is not a range of days."),
            ),
            Self::UnknownWord { word, .. } => (
                format!("「{word}」という名前はここでは使えません。"),
                format!("`{word}` is not known here."),
            ),
            Self::UnknownItem { word, .. } => (
                format!("この様式に「{word}」という項目はありません。"),
                format!("this kind of form has no item `{word}`."),
            ),
            Self::Empty => said("文字がありません。", "there is no text."),
            Self::NotACell(text) => (
                format!("「{text}」はセルの番地ではありません。"),
                format!("`{text}` is not a cell or a range."),
            ),
            Self::NotAColumn(text) => (
                format!("「{text}」は列の名前ではありません。"),
                format!("`{text}` is not a column."),
            ),
            Self::NotARow => said(
                "行の番号に誤りがあります。",
                "the number of the row cannot be right.",
            ),
            Self::NotAYear => said("年に誤りがあります。", "the year cannot be right."),
            Self::IgnoresAll => said(
                "何を読み取らないかが書かれていません。",
                "it does not say what to leave out.",
            ),
            Self::FitsAll => said(
                "どのシートの様式かが書かれていません。",
                "it does not say which sheets it is for.",
            ),
            Self::NoShape => said(
                "項目がどこにあるかが書かれていません。",
                "it does not say where the items stand.",
            ),
            Self::DaysElsewhere => said(
                "days は実施一覧表（listing）にだけ使えます。",
                "days is for a listing only.",
            ),
        }
    }
}
