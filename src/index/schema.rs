//! The fields of a tantivy document, and the tokenizer that reads what [`encode`](super::encode) wrote.
//!
//! Three zones (title and author and text together; title; author) have two fields each: `words`, with positions, and
//! `starts`, the beginnings of one and two letters without positions or frequencies, so that a prefix as short as that is
//! one posting list instead of a walk over ten thousand terms.

use std::sync::Arc;

use tantivy::{
    schema::{Field, IndexRecordOption, NumericOptions, TextFieldIndexing, TextOptions},
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer},
};

use super::{encode, pairs, waiting::Waiting};
use crate::query::Zone;

/// Prefixes up to so many characters are terms of their own.
pub(super) const STARTS: usize = 2;

/// The name under which the tokenizer is registered.
pub(super) const TOKENIZER: &str = "recto";

/// The fields.
#[derive(Clone)]
pub(super) struct Schema {
    pub tantivy: tantivy::schema::Schema,
    /// The document's number in the catalogue. A long document is several tantivy documents of the same number.
    pub id: Field,
    zones: [ZoneFields; 3],
}

/// The fields of one zone.
#[derive(Clone, Copy)]
pub(super) struct ZoneFields {
    pub words: Field,
    pub starts: Field,
}

impl Schema {
    pub(super) fn new() -> Schema {
        let mut builder = tantivy::schema::Schema::builder();
        let id = builder.add_u64_field("id", NumericOptions::default().set_fast().set_indexed());
        let indexed = |record, norms| {
            let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER);
            TextOptions::default().set_indexing_options(indexing.set_index_option(record).set_fieldnorms(norms))
        };
        let zones = ["", "title_", "author_"].map(|zone| ZoneFields {
            words: builder
                .add_text_field(&format!("{zone}words"), indexed(IndexRecordOption::WithFreqsAndPositions, true)),
            starts: builder.add_text_field(&format!("{zone}starts"), indexed(IndexRecordOption::Basic, false)),
        });
        Schema { tantivy: builder.build(), id, zones }
    }

    /// What cuts the texts that are given to tantivy.
    pub(super) fn analyzer(waiting: &Arc<Waiting>) -> TextAnalyzer {
        TextAnalyzer::from(Encoded { token: Token::default(), waiting: Arc::clone(waiting) })
    }

    pub(super) fn zone(&self, zone: Zone) -> ZoneFields {
        let [any, title, author] = self.zones;
        match zone {
            Zone::Any => any,
            Zone::Title => title,
            Zone::Author => author,
        }
    }
}

/// Cuts an encoded text at its marks.
#[derive(Clone)]
struct Encoded {
    token: Token,
    waiting: Arc<Waiting>,
}

impl Tokenizer for Encoded {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        self.waiting.take(text.len());
        self.token.reset();
        Tokens { marked: encode::tokens(text), next: 0, token: &mut self.token }
    }
}

struct Tokens<'a> {
    marked: encode::Tokens<'a>,
    /// The number of the next word.
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        let Some((mark, text)) = self.marked.next() else { return false };
        if mark == encode::GAP {
            self.next += 1;
        }
        let number = if mark == encode::PAIR {
            self.next.saturating_sub(2)
        } else {
            self.next += 1;
            self.next - 1
        };
        self.token.position = pairs::position(number, self.marked.next_initial());
        self.token.text.clear();
        self.token.text.push_str(text);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
