//! stub
use super::{config::Config, folders::Folders};
use crate::library::Store;
use anyhow::Result;
use std::path::PathBuf;
/// Opening
pub enum Opening {
    /// Library
    Library {
        /// roots
        roots: Vec<PathBuf>,
        /// name
        name: String,
    },
    /// File
    File(PathBuf),
    /// Pipe
    Pipe,
}
/// stub
pub fn resolve(paths: &[PathBuf], guide: bool, piped: bool, _config: &Config, folders: &Folders) -> Result<Opening> {
    if guide {
        return Ok(Opening::Library { roots: vec![crate::guide::unpack(&folders.cache)?], name: "guide".into() });
    }
    if piped && paths.is_empty() {
        return Ok(Opening::Pipe);
    }
    if let [one] = paths
        && one.is_file()
    {
        return Ok(Opening::File(one.clone()));
    }
    let name = paths.first().and_then(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Opening::Library { roots: paths.to_vec(), name })
}
/// stub
pub fn open_store(folders: &Folders, roots: &[PathBuf]) -> Result<(Store, Option<String>)> {
    Ok((Store::open(&folders.cache, roots)?, None))
}
