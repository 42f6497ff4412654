//! What stands between the fields: told by which sign makes the most rows of one length.

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Between the fields.
    pub delimiter: u8,
    /// Lines before the first row: Excel's `sep=;`.
    pub skipped: usize,
}

/// Rows that are looked at.
const ROWS: usize = 100;

impl Dialect {
    /// The dialect of a text that begins so; `commas` when its name speaks for them.
    pub fn of(text: &str, commas: bool) -> Dialect {
        let first = text.lines().next().unwrap_or_default();
        if let Some(delimiter) = first.trim_matches('"').strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
            return Dialect { delimiter, skipped: 1 };
        }
        let default = if commas { b',' } else { b'\t' };
        let all = [default, b',', b';', b'\t', b'|'];
        let mut best = (0, default);
        for delimiter in all {
            let score = score(text, delimiter);
            if score > best.0 {
                best = (score, delimiter);
            }
        }
        Dialect { delimiter: best.1, skipped: 0 }
    }
}

/// How well a delimiter fits: the share of rows that have the length which most have, by how long that is.
fn score(text: &str, delimiter: u8) -> usize {
    let mut rows =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let lengths: Vec<usize> = rows.byte_records().take(ROWS).map_while(Result::ok).map(|record| record.len()).collect();
    // The last one of a sample may be cut.
    let lengths = if lengths.len() > 2 { lengths.get(..lengths.len() - 1).unwrap_or_default() } else { &lengths };
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a == b).map(|run| (run.len(), run.first().copied().unwrap_or(0)));
    let Some((often, length)) = runs.filter(|(_, length)| *length > 1).max() else { return 0 };
    often * 1000 / lengths.len().max(1) * 10 + length.min(9)
}
