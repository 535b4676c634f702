//! The geometry and the words of the workbooks, read from `templates/workbook/`.

use serde::{Deserialize, Deserializer, de::Error};

use super::style::Look;
use super::{EmitError, entry::Item};
use crate::model::{CellRange, Wording};

/// All that the workbooks are made from beside the records.
pub(super) struct Templates {
    pub forms: Forms,
    pub lists: Lists,
    pub words: Words,
}

impl Templates {
    pub(super) fn load() -> Result<Self, EmitError> {
        Ok(Self {
            forms: toml::from_str(include_str!("../../../templates/workbook/forms.toml"))?,
            lists: toml::from_str(include_str!("../../../templates/workbook/lists.toml"))?,
            words: toml::from_str(include_str!("../../../templates/workbook/words.toml"))?,
        })
    }
}

/// The blocks of the forms 2 and 3.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Forms {
    pub title_daily: Block,
    pub title_weekly: Block,
    pub title_monthly: Block,
    pub user: Block,
    pub day: Block,
    pub evaluation: Block,
    pub achievement: Block,
    pub closing: Block,
}

/// A part of a form: rows of boxes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    /// The least height of each row in points.
    pub rows: Vec<f64>,
    pub boxes: Vec<LabelledBox>,
}

/// One box: either words of the form or the place of an item.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelledBox {
    /// From the upper left of the block; one row high.
    #[serde(deserialize_with = "range_in_one_row")]
    pub at: CellRange,
    #[serde(default)]
    pub label: String,
    pub item: Option<Item>,
    pub look: Look,
}

/// The columns of the forms 1 and 4.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    pub roster: List,
    pub listing: List,
}

/// A list with a line for each user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub columns: Vec<ListColumn>,
}

/// One column of a list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListColumn {
    pub item: Item,
    pub title: String,
    /// The least width in pixels.
    pub px: u32,
    pub look: Look,
    /// Takes a share of the width that is left.
    #[serde(default)]
    pub grow: bool,
    /// Left out where no record has the item.
    #[serde(default)]
    pub optional: bool,
}

/// What the workbooks say beside the forms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub verdict: VerdictWords,
    pub marks: MarkWords,
    pub history: HistoryWords,
    pub findings: FindingsWords,
    pub summary: SummaryWords,
    pub ledger: ListWords,
    pub inspection: InspectionWords,
    pub overview: ListWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerdictWords {
    pub deficient: Wording,
    pub review: Wording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkWords {
    pub suggestion: Wording,
    pub unread: Wording,
    pub more: Wording,
    pub legend: Wording,
}

/// A sheet with one list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListWords {
    pub title: Wording,
    pub remark: Wording,
    /// In place of an empty list.
    pub none: Wording,
    pub columns: Vec<Wording>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HistoryWords {
    pub safe: Wording,
    pub suggested: Wording,
    pub list: ListWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FindingsWords {
    pub proposal: Wording,
    pub office: Wording,
    pub list: ListWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SummaryWords {
    pub sheet: Wording,
    pub title: Wording,
    pub by_check: Vec<Wording>,
    pub by_user: Vec<Wording>,
}

/// 自主点検表 is a form: in Japanese only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct InspectionWords {
    pub sheet: String,
    pub title: String,
    pub office: String,
    pub office_number: String,
    pub notice: String,
    pub remark: String,
    pub choose_title: String,
    pub choose: String,
    pub columns: Vec<String>,
}

fn range_in_one_row<'de, D: Deserializer<'de>>(source: D) -> Result<CellRange, D::Error> {
    let text = String::deserialize(source)?;
    CellRange::parse(&text)
        .filter(|range| range.first.row == range.last.row)
        .ok_or_else(|| D::Error::custom(format!("`{text}` is not a range within one row")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_of_a_block_lie_apart_and_in_its_rows() {
        let forms = Templates::load().unwrap().forms;
        for block in [
            &forms.title_daily,
            &forms.title_weekly,
            &forms.title_monthly,
            &forms.user,
            &forms.day,
            &forms.evaluation,
            &forms.achievement,
            &forms.closing,
        ] {
            assert!(!block.boxes.is_empty());
            for (i, a) in block.boxes.iter().enumerate() {
                assert!((a.at.first.row as usize) < block.rows.len(), "{}", a.at);
                assert_ne!(a.item.is_some(), !a.label.is_empty(), "{}", a.at);
                let rest = block.boxes.get(i + 1..).unwrap();
                assert!(rest.iter().all(|b| !a.at.overlaps(&b.at)), "{}", a.at);
            }
        }
    }

    #[test]
    fn a_box_over_two_rows_is_refused() {
        let block =
            |at: &str| format!("rows = [1]\nboxes = [{{ at = \"{at}\", look = \"line\" }}]");
        assert!(toml::from_str::<Block>(&block("A1:C1")).is_ok());
        assert!(toml::from_str::<Block>(&block("A1:C2")).is_err());
    }
}
