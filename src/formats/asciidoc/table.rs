//! Tables: cells that a sign separates, or lines of CSV.

use super::{reader::Reader, style::Style};
use crate::{
    doc::{Align, SpanKind},
    text,
};

/// What a table's delimiters begin with.
pub const SIGNS: [char; 4] = ['|', ',', ':', '!'];

/// Columns, and copies of a cell.
const MAX_COLUMNS: usize = 1000;

/// A cell as it is written.
#[derive(Clone, Debug, Default)]
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
    style: Option<char>,
}

/// Reads what stands between two delimiters.
pub fn read(reader: &mut Reader<'_>, delimiter: &str, text: &str) {
    let style = reader.begin();
    let sign = match (style.get("format"), delimiter.chars().next()) {
        (Some("csv"), _) => ',',
        (Some("dsv"), _) => ':',
        (Some("tsv"), _) => '\t',
        (_, first) => first.unwrap_or('|'),
    };
    let delimited = matches!(sign, ',' | ':' | '\t');
    let sign = match style.get("separator").unwrap_or_default() {
        "\\t" => '\t',
        given => given.chars().next().unwrap_or(sign),
    };
    let columns = columns(&style);
    let implied = implied_header(text);
    let (cells, first) = if delimited { separated(text, sign) } else { cells(text, sign) };
    let given = columns.len();
    let count = if given > 0 { given } else { first.clamp(1, MAX_COLUMNS) };
    let header = style.has("header") || (implied && !style.has("noheader"));
    reader.build.flush();
    reader.build.start_table(columns.iter().map(|(align, _)| *align).collect());
    let mut held = vec![0usize; count];
    let mut at = count;
    let mut rows = 0;
    for cell in cells {
        if reader.build.is_full() {
            break;
        }
        while at >= count || held.get(at).is_some_and(|held| *held > 0) {
            if at >= count {
                if rows == 1 && header {
                    reader.build.end_head();
                }
                reader.build.start_row();
                rows += 1;
                at = 0;
                if held.iter().all(|held| *held > 0) {
                    held.fill(0);
                }
                continue;
            }
            if let Some(held) = held.get_mut(at) {
                *held -= 1;
            }
            reader.build.cell();
            at += 1;
        }
        let kind = match cell.style.or(columns.get(at).and_then(|(_, style)| *style)) {
            _ if rows == 1 && header => None,
            Some('s') => Some(SpanKind::Strong),
            Some('e') => Some(SpanKind::Emphasis),
            Some('m' | 'l') => Some(SpanKind::Code),
            _ => None,
        };
        if let Some(kind) = kind.clone() {
            reader.build.prose.open(kind);
        }
        reader.inline(cell.text.trim());
        if kind.is_some() {
            reader.build.prose.close();
        }
        reader.build.cell();
        for further in 0..cell.columns {
            if let Some(held) = held.get_mut(at) {
                *held = cell.rows.saturating_sub(1);
            }
            if further > 0 && at < count {
                reader.build.cell();
            }
            at += 1;
        }
    }
    if rows == 1 && style.has("header") {
        reader.build.end_head();
    }
    reader.build.end_table();
}

/// The columns that `cols="1,^2,3*m"` says.
fn columns(style: &Style) -> Vec<(Option<Align>, Option<char>)> {
    let Some(spec) = style.get("cols") else { return Vec::new() };
    let mut out = Vec::new();
    let separator = if spec.contains(';') { ';' } else { ',' };
    for one in spec.split(separator) {
        let one = one.trim();
        let (copies, one) = match one.split_once('*') {
            Some((copies, rest)) => (copies.parse().unwrap_or(1), rest),
            None => (1, one),
        };
        let align = match one.find(['<', '^', '>']).filter(|at| !text::head(one, *at).ends_with('.')) {
            Some(at) if text::tail(one, at).starts_with('^') => Some(Align::Center),
            Some(at) if text::tail(one, at).starts_with('>') => Some(Align::Right),
            Some(_) => Some(Align::Left),
            None => None,
        };
        let kind = one.chars().next_back().filter(char::is_ascii_lowercase);
        for _ in 0..copies.min(MAX_COLUMNS - out.len().min(MAX_COLUMNS)) {
            out.push((align, kind));
        }
    }
    out
}

