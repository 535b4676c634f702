//! Labels that are known on another kind of form only, and ask for the same here: 面談方法 of the
//! month's evaluation on the week's.
//!
//! Which kind a section is must be known before; it is not told by these labels.

use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::Label;
use crate::recognise::section::Section;
use crate::recognise::wording::vocabulary::Vocabulary;

/// Gives such labels what a word in them asks for on their section's kind, where that is what
/// they ask for elsewhere, as a guess.
pub fn mark(sections: &[Section], labels: &mut [Label], grid: &Grid, vocabulary: &Vocabulary) {
    for section in sections {
        let Some(kind) = section.kind else { continue };
        for label in labels.iter_mut().take(section.end).skip(section.first) {
            let is_open = label.item(kind).is_none() && label.heading.is_none();
            let text = &grid.block(label.block).text;
            let asked = vocabulary.guess(text, kind).filter(|_| is_open);
            let is_same = |(_, known): &(_, Item)| Some(*known) == asked;
            if let Some(item) = asked.filter(|_| label.meanings.iter().any(is_same)) {
                label.meanings.push((Some(kind), item));
                label.guessed = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::recognise::testing::told;
    use crate::recognise::{FormKind, Item};

    #[test]
    fn a_label_of_another_form_asks_for_the_same_here() {
        let week = |label: &str, value: &str| {
            let rows: [&[&str]; 6] = [
                &["週間評価"],
                &["評価日", "令和7年9月5日", label, value],
                &["対象期間", "9/1～9/5"],
                &["評価内容", "予定した作業を終えた。"],
                &["記録者", "野口"],
                &["確認者", "手嶋"],
            ];
            told(&rows, FormKind::Weekly, Item::Method)
        };
        assert_eq!(week("面談方法", "通所にて"), ["通所にて"]);
        assert!(week("面談場所", "第2相談室").is_empty());
    }
}
