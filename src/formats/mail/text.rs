//! What somebody wrote, as plain text: the paragraphs and quotations of it by the reader of plain texts, patches and
//! signatures told apart, the armour of OpenPGP taken off.

use super::flowed;
use crate::{
    doc::{Block, Kind, Span, SpanKind},
    formats::{build::Builder, plain},
    text,
};

/// A signature longer than this, in lines, is none.
const SIGNATURE: usize = 15;

/// Quotations within quotations in which a patch is told apart.
const DEEPEST: usize = 8;

/// How a text is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form {
    /// Its lines flow (RFC 3676).
    pub flowed: bool,
    /// The space at which they flow is none of the text.
    pub delsp: bool,
}

/// Adds the blocks of a text.
pub fn read(written: &str, form: Form, build: &mut Builder) {
    let written = written.replace("\r\n", "\n");
    let written = if form.flowed { flowed::joined(&written, form.delsp) } else { written };
    let written = without_armour(&written);
    for segment in segments(&written) {
        match segment {
            Segment::Prose(prose) => plain::blocks(&prose, true).into_iter().for_each(|block| build.adopt(block)),
            Segment::Patch { depth, text } => {
                (0..depth).for_each(|_| build.enter_quote());
                build.code(Some("diff".to_owned()), &text);
                (0..depth).for_each(|_| build.leave());
            }
            Segment::Signature(signature) => {
                let signature = signature.trim_end();
                let all = Span { range: 0..signature.len(), kind: SpanKind::Dim };
                let block = Block::new(Kind::Preformatted, format!("{signature}\n"));
                build.adopt(Block { spans: vec![all], ..block });
            }
            Segment::File { name, lines } => {
                // 45 bytes a line (uuencode).
                let line = format!("Attachment: {name} (uuencoded, {})", super::parts::size(lines * 45));
                build.adopt(Block::new(Kind::Paragraph, line));
            }
        }
    }
}

/// Whether a text is a message that only a key opens.
pub fn is_encrypted(written: &str) -> bool {
    written.trim_start().starts_with("-----BEGIN PGP MESSAGE-----")
}

/// A part of a text.
#[derive(Debug)]
enum Segment {
    Prose(String),
    /// A patch, or a part of one that is commented on, in so many quotations.
    Patch {
        depth: usize,
        text: String,
    },
    Signature(String),
    /// A file within the text, by uuencode.
    File {
        name: String,
        lines: usize,
    },
}

fn segments(written: &str) -> Vec<Segment> {
    let lines: Vec<&str> = written.lines().collect();
    let (mut out, mut prose, mut at) = (Vec::new(), String::new(), 0);
    // The depth at which a patch is quoted, between which comments stand.
    let mut quoted = None;
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let found = patch(rest).or_else(|| quoted_patch(rest, &mut quoted));
        let found = found.or_else(|| signature(rest)).or_else(|| file(rest));
        if let Some((segment, used)) = found {
            out.extend((!prose.trim().is_empty()).then(|| Segment::Prose(std::mem::take(&mut prose))));
            prose.clear();
            out.push(segment);
            at += used.max(1);
            continue;
        }
        prose.push_str(rest.first().unwrap_or(&""));
        prose.push('\n');
        at += 1;
    }
    out.extend((!prose.trim().is_empty()).then_some(Segment::Prose(prose)));
    out
}

/// A patch at the start of these lines, and how many lines it has.
fn patch(lines: &[&str]) -> Option<(Segment, usize)> {
    let first = lines.first()?;
    let second = lines.get(1).copied().unwrap_or_default();
    let starts = first.starts_with("diff --git ")
        || first.starts_with("diff -")
        || first.starts_with("--- ") && second.starts_with("+++ ")
        || first.starts_with("Index: ") && second.starts_with("=====");
    if !starts {
        return None;
    }
    // Blanks at the ends of lines are lost on the way: an empty line may be an empty line of the patch.
    let mut end = 0;
    for (at, line) in lines.iter().enumerate() {
        if is_of_patch(line) {
            end = at + 1;
        } else if !line.is_empty() {
            break;
        }
    }
    let text = lines.get(..end)?.join("\n");
    (text.contains("\n@@ ") || end > 2).then_some((Segment::Patch { depth: 0, text }, end))
}

