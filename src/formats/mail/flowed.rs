//! Text in the form of RFC 3676 (`format=flowed`): a line that ends in a space goes on in the next one. What comes out has a
//! line for each paragraph, still with the marks of its quotation.

use crate::text;

/// Joins the lines that belong together. `delsp`: the space at the end of a line is none of the text (4.1).
pub fn joined(flowed: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(flowed.len());
    let mut open: Option<Paragraph> = None;
    for line in flowed.lines() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let content = text::tail(line, depth);
        // A space that keeps the line from looking like something else (4.4).
        let content = content.strip_prefix(' ').unwrap_or(content);
        // The signature's line is the one that ends in a space and does not go on (4.3).
        let signature = content == "-- ";
        if signature || open.as_ref().is_some_and(|p| p.depth != depth) {
            open.take().into_iter().for_each(|p| p.write(&mut out));
        }
        let goes_on = content.ends_with(' ') && !signature;
        let content = if goes_on && delsp { text::head(content, content.len() - 1) } else { content };
        let paragraph = open.get_or_insert(Paragraph { depth, text: String::new(), lines: 0 });
        paragraph.text.push_str(content);
        paragraph.lines += 1;
        if !goes_on {
            open.take().into_iter().for_each(|p| p.write(&mut out));
        }
    }
    open.into_iter().for_each(|p| p.write(&mut out));
    out
}

/// A paragraph in the making.
struct Paragraph {
    depth: usize,
    text: String,
    lines: usize,
}

impl Paragraph {
    /// Writes it as one line. One that was flowed stands apart from its neighbours: they are other paragraphs, though no
    /// blank line may part them.
    fn write(self, out: &mut String) {
        let mark = if self.depth == 0 { String::new() } else { format!("{} ", ">".repeat(self.depth)) };
        let apart = self.lines > 1;
        let text = if self.text == "-- " { &self.text } else { self.text.trim_end_matches(' ') };
        for line in [apart.then_some(""), Some(text), apart.then_some("")].into_iter().flatten() {
            out.push_str(if line.is_empty() { mark.trim_end() } else { &mark });
            out.push_str(line);
            out.push('\n');
        }
    }
}
