//! doubtful-reading

use std::collections::BTreeSet;

use super::report::Words;
use super::words::{day_en, day_ja, words};
use super::{Context, ListedRow, PersonFile, Report};
use crate::model::{
    Cell, DailyRecord, Doubt, Field, Finding, Level, Location, MonthlyRecord, RosterEntry, Source,
    UserMention, WeeklyRecord, When, Wording, month_in_japanese,
};

declare_check! {
    /// A value of a record was read with doubt: one finding a record, with all such values.
    ///
    /// It is one of several choices, at odds with the weekday beside it, or stands where the form
    /// leaves open what it belongs to. A text that could not be read at all is for the check that
    /// asks for it.
    ///
    /// ## Why
    /// Whatever the other checks say of the record rests on the value.
    ///
    /// ## What to do
    /// See in the workbook whether the value is right. `tenken inspect` shows how the workbook
    /// was read, and a profile tells how an office's own form is to be read.
    "doubtful-reading",
    reads: [HomeDays],
    title: "読み取りに自信がない項目",
    what: "複数の選択肢の印、日付と合わない曜日、どの項目のものか紛らわしい記載がないかを見ます（1つの記録に1件）。",
    why: "ほかの点検項目の結果は、読み取った値をもとにしているためです。",
    remedy: "元のブックで、読み取った値が正しいかを確かめてください。独自の様式の読み方は、プロファイルで指定できます（tenken inspect）。",
}

/// Doubts that `struck-or-hidden-text` asks about, once for a file.
const ASKED_ELSEWHERE: [Doubt; 2] = [Doubt::StruckThrough, Doubt::Hidden];

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        for entry in &person.roster {
            let title = Wording::new("対象者リスト", "Roster");
            tell(
                report,
                person,
                When::Always,
                title,
                &entry.source,
                of_roster(entry),
            );
        }
        for (day, records) in context.recorded_days(person) {
            let title = Wording::new(
                format!("{}の支援記録", day_ja(day)),
                format!("Record of {}", day_en(day)),
            );
            for record in records {
                let doubted = of_day(record);
                tell(
                    report,
                    person,
                    When::Date(day),
                    title.clone(),
                    &record.source,
                    doubted,
                );
            }
        }
        for evaluation in context.weekly(person) {
            let record = evaluation.record;
            let when = evaluation.day().map_or(When::Always, When::Date);
            let title = Wording::new("週の評価", "Weekly evaluation");
            tell(report, person, when, title, &record.source, of_week(record));
        }
        for (month, record) in context.monthly(person) {
            let title = Wording::new(
                format!("{}の達成度評価", month_in_japanese(month)),
                format!("Evaluation of {month}"),
            );
            let when = When::Month(month);
            tell(
                report,
                person,
                when,
                title,
                &record.source,
                of_month(record),
            );
        }
        let rows = person.rows.iter();
        for (month, rows) in rows.filter(|(month, _)| context.judges_month(**month)) {
            for ListedRow { row, .. } in rows {
                let title = Wording::new(
                    format!("{}の実施一覧表", month_in_japanese(*month)),
                    format!("Listing of {month}"),
                );
                let mut doubted = of_user(&row.user);
                doubted.add("在宅日数", "days at home", &row.home_days);
                for date in &row.weekly_dates {
                    doubted.add("週評価日", "weekly evaluation", date);
                }
                doubted.add("達成度評価日", "monthly evaluation", &row.monthly_date);
                tell(
                    report,
                    person,
                    When::Month(*month),
                    title,
                    &row.source,
                    doubted,
                );
            }
        }
    }
}

/// Takes back what another finding has a person look at already.
pub(super) fn give_way(findings: &mut Vec<Finding>) {
    let is_own = |finding: &Finding| finding.check == CHECK.name;
    let others = findings.iter().filter(|finding| !is_own(finding));
    let looked_at: BTreeSet<Location> = others.filter_map(|f| f.location.clone()).collect();
    let is_new = |f: &Finding| f.location.as_ref().is_none_or(|at| !looked_at.contains(at));
    findings.retain(|finding| !is_own(finding) || is_new(finding));
}

