//! Other programs on our terminal: the editor, a command that reads the text. The caller has given the terminal back
//! before, and takes it again after.

use std::{
    ffi::OsStr,
    fs::File,
    io::{self, BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};

use super::words::write_words;
use crate::{doc::Document, text::Safe};

/// Opens a file in the editor: `$VISUAL`, `$EDITOR`, else `vi`. The variable may hold arguments, as git allows.
pub(super) fn edit(path: &Path) -> Result<()> {
    let editor = ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os).find(|value| !value.is_empty());
    let editor = editor.unwrap_or_else(|| "vi".into());
    let mut command = OsStr::new("exec ").to_owned();
    command.push(&editor);
    command.push(" \"$@\"");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command).arg(&editor).arg(path).stdin(terminal()?);
    let status = shell.status().with_context(|| editor.to_string_lossy().into_owned())?;
    if !status.success() {
        bail!("{}: {status}", editor.to_string_lossy());
    }
    Ok(())
}

/// Runs a shell command with a document's text as its input, and waits for Enter so that its output can be read.
pub(super) fn pipe(command: &str, document: &Document) -> Result<()> {
    let mut child =
        Command::new("sh").arg("-c").arg(command).stdin(Stdio::piped()).spawn().with_context(|| command.to_owned())?;
    let written = child.stdin.take().map_or(Ok(()), |input| {
        let mut input = BufWriter::new(input);
        write_words(document, &mut input)?;
        input.flush()
    });
    // Whatever became of the text, the command has the terminal until it ends.
    let status = child.wait().with_context(|| command.to_owned())?;
    match written {
        // A command that has read enough closes its end; that is no error.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error).context(command.to_owned()),
        _ => {}
    }
    // Where nobody can be told, recto goes on all the same.
    let mut out = io::stdout();
    if !status.success() {
        writeln!(out, "{}: {status}", Safe::line(command)).ok();
    }
    writeln!(out, "-- Enter goes back to recto --").ok();
    BufReader::new(terminal()?).read_line(&mut String::new()).ok();
    Ok(())
}

/// The terminal to read from, also where the standard input is a pipe.
fn terminal() -> Result<File> {
    File::open("/dev/tty").context("/dev/tty")
}
