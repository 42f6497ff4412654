//! Images of documents: where their bytes come from, how many cells they take, and what the page makes of them.

use std::{fs, io::Cursor, path::Path};

use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use ratatui::{buffer::Buffer, layout::Rect, style::Color};
use recto::{
    doc::{BlockId, Document, Kind, SpanKind},
    formats::{self, Entry, Source},
    picture::{Manner, Picture, Screen, decode, is_answered},
    state::{Effect, Images, Job, MouseKind, Outcome},
};

use crate::{cases, harness::Harness};

/// An image of one colour.
fn png(width: u32, height: u32, color: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    RgbImage::from_pixel(width, height, Rgb(color)).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

const RED: [u8; 3] = [250, 10, 10];

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            out.push(if digit > chunk.len() { '=' } else { char::from(DIGITS[value as usize]) });
        }
    }
    out
}

/// The names of all images of a document.
fn named(document: &Document) -> Vec<String> {
    let mut names = Vec::new();
    for (_, block) in document.blocks() {
        if let Kind::Image { source } = &block.kind {
            names.push(source.clone());
        }
        names.extend(block.spans.iter().filter_map(|span| match &span.kind {
            SpanKind::Image(source) => Some(source.clone()),
            _ => None,
        }));
    }
    names.dedup();
    names
}

/// The bytes of the first image of the only document of a file.
fn first_of(path: &Path) -> Vec<u8> {
    let source = Source::file(path).unwrap();
    let mut entry = Entry::default();
    formats::documents(&source, &mut |found| {
        entry = found.entry;
        std::ops::ControlFlow::Break(())
    })
    .unwrap();
    let document = formats::open(&source, &entry).unwrap();
    let name = named(&document).into_iter().next().unwrap();
    formats::image_of(&source, &entry, &name).unwrap()
}

#[test]
fn images_are_found_where_each_format_has_them() {
    let dir = tempfile::tempdir().unwrap();
    let image = png(3, 2, RED);
    let data = base64(&image);
    // A short one is an icon.
    let long = [&image[..], &[0; 1024]].concat();
    fs::create_dir(dir.path().join("pictures of it")).unwrap();
    fs::write(dir.path().join("pictures of it/a.png"), &image).unwrap();
    let mail = format!(
        "From: a@example.org\nTo: b@example.org\nSubject: Look\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nMIME-Version: 1.0\n\
         Content-Type: multipart/related; boundary=xx\n\n--xx\nContent-Type: text/html\n\n<p>See:</p>\
         <img src=\"cid:one%40x\" alt=\"it\">\n--xx\nContent-Type: image/png\nContent-ID: <one@x>\n\
         Content-Transfer-Encoding: base64\n\n{data}\n--xx--\n"
    );
    let mhtml = mail
        .replace("cid:one%40x", "https://example.org/a.png")
        .replace("Content-ID: <one@x>", "Content-Location: https://example.org/a.png");
    let files = [
        ("beside.md", "# A\n\n![it](pictures%20of%20it/a.png)\n".to_owned()),
        ("written.md", "# A\n\n![it](<pictures of it/a.png>)\n".to_owned()),
        ("page.html", "<p>Text.</p><img src='./pictures%20of%20it/a.png?x=1#y' alt='it'>".to_owned()),
        ("data.html", format!("<p>Text.</p><img src='data:image/png;base64,{}' alt='it'>", base64(&long))),
        ("mail.eml", mail.clone()),
        ("mail.mbox", format!("From a@example.org Mon Jan  1 10:00:00 2024\n{mail}\n")),
        ("saved.mhtml", mhtml),
        (
            "book.fb2",
            format!(
                "<FictionBook xmlns:l='x'><body><section><p>Text.</p><image l:href='#a.png'/></section></body>\
                 <binary id='no'>AAAA</binary><binary id='a.png'>{data}</binary></FictionBook>"
            ),
        ),
        (
            "plot.ipynb",
            format!(
                "{{\"cells\":[{{\"cell_type\":\"code\",\"source\":\"plot()\",\"outputs\":[{{\"output_type\":\
                 \"display_data\",\"data\":{{\"image/svg+xml\":\"<svg/>\",\"image/png\":\"{data}\"}}}}]}}],\
                 \"nbformat\":4}}"
            ),
        ),
    ];
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
        assert_eq!(first_of(&dir.path().join(name)), if name == "data.html" { &long[..] } else { &image }, "{name}");
    }
    // In an archive, as seen from the folder of the document.
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("notes/a.md", b"# A\n\n![it](../art/a.png)\n".as_slice()), ("art/a.png", &image)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, bytes).unwrap();
    }
    fs::write(dir.path().join("all.zip"), archive.finish().unwrap().into_inner()).unwrap();
    assert_eq!(first_of(&dir.path().join("all.zip")), image);
}

