//! Compound files: the container of `.xls` workbooks and of encrypted ones ([MS-CFB]).

use super::ReadError;

/// First bytes of a compound file.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Sector numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
/// Bytes of a directory entry.
const ENTRY: usize = 128;
/// Bytes of a sector of the mini stream.
const MINI_SECTOR: usize = 64;
/// Sector numbers of the allocation table that the header itself holds.
const HEADER_TABLE: std::ops::Range<usize> = 76..512;

/// A compound file in memory.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    /// For each sector the one that follows it.
    next: Vec<u32>,
    mini_next: Vec<u32>,
    mini_stream: Vec<u8>,
    /// Streams shorter than this are in the mini stream.
    mini_below: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Reads tables and directory.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let sector_size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(ReadError::Damaged),
        };
        let mut file = Self {
            bytes,
            sector_size,
            next: Vec::new(),
            mini_next: Vec::new(),
            mini_stream: Vec::new(),
            mini_below: u32_at(bytes, 56)? as usize,
            entries: Vec::new(),
        };
        file.next = file.allocation_table()?;
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        file.entries = directory
            .chunks_exact(ENTRY)
            .map(Entry::read)
            .collect::<Result<_, _>>()?;
        let table = file.chain(u32_at(bytes, 60)?, usize::MAX)?;
        file.mini_next = numbers(&table);
        // The first entry, the root, holds the mini stream.
        if let Some(root) = file.entries.first() {
            file.mini_stream = file.chain(root.start, root.size)?;
        }
        Ok(file)
    }

    /// Whether there is a stream or folder of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The bytes of a stream; `None` when there is none of that name.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(entry) = self.entry(name) else {
            return Ok(None);
        };
        if entry.size >= self.mini_below {
            return self.chain(entry.start, entry.size).map(Some);
        }
        let mut bytes = Vec::with_capacity(entry.size);
        for sector in follow(entry.start, &self.mini_next)? {
            let start = sector as usize * MINI_SECTOR;
            let end = (start + MINI_SECTOR).min(self.mini_stream.len());
            bytes.extend(self.mini_stream.get(start..end).ok_or(ReadError::Damaged)?);
        }
        bytes.truncate(entry.size);
        Ok(Some(bytes))
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The table of which sector follows which; its own sectors are named by the header
    /// and by a chain of sectors of their own.
    fn allocation_table(&self) -> Result<Vec<u32>, ReadError> {
        let in_header = self.bytes.get(HEADER_TABLE).ok_or(ReadError::Damaged)?;
        let mut sectors = numbers(in_header);
        let mut more = u32_at(self.bytes, 68)?;
        // Each sector once at most: a chain in a circle is damage.
        let mut left = self.bytes.len() / self.sector_size + 1;
        while more < FIRST_MARK {
            left = left.checked_sub(1).ok_or(ReadError::Damaged)?;
            let mut numbers = numbers(self.sector(more)?);
            more = numbers.pop().ok_or(ReadError::Damaged)?;
            sectors.append(&mut numbers);
        }
        sectors.retain(|sector| *sector < FIRST_MARK);
        if sectors.len() > self.bytes.len() / self.sector_size + 1 {
            return Err(ReadError::Damaged);
        }
        let mut table = Vec::new();
        for sector in sectors {
            table.extend(numbers(self.sector(sector)?));
        }
        Ok(table)
    }

    fn chain(&self, start: u32, size: usize) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        for sector in follow(start, &self.next)? {
            if bytes.len() >= size {
                break;
            }
            bytes.extend_from_slice(self.sector(sector)?);
        }
        bytes.truncate(size);
        Ok(bytes)
    }

    /// One sector; the last of a file may be cut short.
    fn sector(&self, number: u32) -> Result<&'a [u8], ReadError> {
        let start = (number as usize)
            .checked_add(1)
            .and_then(|place| place.checked_mul(self.sector_size))
            .ok_or(ReadError::Damaged)?;
        let end = start.saturating_add(self.sector_size).min(self.bytes.len());
        self.bytes.get(start..end).ok_or(ReadError::Damaged)
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let length = usize::from(u16_at(bytes, 64)?.min(64));
        let units: Vec<u16> = bytes
            .get(..length)
            .unwrap_or_default()
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .take_while(|unit| *unit != 0)
            .collect();
        Ok(Self {
            name: String::from_utf16_lossy(&units),
            start: u32_at(bytes, 116)?,
            size: u32_at(bytes, 120)? as usize,
        })
    }
}

/// The sectors of a chain.
fn follow(start: u32, next: &[u32]) -> Result<Vec<u32>, ReadError> {
    let mut sectors = Vec::new();
    let mut sector = start;
    while sector < FIRST_MARK {
        if sectors.len() > next.len() {
            return Err(ReadError::Damaged);
        }
        sectors.push(sector);
        sector = *next.get(sector as usize).ok_or(ReadError::Damaged)?;
    }
    Ok(sectors)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect()
}

/// Two bytes, least first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Result<u16, ReadError> {
    match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(two) => Ok(u16::from_le_bytes(*two)),
        None => Err(ReadError::Damaged),
    }
}

/// Four bytes, least first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Result<u32, ReadError> {
    match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(four) => Ok(u32::from_le_bytes(*four)),
        None => Err(ReadError::Damaged),
    }
}

/// Eight bytes, least first, as a number.
pub(super) fn f64_at(bytes: &[u8], at: usize) -> Result<f64, ReadError> {
    match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(eight) => Ok(f64::from_le_bytes(*eight)),
        None => Err(ReadError::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::testing::compound;

    #[test]
    fn streams_are_found_by_name_short_ones_and_long_ones() {
        let long: Vec<u8> = (0..5000_u32).map(|i| i as u8).collect();
        let bytes = compound(&[("Workbook", &long), ("EncryptionInfo", b"short")]);
        let file = Compound::open(&bytes).unwrap();
        assert_eq!(file.stream("workbook").unwrap().unwrap(), long);
        assert_eq!(file.stream("EncryptionInfo").unwrap().unwrap(), b"short");
        assert_eq!(file.stream("Book").unwrap(), None);
    }

    #[test]
    fn every_cut_and_every_turned_byte_of_the_tables_ends_without_harm() {
        let bytes = compound(&[("Workbook", &[7; 5000]), ("a", b"short")]);
        let read = |bytes: &[u8]| {
            Compound::open(bytes).and_then(|file| file.stream("Workbook").map(|s| s.is_some()))
        };
        assert_eq!(read(&bytes), Ok(true));
        for end in (0..bytes.len()).step_by(97) {
            let _ = read(&bytes[..end]);
        }
        for place in 0..bytes.len().min(2048) {
            let mut bytes = bytes.clone();
            bytes[place] ^= 0x15;
            let _ = read(&bytes);
        }
        assert_eq!(read(&bytes[..100]), Err(ReadError::Damaged));
    }
}
