//! The saved orders of the list. The first frame stands on one, so an order is a single blob of document numbers; what it
//! costs to sort is paid at the end of a scan, and only by what has changed. Which documents are copies of one another is
//! saved with them in the same way.
//!
//! Every change of the documents makes the catalogue a generation older, and an order is kept with the generation that it
//! was made in. So an order that an interrupted scan left behind is known to be out of date.

use std::sync::Arc;

use anyhow::Result;
use rusqlite::{Transaction, TransactionBehavior, params};

use super::{
    apart::distinguish,
    catalogue::Catalogue,
    copies::{BREAK, COPIES},
    store::key_path,
};
use crate::doc::DocId;

/// How often the orders are sorted again because the catalogue was written to meanwhile.
const ATTEMPTS: usize = 3;

/// The name beside the orders under which is kept in which collation they were sorted.
const COLLATION: &str = "collation";

/// Documents and what tells them apart now.
pub(super) type Labels = Vec<(DocId, Option<String>)>;

/// The orders of a whole catalogue, its copies, and the labels that change with them.
#[derive(Default)]
pub(super) struct Sorted {
    pub paths: Vec<DocId>,
    pub titles: Vec<DocId>,
    /// In groups, with [`BREAK`] after each.
    pub copies: Vec<DocId>,
    pub labels: Labels,
}

impl Catalogue {
    /// A saved order; `None` when it never was saved. It may name documents that are gone since, and lack new ones.
    pub fn order(&self, name: &str) -> Result<Option<Arc<[DocId]>>> {
        if self.scope.is_empty() {
            return Ok(self.saved(&[], name)?.map(|(_, ids)| ids.into()));
        }
        // The part's own order, unless the whole has changed since; else its part of the order of the whole.
        let generation = self.generation()?;
        if let Some((saved, ids)) = self.saved(&self.scope, name)?
            && saved == generation
        {
            return Ok(Some(ids.into()));
        }
        let Some((_, mut ids)) = self.saved(&[], name)? else { return Ok(None) };
        let mut inside = self.ids()?;
        inside.sort_unstable();
        ids.retain(|id| *id == BREAK || inside.binary_search(id).is_ok());
        Ok(Some(ids.into()))
    }

    /// Keeps an order under a name.
    pub fn save_order(&mut self, name: &str, ids: &[DocId]) -> Result<()> {
        let generation = self.generation()?;
        self.save_order_of(&self.scope, name, generation, ids)
    }

    /// Brings the orders `path` and `title`, the copies, and what tells documents of one title apart, up to date. Says whether
    /// anything was to do.
    pub fn end_scan(&mut self) -> Result<bool> {
        let ended = self.bring_up_to_date();
        self.heal(ended)
    }

    fn bring_up_to_date(&mut self) -> Result<bool> {
        for _ in 0..ATTEMPTS {
            // Sorting takes long, so it is done before the lock that keeps others from writing is taken.
            let act = self.db.unchecked_transaction()?;
            let generation = self.generation()?;
            let (whole, part) = (self.is_current(&[], generation)?, self.is_current(&self.scope, generation)?);
            if whole && part {
                return Ok(false);
            }
            let sorted = if whole { self.sorted_before()? } else { self.sorted()? };
            drop(act);
            let act = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
            // Another process may have written meanwhile, or have been at the same work.
            if self.generation()? == generation && !(self.is_current(&[], generation)? && part) {
                self.save_orders(generation, sorted)?;
                act.commit()?;
                return Ok(true);
            }
        }
        // Somebody writes all the time, and will bring them up to date.
        Ok(false)
    }

    /// Whether the orders that are saved are of this generation and collation. They are saved together, with this.
    pub(super) fn is_current(&self, scope: &[u8], generation: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM orders WHERE scope = ?1 AND name = ?2 AND generation = ?3 AND ids = ?4";
        let collation = self.collation.name().as_bytes();
        Ok(self.db.prepare_cached(sql)?.exists(params![scope, COLLATION, generation, collation])?)
    }

    fn sorted_before(&self) -> Result<Sorted> {
        let saved = |name| Ok::<_, anyhow::Error>(self.saved(&[], name)?.unwrap_or_default().1);
        Ok(Sorted { paths: saved("path")?, titles: saved("title")?, copies: saved(COPIES)?, labels: Vec::new() })
    }

    /// Both orders as they are now. Where few documents have changed, the rest keeps its places.
    fn sorted(&self) -> Result<Sorted> {
        if let Some(patched) = self.patched()? {
            return Ok(patched);
        }
        let paths =
            self.list("SELECT d.id FROM files f JOIN documents d ON d.file = f.id ORDER BY f.path, d.place", [])?;
        let (titles, labels) = self.order_titles()?;
        Ok(Sorted { paths, titles, copies: self.group_copies()?, labels })
    }