fn tell(
    report: &mut Report,
    person: &PersonFile,
    when: When,
    title: Wording,
    source: &Source,
    doubted: Doubted,
) {
    let Some(first) = doubted.cell else { return };
    let location = source.locate(first);
    report.review(person, when, doubted.words(&title), Some(location));
}

fn of_roster(r: &RosterEntry) -> Doubted {
    let mut doubted = of_user(&r.user);
    doubted.add("サービス種別", "service", &r.service);
    doubted.add("支給決定市町村", "municipality", &r.municipality);
    doubted.add("支給決定期間の開始", "grant from", &r.grant_from);
    doubted.add("支給決定期間の終了", "grant to", &r.grant_to);
    doubted.add("受給者証記載日", "annotated on", &r.annotated_on);
    doubted.add("同意日", "consented on", &r.consented_on);
    doubted.add("申請日", "applied on", &r.applied_on);
    doubted.add("個別支援計画作成日", "plan created on", &r.plan_created_on);
    doubted.add("在宅就労開始日", "home support from", &r.home_start);
    doubted.add("在宅就労終了日", "home support to", &r.home_end);
    doubted.add("在宅の曜日", "weekdays at home", &r.home_weekdays);
    doubted.add("通所の曜日", "weekdays at the office", &r.commute_weekdays);
    doubted.add("希望理由", "reason", &r.reason);
    doubted
}

fn of_day(r: &DailyRecord) -> Doubted {
    let mut doubted = of_user(&r.user);
    doubted.add("実施日", "date", &r.date);
    doubted.add("開始時刻", "start", &r.start);
    doubted.add("終了時刻", "end", &r.end);
    doubted.add("支援方法", "method", &r.method);
    doubted.add("作業・訓練内容", "work", &r.work);
    doubted.add("支援内容", "support", &r.support);
    let condition = &r.condition_and_advice;
    doubted.add("心身の状況と助言", "condition and advice", condition);
    doubted.add("対応・記録者", "recorder", &r.recorder);
    doubted
}

fn of_week(r: &WeeklyRecord) -> Doubted {
    let mut doubted = of_user(&r.user);
    doubted.add("実施日", "date", &r.date);
    doubted.add("前回評価日", "previous date", &r.previous_date);
    doubted.add("方法", "method", &r.method);
    doubted.add("対象期間の初日", "period from", &r.period_from);
    doubted.add("対象期間の末日", "period to", &r.period_to);
    doubted.add("評価内容", "content", &r.content);
    doubted.add("記録者", "recorder", &r.recorder);
    doubted.add("確認者", "confirmer", &r.confirmer);
    doubted
}

fn of_month(r: &MonthlyRecord) -> Doubted {
    let mut doubted = of_user(&r.user);
    doubted.add("対象月", "month", &r.month);
    doubted.add("実施日", "date", &r.date);
    doubted.add("開始時刻", "start", &r.start);
    doubted.add("終了時刻", "end", &r.end);
    doubted.add("実施方法", "method", &r.method);
    for (ja, en, field) in [
        ("訓練目標", "goal", &r.goal),
        ("取組内容", "effort", &r.effort),
        ("達成度", "achievement", &r.achievement),
        ("課題", "issues", &r.issues),
        ("改善方針", "improvement", &r.improvement),
        ("健康・体調面", "health", &r.health),
        ("特記事項", "remarks", &r.remarks),
        ("在宅就労継続の妥当性", "continuation", &r.continuation),
        ("評価実施者", "evaluator", &r.evaluator),
        ("対象者署名", "signature", &r.signature),
    ] {
        doubted.add(ja, en, field);
    }
    doubted.add("前回の達成度評価日", "previous date", &r.previous_date);
    doubted
}

fn of_user(user: &UserMention) -> Doubted {
    let mut doubted = Doubted::default();
    doubted.add("氏名", "name", &user.name);
    doubted.add(
        "受給者証番号",
        "certificate number",
        &user.certificate_number,
    );
    doubted
}

/// The doubtful items of one record.
#[derive(Default)]
struct Doubted {
    /// The cell of the first; `None` while there is none.
    cell: Option<Option<Cell>>,
    names: Vec<Wording>,
    reasons: Vec<Wording>,
}

