//! A value that remembers where it came from.

use super::{Cell, Grounds, Wording};

/// One item of a form: what was written, what it means, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Field<T> {
    /// The text as a person sees it in the workbook; empty when blank.
    pub raw: String,
    /// What it means.
    pub content: Content<T>,
    /// The cell of the value, or of the empty box; `None` when the form has no such item.
    pub cell: Option<Cell>,
    /// Why a person should look at a value all the same; empty in the plain case.
    pub doubts: Vec<Doubt>,
    /// What the reading rests on.
    pub grounds: Grounds,
}

/// What an item of a form says.
#[derive(Debug, Clone, PartialEq)]
pub enum Content<T> {
    /// The form has no such item: its absence says nothing about the record.
    Absent,
    /// The item is there and nothing is written in it.
    Blank,
    /// Written and understood.
    Value(T),
    /// Written, and not understood.
    Unclear(Problem),
}

/// Why a written text could not be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The reason, for people.
    pub reason: Wording,
}

/// Why an understood value still wants a person's eye.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// 二重線・取消線: the text, or a part of it, is struck through.
    StruckThrough,
    /// The year was not written and was taken from the month of the form.
    YearFromContext,
    /// The weekday written beside the date is not that date's.
    WeekdayDiffers,
    /// More than one choice is ticked.
    SeveralChoices,
    /// The cell, row, column or sheet is hidden.
    Hidden,
    /// Several check boxes lie on one place.
    StackedBoxes,
    /// The text stands in a text box over the form, not in a cell.
    DrawnText,
    /// The number had lost its leading zeros and fits exactly one user.
    LostZero,
    /// The number is a slip away from the one that the user has on the other forms.
    NumberDiffers,
    /// The user was told by a part of the name, such as the family name.
    NameInPart,
    /// The user was told by the other forms of the workbook, or by its name.
    UserFromFile,
    /// 〃・同上: the value is that of the row above.
    Ditto,
}

impl Doubt {
    /// All of them, in order.
    pub const ALL: [Self; 12] = [
        Self::StruckThrough,
        Self::YearFromContext,
        Self::WeekdayDiffers,
        Self::SeveralChoices,
        Self::Hidden,
        Self::StackedBoxes,
        Self::DrawnText,
        Self::LostZero,
        Self::NumberDiffers,
        Self::NameInPart,
        Self::UserFromFile,
        Self::Ditto,
    ];

    /// The doubt in words.
    pub fn wording(self) -> Wording {
        let (ja, en) = match self {
            Self::StruckThrough => ("取消線があります", "struck through"),
            Self::YearFromContext => (
                "年の記載がなく、様式の月から補って読みました",
                "year taken from the month of the form",
            ),
            Self::WeekdayDiffers => (
                "書かれている曜日が日付と合いません",
                "the weekday written is not that of the date",
            ),
            Self::SeveralChoices => ("複数の選択肢に印があります", "several choices are marked"),
            Self::Hidden => ("非表示の欄の記載です", "in a hidden cell"),
            Self::StackedBoxes => (
                "チェックボックスが重なっています",
                "check boxes lie on each other",
            ),
            Self::DrawnText => (
                "セルではなく、上に置かれたテキストボックスの記載です",
                "in a text box over the form, not in a cell",
            ),
            Self::LostZero => (
                "先頭の0が失われていたため、他の様式の番号から補いました",
                "leading zeros restored from the other forms",
            ),
            Self::NumberDiffers => (
                "番号がほかの様式と違いますが、氏名から同じ利用者と読みました",
                "the number differs from the other forms; taken for the same user by the name",
            ),
            Self::NameInPart => (
                "氏名の一部から利用者を読み取りました",
                "the user was told by a part of the name",
            ),
            Self::UserFromFile => (
                "氏名と番号だけでは分からず、同じファイルの記載から利用者を読み取りました",
                "the user was told by what else the file says",
            ),
            Self::Ditto => (
                "上の行と同じという記載なので、上の行の値を読みました",
                "said to be as above, and read from the row above",
            ),
        };
        Wording::new(ja, en)
    }
}

impl<T> Field<T> {
    /// The item that the form does not have.
    pub fn absent() -> Self {
        Self {
            raw: String::new(),
            content: Content::Absent,
            cell: None,
            doubts: Vec::new(),
            grounds: Grounds::default(),
        }
    }

    /// The item that is there and empty.
    pub fn blank(cell: Option<Cell>) -> Self {
        Self {
            raw: String::new(),
            content: Content::Blank,
            cell,
            doubts: Vec::new(),
            grounds: Grounds::default(),
        }
    }

    /// A value with the text that it was read from.
    pub fn read(raw: impl Into<String>, value: T, cell: Option<Cell>) -> Self {
        Self {
            raw: raw.into(),
            content: Content::Value(value),
            cell,
            doubts: Vec::new(),
            grounds: Grounds::default(),
        }
    }

    /// A text that means nothing that the form asks for.
    pub fn unclear(raw: impl Into<String>, reason: Wording, cell: Option<Cell>) -> Self {
        Self {
            raw: raw.into(),
            content: Content::Unclear(Problem { reason }),
            cell,
            doubts: Vec::new(),
            grounds: Grounds::default(),
        }
    }

    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match &self.content {
            Content::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the form has the item and nothing is written in it.
    pub fn is_blank(&self) -> bool {
        matches!(self.content, Content::Blank)
    }

    /// Whether the form has no such item.
    pub fn is_absent(&self) -> bool {
        matches!(self.content, Content::Absent)
    }

    /// Whether something is written that was not understood.
    pub fn is_unclear(&self) -> bool {
        matches!(self.content, Content::Unclear(_))
    }
}

impl<T: Copy> Field<T> {
    /// The value by copy, where there is one.
    pub fn get(&self) -> Option<T> {
        self.value().copied()
    }
}

impl Field<String> {
    /// The text, or nothing.
    pub fn text(&self) -> Option<&str> {
        self.value().map(String::as_str)
    }
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self::absent()
    }
}
