//! `recto search QUERY…`: the filter for scripts and pipes.

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
};

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueHint};

use super::{
    Printer, Setup, Status, complain, guarded, help,
    json::Found,
    library::{Library, Update},
    list::place,
};
use crate::{
    doc::{Block, BlockId, Kind},
    layout::{Hit, Setting, lay, mark},
    library::{Opener, Row},
    memory::{Memory, meaning},
    query::{Field, Matcher, Query},
    search::{self, Order, Passage},
    state::{Job, Outcome, Ticket},
    text::{self, Safe},
    ui,
};

/// Find documents by their words, the best first
#[derive(Debug, Args)]
#[command(after_long_help = help::query())]
pub(super) struct Search {
    /// Where to look: a folder or a file; may be given several times
    #[arg(long = "path", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Print so many at most
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Print a JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    update: Update,
    /// Words, "phrases", -exclusions, a | b, title:word, is:unread, @name …
    #[arg(value_name = "QUERY", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    query: Vec<String>,
}

impl Search {
    pub fn run(self) -> Result<Status> {
        let typed = joined(&self.query)?;
        if Query::parse(&typed).is_empty() {
            bail!("{typed}: there is nothing in this to search for");
        }
        let setup = Setup::load()?;
        let typed = meant(&typed, &setup);
        let query = Query::parse(&typed);
        let library = Library::open(&self.paths, &setup, self.update)?;
        if let Some(bytes) = library.report.and_then(|report| report.waiting) {
            let size = ui::size(bytes);
            complain(&format!("{size} of text is not indexed, and only titles are searched; `recto index` indexes it"));
        }
        let job = Job::Search { ticket: Ticket::default(), query: typed.clone(), order: Order::Best, scan: true };
        let mut searcher = library.searcher(&setup, Order::Best)?;
        let outcome = searcher.perform(&job, &|| true)?;
        let Some(Outcome::Found(found)) = outcome else { return Ok(Status::Nothing) };
        if let Some(wrong) = found.wrong.first() {
            bail!("{wrong}");
        }
        if found.ids.is_empty() {
            explain(&found.alone, found.nearest.as_deref());
            return Ok(Status::Nothing);
        }
        let ids = found.ids.get(..self.limit.unwrap_or(usize::MAX).min(found.ids.len())).unwrap_or_default();
        let scores = if self.json { searcher.scores(&query, ids)? } else { Vec::new() };
        let mut scores = scores.into_iter();
        let matcher = Query::parse(&search::lit(&typed, &found.likenesses)).matcher();
        let mut printer = Printer::new(&setup.config);
        let opener = Opener::new(&library.store);
        for (at, id) in ids.iter().enumerate() {
            let Some(row) = library.catalogue.row(*id)? else { continue };
            let matcher = matcher.in_language(row.language.as_deref());
            let score = scores.next().unwrap_or_default();
            let opened = guarded(|| opener.open(&row)).with_context(|| row.path.display().to_string());
            let document = opened.map_err(|error| complain(&super::told(&error))).ok();
            let passage = document.as_ref().and_then(|document| search::passage(document, &matcher));
            if self.json {
                let hits = document.map(|document| search::hits(&document, &matcher, usize::MAX).anchors.len());
                let snippet = passage.as_ref().map(|passage| passage.text.as_str());
                printer.json(&Found { row: (&row).into(), score, hits, snippet })?;
            } else {
                if at > 0 {
                    printer.end_line()?;
                }
                let setting = Setting { ascii: setup.config.ascii, ..Setting::new(setup.config.measure) };
                print(&mut printer, &row, passage.as_ref(), &matcher, setting)?;
            }
            printer.flush()?;
        }
        printer.flush()?;
        Ok(Status::Done)
    }
}

/// What the query asks for, with saved filters in place of their names. Without a memory that can be read there are none;
/// whoever answers the query says so.
fn meant(typed: &str, setup: &Setup) -> String {
    let memory = Memory::open_if_there(&setup.folders.data).ok().flatten();
    let filters = memory.and_then(|memory| memory.filters().ok()).unwrap_or_default();
    meaning(typed, &filters).into_owned()
}

