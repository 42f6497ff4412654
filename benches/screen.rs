//! One frame of a large screen: what a key costs after its meaning is known. The list stands for a library of 100,000
//! documents, the text for one of 10 MB; each figure stands beside the same work on small ones, which it should equal.
#![allow(clippy::panic)]

use std::{hint::black_box, time::Instant};

use ratatui::{buffer::Buffer, layout::Rect};
use recto::{
    app::{Config, Core, Looks, shelf::Shelf},
    doc::{Block, BlockId, DocId, Document, Kind, Meta},
    keymap::Keymap,
    library::Row,
    memory::ReadState,
    query::Query,
    state::{Chord, Event, Goal, Key, ListRow, Loaded, Outcome, State, Ticket, Wanted},
    text::{Marked, Safe},
    ui::Depth,
};

/// Rows made up from their numbers, in place of a catalogue.
struct Rows;

impl Shelf for Rows {
    fn list_rows(&self, ids: &[DocId]) -> Vec<(DocId, ListRow)> {
        let row = |id: &DocId| ListRow {
            title: Marked::plain(&format!("Document {} of a library that goes on and on", id.0)),
            date: Safe::from("2009"),
            minutes: Some(12),
            state: ReadState::Unread,
            ..ListRow::default()
        };
        ids.iter().map(|id| (*id, row(id))).collect()
    }

    fn row(&self, _: DocId) -> Option<Row> {
        None
    }

    fn find(&self, _goal: &Goal) -> Option<DocId> {
        None
    }
}

fn main() {
    println!("frame at 200x60, microseconds each      {:>9} {:>9}", "median", "p99");
    for (documents, bytes) in [(100, 10_000), (100_000, 10_000_000)] {
        let mut core = core(documents, bytes);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 60));
        let name = format!("{documents} documents, {} KB", bytes / 1000);
        let mut frame = |what: &str, chord: Chord| {
            let mut times = Vec::new();
            for n in 0..2_000u64 {
                let began = Instant::now();
                black_box(core.handle(Event::Key(chord), n));
                black_box(core.draw(&mut buffer));
                times.push(began.elapsed().as_secs_f64() * 1e6);
            }
            times.sort_by(f64::total_cmp);
            println!("  {name:<26} {what:<10} {:>9.0} {:>9.0}", times[times.len() / 2], times[times.len() * 99 / 100]);
        };
        frame("redraw", Chord::ctrl('l'));
        frame("row down", Chord::plain(Key::Down));
        frame("page", Chord::char(' '));
    }
}

fn core(documents: u32, bytes: usize) -> Core {
    let sentence = "The list shows real titles, and the words that were typed stand out in the text beside it. ";
    let paragraph = sentence.repeat(6);
    let blocks: Vec<Block> =
        (0..bytes / paragraph.len() + 1).map(|_| Block::new(Kind::Paragraph, paragraph.clone())).collect();
    let mut state = State { size: (200, 60), ..State::default() };
    state.list.ids = (0..documents).map(DocId).collect();
    state.reader.request.wanted = Some(Wanted { id: DocId(0), query: String::new(), whole: false });
    let keymap = Keymap::new(&[]).unwrap_or_else(|clash| panic!("{clash:?}"));
    let looks = Looks::new(&Config::default(), Depth::True, false);
    let mut core = Core::new(state, keymap, Box::new(Rows), looks);
    let loaded = Loaded {
        whole: false,
        ticket: Ticket(1),
        id: DocId(0),
        row: recto::jobs::Single::pipe(recto::formats::Source::memory("bench", Vec::new())).row,
        document: Ok(Document::held(Meta::default(), blocks)),
        place: Some(recto::doc::Anchor { block: BlockId(0), byte: 0 }),
        reading: ReadState::Unread,
        marks: Vec::new(),
        matcher: Query::parse("words typed").matcher(),
        hits: Default::default(),
        passage: None,
    };
    core.handle(Event::Outcome(Outcome::Loaded(Box::new(loaded))), 0);
    core
}