    fn save_orders(&self, generation: i64, sorted: Sorted) -> Result<()> {
        let Sorted { paths, titles, copies, labels } = sorted;
        let mut set = self.db.prepare_cached("UPDATE documents SET label = ?2 WHERE id = ?1")?;
        for (id, label) in labels {
            set.execute(params![id.0, label])?;
        }
        self.db.prepare_cached("DELETE FROM misplaced")?.execute([])?;
        self.save_order_of(&[], "path", generation, &paths)?;
        self.save_order_of(&[], "title", generation, &titles)?;
        self.save_order_of(&[], COPIES, generation, &copies)?;
        self.save(&[], COLLATION, generation, self.collation.name().as_bytes())?;
        if !self.scope.is_empty() {
            let paths = self.ids()?;
            let mut inside = paths.clone();
            inside.sort_unstable();
            let within = |id: &DocId| *id == BREAK || inside.binary_search(id).is_ok();
            let titles: Vec<DocId> = titles.into_iter().filter(within).collect();
            let copies: Vec<DocId> = copies.into_iter().filter(within).collect();
            self.save_order_of(&self.scope, "path", generation, &paths)?;
            self.save_order_of(&self.scope, "title", generation, &titles)?;
            self.save_order_of(&self.scope, COPIES, generation, &copies)?;
            self.save(&self.scope, COLLATION, generation, self.collation.name().as_bytes())?;
        }
        Ok(())
    }

    /// All documents by title, as a reader looks for them: in the collation of the reader's language. With them the new labels of documents that share a title, or no longer do.
    fn order_titles(&self) -> Result<(Vec<DocId>, Labels)> {
        let mut titled = Vec::new();
        let mut statement = self.db.prepare_cached(
            "SELECT d.id, d.title, d.label, f.path FROM files f JOIN documents d ON d.file = f.id ORDER BY f.path, d.place",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let title: String = row.get(1)?;
            let label: Option<String> = row.get(2)?;
            titled.push((
                self.collation.key(&title),
                title,
                DocId(row.get(0)?),
                label,
                key_path(row.get_ref(3)?.as_blob()?),
            ));
        }
        // Stable: equal titles stay in path order.
        titled.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut changed = Vec::new();
        for same in titled.chunk_by(|a, b| a.1 == b.1) {
            let labels = if same.len() == 1 {
                vec![None]
            } else {
                let paths: Vec<_> = same.iter().map(|document| document.4.as_path()).collect();
                distinguish(&paths).into_iter().map(Some).collect()
            };
            for ((_, _, id, old, _), new) in same.iter().zip(labels) {
                if *old != new {
                    changed.push((*id, new));
                }
            }
        }
        Ok((titled.into_iter().map(|document| document.2).collect(), changed))
    }

    /// A number that is another one after every change that somebody else made, be it another process.
    pub fn version(&self) -> Result<i64> {
        Ok(self.db.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Grows with every change of what the catalogue holds.
    pub fn generation(&self) -> Result<i64> {
        Ok(self.db.prepare_cached("SELECT generation FROM state")?.query_row([], |row| row.get(0))?)
    }

    /// An order and the generation in which it was saved.
    pub(super) fn saved(&self, scope: &[u8], name: &str) -> Result<Option<(i64, Vec<DocId>)>> {
        let mut statement =
            self.db.prepare_cached("SELECT generation, ids FROM orders WHERE scope = ?1 AND name = ?2")?;
        let mut rows = statement.query(params![scope, name])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let blob = row.get_ref(1)?.as_blob()?;
        let ids = blob.chunks_exact(4).filter_map(|id| id.try_into().ok().map(u32::from_le_bytes).map(DocId));
        Ok(Some((row.get(0)?, ids.collect())))
    }

    pub(super) fn save_order_of(&self, scope: &[u8], name: &str, generation: i64, ids: &[DocId]) -> Result<()> {
        let blob: Vec<u8> = ids.iter().flat_map(|id| id.0.to_le_bytes()).collect();
        self.save(scope, name, generation, &blob)
    }

    fn save(&self, scope: &[u8], name: &str, generation: i64, blob: &[u8]) -> Result<()> {
        let mut statement = self.db.prepare_cached("INSERT OR REPLACE INTO orders VALUES (?1, ?2, ?3, ?4)")?;
        statement.execute(params![scope, name, generation, blob])?;
        Ok(())
    }
}
