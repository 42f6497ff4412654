//! What the fields of a query can ask for in a library: what Tab completes.

use std::collections::BTreeSet;

use crate::{library::Columns, search::Kept, state::Values, text::language};

/// The values that there are, each once, in order.
pub(super) fn values(columns: &Columns, kept: &Kept) -> Values {
    let mut folders = BTreeSet::new();
    for folder in columns.folders.iter().filter_map(|folder| columns.within(folder)) {
        let above = folder.ancestors().filter(|above| !above.as_os_str().is_empty());
        // Once one is known, so are those above it.
        for folder in above {
            if !folders.insert(folder.to_string_lossy().replace('\\', "/")) {
                break;
            }
        }
    }
    let names = columns.formats.iter().chain(&columns.extensions).filter(|name| !name.is_empty());
    let called = |tag: &String| {
        let known = language::meant(tag).map(|language| language.name.to_lowercase());
        known.unwrap_or_else(|| tag.clone())
    };
    let tags = kept.tags.iter().map(|tag| tag.text.clone()).chain(columns.tags.iter().map(|(tag, _)| tag.clone()));
    Values {
        folders: folders.into_iter().collect(),
        types: names.cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        languages: columns.languages.iter().map(called).collect::<BTreeSet<_>>().into_iter().collect(),
        authors: columns.authors.clone(),
        tags: tags.collect::<BTreeSet<_>>().into_iter().collect(),
    }
}
