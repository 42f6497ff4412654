//! A ZIP package as office programs write it: parts by name, and the relationships by which parts name each other (ECMA-376
//! part 2). Names of parts are names only; none is ever a path of the file system.

use std::collections::HashMap;

use anyhow::{Context as _, Result, bail};

use super::xml::Xml;
use crate::{
    formats::{Source, zipped::Zipped},
    text::decode,
};

/// An open package.
pub struct Package {
    zip: Zipped,
}

/// The parts that one part refers to.
#[derive(Debug, Default)]
pub struct Relationships {
    by_id: HashMap<String, Relationship>,
}

/// One of them.
#[derive(Debug, Default)]
pub struct Relationship {
    /// The last segment of its type, which transitional and strict documents share: `hyperlink`, `styles`.
    pub kind: String,
    /// A part's full name, or a URL.
    pub target: String,
}

impl Package {
    /// Opens the package that a source is.
    pub fn open(source: &Source) -> Result<Package> {
        Ok(Package { zip: Zipped::open(source)? })
    }

    /// The bytes of a part; `None` when there is none of this name. A damaged part is read as far as it goes.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(at) = self.zip.find(name.trim_start_matches('/')) else { return Ok(None) };
        let part = self.zip.read(at).with_context(|| name.to_owned())?;
        match part.warning {
            Some(warning) if part.bytes.is_empty() => bail!("{name}: {warning}"),
            _ => Ok(Some(part.bytes)),
        }
    }

    /// A part as text; `None` when there is none of this name.
    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        Ok(self.bytes(name)?.map(|bytes| decode::decode_all(&bytes)))
    }

    /// A part as text, the empty text when it can't be had: what a document can be read without.
    pub fn text_or_empty(&mut self, name: &str) -> String {
        self.text(name).ok().flatten().unwrap_or_default()
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.find(name.trim_start_matches('/')).is_some()
    }

    /// Whether the archive lost its directory.
    pub fn is_cut(&self) -> bool {
        self.zip.is_cut()
    }

    /// Unpacks every part, for what reads them later without bounds: an error when they are more than is unpacked at most.
    pub fn check(&mut self) -> Result<()> {
        for at in 0..self.zip.names().count() {
            if self.zip.name(at).starts_with("xl/media/") {
                continue;
            }
            let warning = self.zip.read(at).ok().and_then(|part| part.warning);
            if let Some(warning) = warning.filter(|warning| warning.starts_with("larger")) {
                bail!("{}: {warning}", self.zip.name(at));
            }
        }
        Ok(())
    }

    /// The relationships of a part; of the package itself when it has no name.
    pub fn relationships(&mut self, part: &str) -> Relationships {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let text = self.text_or_empty(&name);
        let mut by_id = HashMap::new();
        let mut xml = Xml::new(&text);
        while let Some(tag) = xml.next_start() {
            if tag.local != "Relationship" {
                continue;
            }
            let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target")) else { continue };
            let kind = tag.get("Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let outside = tag.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            let target = if outside { target.into_owned() } else { join(folder, &target) };
            by_id.insert(id.into_owned(), Relationship { kind, target });
        }
        Relationships { by_id }
    }

    /// What `[Content_Types].xml` says, as written.
    pub fn content_types(&mut self) -> String {
        self.text_or_empty("[Content_Types].xml")
    }
}

impl Relationships {
    /// The one of this id.
    pub fn get(&self, id: &str) -> Option<&Relationship> {
        self.by_id.get(id)
    }

    /// Where the first one of a kind leads; of several, the one whose target comes first.
    pub fn of_kind(&self, kind: &str) -> Option<&str> {
        let all = self.by_id.values().filter(|r| r.kind.eq_ignore_ascii_case(kind));
        all.map(|r| r.target.as_str()).min()
    }
}

/// The name that `target` has, seen from `folder`.
fn join(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}
