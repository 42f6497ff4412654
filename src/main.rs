//! stub
use recto::app::{Config, Folders, Options, opening::resolve, run};
use std::{io::IsTerminal, path::PathBuf, process::ExitCode};
fn main() -> anyhow::Result<ExitCode> {
    let folders = Folders::from_environment()?;
    let config = Config::load(&folders.config.join("config.toml"))?;
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let guide = paths.iter().any(|p| p.as_os_str() == "--guide");
    paths.retain(|p| p.as_os_str() != "--guide");
    let opening = resolve(&paths, guide, !std::io::stdin().is_terminal(), &config, &folders)?;
    run(Options { opening, config, folders, all: false })
}
