//! Which files are taken for documents. A folder of notes holds other things too: programs, data, pictures. The name
//! decides where it can; where it can't, the beginning of the file does.
//!
//! A name never makes a file unreadable: `--all` takes everything. What a compressed file is, its name says without the
//! extension of the compression.

use std::path::Path;

use super::{FORMATS, code, container};

/// Why a file is taken, or looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A format claims its extension.
    Named,
    /// Its name says nothing (`README`, `mail.1`): it is a document when it holds text that was written to be read.
    Look,
    /// Everything was asked for.
    All,
}

/// What the name of a file says; `None` when it is no document.
pub fn claim(path: &Path, all: bool) -> Option<Claim> {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = container::bare(&name);
    let extension = Path::new(name.as_ref()).extension().map(|e| e.to_string_lossy()).unwrap_or_default();
    let among = |table: &[(&str, &str)], word: &str| table.iter().any(|(_, words)| words.split(' ').any(|w| w == word));
    let program = code::EXTENSIONS.contains(&extension.as_ref()) || among(PROGRAM_NAMES, &name);
    // A format reads programs, but only when it is asked to.
    if !all && program {
        None
    } else if FORMATS.iter().any(|format| format.extensions.contains(&extension.as_ref())) {
        Some(Claim::Named)
    } else if all {
        Some(Claim::All)
    } else if among(NOT_DOCUMENTS, &extension) {
        None
    } else {
        Some(Claim::Look)
    }
}

/// Extensions of files that are not read as documents: why, and which. Lower case.
const NOT_DOCUMENTS: &[(&str, &str)] = &[
    // Read as plain text these are tags; each goes from here to its format when there is one.
    ("documents in formats that recto doesn't read", "azw3 chm doc hlp mobi pps ppt ps"),
    (
        "how programs are built",
        "ac am bazel build bzl cabal cmake csproj gemspec in mak mk ninja pbxproj sln spec vcxproj xcodeproj",
    ),
    (
        "data for programs",
        "avro bib bin bson cfg conf config dat data db desktop dtd env geojson gpx graphql ics ini json json5 \
         jsonc kml lock map mat mod npy npz parquet pbtxt pickle pkl plist properties rdf reg resx service \
         sqlite sqlite3 sum symbols toml topojson ui vcf xsd xsl xslt yaml yml",
    ),
    (
        "what programs leave behind",
        "a aux bak bbl blg cache class crt dll dylib elc exe gch gcda gcno idx key lib lo lof lot mo o obj orig out pack pcap \
         pdb pem pid pub pyc pyd pyo rej rlib rmeta so swo swp synctex tmp toc wasm whl",
    ),
    (
        "pictures, sound, film, fonts",
        "aac ai avi avif blend bmp dwg eot eps fbx fig flac flv gif glb gltf heic icns ico jpeg jpg jxl m4a m4v mid midi \
         mkv mov mp3 mp4 mpeg mpg odg ogg ogv opus otf pcx pfb png ppm psd raw stl svg svgz tga tif tiff ttc ttf wav \
         webm webp wmv woff woff2 xcf xpm",
    ),
    (
        "archives of programs, and those that recto doesn't read",
        "7z apk cab cpio crate deb dmg ear img iso jar lz lz4 lzma rar rpm war z",
    ),
];

/// Whole names of files that no extension tells. Lower case.
const PROGRAM_NAMES: &[(&str, &str)] = &[
    ("how programs are built", "brewfile cmakelists.txt configure containerfile dockerfile gemfile gnumakefile"),
    ("how programs are built", "jenkinsfile justfile makefile procfile rakefile requirements.txt vagrantfile"),
    ("who answers for which file", "codeowners"),
];

/// Whether a file whose name says nothing holds text that was written to be read, by its first bytes.
pub fn is_prose(head: &[u8]) -> bool {
    let marked = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    if head.is_empty() || (head.contains(&0) && !marked) {
        return false;
    }
    let control = |byte: &&u8| matches!(byte, 0x01..=0x06 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    if !marked && head.iter().filter(control).count() * 50 > head.len() {
        return false;
    }
    let start = head.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(head).trim_ascii_start();
    !PROGRAM_STARTS.iter().any(|(_, first)| start.starts_with(first))
}

/// How programs and data begin that carry no extension.
const PROGRAM_STARTS: &[(&str, &[u8])] = &[
    ("script", b"#!"),
    ("C", b"#include"),
    ("C", b"#ifndef"),
    ("C", b"#pragma"),
    ("PHP", b"<?php"),
    ("XML", b"<?xml"),
    ("HTML", b"<!DOCTYPE"),
    ("HTML", b"<!doctype"),
    ("HTML", b"<html"),
    ("JSON", b"{\""),
    ("JSON", b"{\n"),
    ("JSON", b"[{"),
    ("JSON", b"[\""),
    ("key or certificate", b"-----BEGIN "),
    ("public key", b"ssh-"),
    ("Git LFS pointer", b"version https://git-lfs"),
    ("git folder elsewhere", b"gitdir: "),
    ("PDF", b"%PDF-"),
    ("PostScript", b"%!PS"),
];
