//! roster-field-missing

use std::collections::BTreeMap;

use super::items::{Inspected, Item, no_such_item, report_gaps};
use super::roster_rows::{Difference, contradictions, has_ended};
use super::start::first_day_under;
use super::words::words;
use super::{Context, PersonFile, Report};
use crate::model::{RosterEntry, Subject, When, Wording};

declare_check! {
    /// An item of the roster (form 1) is blank: one finding a user, with all of them.
    ///
    /// A blank consent is consent-after-start, a blank annotation annotation-missing, a
    /// blank plan plan-without-home-support. Rows of one user that say different things are found
    /// here too, for review, instead of what either of them lacks. What is written there and cannot be read is
    /// found here, for review. What only the steps before the start give is
    /// not asked of users whom the transition excuses, or who are not at home yet.
    ///
    /// ## Why
    /// The roster shows for each user that the steps before the start were taken.
    ///
    /// ## What to do
    /// Copy the items from the certificate and the papers of the application.
    "roster-field-missing",
    reads: [HomeDays, Roster],
    title: "対象者リストの空欄",
    what: "対象者リスト（参考様式1）の氏名・受給者証番号・支給決定期間・申請日・在宅開始日・希望理由に空欄がないか、同じ利用者の行どうしが食い違っていないかを見ます（利用者ごとに1件）。",
    why: "リストは、開始前の手続きが済んでいることを利用者ごとに示すものです。",
    remedy: "受給者証や申請の控えを見て、空欄を埋めてください。",
}

fn run(context: &Context, report: &mut Report) {
    report_columns(context, report);
    let contradictions = contradictions(context);
    for person in context.people() {
        let Some(entry) = person.roster.last() else {
            continue;
        };
        let differences = contradictions.get(&person.id);
        let differences = differences.map(Vec::as_slice).unwrap_or_default();
        report_differences(report, person, differences);
        if has_ended(context, entry) {
            continue;
        }
        let mut items = asked(context, person, entry);
        items.extend(unread(entry));
        let differs = |item: &Item| differences.iter().any(|found| found.item == item.name());
        items.retain(|item| !item.is_absent() && !differs(item));
        let record = Inspected {
            when: When::Always,
            title: Wording::new("対象者リスト", "Roster"),
            source: &entry.source,
            items,
        };
        report_gaps(report, person, [record]);
    }
}

/// One question a user about rows that contradict each other.
fn report_differences(report: &mut Report, person: &PersonFile, differences: &[Difference]) {
    let Some(first) = differences.first() else {
        return;
    };
    let ja: Vec<String> = differences.iter().map(Difference::in_japanese).collect();
    let en: Vec<String> = differences.iter().map(Difference::in_english).collect();
    let message = Wording::new(
        format!(
            "対象者リストに同じ利用者の行が2つ以上あり、内容が食い違っています（{}）。",
            ja.join("、")
        ),
        format!(
            "The roster has more than one row for the user, and they differ: {}.",
            en.join("; ")
        ),
    );
    let hint = Wording::new(
        "受給者証や申請の控えを見てどちらが正しいかを確かめ、古いほうの行やファイルを入力から外してください。",
        "See in the certificate and the papers which is right, and take the outdated row or file out of the input.",
    );
    let location = first.written[0].0.clone();
    report.review(person, When::Always, words(message, hint), Some(location));
}

/// Asks once about the columns that the roster does not have.
fn report_columns(context: &Context, report: &mut Report) {
    let roster = &context.index.office.roster;
    let mut lacking: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for entry in roster {
        for item in columns(entry).iter().filter(|item| item.is_absent()) {
            let (ja, en) = item.name();
            lacking.entry(ja).or_insert((en, 0)).1 += 1;
        }
    }
    lacking.retain(|_, (_, count)| *count == roster.len());
    if lacking.is_empty() {
        return;
    }
    let ja: Vec<&str> = lacking.keys().copied().collect();
    let en: Vec<&str> = lacking.values().map(|(en, _)| *en).collect();
    let location = roster.first().map(|entry| entry.source.locate(None));
    report.review(
        Subject::Office,
        When::Always,
        no_such_item(&ja, &en),
        location,
    );
}

/// All that the roster is to hold.
fn columns(entry: &RosterEntry) -> Vec<Item<'_>> {
    vec![
        Item::new("氏名", "name", &entry.user.name),
        Item::new(
            "受給者証番号",
            "certificate number",
            &entry.user.certificate_number,
        ),
        Item::new("支給決定期間の開始", "grant from", &entry.grant_from),
        Item::new("支給決定期間の終了", "grant to", &entry.grant_to),
        Item::new("同意日", "consent", &entry.consented_on),
        Item::new("個別支援計画作成日", "plan", &entry.plan_created_on),
        Item::new("申請日", "application", &entry.applied_on),
        Item::new("受給者証記載日", "annotation", &entry.annotated_on),
        Item::new("在宅就労開始日", "start", &entry.home_start),
        Item::new("在宅の曜日", "weekdays at home", &entry.home_weekdays),
        Item::new("希望理由", "reason", &entry.reason),
    ]
}

