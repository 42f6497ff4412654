//! recto without a terminal and without threads: keys in, screen out. The real [`Core`], state, catalogue, index and
//! memory, in a folder that is thrown away; jobs are performed in line, as soon as they are asked for or when the test
//! says so, and the clock goes on when the test says so. What is drawn is read from a ratatui buffer.

use std::{cell::RefCell, collections::VecDeque, fs, path::Path, sync::Arc};

use ratatui::{buffer::Buffer, layout::Rect, style::Color};
use recto::{
    app::{
        Config, Core, Looks,
        shelf::{LibraryShelf, Shelf, SingleShelf},
    },
    formats::Source,
    jobs::{Collection, Explainer, Illustrator, Indexer, Keeper, Loader, Pace, Painter, Searcher, Single, open_index},
    keymap::Keymap,
    library::{Store, WalkOptions},
    memory::{LibraryState, Memory},
    search::Order,
    state::{Chord, Effect, Event, Focus, Job, Key, Mouse, MouseKind, Outcome, Save, State},
    text::Safe,
    ui::Depth,
};

/// recto as a test uses it.
pub struct Harness {
    pub core: Core,
    workers: Workers,
    dir: Arc<tempfile::TempDir>,
    now: u64,
    /// Everything that was asked of `app`, in order.
    effects: Vec<Effect>,
    copied: Option<String>,
    /// Outcomes that wait to be released; `None` while they are delivered at once.
    held: Option<VecDeque<Outcome>>,
}

struct Workers {
    loader: Loader,
    explainer: Explainer,
    illustrator: Illustrator,
    keeper: Keeper,
    painter: Painter,
    library: Option<(Searcher, Indexer)>,
}

impl Harness {
    /// A library of files, by name and text, that was indexed before; at 80x24.
    pub fn new(files: &[(&str, &str)]) -> Harness {
        let mut harness = Harness::unscanned(files);
        harness.perform(&Job::Rescan);
        harness.reopened()
    }

    /// A library that was never opened before. [`Harness::scan`] reads it.
    pub fn unscanned(files: &[(&str, &str)]) -> Harness {
        let dir = Arc::new(tempfile::tempdir().unwrap());
        fs::create_dir(dir.path().join("articles")).unwrap();
        for (name, text) in files {
            write(&dir, name, text);
        }
        Harness::open(dir, Depth::True)
    }

    /// One document opened by name.
    pub fn single(name: &str, text: &str) -> Harness {
        let dir = Arc::new(tempfile::tempdir().unwrap());
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        Harness::alone(dir, Single::file(&path, &Arc::default()).unwrap())
    }

    /// A text that was piped in.
    pub fn pipe(text: &str) -> Harness {
        let mut source = Source::new("standard input", Arc::new(text.as_bytes().to_vec()));
        source.terminal = true;
        Harness::alone(Arc::new(tempfile::tempdir().unwrap()), Single::pipe(source))
    }

    /// recto started again on the same folders.
    pub fn reopened(self) -> Harness {
        self.depth(Depth::True)
    }

    /// recto started again by somebody who has not read anything.
    pub fn fresh(self) -> Harness {
        let data = self.dir.path().join("data");
        if data.exists() {
            fs::remove_dir_all(data).unwrap();
        }
        self.reopened()
    }

    /// The same on a terminal with another number of colours.
    pub fn depth(self, depth: Depth) -> Harness {
        let Harness { dir, core, workers, .. } = self;
        let size = core.state.size;
        drop((core, workers));
        Harness::open(dir, depth).size(size.0, size.1)
    }

    fn open(dir: Arc<tempfile::TempDir>, depth: Depth) -> Harness {
        let roots = [dir.path().join("articles")];
        let memory = || Memory::open(&dir.path().join("data")).unwrap();
        let store = Store::open(&dir.path().join("cache"), &roots).unwrap();
        let root = store.roots()[0].path.clone();
        let kept = memory().library(&root).unwrap().unwrap_or_default();
        let mut state = State::default();
        state.library.name = Safe::from("articles");
        state.library.roots = vec![root.clone()];
        state.filter.history = memory().queries(&root, 500).unwrap();
        state.filter.saved.filters = memory().filters().unwrap();
        let shelf = LibraryShelf::new(&store, Some(memory())).unwrap();
        restore(&mut state, &shelf, &kept);
        let index = open_index(&store).unwrap();
        let workers = Workers {
            loader: Loader::new(&Collection::Library(store.clone()), Some(memory())).unwrap(),
            explainer: Explainer::new(&Collection::Library(store.clone())),
            illustrator: Illustrator::new(&Collection::Library(store.clone())).unwrap(),
            keeper: Keeper::new(Some(memory()), root),
            painter: Painter::default(),
            library: Some((
                Searcher::new(&store, index.clone(), Some(memory())).unwrap(),
                Indexer::new(&store, index, WalkOptions { all: false }, Pace::Considerate).unwrap(),
            )),
        };
        Harness::started(dir, state, Box::new(shelf), workers, depth)
    }

