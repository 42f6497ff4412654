//! Safari's web archives: a binary property list (the layout is in Apple's CFBinaryPList.c) of which only the page is read,
//! `WebMainResource` / `WebResourceData`.

use anyhow::{Context as _, Result, bail};

/// Entries of one dictionary.
const MAX_ENTRIES: usize = 4096;

/// The bytes of the page and the encoding that is named with it.
pub fn page(bytes: &[u8]) -> Result<(Vec<u8>, Option<String>)> {
    let list = List::of(bytes).context("a damaged property list")?;
    let main = list.entry(list.top, "WebMainResource").context("a property list, and no web archive")?;
    let data =
        list.entry(main, "WebResourceData").and_then(|at| list.data(at)).context("a web archive without its page")?;
    let text = |key| list.entry(main, key).and_then(|at| list.text(at));
    if let Some(kind) = text("WebResourceMIMEType").filter(|kind| !kind.contains("html") && !kind.starts_with("text/"))
    {
        bail!("a web archive of {kind}");
    }
    Ok((data.to_vec(), text("WebResourceTextEncodingName")))
}

/// A property list: where its objects stand.
struct List<'b> {
    bytes: &'b [u8],
    /// Bytes of an offset and of a reference to an object.
    offset_size: usize,
    reference_size: usize,
    count: usize,
    table: usize,
    top: usize,
}

impl<'b> List<'b> {
    fn of(bytes: &'b [u8]) -> Option<List<'b>> {
        let trailer = bytes.get(bytes.len().checked_sub(32)?..)?;
        let number = |at: usize| number(trailer.get(at..at + 8)?);
        Some(List {
            bytes,
            offset_size: usize::from(*trailer.get(6)?),
            reference_size: usize::from(*trailer.get(7)?),
            count: number(8)?,
            top: number(16)?,
            table: number(24)?,
        })
    }

    /// The marker of an object and what follows it.
    fn object(&self, object: usize) -> Option<(u8, &'b [u8])> {
        if object >= self.count {
            return None;
        }
        let at = self.table.checked_add(object.checked_mul(self.offset_size)?)?;
        let offset = number(self.bytes.get(at..at.checked_add(self.offset_size)?)?)?;
        let (marker, rest) = self.bytes.get(offset..)?.split_first()?;
        Some((*marker, rest))
    }

    /// The length that a marker gives, and what follows it.
    fn length(&self, marker: u8, rest: &'b [u8]) -> Option<(usize, &'b [u8])> {
        if marker & 0x0f != 0x0f {
            return Some((usize::from(marker & 0x0f), rest));
        }
        let (kind, rest) = rest.split_first()?;
        let size = 1usize.checked_shl(u32::from(kind & 0x0f)).filter(|size| *size <= 8 && kind >> 4 == 1)?;
        Some((number(rest.get(..size)?)?, rest.get(size..)?))
    }

    fn data(&self, object: usize) -> Option<&'b [u8]> {
        let (marker, rest) = self.object(object)?;
        let (length, rest) = self.length(marker, rest)?;
        (marker >> 4 == 4).then(|| rest.get(..length)).flatten()
    }

    fn text(&self, object: usize) -> Option<String> {
        let (marker, rest) = self.object(object)?;
        let (length, rest) = self.length(marker, rest)?;
        match marker >> 4 {
            5 => Some(String::from_utf8_lossy(rest.get(..length)?).into_owned()),
            6 => Some(
                encoding_rs::UTF_16BE.decode_without_bom_handling(rest.get(..length.checked_mul(2)?)?).0.into_owned(),
            ),
            _ => None,
        }
    }

    /// The value of a key of a dictionary.
    fn entry(&self, object: usize, key: &str) -> Option<usize> {
        let (marker, rest) = self.object(object)?;
        let (count, rest) = self.length(marker, rest)?;
        if marker >> 4 != 0xd || count > MAX_ENTRIES {
            return None;
        }
        let reference = |at: usize| {
            let from = at.checked_mul(self.reference_size)?;
            number(rest.get(from..from.checked_add(self.reference_size)?)?)
        };
        let at = (0..count).find(|at| reference(*at).and_then(|at| self.text(at)).is_some_and(|name| name == key))?;
        reference(count + at)
    }
}

/// A number, its highest byte first.
fn number(bytes: &[u8]) -> Option<usize> {
    if bytes.is_empty() || bytes.len() > 8 {
        return None;
    }
    usize::try_from(bytes.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte))).ok()
}
