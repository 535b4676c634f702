//! サービス種別, by its words.

use std::sync::OnceLock;

use crate::model::Service;

use super::choices::{choices, single};
use super::words::words;
use crate::text::squash;

/// The one service that `text` names or chooses: 就労継続支援Ｂ型, 就労継続支援（Ｂ型）, 就Ｂ, B型.
/// `None` where it names none, or several of which none is chosen.
pub fn service(text: &str) -> Option<Service> {
    single(&choices(text, vocabulary()))
}

/// The name of an office without the service that stands in brackets behind it, and the service.
pub fn beside_name(name: &str) -> (&str, Option<Service>) {
    let name = name.trim();
    let parts = name
        .strip_suffix([')', '）'])
        .and_then(|rest| rest.rsplit_once(['(', '（']));
    match parts.map(|(before, inner)| (before.trim(), service(inner))) {
        Some((before, Some(service))) if !before.is_empty() => (before, Some(service)),
        _ => (name, None),
    }
}

fn vocabulary() -> &'static [(String, Service)] {
    static VOCABULARY: OnceLock<Vec<(String, Service)>> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let services = words().services.iter();
        services
            .flat_map(|s| {
                s.words
                    .iter()
                    .map(|word| (squash(word).to_lowercase(), s.service))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_service_may_stand_behind_the_name() {
        assert_eq!(
            beside_name("みなと作業所（就労継続支援Ｂ型）"),
            ("みなと作業所", Some(Service::ContinuationB))
        );
        for name in [
            "みなと作業所（本所）",
            "就労移行支援みなと",
            "（就労移行支援）",
        ] {
            assert_eq!(beside_name(name), (name, None));
        }
    }

    #[test]
    fn a_service_is_named_in_many_ways() {
        for (text, expected) in [
            ("就労移行支援", Service::Transition),
            ("就労移行", Service::Transition),
            ("就労継続支援A型", Service::ContinuationA),
            ("就労継続支援Ａ型", Service::ContinuationA),
            ("就労継続支援Ｂ型", Service::ContinuationB),
            ("就労継続支援（Ｂ型）", Service::ContinuationB),
            ("就労継続支援　B 型", Service::ContinuationB),
            ("就労継続支援b型", Service::ContinuationB),
            ("就Ｂ", Service::ContinuationB),
            ("B型", Service::ContinuationB),
            ("指定就労継続支援B型事業所", Service::ContinuationB),
            (
                "□就労移行支援　□就労継続支援A型　☑就労継続支援B型",
                Service::ContinuationB,
            ),
        ] {
            assert_eq!(service(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_names_no_one_service_is_none() {
        for text in [
            "",
            "就労継続支援",
            "生活介護",
            "就労継続支援A型・B型",
            "C型",
            "□就労移行支援　□就労継続支援B型",
        ] {
            assert_eq!(service(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>()) {
            service(&text);
        }
    }
}
