//! What a user is called; a record may name nobody.

use crate::model::{Lang, Person};

/// The name as the forms write it, or the word for having none.
pub fn called(person: &Person, lang: Lang) -> &str {
    match (person.name.trim(), lang) {
        ("", Lang::Ja) => "氏名不明",
        ("", Lang::En) => "(no name)",
        (name, _) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_has_a_word() {
        let mut person = Person::default();
        assert_eq!(called(&person, Lang::Ja), "氏名不明");
        assert_eq!(called(&person, Lang::En), "(no name)");
        person.name = "青葉 ひかり".to_owned();
        assert_eq!(called(&person, Lang::En), "青葉 ひかり");
    }
}
