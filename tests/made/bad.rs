//! Inputs that would harm a careless reader.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use tenken::model::Cell;
use tenken::read::ReadError;

use super::books::{ods, package, packed, record, small_xls, small_xlsx, xls_stream, xlsx};
use super::compound::compound;
use super::encrypted;

/// What becomes of an input.
#[derive(Debug, Clone, Copy)]
pub enum Outcome {
    /// It is read.
    Read,
    /// It is named among what could not be read, for this cause.
    Refused(ReadError),
    /// The same, by words of the sentence, where it is no file that is refused.
    Unreadable(&'static str),
    /// It is passed over, by words of the sentence.
    Skipped(&'static str),
}

/// One input.
pub struct Bad {
    /// What is wrong with it.
    pub what: &'static str,
    /// Puts it into a folder.
    pub put: Box<dyn Fn(&Path)>,
    /// What becomes of it.
    pub outcome: Outcome,
}

fn file(
    what: &'static str,
    name: &'static str,
    outcome: Outcome,
    make: impl Fn() -> Vec<u8> + 'static,
) -> Bad {
    Bad {
        what,
        put: Box::new(move |folder| fs::write(folder.join(name), make()).unwrap()),
        outcome,
    }
}

/// The bytes with others in place of some of them, of the same length.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let places: Vec<_> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

fn repeated(count: usize, mut piece: impl FnMut(usize, &mut String)) -> String {
    let mut text = String::new();
    for number in 0..count {
        piece(number, &mut text);
    }
    text
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const DAMAGED: Outcome = Outcome::Refused(ReadError::Damaged);
const TOO_LARGE: Outcome = Outcome::Refused(ReadError::TooLarge);
const NO_WORKBOOK: Outcome = Outcome::Refused(ReadError::NotAWorkbook);

/// All of them.
pub fn all() -> Vec<Bad> {
    let mut all = broken();
    all.extend(bombs());
    all.extend(masses());
    all.extend(lies());
    all.extend(folders());
    all
}

fn broken() -> Vec<Bad> {
    vec![
        file("ZIP cut in half", "a.xlsx", DAMAGED, || {
            let bytes = small_xlsx();
            bytes[..bytes.len() / 2].to_vec()
        }),
        file("ZIP with a broken directory", "a.xlsx", DAMAGED, || {
            patched(small_xlsx(), b"PK\x01\x02", b"PK\x01\x09")
        }),
        file("ZIP with a broken part", "a.xlsx", DAMAGED, || {
            let bytes = small_xlsx();
            let from = bytes.windows(3).rposition(|w| w == b"xml").unwrap();
            let start = bytes
                .windows(SHEET.len())
                .position(|w| w == SHEET.as_bytes());
            let at = start.unwrap() + SHEET.len() + 8;
            assert!(at < from);
            let mut bytes = bytes;
            bytes[at..at + 24].fill(0xAA);
            bytes
        }),
        file("XML that ends too soon", "a.xlsx", DAMAGED, || {
            xlsx("", &[(SHEET, b"<worksheet><sheetData><row><c><v>1")])
        }),
        file("XML that is none", "a.xlsx", DAMAGED, || {
            xlsx("", &[(SHEET, b"\0\x01\x02 no markup")])
        }),
        file("no sheet behind the tab", "a.xlsx", DAMAGED, || {
            xlsx("", &[(RELATIONS, b"<Relationships/>")])
        }),
        file("a workbook of Excel 97 cut short", "a.xls", DAMAGED, || {
            small_xls()[..1100].to_vec()
        }),
        file(
            "a web page",
            "a.xls",
            Outcome::Refused(ReadError::Markup),
            || "<html><body><table><tr><td>氏名</td></tr></table></body></html>".into(),
        ),
        file("a picture", "a.xlsx", NO_WORKBOOK, || {
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0".repeat(50)
        }),
        file("a letter", "a.xlsx", NO_WORKBOOK, || {
            package(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("word/document.xml", b"<document/>"),
            ])
        }),
        file(
            "a password",
            "a.xlsx",
            Outcome::Refused(ReadError::PasswordProtected),
            || {
                let streams = encrypted::agile(&small_xlsx(), "himitsu");
                let streams: Vec<_> = streams.iter().map(|(n, b)| (*n, b.as_slice())).collect();
                compound(&streams)
            },
        ),
        file(
            "an archive cut short",
            "a.zip",
            Outcome::Unreadable("ZIPファイルが壊れて"),
            || {
                let bytes = package(&[("a.xlsx", &small_xlsx())]);
                bytes[..bytes.len() - 30].to_vec()
            },
        ),
    ]
}

fn bombs() -> Vec<Bad> {
    vec![
        file("100 MB of blanks in 100 kB", "a.xlsx", TOO_LARGE, || {
            packed(&[("xl/workbook.xml", &vec![b' '; 100 << 20])], 9)
        }),
        file(
            "100 MB of blanks declared as 9 bytes",
            "a.xlsx",
            DAMAGED,
            || {
                let size = (100_u32 << 20).to_le_bytes();
                patched(
                    xlsx("", &[(SHEET, &vec![b' '; 100 << 20])]),
                    &size,
                    &[9, 0, 0, 0],
                )
            },
        ),
        file(
            "a part of 4 GB by its own word",
            "a.xlsx",
            TOO_LARGE,
            || {
                let size = 123_457_u32.to_le_bytes();
                let bytes = xlsx("", &[(SHEET, &vec![b' '; 123_457])]);
                patched(bytes, &size, &[0xFE, 0xFF, 0xFF, 0xFF])
            },
        ),
        file(
            "entities that stand for entities",
            "a.xlsx",
            DAMAGED,
            || {
                let mut text = "<!DOCTYPE w [<!ENTITY a0 \"ああああ\">".to_owned();
                for i in 1..40 {
                    write!(text, "<!ENTITY a{i} \"&a{0};&a{0};\">", i - 1).unwrap();
                }
                text += "]><worksheet><sheetData><row><c t=\"str\"><v>&a39;</v></c></row></sheetData></worksheet>";
                xlsx("", &[(SHEET, text.as_bytes())])
            },
        ),
        file(
            "a million elements inside each other",
            "a.xlsx",
            TOO_LARGE,
            || xlsx(&"<a>".repeat(1_000_000), &[]),
        ),
        file(
            "an archive that inflates a thousandfold",
            "a.zip",
            TOO_LARGE,
            || packed(&[("a.csv", &vec![b','; 60 << 20])], 9),
        ),
        file(
            "an archive of too many files",
            "a.zip",
            Outcome::Unreadable("大きすぎる"),
            || {
                let names: Vec<_> = (0..20_000).map(|i| format!("{i}.csv")).collect();
                let parts: Vec<_> = names
                    .iter()
                    .map(|name| (name.as_str(), &b"a,b"[..]))
                    .collect();
                package(&parts)
            },
        ),
        file(
            "blank rows repeated with a value",
            "a.ods",
            TOO_LARGE,
            || {
                ods("<table:table-row table:number-rows-repeated=\"1048576\">\
                 <table:table-cell table:number-columns-repeated=\"16384\"><text:p>あ</text:p></table:table-cell>\
                 </table:table-row>")
            },
        ),
    ]
}

fn masses() -> Vec<Bad> {
    vec![
        file("10,000 sheets", "a.xlsx", TOO_LARGE, || {
            let tabs = repeated(10_000, |i, text| {
                write!(text, "<sheet name=\"{i}\" sheetId=\"{i}\" r:id=\"rId1\"/>").unwrap();
            });
            let book = format!("<workbook><sheets>{tabs}</sheets></workbook>");
            xlsx("<sheetData/>", &[("xl/workbook.xml", book.as_bytes())])
        }),
        file("1 MB of text in a cell", "a.xlsx", Outcome::Read, || {
            let text = "・9:00　電話：作業開始".repeat(35_000);
            xlsx(
                &format!("<sheetData><row><c t=\"str\"><v>{text}</v></c></row></sheetData>"),
                &[],
            )
        }),
        file("a million merged ranges", "a.xlsx", TOO_LARGE, || {
            let ranges = repeated(1_000_000, |i, text| {
                write!(text, "<mergeCell ref=\"A{0}:B{0}\"/>", i + 1).unwrap();
            });
            xlsx(
                &format!("<sheetData/><mergeCells>{ranges}</mergeCells>"),
                &[],
            )
        }),
        file("100,000 check boxes", "a.xlsx", Outcome::Read, || {
            let boxes = repeated(100_000, |i, text| {
                let (row, col) = (i / 100, i % 100);
                write!(
                    text,
                    "<v:shape id=\"_x0000_s{i}\"><x:ClientData ObjectType=\"Checkbox\"><x:Anchor>\
                     {col},0,{row},0,{},0,{},0</x:Anchor></x:ClientData></v:shape>",
                    col + 1,
                    row + 1
                )
                .unwrap();
            });
            let rels = "<Relationships><Relationship Id=\"v\" Type=\"x/vmlDrawing\" Target=\"v.vml\"/></Relationships>";
            xlsx(
                "<sheetData/><legacyDrawing r:id=\"v\"/>",
                &[
                    ("xl/worksheets/_rels/sheet1.xml.rels", rels.as_bytes()),
                    ("xl/worksheets/v.vml", boxes.as_bytes()),
                ],
            )
        }),
        file("a million cell formats", "a.xlsx", TOO_LARGE, || {
            let formats = "<xf numFmtId=\"14\"/>".repeat(1_000_000);
            let styles = format!("<styleSheet><cellXfs>{formats}</cellXfs></styleSheet>");
            xlsx("<sheetData/>", &[("xl/styles.xml", styles.as_bytes())])
        }),
        file(
            "1.2 million cells of one string",
            "a.xlsx",
            TOO_LARGE,
            || {
                let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(10_000));
                xlsx(&format!("<sheetData>{}</sheetData>", row.repeat(120)), &[])
            },
        ),
        file(
            "ten million cells of one string",
            "a.xlsx",
            TOO_LARGE,
            || {
                let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(10_000));
                xlsx(
                    &format!("<sheetData>{}</sheetData>", row.repeat(1_000)),
                    &[],
                )
            },
        ),
        file(
            "1.8 million blank cells with a format",
            "a.xlsx",
            Outcome::Read,
            || {
                let rows = repeated(1_800, |row, text| {
                    text.push_str("<row>");
                    for col in 0..1_000 {
                        let cell = Cell::new(row as u32, col);
                        write!(text, "<c r=\"{cell}\" s=\"1\"/>").unwrap();
                    }
                    text.push_str("</row>");
                });
                xlsx(&format!("<sheetData>{rows}</sheetData>"), &[])
            },
        ),
        file(
            "40,000 cells that look like labels",
            "a.xlsx",
            Outcome::Read,
            || {
                texts(4_000, 10, |row, col| {
                    LABELS[(row * 3 + col) % LABELS.len()].to_owned()
                })
            },
        ),
        file(
            "labels in every column of a sheet",
            "a.xlsx",
            Outcome::Read,
            || {
                texts(2, 16_384, |row, col| {
                    LABELS[(row + col) % LABELS.len()].to_owned()
                })
            },
        ),
        file("20,000 labels in a cell", "a.xlsx", Outcome::Read, || {
            texts(1, 1, |_, _| "氏名：青葉　".repeat(20_000))
        }),
        file("40,000 months", "a.xlsx", Outcome::Read, || {
            texts(4, 10_000, |_, _| "9月分".to_owned())
        }),
        file(
            "10,000 days of people whom nobody knows",
            "a.xlsx",
            Outcome::Read,
            || {
                texts(10_000, 6, |row, col| match (row, col) {
                    (0, _) => LABELS[col].to_owned(),
                    (_, 0) => format!("9月{}日", row % 28 + 1),
                    (_, 1) => format!("青葉{row}"),
                    _ => "9:00 電話".to_owned(),
                })
            },
        ),
        Bad {
            what: "three workbooks of 15,000 days each",
            put: Box::new(|folder| {
                for name in ["い", "ろ", "は"] {
                    let days = texts(15_000, 6, |row, col| match (row, col) {
                        (0, _) => LABELS[col].to_owned(),
                        (_, 0) => format!("9月{}日", row % 28 + 1),
                        (_, 1) => format!("{name}{row}"),
                        _ => "9:00 電話".to_owned(),
                    });
                    fs::write(folder.join(format!("{name}.xlsx")), days).unwrap();
                }
            }),
            outcome: Outcome::Refused(ReadError::NoRoom),
        },
        file("a table of a million lines", "a.csv", TOO_LARGE, || {
            "氏名,番号\n".repeat(1_000_000).into_bytes()
        }),
        file("70 MB of text", "a.csv", TOO_LARGE, || vec![b'a'; 70 << 20]),
        file(
            "half a million strings in a workbook of Excel 97",
            "a.xls",
            Outcome::Read,
            || {
                let mut globals = record(0x00FC, &[0; 8]);
                let piece = record(0x003C, &[1, 0, 0, b'a'].repeat(2_000));
                (0..250).for_each(|_| globals.extend(&piece));
                let sheet = record(0x00FD, &[0, 0, 0, 0, 0, 0, 9, 0, 0, 0]);
                compound(&[("Workbook", &xls_stream(&globals, &sheet))])
            },
        ),
    ]
}

