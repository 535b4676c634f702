//! What forms call things: the wordings of the templates, as they are looked up.
//!
//! Nothing here knows where on a sheet a word stands, but for [`whose`], which asks a sheet for
//! words of its own.

pub mod answers;
pub mod key;
pub mod keyword;
pub mod layout_words;
pub mod phrasing;
pub mod plainly;
pub mod related;
pub mod signed_by_user;
pub mod state_and_advice;
pub mod ticks;
pub mod told_by_user;
pub mod vocabulary;
pub mod whose;
pub mod wordings;
