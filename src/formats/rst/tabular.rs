//! Tables that are written as lists, and as values between commas.

use super::Reader;
use crate::{formats::markup::indent, text};

impl Reader {
    /// A list of rows, each a list of cells.
    pub(super) fn list_table(&mut self, lines: &[&str], header: usize) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let outer = lines.iter().find(|l| !l.is_empty()).map_or(0, |l| indent(l));
        let mut inner = outer + 2;
        for line in lines {
            let columns = indent(line);
            let bare = line.trim_start();
            let item = |bare: &str| {
                bare.strip_prefix(['*', '-', '+'])
                    .filter(|r| r.is_empty() || r.starts_with(' '))
                    .map(|r| r.trim().to_owned())
            };
            if columns == outer
                && let Some(rest) = item(bare)
            {
                rows.push(Vec::new());
                inner = outer + bare.len() - text::tail(bare, 1).trim_start().len();
                if let (Some(cell), Some(row)) = (item(&rest), rows.last_mut()) {
                    row.push(cell);
                }
                continue;
            }
            let Some(row) = rows.last_mut() else { continue };
            match item(bare).filter(|_| columns == inner) {
                Some(cell) => row.push(cell),
                None => {
                    if let Some(cell) = row.last_mut() {
                        cell.push('\n');
                        cell.push_str(bare);
                    }
                }
            }
        }
        // What flat-table marks cells with is no text.
        for cell in rows.iter_mut().flatten() {
            for mark in [":cspan:", ":rspan:"] {
                if let Some(rest) = cell.strip_prefix(mark) {
                    *cell = rest
                        .trim_start()
                        .split_once('`')
                        .and_then(|(_, r)| r.split_once('`'))
                        .map_or("", |(_, r)| r)
                        .trim()
                        .to_owned();
                }
            }
        }
        self.table(&rows, header);
    }

    /// Values between commas.
    pub(super) fn csv_table(&mut self, lines: &[&str], header: Option<&str>, heads: usize, delimiter: Option<&str>) {
        let text = header.into_iter().chain(lines.iter().copied()).collect::<Vec<_>>().join("\n");
        let delimiter = match delimiter {
            Some("tab") => b'\t',
            Some("space") => b' ',
            Some(sign) => sign.bytes().next().unwrap_or(b','),
            None => b',',
        };
        // White space before a quoted value is left out.
        let sign = char::from(delimiter);
        let text = text.replace(&format!("{sign} \""), &format!("{sign}\""));
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(delimiter).trim(csv::Trim::All);
        let rows: Vec<Vec<String>> = reader
            .from_reader(text.as_bytes())
            .records()
            .filter_map(Result::ok)
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect();
        self.table(&rows, if header.is_some() { heads + 1 } else { heads });
    }
}
