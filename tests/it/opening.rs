//! What paths mean, before anything is shown of them.

use std::{fs, path::PathBuf};

use recto::app::{Config, Folders, Opening, opening::open_store, opening::resolve};
use tempfile::TempDir;

struct World {
    dir: TempDir,
    folders: Folders,
    config: Config,
}

impl World {
    fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["one", "two"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
            fs::write(dir.path().join(folder).join("text.md"), "# A text\n\nWords.\n").unwrap();
        }
        let own = |name: &str| dir.path().join("own").join(name);
        let folders = Folders { data: own("data"), cache: own("cache"), config: own("config") };
        World { folders, dir, config: Config::default() }
    }

    fn paths(&self, names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(|name| self.dir.path().join(name)).collect()
    }

    fn resolve(&self, names: &[&str]) -> Result<Opening, String> {
        resolve(&self.paths(names), false, false, &self.config, &self.folders).map_err(|error| format!("{error:#}"))
    }

    /// What the header calls these paths.
    fn name(&self, names: &[&str]) -> String {
        match self.resolve(names).unwrap() {
            Opening::Library { name, roots } => {
                assert_eq!(roots, self.paths(names));
                name
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn folders_and_files_are_a_library_with_a_name() {
    let world = World::new();
    assert_eq!(world.name(&["one"]), "one");
    assert_eq!(world.name(&["one/../two/."]), "two", "the folder that it is, however it is written");
    assert_eq!(world.name(&["one", "two"]), "2 folders");
    assert_eq!(world.name(&["one/text.md", "two/text.md"]), "2 files");
    assert_eq!(world.name(&["one/text.md", "two"]), "2 paths");
}

#[test]
fn one_file_is_opened_by_itself() {
    let world = World::new();
    assert_eq!(world.resolve(&["one/text.md"]), Ok(Opening::File(world.dir.path().join("one/text.md"))));
}

#[test]
fn a_dash_or_a_pipe_is_standard_input() {
    let world = World::new();
    let resolve = |paths: &[&str], piped| {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        resolve(&paths, false, piped, &world.config, &world.folders).map_err(|error| format!("{error:#}"))
    };
    assert_eq!(resolve(&["-"], false), Ok(Opening::Pipe));
    assert_eq!(resolve(&[], true), Ok(Opening::Pipe));
    assert!(matches!(resolve(&["/"], true), Ok(Opening::Library { .. })), "a path goes before a pipe");
    assert!(resolve(&["-", "/"], true).unwrap_err().starts_with("-: "));
}

#[test]
fn the_libraries_of_the_configuration_are_opened_without_a_path() {
    let mut world = World::new();
    world.config.libraries = world.paths(&["one", "two"]);
    assert_eq!(
        world.resolve(&[]),
        Ok(Opening::Library { roots: world.config.libraries.clone(), name: "2 folders".to_owned() })
    );
    world.config.libraries = world.paths(&["none"]);
    let error = world.resolve(&[]).unwrap_err();
    assert!(error.contains("none: no such file or directory") && error.contains("configured"), "{error}");
}

#[test]
fn the_guide_is_a_library_too() {
    let world = World::new();
    let guide = resolve(&[], true, true, &world.config, &world.folders).unwrap();
    let roots = vec![world.folders.cache.join("guide")];
    assert_eq!(guide, Opening::Library { roots: roots.clone(), name: "guide".to_owned() });
    assert!(roots[0].join("01-welcome.md").exists());
}

#[test]
fn what_can_not_be_opened_is_named() {
    let world = World::new();
    let missing = world.dir.path().join("missing");
    assert_eq!(world.resolve(&["missing"]), Err(format!("{}: no such file or directory", missing.display())));
    assert!(world.resolve(&["one", "missing"]).unwrap_err().starts_with(&missing.display().to_string()));
    let error = open_store(&world.folders, std::slice::from_ref(&missing)).unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        format!("{}: no such file or directory", missing.display()),
        "no other cache helps"
    );
    #[cfg(unix)]
    assert_eq!(world.resolve(&["/dev/null"]), Err("/dev/null: neither a file nor a folder".to_owned()));
}

#[test]
fn a_store_lies_in_the_cache() {
    let world = World::new();
    let (store, warning) = open_store(&world.folders, &world.paths(&["one"])).unwrap();
    assert!(store.dir.starts_with(&world.folders.cache), "{store:?}");
    assert_eq!(warning, None);
}
