//! All documents at once, a few dozen bytes each, for sorting and filtering away from the screen. Loading them takes
//! longer than a frame, so never on the thread that draws.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::{
    catalogue::{Catalogue, read_date, unsigned},
    store::key_path,
    threads::{Joiner, Threads},
};
use crate::doc::{Date, DocId};

/// What sorting and filtering ask of every document, by number.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// In order of their numbers.
    pub documents: Vec<Facts>,
    /// The names that [`Facts::format`] counts into.
    pub formats: Vec<String>,
    /// The tags that [`Facts::language`] counts into.
    pub languages: Vec<String>,
    /// The extensions that [`Facts::extension`] counts into, in lower case and without the dot; the first is none.
    pub extensions: Vec<String>,
    /// The folders that [`Facts::folder`] counts into.
    pub folders: Vec<PathBuf>,
    /// The roots of the library.
    pub roots: Vec<PathBuf>,
    /// Everybody who wrote one of them.
    pub authors: Vec<String>,
    /// The tags that documents carry themselves, and which do, ascending.
    pub tags: Vec<(String, Vec<DocId>)>,
    /// Which of them answer one another.
    pub threads: Threads,
}

/// What they ask of one document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// Its number.
    pub id: DocId,
    /// Its place in path order, as of the last scan; `u32::MAX` for a document that came after it.
    pub path_rank: u32,
    /// Its place in the order of titles; likewise.
    pub title_rank: u32,
    /// Index of the folder of its file.
    pub folder: u32,
    /// Words of its text.
    pub words: u32,
    /// When it was written.
    pub date: Option<Date>,
    /// When its file was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// Index of its format.
    pub format: u16,
    /// Index of the extension of its file.
    pub extension: u16,
    /// Index of its language.
    pub language: Option<u16>,
    /// Whether it names its author.
    pub authored: bool,
    /// Whether it can't be read.
    pub broken: bool,
}

impl Columns {
    /// What is known of one document.
    pub fn get(&self, id: DocId) -> Option<&Facts> {
        let at = self.documents.binary_search_by_key(&id, |facts| facts.id).ok()?;
        self.documents.get(at)
    }

    /// A folder as it is named from its root on; where there are several roots their own names come first.
    pub fn within<'f>(&self, folder: &'f Path) -> Option<&'f Path> {
        within(&self.roots, folder)
    }

    /// Where a file may lie that is named so: from the root of the disk on, or as [`Columns::within`] names it.
    pub fn whole(&self, named: &Path) -> Vec<PathBuf> {
        self.roots.iter().map(|root| above(&self.roots, root).join(named)).collect()
    }

    fn rank(&mut self, id: DocId, set: impl FnOnce(&mut Facts)) {
        if let Ok(at) = self.documents.binary_search_by_key(&id, |facts| facts.id)
            && let Some(facts) = self.documents.get_mut(at)
        {
            set(facts);
        }
    }
}

/// A path as it is named from its root on; where there are several roots their own names come first.
pub fn within<'p>(roots: &[PathBuf], path: &'p Path) -> Option<&'p Path> {
    roots.iter().find_map(|root| path.starts_with(root).then(|| path.strip_prefix(above(roots, root)).ok()).flatten())
}

/// The folder that names begin in.
fn above<'r>(roots: &[PathBuf], root: &'r Path) -> &'r Path {
    if roots.len() > 1 { root.parent().unwrap_or(root) } else { root }
}