/// The files of real programs among the cases: whatever image they hold is reached by the name that it has in the document.
#[test]
fn images_in_files_of_real_programs_are_found() {
    for (format, least) in [("docx", 2), ("epub", 2), ("odt", 2), ("slides", 1)] {
        let (mut found, mut lost) = (0, Vec::new());
        for case in cases::all().into_iter().filter(|case| case.format == format) {
            let Ok(source) = Source::file(&case.input) else { continue };
            let Ok(document) = formats::open(&source, &Entry::default()) else { continue };
            for name in named(&document).iter().filter(|name| !name.is_empty() && !name.contains("://")) {
                match formats::image_of(&source, &Entry::default(), name) {
                    Ok(bytes) if !bytes.is_empty() => found += 1,
                    _ => lost.push(format!("{}: {name}", case.input.display())),
                }
            }
        }
        println!("{format}: {found} found, lost: {lost:#?}");
        assert!(found >= least, "{format}: {found} found, lost: {lost:#?}");
    }
}

#[test]
fn nothing_is_fetched_and_what_is_no_image_is_none() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.md");
    fs::write(&path, "# A\n").unwrap();
    let source = Source::file(&path).unwrap();
    for name in ["https://example.org/a.png", "//example.org/a.png", "gone.png", "", "data:image/png", "."] {
        assert!(formats::image_of(&source, &Entry::default(), name).is_err(), "{name}");
    }
    assert!(decode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_err());
    assert!(decode(&png(3, 2, RED)[..30]).is_err());
    // The header of a PNG of 60,000 by 60,000 pixels.
    let mut huge = png(1, 1, RED);
    huge[16..24].copy_from_slice(&[0, 0, 234, 96, 0, 0, 234, 96]);
    assert!(decode(&huge).is_err());
}

#[test]
fn what_is_clear_stands_on_the_ground_that_it_needs() {
    for (ink, ground) in [(0, 255), (255, 0)] {
        let mut drawing = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
        drawing.put_pixel(3, 3, Rgba([ink, ink, ink, 255]));
        let mut bytes = Vec::new();
        drawing.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        let seen = decode(&bytes).unwrap().to_rgb8();
        assert_eq!((seen.get_pixel(3, 3).0, seen.get_pixel(0, 0).0), ([ink; 3], [ground; 3]));
    }
}

#[test]
fn terminals_tell_how_they_show_images() {
    let none = |_: &str| None;
    let told = |answer: &str| {
        let screen = Screen::told(none, answer.as_bytes(), None);
        (screen.manner, screen.cell)
    };
    let kitty = |name: &str| told(&format!("\x1bP>|{name}\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[6;18;9t\x1b[?62c"));
    assert_eq!(kitty("kitty(0.35.2)"), (Manner::Kitty, (9, 18)));
    assert_eq!(kitty("ghostty 1.1.0").0, Manner::Kitty);
    assert_eq!(kitty("kitty(0.26.5)").0, Manner::Blocks, "it has no placeholders yet");
    assert_eq!(kitty("WezTerm 20240203-110809").0, Manner::Iterm2);
    assert_eq!(told("\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2;4;22c"), (Manner::Sixel, (10, 20)));
    assert_eq!(told("\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c").0, Manner::Blocks);
    assert_eq!(told("\x1bP>|tmux 3.4\x1b\\\x1b[?1;2;4c").0, Manner::Blocks);
    assert_eq!(told("\x1b[?2027;2$y\x1b[?62;4c").0, Manner::Sixel);
    assert_eq!(told("\x1b[?1;2c").0, Manner::Blocks);
    assert_eq!(told("").0, Manner::Blocks);
    for broken in ["\x1b[6;18", "\x1b[6;0;0t", "\x1bP>|kitty(", "\x1b[?4", "\x1b[6;9999999;1t"] {
        assert_eq!(told(broken), (Manner::Blocks, (10, 20)), "{broken:?}");
    }
    // Its setting for images is off at first, and its attributes say so.
    let code = |name: &str| (name == "TERM_PROGRAM").then(|| "vscode".to_owned());
    assert_eq!(Screen::told(code, b"\x1b[?1;2c", None).manner, Manner::Blocks);
    assert_eq!(Screen::told(code, b"\x1b[?62;4c", None).manner, Manner::Sixel);
    let within = |name: &str| ["STY", "TERM_PROGRAM"].contains(&name).then(|| "iTerm.app".to_owned());
    assert_eq!(Screen::told(within, b"\x1b[?1;2c", None).manner, Manner::Blocks);
    let variable = |name: &str| (name == "TERM_PROGRAM").then(|| "iTerm.app".to_owned());
    assert_eq!(Screen::told(variable, b"\x1b[?62;4c", Some((8, 17))).manner, Manner::Iterm2);
    let inside = |name: &str| (name == "TMUX").then(|| "/tmp/x,1,0".to_owned());
    assert_eq!(Screen::told(inside, b"\x1b[?62;4c", None).manner, Manner::Blocks);
    assert!(!is_answered(b"\x1b[?2027;2$y") && is_answered(b"\x1b[?2027;2$y\x1b[?62;4c"));
    assert!(is_answered(b"\x1b[6;18;9t\x1b[?62c") && !is_answered(b"\x1b[6;18;9t\x1b[?62") && !is_answered(b"c"));
}

