//! The text of a profile's file, within what a profile can come to.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use encoding_rs::SHIFT_JIS;

use super::ProfileProblem;

/// Bytes that a profile may have: some thousand times what an office writes.
pub const LONGEST: usize = 1 << 20;

/// What the file says.
pub fn text(path: &Path) -> Result<String, ProfileProblem> {
    let unreadable = |cause: std::io::Error| match cause.kind() {
        ErrorKind::NotFound => ProfileProblem::Missing,
        _ => ProfileProblem::Unreadable(cause.to_string()),
    };
    if path.is_dir() {
        return Err(ProfileProblem::Folder);
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // What has no end, such as a device, is read no further either.
    let most = LONGEST.saturating_add(1);
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let mut file = file.take(most);
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    let is_workbook = [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0"]
        .iter()
        .any(|head| bytes.starts_with(head));
    if is_workbook {
        return Err(ProfileProblem::Workbook);
    }
    if bytes.len() > LONGEST {
        return Err(ProfileProblem::TooLong);
    }
    String::from_utf8(bytes).map_err(|error| encoding(error.as_bytes()))
}

/// What is wrong with bytes that are not UTF-8.
fn encoding(bytes: &[u8]) -> ProfileProblem {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return ProfileProblem::Encoding("UTF-16");
    }
    let (text, _, is_broken) = SHIFT_JIS.decode(bytes);
    let is_text = !text.contains(|c: char| c.is_control() && !c.is_whitespace());
    match !is_broken && is_text {
        true => ProfileProblem::Encoding("Shift_JIS"),
        false => ProfileProblem::NotText,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: &[u8]) -> Result<String, ProfileProblem> {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("office.toml");
        std::fs::write(&path, bytes).unwrap();
        text(&path)
    }

    #[test]
    fn what_is_no_text_of_a_profile_is_told_apart() {
        let line = "[office]\nname = \"みなも\"\n";
        let (sjis, _, _) = SHIFT_JIS.encode(line);
        let utf16: Vec<u8> = [0xFEFF]
            .into_iter()
            .chain(line.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(problem(&sjis), Err(ProfileProblem::Encoding("Shift_JIS")));
        assert_eq!(problem(&utf16), Err(ProfileProblem::Encoding("UTF-16")));
        assert_eq!(problem(b"PK\x03\x04...."), Err(ProfileProblem::Workbook));
        assert_eq!(problem(&[0xFF, 0x00, 0x81]), Err(ProfileProblem::NotText));
        assert_eq!(
            problem(&vec![b'#'; LONGEST + 1]),
            Err(ProfileProblem::TooLong)
        );
        assert_eq!(problem(&vec![b'#'; LONGEST]).unwrap().len(), LONGEST);
        assert_eq!(problem(line.as_bytes()).unwrap(), line);
        let dir = tempfile::TempDir::new().unwrap();
        assert_eq!(text(dir.path()), Err(ProfileProblem::Folder));
        assert_eq!(
            text(&dir.path().join("x.toml")),
            Err(ProfileProblem::Missing)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_file_without_end_is_read_no_further_than_a_profile_can_go() {
        assert_eq!(text(Path::new("/dev/zero")), Err(ProfileProblem::TooLong));
    }
}
