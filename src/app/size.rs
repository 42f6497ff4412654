//! The width of the terminal, for those who print on it and leave. The session on the screen asks for itself.

/// Columns of the terminal that standard output goes to; `None` when that can't be told.
pub fn columns() -> Option<usize> {
    let (columns, _) = crossterm::terminal::size().ok()?;
    Some(usize::from(columns)).filter(|columns| *columns > 0)
}
