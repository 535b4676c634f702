//! Why a profile was refused, and where.

mod hint;

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
    /// There is no such file.
    Missing,
    /// A folder.
    Folder,
    /// The file could not be opened; the reason as the system gives it.
    Unreadable(String),
    /// More than a profile can come to.
    TooLong,
    /// An Excel workbook.
    Workbook,
    /// A text in another encoding than UTF-8.
    Encoding(&'static str),
    /// No text.
    NotText,
    /// A sign of full width outside quotes, and the one to write.
    FullWidth {
        /// As written.
        found: char,
        /// As TOML has it.
        half: char,
    },
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
    /// A cell that no worksheet has.
    BeyondExcel(String),
    /// A range that begins with its lower or right end.
    Reversed(String),
    /// A range of more cells than an item can have.
    TooWide(String),
    /// More columns of days than a month has days.
    TooManyDays(u32),
    /// Two items that cannot be in one place.
    SameCells([String; 2]),
    /// One item with the same place twice.
    SameTwice(String),
    /// What an item cannot be written as, with the item.
    NoContact(String),
    /// An item that another `[[form]]` of the kind reads from the same place of the same sheets.
    MappedTwice(String),
    /// One word for two items of a form.
    TwoMeanings {
        /// As written.
        word: String,
        /// The items.
        items: [String; 2],
    },
    /// A word whose meaning is known, with another one.
    KnownWord {
        /// As written.
        word: String,
        /// What it means.
        known: String,
    },
    /// Not ten digits.
    NotANumber,
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
    /// A `[[form]]` with `page` and none of `cells`, `columns` and `rows`.
    PageAlone,
    /// A `[[form]]` with more than one of `cells`, `columns` and `rows`.
    TwoShapes,
    /// `days` in another form than a listing.
    DaysElsewhere,
}

impl ProfileError {
    /// What is wrong and where.
    pub fn message(&self) -> Wording {
        let (ja, en) = self.problem.words();
        Wording::new(ja, en).in_file(&self.name, self.line)
    }
}

impl ProfileProblem {
    fn words(&self) -> (String, String) {
        let said = |ja: &str, en: &str| (ja.to_owned(), en.to_owned());
        match self {
            Self::Missing => said("プロファイルがありません。", "there is no such profile."),
            Self::Folder => said(
                "プロファイルとしてフォルダが指定されています。",
                "the profile is a folder.",
            ),
            Self::Unreadable(cause) => (
                format!("プロファイルを開けません（{cause}）。"),
                format!("the profile cannot be read ({cause})."),
            ),
            Self::TooLong => said("プロファイルが大きすぎます。", "the profile is too long."),
            Self::Workbook => said(
                "プロファイルとしてExcelのブックが指定されています。",
                "the profile is a workbook.",
            ),
            Self::Encoding(name) => (
                format!("プロファイルの文字コードが {name} です。UTF-8 で保存してください。"),
                format!("the profile is in {name}, not in UTF-8."),
            ),
            Self::NotText => said(
                "プロファイルが文字のファイルではありません。",
                "the profile is no text.",
            ),
            Self::FullWidth { found, .. } => (
                format!("全角の「{found}」があります。"),
                format!("there is a full-width {found}."),
            ),
            Self::BeyondExcel(text) => (
                format!("「{text}」というセルはExcelにありません。"),
                format!("no worksheet has `{text}`."),
            ),
            Self::Reversed(text) => (
                format!("範囲「{text}」の向きが逆です。"),
                format!("the range `{text}` is the wrong way round."),
            ),
            Self::TooWide(text) => (
                format!("範囲「{text}」が広すぎます。"),
                format!("the range `{text}` is too wide."),
            ),
            Self::TooManyDays(count) => (
                format!("days が{count}列あります。1か月の日数を超えています。"),
                format!("days has {count} columns, more than a month has days."),
            ),
            Self::SameCells([one, other]) => (
                format!("「{one}」と「{other}」に同じ場所が書かれています。"),
                format!("`{one}` and `{other}` have the same place."),
            ),
            Self::SameTwice(item) => (
                format!("「{item}」の番地に、同じ場所が2回書かれています。"),
                format!("`{item}` has the same place twice."),
            ),
            Self::NoContact(item) => (
                format!("「{item}」は time と text に分けて書けない項目です。"),
                format!("`{item}` is not written in time and text."),
            ),
            Self::PageAlone => said(
                "page だけでは、どのセルを読むかが分かりません。",
                "page alone reads nothing.",
            ),
            Self::MappedTwice(item) => (
                format!("同じシートの同じ場所の「{item}」が、ほかの [[form]] にも書かれています。"),
                format!("another [[form]] has `{item}` in the same place of the same sheets."),
            ),
            Self::TwoMeanings {
                word,
                items: [one, other],
            } => (
                format!("「{word}」が「{one}」と「{other}」の2つの項目に書かれています。"),
                format!("`{word}` stands for both `{one}` and `{other}`."),
            ),
            Self::KnownWord { word, known } => (
                format!("「{word}」の意味は {known} に決まっていて、変えられません。"),
                format!("`{word}` means {known}, which cannot be changed."),
            ),
            Self::NotANumber => said(
                "事業所番号に誤りがあります。",
                "the office number cannot be right.",
            ),
            Self::TwoShapes => said(
                "cells、columns、rows のうち2つ以上が書かれています。",
                "it has more than one of cells, columns and rows.",
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
