//! サービス提供実績記録票: from the lines of one table to one user's month.

use chrono::NaiveDate;

use super::date;
use super::fields::{self, Entries};
use super::joined::shown;
use super::record::{Sheeted, written};
use super::words::words;
use crate::model::{Content, Field, Month, ServiceDay, ServiceRecordSheet};
use crate::recognise::Item;
use crate::text::{clean, squash};

impl Sheeted<'_> {
    /// One line; `None` where the column of the days holds no day, as under the table.
    pub fn service_day(&self) -> Option<ServiceDay> {
        let (start, end) = self.times();
        let day = ServiceDay {
            date: day_of_month(self.item(Item::Date), self.month),
            status: self.text(Item::Status),
            start,
            end,
            confirmed: confirmation(self.item(Item::Confirmation)),
            remarks: self.text(Item::Remarks),
        };
        let is_day = day.date.value().is_some()
            || squash(&day.date.raw).contains(|c: char| c.is_ascii_digit());
        is_day.then_some(day)
    }

    /// The sheet that the line is of, without its days.
    pub fn service_sheet(&self) -> ServiceRecordSheet {
        let mut month = fields::month(self.item(Item::Month), self.month.map(Month::year));
        if month.get().is_none()
            && let Some(named) = self.month
        {
            month = Field::read(self.form.title.clone(), named, None);
        }
        ServiceRecordSheet {
            user: self.user(),
            month,
            days: Vec::new(),
            source: self.source(),
        }
    }
}

/// A sheet with all its lines: takes out what is printed and not written, and the days of
/// which nothing is told; `None` for an unfilled sheet.
pub fn finished(mut sheet: ServiceRecordSheet) -> Option<ServiceRecordSheet> {
    let is_place = |day: &ServiceDay| {
        let sign = day.confirmed.text().map(squash);
        sign.is_some_and(|sign| words().confirmation.places.contains(&sign))
    };
    // 印 that stands on a day without service too marks the place of the seal.
    if sheet.days.iter().any(|day| !tells(day) && is_place(day)) {
        for day in sheet.days.iter_mut().filter(|day| is_place(day)) {
            day.confirmed.content = Content::Blank;
        }
    }
    sheet
        .days
        .retain(|day| tells(day) || written(&day.confirmed));
    repeat(&mut sheet.days);
    (!sheet.days.is_empty()).then_some(sheet)
}

/// Whether the line says anything beside its sign.
fn tells(day: &ServiceDay) -> bool {
    written(&day.status) || written(&day.start) || written(&day.end) || written(&day.remarks)
}

/// 〃 in 備考 means what stands above it.
fn repeat(days: &mut [ServiceDay]) {
    let mut above: Option<String> = None;
    for day in days {
        let Some(remark) = day.remarks.text() else {
            continue;
        };
        if words().ditto.contains(&squash(remark)) {
            if let Some(above) = &above {
                day.remarks.content = Content::Value(above.clone());
            }
        } else {
            above = Some(remark.to_owned());
        }
    }
}

/// A day of the month of the form: `3`, `3日`, or a whole date.
fn day_of_month(entries: Entries, month: Option<Month>) -> Field<NaiveDate> {
    let number = fields::first(entries).and_then(|entry| {
        let text = squash(&shown(&entry.words));
        text.strip_suffix('日').unwrap_or(&text).parse::<u32>().ok()
    });
    let Some(number) = number else {
        return fields::date(entries, month);
    };
    fields::read(entries, shown, |_, _| {
        // 3日 as a date says why there is no such day.
        let day = date::date(&format!("{number}日"), month)?;
        Ok(Some(fields::plain(day.value)))
    })
}

