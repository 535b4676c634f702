//! Compound files of given streams ([MS-CFB]).

/// Bytes of a sector.
const SECTOR: usize = 512;
/// Bytes of a sector of the mini stream.
const MINI_SECTOR: usize = 64;
/// Bytes from which on a stream has sectors of its own.
const LONG: usize = 4096;
/// Numbers in a sector.
const NUMBERS: usize = SECTOR / 4;
/// Marks the end of a chain.
const END: u32 = 0xFFFF_FFFE;
/// Marks a sector of the allocation table.
const TABLE: u32 = 0xFFFF_FFFD;
/// Stands for no entry of the directory.
const NONE: u32 = 0xFFFF_FFFF;

/// A compound file of these streams, seven megabytes at most. Sectors: allocation table,
/// directory, table of the mini stream, mini stream, then the long streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut mini: Vec<u8> = Vec::new();
    let mut mini_next: Vec<u32> = Vec::new();
    for (_, bytes) in streams.iter().filter(|(_, bytes)| bytes.len() < LONG) {
        mini.extend_from_slice(bytes);
        mini.resize(mini.len().next_multiple_of(MINI_SECTOR), 0);
        chain(&mut mini_next, bytes.len().div_ceil(MINI_SECTOR));
    }
    let parts = [
        (streams.len() + 1).div_ceil(SECTOR / 128),
        mini_next.len().div_ceil(NUMBERS),
        mini.len().div_ceil(SECTOR),
    ];
    let long: usize = streams
        .iter()
        .filter(|(_, bytes)| bytes.len() >= LONG)
        .map(|(_, bytes)| bytes.len().div_ceil(SECTOR))
        .sum();
    let others = parts.iter().sum::<usize>() + long;
    let tables = (1..=109).find(|count| count * NUMBERS >= count + others);
    let tables = tables.expect("seven megabytes at most");
    let mut next = vec![TABLE; tables];
    let [directory_at, mini_table_at, mini_at] = parts.map(|count| chain(&mut next, count));

    let (mut long, mut mini_start) = (Vec::new(), 0);
    // The root leads to the first stream, and each stream to the one behind it.
    let mut directory = entry("Root Entry", 5, [NONE, 1], mini_at, mini.len());
    for (number, (name, bytes)) in (2..).zip(streams) {
        let start = match bytes.len() {
            ..LONG => {
                let start = mini_start;
                mini_start += bytes.len().div_ceil(MINI_SECTOR) as u32;
                start
            }
            length => {
                long.extend(filled(bytes.to_vec(), 0));
                chain(&mut next, length.div_ceil(SECTOR))
            }
        };
        let right = match number > streams.len() as u32 {
            true => NONE,
            false => number,
        };
        directory.extend(entry(name, 2, [right, NONE], start, bytes.len()));
    }
    let numbers = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
    [
        header(tables as u32, directory_at, mini_table_at, parts[1] as u32),
        filled(numbers(&next), 0xFF),
        filled(directory, 0),
        filled(numbers(&mini_next), 0xFF),
        filled(mini, 0),
        long,
    ]
    .concat()
}

fn header(tables: u32, directory_at: u32, mini_table_at: u32, mini_tables: u32) -> Vec<u8> {
    let mut header = vec![0; 76];
    header[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    for (at, value) in [
        (24, 0x0003_003E),
        (28, 0x0009_FFFE),
        (32, 6),
        (44, tables),
        (48, directory_at),
        (56, LONG as u32),
        (60, mini_table_at),
        (64, mini_tables),
        (68, END),
    ] {
        header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    header.extend((0..tables).flat_map(u32::to_le_bytes));
    filled(header, 0xFF)
}

/// Adds a chain of that many sectors; its first sector.
fn chain(next: &mut Vec<u32>, count: usize) -> u32 {
    let start = next.len() as u32;
    if count == 0 {
        return END;
    }
    next.extend((1..count as u32).map(|i| start + i));
    next.push(END);
    start
}

fn entry(name: &str, kind: u8, links: [u32; 2], start: u32, size: usize) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = entry.len() as u16 + 2;
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([kind, 1]);
    entry.extend(NONE.to_le_bytes());
    entry.extend(links.iter().flat_map(|link| link.to_le_bytes()));
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend((size as u64).to_le_bytes());
    entry
}

fn filled(mut bytes: Vec<u8>, fill: u8) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(SECTOR), fill);
    bytes
}
