//! What the checks are supposed to have said of the sample office.

use super::Sample;
use crate::model::{Applicability, Finding, Fix, Location, Subject, Verdict, When, Wording};

impl Sample {
    /// Adds a finding of that check.
    pub(super) fn find(
        &mut self,
        check: &'static str,
        subject: Subject,
        when: When,
        location: Option<Location>,
    ) {
        let (clause, verdict, message) = match check {
            "fewer-than-two-contacts" => (
                "6(3)",
                Verdict::Deficient,
                "この日の連絡は1回しか記録されていません（9:00）。",
            ),
            "end-contact-missing" => (
                "6(3)",
                Verdict::Review,
                "作業終了時の連絡が読み取れません。終了時間と成果の確認があったか、ご確認ください。",
            ),
            "daily-field-missing" => ("4(4)イ", Verdict::Deficient, "「対応・記録者」が空欄です。"),
            "weekly-evaluation-text-only" => (
                "6(4)",
                Verdict::Review,
                "週の評価がメールのみで行われています。障害特性によるものか、記録からは分かりません。",
            ),
            "roster-field-missing" => (
                "4(4)ア",
                Verdict::Deficient,
                "対象者リストの「支給決定期間の終了」が空欄です。",
            ),
            "municipality-not-covered" => {
                ("2", Verdict::Review, "支給決定市町村の記載がありません。")
            }
            "listing-missing" => (
                "4(5)",
                Verdict::Deficient,
                "令和7年8月の実施一覧表が見当たりません。",
            ),
            _ => (
                "6(5)",
                Verdict::Deficient,
                "必要な記録または署名が見当たりません。",
            ),
        };
        let fix = (check == "daily-field-missing").then(|| Fix {
            applicability: Applicability::Suggested,
            from: String::new(),
            to: "支援員 折尾".to_owned(),
        });
        self.assessment.findings.push(Finding {
            check,
            notice: "kitakyushu".to_owned(),
            clause: clause.to_owned(),
            verdict,
            subject,
            when,
            message: Wording::new(message, "something is missing"),
            hint: Wording::new(
                "記録した職員に確かめ、当日の事実が分かる資料（電話の履歴など）に基づいて追記してください。",
                "ask the member of staff",
            ),
            location,
            fix,
        });
    }
}

/// The short title of a check.
pub(super) fn title(check: &str) -> String {
    let title = match check {
        "fewer-than-two-contacts" => "連絡が1日2回に満たない",
        "end-contact-missing" => "作業終了時の連絡がない",
        "daily-field-missing" => "支援記録に空欄がある",
        "daily-record-missing" => "支援記録がない",
        "weekly-evaluation-text-only" => "週の評価が文面のみ",
        "weekly-evaluation-missing" => "週の評価がない",
        "monthly-evaluation-missing" => "達成度評価シートがない",
        "monthly-evaluation-unsigned" => "達成度評価シートに署名がない",
        "roster-field-missing" => "対象者リストに空欄がある",
        "municipality-not-covered" => "他市の支給決定",
        "listing-missing" => "実施一覧表がない",
        other => other,
    };
    title.to_owned()
}