/// Tells who sits before a terminal which of several words it is that finds nothing, and what may have been meant.
fn explain(alone: &[(String, usize)], nearest: Option<&str>) {
    if !io::stderr().is_terminal() {
        return;
    }
    if alone.len() > 1 {
        let counts: Vec<String> = alone.iter().map(|(word, count)| format!("{word} in {count}")).collect();
        complain(&format!("no document has all of it; alone: {}", counts.join(", ")));
    }
    if let Some(nearest) = nearest {
        complain(&format!("did you mean {nearest}?"));
    }
}

/// The arguments as the filter would have them typed. The shell has taken the quotes away, so an argument with spaces is
/// a phrase, behind its `-` and its field; one with a quote or a bar of its own is in the filter's language already.
fn joined(arguments: &[String]) -> Result<String> {
    if let Some(option) = arguments.iter().find(|argument| argument.starts_with("--")) {
        bail!("{option}: options come before the query (`recto search --help` names them)");
    }
    Ok(arguments.iter().map(|argument| quoted(argument)).collect::<Vec<_>>().join(" "))
}

fn quoted(argument: &str) -> String {
    let trimmed = argument.trim();
    let (minus, rest) = trimmed.strip_prefix('-').map_or(("", trimmed), |rest| ("-", rest));
    // A regular expression has quotes and bars of its own, and so may a path.
    let field = rest.split_once(':').and_then(|(name, value)| Some((Field::named(name)?, value)));
    if let Some((Field { name, .. }, value)) = field.filter(|(field, _)| field.kind.is_raw())
        && trimmed.contains(char::is_whitespace)
        && !value.starts_with('"')
    {
        return format!("{minus}{name}:\"{}\"", value.replace('"', "\\\""));
    }
    if !trimmed.contains(char::is_whitespace) || trimmed.contains(['"', '|']) {
        return argument.to_owned();
    }
    match rest.split_once(':').filter(|(name, _)| Field::named(name).is_some()) {
        Some((field, value)) => format!("{minus}{field}:\"{}\"", value.trim()),
        None => format!("{minus}\"{rest}\""),
    }
}

/// Title, path and passage. A passage is one line in a pipe, and set to the width of a terminal.
fn print(
    printer: &mut Printer,
    row: &Row,
    passage: Option<&Passage>,
    matcher: &Matcher,
    setting: Setting,
) -> Result<()> {
    let mut at = 0;
    for hit in matcher.title_hits(&row.title) {
        let (before, inside) = (at..hit.start, hit.clone());
        printer.text(&Safe::line(text::slice(&row.title, before)), |theme| theme.accent)?;
        printer.text(&Safe::line(text::slice(&row.title, inside)), |theme| theme.accent.patch(theme.hit.0))?;
        at = hit.end;
    }
    printer.text(&Safe::line(text::tail(&row.title, at)), |theme| theme.accent)?;
    printer.end_line()?;
    printer.text(&place(row), |theme| theme.dim)?;
    printer.end_line()?;
    let Some(passage) = passage else { return Ok(()) };
    let indent = Safe::from("  ");
    let Some(columns) = printer.columns() else {
        printer.text(&indent, |theme| theme.text)?;
        printer.text(&Safe::line(&passage.text), |theme| theme.text)?;
        return printer.end_line();
    };
    let setting = Setting { measure: setting.measure.min(columns.saturating_sub(indent.width())), ..setting };
    let hits: Vec<_> = passage.hits.iter().map(|hit| (hit.clone(), Hit::Hit)).collect();
    for mut row in lay(&Block::new(Kind::Paragraph, passage.text.as_str()), BlockId::default(), &setting) {
        mark(&mut row, &hits);
        printer.text(&indent, |theme| theme.text)?;
        printer.row(&row, &[])?;
    }
    Ok(())
}
