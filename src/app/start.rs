//! From the options to the first frame. The list is there in the first frame, from the saved catalogue; whatever takes
//! longer than a moment (the index, the scan) starts behind it.

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, mpsc::channel},
};

use anyhow::Result;

use super::{
    Folders, Looks,
    core::Core,
    looks::THEME,
    opening::{self, Opening, Options},
    panics,
    run::{End, Program, outbox},
    shelf::{LibraryShelf, Shelf, SingleShelf},
    signals::{self, Signals},
    terminal::{self, Abilities, Modes, Session},
};
use crate::{
    formats::Source,
    jobs::{
        self, Collection, Explainer, Illustrator, Indexer, Jobs, Keeper, Loader, OpenLibrary, Outbox, Pace, Searcher,
        Single, Spool, Workers,
    },
    library::{Store, WalkOptions},
    memory::{LibraryState, Memory},
    picture::{Manner, Screen, Wanted},
    search::Order,
    state::{Effect, Focus, Images, State, View},
    text::Safe,
    ui::Depth,
};

/// Runs recto on the terminal until the reader leaves.
pub fn run(options: Options) -> Result<ExitCode> {
    // Asked before anything else reads from the terminal.
    let depth = depth();
    let light = if depth > Depth::None { terminal::is_light() } else { None };
    let Abilities { screen, graphemes } = terminal::abilities(options.config.images, light.is_some());
    // What has no colours, or sixteen of anybody's choice, shows no image in them.
    let shows = depth > if screen.manner == Manner::Blocks { Depth::Sixteen } else { Depth::None };
    let sight = Sight { light: light == Some(true), screen: shows.then_some(screen) };
    let mut parts = Parts::new(&options, &sight)?;
    parts.graphemes = graphemes;
    parts.core.state.view.theme.name = theme(&options);
    show(parts)
}

/// Shows what there is on the terminal until the reader leaves. The terminal is given back on every way out.
pub fn show(parts: Parts) -> Result<ExitCode> {
    let end = panics::held_back(|| {
        let Parts { mut core, workers, start_spool, first, graphemes } = parts;
        let (sender, events) = channel();
        let outbox = outbox(&sender);
        // First of all: a signal that came between would end us with the terminal in our modes.
        let signals = Signals::listen(sender.clone())?;
        let modes = Modes { mouse: core.state.view.mouse, bidi: core.state.view.bidi, graphemes };
        let session = Session::enter(modes)?;
        core.state.size = session.size()?;
        let jobs = Jobs::start(workers, &outbox);
        if let Some(start) = start_spool {
            start(outbox);
        }
        Program::new(core, session, signals, jobs, (sender, events)).run(first)
    })?;
    if let End::Signal(number) = end {
        signals::die(number);
    }
    Ok(ExitCode::SUCCESS)
}

/// What the terminal has told of itself.
struct Sight {
    /// Its ground is light.
    light: bool,
    /// How it shows images, if it does.
    screen: Option<Screen>,
}

/// What the first frame and the loop are made of.
pub struct Parts {
    /// What is shown.
    pub core: Core,
    /// Who works for it.
    pub workers: Workers,
    /// Goes on reading what is piped in.
    pub start_spool: Option<Box<dyn FnOnce(Outbox)>>,
    /// What is asked for at first.
    pub first: Vec<Effect>,
    /// The terminal is to count columns by graphemes.
    pub graphemes: bool,
}

impl Parts {
    fn new(options: &Options, sight: &Sight) -> Result<Parts> {
        match &options.opening {
            Opening::Library { roots, name } => Parts::library(options, sight, roots, name),
            Opening::File(path) => {
                let single = Single::file(path, &options.config.hints())?;
                Parts::single(options, sight, single, None)
            }
            Opening::Pipe => {
                let (spool, start) = Spool::start(std::io::stdin())?;
                let mut source = Source::new("standard input", Arc::new(spool));
                source.terminal = true;
                let mut parts = Parts::single(options, sight, Single::pipe(source), Some(Box::new(start)))?;
                parts.core.state.view.pager = true;
                Ok(parts)
            }
        }
    }

    fn library(options: &Options, sight: &Sight, roots: &[PathBuf], name: &str) -> Result<Parts> {
        let (store, warning) = opening::open_store(&options.folders, roots)?;
        let store = store.hinted(options.config.hints());
        let root = key(&store);
        let (memory, trouble) = memory(&options.folders);
        let kept = memory.as_ref().and_then(|memory| memory.library(&root).ok().flatten()).unwrap_or_default();
        let history = memory.as_ref().and_then(|memory| memory.queries(&root, 500).ok()).unwrap_or_default();
        let saved = memory.as_ref().and_then(|memory| memory.filters().ok()).unwrap_or_default();
        let shelf = LibraryShelf::new(&store, memory)?;
        let mut state = state(options, sight, name);
        state.library.roots = store.roots().iter().map(|root| root.path.clone()).collect();
        state.filter.history = history;
        state.filter.saved.filters = saved;
        restore(&mut state, &shelf, &kept, options.config.order)?;
        if let Some(trouble) = warning.or(trouble) {
            state.complain(trouble);
        }
        let collection = Collection::Library(store.clone());
        let another = || self::memory(&options.folders).0;
        let workers = Workers {
            loader: Loader::new(&collection, another())?,
            explainer: Explainer::new(&collection),
            illustrator: Illustrator::new(&collection)?,
            keeper: Keeper::new(another(), root),
            library: Some(library(store, another(), options)),
            patience: jobs::SAVED,
        };
        let mut first = state.begin();
        if state.filter.order.whole != Order::Path {
            first.extend(state.ask_again());
        }
        Ok(Parts {
            core: core(options, sight, state, Box::new(shelf)),
            workers,
            start_spool: None,
            first,
            graphemes: false,
        })
    }

