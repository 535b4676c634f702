//! How cells look: fonts, borders, colours.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use serde::Deserialize;

use super::fit::Letters;

/// The font of everything; free, made for legibility, and part of Windows.
pub(super) const FONT: &str = "BIZ UDPゴシック";
/// The same with figures of one width, for columns of dates and numbers.
const FIGURE_FONT: &str = "BIZ UDゴシック";

/// What a cell is on its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Look {
    /// The form's title.
    Title,
    /// The title of a section.
    Heading,
    /// The name of an item.
    Label,
    /// The heading of a column.
    Head,
    /// A short value.
    Line,
    /// A longer text.
    Text,
    /// A longer text under its caption.
    Body,
    /// The caption of the box below.
    Caption,
    /// The first of two values in one box.
    LeftEnd,
    /// What stands between two values.
    Joint,
    /// The second of two values, with more to its right.
    Middle,
    /// The second of two values.
    RightEnd,
    /// A remark at the right end of a box.
    Aside,
    /// A remark without a box.
    Note,
    /// Words without a box.
    Plain,
    /// A value on a line.
    Underlined,
    /// A text in a list.
    Cell,
    /// A date or number in a list.
    Figure,
    /// The heading of a column of dates or numbers.
    FigureHead,
}

/// The colour of a cell in question; the first is the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    /// 不適合
    Deficient,
    /// 要確認
    Review,
    /// A suggested change.
    Suggested,
}

impl Tone {
    fn color(self) -> Color {
        match self {
            Self::Deficient => Color::RGB(0x00F8_CBCB),
            Self::Review => Color::RGB(0x00FF_F2B3),
            Self::Suggested => Color::RGB(0x00D6_E8F7),
        }
    }
}

/// Everything that makes up a cell's format.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// What it is.
    pub look: Look,
    /// Its letters in points, where the look does not fix them.
    pub size: f64,
    /// Its colour.
    pub tone: Option<Tone>,
    /// 二重線・取消線
    pub struck: bool,
    /// How a number in it is shown; `None` for the general format.
    pub number_format: Option<&'static str>,
    /// Letters grow smaller rather than take another line.
    pub is_on_one_line: bool,
}

impl Style {
    /// A plain cell of that look.
    pub(super) fn new(look: Look, size: f64) -> Self {
        Self {
            look,
            size,
            tone: None,
            struck: false,
            number_format: None,
            is_on_one_line: false,
        }
    }

    /// The size of its letters in points.
    pub(super) fn points(&self) -> f64 {
        match self.look {
            Look::Title => 14.0,
            Look::Heading => 12.0,
            Look::Label => self.size - 1.0,
            Look::Caption | Look::Note | Look::Aside => self.size - 2.0,
            _ => self.size,
        }
    }

    /// What its letters take.
    pub(super) fn letters(&self) -> Letters {
        Letters {
            points: self.points(),
            narrow_em: if self.has_even_figures() { 0.5 } else { 0.76 },
            padding_px: if self.is_indented() { 20.0 } else { 9.0 },
        }
    }

    fn has_even_figures(&self) -> bool {
        matches!(self.look, Look::Figure | Look::FigureHead)
    }

    fn is_indented(&self) -> bool {
        matches!(self.look, Look::Line | Look::Text | Look::Body)
    }

    /// As the workbook's format.
    pub(super) fn format(&self) -> Format {
        let font = match self.has_even_figures() {
            true => FIGURE_FONT,
            false => FONT,
        };
        let mut format = Format::new()
            .set_font_name(font)
            .set_font_charset(128)
            .set_font_size(self.points())
            .set_align(self.across())
            .set_align(self.upright());
        format = match self.is_on_one_line {
            true => format.set_shrink(),
            false => format.set_text_wrap(),
        };
        if let Some(code) = self.number_format {
            format = format.set_num_format(code);
        }
        if matches!(self.look, Look::Title | Look::Heading) {
            format = format.set_bold();
        }
        if self.is_indented() {
            format = format.set_indent(1);
        }
        if matches!(self.look, Look::Head | Look::FigureHead) {
            format = format.set_background_color(Color::RGB(0x00EF_EFEF));
        }
        if let Some(tone) = self.tone {
            format = format.set_background_color(tone.color());
        }
        if self.struck {
            format = format.set_font_strikethrough();
        }
        self.with_borders(format)
    }

    fn across(&self) -> FormatAlign {
        match self.look {
            Look::Title
            | Look::Label
            | Look::Head
            | Look::LeftEnd
            | Look::Joint
            | Look::Middle
            | Look::RightEnd
            | Look::Underlined
            | Look::Figure
            | Look::FigureHead => FormatAlign::Center,
            Look::Aside | Look::Note => FormatAlign::Right,
            _ => FormatAlign::Left,
        }
    }

    fn upright(&self) -> FormatAlign {
        match self.look {
            Look::Body => FormatAlign::Top,
            _ => FormatAlign::VerticalCenter,
        }
    }

    fn with_borders(&self, format: Format) -> Format {
        const LINE: FormatBorder = FormatBorder::Thin;
        let flat = |f: Format| f.set_border_top(LINE).set_border_bottom(LINE);
        match self.look {
            Look::Title | Look::Heading | Look::Note | Look::Plain => format,
            Look::Underlined => format.set_border_bottom(LINE),
            Look::Joint | Look::Middle => flat(format),
            Look::LeftEnd => flat(format).set_border_left(LINE),
            Look::RightEnd | Look::Aside => flat(format).set_border_right(LINE),
            Look::Caption => format
                .set_border_top(LINE)
                .set_border_left(LINE)
                .set_border_right(LINE),
            Look::Body => format
                .set_border_bottom(LINE)
                .set_border_left(LINE)
                .set_border_right(LINE),
            Look::Label
            | Look::Head
            | Look::Line
            | Look::Text
            | Look::Cell
            | Look::Figure
            | Look::FigureHead => format.set_border(LINE),
        }
    }
}
