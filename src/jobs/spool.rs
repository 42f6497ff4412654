//! A pipe as a source that grows. What comes is spooled to a nameless temporary file, so that a pipe of any length is
//! read like a file of any length, and its beginning shows before its end has come.
//!
//! Invariant: after the last bytes have come, and after the end, the screen is told once more.

use std::{
    fs::File,
    io::{self, Read, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::sync_channel,
    },
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use super::{Outbox, failed};
use crate::{formats::ReadAt, state::Outcome};

/// The bytes of a pipe that have come so far.
#[derive(Clone)]
pub struct Spool {
    file: Arc<File>,
    size: Arc<AtomicU64>,
    open: Arc<AtomicBool>,
}

/// How often the screen is told that there is more.
const TELL: Duration = Duration::from_millis(50);
/// More is not taken from a pipe: one without an end would fill the disk.
const MOST: u64 = 4 << 30;

impl Spool {
    /// Reads `input` on a thread of its own, to its end.
    pub fn start(mut input: impl Read + Send + 'static) -> Result<(Spool, impl FnOnce(Outbox))> {
        let file = tempfile::tempfile().context("a temporary file for the piped text")?;
        let mut sink = file.try_clone().context("a temporary file for the piped text")?;
        let spool =
            Spool { file: Arc::new(file), size: Arc::new(AtomicU64::new(0)), open: Arc::new(AtomicBool::new(true)) };
        // What comes with the first read is there when the first frame is drawn.
        let mut copied = spool.copy_once(&mut input, &mut sink);
        let reader = spool.clone();
        let start = move |outbox: Outbox| {
            // One message waits at most, for whatever has come until it is taken.
            let (more, news) = sync_channel(1);
            let tell = outbox.clone();
            thread::spawn(move || {
                while news.recv().is_ok() {
                    tell(Outcome::Grown);
                    thread::sleep(TELL);
                }
            });
            thread::spawn(move || {
                while copied.is_ok() && reader.growing() {
                    copied = reader.copy_once(&mut input, &mut sink);
                    more.try_send(()).ok();
                }
                if let Err(error) = copied {
                    outbox(failed(format!("the piped text ends here: {error:#}")));
                }
            });
        };
        Ok((spool, start))
    }

    /// One read of the pipe. After an error it counts as ended.
    fn copy_once(&self, input: &mut impl Read, sink: &mut File) -> Result<()> {
        let copied = self.copy(input, sink);
        if !matches!(copied, Ok(true)) {
            self.open.store(false, Ordering::Release);
        }
        copied.map(|_| ())
    }

    /// Whether there may be more.
    fn copy(&self, input: &mut impl Read, sink: &mut File) -> Result<bool> {
        let mut buffer = vec![0; 64 * 1024];
        let n = match input.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(true),
            read => read?,
        };
        if self.size() + n as u64 > MOST {
            bail!("no more than {} GB are taken from a pipe", MOST >> 30);
        }
        sink.write_all(buffer.get(..n).unwrap_or_default()).context("a temporary file")?;
        self.size.fetch_add(n as u64, Ordering::Release);
        Ok(n > 0)
    }
}

impl ReadAt for Spool {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        ReadAt::read_at(&*self.file, offset, buffer)
    }

    fn size(&self) -> u64 {
        self.size.load(Ordering::Acquire)
    }

    fn growing(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }
}
