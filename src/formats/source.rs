//! Where the bytes of a document come from. Read by position and never mapped: a file may shrink while it is read, and
//! a read past its end is an answer where a page fault would be a signal.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};

use super::{Bundle, Hints};

/// Bytes read by position.
pub trait ReadAt: Send + Sync {
    /// Reads at `offset` into `buffer`; fewer bytes than asked for only at the end.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize>;
    /// How many bytes there are now.
    fn size(&self) -> u64;
    /// Whether more may come.
    fn growing(&self) -> bool {
        false
    }
}

/// The bytes of a file or of a pipe, with the name they go by.
#[derive(Clone)]
pub struct Source {
    /// The file's name, or what stands in for it.
    pub name: String,
    /// The file, when there is one.
    pub path: Option<PathBuf>,
    bytes: Arc<dyn ReadAt>,
    /// The folder that the bytes are made of, when it is one document.
    pub(super) bundle: Option<Arc<Bundle>>,
    /// What a program wrote for a terminal: its lines are kept and its escape sequences are styles.
    pub terminal: bool,
    /// What the reader knows of it.
    pub hints: Arc<Hints>,
}

impl Source {
    /// Opens a regular file, or a folder that is one document. A pipe or a device is refused before it could block.
    pub fn file(path: &Path) -> Result<Source> {
        let shown = || path.display().to_string();
        let kind = std::fs::metadata(path).with_context(shown)?;
        let bundle = kind.is_dir().then(|| Bundle::open(path)).flatten().map(Arc::new);
        let bytes: Arc<dyn ReadAt> = match &bundle {
            Some(bundle) => bundle.clone(),
            None if kind.is_file() => Arc::new(File::open(path).with_context(shown)?),
            None => bail!("{}: not a regular file", shown()),
        };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Source { name, path: Some(path.to_owned()), bytes, bundle, terminal: false, hints: Arc::default() })
    }

    /// The same with its bytes read into memory once, if they are few: as they are now, and not as they will be.
    pub fn held(self, limit: u64) -> Result<Source> {
        let size = self.size();
        match usize::try_from(size) {
            Ok(length) if size <= limit => Ok(Source { bytes: Arc::new(self.read(0, length)?), ..self }),
            _ => Ok(self),
        }
    }

    /// Bytes in memory.
    pub fn memory(name: &str, bytes: impl Into<Vec<u8>>) -> Source {
        Source::new(name, Arc::new(bytes.into()))
    }

    /// Any other bytes.
    pub fn new(name: &str, bytes: Arc<dyn ReadAt>) -> Source {
        Source { name: name.to_owned(), path: None, bytes, bundle: None, terminal: false, hints: Arc::default() }
    }

    /// Bytes that were in these, of which the reader knows the same.
    pub fn other(&self, name: &str, bytes: Arc<dyn ReadAt>) -> Source {
        Source::new(name, bytes).hinted(&self.hints)
    }

    /// The same with what the reader knows of it.
    pub fn hinted(self, hints: &Arc<Hints>) -> Source {
        Source { hints: hints.clone(), ..self }
    }

    /// Bytes there are now.
    pub fn size(&self) -> u64 {
        self.bytes.size()
    }

    /// Whether more may come.
    pub fn growing(&self) -> bool {
        self.bytes.growing()
    }

    /// The extension in lower case, without the dot; empty when there is none.
    pub fn extension(&self) -> String {
        Path::new(&self.name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
    }

    /// Up to `length` bytes at `offset`; fewer only at the end.
    pub fn read(&self, offset: u64, length: usize) -> Result<Vec<u8>> {
        let left = usize::try_from(self.size().saturating_sub(offset)).unwrap_or(usize::MAX);
        let mut buffer = vec![0; length.min(left)];
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.bytes.read_at(offset + filled as u64, rest) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e).with_context(|| self.name.clone()),
            }
        }
        buffer.truncate(filled);
        Ok(buffer)
    }
}

impl ReadAt for Vec<u8> {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|o| self.get(o..)).unwrap_or_default();
        let n = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..n), rest.get(..n)) {
            to.copy_from_slice(from);
        }
        Ok(n)
    }

    fn size(&self) -> u64 {
        self.len() as u64
    }
}

impl ReadAt for File {
    #[cfg(unix)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, buffer, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(self, buffer, offset)
    }

    fn size(&self) -> u64 {
        self.metadata().map(|m| m.len()).unwrap_or(0)
    }
}
