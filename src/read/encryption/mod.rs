//! Files that a password opens ([MS-OFFCRYPTO]).
//!
//! Only what Excel and LibreOffice write: AES for workbooks of 2007 and later, RC4 for `.xls`.
//! Nothing is ever encrypted, and no password is guessed beyond those given.

mod agile;
mod binary;
mod cipher;
#[cfg(test)]
#[path = "../../../tests/made/encrypted.rs"]
mod made;
mod standard;

use agile::Agile;
use binary::{Binary, file_pass};
use standard::Standard;

use super::ReadError;
use super::compound::{Compound, u16_at};
use super::passwords::Passwords;

/// Stream with the encrypted package.
pub(super) const PACKAGE: &str = "EncryptedPackage";
/// Stream that says how it is encrypted.
const INFO: &str = "EncryptionInfo";
/// Bytes of its version and flags.
const INFO_HEAD: usize = 8;
/// Bytes in front of the package that say how long it is.
const SIZE: usize = 8;
/// Bytes that encrypted packages are padded to at least.
const BLOCK: usize = 16;

/// The package inside of the compound file.
pub(super) fn package(file: &Compound<'_>, passwords: &Passwords) -> Result<Vec<u8>, ReadError> {
    let info = file.stream(INFO)?.ok_or(ReadError::Damaged)?;
    let mut package = file.stream(PACKAGE)?.ok_or(ReadError::Damaged)?;
    let Some(size) = package.first_chunk::<SIZE>().copied() else {
        return Err(ReadError::Damaged);
    };
    let size = usize::try_from(u64::from_le_bytes(size)).unwrap_or(usize::MAX);
    package.drain(..SIZE);
    if size > package.len() {
        return Err(ReadError::Damaged);
    }
    // The last sector may hold more than the last block.
    package.truncate(package.len() - package.len() % BLOCK);
    let rest = info.get(INFO_HEAD..).unwrap_or_default();
    let mut package = match (u16_at(&info, 0)?, u16_at(&info, 2)?) {
        (4, 4) => {
            let agile = Agile::read(rest)?.ok_or(ReadError::UnknownEncryption)?;
            let key = fitting(passwords, |password| agile.key(password))?;
            agile.decrypt(&key, package)?
        }
        (2..=4, 2) => {
            let standard = Standard::read(rest)?.ok_or(ReadError::UnknownEncryption)?;
            let key = fitting(passwords, |password| standard.key(password))?;
            standard::decrypt(&key, package)?
        }
        _ => return Err(ReadError::UnknownEncryption),
    };
    package.truncate(size);
    Ok(package)
}

/// The stream of an `.xls` workbook as it was before it was encrypted, if it was.
pub(super) fn workbook(stream: Vec<u8>, passwords: &Passwords) -> Result<Vec<u8>, ReadError> {
    let Some(data) = file_pass(&stream) else {
        return Ok(stream);
    };
    let binary = Binary::read(data)?.ok_or(ReadError::UnknownEncryption)?;
    fitting(passwords, |password| binary.key(password))?.decrypt(&stream)
}

/// The key of the first password that gives one.
fn fitting<K>(
    passwords: &Passwords,
    key: impl Fn(&str) -> Result<Option<K>, ReadError>,
) -> Result<K, ReadError> {
    for password in passwords.for_workbooks() {
        if let Some(key) = key(password)? {
            return Ok(key);
        }
    }
    Err(ReadError::not_opened_by(passwords))
}

#[cfg(test)]
mod tests {
    use super::made::{self, Binary, Streams};
    use super::*;
    use crate::read::testing::compound;

    const PASSWORD: &str = "ひみつ9";

    fn passwords(list: &[&str]) -> Passwords {
        list.iter().copied().collect()
    }

    fn opened(streams: &Streams, list: &[&str]) -> Result<Vec<u8>, ReadError> {
        let streams: Vec<_> = streams.iter().map(|(n, b)| (*n, b.as_slice())).collect();
        let bytes = compound(&streams);
        package(&Compound::open(&bytes).unwrap(), &passwords(list))
    }

    #[test]
    fn a_package_is_opened_by_the_password_that_fits_and_by_no_other() {
        // More than one segment, and no whole number of blocks.
        let plain: Vec<u8> = (0..9_001_u32).map(|i| (i % 251) as u8).collect();
        for streams in [
            made::agile(&plain, PASSWORD),
            made::standard(&plain, PASSWORD),
        ] {
            assert_eq!(opened(&streams, &["falsch", PASSWORD]).unwrap(), plain);
            assert_eq!(
                opened(&streams, &["falsch"]),
                Err(ReadError::NoPasswordFits)
            );
            assert_eq!(opened(&streams, &[]), Err(ReadError::PasswordProtected));
        }
        let unasked = made::agile(&plain, "VelvetSweatshop");
        assert_eq!(opened(&unasked, &[]).unwrap(), plain);
    }

