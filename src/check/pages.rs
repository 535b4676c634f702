//! A person's records page by page, each with all of its items, whatever they hold.
//!
//! For the checks that look at how an item was read or how it looks, not at what it says.

use super::words::{day_en, day_ja};
use super::{Context, ListedRow, PersonFile};
use crate::model::{
    Cell, DailyRecord, Doubt, Field, Grounds, Method, MonthlyRecord, RosterEntry, ServiceDay,
    Source, UserMention, WeeklyRecord, When, Wording, month_in_japanese,
};

/// A kind of form, or an item of one, as it is called in Japanese and English.
pub type Name = (&'static str, &'static str);

/// What a form tells in one place: a record, a line of a list or of a sheet.
pub struct Page<'a> {
    /// The kind of form.
    pub kind: Name,
    /// When it is about.
    pub when: When,
    /// Such as 9月5日（金）の支援記録.
    pub title: Wording,
    /// Where it stands.
    pub source: &'a Source,
    /// In the order of the form.
    pub items: Vec<Entry<'a>>,
}

/// One item, as it was read.
pub struct Entry<'a> {
    /// What it is called.
    pub name: Name,
    /// Where it stands.
    pub cell: Option<Cell>,
    /// Whether a value was read.
    pub is_read: bool,
    /// What the reading rests on.
    pub grounds: Grounds,
    /// What speaks against it.
    pub doubts: &'a [Doubt],
}

/// All pages of the person that the notice judges.
pub fn pages<'a>(context: &Context<'a>, person: &'a PersonFile<'a>) -> Vec<Page<'a>> {
    let mut pages: Vec<Page> = person.roster.iter().map(|entry| roster(entry)).collect();
    for (day, records) in context.recorded_days(person) {
        let when = When::Date(day);
        pages.extend(records.iter().map(|record| daily(record, when)));
    }
    for stray in context.strays(person) {
        pages.push(daily(stray.record, When::Date(stray.day)));
    }
    let undated = person.undated_days.iter();
    pages.extend(undated.map(|record| daily(record, When::Always)));
    for evaluation in context.weekly(person) {
        let when = evaluation.day().map_or(When::Always, When::Date);
        pages.push(weekly(evaluation.record, when));
    }
    let evaluations = context.monthly(person);
    pages.extend(evaluations.map(|(month, record)| monthly(record, When::Month(month))));
    let undated = person.unplaced_monthly.iter();
    pages.extend(undated.map(|record| monthly(record, When::Always)));
    let rows = person.rows.iter();
    for (month, rows) in rows.filter(|(month, _)| context.judges_month(**month)) {
        pages.extend(rows.iter().map(|row| listed(row, When::Month(*month))));
    }
    let sheets = person.sheets.iter();
    for (month, sheets) in sheets.filter(|(month, _)| context.judges_month(**month)) {
        for sheet in sheets {
            let lines = sheet.days.iter();
            pages.extend(lines.map(|line| {
                let when = line.date.get().map_or(When::Month(*month), When::Date);
                service_day(line, &sheet.source, when)
            }));
        }
    }
    pages
}

/// The kind's name, with the time that it is about before it.
fn page<'a>(kind: Name, when: When, source: &'a Source) -> Page<'a> {
    let title = match when {
        When::Date(day) => Wording::new(
            format!("{}の{}", day_ja(day), kind.0),
            format!("{} of {}", kind.1, day_en(day)),
        ),
        When::Month(month) => Wording::new(
            format!("{}の{}", month_in_japanese(month), kind.0),
            format!("{} of {month}", kind.1),
        ),
        When::Always | When::Period(..) => Wording::new(kind.0, kind.1),
    };
    Page {
        kind,
        when,
        title,
        source,
        items: Vec::new(),
    }
}

impl<'a> Page<'a> {
    fn with<T>(mut self, ja: &'static str, en: &'static str, field: &'a Field<T>) -> Self {
        self.items.push(Entry {
            name: (ja, en),
            cell: field.cell,
            is_read: field.value().is_some(),
            grounds: field.grounds,
            doubts: &field.doubts,
        });
        self
    }

    fn with_user(self, user: &'a UserMention) -> Self {
        let number = &user.certificate_number;
        self.with("氏名", "name", &user.name)
            .with("受給者証番号", "certificate number", number)
    }

    fn with_method(self, method: &'a Field<Method>, note: &'a Field<String>) -> Self {
        self.with("方法", "method", method)
            .with("その他の方法", "other method", note)
    }
}

fn roster(r: &RosterEntry) -> Page<'_> {
    page(("対象者リスト", "Roster"), When::Always, &r.source)
        .with_user(&r.user)
        .with("サービス種別", "service", &r.service)
        .with("支給決定市町村", "municipality", &r.municipality)
        .with("支給決定期間の開始", "grant from", &r.grant_from)
        .with("支給決定期間の終了", "grant to", &r.grant_to)
        .with("受給者証記載日", "annotated on", &r.annotated_on)
        .with("同意日", "consented on", &r.consented_on)
        .with("申請日", "applied on", &r.applied_on)
        .with("市の承認日", "approved on", &r.approved_on)
        .with("自宅環境の確認日", "home checked on", &r.home_checked_on)
        .with("個別支援計画作成日", "plan created on", &r.plan_created_on)
        .with("在宅就労開始日", "home support from", &r.home_start)
        .with("在宅就労終了日", "home support to", &r.home_end)
        .with("在宅の曜日", "weekdays at home", &r.home_weekdays)
        .with("通所の曜日", "weekdays at the office", &r.commute_weekdays)
        .with("希望理由", "reason", &r.reason)
        .with("備考", "notes", &r.notes)
}

