//! Before a draw: reads what is in view, and only that, into the state. Rows of the list come from the catalogue by their
//! ids (a read of well under a millisecond), the page from the layout, hits from the matcher over the blocks on the page.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{overlay, shelf::Shelf, sight};
use crate::{
    doc::{Anchor, BlockId, DocId, Kind},
    layout::{self, Hit, Hyphens, Page, Place, Setting, Stretch, Viewport, mark, paint, select},
    state::{Around, Goal, Illustrated, Images, ListRow, Motion, Opened, Overlay, Progress, Reader, Selection, State},
    syntax::{Syntax, Tokens},
    text::Marked,
};

/// What is kept between frames, so that a frame reads little.
#[derive(Default)]
pub(super) struct Filler {
    viewport: Option<Viewport>,
    rows: HashMap<DocId, ListRow>,
    /// Around which document the details name others.
    around: Option<DocId>,
}

/// Rows kept; a screen shows a hundred at most.
const KEPT_ROWS: usize = 4_000;

impl Filler {
    /// Fills the window of the list and the page.
    pub(super) fn fill(&mut self, state: &mut State, shelf: &dyn Shelf) {
        let shown = state.geometry();
        if shown.list.height > 0 {
            state.list.show_cursor(shown.rows());
            self.fill_list(state, shelf, shown.list.height.div_ceil(shown.lines));
        }
        if std::mem::take(&mut state.reader.request.came) {
            self.viewport = None;
        }
        let mut setting = Setting {
            measure: shown.text.width.max(1),
            beyond: shown.beyond(),
            wrap: state.view.pager,
            sideways: state.view.sideways,
            moves: true,
            // Bars and rules have names that are long to listen to.
            ascii: state.view.ascii || state.view.linear,
            justify: state.view.justify,
            bidi: state.view.bidi,
            hyphens: Hyphens::of(state.reader.opened.as_ref().and_then(language)),
            pictures: Arc::default(),
        };
        let draws = state.view.images == Images::Shown && !state.view.linear;
        // A line is left for what the image is about, and one for that of the filter, so that none is made again for it.
        let rows = (shown.text.height + shown.filter.height).saturating_sub(2);
        if let Some(opened) = state.reader.opened.as_mut().filter(|_| draws) {
            if shown.text.height > 0 {
                opened.pictures.make_for((setting.measure, rows), state.view.screen);
            }
            setting.pictures = opened.pictures.rows().clone();
        }
        if let (Some(Motion::Show(at)), Some(Opened { document: Ok(document), .. })) =
            (state.reader.motion, &state.reader.opened)
        {
            state.view.sideways = sight::sideways(document, at, &setting);
            setting.sideways = state.view.sideways;
        }
        begin_with_image(&mut state.reader);
        self.fill_page(&mut state.reader, shown.text.height, &setting);
        if shown.text.height > 0 {
            look_for_images(&mut state.reader, rows, &setting, draws);
        }
        self.fill_around(state, shelf);
        overlay::fill(state, shelf, &setting);
        state.filled();
    }

    /// Forgets rows that have changed. At the end of a scan any may have: what tells equal titles apart is found then.
    pub(super) fn forget(&mut self, progress: &Progress) {
        self.around = None;
        if !progress.scanning || progress.others {
            self.rows.clear();
        }
        for id in &progress.changed {
            self.rows.remove(id);
        }
    }

    /// Forgets the layout: the text has grown.
    pub(super) fn grown(&mut self) {
        if let Some(viewport) = &mut self.viewport {
            viewport.refresh();
        }
    }

    fn fill_list(&mut self, state: &mut State, shelf: &dyn Shelf, rows: usize) {
        let end = (state.list.top + rows).min(state.list.ids.len());
        let ids = state.list.ids.get(state.list.top..end).unwrap_or_default();
        let missing: Vec<DocId> = ids.iter().copied().filter(|id| !self.rows.contains_key(id)).collect();
        if !missing.is_empty() {
            if self.rows.len() > KEPT_ROWS {
                self.rows.clear();
            }
            self.rows.extend(shelf.list_rows(&missing));
        }
        // What was read in this session is known before it is saved.
        if let Some(opened) = &state.reader.opened
            && let Some(row) = self.rows.get_mut(&opened.id)
        {
            row.state = opened.reading;
        }
        let rows = ids.iter().map(|id| {
            let row = self.rows.get(id).cloned().unwrap_or_default();
            explained(ListRow { copies: state.list.copies.of(*id).len(), ..row }, *id, state)
        });
        state.list.rows = rows.collect();
    }

