//! no-records

use super::words::{add_the_form, words};
use super::{Context, Report};
use crate::model::{Subject, When, Wording};

declare_check! {
    /// The input holds no record of any form.
    ///
    /// ## Why
    /// Where nothing was read, nothing was checked, and no finding means nothing.
    ///
    /// ## What to do
    /// See that the folder is the right one, and whether the forms are filled in.
    "no-records",
    reads: [HomeDays],
    title: "記録が読み取れない",
    what: "参考様式1～4に当たる記録が、入力に1件でもあるかを見ます（要確認）。",
    why: "読み取れた記録がなければ何も点検しておらず、指摘がないことは適合を意味しません。",
    remedy: "フォルダーが正しいか、様式に記入があるかを確かめてください。",
}

fn run(context: &Context, report: &mut Report) {
    if !context.index.office.has_records() {
        let message = Wording::new(
            "記録が1件も読み取れませんでした。点検はできていません。",
            "No record could be read; nothing was checked.",
        );
        let said = words(message, add_the_form());
        report.review(Subject::Office, When::Always, said, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{office, told};
    use crate::model::Office;

    #[test]
    fn an_office_without_any_record_is_not_clear() {
        let told_of = told(&Office::default());
        assert_eq!(told_of, ["review no-records always office"]);
    }

    #[test]
    fn one_form_is_a_record() {
        let roster = Office {
            listing: Vec::new(),
            daily: Vec::new(),
            weekly: Vec::new(),
            monthly: Vec::new(),
            ..office()
        };
        let told = told(&roster);
        assert!(!told.is_empty());
        assert!(
            told.iter().all(|line| !line.contains("no-records")),
            "{told:?}"
        );
    }
}