impl Catalogue {
    /// All documents.
    pub fn columns(&self) -> Result<Columns> {
        let _read = self.db.unchecked_transaction()?;
        let mut columns = Columns { roots: self.roots.clone(), ..Columns::default() };
        let (mut formats, mut languages, mut extensions) = (Names::default(), Names::default(), Names::default());
        let (mut authors, mut tags) = (HashSet::new(), HashMap::<String, Vec<DocId>>::new());
        let mut threads = Joiner::default();
        extensions.number("");
        let mut folders: HashMap<Vec<u8>, u32> = HashMap::new();
        for (part, range) in self.parts() {
            let mut statement = self.db.prepare_cached(&format!(
                "SELECT d.id, f.path, d.words, d.date, f.modified, d.format, d.language, d.error IS NOT NULL, d.author,
                    d.tags, d.name, d.answers FROM {part}"
            ))?;
            let mut rows = statement.query(range)?;
            while let Some(row) = rows.next()? {
                let path = row.get_ref(1)?.as_blob()?;
                let end = path.iter().rposition(|byte| *byte == 0).unwrap_or(0);
                let parent = path.get(..end.max(1)).unwrap_or_default();
                let folder = folders.get(parent).copied().unwrap_or_else(|| {
                    columns.folders.push(key_path(parent));
                    let number = narrow(columns.folders.len() - 1);
                    folders.insert(parent.to_vec(), number);
                    number
                });
                let id = DocId(row.get(0)?);
                for tag in row.get_ref(9)?.as_str_or_null()?.into_iter().flat_map(str::lines) {
                    tags.entry(tag.to_owned()).or_default().push(id);
                }
                let answers = row.get_ref(11)?.as_str_or_null()?.into_iter().flat_map(str::lines);
                threads.add(id, row.get_ref(10)?.as_str_or_null()?, answers);
                let author = row.get_ref(8)?.as_str_or_null()?.filter(|author| !author.trim().is_empty());
                if let Some(author) = author.filter(|author| !authors.contains(*author)) {
                    authors.insert(author.to_owned());
                }
                columns.documents.push(Facts {
                    id,
                    path_rank: u32::MAX,
                    title_rank: u32::MAX,
                    folder,
                    words: u32::try_from(unsigned(row.get(2)?)).unwrap_or(u32::MAX),
                    date: read_date(row, 3)?,
                    modified: row.get(4)?,
                    format: formats.number(row.get_ref(5)?.as_str()?),
                    language: row.get_ref(6)?.as_str_or_null()?.map(|tag| languages.number(tag)),
                    extension: extension(path).map_or(0, |extension| extensions.number(&extension)),
                    authored: author.is_some(),
                    broken: row.get(7)?,
                });
            }
        }
        columns.documents.sort_unstable_by_key(|facts| facts.id);
        for (id, rank) in self.order("path")?.iter().flat_map(|ids| ids.iter()).zip(0..) {
            columns.rank(*id, |facts| facts.path_rank = rank);
        }
        for (id, rank) in self.order("title")?.iter().flat_map(|ids| ids.iter()).zip(0..) {
            columns.rank(*id, |facts| facts.title_rank = rank);
        }
        (columns.formats, columns.languages, columns.extensions) = (formats.list, languages.list, extensions.list);
        columns.authors = authors.into_iter().collect();
        columns.authors.sort_unstable();
        columns.threads = threads.finish();
        columns.tags = tags.into_iter().collect();
        columns.tags.sort_unstable();
        columns.tags.iter_mut().for_each(|(_, ids)| ids.sort_unstable());
        Ok(columns)
    }
}

/// The extension of a stored path, in lower case.
fn extension(path: &[u8]) -> Option<String> {
    let name = path.rsplit(|byte| *byte == 0).next()?;
    let dot = name.iter().rposition(|byte| *byte == b'.').filter(|at| *at > 0)?;
    Some(String::from_utf8_lossy(name.get(dot + 1..)?).to_lowercase()).filter(|extension| !extension.is_empty())
}

/// A few names that many documents share.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    numbers: HashMap<String, u16>,
}

impl Names {
    /// The number of a name. Past 65,535 different ones, which only nonsense reaches, all share the last.
    fn number(&mut self, name: &str) -> u16 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let Ok(number) = u16::try_from(self.list.len()) else { return u16::MAX };
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

/// Document numbers are 32 bits wide, so counts of documents are.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