/// A patch within a quotation. Where `open` says that one was quoted at this depth, it goes on after a comment.
fn quoted_patch(lines: &[&str], open: &mut Option<usize>) -> Option<(Segment, usize)> {
    let (depth, first) = unquoted(lines.first()?);
    if depth == 0 || depth > DEEPEST {
        return None;
    }
    let starts = first.starts_with("diff --git ") || first.starts_with("@@ -") && text::tail(first, 4).contains(" @@");
    if !starts && *open != Some(depth) {
        return None;
    }
    let own = lines.iter().map(|line| unquoted(line)).take_while(|(d, _)| *d == depth).map(|(_, content)| content);
    let content: Vec<&str> = own.take_while(|c| c.is_empty() || is_of_patch(c)).collect();
    let end = content.iter().rposition(|c| !c.is_empty()).map_or(0, |at| at + 1);
    // What follows at this depth is no longer the patch.
    let ended = lines.get(content.len()).is_some_and(|next| unquoted(next).0 == depth);
    *open = Some(depth).filter(|_| end > 0 && !ended);
    (end > 0).then(|| (Segment::Patch { depth, text: content.get(..end).unwrap_or_default().join("\n") }, end))
}

/// A line less the marks of its quotation, and how many these are.
fn unquoted(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(inner) = rest.strip_prefix('>').or_else(|| rest.strip_prefix(" >").filter(|_| depth > 0)) {
        depth += 1;
        rest = inner;
    }
    (depth, rest.strip_prefix(' ').filter(|_| depth > 0).unwrap_or(rest))
}

fn is_of_patch(line: &str) -> bool {
    const SIGNS: [&str; 10] =
        ["+", "-", " ", "\t", "@@", "\\ No newline", "diff -", "index ", "Index: ", "Binary files "];
    const MODES: [&str; 8] =
        ["new file mode", "deleted file", "old mode", "new mode", "similarity ", "rename ", "copy ", "====="];
    line != "-- " && SIGNS.iter().chain(&MODES).any(|sign| line.starts_with(sign))
}

/// A signature at the start of these lines: it ends where a quotation begins, or the text.
fn signature(lines: &[&str]) -> Option<(Segment, usize)> {
    let first = lines.first()?;
    let strict = *first == "-- ";
    let loose = *first == "--" && lines.len() <= SIGNATURE;
    if !strict && !loose {
        return None;
    }
    let quoted = |l: &&str| l.starts_with('>') || l.starts_with("-----Original") || *l == "-- ";
    let end = lines.iter().skip(1).position(quoted).map_or(lines.len(), |at| at + 1);
    let end = if end <= SIGNATURE { end } else { lines.iter().position(|l| l.trim().is_empty())? };
    (end <= SIGNATURE).then(|| (Segment::Signature(lines.get(..end).unwrap_or_default().join("\n")), end))
}

/// `begin 644 name`, lines of data, `end`.
fn file(lines: &[&str]) -> Option<(Segment, usize)> {
    let (mode, name) = lines.first()?.strip_prefix("begin ")?.split_once(' ')?;
    let octal = (3..=4).contains(&mode.len()) && mode.bytes().all(|b| matches!(b, b'0'..=b'7'));
    let data = lines.get(1..)?;
    let is_data = |l: &&&str| l.bytes().all(|b| matches!(b, b' '..=b'`')) && l.len() <= 62 && !l.is_empty();
    let count = data.iter().take_while(is_data).count();
    let ends = data.get(count).is_some_and(|l| *l == "end");
    (octal && ends && count > 0).then(|| (Segment::File { name: name.trim().to_owned(), lines: count - 1 }, count + 2))
}

/// A text signed in the clear (RFC 9580, section 7), without its armour and its signature.
fn without_armour(written: &str) -> String {
    let begin = "-----BEGIN PGP SIGNED MESSAGE-----\n";
    let Some((before, signed)) = written.split_once(begin) else { return written.to_owned() };
    // `Hash: SHA256`, and a blank line.
    let Some((_, signed)) = signed.split_once("\n\n") else { return written.to_owned() };
    let (content, after) = match signed.split_once("-----BEGIN PGP SIGNATURE-----") {
        Some((content, signature)) => {
            (content, signature.split_once("-----END PGP SIGNATURE-----").map_or("", |(_, after)| after))
        }
        None => (signed, ""),
    };
    let mut out = before.to_owned();
    for line in content.lines() {
        out.push_str(line.strip_prefix("- ").filter(|l| l.starts_with('-') || l.starts_with("From ")).unwrap_or(line));
        out.push('\n');
    }
    out.push_str(after.trim_start_matches('\n'));
    out
}
