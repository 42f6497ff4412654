//! The bytes of a source as UTF-8, decoded as they are read.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_8};

use crate::{
    formats::{Source, zipped::Positioned},
    text::decode::Detected,
};

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// Reads and decodes.
pub struct Decoded {
    bytes: Positioned,
    /// `None` for what is UTF-8 already.
    decoder: Option<Decoder>,
    input: Vec<u8>,
    /// How much of the input is used.
    used: usize,
    ended: bool,
    /// Everything was decoded: the decoder must not be asked again.
    done: bool,
}

impl Decoded {
    /// From the first character on.
    pub fn new(source: &Source, found: Detected) -> Decoded {
        let bytes = Positioned::new(source, found.bom as u64);
        let decoder = (found.encoding != UTF_8).then(|| found.encoding.new_decoder_without_bom_handling());
        Decoded { bytes, decoder, input: Vec::new(), used: 0, ended: false, done: false }
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else { return self.bytes.read(buffer) };
        // No character is longer.
        if self.done || buffer.len() < 16 {
            return Ok(0);
        }
        loop {
            if self.used == self.input.len() && !self.ended {
                self.input.resize(PIECE, 0);
                let count = self.bytes.read(&mut self.input)?;
                self.input.truncate(count);
                self.used = 0;
                self.ended = count == 0;
            }
            let rest = self.input.get(self.used..).unwrap_or_default();
            let (result, read, written, _) = decoder.decode_to_utf8(rest, buffer, self.ended);
            self.used += read;
            self.done = self.ended && result == CoderResult::InputEmpty;
            if written > 0 || self.done {
                return Ok(written);
            }
        }
    }
}
