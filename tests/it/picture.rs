//! The picture of the screen in the README: drawn by the program itself, from a small library with fixed titles and dates,
//! so that it is never out of date. `RECTO_BLESS=1` writes it.

use std::{fs, path::Path};

use ratatui::style::Modifier;
use recto::memory::ReadState;

use super::{harness::Harness, svg::svg};

/// File, title, author, date, what it says of margins and reading, and how many paragraphs of other things follow. No two
/// are of one length, so that their order never hangs on a tie.
const SHELF: &[(&str, &str, &str, &str, &str, usize)] = &[
    ("margins.md", "Margins and their readers", "J. Ansell", "1998-02", MARGINS, 9),
    ("binder.md", "What the binder trims", "", "1958", "A margin that is cut off was read by nobody.", 12),
    (
        "column.md",
        "Between two columns",
        "",
        "1977",
        "Nobody reads what stands between them, and it is the margin that makes two of one.",
        33,
    ),
    ("edition.md", "The third edition", "", "2001", "It was read for its margins, which had been made wider.", 24),
    ("gloss.md", "What the gloss remembers", "A. Lind", "2013", "It began in the margin and was read as the text.", 63),
    ("grey.md", "Grey pages", "", "1969", "Without a margin a page is read as one reads a wall.", 8),
    ("lines.md", "The width of a line", "", "2004", "Read to the margin, and the eye comes back.", 20),
    ("marginalia.md", "A reader's marginalia", "E. Pohl", "2011", "Her readers wrote in the margin too.", 28),
    ("pencil.md", "Reading with a pencil", "M. Ferro", "1931", "The margin is for the second reading.", 17),
    ("printer.md", "Letters to a printer", "", "1890", "You ask who reads a margin. I do, Sir.", 39),
    ("screens.md", "Pages, screens, windows", "", "2019", "To read is to be given a margin.", 46),
    ("slow.md", "On reading slowly", "", "2007", "Slow readers need a margin of their own.", 14),
    ("thumb.md", "A page for the thumb", "", "1926", "The hand reads the margin first.", 5),
    (
        "white.md",
        "White space costs money",
        "",
        "2022",
        "The margin was the first thing that the owners had read about.",
        54,
    ),
    (
        "window.md",
        "The reader at the window",
        "",
        "1964",
        "What is read is looked at once more in the margin of the street.",
        10,
    ),
];

const MARGINS: &str = "\
Most of a page is nothing. A reader's thumbs need somewhere to be, a thought needs somewhere to be written down, and the \
eye needs an *edge* that it can trust.

> Whoever reads with a pencil is having a conversation; the margin is where the other one gets a word in.

## What they are good for

1. They say where to **stop**. A line of sixty-six letters is easy to come back from.
2. They hold what the reader knows and the author did not.
3. They are what is left when somebody counts the cost.

| edge  | for      | width |
|-------|----------|------:|
| inner | the fold |     2 |
| upper | the eye  |     3 |
| outer | the hand |     4 |
| lower | the page |     6 |

So give the margins back. They were never the place where the text had run out.
";

const OTHER: &str = "Then the ink was ground, the sheets were damped and hung, and the forme was locked up for the day. \
Nobody spoke much. What there was to say about paper had been said when the paper came, and what there was to say about \
the weather was on the floor.\n\n";

fn library() -> Vec<(String, String)> {
    let essays = SHELF.iter().map(|(name, title, author, date, text, more)| {
        let author = if author.is_empty() { String::new() } else { format!("author: {author}\n") };
        let front = format!("---\ntitle: {title}\n{author}date: {date}\n---\n\n");
        (format!("essays/{name}"), format!("{front}{text}\n\n{}", OTHER.repeat(*more)))
    });
    let letters =
        (1..=112).map(|n| (format!("letters/{n:03}.md"), format!("# Letter {n} to the Board\n\nThe stair.\n")));
    essays.chain(letters).collect()
}

#[test]
fn the_picture_in_the_readme_is_the_screen() {
    let files = library();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut h = Harness::new(&files).size(100, 30);
    for (title, keys, state) in [
        ("binder trims", "<Enter>G", ReadState::Finished),
        ("page for the thumb", "<Enter>G", ReadState::Finished),
        ("what the gloss", "<Enter><Space>", ReadState::Begun),
        ("reading slowly", "<Enter>G", ReadState::Finished),
        ("pages screens", "<Enter><Space>", ReadState::Begun),
    ] {
        h.keys(&format!("/{title}<Enter>{keys}")).wait(3_600_000);
        assert_eq!(h.state().reader.opened.as_ref().map(|opened| opened.reading), Some(state), "{title}");
        h.keys("<Esc><Esc>");
    }
    h.keys("g/margin read").wait(60_000);
    let (mut buffer, cursor) = h.draw();
    // The terminal draws the cursor; a picture has none unless it is painted.
    let cursor = buffer.cell_mut(cursor.expect("a line is being typed")).unwrap();
    cursor.modifier.insert(Modifier::REVERSED);
    let drawn = svg(&buffer, "recto ~/articles");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screen.svg");
    if std::env::var_os("RECTO_BLESS").is_some() {
        fs::write(path, drawn).unwrap();
    } else {
        let kept = fs::read_to_string(path).unwrap_or_default();
        assert!(kept == drawn, "the picture is behind the screen: RECTO_BLESS=1 writes it\n{}", h.screen());
    }
}
