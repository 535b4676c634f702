//! What the users and their months are called in the names of files.

use crate::emit::file_names::CORRECTED;
use crate::emit::safe_name::safe_name;
use crate::model::{Month, Office, Person, PersonId};

/// A name for each person of an office, no two alike even where capitals do not count.
pub(super) struct FileNames {
    names: Vec<String>,
}

impl FileNames {
    /// The user's name; with the last digits of the number where two users share it.
    pub(super) fn of(office: &Office) -> Self {
        let plain: Vec<String> = office.people.iter().map(plain_name).collect();
        let mut names: Vec<String> = Vec::new();
        for (i, (person, name)) in office.people.iter().zip(&plain).enumerate() {
            let is_shared = plain
                .iter()
                .enumerate()
                .any(|(j, other)| i != j && is_same(name, other));
            let mut unique = if is_shared {
                numbered(person, name)
            } else {
                name.clone()
            };
            if names.iter().any(|other| is_same(other, &unique)) {
                unique = format!("{unique}_{}", i + 1);
            }
            names.push(unique);
        }
        Self { names }
    }

    /// `参考様式2_山田　花子_2025-09.xlsx` in the folder of corrected workbooks.
    pub(super) fn file(&self, form: &str, person: PersonId, month: Option<Month>) -> String {
        let name = self
            .names
            .get(person.0)
            .map_or(UNKNOWN_NAME, String::as_str);
        corrected_file(&format!("{form}_{name}_{}", month_name(month)))
    }
}

const UNKNOWN_NAME: &str = "氏名不明";

/// `2025-09`
pub(super) fn month_name(month: Option<Month>) -> String {
    month.map_or_else(|| "年月不明".to_owned(), |month| month.to_string())
}

/// The workbook of that name in the folder of corrected workbooks.
pub(super) fn corrected_file(stem: &str) -> String {
    format!("{CORRECTED}/{}", safe_name(&format!("{stem}.xlsx")))
}

fn plain_name(person: &Person) -> String {
    match person.name.trim() {
        "" => UNKNOWN_NAME.to_owned(),
        // Short enough that form and month are never cut off.
        name => safe_name(&name.chars().take(40).collect::<String>()),
    }
}

fn numbered(person: &Person, name: &str) -> String {
    let digits = person.certificate_number.as_ref().map(|n| n.as_str());
    match digits.and_then(|digits| digits.get(6..)) {
        Some(last) => format!("{name}_{last}"),
        None => name.to_owned(),
    }
}

fn is_same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::CertificateNumber;

    #[test]
    fn users_of_one_name_have_files_of_their_own() {
        let person = |name: &str, number: &str| Person {
            name: name.to_owned(),
            certificate_number: CertificateNumber::new(number),
        };
        let office = Office {
            people: vec![
                person("港 花子", "0000001234"),
                person("港 花子", "0000005678"),
                person("港 花子", "1111115678"),
                person("港 花子", ""),
                person("", ""),
                person("東/西", "0000000001"),
            ],
            ..Office::default()
        };
        let names = FileNames::of(&office);
        let file = |i| names.file("参考様式2", PersonId(i), Month::new(2025, 9));
        assert_eq!(file(0), "修正済み/参考様式2_港 花子_1234_2025-09.xlsx");
        assert_eq!(file(5), "修正済み/参考様式2_東／西_2025-09.xlsx");
        assert_eq!((0..6).map(file).collect::<BTreeSet<_>>().len(), 6);
        assert_eq!(
            names.file("参考様式3", PersonId(9), None),
            "修正済み/参考様式3_氏名不明_年月不明.xlsx"
        );
    }
}
