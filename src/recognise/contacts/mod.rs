//! The day's contacts, however they are laid out: in columns, in rows, in a grid within the form
//! of a day, as phases of the work.
//!
//! What their times and means are is not read here.

pub mod by_row;
pub mod columns;
pub mod contact;
pub mod grid;
pub mod headless;
pub mod heads;
pub mod list;
pub mod names_above;
pub mod over_names;
pub mod phase_boxes;
pub mod phase_rows;
pub mod rows;
pub mod timed_names;
pub mod told_names;
pub mod words;
pub mod work_time;
