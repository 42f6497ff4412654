//! `recto completions SHELL`.

use anyhow::Result;
use clap::Args;
use clap_complete::{Shell, generate};

use super::{Printer, Status, definition};

/// Print completions for a shell
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// For which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<Status> {
        // Into memory first: the generator panics when it can't write.
        let mut script = Vec::new();
        generate(self.shell, &mut definition(), "recto", &mut script);
        let mut printer = Printer::plain();
        printer.program_text(&script)?;
        printer.flush()?;
        Ok(Status::Done)
    }
}
