//! 事業所名 with more than the name in its box: the number in brackets, the service, a legend.

use super::service::service;
use crate::model::Service;
use crate::text::squash;

/// What the box of an office's name holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The name alone.
    pub name: String,
    /// 事業所番号, ten digits.
    pub number: Option<String>,
    /// サービス種別
    pub service: Option<Service>,
}

/// Parts `エール南台（事業所番号2811000371）　就労継続支援A型` into what it says.
pub fn named(text: &str) -> Named {
    let mut found = Named::default();
    let mut rest = text.trim();
    // What stands in brackets at the end is the number, where it holds one.
    if let Some((before, inside)) = rest
        .strip_suffix([')', '）'])
        .and_then(|open| open.rsplit_once(['(', '（']))
        && let Some(number) = number(inside)
    {
        found.number = Some(number);
        rest = before.trim_end();
    }
    let mut kept: Vec<&str> = Vec::new();
    for part in rest.split_inclusive(char::is_whitespace) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if !kept.is_empty() {
            // Signs and what they stand for are no part of a name.
            if part.starts_with(|c: char| "○〇◯●◎△▲▽▼☆★◇◆□■※".contains(c))
            {
                break;
            }
            if let Some(own) = number(part).filter(|_| found.number.is_none()) {
                found.number = Some(own);
                continue;
            }
            if let Some(own) = service(part).filter(|_| is_service_alone(part)) {
                found.service = Some(own);
                continue;
            }
        }
        kept.push(part);
    }
    let first = kept.first().copied().unwrap_or_default();
    let last = kept.last().copied().unwrap_or_default();
    // Between the first and the last part that were kept, the name stays as it is written.
    let whole = rest.find(first).zip(rest.rfind(last));
    let name = whole.and_then(|(from, to)| rest.get(from..to + last.len()));
    found.name = name.unwrap_or(rest).trim().to_owned();
    found
}

/// The ten digits that are all a text says, 事業所番号 aside.
fn number(text: &str) -> Option<String> {
    let text = squash(text);
    let digits = text
        .trim_start_matches("指定")
        .trim_start_matches("事業所番号")
        .trim_start_matches("番号")
        .trim_start_matches([':', '.']);
    let is_number = digits.len() == 10 && digits.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| digits.to_owned())
}

/// Whether a text names a service and nothing beside.
fn is_service_alone(text: &str) -> bool {
    let text = squash(text);
    let text = text.trim_matches(['(', ')']);
    text.starts_with('就') && text.ends_with(['援', '型', '行', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (String, Option<String>, Option<Service>) {
        let Named {
            name,
            number,
            service,
        } = named(text);
        (name, number, service)
    }

    #[test]
    fn the_number_and_the_service_are_no_part_of_the_name() {
        let number = Some("2811000371".to_owned());
        for text in [
            "エール南台（事業所番号2811000371）",
            "エール南台（2811000371）",
            "エール南台　事業所番号：２８１１０００３７１",
        ] {
            assert_eq!(
                told(text),
                ("エール南台".to_owned(), number.clone(), None),
                "{text}"
            );
        }
        let both = told("エール南台　就労継続支援A型");
        assert_eq!(
            (both.0.as_str(), both.2),
            ("エール南台", Some(Service::ContinuationA))
        );
        assert_eq!(
            told("はまゆう　作業所　　○在宅　△通所").0,
            "はまゆう　作業所"
        );
    }

    #[test]
    fn other_words_stay_in_the_name() {
        for name in [
            "就労移行支援　みなと",
            "就労継続支援Ｂ型事業所　ひだまり",
            "ワークス（本館）",
            "ジョブ　サポート　2号館",
        ] {
            assert_eq!(told(name), (name.to_owned(), None, None), "{name}");
        }
    }
}
