//! Workbooks encrypted as Excel encrypts them, for tests of their reading.

use aes::cipher::{BlockCipherEncrypt, BlockModeEncrypt, KeyInit, KeyIvInit, StreamCipher};
use aes::{Aes128, Aes256, Block};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use rc4::Rc4;
use sha1::{Digest, Sha1};
use sha2::Sha512;

/// Turns of the agile way: few, so that tests are quick.
const SPINS: u32 = 1_000;
const SALT: [u8; 16] = *b"salt of the test";
const VERIFIER: [u8; 16] = *b"a known 16 bytes";

/// Streams of a compound file by their name.
pub type Streams = Vec<(&'static str, Vec<u8>)>;

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn sha_512(parts: &[&[u8]]) -> Vec<u8> {
    Sha512::digest(parts.concat()).to_vec()
}

fn sha_1(parts: &[&[u8]]) -> Vec<u8> {
    Sha1::digest(parts.concat()).to_vec()
}

fn md_5(parts: &[&[u8]]) -> Vec<u8> {
    Md5::digest(parts.concat()).to_vec()
}

fn padded(data: &[u8]) -> Vec<u8> {
    let mut data = data.to_vec();
    data.resize(data.len().next_multiple_of(16), 0);
    data
}

fn chained(key: &[u8], start: &[u8], data: &[u8]) -> Vec<u8> {
    let mut data = padded(data);
    cbc::Encryptor::<Aes256>::new_from_slices(&key[..32], &start[..16])
        .unwrap()
        .encrypt_blocks(Block::slice_as_chunks_mut(&mut data).0);
    data
}

/// Agile encryption with AES-256 and SHA-512.
pub fn agile(package: &[u8], password: &str) -> Streams {
    let package_salt = [7; 16];
    let secret: Vec<u8> = (100..132).collect();
    let mut hash = sha_512(&[&SALT, &utf_16(password)]);
    for turn in 0..SPINS {
        hash = sha_512(&[&turn.to_le_bytes(), &hash]);
    }
    let value = |purpose: [u8; 8], data: &[u8]| {
        let key = sha_512(&[&hash, &purpose]);
        STANDARD.encode(chained(&key, &SALT, data))
    };
    let common = "saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" \
         cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\"";
    let info = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n\
         <encryption xmlns=\"e\" xmlns:p=\"p\"><keyData {common} saltValue=\"{}\"/>\
         <dataIntegrity encryptedHmacKey=\"AA==\" encryptedHmacValue=\"AA==\"/>\
         <keyEncryptors><keyEncryptor uri=\"p\"><p:encryptedKey spinCount=\"{SPINS}\" {common} \
         saltValue=\"{}\" encryptedVerifierHashInput=\"{}\" encryptedVerifierHashValue=\"{}\" \
         encryptedKeyValue=\"{}\"/></keyEncryptor></keyEncryptors></encryption>",
        STANDARD.encode(package_salt),
        STANDARD.encode(SALT),
        value([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &VERIFIER),
        value(
            [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E],
            &sha_512(&[&VERIFIER])
        ),
        value([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &secret),
    );
    let mut encrypted = (package.len() as u64).to_le_bytes().to_vec();
    for (number, segment) in (0_u32..).zip(package.chunks(4096)) {
        let start = sha_512(&[&package_salt, &number.to_le_bytes()]);
        encrypted.extend(chained(&secret, &start, segment));
    }
    let head = [4, 0, 4, 0, 0x40, 0, 0, 0];
    vec![
        ("EncryptionInfo", [&head, info.as_bytes()].concat()),
        ("EncryptedPackage", encrypted),
    ]
}

/// Header and verifier that standard encryption and that of `.xls` share.
fn info(algorithm: u32, key_bits: u32, verifier: &[u8], verifier_hash: &[u8]) -> Vec<u8> {
    let name = utf_16("Microsoft Enhanced Cryptographic Provider\0");
    let mut header = Vec::new();
    for number in [4, 0, algorithm, 0x8004, key_bits, 1, 0, 0] {
        header.extend(u32::to_le_bytes(number));
    }
    header.extend(name);
    let mut info = 4_u32.to_le_bytes().to_vec();
    info.extend((header.len() as u32).to_le_bytes());
    info.extend(header);
    info.extend(16_u32.to_le_bytes());
    info.extend(SALT);
    info.extend(verifier);
    info.extend(20_u32.to_le_bytes());
    info.extend(verifier_hash);
    info
}

/// Standard encryption with AES-128 and SHA-1.
pub fn standard(package: &[u8], password: &str) -> Streams {
    let mut hash = sha_1(&[&SALT, &utf_16(password)]);
    for turn in 0..50_000_u32 {
        hash = sha_1(&[&turn.to_le_bytes(), &hash]);
    }
    hash = sha_1(&[&hash, &[0; 4]]);
    let inner: Vec<u8> = (0..64)
        .map(|i| 0x36 ^ hash.get(i).copied().unwrap_or(0))
        .collect();
    let cipher = Aes128::new_from_slice(&sha_1(&[&inner])[..16]).unwrap();
    let encrypted = |data: &[u8]| {
        let mut data = padded(data);
        cipher.encrypt_blocks(Block::slice_as_chunks_mut(&mut data).0);
        data
    };
    let info = info(
        0x660E,
        128,
        &encrypted(&VERIFIER),
        &encrypted(&sha_1(&[&VERIFIER])),
    );
    let size = (package.len() as u64).to_le_bytes();
    vec![
        (
            "EncryptionInfo",
            [&[3, 0, 2, 0][..], &0x24_u32.to_le_bytes(), &info[4..]].concat(),
        ),
        (
            "EncryptedPackage",
            [&size[..], &encrypted(package)].concat(),
        ),
    ]
}

/// How an `.xls` is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// RC4 with MD5 and 40 bits.
    Old,
    /// RC4 with SHA-1 and that many bits.
    CryptoApi(u32),
}

/// The workbook stream encrypted.
pub fn workbook(stream: &[u8], password: &str, way: Binary) -> Vec<u8> {
    let password = utf_16(password);
    let hash = match way {
        Binary::CryptoApi(_) => sha_1(&[&SALT, &password]),
        Binary::Old => {
            let start = md_5(&[&password]);
            let both = [&start[..5], &SALT].concat().repeat(16);
            md_5(&[&both])[..5].to_vec()
        }
    };
    let cipher = |block: u32| {
        let key = match way {
            Binary::Old => md_5(&[&hash, &block.to_le_bytes()]),
            Binary::CryptoApi(40) => {
                let key = sha_1(&[&hash, &block.to_le_bytes()]);
                [&key[..5], &[0; 11]].concat()
            }
            Binary::CryptoApi(bits) => {
                sha_1(&[&hash, &block.to_le_bytes()])[..bits as usize / 8].to_vec()
            }
        };
        Rc4::new_from_slice(&key).unwrap()
    };
    let mut first = cipher(0);
    let mut verifier = VERIFIER;
    first.apply_keystream(&mut verifier);
    let mut verifier_hash = match way {
        Binary::Old => md_5(&[&VERIFIER]),
        Binary::CryptoApi(_) => sha_1(&[&VERIFIER]),
    };
    first.apply_keystream(&mut verifier_hash);
    let pass = match way {
        Binary::Old => [&[1, 0, 1, 0, 1, 0][..], &SALT, &verifier, &verifier_hash].concat(),
        Binary::CryptoApi(bits) => {
            let info = info(0x6801, bits, &verifier, &verifier_hash);
            [&[1, 0, 2, 0, 2, 0][..], &info].concat()
        }
    };
    let plain = with_pass(stream, &pass);
    let mut encrypted = plain.clone();
    for (number, block) in (0..).zip(encrypted.chunks_mut(1024)) {
        cipher(number).apply_keystream(block);
    }
    for (kind, at, length) in records(&plain) {
        let kept = match kind {
            0x0809 | 0x002F => 4 + length,
            0x0085 => 8,
            _ => 4,
        };
        encrypted[at..at + kept].copy_from_slice(&plain[at..at + kept]);
    }
    encrypted
}

/// The stream with the record behind its first one, and the places of its sheets moved.
fn with_pass(stream: &[u8], pass: &[u8]) -> Vec<u8> {
    let first = 4 + usize::from(u16::from_le_bytes([stream[2], stream[3]]));
    let record = [&[0x2F, 0, pass.len() as u8, (pass.len() >> 8) as u8], pass].concat();
    let mut plain = [&stream[..first], &record, &stream[first..]].concat();
    for (kind, at, _) in records(&plain.clone()) {
        if kind == 0x0085 {
            let place = plain[at + 4..].first_chunk_mut::<4>().unwrap();
            *place = (u32::from_le_bytes(*place) + record.len() as u32).to_le_bytes();
        }
    }
    plain
}

fn records(stream: &[u8]) -> Vec<(u16, usize, usize)> {
    let mut records = Vec::new();
    let mut at = 0;
    while let [k0, k1, l0, l1, ..] = stream[at..] {
        let length = usize::from(u16::from_le_bytes([l0, l1]));
        records.push((u16::from_le_bytes([k0, k1]), at, length));
        at += 4 + length;
    }
    records
}
