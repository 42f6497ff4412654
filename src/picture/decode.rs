//! The bytes of a file to pixels.

use std::io::Cursor;

use anyhow::{Context as _, Result, bail};
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits, Rgba, RgbaImage, metadata::Orientation};

/// Pixels of an image on a side at most.
const LONGEST: u32 = 16_384;
/// Bytes of its pixels: those of a camera of 60 million. They are held twice for a moment, while it is turned or scaled.
const LARGEST: u64 = 192 * 1024 * 1024;

/// The pixels of a PNG, a JPEG, a GIF (its first picture) or a WebP, turned as its camera was held.
pub fn decode(bytes: &[u8]) -> Result<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST), Some(LONGEST));
    limits.max_alloc = Some(2 * LARGEST);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().context("no image that is known")?;
    let (width, height) = decoder.dimensions();
    if decoder.total_bytes() > LARGEST {
        bail!("{width} x {height} pixels are too many");
    }
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).context("the image is damaged")?;
    image.apply_orientation(turned);
    Ok(if image.color().has_alpha() { on_paper(image.into_rgba8()) } else { image })
}

/// On white, or on black where what is drawn is light: a terminal has either ground, and an image knows of one.
fn on_paper(mut image: RgbaImage) -> DynamicImage {
    let (mut light, mut solid) = (0u64, 0u64);
    for Rgba([r, g, b, alpha]) in image.pixels() {
        // Rec. 601.
        light += (299 * u64::from(*r) + 587 * u64::from(*g) + 114 * u64::from(*b)) / 1000 * u64::from(*alpha);
        solid += u64::from(*alpha);
    }
    let is_clear = solid < 255 * u64::from(image.width()) * u64::from(image.height());
    let ground: u8 = if is_clear && light > solid * 160 { 0 } else { 255 };
    for Rgba([r, g, b, alpha]) in image.pixels_mut() {
        for part in [r, g, b] {
            let mixed = u16::from(*part) * u16::from(*alpha) + u16::from(ground) * (255 - u16::from(*alpha));
            *part = u8::try_from(mixed / 255).unwrap_or(255);
        }
        *alpha = 255;
    }
    DynamicImage::ImageRgba8(image)
}
