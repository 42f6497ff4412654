//! What an HTML element does to the text around it. Elements that structure text become blocks, those that mark it become
//! spans, scripts and styles vanish with what is in them, and a bare name that no element has (`Vec<T>`) is text.

use super::{html, reader::Reader};
use crate::doc::{Block, Kind, SpanKind};

/// Elements whose content is not text to read.
const HIDDEN: [&str; 5] = ["script", "style", "svg", "template", "iframe"];

/// Elements that begin and end a paragraph.
const BLOCKS: &str = "address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|\
    figure|footer|form|header|html|main|menu|nav|noscript|ol|p|picture|section|summary|title|ul|li|head";

/// Elements that stand within a line and need nothing done, or are told by name below.
const INLINE: &str = "a|abbr|acronym|area|audio|b|base|bdi|bdo|big|br|button|canvas|cite|code|col|colgroup|data|datalist|del|dfn|\
    em|embed|font|h1|h2|h3|h4|h5|h6|hr|i|img|input|ins|kbd|label|legend|link|map|mark|meta|meter|object|\
    optgroup|option|output|param|pre|progress|q|s|samp|select|small|source|span|strike|strong|sub|sup|table|\
    tbody|td|textarea|tfoot|\
    th|thead|time|tr|track|tt|u|var|video|wbr|ruby|rt|rp";

/// Whether HTML has an element of this name, or it is a custom one, which has a hyphen.
fn is_element(name: &str) -> bool {
    name.contains('-') || HIDDEN.contains(&name) || is_in(BLOCKS, name) || is_in(INLINE, name)
}

fn is_in(list: &str, name: &str) -> bool {
    list.split('|').any(|element| element == name)
}

/// HTML that is open.
#[derive(Debug, Default)]
pub struct Html {
    /// The element whose content is being left out.
    hidden: Option<String>,
    /// Elements that opened a container, so that their end closes it.
    containers: Vec<String>,
    /// Within `<pre>`, white space counts.
    pre: bool,
    /// A heading that is open.
    heading: Option<u8>,
}

