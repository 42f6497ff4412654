//! Images as a terminal shows them: what it is able to show, how many cells an image takes there, and those cells. Nothing
//! here knows of documents; what comes in are the bytes of a file, and what goes out are colours and positions, so that
//! nothing of a file reaches the terminal as it is.

mod decode;
mod screen;

use std::{
    fmt,
    hash::{BuildHasher as _, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::{Context as _, Result, bail};
use image::{DynamicImage, imageops::FilterType};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
    widgets::Widget as _,
};
use ratatui_image::{
    FontSize, Resize,
    picker::{Picker, ProtocolType},
    protocol::{halfblocks::Halfblocks, kitty::Kitty},
    sliced::{SignedPosition, SlicedImage, SlicedProtocol},
};

pub use decode::decode;
pub use screen::{ASK_ATTRIBUTES, Manner, QUESTION, Screen, Wanted, is_answered};

/// Columns and rows.
pub type Extent = (usize, usize);

/// An image in the cells of one screen.
pub struct Picture {
    drawn: SlicedProtocol,
    /// The cells that it takes.
    pub extent: Extent,
}

impl Picture {
    /// An image on a screen, within so many columns and rows; never larger than it is. What would be a speck is none: it only
    /// keeps other things apart.
    pub fn new(image: DynamicImage, screen: Screen, room: Extent) -> Result<Picture> {
        let extent @ (columns, rows) = screen.extent((image.width(), image.height()), room);
        if columns < 2 {
            bail!("too narrow to be seen");
        }
        let side = |cells: usize| u16::try_from(cells).context("the image takes more cells than a terminal has");
        let size = Size::new(side(columns)?, side(rows)?);
        let (width, height) = screen.pixels((image.width(), image.height()), extent);
        let scaled = || image.resize_exact(width, height, FilterType::Triangle);
        let drawn = match screen.manner {
            Manner::Blocks => SlicedProtocol::Halfblocks(Halfblocks::new(image, size)?),
            Manner::Kitty => SlicedProtocol::Kitty(Kitty::new(scaled(), size, next_id(), screen.tmux, false)?),
            Manner::Sixel => sliced(scaled(), screen, size, ProtocolType::Sixel)?,
            Manner::Iterm2 => sliced(scaled(), screen, size, ProtocolType::Iterm2)?,
        };
        Ok(Picture { drawn, extent })
    }

    /// Draws it without its first `above` rows, as far as the area goes.
    pub fn draw(&self, area: Rect, above: usize, buffer: &mut Buffer) {
        let Ok(above) = i16::try_from(above) else { return };
        SlicedImage::new(&self.drawn, SignedPosition { x: 0, y: -above }).render(area, buffer);
    }

    /// Whether it is drawn in colours of ours.
    pub fn is_blocks(&self) -> bool {
        matches!(self.drawn, SlicedProtocol::Halfblocks(_))
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picture").field("extent", &self.extent).finish_non_exhaustive()
    }
}

/// The rows of an image for a terminal that draws pixels wherever it is told to.
fn sliced(image: DynamicImage, screen: Screen, size: Size, protocol: ProtocolType) -> Result<SlicedProtocol> {
    #[expect(deprecated, reason = "the others ask the terminal, which has been done")]
    let mut picker = Picker::from_fontsize(FontSize::new(screen.cell.0, screen.cell.1));
    picker.set_protocol_type(protocol);
    Ok(SlicedProtocol::new_with_resize(&picker, image, size, Resize::Fit(None))?)
}

/// The name of the next image in kitty's memory, which all that runs in one window shares. There are so many names that no
/// two images about a page have the same, and so few that the memory doesn't grow with every page.
fn next_id() -> u32 {
    const NAMES: u32 = 256;
    static FIRST: LazyLock<u32> = LazyLock::new(|| {
        let random = RandomState::new().hash_one(0).to_le_bytes();
        u32::from_le_bytes(random.first_chunk().copied().unwrap_or_default()) & !(NAMES - 1)
    });
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // An image is called by no zero.
    (*FIRST | (NEXT.fetch_add(1, Ordering::Relaxed) % NAMES)).max(1)
}
