//! `recto man`: the manual page, all commands on one.

use std::io::Write as _;

use anyhow::Result;
use clap::Args;

use super::{Printer, Status, definition};

/// Print the manual page
#[derive(Debug, Args)]
pub(super) struct Man {}

impl Man {
    pub fn run(self) -> Result<Status> {
        let mut page = Vec::new();
        let mut definition = definition().disable_help_subcommand(true);
        definition.build();
        clap_mangen::Man::new(definition.clone()).render(&mut page)?;
        for command in definition.get_subcommands() {
            let name = command.get_name().to_uppercase();
            writeln!(page, ".SH \"RECTO {name}\"")?;
            let man = clap_mangen::Man::new(command.clone());
            man.render_synopsis_section(&mut page)?;
            man.render_description_section(&mut page)?;
            man.render_options_section(&mut page)?;
            man.render_extra_section(&mut page)?;
        }
        let mut printer = Printer::plain();
        printer.program_text(&page)?;
        printer.flush()?;
        Ok(Status::Done)
    }
}
