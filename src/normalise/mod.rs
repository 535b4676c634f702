//! From the words of a form to records.

pub(crate) mod certificate;
mod choices;
mod contact_kind;
mod contact_opening;
pub(crate) mod contacts;
pub(crate) mod date;
pub(crate) mod mark;
pub(crate) mod method;
pub(crate) mod month;
pub(crate) mod name;
pub(crate) mod period;
pub(crate) mod service;
pub(crate) mod text;
pub(crate) mod time;
mod time_scan;
pub(crate) mod weekdays;
mod words;
mod year;

pub use name::{name_key, tidy};
