//! Ovals drawn around a printed word, such as 在宅 in `通所　在宅　欠席`: which word is meant.
//!
//! Geometry, and where words part; what they mean is not asked here. An oval that is not
//! clearly around one word is told as lying on all that it touches, so that it is one answer
//! too many and not a guess.

use unicode_width::UnicodeWidthChar;

use crate::model::Cell;
use crate::read::{Align, Footprint, Shape, Sheet};

/// What is drawn around words.
const OVALS: [&str; 4] = ["ellipse", "roundRect", "donut", "flowChartConnector"];

/// How a circled word is told in a text.
const CIRCLE: char = '○';

/// Lengths below are in hundredths of the size of the letters, as those of [`Footprint`] are.
const LETTER: i32 = 100;
/// From one line to the next.
const LINE: i32 = 130;
/// Between the edge of a cell and its text.
const PADDING: i32 = 18;
/// An oval touches a word once it covers that many percent of it.
const TOUCHED: i64 = 25;
/// Choices are few, and short.
const MOST_WORDS: usize = 12;
const LONGEST_WORD: usize = 12;

/// What an oval says of the text under it.
#[derive(Debug, PartialEq, Eq)]
pub enum Circled {
    /// The text is one word, and the oval is around it.
    Whole,
    /// The text with a circle before each word that the oval is on.
    Words(String),
}

/// The footprint of a shape that is an oval without words of its own.
pub fn footprint(shape: &Shape) -> Option<&Footprint> {
    let is_oval = OVALS.contains(&shape.kind.as_str()) && shape.text.is_empty();
    shape.over.as_ref().filter(|_| is_oval)
}

/// The cell of the printed choice that a shape is drawn around.
pub fn circled_cell(sheet: &Sheet, shape: &Shape) -> Option<Cell> {
    let over = footprint(shape)?;
    let cell = over.range.first;
    let text = &sheet.cells.get(&cell)?.shown;
    circled(&[over], text).map(|_| cell)
}

/// What the ovals over the cell of `text` say; `None` where it offers no choice, or none of
/// them is on it.
pub fn circled(ovals: &[&Footprint], text: &str) -> Option<Circled> {
    let words = words(text);
    let is_choice = |word: &Word| {
        let word = word.of(text);
        word.chars().count() <= LONGEST_WORD && !word.contains(|c: char| c.is_numeric())
    };
    if words.is_empty() || words.len() > MOST_WORDS || !words.iter().all(is_choice) {
        return None;
    }
    let mut on = vec![false; words.len()];
    for oval in ovals {
        for (is_on, is_meant) in on.iter_mut().zip(meant(oval, text, &words)) {
            *is_on |= is_meant;
        }
    }
    if words.len() == 1 {
        return on.contains(&true).then_some(Circled::Whole);
    }
    let mut marked = text.to_owned();
    let meant = words.iter().zip(on).rev().filter(|(_, is_on)| *is_on);
    for (word, _) in meant {
        marked.insert(word.from, CIRCLE);
    }
    Some(Circled::Words(marked))
}

/// A printed word: where in the text it stands.
#[derive(Debug)]
struct Word {
    from: usize,
    to: usize,
    line: i32,
    /// From the start of its line.
    left: i32,
    right: i32,
}

impl Word {
    fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.from..self.to).unwrap_or_default()
    }
}

fn width(c: char) -> i32 {
    c.width().unwrap_or(0) as i32 * LETTER / 2
}

/// The words of a text, with white space and the signs that choices are parted by between them.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut line, mut at) = (0, 0);
    let mut is_open = false;
    for (from, c) in text.char_indices() {
        let parts = c.is_whitespace() || "・／/、，,|｜（）()".contains(c);
        if parts {
            is_open = false;
        } else if is_open && let Some(word) = words.last_mut() {
            word.to = from + c.len_utf8();
            word.right = at + width(c);
        } else {
            is_open = true;
            words.push(Word {
                from,
                to: from + c.len_utf8(),
                line,
                left: at,
                right: at + width(c),
            });
        }
        at += width(c);
        if c == '\n' {
            (line, at) = (line + 1, 0);
        }
    }
    words
}

/// For each word, whether the oval is on it: on one where that is clear, else on all that it
/// touches, or that it may be on.
fn meant(oval: &Footprint, text: &str, words: &[Word]) -> Vec<bool> {
    let lines: Vec<i32> = text
        .lines()
        .map(|line| line.chars().map(width).sum())
        .collect();
    let [width, height] = oval.size;
    let is_too_wide = lines.iter().any(|line| *line > width + width / 8);
    let top = begin(oval.down, height, lines.len() as i32 * LINE);
    let covered = |word: &Word| {
        let line = usize::try_from(word.line).ok().and_then(|at| lines.get(at));
        let line = line.copied().unwrap_or(0);
        let left = begin(oval.across, width, line);
        let place = |at: i32| match oval.across {
            Align::Spread if line > 0 => left + spread(at, line, width),
            _ => left + at,
        };
        let above = top + word.line * LINE;
        let across = common(
            (place(word.left), place(word.right)),
            (oval.edges[0], oval.edges[2]),
        );
        let down = common((above, above + LINE), (oval.edges[1], oval.edges[3]));
        across * down / 100
    };
    let touched: Vec<bool> = words.iter().map(|word| covered(word) >= TOUCHED).collect();
    // A text that does not fit is wrapped or shrunk: nobody knows where its words are.
    match !is_too_wide && touched.contains(&true) {
        true => touched,
        false => vec![true; words.len()],
    }
}

