//! The images of the document that is open, as the screen shows them. The page is shown without them first: those in view
//! and a little further on are asked for once they are seen, and what comes stays, within bounds.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use super::{Effect, Job, State, Ticket};
use crate::{
    doc::BlockId,
    picture::{Extent, Picture},
};

/// The images of a document.
#[derive(Debug, Default)]
pub struct Pictures {
    /// The room for which they were made.
    room: Extent,
    /// Those that can be drawn, and those that were and have no room any more.
    known: HashMap<BlockId, Option<Arc<Picture>>>,
    /// The rows of those that can be drawn.
    rows: Arc<BTreeMap<BlockId, usize>>,
    /// What is known not to be drawn: no image that is read, or none there.
    absent: HashSet<BlockId>,
    /// Images about the page that are not there, as `app` has seen it: where they are.
    pub unknown: Vec<(BlockId, String)>,
    /// The newest request, and the blocks that it is about.
    asked: Option<(Ticket, Vec<BlockId>)>,
}

/// Images that are kept: what a long page shows, and a few to go back to. A large one takes some megabytes.
const KEPT: usize = 16;

impl Pictures {
    /// Keeps what was made for this room, and nothing else.
    pub fn within(&mut self, room: Extent) {
        if self.room != room {
            *self = Pictures { room, ..Pictures::default() };
        }
    }

    /// The rows of those that are drawn.
    pub fn rows(&self) -> &Arc<BTreeMap<BlockId, usize>> {
        &self.rows
    }

    /// An image, if it is there.
    pub fn of(&self, id: BlockId) -> Option<&Arc<Picture>> {
        self.known.get(&id)?.as_ref()
    }

    /// Whether it is still to be asked for.
    pub fn wants(&self, id: BlockId) -> bool {
        self.of(id).is_none() && !self.absent.contains(&id)
    }

    /// What has come, unless it is of a text that is no longer open, or for another room.
    pub(super) fn came(&mut self, ticket: Ticket, id: BlockId, picture: Option<Arc<Picture>>) {
        let Some((_, asked)) = self.asked.as_ref().filter(|(asked, _)| *asked == ticket) else { return };
        let Some(picture) = picture else {
            self.absent.insert(id);
            return;
        };
        if self.known.values().flatten().count() >= KEPT {
            // Their rows stay, so that nothing moves.
            self.known.iter_mut().filter(|(id, _)| !asked.contains(id)).for_each(|(_, picture)| *picture = None);
        }
        Arc::make_mut(&mut self.rows).insert(id, picture.extent.1);
        self.known.insert(id, Some(picture));
    }

    /// The terminal has forgotten what it was sent.
    fn lost(&mut self) {
        self.known.values_mut().for_each(|picture| *picture = None);
        self.asked = None;
    }
}

impl State {
    /// Asks for the images about the page. It is called once the page is laid out.
    pub fn illustrate(&mut self) -> Option<Effect> {
        let opened = self.reader.opened.as_ref()?;
        let (id, pictures) = (opened.id, &opened.pictures);
        let is_asked = |id: &BlockId| pictures.asked.as_ref().is_some_and(|(_, ids)| ids.contains(id));
        if pictures.unknown.iter().all(|(id, _)| is_asked(id)) {
            return None;
        }
        let ticket = self.next_ticket();
        let pictures = &mut self.reader.opened.as_mut()?.pictures;
        let images = std::mem::take(&mut pictures.unknown);
        pictures.asked = Some((ticket, images.iter().map(|(id, _)| *id).collect()));
        let room = pictures.room;
        Some(Effect::Job(Job::Illustrate { ticket, id, images, room }))
    }

    /// The terminal was given away, and has forgotten the images that it was sent.
    pub fn lose_pictures(&mut self) {
        if let Some(opened) = &mut self.reader.opened {
            opened.pictures.lost();
        }
    }
}
