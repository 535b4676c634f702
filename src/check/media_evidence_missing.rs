//! media-evidence-missing

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::words::{day_en, day_ja, words};
use super::{Context, PersonFile, Report};
use crate::model::{Media, Month, Person, Subject, Verdict, When, Wording, month_in_japanese};
use crate::normalise::name_key;

declare_check! {
    /// Days at home of which no recording or picture is kept: one finding a user and month.
    ///
    /// Looks at the names of the files in the folder that the office names: a file is of the day
    /// in its name, and of the user whose name or number its path holds. Where no path holds
    /// a user, the day alone counts. Where no folder is named, the office is asked once, unless
    /// it answers for itself.
    ///
    /// ## Why
    /// The city wants recordings or pictures of the training and of the support to be kept safely.
    ///
    /// ## What to do
    /// Look for the recordings of those days.
    "media-evidence-missing",
    reads: [Media],
    title: "録音・動画・画像がない在宅の日",
    what: "在宅の日ごとに、--media で指定した保存先に、その日付を名前に含む録音・動画・画像があるかを見ます（利用者と月ごとに1件）。指定がない場合は、自主点検表の答えがなければ要確認とします。",
    why: "通知は、訓練と支援の様子の記録（音声・動画・静止画等）を安全な状態で保存するよう求めています。",
    remedy: "その日の録音・動画・画像が別の場所にないかを確かめてください。",
}

/// Days that a message names.
const SHOWN: usize = 5;

fn run(context: &Context, report: &mut Report) {
    let mut people = context.known_people();
    if !people.any(|person| context.home_days(person).next().is_some()) {
        return;
    }
    let Some(media) = &context.index.office.media else {
        if !context.answers_for_itself("media-evidence-missing") {
            let message = Wording::new(
                "録音・動画・画像の保存先が指定されていないため、在宅の日ごとに残っているかを確かめていません。",
                "No folder of recordings and pictures was named; whether they are kept was not checked.",
            );
            report.review(Subject::Office, When::Always, words(message, hint()), None);
        }
        return;
    };
    for person in context.known_people() {
        for (month, kept) in kept_days(context, person, media) {
            let missing: Vec<NaiveDate> = days_where(&kept, false);
            if !missing.is_empty() {
                // Of a month without any, the files may be elsewhere or named otherwise.
                let verdict = match days_where(&kept, true).is_empty() {
                    true => Verdict::Review,
                    false => Verdict::Deficient,
                };
                let said = words(message(month, &missing), hint());
                report.find(verdict, person, When::Month(month), said, None);
            }
        }
    }
}

/// The days at home by month, each with whether a file is of it.
pub(super) fn kept_days(
    context: &Context,
    person: &PersonFile,
    media: &[Media],
) -> BTreeMap<Month, BTreeMap<NaiveDate, bool>> {
    let people = &context.index.office.people;
    let names_anyone = media
        .iter()
        .any(|file| people.iter().any(|p| is_of(file, p)));
    let of_person = media
        .iter()
        .filter(|file| !names_anyone || is_of(file, person.person));
    let days: BTreeSet<NaiveDate> = of_person.map(|file| file.day).collect();
    let mut months: BTreeMap<Month, BTreeMap<NaiveDate, bool>> = BTreeMap::new();
    for day in context.home_days(person).filter(|day| *day < context.as_of) {
        let kept = months.entry(Month::of(day)).or_default();
        kept.insert(day, days.contains(&day));
    }
    months
}

fn is_of(file: &Media, person: &Person) -> bool {
    let name = name_key(&person.name);
    let number = person.certificate_number.as_ref();
    (name.chars().count() > 2 && name_key(&file.path).contains(&name))
        || number.is_some_and(|number| file.path.contains(number.as_str()))
}

fn days_where(kept: &BTreeMap<NaiveDate, bool>, wanted: bool) -> Vec<NaiveDate> {
    let days = kept.iter().filter(|(_, kept)| **kept == wanted);
    days.map(|(day, _)| *day).collect()
}

fn message(month: Month, missing: &[NaiveDate]) -> Wording {
    let (count, shown) = (missing.len(), missing.iter().take(SHOWN));
    let ja: Vec<String> = shown.clone().map(|day| day_ja(*day)).collect();
    let en: Vec<String> = shown.map(|day| day_en(*day)).collect();
    let (more_ja, more_en) = match count > SHOWN {
        true => ("など", " and more"),
        false => ("", ""),
    };
    Wording::new(
        format!(
            "{}の在宅の日のうち{count}日（{}{more_ja}）に、録音・動画・画像が見つかりません。",
            month_in_japanese(month),
            ja.join("・")
        ),
        format!(
            "No recording or picture was found of {count} day(s) at home in {month} ({}{more_en}).",
            en.join(", ")
        ),
    )
}

fn hint() -> Wording {
    Wording::new(
        "録音・動画・画像が別の場所にないかを確かめてください。保存先のフォルダは --media で指定できます（ファイル名に日付、名前かフォルダ名に利用者の氏名か番号）。",
        "See whether they are kept elsewhere. The folder is named with --media: the date in the file's name, the user's name or number in its path.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::by_hitachi;
    use crate::model::Office;

    const CHECK: &str = "media-evidence-missing";

    fn without(office: &mut Office, gone: impl Fn(&Media) -> bool) {
        let media = office.media.take().unwrap_or_default();
        office.media = Some(media.into_iter().filter(|file| !gone(file)).collect());
    }

    #[test]
    fn a_day_without_a_file_is_found() {
        assert!(by_hitachi(CHECK, |_| {}).is_empty());
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        let told = by_hitachi(CHECK, |office| without(office, |file| file.day == day));
        assert_eq!(told, ["deficient media-evidence-missing 2026-03"]);
    }

    #[test]
    fn a_month_without_any_or_no_folder_is_asked() {
        let told = by_hitachi(CHECK, |office| without(office, |_| true));
        assert_eq!(told, ["review media-evidence-missing 2026-03"]);
        let told = by_hitachi(CHECK, |office| office.media = None);
        assert_eq!(told, ["review media-evidence-missing always office"]);
    }

    #[test]
    fn another_users_file_is_no_proof() {
        let told = by_hitachi(CHECK, |office| {
            office.people.push(Person {
                name: "黒田　さくら".to_owned(),
                certificate_number: None,
            });
            let media = office.media.as_mut().unwrap();
            media[0].path = "黒田さくら/動画.mp4".into();
        });
        assert_eq!(told, ["deficient media-evidence-missing 2026-03"]);
    }

    #[test]
    fn where_no_path_names_a_user_the_day_counts() {
        let told = by_hitachi(CHECK, |office| {
            for file in office.media.as_mut().unwrap() {
                file.path = "動画.mp4".into();
            }
        });
        assert!(told.is_empty());
    }
}
