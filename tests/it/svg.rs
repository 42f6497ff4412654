//! A screen as a picture: the cells of a ratatui buffer as an SVG, for the README and for looking at.
//!
//! The same buffer always gives the same bytes, so that a picture in the repository changes only when the screen does.
//! Columns align in every viewer, whatever its font: text is cut where a font may disagree about widths, each piece starts
//! at its own column and `textLength` says how many columns it takes. One `rect` or `text` stands for a whole run of
//! cells that look the same. The frame brings its own background, as the page around it may be light or dark.

use std::fmt::Write as _;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use recto::text::width;

/// One cell in pixels: a monospaced font of 15 pixels advances by 9.
const CELL: (usize, usize) = (9, 19);
/// From the top of a cell to the baseline, to an underline, and to a line through it.
const BASELINE: usize = 14;
const UNDERLINE: usize = 16;
const THROUGH: usize = 9;
/// The margin inside the frame, and the height of its title.
const MARGIN: usize = 12;
const TITLE: usize = 32;

const GROUND: &str = "#1c1e22";
const INK: &str = "#d4d2cb";
/// Black, red, green, yellow, blue, magenta, cyan, white; then the same brighter.
const PALETTE: [&str; 16] = [
    "#2a2d33", "#d6706e", "#8fb573", "#d9b36a", "#7aa2d6", "#b791cc", "#6fb7b5", "#c9c7c0", //
    "#858a93", "#e98f8b", "#abd18d", "#ecca87", "#98bdf0", "#d0ace4", "#8fd3d0", "#f4f2ec",
];

/// Draws the screen in a window frame with a title.
pub fn svg(buffer: &Buffer, title: &str) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (w, h) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + TITLE + MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\">\n\
         <title>{title}</title>\n\
         <rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{GROUND}\" stroke=\"#6a6e76\"/>\n\
         <g fill=\"#4a4e57\"><circle cx=\"18\" cy=\"16\" r=\"5\"/><circle cx=\"34\" cy=\"16\" r=\"5\"/>\
         <circle cx=\"50\" cy=\"16\" r=\"5\"/></g>\n\
         <g font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"15\" \
         fill=\"{INK}\" xml:space=\"preserve\">\n\
         <text x=\"{}\" y=\"21\" font-size=\"13\" fill=\"#8d9199\" text-anchor=\"middle\">{title}</text>\n\
         <g transform=\"translate({MARGIN} {TITLE})\">\n",
        w - 1,
        h - 1,
        w / 2,
        title = escaped(title),
    );
    let rows: Vec<Vec<Piece>> = buffer.content.chunks(columns.max(1)).map(pieces).collect();
    // A letter may reach below its cell, so the backgrounds of all rows come before the text of any.
    out.push_str("<g shape-rendering=\"crispEdges\">\n");
    for (row, pieces) in rows.iter().enumerate() {
        bars(&mut out, row * CELL.1, CELL.1, pieces, |p| p.look.behind.clone());
        bars(&mut out, row * CELL.1 + UNDERLINE, 1, pieces, |p| p.look.underline.clone());
        bars(&mut out, row * CELL.1 + THROUGH, 1, pieces, |p| p.look.through.then(|| p.look.ink.clone()));
    }
    out.push_str("</g>\n");
    for (row, pieces) in rows.iter().enumerate() {
        pieces.iter().for_each(|piece| text(&mut out, row * CELL.1, piece));
    }
    out.push_str("</g>\n</g>\n</svg>\n");
    out
}

/// Cells side by side that are drawn as one.
struct Piece {
    column: usize,
    columns: usize,
    text: String,
    sort: Sort,
    look: Look,
}

/// What may stand together in one `text`, because every font agrees on how wide its parts are among themselves.
#[derive(Clone, PartialEq)]
enum Sort {
    /// Letters and common punctuation, a column each.
    Letters,
    /// Characters of two columns.
    Wide,
    /// Arrows, boxes, stars: often from another font, so that only the same one repeated stands together.
    Sign(String),
}

#[derive(Clone, PartialEq)]
struct Look {
    ink: String,
    behind: Option<String>,
    underline: Option<String>,
    through: bool,
    bold: bool,
    italic: bool,
    dim: bool,
}

/// Cuts a row where the look or the sort of its text changes.
fn pieces(row: &[Cell]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut column = 0;
    while let Some(cell) = row.get(column) {
        let columns = width::width(cell.symbol()).max(1);
        let (sort, look) = (sort(cell.symbol(), columns), look(cell));
        match pieces.last_mut() {
            Some(last) if last.sort == sort && last.look == look => {
                last.columns += columns;
                last.text.push_str(cell.symbol());
            }
            _ => pieces.push(Piece { column, columns, text: cell.symbol().to_owned(), sort, look }),
        }
        column += columns;
    }
    pieces
}

