//! Says why documents were found, for the rows of the list. It has a thread of its own and opens what it looks at by
//! itself: neither the search nor the text under the cursor waits for it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use anyhow::Result;

use super::collection::{Collection, Lookup};
use crate::{
    doc::DocId,
    query::{Matcher, Query},
    search::{self, Glance},
    state::{Job, Outcome},
};

/// The worker that explains rows.
pub struct Explainer {
    collection: Collection,
    /// Opened with the first request: the first frame does without.
    lookup: Option<Lookup>,
}

/// Answers are gathered for so long, so that a screenful of short documents is one of them.
const GATHER: Duration = Duration::from_millis(5);

impl Explainer {
    /// One for a collection's documents.
    pub fn new(collection: &Collection) -> Explainer {
        Explainer { collection: collection.clone(), lookup: None }
    }

    /// Looks at the documents in the order asked for, and tells what it has found while it goes on.
    pub fn perform(&mut self, job: &Job, alive: &dyn Fn() -> bool, tell: &dyn Fn(Outcome)) -> Result<()> {
        let Job::Explain { ticket, query, ids } = job else { return Ok(()) };
        let lookup = match &self.lookup {
            Some(lookup) => lookup,
            None => self.lookup.insert(self.collection.lookup()?),
        };
        let matcher = Query::parse(query).matcher();
        let tell = |rows| tell(Outcome::Explained { ticket: *ticket, query: query.clone(), rows });
        let (mut rows, mut told) = (Vec::new(), Instant::now());
        for id in ids {
            // What can't be read says so in its row; what has a defect says so when it is opened.
            let looked = catch_unwind(AssertUnwindSafe(|| look(lookup, *id, &matcher, alive)));
            let glance =
                looked.unwrap_or_else(|_| Ok(Some(Glance::default()))).unwrap_or_else(|_| Some(Glance::default()));
            let Some(glance) = glance else { break };
            rows.push((*id, glance));
            if told.elapsed() >= GATHER {
                tell(std::mem::take(&mut rows));
                told = Instant::now();
            }
        }
        if !rows.is_empty() {
            tell(rows);
        }
        Ok(())
    }
}

fn look(lookup: &Lookup, id: DocId, matcher: &Matcher, alive: &dyn Fn() -> bool) -> Result<Option<Glance>> {
    if !alive() {
        return Ok(None);
    }
    let row = lookup.row(id)?;
    if row.error.is_some() {
        return Ok(Some(Glance::default()));
    }
    let document = lookup.open(&row, false)?;
    let matcher = matcher.in_language(row.language.as_deref());
    Ok(search::glance(&document, (&row.title, row.author.as_deref()), &matcher, alive))
}
