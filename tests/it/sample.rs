//! A book with one of every kind of block, as the screen shows it at four widths. Look at each snapshot that changes: what is
//! ugly there is ugly everywhere.

use crate::harness::Harness;

const BOOK: &str = include_str!("../samples/book.md");

/// The whole book on one screen.
fn shown(columns: usize) -> String {
    Harness::single("book.md", BOOK).size(columns, 420).screen()
}

#[test]
fn at_40_columns() {
    insta::assert_snapshot!(shown(40));
}

#[test]
fn at_72_columns() {
    insta::assert_snapshot!(shown(72));
}

#[test]
fn at_100_columns() {
    insta::assert_snapshot!(shown(100));
}

#[test]
fn at_160_columns() {
    insta::assert_snapshot!(shown(160));
}
