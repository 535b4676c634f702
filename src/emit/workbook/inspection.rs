//! 自主点検表: what no record shows, for the office to answer, with what it has answered.
//!
//! A form, and so in Japanese whatever the language of messages. Each line ends with the
//! number by which it is read back.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Worksheet, XlsxError};

use super::EmitError;
use super::book::{Book, PAGE_NUMBER};
use super::cell;
use super::entry::Entry;
use super::figure::Kind;
use super::style::{Look, Style};
use super::table::{Column, Table};
use super::template::InspectionWords;
use crate::model::{Answer, Answered, Office, SelfInspection, SentenceId};
use crate::notice::Notice;

const SIZE: f64 = 9.0;
/// The least width of each column in pixels and its look.
const COLUMNS: [(u32, Look); 7] = [
    (66, Look::Figure),
    (330, Look::Cell),
    (62, Look::Figure),
    (104, Look::Figure),
    (92, Look::Cell),
    (220, Look::Cell),
    (136, Look::Figure),
];
const ANSWERS: u16 = 2;
const HEADING: u32 = 4;

/// Writes a sheet for each notice that leaves something to the office; says whether any does.
pub(super) fn add(
    book: &mut Book,
    office: &Office,
    notices: &[Notice],
    words: &InspectionWords,
) -> Result<bool, EmitError> {
    let mut any = false;
    for notice in notices {
        let asked = notice.named_sentences();
        let rows: Vec<Vec<Entry>> = asked
            .filter(|(_, sentence)| sentence.self_inspection)
            .map(|(id, sentence)| line(office, &id, &sentence.text))
            .collect();
        if rows.is_empty() {
            continue;
        }
        any = true;
        let table = Table {
            columns: columns(words),
            rows,
            size: SIZE,
        };
        let name = match notices {
            [_] => words.sheet.clone(),
            _ => format!("{}（{}）", words.sheet, notice.city),
        };
        // The writer allows no longer name.
        let name: String = name.chars().take(31).collect();
        let sheet = book.sheet(&name)?;
        draw(sheet, office, notice, &table, words)?;
    }
    Ok(any)
}

fn columns(words: &InspectionWords) -> Vec<Column> {
    let columns = words.columns.iter().zip(COLUMNS);
    columns
        .map(|(title, (px, look))| Column::new(title, px, look))
        .collect()
}

fn line(office: &Office, id: &SentenceId, asked: &str) -> Vec<Entry> {
    let answered = match office.answer(id) {
        Answered::As(_, line) | Answered::Unclear(line) | Answered::Nothing(Some(line)) => {
            Some(line)
        }
        // Which of the two holds is for the office to say.
        Answered::Contradictory(_) | Answered::Nothing(None) => None,
    };
    let blank = || [Kind::Text, Kind::Date, Kind::Text, Kind::Text].map(Entry::blank);
    let [answer, day, inspector, note] = answered.map_or_else(blank, carried_over);
    vec![
        Entry::plain(&id.clause),
        Entry::plain(asked),
        answer,
        day,
        inspector,
        note,
        Entry::plain(id.to_string()),
    ]
}

/// 判定, 点検日, 点検者, 根拠・備考
fn carried_over(line: &SelfInspection) -> [Entry; 4] {
    let at = &line.source;
    let answer = line.answer.get().map(Answer::japanese);
    let answer = answer.unwrap_or(&line.answer.raw);
    [
        Entry::item(at, &line.answer, answer),
        Entry::value(at, &line.inspected_on),
        Entry::free(at, &line.inspector),
        Entry::free(at, &line.note),
    ]
}

