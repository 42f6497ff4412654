//! An element `outline`: its attributes, and how they are shown in an item of the list.
//!
//! The text of an outline may have markup in it (OPML 2.0, "text attribute"), which is HTML that was escaped once more. What
//! programs add of their own is told by its name: notes and whether something is done.

use crate::{
    doc::Kind,
    formats::{
        build::{Builder, collapsed},
        feed::{value::Value, xml},
        html,
    },
};

/// What an outline says.
#[derive(Debug)]
pub struct Outline {
    /// What it is called.
    name: Option<Value>,
    /// The feed that it subscribes to.
    pub feed: Option<String>,
    /// The page that it leads to.
    pub page: Option<String>,
    /// What was written about it.
    note: Option<Value>,
    /// Of something to do, whether it is done.
    done: Option<bool>,
}

impl Outline {
    /// Reads the attributes of its element.
    pub fn read(attributes: &str) -> Outline {
        let find = |name: &str| xml::attribute(attributes, name).filter(|value| !value.trim().is_empty());
        let any = |names: &[&str]| names.iter().find_map(|name| find(name));
        let said = |text: String| Value { text, ..Value::default() };
        // OmniOutliner, Dynalist and Workflowy.
        let done = any(&["_status", "_complete", "complete", "checked"]);
        let is_done = |value: &str| matches!(value.to_ascii_lowercase().as_str(), "checked" | "true" | "yes" | "1");
        let box_drawn = any(&["checkbox", "_status"]).is_some();
        Outline {
            name: any(&["text", "title", "_text"]).map(said),
            feed: find("xmlUrl"),
            page: any(&["htmlUrl", "url"]),
            note: any(&["_note", "description"]).map(said),
            done: done.map(|value| is_done(&value)).or(box_drawn.then_some(false)).filter(|done| *done || box_drawn),
        }
    }

    /// What it is called, in one line.
    pub fn called(&self) -> String {
        self.name.as_ref().map(Value::line).unwrap_or_default()
    }

    /// Adds it to the item that was entered.
    pub fn show(self, build: &mut Builder) {
        if let Some(Kind::Item { task, .. }) = &mut build.lead {
            *task = self.done;
        }
        let called = self.called();
        match (self.name, self.page, self.feed) {
            (Some(name), None, None) if name.is_html() => html::read_into(&name.text, build, &()),
            (_, None, None) => build.prose.push(&called),
            (_, page, feed) => {
                let target = page.clone().or_else(|| feed.clone()).unwrap_or_default();
                let called = if called.is_empty() { target.clone() } else { called };
                let link = build.link(target);
                build.prose.span(link, &called);
                if let (Some(_), Some(feed)) = (page, feed) {
                    build.prose.push(" (");
                    let link = build.link(feed);
                    build.prose.span(link, "feed");
                    build.prose.push(")");
                }
            }
        }
        build.flush();
        if let Some(note) = self.note {
            show_note(&note, build);
        }
    }
}

/// A note, which keeps its lines.
fn show_note(note: &Value, build: &mut Builder) {
    if note.is_html() {
        html::read_into(&note.text, build, &());
    } else {
        for line in note.text.lines().map(collapsed) {
            if line.is_empty() {
                build.flush();
                continue;
            }
            if !build.prose.is_empty() {
                build.prose.hard_break();
            }
            build.prose.push(&line);
        }
    }
    build.flush();
}