/// Where a text of that size begins in a cell of that size.
fn begin(align: Align, cell: i32, text: i32) -> i32 {
    match align {
        Align::Start | Align::Spread => PADDING,
        Align::Middle => (cell - text) / 2,
        Align::End => cell - text - PADDING,
    }
}

/// A place in a line whose letters are spread over the cell.
fn spread(at: i32, line: i32, cell: i32) -> i32 {
    let room = i64::from(cell - 2 * PADDING).max(0);
    i32::try_from(i64::from(at) * room / i64::from(line)).unwrap_or(i32::MAX)
}

/// How much of `part` lies within `whole`, in percent.
fn common(part: (i32, i32), whole: (i32, i32)) -> i64 {
    let length = i64::from(part.1) - i64::from(part.0);
    let shared = i64::from(part.1.min(whole.1)) - i64::from(part.0.max(whole.0));
    shared.max(0) * 100 / length.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CellRange;

    /// An oval over a cell of ten letters by three, from one place across to another.
    fn oval(left: i32, right: i32, across: Align) -> Footprint {
        Footprint {
            range: CellRange::parse("A1").unwrap(),
            size: [1_000, 300],
            edges: [left, 50, right, 250],
            across,
            down: Align::Middle,
        }
    }

    fn marked(oval: &Footprint, text: &str) -> String {
        match circled(&[oval], text) {
            Some(Circled::Words(text)) => text,
            Some(Circled::Whole) => "whole".to_owned(),
            None => "none".to_owned(),
        }
    }

    const DAY: &str = "通所　在宅　欠席";

    #[test]
    fn an_oval_around_a_word_chooses_it() {
        for (left, right, across, expected) in [
            (0, 230, Align::Start, "○通所　在宅　欠席"),
            (300, 530, Align::Start, "通所　○在宅　欠席"),
            (610, 840, Align::Start, "通所　在宅　○欠席"),
            // Eight letters in the middle of ten.
            (390, 610, Align::Middle, "通所　○在宅　欠席"),
            (480, 700, Align::End, "通所　○在宅　欠席"),
            (0, 260, Align::Spread, "○通所　在宅　欠席"),
            (380, 620, Align::Spread, "通所　○在宅　欠席"),
        ] {
            assert_eq!(marked(&oval(left, right, across), DAY), expected);
        }
        assert_eq!(
            marked(&oval(0, 220, Align::Start), "あり・なし"),
            "○あり・なし"
        );
    }

    #[test]
    fn one_that_is_on_two_words_or_on_none_chooses_none_alone() {
        let between = oval(120, 420, Align::Start);
        assert_eq!(marked(&between, DAY), "○通所　○在宅　欠席");
        let beside = oval(880, 990, Align::Start);
        assert_eq!(marked(&beside, DAY), "○通所　○在宅　○欠席");
        let wrapped = oval(300, 530, Align::Start);
        let long = "通所　　在宅　　欠席　　その他の利用";
        assert_eq!(
            marked(&wrapped, long),
            "○通所　　○在宅　　○欠席　　○その他の利用"
        );
    }

    #[test]
    fn lines_below_each_other_are_told_apart() {
        let tall = |top, bottom| Footprint {
            size: [300, 600],
            edges: [0, top, 250, bottom],
            ..oval(0, 0, Align::Start)
        };
        assert_eq!(
            marked(&tall(230, 370), "通所\n在宅\n欠席"),
            "通所\n○在宅\n欠席"
        );
        assert_eq!(
            marked(&tall(360, 500), "通所\n在宅\n欠席"),
            "通所\n在宅\n○欠席"
        );
    }

    #[test]
    fn one_word_is_circled_as_a_whole_and_a_date_is_no_choice() {
        assert_eq!(marked(&oval(0, 250, Align::Start), "在宅"), "whole");
        for text in [
            "９月　３日",
            "9:00　15:00",
            "",
            "利用者は予定どおりに作業を始めました",
        ] {
            assert_eq!(marked(&oval(0, 250, Align::Start), text), "none", "{text}");
        }
    }

    #[test]
    fn several_ovals_are_several_answers() {
        let [one, other] = [(0, 230), (610, 840)].map(|(from, to)| oval(from, to, Align::Start));
        let both = circled(&[&one, &other], DAY);
        assert_eq!(both, Some(Circled::Words("○通所　在宅　○欠席".to_owned())));
    }

    #[test]
    fn what_has_words_of_its_own_or_is_no_oval_circles_nothing() {
        let shape = |kind: &str, text: &str| Shape {
            anchor: CellRange::parse("A1").unwrap(),
            kind: kind.to_owned(),
            text: text.to_owned(),
            insets: [0; 4],
            over: Some(oval(0, 200, Align::Start)),
        };
        assert!(footprint(&shape("ellipse", "")).is_some());
        assert!(footprint(&shape("ellipse", "済")).is_none());
        assert!(footprint(&shape("rect", "")).is_none());
    }
}