    /// Where the copies of the open document lie and what it answers, while its details are shown.
    fn fill_around(&mut self, state: &mut State, shelf: &dyn Shelf) {
        let Some(opened) =
            state.reader.opened.as_mut().filter(|_| matches!(state.overlay, Some(Overlay::Details { .. })))
        else {
            self.around = None;
            return;
        };
        // One that was read again has lost them.
        if self.around.replace(opened.id) != Some(opened.id) || opened.around == Around::default() {
            let others = state.list.copies.of(opened.id).iter().filter(|id| **id != opened.id);
            let answers = opened.document.as_ref().ok().and_then(|document| document.meta.answers.last());
            let goal = answers.map(|name| Goal::Named { name: name.clone(), from: opened.row.path.clone() });
            opened.around = Around {
                copies: others.filter_map(|id| shelf.row(*id)).map(|row| row.path).collect(),
                answered: goal.and_then(|goal| shelf.row(shelf.find(&goal)?)).map(|row| row.title),
            };
        }
    }

    fn fill_page(&mut self, reader: &mut Reader, height: usize, setting: &Setting) {
        let document = reader.shown().and_then(|opened| opened.document.as_ref().ok());
        let Some(body) = document.map(|document| document.body.clone()) else {
            reader.page = Page::default();
            reader.motion = None;
            return;
        };
        // A text that is not on the screen is moved once it is, when its height is known.
        if height == 0 {
            return;
        }
        let viewport = self.viewport.get_or_insert_with(|| Viewport::new(body.clone()));
        if let Some(motion) = reader.motion.take() {
            reader.top = moved(viewport, reader.top, motion, height, setting);
        }
        reader.page = viewport.page(reader.top, height, setting);
        if let Some(selection) = &mut reader.selection
            && let Some(step) = selection.step.take()
        {
            selection.step(step, &*body, &reader.page.rows);
            reader.top = viewport.reveal(reader.top, selection.tip(&*body), height, setting);
            reader.page = viewport.page(reader.top, height, setting);
        }
        color(reader);
        light_up(reader);
        show_selected(reader);
    }
}

/// The language of a document: what it says itself, else what it was recognised as.
fn language(opened: &Opened) -> Option<&str> {
    let own = opened.document.as_ref().ok().and_then(|document| document.meta.language.as_deref());
    own.or(opened.row.language.as_deref())
}

/// A row with why its document was found, as far as that is known.
fn explained(row: ListRow, id: DocId, state: &State) -> ListRow {
    if !state.list.explained.wanted() {
        return row;
    }
    let title = row.title.text();
    let marks = state.list.explained.matcher.in_language(row.language.as_deref()).title_hits(title);
    let title = Marked::new(title, &marks, (false, false));
    let mut why = state.list.explained.shown(state.filter.lit(), id).cloned();
    // More of the text that is open was looked through than its row is worth.
    let open = state.reader.opened.as_ref().filter(|opened| opened.id == id && !state.reader.request.pending);
    if let (Some(why), Some(Opened { hits, .. })) = (&mut why, open)
        && (hits.complete || hits.at.len() > why.hits)
    {
        (why.hits, why.complete) = (hits.at.len(), hits.complete);
    }
    ListRow { title, why, ..row }
}

/// Where the page begins after a motion.
fn moved(viewport: &mut Viewport, top: Place, motion: Motion, height: usize, setting: &Setting) -> Place {
    match motion {
        Motion::Rows(rows) => viewport.scroll(top, rows, height, setting),
        Motion::Pages(pages) => viewport.turn(top, pages, height, setting),
        Motion::Start => viewport.start(setting),
        Motion::Begin(block) => viewport.begin(block, height, setting),
        Motion::End => viewport.end(height, setting),
        Motion::Fraction(fraction) => viewport.at_fraction(fraction, height, setting),
        Motion::Show(anchor) => viewport.reveal(top, anchor, height, setting),
        Motion::To(anchor) => viewport.settle(Place { anchor, lead: 0 }, height, setting),
        Motion::Stay => viewport.settle(top, height, setting),
    }
}