impl Doubted {
    fn add<T>(&mut self, ja: &str, en: &str, field: &Field<T>) {
        let confidence = field.confidence_but_for(&ASKED_ELSEWHERE);
        let level = confidence.map(|confidence| confidence.level());
        if field.value().is_none() || level != Some(Level::Doubtful) {
            return;
        }
        self.cell.get_or_insert(field.cell);
        self.names.push(Wording::new(ja, en));
        let grounds = field.grounds.iter().filter(|ground| ground.is_weak());
        let doubts = field.doubts.iter();
        let doubts = doubts.filter(|doubt| !ASKED_ELSEWHERE.contains(doubt));
        let doubts = doubts.map(|doubt| doubt.wording());
        for reason in grounds.map(|ground| ground.wording()).chain(doubts) {
            if !self.reasons.contains(&reason) {
                self.reasons.push(reason);
            }
        }
    }

    fn words(&self, title: &Wording) -> Words {
        let ja = |list: &[Wording]| -> Vec<String> { list.iter().map(|w| w.ja.clone()).collect() };
        let en = |list: &[Wording]| -> Vec<String> { list.iter().map(|w| w.en.clone()).collect() };
        let names = ja(&self.names).join("」「");
        words(
            Wording::new(
                format!(
                    "{}の「{names}」の読み取りに自信がありません（{}）。",
                    title.ja,
                    ja(&self.reasons).join("、")
                ),
                format!(
                    "{}: {} was read with doubt ({}).",
                    title.en,
                    en(&self.names).join(", "),
                    en(&self.reasons).join("; ")
                ),
            ),
            Wording::new(
                "元のブックで、読み取った値が正しいかを確かめてください。",
                "See in the workbook whether the value is right.",
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{assessed, date, notice, office, on, told, unclear};
    use crate::model::{Doubt, Ground};

    #[test]
    fn doubtful_values_of_a_record_are_one_question() {
        let mut office = office();
        let record = on(&mut office, 3);
        record.recorder.grounds.insert(Ground::UnknownBeside);
        record.method.doubts.push(Doubt::SeveralChoices);
        assert_eq!(told(&office), ["review doubtful-reading 2025-09-03"]);
        let found = assessed(&office, &[notice("kitakyushu")], date(2025, 11, 30)).findings;
        assert_eq!(
            found[0].message.ja,
            "9月3日（水）の支援記録の「支援方法」「対応・記録者」の読み取りに自信がありません（複数の選択肢に印があります、知らない項目名らしい文字を含む）。"
        );
        assert!(found[0].location.as_ref().unwrap().cell.is_some());
    }

    #[test]
    fn a_cell_that_another_finding_points_at_is_not_asked_for_again() {
        let mut office = office();
        on(&mut office, 3).date.doubts.push(Doubt::WeekdayDiffers);
        let review = ["review doubtful-reading 2025-09-03"];
        assert_eq!(told(&office), review);
        on(&mut office, 3).contacts.pop();
        assert!(!told(&office).contains(&review[0].to_owned()));
    }

    #[test]
    fn small_doubts_and_unread_texts_are_no_question_of_this_check() {
        let mut office = office();
        let record = on(&mut office, 3);
        record.recorder.grounds.insert(Ground::Untitled);
        record.recorder.grounds.insert(Ground::LabelInPart);
        record.date.doubts.push(Doubt::YearFromContext);
        record.method.doubts.push(Doubt::StackedBoxes);
        assert!(told(&office).is_empty());
        on(&mut office, 3).recorder = unclear("#REF!");
        assert_eq!(told(&office), ["review daily-field-missing 2025-09-03"]);
    }

    #[test]
    fn struck_and_hidden_text_is_asked_about_elsewhere() {
        let mut office = office();
        let record = on(&mut office, 3);
        record.work.doubts = vec![Doubt::StruckThrough, Doubt::Hidden];
        let told = told(&office);
        assert!(told.iter().any(|one| one.contains("struck-or-hidden-text")));
        assert!(!told.iter().any(|one| one.contains("doubtful-reading")));
    }
}
