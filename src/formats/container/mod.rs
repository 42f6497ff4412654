//! Files within files: compressed ones are read through, archives are so many files more. What is in them is told and read as
//! if it lay in a folder, one container within the other.
//!
//! Nothing is ever written where a path says. What is unpacked of one file counts against one [`Budget`], however deep it was
//! packed.

mod archive;
mod codec;
mod member;
mod tar;
mod unpack;
mod xz;
mod zip;

pub use archive::{image, open, stream};
pub use codec::{Codec, bare};
pub use unpack::noted;

use super::{Confidence, Contents, Format, Source, bounds};

/// Archives of files.
pub const FORMAT: Format = Format {
    name: "archive",
    extensions: &["zip", "tar"],
    about: "ZIP and tar archives: the documents in them, by their paths. `.gz .bz2 .xz .zst` of any format are read through",
    detect,
    contents: Contents::Files,
    image: None,
};

/// Formats that are ZIP archives themselves come before this one.
fn detect(head: &[u8], _source: &Source) -> Confidence {
    if zip::is_zip(head) || tar::is_tar(head) { Confidence::Content } else { Confidence::No }
}

/// How much may still be unpacked of one file, and how deep.
#[derive(Debug)]
pub struct Budget {
    left: u64,
    /// Archives that stand around.
    depth: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { left: bounds::UNPACKED, depth: 0 }
    }
}

impl Budget {
    /// Takes so many bytes, if they are left.
    fn take(&mut self, bytes: u64) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(0);
        left.is_some()
    }
}
