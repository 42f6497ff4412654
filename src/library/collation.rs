//! The order of titles: that of the reader's language, by CLDR's tables (UTS 35, part 5, over UTS 10). Letters decide before
//! accents, and accents before case, so that `Äpfel` stands beside `Apfel` in German and after `Zebra` in Swedish. Numbers
//! count by their value. Of a title only its words count, and none of them is moved: `The letter` stands under T.

use anyhow::{Context as _, Result};
use icu_collator::{
    Collator, CollatorBorrowed, CollatorPreferences, options::CollatorOptions, preferences::CollationNumericOrdering,
};
use icu_locale_core::Locale;

use crate::text::{self, words};

/// Goes up when titles of the same language are sorted in another way, be it by newer tables.
const VERSION: &str = "CLDR by icu_collator 2.4";

/// An order of titles.
pub(super) struct Collation {
    collator: CollatorBorrowed<'static>,
    name: String,
}

impl Collation {
    /// That of a locale as the environment names it: `sv_SE.UTF-8`. Of one that is unknown, or `C`: what all languages share.
    pub(super) fn new(locale: &str) -> Result<Collation> {
        let language = locale.split(['.', '@']).next().unwrap_or_default();
        let locale: Locale = language.replace('_', "-").parse().unwrap_or(Locale::UNKNOWN);
        let name = format!("{VERSION}, {locale}");
        let mut preferences = CollatorPreferences::from(locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let collator = Collator::try_new(preferences, CollatorOptions::default()).context("the order of titles")?;
        Ok(Collation { collator, name })
    }

    /// What a title is sorted by: its key comes before that of any title that stands after it.
    pub(super) fn key(&self, title: &str) -> Vec<u8> {
        let mut said = String::with_capacity(title.len());
        for word in words::words(title) {
            said.push_str(text::slice(title, word.range));
            said.push(' ');
        }
        let mut key = Vec::with_capacity(said.len() * 2);
        let Ok(()) = self.collator.write_sort_key_to(&said, &mut key);
        key
    }

    /// By which it is known again: a saved order of another name is out of date.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}
