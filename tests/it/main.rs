//! recto's one test binary: a module per part. Every further binary would link the engines again.

//! Every test of recto, in one binary: each further one would link the engines again.
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
mod svg;
//! The one test binary: a module per kind of test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)]
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)]

mod layout;
    missing_docs
)]

mod query;
mod search;
