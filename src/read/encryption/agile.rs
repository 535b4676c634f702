//! Agile encryption, as Excel 2010 and later write it ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::cipher::{Hash, decrypt_chained};
use crate::read::ReadError;
use crate::read::xml::{Node, Tag, Xml};

/// Bytes of the package that are encrypted together.
const SEGMENT: usize = 4096;
/// Turns that a file may ask for; Excel writes 100,000.
const MOST_SPINS: u32 = 1_000_000;
/// What a hash that is too short for a key is filled with.
const FILLING: u8 = 0x36;
/// Bytes of an AES block.
const BLOCK: usize = 16;

/// What is hashed behind the password for the keys of the verifier, of its hash and of the
/// package's key.
const VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// What the file says of its encryption.
pub(super) struct Agile {
    package: Parameters,
    password: Parameters,
    spins: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

struct Parameters {
    hash: Hash,
    key_bytes: usize,
    salt: Vec<u8>,
}

impl Agile {
    /// `info` is the stream behind version and flags, an XML document. `None` for ciphers
    /// other than AES and for files that a certificate opens and no password.
    pub(super) fn read(info: &[u8]) -> Result<Option<Self>, ReadError> {
        let text = std::str::from_utf8(info).map_err(|_| ReadError::Damaged)?;
        let mut xml = Xml::new(text.trim_end_matches('\0'));
        xml.root("encryption")?;
        let mut package = None;
        loop {
            let tag = match xml.next()? {
                Node::Open(tag) => tag,
                Node::End => return Ok(None),
                _ => continue,
            };
            match tag.name() {
                "keyData" => package = Parameters::read(&tag)?,
                "encryptedKey" => {
                    let spins = tag.number("spinCount").ok_or(ReadError::Damaged)?;
                    if spins > MOST_SPINS {
                        return Err(ReadError::TooLarge);
                    }
                    let (Some(package), Some(password)) = (package, Parameters::read(&tag)?) else {
                        return Ok(None);
                    };
                    return Ok(Some(Self {
                        package,
                        password,
                        spins,
                        verifier: bytes(&tag, "encryptedVerifierHashInput")?,
                        verifier_hash: bytes(&tag, "encryptedVerifierHashValue")?,
                        key: bytes(&tag, "encryptedKeyValue")?,
                    }));
                }
                _ => {}
            }
        }
    }

    /// The package's key; `None` when the password is the wrong one.
    pub(super) fn key(&self, password: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let hash = self.password.hash;
        let stretched = hash.stretched(&self.password.salt, password, self.spins);
        let decrypted = |purpose: &[u8], data: &[u8]| {
            let key = sized(hash.of(&[&stretched, purpose]), self.password.key_bytes);
            let mut data = data.to_vec();
            let start = sized(self.password.salt.clone(), BLOCK);
            decrypt_chained(&key, &start, &mut data)?;
            Ok::<_, ReadError>(data)
        };
        let mut verifier = decrypted(&VERIFIER, &self.verifier)?;
        verifier.truncate(self.password.salt.len());
        let expected = hash.of(&[&verifier]);
        if !decrypted(&VERIFIER_HASH, &self.verifier_hash)?.starts_with(&expected) {
            return Ok(None);
        }
        let mut key = decrypted(&KEY, &self.key)?;
        key.truncate(self.package.key_bytes);
        Ok(Some(key))
    }

    /// The package behind its size.
    pub(super) fn decrypt(&self, key: &[u8], mut package: Vec<u8>) -> Result<Vec<u8>, ReadError> {
        for (number, segment) in (0_u32..).zip(package.chunks_mut(SEGMENT)) {
            let start = self
                .package
                .hash
                .of(&[&self.package.salt, &number.to_le_bytes()]);
            decrypt_chained(key, &sized(start, BLOCK), segment)?;
        }
        Ok(package)
    }
}

impl Parameters {
    /// `None` for what Excel does not write.
    fn read(tag: &Tag<'_>) -> Result<Option<Self>, ReadError> {
        let is = |name, expected| tag.attribute(name).as_deref() == Some(expected);
        let hash = tag
            .attribute("hashAlgorithm")
            .as_deref()
            .and_then(Hash::named);
        let key_bits: usize = tag.number("keyBits").ok_or(ReadError::Damaged)?;
        let is_aes = is("cipherAlgorithm", "AES")
            && is("cipherChaining", "ChainingModeCBC")
            && matches!(key_bits, 128 | 192 | 256);
        let (true, Some(hash)) = (is_aes, hash) else {
            return Ok(None);
        };
        Ok(Some(Self {
            hash,
            key_bytes: key_bits / 8,
            salt: bytes(tag, "saltValue")?,
        }))
    }
}

fn bytes(tag: &Tag<'_>, name: &str) -> Result<Vec<u8>, ReadError> {
    let text = tag.attribute(name).ok_or(ReadError::Damaged)?;
    STANDARD.decode(text.trim()).map_err(|_| ReadError::Damaged)
}

fn sized(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, FILLING);
    bytes
}