impl Reader<'_> {
    /// A whole block of HTML.
    pub fn html_block(&mut self, html: &str) {
        self.build.flush();
        for token in html::tokens(html) {
            self.html_token(token, true);
        }
        self.end_html_block();
    }

    /// One tag within running text.
    pub fn html_inline(&mut self, html: &str) {
        for token in html::tokens(html) {
            self.html_token(token, false);
        }
    }

    /// Whether text that comes now is inside an element that hides it.
    pub fn is_hidden(&self) -> bool {
        self.html.hidden.is_some()
    }

    /// Forgets what inline HTML left open at the end of its paragraph.
    pub fn end_inline_html(&mut self) {
        self.html.hidden = None;
    }

    fn end_html_block(&mut self) {
        self.html.hidden = None;
        self.build.end_cell();
        self.build.end_table();
        self.end_html_paragraph();
        while self.html.containers.pop().is_some() {
            self.build.leave();
        }
        self.html.pre = false;
    }

    fn html_token(&mut self, token: html::Token<'_>, block: bool) {
        let tag = match token {
            html::Token::Text(_) if self.is_hidden() => return,
            html::Token::Text(text) if self.html.pre => return self.build.prose.push(&html::decode(text)),
            html::Token::Text(text) => return self.build.prose.push_collapsed(&html::decode(text)),
            html::Token::Tag(tag) => tag,
        };
        let name = tag.name.to_ascii_lowercase();
        if let Some(hidden) = &self.html.hidden {
            if tag.end && *hidden == name {
                self.html.hidden = None;
            }
            return;
        }
        if tag.is_bare() && !is_element(&name) {
            return self.build.prose.push(&tag.written());
        }
        if !tag.end && HIDDEN.contains(&name.as_str()) {
            self.html.hidden = Some(name);
            return;
        }
        if let Some(id) = tag.attribute("id").or_else(|| tag.attribute("name")).filter(|_| !tag.end) {
            self.build.name_next(id);
        }
        if !self.html_mark(&tag, &name) && block {
            self.html_structure(&tag, &name);
        } else if !block && (is_in(BLOCKS, &name) || name == "tr") {
            self.build.prose.space();
        }
    }

    /// Elements that mark text. `false` if it is none of them.
    fn html_mark(&mut self, tag: &html::Tag<'_>, name: &str) -> bool {
        let kind = match name {
            "br" => {
                self.build.prose.hard_break();
                return true;
            }
            "img" => {
                if !tag.end {
                    let alt = tag.attribute("alt").unwrap_or_default();
                    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
                    self.build.prose.span(SpanKind::Image(tag.attribute("src").unwrap_or_default()), &alt);
                }
                return true;
            }
            "a" if tag.end => None,
            "a" => match tag.attribute("href") {
                Some(href) => Some(self.build.link(href)),
                None => return true,
            },
            "b" | "strong" => Some(SpanKind::Strong),
            "i" | "em" | "cite" | "dfn" | "var" => Some(SpanKind::Emphasis),
            "code" | "kbd" | "samp" | "tt" => Some(SpanKind::Code),
            "del" | "s" | "strike" => Some(SpanKind::Strikethrough),
            "u" | "ins" => Some(SpanKind::Underline),
            _ => return false,
        };
        match kind {
            _ if tag.end => self.build.prose.close_element(name),
            Some(kind) => self.build.prose.open_element(kind, name),
            None => {}
        }
        true
    }

    /// Elements that structure text.
    fn html_structure(&mut self, tag: &html::Tag<'_>, name: &str) {
        match name {
            "table" if tag.end => {
                self.build.end_cell();
                self.build.end_table();
            }
            "table" => {
                self.end_html_paragraph();
                self.build.end_table();
                self.build.start_table(Vec::new());
            }
            "tr" if tag.end => self.build.end_cell(),
            "tr" => self.build.start_row(),
            "thead" if tag.end => self.build.end_head(),
            "td" | "th" if tag.end => self.build.end_cell(),
            "td" | "th" => self.build.start_cell(),
            _ if self.build.in_table() => self.build.prose.space(),
            "pre" => {
                self.end_html_paragraph();
                self.html.pre = !tag.end;
            }
            "hr" => {
                self.end_html_paragraph();
                self.build.rule();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_html_paragraph();
                self.html.heading = name.as_bytes().get(1).map(|b| b - b'0').filter(|_| !tag.end);
            }
            "ul" | "ol" | "li" | "blockquote" | "dd" => self.html_container(tag, name),
            _ if is_in(BLOCKS, name) => self.end_html_paragraph(),
            _ => {}
        }
    }

    /// Lists and quotations. An `<li>` ends the one before it; an end closes what is open within.
    fn html_container(&mut self, tag: &html::Tag<'_>, name: &str) {
        self.end_html_paragraph();
        let open = |names: &[&str], all: &[String]| all.iter().rposition(|n| names.contains(&n.as_str()));
        if tag.end {
            if let Some(at) = open(&[name], &self.html.containers) {
                self.html_leave(at);
            }
            return;
        }
        if name == "li" {
            let list = open(&["ul", "ol"], &self.html.containers);
            if let Some(at) = open(&["li"], &self.html.containers).filter(|at| list.is_none_or(|list| list < *at)) {
                self.html_leave(at);
            }
        }
        match name {
            "ul" => self.build.enter_list(None),
            "ol" => self.build.enter_list(Some(tag.attribute("start").and_then(|n| n.parse().ok()).unwrap_or(1))),
            "li" => self.build.enter_item('.'),
            _ => self.build.enter_quote(),
        }
        self.html.containers.push(name.to_owned());
    }

    fn html_leave(&mut self, at: usize) {
        while self.html.containers.len() > at {
            self.html.containers.pop();
            self.build.leave();
        }
    }

    /// Ends the paragraph, the heading or the preformatted text that is open.
    fn end_html_paragraph(&mut self) {
        if self.build.in_table() {
            return;
        }
        if let Some(level) = self.html.heading.take() {
            return self.build.heading(level);
        }
        if self.html.pre {
            let text = std::mem::take(&mut self.build.prose).text;
            let text = text.trim_matches('\n');
            if !text.is_empty() {
                self.build.emit(Block::new(Kind::Preformatted, format!("{text}\n")));
            }
            return;
        }
        self.build.flush();
    }
}
