//! What the cells of a sheet are that hold no value: titles, labels, headers, legends, guides.

pub mod ground;
pub mod left;
mod stranger;

use std::sync::Arc;

use crate::model::{Cell, CellRange};
use crate::read::Sheet;
use crate::recognise::form::{Entry, Explained, Role};
use crate::recognise::grid::Grid;
use crate::recognise::item::Item;
use crate::recognise::label::{self, Label};
use crate::recognise::section::boxes;
use crate::recognise::table::Table;
use crate::recognise::titles::Titles;
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// All that was seen on one sheet.
pub struct Seen<'a> {
    /// The sheet's name.
    pub sheet: &'a Arc<str>,
    /// The wordings.
    pub vocabulary: &'a Vocabulary,
    /// Its blocks.
    pub grid: &'a Grid,
    /// All labels.
    pub labels: &'a [Label],
    /// The titles.
    pub titles: &'a Titles,
    /// The tables.
    pub tables: &'a [Table],
    /// What each label outside tables means in its form.
    pub items: &'a [Option<Item>],
    /// What belongs to each of them.
    pub entries: &'a [Entry],
}

/// One role for a whole sheet.
pub fn whole(sheet: &Sheet, role: Role) -> Explained {
    Explained {
        sheet: sheet.name.as_str().into(),
        range: everywhere(),
        role,
    }
}

/// All cells.
pub fn everywhere() -> CellRange {
    CellRange::new(Cell::new(0, 0), Cell::new(u32::MAX, u32::MAX))
}

/// What is known of the sheet's cells. Of several for one cell, the first counts.
pub fn explain(seen: &Seen) -> Vec<Explained> {
    let mut found: Vec<(CellRange, Role)> = Vec::new();
    for title in seen.titles.all() {
        found.push((seen.grid.block(title.block).range, Role::Title));
    }
    for label in seen.labels {
        let role = match label.meanings.is_empty() {
            true => Role::Heading,
            false => Role::Label,
        };
        found.push((seen.grid.block(label.block).range, role));
    }
    for table in seen.tables {
        found.extend(&table.explained);
    }
    for block in seen.grid.blocks().iter().filter(|b| b.stored.is_some()) {
        if is_form_number(&block.text) {
            found.push((block.range, Role::Title));
        } else if is_week_number(&block.text) {
            found.push((block.range, Role::Heading));
        } else if is_legend(&block.text)
            || explains_a_sign(&block.text)
            || seen.vocabulary.is_legend(&block.text)
        {
            found.push((block.range, Role::Legend));
        } else if boxes::is_guide(&block.text)
            || is_advice(&block.text)
            || seen.vocabulary.is_guide(&block.text)
        {
            found.push((block.range, Role::Guide));
        }
    }
    for (item, entry) in seen.items.iter().zip(seen.entries) {
        let role = match item {
            Some(Item::Ignored) => Role::NotAsked,
            _ => Role::Beside,
        };
        let cells = entry.words.iter().map(|word| word.cell);
        found.extend(cells.map(|cell| (CellRange::single(cell), role)));
    }
    let explained = |(range, role)| Explained {
        sheet: seen.sheet.clone(),
        range,
        role,
    };
    found.into_iter().map(explained).collect()
}

/// What is known of a sheet's cells by their words alone.
pub fn explained_by_words(
    grid: &Grid,
    sheet: &Arc<str>,
    vocabulary: &Vocabulary,
) -> Vec<Explained> {
    let labels = label::labels(grid, vocabulary);
    let titles = Titles::of(grid, &labels, vocabulary, "");
    explain(&Seen {
        sheet,
        vocabulary,
        grid,
        labels: &labels,
        titles: &titles,
        tables: &[],
        items: &[],
        entries: &[],
    })
}