    fn alone(dir: Arc<tempfile::TempDir>, single: Single) -> Harness {
        let mut state = State::default();
        state.library.name = Safe::line(&single.row.title);
        state.view.single = true;
        state.focus = Focus::Text;
        state.list.ids = vec![single.row.id].into();
        let memory = || single.kept.then(|| Memory::open(&dir.path().join("data")).unwrap());
        let workers = Workers {
            loader: Loader::new(&Collection::Single(Box::new(single.clone())), memory()).unwrap(),
            explainer: Explainer::new(&Collection::Single(Box::new(single.clone()))),
            illustrator: Illustrator::new(&Collection::Single(Box::new(single.clone()))).unwrap(),
            keeper: Keeper::new(memory(), Path::new("").into()),
            painter: Painter::default(),
            library: None,
        };
        Harness::started(dir, state, Box::new(SingleShelf(Box::new(single))), workers, Depth::True)
    }

    fn started(
        dir: Arc<tempfile::TempDir>,
        mut state: State,
        shelf: Box<dyn Shelf>,
        workers: Workers,
        depth: Depth,
    ) -> Harness {
        state.size = (80, 24);
        let mut first = state.begin();
        if !state.view.single && state.filter.order.whole != Order::Path {
            first.extend(state.ask_again());
        }
        let core = Core::new(state, Keymap::new(&[]).unwrap(), shelf, Looks::new(&Config::default(), depth, false));
        let mut harness = Harness { core, workers, dir, now: 0, effects: Vec::new(), copied: None, held: None };
        harness.carry_out(first);
        harness
    }

    /// Another size.
    pub fn size(mut self, columns: usize, rows: usize) -> Harness {
        self.resize(columns, rows);
        self
    }

    /// Asks before more bytes of text are indexed.
    pub fn ask_above(mut self, bytes: u64) -> Harness {
        self.workers.library.as_mut().unwrap().1.ask_above(bytes);
        self
    }

    /// Changes the looks as the config does.
    pub fn view(mut self, change: impl FnOnce(&mut recto::state::View)) -> Harness {
        change(&mut self.core.state.view);
        self
    }

    /// One of its folders.
    pub fn folder(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    /// What the state holds.
    pub fn state(&self) -> &State {
        &self.core.state
    }

    /// Types: characters as they are, other keys by name, `/integrity<Enter><Ctrl-r>`.
    pub fn keys(&mut self, keys: &str) -> &mut Harness {
        for chord in chords(keys) {
            self.event(Event::Key(chord));
        }
        self
    }

    /// Presses one key.
    pub fn press(&mut self, chord: Chord) -> &mut Harness {
        self.event(Event::Key(chord))
    }

    /// Something happens, with all that follows from it.
    pub fn event(&mut self, event: Event) -> &mut Harness {
        let effects = self.core.handle(event, self.now);
        self.carry_out(effects);
        self
    }

    pub fn resize(&mut self, columns: usize, rows: usize) -> &mut Harness {
        self.event(Event::Resize(columns, rows))
    }

    pub fn paste(&mut self, text: &str) -> &mut Harness {
        self.event(Event::Paste(text.to_owned()))
    }

    pub fn mouse(&mut self, kind: MouseKind, column: usize, row: usize) -> &mut Harness {
        self.event(Event::Mouse(Mouse { kind, column, row }))
    }

    /// Time goes by; what is due in it happens when it is due.
    pub fn wait(&mut self, milliseconds: u64) -> &mut Harness {
        let until = self.now + milliseconds;
        while let Some(at) = self.core.state.deadline().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.event(Event::Deadline);
            let next = self.core.state.deadline();
            assert!(next.is_none_or(|next| next > self.now), "what was due at {at} is due again at {next:?}");
        }
        self.now = until;
        self
    }

    /// Writes a file of the library, or another text into it.
    pub fn write(&mut self, name: &str, text: &str) -> &mut Harness {
        write(&self.dir, name, text);
        self
    }

    pub fn remove(&mut self, name: &str) -> &mut Harness {
        fs::remove_file(self.dir.path().join("articles").join(name)).unwrap();
        self
    }

    /// The files are looked at, as they are from time to time.
    pub fn scan(&mut self) -> &mut Harness {
        self.carry_out(vec![Effect::Job(Job::Rescan)]);
        self
    }

