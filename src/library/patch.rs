//! Orders after a few documents have changed: these are taken out and put where they belong now, and the rest stays. Sorting
//! 100,000 titles takes a second, and a person who saves one note should not wait for it.

use std::collections::HashSet;

use anyhow::Result;
use rusqlite::OptionalExtension as _;

use super::{
    apart::distinguish,
    catalogue::Catalogue,
    collation::Collation,
    copies::COPIES,
    orders::{Labels, Sorted},
    store::key_path,
};
use crate::doc::DocId;

/// With more changes than this, everything is sorted again.
const FEW: usize = 256;

/// What a document is placed by.
struct Key {
    title: String,
    path: Vec<u8>,
    /// Its place in its file.
    place: i64,
    label: Option<String>,
}

impl Catalogue {
    /// Both orders, the copies and the new labels, if they were saved before and few documents have changed since.
    pub(super) fn patched(&self) -> Result<Option<Sorted>> {
        let moved = self.list("SELECT id FROM misplaced LIMIT ?1", [i64::try_from(FEW).unwrap_or(0) + 1])?;
        let (Some((sorted, mut paths)), Some((_, mut titles)), Some((grouped, copies))) =
            (self.saved(&[], "path")?, self.saved(&[], "title")?, self.saved(&[], COPIES)?)
        else {
            return Ok(None);
        };
        // What an earlier recto has sorted without looking for copies, or in another order, is no ground to stand on.
        if grouped != sorted || !self.is_current(&[], sorted)? || moved.len() > FEW.min(paths.len()) {
            return Ok(None);
        }
        let moved: HashSet<DocId> = moved.into_iter().collect();
        paths.retain(|id| !moved.contains(id));
        // What stood beside a document that is taken out may have shared its title.
        let mut touched = take_out(&mut titles, &moved);
        for id in moved.iter().copied() {
            let Some(key) = self.key(id)? else { continue };
            self.put(&mut paths, id, &|other| key.by_path() < other.by_path())?;
            let by_title = key.by_title(&self.collation);
            let before = |other: &Key| (&by_title, key.by_path()) < (&other.by_title(&self.collation), other.by_path());
            self.put(&mut titles, id, &before)?;
            touched.push(id);
        }
        let labels = self.labels(&titles, &touched)?;
        let copies = self.patch_copies(&copies, &moved, &paths)?;
        Ok(Some(Sorted { paths, titles, copies, labels }))
    }

    /// Puts a document into an order, before the first of which it is `before`.
    fn put(&self, order: &mut Vec<DocId>, id: DocId, before: &dyn Fn(&Key) -> bool) -> Result<()> {
        let (mut low, mut high) = (0, order.len());
        while low < high {
            let middle = low.midpoint(high);
            let other = order.get(middle).map(|id| self.key(*id)).transpose()?.flatten();
            if other.is_some_and(|key| before(&key)) { high = middle } else { low = middle + 1 }
        }
        order.insert(low, id);
        Ok(())
    }

    /// The labels that change in the groups of equal titles that these documents are of.
    fn labels(&self, titles: &[DocId], touched: &[DocId]) -> Result<Labels> {
        let (mut labels, mut seen) = (Labels::new(), HashSet::new());
        for id in touched {
            let Some(at) = titles.iter().position(|other| other == id).filter(|_| !seen.contains(id)) else { continue };
            let group = self.group(titles, at)?;
            seen.extend(group.iter().map(|(id, _)| *id));
            let paths: Vec<_> = group.iter().map(|(_, key)| key_path(&key.path)).collect();
            let new = match paths.as_slice() {
                [_] => vec![None],
                paths => distinguish(&paths.iter().map(|path| path.as_path()).collect::<Vec<_>>())
                    .into_iter()
                    .map(Some)
                    .collect(),
            };
            let changed = group.into_iter().zip(new).filter(|((_, key), new)| key.label != *new);
            labels.extend(changed.map(|((id, _), new)| (id, new)));
        }
        Ok(labels)
    }

    /// The documents around a place that have the same title, in order.
    fn group(&self, titles: &[DocId], at: usize) -> Result<Vec<(DocId, Key)>> {
        let (before, from) = titles.split_at_checked(at).unwrap_or_default();
        let mut group: Vec<(DocId, Key)> = Vec::new();
        for id in from {
            match self.key(*id)? {
                Some(key) if group.first().is_none_or(|(_, first)| first.title == key.title) => group.push((*id, key)),
                _ => break,
            }
        }
        let mut earlier = Vec::new();
        for id in before.iter().rev() {
            match self.key(*id)? {
                Some(key) if group.first().is_some_and(|(_, first)| first.title == key.title) => {
                    earlier.push((*id, key))
                }
                _ => break,
            }
        }
        earlier.reverse();
        earlier.append(&mut group);
        Ok(earlier)
    }

    fn key(&self, id: DocId) -> Result<Option<Key>> {
        let mut statement = self.db.prepare_cached(
            "SELECT d.title, f.path, d.place, d.label FROM documents d JOIN files f ON f.id = d.file WHERE d.id = ?1",
        )?;
        let key = statement.query_row([id.0], |row| {
            Ok(Key { title: row.get(0)?, path: row.get(1)?, place: row.get(2)?, label: row.get(3)? })
        });
        Ok(key.optional()?)
    }
}

impl Key {
    fn by_path(&self) -> (&[u8], i64) {
        (&self.path, self.place)
    }

    fn by_title(&self, collation: &Collation) -> (Vec<u8>, &str) {
        (collation.key(&self.title), &self.title)
    }
}

/// Takes documents out of an order, and tells which stood beside them.
fn take_out(order: &mut Vec<DocId>, moved: &HashSet<DocId>) -> Vec<DocId> {
    let (mut beside, mut last, mut after) = (Vec::new(), None, false);
    order.retain(|id| {
        let out = moved.contains(id);
        if out {
            beside.extend(last);
        } else {
            beside.extend(after.then_some(*id));
            last = Some(*id);
        }
        after = out;
        !out
    });
    beside
}
