//! How an evaluation was made, in brackets behind its day: `10月31日 13:30～14:15（通所時）`, on a form
//! that has no box for it.

use super::fields::Entries;
use super::method;
use crate::recognise::{Entry, Word};

/// What stands in the only bracket of the boxes that names a method.
pub fn behind(boxes: &[Entries]) -> Option<Entry> {
    let entries = boxes.iter().copied().flatten().flatten();
    let words = entries.flat_map(|entry| &entry.words);
    let mut named = words.filter_map(|word| {
        let inner = in_brackets(&word.text)?;
        method::method(inner).map(|_| (word, inner))
    });
    let (word, inner) = named.next().filter(|_| named.next().is_none())?;
    let word = Word {
        text: inner.to_owned(),
        stored: None,
        ..word.clone()
    };
    Some(Entry::unlabelled(word.cell, vec![word]))
}

/// What a text has in the bracket that it ends in, a weekday aside.
fn in_brackets(text: &str) -> Option<&str> {
    const SHORTEST: usize = 2;
    let (_, inner) = text
        .trim()
        .strip_suffix(['）', ')'])?
        .rsplit_once(['（', '('])?;
    let inner = inner.trim();
    (inner.chars().count() >= SHORTEST).then_some(inner)
}

#[cfg(test)]
mod tests {
    use crate::model::Method;
    use crate::normalise::office;
    use crate::read::{Book, Sheet};
    use crate::recognise::{Vocabulary, recognise};

    /// The method of the only month on a sheet with this row for its day.
    fn told(day: &[&str]) -> Option<Method> {
        let rows: [&[&str]; 5] = [
            &["達成度評価シート（令和7年10月分）"],
            &["氏名", "森 健太"],
            day,
            &["訓練目標", "毎日続ける。"],
            &["課題", "疲れやすい。"],
        ];
        let book = Book {
            sheets: vec![Sheet::of_rows(&rows)],
            ..Book::default()
        };
        let found = recognise(&book, Vocabulary::builtin());
        let office = office("folder", &[found], Vec::new(), Vec::new());
        office.monthly[0].method.get()
    }

    #[test]
    fn a_method_may_stand_behind_the_day() {
        for day in [
            &[
                "面談日時",
                "令和7年10月31日",
                "13:30 から",
                "14:15 まで",
                "（通所時）",
            ][..],
            &["面談日時", "令和7年10月31日 13:30～14:15（通所）"],
            &["面談日", "令和7年10月31日（金）", "（来所）"],
        ] {
            assert_eq!(told(day), Some(Method::Attendance), "{day:?}");
        }
    }

    #[test]
    fn other_brackets_name_none_and_a_box_of_its_own_counts() {
        for day in [
            &["面談日時", "令和7年10月31日（金）"][..],
            &["面談日時", "令和7年10月31日 13:30～14:15（45分）"],
            &["面談日", "令和7年10月31日（通所）", "（訪問）"],
        ] {
            assert_eq!(told(day), None, "{day:?}");
        }
        let own = ["面談日", "令和7年10月31日（通所）", "方法", "訪問"];
        assert_eq!(told(&own), Some(Method::Visit));
    }
}
