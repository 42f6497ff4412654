//! Finds what resembles the documents that a query names. A document is opened for it, so what was found is kept while the
//! index stays as it is: each letter that is typed behind a `like:` costs no more than behind other words.

use std::{path::Path, sync::Arc};

use anyhow::{Context as _, Result};

use super::holdings::Holdings;
use crate::{
    doc::DocId,
    index::{Alive, Snapshot},
    library::Row,
    query::{Ask, Query},
    search::{self, Kin, Likeness},
};

/// How many are kept.
const KEPT: usize = 8;

/// What was found for the index as it is.
#[derive(Default)]
pub(super) struct Relatives {
    of: Option<Snapshot>,
    /// The newest last.
    known: Vec<Known>,
}

/// The relatives of one document.
struct Known {
    /// As the query names it.
    path: String,
    title: String,
    kin: Arc<Kin>,
}

impl Relatives {
    /// Gives the stock the relatives that a query asks for; a path without a document makes no sense in it. False if
    /// stopped.
    pub(super) fn find(&mut self, query: &mut Query, holdings: &mut Holdings, alive: Alive<'_>) -> Result<bool> {
        let snapshot = holdings.snapshot();
        if !self.of.as_ref().is_some_and(|of| of.is(&snapshot)) {
            self.known.clear();
            self.of = Some(snapshot);
        }
        let mut kin = Vec::new();
        for term in query.groups.iter_mut().flat_map(|group| &mut group.any) {
            let Ask::Like(path) = &term.ask else { continue };
            if let Some(known) = self.of(path) {
                kin.push((path.clone(), known.kin.clone()));
                continue;
            }
            let Some(row) = named(path, holdings)? else {
                term.ask = Ask::Wrong(format!("like: there is no document at {path}"));
                continue;
            };
            let Some(found) = relatives(&row, holdings, alive)? else { return Ok(false) };
            let found = Arc::new(found);
            kin.push((path.clone(), found.clone()));
            self.known.drain(..(self.known.len() + 1).saturating_sub(KEPT));
            self.known.push(Known { path: path.clone(), title: row.title, kin: found });
        }
        holdings.stock_mut().set_kin(kin);
        Ok(true)
    }

    /// What ties the documents that a query names to their relatives.
    pub(super) fn likenesses(&self, query: &Query) -> Vec<Likeness> {
        Likeness::all(query, |path| self.of(path).map(|known| (known.title.clone(), known.kin.words.clone())))
    }

    fn of(&self, path: &str) -> Option<&Known> {
        self.known.iter().find(|known| known.path == path)
    }
}

/// The document at a path, or at `path#entry` in a file that holds many.
fn named(name: &str, holdings: &Holdings) -> Result<Option<Row>> {
    let find = |path: &str, entry: Option<&str>| -> Result<Option<DocId>> {
        let mut id: Option<DocId> = None;
        for path in holdings.known().columns.whole(Path::new(path)) {
            id = id.or(holdings.catalogue.find_path(&path, entry)?);
        }
        Ok(id)
    };
    let id = match (find(name, None)?, name.rsplit_once('#')) {
        (None, Some((path, entry))) => find(path, Some(entry))?,
        (found, _) => found,
    };
    id.map_or(Ok(None), |id| holdings.catalogue.row(id))
}

fn relatives(row: &Row, holdings: &Holdings, alive: Alive<'_>) -> Result<Option<Kin>> {
    let document = holdings.opener.open(row).with_context(|| row.path.display().to_string())?;
    // A document does not resemble its copies: it is the same.
    let copies = holdings.catalogue.copies()?;
    let ids = if copies.of(row.id).is_empty() { std::slice::from_ref(&row.id) } else { copies.of(row.id) };
    search::kin(holdings.stock(), (ids, &row.title), &document, alive)
}
