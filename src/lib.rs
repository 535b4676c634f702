//! tenken (点検) checks the home-support records of employment-support offices
//! against their city's notice, clause by clause.
//!
//! One way through:
//! [`discover`] → [`read`] → [`recognise`] → [`normalise`] → [`check`] → [`correct`] → [`emit`].
//! Each stage takes the type of the stage before it and imports no later one.
//! What the checks say is drawn up by sentence in the [`ledger`]. A [`profile`] tells recognition
//! what it cannot know of an office's own layouts, and [`inspect`] shows what became of every
//! cell.
//!
//! [`pipeline`] goes this way for the [`cli`]. [`model`] has the nouns that all stages share,
//! [`notice`] the cities' rules as data; [`archive`] opens files within files and [`guard`] keeps
//! a fault of the program to the piece of work that it happened in.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod archive;
pub mod check;
pub mod cli;
pub mod correct;
pub mod discover;
pub mod emit;
pub mod guard;
pub mod inspect;
pub mod ledger;
pub mod model;
pub mod normalise;
pub mod notice;
pub mod pipeline;
pub mod profile;
pub mod read;
pub mod recognise;
mod text;
