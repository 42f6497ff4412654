//! Every test of recto, in one binary: each further one would link the engines again. A module per kind or part.
//! The one test binary: a module for each kind of test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    missing_docs
)]

mod guide;
mod layout;
mod query;
mod search;
mod svg;
    clippy::cast_sign_loss
)]

mod library;
mod memory;
