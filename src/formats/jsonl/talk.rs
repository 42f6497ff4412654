//! Conversations: lists of what somebody said, in the manners of chat programs and of the data that language models are trained
//! with.

use super::{
    json::Json,
    record::{self, Manner},
};
use crate::{
    doc::SpanKind,
    formats::build::{Builder, collapsed},
};

const WHO: &[&str] = &["role", "from", "speaker", "author", "sender", "user", "name", "username", "by"];
const WHAT: &[&str] = &["content", "value", "text", "message", "body", "utterance", "parts", "comment", "selftext"];

/// The turns of a conversation; none when it is something else.
pub fn turns(value: &Json) -> &[Json] {
    let elements = value.elements();
    let fits =
        |element: &&Json| find(element, WHO).is_some() && (find(element, WHAT).is_some() || calls(element).is_some());
    let all = !elements.is_empty() && elements.iter().all(|element| fits(&element) || find(element, WHO).is_some());
    if all && elements.iter().any(|element| fits(&element)) { elements } else { &[] }
}

/// Reads a conversation: each turn is led by who speaks.
pub fn read(turns: &[Json], build: &mut Builder) {
    for turn in turns {
        build.flush();
        let who = find(turn, WHO).and_then(name).unwrap_or_default();
        if !who.is_empty() {
            build.prose.span(SpanKind::Strong, &who);
            build.flush();
        }
        // Whatever a model answers is Markdown.
        let model =
            matches!(who.to_lowercase().as_str(), "assistant" | "gpt" | "model" | "chatgpt" | "bot" | "ai" | "claude");
        let manner = if model { Manner::Markdown } else { Manner::Seen };
        if let Some(what) = find(turn, WHAT) {
            said(what, manner, build);
        }
        if let Some(calls) = calls(turn) {
            build.code(Some("json".to_owned()), &record::pretty(calls));
        }
        if build.is_full() {
            return;
        }
    }
}

/// What the first of them says.
pub fn first(turns: &[Json]) -> Option<&str> {
    let asks = |turn: &&Json| {
        find(turn, WHO).and_then(name).is_some_and(|who| !matches!(who.as_str(), "system" | "developer"))
    };
    let what = find(turns.iter().find(asks).or(turns.first())?, WHAT)?;
    what.text().or_else(|| what.elements().iter().find_map(|part| part.text().or_else(|| part.get("text")?.text())))
}

/// A text, or parts of which some are texts.
fn said(what: &Json, manner: Manner, build: &mut Builder) {
    match what {
        Json::Text(text) => record::read(text, manner, build),
        Json::List(parts) => {
            for part in parts {
                match part.get("text").unwrap_or(part) {
                    Json::Text(text) => record::read(text, manner, build),
                    _ => build.code(Some("json".to_owned()), &record::pretty(part)),
                }
            }
        }
        Json::Null => {}
        Json::Object(_) if what.get("parts").is_some() => said(what.get("parts").unwrap_or(what), manner, build),
        value => build.code(Some("json".to_owned()), &record::pretty(value)),
    }
}

fn calls(turn: &Json) -> Option<&Json> {
    ["tool_calls", "function_call"].iter().find_map(|name| turn.get(name)).filter(|calls| !calls.is_blank())
}

fn find<'j>(turn: &'j Json, names: &[&str]) -> Option<&'j Json> {
    names.iter().find_map(|name| turn.get(name)).filter(|value| !value.is_blank())
}

fn name(value: &Json) -> Option<String> {
    let name =
        value.text().or_else(|| ["role", "name", "username", "login"].iter().find_map(|name| value.get(name)?.text()));
    name.map(collapsed).filter(|name| name.len() <= 200)
}
