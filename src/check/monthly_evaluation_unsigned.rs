//! monthly-evaluation-unsigned

use super::items::{Inspected, Item, report_gaps};
use super::monthly_field_missing::title;
use super::{Context, Report};
use crate::model::When;

declare_check! {
    /// A monthly evaluation without the user's signature.
    ///
    /// ## Why
    /// The form ends with the user's signature under the words that its content was shared.
    ///
    /// ## What to do
    /// Go through the sheet with the user and have it signed with the day of signing.
    "monthly-evaluation-unsigned",
    reads: [Monthly],
    title: "達成度評価の署名がない",
    what: "達成度評価シート（参考様式3）に、対象者の署名があるかを見ます。",
    why: "様式は、内容を評価実施者と共有したことを、対象者の署名で示すものになっています。",
    remedy: "対象者と内容を確かめ、署名した日が分かるように署名をもらってください。代わりに署名してはいけません。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let records = context.monthly(person).map(|(month, record)| Inspected {
            when: When::Month(month),
            title: title(month),
            source: &record.source,
            items: vec![Item::new("対象者署名", "signature", &record.signature)],
        });
        report_gaps(report, person, records);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, office, told};
    use crate::model::Field;

    #[test]
    fn a_sheet_without_a_signature_is_found() {
        let mut office = office();
        office.monthly[0].signature = blank();
        assert_eq!(
            told(&office),
            ["deficient monthly-evaluation-unsigned 2025-09"]
        );
    }

    #[test]
    fn a_form_without_the_item_is_asked_about_once() {
        let mut office = office();
        office.monthly[0].signature = Field::absent();
        assert_eq!(told(&office), ["review monthly-evaluation-unsigned always"]);
    }
}