#[test]
fn an_image_fits_and_is_never_enlarged() {
    let screen = Screen { manner: Manner::Kitty, cell: (10, 20), tmux: false };
    for (pixels, room, cells) in [
        ((100, 100), (72, 30), (10, 5)),
        ((1440, 400), (72, 30), (72, 10)),
        ((1440, 4000), (72, 30), (22, 30)),
        ((1, 1), (72, 30), (1, 1)),
        ((1, 10_000), (72, 30), (1, 30)),
        ((10_000, 1), (72, 30), (72, 1)),
        ((100, 100), (1, 1), (1, 1)),
        ((100, 100), (0, 0), (1, 1)),
    ] {
        assert_eq!(screen.extent(pixels, room), cells, "{pixels:?} within {room:?}");
    }
    // Where a cell has more pixels than usual everything is larger, and an image too.
    assert_eq!(Screen { cell: (20, 40), ..screen }.extent((100, 100), (72, 30)), (10, 5));
}

#[test]
fn every_manner_draws_within_its_area() {
    let image = decode(&png(100, 100, RED)).unwrap();
    for manner in [Manner::Blocks, Manner::Kitty, Manner::Sixel, Manner::Iterm2] {
        let picture = Picture::new(image.clone(), Screen { manner, cell: (10, 20), tmux: false }, (72, 30)).unwrap();
        assert_eq!(picture.extent, (10, 5), "{manner:?}");
        for (above, height) in [(0, 5), (0, 2), (3, 2), (4, 1), (0, 1)] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 10));
            picture.draw(Rect::new(4, 3, 10, height), above, &mut buffer);
            let blank = Buffer::empty(buffer.area);
            for y in 0..10 {
                for x in 0..20 {
                    let inside = (4..14).contains(&x) && (3..3 + height).contains(&y);
                    let same = buffer[(x, y)] == blank[(x, y)];
                    assert_eq!(same, !inside, "{manner:?} without {above}, {height} rows: {x}, {y}");
                }
            }
        }
    }
}

/// A page between two paragraphs, with an image of 20 columns and 5 rows.
fn page() -> String {
    let lines = "A line of the text around it.\n\n".repeat(12);
    let data = base64(&png(200, 100, RED));
    format!("# A page\n\n{lines}![what it shows](data:image/png;base64,{data})\n\n{lines}{lines}{lines}")
}

fn shown(files: &[(&str, &str)]) -> Harness {
    let mut h = Harness::new(files).size(100, 30).view(|view| view.images = Images::Shown);
    h.keys("<Enter>");
    h
}

/// The rows in which cells are red.
fn red(h: &mut Harness) -> Vec<u16> {
    let (buffer, _) = h.draw();
    let is_red = |x, y| [buffer[(x, y)].bg, buffer[(x, y)].fg].contains(&Color::Rgb(RED[0], RED[1], RED[2]));
    (0..buffer.area.height).filter(|y| (0..buffer.area.width).any(|x| is_red(x, *y))).collect()
}

