//! Layers (optional content, ISO 32000-1 section 8.11): which of them are off when the document is opened.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};

/// The groups that are off.
#[derive(Debug, Default)]
pub struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// As the catalogue of the document says.
    pub fn of(catalog: &Dict<'_>) -> Layers {
        let mut layers = Layers::default();
        let Some(all) = catalog.get::<Dict<'_>>("OCProperties") else { return layers };
        let Some(shown) = all.get::<Dict<'_>>("D") else { return layers };
        if shown.get::<Name<'_>>("BaseState").as_deref() == Some(b"OFF".as_slice()) {
            layers.off.extend(ids(&all, "OCGs"));
            for id in ids(&shown, "ON") {
                layers.off.remove(&id);
            }
        }
        layers.off.extend(ids(&shown, "OFF"));
        layers
    }

    /// Whether content marked as of the group `id`, which is `group`, is not shown.
    pub fn hides(&self, id: Option<ObjectIdentifier>, group: Option<&Dict<'_>>) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if id.is_some_and(|id| self.off.contains(&id)) {
            return true;
        }
        // A membership: shown when any of its groups is on, unless it says otherwise.
        let Some(member) = group.filter(|g| g.get::<Name<'_>>("Type").as_deref() == Some(b"OCMD".as_slice())) else {
            return false;
        };
        let mut groups = ids(member, "OCGs");
        groups.extend(member.get_ref("OCGs").map(ObjectIdentifier::from));
        if groups.is_empty() {
            return false;
        }
        let off = |id: &ObjectIdentifier| self.off.contains(id);
        match member.get::<Name<'_>>("P").as_deref() {
            Some(b"AllOn") => groups.iter().any(off),
            Some(b"AnyOff") => !groups.iter().any(off),
            Some(b"AllOff") => !groups.iter().all(off),
            _ => groups.iter().all(off),
        }
    }

    /// Whether an object that is drawn is of a layer that is off.
    pub fn hides_object(&self, object: &Dict<'_>) -> bool {
        !self.off.is_empty()
            && object.contains_key("OC")
            && self.hides(object.get_ref("OC").map(Into::into), object.get::<Dict<'_>>("OC").as_ref())
    }
}

fn ids(dict: &Dict<'_>, key: &str) -> Vec<ObjectIdentifier> {
    let all = dict.get::<Array<'_>>(key);
    all.iter().flat_map(Array::raw_iter).filter_map(|item| item.as_obj_ref()).map(Into::into).collect()
}
