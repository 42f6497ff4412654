//! What of a book is encrypted (OCF 3.3, section 4.2.6.3.2). Fonts that are only obfuscated don't matter; a book whose
//! pages are locked is not read, and the reason says by whom.

use std::collections::HashSet;

use anyhow::{Result, bail};

use super::{Book, Package};
use crate::formats::{
    href,
    xml::{Event, Xml},
};

/// Where the archive says which files are encrypted.
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// Ways to garble fonts, which is no encryption: of the IDPF and of Adobe.
const OBFUSCATED: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Fails if the pages of the book are encrypted.
pub fn check(book: &mut Book, package: &Package) -> Result<()> {
    let Some(xml) = book.xml(ENCRYPTION) else { return Ok(()) };
    let locked = encrypted(&xml);
    let is_locked = |at: &usize| package.items.get(*at).is_some_and(|item| locked.contains(&item.path.to_lowercase()));
    if !package.spine.iter().any(is_locked) {
        return Ok(());
    }
    bail!("encrypted: {}", lock(book));
}

/// The paths of the encrypted files, in lower case.
fn encrypted(xml: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    let (mut method, mut keyed) = (String::new(), 0usize);
    for event in Xml::new(xml) {
        match event {
            Event::Start(element) => match element.name.as_str() {
                "encrypteddata" => method.clear(),
                "keyinfo" => keyed += 1,
                "encryptionmethod" if keyed == 0 => method = element.attribute("algorithm").unwrap_or_default(),
                "cipherreference" if !OBFUSCATED.contains(&method.trim()) => {
                    let uri = element.attribute("uri").unwrap_or_default();
                    found.extend(href::resolve("", &uri).map(|target| target.path.to_lowercase()));
                }
                _ => {}
            },
            Event::End(name) if name == "keyinfo" => keyed = keyed.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// Whose lock it is, by the files that come with it.
fn lock(book: &mut Book) -> &'static str {
    let rights = book.xml("META-INF/rights.xml");
    if rights.as_ref().is_some_and(|rights| rights.contains("kdrm") || rights.contains("kobo")) {
        "locked by Kobo's DRM"
    } else if rights.is_some() {
        "locked by Adobe's DRM"
    } else if book.archive.find("META-INF/license.lcpl").is_some() {
        "locked by Readium LCP, needs a passphrase"
    } else if book.archive.find("META-INF/sinf.xml").is_some() {
        "locked by Apple's DRM"
    } else {
        "its pages can't be read"
    }
}