fn daily(r: &DailyRecord, when: When) -> Page<'_> {
    page(("支援記録", "Record"), when, &r.source)
        .with_user(&r.user)
        .with("実施日", "date", &r.date)
        .with("開始時刻", "start", &r.start)
        .with("終了時刻", "end", &r.end)
        .with_method(&r.method, &r.method_note)
        .with("作業・訓練内容", "work", &r.work)
        .with("支援内容", "support", &r.support)
        .with(
            "心身の状況と助言",
            "condition and advice",
            &r.condition_and_advice,
        )
        .with("対応・記録者", "recorder", &r.recorder)
}

fn weekly(r: &WeeklyRecord, when: When) -> Page<'_> {
    page(("週の評価", "Weekly evaluation"), when, &r.source)
        .with_user(&r.user)
        .with("実施日", "date", &r.date)
        .with("前回評価日", "previous date", &r.previous_date)
        .with_method(&r.method, &r.method_note)
        .with("対象期間の初日", "period from", &r.period_from)
        .with("対象期間の末日", "period to", &r.period_to)
        .with("評価内容", "content", &r.content)
        .with("記録者", "recorder", &r.recorder)
        .with("確認者", "confirmer", &r.confirmer)
}

fn monthly(r: &MonthlyRecord, when: When) -> Page<'_> {
    page(("達成度評価", "Evaluation"), when, &r.source)
        .with_user(&r.user)
        .with("対象月", "month", &r.month)
        .with("実施日", "date", &r.date)
        .with("開始時刻", "start", &r.start)
        .with("終了時刻", "end", &r.end)
        .with_method(&r.method, &r.method_note)
        .with("訓練目標", "goal", &r.goal)
        .with("取組内容", "effort", &r.effort)
        .with("達成度", "achievement", &r.achievement)
        .with("課題", "issues", &r.issues)
        .with("改善方針", "improvement", &r.improvement)
        .with("健康・体調面", "health", &r.health)
        .with("特記事項", "remarks", &r.remarks)
        .with("在宅就労継続の妥当性", "continuation", &r.continuation)
        .with("評価実施者", "evaluator", &r.evaluator)
        .with("前回の達成度評価日", "previous date", &r.previous_date)
        .with("対象者署名", "signature", &r.signature)
}

fn listed<'a>(listed: &ListedRow<'a>, when: When) -> Page<'a> {
    let row = listed.row;
    let page = page(("実施一覧表", "Listing"), when, &row.source)
        .with_user(&row.user)
        .with("在宅日数", "days at home", &row.home_days);
    let dates = row.weekly_dates.iter();
    dates
        .fold(page, |page, date| {
            page.with("週評価日", "weekly evaluation", date)
        })
        .with("達成度評価日", "monthly evaluation", &row.monthly_date)
}

fn service_day<'a>(line: &'a ServiceDay, source: &'a Source, when: When) -> Page<'a> {
    page(("実績記録票", "Service record sheet"), when, source)
        .with("日付", "date", &line.date)
        .with("サービス提供の状況", "status", &line.status)
        .with("開始時間", "start", &line.start)
        .with("終了時間", "end", &line.end)
        .with("利用者確認", "user's sign", &line.confirmed)
        .with("備考", "remarks", &line.remarks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Index;
    use crate::check::testing::{date, notice, office, unclear, with_sheet};
    use crate::model::Office;

    fn titles(office: &Office) -> Vec<String> {
        let (index, notice) = (Index::new(office), notice("kitakyushu"));
        let context = Context::new(&index, &notice, date(2025, 11, 30));
        let pages = pages(&context, &index.people[0]);
        pages.into_iter().map(|page| page.title.ja).collect()
    }

    #[test]
    fn every_form_of_the_person_has_its_pages() {
        let titles = titles(&with_sheet(office()));
        for title in [
            "対象者リスト",
            "9月1日（月）の支援記録",
            "9月1日（月）の実績記録票",
            "令和7年9月の達成度評価",
            "令和7年9月の実施一覧表",
        ] {
            assert!(titles.iter().any(|t| t == title), "{title}: {titles:?}");
        }
        assert!(titles.iter().any(|t| t.ends_with("の週の評価")));
    }

    #[test]
    fn a_record_without_a_date_is_a_page_and_one_that_is_not_judged_is_none() {
        let mut office = office();
        let pages = titles(&office).len();
        office.daily[0].date = unclear("？");
        let undated = titles(&office);
        assert_eq!(undated.len(), pages);
        assert!(undated.contains(&"支援記録".to_owned()));
        office.daily[0].date = crate::check::testing::value(date(2025, 4, 7));
        assert!(!titles(&office).iter().any(|title| title.starts_with("4月")));
    }
}
