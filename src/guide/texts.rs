//! The list of the guide's documents. Adding one is a file in `texts/` and a line here, in reading order; the names sort
//! in that order too.

use super::Text;

/// A text and the name it is written under.
macro_rules! text {
    ($name:literal) => {
        Text { name: $name, text: include_str!(concat!("texts/", $name)) }
    };
}

/// The documents in reading order.
pub const TEXTS: &[Text] = &[
    text!("01-welcome.md"),
    text!("02-keys.md"),
    text!("03-filter.md"),
    text!("04-formats.md"),
    text!("05-places.txt"),
    text!("06-pipes.md"),
    text!("07-config.md"),
    text!("08-the-page.md"),
    text!("09-reading-slowly.txt"),
    text!("10-commonplaces.md"),
    text!("11-finding-again.md"),
];
