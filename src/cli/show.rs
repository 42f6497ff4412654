//! `recto show FILE…`: the text, set for reading; or the words alone; or all that is known, as JSON.

use std::{
    io::{self, Read as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueHint};

use super::{Printer, Setup, Status, complain, guarded, help, is_broken_pipe, json::Whole, told};
use crate::{
    doc::{BlockId, Document},
    formats::{self, Hints, Source},
    layout::{self, Hyphens, Row, Setting},
    syntax::{Syntax, Tokens},
};

/// Print documents, set for reading
#[derive(Debug, Args)]
#[command(after_long_help = help::SHOW)]
pub(super) struct Show {
    /// Set the text to so many columns; the terminal's, and at most the configured measure
    #[arg(short, long, value_name = "COLS", value_parser = clap::value_parser!(u16).range(1..))]
    width: Option<u16>,
    /// Print the words alone, with a blank line between blocks
    #[arg(long, conflicts_with = "json")]
    text: bool,
    /// Print a JSON object a line
    #[arg(long)]
    json: bool,
    /// Files, or - for standard input
    #[arg(value_name = "FILE[#ENTRY]", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
}

impl Show {
    pub fn run(self) -> Result<Status> {
        let setup = Setup::load()?;
        let mut printer = Printer::new(&setup.config);
        let columns = printer.columns().unwrap_or(usize::MAX).min(setup.config.measure);
        let measure = self.width.map_or(columns, usize::from);
        // Nobody can scroll sideways here: lines that are kept are printed whole.
        let beyond = usize::MAX / 2;
        let (ascii, justify) = (setup.config.ascii, setup.config.justify);
        let setting = Setting { ascii, justify, beyond, ..Setting::new(measure) };
        let hints = setup.config.hints();
        let mut status = Status::Done;
        let mut first = true;
        for file in &self.files {
            // One that can't be read doesn't stop the others.
            if let Err(error) = guarded(|| self.file(file, &hints, &mut printer, &setting, &mut first)) {
                if is_broken_pipe(&error) {
                    return Err(error);
                }
                printer.flush()?;
                complain(&told(&error));
                status = Status::Failed;
            }
        }
        printer.flush()?;
        Ok(status)
    }

    fn file(
        &self,
        file: &Path,
        hints: &Arc<Hints>,
        printer: &mut Printer,
        setting: &Setting,
        first: &mut bool,
    ) -> Result<()> {
        let (source, entry) = open(file)?;
        let source = source.hinted(hints);
        let named = || file.display().to_string();
        if let Some(wanted) = entry {
            return self.print(&only(&source, &wanted).with_context(named)?, printer, setting, first);
        }
        let mut failed = Ok(());
        let all = formats::documents(&source, &mut |found| {
            let document = found.document.with_context(|| match &found.entry.id {
                Some(id) => format!("{}#{id}", named()),
                None => named(),
            });
            let printed = document.and_then(|document| self.print(&document, printer, setting, first));
            match printed {
                Err(error) if is_broken_pipe(&error) || failed.is_ok() => failed = Err(error),
                _ => {}
            }
            if failed.as_ref().is_err_and(is_broken_pipe) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        failed.and(all.with_context(named))
    }

    fn print(&self, document: &Document, printer: &mut Printer, setting: &Setting, first: &mut bool) -> Result<()> {
        if !std::mem::take(first) && !self.json {
            printer.end_line()?;
        }
        if self.json {
            printer.json(&Whole(document))?;
        } else if self.text {
            printer.words(document)?;
        } else {
            let hyphens = Hyphens::of(document.meta.language.as_deref());
            let mut paint = Paint::default();
            for mut row in layout::lines(document, &Setting { hyphens, ..setting.clone() }) {
                if printer.is_styled() {
                    paint.row(document, &mut row);
                }
                printer.row(&row, &document.links)?;
            }
        }
        Ok(())
    }
}

/// The colours of program text, block by block.
#[derive(Default)]
struct Paint {
    syntax: Option<Syntax>,
    of: Option<(BlockId, Tokens)>,
}

impl Paint {
    fn row(&mut self, document: &Document, row: &mut Row) {
        if self.of.as_ref().is_none_or(|(id, _)| *id != row.block) {
            let block = document.body.block(row.block).filter(|block| Syntax::is_for(block));
            let began = Instant::now();
            let tokens = block
                .and_then(|block| self.syntax.get_or_insert_default().tokens(&block, &|| began.elapsed() < PATIENCE));
            self.of = Some((row.block, tokens.unwrap_or_default()));
        }
        if let Some((_, tokens)) = &self.of {
            layout::paint(row, tokens);
        }
    }
}

/// How long a block may take to be made sense of; it is printed plain then.
const PATIENCE: Duration = Duration::from_secs(1);

/// The file that an argument names, and the entry in it. A file whose own name has a `#` in it comes first.
fn open(file: &Path) -> Result<(Source, Option<String>)> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        // Escape sequences and overstrikes say that it was written for a terminal, and so that its lines are meant.
        let terminal = bytes.iter().any(|byte| matches!(byte, 0x08 | 0x1B));
        let mut source = Source::memory("standard input", bytes);
        source.terminal = terminal;
        return Ok((source, None));
    }
    if !file.exists()
        && let Some((path, entry)) = file.to_str().and_then(split)
    {
        return Ok((Source::file(Path::new(path))?, Some(entry.to_owned())));
    }
    Ok((Source::file(file)?, None))
}

/// The file and the entry in `FILE#ENTRY`. Either may have a `#` in its name: the file is the shortest one that there is.
fn split(name: &str) -> Option<(&str, &str)> {
    let mut all = name.match_indices('#').filter_map(|(at, _)| Some((name.get(..at)?, name.get(at + 1..)?)));
    all.find(|(path, _)| Path::new(path).is_file()).or_else(|| name.rsplit_once('#'))
}

/// The document of a source that has this id, or else this number.
fn only(source: &Source, wanted: &str) -> Result<Document> {
    let number = wanted.parse::<usize>().ok();
    let (mut named, mut numbered, mut count) = (None, None, 0usize);
    formats::documents(source, &mut |found| {
        count += 1;
        if found.entry.id.as_deref() == Some(wanted) {
            named = Some(found.document);
            return ControlFlow::Break(());
        }
        if number == Some(count) {
            numbered = Some(found.document);
        }
        ControlFlow::Continue(())
    })?;
    match named.or(numbered) {
        Some(document) => document,
        None if count == 1 => bail!("there is no entry {wanted}, but only one document"),
        None => bail!("there is no entry {wanted} among {count}"),
    }
}
