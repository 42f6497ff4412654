//! The words of a document for another program: a blank line between its blocks, and nothing of how it is set. Whoever
//! reads them may print them, so what is a control in a document is none here either; only tabs and line ends are what
//! they are.

use std::io::{self, Write};

use crate::{doc::Document, text::Safe};

/// Writes the words of a document, its blocks one at a time, so that a large one is never held as a whole.
pub fn write_words(document: &Document, to: &mut dyn Write) -> io::Result<()> {
    let blocks = document.blocks().map(|(_, block)| block).filter(|block| !block.text.is_empty());
    for (at, block) in blocks.enumerate() {
        if at > 0 && !block.continues {
            writeln!(to)?;
        }
        for line in block.text.split_terminator('\n') {
            for (at, cell) in line.split('\t').enumerate() {
                let tab = if at > 0 { "\t" } else { "" };
                write!(to, "{tab}{}", Safe::line(cell))?;
            }
            writeln!(to)?;
        }
    }
    Ok(())
}