    #[test]
    fn what_was_changed_or_is_unknown_is_told_and_does_no_harm() {
        let plain = [7; 5_000];
        let streams = made::agile(&plain, PASSWORD);
        let with_info = |from: &str, to: &str| {
            let info = String::from_utf8_lossy(&streams[0].1).replace(from, to);
            let streams = vec![("EncryptionInfo", info.into_bytes()), streams[1].clone()];
            opened(&streams, &[PASSWORD])
        };
        for (from, to, expected) in [
            ("SHA512", "WHIRLPOOL", ReadError::UnknownEncryption),
            ("\"AES\"", "\"RC2\"", ReadError::UnknownEncryption),
            ("\"1000\"", "\"4000000000\"", ReadError::TooLarge),
            ("</keyEncryptors>", "", ReadError::NoPasswordFits),
            ("saltValue=\"", "saltValue=\"!", ReadError::Damaged),
            ("<encryption", "<x", ReadError::Damaged),
        ] {
            let outcome = with_info(from, to);
            match expected {
                // The reading ends with the key; what follows it does not matter.
                ReadError::NoPasswordFits => assert_eq!(outcome.unwrap(), plain),
                expected => assert_eq!(outcome, Err(expected), "{from}"),
            }
        }
        let short = vec![streams[0].clone(), ("EncryptedPackage", vec![9; 5_000])];
        assert_eq!(opened(&short, &[PASSWORD]), Err(ReadError::Damaged));
        let no_info = vec![streams[1].clone()];
        assert_eq!(opened(&no_info, &[PASSWORD]), Err(ReadError::Damaged));
        for streams in [streams, made::standard(&plain, PASSWORD)] {
            let info = &streams[0].1;
            for at in (0..info.len()).step_by(23) {
                let mut changed = streams.clone();
                changed[0].1[at] ^= 0x41;
                // Some changes make the file ask for more turns: that is bounded, but slow.
                let text = String::from_utf8_lossy(&changed[0].1);
                if text.contains("spinCount=\"1000\"") || info[0] == 3 && at > 60 {
                    let _ = opened(&changed, &[]);
                }
                changed[0].1.truncate(at);
                let _ = opened(&changed, &[]);
            }
        }
    }

    /// `BOF`, `BOUNDSHEET` with the place of the sheet, a long record, `EOF`; then the sheet.
    fn stream() -> Vec<u8> {
        let record = |kind: u16, data: &[u8]| {
            [
                &kind.to_le_bytes()[..],
                &(data.len() as u16).to_le_bytes(),
                data,
            ]
            .concat()
        };
        let begin = record(0x0809, &[0, 6, 5, 0]);
        let long = record(0x00FC, &[3; 3_000]);
        let end = record(0x000A, &[]);
        let start = (begin.len() + 14 + long.len() + end.len()) as u32;
        let tab = [&start.to_le_bytes()[..], &[0, 0, 2, 0, b'a', b'b']].concat();
        let globals = [begin.clone(), record(0x0085, &tab), long, end.clone()].concat();
        assert_eq!(globals.len(), start as usize);
        [globals, begin, record(0x0203, &[5; 14]), end].concat()
    }

    #[test]
    fn an_xls_is_opened_by_the_password_that_fits_and_by_no_other() {
        let plain = stream();
        for way in [Binary::Old, Binary::CryptoApi(40), Binary::CryptoApi(128)] {
            let locked = made::workbook(&plain, PASSWORD, way);
            let opened = |list| workbook(locked.clone(), &passwords(list));
            let open = opened(&["falsch", PASSWORD]).unwrap();
            let pass = open.len() - plain.len();
            // Behind the record that says how, all is as it was but the place of the sheet.
            let behind = 8 + pass;
            assert_eq!(open[..8], plain[..8], "{way:?}");
            assert_eq!(open[behind + 8..], plain[16..], "{way:?}");
            assert_eq!(open[8..10], [0xFF, 0xFF]);
            assert_eq!(opened(&["falsch"]), Err(ReadError::NoPasswordFits));
            assert_eq!(opened(&[]), Err(ReadError::PasswordProtected));
        }
        assert_eq!(workbook(plain.clone(), &passwords(&[])), Ok(plain));
    }

    #[test]
    fn another_way_to_protect_an_xls_is_told() {
        for (pass, expected) in [
            // The obfuscation of Excel 95.
            (&[0, 0, 1, 2, 3, 4][..], ReadError::UnknownEncryption),
            (&[1, 0, 9, 0, 9, 0], ReadError::UnknownEncryption),
            (&[1, 0, 1, 0, 1, 0, 7], ReadError::Damaged),
            (
                &[1, 0, 2, 0, 2, 0, 0, 0, 0, 0, 255, 255, 255, 255],
                ReadError::Damaged,
            ),
            (&[], ReadError::Damaged),
        ] {
            let head = [0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x2F, 0, pass.len() as u8, 0];
            let locked = [&head, pass].concat();
            assert_eq!(
                workbook(locked, &passwords(&["a"])),
                Err(expected),
                "{pass:?}"
            );
        }
    }
}