const LABELS: [&str; 6] = [
    "実施日",
    "氏名",
    "支援内容",
    "作業開始",
    "作業終了",
    "連絡方法",
];

/// A workbook with a text in each cell of so many rows and columns.
fn texts(rows: usize, cols: usize, text: impl Fn(usize, usize) -> String) -> Vec<u8> {
    let rows = repeated(rows, |row, sheet| {
        sheet.push_str("<row>");
        for col in 0..cols {
            write!(sheet, "<c t=\"str\"><v>{}</v></c>", text(row, col)).unwrap();
        }
        sheet.push_str("</row>");
    });
    xlsx(&format!("<sheetData>{rows}</sheetData>"), &[])
}

fn lies() -> Vec<Bad> {
    vec![
        file(
            "17 thousand million cells declared, one at the far end",
            "a.xlsx",
            Outcome::Read,
            || {
                xlsx(
                    "<dimension ref=\"A1:XFD1048576\"/><cols><col min=\"1\" max=\"16384\" hidden=\"1\"/></cols>\
                 <sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
                 <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>\
                 <mergeCells><mergeCell ref=\"A2:XFD1048575\"/></mergeCells>",
                    &[],
                )
            },
        ),
        file("rows beyond the last", "a.xlsx", DAMAGED, || {
            xlsx(
                "<sheetData><row r=\"4294967295\"><c><v>1</v></c></row></sheetData>",
                &[],
            )
        }),
        file("rows beyond all numbers", "a.xlsx", Outcome::Read, || {
            xlsx(
                "<sheetData><row r=\"99999999999999999999\"><c><v>1</v></c></row></sheetData>",
                &[],
            )
        }),
        file(
            "a sheet that is the workbook itself",
            "a.xlsx",
            DAMAGED,
            || {
                let rels = "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"workbook.xml\"/></Relationships>";
                xlsx("", &[(RELATIONS, rels.as_bytes())])
            },
        ),
        file("a sheet outside of the package", "a.xlsx", DAMAGED, || {
            let rels = "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"../../../etc/passwd\"/></Relationships>";
            xlsx(
                "",
                &[
                    (RELATIONS, rels.as_bytes()),
                    ("../../../etc/passwd", b"<worksheet/>"),
                ],
            )
        }),
        file(
            "a sheet at an absolute path of the machine",
            "a.xlsx",
            DAMAGED,
            || {
                let rels = "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"file:///etc/passwd\"/></Relationships>";
                xlsx("", &[(RELATIONS, rels.as_bytes())])
            },
        ),
        file("a chain of sectors in a circle", "a.xls", DAMAGED, || {
            let stream = xls_stream(&record(0x00FC, &vec![0; 6_000]), &[]);
            // The table of sectors is the first sector; its third number ends the directory.
            let mut bytes = compound(&[("Workbook", &stream)]);
            for at in (512 + 4..1_024).step_by(4) {
                let sector = (at as u32 - 512) / 4;
                bytes[at..at + 4].copy_from_slice(&sector.to_le_bytes());
            }
            bytes
        }),
        file(
            "a password that takes for ever to try",
            "a.xlsx",
            TOO_LARGE,
            || {
                let mut streams = encrypted::agile(&small_xlsx(), "himitsu");
                let info = String::from_utf8_lossy(&streams[0].1).into_owned();
                streams[0].1 = info.replace("\"1000\"", "\"4000000000\"").into_bytes();
                let streams: Vec<_> = streams.iter().map(|(n, b)| (*n, b.as_slice())).collect();
                compound(&streams)
            },
        ),
        file(
            "a file in an archive that leads outside",
            "a.zip",
            Outcome::Unreadable("置き場所"),
            || {
                package(&[
                    ("../../etc/a.xlsx", &small_xlsx()),
                    ("/b.xlsx", &small_xlsx()),
                ])
            },
        ),
        file(
            "an archive in an archive",
            "a.zip",
            Outcome::Skipped("ZIPファイルの中のZIPファイル"),
            || {
                let inner = package(&[("a.xlsx", &small_xlsx())]);
                package(&[("b.zip", &inner), ("b.xlsx", &small_xlsx())])
            },
        ),
        file(
            "zero bytes",
            "a.xlsx",
            Outcome::Skipped("0バイト"),
            Vec::new,
        ),
    ]
}

