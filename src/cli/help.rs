//! The longer texts of the help and of the manual page.

use crate::query::FIELDS;

pub(super) const ABOUT: &str = "A terminal reader for a pile of documents";

pub(super) const LONG_ABOUT: &str = "\
A terminal reader for a pile of documents. recto shows their titles beside the text; type words and the list narrows to \
the documents that hold them; read, and it remembers where you were. Press ? for the keys.";

pub(super) const SHORT_AFTER: &str = "\
A folder named like a command opens as ./search. `recto --help` says more.";

pub(super) const AFTER: &str = "\
Examples:
  recto                        the libraries of the configuration, else this folder, else the guide
  recto ~/articles             a folder, with all folders below it
  recto letter.md              one document
  git log | recto              what another program prints (export PAGER=recto)
  recto ./search               a folder named like a command
  recto search alpha -beta     titles and passages, for scripts and pipes
  recto show letter.md         the text, set to the width of the terminal

Files:
  ~/.local/share/recto         places, and what was read: the only copy
  ~/.cache/recto               titles and the index of words: rebuilt when lost
  ~/.config/recto/config.toml  the settings; `recto config` prints them all

Environment:
  XDG_DATA_HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME
                               folders that take the place of ~/.local/share, ~/.cache and ~/.config
  NO_COLOR                     no colours, if it holds anything
  EDITOR, VISUAL               the editor

Exit status:
  0  done      1  nothing found, or nothing there      2  an error";

/// The query language, with every field that there is.
pub(super) fn query() -> String {
    let fields: String = FIELDS.iter().map(|field| format!("  {:<22}{}\n", field.example, field.doc)).collect();
    format!("{QUERY}\nFields; a value with spaces stands in quotes:\n{fields}\n{QUERY_AFTER}")
}

const QUERY: &str = "\
The query:
  alpha beta      both words, in any order, each from its beginning
  'two words'     an argument with spaces is a phrase, unless it holds \" or |
  -alpha          documents without it
  'a | b'         either
  @name           a filter that was saved in recto with Ctrl-s
";

const QUERY_AFTER: &str = "\
Options come before the query, because in it a minus means not.

With --json one object a line: path, entry, title, author, date, words, minutes, format, score, hits, snippet. What is \
unknown is null. Of copies each is printed, with its path.

Examples:
  recto search integrity customer
  recto search --path ~/articles --limit 5 'two words' -draft
  recto search --json title:letter | jq -r .path
  recto search is:unread 'words:<2000' 'in:my notes' after:2009
  recto search @letters -draft

Exit status:
  0  found     1  nothing found     2  an error";

pub(super) const LIST: &str = "\
In a pipe a line holds path, title, date, minutes of reading and, for a document that can't be read, the reason, \
separated by tabs. With --json one object a line: path, entry, title, author, date, words, minutes, format, error. What \
is unknown is null. Of copies, which share a row on the screen, each is printed.

Exit status:
  0  there are documents     1  there are none     2  an error";

pub(super) const SHOW: &str = "\
FILE#ENTRY names one document of a file that holds many: its number from 1, or its id. Without it all are shown. A dash \
is standard input.

With --json one object a line: meta, blocks, outline, links, warnings. Ranges are in bytes of the block's text.

Examples:
  recto show letter.md | less -R
  recto show --text letter.md | wc -w";