    /// From now on outcomes wait.
    pub fn hold(&mut self) -> &mut Harness {
        self.held.get_or_insert_default();
        self
    }

    /// What waits comes in the order in which it was asked for, and nothing waits any longer.
    pub fn release(&mut self) -> &mut Harness {
        let held = self.held.take().unwrap_or_default();
        held.into_iter().for_each(|outcome| self.outcome(outcome));
        self
    }

    /// Takes away what waits.
    pub fn take_held(&mut self) -> Vec<Outcome> {
        self.held.as_mut().map(std::mem::take).unwrap_or_default().into()
    }

    /// Delivers an outcome, whatever waits.
    pub fn outcome(&mut self, outcome: Outcome) {
        self.event(Event::Outcome(outcome));
    }

    /// What was asked of `app` since this was last called.
    pub fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The part of the text that was copied last.
    pub fn copied(&self) -> String {
        self.copied.clone().unwrap_or_default()
    }

    /// What of that was to be remembered.
    pub fn saved(&mut self) -> Vec<Save> {
        let saved = self.effects().into_iter().filter_map(|effect| match effect {
            Effect::Save(save) => Some(save),
            _ => None,
        });
        saved.collect()
    }

    /// What was asked of the state directly is carried out too.
    pub fn carry(&mut self, effects: Vec<Effect>) -> &mut Harness {
        self.carry_out(effects);
        self
    }

    /// Carries effects out as the run loop does: what is asked for is asked for, what is saved is saved at once.
    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut outcomes = Vec::new();
        for effect in effects {
            match &effect {
                Effect::Job(job) => outcomes.extend(self.perform(job)),
                Effect::Save(save) => {
                    for keep in self.core.keep(save.clone()) {
                        self.workers.keeper.perform(keep).unwrap();
                    }
                }
                Effect::CopyPart { stretch, quoted } => self.copied = self.core.part(stretch, *quoted),
                Effect::Follow { to, fragment } => {
                    let followed = self.core.follow(to, fragment.clone());
                    self.carry_out(followed);
                }
                _ => {}
            }
            self.effects.push(effect);
        }
        match &mut self.held {
            Some(held) => held.extend(outcomes),
            None => outcomes.into_iter().for_each(|outcome| self.outcome(outcome)),
        }
    }

    fn perform(&mut self, job: &Job) -> Vec<Outcome> {
        let alive = || true;
        match (job, &mut self.workers.library) {
            (Job::Search { .. }, Some((searcher, _))) => searcher.perform(job, &alive).unwrap().into_iter().collect(),
            (Job::Saved { .. }, Some((searcher, _))) => {
                let told = RefCell::new(Vec::new());
                searcher.perform_telling(job, &alive, &|outcome| told.borrow_mut().push(outcome)).unwrap();
                told.into_inner()
            }
            (Job::Rescan | Job::Index, Some((_, indexer))) => {
                if *job == Job::Index {
                    indexer.agree();
                }
                let told = RefCell::new(Vec::new());
                let tell = |progress| told.borrow_mut().push(Outcome::Library(progress));
                indexer.run(&[], &alive, &tell).unwrap();
                told.into_inner()
            }
            (Job::Load { .. } | Job::Find { .. }, _) => {
                self.workers.loader.perform(job, &alive).unwrap().into_iter().collect()
            }
            (Job::Explain { .. }, _) => {
                let told = RefCell::new(Vec::new());
                self.workers.explainer.perform(job, &alive, &|outcome| told.borrow_mut().push(outcome)).unwrap();
                told.into_inner()
            }
            (Job::Paint { .. }, _) => {
                let told = RefCell::new(Vec::new());
                self.workers.painter.perform(job, &alive, &|outcome| told.borrow_mut().push(outcome));
                told.into_inner()
            }
            (Job::Illustrate { .. }, _) => {
                let told = RefCell::new(Vec::new());
                self.workers.illustrator.perform(job, &alive, &|outcome| told.borrow_mut().push(outcome)).unwrap();
                told.into_inner()
            }
            (Job::Search { .. } | Job::Saved { .. } | Job::Rescan | Job::Index, None) => Vec::new(),
        }
    }

    /// A frame, and where its cursor is.
    pub fn draw(&mut self) -> (Buffer, Option<(u16, u16)>) {
        let (columns, rows) = self.core.state.size;
        let area = Rect::new(0, 0, u16::try_from(columns).unwrap(), u16::try_from(rows).unwrap());
        let mut buffer = Buffer::empty(area);
        let cursor = self.core.draw(&mut buffer);
        (buffer, cursor)
    }

    /// The screen as text, without the blanks at the ends of its lines.
    pub fn screen(&mut self) -> String {
        let lines: Vec<String> = lines(&self.draw().0).iter().map(|line| text(line)).collect();
        lines.join("\n")
    }

    /// One line of the screen.
    pub fn line(&mut self, row: usize) -> String {
        self.screen().lines().nth(row).unwrap_or_default().to_owned()
    }

    /// For who listens to the screen.
    pub fn linear(&mut self) -> &mut Harness {
        self.core.state.view.linear = true;
        self
    }

    /// Where the cursor is shown: column, row.
    pub fn cursor(&mut self) -> Option<(u16, u16)> {
        self.draw().1
    }

    /// The screen with a line of letters under each line that is not plain, and what the letters stand for.
    pub fn styled(&mut self) -> String {
        let (buffer, _) = self.draw();
        let mut looks: Vec<String> = Vec::new();
        let mut out = String::new();
        for line in lines(&buffer) {
            let mut letters = String::new();
            for cell in line {
                let look = look(cell);
                letters.push(match looks.iter().position(|l| *l == look) {
                    _ if look.is_empty() => ' ',
                    Some(at) => char::from(b'a' + at as u8),
                    None => {
                        looks.push(look);
                        char::from(b'a' + looks.len() as u8 - 1)
                    }
                });
            }
            out.push_str(&format!("{}\n", text(line)));
            if !letters.trim().is_empty() {
                out.push_str(&format!("{}\n", letters.trim_end()));
            }
        }
        for (at, look) in looks.iter().enumerate() {
            out.push_str(&format!("\n{}{look}", char::from(b'a' + at as u8)));
        }
        out
    }
}

