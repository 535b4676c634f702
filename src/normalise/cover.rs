//! What an office says of itself on sheets that hold no record: its name, number and service.

use std::collections::BTreeMap;

use super::{fields, service};
use crate::model::{Content, Field, Service};
use crate::recognise::{Entry, Item, Recognised};
use crate::text::squash;

/// All that such sheets say.
#[derive(Debug, Default)]
pub struct Covers {
    /// 事業所名
    pub names: Vec<String>,
    /// 事業所番号
    pub numbers: Vec<String>,
    /// サービス種別
    pub services: Vec<Service>,
}

impl Covers {
    /// What the sheets of `books` say.
    pub fn of(books: &[Recognised]) -> Self {
        let mut all = Self::default();
        for said in books.iter().flat_map(|book| &book.covers) {
            let (name, service) = name_and_service(said);
            let number = fields::number(said.get(&Item::OfficeNumber));
            all.names.extend(name.text().map(str::to_owned));
            all.numbers.extend(number.text().map(squash));
            all.services.extend(service.get());
        }
        all
    }
}

/// The name of the office and its service, which may stand in brackets behind the name.
pub fn name_and_service(said: &BTreeMap<Item, Vec<Entry>>) -> (Field<String>, Field<Service>) {
    let mut name = fields::text(said.get(&Item::OfficeName));
    let mut service = fields::service(said.get(&Item::Service));
    if let Content::Value(written) = &mut name.content
        && let (alone, Some(named)) = service::beside_name(written)
    {
        let alone = alone.to_owned();
        if service.is_absent() {
            service = Field {
                grounds: name.grounds,
                ..Field::read(written.clone(), named, name.cell)
            };
        }
        *written = alone;
    }
    (name, service)
}

#[cfg(test)]
mod tests {
    use crate::model::Service;
    use crate::normalise::office;
    use crate::read::{Book, Sheet};
    use crate::recognise::{Vocabulary, recognise};

    fn read(cells: &[(&str, &str)]) -> (String, Option<String>) {
        let book = Book {
            sheets: vec![Sheet::of_texts("報告書", cells)],
            ..Book::default()
        };
        let found = recognise(&book, Vocabulary::builtin());
        let office = office("folder", &[found], Vec::new(), Vec::new());
        (office.name, office.number)
    }

    #[test]
    fn a_cover_names_the_office() {
        let cover = [
            ("A1", "実施状況について（報告）"),
            ("C3", "事業所名"),
            ("E3", "みなと作業所（就労継続支援Ｂ型）"),
            ("C4", "事業所番号"),
            ("E4", "4010100001"),
        ];
        let number = Some("4010100001".to_owned());
        assert_eq!(read(&cover), ("みなと作業所".to_owned(), number));
    }

    #[test]
    fn a_title_names_the_service_of_all_users_below_it() {
        let services = |title: &str, column: &[(&str, &str)]| {
            let list = [
                ("A1", title),
                ("A3", "氏名"),
                ("B3", "受給者証番号"),
                ("C3", "在宅開始日"),
                ("A4", "森 健太"),
                ("B4", "0100000031"),
                ("C4", "令和7年9月1日"),
            ];
            let book = Book {
                sheets: vec![Sheet::of_texts("名簿", &[&list[..], column].concat())],
                ..Book::default()
            };
            let found = recognise(&book, Vocabulary::builtin());
            let office = office("folder", &[found], Vec::new(), Vec::new());
            office
                .roster
                .iter()
                .map(|entry| entry.service.get())
                .collect::<Vec<_>>()
        };
        let titled = "在宅訓練対象者一覧（就労移行支援）";
        assert_eq!(services(titled, &[]), [Some(Service::Transition)]);
        let office = "事業所：みなと作業所（就労継続支援B型）";
        assert_eq!(services(office, &[]), [Some(Service::ContinuationB)]);
        let unnamed = "事業所：みなと作業所（本所）";
        assert_eq!(services(unnamed, &[]), [None]);
        let own = [("D3", "サービス種別"), ("D4", "就労継続支援B型")];
        assert_eq!(services(titled, &own), [Some(Service::ContinuationB)]);
        assert_eq!(services("在宅訓練対象者一覧", &[]), [None]);
    }

    #[test]
    fn what_a_form_says_counts_before_any_cover() {
        let letter = [("A1", "ご案内"), ("C3", "電話"), ("E3", "093-000-0000")];
        assert_eq!(read(&letter), ("folder".to_owned(), None));
        let sample = [("A1", "記載例"), ("C3", "事業所番号"), ("E3", "4010100001")];
        assert_eq!(read(&sample), ("folder".to_owned(), None));
    }
}
