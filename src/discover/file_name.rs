//! What a file's name alone says of it.

/// What may be a workbook, by its ending.
const CANDIDATES: [&str; 7] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv"];
/// Endings that tell of a workbook that is not there yet.
const UNFINISHED: [&str; 5] = ["icloud", "crdownload", "part", "partial", "download"];
/// Endings of copies that programs keep for themselves.
const BACKUPS: [&str; 4] = ["bak", "tmp", "xlk", "old"];
/// Endings of tables and archives that are not read.
const OTHERS: [&str; 9] = [
    "numbers", "gsheet", "xlt", "xltx", "xltm", "fods", "7z", "lzh", "rar",
];
/// Ending of archives that are looked into.
const ARCHIVE: &str = "zip";

/// Whether a file of that name is opened.
pub(super) fn is_candidate(name: &str) -> bool {
    ending(name).is_some_and(|(_, ending)| CANDIDATES.contains(&ending.as_str()))
}

/// Whether a file of that name is looked into for files.
pub(super) fn is_archive(name: &str) -> bool {
    ending(name).is_some_and(|(_, ending)| ending == ARCHIVE)
}

/// A name without the ending of an archive.
pub(super) fn without_ending(name: &str) -> &str {
    match ending(name) {
        Some((stem, ending)) if ending == ARCHIVE => stem,
        _ => name,
    }
}

/// Why a file is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PassedOver {
    /// Nobody would take it for a record.
    Silently,
    /// Key of the sentence that says why.
    Because(&'static str),
}

/// Whether a file of that name is passed over, whatever it holds.
pub(super) fn passed_over(name: &str) -> Option<PassedOver> {
    let because = |reason, wonders| {
        Some(match wonders {
            true => PassedOver::Because(reason),
            false => PassedOver::Silently,
        })
    };
    // Excel's lock files, and those of LibreOffice.
    if name.starts_with("~$") {
        return because("lock-file", is_candidate(name));
    }
    if let Some(locked) = name.strip_prefix(".~lock.") {
        return because("lock-file", is_candidate(locked.trim_end_matches('#')));
    }
    // What macOS keeps beside files on drives of others.
    if name.starts_with("._") {
        return Some(PassedOver::Silently);
    }
    let (stem, ending) = ending(name)?;
    if UNFINISHED.contains(&ending.as_str()) {
        return because("cloud-placeholder", is_candidate(stem) || is_archive(stem));
    }
    if name.starts_with('.') {
        return because("hidden-file", is_candidate(name) || is_archive(name));
    }
    if BACKUPS.contains(&ending.as_str()) {
        return because("backup", ending == "xlk" || is_candidate(stem));
    }
    if ending.ends_with('~') {
        return because("backup", is_candidate(name.trim_end_matches('~')));
    }
    OTHERS
        .contains(&ending.as_str())
        .then_some(PassedOver::Because("other-format"))
}

/// A name in front of its last point, and what follows it in lower case.
fn ending(name: &str) -> Option<(&str, String)> {
    let (stem, ending) = name.rsplit_once('.')?;
    Some((stem, ending.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_workbooks_are_candidates_in_any_case() {
        for name in ["a.xlsx", "記録.XLSM", "名簿 2025.9.csv", "b.Ods"] {
            assert!(is_candidate(name) && passed_over(name).is_none(), "{name}");
        }
        for name in ["a", "a.txt", "xlsx", "a.xlsx.pdf", "a.json"] {
            assert!(!is_candidate(name), "{name}");
        }
    }

    #[test]
    fn archives_are_known_by_their_ending() {
        assert!(is_archive("九月.ZIP") && !is_archive("zip") && !is_archive("a.zip.xlsx"));
        assert_eq!(without_ending("九月.ZIP"), "九月");
        assert_eq!(without_ending("第1.2版"), "第1.2版");
    }

    #[test]
    fn only_what_looks_like_a_workbook_is_worth_a_word() {
        let because = |key| Some(PassedOver::Because(key));
        for (name, expected) in [
            ("~$記録.xlsx", because("lock-file")),
            ("~$手紙.docx", Some(PassedOver::Silently)),
            ("記録.xlsx.crdownload", because("cloud-placeholder")),
            ("動画.mp4.part", Some(PassedOver::Silently)),
            ("記録.xlk", because("backup")),
            (".DS_Store", Some(PassedOver::Silently)),
            ("記録.7z", because("other-format")),
            ("記録.zip", None),
            ("記録.pdf", None),
        ] {
            assert_eq!(passed_over(name), expected, "{name}");
        }
    }
}
