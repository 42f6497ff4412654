//! What tells documents of one title apart.

use std::{
    collections::HashMap,
    path::{Component, Path, PathBuf},
};

/// For each of these paths the shortest end of its folder that none of the others shares; where two lie in one folder,
/// the shortest end of the path itself. Equal paths (documents of one file) keep their whole path's last part.
pub fn distinguish(paths: &[&Path]) -> Vec<String> {
    let mut labels = vec![String::new(); paths.len()];
    let folders: Vec<Vec<Component<'_>>> = paths.iter().map(|path| parts(path.parent().unwrap_or(path))).collect();
    let whole: Vec<Vec<Component<'_>>> = paths.iter().map(|path| parts(path)).collect();
    let left = settle(&folders, (0..paths.len()).collect(), &mut labels);
    let equal = settle(&whole, left, &mut labels);
    for n in equal {
        if let (Some(label), Some(path)) = (labels.get_mut(n), paths.get(n)) {
            *label = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        }
    }
    labels
}

/// Gives a label to each of `left` that has an end of its own, trying longer and longer ends; the rest is returned.
fn settle(parts: &[Vec<Component<'_>>], mut left: Vec<usize>, labels: &mut [String]) -> Vec<usize> {
    let end = |n: usize, length: usize| {
        let parts = parts.get(n).map(Vec::as_slice).unwrap_or_default();
        parts.get(parts.len().saturating_sub(length)..).unwrap_or_default()
    };
    let longest = left.iter().filter_map(|n| parts.get(*n)).map(Vec::len).max().unwrap_or(0);
    for length in 1..=longest {
        // Counted over all paths: a label must not be an end of one that was settled before.
        let mut count: HashMap<&[Component<'_>], usize> = HashMap::new();
        for n in 0..parts.len() {
            *count.entry(end(n, length)).or_default() += 1;
        }
        left.retain(|n| {
            let own = end(*n, length);
            let single = count.get(own) == Some(&1);
            if single && let Some(label) = labels.get_mut(*n) {
                *label = own.iter().collect::<PathBuf>().to_string_lossy().into_owned();
            }
            !single
        });
        if left.is_empty() {
            break;
        }
    }
    left
}

fn parts(path: &Path) -> Vec<Component<'_>> {
    path.components().collect()
}
