//! What code printed, as blocks. An output is given in several forms; the one that reads best in a terminal is shown.

use super::{joined, markdown};
use crate::{
    doc::SpanKind,
    formats::{build::Builder, build::collapsed, html, jsonl::Json, plain},
};

/// Reads the outputs of a cell.
pub fn read(outputs: &[Json], build: &mut Builder) {
    // A program writes a line in pieces, each of which is an output.
    let mut stream = String::new();
    for output in outputs {
        let said = |name: &str| output.get(name).map(joined).filter(|text| !text.trim().is_empty());
        match output.get("output_type").and_then(Json::text) {
            Some("stream") => {
                stream.push_str(&said("text").or_else(|| said("data")).unwrap_or_else(|| "\n".to_owned()));
                continue;
            }
            Some("error" | "pyerr") => {
                flush(&mut stream, build);
                let named = [said("ename"), said("evalue")].into_iter().flatten().collect::<Vec<_>>().join(": ");
                let trace = output.get("traceback").map(Json::elements).unwrap_or_default();
                let trace = trace.iter().map(joined).collect::<Vec<_>>().join("\n");
                build.preformatted(&plain::printed(if trace.trim().is_empty() { &named } else { &trace }));
            }
            _ => {
                flush(&mut stream, build);
                data(output.get("data").unwrap_or(output), build);
            }
        }
    }
    flush(&mut stream, build);
}

fn flush(stream: &mut String, build: &mut Builder) {
    build.preformatted(&plain::printed(stream));
    stream.clear();
}

/// The forms of an image, by the names of version 3.
const FORMS: [&str; 3] = ["png", "jpeg", "svg"];

/// One value in all its forms, by the names of either version of the format.
fn data(data: &Json, build: &mut Builder) {
    let form = |names: [&str; 2]| {
        let text = names.into_iter().find_map(|name| data.get(name)).map(joined);
        text.filter(|text| !text.trim().is_empty())
    };
    let plain = form(["text/plain", "text"]);
    let images = data.fields().iter().filter(|(name, _)| name.starts_with("image/") || FORMS.contains(&name.as_str()));
    // Of a drawing and its pixels, the pixels can be shown.
    let image = images.min_by_key(|(name, _)| name.contains("svg"));
    // `<IPython.core.display.HTML object>` and `<Figure size 640x480 with 1 Axes>` say what it is, and not what is in it.
    let object = plain.as_deref().is_none_or(|text| {
        let text = text.trim();
        text.starts_with('<') && text.ends_with('>') && !text.contains('\n')
    });
    if let Some((kind, image)) = image.filter(|_| object) {
        let name = plain.as_deref().unwrap_or_default().trim().trim_matches(['<', '>']);
        let name = name.split_once(" at 0x").map_or(name, |(name, _)| name);
        build.flush();
        let source = match kind.strip_prefix("image/").unwrap_or(kind) {
            kind if kind.contains("svg") => String::new(),
            kind => format!("data:image/{kind};base64,{}", joined(image).split_whitespace().collect::<String>()),
        };
        build.prose.span(SpanKind::Image(source), &collapsed(if name.is_empty() { "image" } else { name }));
        build.flush();
    } else if let Some(text) = form(["text/markdown", "markdown"]) {
        markdown::read_into(&text, build);
    } else if let Some(html) = form(["text/html", "html"]).filter(|_| object) {
        let before = build.blocks();
        html::read_into(&html, build, &());
        build.flush();
        // A page that is all script: a plot, a widget.
        if build.blocks() == before {
            build.preformatted(plain.as_deref().unwrap_or_default());
        }
    } else if let Some(latex) = form(["text/latex", "latex"]).filter(|_| object) {
        build.code(Some("latex".to_owned()), &latex);
    } else if let Some(json) = data.get("application/json").filter(|json| object && !json.is_blank()) {
        build.code(Some("json".to_owned()), &json.to_string());
    } else if let Some(text) = plain {
        build.preformatted(&plain::printed(&text));
    }
}