/// The list as it was left, as `app` restores it.
fn restore(state: &mut State, shelf: &LibraryShelf, kept: &LibraryState) {
    let catalogue = shelf.catalogue();
    state.filter.order.whole = kept.order.as_deref().and_then(Order::named).unwrap_or(Order::Path);
    let saved = catalogue.order(state.filter.order.whole.name()).unwrap();
    let ids = saved.or_else(|| catalogue.order(Order::Path.name()).unwrap()).unwrap_or_default();
    let counts = catalogue.counts().unwrap();
    state.library.progress.total = ids.len();
    state.library.progress.indexed = ids.len();
    state.library.progress.unreadable = counts.unreadable as usize;
    state.library.progress.scanning = ids.is_empty();
    let selected =
        kept.selected.as_ref().and_then(|(path, entry)| catalogue.find_path(path, entry.as_deref()).unwrap());
    state.list.copies = catalogue.copies().unwrap().into();
    state.list.take(ids, selected);
    if selected.is_some_and(|id| state.list.move_to_id(id)) {
        state.list.top = state.list.cursor.saturating_sub(kept.scroll);
    }
}

fn write(dir: &tempfile::TempDir, name: &str, text: &str) {
    let path = dir.path().join("articles").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Keys from text: `<Name>` when there is a key of that name, else each character is itself.
pub fn chords(keys: &str) -> Vec<Chord> {
    let mut chords = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        match named.and_then(|(name, after)| Some((name.parse::<Chord>().ok()?, after))) {
            Some((chord, after)) if chord.key != Key::Char('<') => {
                chords.push(chord);
                rest = after;
            }
            _ => {
                chords.push(Chord::char(c));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    chords
}

type Cells<'a> = &'a [ratatui::buffer::Cell];

fn lines(buffer: &Buffer) -> Vec<Cells<'_>> {
    buffer.content.chunks(usize::from(buffer.area.width).max(1)).collect()
}

/// The text of a row: what stands behind a wide character is no cell of its own.
fn text(line: Cells<'_>) -> String {
    let mut out = String::new();
    let mut skip = 0;
    for cell in line {
        if skip == 0 {
            out.push_str(cell.symbol());
            skip = recto::text::width::width(cell.symbol()).max(1);
        }
        skip -= 1;
    }
    out.trim_end().to_owned()
}

/// How a cell looks, in words; nothing when it is plain.
fn look(cell: &ratatui::buffer::Cell) -> String {
    let colour = |name: &str, c: Color| if c == Color::Reset { String::new() } else { format!(" {name} {c}") };
    let mut look = colour("ink", cell.fg) + &colour("on", cell.bg);
    if !cell.modifier.is_empty() {
        look.push_str(&format!(" {:?}", cell.modifier).to_lowercase());
    }
    look
}

/// The rows as text, a line each.
pub fn text_of(rows: &[recto::layout::Row]) -> String {
    rows.iter().map(|row| row.text() + "\n").collect()
}
