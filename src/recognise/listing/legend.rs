//! The texts of a sheet that explain the marks of a listing.

use super::words;
use crate::model::{Cell, CellRange};
use crate::recognise::explain::is_legend;
use crate::recognise::grid::{Block, Grid};
use crate::recognise::wording::vocabulary::Vocabulary;
use crate::text::squash;

/// Texts that may explain signs, each once, with their cells; those within the days left out.
pub fn legends(
    grid: &Grid,
    vocabulary: &Vocabulary,
    outside: impl Fn(Cell) -> bool,
) -> (String, Vec<CellRange>) {
    const MOST: usize = 16;
    let mut lines: Vec<String> = Vec::new();
    let mut cells = Vec::new();
    let blocks = grid.blocks().iter().enumerate();
    for (i, block) in blocks.filter(|(_, block)| block.stored.is_some()) {
        if lines.len() >= MOST || !outside(block.range.first) {
            continue;
        }
        let alone = explains(&block.text) && vocabulary.meanings(&block.text).is_none();
        let line = match alone || is_legend(&block.text) {
            true => Some(block.text_in_short()),
            false => pair(grid, i, block),
        };
        if let Some(line) = line.filter(|line| !lines.contains(line)) {
            lines.push(line);
            cells.push(block.range);
        }
    }
    (lines.join("\n"), cells)
}

/// `○在宅　△通所`, `▲：職員訪問`, `在…在宅で利用`: a sign at the head of a part, and words of a listing.
fn explains(text: &str) -> bool {
    const LONGEST: usize = 120;
    if text.chars().count() > LONGEST {
        return false;
    }
    let mut parts = text.split(|c: char| c.is_whitespace() || "、，,／".contains(c));
    let is_entry = |part: &str| {
        let part = squash(part);
        let part = part.trim_matches(['(', ')', '[', ']', '【', '】']);
        let mut chars = part.chars();
        let Some(first) = chars.next() else {
            return false;
        };
        let rest = chars.as_str();
        let parted = rest.starts_with(['=', ':', '.', '→', '⇒']);
        let is_sign = !first.is_alphanumeric() || parted;
        let said = rest.trim_start_matches(['=', ':', '.', '→', '⇒']);
        // What is done or not done is said in words, not in a date or a count.
        is_sign && (2..=24).contains(&said.chars().count()) && words::about(said).is_some()
    };
    parts.any(is_entry)
}

/// A sign alone in its cell, with its meaning in the next.
fn pair(grid: &Grid, i: usize, block: &Block) -> Option<String> {
    let sign = squash(&block.text);
    let mut chars = sign.chars();
    let (first, None) = (chars.next()?, chars.next()) else {
        return None;
    };
    if first.is_alphanumeric() && !first.is_ascii() {
        return None;
    }
    let (row, col) = (block.range.first.row, block.range.last.col.checked_add(1)?);
    let mut over = grid.row_over(row, col, col);
    let next = over.find(|&next| next != i && grid.block(next).stored.is_some())?;
    let said = &grid.block(next).text;
    let told = words::about(said).filter(|_| squash(said).chars().count() >= 2);
    told.map(|_| format!("{sign}＝{}", squash(said)))
}
