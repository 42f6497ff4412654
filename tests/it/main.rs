//! Every test of recto, in one binary: each further one would link the engines again. A module per kind or part.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::single_range_in_vec_init,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    missing_docs
)]

mod articles;
mod asking;
mod bidi;
mod books;
mod cases;
mod cli;
mod code;
mod completing;
mod config;
mod containers;
mod conversations;
mod copies;
mod costly;
mod dump;
mod entries;
mod fields;
mod finding;
mod formats;
mod gate;
mod guide;
mod hang;
mod harness;
mod hazards;
mod images;
mod jobs;
mod jsonl;
mod keys;
mod kills;
mod layout;
mod library;
mod linear;
mod mangled;
mod markdown;
mod marking;
mod memory;
mod opening;
mod pages;
mod painting;
mod pair;
mod phrases;
mod picture;
mod pty;
mod query;
mod relatives;
mod rows;
mod sample;
mod saved;
mod scanning;
mod screens;
mod scripts;
mod search;
mod selecting;
mod stems;
mod svg;
mod tables;
mod terminal;
mod themes;
mod tidy;
mod titles;
mod turning;
mod typography;
mod ways;
mod widths;
