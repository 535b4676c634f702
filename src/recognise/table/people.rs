//! Names of people where no label says that they are: over a group of columns, or at the head
//! of a column.

use serde::Deserialize;

use crate::recognise::wording::key::Key;
use crate::text::squash;

/// The wordings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleWords {
    /// What follows a name.
    pub honorifics: Vec<String>,
    /// The same in a heading; elsewhere a name may end so.
    familiar: Vec<String>,
    /// What people of the office are, before their names.
    pub posts: Vec<Key>,
}

/// A user as a heading names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as written, without what stands in brackets.
    pub name: String,
    /// The digits of the certificate number in the brackets.
    pub number: Option<String>,
}

impl PeopleWords {
    /// The user whom a heading such as `原　葉子　様（受給者証 0100000031）` names: by what follows
    /// the name, by the number, or by the space between two short words.
    pub fn named(&self, text: &str) -> Option<Named> {
        let named = self.in_front(text)?;
        let fits =
            self.is_honoured(&named.name) || named.number.is_some() || is_in_two(&named.name);
        fits.then_some(named)
    }

    /// The same, where nothing but what follows the name or the number may tell.
    pub fn addressed(&self, text: &str) -> Option<Named> {
        let named = self.in_front(text)?;
        (self.is_honoured(&named.name) || named.number.is_some()).then_some(named)
    }

    /// What stands in front of brackets, if it could be a name, and the number in them.
    fn in_front(&self, text: &str) -> Option<Named> {
        const LONGEST: usize = 60;
        if text.chars().count() > LONGEST {
            return None;
        }
        let (name, rest) = match text.find(['（', '(']) {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        let digits: String = squash(rest).chars().filter(char::is_ascii_digit).collect();
        // ■ 森下　澪 様
        let name = name
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .trim();
        is_wordy(name).then(|| Named {
            name: name.to_owned(),
            number: Some(digits).filter(|digits| digits.len() == 10),
        })
    }

    /// Whether a text could be a person's name where one is looked for.
    pub fn could_be_name(&self, text: &str) -> bool {
        let name = text.split(['（', '(', '\n']).next().unwrap_or_default();
        is_wordy(name.trim())
    }

    fn is_honoured(&self, name: &str) -> bool {
        let name = squash(name);
        let mut honorifics = self.honorifics.iter().chain(&self.familiar);
        honorifics.any(|word| name.len() > word.len() && name.ends_with(word.as_str()))
    }
}

/// Two short words with a space between them.
fn is_in_two(name: &str) -> bool {
    const LONGEST: usize = 6;
    let mut parts = name.split_whitespace();
    let two = [parts.next(), parts.next()];
    let short = |part: &Option<&str>| part.is_some_and(|p| p.chars().count() <= LONGEST);
    two.iter().all(short) && parts.next().is_none()
}

/// Letters alone, few enough for a name.
fn is_wordy(name: &str) -> bool {
    const LONGEST: usize = 14;
    let name = squash(name);
    (2..=LONGEST).contains(&name.chars().count())
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '・' | '.' | '々'))
}

#[cfg(test)]
mod tests {
    use crate::recognise::wording::layout_words;

    #[test]
    fn a_heading_names_its_user() {
        let named = |text| layout_words::words().people.named(text);
        let user = named("原　葉子　様（受給者証 0100000031）").unwrap();
        assert_eq!(user.name, "原　葉子　様");
        assert_eq!(user.number.as_deref(), Some("0100000031"));
        assert_eq!(named("石田　陽子").unwrap().number, None);
        let addressed = |text| layout_words::words().people.addressed(text);
        assert!(addressed("石田　陽子").is_none() && addressed("石田　陽子 様").is_some());
        for other in [
            "9月1日",
            "午前",
            "第1週",
            "連絡（始め）",
            "上段：開始　下段：終了",
            "",
        ] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
