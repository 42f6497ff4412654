//! stub
use std::path::PathBuf;
/// Folders
pub struct Folders {
    /// data
    pub data: PathBuf,
    /// cache
    pub cache: PathBuf,
    /// config
    pub config: PathBuf,
}
impl Folders {
    /// stub
    pub fn from_environment() -> anyhow::Result<Folders> {
        let get = |n: &str, d: &str| PathBuf::from(std::env::var_os(n).unwrap_or(d.into())).join("recto");
        Ok(Folders {
            data: get("XDG_DATA_HOME", "/tmp/d"),
            cache: get("XDG_CACHE_HOME", "/tmp/c"),
            config: get("XDG_CONFIG_HOME", "/tmp/cf"),
        })
    }
}
