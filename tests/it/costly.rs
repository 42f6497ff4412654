//! Sources of things that begin and never end. Whatever looks for the end of each through all that follows costs the square
//! of the length, and a file of a megabyte takes minutes: no such file may keep a library from being read.

use std::ops::ControlFlow;

use recto::formats::{self, Source};

use crate::hang::ends;

/// Bytes of each source: the square of it is too much by far.
const LENGTH: usize = 150_000;

const LATEX: &str = "\\documentclass{article}\\begin{document}\n";

/// The ending of a file's name, what it begins with, and what is repeated. Each of these has cost the square once.
const SOURCES: &[(&str, &str, &str)] = &[
    ("org", "", "[[a]["),
    ("org", "", "*a /b "),
    ("org", "", "=a ~b "),
    ("org", "", "<<a "),
    ("org", "", "@@a "),
    ("org", "", ":a:\n"),
    ("rst", "", "[a_ "),
    ("rst", "", "_`a "),
    ("tex", LATEX, "\\label{a \\ref{b \\verb|x "),
    ("tex", LATEX, "$a "),
    ("tex", LATEX, "\\[a "),
    ("tex", LATEX, "\\(a "),
];

#[test]
fn what_begins_and_never_ends_costs_no_more_than_a_multiple_of_its_length() {
    for (extension, start, again) in SOURCES {
        let text = start.to_string() + &again.repeat(LENGTH / again.len());
        ends(&format!("{again:?} in .{extension}"), move || {
            let source = Source::memory(&format!("a.{extension}"), text.into_bytes());
            let mut words = 0;
            let read = formats::documents(&source, &mut |found| {
                words += found.document.iter().flat_map(|d| d.blocks().map(|(_, b)| b.text.len())).sum::<usize>();
                ControlFlow::Continue(())
            });
            assert!(read.is_ok() && words > LENGTH / 10, "{words} bytes of text");
        });
    }
}
