//! What is written for JSON and is none: `NaN` and `True` of Python, single quotes, control characters in strings, half a
//! surrogate pair, a comma too many, an end that is missing.

/// Objects and lists that are open at a cut, at most; the parser takes no more.
const DEEPEST: usize = 128;

/// Attempts at JSON that says the same, the best first. When the end is missing, what is open is closed.
pub fn mend(text: &str, cut: bool) -> Vec<String> {
    let mut mender = Mender { rest: text, out: String::with_capacity(text.len() + 16), open: Vec::new() };
    mender.values();
    if !cut {
        return vec![mender.out];
    }
    let closers: String = mender.open.iter().rev().collect();
    let out = mender.out.trim_end().trim_end_matches(',').to_owned();
    let before = out.rfind(',').map(|at| out.split_at(at).0).unwrap_or_default();
    // A key without its value, a value that was cut in two, a field that can't be saved.
    [out.as_str(), &format!("{out}:null"), &format!("{out}null"), before]
        .map(|start| format!("{start}{closers}"))
        .into()
}

struct Mender<'t> {
    rest: &'t str,
    out: String,
    /// The signs that close what is open.
    open: Vec<char>,
}

impl Mender<'_> {
    fn take(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        Some(c)
    }

    fn values(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '"' | '\'' => {
                    self.take();
                    self.string(c);
                    continue;
                }
                '{' if self.open.len() < DEEPEST => self.open.push('}'),
                '[' if self.open.len() < DEEPEST => self.open.push(']'),
                '}' | ']' => {
                    self.open.pop_if(|open| *open == c);
                    let kept = self.out.trim_end().trim_end_matches(',').len();
                    self.out.truncate(kept);
                }
                c if c.is_alphabetic() => {
                    self.word();
                    continue;
                }
                _ => {}
            }
            self.take();
            self.out.push(c);
        }
    }

    fn word(&mut self) {
        let end = self.rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "NaN" | "nan" | "None" | "undefined" => self.out.push_str("null"),
            "Infinity" | "inf" => {
                let kept = self.out.trim_end_matches('-').len();
                self.out.truncate(kept);
                self.out.push_str("null");
            }
            "True" => self.out.push_str("true"),
            "False" => self.out.push_str("false"),
            // `u'text'` and `ObjectId("…")` are left to the parser, which refuses them.
            word => self.out.push_str(word),
        }
    }

    fn string(&mut self, quote: char) {
        self.out.push('"');
        while let Some(c) = self.take() {
            match c {
                c if c == quote => break,
                '"' => self.out.push_str("\\\""),
                '\\' => self.escape(),
                c if c < ' ' => self.out.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// What follows a backslash.
    fn escape(&mut self) {
        let Some(c) = self.take() else { return };
        match c {
            '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => {
                self.out.push('\\');
                self.out.push(c);
            }
            '\'' => self.out.push('\''),
            'x' if self.hex(2).is_some() => {
                let code = self.hex(2).unwrap_or_default();
                self.skip(2);
                self.out.push_str(&format!("\\u{code:04x}"));
            }
            'u' => self.unicode(),
            '\n' => {}
            c => {
                self.out.push_str("\\\\");
                self.out.push(c);
            }
        }
    }

    fn unicode(&mut self) {
        let Some(code) = self.hex(4) else {
            if self.rest.len() >= 4 {
                self.out.push_str("\\\\u");
            } else {
                self.rest = "";
            }
            return;
        };
        self.skip(4);
        if (0xd800..0xdc00).contains(&code)
            && let Some(rest) = self.rest.strip_prefix("\\u")
            && let Some(low) = hex(rest, 4).filter(|low| (0xdc00..0xe000).contains(low))
        {
            self.skip(6);
            self.out.push_str(&format!("\\u{code:04x}\\u{low:04x}"));
        } else {
            let code = if (0xd800..0xe000).contains(&code) { 0xfffd } else { code };
            self.out.push_str(&format!("\\u{code:04x}"));
        }
    }

    fn hex(&self, digits: usize) -> Option<u32> {
        hex(self.rest, digits)
    }

    fn skip(&mut self, chars: usize) {
        for _ in 0..chars {
            self.take();
        }
    }
}

fn hex(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits)?;
    if digits.contains('+') { None } else { u32::from_str_radix(digits, 16).ok() }
}