    fn single(
        options: &Options,
        sight: &Sight,
        single: Single,
        start_spool: Option<Box<dyn FnOnce(Outbox)>>,
    ) -> Result<Parts> {
        let mut state = state(options, sight, &single.row.title);
        state.view.single = true;
        state.focus = Focus::Text;
        state.list.ids = vec![single.row.id].into();
        let keep = || if single.kept { memory(&options.folders).0 } else { None };
        let single = Box::new(single.clone());
        let collection = Collection::Single(single.clone());
        let workers = Workers {
            loader: Loader::new(&collection, keep())?,
            explainer: Explainer::new(&collection),
            illustrator: Illustrator::new(&collection)?,
            keeper: Keeper::new(keep(), PathBuf::new()),
            library: None,
            patience: jobs::SAVED,
        };
        let first = state.begin();
        Ok(Parts {
            core: core(options, sight, state, Box::new(SingleShelf(single))),
            workers,
            start_spool,
            first,
            graphemes: false,
        })
    }
}

fn core(options: &Options, sight: &Sight, state: State, shelf: Box<dyn Shelf>) -> Core {
    let looks = Looks::new(&options.config, depth(), sight.light);
    Core::new(state, options.config.keymap(), shelf, looks)
}

fn depth() -> Depth {
    Depth::from_environment(|name| std::env::var(name).ok())
}

/// The workers of a library. The index is opened on their thread: it takes longer than a frame.
fn library(store: Store, memory: Option<Memory>, options: &Options) -> OpenLibrary {
    let (all, ask_above) = (options.all, options.config.ask_above);
    Box::new(move || {
        let index = crate::jobs::open_index(&store)?;
        let searcher = Searcher::new(&store, index.clone(), memory)?;
        let mut indexer = Indexer::new(&store, index, WalkOptions { all }, Pace::Considerate)?;
        indexer.ask_above(ask_above);
        Ok((searcher, indexer))
    })
}

/// The theme that was chosen on the screen since it was set, if there still is one, else the one that is set.
fn theme(options: &Options) -> String {
    let set = &options.config.theme;
    let memory = Memory::open_if_there(&options.folders.data).ok().flatten();
    let chosen = memory.and_then(|memory| memory.choice(THEME, set).ok().flatten());
    chosen.filter(|name| options.config.themes.names().any(|known| known == name)).unwrap_or_else(|| set.clone())
}

/// The memory; without one recto still reads, and says why nothing is remembered.
fn memory(folders: &Folders) -> (Option<Memory>, Option<String>) {
    match Memory::open(&folders.data) {
        Ok(memory) => {
            let why = memory.read_only().map(|why| format!("nothing is remembered: {why}"));
            (Some(memory), why)
        }
        Err(error) => (None, Some(format!("nothing is remembered: {error:#}"))),
    }
}

/// What a library is remembered by.
fn key(store: &Store) -> PathBuf {
    match store.roots() {
        [root] => root.path.clone(),
        _ => store.dir.clone(),
    }
}

fn state(options: &Options, sight: &Sight, name: &str) -> State {
    let config = &options.config;
    let view = View {
        measure: config.measure,
        justify: config.justify,
        smooth: config.smooth,
        ascii: config.ascii,
        bidi: config.bidi,
        linear: config.linear || options.linear,
        mouse: config.mouse,
        fold_copies: config.fold_copies,
        screen: sight.screen.unwrap_or(Screen::BLOCKS),
        images: match (sight.screen, config.images) {
            (None, _) => Images::Never,
            (_, Wanted::Hidden) => Images::Hidden,
            (Some(_), _) => Images::Shown,
        },
        ..View::default()
    };
    let mut state = State { view, ..State::default() };
    state.library.name = Safe::line(name);
    state
}

/// The list as it was left.
fn restore(state: &mut State, shelf: &LibraryShelf, kept: &LibraryState, order: Order) -> Result<()> {
    let catalogue = shelf.catalogue();
    state.filter.order.whole = kept.order.as_deref().and_then(Order::named).unwrap_or(order);
    // The saved order is read in no time. There is none when the first scan was cut short: then what it found is sorted.
    let mut ids = catalogue.order(state.filter.order.whole.name())?;
    if ids.is_none() {
        ids = catalogue.order(Order::Path.name())?;
    }
    let ids = match ids {
        Some(ids) => ids,
        None => catalogue.ids()?.into(),
    };
    state.library.progress.total = ids.len();
    state.library.progress.indexed = ids.len();
    state.library.progress.scanning = true;
    let selected = match &kept.selected {
        Some((path, entry)) => catalogue.find_path(path, entry.as_deref())?,
        None => None,
    };
    if state.view.fold_copies {
        state.list.copies = catalogue.copies()?.into();
    }
    state.list.take(ids, selected);
    if selected.is_some_and(|id| state.list.move_to_id(id)) {
        state.list.top = state.list.cursor.saturating_sub(kept.scroll);
    }
    Ok(())
}
