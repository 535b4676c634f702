//! The records of a workbook stream, and the strings in them.

use crate::read::ReadError;
use crate::read::compound::u16_at;

/// `CONTINUE`: more of the record before.
const CONTINUE: u16 = 0x003C;

/// Continuations of one record: as many whole ones are larger than any file that is read.
const PIECES: usize = 65_536;

/// One record with its continuations.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    /// Its own bytes, then those of each continuation.
    pub(super) pieces: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// Its own bytes.
    pub(super) fn data(&self) -> &'a [u8] {
        self.pieces.first().copied().unwrap_or_default()
    }
}

/// The records from a place in the stream on.
pub(super) struct Records<'a> {
    stream: &'a [u8],
}

impl<'a> Records<'a> {
    /// Begins at the start of `stream`.
    pub(super) fn new(stream: &'a [u8]) -> Self {
        Self { stream }
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.stream.len()
    }

    fn take(&mut self) -> Result<Option<(u16, &'a [u8])>, ReadError> {
        // A workbook may be padded with zeros.
        if self.stream.len() < 4 {
            return Ok(None);
        }
        let kind = u16_at(self.stream, 0)?;
        let length = usize::from(u16_at(self.stream, 2)?);
        let rest = self.stream.get(4..).unwrap_or_default();
        let (data, rest) = rest.split_at_checked(length).ok_or(ReadError::Damaged)?;
        self.stream = rest;
        Ok(Some((kind, data)))
    }

    /// The next record.
    pub(super) fn next(&mut self) -> Result<Option<Record<'a>>, ReadError> {
        let Some((kind, data)) = self.take()? else {
            return Ok(None);
        };
        let mut pieces = vec![data];
        while self.stream.len() >= 4 && u16_at(self.stream, 0)? == CONTINUE {
            if let Some((_, data)) = self.take()?
                && !data.is_empty()
            {
                pieces.push(data);
            }
            if pieces.len() > PIECES {
                return Err(ReadError::TooLarge);
            }
        }
        Ok(Some(Record { kind, pieces }))
    }
}

