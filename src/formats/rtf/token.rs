//! The tokens of RTF: groups, control words with their numbers, control symbols, bytes. It never fails; what makes no sense
//! is text.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token<'r> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word12`
    Word(&'r str, Option<i32>),
    /// `\*`, `\~` and their like.
    Symbol(u8),
    /// `\'e4`
    Byte(u8),
    /// Bytes of text, without line ends.
    Text(&'r [u8]),
}

/// Reads tokens.
#[derive(Clone, Debug)]
pub struct Tokens<'r> {
    bytes: &'r [u8],
    at: usize,
}

/// A control word is no longer (it is 32 letters by the specification).
const WORD: usize = 64;

impl<'r> Tokens<'r> {
    /// From a place on.
    pub fn new(bytes: &'r [u8], at: usize) -> Tokens<'r> {
        Tokens { bytes, at }
    }

    /// Where the next one starts.
    pub fn place(&self) -> usize {
        self.at
    }

    /// Passes over what is left of the group, its end included. Where its content ends.
    pub fn pass(&mut self) -> usize {
        let mut depth = 1usize;
        loop {
            let before = self.at;
            match self.next() {
                Some(Token::Open) => depth += 1,
                Some(Token::Close) if depth == 1 => return before,
                Some(Token::Close) => depth -= 1,
                Some(_) => {}
                None => return before,
            }
        }
    }

    fn control(&mut self) -> Option<Token<'r>> {
        let sign = *self.bytes.get(self.at)?;
        if !sign.is_ascii_alphabetic() {
            self.at += 1;
            if sign == b'\'' {
                let hex = self.bytes.get(self.at..self.at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) else {
                    return Some(Token::Text(b""));
                };
                self.at += 2;
                return Some(Token::Byte(byte));
            }
            return Some(Token::Symbol(sign));
        }
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().take(WORD).take_while(|b| b.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(rest.get(..length)?).ok()?;
        let after = rest.get(length..)?;
        let minus = usize::from(after.first() == Some(&b'-'));
        let digits = after.iter().skip(minus).take(10).take_while(|b| b.is_ascii_digit()).count();
        let mut number = None;
        self.at += length;
        if digits > 0 {
            number = std::str::from_utf8(after.get(..minus + digits)?).ok()?.parse().ok();
            self.at += minus + digits;
        }
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if word == "bin" {
            // So many bytes follow, whatever they are.
            let bytes = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(bytes).min(self.bytes.len());
        }
        Some(Token::Word(word, number))
    }
}

impl<'r> Iterator for Tokens<'r> {
    type Item = Token<'r>;

    fn next(&mut self) -> Option<Token<'r>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\r' | b'\n' | 0 => continue,
                b'\\' => match self.control() {
                    Some(token) => Some(token),
                    None => continue,
                },
                b'\t' => Some(Token::Word("tab", None)),
                _ => {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    let end = rest.iter().position(|b| matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | b'\t' | 0));
                    let end = self.at + end.unwrap_or(rest.len());
                    let text = self.bytes.get(self.at - 1..end).unwrap_or_default();
                    self.at = end;
                    Some(Token::Text(text))
                }
            };
        }
    }
}
