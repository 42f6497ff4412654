//! What the answers of jobs change. Stale ones end here, by their ticket, and nowhere else.

use std::sync::Arc;

use super::{
    Action, Answer, Around, Arrive, Chord, Effect, Find, Focus, Found, Hits, Job, Key, Loaded, Motion, Opened, Order,
    Outcome, Progress, State, Ticket, Wanted, contents::chapters, marks::mark_of,
};
use crate::{doc::DocId, layout::Place, query::Query};

impl State {
    /// Takes what a job has answered.
    pub fn apply(&mut self, outcome: Outcome) -> Vec<Effect> {
        let mut effects = match outcome {
            Outcome::Found(found) => self.found(found),
            Outcome::Scanning { ticket, percent } => {
                if self.filter.pending.asked.as_ref().is_some_and(|(asked, _)| *asked == ticket) {
                    self.filter.pending.scanning = Some(percent);
                }
                Vec::new()
            }
            Outcome::Loaded(loaded) => self.loaded(*loaded),
            Outcome::Hits(ticket, hits) => {
                self.hits_came(ticket, hits);
                Vec::new()
            }
            Outcome::Explained { ticket, query, rows } => {
                self.list.explained.came(ticket, &query, rows);
                Vec::new()
            }
            Outcome::Painted { ticket, id, bytes, tokens } => {
                if let Some(opened) = &mut self.reader.opened {
                    opened.painted.came(ticket, id, bytes, tokens);
                }
                Vec::new()
            }
            Outcome::Illustrated { ticket, id, picture } => {
                if let Some(opened) = &mut self.reader.opened {
                    opened.pictures.came(ticket, id, picture);
                }
                Vec::new()
            }
            Outcome::Saved(ticket, filters) => self.saved_came(ticket, filters),
            Outcome::Counted { ticket, name, count } => {
                self.filter.saved.counted(ticket, &name, count);
                Vec::new()
            }
            Outcome::Library(progress) => self.library_changed(progress),
            Outcome::Grown => {
                self.reader.motion.get_or_insert(Motion::Stay);
                Vec::new()
            }
            Outcome::Failed { ticket, why } => {
                self.failed(ticket);
                self.complain(why);
                Vec::new()
            }
        };
        effects.extend(self.follow());
        effects
    }

    /// Whether a key has to wait, for the answer to what was typed or for the document that it is about; then it is kept
    /// with all that follow it, and [`State::released`] gives them back. Nobody waits longer than for Esc.
    pub fn hold(&mut self, chord: Chord, action: Option<Action>) -> bool {
        if matches!(chord.key, Key::Esc) || chord == Chord::ctrl('c') {
            self.filter.held.chords.clear();
            (self.filter.held.waiting, self.filter.held.completing) = (false, false);
            return false;
        }
        let context = self.context();
        let too_early = action.is_some_and(|action| action.needs_document(context)) && self.reader.is_coming();
        // What there is to complete comes with the answer to the letters before.
        if matches!(action, Some(Action::Complete | Action::CompleteBack)) && self.filter.held.chords.is_empty() {
            self.filter.held.completing = !self.filter.answered();
        }
        if !self.filter.held.waiting && !self.filter.held.completing && self.filter.held.chords.is_empty() && !too_early
        {
            return false;
        }
        self.filter.held.chords.push_back(chord);
        true
    }

    /// The keys that waited, once the answer or the document is there. Each of them may have to wait again, for another.
    pub fn released(&mut self) -> Vec<Chord> {
        let early = match self.filter.held.completing {
            true => !self.filter.answered(),
            false => self.filter.held.waiting || self.reader.is_coming(),
        };
        self.filter.held.completing &= early;
        if early { Vec::new() } else { self.filter.held.chords.drain(..).collect() }
    }

    /// A request gets no answer: nothing waits for it any more.
    fn failed(&mut self, ticket: Option<Ticket>) {
        let asked = self.filter.pending.asked.as_ref().map(|(ticket, _)| *ticket);
        if ticket.is_some() && ticket == asked {
            self.filter.pending.asked = None;
            self.filter.pending.scanning = None;
            self.filter.held.waiting = false;
            self.filter.relatives.sought = None;
        }
        if ticket == Some(self.reader.request.ticket) {
            self.reader.request.pending = false;
        }
    }

