//! The menu of the saved filters: the name of each, what it asks for, and how many documents it finds now.

use super::{canvas::Canvas, header::number, overlay::frame};
use crate::{
    state::{Area, Count, Geometry, Saved},
    text::Safe,
};

/// Columns of the menu, where the screen has so many.
const WIDTH: usize = 68;
/// The widest name that is shown whole.
const NAME: usize = 24;

pub(super) fn draw(saved: &Saved, cursor: usize, shown: &Geometry, canvas: &mut Canvas<'_>) {
    let inner = frame(shown, WIDTH, saved.filters.len().max(1), "saved filters", canvas);
    let theme = canvas.theme;
    if saved.filters.is_empty() {
        canvas.print(inner, 1, 0, &Safe::from("none yet: Ctrl-s names the filter that stands"), theme.dim);
        return;
    }
    let names: Vec<Safe> = saved.filters.iter().map(|filter| Safe::line(&filter.name)).collect();
    let widest = names.iter().map(Safe::width).max().unwrap_or(0).min(NAME).min(inner.width / 2);
    let top = (cursor + 1).saturating_sub(inner.height);
    for (at, (filter, name)) in saved.filters.iter().zip(&names).enumerate().skip(top).take(inner.height) {
        let row = at - top;
        let (text, dim) = if at == cursor { (theme.selected.0, theme.selected.0) } else { (theme.text, theme.dim) };
        if at == cursor {
            canvas.bar(Area { y: inner.y + row, height: 1, ..inner });
        }
        let count = match saved.count(&filter.name) {
            Count::Coming => String::new(),
            Count::Exactly(found) => number(found),
            Count::Unscanned => "re:".to_owned(),
        };
        let right = canvas.print_right(inner, 1, row, &Safe::from(count), text);
        canvas.print(inner, 1, row, &canvas.fit(name, widest), text);
        let room = right.saturating_sub(widest + 4);
        canvas.print(inner, widest + 3, row, &canvas.fit(&Safe::line(&filter.query), room), dim);
    }
}