/// Gives the words of programs on the page what they are, and notes the blocks of which that is not known.
fn color(reader: &mut Reader) {
    let Some(Opened { document: Ok(document), painted, .. }) = &mut reader.opened else { return };
    painted.unknown.clear();
    let mut of: Option<(BlockId, Option<Tokens>)> = None;
    for row in reader.page.rows.iter_mut().filter(|row| !row.gap) {
        if of.as_ref().is_none_or(|(id, _)| *id != row.block) {
            let block = document.body.block(row.block).filter(|block| Syntax::is_for(block));
            let tokens = block.as_ref().and_then(|block| painted.of(row.block, block)).cloned();
            if let (Some(block), None) = (block, &tokens) {
                painted.unknown.push((row.block, block));
            }
            of = Some((row.block, tokens));
        }
        if let Some((_, Some(tokens))) = &of {
            paint(row, tokens);
        }
    }
}

/// A page that begins with what an image is about begins with the image once that is there; and the hit at which the reader
/// stands stays in sight when one comes above it.
fn begin_with_image(reader: &mut Reader) {
    let Some(opened) = &mut reader.opened else { return };
    let (fresh, top) = (opened.pictures.take_fresh(), reader.top);
    if fresh.contains(&top.anchor.block) && top.anchor.byte == 0 && top.lead == 0 {
        reader.motion.get_or_insert(Motion::Begin(top.anchor.block));
    }
    let holds =
        |hit: Anchor| reader.page.rows.iter().any(|row| row.block == hit.block && row.range.contains(&hit.byte));
    if let Some(hit) = reader.seek.current.filter(|hit| !fresh.is_empty() && holds(*hit)) {
        reader.motion.get_or_insert(Motion::Show(hit));
    }
}

/// Blocks before and after the page in which images are looked for, so that most of them are there when they are seen; and
/// how many of them on either side, because a photograph takes a tenth of a second.
const AHEAD: usize = 16;
const AT_HAND: usize = 3;

/// Notes the images about the page, of which each may have so many rows.
fn look_for_images(reader: &mut Reader, rows: usize, setting: &Setting, draws: bool) {
    let Some(Opened { document: Ok(document), pictures, .. }) = &mut reader.opened else { return };
    let page = &reader.page.rows;
    // A text that is read in windows is a plain one, and has none.
    let Some((first, last)) = page.first().zip(page.last()).filter(|_| draws && document.body.is_held()) else {
        return pictures.look(Vec::new());
    };
    let body = &document.body;
    let ids = std::iter::successors(Some(first.block), |id| body.next(*id).filter(|next| next > id));
    let (seen, after) = (ids.clone().take_while(|id| *id <= last.block), ids.skip_while(|id| *id <= last.block));
    let before = std::iter::successors(body.prev(first.block), |id| body.prev(*id).filter(|prev| prev < id));
    let image = |id: BlockId| {
        let block = body.block(id).filter(|block| matches!(block.kind, Kind::Image { .. }))?;
        Some(Illustrated { id, room: (layout::room(&block, setting), rows), block })
    };
    let (after, before) = (after.take(AHEAD).filter_map(image), before.take(AHEAD).filter_map(image));
    let seen = seen.take(page.len()).filter_map(image);
    pictures.look(seen.chain(after.take(AT_HAND)).chain(before.take(AT_HAND)).collect());
}

/// Shows what is selected.
fn show_selected(reader: &mut Reader) {
    let Some(Stretch { start, end }) = reader.selection.as_ref().map(Selection::stretch) else { return };
    for row in reader.page.rows.iter_mut().filter(|row| !row.gap && (start.block..=end.block).contains(&row.block)) {
        let from = if row.block == start.block { start.byte } else { 0 };
        let to = if row.block == end.block { end.byte } else { usize::MAX };
        select(row, &(from..to));
    }
}

/// The parts of a block's text that light up.
type Lit = Vec<(Range<usize>, Hit)>;

/// Marks the hits on the page: of the find while one stands, else of the filter.
fn light_up(reader: &mut Reader) {
    let Some(Opened { document: Ok(document), matcher, .. }) = &reader.opened else { return };
    let matcher = reader.seek.find.as_ref().map_or(matcher, |find| &find.matcher);
    if matcher.is_empty() {
        return;
    }
    let mut of: Option<(BlockId, Lit)> = None;
    for row in reader.page.rows.iter_mut().filter(|row| !row.gap) {
        if of.as_ref().is_none_or(|(id, _)| *id != row.block) {
            let Some(block) = document.body.block(row.block) else { continue };
            let hits = matcher.hits(&block.text, &block.passages()).into_iter().map(|hit| {
                let at = Anchor { block: row.block, byte: hit.range.start };
                let kind = if reader.seek.current == Some(at) { Hit::Current } else { Hit::Hit };
                (hit.range, kind)
            });
            of = Some((row.block, hits.collect()));
        }
        if let Some((_, hits)) = &of {
            mark(row, hits);
        }
    }
}
