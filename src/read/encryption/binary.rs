//! Encryption of `.xls` workbooks: RC4 with a key for every 1,024 bytes of the stream
//! ([MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.5 and 2.3.6).

use md5::Md5;
use rc4::{KeyInit, Rc4, StreamCipher};

use super::cipher::{Hash, digest, utf_16};
use crate::read::ReadError;
use crate::read::compound::{u16_at, u32_at};

/// Bytes of the stream that share a key.
const BLOCK: usize = 1_024;

/// Kinds of record whose content stays readable, as [MS-XLS] 2.2.10 lists them: `BOF`,
/// `FILEPASS`, `INTERFACEHDR`, `RRDINFO`, `RRDHEAD`, `USREXCL` and `FILELOCK`.
const READABLE: [u16; 7] = [0x0809, 0x002F, 0x00E1, 0x0196, 0x0138, 0x0194, 0x0195];
/// `FILEPASS`
const FILE_PASS: u16 = 0x002F;
/// `BOUNDSHEET`, whose first bytes, a place in the stream, stay readable.
const BOUND_SHEET: u16 = 0x0085;
/// Bytes of that place.
const PLACE: usize = 4;
/// `EOF`
const EOF: u16 = 0x000A;

/// The `FILEPASS` record of the workbook; `None` when nothing is encrypted.
pub(super) fn file_pass(stream: &[u8]) -> Option<&[u8]> {
    records(stream)
        .map(|(kind, at, length)| (kind, &stream[at..at + length]))
        .take_while(|(kind, _)| *kind != EOF)
        .find(|(kind, _)| *kind == FILE_PASS)
        .map(|(_, data)| data)
}

/// What the workbook says of its encryption.
pub(super) struct Binary<'a> {
    /// Hash and bytes of the key; without them the older way with MD5.
    crypto_api: Option<usize>,
    salt: &'a [u8],
    verifier: &'a [u8],
    verifier_hash: &'a [u8],
}

/// What a password gives before the number of the block is mixed in.
pub(super) struct BinaryKey {
    crypto_api: Option<usize>,
    hash: Vec<u8>,
}

impl<'a> Binary<'a> {
    /// `data` is the content of `FILEPASS`. `None` for other ways to encrypt.
    pub(super) fn read(data: &'a [u8]) -> Result<Option<Self>, ReadError> {
        let (major, minor) = match u16_at(data, 0)? {
            1 => (u16_at(data, 2)?, u16_at(data, 4)?),
            _ => return Ok(None),
        };
        match (major, minor) {
            (1, 1) => Ok(Some(Self {
                crypto_api: None,
                salt: part(data, 6, 16)?,
                verifier: part(data, 22, 16)?,
                verifier_hash: part(data, 38, 16)?,
            })),
            (2..=4, 2) => {
                let size = u32_at(data, 10)? as usize;
                let header = part(data, 14, size)?;
                let key_bits = match u32_at(header, 16)? {
                    0 => 40,
                    bits @ 40..=128 => bits,
                    _ => return Ok(None),
                };
                let verifier = data.get(14 + size..).unwrap_or_default();
                Ok(Some(Self {
                    crypto_api: Some(key_bits as usize / 8),
                    salt: part(verifier, 4, 16)?,
                    verifier: part(verifier, 20, 16)?,
                    verifier_hash: part(verifier, 40, 20)?,
                }))
            }
            _ => Ok(None),
        }
    }

    /// The key; `None` when the password is the wrong one.
    pub(super) fn key(&self, password: &str) -> Result<Option<BinaryKey>, ReadError> {
        let password = utf_16(password);
        let key = BinaryKey {
            crypto_api: self.crypto_api,
            hash: match self.crypto_api {
                Some(_) => Hash::Sha1.of(&[self.salt, &password]),
                None => {
                    let mut start = digest::<Md5>(&[&password]);
                    start.truncate(5);
                    let both = [&start, self.salt].concat().repeat(16);
                    let mut hash = digest::<Md5>(&[&both]);
                    hash.truncate(5);
                    hash
                }
            },
        };
        let mut rc4 = key.of_block(0)?;
        let mut verifier = self.verifier.to_vec();
        rc4.apply_keystream(&mut verifier);
        let mut expected = self.verifier_hash.to_vec();
        rc4.apply_keystream(&mut expected);
        let hash = match self.crypto_api {
            Some(_) => Hash::Sha1.of(&[&verifier]),
            None => digest::<Md5>(&[&verifier]),
        };
        Ok((hash == expected).then_some(key))
    }
}

impl BinaryKey {
    fn of_block(&self, number: u32) -> Result<Rc4, ReadError> {
        let number = number.to_le_bytes();
        let key = match self.crypto_api {
            None => digest::<Md5>(&[&self.hash, &number]),
            Some(length) => {
                let mut key = Hash::Sha1.of(&[&self.hash, &number]);
                key.truncate(length);
                // A key of 40 bits is filled up with zeros.
                if length == 5 {
                    key.resize(16, 0);
                }
                key
            }
        };
        Rc4::new_from_slice(&key).map_err(|_| ReadError::Damaged)
    }

    /// The workbook stream, with what was never encrypted as it was and no `FILEPASS`.
    pub(super) fn decrypt(&self, stream: &[u8]) -> Result<Vec<u8>, ReadError> {
        let mut decrypted = stream.to_vec();
        for (number, block) in (0_u32..).zip(decrypted.chunks_mut(BLOCK)) {
            self.of_block(number)?.apply_keystream(block);
        }
        for (kind, at, length) in records(stream) {
            let readable = match kind {
                _ if READABLE.contains(&kind) => length,
                BOUND_SHEET => PLACE.min(length),
                _ => 0,
            };
            let readable = at - HEAD..at + readable;
            decrypted[readable.clone()].copy_from_slice(&stream[readable]);
            if kind == FILE_PASS {
                // A record that nobody looks at takes its place.
                decrypted[at - HEAD..at - HEAD + 2].copy_from_slice(&[0xFF, 0xFF]);
            }
        }
        Ok(decrypted)
    }
}

/// Bytes of a record's kind and length.
const HEAD: usize = 4;

/// Kind, start and length of each whole record.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, usize, usize)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let kind = u16_at(stream, next).ok()?;
        let length = usize::from(u16_at(stream, next + 2).ok()?);
        let start = next + HEAD;
        next = start + length;
        (next <= stream.len()).then_some((kind, start, length))
    })
}

fn part(data: &[u8], at: usize, length: usize) -> Result<&[u8], ReadError> {
    data.get(at..)
        .and_then(|rest| rest.get(..length))
        .ok_or(ReadError::Damaged)
}
