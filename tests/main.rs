//! What the program does, tried from outside: one program for all of it, for each would link
//! the whole library.

#[path = "../fixtures/generator/mod.rs"]
mod generator;
mod made;
mod support;

mod absent_forms;
mod account;
mod bad_input;
mod checks;
mod cli;
mod columns;
mod corpus;
mod drawn;
mod files;
mod fixtures;
mod inspect;
mod layouts;
mod mutations;
mod notice;
mod ovals;
mod profile;
mod real_world;
mod round_trip;
mod service_records;
mod tables;
mod text_boxes;
mod weeks;
