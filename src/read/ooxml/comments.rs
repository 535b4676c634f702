//! Comments and notes (`comments*.xml`).

use super::strings::read_rich;
use crate::model::Cell;
use crate::read::limits::{Budget, COLS, ROWS};
use crate::read::xml::Xml;
use crate::read::{Comment, ReadError};

/// All comments that say something, by cell.
pub(super) fn read(text: &str, budget: &mut Budget) -> Result<Vec<Comment>, ReadError> {
    let mut comments = Vec::new();
    let mut xml = Xml::new(text);
    xml.root("comments")?;
    while let Some(list) = xml.child(1)? {
        if list.name() != "commentList" {
            continue;
        }
        while let Some(comment) = xml.child(2)? {
            let cell = comment
                .attribute("ref")
                .and_then(|name| Cell::parse(&name))
                .filter(|cell| cell.row < ROWS && cell.col < COLS);
            while let Some(tag) = xml.child(3)? {
                if tag.name() != "text" {
                    continue;
                }
                let text = read_rich(&mut xml)?.text;
                if let Some(cell) = cell.filter(|_| !text.trim().is_empty()) {
                    budget.object()?;
                    budget.text(text.len())?;
                    comments.push(Comment { cell, text });
                }
            }
        }
    }
    comments.sort_by_key(|comment| comment.cell);
    Ok(comments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::limits::Allowance;

    #[test]
    fn comments_are_kept_with_their_cell() {
        let comments = read(
            r#"<comments><authors><author>a</author></authors><commentList>
            <comment ref="D8" authorId="0"><text><r><rPr><b/></rPr><t xml:space="preserve">確認: </t></r><r><t>要</t></r></text></comment>
            <comment ref="A1" authorId="0"><text><t>先</t></text></comment>
            <comment ref="nowhere"><text><t>失</t></text></comment>
            <comment ref="B1"><text><t> </t></text></comment></commentList></comments>"#,
            &mut Budget::new(Allowance::Alone),
        )
        .unwrap();
        let seen: Vec<_> = comments
            .iter()
            .map(|c| (c.cell.to_string(), c.text.as_str()))
            .collect();
        assert_eq!(
            seen,
            [("A1".to_owned(), "先"), ("D8".to_owned(), "確認: 要")]
        );
    }
}
