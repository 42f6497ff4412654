//! Names of languages: what is written at the head of a block, and the name under which the grammars know it.

/// Names that people write, and those by which the grammars go; each of the latter is an extension or a name of one.
const ALIASES: &[(&str, &str)] = &[
    ("basic", "vb"),
    ("batch", "bat"),
    ("console", "sh"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("elisp", "el"),
    ("emacs-lisp", "el"),
    ("fsharp", "fs"),
    ("gettext", "po"),
    ("golang", "go"),
    ("ipython", "py"),
    ("ipython3", "py"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("ksh", "sh"),
    ("llvm", "ll"),
    ("node", "js"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("patch", "diff"),
    ("pycon", "py"),
    ("python3", "py"),
    ("rustdoc", "rs"),
    ("scheme", "lisp"),
    ("sh-session", "sh"),
    ("shell-session", "sh"),
    ("shell", "sh"),
    ("sv", "systemverilog"),
    ("viml", "vim"),
    ("zshell", "zsh"),
];

/// The name by which the grammars go, of the first word that a fence has: `rust,ignore`, `{.python}`, `language-c`.
pub(super) fn name(written: &str) -> Option<&str> {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '#' | '_');
    let from = written.find(word)?;
    let (_, rest) = written.split_at_checked(from)?;
    let (name, _) = rest.split_at_checked(rest.find(|c| !word(c)).unwrap_or(rest.len()))?;
    let name = ["language-", "lang-"].iter().find_map(|before| name.strip_prefix(before)).unwrap_or(name);
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name));
    Some(alias.map_or(name, |(_, known)| *known)).filter(|name| !name.is_empty())
}