/// What is asked of this user now.
fn asked<'a>(context: &Context, person: &PersonFile, entry: &'a RosterEntry) -> Vec<Item<'a>> {
    let number = &entry.user.certificate_number;
    let mut items = vec![
        Item::new("氏名", "name", &entry.user.name),
        Item::new("支給決定期間の開始", "grant from", &entry.grant_from),
        Item::new("支給決定期間の終了", "grant to", &entry.grant_to),
    ];
    if !number.is_unclear() {
        items.push(Item::new("受給者証番号", "certificate number", number));
    }
    if !person.home_days.is_empty() {
        items.push(Item::new("在宅就労開始日", "start", &entry.home_start));
    }
    if first_day_under(context, person, entry).is_some() {
        items.push(Item::new("申請日", "application", &entry.applied_on));
        items.push(Item::new("希望理由", "reason", &entry.reason));
    }
    items
}

/// What other checks ask for and cannot judge because it is not understood.
fn unread(entry: &RosterEntry) -> impl Iterator<Item = Item<'_>> {
    let items = [
        Item::new("同意日", "consent", &entry.consented_on),
        Item::new("個別支援計画作成日", "plan", &entry.plan_created_on),
        Item::new("受給者証記載日", "annotation", &entry.annotated_on),
        Item::new("在宅就労終了日", "end", &entry.home_end),
        Item::new("在宅の曜日", "weekdays at home", &entry.home_weekdays),
        Item::new(
            "通所の曜日",
            "weekdays at the office",
            &entry.commute_weekdays,
        ),
        Item::new("支給決定市町村", "municipality", &entry.municipality),
        Item::new("サービス種別", "service", &entry.service),
    ];
    items.into_iter().filter(Item::is_unclear)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, date, office, told, told_on, unclear, value};
    use crate::model::{Field, RosterEntry};

    #[test]
    fn blanks_of_a_user_are_one_finding() {
        let mut office = office();
        office.roster[0].reason = blank();
        office.roster[0].home_start = blank();
        assert_eq!(told(&office), ["deficient roster-field-missing always"]);
        assert!(told_on(&office, date(2025, 4, 30)).is_empty());
    }

    #[test]
    fn a_column_that_the_roster_does_not_have_is_one_question() {
        let mut office = office();
        office.roster[0].reason = Field::absent();
        office.roster[0].consented_on = Field::absent();
        assert_eq!(told(&office), ["review roster-field-missing always office"]);
    }

    #[test]
    fn an_item_that_cannot_be_read_is_for_review() {
        let mut office = office();
        office.roster[0].grant_to = unclear("令和9年度末");
        assert_eq!(told(&office), ["review roster-field-missing always"]);
    }

    #[test]
    fn users_from_before_and_users_to_come_lack_nothing_yet() {
        let mut office = office();
        let entry = &mut office.roster[0];
        entry.home_start = value(date(2024, 10, 1));
        entry.annotated_on = blank();
        entry.applied_on = blank();
        entry.consented_on = blank();
        entry.reason = blank();
        assert!(told(&office).is_empty());
        office.roster[0].home_start = blank();
        office.daily.clear();
        office.weekly.clear();
        office.listing.clear();
        office.monthly.clear();
        assert!(told(&office).is_empty());
    }

    /// The roster's fields by name, and whether the form may leave them blank.
    type Blot = fn(&mut RosterEntry, bool);

    fn blot<T>(field: &mut Field<T>, is_blank: bool) {
        *field = if is_blank { blank() } else { unclear("済") };
    }

    #[test]
    fn nothing_on_the_roster_is_passed_over_in_silence() {
        let fields: [(&str, bool, Blot); 15] = [
            ("name", false, |e, b| blot(&mut e.user.name, b)),
            ("number", false, |e, b| {
                blot(&mut e.user.certificate_number, b)
            }),
            ("grant from", false, |e, b| blot(&mut e.grant_from, b)),
            ("grant to", false, |e, b| blot(&mut e.grant_to, b)),
            ("annotation", false, |e, b| blot(&mut e.annotated_on, b)),
            ("consent", false, |e, b| blot(&mut e.consented_on, b)),
            ("application", false, |e, b| blot(&mut e.applied_on, b)),
            ("plan", false, |e, b| blot(&mut e.plan_created_on, b)),
            ("start", false, |e, b| blot(&mut e.home_start, b)),
            ("weekdays", false, |e, b| blot(&mut e.home_weekdays, b)),
            ("reason", false, |e, b| blot(&mut e.reason, b)),
            ("end", true, |e, b| blot(&mut e.home_end, b)),
            ("at the office", true, |e, b| {
                blot(&mut e.commute_weekdays, b)
            }),
            ("municipality", true, |e, b| blot(&mut e.municipality, b)),
            ("service", true, |e, b| blot(&mut e.service, b)),
        ];
        for (name, is_optional, blot) in fields {
            for is_blank in [true, false] {
                let mut office = office();
                blot(&mut office.roster[0], is_blank);
                let found = told(&office);
                let expected = usize::from(!(is_blank && is_optional));
                assert_eq!(found.len(), expected, "{name}, {is_blank}: {found:?}");
            }
        }
    }

    #[test]
    fn a_blank_does_not_hide_what_cannot_be_read() {
        let mut office = office();
        office.roster[0].reason = blank();
        office.roster[0].consented_on = unclear("済");
        assert_eq!(
            told(&office),
            [
                "deficient roster-field-missing always",
                "review roster-field-missing always",
            ]
        );
    }
}
