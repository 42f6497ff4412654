//! Makes the images of documents ready for the screen: reads them, decodes them, and scales them to their room.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use anyhow::Result;

use super::collection::{Collection, Lookup};
use crate::{
    doc::Kind,
    picture::{Picture, decode},
    state::{Illustrated, Job, Outcome},
};

/// The worker that makes images ready.
pub struct Illustrator {
    lookup: Lookup,
}

impl Illustrator {
    /// For the images of a collection.
    pub fn new(collection: &Collection) -> Result<Illustrator> {
        Ok(Illustrator { lookup: collection.lookup()? })
    }

    /// Makes the images ready in the order asked for, and tells of each as soon as it is.
    pub fn perform(&self, job: &Job, alive: &dyn Fn() -> bool, tell: &dyn Fn(Outcome)) -> Result<()> {
        let Job::Illustrate { ticket, id, images, screen } = job else { return Ok(()) };
        let row = self.lookup.row(*id)?;
        for Illustrated { id, block, room } in images {
            if !alive() {
                break;
            }
            let Kind::Image { source } = &block.kind else { continue };
            let picture = || Picture::new(decode(&self.lookup.image(&row, source)?)?, *screen, *room);
            // A decoder that panics has met an image that can't be shown, as others can't.
            let picture = catch_unwind(AssertUnwindSafe(picture)).ok().and_then(Result::ok).map(Arc::new);
            tell(Outcome::Illustrated { ticket: *ticket, id: *id, picture });
        }
        Ok(())
    }
}
