//! What of the input was not read, and so may hold what speaks against a sentence.
//!
//! That nothing was found shows that a sentence is met only where all was read.

use crate::model::{FileName, Location, Office, Unreadable, Wording};

/// Why nothing can be called met; `None` where the whole input was read.
pub(super) fn unread(office: &Office) -> Option<Wording> {
    let files: Vec<(String, String)> = office.unreadable.iter().map(file).collect();
    let mut sheets: Vec<(String, String)> = office.unrecognised.iter().map(sheet).collect();
    sheets.dedup();
    let files = (!files.is_empty()).then(|| {
        let (count, (ja, en)) = (files.len(), listed(&files));
        Wording::new(
            format!("読み取れなかったファイルが{count}件あります（{ja}）。"),
            format!("{count} file(s) could not be read ({en})."),
        )
    });
    let sheets = (!sheets.is_empty()).then(|| {
        let (count, (ja, en)) = (sheets.len(), listed(&sheets));
        Wording::new(
            format!("読み取れなかった部分のあるシートが{count}枚あります（{ja}）。"),
            format!("{count} sheet(s) have a part that was not read ({en})."),
        )
    });
    let parts: Vec<Wording> = files.into_iter().chain(sheets).collect();
    if parts.is_empty() {
        return None;
    }
    let (ja, en): (Vec<String>, Vec<String>) = parts.into_iter().map(|w| (w.ja, w.en)).unzip();
    Some(Wording::new(
        format!("読み取れた記録に指摘はありませんが、{}", ja.concat()),
        format!("Nothing was found in what was read, but {}", en.join(" ")),
    ))
}

fn file(unread: &Unreadable) -> (String, String) {
    let name = base(&unread.file).to_owned();
    (name.clone(), name)
}

fn sheet(at: &Location) -> (String, String) {
    let file = base(&at.file);
    (
        format!("{file}「{}」", at.sheet),
        format!("{file} [{}]", at.sheet),
    )
}

/// The first few names, and how many more there are.
fn listed(names: &[(String, String)]) -> (String, String) {
    const NAMED: usize = 3;
    let named = names.iter().take(NAMED).cloned();
    let (ja, en): (Vec<String>, Vec<String>) = named.unzip();
    match names.len().saturating_sub(NAMED) {
        0 => (ja.join("、"), en.join(", ")),
        more => (
            format!("{}ほか{more}件", ja.join("、")),
            format!("{} and {more} more", en.join(", ")),
        ),
    }
}

fn base(file: &FileName) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}
