//! A text in a feed, and what it is written in: told by the feed, or guessed where it is silent, as RSS has always been.

use crate::formats::{
    build::{Builder, collapsed},
    html,
};

/// A text and what it is written in.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// As it was written.
    pub text: String,
    /// What that is.
    pub form: Form,
}

/// What a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The feed does not say: RSS never did.
    #[default]
    Unsaid,
    /// Plain text.
    Plain,
    /// HTML.
    Html,
}

impl Value {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it is to be read as HTML.
    pub fn is_html(&self) -> bool {
        match self.form {
            Form::Html => true,
            Form::Plain => false,
            Form::Unsaid => looks_like_html(&self.text),
        }
    }

    /// As one line without markup.
    pub fn line(&self) -> String {
        if !self.is_html() || !self.text.contains(['<', '&']) {
            return collapsed(&self.text);
        }
        let mut build = Builder::default();
        html::read_into(&self.text, &mut build, &());
        let texts: Vec<String> = build.finish().blocks.into_iter().map(|block| block.text).collect();
        collapsed(&texts.join(" "))
    }
}

/// Elements of HTML that stand in the texts of feeds.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "del",
    "div",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
];

/// So many bytes tell.
const SEEN: usize = 16 * 1024;

/// Whether a text that does not say so is HTML: it has an entity, or tags that HTML knows, and one that ends or needs no end.
fn looks_like_html(text: &str) -> bool {
    let text = crate::text::head(text, text.floor_char_boundary(SEEN.min(text.len())));
    let entity = text.split('&').skip(1).any(|after| {
        let name = after.split(';').next().unwrap_or_default();
        name.len() < after.len()
            && (2..=10).contains(&name.len())
            && name.bytes().enumerate().all(|(at, b)| b.is_ascii_alphanumeric() || at == 0 && b == b'#')
    });
    let tags = text.split('<').skip(1).filter_map(|after| {
        let end = after.strip_prefix('/');
        let name = end.unwrap_or(after).split(|c: char| !c.is_ascii_alphanumeric()).next()?.to_ascii_lowercase();
        let after = crate::text::tail(end.unwrap_or(after), name.len());
        let closed = after.starts_with(['>', ' ', '/', '\n', '\t']) && TAGS.contains(&name.as_str());
        closed.then_some(end.is_some() || matches!(name.as_str(), "br" | "p" | "img" | "hr" | "li"))
    });
    entity || tags.into_iter().any(|telling| telling)
}
