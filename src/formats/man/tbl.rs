//! Tables of tbl(1): options, formats and data, between `.TS` and `.TE`.

use super::{escape::Font, inline::Inline, interpolate::arguments};
use crate::{doc::Align, formats::build::Builder, text};

/// Reads the lines of a table. `false` when they are none, and nothing was done.
pub fn read(lines: &[String], build: &mut Builder, inline: &mut Inline) -> bool {
    let mut lines = lines.iter().map(String::as_str).peekable();
    let mut tab = '\t';
    let options = lines.next_if(|l| l.trim_end().ends_with(';'));
    if let Some((_, after)) = options.and_then(|options| options.split_once("tab")) {
        tab = after.trim_start_matches([' ', '(']).chars().next().unwrap_or('\t');
    }
    let mut align = Vec::new();
    let mut heads = 0usize;
    let mut formats = 0usize;
    loop {
        let Some(line) = lines.next() else { return false };
        for row in line.trim_end().trim_end_matches('.').split(',') {
            let columns = columns(row);
            formats += 1;
            // Rows set apart from those that follow, in bold or centred, are headings.
            heads += usize::from(heads + 1 == formats && is_heading(row));
            if !columns.is_empty() {
                align = columns;
            }
        }
        if line.trim_end().ends_with('.') {
            break;
        }
    }
    let all = heads == formats;
    let rows = rows(&mut lines, tab, if all { 0 } else { heads }, all);
    build.start_table(align);
    for (at, row) in rows.cells.iter().enumerate() {
        build.start_row();
        for cell in row {
            for (at, line) in cell.iter().enumerate() {
                if at > 0 {
                    inline.line_end(build);
                }
                cell_line(line, build, inline);
            }
            inline.reset(build);
            build.cell();
        }
        if at + 1 == rows.heads {
            build.end_head();
        }
    }
    build.end_table();
    true
}

#[derive(Default)]
struct Rows {
    cells: Vec<Vec<Vec<String>>>,
    heads: usize,
}

/// The rows of data. `heads` of them are headings by their formats; `all` when every format was one of a heading.
fn rows(lines: &mut dyn Iterator<Item = &str>, tab: char, heads: usize, all: bool) -> Rows {
    let mut rows = Rows { heads, ..Rows::default() };
    let mut ruled = false;
    while let Some(line) = lines.next() {
        if line == ".T&" {
            // Other formats for what follows: what came before was a heading, if it looked like one.
            if all && rows.heads == 0 {
                rows.heads = rows.cells.len();
            }
            while lines.next().is_some_and(|l| !l.trim_end().ends_with('.')) {}
            continue;
        }
        let bare = line.trim();
        if matches!(bare, "_" | "=" | ".TH" | "\\_" | "\\^") || bare.is_empty() || line.starts_with(".\\") {
            // A rule after the first row sets it apart as the heading.
            if !ruled && rows.cells.len() == 1 && !bare.is_empty() {
                rows.heads = rows.heads.max(1);
            }
            ruled |= !rows.cells.is_empty();
            continue;
        }
        // A row may be in one font.
        let fonted = [".B ", ".I ", ".BR ", ".R "].iter().find_map(|font| line.strip_prefix(font));
        if fonted.is_none() && line.starts_with(['.', '\'']) {
            continue;
        }
        let line = fonted.unwrap_or(line);
        let mut row: Vec<Vec<String>> = Vec::new();
        let mut rest = Some(line.to_owned());
        while let Some(line) = rest.take() {
            let mut fields: Vec<&str> = line.split(tab).collect();
            let opens = fields.last().is_some_and(|f| f.trim() == "T{");
            if opens {
                fields.pop();
            }
            row.extend(
                fields
                    .iter()
                    .map(|f| if matches!(f.trim(), "_" | "\\^" | "=") { vec![] } else { vec![f.trim().to_owned()] }),
            );
            if opens {
                let mut cell = Vec::new();
                for line in &mut *lines {
                    if let Some(after) = line.strip_prefix("T}") {
                        rest = after.strip_prefix(tab).map(str::to_owned);
                        break;
                    }
                    cell.push(line.to_owned());
                }
                row.push(cell);
            }
        }
        rows.cells.push(row);
    }
    rows
}

/// A line in a cell, which may be a macro of a font.
fn cell_line(line: &str, build: &mut Builder, inline: &mut Inline) {
    let Some(request) = line.strip_prefix('.') else { return inline.text(build, line) };
    let (name, rest) = request.split_once([' ', '\t']).unwrap_or((request, ""));
    let fonts = match name {
        "B" | "SB" => [Font::Bold; 2],
        "I" => [Font::Italic; 2],
        "BR" => [Font::Bold, Font::Roman],
        "RB" => [Font::Roman, Font::Bold],
        "IR" => [Font::Italic, Font::Roman],
        "RI" => [Font::Roman, Font::Italic],
        "BI" => [Font::Bold, Font::Italic],
        "IB" => [Font::Italic, Font::Bold],
        "br" | "sp" | "PP" | "IP" | "TP" => return build.prose.space(),
        _ => return,
    };
    let spaced = fonts.first() == fonts.last();
    for (at, argument) in arguments(rest).iter().enumerate() {
        if at > 0 && spaced {
            build.prose.space();
        }
        inline.styled(build, *fonts.get(at % 2).unwrap_or(&Font::Roman), argument);
    }
}

/// The columns of a row of formats: `l c r n a s ^`, each with modifiers.
fn columns(row: &str) -> Vec<Option<Align>> {
    let mut out = Vec::new();
    let mut chars = row.chars();
    while let Some(c) = chars.next() {
        match c.to_ascii_lowercase() {
            'l' | 'a' | 's' | '^' => out.push(Some(Align::Left)),
            'c' => out.push(Some(Align::Center)),
            'r' | 'n' => out.push(Some(Align::Right)),
            // The font or the width of the column before it.
            'f' | 'w' | 'p' | 'v' => {
                if chars.as_str().starts_with('(') {
                    chars = text::tail(chars.as_str(), chars.as_str().find(')').map_or(0, |at| at + 1)).chars();
                } else if c == 'f' {
                    chars.next();
                }
            }
            _ => {}
        }
    }
    out
}

fn is_heading(row: &str) -> bool {
    let row = row.to_ascii_lowercase();
    let columns = row.matches(['l', 'c', 'r', 'n']).count();
    columns > 0 && (row.matches('b').count() >= columns || row.matches('c').count() == columns)
}
