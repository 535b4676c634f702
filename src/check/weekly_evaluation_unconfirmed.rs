//! weekly-evaluation-unconfirmed

use super::items::{Inspected, Item, report_gaps};
use super::weekly_field_missing::title;
use super::{Context, Report};

declare_check! {
    /// A weekly evaluation without the service manager (サービス管理責任者) as its confirmer.
    ///
    /// ## Why
    /// The city's form says in its margin that the service manager always confirms it.
    ///
    /// ## What to do
    /// Have the service manager read it and sign with the day on which it was read.
    "weekly-evaluation-unconfirmed",
    reads: [Weekly],
    title: "週の評価の確認者がない",
    what: "週の評価に、確認者（サービス管理責任者）が書かれているかを見ます。",
    why: "市の様式の欄外に、サービス管理責任者が必ず確認すると書かれています。",
    remedy: "サービス管理責任者が内容を確認し、確認した日が分かるように記入してください。",
}

fn run(context: &Context, report: &mut Report) {
    for person in context.people() {
        let evaluations = context.weekly(person);
        let records = evaluations.iter().map(|evaluation| Inspected {
            when: evaluation.when(),
            title: title(evaluation.record),
            source: &evaluation.record.source,
            items: vec![Item::new(
                "確認者（サービス管理責任者）",
                "confirmer (service manager)",
                &evaluation.record.confirmer,
            )],
        });
        report_gaps(report, person, records);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{blank, office, told};
    use crate::model::Field;

    #[test]
    fn an_evaluation_that_nobody_confirmed_is_found() {
        let mut office = office();
        office.weekly[1].confirmer = blank();
        assert_eq!(
            told(&office),
            ["deficient weekly-evaluation-unconfirmed 2025-09-12"]
        );
    }

    #[test]
    fn a_form_without_the_item_is_asked_about_once() {
        let mut office = office();
        for week in &mut office.weekly {
            week.confirmer = Field::absent();
        }
        assert_eq!(
            told(&office),
            ["review weekly-evaluation-unconfirmed always"]
        );
    }
}
