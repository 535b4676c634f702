//! The recordings and pictures of a folder, by their names; none of them is opened.

use std::path::Path;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use super::{DiscoverError, composed};
use crate::model::Media;

/// Endings of sound, film and picture files, and of papers that are scanned.
const ENDINGS: [&str; 21] = [
    "mp4", "m4v", "mov", "avi", "mkv", "wmv", "webm", "mpg", "mpeg", "mp3", "m4a", "wav", "wma",
    "aac", "jpg", "jpeg", "png", "heic", "gif", "webp", "pdf",
];

/// The dated media files anywhere under `folder`, in order. Links are not followed, and what
/// cannot be looked into is passed over.
pub fn media(folder: &Path) -> Result<Vec<Media>, DiscoverError> {
    if !folder.is_dir() {
        return Err(DiscoverError::InputMissing(folder.to_owned()));
    }
    let entries = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let mut all: Vec<Media> = files
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).ok()?;
            let ending = path.extension()?.to_str()?.to_ascii_lowercase();
            let stem = path.file_stem()?.to_string_lossy().into_owned();
            let parts = path.components().map(|part| composed(part.as_os_str()));
            let day = ENDINGS.contains(&ending.as_str()).then(|| day(&stem))??;
            Some(Media {
                day,
                path: parts.collect::<Vec<String>>().join("/").into(),
            })
        })
        .collect();
    all.sort();
    Ok(all)
}

/// The first day in a name: `20260309`, `2026-03-09`, `2026年3月9日`, `R8.3.9` or `令和8年3月9日`.
fn day(name: &str) -> Option<NaiveDate> {
    let plain: Vec<char> = name.nfkc().filter(|c| !c.is_whitespace()).collect();
    let mut numbers: Vec<(usize, usize, u32)> = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        let length = plain
            .iter()
            .skip(at)
            .take_while(|c| c.is_ascii_digit())
            .count();
        if (1..=8).contains(&length) {
            let digits: String = plain.iter().skip(at).take(length).collect();
            numbers.extend(digits.parse().ok().map(|value| (at, length, value)));
        }
        at += length.max(1);
    }
    let written_whole = numbers.iter().filter(|(_, length, _)| *length == 8);
    let mut whole = written_whole.filter_map(|(_, _, value)| {
        let year = i32::try_from(value / 10_000).ok()?;
        NaiveDate::from_ymd_opt(year, value / 100 % 100, value % 100)
    });
    whole.next().or_else(|| {
        let mut threes = numbers.windows(3);
        threes.find_map(|three| {
            let [(at, length, year), (month_at, _, month), (day_at, _, day)] = *three else {
                return None;
            };
            let beside = month_at == at + length + 1 && day_at <= month_at + 3;
            let year = i32::try_from(year).ok()?;
            let before = plain.get(..at).unwrap_or_default();
            let is_reiwa = matches!(before, [.., 'R' | 'r'] | [.., '令', '和']);
            let year = match length {
                4 => year,
                1 | 2 if is_reiwa => year + 2018,
                _ => return None,
            };
            let date = NaiveDate::from_ymd_opt(year, month, day)?;
            beside.then_some(date)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_from_names() {
        let ninth = NaiveDate::from_ymd_opt(2026, 3, 9);
        for name in [
            "20260309",
            "白石_2026-03-09_朝礼",
            "2026年3月9日",
            "R8.3.9 訓練",
            "令和８年３月９日（2）",
            "IMG_20260309_101500",
        ] {
            assert_eq!(day(name), ninth, "{name}");
        }
        for name in ["訓練", "20261309", "3-9", "2026-03", "8.3.9", "123456789"] {
            assert_eq!(day(name), None, "{name}");
        }
    }

    #[test]
    fn only_media_with_a_day_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("白石みのり");
        std::fs::create_dir(&path).unwrap();
        for name in ["2026-03-09.MP4", "2026-03-09.xlsx", "訓練.jpg"] {
            std::fs::write(path.join(name), "").unwrap();
        }
        let found = media(folder.path()).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(&*found[0].path, "白石みのり/2026-03-09.MP4");
        assert!(media(&folder.path().join("ない")).is_err());
    }
}