/// 利用者確認: what is signed or stamped. A sign that says no, such as ×, is a blank.
fn confirmation(entries: Entries) -> Field<String> {
    let ticked = entries
        .into_iter()
        .flatten()
        .flat_map(|entry| &entry.words)
        .find(|word| word.tick == Some(true));
    if let Some(tick) = ticked {
        return Field {
            doubts: fields::doubts(std::slice::from_ref(tick)),
            ..Field::read("✓", "✓".to_owned(), Some(tick.cell))
        };
    }
    fields::read(entries, shown, |text, _| {
        let sign = squash(text).to_lowercase();
        let none = &words().confirmation.none;
        if sign.is_empty() || none.contains(&sign) {
            Ok(None)
        } else {
            Ok(Some(fields::plain(clean(text))))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, CellRange, Office};
    use crate::read::{Book, CheckBox, Shape, Sheet, SheetCell, Stored};
    use crate::recognise::{Vocabulary, recognise};

    const NUMBER: &str = "0100000001";

    fn put(sheet: &mut Sheet, place: &str, text: &str) {
        let range = CellRange::parse(place).unwrap();
        if range.first != range.last {
            sheet.merged.push(range);
        }
        if text.is_empty() {
            return;
        }
        let stored = match text.parse() {
            Ok(number) => Stored::Number(number),
            Err(_) => Stored::Text(text.to_owned()),
        };
        let cell = SheetCell {
            stored,
            shown: text.to_owned(),
            struck: false,
        };
        sheet.cells.insert(range.first, cell);
    }

    /// The national form: three levels of header, the number a digit a cell, 31 printed lines.
    fn national() -> Sheet {
        let mut sheet = Sheet {
            name: "青葉".to_owned(),
            ..Sheet::default()
        };
        for (place, text) in [
            ("A1", "令和"),
            ("B1", "7"),
            ("C1", "年"),
            ("D1", "9"),
            ("E1", "月分"),
            ("G1:P1", "就労継続支援提供実績記録票"),
            ("A3:B3", "受給者証番号"),
            ("M3:N3", "支給決定障害者等氏名\n（児童氏名）"),
            ("O3:P3", "青葉　ひかり"),
            ("A4:B4", "契約支給量"),
            ("C4:L4", "原則の日数"),
            ("M4:N4", "事業所番号"),
            ("O4:P4", "4019900001"),
            ("A5:B5", "事業者及びその事業所"),
            ("C5:L5", "株式会社みなと　みなと作業所"),
            ("A7:A9", "日付"),
            ("B7:B9", "曜日"),
            ("C7:M7", "サービス提供実績"),
            ("C8:D9", "サービス提供の状況"),
            ("E8:F9", "開始時間"),
            ("G8:H9", "終了時間"),
            ("I8:J8", "送迎加算"),
            ("I9", "往"),
            ("J9", "復"),
            ("K8:K9", "食事提供加算"),
            ("L8:M9", "施設外支援"),
            ("N7:N9", "利用者確認欄"),
            ("O7:P9", "備考"),
            ("A41:B41", "合計"),
            ("C41:D41", "3"),
            ("A42:B42", "施設外支援"),
            ("C42", "当月"),
            ("D42", "3"),
            ("A43:P43", "※ 30日目まで初期加算を算定"),
        ] {
            put(&mut sheet, place, text);
        }
        for (i, digit) in NUMBER.chars().enumerate() {
            let cell = Cell::new(2, 2 + i as u32);
            put(&mut sheet, &cell.to_string(), &digit.to_string());
        }
        for day in 1..=31 {
            put(&mut sheet, &format!("A{}", day + 9), &day.to_string());
            put(&mut sheet, &format!("B{}", day + 9), "月");
            for place in ["C{}:D{}", "E{}:F{}", "G{}:H{}", "L{}:M{}", "O{}:P{}"] {
                let row = (day + 9).to_string();
                put(&mut sheet, &place.replace("{}", &row), "");
            }
        }
        for (day, start, end, sign, remark) in [
            (1, "10:00", "15:00", "印", "在宅就労"),
            (2, "9:30", "15:30", "印", ""),
            (3, "10:00", "15:00", "", "〃"),
        ] {
            let row = day + 9;
            put(&mut sheet, &format!("E{row}"), start);
            put(&mut sheet, &format!("G{row}"), end);
            put(&mut sheet, &format!("N{row}"), sign);
            put(&mut sheet, &format!("O{row}"), remark);
        }
        sheet
    }

    /// An office's own: one level of header, only the days that were.
    fn plain() -> Sheet {
        let mut sheet = Sheet {
            name: "9月".to_owned(),
            ..Sheet::default()
        };
        for (row, texts) in [
            ("1", ["令和7年9月分　実績記録票", "", "", "", "", ""]),
            (
                "2",
                ["氏名", "青葉　ひかり", "受給者証番号", NUMBER, "", ""],
            ),
            (
                "4",
                ["日付", "曜日", "開始時間", "終了時間", "利用者確認", "備考"],
            ),
            ("5", ["1日", "月", "10:00", "15:00", "〇", "在宅就労"]),
            ("6", ["3日", "水", "10:00", "15:00", "×", "在宅就労"]),
            ("7", ["5日", "金", "", "", "", "欠席の連絡あり"]),
        ] {
            for (col, text) in ["A", "B", "C", "D", "E", "F"].into_iter().zip(texts) {
                put(&mut sheet, &format!("{col}{row}"), text);
            }
        }
        sheet
    }

    fn read(sheet: Sheet) -> Office {
        let book = Book {
            file: "実績記録票.xlsx".into(),
            sheets: vec![sheet],
        };
        let forms = recognise(&book, Vocabulary::builtin());
        crate::normalise::office("港", &[forms], Vec::new(), Vec::new())
    }

    /// One line a day: date, times, confirmation and remark.
    fn lines(office: &Office) -> Vec<String> {
        let [sheet] = office.service_records.as_slice() else {
            panic!("one sheet: {:?}", office.service_records);
        };
        let time = |field: &Field<chrono::NaiveTime>| {
            field
                .get()
                .map_or("-".to_owned(), |t| t.format("%H:%M").to_string())
        };
        let line = |day: &ServiceDay| {
            format!(
                "{} {}-{} {} {}",
                day.date
                    .get()
                    .map_or(day.date.raw.clone(), |d| d.to_string()),
                time(&day.start),
                time(&day.end),
                day.confirmed.text().unwrap_or("-"),
                day.remarks.text().unwrap_or("-"),
            )
        };
        sheet.days.iter().map(line).collect()
    }

    #[test]
    fn the_national_form_is_read() {
        let office = read(national());
        assert_eq!(
            lines(&office),
            [
                "2025-09-01 10:00-15:00 印 在宅就労",
                "2025-09-02 09:30-15:30 印 -",
                "2025-09-03 10:00-15:00 - 在宅就労",
            ]
        );
        let sheet = &office.service_records[0];
        assert_eq!(sheet.month.get(), Month::new(2025, 9));
        let person = office.person(sheet.user.person);
        assert_eq!(person.name, "青葉　ひかり");
        assert_eq!(person.certificate_number.as_ref().unwrap().as_str(), NUMBER);
        assert_eq!(office.number.as_deref(), Some("4019900001"));
        assert!(office.daily.is_empty() && office.listing.is_empty());
        assert_eq!(sheet.days[0].start.cell, Cell::parse("E10"));
        assert_eq!(sheet.days[2].confirmed.cell, Cell::parse("N12"));
    }

    #[test]
    fn an_offices_own_table_is_read() {
        let office = read(plain());
        assert_eq!(
            lines(&office),
            [
                "2025-09-01 10:00-15:00 〇 在宅就労",
                "2025-09-03 10:00-15:00 - 在宅就労",
                "2025-09-05 --- - 欠席の連絡あり",
            ]
        );
        assert!(office.service_records[0].days[1].confirmed.is_blank());
        assert!(office.service_records[0].days[0].status.is_absent());
    }

    #[test]
    fn a_seal_that_is_a_picture_confirms_its_day() {
        let picture = |anchor: &str, insets| Shape {
            anchor: CellRange::parse(anchor).unwrap(),
            kind: "picture".to_owned(),
            text: String::new(),
            insets,
            over: None,
        };
        let mut sheet = national();
        sheet.shapes.push(picture("N12:O12", [200, 100, 100, 900]));
        assert!(lines(&read(sheet))[2].contains("（印影）"));
        let mut watermark = national();
        watermark.shapes.push(picture("A1:P41", [0, 0, 1000, 1000]));
        assert_eq!(lines(&read(watermark)), lines(&read(national())));
    }

    #[test]
    fn a_ticked_box_confirms_and_an_open_one_does_not() {
        let mut sheet = national();
        for (row, checked) in [(11, true), (12, false)] {
            let cell = Cell::parse(&format!("N{row}")).unwrap();
            sheet.cells.remove(&cell);
            sheet.check_boxes.push(CheckBox {
                anchor: CellRange::single(cell),
                center: cell,
                checked,
                caption: String::new(),
            });
        }
        let lines = lines(&read(sheet));
        assert!(
            lines[1].contains('✓') && !lines[2].contains('✓'),
            "{lines:?}"
        );
    }

    #[test]
    fn a_sign_printed_on_every_line_confirms_nothing() {
        let mut sheet = national();
        for row in 10..=40 {
            put(&mut sheet, &format!("N{row}"), "㊞");
        }
        put(&mut sheet, "N11", "青葉");
        let lines = lines(&read(sheet));
        assert_eq!(lines.len(), 3);
        assert!(lines[1].contains("青葉"));
        assert!(lines.iter().all(|line| !line.contains('㊞')), "{lines:?}");
    }

    #[test]
    fn an_unfilled_form_is_nobodys_record() {
        let mut sheet = national();
        for row in 10..=12 {
            for col in ["E", "G", "N", "O"] {
                sheet
                    .cells
                    .remove(&Cell::parse(&format!("{col}{row}")).unwrap());
            }
        }
        assert!(read(sheet).service_records.is_empty());
    }

    #[test]
    fn a_log_of_the_days_at_home_is_not_taken_for_it() {
        let mut sheet = plain();
        put(&mut sheet, "A1", "在宅就労支援記録　令和7年9月分");
        put(&mut sheet, "E4", "支援内容");
        for row in 5..=7 {
            put(
                &mut sheet,
                &format!("E{row}"),
                "10:00 開始の電話\n15:00 終了の電話",
            );
        }
        let office = read(sheet);
        assert!(office.service_records.is_empty());
        assert_eq!(office.daily.len(), 3);
    }

    #[test]
    fn a_day_that_the_month_does_not_have_is_not_understood() {
        let mut sheet = national();
        put(&mut sheet, "O40", "在宅就労");
        assert_eq!(lines(&read(sheet))[3], "31 --- - 在宅就労");
    }
}
