//! Which documents hold the same text. Found at the end of a scan and saved beside the orders, so that the first frame can
//! fold copies into one row without a look at any hash.
//!
//! Same means the same hash of the text; of a text that is too short to have one, the same hash of the file. A document
//! without words, or that can't be read, is no copy of anything: it has no text to share. What came or changed since the
//! last scan ended stands where it stood until the next one ends.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use anyhow::Result;
use rusqlite::OptionalExtension as _;

use super::catalogue::Catalogue;
use crate::doc::DocId;

/// Stands after each group where groups are saved: no document has this number.
pub(super) const BREAK: DocId = DocId(0);

/// The documents that have copies, in groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// The groups one after another, each in path order.
    members: Vec<DocId>,
    /// The group of each member.
    groups: Vec<u32>,
    /// By the number of a document: one more than its place in `members`, or 0.
    places: Vec<u32>,
    /// Where each group begins in `members`, and where the last one ends.
    starts: Vec<usize>,
}

impl Copies {
    /// From the form in which they are saved.
    pub(super) fn new(saved: &[DocId]) -> Copies {
        let size = saved.iter().map(|id| id.0 as usize + 1).max().unwrap_or(0);
        let mut copies = Copies { places: vec![0; size], starts: vec![0], ..Copies::default() };
        // A group of which only one lies in the part that is asked for is none.
        let groups = saved.split(|id| *id == BREAK).filter(|group| group.len() > 1);
        for (group, number) in groups.zip(0u32..) {
            for id in group {
                copies.members.push(*id);
                copies.groups.push(number);
                if let (Some(place), Ok(at)) = (copies.places.get_mut(id.0 as usize), copies.members.len().try_into()) {
                    *place = at;
                }
            }
            copies.starts.push(copies.members.len());
        }
        copies
    }

    /// The documents of the same text as this one, itself among them, in path order; none where it has no copies.
    pub fn of(&self, id: DocId) -> &[DocId] {
        let Some((_, group)) = self.place(id) else { return &[] };
        let bounds = self.starts.get(group).zip(self.starts.get(group + 1));
        bounds.and_then(|(start, end)| self.members.get(*start..*end)).unwrap_or_default()
    }

    /// How many rows fewer there are when copies share one.
    pub fn spared(&self) -> usize {
        self.members.len() - self.starts.len().saturating_sub(1)
    }

    /// These documents with one of each text: the one to `keep` if it is among them, else the first in path order.
    pub fn fold(&self, ids: Arc<[DocId]>, keep: Option<DocId>) -> Arc<[DocId]> {
        if self.members.is_empty() {
            return ids;
        }
        let mut standing = vec![usize::MAX; self.starts.len()];
        // What is kept comes before the first.
        let rank = |id: DocId, place: usize| if keep == Some(id) { 0 } else { place + 1 };
        let ranked = |id: DocId| self.place(id).map(|(place, group)| (rank(id, place), group));
        for (rank, group) in ids.iter().filter_map(|id| ranked(*id)) {
            if let Some(first) = standing.get_mut(group) {
                *first = rank.min(*first);
            }
        }
        let stands = |id: &&DocId| ranked(**id).is_none_or(|(rank, group)| standing.get(group) == Some(&rank));
        ids.iter().filter(stands).copied().collect()
    }

    /// Where a document stands among the members, and its group.
    fn place(&self, id: DocId) -> Option<(usize, usize)> {
        let place = (*self.places.get(id.0 as usize)? as usize).checked_sub(1)?;
        Some((place, *self.groups.get(place)? as usize))
    }
}

impl Catalogue {
    /// The copies as of the end of the last scan.
    pub fn copies(&self) -> Result<Copies> {
        Ok(Copies::new(&self.order(COPIES)?.unwrap_or_default()))
    }

