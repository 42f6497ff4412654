//! app
mod fill;
mod input;
pub mod shelf;
mod signals;
mod terminal;