fn folders() -> Vec<Bad> {
    let mut all = vec![Bad {
        what: "50,000 files in a folder",
        put: Box::new(|folder| {
            for i in 0..50_000 {
                let ending = if i % 10 == 0 { "csv" } else { "txt" };
                fs::write(folder.join(format!("{i}.{ending}")), "a,b").unwrap();
            }
        }),
        outcome: Outcome::Read,
    }];
    #[cfg(unix)]
    all.extend([
        Bad {
            what: "a link to a folder around it",
            put: Box::new(|folder| {
                std::os::unix::fs::symlink(folder, folder.join("輪")).unwrap();
            }),
            outcome: Outcome::Skipped("リンク"),
        },
        Bad {
            what: "a link that leads nowhere",
            put: Box::new(|folder| {
                let to = folder.join("gone.xlsx");
                std::os::unix::fs::symlink(to, folder.join("a.xlsx")).unwrap();
            }),
            outcome: Outcome::Unreadable("ファイルを開けません"),
        },
        Bad {
            what: "a pipe that never says anything",
            put: Box::new(|folder| {
                let made = std::process::Command::new("mkfifo")
                    .arg(folder.join("a.xlsx"))
                    .status();
                assert!(made.unwrap().success());
            }),
            outcome: Outcome::Skipped("0バイト"),
        },
        Bad {
            what: "a device without end",
            put: Box::new(|folder| {
                std::os::unix::fs::symlink("/dev/zero", folder.join("a.xlsx")).unwrap();
            }),
            outcome: Outcome::Skipped("0バイト"),
        },
        Bad {
            what: "a file that may not be read",
            put: Box::new(|folder| {
                use std::os::unix::fs::PermissionsExt;
                let path = folder.join("a.xlsx");
                fs::write(&path, small_xlsx()).unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
            }),
            outcome: Outcome::Unreadable("ファイルを開けません"),
        },
    ]);
    all
}
