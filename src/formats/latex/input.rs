//! TeX's source, character by character: the file, and on top of it what macros put in the place of their calls. What is
//! looked at ahead of the text counts as work and is bounded, so that no source costs more than a multiple of its length.

use std::rc::Rc;

use crate::{formats::bounds, text};

/// Bytes that arguments and macros may be in all, read ahead or put back: so many, and so many times the source's length.
const WORK: usize = 64 * 1024;
const WORK_TIMES: usize = 16;

/// The longest argument that is read ahead.
const ARGUMENT: usize = 256 * 1024;

/// What is still to be read.
#[derive(Debug)]
pub struct Input {
    frames: Vec<Frame>,
    work: usize,
    /// How much work is done at most.
    limit: usize,
}

#[derive(Debug)]
struct Frame {
    text: Rc<str>,
    at: usize,
}

/// A piece of the source.
#[derive(Debug, PartialEq)]
pub enum Token {
    /// Text without anything special in it; its white space has no blank line.
    Text(String),
    /// `\name`, or `\` and one sign.
    Command(String),
    /// `{`
    Open,
    /// `}`
    Close,
    /// `$`
    Math,
    /// `&`
    Cell,
    /// A blank line.
    Paragraph,
}

impl Input {
    /// The whole of a source.
    pub fn new(source: &str) -> Input {
        let limit = WORK.saturating_add(source.len().saturating_mul(WORK_TIMES));
        Input { frames: vec![Frame { text: source.into(), at: 0 }], work: 0, limit }
    }

    /// Goes on with another text.
    pub fn restart(&mut self, source: &str) {
        self.frames = vec![Frame { text: source.into(), at: 0 }];
    }

    /// What braces hold, in which nothing but braces means anything: an address, code.
    pub fn raw_argument(&mut self) -> Option<String> {
        self.skip_space();
        let rest = self.rest().strip_prefix('{')?;
        let mut depth = 1usize;
        let limit = rest.floor_char_boundary(4096);
        let end = text::head(rest, limit).find(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        let taken = text::head(rest, end).to_owned();
        self.skip(end + 2);
        Some(taken)
    }

    /// Whether so much may be put before what follows, or be looked through. When it was too much, nothing is any more.
    fn allows(&mut self, bytes: usize) -> bool {
        self.work = self.work.saturating_add(bytes + 16);
        self.work < self.limit
    }

    /// Puts text before what follows; nothing when it is too much or too deep.
    pub fn push(&mut self, text: &str) {
        while self.frames.len() > 1 && self.frames.last().is_some_and(|f| f.at >= f.text.len()) {
            self.frames.pop();
        }
        if self.frames.len() < bounds::DEPTH && self.allows(text.len()) {
            self.frames.push(Frame { text: text.into(), at: 0 });
        }
    }

    /// What is left of the innermost text.
    pub fn rest(&self) -> &str {
        self.frames.last().map_or("", |f| text::tail(&f.text, f.at))
    }

    /// Passes over bytes of [`Input::rest`].
    pub fn skip(&mut self, bytes: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.at += bytes;
        }
    }

    /// Passes over `sign` if it comes next.
    pub fn take(&mut self, sign: &str) -> bool {
        let found = self.peek().is_some() && self.rest().starts_with(sign);
        if found {
            self.skip(sign.len());
        }
        found
    }

    /// The next character.
    pub fn peek(&mut self) -> Option<char> {
        loop {
            if let Some(next) = self.rest().chars().next() {
                return Some(next);
            }
            if self.frames.len() <= 1 {
                return None;
            }
            self.frames.pop();
        }
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.skip(next.len_utf8());
        Some(next)
    }

    /// All up to `end`, which is passed over too; `None` when it does not come in the innermost text.
    pub fn until(&mut self, end: &str) -> Option<String> {
        self.peek()?;
        if !self.allows(0) {
            return None;
        }
        let limit = self.rest().len();
        let found = self.rest().find(end);
        if !self.allows(found.unwrap_or(limit)) {
            return None;
        }
        let taken = text::head(self.rest(), found?).to_owned();
        self.skip(taken.len() + end.len());
        Some(taken)
    }

    /// Passes over spaces, comments and one line end, as TeX does after a command.
    pub fn skip_space(&mut self) {
        let mut line = false;
        while let Some(next) = self.peek() {
            match next {
                ' ' | '\t' | '\r' => self.skip(1),
                '\n' if !line && !blank_line(self.rest()) => {
                    line = true;
                    self.skip(1);
                }
                '%' => self.skip_comment(),
                _ => return,
            }
        }
    }

