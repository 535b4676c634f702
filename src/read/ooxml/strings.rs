//! Text of cells: shared and inline strings, rich text, without furigana.

use super::styles::is_struck;
use crate::read::ReadError;
use crate::read::limits::Budget;
use crate::read::xml::Xml;

/// A string as it is stored once and shown in any number of cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RichText {
    /// All runs joined.
    pub(super) text: String,
    /// Whether the runs say that all or a part of it is struck through; `None` leaves it to the
    /// cell's font.
    pub(super) struck: Option<bool>,
}

/// Reads `sharedStrings.xml`.
pub(super) fn read_shared(text: &str, budget: &mut Budget) -> Result<Vec<RichText>, ReadError> {
    let mut strings = Vec::new();
    let mut xml = Xml::new(text);
    xml.root("sst")?;
    while let Some(tag) = xml.child(1)? {
        if tag.name() == "si" {
            let string = read_rich(&mut xml)?;
            budget.string(&string.text)?;
            strings.push(string);
        }
    }
    Ok(strings)
}

/// Reads the `si`, `is` or comment `text` element that was opened last.
pub(super) fn read_rich(xml: &mut Xml<'_>) -> Result<RichText, ReadError> {
    let depth = xml.depth();
    let mut text = String::new();
    let mut runs = Vec::new();
    while let Some(tag) = xml.child(depth)? {
        match tag.name() {
            "t" => text.push_str(&xml.text()?),
            "r" => {
                let (run, struck) = read_run(xml)?;
                if !run.trim().is_empty() {
                    runs.push(struck);
                }
                text.push_str(&run);
            }
            // `rPh` is furigana.
            _ => {}
        }
    }
    Ok(RichText {
        text: unescape(&text),
        struck: struck_by_runs(runs.into_iter()),
    })
}

/// What the runs of a text, each of which shows something, say of it: `Some(true)` where one of
/// them is struck through, `None` where they leave it to the cell's font.
pub(super) fn struck_by_runs(runs: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let runs: Vec<Option<bool>> = runs.collect();
    if runs.contains(&Some(true)) {
        Some(true)
    } else {
        (!runs.is_empty() && runs.iter().all(Option::is_some)).then_some(false)
    }
}

fn read_run(xml: &mut Xml<'_>) -> Result<(String, Option<bool>), ReadError> {
    let depth = xml.depth();
    let mut text = String::new();
    let mut struck = None;
    while let Some(tag) = xml.child(depth)? {
        match tag.name() {
            "rPr" => struck = Some(is_struck(xml)?),
            "t" => text.push_str(&xml.text()?),
            _ => {}
        }
    }
    Ok((text, struck))
}

/// Resolves `_x000D_`, by which workbooks write what XML cannot hold, and leaves one kind of
/// line break.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains("_x") && !text.contains('\r') {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        result.push_str(before);
        let code = after.get(..4).filter(|_| after[4..].starts_with('_'));
        let c = code
            .filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match c {
            Some(c) => {
                result.push(c);
                rest = &after[5..];
            }
            None => {
                result.push_str("_x");
                rest = after;
            }
        }
    }
    result.push_str(rest);
    result.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::limits::Allowance;

    fn shared(items: &str) -> Vec<RichText> {
        read_shared(
            &format!("<sst>{items}</sst>"),
            &mut Budget::new(Allowance::Alone),
        )
        .unwrap()
    }

    #[test]
    fn furigana_is_no_part_of_the_text() {
        let strings = shared(
            r#"<si><t>山田</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh><phoneticPr fontId="1"/></si>
               <si><r><t xml:space="preserve">実 </t></r><r><t>施日</t></r></si><si/>"#,
        );
        let texts: Vec<_> = strings.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(texts, ["山田", "実 施日", ""]);
    }

    #[test]
    fn text_is_struck_when_one_of_its_runs_is() {
        let run = |properties: &str| format!("<r>{properties}<t>あ</t></r>");
        let blank = "<r><rPr><strike/></rPr><t xml:space=\"preserve\"> </t></r>";
        let (struck, plain) = ("<rPr><strike/></rPr>", "<rPr><b/></rPr>");
        for (runs, expected) in [
            (run(struck) + &run(struck), Some(true)),
            (run(struck) + &run(plain), Some(true)),
            (run(plain) + &run(plain), Some(false)),
            (run(plain) + blank, Some(false)),
            (run(""), None),
            (run("") + &run(struck), Some(true)),
            (run("") + &run(plain), None),
            ("<t>あ</t>".to_owned(), None),
        ] {
            assert_eq!(shared(&format!("<si>{runs}</si>"))[0].struck, expected);
        }
    }

    #[test]
    fn escapes_are_resolved_and_look_alikes_left() {
        assert_eq!(unescape("a_x000D_\nb_x0041_"), "a\nbA");
        for same in ["_x12_", "_xあいう_", "_x", "file_xlsx_old", "_x00ZZ_"] {
            assert_eq!(unescape(same), same);
        }
    }
}
