//! The properties of a run as WordprocessingML writes them.

use crate::formats::office::{Ns, Run, Tag, run::is_mono};

/// Takes what a property says.
pub fn take(run: &mut Run, tag: &Tag<'_>) {
    if tag.ns != Ns::W {
        return;
    }
    match tag.local {
        "b" => run.bold = Some(tag.on()),
        "i" => run.italic = Some(tag.on()),
        "strike" | "dstrike" => run.strike = Some(tag.on()),
        "u" => run.underline = Some(tag.on()),
        "vanish" => run.hidden = Some(tag.on()),
        "vertAlign" => run.raised = Some(tag.get("val").is_some_and(|v| v == "superscript")),
        "rStyle" => run.style = tag.get("val").map(|v| v.into_owned()),
        "rFonts" => {
            if let Some(font) = tag.get("ascii").or_else(|| tag.get("hAnsi")) {
                run.mono = Some(is_mono(&font));
                run.font = Some(font.into_owned());
            }
        }
        _ => {}
    }
}
