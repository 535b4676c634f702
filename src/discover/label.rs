//! How inputs and their files are named for people.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

/// A name for each input, with as many of its folders as it takes to tell it from the others.
pub(super) fn labels(inputs: &[PathBuf]) -> Vec<String> {
    let names: Vec<Vec<String>> = inputs
        .iter()
        .map(|input| {
            real(input)
                .components()
                .filter(|part| matches!(part, Component::Normal(_)))
                .map(|part| composed(part.as_os_str()))
                .collect()
        })
        .collect();
    let tail =
        |names: &[String], length: usize| names[names.len().saturating_sub(length)..].join("/");
    names
        .iter()
        .map(|own| {
            let is_unique = |length: &usize| {
                let others = names.iter().filter(|other| *other != own);
                let label = tail(own, *length);
                others
                    .into_iter()
                    .all(|other| tail(other, *length) != label)
            };
            let length = (1..=own.len()).find(is_unique).unwrap_or(own.len());
            tail(own, length)
        })
        .collect()
}

/// The path without links and dots, as far as it exists.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_path_buf())
}

/// A name in composed Unicode: drives of macOS keep が as か and a mark.
pub(super) fn composed(name: &OsStr) -> String {
    name.to_string_lossy().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_as_short_as_it_can_be() {
        let inputs = ["/九月/記録", "/十月/記録", "/名簿"].map(PathBuf::from);
        assert_eq!(labels(&inputs), ["九月/記録", "十月/記録", "名簿"]);
        assert_eq!(labels(&inputs[1..]), ["記録", "名簿"]);
        assert_eq!(labels(&[PathBuf::from("/")]), [""]);
    }
}