    fn found(&mut self, found: Found) -> Vec<Effect> {
        let asked = self.filter.pending.asked.as_ref().map(|(ticket, _)| *ticket);
        if asked != Some(found.ticket) {
            // The answer that stands may come once more, when it was given before the library was up to date.
            if asked.is_none() && self.filter.answer.ticket == found.ticket {
                self.filter.answer.values = found.values;
                self.replace_list(found.ids);
            }
            return Vec::new();
        }
        let Some((_, query)) = self.filter.pending.asked.take() else { return Vec::new() };
        let relatives = self.filter.relatives.sought.take().is_some();
        if relatives && found.ids.is_empty() {
            return self.without_relatives();
        }
        let other = query.trim() != self.filter.standing.trim();
        let narrowed = query != self.filter.standing && !query.trim().is_empty();
        let before = self.filter.lit().to_owned();
        self.filter.standing = if query.trim().is_empty() { String::new() } else { query };
        self.filter.pending.scanning = None;
        self.filter.answer = Answer {
            ticket: found.ticket,
            alone: found.alone,
            nearest: found.nearest,
            wrong: found.wrong,
            likenesses: Vec::new(),
            unscanned: found.unscanned,
            values: found.values,
        };
        self.filter.meaning = self.filter.saved.meaning(&self.filter.standing);
        self.filter.take_likenesses(found.likenesses);
        if self.filter.lit() != before {
            self.list.explained.turn_from(before, Query::parse(self.filter.lit()).matcher());
        }
        let mut effects = Vec::new();
        let by_hand = self.filter.line.as_ref().is_none_or(|editing| editing.moved);
        let keep = self.filter.pending.return_to.or(self.list.selected());
        if relatives {
            effects.extend(self.leave_text());
        }
        if relatives || narrowed && !by_hand {
            self.list.take(found.ids, keep);
            self.list.move_to(0);
            self.list.top = 0;
        } else if other {
            self.list.replace(found.ids, keep);
        } else {
            self.replace_list(found.ids);
        }
        if let Some(id) = self.filter.pending.return_to.take() {
            self.list.move_to_id(id);
        }
        if std::mem::take(&mut self.filter.held.waiting) {
            effects.extend(self.accept());
        }
        effects.extend(self.count_saved());
        if std::mem::take(&mut self.filter.pending.outdated) {
            effects.extend(self.ask_again());
        }
        effects
    }

    /// Takes a list that has changed by itself. A document that is being read stays on the page when it is no longer there.
    fn replace_list(&mut self, ids: Arc<[DocId]>) {
        self.list.replace(ids, self.list.selected());
        let read = self.reader.request.wanted.as_ref().map(|wanted| wanted.id);
        self.reader.adrift |= self.focus == Focus::Text && read.is_some() && read != self.list.selected();
    }

    fn loaded(&mut self, loaded: Loaded) -> Vec<Effect> {
        // A load is asked for with every change of document or filter; only the last one counts.
        let is_wanted = |wanted: &Wanted| wanted.id == loaded.id && wanted.whole == loaded.whole;
        if !self.reader.request.wanted.as_ref().is_some_and(is_wanted) || loaded.ticket < self.reader.request.ticket {
            return Vec::new();
        }
        self.reader.request.pending = false;
        let same = self.reader.opened.as_ref().is_some_and(|o| o.id == loaded.id && o.whole == loaded.whole);
        let again = same && self.reader.request.again == Some(loaded.ticket);
        if let Err(why) = &loaded.document
            && again
            && self.reader.opened.as_ref().is_some_and(|opened| opened.document.is_ok())
        {
            self.complain(format!("this text is as it was: {why}"));
            return Vec::new();
        }
        // Where to arrive was said of one document, and counts for no other.
        let arrive =
            self.reader.request.arrive.take().filter(|(id, _)| *id == loaded.id).map_or(Arrive::Usual, |(_, at)| at);
        let edge = match arrive {
            Arrive::FirstHit => loaded.hits.at.first(),
            Arrive::LastHit => loaded.hits.at.last(),
            Arrive::Usual | Arrive::Start | Arrive::At(_) | Arrive::Mark(_) => None,
        };
        let at_place = matches!(arrive, Arrive::Start | Arrive::At(_) | Arrive::Mark(_));
        let hit = edge.map(|(anchor, _)| *anchor).or(loaded.passage).filter(|_| !at_place && !again);
        if !again {
            self.reader.seek.current = hit;
        }
        if !same {
            let start = loaded.document.as_ref().ok().and_then(|d| d.body.first()).unwrap_or_default();
            let start = crate::doc::Anchor { block: start, byte: 0 };
            let fragment = self.reader.request.fragment.take().filter(|_| arrive == Arrive::Start);
            let named = fragment.and_then(|name| super::links::target(loaded.document.as_ref().ok()?, &name));
            let place = match arrive {
                Arrive::Start if named.is_some() => named.unwrap_or(start),
                Arrive::At(anchor) => anchor,
                Arrive::Mark(letter) => mark_of(letter, &loaded.marks).or(loaded.place).unwrap_or(start),
                _ => loaded.place.filter(|_| !at_place).unwrap_or(start),
            };
            self.reader.top = Place { anchor: place, lead: 0 };
            self.view.sideways = 0;
        }
        self.reader.motion = Some(hit.map_or(Motion::Stay, Motion::Show));
        // What is looked at under another filter keeps its colours.
        let before = self.reader.opened.take().filter(|before| same && before.row.identity == loaded.row.identity);
        if before.is_none() {
            self.reader.unselect();
        }
        let chapters = loaded.document.as_ref().map(chapters).unwrap_or_default();
        // One that was set a moment ago may not have been written down yet.
        let marks = before.as_ref().map_or(loaded.marks, |before| before.marks.clone());
        let (painted, mut pictures) = before.map(|before| (before.painted, before.pictures)).unwrap_or_default();
        if again {
            pictures.look_again();
        }
        self.reader.opened = Some(Opened {
            id: loaded.id,
            whole: loaded.whole,
            row: loaded.row,
            around: Around::default(),
            document: loaded.document,
            matcher: loaded.matcher,
            hits: loaded.hits,
            reading: loaded.reading,
            marks,
            chapters,
            painted,
            pictures,
        });
        self.reader.request.came = true;
        if !same && self.focus == Focus::Text {
            self.focus_changed();
        }
        // What was found stood in the text as it was.
        if again { self.find_again() } else { Vec::new() }
    }

