//! With nothing to do recto does nothing.

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use super::open;
use crate::terminal::{Setup, Terminal, proc, until};

/// How often each thread has waited, and the time that all have computed.
fn work(pid: u32) -> (BTreeMap<String, String>, String) {
    let tasks = fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task")).unwrap();
    let waits = tasks.filter_map(|task| {
        let task = task.ok()?.file_name().into_string().ok()?;
        let status = fs::read_to_string(format!("/proc/{pid}/task/{task}/status")).ok()?;
        let waits = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches"))?.to_owned();
        Some((task, waits))
    });
    let stat = proc(pid, "stat");
    // After the name, which may hold blanks, utime and stime are the 12th and 13th field (proc(5)).
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (waits.collect(), fields[11..13].join(" "))
}

/// Waits until two seconds pass in which no thread wakes up, nothing is computed and nothing is sent.
fn falls_silent(terminal: &Terminal) {
    until("two seconds pass without any work", || {
        let before = work(terminal.pid());
        terminal.quiet(Duration::from_secs(2)) && work(terminal.pid()) == before
    });
}

#[test]
fn idle_means_idle() {
    let desk = super::desk();
    let terminal = open(&desk);
    terminal.sees("A text about the lamp.");
    falls_silent(&terminal);
    terminal.keys("\r");
    terminal.sees("next hit");
    falls_silent(&terminal);
    terminal.keys("q");
    terminal.end().assert_left();
}

/// A pipe that is open and silent costs nothing either.
#[test]
fn idle_at_an_open_pipe_means_idle() {
    let desk = super::desk();
    let terminal =
        Setup::shell(&desk, "mkfifo ../fifo; exec 3<>../fifo; echo 'So far.' >&3; exec \"$RECTO\" <&3").start();
    terminal.sees("So far.");
    falls_silent(&terminal);
    terminal.keys("q");
    terminal.end().assert_left();
}
