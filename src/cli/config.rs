//! `recto config`: the commented default settings, where they belong, and whether they are right.

use anyhow::{Result, bail};
use clap::Args;

use super::{Printer, Setup, Status, complain};
use crate::{
    app::{Config, Folders, config},
    text::Safe,
};

/// Print the commented default configuration
#[derive(Debug, Args)]
pub(super) struct ConfigCommand {
    /// Print where the configuration file belongs
    #[arg(long, conflicts_with = "check")]
    path: bool,
    /// Say whether the configuration file is right
    #[arg(long)]
    check: bool,
    /// Print a theme, to begin one of your own with
    #[arg(long, value_name = "NAME", conflicts_with_all = ["path", "check"])]
    theme: Option<String>,
}

impl ConfigCommand {
    pub fn run(self) -> Result<Status> {
        let mut printer = Printer::plain();
        let file = || Ok::<_, anyhow::Error>(Folders::from_environment()?.config_file());
        if self.path {
            // As it is, not as it may be shown: it is for `$(…)`.
            printer.program_text(file()?.as_os_str().as_encoded_bytes())?;
            printer.end_line()?;
        } else if self.check {
            let file = file()?;
            let mistakes = Config::mistakes(&file)?;
            mistakes.iter().for_each(|mistake| complain(mistake));
            if !mistakes.is_empty() {
                return Ok(Status::Failed);
            }
            let verdict = if file.exists() { "no errors" } else { "there is no such file, and the defaults hold" };
            printer.text(&Safe::line(&format!("{}: {verdict}", file.display())), |theme| theme.text)?;
            printer.end_line()?;
        } else if let Some(name) = self.theme {
            let Setup { config, .. } = Setup::load()?;
            let Some(palette) = config.themes.palette(&name) else {
                let names: Vec<&str> = config.themes.names().filter(|name| *name != config::AUTO).collect();
                bail!("{name}: no such theme; there are {}", names.join(", "));
            };
            printer.program_text(config::printed_theme(palette).as_bytes())?;
        } else {
            printer.program_text(config::printed().as_bytes())?;
        }
        printer.flush()?;
        Ok(Status::Done)
    }
}