/// A first line with a blank one after it is the header.
fn implied_header(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.next().is_some_and(|line| !line.is_empty());
    first && lines.next().is_some_and(str::is_empty)
}

/// Cells that each begin with a sign, and how many are on the first line.
fn cells(text: &str, sign: char) -> (Vec<Cell>, usize) {
    let mut out: Vec<(Cell, usize)> = Vec::new();
    let (mut first, mut on_first) = (0, true);
    for line in text.lines() {
        let mut rest = line;
        let mut at = 0;
        while let Some(found) = text::tail(rest, at).find(sign) {
            at += found;
            let before = text::head(rest, at);
            if before.ends_with('\\') {
                push(&mut out, text::head(before, at - 1));
                push(&mut out, sign.encode_utf8(&mut [0; 4]));
                rest = text::tail(rest, at + sign.len_utf8());
                at = 0;
                continue;
            }
            let word = before.rfind(char::is_whitespace).map_or(0, |space| space + 1);
            let spec = Cell::spec(text::tail(before, word));
            push(&mut out, if spec.is_some() { text::head(before, word) } else { before });
            let (cell, copies) = spec.unwrap_or_else(|| (Cell { columns: 1, rows: 1, ..Cell::default() }, 1));
            if on_first {
                first += copies * cell.columns;
            }
            out.push((cell, copies));
            rest = text::tail(rest, at + sign.len_utf8());
            at = 0;
        }
        push(&mut out, rest);
        push(&mut out, "\n");
        on_first = on_first && first == 0;
    }
    (out.into_iter().flat_map(|(cell, copies)| std::iter::repeat_n(cell, copies)).collect(), first)
}

fn push(cells: &mut Vec<(Cell, usize)>, text: &str) {
    match cells.last_mut() {
        Some((cell, _)) => cell.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => cells.push((Cell { text: text.to_owned(), columns: 1, rows: 1, style: None }, 1)),
    }
}

impl Cell {
    /// What stands before a sign: `2+`, `.3+^`, `3*a`.
    fn spec(word: &str) -> Option<(Cell, usize)> {
        let mut cell = Cell { columns: 1, rows: 1, ..Cell::default() };
        let mut copies = 1;
        let mut rest = word;
        if let Some((numbers, after)) = word.split_once(['+', '*']) {
            let (columns, rows) = numbers.split_once('.').unwrap_or((numbers, ""));
            let number = |text: &str| if text.is_empty() { Some(1) } else { text.parse::<usize>().ok() };
            let (columns, rows) = (number(columns)?.clamp(1, MAX_COLUMNS), number(rows)?.max(1));
            if text::tail(word, numbers.len()).starts_with('*') {
                copies = columns;
            } else {
                (cell.columns, cell.rows) = (columns, rows.min(MAX_COLUMNS));
            }
            rest = after;
        }
        let kind = rest.trim_start_matches(['<', '^', '>', '.']);
        cell.style = match kind.as_bytes() {
            [] => None,
            [letter] if b"adehlmsv".contains(letter) => Some(char::from(*letter)),
            _ => return None,
        };
        Some((cell, copies))
    }
}

/// Cells between separators, a row to a line, and how many are in the first.
fn separated(text: &str, sign: char) -> (Vec<Cell>, usize) {
    let (mut out, mut first) = (Vec::new(), 0);
    let (mut field, mut quoted) = (String::new(), false);
    let cell = |field: &mut String| Cell { text: std::mem::take(field), columns: 1, rows: 1, style: None };
    for line in text.lines() {
        if line.is_empty() && !quoted {
            continue;
        }
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                // Two in quotes are one.
                '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
                '"' if quoted => quoted = false,
                '"' if field.trim().is_empty() => quoted = true,
                c if c == sign && !quoted => out.push(cell(&mut field)),
                c => field.push(c),
            }
        }
        if quoted {
            field.push(' ');
            continue;
        }
        out.push(cell(&mut field));
        if first == 0 {
            first = out.len();
        }
    }
    if !field.is_empty() {
        out.push(cell(&mut field));
    }
    (out, first)
}
