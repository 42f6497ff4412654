//! An archive as documents: each member is told and read as a file of a folder would be. Entries are named by the path of the
//! member, and `path#id` where the member itself holds many.

use std::{ops::ControlFlow, sync::Arc};

use anyhow::{Context as _, Error, Result, bail};

use super::{
    Budget, bare,
    member::{Member, Members, Place},
    noted, tar,
    unpack::Unpacked,
    zip::{Zip, is_zip},
};
use crate::{
    doc::Document,
    formats::{self, DETECT, Entry, FORMATS, Found, Source, bounds},
};

/// An archive that is open.
struct Archive {
    source: Source,
    zip: Option<Zip>,
    members: Members,
    /// What is wrong with it behind the last member.
    broken: Option<Error>,
}

/// Streams the documents of an archive.
pub fn stream(
    source: &Source,
    budget: &mut Budget,
    each: &mut dyn FnMut(Found) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let mut archive = Archive::open(source, budget)?;
    let members = std::mem::take(&mut archive.members.all);
    for member in &members {
        if !archive.is_wanted(member) {
            continue;
        }
        if budget.left == 0 {
            bail!("only what is in the first {} of it, unpacked, is shown", megabytes());
        }
        if archive.member(member, budget, each).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    archive.broken.map_or(Ok(ControlFlow::Continue(())), Err)
}

/// Opens one of them; the first when none is named.
pub fn open(source: &Source, entry: &Entry, whole: bool, budget: &mut Budget) -> Result<Document> {
    let Some(id) = &entry.id else {
        let mut first = None;
        let flow = stream(source, budget, &mut |found| {
            first = Some(found.document);
            ControlFlow::Break(())
        });
        return first.unwrap_or_else(|| flow.and_then(|_| bail!("no document in it")));
    };
    let mut archive = Archive::open(source, budget)?;
    let (member, inner) = archive.find(id)?;
    let unpacked = archive.unpack(&member, budget)?;
    let entry = Entry { id: inner, offset: entry.offset };
    budget.depth += 1;
    titled(noted(formats::open_within(&unpacked.source, &entry, whole, budget), unpacked.warning.as_ref()), &member)
}

/// The bytes of an image that one of them shows: in the member itself, or a file of the archive as seen from its folder.
pub fn image(source: &Source, entry: &Entry, name: &str, budget: &mut Budget) -> Result<Vec<u8>> {
    let id = entry.id.as_deref().context("no such member in the archive")?;
    let mut archive = Archive::open(source, budget)?;
    let (member, inner) = archive.find(id)?;
    let unpacked = archive.unpack(&member, budget)?;
    budget.depth += 1;
    formats::image::image_within(&unpacked.source, &Entry { id: inner, offset: entry.offset }, name, budget).or_else(
        |why| {
            let target = formats::href::resolve(&member.id, name).map(|target| target.path);
            target.and_then(|path| formats::image::member(source, &path).ok()).ok_or(why)
        },
    )
}

impl Archive {
    fn open(source: &Source, budget: &Budget) -> Result<Archive> {
        if budget.depth >= bounds::ARCHIVES {
            bail!("archives within archives, more than {} deep", bounds::ARCHIVES);
        }
        let source = source.clone();
        Ok(if is_zip(&source.read(0, 4)?) {
            let zip = Zip::open(&source)?;
            Archive { members: zip.list(), zip: Some(zip), source, broken: None }
        } else {
            let (members, broken) = tar::list(&source);
            Archive { zip: None, members, source, broken }
        })
    }

    /// Whether a member is a document, by its beginning where its name doesn't tell.
    fn is_wanted(&mut self, member: &Member) -> bool {
        if !member.look {
            return true;
        }
        let head = match (&mut self.zip, member.place) {
            (Some(zip), Place::Packed(number)) => zip.head(number, DETECT as u64),
            (_, Place::Plain { start, length }) => tar::part(&self.source, "", start, length).source.read(0, DETECT),
            (None, Place::Packed(_)) => return false,
        };
        let head = head.map(|head| self.source.other(&member.name, Arc::new(head)));
        head.and_then(|head| formats::is_document(&head)).unwrap_or(false)
    }

    /// The member that an entry is of, and what it is called in there.
    fn find(&mut self, id: &str) -> Result<(Member, Option<String>)> {
        let within = |member: Member| {
            let rest = id.strip_prefix(&member.id)?;
            let inner = if rest.is_empty() { None } else { Some(rest.strip_prefix('#')?.to_owned()) };
            Some((member, inner))
        };
        let found = std::mem::take(&mut self.members.all).into_iter().filter_map(within);
        found.max_by_key(|(member, _)| member.id.len()).context("no such member in the archive")
    }

    fn unpack(&mut self, member: &Member, budget: &mut Budget) -> Result<Unpacked> {
        let unpacked = match (&mut self.zip, member.place) {
            (Some(zip), Place::Packed(number)) => zip.unpack(number, &member.name, budget)?,
            (_, Place::Plain { start, length }) => tar::part(&self.source, &member.name, start, length),
            (None, Place::Packed(_)) => bail!("no such member in the archive"),
        };
        Ok(Unpacked { source: unpacked.source.hinted(&self.source.hints), ..unpacked })
    }

    /// The documents of a member.
    fn member(
        &mut self,
        member: &Member,
        budget: &mut Budget,
        each: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut within = |found: Found, warning: Option<&String>| {
            let id = match &found.entry.id {
                Some(inner) => format!("{}#{inner}", member.id),
                None => member.id.clone(),
            };
            let entry = Entry { id: Some(id), ..found.entry };
            each(Found { entry, document: titled(noted(found.document, warning), member), ..found })
        };
        let streamed = self.unpack(member, budget).and_then(|unpacked| {
            let warning = unpacked.warning.as_ref();
            budget.depth += 1;
            let streamed = formats::stream(&unpacked.source, budget, &mut |found| within(found, warning));
            budget.depth -= 1;
            streamed
        });
        streamed.unwrap_or_else(|error| {
            within(Found { entry: Entry::default(), format: expected(member), document: Err(error) }, None)
        })
    }
}

/// A document without a title goes by the name of its file.
fn titled(document: Result<Document>, member: &Member) -> Result<Document> {
    document.map(|mut document| {
        document.meta.title.get_or_insert_with(|| member.name.clone());
        document
    })
}

/// The format that the name of a member speaks of.
fn expected(member: &Member) -> &'static str {
    let extension = Source::memory(&bare(&member.name), []).extension();
    let named = FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()));
    named.map_or(super::FORMAT.name, |format| format.name)
}

fn megabytes() -> String {
    bounds::megabytes(usize::try_from(bounds::UNPACKED).unwrap_or(usize::MAX))
}
