//! A pipe as a source that grows. What comes is spooled to a nameless temporary file, so that a pipe of any length is
//! read like a file of any length, and its beginning shows before its end has come.

use std::{
    fs::File,
    io::{self, Read, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};

use super::Outbox;
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

impl Spool {
    /// Reads `input` on a thread of its own, to its end.
    pub fn start(mut input: impl Read + Send + 'static) -> Result<(Spool, impl FnOnce(Outbox))> {
        let file = tempfile::tempfile().context("a temporary file for the piped text")?;
        let mut sink = file.try_clone().context("a temporary file for the piped text")?;
        let spool =
            Spool { file: Arc::new(file), size: Arc::new(AtomicU64::new(0)), open: Arc::new(AtomicBool::new(true)) };
        // What has come within a moment is there when the first frame is drawn.
        spool.copy_once(&mut input, &mut sink);
        let reader = spool.clone();
        let start = move |outbox: Outbox| {
            thread::spawn(move || {
                let mut told = Instant::now();
                while reader.growing() {
                    reader.copy_once(&mut input, &mut sink);
                    if told.elapsed() >= TELL || !reader.growing() {
                        outbox(Outcome::Grown);
                        told = Instant::now();
                    }
                }
            });
        };
        Ok((spool, start))
    }

    /// One read of the pipe.
    fn copy_once(&self, input: &mut impl Read, sink: &mut File) {
        let mut buffer = vec![0; 64 * 1024];
        match input.read(&mut buffer) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Ok(n) if n > 0 && sink.write_all(buffer.get(..n).unwrap_or_default()).is_ok() => {
                self.size.fetch_add(n as u64, Ordering::Release);
            }
            _ => self.open.store(false, Ordering::Release),
        }
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
