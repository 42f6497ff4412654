// Copyright 2024 The Authors.
// SPDX-License-Identifier: MIT

//! parse arguments, call `run`
//!
//! All else is in the library.

#![forbid(unsafe_code)]

use std::process::ExitCode;

/// Where it starts.
fn main() -> ExitCode {
    run(std::env::args())
}
