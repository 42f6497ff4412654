//! `recto [PATH…]`: the screen. This file finds out what it is to be opened on, and that there is a screen at all.

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Result, bail};
use clap::{Args, ValueHint};

use super::Setup;
use crate::app::{self, Options, opening};

/// Open documents and read them
#[derive(Debug, Args)]
pub(super) struct Read {
    /// Folders, files, or - for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Open the built-in guide
    #[arg(long, conflicts_with = "paths")]
    guide: bool,
    /// Take hidden and ignored files too, and files of any kind
    #[arg(long)]
    all: bool,
    /// One pane of plain lines, for screen readers
    #[arg(long)]
    linear: bool,
}

impl Read {
    pub fn run(self) -> Result<ExitCode> {
        let Setup { folders, config } = Setup::load()?;
        let opening = opening::resolve(&self.paths, self.guide, is_piped(), &config, &folders)?;
        if !io::stdout().is_terminal() {
            bail!(
                "there is no terminal to show it on; `recto list` prints titles, `recto search WORDS` finds documents \
                 and `recto show FILE` prints one"
            );
        }
        app::run(Options { opening, config, folders, all: self.all, linear: self.linear })
    }
}

/// Whether something comes in: a pipe or a file. Not so for `/dev/null`, which only says that there are no keys.
#[cfg(unix)]
fn is_piped() -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = || Some(std::fs::metadata("/dev/stdin").ok()?.file_type());
    !io::stdin().is_terminal() && kind().is_some_and(|kind| kind.is_fifo() || kind.is_socket() || kind.is_file())
}

/// Whether something comes in.
#[cfg(not(unix))]
fn is_piped() -> bool {
    !io::stdin().is_terminal()
}
