//! Which documents exist: folders are walked, files examined, and what was learned is kept in a catalogue.
//!
//! The catalogue is a cache. It may be deleted at any time and is rebuilt from the files; nothing that the reader did is
//! in it. A scan goes in four steps, of which the middle two may run on any thread:
//!
//! 1. [`Catalogue::begin_scan`] loads what is known of the files, as a [`Scan`];
//! 2. [`walk`] reports what is there, and [`Scan::look`] tells what of it is new or changed;
//! 3. [`examine`] reads such a file: its documents, their titles, words and identities;
//! 4. [`Catalogue::apply`] writes what was learned, in batches, then what is [gone](Scan::gone), and
//!    [`Catalogue::end_scan`] brings the saved orders up to date.
//!
//! A document keeps its [`DocId`](crate::doc::DocId) while its file is changed or moved, and no id is ever used twice.

mod apart;
mod apply;
mod catalogue;
mod collation;
mod columns;
mod copies;
mod database;
mod digest;
mod examine;
mod language;
mod opener;
mod orders;
mod patch;
mod scan;
mod store;
mod texts;
mod threads;
mod walk;

pub use crate::formats::Claim;
pub use apart::distinguish;
pub use apply::Change;
pub use catalogue::{Catalogue, Counts, Row};
pub use columns::{Columns, Facts, within};
pub use copies::Copies;
pub use database::Cache;
pub use digest::identify;
pub use examine::{Examined, NewDocument, Sink, examine, examine_found};
pub use opener::{COSTLY, Opener};
pub use scan::Scan;
pub use store::{Root, Store};
pub use texts::PackedText;
pub use threads::{Joiner, Threads};
pub use walk::{Found, FoundFile, WalkOptions, reason, walk, walk_within, walk_without, whole};
