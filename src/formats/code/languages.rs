//! Which extensions and interpreters belong to which language, and how its comments are written.

/// Extensions of programs and scripts, lower case. A walk through a folder leaves them out (`claims`).
#[rustfmt::skip]
pub const EXTENSIONS: &[&str] = &[
    "ada", "adb", "ads", "asm", "awk", "bas", "bash", "bat", "c", "cc", "cjs", "cl", "clj", "cljs", "cmd", "coffee", "cpp",
    "cr", "cs", "csh", "css", "cu", "cxx", "d", "dart", "ebuild", "el", "elm", "erl", "ex", "exs", "f", "f90", "fish", "fs",
    "fsx", "gd", "glsl", "go", "gradle", "groovy", "h", "hcl", "hh", "hpp", "hrl", "hs", "hxx", "idl", "inc", "inl", "ino",
    "java", "jl", "js", "jsx", "kt", "kts", "less", "lisp", "ll", "lua", "m", "m4", "mjs", "ml", "mli", "mm", "mts", "nim",
    "nix", "pas", "php", "pl", "pm", "po", "pot", "pp", "proto", "ps1", "py", "pyi", "pyx", "r", "rb", "rkt", "rs", "s",
    "sass", "scala", "scm", "scss", "sh", "sol", "sql", "st", "sv", "svelte", "swift", "tcl", "tf", "ts", "tsx", "v", "vala",
    "vb", "vhd", "vhdl", "vim", "vue", "wat", "y", "zig", "zsh",
];

/// Languages and the words that mean them: extensions and interpreters. Any other extension is the name of its language.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ada", &["adb", "ads"]),
    ("asm", &["s"]),
    ("bash", &["sh", "dash", "ksh", "zsh", "ebuild"]),
    ("basic", &["bas", "vb"]),
    ("batch", &["bat", "cmd"]),
    ("c", &["h", "y"]),
    ("clojure", &["clj", "cljs"]),
    ("coffeescript", &["coffee"]),
    ("cpp", &["cc", "cu", "cxx", "hpp", "hh", "hxx", "inl", "ino"]),
    ("crystal", &["cr"]),
    ("csharp", &["cs"]),
    ("css", &["scss", "sass", "less"]),
    ("elixir", &["ex", "exs"]),
    ("erlang", &["erl", "hrl", "escript"]),
    ("fortran", &["f", "f90"]),
    ("fsharp", &["fs", "fsx"]),
    ("gdscript", &["gd"]),
    ("gettext", &["po", "pot"]),
    ("groovy", &["gradle"]),
    ("haskell", &["hs", "runhaskell"]),
    ("hcl", &["tf"]),
    ("javascript", &["js", "cjs", "mjs", "jsx", "ts", "tsx", "mts", "node", "deno"]),
    ("julia", &["jl"]),
    ("kotlin", &["kt", "kts"]),
    ("lisp", &["cl", "el", "sbcl"]),
    ("llvm", &["ll"]),
    ("objective-c", &["m", "mm"]),
    ("ocaml", &["ml", "mli"]),
    ("pascal", &["pas", "pp"]),
    ("perl", &["pl", "pm"]),
    ("powershell", &["ps1", "pwsh"]),
    ("python", &["py", "pyi", "pyx"]),
    ("r", &["rscript"]),
    ("ruby", &["rb"]),
    ("rust", &["rs"]),
    ("scheme", &["scm", "rkt", "guile", "racket"]),
    ("smalltalk", &["st"]),
    ("solidity", &["sol"]),
    ("tcl", &["tclsh", "wish"]),
    ("verilog", &["v", "sv"]),
    ("vhdl", &["vhd"]),
];

/// The language of an extension of a program.
pub fn language(extension: &str) -> Option<&str> {
    EXTENSIONS.contains(&extension).then(|| named(extension).unwrap_or(extension))
}

/// The language of a script that starts with this line: `#!/usr/bin/env python3` is `python`.
pub fn interpreted(line: &str) -> Option<&'static str> {
    let command = line.strip_prefix("#!")?;
    let program = command.split(['/', ' ']).rfind(|p| !p.is_empty() && !p.starts_with('-'))?;
    let program = program.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').to_lowercase();
    named(&program).or_else(|| EXTENSIONS.iter().find(|e| **e == program).copied())
}

/// The language that a word means.
fn named(word: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|(language, all)| *language == word || all.contains(&word)).map(|(language, _)| *language)
}

/// How the comments of a language begin and end.
#[derive(Clone, Copy, Debug)]
pub struct Comments {
    /// What starts one that ends with its line; the longest of those that start alike comes first.
    pub line: &'static [&'static str],
    /// What opens and closes one of many lines.
    pub block: &'static [(&'static str, &'static str)],
}

/// The comments of a language; those of C where it is none of the others.
pub fn comments(language: &str) -> Comments {
    let (line, block): (&'static [&'static str], &'static [(&'static str, &'static str)]) = match language {
        "python" => (&["#"], &[("r\"\"\"", "\"\"\""), ("\"\"\"", "\"\"\""), ("'''", "'''")]),
        "bash" | "awk" | "coffeescript" | "crystal" | "csh" | "elixir" | "fish" | "gdscript" | "gettext" | "perl"
        | "r" | "ruby" | "tcl" => (&["##", "#"], &[("=begin", "=end"), ("=head1 NAME", "=")]),
        "julia" => (&["#"], &[("#=", "=#"), ("\"\"\"", "\"\"\"")]),
        "nim" => (&["##", "#"], &[("#[", "]#")]),
        "nix" => (&["#"], &[("/*", "*/")]),
        "hcl" => (&["#", "//"], &[("/*", "*/")]),
        "powershell" => (&["#"], &[("<#", "#>")]),
        "php" => (&["//", "#"], &[("/**", "*/"), ("/*", "*/")]),
        "m4" => (&["dnl", "#"], &[]),
        "haskell" | "elm" => (&["-- |", "--"], &[("{-|", "-}"), ("{-", "-}")]),
        "lua" => (&["---", "--"], &[("--[[", "]]"), ("--[==[", "]==]")]),
        "sql" => (&["--"], &[("/*", "*/")]),
        "ada" | "vhdl" => (&["--"], &[]),
        "asm" => (&[";", "#", "//", "@"], &[("/*", "*/")]),
        "lisp" | "clojure" | "scheme" | "llvm" | "wat" => (&[";;;;", ";;;", ";;", ";"], &[("#|", "|#")]),
        "erlang" => (&["%%%", "%%", "%"], &[]),
        "objective-c" => (&["//", "%%", "%"], &[("/*", "*/")]),
        "ocaml" => (&[], &[("(**", "*)"), ("(*", "*)")]),
        "fsharp" => (&["///", "//"], &[("(*", "*)")]),
        "pascal" => (&["//"], &[("{", "}"), ("(*", "*)")]),
        "fortran" => (&["!>", "!!", "!"], &[]),
        "basic" => (&["'''", "'"], &[]),
        "batch" => (&["@rem", "rem", "REM", "::"], &[]),
        "vim" => (&["\""], &[]),
        "smalltalk" => (&[], &[("\"", "\"")]),
        "vue" | "svelte" => (&["//"], &[("<!--", "-->"), ("/*", "*/")]),
        _ => (&["//!", "///", "//"], &[("/*!", "*/"), ("/**", "*/"), ("/*", "*/")]),
    };
    Comments { line, block }
}