fn draw(
    sheet: &mut Worksheet,
    office: &Office,
    notice: &Notice,
    table: &Table,
    words: &InspectionWords,
) -> Result<(), XlsxError> {
    let all = [0, table.last_col()];
    let number = office.number.as_deref().unwrap_or_default();
    let lines = [
        (26.0, Look::Title, words.title.clone()),
        (
            18.0,
            Look::Plain,
            format!(
                "{}　{}　　{}　{number}",
                words.office, office.name, words.office_number
            ),
        ),
        (
            18.0,
            Look::Plain,
            format!("{}　{}　{}", words.notice, notice.city, notice.title),
        ),
        (32.0, Look::Plain, words.remark.clone()),
    ];
    for (row, (height, look, text)) in (0..).zip(lines) {
        sheet.set_row_height(row, height)?;
        let entry = Entry::plain(text);
        cell::write(sheet, [row, row], all, &entry.text, Style::new(look, SIZE))?;
    }
    let end = table.draw(sheet, HEADING)?;
    table.set_up(sheet, HEADING, end)?;
    sheet.set_footer(PAGE_NUMBER);
    let choices = Answer::ALL.map(Answer::japanese);
    let choices = DataValidation::new()
        .allow_list_strings(&choices)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(&words.choose_title)?
        .set_error_message(&words.choose)?;
    sheet.add_data_validation(HEADING + 1, ANSWERS, end - 1, ANSWERS, &choices)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::check::testing::{blank, date, notice, office, text, unclear, value};
    use crate::emit::workbook::inspection_book;
    use crate::model::{Cell, Source};
    use crate::normalise;
    use crate::recognise::{Vocabulary, recognise};

    const AS_OF: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 11, 30);

    /// The sheet of `office`, written and read again.
    fn round(office: &Office, ids: &[&str]) -> Office {
        let notices: Vec<Notice> = ids.iter().map(|id| notice(id)).collect();
        let file = inspection_book(office, &notices, AS_OF.unwrap());
        let file = file.unwrap().unwrap();
        assert_eq!(file.name, "自主点検表.xlsx");
        let book = crate::read::read_bytes(&file.bytes, file.name.as_str().into()).unwrap();
        let found = recognise(&book, Vocabulary::builtin());
        normalise::office("見本", &[found], Vec::new(), Vec::new())
    }

    fn line(id: &str, answer: Answer) -> SelfInspection {
        SelfInspection {
            sentence: SentenceId::parse(id).unwrap(),
            answer: value(answer),
            inspected_on: value(date(2025, 11, 4)),
            inspector: text("大友　誠"),
            note: text("運営規程 第12条"),
            source: Source::default(),
        }
    }

    #[test]
    fn an_unfilled_sheet_reads_back_as_nothing() {
        let read = round(&office(), &["kitakyushu", "hitachi"]);
        assert!(read.self_inspection.is_empty());
        assert_eq!(read.skipped, []);
        assert_eq!(read.people, []);
    }

    #[test]
    fn answers_are_carried_over() {
        let answered = Office {
            self_inspection: vec![
                line("hitachi/2(1)/1", Answer::Unmet),
                line("kitakyushu/4(3)イ①/1", Answer::Met),
                line("kitakyushu/6(1)/1", Answer::NotApplicable),
            ],
            ..office()
        };
        let read = round(&answered, &["kitakyushu", "hitachi"]).self_inspection;
        assert_eq!(read.len(), 3);
        for (read, written) in read.iter().zip(&answered.self_inspection) {
            assert_eq!(read.sentence, written.sentence);
            assert_eq!(read.answer.get(), written.answer.get());
            assert_eq!(read.inspected_on.get(), Some(date(2025, 11, 4)));
            assert_eq!(read.inspector.text(), Some("大友　誠"));
            assert_eq!(read.note.text(), Some("運営規程 第12条"));
        }
        assert_eq!(&*read[0].source.sheet, "自主点検表（日立市）");
    }

    #[test]
    fn what_was_not_understood_stays_and_what_contradicts_is_left_open() {
        let id = "kitakyushu/6(1)/1";
        let unclear = SelfInspection {
            answer: unclear("たぶん適か不適"),
            ..line(id, Answer::Met)
        };
        let read = round(
            &Office {
                self_inspection: vec![unclear],
                ..office()
            },
            &["kitakyushu"],
        );
        assert_eq!(read.self_inspection[0].answer.raw, "たぶん適か不適");
        let contradictory = vec![line(id, Answer::Met), line(id, Answer::Unmet)];
        let read = round(
            &Office {
                self_inspection: contradictory,
                ..office()
            },
            &["kitakyushu"],
        );
        assert!(read.self_inspection.is_empty());
    }

    #[test]
    fn a_note_without_an_answer_is_kept() {
        let id = "kitakyushu/6(1)/1";
        let noted = SelfInspection {
            answer: blank(),
            inspected_on: blank(),
            inspector: blank(),
            ..line(id, Answer::Met)
        };
        let office = Office {
            self_inspection: vec![noted],
            ..office()
        };
        let read = round(&office, &["kitakyushu"]).self_inspection;
        assert!(read[0].answer.is_blank());
        assert_eq!(read[0].note.text(), Some("運営規程 第12条"));
        assert_eq!(read[0].answer.cell.map(|cell: Cell| cell.col), Some(2));
    }

    #[test]
    fn each_line_offers_the_three_answers() {
        let file = inspection_book(&office(), &[notice("kitakyushu")], AS_OF.unwrap());
        let bytes = file.unwrap().unwrap().bytes;
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let part = zip.by_name("xl/worksheets/sheet1.xml").unwrap();
        let xml = std::io::read_to_string(part).unwrap();
        let asked = notice("kitakyushu");
        let asked = asked.sentences().filter(|(_, s)| s.self_inspection).count();
        let last = HEADING as usize + 1 + asked;
        assert!(xml.contains("適,不適,非該当"));
        assert!(xml.contains(&format!("sqref=\"C6:C{last}\"")), "{last}");
    }

    #[test]
    fn a_notice_that_leaves_nothing_has_no_sheet() {
        let mut nothing = notice("kitakyushu");
        nothing.clauses.clear();
        let made = inspection_book(&office(), &[nothing], AS_OF.unwrap()).unwrap();
        assert!(made.is_none());
    }
}
