//! Archives and compressed files: what a case folder can't show. Bombs are built here, and nothing of one is kept.

use std::{
    fs,
    io::{self, Cursor, Write as _},
    ops::ControlFlow,
    sync::{Arc, Mutex},
};

use flate2::{Compression, write::GzEncoder};
use recto::{
    formats::{self, Entry, ReadAt, Source},
    library,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::formats::check_body;

fn zip(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// The ids, each with its first warning or its error, and what ended it all.
fn listed(name: &str, bytes: Vec<u8>) -> (Vec<(String, String)>, String) {
    let mut all = Vec::new();
    let done = formats::documents(&Source::memory(name, bytes), &mut |found| {
        let said = match &found.document {
            Ok(document) => {
                check_body(&*document.body);
                document.warnings.first().cloned().unwrap_or_default()
            }
            Err(error) => format!("{error:#}"),
        };
        all.push((found.entry.id.unwrap_or_default(), said));
        ControlFlow::Continue(())
    });
    (all, done.err().map(|error| format!("{error:#}")).unwrap_or_default())
}

/// One that unpacks to a thousand times its size is cut where that is no text any more.
#[test]
fn a_bomb_is_cut_short() {
    let bomb = gzip(&b"la ".repeat(1 << 20));
    let (all, end) = listed("song.txt.gz", bomb.clone());
    assert_eq!((all.len(), end.as_str()), (1, ""));
    assert!(all[0].1.starts_with("more than 200 times as long as packed"), "{all:?}");
    let (all, _) = listed("songs.zip", zip(&[("song.txt", &b"la ".repeat(1 << 20))], CompressionMethod::Deflated));
    assert!(all[0].1.starts_with("more than 200 times as long as packed"), "{all:?}");
    let document = formats::open(&Source::memory("song.txt.gz", bomb), &Entry::default()).unwrap();
    assert!(document.body.len() < 2 << 20, "{} bytes", document.body.len());
}

/// As 42.zip is: copies of an archive in an archive, so that a few kilobytes are more than any disk holds.
#[test]
fn archives_of_archives_end() {
    let mut inner = zip(&[("text.txt", b"A text\n\nIt lies deep.\n")], CompressionMethod::Deflated);
    for depth in 0..6 {
        let names: Vec<String> = (0..4).map(|n| format!("{depth}-{n}.zip")).collect();
        let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), inner.as_slice())).collect();
        inner = zip(&members, CompressionMethod::Deflated);
    }
    let (all, end) = listed("42.zip", inner);
    // Four archives deep there are 4³ archives, each with four that are not opened.
    assert_eq!((all.len(), end.as_str()), (256, ""));
    assert!(all.iter().all(|(_, said)| said == "archives within archives, more than 4 deep"), "{all:?}");
    let mut packed = b"Text that was packed again and again.\n".to_vec();
    for _ in 0..8 {
        packed = gzip(&packed);
    }
    assert_eq!(listed("a.txt", packed).1, "compressed more than 4 times over");
}

/// Bytes that remember how many of them were read.
struct Counted(Vec<u8>, Mutex<usize>);

impl ReadAt for Counted {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read_at(offset, buffer)?;
        *self.1.lock().unwrap() += read;
        Ok(read)
    }

    fn size(&self) -> u64 {
        self.0.size()
    }
}

/// Opening one member leaves the others where they are.
#[test]
fn a_member_is_opened_alone() {
    let large = b"words and more words\n".repeat(200_000);
    let members: [(&str, &[u8]); 3] =
        [("before.txt", &large), ("wanted.md", b"# Wanted\n\nHere it is.\n"), ("after.txt", &large)];
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, name, bytes).unwrap();
    }
    for bytes in [zip(&members, CompressionMethod::Stored), tar.into_inner().unwrap()] {
        let bytes = Arc::new(Counted(bytes, Mutex::default()));
        let entry = Entry { id: Some("wanted.md".to_owned()), offset: 0 };
        let source = Source::new("archive", Arc::clone(&bytes) as Arc<dyn ReadAt>);
        let document = formats::open(&source, &entry).unwrap();
        assert_eq!(document.meta.title.as_deref(), Some("Wanted"));
        let read = *bytes.1.lock().unwrap();
        assert!(read < 1 << 20, "{read} bytes");
        let nothing = Entry { id: Some("nothing.md".to_owned()), offset: 0 };
        assert!(formats::open(&source, &nothing).is_err());
    }
}

/// What is too long for the memory lies in a file that has no name, and reads the same.
#[test]
fn a_long_text_is_read_through() {
    let lines: String = (0..1_200_000).map(|n| format!("Line {n}.\n")).collect();
    let document = formats::open(&Source::memory("long.log.gz", gzip(lines.as_bytes())), &Entry::default()).unwrap();
    assert_eq!(document.body.len(), lines.len() as u64);
    let last = document.body.last().and_then(|last| document.body.block(last)).unwrap();
    assert!(last.text.trim_end().ends_with("Line 1199999."), "{}", last.text);
    assert!(document.warnings.is_empty(), "{:?}", document.warnings);
}

/// In a folder, what is compressed is taken by its name or its beginning as anything else is; an archive without documents is
/// none.
#[test]
fn a_folder_takes_what_is_in_containers() {
    let folder = tempfile::tempdir().unwrap();
    let prose = b"Words to be read.\n\nThey stand in a file that is compressed.\n";
    let files: [(&str, Vec<u8>); 5] = [
        ("changelog.Debian.gz", gzip(prose)),
        ("pictures.zip", zip(&[("a.png", b"\x89PNG\r\n\x1a\n\0")], CompressionMethod::Stored)),
        ("texts.zip", zip(&[("a.txt", prose), ("b.png", b"\0"), ("c.md", b"# C\n")], CompressionMethod::Deflated)),
        ("blob.gz", gzip(&[0, 1, 2, 3, 4, 5])),
        ("text.md.gz", gzip(b"# Compressed\n\nWords.\n")),
    ];
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let found = Mutex::new(Vec::new());
    library::walk(&[folder.path().to_owned()], &library::WalkOptions::default(), &|f| found.lock().unwrap().push(f));
    let mut all = Vec::new();
    for found in found.into_inner().unwrap() {
        let library::Found::File(file) = found else { panic!("{found:?}") };
        let examined = library::examine_found(&file, &std::sync::Arc::default(), &mut ());
        assert_eq!(examined.error, None, "{file:?}");
        let name = file.path.file_name().unwrap().to_string_lossy().into_owned();
        all.extend(examined.entries.into_iter().map(|new| {
            let id = new.entry.id.map(|id| format!("#{id}")).unwrap_or_default();
            format!("{name}{id}: {} ({})", new.title, new.format)
        }));
    }
    all.sort();
    assert_eq!(
        all,
        [
            "changelog.Debian.gz: Words to be read. (text)",
            "text.md.gz: Compressed (markdown)",
            "texts.zip#a.txt: Words to be read. (text)",
            "texts.zip#c.md: C (markdown)",
        ]
    );
}
