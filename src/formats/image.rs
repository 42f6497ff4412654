//! The images that documents show, by the names that they have there: written out in the name itself (RFC 2397), in the
//! file of the document, or in a file beside it. Nothing is ever fetched from elsewhere.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::{
    Contents, Entry, Source, Through, bounds,
    container::{self, Budget},
    href, mail, through,
    zipped::{LOCAL, Zipped},
};

/// The bytes of the image that a document of this source calls `name`.
pub fn image_of(source: &Source, entry: &Entry, name: &str) -> Result<Vec<u8>> {
    image_within(source, entry, name, &mut Budget::default())
}

/// The same, where what is unpacked on the way counts.
pub(super) fn image_within(source: &Source, entry: &Entry, name: &str, budget: &mut Budget) -> Result<Vec<u8>> {
    if let Some(data) = name.strip_prefix("data:") {
        return written_out(data);
    }
    let Through { source: plain, format, .. } = &through(source, budget)?;
    if matches!(format.contents, Contents::Files) {
        return container::image(plain, entry, name, budget);
    }
    match format.image {
        Some(image) => image(plain, entry, name),
        None if plain.read(0, LOCAL.len())? == LOCAL => member(plain, name),
        None => beside(source, name),
    }
}

/// A file within a document that is an archive of files.
pub(super) fn member(source: &Source, name: &str) -> Result<Vec<u8>> {
    let mut archive = Zipped::open(source)?;
    let at = archive.find(name).with_context(|| format!("{name}: not in the file"))?;
    Ok(archive.read(at)?.bytes)
}

/// The bytes in `image/png;base64,…`, the rest of a URL.
fn written_out(data: &str) -> Result<Vec<u8>> {
    let (kind, data) = data.split_once(',').context("a data URL without data")?;
    let data = href::bytes(data);
    Ok(if kind.to_ascii_lowercase().ends_with(";base64") { mail::decoded(&data) } else { data })
}

/// The bytes of a file that is named as seen from the folder of the document.
pub(super) fn beside(source: &Source, name: &str) -> Result<Vec<u8>> {
    let folder = source.path.as_deref().and_then(Path::parent).context("the document is no file")?;
    let name = name.strip_prefix("file://").unwrap_or(name);
    if name.contains("://") || name.starts_with("//") {
        bail!("{name}: elsewhere");
    }
    // A name that is one already may hold any sign; else it is a reference.
    let path = [name, &href::decoded(name.split(['?', '#']).next().unwrap_or_default())]
        .map(|name| folder.join(name))
        .into_iter()
        .find(|path| path.is_file())
        .with_context(|| format!("{name}: no such file"))?;
    let image = Source::file(&path)?;
    if image.size() > bounds::IMAGE {
        bail!("{name}: larger than {}", bounds::megabytes(usize::try_from(bounds::IMAGE).unwrap_or(usize::MAX)));
    }
    image.read(0, usize::try_from(bounds::IMAGE)?)
}
