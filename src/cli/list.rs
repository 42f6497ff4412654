//! `recto list [PATH…]`: the rows of the list.

use std::path::PathBuf;

use anyhow::Result;
use clap::{
    Args, ValueHint,
    builder::{PossibleValuesParser, TypedValueParser as _},
};

use super::{
    Printer, Setup, Status, help,
    json::Listed,
    library::{Library, Update},
};
use crate::{
    app::config::order_word,
    library::Row,
    search::Order,
    state::{Job, Outcome, Ticket},
    text::Safe,
    ui::minutes,
};

/// List the documents: title, date, minutes of reading, path
#[derive(Debug, Args)]
#[command(after_long_help = help::LIST)]
pub(super) struct List {
    /// Sort by this; by path unless the configuration says otherwise
    #[arg(long, value_name = "ORDER", value_parser = orders())]
    sort: Option<Order>,
    /// Print a JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    update: Update,
    /// Folders and files
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
}

impl List {
    pub fn run(self) -> Result<Status> {
        let setup = Setup::load()?;
        let order = self.sort.unwrap_or(setup.config.order);
        let library = Library::open(&self.paths, &setup, self.update)?;
        let job = Job::Search { ticket: Ticket::default(), query: String::new(), order, scan: false };
        let outcome = library.searcher(&setup, order)?.perform(&job, &|| true)?;
        let Some(Outcome::Found(found)) = outcome else { return Ok(Status::Nothing) };
        let mut printer = Printer::new(&setup.config);
        let mut status = Status::Nothing;
        for id in found.ids.iter() {
            let Some(row) = library.catalogue.row(*id)? else { continue };
            status = Status::Done;
            if self.json {
                printer.json(&Listed { row: (&row).into(), error: row.error.as_deref() })?;
            } else if let Some(columns) = printer.columns() {
                on_terminal(&mut printer, &row, columns)?;
            } else {
                in_pipe(&mut printer, &row)?;
            }
        }
        printer.flush()?;
        Ok(status)
    }
}

/// The path of a document, with its entry.
pub(super) fn place(row: &Row) -> Safe {
    let path = row.path.to_string_lossy();
    match &row.entry {
        Some(entry) => Safe::line(&format!("{path}#{entry}")),
        None => Safe::line(&path),
    }
}

fn orders() -> impl clap::builder::TypedValueParser<Value = Order> {
    let named: Vec<&str> = Order::ALL.iter().filter(|order| **order != Order::Best).map(|o| order_word(*o)).collect();
    PossibleValuesParser::new(named).try_map(|name| Order::named(&name).ok_or("no such order"))
}

/// Columns that a title has at least, even if the path has to go on in the next line.
const TITLE: usize = 24;

/// Columns that line up: year, minutes, title, path; the title takes at most half of what is left.
fn on_terminal(printer: &mut Printer, row: &Row, columns: usize) -> Result<()> {
    let year = row.date.map_or_else(String::new, |date| date.year().to_string());
    let length = if row.words > 0 { format!("{}m", minutes(row.words)) } else { String::new() };
    printer.text(&Safe::from(format!("{year:>4} {length:>5}  ")), |theme| theme.dim)?;
    let room = (columns.saturating_sub(14) / 2).max(TITLE);
    let title = Safe::line(&row.title).fit(room);
    printer.text(&title, |theme| theme.text)?;
    let gap = " ".repeat(room.saturating_sub(title.width()) + 2);
    printer.text(&Safe::from(gap), |theme| theme.text)?;
    match &row.error {
        Some(error) => printer.text(&Safe::line(&format!("{}: {error}", place(row))), |theme| theme.failure)?,
        None => printer.text(&place(row), |theme| theme.dim)?,
    }
    printer.end_line()
}

/// Fields with tabs between them. There is no tab in a field, because none passes the gate.
fn in_pipe(printer: &mut Printer, row: &Row) -> Result<()> {
    let date = row.date.map_or_else(String::new, |date| date.to_string());
    let length = if row.words > 0 { minutes(row.words).to_string() } else { String::new() };
    let error = row.error.as_deref().unwrap_or_default();
    let fields = [place(row), Safe::line(&row.title), Safe::from(date), Safe::from(length), Safe::line(error)];
    printer.fields(&fields)
}
