//! MHTML (RFC 2557): a page and what belongs to it, as the parts of a message. Browsers write it as `.mhtml` or `.mht`.

use anyhow::{Context as _, Result};
use mail_parser::{
    Encoding, MessageParser, MimeHeaders as _,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};

/// The bytes of the page and the encoding that its part names: the root of the message, which comes first.
pub fn page(bytes: &[u8]) -> Result<(Vec<u8>, Option<String>)> {
    let start = bytes.len() - bytes.trim_ascii_start().len();
    let bytes = bytes.get(start..).unwrap_or_default();
    let message = MessageParser::new().parse(bytes).context("no MHTML: has no headers")?;
    let is_page = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|kind| {
            let subtype = kind.subtype().unwrap_or_default().to_ascii_lowercase();
            matches!(subtype.as_str(), "html" | "xhtml+xml")
        })
    };
    let part = message.parts.iter().find(is_page).context("MHTML without a page in it")?;
    let from = usize::try_from(part.offset_body)?;
    let to = usize::try_from(part.offset_end)?;
    let raw = bytes.get(from..to).unwrap_or_default();
    let decoded = match part.encoding {
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
        Encoding::None => None,
    };
    let charset = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    // What is not encoded as it says is shown as it is.
    Ok((decoded.unwrap_or_else(|| raw.to_vec()), charset))
}