    fn skip_comment(&mut self) {
        let rest = self.rest();
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        self.skip(length);
        while matches!(self.rest().chars().next(), Some(' ' | '\t')) {
            self.skip(1);
        }
    }

    /// What `[…]` holds, if it comes next.
    pub fn optional(&mut self) -> Option<String> {
        self.peek();
        let ahead = self.rest().trim_start_matches([' ', '\t']);
        if !ahead.starts_with('[') {
            return None;
        }
        let blank = self.rest().len() - ahead.len();
        self.skip(blank);
        self.delimited('[', ']')
    }

    /// The next argument: what braces hold, or one token.
    pub fn argument(&mut self) -> Option<String> {
        self.skip_space();
        match self.peek()? {
            '{' => self.delimited('{', '}'),
            '}' => None,
            '\\' => {
                self.skip(1);
                Some(format!("\\{}", self.name()))
            }
            _ => self.bump().map(String::from),
        }
    }

    /// What stands between two signs, the first of which comes next; it stays when the second does not come.
    fn delimited(&mut self, open: char, close: char) -> Option<String> {
        if !self.allows(0) {
            return None;
        }
        let rest = self.rest();
        let (mut depth, mut inner, mut escaped, mut comment) = (0usize, 0usize, false, false);
        let mut end = None;
        let mut seen = 0;
        for (at, c) in rest.char_indices() {
            seen = at;
            if at > ARGUMENT {
                break;
            }
            match c {
                '\n' => comment = false,
                _ if comment => {}
                _ if escaped => {
                    escaped = false;
                    continue;
                }
                '\\' => escaped = true,
                '%' => comment = true,
                _ if c == open && inner == 0 => depth += 1,
                _ if c == close && inner == 0 => {
                    depth -= 1;
                    if depth == 0 {
                        end = Some(at);
                        break;
                    }
                }
                '{' => inner += 1,
                '}' if inner == 0 => break,
                '}' => inner -= 1,
                _ => {}
            }
            if c != '\\' {
                escaped = false;
            }
        }
        let found = end.map(|end| text::slice(rest, 1..end).to_owned());
        if !self.allows(seen) {
            return None;
        }
        let found = found?;
        self.skip(found.len() + 2);
        Some(found)
    }

    /// The name of a command, whose backslash was read.
    fn name(&mut self) -> String {
        let rest = self.rest();
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '@').unwrap_or(rest.len());
        let length = if letters == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { letters };
        let name = text::head(rest, length).to_owned();
        self.skip(length);
        name
    }

    /// The next token.
    pub fn next(&mut self) -> Option<Token> {
        loop {
            match self.peek()? {
                '%' => {
                    self.skip_comment();
                    if blank_line(&format!("\n{}", text::head(self.rest(), self.rest().floor_char_boundary(200)))) {
                        self.skip_blank();
                        return Some(Token::Paragraph);
                    }
                }
                '\\' => {
                    self.skip(1);
                    let name = self.name();
                    if name.starts_with(|c: char| c.is_ascii_alphabetic())
                        && !matches!(name.as_str(), "verb" | "lstinline")
                    {
                        self.skip_space();
                    }
                    return Some(Token::Command(name));
                }
                '{' => return self.sign(Token::Open),
                '}' => return self.sign(Token::Close),
                '$' => return self.sign(Token::Math),
                '&' => return self.sign(Token::Cell),
                '\n' if blank_line(self.rest()) => {
                    self.skip_blank();
                    return Some(Token::Paragraph);
                }
                first => {
                    let rest = self.rest();
                    let special = |c: char| matches!(c, '%' | '\\' | '{' | '}' | '$' | '&' | '\n');
                    let end =
                        text::tail(rest, first.len_utf8()).find(special).map_or(rest.len(), |e| e + first.len_utf8());
                    let taken = text::head(rest, end).to_owned();
                    self.skip(end);
                    return Some(Token::Text(taken));
                }
            }
        }
    }

    fn sign(&mut self, token: Token) -> Option<Token> {
        self.skip(1);
        Some(token)
    }

    fn skip_blank(&mut self) {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.skip(blank);
    }
}

/// Whether a text, which begins with a line end, has a blank line first.
fn blank_line(text: &str) -> bool {
    let after = text.strip_prefix('\n').unwrap_or(text);
    after.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
}
