//! Where recto keeps its things: the XDG folders on Linux and macOS alike, each with `/recto`. Nothing is made here; who
//! writes into a folder makes it.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use etcetera::{BaseStrategy as _, base_strategy::Xdg};

/// recto's folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// What the reader did: the only copy.
    pub data: PathBuf,
    /// Titles and words: rebuilt when lost.
    pub cache: PathBuf,
    /// Settings.
    pub config: PathBuf,
}

impl Folders {
    /// As `XDG_DATA_HOME`, `XDG_CACHE_HOME` and `XDG_CONFIG_HOME` say, else below the home folder.
    ///
    /// A variable that names a relative path counts as not set (XDG Base Directory Specification 0.8).
    pub fn from_environment() -> Result<Folders> {
        let base = Xdg::new().context("there is no home folder: HOME is not set")?;
        let own = |folder: PathBuf| folder.join("recto");
        Ok(Folders { data: own(base.data_dir()), cache: own(base.cache_dir()), config: own(base.config_dir()) })
    }

    /// The file of the settings.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }
}
