//! The records of a part, and the fields in them.

use crate::read::ReadError;

/// The records of a part, one after the other.
pub(super) struct Records<'a>(Fields<'a>);

/// What is left of the bytes of one record.
pub(super) struct Fields<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// Begins at the start of the part.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(Fields(bytes))
    }

    /// The next record: its kind, as [MS-XLSB] 2.3 numbers them, and its fields.
    pub(super) fn next(&mut self) -> Result<Option<(u16, Fields<'a>)>, ReadError> {
        if self.0.0.is_empty() {
            return Ok(None);
        }
        let kind = self.0.packed(2)?;
        let length = self.0.packed(4)?;
        let data = self.0.take(length as usize)?;
        Ok(Some((kind as u16, Fields(data))))
    }
}

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ReadError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ReadError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(ReadError::Damaged)?;
        self.0 = rest;
        Ok(*taken)
    }

    /// A number of up to so many bytes, seven bits of it in each, the lowest first.
    fn packed(&mut self, most: u32) -> Result<u32, ReadError> {
        let mut number = 0;
        for place in 0..most {
            let byte = self.u8()?;
            number |= u32::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(number)
    }

    /// Passes over so many bytes.
    pub(super) fn skip(&mut self, count: usize) -> Result<(), ReadError> {
        self.take(count).map(|_| ())
    }

    /// One byte.
    pub(super) fn u8(&mut self) -> Result<u8, ReadError> {
        self.array().map(|[byte]| byte)
    }

    /// Two bytes, least first.
    pub(super) fn u16(&mut self) -> Result<u16, ReadError> {
        self.array().map(u16::from_le_bytes)
    }

    /// Four bytes, least first.
    pub(super) fn u32(&mut self) -> Result<u32, ReadError> {
        self.array().map(u32::from_le_bytes)
    }

    /// Eight bytes, least first, as a number.
    pub(super) fn f64(&mut self) -> Result<f64, ReadError> {
        self.array().map(f64::from_le_bytes)
    }

    /// A text with its length before it.
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        let units = self.u32()?;
        self.text_of(units)
    }

    /// The same where there may be none.
    pub(super) fn text_or_none(&mut self) -> Result<Option<String>, ReadError> {
        match self.u32()? {
            u32::MAX => Ok(None),
            units => self.text_of(units).map(Some),
        }
    }

    fn text_of(&mut self, units: u32) -> Result<String, ReadError> {
        let bytes = usize::try_from(u64::from(units) * 2).map_err(|_| ReadError::Damaged)?;
        let units = self.take(bytes)?.chunks_exact(2);
        let units = units.filter_map(|two| two.first_chunk().copied().map(u16::from_le_bytes));
        let text: String = char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_lengths_take_as_many_bytes_as_they_need() {
        let long = [&[0xA6, 0x04, 0x80, 0x01][..], &[7; 128], &[5, 1, 9]].concat();
        let mut records = Records::new(&long);
        let (kind, fields) = records.next().unwrap().unwrap();
        assert_eq!((kind, fields.0.len()), (550, 128));
        let (kind, mut fields) = records.next().unwrap().unwrap();
        assert_eq!((kind, fields.u8().unwrap()), (5, 9));
        assert!(records.next().unwrap().is_none());
    }

    #[test]
    fn what_is_longer_than_its_record_is_damage() {
        for bytes in [
            &[5][..],
            &[5, 9, 1],
            &[0x80],
            &[5, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ] {
            assert!(Records::new(bytes).next().is_err(), "{bytes:?}");
        }
        for text in [&[1, 0, 0, 0, 65][..], &[0xFE, 0xFF, 0xFF, 0xFF], &[1, 0]] {
            assert!(Fields(text).text().is_err(), "{text:?}");
        }
        assert_eq!(Fields(&[0xFF; 4]).text_or_none(), Ok(None));
        let text = Fields(&[3, 0, 0, 0, 0x42, 0x30, 13, 0, 0, 0xD8]).text();
        assert_eq!(text.unwrap(), "あ\n\u{FFFD}");
    }
}