fn sort(symbol: &str, columns: usize) -> Sort {
    match symbol.chars().next() {
        _ if columns > 1 => Sort::Wide,
        Some('\u{2000}'..='\u{200F}' | '\u{2028}'..) => Sort::Sign(symbol.to_owned()),
        _ => Sort::Letters,
    }
}

fn look(cell: &Cell) -> Look {
    let has = |modifier| cell.modifier.contains(modifier);
    let (mut ink, mut behind) = (color(cell.fg), color(cell.bg));
    if has(Modifier::REVERSED) {
        (ink, behind) = (behind.or(Some(GROUND.to_owned())), ink.or(Some(INK.to_owned())));
    }
    let ink = match behind.clone() {
        Some(behind) if has(Modifier::HIDDEN) => behind,
        None if has(Modifier::HIDDEN) => GROUND.to_owned(),
        _ => ink.unwrap_or_else(|| INK.to_owned()),
    };
    let underline = has(Modifier::UNDERLINED).then(|| color(cell.underline_color).unwrap_or_else(|| ink.clone()));
    Look {
        ink,
        behind,
        underline,
        through: has(Modifier::CROSSED_OUT),
        bold: has(Modifier::BOLD),
        italic: has(Modifier::ITALIC),
        dim: has(Modifier::DIM),
    }
}

/// `None` is the terminal's own colour.
fn color(color: Color) -> Option<String> {
    let named = |index: usize| PALETTE.get(index).map(|hex| (*hex).to_owned());
    match color {
        Color::Reset => None,
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(8),
        Color::LightRed => named(9),
        Color::LightGreen => named(10),
        Color::LightYellow => named(11),
        Color::LightBlue => named(12),
        Color::LightMagenta => named(13),
        Color::LightCyan => named(14),
        Color::White => named(15),
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Indexed(index @ 0..16) => named(usize::from(index)),
        // xterm's cube of six levels a channel, then its ramp of greys.
        Color::Indexed(index @ 16..232) => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let (r, g, b) = ((index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6);
            Some(format!("#{:02x}{:02x}{:02x}", level(r), level(g), level(b)))
        }
        Color::Indexed(index) => Some(format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (index - 232))),
    }
}

/// Fills where `fill` names a colour; neighbours of one colour become one bar.
fn bars(out: &mut String, y: usize, height: usize, pieces: &[Piece], fill: impl Fn(&Piece) -> Option<String>) {
    for run in pieces.chunk_by(|a, b| fill(a) == fill(b)) {
        let (Some(first), Some(fill)) = (run.first(), run.first().and_then(&fill)) else { continue };
        let (x, w) = (first.column * CELL.0, run.iter().map(|p| p.columns).sum::<usize>() * CELL.0);
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{height}\" fill=\"{fill}\"/>");
    }
}

/// Writes a piece, without the spaces at its ends.
fn text(out: &mut String, top: usize, piece: &Piece) {
    let shown = piece.text.trim_matches(' ');
    let columns = width::width(shown);
    if columns == 0 {
        return;
    }
    let indent = piece.text.len() - piece.text.trim_start_matches(' ').len();
    let x = (piece.column + indent) * CELL.0;
    let mut style = String::new();
    if piece.look.ink != INK {
        let _ = write!(style, " fill=\"{}\"", piece.look.ink);
    }
    for (set, attribute) in [
        (piece.look.dim, " fill-opacity=\".6\""),
        (piece.look.bold, " font-weight=\"bold\""),
        (piece.look.italic, " font-style=\"italic\""),
    ] {
        style.push_str(if set { attribute } else { "" });
    }
    if let Some((left, w)) = upright(&piece.sort) {
        for x in (0..columns).map(|column| x + column * CELL.0 + left) {
            let _ = writeln!(out, "<rect x=\"{x}\" y=\"{top}\" width=\"{w}\" height=\"{}\"{style}/>", CELL.1);
        }
        return;
    }
    let (y, length, shown) = (top + BASELINE, columns * CELL.0, escaped(shown));
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"{style}>{shown}</text>"
    );
}

/// Signs that go on from row to row, as offset and width within the cell: a font would leave gaps between the rows.
fn upright(sort: &Sort) -> Option<(usize, usize)> {
    let Sort::Sign(sign) = sort else { return None };
    Some(match sign.as_str() {
        "│" => (4, 1),
        "┃" => (3, 3),
        "▏" => (0, 1),
        "▌" => (0, 5),
        "▐" => (4, 5),
        "█" => (0, CELL.0),
        _ => return None,
    })
}

/// Text as XML has it; characters that XML 1.0 (section 2.2) has no place for are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0'..' ' | '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out
}

