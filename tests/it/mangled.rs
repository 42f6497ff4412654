//! Broken files: every case with its bytes flipped, cut, doubled and mixed. Whatever comes of it, nothing panics, nothing
//! hangs, and what is shown is sound. `RECTO_MANGLED=5000` tries so many of each case, `RECTO_MANGLED_FORMAT=pdf` only one
//! format.

use std::{fs, ops::ControlFlow};

use recto::{
    doc::Document,
    formats::{self, Source},
};

use crate::{cases, formats::check_body, hang::ends};

/// How many of each case, when nobody asks for more.
const EACH: u64 = 6;

/// Numbers that look random: SplitMix64 (Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        n ^ (n >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Signs that mean something to some format.
const SIGNS: &[&str] = &[
    "<",
    ">",
    "</div>",
    "<table>",
    "&#x110000;",
    "&amp;",
    "]]>",
    "\0",
    "\n\nFrom ",
    "{\\",
    "}",
    "\"",
    "[",
    "(",
    "=?utf-8?q?",
];

fn mangle(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let length = numbers.below(64).min(bytes.len() - at);
        match numbers.below(7) {
            0 | 1 if !bytes.is_empty() => bytes[at] ^= 1 << numbers.below(8),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let piece = bytes[at..at + length].to_vec();
                let to = numbers.below(bytes.len() + 1);
                drop(bytes.splice(to..to, piece));
            }
            5 => {
                let sign = SIGNS[numbers.below(SIGNS.len())];
                drop(bytes.splice(at..at, sign.bytes()));
            }
            _ => bytes[at..at + length].fill(numbers.below(256) as u8),
        }
    }
}

fn check(document: &Document) {
    check_body(&*document.body);
    for (id, block) in document.blocks() {
        for span in &block.spans {
            assert!(block.text.get(span.range.clone()).is_some(), "{span:?} of {:?}", block.text);
        }
        for passage in block.passages() {
            assert!(block.text.get(passage.clone()).is_some(), "{passage:?} of {id:?}");
        }
    }
}

#[test]
fn broken_files_break_nothing() {
    let each = std::env::var("RECTO_MANGLED").ok().and_then(|n| n.parse().ok()).unwrap_or(EACH);
    let only = std::env::var("RECTO_MANGLED_FORMAT").ok();
    for case in cases::all().into_iter().filter(|case| only.as_ref().is_none_or(|only| *only == case.format)) {
        // A folder that is one document has no bytes of its own.
        let Ok(whole) = fs::read(&case.input) else { continue };
        for seed in 0..each {
            let mut bytes = whole.clone();
            mangle(&mut bytes, &mut Numbers(seed.wrapping_mul(0x1000_0001) ^ whole.len() as u64));
            let name = case.input.file_name().unwrap().to_string_lossy().into_owned();
            ends(&format!("{} with seed {seed}", case.folder.display()), move || {
                let _ = formats::documents(&Source::memory(&name, bytes), &mut |found| {
                    found.document.iter().for_each(check);
                    ControlFlow::Continue(())
                });
            });
        }
    }
}
