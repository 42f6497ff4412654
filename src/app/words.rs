//! The words of a document for another program: a blank line between its blocks, and nothing of how it is set.

use std::io::{self, Write};

use crate::{doc::Document, text::safe::plain};

/// Writes the words of a document, its blocks one at a time, so that a large one is never held as a whole.
pub fn write_words(document: &Document, to: &mut dyn Write) -> io::Result<()> {
    let blocks = document.blocks().map(|(_, block)| block).filter(|block| !block.text.is_empty());
    for (at, block) in blocks.enumerate() {
        if at > 0 && !block.continues {
            writeln!(to)?;
        }
        to.write_all(plain(&block.text).as_bytes())?;
        if !block.text.ends_with('\n') {
            writeln!(to)?;
        }
    }
    Ok(())
}
