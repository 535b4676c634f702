//! From the bytes of a file to a [`Book`]: everything that later stages need, once.
//!
//! The only room that knows calamine, ZIP and XML. It says what is written, not what it means.

mod book;

pub use book::{Book, CheckBox, Comment, Shape, Sheet, SheetCell, Stored, Visibility};
