//! A formula in the making: what blanks stand between its signs.

use super::signs::Class;

/// Signs one after the other.
#[derive(Debug, Default)]
pub struct Line {
    text: String,
    last: Option<Class>,
    /// What comes is at the beginning, or after a bracket that opens: a minus there is one of its own.
    fresh: bool,
}

impl Line {
    /// An empty one.
    pub fn new() -> Line {
        Line { fresh: true, ..Line::default() }
    }

    /// Adds a sign, or several that belong together.
    pub fn push(&mut self, text: &str, class: Class) {
        if text.is_empty() {
            return;
        }
        let fresh = self.fresh;
        self.fresh = false;
        match class {
            Class::Binary if fresh && matches!(text, "−" | "+" | "±" | "∓") => self.text.push_str(text),
            Class::Binary => {
                self.blank();
                self.text.push_str(text);
                self.text.push(' ');
                self.fresh = true;
            }
            Class::Word | Class::Large => {
                if self.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '′')) {
                    self.blank();
                }
                self.text.push_str(text);
            }
            Class::Ordinary => {
                let bracket = text.starts_with(['(', '[', '{', '⟨']);
                let apart = match self.last {
                    Some(Class::Large) => true,
                    Some(Class::Word) if bracket => self.text.ends_with(')'),
                    Some(Class::Word) => !text.starts_with([')', ']', ',', '}']),
                    _ => false,
                };
                if apart {
                    self.blank();
                }
                self.text.push_str(text);
                self.fresh = text.ends_with(['(', '[', '{', '⟨']);
            }
        }
        self.last = Some(class);
    }

    /// Adds a comma or the like, with a blank after it.
    pub fn punctuate(&mut self, sign: char) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push(sign);
        self.text.push(' ');
        (self.last, self.fresh) = (Some(Class::Ordinary), true);
    }

    /// Adds a blank, unless one is there.
    pub fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// All of it.
    pub fn into_text(self) -> String {
        self.text
    }
}
