//! How much of a document is read at most: every bound against hostile and broken input, with its reason. Work is bounded
//! by what is counted and never by the clock, so that a slow machine shows the same as a fast one. Who reaches a bound gives
//! what was read so far, and a warning that says so.

/// Text of one parsed document, in bytes: forty times the Bible; a parsed document is held in memory.
pub const TEXT: usize = 64 * 1024 * 1024;

/// Bytes that are read of a file that has to be parsed as a whole. Markup is longer than its text.
pub const PARSED: usize = 256 * 1024 * 1024;

/// Bytes of an image that is shown: a photograph of a good camera has twenty million.
pub const IMAGE: u64 = 64 * 1024 * 1024;

/// Bytes that one container (a ZIP archive, a compressed file) may unpack to in all.
pub const UNPACKED: u64 = 256 * 1024 * 1024;

/// How many times longer than packed something may be, beyond [`RATIO_FREE`]. Text packs to a tenth, logs to a fiftieth;
/// bombs to a thousandth.
pub const RATIO: u64 = 200;

/// So many unpacked bytes are no bomb, however small they were packed.
pub const RATIO_FREE: u64 = 1024 * 1024;

/// Containers within containers, quotations within quotations, elements within elements, groups within groups. No screen
/// shows as many, and no stack overflows of them.
pub const DEPTH: usize = 256;

/// Nodes of the tree of one HTML page, about 150 bytes each in memory. The HTML standard on a single page has 800,000.
pub const NODES: usize = 3_000_000;

/// How far from its beginning the end of a link, a formula or a marked passage is looked for, in bytes. What begins a
/// thousand times and never ends would else cost the square of its length. No sentence is as long.
pub const AHEAD: usize = 8 * 1024;

/// Lines of a drawer of Org: so many notes of changes of state are years of them.
pub const DRAWER: usize = 1_000;

/// Documents in one file.
pub const ENTRIES: usize = 1_000_000;

/// Files in a folder that is one document: what an archive holds that counts them in two bytes.
pub const FOLDER: usize = 65_535;

/// Folders within such a folder.
pub const FOLDERS_DEEP: usize = 32;

/// Archives within archives: a backup of a mail folder of compressed attachments is four.
pub const ARCHIVES: usize = 4;

/// Cells of the tables of one workbook or one CSV file: each costs some sixty bytes beside its text while it is read.
pub const CELLS: usize = 2_000_000;

/// The longest line, header or field that is looked at as a whole while a large file is streamed, in bytes.
pub const LINE: usize = 16 * 1024 * 1024;

/// Pages of a PDF: the longest manuals have 15,000.
pub const PAGES: usize = 100_000;

/// Operators and glyphs of one page of a PDF, forms within it counted as often as they are drawn. A dense page of a
/// newspaper has 50,000, a map a million.
pub const OPERATORS: usize = 4_000_000;

/// Words of one page of a PDF, so that what looks for columns and tables is never slow.
pub const PAGE_WORDS: usize = 100_000;

/// One mail with all that is attached to it, in bytes: what servers take is half of it. It is read as a whole.
pub const MAIL: usize = 64 * 1024 * 1024;

/// Parts within parts of a mail. Each level looks for its boundaries in what the one above it holds.
pub const PARTS_DEEP: usize = 16;

/// Parts of one part of a mail: a digest of a busy list has a hundred.
pub const PARTS: usize = 10_000;

/// Whether something packed into `packed` bytes may be `unpacked` bytes long.
pub fn allows(packed: u64, unpacked: u64) -> bool {
    unpacked <= UNPACKED && (unpacked <= RATIO_FREE || unpacked / RATIO <= packed)
}

/// A count of bytes as a warning says it.
pub fn megabytes(bytes: usize) -> String {
    format!("{} MB", bytes / (1024 * 1024))
}