/// Reads through the pieces of a record.
pub(super) struct Cursor<'a> {
    pieces: std::vec::IntoIter<&'a [u8]>,
    piece: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// At the start of the record, or `skip` bytes into it.
    pub(super) fn new(record: &Record<'a>, skip: usize) -> Self {
        let mut pieces = record.pieces.clone().into_iter();
        let piece = pieces.next().unwrap_or_default();
        Self {
            pieces,
            piece: piece.get(skip..).unwrap_or_default(),
        }
    }

    /// Whether nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.piece.is_empty() && self.pieces.as_slice().iter().all(|piece| piece.is_empty())
    }

    fn byte(&mut self) -> Result<u8, ReadError> {
        loop {
            if let [byte, rest @ ..] = self.piece {
                self.piece = rest;
                return Ok(*byte);
            }
            self.piece = self.pieces.next().ok_or(ReadError::Damaged)?;
        }
    }

    /// The pieces that have not been begun.
    pub(super) fn pieces_left(&self) -> &[&'a [u8]] {
        self.pieces.as_slice()
    }

    /// Two bytes, least first.
    pub(super) fn u16(&mut self) -> Result<u16, ReadError> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// Four bytes, least first.
    pub(super) fn u32(&mut self) -> Result<u32, ReadError> {
        Ok(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    /// Passes over so many bytes.
    pub(super) fn skip(&mut self, mut count: usize) -> Result<(), ReadError> {
        while count > self.piece.len() {
            count -= self.piece.len();
            self.piece = self.pieces.next().ok_or(ReadError::Damaged)?;
        }
        self.piece = self.piece.get(count..).unwrap_or_default();
        Ok(())
    }

    /// A string with two bytes of length, without its formatting and its furigana.
    pub(super) fn string(&mut self) -> Result<String, ReadError> {
        let length = usize::from(self.u16()?);
        self.string_of(length)
    }

    /// A string with one byte of length, as sheets are named.
    pub(super) fn short_string(&mut self) -> Result<String, ReadError> {
        let length = usize::from(self.byte()?);
        self.string_of(length)
    }

    fn string_of(&mut self, length: usize) -> Result<String, ReadError> {
        let flags = self.byte()?;
        let runs = match flags & 0x08 {
            0 => 0,
            _ => usize::from(self.u16()?),
        };
        let furigana = match flags & 0x04 {
            0 => 0,
            _ => self.u32()? as usize,
        };
        let text = self.chars(length, flags & 1 != 0)?;
        self.skip(runs * 4)?;
        self.skip(furigana)?;
        Ok(text)
    }

    /// Characters of one byte or two. Where they go on in the next piece, it begins by saying
    /// which.
    pub(super) fn chars(&mut self, length: usize, wide: bool) -> Result<String, ReadError> {
        let mut wide = wide;
        let mut units = Vec::with_capacity(length);
        while units.len() < length {
            match (wide, self.piece) {
                (true, [low, high, rest @ ..]) => {
                    units.push(u16::from_le_bytes([*low, *high]));
                    self.piece = rest;
                }
                (false, [low, rest @ ..]) => {
                    units.push(u16::from(*low));
                    self.piece = rest;
                }
                _ => {
                    self.piece = self.pieces.next().ok_or(ReadError::Damaged)?;
                    wide = self.byte()? & 1 != 0;
                }
            }
        }
        Ok(String::from_utf16_lossy(&units)
            .replace("\r\n", "\n")
            .replace('\r', "\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(pieces: &[&[u8]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (i, piece) in pieces.iter().enumerate() {
            let kind = if i == 0 { 0x00FC } else { CONTINUE };
            bytes.extend(u16::to_le_bytes(kind));
            bytes.extend((piece.len() as u16).to_le_bytes());
            bytes.extend(*piece);
        }
        bytes
    }

    fn first_string(pieces: &[&[u8]]) -> Result<String, ReadError> {
        let bytes = record(pieces);
        let record = Records::new(&bytes).next()?.unwrap();
        Cursor::new(&record, 0).string()
    }

    #[test]
    fn a_string_may_change_its_width_where_it_goes_on() {
        let within = first_string(&[&[2, 0, 1, 0x42, 0x30, 0x44, 0x30]]);
        assert_eq!(within.unwrap(), "あい");
        let across = first_string(&[&[3, 0, 0, b'a', b'b'], &[1, 0x42, 0x30]]);
        assert_eq!(across.unwrap(), "abあ");
    }

    #[test]
    fn furigana_and_runs_are_left_out() {
        let mut bytes = vec![1, 0, 0x0D, 1, 0, 2, 0, 0, 0, 0x42, 0x30, 9, 9, 9, 9, 8, 8];
        bytes.extend([1, 0, 0, b'z']);
        let bytes = record(&[&bytes]);
        let record = Records::new(&bytes).next().unwrap().unwrap();
        let mut cursor = Cursor::new(&record, 0);
        assert_eq!(cursor.string().unwrap(), "あ");
        assert_eq!(cursor.string().unwrap(), "z");
    }

    #[test]
    fn continuations_without_a_byte_are_no_pieces_and_too_many_are_refused() {
        let empty: Vec<&[u8]> = vec![&[]; 200_000];
        let pieces = [&[&[1_u8, 0, 0][..]], &empty[..], &[&[0, b'a'][..]]].concat();
        let bytes = record(&pieces);
        let read = Records::new(&bytes).next().unwrap().unwrap();
        assert_eq!(read.pieces.len(), 2);
        assert_eq!(first_string(&pieces).unwrap(), "a");
        let many = record(&vec![&[0_u8][..]; 100_000]);
        assert!(matches!(
            Records::new(&many).next(),
            Err(ReadError::TooLarge)
        ));
    }

    #[test]
    fn records_that_end_too_soon_are_damage() {
        assert_eq!(first_string(&[&[9, 0, 0, b'a']]), Err(ReadError::Damaged));
        assert!(Records::new(&[1, 0, 9, 0, 1]).next().is_err());
    }
}
