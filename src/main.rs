//! recto
fn main() {}