mod tests {
    use ratatui::{layout::Rect, style::Style};

    use super::*;

    fn screen(width: u16, rows: &[&[(&str, Style)]]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, u16::try_from(rows.len()).unwrap()));
        for (y, row) in rows.iter().enumerate() {
            let mut x = 0;
            for (text, style) in *row {
                (x, _) = buffer.set_stringn(x, u16::try_from(y).unwrap(), text, usize::MAX, *style);
            }
        }
        buffer
    }

    /// What stands between the title and the end, without the attributes that every `text` has.
    fn body(picture: &str) -> Vec<String> {
        let body = picture.split_once("crispEdges\">\n").unwrap().1.strip_suffix("</g>\n</g>\n</svg>\n").unwrap();
        body.lines().map(|line| line.replace(" lengthAdjust=\"spacingAndGlyphs\"", "")).collect()
    }

    #[test]
    fn a_small_screen_as_a_whole() {
        let buffer = screen(8, &[&[("a<b", Style::new().bold()), ("  ok", Style::new())], &[]]);
        let expected = r##"<svg xmlns="http://www.w3.org/2000/svg" width="96" height="82" viewBox="0 0 96 82" role="img">
<title>a &amp; b</title>
<rect x=".5" y=".5" width="95" height="81" rx="8" fill="#1c1e22" stroke="#6a6e76"/>
<g fill="#4a4e57"><circle cx="18" cy="16" r="5"/><circle cx="34" cy="16" r="5"/><circle cx="50" cy="16" r="5"/></g>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="15" fill="#d4d2cb" xml:space="preserve">
<text x="48" y="21" font-size="13" fill="#8d9199" text-anchor="middle">a &amp; b</text>
<g transform="translate(12 32)">
<g shape-rendering="crispEdges">
</g>
<text x="0" y="14" textLength="27" lengthAdjust="spacingAndGlyphs" font-weight="bold">a&lt;b</text>
<text x="45" y="14" textLength="18" lengthAdjust="spacingAndGlyphs">ok</text>
</g>
</g>
</svg>
"##;
        assert_eq!(svg(&buffer, "a & b"), expected);
    }

    #[test]
    fn runs_are_cut_where_widths_may_differ() {
        let plain = Style::new();
        let buffer = screen(16, &[&[("●★ né 日本語x──│", plain)]]);
        let expected = [
            "</g>",
            r#"<text x="0" y="14" textLength="9">●</text>"#,
            r#"<text x="9" y="14" textLength="9">★</text>"#,
            r#"<text x="27" y="14" textLength="18">né</text>"#,
            r#"<text x="54" y="14" textLength="54">日本語</text>"#,
            r#"<text x="108" y="14" textLength="9">x</text>"#,
            r#"<text x="117" y="14" textLength="18">──</text>"#,
            r#"<rect x="139" y="0" width="1" height="19"/>"#, // meets the one in the row below
        ];
        assert_eq!(body(&svg(&buffer, "")), expected);
    }

    #[test]
    fn colours_and_modifiers() {
        let row: &[(&str, Style)] = &[
            ("a", Style::new().fg(Color::Red).bg(Color::Indexed(16))),
            ("b", Style::new().reversed()),
            ("c ", Style::new().fg(Color::Indexed(110)).underlined()),
            ("d", Style::new().fg(Color::Rgb(1, 2, 254)).italic().dim()),
            ("e", Style::new().fg(Color::Indexed(255)).crossed_out()),
        ];
        let expected = [
            r##"<rect x="0" y="0" width="9" height="19" fill="#000000"/>"##,
            r##"<rect x="9" y="0" width="9" height="19" fill="#d4d2cb"/>"##,
            r##"<rect x="18" y="16" width="18" height="1" fill="#87afd7"/>"##,
            r##"<rect x="45" y="9" width="9" height="1" fill="#eeeeee"/>"##,
            "</g>",
            r##"<text x="0" y="14" textLength="9" fill="#d6706e">a</text>"##,
            r##"<text x="9" y="14" textLength="9" fill="#1c1e22">b</text>"##,
            r##"<text x="18" y="14" textLength="9" fill="#87afd7">c</text>"##,
            r##"<text x="36" y="14" textLength="9" fill="#0102fe" fill-opacity=".6" font-style="italic">d</text>"##,
            r##"<text x="45" y="14" textLength="9" fill="#eeeeee">e</text>"##,
        ];
        assert_eq!(body(&svg(&screen(6, &[row]), "")), expected);
    }

    #[test]
    fn an_empty_screen_is_a_frame() {
        assert!(svg(&Buffer::empty(Rect::ZERO), "").ends_with("</svg>\n"));
    }
}
