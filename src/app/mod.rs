//! The glue to the world: the terminal, the loop, keys to actions, effects carried out. The only place that speaks with
//! the terminal library.

mod answer;
pub mod config;
mod core;
mod fill;
mod folders;
mod input;
mod keys;
mod looks;
pub mod opening;
mod overlay;
mod panics;
mod programs;
mod quotation;
mod run;
pub mod shelf;
mod sight;
mod signals;
mod size;
mod start;
mod terminal;
mod words;

pub use self::core::Core;
pub use config::Config;
pub use folders::Folders;
pub use looks::Looks;
pub use opening::{Opening, Options};
pub use panics::tell_panics;
pub use size::columns;
pub use start::{Parts, run, show};
pub use words::write_words;
