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
    if let Some(input) = child.stdin.take() {
        // A command that has read enough closes its end; that is no error.
        match write_text(document, input) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error).context(command.to_owned()),
            _ => {}
        }
    }
    let status = child.wait().with_context(|| command.to_owned())?;
    if !status.success() {
        println!("{command}: {status}");
    }
    println!("-- Enter goes back to recto --");
    BufReader::new(terminal()?).read_line(&mut String::new()).ok();
    Ok(())
}

/// The words of a document, a blank line between its blocks. A command may print what it reads, so what is a control in a
/// document is none here either; only tabs and line ends are what they are.
fn write_text(document: &Document, to: impl io::Write) -> io::Result<()> {
    let mut to = BufWriter::new(to);
    for (at, (_, block)) in document.blocks().enumerate() {
        if at > 0 && !block.continues {
            to.write_all(b"\n")?;
        }
        for line in block.text.split_terminator('\n') {
            let cells: Vec<String> = line.split('\t').map(|cell| Safe::line(cell).to_string()).collect();
            writeln!(to, "{}", cells.join("\t"))?;
        }
    }
    to.flush()
}

/// The terminal to read from, also where the standard input is a pipe.
fn terminal() -> Result<File> {
    File::open("/dev/tty").context("/dev/tty")
}
