//! The images of the document that is open, as the screen shows them. The page is shown without them first: those in view
//! and a little further on are asked for once they are seen, and what comes stays, within bounds.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use super::{Effect, Job, State, Ticket};
use crate::{
    doc::{Block, BlockId},
    picture::{Extent, Picture, Screen},
};

/// The images of a document.
#[derive(Debug, Default)]
pub struct Pictures {
    /// What they were made for: the room on the page, and the screen.
    made_for: Option<(Extent, Screen)>,
    /// Those that are ready.
    ready: HashMap<BlockId, Arc<Picture>>,
    /// The rows of those that are or were: nothing moves when one is given up.
    rows: Arc<BTreeMap<BlockId, usize>>,
    /// What is known not to be drawn: no image that is read, or none there.
    absent: HashSet<BlockId>,
    /// Those that have ever come, and those that came for the first time since it was last looked.
    seen: HashSet<BlockId>,
    fresh: Vec<BlockId>,
    /// The images about the page, as `app` has seen it.
    about: Vec<Illustrated>,
    /// The newest request, and the blocks that it is about.
    asked: Option<(Ticket, Vec<BlockId>)>,
}

/// A block that shows an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Illustrated {
    /// Which.
    pub id: BlockId,
    /// The block itself.
    pub block: Arc<Block>,
    /// The columns and rows that it has.
    pub room: Extent,
}

/// Images that are kept beside those about the page. A large one takes some megabytes.
const KEPT: usize = 16;

impl Pictures {
    /// Keeps what was made for this, and nothing else.
    pub fn make_for(&mut self, room: Extent, screen: Screen) {
        if self.made_for.replace((room, screen)) != Some((room, screen)) {
            self.lost();
            self.rows = Arc::default();
        }
    }

    /// The rows of those that are drawn.
    pub fn rows(&self) -> &Arc<BTreeMap<BlockId, usize>> {
        &self.rows
    }

    /// An image, if it is ready.
    pub fn of(&self, id: BlockId) -> Option<&Arc<Picture>> {
        self.ready.get(&id)
    }

    /// Notes the images about the page.
    pub fn look(&mut self, about: Vec<Illustrated>) {
        self.about = about;
    }

    /// Those that have come for the first time since this was asked.
    pub fn take_fresh(&mut self) -> Vec<BlockId> {
        std::mem::take(&mut self.fresh)
    }

    /// What has come, unless it is of a text that is no longer open, or made for another room.
    pub(super) fn came(&mut self, ticket: Ticket, id: BlockId, picture: Option<Arc<Picture>>) {
        if self.asked.as_ref().is_none_or(|(asked, _)| *asked != ticket) {
            return;
        }
        let Some(picture) = picture else {
            self.absent.insert(id);
            return;
        };
        if self.ready.len() >= KEPT {
            let about: HashSet<BlockId> = self.about.iter().map(|image| image.id).collect();
            self.ready.retain(|id, _| about.contains(id));
        }
        Arc::make_mut(&mut self.rows).insert(id, picture.extent.1);
        self.ready.insert(id, picture);
        if self.seen.insert(id) {
            self.fresh.push(id);
        }
    }

    /// The terminal has forgotten what it was sent.
    fn lost(&mut self) {
        self.ready.clear();
        self.asked = None;
    }

    /// The files of the images may have changed.
    pub(super) fn look_again(&mut self) {
        self.lost();
        self.absent.clear();
    }

    /// Those about the page that are to be asked for.
    fn wanted(&self) -> Vec<Illustrated> {
        let is_wanted = |image: &&Illustrated| !self.ready.contains_key(&image.id) && !self.absent.contains(&image.id);
        self.about.iter().filter(is_wanted).cloned().collect()
    }
}

impl State {
    /// Asks for the images about the page. It is called once the page is laid out.
    pub fn illustrate(&mut self) -> Option<Effect> {
        let opened = self.reader.opened.as_ref()?;
        let (id, pictures) = (opened.id, &opened.pictures);
        let images = pictures.wanted();
        let is_asked = |id: &BlockId| pictures.asked.as_ref().is_some_and(|(_, ids)| ids.contains(id));
        if images.iter().all(|image| is_asked(&image.id)) {
            return None;
        }
        let ticket = self.next_ticket();
        let screen = self.view.screen;
        let pictures = &mut self.reader.opened.as_mut()?.pictures;
        pictures.asked = Some((ticket, images.iter().map(|image| image.id).collect()));
        Some(Effect::Job(Job::Illustrate { ticket, id, images, screen }))
    }

    /// The terminal has forgotten the images that it was sent.
    pub fn lose_pictures(&mut self) {
        if let Some(opened) = &mut self.reader.opened {
            opened.pictures.lost();
        }
    }
}
