//! The ciphers and hashes that Office builds its encryption from.

use aes::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256, Block};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::read::ReadError;

/// A hash by the name that a workbook gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// `SHA512` or `SHA-512`.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.replace('-', "").to_ascii_uppercase().as_str() {
            "SHA1" => Some(Self::Sha1),
            "SHA256" => Some(Self::Sha256),
            "SHA384" => Some(Self::Sha384),
            "SHA512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Of the parts behind each other.
    pub(super) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha1 => digest::<Sha1>(parts),
            Self::Sha256 => digest::<Sha256>(parts),
            Self::Sha384 => digest::<Sha384>(parts),
            Self::Sha512 => digest::<Sha512>(parts),
        }
    }

    /// Of salt and password, hashed again `spins` times with the number of the turn in front.
    pub(super) fn stretched(self, salt: &[u8], password: &str, spins: u32) -> Vec<u8> {
        let mut hash = self.of(&[salt, &utf_16(password)]);
        for turn in 0..spins {
            hash = self.of(&[&turn.to_le_bytes(), &hash]);
        }
        hash
    }
}

/// Of the parts behind each other.
pub(super) fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

/// A password as Office hashes it.
pub(super) fn utf_16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Decrypts whole blocks in place, each linked to the one before; AES by the key's length.
pub(super) fn decrypt_chained(key: &[u8], start: &[u8], data: &mut [u8]) -> Result<(), ReadError> {
    let blocks = blocks(data)?;
    match key.len() {
        16 => chained::<Aes128>(key, start, blocks),
        24 => chained::<Aes192>(key, start, blocks),
        _ => chained::<Aes256>(key, start, blocks),
    }
}

/// Decrypts whole blocks in place, each alone; AES by the key's length.
pub(super) fn decrypt_alone(key: &[u8], data: &mut [u8]) -> Result<(), ReadError> {
    let blocks = blocks(data)?;
    match key.len() {
        16 => alone::<Aes128>(key, blocks),
        24 => alone::<Aes192>(key, blocks),
        _ => alone::<Aes256>(key, blocks),
    }
}

/// What is no whole number of blocks was cut short.
fn blocks(data: &mut [u8]) -> Result<&mut [Block], ReadError> {
    match Block::slice_as_chunks_mut(data) {
        (blocks, []) => Ok(blocks),
        _ => Err(ReadError::Damaged),
    }
}

fn chained<C>(key: &[u8], start: &[u8], blocks: &mut [Block]) -> Result<(), ReadError>
where
    C: BlockCipherDecrypt + KeyInit,
    cbc::Decryptor<C>: KeyIvInit + BlockModeDecrypt<BlockSize = aes::cipher::consts::U16>,
{
    cbc::Decryptor::<C>::new_from_slices(key, start)
        .map_err(|_| ReadError::Damaged)?
        .decrypt_blocks(blocks);
    Ok(())
}

fn alone<C>(key: &[u8], blocks: &mut [Block]) -> Result<(), ReadError>
where
    C: BlockCipherDecrypt<BlockSize = aes::cipher::consts::U16> + KeyInit,
{
    C::new_from_slice(key)
        .map_err(|_| ReadError::Damaged)?
        .decrypt_blocks(blocks);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn blocks_of_the_standard_decrypt_to_their_text() {
        // FIPS 197, appendix C: one text under keys of three lengths.
        let text = bytes("00112233445566778899aabbccddeeff");
        let key: Vec<u8> = (0..32).collect();
        for (length, encrypted) in [
            (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
            (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
            (32, "8ea2b7ca516745bfeafc49904b496089"),
        ] {
            let mut alone = bytes(encrypted);
            decrypt_alone(&key[..length], &mut alone).unwrap();
            assert_eq!(alone, text);
            // Linked to a block of zeros it is the same.
            let mut chained = bytes(encrypted);
            decrypt_chained(&key[..length], &[0; 16], &mut chained).unwrap();
            assert_eq!(chained, text);
        }
        assert_eq!(decrypt_alone(&key, &mut [0; 15]), Err(ReadError::Damaged));
        let bad_key = decrypt_chained(&key[..20], &[0; 16], &mut [0; 16]);
        assert_eq!(bad_key, Err(ReadError::Damaged));
    }

    #[test]
    fn hashes_are_known_by_name() {
        for (name, length) in [
            ("SHA1", 20),
            ("SHA-256", 32),
            ("sha384", 48),
            ("SHA512", 64),
        ] {
            assert_eq!(Hash::named(name).unwrap().of(&[b"a"]).len(), length);
        }
        assert_eq!(Hash::named("WHIRLPOOL"), None);
    }
}
