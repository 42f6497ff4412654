//! recto, a terminal reader for a pile of documents.
//!
//! The folders are layers. A layer imports only from layers with a lower number, never from its own row; the `tidy` test
//! reads the `use crate::` lines and fails on any other arrow. `ARCHITECTURE.md` is the map.
//!
//! | layer | module | holds |
//! |---|---|---|
//! | 0 | [`text`], [`doc`] | words, widths, decoding, sanitising; the neutral document |
//! | 1 | [`formats`], [`layout`], [`picture`], [`query`], [`syntax`] | bytes to documents; documents to rows; images to cells; words to a query; what the words of programs are |
//! | 2 | [`library`], [`index`], [`memory`], [`guide`] | what exists, its words, what the reader did, the built-in texts |
//! | 3 | [`search`] | a query answered from the row below |
//! | 4 | [`state`] | what the screen shows and how it changes: pure |
//! | 5 | [`ui`], [`keymap`] | state to cells; keys to actions |
//! | 6 | [`jobs`] | slow work on threads |
//! | 7 | [`app`] | the terminal, the loop, the effects |
//! | 8 | [`cli`] | one file a subcommand |

pub mod app;
pub mod cli;
pub mod doc;
pub mod formats;
pub mod guide;
pub mod index;
pub mod jobs;
pub mod keymap;
pub mod layout;
pub mod library;
pub mod memory;
pub mod picture;
pub mod query;
pub mod search;
pub mod state;
pub mod syntax;
pub mod text;
pub mod ui;
