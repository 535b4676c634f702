//! The draft of a profile.

use crate::inspect::Reading;
use crate::read::Book;
use crate::recognise::Recognised;

/// x
#[derive(Debug, Default)]
pub struct Draft {}

impl Draft {
    /// x
    pub fn add(&mut self, _book: &Book, _found: &Recognised, _reading: &Reading) {}

    /// x
    pub fn toml(&self) -> String {
        String::new()
    }
}