    fn hits_came(&mut self, ticket: Ticket, hits: Hits) {
        let Some(find) = self.reader.seek.find.as_mut().filter(|find| find.ticket == ticket) else { return };
        let Find { from, text, .. } = find;
        let mut first = hits.at.iter().map(|(a, _)| *a).find(|a| a >= from);
        find.running = hits.searched.is_some();
        if !find.running {
            first = first.or(hits.at.first().map(|(a, _)| *a));
        }
        let (text, hits_complete, running) = (text.clone(), hits.complete, find.running);
        find.hits = hits;
        if find.quiet {
            find.quiet = running;
            return;
        }
        find.quiet = running && first.is_some();
        match first {
            None if running => {}
            Some(anchor) => {
                self.reader.seek.current = Some(anchor);
                self.jump(Motion::Show(anchor));
            }
            None if hits_complete => self.complain(format!("not in this document: {text}")),
            None => self.complain(format!("not in the part of this document that was searched: {text}")),
        }
    }

    fn library_changed(&mut self, progress: Progress) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !progress.changed.is_empty() {
            let now = self.next_ticket();
            self.list.explained.forget(&progress.changed, now);
        }
        let indexed_more = progress.indexed != self.library.progress.indexed;
        let open = self.reader.request.wanted.as_ref().map(|wanted| wanted.id);
        let gone = |id| progress.all.as_ref().is_some_and(|all| !all.contains(&id));
        if self.focus == Focus::Text && !self.reader.adrift && open.is_some_and(gone) {
            self.complain("the file of this text was deleted; the text stays until you leave it");
        }
        if let Some(id) = open.filter(|id| progress.others && !gone(*id) || progress.changed.contains(id)) {
            // The open document has changed on disk, or may have: read it again, at the same place.
            let ticket = self.next_ticket();
            self.reader.request.ticket = ticket;
            self.reader.request.again = Some(ticket);
            self.reader.request.pending = true;
            effects.push(Effect::Job(Job::Load {
                ticket,
                id,
                query: self.filter.lit().to_owned(),
                whole: self.reader.request.whole,
            }));
        }
        if let Some(copies) = &progress.copies {
            self.list.copies = if self.view.fold_copies { copies.clone() } else { Arc::default() };
        }
        let whole = self.filter.standing.is_empty();
        let more = progress.all.is_some();
        match &progress.all {
            Some(all) if whole && self.filter.order.whole == Order::Path && self.filter.answered() => {
                self.replace_list(all.clone());
            }
            _ if !whole && !indexed_more && !more => {}
            _ if whole && !more => {}
            _ => {
                // What stands is asked again; what is being typed is answered first.
                if self.filter.answered() {
                    effects.extend(self.ask_again());
                } else {
                    self.filter.pending.outdated = true;
                }
            }
        }
        if indexed_more || more {
            effects.extend(self.count_saved());
        }
        self.library.progress = Progress { all: None, copies: None, changed: Vec::new(), others: false, ..progress };
        self.drop_question();
        effects
    }
}
