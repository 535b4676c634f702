//! Standard encryption, as Excel 2007 writes it ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9).

use super::cipher::{Hash, decrypt_alone};
use crate::read::ReadError;
use crate::read::compound::u32_at;

/// Turns that the password's hash is hashed again.
const SPINS: u32 = 50_000;
/// Bytes of the salt.
const SALT: usize = 16;
/// Bytes that a hash of the standard is long.
const HASH: usize = 20;

/// What the file says of its encryption, from the header on.
pub(super) struct Standard<'a> {
    key_bytes: usize,
    salt: &'a [u8],
    verifier: &'a [u8],
    verifier_hash: &'a [u8],
}

impl<'a> Standard<'a> {
    /// `info` is the stream behind version and flags. `None` for a cipher other than AES.
    pub(super) fn read(info: &'a [u8]) -> Result<Option<Self>, ReadError> {
        let header_size = u32_at(info, 0)? as usize;
        let header = info.get(4..).unwrap_or_default();
        let (header, verifier) = header
            .split_at_checked(header_size)
            .ok_or(ReadError::Damaged)?;
        let key_bytes = match u32_at(header, 8)? {
            0x660E => 16,
            0x660F => 24,
            0x6610 => 32,
            _ => return Ok(None),
        };
        let part =
            |at: usize, length: usize| verifier.get(at..at + length).ok_or(ReadError::Damaged);
        // Salt size, salt, verifier, hash size, hash of the verifier.
        Ok(Some(Self {
            key_bytes,
            salt: part(4, SALT)?,
            verifier: part(20, 16)?,
            verifier_hash: part(40, 32)?,
        }))
    }

    /// The key that the password gives; `None` when it is the wrong one.
    pub(super) fn key(&self, password: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let hash = Hash::Sha1.stretched(self.salt, password, SPINS);
        let hash = Hash::Sha1.of(&[&hash, &0_u32.to_le_bytes()]);
        let mut key = Vec::new();
        for filling in [0x36, 0x5C] {
            let mut block = [filling; 64];
            for (byte, hashed) in block.iter_mut().zip(&hash) {
                *byte ^= hashed;
            }
            key.extend(Hash::Sha1.of(&[&block]));
        }
        key.truncate(self.key_bytes);
        let mut verifier = self.verifier.to_vec();
        decrypt_alone(&key, &mut verifier)?;
        let mut expected = self.verifier_hash.to_vec();
        decrypt_alone(&key, &mut expected)?;
        expected.truncate(HASH);
        Ok((Hash::Sha1.of(&[&verifier]) == expected).then_some(key))
    }
}

/// The package behind its size.
pub(super) fn decrypt(key: &[u8], mut package: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    decrypt_alone(key, &mut package)?;
    Ok(package)
}