/// Lines such as `○：在宅　△：通所` beside a table, each once.
pub fn legend_lines(grid: &Grid) -> String {
    const MOST: usize = 12;
    let mut lines: Vec<&str> = Vec::new();
    let found = grid
        .blocks()
        .iter()
        .filter(|b| is_legend(&b.text))
        .map(|b| b.text.as_str());
    for line in found {
        if lines.len() < MOST && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// Lines such as `○：在宅　△：通所` beside a table, and of letters: `Z＝Zoom　L＝LINE`.
pub fn is_legend(text: &str) -> bool {
    const LONGEST: usize = 80;
    const SIGN: usize = 3;
    if explains_letters(text) {
        return true;
    }
    let explains = |part: &&str| {
        let pair = part.split_once(['＝', '=', '…', '→']);
        pair.is_some_and(|(sign, meaning)| {
            let sign = sign.trim_start_matches('※').chars().count();
            (1..=SIGN).contains(&sign) && !meaning.is_empty()
        })
    };
    let parts = text.split(|c: char| c.is_whitespace() || "、，,・／/".contains(c));
    let pairs = parts.filter(explains).count();
    text.chars().count() < LONGEST
        && (pairs > 1 || text.contains("在宅") && text.contains(['＝', '=', '：', ':']))
}

/// `略号　［手段］Ｔ：電話　Ｚ：Ｚｏｏｍ　訪：訪問`: several letters, each before a colon.
fn explains_letters(text: &str) -> bool {
    const LONGEST: usize = 200;
    const FEWEST: usize = 3;
    let parts = text.split(|c: char| c.is_whitespace() || "、，,・／/［］[]【】（）()".contains(c));
    let pairs = parts.filter(|part| {
        let mut chars = part.chars();
        let is_letter = chars.next().is_some_and(|c| c.is_alphabetic());
        is_letter && matches!(chars.next(), Some('：' | ':')) && chars.next().is_some()
    });
    text.chars().count() <= LONGEST && pairs.count() >= FEWEST
}

/// `○：良好　△：やや不調`
fn explains_a_sign(text: &str) -> bool {
    let text = squash(text);
    let mut chars = text.chars();
    let opens_with_sign = chars
        .next()
        .is_some_and(|c| "○〇◯◎●△▲×✕✓☑□■◇◆☆★/".contains(c));
    opens_with_sign && chars.next().is_some_and(|c| matches!(c, ':' | '=' | '…'))
}

/// `（参考様式２－１）`
fn is_form_number(text: &str) -> bool {
    let text = squash(text);
    let text = text.trim_matches(['(', ')']);
    let number = text
        .strip_prefix("参考")
        .unwrap_or(text)
        .strip_prefix("様式");
    number.is_some_and(|number| {
        let number = number.trim_start_matches('第').trim_end_matches('号');
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '-')
    })
}

/// `第１週`, `【2週目】`
fn is_week_number(text: &str) -> bool {
    let text = squash(text);
    let text = text.trim_matches(['(', ')', '[', ']', '【', '】', '<', '>', '■', '◆', '●']);
    let number = text.trim_start_matches('第').trim_end_matches('目');
    let number = number
        .strip_suffix('週')
        .filter(|number| !number.is_empty());
    number.is_some_and(|number| {
        number
            .chars()
            .all(|c| c.is_ascii_digit() || "一二三四五".contains(c))
    })
}

/// Printed advice in brackets, such as （評価は１週間ごとに実施）.
pub fn is_advice(text: &str) -> bool {
    let text = squash(text);
    text.starts_with('(') && text.ends_with(')') && text.chars().count() > 6
}

/// Whether a text could be the name of an item: short words without a number or a sentence.
pub fn looks_like_label(text: &str) -> bool {
    let text = squash(text);
    let length = text.chars().count();
    let sentence = |c: char| c.is_ascii_digit() || "。、!?~/☑☒□■○◯〇×✓".contains(c);
    (2..=14).contains(&length) && !text.contains(sentence) && text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_words() {
        for label in ["天候", "本日のやりとり", "就業場所（自宅等）", "メモ"] {
            assert!(looks_like_label(label), "{label}");
        }
        for other in ["", "㊞", "9月3日", "作業を始めた。", "○", "☑電話", "---"] {
            assert!(!looks_like_label(other), "{other}");
        }
    }

    #[test]
    fn advice_stands_in_brackets() {
        assert!(is_advice("（評価は１週間ごとに実施）"));
        assert!(is_form_number("（参考様式２－１）") && is_form_number("様式第4号"));
        assert!(!is_form_number("様式の説明") && !is_form_number("2-1"));
        for week in ["第１週", "【2週目】", "第三週"] {
            assert!(is_week_number(week), "{week}");
        }
        for other in ["週", "第1週の評価", "1", "10/1週"] {
            assert!(!is_week_number(other), "{other}");
        }
        assert!(explains_a_sign("○：良好　△：やや不調") && !explains_a_sign("○電話：9時"));
        assert!(!is_advice("（Zoom）") && !is_advice("支援内容（1日2回以上）"));
    }

    #[test]
    fn letters_before_colons_are_a_legend_and_times_are_none() {
        assert!(is_legend("略号　［手段］Ｔ：電話　Ｚ：Ｚｏｏｍ　訪：訪問"));
        for other in [
            "9：00 電話、12：00 電話、15：00 電話",
            "氏名：森　日付：9/1　記録者：坂本",
        ] {
            assert!(!is_legend(other), "{other}");
        }
    }
}