    /// The copies among all documents, as they are saved: in path order by the first of each group.
    pub(super) fn group_copies(&self) -> Result<Vec<DocId>> {
        let mut known: Vec<([u8; 32], u32, DocId)> = Vec::new();
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT ifnull(d.text_hash, d.file_hash), d.id FROM files f JOIN documents d ON d.file = f.id
             WHERE {HAS_TEXT} ORDER BY f.path, d.place"
        ))?;
        let mut rows = statement.query([])?;
        let mut rank = 0;
        while let Some(row) = rows.next()? {
            known.push((row.get(0)?, rank, DocId(row.get(1)?)));
            rank += 1;
        }
        known.sort_unstable_by_key(|(hash, rank, _)| (*hash, *rank));
        let same = known.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
        let mut groups: Vec<_> = same.collect();
        groups.sort_unstable_by_key(|same| same.first().map(|(_, rank, _)| *rank));
        Ok(groups.into_iter().flat_map(|same| same.iter().map(|(.., id)| *id).chain([BREAK])).collect())
    }

    /// The same after only these documents have changed: from what was `saved` before and all documents in path order.
    pub(super) fn patch_copies(&self, saved: &[DocId], moved: &HashSet<DocId>, paths: &[DocId]) -> Result<Vec<DocId>> {
        let mut groups: Vec<Vec<DocId>> = saved.split(|id| *id == BREAK).map(<[DocId]>::to_vec).collect();
        groups.iter_mut().for_each(|group| group.retain(|id| !moved.contains(id)));
        let mut joined: HashMap<[u8; 32], Vec<DocId>> = HashMap::new();
        for id in moved {
            if let Some(hash) = self.text_of(*id)?
                && !joined.contains_key(&hash)
            {
                joined.insert(hash, self.same(&hash)?);
            }
        }
        let taken: HashSet<DocId> = joined.values().flatten().copied().collect();
        groups.retain(|group| group.first().is_some_and(|id| !taken.contains(id)));
        groups.extend(joined.into_values());
        // Whatever changed, the groups and their members stand in path order again.
        let members: HashSet<DocId> = groups.iter().filter(|group| group.len() > 1).flatten().copied().collect();
        let places: HashMap<DocId, usize> =
            paths.iter().copied().zip(0..).filter(|(id, _)| members.contains(id)).collect();
        let mut ordered: BTreeMap<usize, Vec<DocId>> = BTreeMap::new();
        for mut group in groups.into_iter().filter(|group| group.len() > 1) {
            group.sort_unstable_by_key(|id| places.get(id));
            if let Some(first) = group.first().and_then(|id| places.get(id)) {
                ordered.insert(*first, group);
            }
        }
        Ok(ordered.into_values().flat_map(|group| group.into_iter().chain([BREAK])).collect())
    }

    /// The hash that copies of a document share.
    fn text_of(&self, id: DocId) -> Result<Option<[u8; 32]>> {
        let sql = format!("SELECT ifnull(d.text_hash, d.file_hash) FROM documents d WHERE d.id = ?1 AND {HAS_TEXT}");
        Ok(self.db.prepare_cached(&sql)?.query_row([id.0], |row| row.get(0)).optional()?)
    }

    /// The documents that share this hash, found by the indexes of texts, of files and of entries.
    fn same(&self, hash: &[u8; 32]) -> Result<Vec<DocId>> {
        let sql = format!(
            "SELECT d.id FROM documents d WHERE d.text_hash = ?1 AND {HAS_TEXT}
             UNION SELECT d.id FROM files f JOIN documents d ON d.file = f.id
                WHERE f.hash = ?1 AND d.file_hash = ?1 AND d.text_hash IS NULL AND {HAS_TEXT}
             UNION SELECT d.id FROM documents d
                WHERE d.file_hash = ?1 AND d.entry IS NOT NULL AND d.text_hash IS NULL AND {HAS_TEXT}"
        );
        self.list(&sql, [hash])
    }
}

/// The name under which they are saved.
pub(super) const COPIES: &str = "copies";

/// What can have copies.
const HAS_TEXT: &str = "d.words > 0 AND d.error IS NULL";
