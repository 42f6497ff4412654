//! The command line: one file for each subcommand. Documents go to standard output, everything else to standard error as
//! `recto: path: reason`. The exit status is 0, 1 where there was nothing to print, or 2 after an error.
//!
//! What is printed of documents passes `Printer`, and so the gate of [`Safe`]; JSON is JSON.

mod completions;
mod config;
mod help;
mod index;
mod json;
mod library;
mod list;
mod man;
mod printer;
mod progress;
mod read;
mod search;
mod show;
mod style;

use std::{
    io::{self, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};

use crate::{
    app::{self, Config, Folders},
    library::reason,
    text::Safe,
};
use printer::Printer;

/// The arguments of the program.
#[derive(Debug, Parser)]
#[command(
    name = "recto",
    version,
    about = help::ABOUT,
    long_about = help::LONG_ABOUT,
    after_help = help::SHORT_AFTER,
    after_long_help = help::AFTER,
    // A folder named like a subcommand opens as `./search`, and wherever another argument stands before it.
    args_conflicts_with_subcommands = true,
    max_term_width = 100
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    read: read::Read,
}

/// The subcommands, in the order of the help.
#[derive(Debug, Subcommand)]
enum Command {
    Search(search::Search),
    List(list::List),
    Show(show::Show),
    Index(index::Index),
    Config(config::ConfigCommand),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Whether a command had something to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Done,
    Nothing,
    Failed,
}

/// Where things lie, and the settings.
struct Setup {
    folders: Folders,
    config: Config,
}

impl Setup {
    fn load() -> Result<Setup> {
        let folders = Folders::from_environment()?;
        let config = Config::load(&folders.config_file())?;
        Ok(Setup { folders, config })
    }
}

/// Does what the arguments of the process ask for.
pub fn main() -> ExitCode {
    app::tell_panics();
    let Arguments { command, read } = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(message) => return refused(&message),
    };
    match command {
        None => read.run().unwrap_or_else(|error| ended(Err(error))),
        Some(command) => ended(guarded(|| command.run())),
    }
}

impl Command {
    fn run(self) -> Result<Status> {
        match self {
            Command::Search(search) => search.run(),
            Command::List(list) => list.run(),
            Command::Show(show) => show.run(),
            Command::Index(index) => index.run(),
            Command::Config(config) => config.run(),
            Command::Completions(completions) => completions.run(),
            Command::Man(man) => man.run(),
        }
    }
}

/// What the parser of the arguments has to say: help and version, or what is wrong with them.
fn refused(message: &clap::Error) -> ExitCode {
    if !message.use_stderr() {
        message.print().ok();
        return ExitCode::SUCCESS;
    }
    // It repeats the arguments, and those may come from file names.
    let text = message.to_string();
    let lines: Vec<Safe> = text.trim_end().lines().map(Safe::line).collect();
    let lines = lines.iter().map(Safe::as_str).collect::<Vec<_>>().join("\n");
    writeln!(io::stderr(), "recto: {}", lines.strip_prefix("error: ").unwrap_or(&lines)).ok();
    ExitCode::from(2)
}

fn ended(status: Result<Status>) -> ExitCode {
    match status {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Nothing) => ExitCode::from(1),
        Ok(Status::Failed) => ExitCode::from(2),
        // Who reads us has seen enough, as `head` has.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&told(&error));
            ExitCode::from(2)
        }
    }
}

/// Says something that is not the answer, on standard error. It may name files, so it passes the gate. Where nobody can
/// be told, the answer still stands.
fn complain(message: &str) {
    writeln!(io::stderr(), "recto: {}", Safe::line(message)).ok();
}

/// An error with its causes, `path: reason`.
fn told(error: &anyhow::Error) -> String {
    let causes = error.chain().map(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => reason(error),
        None => cause.to_string(),
    });
    causes.collect::<Vec<_>>().join(": ")
}

/// Does `work`. A panic in it, which has said where it was by then, is an error like any other.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    // Nothing is used again that the panic could have left half done, but for what is printed.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| bail!("this is a defect in recto"))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut kinds = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    kinds.any(|kind| kind == io::ErrorKind::BrokenPipe)
}

/// The definition of all arguments, for completions and the manual page.
fn definition() -> clap::Command {
    <Arguments as clap::CommandFactory>::command()
}
