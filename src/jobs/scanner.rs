//! Looks for regular expressions in the texts themselves. That takes as long as reading them does, so it is done when it
//! is asked for, on every core, and what was found is kept while the files stay as they are: the same filter in another
//! order, or with one more word, reads nothing again.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};

use anyhow::Result;
use regex::Regex;

use crate::{
    doc::{DocId, Document},
    library::{Catalogue, Facts, Opener, Row},
    query::Pattern,
};

/// How many patterns are kept.
const PATTERNS: usize = 8;
/// Documents that are looked up in the catalogue at once, for each thread.
const CHUNK: usize = 32;
/// How often it is seen whether the answer is still wanted.
const LOOK: Duration = Duration::from_millis(20);

/// What was found so far.
#[derive(Default)]
pub(super) struct Scanner {
    /// The newest last.
    patterns: Vec<(Pattern, Looked)>,
}

/// For each document that was looked through: when its file was written, and whether the pattern was found.
type Looked = HashMap<DocId, (i64, bool)>;

/// How a scan goes on.
pub(super) struct Course<'a> {
    /// Whether it is still wanted.
    pub alive: &'a dyn Fn() -> bool,
    /// Told how far it is, in percent.
    pub tell: &'a dyn Fn(usize),
}

impl Scanner {
    /// The documents among `candidates` in which a pattern was found; `None` if not all of them were looked through.
    pub(super) fn found(&self, pattern: &Pattern, candidates: &[Facts]) -> Option<Vec<DocId>> {
        let (_, known) = self.patterns.iter().find(|(known, _)| known == pattern)?;
        let mut found = Vec::new();
        for facts in candidates {
            let (modified, is) = known.get(&facts.id)?;
            if *modified != facts.modified {
                return None;
            }
            found.extend(is.then_some(facts.id));
        }
        Some(found)
    }

    /// Looks for a pattern in those candidates that it was not looked for in. Whether it came to the end.
    pub(super) fn scan(
        &mut self,
        (catalogue, opener): (&Catalogue, &Opener),
        (pattern, regex): (&Pattern, &Regex),
        candidates: &[Facts],
        course: &Course<'_>,
    ) -> Result<bool> {
        let known = match self.patterns.iter().position(|(known, _)| known == pattern) {
            Some(at) => self.patterns.remove(at).1,
            None => HashMap::new(),
        };
        let excess = (self.patterns.len() + 1).saturating_sub(PATTERNS);
        self.patterns.drain(..excess);
        let missing = |facts: &&Facts| known.get(&facts.id).is_none_or(|(modified, _)| *modified != facts.modified);
        let missing: Vec<Facts> = candidates.iter().filter(missing).copied().collect();
        let (_, known) = self.patterns.push_mut((pattern.clone(), known));
        let weight = |facts: &Facts| u64::from(facts.words) + 1;
        let (whole, mut done) = (missing.iter().map(weight).sum::<u64>().max(1), 0);
        let threads = thread::available_parallelism().map_or(1, usize::from);
        for chunk in missing.chunks(CHUNK * threads) {
            (course.tell)(usize::try_from(done * 100 / whole).unwrap_or(0));
            let ids: Vec<DocId> = chunk.iter().map(|facts| facts.id).collect();
            let rows = catalogue.rows(&ids)?;
            let Some(found) = look_through((&rows, opener), regex, threads, course.alive) else { return Ok(false) };
            known.extend(chunk.iter().zip(found).map(|(facts, is)| (facts.id, (facts.modified, is))));
            done += chunk.iter().map(weight).sum::<u64>();
        }
        Ok(true)
    }
}

/// Whether a pattern stands in each of these documents; `None` as soon as it is no longer wanted.
fn look_through(
    (rows, opener): (&[Option<Row>], &Opener),
    regex: &Regex,
    threads: usize,
    alive: &dyn Fn() -> bool,
) -> Option<Vec<bool>> {
    let (next, wanted) = (AtomicUsize::new(0), AtomicBool::new(true));
    let (sender, answers) = channel();
    let work = |answer: Sender<(usize, bool)>| {
        while wanted.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(row) = rows.get(at) else { break };
            // A format that panics over a file has nothing to be found in it.
            let open = || opener.open(row.as_ref()?).ok();
            let stands = || open().is_some_and(|document| stands(&document, regex, &wanted));
            answer.send((at, catch_unwind(AssertUnwindSafe(stands)).unwrap_or(false))).ok();
        }
    };
    let mut found = vec![false; rows.len()];
    thread::scope(|scope| {
        for _ in 0..threads.min(rows.len()) {
            let answer = sender.clone();
            scope.spawn(|| work(answer));
        }
        drop(sender);
        loop {
            match answers.recv_timeout(LOOK) {
                Ok((at, stands)) => found.iter_mut().skip(at).take(1).for_each(|found| *found = stands),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if !alive() {
                wanted.store(false, Ordering::Relaxed);
            }
        }
    });
    wanted.load(Ordering::Relaxed).then_some(found)
}

fn stands(document: &Document, regex: &Regex, wanted: &AtomicBool) -> bool {
    let mut blocks = document.blocks().take_while(|_| wanted.load(Ordering::Relaxed));
    // What is empty is found everywhere, and lights up nowhere.
    blocks.any(|(_, block)| regex.find_iter(&block.text).any(|found| !found.is_empty()))
}