#[test]
fn an_image_is_drawn_with_what_it_is_about_below() {
    let mut h = shown(&[("a.md", &page())]);
    assert_eq!(h.keys("/shows<Enter>").state().reader.hits().len(), 1);
    let rows = red(&mut h);
    assert_eq!(rows.len(), 5, "{}", h.screen());
    let below = h.line(usize::from(rows[4]) + 1);
    assert!(below.contains("what it shows") && !below.contains("[image"), "{below}");
    // Without, it is named.
    h.keys("I");
    assert!(red(&mut h).is_empty());
    assert!(h.screen().contains("[image: what it shows]"), "{}", h.screen());
    assert_eq!(red(h.keys("I")).len(), 5);
}

#[test]
fn where_there_are_no_colours_there_are_no_images() {
    let mut h = Harness::new(&[("a.md", &page())]).size(100, 30);
    h.keys("<Enter>/shows<Enter>");
    assert!(red(&mut h).is_empty() && h.screen().contains("[image: what it shows]"));
    assert!(h.keys("I").screen().contains("no colours for images"), "{}", h.screen());
    let mut linear = shown(&[("a.md", &page())]).view(|view| view.linear = true);
    assert!(red(linear.keys("/shows<Enter>")).is_empty());
}

#[test]
fn a_page_that_is_turned_shows_a_cut_image_whole() {
    let mut h = shown(&[("a.md", &page())]);
    while red(&mut h).is_empty() {
        h.keys("j");
    }
    assert_eq!(red(&mut h).len(), 1, "it comes in from below");
    let rows = red(h.keys("<Space>"));
    assert_eq!(rows.len(), 5, "{}", h.screen());
    assert!(red(h.keys("b")).len() == 1, "back is back");
    // Row by row it goes out at the top, and comes back.
    h.keys("<Space>");
    for left in (0..5).rev() {
        assert_eq!(red(h.keys("j")).len(), left);
    }
    for come in 1..=5 {
        assert_eq!(red(h.keys("k")).len(), come);
    }
}

#[test]
fn an_image_that_comes_late_moves_nothing_above_it() {
    let mut h = shown(&[("a.md", &page())]);
    h.hold();
    h.keys("G").keys("k".repeat(3).as_str());
    let before = h.line(2);
    h.release();
    assert_eq!(h.line(2), before);
    // What was made for another room is made again.
    let mut h = shown(&[("a.md", &page())]);
    h.keys("/shows<Enter>");
    assert_eq!(red(&mut h).len(), 5);
    assert_eq!(red(h.resize(60, 30)).len(), 5);
    h.resize(100, 8);
    h.keys("<Esc>gg/shows<Enter>");
    assert!((1..5).contains(&red(&mut h).len()), "{}", h.screen());
}

/// How often images were asked for since this was last asked.
fn asked(h: &mut Harness) -> usize {
    h.effects().iter().filter(|effect| matches!(effect, Effect::Job(Job::Illustrate { .. }))).count()
}

#[test]
fn of_many_images_those_about_the_page_are_kept_and_nobody_asks_for_ever() {
    let data = base64(&png(40, 20, RED));
    let text: String = (0..60).map(|n| format!("![number {n}](data:image/png;base64,{data})\n\n")).collect();
    let mut h = shown(&[("a.md", &format!("# Many\n\n{text}"))]);
    for _ in 0..40 {
        h.keys("j");
        assert!(red(&mut h).len() > 5, "{}", h.screen());
    }
    h.effects();
    h.keys("kjkjkjkj");
    assert_eq!(asked(&mut h), 0);
    // What was given up keeps its rows: the way back is as long.
    let rows = red(h.keys("G"));
    let line = h.line(3);
    h.keys("gg").keys("G");
    assert_eq!((red(&mut h), h.line(3)), (rows, line));
}

#[test]
fn nobody_asks_for_what_is_not_drawn() {
    let mut h = Harness::new(&[("a.md", &page())]).size(100, 30);
    h.keys("<Enter>jjj");
    assert_eq!(asked(&mut h), 0);
    let mut h = h.view(|view| (view.images, view.linear) = (Images::Shown, true));
    h.keys("jjj");
    assert_eq!(asked(&mut h), 0);
}

#[test]
fn the_line_of_the_filter_moves_no_image() {
    let mut h = shown(&[("a.md", &page())]);
    h.keys("/shows<Enter>").keys("<Esc>").keys("10j");
    let before = (red(&mut h), h.line(10));
    h.effects();
    h.keys("\\");
    assert_eq!(red(&mut h).len(), before.0.len());
    h.keys("<Esc>");
    assert_eq!((red(&mut h), h.line(10), asked(&mut h)), (before.0, before.1, 0));
}

