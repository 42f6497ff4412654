//! Cues out of the lines of a file. Blank lines are not relied upon: they are missing between cues, and stand within them.

/// What is shown for a while.
#[derive(Debug)]
pub struct Cue<'t> {
    /// When, in milliseconds.
    pub start: u64,
    /// Until when.
    pub end: u64,
    /// As it is written, with its tags.
    pub lines: Vec<&'t str>,
}

/// The cues in order. Text without a time belongs to the cue before it; comments and styles of WebVTT are left out.
pub fn cues(text: &str, webvtt: bool) -> Vec<Cue<'_>> {
    let mut cues: Vec<Cue<'_>> = Vec::new();
    // Lines since the last time or blank line: they may end in the number or the name of the next cue.
    let mut waiting: Vec<&str> = Vec::new();
    let (mut loose, mut hidden) = (true, false);
    for line in text.lines().map(str::trim) {
        if let Some((start, end)) = times(line) {
            let named = webvtt && loose && waiting.len() == 1;
            if named || waiting.last().is_some_and(|last| is_number(last)) {
                waiting.pop();
            }
            settle(&mut cues, &mut waiting);
            cues.push(Cue { start, end: end.max(start), lines: Vec::new() });
            (loose, hidden) = (false, false);
        } else if line.is_empty() {
            // The number of a cue may stand by itself.
            if !(loose && matches!(waiting.as_slice(), [line] if is_number(line))) {
                settle(&mut cues, &mut waiting);
            }
            (loose, hidden) = (true, false);
        } else if !hidden {
            hidden = webvtt && loose && waiting.is_empty() && is_hidden(line);
            waiting.extend((!hidden).then_some(line));
        }
    }
    // The number of a cue that never came.
    if !(loose && matches!(waiting.as_slice(), [line] if is_number(line))) {
        settle(&mut cues, &mut waiting);
    }
    cues
}

fn settle<'t>(cues: &mut Vec<Cue<'t>>, waiting: &mut Vec<&'t str>) {
    if cues.is_empty() && !waiting.is_empty() {
        cues.push(Cue { start: 0, end: 0, lines: Vec::new() });
    }
    if let Some(cue) = cues.last_mut() {
        cue.lines.append(waiting);
    }
}

/// Whether a line begins what WebVTT has besides cues.
fn is_hidden(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"]
        .iter()
        .any(|word| line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])))
}

/// Whether a line is the number of a cue.
pub fn is_number(line: &str) -> bool {
    !line.is_empty() && line.len() < 10 && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// The beginning and the end of a cue, in milliseconds. Settings may follow.
pub fn times(line: &str) -> Option<(u64, u64)> {
    let (before, after) = line.split_once("-->")?;
    let end = after.trim_start();
    let end =
        end.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).map_or(end, |at| end.split_at(at).0);
    Some((time(before.split_whitespace().next_back()?)?, time(end)?))
}

/// `1:02:03,456`, `02:03.456`; programs also write `00:00:01` and `1:02:03:456`.
fn time(written: &str) -> Option<u64> {
    let (clock, fraction) = written.split_once(['.', ',']).unwrap_or((written, ""));
    let number = |digits: &str| if is_number(digits) { digits.parse::<u64>().ok() } else { None };
    let parts = clock.split(':').map(number).collect::<Option<Vec<_>>>()?;
    let (seconds, last) = match *parts.as_slice() {
        [hours, minutes, seconds] => (hours * 3600 + minutes * 60 + seconds, 0),
        [minutes, seconds] => (minutes * 60 + seconds, 0),
        [hours, minutes, seconds, last] if fraction.is_empty() => (hours * 3600 + minutes * 60 + seconds, last),
        _ => return None,
    };
    // Tenths, hundredths or thousandths.
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some(seconds * 1000 + if fraction.is_empty() { last } else { number(&digits)? })
}