#[test]
fn a_terminal_that_was_given_away_gets_the_images_again() {
    let mut h = shown(&[("a.md", &page())]);
    h.keys("/shows<Enter>");
    h.effects();
    h.keys("<Ctrl-l>");
    assert_eq!((asked(&mut h), red(&mut h).len()), (1, 5));
    h.keys("R");
    assert!(asked(&mut h) >= 1, "its file may be another one");
}

#[test]
fn an_image_in_a_quotation_has_the_room_that_it_leaves() {
    let data = base64(&png(2000, 200, RED));
    for manner in [Manner::Blocks, Manner::Sixel, Manner::Kitty, Manner::Iterm2] {
        let mut h =
            Harness::new(&[("a.md", &format!("# A\n\n> > ![wide](data:image/png;base64,{data})\n"))]).size(100, 30);
        h = h.view(|view| {
            (view.images, view.screen) = (Images::Shown, Screen { manner, ..Screen::BLOCKS });
        });
        h.keys("<Enter>");
        let measure = h.state().geometry().text.width;
        let opened = h.state().reader.opened.as_ref().unwrap();
        let picture = (0..4).find_map(|id| opened.pictures.of(BlockId(id))).expect("the image");
        assert_eq!(picture.extent.0, measure - 4, "{manner:?}");
    }
}

/// The page begins with what an image is about before that has come, and with the image once it has; a page that was moved
/// past it stays where it is.
#[test]
fn a_page_begins_with_its_image() {
    let text = page();
    let mut h = shown(&[("a.md", &text)]);
    h.keys("/shows<Enter>").keys("<Esc>").keys("<Enter>");
    while red(&mut h).first().is_none_or(|row| *row > 3) {
        h.keys("j");
    }
    let first = red(&mut h)[0];
    // It is left, and found again.
    h.keys("q");
    let mut h = h.reopened().size(100, 30).view(|view| view.images = Images::Shown);
    h.keys("<Enter>");
    assert_eq!((red(&mut h).first(), red(&mut h).len()), (Some(&first), 5), "{}", h.screen());
    h.keys("jjjjj");
    assert!(red(&mut h).is_empty() && h.line(usize::from(first)).contains("what it shows"));
    h.resize(90, 30).resize(100, 30);
    assert!(red(&mut h).is_empty() && h.line(usize::from(first)).contains("what it shows"), "{}", h.screen());
}

#[test]
fn a_note_that_holds_an_image_names_it() {
    let data = base64(&png(200, 100, RED));
    let text = format!("# A\n\nText.[^1]\n\n[^1]: A note.\n\n    ![in the note](data:image/png;base64,{data})\n");
    let mut h = shown(&[("a.md", &text)]);
    h.keys("f1");
    assert!(h.screen().contains("[image: in the note]"), "{}", h.screen());
}

#[test]
fn an_image_that_is_none_stays_named_and_is_asked_for_once() {
    let mut h = shown(&[("a.md", "# A page\n\n![gone](nowhere.png)\n\nText.\n")]);
    assert!(h.screen().contains("[image: gone]"));
    h.effects();
    h.keys("jkjk");
    assert_eq!(asked(&mut h), 0);
}

#[test]
fn an_answer_for_another_document_is_dropped() {
    let mut h = shown(&[("a.md", &page()), ("b.md", "# Another\n\nText.\n")]);
    h.hold();
    h.keys("G");
    let held = h.take_held();
    let late = held.into_iter().find(|outcome| matches!(outcome, Outcome::Illustrated { .. }));
    h.release();
    h.keys("hj");
    if let Some(late) = late {
        h.outcome(late);
    }
    assert!(h.screen().contains("Another"));
    assert!(red(&mut h).is_empty());
    let opened = h.state().reader.opened.as_ref().unwrap();
    assert!((0..40).all(|id| opened.pictures.of(BlockId(id)).is_none()));
}

/// Pixels stand over whatever is drawn there: under a menu there are none.
#[test]
fn nothing_of_pixels_is_under_an_overlay() {
    let mut h = shown(&[("a.md", &page())]);
    h.keys("/shows<Enter>");
    assert_eq!(red(&mut h).len(), 5);
    let under = red(h.keys("?"));
    assert!(under.len() <= 5, "half blocks may show beside it");
    assert_eq!(red(h.keys("<Esc>")).len(), 5);
    h.mouse(MouseKind::WheelDown, 60, 10);
    assert!(!red(&mut h).is_empty());
}
